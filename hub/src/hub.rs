//! A hub: its state, and its answers to requests.

use std::fmt;

use crate::api_error::ApiError;
use crate::authorize::{Around, authorize};
use crate::console_api;
use crate::events::Event;
use crate::guard::{self, WrongHost};
use crate::log::{Endpoint, Hint, HubRequest, Note, Noted};
use crate::page::Question;
use crate::paths;
use crate::request::{Now, Request};
use crate::response::Response;
use crate::scenario::load::ScenarioError;
use crate::scenario::reading::ScenarioInForce;
use crate::scenario_change::ScenarioChange;
use crate::settings::Settings;
use crate::state::State;
use crate::user_info::get_user_info;

/// The hub of one server.
pub struct Hub {
    settings: Settings,
    state: State,
}

/// Shows no fields: the state contains codes, which must not appear in logs.
impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").finish_non_exhaustive()
    }
}

/// What the caller has to do with a request.
#[derive(Debug)]
pub enum Reply {
    /// Send this back.
    Answer(Response),
    /// Answer the request yourself and call [`Hub::answered`]. The request is not for the hub, and its sender may have an answer.
    Elsewhere,
    /// Send a stream of server-sent events until the console disconnects: first the missed events, then all new ones.
    Listen {
        /// The console's window. Pass it to [`Hub::leave`] when the stream ends.
        window: Option<String>,
        /// The events that the console has missed.
        missed: Vec<Event>,
    },
    /// Ask the page, and answer with the report as JSON.
    AskPage(Question),
    /// Read the scenario's file, let the change rewrite its text, write it, and answer.
    WriteScenario(ScenarioChange),
}

/// An answer with its note, or what the caller has to do to get one.
enum Outcome {
    Noted(Noted),
    ToDo(Reply),
}

impl From<Noted> for Outcome {
    fn from(noted: Noted) -> Self {
        Outcome::Noted(noted)
    }
}

impl From<Response> for Outcome {
    fn from(response: Response) -> Self {
        Outcome::Noted(Note::default().on(response))
    }
}

impl From<Result<Response, ApiError>> for Outcome {
    fn from(result: Result<Response, ApiError>) -> Self {
        result.unwrap_or_else(Response::from).into()
    }
}

impl From<Result<Reply, ApiError>> for Outcome {
    fn from(result: Result<Reply, ApiError>) -> Self {
        match result {
            Ok(reply) => Outcome::ToDo(reply),
            Err(error) => Response::from(error).into(),
        }
    }
}

impl Hub {
    /// A hub that has issued no code yet.
    #[must_use]
    pub fn new(settings: Settings, scenario: ScenarioInForce) -> Self {
        let scenario = scenario.changed(|it| settings.media.to_console(it));
        let state = State::new(scenario, settings.code_ttl_ms, settings.stream.clone());
        Hub { settings, state }
    }

    /// The settings that the hub was started with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The scenario in force.
    #[must_use]
    pub fn scenario(&self) -> &ScenarioInForce {
        &self.state.in_force
    }

    /// Handles a request. Pass every request to the server through this method first: it checks the sender, and answers the request if it
    /// is for the hub.
    pub fn handle(&mut self, request: &Request, now: &Now) -> Reply {
        let outcome = match guard::check_host(request, &self.settings.allowed_hosts) {
            Ok(()) => self.route(request, now),
            Err(WrongHost(host)) => {
                let refusal = ApiError::new(403, self.settings.words.wrong_host);
                Note::hint(Hint::WrongHost { host })
                    .on(refusal.into())
                    .into()
            }
        };
        match outcome {
            Outcome::ToDo(reply) => reply,
            Outcome::Noted(Noted { response, note }) => {
                let answer = (response.status, response.header("location"));
                self.record(request, answer, note, now);
                Reply::Answer(response)
            }
        }
    }

    /// Records the caller's answer to a request that was not for the hub. Many of these requests were meant for the hub, and the console's
    /// log explains what is wrong with them. `location` is the answer's `Location` header.
    pub fn answered(&mut self, request: &Request, status: u16, location: Option<&str>, now: &Now) {
        self.record(request, (status, location), Note::default(), now);
    }

    /// Call this when a console's stream has ended.
    pub fn leave(&mut self, window: &str) {
        self.state.close_window(window);
    }

    /// Puts a changed scenario in force.
    pub fn replace_scenario(&mut self, scenario: ScenarioInForce) {
        let scenario = scenario.changed(|it| self.settings.media.to_console(it));
        self.state.replace_scenario(scenario);
    }

    /// Reports why the current text of the scenario file cannot be used. The scenario in force stays.
    pub fn report_scenario_error(&mut self, error: ScenarioError) {
        self.state.report_scenario_error(error);
    }

    /// Takes the events since the last call, for the consoles that are connected.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.state.events.take()
    }

    fn record(&mut self, request: &Request, answer: (u16, Option<&str>), note: Note, now: &Now) {
        let Some(endpoint) = Endpoint::of(request.path, &self.settings.own) else {
            return;
        };
        let events = &mut self.state.events;
        events.send_hub_request(|id| HubRequest::new(id, endpoint, request, answer, note, now));
    }

    fn route(&mut self, request: &Request, now: &Now) -> Outcome {
        let path = request.path;
        if path.starts_with(paths::CONSOLE)
            && !request.only_reads()
            && let Err(error) = guard::check_origin(request, &self.settings.place)
        {
            return Response::from(error).into();
        }
        match (path, request.method) {
            (paths::AUTHORIZE, "GET" | "HEAD") => match self.settings.place.of(request) {
                Some(addresses) => {
                    let words = &self.settings.words;
                    let around = Around { addresses, words };
                    authorize(&mut self.state, &around, request, now).into()
                }
                None => no_place(),
            },
            // Not for HEAD: a link checker must not redeem a code.
            (paths::GET_USER_INFO, "GET") => get_user_info(&mut self.state, request, now).into(),
            _ => self.console(request, now),
        }
    }

    fn console(&mut self, request: &Request, now: &Now) -> Outcome {
        let (state, settings, body) = (&mut self.state, &self.settings, request.body);
        match (request.path, request.method) {
            (paths::CONFIG, "GET" | "HEAD") => match settings.place.of(request) {
                Some(addresses) => console_api::config(state, settings, &addresses).into(),
                None => no_place(),
            },
            (paths::FAULTS, "GET" | "HEAD") => console_api::faults(state).into(),
            (paths::FAULTS, "PUT") => console_api::set_faults(state, body).into(),
            (paths::CODES, "POST") => console_api::issue_code(state, body, settings, now).into(),
            (paths::CONVERSATION, "PUT") => console_api::select_conversation(state, body).into(),
            (paths::EVENTS, "GET" | "HEAD") => guard::check_site(request)
                .and_then(|()| console_api::events(state, request))
                .map(|it| Reply::Listen {
                    window: it.window,
                    missed: it.missed,
                })
                .into(),
            (paths::PAGE_CHECK, "POST") => match settings.place.of(request) {
                Some(addresses) => console_api::page_question(body, &addresses)
                    .map(Reply::AskPage)
                    .into(),
                None => no_place(),
            },
            (paths::SCENARIO, "PUT") => console_api::scenario_change(body, settings)
                .map(Reply::WriteScenario)
                .into(),
            (path, _) => match methods(path) {
                Some(methods) => Response::empty(405).with("allow", methods).into(),
                None => Outcome::ToDo(Reply::Elsewhere),
            },
        }
    }
}

/// The answer to a request whose `Host` cannot be a server's.
fn no_place() -> Outcome {
    Response::from(ApiError::new(400, "the header Host is no address")).into()
}

/// The methods that the hub accepts for a path; `None` if the path is not the hub's.
fn methods(path: &str) -> Option<&'static str> {
    Some(match path {
        paths::AUTHORIZE | paths::CONFIG | paths::EVENTS => "GET,HEAD",
        paths::GET_USER_INFO => "GET",
        paths::FAULTS => "GET,HEAD,PUT",
        paths::CODES | paths::PAGE_CHECK => "POST",
        paths::CONVERSATION | paths::SCENARIO => "PUT",
        _ => return None,
    })
}

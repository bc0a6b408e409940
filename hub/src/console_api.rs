//! `/_workbench/…`: the requests that the console page makes to the server.

use juzi_helper::oauth::errmsg;
use serde::{Deserialize, Serialize};

use crate::addresses::Addresses;
use crate::api_error::{ApiError, from_body};
use crate::codes::{Recipient, Via};
use crate::events::{Event, HubFaults};
use crate::page::Question;
use crate::page::address;
use crate::request::{Now, Request};
use crate::response::Response;
use crate::scenario::Format;
use crate::scenario::check::ERRCODES;
use crate::scenario_change::{Based, ScenarioChange};
use crate::settings::{Settings, Unwritable};
use crate::state::State;

pub(crate) fn config(state: &State, settings: &Settings, addresses: &Addresses) -> Response {
    let file = &settings.scenario_file;
    let config = serde_json::json!({
        "version": settings.version,
        "page": addresses.page.as_str(),
        "pageOrigin": addresses.page.origin().ascii_serialization(),
        "hubBase": addresses.hub_base,
        "codeTtlSeconds": state.codes.ttl_ms() / 1_000,
        "scenario": state.in_force,
        "scenarioFile": file.as_ref().map(|it| it.display().to_string()),
        "scenarioWritable": settings.writable_scenario().is_ok(),
        "scenarioUnwritable": settings.writable_scenario().err(),
        "scenarioError": state.scenario_error,
        "scenarioWarnings": state.in_force.warnings.as_ref(),
        "currentConversation": state.shown.id,
        "hubConversation": state.shown,
        "hubFaults": state.faults,
        "lastHubRequest": state.events.last_hub_request(),
        "hubErrors": ERRCODES.map(|errcode| (errcode, errmsg(errcode.into()))),
    });
    Response::json(200, &config).not_stored()
}

/// The start of an event stream.
pub(crate) struct Listener {
    pub window: Option<String>,
    pub missed: Vec<Event>,
}

pub(crate) fn events(state: &mut State, request: &Request) -> Result<Listener, ApiError> {
    let (mut window, mut after) = (None, None);
    for (name, value) in form_urlencoded::parse(request.query.as_bytes()) {
        match &*name {
            "window" => window = Some(WindowId::try_from(value.into_owned())),
            // The console wants every hub request after the one with this id.
            "after" => after = Some(value.parse::<u64>()),
            _ => {}
        }
    }
    let wrong = |field: &str, why: String| ApiError::in_field(400, field, why);
    let window = window
        .transpose()
        .map_err(|why| wrong("window", why.to_owned()))?;
    let after = after
        .transpose()
        .map_err(|why| wrong("after", why.to_string()))?;
    let after = match request.plain_header("last-event-id") {
        Some(last) => Some(state.events.after(last)),
        None => after,
    };
    let window = window.map(|it| it.0);
    if let Some(window) = &window {
        state.open_window(window.clone());
    }
    let missed = state.events.missed(after);
    Ok(Listener { window, missed })
}

/// The id of a console window. Each window generates one when it opens.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
struct WindowId(String);

impl TryFrom<String> for WindowId {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        let sound = !id.is_empty() && id.len() <= MAX_WINDOW_ID;
        if sound
            && id
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-')
        {
            Ok(WindowId(id))
        } else {
            Err("a window's id has 1 to 64 letters, digits and hyphens")
        }
    }
}

const MAX_WINDOW_ID: usize = 64;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct IssueRequest {
    conversation_id: String,
    via: Via,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IssueAnswer {
    code: String,
    expires_at: u64,
}

pub(crate) fn issue_code(
    state: &mut State,
    body: &[u8],
    settings: &Settings,
    now: &Now,
) -> Result<Response, ApiError> {
    let request: IssueRequest = from_body(body)?;
    let scenario = state.scenario();
    let conversation = scenario
        .conversation(&request.conversation_id)
        .ok_or_else(|| ApiError::no_conversation("conversationId", &request.conversation_id))?;
    let issued = state
        .issue_code(Some(conversation), request.via, Recipient::Developer, now)
        .map_err(|error| ApiError::new(error.status(), error.explain(&settings.words)))?;
    let answer = IssueAnswer {
        code: issued.code,
        expires_at: issued.expires_at,
    };
    Ok(Response::json(200, &answer).not_stored())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SelectRequest {
    id: String,
    window: Option<WindowId>,
}

pub(crate) fn select_conversation(state: &mut State, body: &[u8]) -> Result<Response, ApiError> {
    let request: SelectRequest = from_body(body)?;
    let window = request.window.map(|it| it.0);
    if !state.select_conversation(request.id.clone(), window) {
        return Err(ApiError::no_conversation("id", &request.id));
    }
    Ok(Response::empty(204))
}

pub(crate) fn faults(state: &State) -> Response {
    Response::json(200, &state.faults).not_stored()
}

pub(crate) fn set_faults(state: &mut State, body: &[u8]) -> Result<Response, ApiError> {
    let request: HubFaults = from_body(body)?;
    if !ERRCODES.contains(&request.get_user_info) {
        let error = format!(
            "must be one of the errcodes {ERRCODES:?}, not {}",
            request.get_user_info
        );
        return Err(ApiError::in_field(400, "getUserInfo", error));
    }
    state.set_faults(request);
    Ok(Response::empty(204))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageCheckRequest {
    url: String,
    /// If false, the check only finds out whether a server accepts connections.
    #[serde(default = "yes")]
    request: bool,
}

fn yes() -> bool {
    true
}

pub(crate) fn page_question(body: &[u8], addresses: &Addresses) -> Result<Question, ApiError> {
    let request: PageCheckRequest = from_body(body)?;
    let page =
        address::parse(&request.url).map_err(|error| ApiError::in_field(400, "url", error))?;
    Ok(Question {
        page,
        console: addresses.console.clone(),
        loads: request.request,
    })
}

pub(crate) fn scenario_change(
    body: &[u8],
    settings: &Settings,
) -> Result<ScenarioChange, ApiError> {
    let based = Based::from_body(body)?;
    let file = settings.writable_scenario().map_err(|why| match why {
        Unwritable::NoFile => ApiError::new(404, settings.words.no_file),
        Unwritable::ReadOnly => ApiError::new(403, "the scenario file is read-only"),
        Unwritable::Folder => {
            ApiError::new(403, "the folder of the scenario file takes no new file")
        }
    })?;
    let format = Format::of(file).map_err(|why| ApiError::new(404, why.message))?;
    Ok(ScenarioChange {
        file: file.to_owned(),
        format,
        based,
        start: settings.reading.start,
        media: settings.media.clone(),
    })
}

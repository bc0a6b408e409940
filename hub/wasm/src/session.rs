//! What a host says to a hub, and what it hears.

use std::path::{Path, PathBuf};
use std::time::Duration;

use juzi_hub::hosts::AllowedHosts;
use juzi_hub::page::{Answer, NoAnswer, Reason, Report, Unreachable, Visit, connection};
use juzi_hub::scenario::reading::{Reading, ScenarioInForce};
use juzi_hub::scenario::{Format, ScenarioError};
use juzi_hub::url::Url;
use juzi_hub::{
    ApiError, Event, Hub, Now, OwnMedia, Place, Reply, Request, Response, ScenarioChange, Settings,
    Unwritable, Words, from_json,
};
use serde_json::{Map, Value, json};

use crate::given::Given;

/// A hub, and what its host still has to do for it.
#[derive(Debug, Default)]
pub struct Session {
    running: Option<Running>,
    /// What the host is doing, each by the number that it was told.
    tasks: Vec<(u64, Task)>,
    last_task: u64,
}

#[derive(Debug)]
struct Running {
    hub: Hub,
    format: Format,
}

#[derive(Debug)]
enum Task {
    Write(ScenarioChange),
    Connect(Url),
    Visit(Box<Visit>),
}

impl Session {
    /// The host's text is an object whose member `op` says what it wants:
    ///
    /// - `new`: begin, with `settings` and the `text` of the scenario. A hub that was there before is gone.
    /// - `request`: handle a `request`, at a time (`now`). The answer's `reply` says what to do.
    /// - `answered`: a `request` was answered elsewhere, with a `status` and perhaps a `location`.
    /// - `leave`: a console's stream has ended, of this `window`.
    /// - `replace`: the scenario's file has this `text` now; `unreadable`: it cannot be read, for the reason in `message`.
    /// - `rewrite`: the text for the scenario's file, for a `task`, with the file's present `text` or a `message` why it cannot be read.
    /// - `page`: what came of asking the page, for a `task`. The answer has the next request, or the report.
    ///
    /// The answer is an object too. Its `events` are texts for every console's stream. If the host's text cannot be understood, it has an
    /// `error`; also if a scenario cannot be used.
    pub fn call(&mut self, text: &str) -> String {
        let answer = match from_json(text) {
            Ok(given) => self.answer(Given(&given)),
            Err(error) => Err(error.to_string()),
        };
        let mut answer = answer.unwrap_or_else(|error| object([("error", error.into())]));
        answer.insert("events".to_owned(), self.events().into());
        serde_json::to_string(&answer).unwrap_or_default()
    }

    fn answer(&mut self, given: Given) -> Result<Map<String, Value>, String> {
        let op = given.text("op")?;
        if op == "new" {
            self.tasks.clear();
            self.running = None;
            let (running, warnings) = Running::new(given)?;
            self.running = Some(running);
            return Ok(warnings);
        }
        let Some(running) = &mut self.running else {
            return Err("there is no hub yet".to_owned());
        };
        match op {
            "request" => {
                let now = now(given.object("now")?)?;
                let reply = with_request(given.object("request")?, |request| {
                    running.hub.handle(request, &now)
                })?;
                Ok(self.reply(reply))
            }
            "answered" => {
                let now = now(given.object("now")?)?;
                let status = u16::try_from(given.whole("status")?).unwrap_or_default();
                let location = given.optional("location");
                with_request(given.object("request")?, |request| {
                    running.hub.answered(request, status, location, &now);
                })?;
                Ok(Map::new())
            }
            "leave" => {
                running.hub.leave(given.text("window")?);
                Ok(Map::new())
            }
            "replace" => running.replace(given.text("text")?),
            "unreadable" => {
                let error = ScenarioError::unplaced(given.text("message")?);
                Err(running.report(error))
            }
            "rewrite" => {
                let Some(Task::Write(change)) = self.take(given.whole("task")?) else {
                    return Err("there is no such task".to_owned());
                };
                Ok(rewrite(&change, given))
            }
            "page" => {
                let number = given.whole("task")?;
                let task = self.take(number);
                self.page(number, task, given)
            }
            other => Err(format!("there is no op {other:?}")),
        }
    }

    fn reply(&mut self, reply: Reply) -> Map<String, Value> {
        match reply {
            Reply::Answer(answer) => object([("answer", response(answer))]),
            Reply::Elsewhere => object([("elsewhere", true.into())]),
            Reply::Listen { window, missed } => {
                let missed: Vec<Value> = missed.iter().filter_map(|it| self.to_sse(it)).collect();
                object([("listen", json!({ "window": window, "missed": missed }))])
            }
            Reply::AskPage(question) if question.loads => {
                let visit = Visit::new(question.page, question.console);
                self.ask(visit)
            }
            Reply::AskPage(question) => {
                let url = question.page.as_str().to_owned();
                let task = self.add(Task::Connect(question.page));
                object([("connect", json!({ "task": task, "url": url }))])
            }
            Reply::WriteScenario(change) => {
                let file = change.file.display().to_string();
                let task = self.add(Task::Write(change));
                object([("write", json!({ "task": task, "file": file }))])
            }
        }
    }

    /// The next request of a visit.
    fn ask(&mut self, visit: Visit) -> Map<String, Value> {
        let Some(next) = visit.next() else {
            return Map::new();
        };
        let task = self.add(Task::Visit(Box::new(visit)));
        let ask = json!({
            "task": task,
            "url": next.url.as_str(),
            "console": next.console.as_str(),
            "cookies": next.cookies,
        });
        object([("ask", ask)])
    }

    fn page(
        &mut self,
        number: u64,
        task: Option<Task>,
        given: Given,
    ) -> Result<Map<String, Value>, String> {
        let elapsed_ms = given.number("elapsedMs")?;
        match task {
            Some(Task::Connect(page)) => {
                let outcome = match given.optional("unreachable") {
                    Some(reason) => Err(unreachable(reason, given)),
                    None => Ok(()),
                };
                Ok(reported(&connection(&page, outcome, elapsed_ms)))
            }
            Some(Task::Visit(mut visit)) => {
                visit.take(outcome(given)?);
                if visit.next().is_some() {
                    return Ok(self.ask(*visit));
                }
                Ok(reported(&visit.report(elapsed_ms)))
            }
            other => {
                self.tasks.extend(other.map(|it| (number, it)));
                Err("there is no such task".to_owned())
            }
        }
    }

    fn add(&mut self, task: Task) -> u64 {
        self.last_task += 1;
        self.tasks.push((self.last_task, task));
        self.last_task
    }

    fn take(&mut self, number: u64) -> Option<Task> {
        let at = self.tasks.iter().position(|it| it.0 == number)?;
        Some(self.tasks.swap_remove(at).1)
    }

    fn events(&mut self) -> Vec<Value> {
        let events = self.running.as_mut().map(|it| it.hub.take_events());
        let events = events.unwrap_or_default();
        events.iter().filter_map(|it| self.to_sse(it)).collect()
    }

    /// A block of the stream of server-sent events.
    fn to_sse(&self, event: &Event) -> Option<Value> {
        let stream = &self.running.as_ref()?.hub.settings().stream;
        let id = event.id(stream).map(|id| format!("id: {id}\n"));
        let data = serde_json::to_string(event).ok()?;
        let (id, name) = (id.unwrap_or_default(), event.name());
        Some(format!("{id}event: {name}\ndata: {data}\n\n").into())
    }
}

impl Running {
    fn new(given: Given) -> Result<(Self, Map<String, Value>), String> {
        let settings = given.object("settings")?;
        let file = settings.optional("scenarioFile");
        let format = match file {
            Some(file) => Format::of(Path::new(file)).map_err(|it| it.to_string())?,
            None => Format::Json,
        };
        let start = settings.whole("startMs")?;
        let reading = Reading::from_ms(start).ok_or("`startMs` is outside the calendar")?;
        let scenario = reading
            .read(given.text("text")?, format)
            .map_err(|it| it.to_string())?;
        let warnings = warnings(&scenario);
        let settings = Settings {
            version: settings.text("version")?.to_owned(),
            words: Words::VITE,
            place: Place::Below {
                path: settings.text("path")?.to_owned(),
                page: settings.text("page")?.to_owned(),
            },
            allowed_hosts: if settings.0["hosts"] == true {
                AllowedHosts::any()
            } else {
                AllowedHosts::listed(settings.texts("hosts")?.collect())
            },
            code_ttl_ms: settings.whole("codeTtlMs")?,
            scenario_file: file.map(PathBuf::from),
            unwritable: settings.optional("unwritable").and_then(Unwritable::named),
            reading,
            own: settings.texts("own")?.collect(),
            media: OwnMedia {
                below: settings.text("path")?.to_owned(),
                files: settings.texts("media")?.collect(),
            },
            stream: settings.text("stream")?.to_owned(),
        };
        let hub = Hub::new(settings, scenario);
        Ok((Running { hub, format }, warnings))
    }

    fn replace(&mut self, text: &str) -> Result<Map<String, Value>, String> {
        match self.hub.settings().reading.read(text, self.format) {
            Ok(scenario) => {
                let warnings = warnings(&scenario);
                self.hub.replace_scenario(scenario);
                Ok(warnings)
            }
            Err(error) => Err(self.report(error)),
        }
    }

    fn report(&mut self, error: ScenarioError) -> String {
        let text = error.to_string();
        self.hub.report_scenario_error(error);
        text
    }
}

/// One line each, for a terminal.
fn warnings(scenario: &ScenarioInForce) -> Map<String, Value> {
    let lines: Vec<Value> = scenario
        .warnings
        .iter()
        .map(|it| it.to_string().into())
        .collect();
    object([("warnings", lines.into())])
}

fn rewrite(change: &ScenarioChange, given: Given) -> Map<String, Value> {
    let unreadable = ScenarioError::unplaced(given.optional("message").unwrap_or_default());
    match change.rewrite(given.optional("text").ok_or(&unreadable)) {
        Ok(rewritten) => {
            let text = Value::from(rewritten.text);
            object([("text", text), ("answer", response(rewritten.answer))])
        }
        Err(error) => object([("answer", refusal(error))]),
    }
}

fn refusal(error: ApiError) -> Value {
    response(error.into())
}

fn response(it: Response) -> Value {
    json!({ "status": it.status, "headers": it.headers, "body": it.body })
}

/// The report as the body of an answer.
fn reported(report: &Report) -> Map<String, Value> {
    let body = serde_json::to_string(report).unwrap_or_default();
    let headers = json!([["content-type", "application/json"]]);
    let answer = json!({ "status": 200, "headers": headers, "body": body });
    object([("answer", answer)])
}

fn with_request<T>(given: Given, act: impl FnOnce(&Request) -> T) -> Result<T, String> {
    let headers = given.pairs("headers")?;
    Ok(act(&Request {
        method: given.text("method")?,
        path: given.text("path")?,
        query: given.text("query")?,
        secure: given.0["secure"] == true,
        headers: &headers,
        body: given.optional("body").unwrap_or_default().as_bytes(),
    }))
}

fn now(given: Given) -> Result<Now, String> {
    let random = given.optional("random");
    let random = random.and_then(|it| u128::from_str_radix(it, 16).ok());
    Ok(Now {
        ms: given.whole("ms")?,
        elapsed_ms: given.number("elapsedMs")?,
        random: random.map(u128::to_be_bytes),
    })
}

fn outcome(given: Given) -> Result<Result<Answer, NoAnswer>, String> {
    if let Some(reason) = given.optional("unreachable") {
        return Ok(Err(NoAnswer::Unreachable(unreachable(reason, given))));
    }
    let url = given.optional("otherScheme").map(str::to_owned);
    if let Some(url) = url {
        return Ok(Err(if url.starts_with("https:") {
            NoAnswer::TlsOnPlain { url }
        } else {
            NoAnswer::PlainOnTls { url }
        }));
    }
    let headers = given.pairs("headers")?.into_iter();
    Ok(Ok(Answer {
        status: u16::try_from(given.whole("status")?).unwrap_or_default(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: given.text("body")?.to_owned(),
        certificate: given.optional("certificate").map(str::to_owned),
    }))
}

/// By the name of the host's error.
fn unreachable(reason: &str, given: Given) -> Unreachable {
    let reason = match reason {
        "ECONNREFUSED" => Reason::Refused,
        "ENOTFOUND" | "EAI_AGAIN" => Reason::Name,
        "ECONNRESET" | "ECONNABORTED" | "EPIPE" => Reason::Reset,
        "ETIMEDOUT" => {
            let after = given.whole("afterMs").unwrap_or_default();
            return Unreachable::timed_out(Duration::from_millis(after));
        }
        _ => Reason::Other,
    };
    let detail = given.optional("detail").unwrap_or_default().to_owned();
    Unreachable { reason, detail }
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    let named = members.map(|(name, value)| (name.to_owned(), value));
    named.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENARIO: &str = r#"{
        "account": { "botId": "b", "wxid": "w", "name": "n", "userId": "u", "corpId": "c", "orgId": "o", "uid": "i", "email": "e" },
        "conversations": []
    }"#;

    fn call(session: &mut Session, given: &Value) -> Value {
        serde_json::from_str(&session.call(&given.to_string())).unwrap()
    }

    fn begun() -> Session {
        let mut session = Session::default();
        let settings = json!({
            "version": "1", "path": "/__juzi", "page": "/", "hosts": [], "codeTtlMs": 300_000, "scenarioFile": "a.json",
            "startMs": 0, "own": [], "media": [], "stream": "s",
        });
        let given = json!({ "op": "new", "settings": settings, "text": SCENARIO });
        assert_eq!(
            call(&mut session, &given),
            json!({ "warnings": [], "events": [] })
        );
        session
    }

    fn request(method: &str, path: &str, query: &str, body: &str) -> Value {
        json!({
            "op": "request",
            "now": { "ms": 7, "elapsedMs": 0.5, "random": "0".repeat(31) + "a" },
            "request": {
                "method": method, "path": path, "query": query, "body": body,
                "headers": [["host", "localhost:5173"], ["content-type", "application/json"]],
            },
        })
    }

    #[test]
    fn a_request_is_answered_and_the_consoles_are_told() {
        let mut session = begun();
        let query = "redirect_uri=http%3A%2F%2Flocalhost%2Fcb";
        let given = request("GET", "/oauth/connect/authorize", query, "");
        let answer = call(&mut session, &given);
        assert_eq!(answer["answer"]["status"], 302);
        let told = answer["events"][0].as_str().unwrap();
        assert!(
            told.starts_with("event: code-issued\ndata: {\"code\":\"0000"),
            "{told}"
        );
        assert!(told.ends_with("}\n\n"));
    }

    #[test]
    fn a_task_is_done_once() {
        let mut session = begun();
        let config = call(&mut session, &request("GET", "/_workbench/config", "", ""));
        let config: Value =
            serde_json::from_str(config["answer"]["body"].as_str().unwrap()).unwrap();
        assert_eq!(config["hubBase"], "http://localhost:5173/__juzi");
        let body = config["scenario"].to_string().replace("\"n\"", "\"m\"");
        let reply = call(
            &mut session,
            &request("PUT", "/_workbench/scenario", "", &body),
        );
        let task = &reply["write"]["task"];
        let rewrite = json!({ "op": "rewrite", "task": task, "text": SCENARIO });
        let answer = call(&mut session, &rewrite);
        assert_eq!(answer["answer"]["status"], 200, "{answer}");
        assert!(answer["text"].as_str().unwrap().contains("\"m\""));
        assert_eq!(
            call(&mut session, &rewrite)["error"],
            "there is no such task"
        );
    }

    #[test]
    fn what_cannot_be_understood_is_an_error() {
        let mut session = Session::default();
        for (given, error) in [
            ("{", "EOF while parsing an object at line 1 column 1"),
            ("7", "`op` must be a text"),
            ("{\"op\":\"leave\"}", "there is no hub yet"),
        ] {
            let answer: Value = serde_json::from_str(&session.call(given)).unwrap();
            assert_eq!(answer, json!({ "error": error, "events": [] }));
        }
        let mut session = begun();
        assert_eq!(
            call(&mut session, &json!({ "op": "x" }))["error"],
            "there is no op \"x\""
        );
    }
}

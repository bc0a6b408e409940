//! `/_workbench/…`: the requests that the console page makes to the server.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response, Sse, sse};
use futures_util::{Stream, StreamExt, stream};
use juzi_helper::oauth::errmsg;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_stream::wrappers::BroadcastStream;

use crate::codes::Recipient;
use crate::events::{HubFaults, Via};
use crate::page;
use crate::scenario::check::ERRCODES;
use crate::scenario::{self, Format, ScenarioError, load};
use crate::state::Workbench;

/// A refusal in the form that the console reads.
#[derive(Debug, Serialize)]
pub struct ApiError {
    #[serde(skip)]
    status: StatusCode,
    error: String,
    field: Option<String>,
}

impl ApiError {
    pub fn new(status: StatusCode, error: impl Into<String>) -> Self {
        ApiError {
            status,
            error: error.into(),
            field: None,
        }
    }

    fn in_field(status: StatusCode, field: impl Into<String>, error: impl Into<String>) -> Self {
        ApiError {
            status,
            error: error.into(),
            field: Some(field.into()).filter(|it| !it.is_empty()),
        }
    }

    fn no_conversation(field: &str, id: &str) -> Self {
        ApiError::in_field(
            StatusCode::NOT_FOUND,
            field,
            format!("there is no conversation {id:?}"),
        )
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self)).into_response()
    }
}

/// Parses a JSON body. axum's own extractor does not name the invalid field.
pub fn from_body<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiError> {
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(body)).map_err(
        |error| {
            let path = error.path().to_string();
            let field = if path == "." { "" } else { &path };
            ApiError::in_field(StatusCode::BAD_REQUEST, field, error.inner().to_string())
        },
    )
}

pub async fn config(State(workbench): State<Arc<Workbench>>) -> Response {
    let (addresses, shown) = (&workbench.addresses, workbench.shown());
    let in_force = workbench.scenario_in_force();
    let config = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "page": addresses.page.as_str(),
        "pageOrigin": addresses.page.origin().ascii_serialization(),
        "hubBase": addresses.hub_base,
        "codeTtlSeconds": workbench.codes.ttl().as_secs(),
        "scenario": in_force,
        "scenarioFile": workbench.scenario_file.as_ref().map(|it| it.display().to_string()),
        "scenarioWritable": workbench.writable_scenario().is_some(),
        "scenarioError": workbench.scenario_error(),
        "scenarioWarnings": in_force.warnings.as_ref(),
        "currentConversation": shown.id,
        "hubConversation": shown,
        "hubFaults": workbench.hub_faults(),
        "lastHubRequest": workbench.events.last_hub_request(),
        "hubErrors": ERRCODES.map(|errcode| (errcode, errmsg(errcode.into()))),
    });
    ([(CACHE_CONTROL, "no-store")], Json(config)).into_response()
}

#[derive(Deserialize)]
pub struct EventsQuery {
    window: Option<WindowId>,
    /// The hub request after which the console wants all of them.
    after: Option<u64>,
}

/// A console window's own id, which it makes up when it opens.
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

pub async fn events(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let reconnects = headers.get("last-event-id").and_then(|it| it.to_str().ok());
    let after = match reconnects {
        Some(last) => Some(workbench.events.after(last)),
        None => query.after,
    };
    let window = query.window.map(|it| workbench.open_window(it.0));
    let (missed, receiver) = workbench.events.subscribe(after);
    let received = stream::iter(missed.into_iter().map(Ok)).chain(BroadcastStream::new(receiver));
    let stopped = workbench.stop.clone().cancelled_owned();
    let stream = received
        .filter_map(move |event| {
            // The window is open until the stream is dropped.
            let _open = &window;
            ready(match event {
                Ok(event) => event
                    .to_sse(workbench.events.stream())
                    .map_err(|error| tracing::error!(%error, "an event cannot be written"))
                    .ok(),
                Err(lagged) => {
                    tracing::warn!(%lagged, "a console does not keep up with the events");
                    None
                }
            })
        })
        .map(Ok);
    Sse::new(stream.take_until(stopped)).keep_alive(sse::KeepAlive::default())
}

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

pub async fn issue_code(
    State(workbench): State<Arc<Workbench>>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let request: IssueRequest = from_body(&body)?;
    let scenario = workbench.scenario();
    let conversation = scenario
        .conversation(&request.conversation_id)
        .ok_or_else(|| ApiError::no_conversation("conversationId", &request.conversation_id))?;
    let issued = workbench
        .issue_code(Some(conversation), request.via, Recipient::Developer)
        .map_err(|error| ApiError::new(error.status(), error.to_string()))?;
    let answer = IssueAnswer {
        code: issued.code,
        expires_at: issued.expires_at,
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SelectRequest {
    id: String,
    window: Option<WindowId>,
}

pub async fn select_conversation(
    State(workbench): State<Arc<Workbench>>,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let request: SelectRequest = from_body(&body)?;
    let window = request.window.map(|it| it.0);
    if !workbench.select_conversation(request.id.clone(), window) {
        return Err(ApiError::no_conversation("id", &request.id));
    }
    Ok(StatusCode::NO_CONTENT)
}

pub async fn faults(State(workbench): State<Arc<Workbench>>) -> Response {
    ([(CACHE_CONTROL, "no-store")], Json(workbench.hub_faults())).into_response()
}

pub async fn set_faults(
    State(workbench): State<Arc<Workbench>>,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let request: HubFaults = from_body(&body)?;
    if !ERRCODES.contains(&request.get_user_info) {
        let error = format!(
            "must be one of the errcodes {ERRCODES:?}, not {}",
            request.get_user_info
        );
        return Err(ApiError::in_field(
            StatusCode::BAD_REQUEST,
            "getUserInfo",
            error,
        ));
    }
    workbench.set_hub_faults(request);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageCheckRequest {
    url: String,
    /// False: only whether a server accepts connections there.
    #[serde(default = "yes")]
    request: bool,
}

fn yes() -> bool {
    true
}

pub async fn check_page(
    State(workbench): State<Arc<Workbench>>,
    body: Bytes,
) -> Result<Json<page::Report>, ApiError> {
    let request: PageCheckRequest = from_body(&body)?;
    let url = page::address::parse(&request.url)
        .map_err(|error| ApiError::in_field(StatusCode::BAD_REQUEST, "url", error))?;
    let report = if request.request {
        page::check(&url, &workbench.addresses.console).await
    } else {
        page::check_connection(&url).await
    };
    Ok(Json(report))
}

#[derive(Deserialize)]
struct Based {
    revision: String,
    #[serde(flatten)]
    scenario: serde_json::Map<String, Value>,
}

pub const SCENARIO: &str = "/_workbench/scenario";

/// Writes a changed scenario to its file. The console gets it back as the event `scenario`.
pub async fn write_scenario(
    State(workbench): State<Arc<Workbench>>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let Based { revision, scenario } = from_body(&body)?;
    let written =
        tokio::task::spawn_blocking(move || write(&workbench, &revision, Value::Object(scenario)))
            .await;
    let revision = written.unwrap_or_else(|error| {
        let text = format!("the scenario cannot be written: {error}");
        Err(ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, text))
    })?;
    Ok(Json(serde_json::json!({ "revision": revision })).into_response())
}

fn write(workbench: &Workbench, revision: &str, next: Value) -> Result<String, ApiError> {
    let Some(path) = workbench.writable_scenario() else {
        let text = match &workbench.scenario_file {
            Some(_) => "only a JSON file is written back: a TOML file would lose its comments",
            None => "the scenario is the built-in one; start the workbench with --scenario FILE",
        };
        return Err(ApiError::new(StatusCode::NOT_FOUND, text));
    };
    let start = workbench.reading.start;
    let invalid = |error: ScenarioError| {
        let field = error.field.clone().unwrap_or_default();
        ApiError::in_field(StatusCode::BAD_REQUEST, field, error.message)
    };
    let next = load::parse(&next.to_string(), Format::Json, start).map_err(invalid)?;
    let changed = |why: &str| {
        let text = format!("the scenario file {why}; nothing was written");
        ApiError::new(StatusCode::CONFLICT, text)
    };
    // Otherwise two requests could both find the revision that they are based on, and the second undo the first.
    let _alone = workbench.write_alone();
    let text = load::read(path, "a scenario").map_err(|error| changed(&error.to_string()))?;
    if load::revision(&text) != revision {
        return Err(changed("has changed in the meantime"));
    }
    let text = scenario::write::rewrite(&text, &next, start).map_err(invalid)?;
    scenario::write::replace_file(path, &text).map_err(|error| {
        let text = format!("{} cannot be written: {error}", path.display());
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, text)
    })?;
    Ok(load::revision(&text))
}

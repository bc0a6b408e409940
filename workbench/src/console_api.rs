//! `/_workbench/…`: the requests that the console page makes to the server.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response, Sse, sse};
use futures_util::{Stream, StreamExt};
use juzi_helper::oauth::errmsg;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio_stream::wrappers::BroadcastStream;

use crate::codes::Recipient;
use crate::events::Via;
use crate::scenario::check::ERRCODES;
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
fn from_body<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiError> {
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(body)).map_err(
        |error| {
            let path = error.path().to_string();
            let field = if path == "." { "" } else { &path };
            ApiError::in_field(StatusCode::BAD_REQUEST, field, error.inner().to_string())
        },
    )
}

pub async fn config(State(workbench): State<Arc<Workbench>>) -> Response {
    let addresses = &workbench.addresses;
    let config = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "page": addresses.page.as_str(),
        "pageOrigin": addresses.page.origin().ascii_serialization(),
        "hubBase": addresses.hub_base,
        "codeTtlSeconds": workbench.codes.ttl().as_secs(),
        "scenario": *workbench.scenario(),
        "scenarioFile": workbench.scenario_file,
        "currentConversation": workbench.conversation(),
        "hubErrors": ERRCODES.map(|errcode| (errcode, errmsg(errcode.into()))),
    });
    ([(CACHE_CONTROL, "no-store")], Json(config)).into_response()
}

pub async fn events(
    State(workbench): State<Arc<Workbench>>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let received = BroadcastStream::new(workbench.events.subscribe());
    let stream = received
        .filter_map(async |event| match event {
            Ok(event) => event
                .to_sse()
                .map_err(|error| tracing::error!(%error, "an event cannot be written"))
                .ok(),
            Err(lagged) => {
                tracing::warn!(%lagged, "a console does not keep up with the events");
                None
            }
        })
        .map(Ok);
    let stopped = workbench.stop.clone().cancelled_owned();
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
}

pub async fn select_conversation(
    State(workbench): State<Arc<Workbench>>,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let request: SelectRequest = from_body(&body)?;
    if !workbench.select_conversation(&request.id) {
        return Err(ApiError::no_conversation("id", &request.id));
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FaultsRequest {
    get_user_info: i32,
}

pub async fn set_faults(
    State(workbench): State<Arc<Workbench>>,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let request: FaultsRequest = from_body(&body)?;
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
    workbench.set_user_info_fault(request.get_user_info);
    Ok(StatusCode::NO_CONTENT)
}

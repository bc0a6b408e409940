//! Passes every request to the hub first, and does what the hub cannot do itself.

use std::borrow::Cow;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use juzi_hub::{ApiError, Reply, ScenarioChange};

use crate::answer::response;
use crate::scenario::file;
use crate::workbench::Workbench;
use crate::{events, page};

pub async fn ask(
    State(workbench): State<Arc<Workbench>>,
    request: Request,
    next: Next,
) -> Response {
    let arrived = workbench.arrival();
    let (parts, body) = request.into_parts();
    // The layer around this one has read the body, up to its limit.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let (reply, receiver) = as_hubs(&parts, &body, |it| workbench.ask(it, arrived));
    match reply {
        Reply::Answer(answer) => response(answer),
        Reply::Listen { window, missed } => {
            events::stream(workbench, window, missed, receiver).into_response()
        }
        Reply::AskPage(question) => Json(page::answer(question).await).into_response(),
        Reply::WriteScenario(change) => write_aside(workbench, change).await,
        Reply::Elsewhere => {
            let request = Request::from_parts(parts.clone(), Body::from(body));
            let answer = next.run(request).await;
            let location = answer.headers().get(LOCATION);
            let location = location.and_then(|it| it.to_str().ok());
            let status = answer.status().as_u16();
            as_hubs(&parts, &[], |it| {
                workbench.answered(it, status, location, arrived)
            });
            answer
        }
    }
}

/// Passes the request to `act` in the hub's form.
fn as_hubs<T>(parts: &Parts, body: &[u8], act: impl FnOnce(&juzi_hub::Request<'_>) -> T) -> T {
    let headers = parts.headers.iter();
    let headers: Vec<(&str, Cow<str>)> = headers
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|it| (it.0, &*it.1)).collect();
    act(&juzi_hub::Request {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        secure: false,
        headers: &headers,
        body,
    })
}

/// Writes the file on a thread that may block.
async fn write_aside(workbench: Arc<Workbench>, change: ScenarioChange) -> Response {
    let written = tokio::task::spawn_blocking(move || write(&workbench, &change)).await;
    let answer = written.unwrap_or_else(|error| {
        Err(unwritten(format!(
            "the scenario cannot be written: {error}"
        )))
    });
    answer.map_or_else(response, response)
}

fn write(workbench: &Workbench, change: &ScenarioChange) -> Result<juzi_hub::Response, ApiError> {
    let path = &change.file;
    let _alone = workbench.write_alone();
    let text = file::read(path, "a scenario");
    let rewritten = change.rewrite(text.as_deref())?;
    file::replace_file(path, &rewritten.text)
        .map_err(|error| unwritten(format!("{} cannot be written: {error}", path.display())))?;
    Ok(rewritten.answer)
}

fn unwritten(why: String) -> ApiError {
    ApiError::new(500, why)
}

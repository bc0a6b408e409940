//! What the check's page gets from the server, and what it posts to the server.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use juzi_hub::{ApiError, from_body};
use serde::Deserialize;
use tokio::sync::mpsc;

use super::report::StepOutcome;
use super::script::Script;
use crate::answer::response;

/// What the check's page posts to the server.
#[derive(Debug, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
pub enum StepEvent {
    /// The page is being loaded.
    Started,
    /// Steps come in order.
    Step {
        outcome: StepOutcome,
        message: Option<String>,
        duration_ms: f64,
    },
    Done {
        /// How many calls the page has made.
        calls: u32,
    },
    /// The check's own page has a problem.
    Broken { message: String },
}

/// The check that a server runs.
pub struct Check {
    pub script: Script,
    pub told: mpsc::UnboundedSender<StepEvent>,
}

/// None in a workbench that runs no check.
type Running = Option<Arc<Check>>;

pub fn routes(check: Option<Check>) -> Router {
    Router::new()
        .route("/_workbench/check", get(script).post(tell))
        .with_state(check.map(Arc::new))
}

/// `GET /_workbench/check`: the script, for the check's page.
async fn script(State(running): State<Running>) -> Response {
    match running {
        Some(check) => ([(CACHE_CONTROL, "no-store")], Json(&check.script)).into_response(),
        None => response(no_check()),
    }
}

/// `POST /_workbench/check`: an event of the check's page. The hub has already checked the sender.
async fn tell(State(running): State<Running>, body: Bytes) -> Response {
    let told = running.ok_or_else(no_check);
    match told.and_then(|check| Ok((check, from_body(&body)?))) {
        Ok((check, event)) => {
            // An error only means that the check has ended.
            let _ = check.told.send(event);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(refusal) => response(refusal),
    }
}

fn no_check() -> ApiError {
    let missing = "this workbench runs no check; start it as juzi-workbench check";
    ApiError::new(404, missing)
}

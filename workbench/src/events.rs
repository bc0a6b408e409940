//! Live events for the console page, by server-sent events.

use axum::response::sse;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::scenario::{Scenario, ScenarioError};

/// A console that falls further behind than this loses the oldest events.
const CAPACITY: usize = 4_096;

/// One event. Its name is the stream's `event:`; its fields are the JSON of `data:`.
#[derive(Debug, Clone)]
pub enum Event {
    Scenario(Box<Scenario>),
    ScenarioError(ScenarioError),
    CodeIssued(CodeIssued),
    CodeRedeemed(CodeRedeemed),
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeIssued {
    pub code: String,
    /// None in a scenario without conversations.
    pub conversation_id: Option<String>,
    pub bot_id: String,
    pub via: Via,
    /// Milliseconds since the epoch.
    pub at: u64,
    pub expires_at: u64,
}

/// How a code was passed to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Via {
    /// By the hub itself. The console cannot request such a code.
    #[serde(skip_deserializing)]
    Authorize,
    SidebarAuth,
    UpdateBaseInfo,
}

/// An attempt to redeem a code, successful or not.
#[derive(Debug, Clone, Serialize)]
pub struct CodeRedeemed {
    pub code: Option<String>,
    pub errcode: i32,
    pub errmsg: String,
    pub at: u64,
}

impl Event {
    pub fn to_sse(&self) -> Result<sse::Event, axum::Error> {
        match self {
            Event::Scenario(scenario) => {
                sse::Event::default().event("scenario").json_data(scenario)
            }
            Event::ScenarioError(error) => sse::Event::default()
                .event("scenario-error")
                .json_data(error),
            Event::CodeIssued(issued) => {
                sse::Event::default().event("code-issued").json_data(issued)
            }
            Event::CodeRedeemed(redeemed) => sse::Event::default()
                .event("code-redeemed")
                .json_data(redeemed),
        }
    }
}

/// Sends every event to every connected console. There may be none.
pub struct Events(broadcast::Sender<Event>);

impl Events {
    pub fn new() -> Self {
        Events(broadcast::Sender::new(CAPACITY))
    }

    pub fn send(&self, event: Event) {
        // An error only means that no console is open.
        let _ = self.0.send(event);
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}

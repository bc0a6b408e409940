//! Live events for the console page, by server-sent events.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::response::sse;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::hub_log::HubRequest;
use crate::scenario::ScenarioError;
use crate::state::ScenarioInForce;

/// A console that falls further behind than this loses the oldest events.
const CAPACITY: usize = 4_096;

/// How many hub requests are kept for a console that was not connected when they came.
const KEPT: usize = 500;

/// One event. Its name is the stream's `event:`; its fields are the JSON of `data:`.
#[derive(Debug, Clone)]
pub enum Event {
    Scenario(ScenarioInForce),
    ScenarioError(ScenarioError),
    /// Where the scenario in force differs from Juzi's console. Follows `Scenario`, if there are any.
    ScenarioWarnings(Arc<[ScenarioError]>),
    CodeIssued(CodeIssued),
    CodeRedeemed(CodeRedeemed),
    HubRequest(HubRequest),
    HubFaults(HubFaults),
    HubConversation(HubConversation),
}

/// The hub's faults in force.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubFaults {
    /// The errcode of every `getUserInfo` response; 0 for none.
    pub get_user_info: i32,
}

/// The conversation for whose account authorize issues codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HubConversation {
    /// None in a scenario without conversations.
    pub id: Option<String>,
    /// The console window that set it. None if that window is closed, or if a program set it.
    pub window: Option<String>,
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
    /// `stream` tells the events of this process from those of the one before.
    pub fn to_sse(&self, stream: &str) -> Result<sse::Event, axum::Error> {
        let named = |name: &str| sse::Event::default().event(name);
        match self {
            Event::Scenario(scenario) => named("scenario").json_data(scenario),
            Event::ScenarioError(error) => named("scenario-error").json_data(error),
            Event::ScenarioWarnings(warnings) => {
                named("scenario-warnings").json_data(warnings.as_ref())
            }
            Event::CodeIssued(issued) => named("code-issued").json_data(issued),
            Event::CodeRedeemed(redeemed) => named("code-redeemed").json_data(redeemed),
            Event::HubRequest(request) => named("hub-request")
                .id(format!("{stream}-{}", request.id))
                .json_data(request),
            Event::HubFaults(faults) => named("hub-faults").json_data(faults),
            Event::HubConversation(shown) => named("hub-conversation").json_data(shown),
        }
    }
}

/// Sends every event to every connected console. There may be none.
pub struct Events {
    sender: broadcast::Sender<Event>,
    hub_requests: Mutex<HubRequests>,
    /// The start of this process, for the ids in the stream.
    stream: String,
}

#[derive(Default)]
struct HubRequests {
    last: u64,
    /// Oldest first.
    kept: VecDeque<HubRequest>,
}

impl Events {
    pub fn new() -> Self {
        let start = SystemTime::now().duration_since(UNIX_EPOCH);
        Events {
            sender: broadcast::Sender::new(CAPACITY),
            hub_requests: Mutex::default(),
            stream: format!("{:x}", start.unwrap_or_default().as_nanos()),
        }
    }

    pub fn stream(&self) -> &str {
        &self.stream
    }

    pub fn send(&self, event: Event) {
        // An error only means that no console is open.
        let _ = self.sender.send(event);
    }

    /// `make` gets the request's id.
    pub fn send_hub_request(&self, make: impl FnOnce(u64) -> HubRequest) {
        let mut requests = self.hub_requests();
        requests.last += 1;
        let request = make(requests.last);
        if requests.kept.len() >= KEPT {
            requests.kept.pop_front();
        }
        requests.kept.push_back(request.clone());
        // Under the lock, so that a console that subscribes gets the request once: kept or sent.
        self.send(Event::HubRequest(request));
    }

    /// The id of the newest hub request; 0 if there is none.
    pub fn last_hub_request(&self) -> u64 {
        self.hub_requests().last
    }

    /// The hub requests after the one with this id, and a receiver for what follows.
    pub fn subscribe(&self, after: Option<u64>) -> (Vec<Event>, broadcast::Receiver<Event>) {
        let requests = self.hub_requests();
        let after = after.unwrap_or(requests.last);
        let missed = requests.kept.iter().filter(|it| it.id > after);
        let missed = missed.cloned().map(Event::HubRequest).collect();
        (missed, self.sender.subscribe())
    }

    /// The id after which a console that reconnects wants the hub requests. After a restart that is all of them.
    pub fn after(&self, last_event_id: &str) -> u64 {
        let number = last_event_id
            .strip_prefix(&self.stream)
            .and_then(|it| it.strip_prefix('-'));
        number.and_then(|it| it.parse().ok()).unwrap_or(0)
    }

    fn hub_requests(&self) -> MutexGuard<'_, HubRequests> {
        // A poisoned lock is safe to use: at worst an id is missing.
        let lock = self.hub_requests.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }
}

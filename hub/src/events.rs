//! Events for the consoles that are connected. The caller takes them and sends each one to every console.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::codes::Via;
use crate::log::HubRequest;
use crate::scenario::load::ScenarioError;
use crate::scenario::reading::ScenarioInForce;

/// How many hub requests are kept for consoles that were not connected at the time.
const KEPT: usize = 500;

/// One event. It serializes as the stream's `data:`.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Event {
    /// The scenario that is in force from now on.
    Scenario(ScenarioInForce),
    /// Why the current text of the scenario file cannot be used.
    ScenarioError(ScenarioError),
    /// Where the scenario in force differs from Juzi's console. Follows `Scenario` if there are differences.
    #[serde(serialize_with = "list")]
    ScenarioWarnings(Arc<[ScenarioError]>),
    /// A code was issued.
    CodeIssued(CodeIssued),
    /// Somebody tried to redeem a code.
    CodeRedeemed(CodeRedeemed),
    /// A request to the hub was answered.
    HubRequest(HubRequest),
    /// The hub's faults that are in force from now on.
    HubFaults(HubFaults),
    /// The conversation that the hub authorizes for from now on.
    HubConversation(HubConversation),
}

fn list<S: Serializer>(items: &Arc<[ScenarioError]>, serializer: S) -> Result<S::Ok, S::Error> {
    items.as_ref().serialize(serializer)
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

/// A code that was issued.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeIssued {
    /// The code itself. The console is the page's host and passes the code on.
    pub code: String,
    /// None in a scenario without conversations.
    pub conversation_id: Option<String>,
    /// The managed account whose user the code identifies.
    pub bot_id: String,
    /// How it was passed to the page.
    pub via: Via,
    /// When it was issued, in milliseconds since the epoch.
    pub at: u64,
    /// When it expires, in milliseconds since the epoch.
    pub expires_at: u64,
}

/// An attempt to redeem a code, successful or not.
#[derive(Debug, Clone, Serialize)]
pub struct CodeRedeemed {
    /// The code as given, shortened. `None` if the request had no code.
    pub code: Option<String>,
    /// The errcode in the hub's answer; 0 for success.
    pub errcode: i32,
    /// The errmsg in the hub's answer.
    pub errmsg: String,
    /// Milliseconds since the epoch.
    pub at: u64,
}

impl Event {
    /// The value of `event:` in the stream.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Event::Scenario(_) => "scenario",
            Event::ScenarioError(_) => "scenario-error",
            Event::ScenarioWarnings(_) => "scenario-warnings",
            Event::CodeIssued(_) => "code-issued",
            Event::CodeRedeemed(_) => "code-redeemed",
            Event::HubRequest(_) => "hub-request",
            Event::HubFaults(_) => "hub-faults",
            Event::HubConversation(_) => "hub-conversation",
        }
    }

    /// The value of `id:` in the stream. A console sends it back as `Last-Event-ID` when it reconnects. `stream` distinguishes the events
    /// of this run from those of an earlier run.
    #[must_use]
    pub fn id(&self, stream: &str) -> Option<String> {
        match self {
            Event::HubRequest(request) => Some(format!("{stream}-{}", request.id)),
            _ => None,
        }
    }
}

/// The events that wait for the caller, and the latest hub requests.
#[derive(Debug)]
pub(crate) struct Events {
    outbox: Vec<Event>,
    /// The id of the newest hub request; 0 if there is none.
    last: u64,
    /// Oldest first.
    kept: VecDeque<HubRequest>,
    /// The prefix of the ids in the stream.
    stream: String,
}

impl Events {
    pub fn new(stream: String) -> Self {
        Events {
            outbox: vec![],
            last: 0,
            kept: VecDeque::new(),
            stream,
        }
    }

    pub fn send(&mut self, event: Event) {
        self.outbox.push(event);
    }

    pub fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.outbox)
    }

    /// `make` receives the request's id.
    pub fn send_hub_request(&mut self, make: impl FnOnce(u64) -> HubRequest) {
        self.last += 1;
        let request = make(self.last);
        if self.kept.len() >= KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(request.clone());
        self.send(Event::HubRequest(request));
    }

    /// The id of the newest hub request; 0 if there is none.
    pub fn last_hub_request(&self) -> u64 {
        self.last
    }

    /// The hub requests after the one with this id. Without an id there are none: the console gets only new requests.
    pub fn missed(&self, after: Option<u64>) -> Vec<Event> {
        let after = after.unwrap_or(self.last);
        let missed = self.kept.iter().filter(|it| it.id > after);
        missed.cloned().map(Event::HubRequest).collect()
    }

    /// The id of the last hub request that a reconnecting console has received. After a restart it is 0, so that the console gets all
    /// requests.
    pub fn after(&self, last_event_id: &str) -> u64 {
        let number = last_event_id
            .strip_prefix(&self.stream)
            .and_then(|it| it.strip_prefix('-'));
        number.and_then(|it| it.parse().ok()).unwrap_or(0)
    }
}

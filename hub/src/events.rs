//! What the console page is told as it happens. The caller takes the events and sends them to every console that listens.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::codes::Via;
use crate::log::HubRequest;
use crate::scenario::load::ScenarioError;
use crate::scenario::reading::ScenarioInForce;

/// How many hub requests are kept for a console that was not connected when they came.
const KEPT: usize = 500;

/// One event. Serialized, it is its data.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Event {
    /// The scenario that is in force from now on.
    Scenario(ScenarioInForce),
    /// Why the scenario's file as it is now cannot be used.
    ScenarioError(ScenarioError),
    /// Where the scenario in force differs from Juzi's console. Follows `Scenario`, if there are any.
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
    /// The code itself: the console is the page's host, and passes it on.
    pub code: String,
    /// None in a scenario without conversations.
    pub conversation_id: Option<String>,
    /// The managed account whose user it tells.
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
    /// As it was given, shortened. `None` if none was.
    pub code: Option<String>,
    /// The hub's answer; 0 for success.
    pub errcode: i32,
    /// Its text.
    pub errmsg: String,
    /// Milliseconds since the epoch.
    pub at: u64,
}

impl Event {
    /// The stream's `event:`.
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

    /// The stream's `id:`, which a console sends back as `Last-Event-ID` when it reconnects. `stream` tells the events of this run from
    /// those of the one before.
    #[must_use]
    pub fn id(&self, stream: &str) -> Option<String> {
        match self {
            Event::HubRequest(request) => Some(format!("{stream}-{}", request.id)),
            _ => None,
        }
    }
}

/// The events that wait for the caller, and the hub requests that were told before.
#[derive(Debug)]
pub(crate) struct Events {
    outbox: Vec<Event>,
    /// Of the newest hub request; 0 if there is none.
    last: u64,
    /// Oldest first.
    kept: VecDeque<HubRequest>,
    /// In the ids of the stream.
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

    /// `make` gets the request's id.
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

    /// The hub requests after the one with this id. Without one, none: only what follows.
    pub fn missed(&self, after: Option<u64>) -> Vec<Event> {
        let after = after.unwrap_or(self.last);
        let missed = self.kept.iter().filter(|it| it.id > after);
        missed.cloned().map(Event::HubRequest).collect()
    }

    /// The id after which a console that reconnects wants the hub requests. After a restart that is all of them.
    pub fn after(&self, last_event_id: &str) -> u64 {
        let number = last_event_id
            .strip_prefix(&self.stream)
            .and_then(|it| it.strip_prefix('-'));
        number.and_then(|it| it.parse().ok()).unwrap_or(0)
    }
}

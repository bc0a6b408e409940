//! What changes while a hub runs: its codes, the scenario, the conversation that is shown, the console windows and the faults.

use std::collections::HashMap;
use std::sync::Arc;

use crate::account::user_info;
use crate::codes::{Codes, Grant, IssueError, Issued, Recipient, Via};
use crate::events::{CodeIssued, Event, Events, HubConversation, HubFaults};
use crate::request::Now;
use crate::scenario::load::ScenarioError;
use crate::scenario::reading::ScenarioInForce;
use crate::scenario::{Conversation, Scenario};

#[derive(Debug)]
pub(crate) struct State {
    pub codes: Codes,
    pub events: Events,
    pub in_force: ScenarioInForce,
    /// The error in the current text of the scenario file. The scenario in force is then an older version of the file.
    pub scenario_error: Option<ScenarioError>,
    /// The conversation that authorize issues codes for, and the window that shows it.
    pub shown: HubConversation,
    pub faults: HubFaults,
    /// How many event streams each console window has open.
    windows: HashMap<String, usize>,
}

fn shown_first(scenario: &Scenario) -> HubConversation {
    let first = scenario.conversations.first();
    HubConversation {
        id: first.map(|it| it.id.clone()),
        window: None,
    }
}

fn own_faults(scenario: &Scenario) -> HubFaults {
    HubFaults {
        get_user_info: scenario.faults.get_user_info,
    }
}

impl State {
    pub fn new(in_force: ScenarioInForce, code_ttl_ms: u64, stream: String) -> Self {
        State {
            codes: Codes::new(code_ttl_ms),
            events: Events::new(stream),
            shown: shown_first(&in_force.scenario),
            faults: own_faults(&in_force.scenario),
            in_force,
            scenario_error: None,
            windows: HashMap::new(),
        }
    }

    pub fn scenario(&self) -> Arc<Scenario> {
        self.in_force.scenario.clone()
    }

    pub fn set_faults(&mut self, faults: HubFaults) {
        self.faults = faults;
        self.events.send(Event::HubFaults(faults));
    }

    /// Returns false and changes nothing if there is no such conversation.
    pub fn select_conversation(&mut self, id: String, window: Option<String>) -> bool {
        if self.in_force.scenario.conversation(&id).is_none() {
            return false;
        }
        self.show(HubConversation {
            id: Some(id),
            window,
        });
        true
    }

    fn show(&mut self, shown: HubConversation) {
        self.shown = shown;
        self.events.send(Event::HubConversation(self.shown.clone()));
    }

    /// Counts an event stream of a console window. The window is closed when [`State::close_window`] has been called as often.
    pub fn open_window(&mut self, window: String) {
        *self.windows.entry(window).or_default() += 1;
    }

    pub fn close_window(&mut self, window: &str) {
        let Some(open) = self.windows.get_mut(window) else {
            return;
        };
        *open = open.saturating_sub(1);
        if *open > 0 {
            return;
        }
        self.windows.remove(window);
        if self.shown.window.as_deref() == Some(window) {
            let id = self.shown.id.clone();
            self.show(HubConversation { id, window: None });
        }
    }

    /// Applies a changed scenario. The conversation that is shown stays if the new scenario contains it. A fault that was set
    /// by hand stays unless the scenario's own fault has changed.
    pub fn replace_scenario(&mut self, next: ScenarioInForce) {
        let before = own_faults(&self.in_force.scenario);
        self.in_force = next;
        self.scenario_error = None;
        self.events.send(Event::Scenario(self.in_force.clone()));
        if !self.in_force.warnings.is_empty() {
            let warnings = self.in_force.warnings.clone();
            self.events.send(Event::ScenarioWarnings(warnings));
        }
        let scenario = self.scenario();
        let faults = own_faults(&scenario);
        if faults != before && faults != self.faults {
            self.set_faults(faults);
        }
        let shown = self.shown.id.as_deref();
        let stays = shown.is_some_and(|id| scenario.conversation(id).is_some());
        let first = shown_first(&scenario);
        if !stays && self.shown != first {
            self.show(first);
        }
    }

    /// Reports that a changed scenario is invalid; the old one stays.
    pub fn report_scenario_error(&mut self, error: ScenarioError) {
        self.scenario_error = Some(error.clone());
        self.events.send(Event::ScenarioError(error));
    }

    /// Issues a code for the conversation's managed account, or for the console's account if there is no conversation.
    pub fn issue_code(
        &mut self,
        conversation: Option<&Conversation>,
        via: Via,
        recipient: Recipient,
        now: &Now,
    ) -> Result<Issued, IssueError> {
        let user = user_info(&self.in_force.scenario, conversation);
        let bot_id = user.bot_id.clone();
        let conversation_id = conversation.map(|it| it.id.clone());
        let grant = Grant {
            user,
            via,
            conversation_id: conversation_id.clone(),
        };
        let issued = self.codes.issue(grant, recipient, now)?;
        self.events.send(Event::CodeIssued(CodeIssued {
            code: issued.code.clone(),
            conversation_id,
            bot_id,
            via,
            at: issued.at,
            expires_at: issued.expires_at,
        }));
        Ok(issued)
    }
}

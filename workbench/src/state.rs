//! The state that all requests share: the current scenario, the codes, the listeners.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use juzi_helper::oauth::{Client, UserInfo};
use tokio_util::sync::CancellationToken;
use url::{Origin, Url};

use crate::codes::{Codes, IssueError, Issued, Recipient};
use crate::events::{CodeIssued, Event, Events, Via};
use crate::guard::{AllowedHosts, is_this_machine};
use crate::scenario::{Conversation, Scenario, ScenarioError};

pub struct Workbench {
    pub codes: Codes,
    pub events: Events,
    pub allowed_hosts: AllowedHosts,
    pub addresses: Addresses,
    /// The scenario file's name as given, for display. `None` for the default scenario.
    pub scenario_file: Option<String>,
    /// Ends the event streams, which would otherwise block the shutdown forever.
    pub stop: CancellationToken,
    /// For the demo page's server: a client of this process's own hub.
    pub hub: Client,
    live: RwLock<Live>,
}

/// The addresses of the console, the page and the hub.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// The console page, with a slash at the end.
    pub console: String,
    /// The sidebar page.
    pub page: Url,
    /// The hub's base URL, without a slash at the end.
    pub hub_base: String,
}

impl Addresses {
    /// Whether this is the origin of the sidebar page or of the console that frames it.
    pub fn is_sidebars(&self, origin: &Origin) -> bool {
        *origin == self.page.origin()
            || Url::parse(&self.hub_base).is_ok_and(|console| *origin == console.origin())
    }
}

/// What changes while the workbench runs.
struct Live {
    scenario: Arc<Scenario>,
    /// The conversation that the console shows; authorize issues codes for its account.
    conversation: Option<String>,
    /// The errcode of every `getUserInfo` response; 0 for none.
    user_info_fault: i32,
}

impl Live {
    fn new(scenario: Scenario) -> Self {
        Live {
            conversation: scenario.conversations.first().map(|it| it.id.clone()),
            user_info_fault: scenario.faults.get_user_info,
            scenario: Arc::new(scenario),
        }
    }
}

impl Workbench {
    pub fn new(
        scenario: Scenario,
        scenario_file: Option<String>,
        codes: Codes,
        addresses: Addresses,
        allowed_hosts: AllowedHosts,
        hub: Client,
    ) -> Self {
        Workbench {
            codes,
            events: Events::new(),
            allowed_hosts,
            addresses,
            scenario_file,
            stop: CancellationToken::new(),
            hub,
            live: RwLock::new(Live::new(scenario)),
        }
    }

    pub fn scenario(&self) -> Arc<Scenario> {
        self.read().scenario.clone()
    }

    pub fn user_info_fault(&self) -> i32 {
        self.read().user_info_fault
    }

    pub fn set_user_info_fault(&self, errcode: i32) {
        self.write().user_info_fault = errcode;
    }

    /// The id of the conversation that the console shows. None in a scenario without conversations.
    pub fn conversation(&self) -> Option<String> {
        self.read().conversation.clone()
    }

    /// Returns false and changes nothing if there is no such conversation.
    pub fn select_conversation(&self, id: &str) -> bool {
        let mut live = self.write();
        let known = live.scenario.conversation(id).is_some();
        if known {
            live.conversation = Some(id.to_owned());
        }
        known
    }

    /// Applies a changed scenario. The open conversation stays open if the new scenario contains it.
    pub fn replace_scenario(&self, scenario: Scenario) {
        let mut next = Live::new(scenario);
        let mut live = self.write();
        if let Some(shown) = live.conversation.take()
            && next.scenario.conversation(&shown).is_some()
        {
            next.conversation = Some(shown);
        }
        let told = Event::Scenario(Box::new(Scenario::clone(&next.scenario)));
        *live = next;
        drop(live);
        self.events.send(told);
    }

    /// Reports that a changed scenario is invalid; the old one stays.
    pub fn report_scenario_error(&self, error: ScenarioError) {
        self.events.send(Event::ScenarioError(error));
    }

    /// The recipient of a code that is sent to this address.
    pub fn recipient(&self, redirect_uri: &Url) -> Recipient {
        let own = self.addresses.is_sidebars(&redirect_uri.origin())
            || redirect_uri.host().is_some_and(|it| is_this_machine(&it));
        if own {
            Recipient::Developer
        } else {
            Recipient::Stranger
        }
    }

    /// Issues a code for the conversation's managed account, or for the console's account if there is no conversation.
    pub fn issue_code(
        &self,
        conversation: Option<&Conversation>,
        via: Via,
        recipient: Recipient,
    ) -> Result<Issued, IssueError> {
        let user = user_info(&self.scenario(), conversation);
        let bot_id = user.bot_id.clone();
        let issued = self.codes.issue(user, recipient)?;
        self.events.send(Event::CodeIssued(CodeIssued {
            code: issued.code.clone(),
            conversation_id: conversation.map(|it| it.id.clone()),
            bot_id,
            via,
            at: issued.at,
            expires_at: issued.expires_at,
        }));
        Ok(issued)
    }

    fn read(&self) -> RwLockReadGuard<'_, Live> {
        // No operation under this lock can leave the state half changed, so a poisoned lock is safe to use.
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Live> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The managed account of a conversation.
pub fn bot_id<'a>(scenario: &'a Scenario, conversation: Option<&'a Conversation>) -> &'a str {
    conversation
        .and_then(|it| it.bot_id.as_deref())
        .unwrap_or(&scenario.account.bot_id)
}

fn user_info(scenario: &Scenario, conversation: Option<&Conversation>) -> UserInfo {
    let account = &scenario.account;
    UserInfo {
        user_id: account.user_id.clone(),
        corp_id: account.corp_id.clone(),
        bot_id: bot_id(scenario, conversation).to_owned(),
        org_id: account.org_id.clone(),
        uid: account.uid.clone(),
        email: account.email.clone(),
    }
}

//! The state that all requests share: the current scenario, the codes, the listeners.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use jiff::Timestamp;
use juzi_helper::oauth::{Client, UserInfo};
use serde::{Serialize, Serializer};
use tokio_util::sync::CancellationToken;
use url::{Origin, Url};

use crate::check::Check;
use crate::codes::{Codes, Grant, IssueError, Issued, Recipient};
use crate::events::{CodeIssued, Event, Events, HubConversation, HubFaults, Via};
use crate::guard::{AllowedHosts, is_this_machine};
use crate::scenario::{Conversation, Format, Scenario, ScenarioError, load};

pub struct Workbench {
    pub codes: Codes,
    pub events: Events,
    pub allowed_hosts: AllowedHosts,
    pub addresses: Addresses,
    /// The scenario file as given. `None` for the default scenario.
    pub scenario_file: Option<PathBuf>,
    pub reading: Reading,
    /// Ends the event streams, which would otherwise block the shutdown forever.
    pub stop: CancellationToken,
    /// For the demo page's server: a client of this process's own hub.
    pub hub: Client,
    /// The check that this workbench was started for.
    pub check: Option<Check>,
    live: RwLock<Live>,
    /// Held from the comparison of the scenario file's revision until the file is replaced.
    writing: Mutex<()>,
}

/// The addresses of the console, the page and the hub.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// The console page, with a slash at the end.
    pub console: Url,
    /// The sidebar page.
    pub page: Url,
    /// The hub's base URL, without a slash at the end.
    pub hub_base: String,
}

impl Addresses {
    /// Whether this is the origin of the sidebar page or of the console that frames it.
    pub fn belongs_to_sidebar(&self, origin: &Origin) -> bool {
        *origin == self.page.origin() || *origin == self.console.origin()
    }
}

/// A scenario as the console gets it.
#[derive(Debug, Clone, Serialize)]
pub struct ScenarioInForce {
    #[serde(flatten, serialize_with = "inner")]
    pub scenario: Arc<Scenario>,
    /// Of the text that the scenario was read from.
    pub revision: String,
    /// Where it differs from Juzi's console. Not a member of the scenario, so the console gets them apart.
    #[serde(skip)]
    pub warnings: Arc<[ScenarioError]>,
}

impl ScenarioInForce {
    /// Tells whoever started the workbench where the file differs from Juzi's console.
    pub fn log_warnings(&self, file: &Path) {
        for warning in self.warnings.iter() {
            tracing::warn!("{}: {warning}", file.display());
        }
    }
}

fn inner<S: Serializer>(scenario: &Arc<Scenario>, serializer: S) -> Result<S::Ok, S::Error> {
    scenario.as_ref().serialize(serializer)
}

/// Where the scenario comes from.
pub struct ScenarioSource {
    /// None for the default scenario.
    pub file: Option<PathBuf>,
    pub reading: Reading,
}

/// How the texts of a scenario are read while the workbench runs.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Relative times of messages count from here, however often the file is read again.
    pub start: Timestamp,
    /// The seed of the command line. It overrides the file's.
    pub seed: Option<u32>,
}

impl Reading {
    pub fn read(&self, text: &str, format: Format) -> Result<ScenarioInForce, ScenarioError> {
        let mut scenario = load::parse(text, format, self.start)?;
        scenario.faults.seed = self.seed.unwrap_or(scenario.faults.seed);
        let warnings = load::warnings(text, format, &scenario).into();
        Ok(ScenarioInForce {
            scenario: Arc::new(scenario),
            revision: load::revision(text),
            warnings,
        })
    }
}

/// What changes while the workbench runs.
struct Live {
    scenario: ScenarioInForce,
    /// The error of the scenario's file as it is now. The scenario in force is an older version of the file then.
    scenario_error: Option<ScenarioError>,
    /// The conversation that the console shows; authorize issues codes for its account.
    shown: HubConversation,
    /// How many event streams each console window has open.
    windows: HashMap<String, usize>,
    faults: HubFaults,
}

impl Live {
    fn new(scenario: ScenarioInForce) -> Self {
        let first = scenario.scenario.conversations.first();
        Live {
            shown: HubConversation {
                id: first.map(|it| it.id.clone()),
                window: None,
            },
            faults: HubFaults {
                get_user_info: scenario.scenario.faults.get_user_info,
            },
            scenario,
            scenario_error: None,
            windows: HashMap::new(),
        }
    }
}

impl Workbench {
    pub fn new(
        scenario: ScenarioInForce,
        source: ScenarioSource,
        codes: Codes,
        addresses: Addresses,
        allowed_hosts: AllowedHosts,
        hub: Client,
        check: Option<Check>,
    ) -> Self {
        Workbench {
            codes,
            events: Events::new(),
            allowed_hosts,
            addresses,
            scenario_file: source.file,
            reading: source.reading,
            stop: CancellationToken::new(),
            hub,
            check,
            live: RwLock::new(Live::new(scenario)),
            writing: Mutex::default(),
        }
    }

    /// The scenario file if it can be written: if it is JSON.
    pub fn writable_scenario(&self) -> Option<&Path> {
        let file = self.scenario_file.as_deref()?;
        (Format::of(file) == Ok(Format::Json)).then_some(file)
    }

    /// While it is held, no other request writes the scenario file. It blocks: not for asynchronous code.
    pub fn write_alone(&self) -> MutexGuard<'_, ()> {
        // It guards the file, which is replaced at once or not at all, so a poisoned lock is safe to use.
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn scenario(&self) -> Arc<Scenario> {
        self.read().scenario.scenario.clone()
    }

    pub fn scenario_in_force(&self) -> ScenarioInForce {
        self.read().scenario.clone()
    }

    /// The error of the scenario's file as it is now.
    pub fn scenario_error(&self) -> Option<ScenarioError> {
        self.read().scenario_error.clone()
    }

    pub fn hub_faults(&self) -> HubFaults {
        self.read().faults
    }

    pub fn set_hub_faults(&self, faults: HubFaults) {
        self.write().faults = faults;
        self.events.send(Event::HubFaults(faults));
    }

    /// The conversation that authorize issues codes for, and the window that shows it.
    pub fn shown(&self) -> HubConversation {
        self.read().shown.clone()
    }

    /// Returns false and changes nothing if there is no such conversation.
    pub fn select_conversation(&self, id: String, window: Option<String>) -> bool {
        let mut live = self.write();
        if live.scenario.scenario.conversation(&id).is_none() {
            return false;
        }
        live.shown = HubConversation {
            id: Some(id),
            window,
        };
        // Under the lock, so that the last event tells what is in force.
        self.events.send(Event::HubConversation(live.shown.clone()));
        true
    }

    /// Notes that a console window is connected for as long as the returned guard lives.
    pub fn open_window(self: &Arc<Self>, window: String) -> OpenWindow {
        *self.write().windows.entry(window.clone()).or_default() += 1;
        OpenWindow {
            workbench: self.clone(),
            window,
        }
    }

    fn close_window(&self, window: &str) {
        let mut live = self.write();
        let left = live.windows.get_mut(window).map(|open| {
            *open -= 1;
            *open
        });
        if left != Some(0) {
            return;
        }
        live.windows.remove(window);
        if live.shown.window.as_deref() == Some(window) {
            live.shown.window = None;
            self.events.send(Event::HubConversation(live.shown.clone()));
        }
    }

    /// Applies a changed scenario. The conversation that is shown stays if the new scenario contains it. A fault that was set
    /// by hand stays unless the scenario's own fault has changed.
    pub fn replace_scenario(&self, scenario: ScenarioInForce) {
        let mut live = self.write();
        let before = live.scenario.scenario.faults.get_user_info;
        let next = Live::new(scenario);
        live.scenario = next.scenario;
        live.scenario_error = None;
        self.events.send(Event::Scenario(live.scenario.clone()));
        if !live.scenario.warnings.is_empty() {
            let warnings = live.scenario.warnings.clone();
            self.events.send(Event::ScenarioWarnings(warnings));
        }
        if next.faults.get_user_info != before && next.faults != live.faults {
            live.faults = next.faults;
            self.events.send(Event::HubFaults(live.faults));
        }
        let shown = live.shown.id.as_deref();
        let stays = shown.is_some_and(|id| live.scenario.scenario.conversation(id).is_some());
        if !stays && live.shown != next.shown {
            live.shown = next.shown;
            self.events.send(Event::HubConversation(live.shown.clone()));
        }
    }

    /// Reports that a changed scenario is invalid; the old one stays.
    pub fn report_scenario_error(&self, error: ScenarioError) {
        self.write().scenario_error = Some(error.clone());
        self.events.send(Event::ScenarioError(error));
    }

    /// The recipient of a code that is sent to this address.
    pub fn recipient(&self, redirect_uri: &Url) -> Recipient {
        let own = self.addresses.belongs_to_sidebar(&redirect_uri.origin())
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
        let conversation_id = conversation.map(|it| it.id.clone());
        let grant = Grant {
            user,
            via,
            conversation_id: conversation_id.clone(),
        };
        let issued = self.codes.issue(grant, recipient)?;
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

    fn read(&self) -> RwLockReadGuard<'_, Live> {
        // No operation under this lock can leave the state half changed, so a poisoned lock is safe to use.
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Live> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A console window with an open event stream.
pub struct OpenWindow {
    workbench: Arc<Workbench>,
    window: String,
}

impl Drop for OpenWindow {
    fn drop(&mut self) {
        self.workbench.close_window(&self.window);
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

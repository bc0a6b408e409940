//! The script of `juzi-workbench check`: what to do in the console and what to expect of the page, step by step.
//!
//! The types are the file's format and the JSON that `www/check/` gets. The published schema is derived from them.

use std::path::Path;

use juzi_helper::oauth::errmsg;
use juzi_hub::page::address;
use juzi_hub::scenario::check::{Checked, FieldPath, check_faults, delay, fault};
use juzi_hub::scenario::load::{deserialize, placed};
use juzi_hub::scenario::{Faults, Format, MessageKind, MsgType, Scenario, ScenarioError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::spelling;
use crate::scenario::file::read;

#[cfg(test)]
use schemars::JsonSchema;

/// How long a step may take unless the script says otherwise.
const TIMEOUT_MS: u32 = 10_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    test,
    derive(JsonSchema),
    schemars(extend("$comment" = "Generated from workbench/src/check/script.rs by `./build.sh generate`: edit that."))
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Script {
    /// Where an editor finds the schema. The workbench ignores it.
    #[serde(rename = "$schema", default, skip_serializing)]
    pub schema: Option<String>,
    /// The page's address; `--page` overrides it. Without both, the demo page.
    #[serde(default)]
    pub page: Option<String>,
    /// The id of the conversation that is open at the start. The default is the scenario's first.
    #[serde(default)]
    pub chat: Option<String>,
    /// How the page is registered. The default is the scenario's.
    #[serde(default)]
    pub mode: Option<MsgType>,
    /// How long a step may take, in milliseconds, unless it has a time of its own. The default is 10,000.
    #[serde(default = "timeout_ms")]
    #[cfg_attr(test, schemars(range(max = 600_000)))]
    pub timeout_ms: u32,
    /// What happens, in order. The page has been loaded before the first step. The first step that fails ends the check.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub steps: Vec<Step>,
}

/// The members of a step that say what it does.
const ACTIONS: [&str; 9] = [
    "switch",
    "push",
    "reload",
    "fault",
    "answer",
    "waitMs",
    "expectCall",
    "expectNoCall",
    "expectMessage",
];

fn timeout_ms() -> u32 {
    TIMEOUT_MS
}

/// One step. It has exactly one member besides `name` and `timeoutMs`.
///
/// An expectation looks at what the page has done since the last `switch`, `push` or `reload`, or since it was loaded, and
/// waits for it if it has not happened yet. Each call and each message meets one expectation only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(transform = one_action))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Step {
    /// What the report calls the step. The default says what it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How long the step may take, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(max = 600_000)))]
    pub timeout_ms: Option<u32>,

    /// Opens the conversation with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub switch: Option<String>,
    /// `true` pushes the open conversation again. Fails if the console would not push it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub push: Option<bool>,
    /// `true` loads the page again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reload: Option<bool>,
    /// The faults from now on, as in a scenario. Those that are not named are off; `{}` switches all off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Faults>,
    /// Answers an api from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Does nothing for this long, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(max = 600_000)))]
    pub wait_ms: Option<u32>,
    /// Expects a call of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect_call: Option<ExpectCall>,
    /// Expects that the page makes no such call within a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect_no_call: Option<ExpectNoCall>,
    /// Expects that the page sends a message to a conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect_message: Option<ExpectMessage>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer {
    /// Like `getCurExternalContact`.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub api: String,
    /// The answer's `data`. With an `err_msg` that does not end in `:ok`, the call fails.
    pub data: Map<String, Value>,
    /// For how many calls. The default is all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub times: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectCall {
    /// Like `sendChatMessage`.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub api: String,
    /// Members that the call's parameters must have. They may have more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub params: Option<Map<String, Value>>,
    /// What must become of the call. By default that does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<CallOutcome>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum CallOutcome {
    /// It was answered with success.
    Ok,
    /// It was answered with an error.
    Fail,
    /// A fault dropped its answer.
    Dropped,
    /// It got no answer.
    Silent,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectNoCall {
    /// Like `sendChatMessage`.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub api: String,
    /// In milliseconds.
    #[cfg_attr(test, schemars(range(max = 600_000)))]
    pub within_ms: u32,
}

/// A message. It may have the member that `msgtype` names, and of that member those fields that matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectMessage {
    /// The id of the conversation. By default any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat: Option<String>,
    pub msgtype: MessageKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub miniprogram: Option<Map<String, Value>>,
}

impl Script {
    pub fn load(path: &Path) -> Result<Source, ScenarioError> {
        let format = Format::of(path)?;
        Source::parse(read(path, "a script")?, format)
    }
}

/// A script with its text, so that later errors can have a position.
#[derive(Debug)]
pub struct Source {
    pub script: Script,
    text: String,
    format: Format,
}

impl Source {
    fn parse(text: String, format: Format) -> Result<Self, ScenarioError> {
        let script: Script = deserialize(&text, format)?;
        check(&script).map_err(|fault| placed(&text, format, fault))?;
        Ok(Source {
            script,
            text,
            format,
        })
    }

    /// Checks that the conversations that the script names are in the scenario.
    pub fn check_chats(&self, scenario: &Scenario) -> Result<(), ScenarioError> {
        check_chats(&self.script, scenario).map_err(|fault| placed(&self.text, self.format, fault))
    }
}

fn check(script: &Script) -> Checked {
    let root = FieldPath::new();
    if let Some(page) = &script.page
        && let Err(message) = address::parse(page)
    {
        return fault(root.field("page"), message);
    }
    delay(script.timeout_ms, root.field("timeoutMs"))?;
    if script.steps.is_empty() {
        return fault(root.field("steps"), "must have at least one step");
    }
    for (index, step) in script.steps.iter().enumerate() {
        check_step(step, &root.field("steps").index(index))?;
    }
    Ok(())
}

impl Step {
    /// The names of the members that say what the step does.
    fn actions(&self) -> Vec<&'static str> {
        let given = [
            self.switch.is_some(),
            self.push.is_some(),
            self.reload.is_some(),
            self.fault.is_some(),
            self.answer.is_some(),
            self.wait_ms.is_some(),
            self.expect_call.is_some(),
            self.expect_no_call.is_some(),
            self.expect_message.is_some(),
        ];
        let named = ACTIONS.into_iter().zip(given);
        named.filter(|it| it.1).map(|it| it.0).collect()
    }

    /// What the report calls the step.
    pub fn title(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let Step {
            switch,
            answer,
            fault,
            wait_ms,
            expect_call,
            expect_no_call,
            expect_message,
            ..
        } = self;
        if let Some(id) = switch {
            format!("switch to {id}")
        } else if let Some(answer) = answer {
            format!("answer {}", answer.api)
        } else if let Some(fault) = fault {
            fault_title(fault)
        } else if let Some(ms) = wait_ms {
            format!("wait {ms} ms")
        } else if let Some(expected) = expect_call {
            format!("expect a call of {}", expected.api)
        } else if let Some(expected) = expect_no_call {
            format!("expect no call of {}", expected.api)
        } else if let Some(expected) = expect_message {
            format!("expect a message: {}", expected.msgtype.name())
        } else if self.push.is_some() {
            "push".to_owned()
        } else {
            "reload".to_owned()
        }
    }
}

fn fault_title(faults: &Faults) -> String {
    if *faults == Faults::default() {
        return "switch all faults off".to_owned();
    }
    match faults.get_user_info {
        0 => "set faults".to_owned(),
        errcode => format!("set faults, getUserInfo: {}", errmsg(errcode.into())),
    }
}

fn check_step(step: &Step, path: &FieldPath) -> Checked {
    match step.actions()[..] {
        [_] => {}
        [] => {
            let message = format!("must say what to do: one of {}", ACTIONS.join(", "));
            return fault(path.clone(), message);
        }
        [first, second, ..] => {
            let message = format!("does two things, {first} and {second}; make them two steps");
            return fault(path.clone(), message);
        }
    }
    for (given, name) in [(step.push, "push"), (step.reload, "reload")] {
        if given == Some(false) {
            return fault(
                path.field(name),
                "must be true; leave the step out otherwise",
            );
        }
    }
    for (ms, name) in [(step.timeout_ms, "timeoutMs"), (step.wait_ms, "waitMs")] {
        delay(ms.unwrap_or(0), path.field(name))?;
    }
    if let Some(faults) = &step.fault {
        let path = path.field("fault");
        check_faults(faults, &path)?;
        for api in faults.errors.keys() {
            spelling::of_the_consoles(api, path.field("errors").field(api))?;
        }
        for api in faults.apis.keys() {
            spelling::of_the_consoles(api, path.field("apis").field(api))?;
        }
    }
    if let Some(answer) = &step.answer {
        let path = path.field("answer");
        spelling::of_a_call(&answer.api, path.field("api"))?;
        if answer.times == Some(0) {
            return fault(path.field("times"), "must be at least 1");
        }
    }
    if let Some(expected) = &step.expect_call {
        spelling::of_a_call(&expected.api, path.field("expectCall").field("api"))?;
    }
    if let Some(expected) = &step.expect_no_call {
        let path = path.field("expectNoCall");
        spelling::of_a_call(&expected.api, path.field("api"))?;
        delay(expected.within_ms, path.field("withinMs"))?;
    }
    match &step.expect_message {
        Some(expected) => check_message(expected, &path.field("expectMessage")),
        None => Ok(()),
    }
}

fn check_message(message: &ExpectMessage, path: &FieldPath) -> Checked {
    let members = [
        (MessageKind::Text, &message.text),
        (MessageKind::Image, &message.image),
        (MessageKind::Video, &message.video),
        (MessageKind::File, &message.file),
        (MessageKind::News, &message.news),
        (MessageKind::Miniprogram, &message.miniprogram),
    ];
    for (kind, member) in members {
        if member.is_some() && kind != message.msgtype {
            let name = kind.name();
            let message = format!("does not belong here: msgtype is not {name:?}");
            return fault(path.field(name), message);
        }
    }
    Ok(())
}

fn check_chats(script: &Script, scenario: &Scenario) -> Checked {
    let known = |id: &Option<String>, path: FieldPath| match id {
        Some(id) if scenario.conversation(id).is_none() => {
            let ids = scenario.conversations.iter().map(|it| it.id.as_str());
            let ids = ids.collect::<Vec<_>>().join(", ");
            fault(
                path,
                format!("there is no conversation {id:?} in the scenario; it has: {ids}"),
            )
        }
        _ => Ok(()),
    };
    let root = FieldPath::new();
    known(&script.chat, root.field("chat"))?;
    for (index, step) in script.steps.iter().enumerate() {
        let path = root.field("steps").index(index);
        known(&step.switch, path.field("switch"))?;
        if let Some(expected) = &step.expect_message {
            known(&expected.chat, path.field("expectMessage").field("chat"))?;
        }
    }
    Ok(())
}

/// The rule of [`check_step`] that a JSON schema can express.
#[cfg(test)]
fn one_action(schema: &mut schemars::Schema) {
    let rules = ACTIONS.map(|name| serde_json::json!({ "required": [name] }));
    schema.insert("oneOf".to_owned(), Value::Array(rules.into()));
}

#[cfg(test)]
mod tests;

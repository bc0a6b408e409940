//! Scenarios: what the console shows (account, conversations, messages) and what goes wrong in it (faults).
//!
//! The types here are the file's format and, with every default filled in, the JSON that the console page gets. The
//! published schema, `www/scenarios/scenario.schema.json`, is derived from them. [`load`] reads a text, [`check`] has the
//! rules that types cannot express, and [`mod@write`] changes a text.

pub mod check;
mod error;
pub(crate) mod field_path;
mod format;
pub mod load;
mod outline;
pub mod reading;
mod time;
pub mod write;

use std::collections::BTreeMap;

use juzi_helper::message::{Medium, Miniprogram, News, Text};
use serde::{Deserialize, Serialize};

pub use error::ScenarioError;
pub use format::Format;
pub use time::MessageTime;

#[cfg(feature = "schema")]
use schemars::JsonSchema;

/// A simulated Juzi console: its account, its conversations and its faults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(JsonSchema),
    schemars(extend("$comment" = "Generated from hub/src/scenario/mod.rs by `./build.sh generate`: edit that."))
)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Where an editor finds the schema. The workbench ignores it.
    #[serde(rename = "$schema", default, skip_serializing)]
    pub schema: Option<String>,
    /// The console's language at the start. Default: the browser's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// The managed WeCom account that staff chat with, and the member of staff who is logged in.
    pub account: Account,
    /// How the sidebar page was registered in the console.
    #[serde(default)]
    pub registration: Registration,
    /// The conversations in the console's list. The first one is open at the start. May be empty.
    pub conversations: Vec<Conversation>,
    /// What goes wrong, and how often. By default, nothing does.
    #[serde(default)]
    pub faults: Faults,
}

#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    Zh,
    En,
}

/// The managed account. `userId`, `corpId`, `botId`, `orgId`, `uid` and `email` are what `getUserInfo` answers.
#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// Juzi's id of the managed account; `juziBotId` in the OAuth redirect.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub bot_id: String,
    /// The account's own WeCom id.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub wxid: String,
    /// The name shown in the console.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub name: String,
    /// `http(s)://…`, `data:image/…`, or a path of the workbench. Without it the console draws initials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The member's WeCom user id.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub user_id: String,
    /// The WeCom corporation.
    pub corp_id: String,
    /// The organisation in Juzi.
    pub org_id: String,
    /// The member's user id in Juzi.
    pub uid: String,
    pub email: String,
}

#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Registration {
    pub msg_type: MsgType,
}

/// What the console does when the user switches conversation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum MsgType {
    /// It pushes `updateBaseInfo`, once the page has called `sidebarAuth`.
    #[default]
    PostMessage,
    /// It reloads the iframe, with `juziChatId` and `juziChatWxid` in its query.
    Reload,
}

/// One conversation: a single chat (with an outside contact or a colleague), or a group.
#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(transform = rules::conversation))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Conversation {
    /// Juzi's id of the chat, `juziChatId`. Unique in the file.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub id: String,
    /// The chat's id in WeCom, `juziChatWxid`. Unique in the file.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub wxid: String,
    #[serde(rename = "type")]
    pub kind: ConversationKind,
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub name: String,
    /// Whether somebody from outside the corporation takes part.
    pub external: bool,
    /// `http(s)://…`, `data:image/…`, or a path of the workbench. Without it the console draws initials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The managed account of this conversation, if it is not `account.botId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub bot_id: Option<String>,
    /// Who the chat is with. Required in a single chat, and not allowed in a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The group. Required in a group conversation, and not allowed in a single chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Oldest first.
    #[serde(default)]
    pub messages: Vec<Message>,
}

#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ConversationKind {
    Single,
    Group,
}

/// The person at the other end of a single chat.
#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contact {
    /// What `getCurExternalContact` answers. Required if the conversation is external, and not allowed otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub external_user_id: Option<String>,
    /// A colleague's WeCom user id. Required if the conversation is not external, and not allowed otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub user_id: Option<String>,
    /// `wxUserId` in what `getCurChatInfo` answers. In Juzi it equals the contact's id, so an outside contact's that differs gets a
    /// warning.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub wx_user_id: String,
    /// The name that staff gave the contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
}

#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// What `getCurExternalChat` answers.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub chat_id: String,
    /// `wxChatId` in what `getCurChatInfo` answers. In Juzi it equals `chatId`; one that differs gets a warning.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub wx_chat_id: String,
    #[serde(default)]
    pub members: Vec<Member>,
}

#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Member {
    /// Unique in the group; messages name their sender by it.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The WeCom user id of a member of staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The external user id of a contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_user_id: Option<String>,
    /// Whether this member owns the group.
    #[serde(default)]
    pub owner: bool,
}

/// A message already in the conversation: `SendParams` (the parameters of `sendChatMessage`) with a sender and a time.
/// It must have the member that `msgtype` names, and none of the other types' members.
#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(transform = rules::message))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// `me` (the managed account), `them` (the contact of a single chat), or the name of a member of the group.
    pub from: String,
    /// When it was sent: RFC 3339, or relative to the start, like `35m ago` or `1d 2h ago`. The default is the start.
    #[serde(default)]
    pub time: MessageTime,
    // The members of `SendParams`, repeated: `serde(flatten)` would lose the position of an error in the file. A test compares the two.
    pub msgtype: MessageKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Medium>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<Medium>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Medium>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<News>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub miniprogram: Option<Miniprogram>,
}

#[allow(
    missing_docs,
    reason = "the docs are the schema's: what a name says, it does not repeat"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MessageKind {
    Text,
    Image,
    Video,
    File,
    News,
    Miniprogram,
}

impl MessageKind {
    /// The value of `msgtype`, and the name of the member with the content.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MessageKind::Text => "text",
            MessageKind::Image => "image",
            MessageKind::Video => "video",
            MessageKind::File => "file",
            MessageKind::News => "news",
            MessageKind::Miniprogram => "miniprogram",
        }
    }
}

/// What goes wrong. Probabilities are between 0 (never) and 1 (always).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Faults {
    /// The delay of every answer, in milliseconds. At most 600,000.
    #[cfg_attr(feature = "schema", schemars(range(max = 600_000)))]
    pub latency_ms: u32,
    /// The largest random extra delay, in milliseconds. At most 600,000.
    #[cfg_attr(feature = "schema", schemars(range(max = 600_000)))]
    pub jitter_ms: u32,
    /// The probability that an answer is never sent.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub drop: f64,
    /// The probability that an answer is sent twice.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub duplicate: f64,
    /// Whether answers overtake one another.
    pub reorder: bool,
    /// For this long after a switch, in milliseconds, `getCurChatInfo`, `getCurExternalContact`, `getCurExternalChat` and
    /// `sidebarAuth` are answered about the conversation before. At most 600,000.
    #[cfg_attr(feature = "schema", schemars(range(max = 600_000)))]
    pub stale_ms: u32,
    /// The error text to answer, by api: `{ "sendChatMessage": "sendChatMessage:fail no permission" }`.
    pub errors: BTreeMap<String, String>,
    /// An old console: it does not know `openEnterpriseChat` and `previewImage`, and does not answer them.
    pub old_console: bool,
    /// The probability that a message outside the protocol is posted before an answer.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub garbage: f64,
    /// By api: faults of its calls alone, besides the general ones.
    pub apis: BTreeMap<String, ApiFaults>,
    /// A whole number other than 0 makes the probabilities and the jitter repeatable: after each load of the page, the same
    /// calls get the same faults.
    #[cfg_attr(feature = "schema", schemars(range(max = 2_147_483_647)))]
    pub seed: u32,
    /// The errcode of every `getUserInfo` response: -1, -2, -4 or -5. With 0 it works normally.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = [0, -1, -2, -4, -5])))]
    pub get_user_info: i32,
}

/// The faults of one api.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ApiFaults {
    /// The delay of every answer, in milliseconds, besides the general one. At most 600,000.
    #[cfg_attr(feature = "schema", schemars(range(max = 600_000)))]
    pub latency_ms: u32,
    /// The probability that an answer is never sent, if larger than the general one.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub drop: f64,
    /// Whether calls stay pending until they are answered by hand.
    pub hold: bool,
    /// Whether calls are never answered.
    pub silent: bool,
}

impl Default for Faults {
    fn default() -> Self {
        Faults {
            latency_ms: 0,
            jitter_ms: 0,
            drop: 0.0,
            duplicate: 0.0,
            reorder: false,
            stale_ms: 0,
            errors: BTreeMap::new(),
            old_console: false,
            garbage: 0.0,
            apis: BTreeMap::new(),
            seed: 0,
            get_user_info: 0,
        }
    }
}

impl Scenario {
    /// The conversation with this id.
    #[must_use]
    pub fn conversation(&self, id: &str) -> Option<&Conversation> {
        self.conversations.iter().find(|it| it.id == id)
    }
}

/// The rules of [`check`] that a JSON schema can express.
#[cfg(feature = "schema")]
mod rules {
    use juzi_helper::message::SendParams;
    use schemars::Schema;
    use serde_json::{Value, json};

    pub fn conversation(schema: &mut Schema) {
        let kind = |kind: &str, member: &str, other: &str| {
            json!({
                "if": { "properties": { "type": { "const": kind } } },
                "then": { "required": [member], "properties": { other: false } }
            })
        };
        let contact = json!({
            "if": { "properties": { "external": { "const": true } } },
            "then": { "properties": { "contact": {
                "required": ["externalUserId"], "properties": { "userId": false } } } },
            "else": { "properties": { "contact": {
                "required": ["userId"], "properties": { "externalUserId": false } } } }
        });
        schema.insert(
            "allOf".to_owned(),
            json!([
                kind("single", "contact", "group"),
                kind("group", "group", "contact"),
                contact
            ]),
        );
    }

    pub fn message(schema: &mut Schema) {
        let sent = schemars::schema_for!(SendParams).to_value();
        let types = sent.get("oneOf").and_then(Value::as_array);
        let name = |it| Value::pointer(it, "/properties/msgtype/const").and_then(Value::as_str);
        let rules: Vec<Value> = types
            .into_iter()
            .flatten()
            .filter_map(name)
            .map(|name| {
                json!({
                    "if": { "properties": { "msgtype": { "const": name } } },
                    "then": { "required": [name] },
                    "else": { "properties": { name: false } }
                })
            })
            .collect();
        schema.insert("allOf".to_owned(), Value::Array(rules));
    }
}

//! The contact, the group and the kind of a conversation.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use js_sys::Object;
use wasm_bindgen::JsValue;

use super::error::CallError;
use super::read::{Answer, Members, flag, required, set, text, unreadable};

/// The external contact of a single chat.
///
/// ```
/// use juzi_helper::client::{CallError, Juzi};
///
/// async fn id(juzi: &Juzi) -> Result<String, CallError> {
///     Ok(juzi.current_contact().await?.user_id)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Contact {
    /// Its external user id.
    #[serde(deserialize_with = "required")]
    pub user_id: String,
}

/// The group of a group conversation.
///
/// ```
/// use juzi_helper::client::{CallError, Juzi};
///
/// async fn id(juzi: &Juzi) -> Result<String, CallError> {
///     Ok(juzi.current_chat().await?.chat_id)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupChat {
    /// Its id.
    #[serde(deserialize_with = "required")]
    pub chat_id: String,
}

/// The open conversation, of either kind. A member that the host does not send is `None`.
///
/// ```
/// use juzi_helper::client::{CallError, ChatKind, Juzi};
///
/// async fn heading(juzi: &Juzi) -> Result<String, CallError> {
///     let chat = juzi.chat_info().await?;
///     let name = chat.name.unwrap_or_default();
///     Ok(match chat.kind {
///         Some(ChatKind::Group) => format!("the group {name}"),
///         _ => name,
///     })
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChatInfo {
    /// Juzi's id of the conversation.
    #[serde(deserialize_with = "required")]
    pub id: String,
    /// The name of the contact or the group.
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
    /// Single chat or group.
    #[serde(rename = "type", default, deserialize_with = "kind")]
    pub kind: Option<ChatKind>,
    /// Whether somebody outside the company takes part.
    #[serde(default, deserialize_with = "flag")]
    pub external: Option<bool>,
    /// The contact of a single chat: the same id as [`Juzi::current_contact`](super::Juzi::current_contact) gives.
    #[serde(default, deserialize_with = "text")]
    pub wx_user_id: Option<String>,
    /// The group: the same id as [`Juzi::current_chat`](super::Juzi::current_chat) gives.
    #[serde(default, deserialize_with = "text")]
    pub wx_chat_id: Option<String>,
    /// The managed account whose conversation it is.
    #[serde(default, deserialize_with = "text")]
    pub bot_id: Option<String>,
    /// All other members that the host sends.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The kind of a conversation.
///
/// ```
/// use juzi_helper::client::{ChatInfo, ChatKind};
///
/// fn is_group(chat: &ChatInfo) -> bool {
///     chat.kind == Some(ChatKind::Group)
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChatKind {
    /// With one person. The host's number for it is 0.
    Single,
    /// With a group. The host's number for it is 1.
    Group,
}

impl Serialize for ChatKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(match self {
            Self::Single => 0,
            Self::Group => 1,
        })
    }
}

/// Reads the host's number. An unknown kind counts as missing.
fn kind<'de, D: Deserializer<'de>>(input: D) -> Result<Option<ChatKind>, D::Error> {
    Ok(kind_of(text(input)?.as_deref()))
}

fn kind_of(number: Option<&str>) -> Option<ChatKind> {
    match number {
        Some("0") => Some(ChatKind::Single),
        Some("1") => Some(ChatKind::Group),
        _ => None,
    }
}

/// Where the page was opened from, in WeCom's terms.
///
/// ```
/// use juzi_helper::client::{CallError, Entry, Juzi};
///
/// async fn is_group(juzi: &Juzi) -> Result<bool, CallError> {
///     Ok(juzi.context().await?.entry == Entry::GroupChatTools)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Context {
    /// The kind of conversation beside which the page was opened.
    pub entry: Entry,
}

/// The entry of a [`Context`].
///
/// ```
/// use juzi_helper::client::Entry;
///
/// fn tab(entry: Entry) -> &'static str {
///     match entry {
///         Entry::GroupChatTools => "group",
///         _ => "customer",
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Entry {
    /// A single chat.
    SingleChatTools,
    /// A group.
    GroupChatTools,
}

/// The chat to open: its participants, or an existing group.
///
/// ```
/// use juzi_helper::client::{CallError, Juzi, OpenChat};
///
/// async fn open(juzi: &Juzi) -> Result<(), CallError> {
///     juzi.open_chat(&OpenChat::with_contacts(["lin"], ["wmA"])).await?;
///     juzi.open_chat(&OpenChat::group(["lin"], "chat-1")).await?;
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenChat {
    user_ids: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_user_ids: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chat_id: Option<String>,
}

impl OpenChat {
    /// A chat of these employees with these external contacts.
    ///
    /// ```
    /// use juzi_helper::client::OpenChat;
    /// let chat = OpenChat::with_contacts(["lin", "zhao"], ["wmA"]);
    /// ```
    #[must_use]
    pub fn with_contacts<U, C>(user_ids: U, external_user_ids: C) -> Self
    where
        U: IntoIterator<Item: AsRef<str>>,
        C: IntoIterator<Item: AsRef<str>>,
    {
        Self {
            user_ids: joined(user_ids),
            external_user_ids: Some(joined(external_user_ids)),
            chat_id: None,
        }
    }

    /// An existing group of these employees.
    ///
    /// ```
    /// use juzi_helper::client::OpenChat;
    /// let chat = OpenChat::group(["lin"], "chat-1");
    /// ```
    #[must_use]
    pub fn group<U>(user_ids: U, chat_id: impl Into<String>) -> Self
    where
        U: IntoIterator<Item: AsRef<str>>,
    {
        Self {
            user_ids: joined(user_ids),
            external_user_ids: None,
            chat_id: Some(chat_id.into()),
        }
    }
}

/// The ids, as the host takes them.
fn joined(ids: impl IntoIterator<Item: AsRef<str>>) -> String {
    let mut text = String::new();
    for id in ids {
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(id.as_ref());
    }
    text
}

/// The chat that was opened.
///
/// ```
/// use juzi_helper::client::{CallError, Juzi, OpenChat};
///
/// async fn open(juzi: &Juzi) -> Result<Option<String>, CallError> {
///     let opened = juzi.open_chat(&OpenChat::with_contacts(["lin"], ["wmA"])).await?;
///     Ok(opened.chat_id)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OpenedChat {
    /// Its id, if the host sends it.
    #[serde(default, deserialize_with = "text")]
    pub chat_id: Option<String>,
    /// All other members that the host sends.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl OpenChat {
    /// The parameters of the call.
    pub(super) fn to_js(&self) -> JsValue {
        let params = Object::new();
        set(&params, "userIds", &self.user_ids.as_str().into());
        for (name, id) in [
            ("externalUserIds", &self.external_user_ids),
            ("chatId", &self.chat_id),
        ] {
            if let Some(id) = id {
                set(&params, name, &id.as_str().into());
            }
        }
        params.into()
    }
}

impl Answer for Contact {
    fn read(mut members: Members) -> Result<Self, CallError> {
        let user_id = members.required("userId")?;
        Ok(Self { user_id })
    }
}

impl Answer for GroupChat {
    fn read(mut members: Members) -> Result<Self, CallError> {
        let chat_id = members.required("chatId")?;
        Ok(Self { chat_id })
    }
}

impl Answer for ChatInfo {
    fn read(mut members: Members) -> Result<Self, CallError> {
        Ok(Self {
            id: members.required("id")?,
            name: members.text("name"),
            kind: kind_of(members.text("type").as_deref()),
            external: members.flag("external"),
            wx_user_id: members.text("wxUserId"),
            wx_chat_id: members.text("wxChatId"),
            bot_id: members.text("botId"),
            other: members.rest(),
        })
    }
}

impl Answer for Context {
    fn read(mut members: Members) -> Result<Self, CallError> {
        let entry = match members.text("entry").as_deref() {
            Some("single_chat_tools") => Entry::SingleChatTools,
            Some("group_chat_tools") => Entry::GroupChatTools,
            _ => return Err(unreadable("entry is neither a single chat's nor a group's")),
        };
        Ok(Self { entry })
    }
}

impl Answer for OpenedChat {
    fn read(mut members: Members) -> Result<Self, CallError> {
        Ok(Self {
            chat_id: members.text("chatId"),
            other: members.rest(),
        })
    }
}

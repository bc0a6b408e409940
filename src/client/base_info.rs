//! The information that the host sends when it authorizes the page, and when the user switches conversation.

use core::fmt;

use js_sys::Reflect;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;

use super::error::CallError;
use super::read::{Answer, Members, text, unreadable};

/// The conversation, with a code that identifies its user. A member that the host does not send is `None`. `Debug` does not show the code.
///
/// ```
/// use juzi_helper::client::{CallError, Juzi};
///
/// async fn code(juzi: &Juzi) -> Result<Option<String>, CallError> {
///     Ok(juzi.authorize().await?.code)
/// }
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BaseInfo {
    /// A one-time OAuth code. The page's server redeems it, with the crate's `oauth`, within 5 minutes.
    #[serde(default, deserialize_with = "text")]
    pub code: Option<String>,
    /// Juzi's id of the conversation.
    #[serde(default, deserialize_with = "text")]
    pub juzi_chat_id: Option<String>,
    /// Juzi's id of the contact or group.
    #[serde(default, deserialize_with = "text")]
    pub juzi_chat_wxid: Option<String>,
    /// All other members that the host sends.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl fmt::Debug for BaseInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BaseInfo")
            .field("code", &self.code.as_ref().map(|_| "…"))
            .field("juzi_chat_id", &self.juzi_chat_id)
            .field("juzi_chat_wxid", &self.juzi_chat_wxid)
            .field("other", &self.other)
            .finish()
    }
}

impl Answer for BaseInfo {
    fn read(mut members: Members) -> Result<Self, CallError> {
        Ok(Self {
            code: members.text("code"),
            juzi_chat_id: members.text("juziChatId"),
            juzi_chat_wxid: members.text("juziChatWxid"),
            other: members.rest(),
        })
    }
}

/// `data.baseInfo` of `res`.
pub(super) fn parse_base_info(res: &JsValue) -> Result<BaseInfo, CallError> {
    let member = |object: &JsValue, name: &str| Reflect::get(object, &name.into());
    let info = member(res, "data").and_then(|data| member(&data, "baseInfo"));
    match info {
        Ok(info) if info.is_object() => BaseInfo::read(Members::of(&info)?),
        _ => Err(unreadable("data.baseInfo is missing")),
    }
}

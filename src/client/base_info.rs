//! What the host tells when it authorizes the page, and when the user switches conversation.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::read::text;

/// The conversation, with a code that identifies its user. What the host does not tell is `None`.
///
/// ```no_run
/// use juzi_helper::client::{CallError, Juzi};
///
/// async fn code(juzi: &Juzi) -> Result<Option<String>, CallError> {
///     Ok(juzi.authorize().await?.code)
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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

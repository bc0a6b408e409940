//! The protocol: the messages between page and host (spec section 7). Nothing else knows the envelope's member names.
//!
//! Page to host, by `postMessage` to `window.parent`:
//!
//! ```js
//! { type: 'sidebarHelper', data: { api: 'sendChatMessage', reqId: '…', params: { … } } }
//! ```
//!
//! `type`, `data.api` and `data.reqId` are what the host's own code reads. That the parameters travel as `data.params` is
//! assumed: [`PARAMS_MEMBER`] is the one line to change if a console shows otherwise.
//!
//! Host to page, an answer: `{ reqId, api, data }`, with `err_msg` in `data` or at the top level when the call failed. Host to
//! page, unasked, when the user switches conversation: `{ api: 'updateBaseInfo', data: { baseInfo } }`.

use crate::atoms::{API, Atom, DATA, ERR_MSG, OK_SUFFIX, PARAMS, REQ_ID, SIDEBAR_HELPER, TYPE};
use crate::value::{Kind, Value};

/// Where a call's parameters travel. Assumed: no public source says so.
pub const PARAMS_MEMBER: Atom = PARAMS;

/// The message that makes a call.
///
/// ```
/// use juzi_helper::{atoms, wire};
/// use serde_json::json;
///
/// let message = wire::request(atoms::SIDEBAR_AUTH, &json!("7"), json!({}));
/// assert_eq!(message, json!({ "type": "sidebarHelper", "data": { "api": "sidebarAuth", "reqId": "7", "params": {} } }));
/// ```
#[must_use]
pub fn request<V: Value>(api: Atom, req_id: &V, params: V) -> V {
    let data = V::object([
        (API, V::atom(api)),
        (REQ_ID, req_id.clone()),
        (PARAMS_MEMBER, params),
    ]);
    V::object([(TYPE, V::atom(SIDEBAR_HELPER)), (DATA, data)])
}

/// A message from the host: an answer, or a push.
///
/// ```
/// use juzi_helper::wire::{Answer, read};
/// use serde_json::json;
///
/// let answer = read(&json!({ "reqId": "7", "api": "getCurExternalChat", "data": { "chatId": "wrB" } }));
/// let Some(Answer { req_id, data, failure: None, .. }) = answer else { panic!("a success") };
/// assert_eq!((req_id, data), (json!("7"), json!({ "chatId": "wrB" })));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<V> {
    /// The name of the call, or of the event.
    pub api: V,
    /// Whose answer it is; missing in a push.
    pub req_id: V,
    /// What it carries: of any kind.
    pub data: V,
    /// The text of the failure, as the host gave it; `None` for a success. A host may send something that is no text.
    pub failure: Option<V>,
}

/// Reads a message. `None` is for what is not the protocol's.
///
/// Believing it is another matter: that the sender is the host is checked before this is called.
///
/// ```
/// use juzi_helper::wire::read;
/// use serde_json::json;
///
/// let failed = json!({ "reqId": "7", "api": "sidebarAuth", "data": { "err_msg": "sidebarAuth:fail" } });
/// assert_eq!(read(&failed).unwrap().failure, Some(json!("sidebarAuth:fail")));
/// assert_eq!(read(&json!({ "type": "webpackOk" })), None);
/// ```
#[must_use]
pub fn read<V: Value>(message: &V) -> Option<Answer<V>> {
    if message.kind() != Kind::Object {
        return None;
    }
    let api = message.own(API).ok()?;
    if api.kind() != Kind::Text {
        return None;
    }
    let data = message.own(DATA).ok()?;
    let inner = match data.kind() {
        Kind::Object => data.own(ERR_MSG).ok()?,
        _ => V::missing(),
    };
    let text = if inner.is_blank() {
        message.own(ERR_MSG).ok()?
    } else {
        inner
    };
    let failed = !text.is_blank() && !text.ends_with(&V::atom(OK_SUFFIX));
    Some(Answer {
        api,
        req_id: message.own(REQ_ID).ok()?,
        data,
        failure: failed.then_some(text),
    })
}

//! The messages between page and host (spec section 7). No other module uses the names of their members.
//!
//! Page to host, by `postMessage` to `window.parent`:
//!
//! ```js
//! { type: 'sidebarHelper', data: { api: 'sendChatMessage', reqId: '…', params: { … } } }
//! ```
//!
//! The host's own code reads `type`, `data.api` and `data.reqId`. It is an assumption that the parameters travel as `data.params`. If a
//! console shows otherwise, [`REQUEST`] is the only line to change.
//!
//! Host to page, an answer: `{ reqId, api, data }`, with `err_msg` in `data` or at the top level when the call failed. Host to
//! page, a push when the user switches conversation: `{ api: 'updateBaseInfo', data: { baseInfo } }`.

use crate::value::{Kind, Value, object_of, string_of};

/// The members of a request's `data`. That the parameters travel as `params` is assumed: no public source says so.
pub const REQUEST: &str = "api reqId params";

/// The message that makes a call.
pub fn request<V: Value>(api: &str, req_id: V, params: V) -> V {
    let data = V::default().with_all(REQUEST, [api.into(), req_id, params]);
    object_of("type data", "sidebarHelper".into(), data)
}

/// A message from the host: an answer, or a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<V> {
    /// The name of the call, or of the event.
    pub api: String,
    /// The reqId of the call that it answers; missing in a push.
    pub req_id: V,
    /// The payload, of any kind.
    pub data: V,
    /// The host's `err_msg` if the call failed, else `None`. It need not be a string.
    pub failure: Option<V>,
}

/// Parses a message from the host; `None` if it does not follow the protocol.
///
/// The caller has checked that the sender is the host.
pub fn parse<V: Value>(message: &V) -> Option<Answer<V>> {
    if message.kind() != Kind::Object {
        return None;
    }
    let api = string_of(&message.own("api"));
    if api.is_empty() {
        return None;
    }
    let data = message.own("data");
    let mut err_msg = V::default();
    if data.kind() == Kind::Object {
        err_msg = data.own("err_msg");
    }
    if err_msg.kind().is_blank() {
        err_msg = message.own("err_msg");
    }
    let failed = !err_msg.kind().is_blank() && !string_of(&err_msg).ends_with(":ok");
    Some(Answer {
        api,
        req_id: message.own("reqId"),
        data,
        failure: failed.then_some(err_msg),
    })
}

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

use crate::value::{Kind, Value, object};

/// Where a call's parameters travel. Assumed: no public source says so.
pub const PARAMS_MEMBER: &str = "params";

/// The message that makes a call.
pub fn request<V: Value>(api: &str, req_id: &V, params: &V) -> V {
    let data = object(&[
        ("api", &V::from(api)),
        ("reqId", req_id),
        (PARAMS_MEMBER, params),
    ]);
    object(&[("type", &V::from("sidebarHelper")), ("data", &data)])
}

/// A message from the host: an answer, or a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<V> {
    /// The name of the call, or of the event.
    pub api: V,
    /// Whose answer it is; missing in a push.
    pub req_id: V,
    /// What it carries: of any kind.
    pub data: V,
    /// The text of the failure, as the host gave it; `None` for a success. A host may send something that is no string.
    pub failure: Option<V>,
}

/// Reads a message. `None` is for what is not the protocol's.
///
/// Believing it is another matter: that the sender is the host is checked before this is called.
pub fn read<V: Value>(message: &V) -> Option<Answer<V>> {
    if message.kind() != Kind::Object {
        return None;
    }
    let api = message.own("api");
    if api.kind() != Kind::Text {
        return None;
    }
    let data = message.own("data");
    let mut text = V::default();
    if data.kind() == Kind::Object {
        text = data.own("err_msg");
    }
    if text.kind().is_blank() {
        text = message.own("err_msg");
    }
    let ok = || {
        text.text(usize::MAX)
            .is_some_and(|text| text.ends_with(":ok"))
    };
    let failed = !text.kind().is_blank() && !ok();
    Some(Answer {
        api,
        req_id: message.own("reqId"),
        data,
        failure: failed.then_some(text),
    })
}

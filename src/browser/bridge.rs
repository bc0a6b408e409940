//! The host: where calls are posted to, whose messages are believed, and what they say.

use std::cell::Cell;

use js_sys::JSON;
use wasm_bindgen::prelude::*;

use super::call::Call;
use crate::api::{self, Action};
use crate::env::Reason;
use crate::error::{Fault, Result, decimal, join};
use crate::options::Options;
use crate::value::{Value, is, name_of};
use crate::wire::{self, Answer};

#[wasm_bindgen(module = "/src/browser/calls.js")]
extern "C" {
    /// Keeps a posted call until its answer, or for so many milliseconds.
    fn hold(call: &Call, req_id: &JsValue, delay: u32);
    fn held(req_id: &JsValue) -> Option<Call>;
    fn publish(res: &JsValue);
    #[wasm_bindgen(js_name = log)]
    fn write_log(what: &str, value: &JsValue);
}

#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    fn post(message: &JsValue, origin: &JsValue) -> bool;
}

/// What is known of the host's origin.
pub(super) enum Host {
    /// Its origin as the browser writes it, and how to name that when posting to it.
    Known { origin: JsValue, target: JsValue },
    /// Not before its first answer; where to post until then.
    Learning(Vec<String>),
    /// `allowedHosts` excludes it, or allows nobody; what to tell callers.
    Excluded(&'static str),
}

/// The connection to the host. There is one in a page, from `install` on.
pub(super) struct Bridge {
    pub(super) options: Options,
    pub(super) reason: Reason,
    /// Whether this is WeChat's kind of Android.
    pub(super) android: bool,
    /// What every reqId of this page begins with: another script's calls in it must not have the same.
    pub(super) prefix: String,
    pub(super) posted: Cell<u32>,
    /// Changes once at most, from learning to known; what it was before is kept, so that nothing that is in use goes away.
    pub(super) host: Cell<&'static Host>,
}

thread_local! {
    static BRIDGE: Cell<Option<&'static Bridge>> = const { Cell::new(None) };
}

/// The page's connection, if it has been installed.
pub(super) fn current() -> Option<&'static Bridge> {
    BRIDGE.get()
}

/// Makes it the page's connection, for as long as the page lives.
pub(super) fn set_current(bridge: Bridge) -> &'static Bridge {
    let bridge = Box::leak(Box::new(bridge));
    BRIDGE.set(Some(bridge));
    bridge
}

impl Bridge {
    pub(super) fn in_sidebar(&self) -> bool {
        self.reason == Reason::Ok
    }

    /// Posts a call, which waits from then on for its answer.
    pub(super) fn post_call(
        &self,
        call: &Call,
        wire: &'static str,
        timeout: u32,
        params: &JsValue,
    ) -> Result<()> {
        let number = self.posted.get().wrapping_add(1);
        self.posted.set(number);
        let req_id = JsValue::from(join(&[&self.prefix, &decimal(number)]));
        hold(call, &req_id, self.options.timeout.unwrap_or(timeout));
        self.post(&wire::request(wire, &req_id, params))
    }

    fn post(&self, message: &JsValue) -> Result<()> {
        self.log("to the host", message);
        let posted = match self.host.get() {
            Host::Known { target, .. } => post(message, target),
            Host::Learning(targets) => targets
                .iter()
                .all(|target| post(message, &target.as_str().into())),
            Host::Excluded(why) => return Err(Fault::host_unreachable(why)),
        };
        if posted {
            return Ok(());
        }
        Err(Fault::host_unreachable(""))
    }

    /// Whether a message's origin may be the host's.
    fn believes(&self, origin: &JsValue) -> bool {
        match self.host.get() {
            Host::Known { origin: known, .. } => origin == known,
            Host::Learning(_) => self
                .options
                .allows(&origin.text(usize::MAX).unwrap_or_default()),
            Host::Excluded(_) => false,
        }
    }

    fn knows_host(&self) -> bool {
        matches!(self.host.get(), Host::Known { .. })
    }

    /// What the host says; else why nobody listens to it.
    fn receive(&self, data: &JsValue, origin: &JsValue) -> core::result::Result<(), &'static str> {
        if !self.believes(origin) {
            return Err("ignored: not the host's origin");
        }
        let answer = wire::read(data).ok_or("ignored: not the protocol's")?;
        let api = name_of(&answer.api);
        if api == "updateBaseInfo" {
            return self.receive_push(&answer);
        }
        let call = held(&answer.req_id).ok_or("ignored: no call waits for it")?;
        let name = call.name();
        match api::find(&name) {
            Some(Action::Post { wire, res, .. }) if api == *wire => {
                // A well-formed answer shows the host's origin.
                if !self.knows_host() {
                    self.log("the host's origin is", origin);
                    self.host.set(Host::known(origin));
                }
                call.end(&res.read(&name, &answer));
                Ok(())
            }
            _ => Err("ignored: the answer to another call"),
        }
    }

    fn receive_push(&self, answer: &Answer<JsValue>) -> core::result::Result<(), &'static str> {
        // A host pushes only after it has answered, so a push from one that is not known yet is none of its.
        if !self.knows_host() {
            return Err("ignored: a push before the first answer");
        }
        let outcome = api::push(answer).ok_or("ignored: a push without baseInfo")?;
        publish(&outcome.res);
        Ok(())
    }

    /// WeChat on Android gives the answer of `checkJsApi` as JSON, and SDKs parse it there.
    pub(super) fn as_sdks_read(&self, result: JsValue, bridged: bool) -> JsValue {
        if !(bridged && self.android) {
            return result;
        }
        JSON::stringify(&result).map_or(result, JsValue::from)
    }

    pub(super) fn log(&self, what: &str, value: &JsValue) {
        if self.options.debug {
            write_log(what, value);
        }
    }
}

impl Host {
    /// A host whose origin is known now.
    pub(super) fn known(origin: &JsValue) -> &'static Self {
        // An origin that is none cannot be named.
        let target = match is(origin, "null") {
            true => "*".into(),
            false => origin.clone(),
        };
        Self::Known {
            origin: origin.clone(),
            target,
        }
        .kept()
    }

    /// The same, for as long as the page lives.
    pub(super) fn kept(self) -> &'static Self {
        Box::leak(Box::new(self))
    }
}

/// A `message` event of the page's window: whether it came from the parent, its data, and its origin.
#[wasm_bindgen]
pub fn message(from_parent: bool, data: &JsValue, origin: &JsValue) {
    let Some(bridge) = current() else { return };
    let received = match from_parent {
        true => bridge.receive(data, origin),
        false => Err("ignored: not from the host"),
    };
    bridge.log(received.err().unwrap_or("from the host"), data);
}

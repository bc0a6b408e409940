//! The connection to the host: posts calls, checks the origin of messages, and handles answers and pushes.

use std::cell::Cell;

use js_sys::JSON;
use wasm_bindgen::prelude::*;

use super::calls::{self, Call};
use super::page;
use crate::api::{self, Action};
use crate::env::Reason;
use crate::error::{Fault, Result};
use crate::options::Options;
use crate::origin::Pattern;
use crate::value::{is, string_of};
use crate::wire::{self, Answer};

/// The host's origin, as far as it is known.
pub(super) enum Host {
    /// The origin, and the target origin for `postMessage`.
    Known { origin: JsValue, target: JsValue },
    /// Unknown until the first answer. Until then calls are posted to the exact entries of `allowedHosts`, or to `*` without that option.
    /// The browser delivers a message only to its target origin, so a wrong one discloses nothing.
    Learning,
    /// Not allowed by `allowedHosts`; with the reason for callers.
    Excluded(&'static str),
}

/// The connection to the host. `install` creates the only one of a page.
pub(super) struct Bridge {
    pub(super) options: Options,
    pub(super) reason: Reason,
    /// `juziWx.env.detectedBy`.
    pub(super) detected_by: JsValue,
    /// Whether the user agent is Android's.
    pub(super) android: bool,
    /// Changes at most once, from `Learning` to `Known`. Both are leaked, so that a reference in use stays valid.
    pub(super) host: Cell<&'static Host>,
}

thread_local! {
    static BRIDGE: Cell<Option<&'static Bridge>> = const { Cell::new(None) };
}

/// The page's connection, once installed.
pub(super) fn current() -> Option<&'static Bridge> {
    BRIDGE.get()
}

/// Sets the page's connection, for the page's lifetime.
pub(super) fn set_current(bridge: Bridge) -> &'static Bridge {
    let bridge = Box::leak(Box::new(bridge));
    BRIDGE.set(Some(bridge));
    bridge
}

impl Bridge {
    pub(super) fn in_sidebar(&self) -> bool {
        self.reason == Reason::Ok
    }

    /// Posts a call. From then on it is pending.
    pub(super) fn post_call(
        &self,
        call: &Call,
        wire: &'static str,
        timeout: u32,
        params: JsValue,
    ) -> Result<()> {
        let req_id = calls::add_pending(call, self.options.timeout.unwrap_or(timeout));
        self.send(&wire::request(wire, req_id, params))
    }

    fn send(&self, message: &JsValue) -> Result<()> {
        self.log("to the host", message);
        let posted = match self.host.get() {
            Host::Known { target, .. } => page::post_to_host(message, target),
            Host::Learning => match &self.options.allowed_hosts {
                None => page::post_to_host(message, &"*".into()),
                Some(hosts) => hosts
                    .iter()
                    .filter_map(Pattern::exact)
                    .all(|target| page::post_to_host(message, &target.into())),
            },
            Host::Excluded(why) => return Err(Fault::host_unreachable(why)),
        };
        if posted {
            return Ok(());
        }
        Err(Fault::host_unreachable(""))
    }

    /// Whether a message of this origin is accepted.
    fn accepts(&self, origin: &JsValue) -> bool {
        match self.host.get() {
            Host::Known { origin: known, .. } => origin == known,
            Host::Learning => self.options.allows(&string_of(origin)),
            Host::Excluded(_) => false,
        }
    }

    fn knows_host(&self) -> bool {
        matches!(self.host.get(), Host::Known { .. })
    }

    /// Handles a message from the parent. The error says why it is ignored.
    fn receive(&self, data: &JsValue, origin: &JsValue) -> core::result::Result<(), &'static str> {
        if !self.accepts(origin) {
            return Err("ignored: not the host's origin");
        }
        let answer = wire::parse(data).ok_or("ignored: not the protocol's")?;
        if answer.api == "updateBaseInfo" {
            return self.receive_push(&answer);
        }
        let call = calls::pending_call(&answer.req_id).ok_or("ignored: no call waits for it")?;
        let name = call.name();
        match api::find(&name) {
            Some(Action::Post { wire, res, .. }) if answer.api == *wire => {
                // The first well-formed answer reveals the host's origin.
                if !self.knows_host() {
                    self.log("the host's origin is", origin);
                    self.host.set(Host::known(origin));
                }
                call.end(res.outcome(&name, &answer));
                Ok(())
            }
            _ => Err("ignored: the answer to another call"),
        }
    }

    fn receive_push(&self, answer: &Answer<JsValue>) -> core::result::Result<(), &'static str> {
        // A host pushes only after it has answered.
        if !self.knows_host() {
            return Err("ignored: a push before the first answer");
        }
        let outcome = api::push(answer).ok_or("ignored: a push without baseInfo")?;
        calls::publish(outcome.res);
        Ok(())
    }

    /// The `checkResult` of `checkJsApi`. WeChat on Android gives it as JSON, and SDKs parse it there.
    pub(super) fn as_sdks_read(&self, result: JsValue, bridged: bool) -> JsValue {
        if !(bridged && self.android) {
            return result;
        }
        JSON::stringify(&result).map_or(result, JsValue::from)
    }

    pub(super) fn log(&self, what: &str, value: &JsValue) {
        if self.options.debug {
            calls::log(what, value);
        }
    }
}

impl Host {
    /// A host of this origin.
    pub(super) fn known(origin: &JsValue) -> &'static Self {
        // `null` is not a valid target origin.
        let target = match is(origin, "null") {
            true => "*".into(),
            false => origin.clone(),
        };
        Self::Known {
            origin: origin.clone(),
            target,
        }
        .leak()
    }

    /// Leaks it, for the page's lifetime.
    pub(super) fn leak(self) -> &'static Self {
        Box::leak(Box::new(self))
    }
}

/// Handles a `message` event of the page's window.
pub fn message(from_parent: bool, data: JsValue, origin: JsValue) {
    let Some(bridge) = current() else { return };
    let received = match from_parent {
        true => bridge.receive(&data, &origin),
        false => Err("ignored: not from the host"),
    };
    bridge.log(received.err().unwrap_or("from the host"), &data);
}

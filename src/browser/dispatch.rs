//! Dispatches a call of the page by its row in the catalogue.

use wasm_bindgen::prelude::*;

use super::bridge::{Bridge, current};
use super::calls::{Call, listen, subscribe, unsubscribe};
use super::params;
use crate::api::{self, Action};
use crate::error::{Fault, Path, Result};
use crate::value::{Kind, Value, is, object};

/// Checks a call, then posts it or ends it. Returns true if its function is to run before the call returns.
pub fn dispatch(call: Call, params: JsValue, bridged: bool) -> bool {
    let Some(bridge) = current() else {
        return false;
    };
    let name = call.name();
    match step(bridge, &call, &name, &params, bridged) {
        Ok(Step::Succeeds(res)) => call.end(api::succeed(&name, res)),
        Ok(Step::Waits) => {}
        Ok(Step::RunsNow) => return true,
        Err(fault) => call.end(api::fail(&name, &fault)),
    }
    false
}

/// The next step of a call.
enum Step {
    /// It succeeds with this `res`.
    Succeeds(JsValue),
    /// It is answered later, or needs no answer.
    Waits,
    /// Its function runs before the call returns.
    RunsNow,
}

fn step(bridge: &Bridge, call: &Call, name: &str, params: &JsValue, bridged: bool) -> Result<Step> {
    let action = api::find(name);
    let listens = matches!(
        action,
        Some(Action::Ready | Action::Keep | Action::Subscribe | Action::Unsubscribe)
    );
    // Outside the sidebar, nothing else about a call matters.
    if !bridge.in_sidebar() {
        return match listens {
            true => Ok(Step::Waits),
            false => Err(Box::new(Fault::NotInSidebar)),
        };
    }
    if listens && call.done().kind() != Kind::Function {
        return Err(Fault::expected(Path::Name("callback"), "a function"));
    }
    Ok(match action.ok_or(Fault::FunctionNotExist)? {
        Action::Accept => Step::Succeeds(object::<JsValue>()),
        Action::Check => {
            let result = api::check_js_api(params)?;
            Step::Succeeds(
                object::<JsValue>().with("checkResult", bridge.as_sdks_read(result, bridged)),
            )
        }
        Action::Ready => Step::RunsNow,
        Action::Keep => Step::Waits,
        Action::Subscribe => {
            if is(params, "updateBaseInfo") {
                subscribe(call);
            } else {
                bridge.log("ignored: no such event", params);
            }
            Step::Waits
        }
        Action::Unsubscribe => {
            unsubscribe(call);
            Step::Waits
        }
        Action::Listen => {
            api::listen(params)?;
            listen(call);
            Step::Waits
        }
        Action::Post {
            wire,
            timeout,
            params: rule,
            ..
        } => {
            let params = params::check_in_page(*rule, params)?;
            bridge.post_call(call, wire, *timeout, params)?;
            Step::Waits
        }
    })
}

/// Ends a posted call that has timed out.
pub fn expire(call: Call) {
    call.end(api::fail(&call.name(), &Fault::Timeout));
}

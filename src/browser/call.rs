//! Dispatches a call of the page by its row in the catalogue.

use wasm_bindgen::prelude::*;

use super::bridge::{Bridge, current};
use super::params;
use crate::api::{self, Action, Outcome};
use crate::error::{Fault, Path, Result};
use crate::value::{Kind, Value, is, object};

#[wasm_bindgen(module = "/src/browser/calls.js")]
extern "C" {
    /// A call with its callbacks. `calls.js` keeps it, so that it survives a trap of this module.
    pub type Call;
    #[wasm_bindgen(method, getter)]
    pub(super) fn name(this: &Call) -> String;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Call) -> JsValue;
    #[wasm_bindgen(js_name = end)]
    fn end_call(call: &Call, ok: bool, res: &JsValue);
    fn listen(call: &Call);
    fn subscribe(callback: &JsValue);
    fn unsubscribe(callback: &JsValue);
}

impl Call {
    pub(super) fn end(&self, outcome: &Outcome<JsValue>) {
        end_call(self, outcome.ok, &outcome.res);
    }
}

/// Checks a call, then posts it or ends it. Returns true if its function is to run before the call returns.
#[cfg_attr(feature = "script", wasm_bindgen)]
pub fn dispatch(call: &Call, params: &JsValue, bridged: bool) -> bool {
    let Some(bridge) = current() else {
        return false;
    };
    let name = call.name();
    match step(bridge, call, &name, params, bridged) {
        Ok(Step::Succeeds(res)) => call.end(&api::succeed(&name, res)),
        Ok(Step::Waits) => {}
        Ok(Step::RunsNow) => return true,
        Err(fault) => call.end(&api::fail(&name, &fault)),
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
    // First of all: outside the sidebar, nothing else about a call matters.
    if !bridge.in_sidebar() {
        return match action {
            Some(Action::Ready | Action::Keep | Action::Subscribe | Action::Unsubscribe) => {
                Ok(Step::Waits)
            }
            _ => Err(Box::new(Fault::NotInSidebar)),
        };
    }
    Ok(match action.ok_or(Fault::FunctionNotExist)? {
        Action::Accept => Step::Succeeds(object(&[])),
        Action::Check => {
            let result = api::check_js_api(params)?;
            Step::Succeeds(object(&[(
                "checkResult",
                &bridge.as_sdks_read(result, bridged),
            )]))
        }
        Action::Ready => {
            callback(call)?;
            Step::RunsNow
        }
        Action::Keep => {
            callback(call)?;
            Step::Waits
        }
        Action::Subscribe => {
            let callback = callback(call)?;
            if is(params, "updateBaseInfo") {
                subscribe(&callback);
            } else {
                bridge.log("ignored: no such event", params);
            }
            Step::Waits
        }
        Action::Unsubscribe => {
            unsubscribe(&callback(call)?);
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
            let params = params::check(*rule, params)?;
            bridge.post_call(call, wire, *timeout, &params)?;
            Step::Waits
        }
    })
}

/// The function given to a call.
fn callback(call: &Call) -> Result<JsValue> {
    let done = call.done();
    if done.kind() == Kind::Function {
        return Ok(done);
    }
    Err(Fault::expected(Path::Name("callback"), "a function"))
}

/// Ends a posted call that has timed out.
#[cfg_attr(feature = "script", wasm_bindgen)]
pub fn expire(call: &Call) {
    call.end(&api::fail(&call.name(), &Fault::Timeout));
}

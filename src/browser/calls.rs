//! Bindings to `calls.js`, which keeps the page's calls.

use wasm_bindgen::prelude::*;

use crate::api::Outcome;
use crate::value::string_of;

#[wasm_bindgen(module = "/src/browser/calls.js")]
extern "C" {
    /// A call with its callbacks. JavaScript keeps it, so that it survives a trap of this module.
    pub type Call;
    #[wasm_bindgen(method, getter, js_name = name)]
    fn name_value(this: &Call) -> JsValue;
    /// The callback given to the call, of any type.
    #[wasm_bindgen(method, getter)]
    pub(super) fn done(this: &Call) -> JsValue;
    #[wasm_bindgen(js_name = end)]
    fn end_call(call: &Call, ok: bool, res: JsValue);

    /// Keeps a posted call until it is answered or `timeout` milliseconds are over. Returns its reqId.
    #[wasm_bindgen(js_name = addPending)]
    pub(super) fn add_pending(call: &Call, timeout: u32) -> JsValue;
    #[wasm_bindgen(js_name = pendingCall)]
    pub(super) fn pending_call(req_id: &JsValue) -> Option<Call>;

    /// The next push ends the call.
    pub(super) fn listen(call: &Call);
    /// Every push runs the call's function.
    pub(super) fn subscribe(call: &Call);
    pub(super) fn unsubscribe(call: &Call);
    /// Passes a push to the calls and the subscribers that wait for one.
    pub(super) fn publish(res: JsValue);

    // Unlike web-sys' console, these three catch the exceptions of a console that the page has replaced. An exception would unwind through
    // Rust frames.
    pub(super) fn complain(text: &str);
    /// Writes each text only once.
    pub(super) fn warn(text: &str);
    pub(super) fn log(what: &str, value: &JsValue);
}

// `calls.js` imports it. wasm-bindgen puts only the files that Rust names beside its own.
#[wasm_bindgen(module = "/src/browser/juzi-error.js")]
extern "C" {
    /// The error that promises of failed calls reject with.
    type JuziError;
}

impl Call {
    /// The name by which the page made the call.
    pub(super) fn name(&self) -> String {
        string_of(&self.name_value())
    }

    /// Ends the call, once: its promise or its callbacks get `res`.
    pub(super) fn end(&self, outcome: Outcome<JsValue>) {
        end_call(self, outcome.ok, outcome.res);
    }
}

//! What Rust calls in `environment.js`, which finds out how a page is known to be the sidebar's.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/browser/environment.js")]
extern "C" {
    /// `url`, `navigation`, `session` or `authorize`; undefined if the page is not known to be the sidebar's.
    #[wasm_bindgen(js_name = detectedBy)]
    pub(super) fn detected_by(window: &JsValue) -> JsValue;
    /// For tests: the tab no longer knows that a page of this origin was in the sidebar.
    #[cfg(feature = "client-testing")]
    #[wasm_bindgen(js_name = forgetEnvironment)]
    pub(crate) fn forget_environment(window: &JsValue);
}

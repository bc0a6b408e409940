//! Bindings to `environment.js`, which detects the sidebar's page.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/browser/environment.js")]
extern "C" {
    /// How the page was detected: `url`, `navigation`, `session` or `authorize`; undefined if it was not.
    #[wasm_bindgen(js_name = detectedBy)]
    pub(super) fn detected_by(window: &JsValue) -> JsValue;
    /// For tests: deletes the tab's record that a page of this origin was in the sidebar.
    #[cfg(feature = "client-testing")]
    #[wasm_bindgen(js_name = forgetEnvironment)]
    pub(crate) fn forget_environment(window: &JsValue);
}

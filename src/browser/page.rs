//! Bindings to `page.js`, which changes the page's `window`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    /// Installs the helper in the page. `bridge`: whether to provide `WeixinJSBridge`. `user_agent`: whether to change the user agent to
    /// WeCom's.
    #[wasm_bindgen(js_name = enterPage)]
    pub(super) fn enter_page(in_sidebar: bool, bridge: bool, user_agent: bool);
    /// Posts to the host; false if that throws.
    #[wasm_bindgen(js_name = postToHost)]
    pub(super) fn post_to_host(message: &JsValue, target_origin: &JsValue) -> bool;
    /// The origin of the referrer, or anything else if there is none.
    #[wasm_bindgen(js_name = referrerOrigin)]
    pub(super) fn referrer_origin() -> JsValue;
    /// Whether the page and a host of this origin are both on this machine.
    #[wasm_bindgen(js_name = areLocal)]
    pub(super) fn are_local(origin: &JsValue) -> bool;
    /// A URL made absolute, relative to the page; undefined if it is malformed. Leaner than web-sys' `Url`: a URL of any length stays in
    /// JavaScript.
    pub(super) fn resolve(url: &JsValue) -> JsValue;
}

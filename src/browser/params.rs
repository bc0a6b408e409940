//! A caller's parameters become the plain object to post.

use wasm_bindgen::prelude::*;

use crate::api::{self, Params};
use crate::error::Result;
use crate::origin::is_web;
use crate::value::Value;

// Leaner than web-sys' `Url`: a URL of any length stays in JavaScript.
#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    /// A URL made absolute by the page's own; `undefined` where it is none.
    #[wasm_bindgen(js_name = resolve)]
    fn absolute(url: &JsValue) -> JsValue;
}

/// Checks the parameters by the rule of their call.
pub(super) fn read(rule: Params, given: &JsValue) -> Result<JsValue> {
    api::params(rule, given, resolve)
}

/// An absolute http or https URL; `None` where it does not come out as one.
fn resolve(url: &JsValue) -> Option<JsValue> {
    let url = absolute(url);
    let scheme = url.text("https://".len())?;
    is_web(&scheme).then_some(url)
}

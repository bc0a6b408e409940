//! Checks a caller's parameters.

use wasm_bindgen::prelude::*;

use crate::api::{self, Params};
use crate::error::Result;
use crate::origin::is_web;
use crate::value::Value;

// Leaner than web-sys' `Url`: a URL of any length stays in JavaScript.
#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    /// A URL made absolute, relative to the page; undefined if it is malformed.
    #[wasm_bindgen(js_name = resolve)]
    fn absolute(url: &JsValue) -> JsValue;
}

/// Checks the parameters of a call and builds the plain object to post.
pub(crate) fn check(rule: Params, given: &JsValue) -> Result<JsValue> {
    api::params(rule, given, resolve)
}

/// Makes a URL absolute; `None` if the result is not http or https.
fn resolve(url: &JsValue) -> Option<JsValue> {
    let url = absolute(url);
    let scheme = url.string("https://".len())?;
    is_web(&scheme).then_some(url)
}

//! A caller's parameters become the plain object to post.

use wasm_bindgen::prelude::*;

use crate::api::{self, Params};
use crate::error::Result;
use crate::origin::is_web;
use crate::value::Value;

#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = baseUri)]
    fn base_uri() -> String;
}

/// Checks the parameters by the rule of their call.
pub(super) fn read(rule: Params, given: &JsValue) -> Result<JsValue> {
    api::params(rule, given, &resolve)
}

/// An absolute URL, by the page's own; `None` where it does not come out http or https.
fn resolve(url: &JsValue) -> Option<JsValue> {
    let url = url.text(usize::MAX)?;
    let url = web_sys::Url::new_with_base(&url, &base_uri()).ok()?.href();
    is_web(&url).then(|| url.into())
}

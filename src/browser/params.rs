//! Checks a caller's parameters.

use wasm_bindgen::prelude::*;

use super::page;
use crate::api::{self, Params};
use crate::error::Result;
use crate::origin::is_web;
use crate::value::Value;

/// Checks the parameters of a call and builds the plain object to post.
pub(crate) fn check(rule: Params, given: &JsValue) -> Result<JsValue> {
    api::params(rule, given, resolve)
}

/// Makes a URL absolute; `None` if the result is not http or https.
fn resolve(url: &JsValue) -> Option<JsValue> {
    let url = page::resolve(url);
    let scheme = url.string("https://".len())?;
    is_web(&scheme).then_some(url)
}

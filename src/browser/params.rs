//! Checks a caller's parameters.

use wasm_bindgen::prelude::*;

use super::calls::warn;
use super::page;
use crate::api::{self, Params};
use crate::error::Result;
use crate::origin::is_web;
use crate::value::Value;

/// Checks the parameters of a call and builds the plain object to post. Warns if the call means something else in WeCom.
pub(crate) fn check_in_page(rule: Params, given: &JsValue) -> Result<JsValue> {
    let posted = api::check_params(rule, given, resolve)?;
    if let Some(caution) = api::caution(rule, given, &posted) {
        warn(caution);
    }
    Ok(posted)
}

/// Makes a URL absolute; `None` if the result is not http or https.
fn resolve(url: &JsValue) -> Option<JsValue> {
    let url = page::resolve(url);
    let scheme = url.string("https://".len())?;
    is_web(&scheme).then_some(url)
}

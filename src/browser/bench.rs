//! What the benchmark of the released module calls directly.

use wasm_bindgen::prelude::*;

use crate::message;
use crate::value::Value;

/// Checks a message without a call around it. Returns the plain message, or the fault's text.
#[must_use]
pub fn check(message: &JsValue) -> JsValue {
    match message::check(message) {
        Ok(plain) => plain,
        Err(fault) => fault.reason().into(),
    }
}

/// Reads one member.
#[must_use]
pub fn read(message: &JsValue) -> JsValue {
    message.get("msgtype").unwrap_or_default()
}

//! Entry points for the benchmark: the check of a message without a call around it, and the cost of crossing the boundary. No released
//! build contains them.

use wasm_bindgen::prelude::*;

use crate::message;
use crate::value::Value;

/// Checks a message. Returns the plain message, or the fault's text.
#[wasm_bindgen]
#[must_use]
pub fn bench_check(message: &JsValue) -> JsValue {
    match message::check(message) {
        Ok(plain) => plain,
        Err(fault) => fault.reason().into(),
    }
}

/// Does nothing.
#[wasm_bindgen]
#[must_use]
pub fn bench_empty(message: &JsValue) -> bool {
    message.is_undefined()
}

/// Reads one member.
#[wasm_bindgen]
#[must_use]
pub fn bench_read(message: &JsValue) -> JsValue {
    message.get("msgtype").unwrap_or_default()
}

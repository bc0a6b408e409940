//! What the benchmark calls directly: the check of a message without the call around it, and what it costs to get here.
//! No released build has it.

use wasm_bindgen::prelude::*;

use super::js::Js;
use crate::atoms::MSGTYPE;
use crate::message;

/// Checks a message: the place of the plain one, or of the fault's text.
#[wasm_bindgen]
#[must_use]
pub fn bench_check(message: i32) -> i32 {
    match message::check(&Js(message)) {
        Ok(plain) => plain.0,
        Err(fault) => fault.render().0,
    }
}

/// Does nothing.
#[wasm_bindgen]
#[must_use]
pub fn bench_empty(message: i32) -> i32 {
    message
}

/// Reads one member.
#[wasm_bindgen]
#[must_use]
pub fn bench_read(message: i32) -> i32 {
    Js(message).member(MSGTYPE).0
}

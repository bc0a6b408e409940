//! The core's rules, natively: every row of the specification's tables, and what holds for any input.
#![cfg(not(target_arch = "wasm32"))]

mod answers;
mod calls;
mod detection;
mod double;
mod messages;
mod options;
mod properties;
mod reading;
mod vectors;
mod wire;

use juzi_helper::api::Label;
use juzi_helper::atoms::Atom;
use juzi_helper::error::InMessage;
use serde_json::{Value, json};

/// The `err_msg` that a caller of `api` gets for a fault.
fn err_msg(api: Atom, fault: impl Into<InMessage<Value>>) -> String {
    let outcome = Label::new(json!(api.text())).fail(json!({}), fault);
    assert!(!outcome.ok);
    outcome.res["err_msg"].as_str().unwrap_or_default().into()
}

/// A value of every JSON type.
fn one_of_each_type() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1.5),
        json!(""),
        json!("text"),
        json!([]),
        json!(["text"]),
        json!({}),
        json!({ "id": "1" }),
    ]
}

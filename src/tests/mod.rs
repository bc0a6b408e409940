//! The core's rules, natively: every row of the specification's tables, and what holds for any input.

mod answers;
mod calls;
mod cases;
mod declaration;
mod detection;
mod double;
mod generated;
mod messages;
mod options;
mod properties;
mod public_api;
mod reading;
mod vectors;
mod wecom;
mod wire;

use crate::api::{self, Outcome};
use crate::error::Fault;
use serde_json::{Value, json};

/// The `err_msg` that a caller of `api` gets for a fault.
fn err_msg(api: &str, fault: &Fault) -> String {
    let outcome: Outcome<Value> = api::fail(api, fault);
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

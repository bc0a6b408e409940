//! The tables of `tests/vectors/`, which browsers are run against too.

use crate::env::detect;
use crate::message;
use serde_json::{Value, json};

use super::detection::has_parameter;
use super::options::read_all;

fn table(text: &str) -> Value {
    serde_json::from_str(text).expect("the table is JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn rows<'a>(table: &'a Value, name: &str) -> &'a Vec<Value> {
    table[name].as_array().expect(name)
}

#[test]
fn texts_numbers_and_origins_are_what_the_table_says() {
    let table = table(include_str!("../../tests/vectors/values.json"));
    for row in rows(&table, "texts") {
        let fault = message::check(&json!({ "msgtype": row["given"] })).unwrap_err();
        let shown = row["shown"].as_str().expect("a text");
        let reason = fault.reason();
        assert!(reason.ends_with(&format!("it is {shown}")), "{reason}");
    }
    for row in rows(&table, "numbers") {
        let (options, faults) = read_all(&json!({ "timeout": row["given"] }));
        assert_eq!(json!(options.timeout), row["milliseconds"], "{row}");
        assert_eq!(faults.is_empty(), options.timeout.is_some(), "{row}");
    }
    for row in rows(&table, "origins") {
        let (options, _) = read_all(&json!({ "allowedHosts": [row["allowed"]] }));
        assert_eq!(
            json!(options.allows(row["origin"].as_str().expect("a text"))),
            row["lets"],
            "{row}"
        );
    }
}

#[test]
fn environments_are_what_the_table_says() {
    let table = table(include_str!("../../tests/vectors/environments.json"));
    for row in table.as_array().expect("rows") {
        let force = read_all(&row["options"]).0.force;
        let framed = row["framed"] == true;
        // `environment.js` detects the sidebar's page. Node and Chromium test it with the same table.
        let known = match &row["detectedBy"] {
            serde_json::Value::String(by) => by != "force",
            _ => has_parameter(text(&row["query"])),
        };
        let reason = detect(text(&row["agent"]), framed, known, force);
        assert_eq!(json!(reason.as_str()), row["reason"], "{row}");
    }
}

//! The tables of `tests/vectors/`, which browsers are run against too.

use juzi_helper::env::detect;
use juzi_helper::message;
use juzi_helper::options::Options;
use serde_json::{Value, json};

fn table(text: &str) -> Value {
    serde_json::from_str(text).expect("the table is JSON")
}

fn rows<'a>(table: &'a Value, name: &str) -> &'a Vec<Value> {
    table[name].as_array().expect(name)
}

#[test]
fn texts_numbers_and_origins_are_what_the_table_says() {
    let table = table(include_str!("../vectors/values.json"));
    for row in rows(&table, "texts") {
        let fault = message::check(&json!({ "msgtype": row["given"] })).unwrap_err();
        let shown = row["shown"].as_str().expect("a text");
        let reason = fault.reason();
        assert!(reason.ends_with(&format!("it is {shown}")), "{reason}");
    }
    for row in rows(&table, "numbers") {
        let (options, faults) = Options::read(&json!({ "timeout": row["given"] }));
        assert_eq!(json!(options.timeout), row["milliseconds"], "{row}");
        assert_eq!(faults.is_empty(), options.timeout.is_some(), "{row}");
    }
    for row in rows(&table, "origins") {
        let (options, _) = Options::read(&json!({ "allowedHosts": [row["allowed"]] }));
        assert_eq!(json!(options.allows(&row["origin"])), row["lets"], "{row}");
    }
}

#[test]
fn environments_are_what_the_table_says() {
    let table = table(include_str!("../vectors/environments.json"));
    for row in table.as_array().expect("rows") {
        let force = Options::read(&row["options"]).0.force;
        let framed = row["framed"] == true;
        let reason = detect(&row["agent"], framed, &row["query"], force);
        assert_eq!(json!(reason.text()), row["reason"], "{row}");
    }
}

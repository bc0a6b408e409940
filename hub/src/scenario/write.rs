//! The text of a scenario file after a change.
//!
//! What did not change keeps its text: the layout of the file, and the relative times of messages, which are points in time
//! in memory. Only JSON is written. A TOML file may have comments, which would get lost.

use jiff::Timestamp;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::load::parse;
use super::{Format, Scenario, ScenarioError};
use crate::tree::raw_members;

/// The text of a JSON file after a change. Relative times count from `start`. Old and new values are compared as the same types, because a
/// browser sends `0` for `0.0`.
///
/// # Errors
///
/// What is wrong with the old text.
pub fn rewrite(text: &str, next: &Scenario, start: Timestamp) -> Result<String, ScenarioError> {
    let before = parse(text, Format::Json, start)?;
    let unwritable =
        |error: serde_json::Error| ScenarioError::unplaced(format!("cannot be written: {error}"));
    let before = serde_json::to_value(&before).map_err(unwritable)?;
    let next = serde_json::to_value(next).map_err(unwritable)?;
    let raw: &RawValue =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(unwritable)?;
    let written = merged(raw, &before, &next, 0).map_err(unwritable)?;
    Ok(written.trim_end().to_owned() + "\n")
}

type Written = Result<String, serde_json::Error>;

/// The text of `next`. Where nothing has changed, it is the text of `raw`. `depth` is the level of indentation.
fn merged(raw: &RawValue, before: &Value, next: &Value, depth: usize) -> Written {
    match (before, next) {
        _ if before == next => Ok(raw.get().to_owned()),
        (Value::Object(before), Value::Object(next)) => merged_object(raw, before, next, depth),
        (Value::Array(before), Value::Array(next)) => merged_list(raw, before, next, depth),
        _ => fresh(next, depth),
    }
}

fn merged_object(
    raw: &RawValue,
    before: &Map<String, Value>,
    next: &Map<String, Value>,
    depth: usize,
) -> Written {
    let own = raw_members(raw)?;
    let mut parts = vec![];
    for (name, raw) in &own {
        let value = match (before.get(name), next.get(name)) {
            (Some(before), Some(next)) => merged(raw, before, next, depth + 1)?,
            (None, Some(next)) => fresh(next, depth + 1)?,
            (Some(_), None) => continue,
            // Members that the console never gets, such as `$schema`.
            (None, None) => raw.get().to_owned(),
        };
        parts.push(format!("{}: {value}", serde_json::to_string(name)?));
    }
    for (name, value) in next {
        let is_own = own.iter().any(|it| it.0 == *name);
        // A default that the file leaves out stays out.
        if !is_own && before.get(name) != Some(value) && !value.is_null() {
            let value = fresh(value, depth + 1)?;
            parts.push(format!("{}: {value}", serde_json::to_string(name)?));
        }
    }
    Ok(laid_out("{", &parts, "}", depth))
}

/// An item that was there before is found by its value, or else by its `id`.
fn merged_list(raw: &RawValue, before: &[Value], next: &[Value], depth: usize) -> Written {
    let own: Vec<&RawValue> = serde_json::from_str(raw.get())?;
    let id = |value: &Value| value.get("id").cloned();
    let mut parts = vec![];
    for (index, value) in next.iter().enumerate() {
        let same = match before.get(index) {
            Some(before) if before == value => Some(index),
            _ => before.iter().position(|it| it == value),
        };
        let found = same.or_else(|| {
            let wanted = id(value)?;
            before
                .iter()
                .position(|it| id(it).as_ref() == Some(&wanted))
        });
        parts.push(
            match found.and_then(|at| Some((own.get(at)?, before.get(at)?))) {
                Some((raw, before)) => merged(raw, before, value, depth + 1)?,
                None => fresh(value, depth + 1)?,
            },
        );
    }
    Ok(laid_out("[", &parts, "]", depth))
}

/// A value that the file did not have.
fn fresh(value: &Value, depth: usize) -> Written {
    let text = serde_json::to_string_pretty(value)?;
    Ok(text.replace('\n', &format!("\n{}", "  ".repeat(depth))))
}

fn laid_out(open: &str, parts: &[String], close: &str, depth: usize) -> String {
    if parts.is_empty() {
        return format!("{open}{close}");
    }
    let (outer, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    let parts = parts.join(&format!(",\n{inner}"));
    format!("{open}\n{inner}{parts}\n{outer}{close}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FILE: &str = r#"{
  "$schema": "./scenario.schema.json",
  "account": { "botId": "b", "wxid": "w", "name": "n", "userId": "u", "corpId": "c", "orgId": "o", "uid": "i", "email": "e" },
  "conversations": [
    { "id": "c1", "wxid": "w1", "type": "single", "name": "林晓棠", "external": true,
      "contact": { "externalUserId": "wm1", "wxUserId": "wm1" },
      "messages": [
        { "from": "them", "time": "35m ago", "msgtype": "text", "text": { "content": "在吗？" } }
      ] },
    { "id": "c2", "wxid": "w2", "type": "single", "name": "周子墨", "external": true,
      "contact": { "externalUserId": "wm2", "wxUserId": "wm2" } }
  ]
}
"#;

    fn start() -> Timestamp {
        "2026-03-02T09:30:00Z".parse().unwrap()
    }

    fn in_memory() -> Value {
        serde_json::to_value(parse(FILE, Format::Json, start()).unwrap()).unwrap()
    }

    fn read(sent: &Value) -> Scenario {
        parse(&sent.to_string(), Format::Json, start()).unwrap()
    }

    /// The file's text after a change. Asserts that it reads back as what was written.
    fn written(next: &Value) -> String {
        let text = rewrite(FILE, &read(next), start()).unwrap();
        let read = parse(&text, Format::Json, start()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), *next, "{text}");
        text
    }

    #[test]
    fn without_a_change_the_text_stays() {
        assert_eq!(written(&in_memory()), FILE);
    }

    #[test]
    fn what_did_not_change_keeps_its_text_and_its_relative_times() {
        let mut next = in_memory();
        let message = json!({ "from": "me", "time": "2026-03-02T09:31:00Z", "msgtype": "text", "text": { "content": "在" } });
        let messages = next["conversations"][0]["messages"].as_array_mut().unwrap();
        messages.push(message);
        let text = written(&next);
        assert!(text.contains(r#"{ "from": "them", "time": "35m ago", "msgtype": "text", "text": { "content": "在吗？" } }"#), "{text}");
        assert!(
            text.contains("\"$schema\": \"./scenario.schema.json\""),
            "{text}"
        );
        let second = FILE.find("{ \"id\": \"c2\"").unwrap();
        assert!(
            text.contains(FILE[second..].split(" }\n  ]").next().unwrap()),
            "{text}"
        );
        assert!(!text.contains("registration"), "defaults stay out: {text}");
    }

    /// As `JSON.stringify` writes it.
    fn of_a_browser(value: Value) -> Value {
        match value {
            Value::Number(number) => match number.as_f64() {
                #[allow(clippy::cast_possible_truncation)]
                Some(float) if float.fract() == 0.0 => json!(float as i64),
                _ => Value::Number(number),
            },
            Value::Array(items) => items.into_iter().map(of_a_browser).collect(),
            Value::Object(members) => {
                let members = members.into_iter();
                members.map(|(name, it)| (name, of_a_browser(it))).collect()
            }
            other => other,
        }
    }

    #[test]
    fn a_browser_that_changes_nothing_changes_nothing() {
        let next = of_a_browser(in_memory());
        assert_ne!(next, in_memory(), "some default is a float");
        assert_eq!(rewrite(FILE, &read(&next), start()).unwrap(), FILE);
    }

    #[test]
    fn conversations_are_added_removed_and_moved() {
        let mut next = in_memory();
        let list = next["conversations"].as_array_mut().unwrap();
        let mut third = list[1].clone();
        third["id"] = json!("c3");
        third["wxid"] = json!("w3");
        list.push(third);
        list.remove(0);
        list[0]["name"] = json!("周先生");
        let text = written(&next);
        assert!(!text.contains("林晓棠") && text.contains("周先生") && text.contains("\"c3\""));
    }
}

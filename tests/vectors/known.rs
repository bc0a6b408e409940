//! How a table of requests (`hub.json`) compares an answer with what a step expects. For the tests of every hub in Rust.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// What `{name}` stands for in the table.
pub struct Known(pub HashMap<String, Value>);

impl Known {
    pub fn filled(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
        })
    }

    pub fn compare_body(&mut self, step: &Value, actual: &Value, about: &str) {
        for (kind, exact) in [("json", true), ("has", false)] {
            if let Some(expected) = step.get(kind) {
                self.compare(actual, expected, exact, about);
            }
        }
    }

    /// A text that is only a `{name}` without a value yet matches anything, and the name gets that value.
    fn compare(&mut self, actual: &Value, expected: &Value, exact: bool, about: &str) {
        match expected {
            Value::String(text) => match text.strip_prefix('{').and_then(|it| it.strip_suffix('}'))
            {
                Some(name) if !self.0.contains_key(name) => {
                    self.0.insert(name.to_owned(), actual.clone());
                }
                _ => assert_eq!(actual, &Value::from(self.filled(text)), "{about}"),
            },
            Value::Object(members) => {
                if exact {
                    let names =
                        |object: &Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
                    let found = actual.as_object().map(names);
                    assert_eq!(found, Some(names(members)), "{about}");
                }
                for (name, value) in members {
                    // In a list, the names are positions.
                    let member = match name.parse::<usize>() {
                        Ok(position) if actual.is_array() => &actual[position],
                        _ => &actual[name],
                    };
                    self.compare(member, value, exact, about);
                }
            }
            // As in JSON, 0 and 0.0 are the same number.
            Value::Number(number) => assert_eq!(actual.as_f64(), number.as_f64(), "{about}"),
            _ => assert_eq!(actual, expected, "{about}"),
        }
    }
}

pub fn list(value: &Value) -> impl Iterator<Item = &str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

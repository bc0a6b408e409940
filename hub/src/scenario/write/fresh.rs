//! The text of values that the file did not have.

use serde_json::{Map, Value};

use crate::scenario::format::Format;

const STEP: &str = "  ";

/// How a file is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub format: Format,
    /// How its lines end.
    pub newline: &'static str,
}

impl Style {
    pub fn of(text: &str, format: Format) -> Self {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Style { format, newline }
    }

    /// In one line.
    pub fn inline(self, value: &Value) -> String {
        match value {
            Value::Object(members) if !members.is_empty() => {
                let members: Vec<String> = present(members)
                    .map(|(name, it)| self.member(name, &self.inline(it)))
                    .collect();
                format!("{{ {} }}", members.join(", "))
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|it| self.inline(it)).collect();
                format!("[{}]", items.join(", "))
            }
            other => self.scalar(&other.to_string()),
        }
    }

    /// Over several lines, of which the first is not indented. A list of plain values stays in one, and so does an inline table of TOML,
    /// which must.
    pub fn block(self, value: &Value, indent: &str) -> String {
        let inner = format!("{indent}{STEP}");
        let (open, parts, close) = match value {
            Value::Object(members) if !members.is_empty() && self.format == Format::Json => {
                let members = present(members)
                    .map(|(name, it)| self.member(name, &self.block(it, &inner)))
                    .collect();
                ("{", members, "}")
            }
            Value::Array(items) if items.iter().any(|it| it.is_object() || it.is_array()) => {
                let items = items.iter().map(|it| self.block(it, &inner));
                ("[", items.collect::<Vec<_>>(), "]")
            }
            other => return self.inline(other),
        };
        let newline = self.newline;
        let parts = parts.join(&format!(",{newline}{inner}"));
        format!("{open}{newline}{inner}{parts}{newline}{indent}{close}")
    }

    /// A name and the text of its value.
    pub fn member(self, name: &str, value: &str) -> String {
        let is_bare = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
        let quoted = || self.scalar(&Value::from(name).to_string());
        match self.format {
            Format::Json => format!("{}: {value}", quoted()),
            Format::Toml if !name.is_empty() && name.chars().all(is_bare) => {
                format!("{name} = {value}")
            }
            Format::Toml => format!("{} = {value}", quoted()),
        }
    }

    /// JSON's texts and numbers are TOML's too, but for this character.
    fn scalar(self, json: &str) -> String {
        match self.format {
            Format::Json => json.to_owned(),
            Format::Toml => json.replace('\u{7f}', "\\u007F"),
        }
    }
}

/// Without those that are null, which TOML has not, and lists that are empty, which a scenario need not have.
pub(super) fn present(members: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let is_empty = |it: &Value| it.is_null() || it.as_array().is_some_and(Vec::is_empty);
    members.iter().filter(move |it| !is_empty(it.1))
}

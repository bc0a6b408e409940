//! Reads a scenario from JSON or TOML, and reports the exact position of errors.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::DeTable;

use super::check::{self, check};
use super::field_path::{Fault, FieldPath};
use super::outline::locate;
use super::{MessageTime, Scenario};
use crate::tree;

pub use super::error::ScenarioError;
pub use super::format::Format;

/// Identifies the text of a scenario, also after a restart. The resolved scenario could not: its relative times resolve differently then.
#[must_use]
pub fn revision(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Reads and checks a scenario. Relative times of its messages are resolved against `now`.
///
/// # Errors
///
/// What is wrong with the text, and where.
pub fn parse(text: &str, format: Format, now: Timestamp) -> Result<Scenario, ScenarioError> {
    let mut scenario: Scenario = deserialize(text, format)?;
    check(&scenario)
        .and_then(|()| resolve_times(&mut scenario, now))
        .map_err(|fault| placed(text, format, fault))?;
    Ok(scenario)
}

/// Where a valid scenario differs from Juzi's console, with the positions in its text.
#[must_use]
pub fn warnings(text: &str, format: Format, scenario: &Scenario) -> Vec<ScenarioError> {
    let found = check::warnings(scenario).into_iter();
    found.map(|fault| placed(text, format, fault)).collect()
}

/// The error for a rule that the text breaks, with its position.
#[must_use]
pub fn placed(text: &str, format: Format, Fault { path, message }: Fault) -> ScenarioError {
    let text = without_mark(text);
    let place = locate(text, format, &path).map(|it| it.start);
    ScenarioError::at(text, place, Some(&path), message)
}

/// Reads a value from a text, with the position and the field of an error.
///
/// # Errors
///
/// What is wrong with the text, and where.
pub fn deserialize<T: DeserializeOwned>(text: &str, format: Format) -> Result<T, ScenarioError> {
    match format {
        Format::Json => from_json(without_mark(text)),
        Format::Toml => from_toml(without_mark(text)),
    }
}

/// Some editors put a byte order mark first.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, ScenarioError> {
    let tree = tree::from_json(text).map_err(|error| {
        let place = offset_of(text, error.line(), error.column());
        ScenarioError::at(text, Some(place), None, without_place(&error))
    })?;
    from_tree(tree, text, Format::Json)
}

fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, ScenarioError> {
    let table = DeTable::parse(text).map_err(|error| {
        let start = error.span().map(|it| it.start);
        ScenarioError::at(text, start, None, error.message().to_owned())
    })?;
    from_tree(tree::from_toml(table.get_ref()), text, Format::Toml)
}

fn from_tree<T: DeserializeOwned>(
    tree: Value,
    text: &str,
    format: Format,
) -> Result<T, ScenarioError> {
    tree::read(tree).map_err(|wrong| {
        let path = FieldPath::from(wrong.place);
        let place = locate(text, format, &path).map(|it| it.start);
        let path = Some(&path).filter(|it| !it.is_empty());
        ScenarioError::at(text, place, path, wrong.message)
    })
}

/// Removes the position from the end of serde_json's message. [`ScenarioError`] has separate fields for it.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}

fn resolve_times(scenario: &mut Scenario, now: Timestamp) -> Result<(), Fault> {
    for (i, conversation) in scenario.conversations.iter_mut().enumerate() {
        for (j, message) in conversation.messages.iter_mut().enumerate() {
            let at = message.time.resolve(now).ok_or_else(|| Fault {
                path: FieldPath::new()
                    .field("conversations")
                    .index(i)
                    .field("messages")
                    .index(j)
                    .field("time"),
                message: "is further back than the calendar reaches".to_owned(),
            })?;
            message.time = MessageTime::At(at);
        }
    }
    Ok(())
}

/// serde_json counts columns in bytes, from 1 (0 for a line's start).
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (line_start + column.saturating_sub(1)).min(text.len())
}

#[cfg(test)]
mod tests;

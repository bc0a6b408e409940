//! The text of a scenario file after a change.
//!
//! What did not change keeps its text: layout and comments, and the relative times of messages, which are points in time in memory.

use jiff::Timestamp;
use serde_json::Value;

use super::load::parse;
use super::outline::outline;
use super::{Format, Scenario, ScenarioError};
use edit::Editor;
use fresh::Style;

mod edit;
mod fresh;

/// The text of a file after a change. Relative times count from `start`. Old and new values are compared as the same types, because a
/// browser sends `0` for `0.0`.
///
/// # Errors
///
/// What is wrong with the old text, or that the change has no place in it.
pub fn rewrite(
    text: &str,
    format: Format,
    next: &Scenario,
    start: Timestamp,
) -> Result<String, ScenarioError> {
    let before = tree_of(&parse(text, format, start)?)?;
    let next = tree_of(next)?;
    let (mark, own) = match text.strip_prefix('\u{feff}') {
        Some(own) => ("\u{feff}", own),
        None => ("", text),
    };
    let root = outline(own, format).ok_or_else(no_place)?;
    let mut editor = Editor::new(own, Style::of(own, format));
    editor
        .change(&root, &before, &next)
        .map_err(|_| no_place())?;
    let written = format!("{mark}{}", editor.finish());
    // The file must say what was saved, whatever it looks like.
    let read = parse(&written, format, start).map_err(|_| no_place())?;
    match tree_of(&read)? == next {
        true => Ok(written),
        false => Err(no_place()),
    }
}

fn tree_of(scenario: &Scenario) -> Result<Value, ScenarioError> {
    serde_json::to_value(scenario)
        .map_err(|error| ScenarioError::unplaced(format!("cannot be written: {error}")))
}

fn no_place() -> ScenarioError {
    ScenarioError::unplaced("is written in a form that this change does not fit in; edit the file")
}

#[cfg(test)]
mod tests;

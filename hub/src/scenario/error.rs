//! What is wrong with a scenario, and where.

use std::fmt;

use serde::Serialize;

use super::field_path::FieldPath;

/// Why a scenario cannot be used, or a warning about one that can. Also the data of the `scenario-error` event, and of each warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScenarioError {
    /// One sentence, without the position.
    pub message: String,
    /// From 1. `None` if the error has no position, for example because the file cannot be read.
    pub line: Option<usize>,
    /// From 1, in characters.
    pub column: Option<usize>,
    /// The path of the field, like `conversations[2].contact.wxUserId`. `None` for syntax errors.
    pub field: Option<String>,
}

impl std::error::Error for ScenarioError {}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, "line {line}, column {column}: ")?;
        }
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl ScenarioError {
    /// An error that has no position, for example because the file cannot be read.
    pub fn unplaced(message: impl Into<String>) -> Self {
        ScenarioError {
            message: message.into(),
            line: None,
            column: None,
            field: None,
        }
    }

    pub(super) fn at(
        text: &str,
        offset: Option<usize>,
        field: Option<&FieldPath>,
        message: String,
    ) -> Self {
        let (line, column) = offset.map(|offset| line_and_column(text, offset)).unzip();
        ScenarioError {
            message,
            line,
            column,
            field: field.map(FieldPath::to_string),
        }
    }
}

fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let before = bytes.get(..offset).unwrap_or(bytes);
    let lines = before.split(|byte| *byte == b'\n').enumerate();
    let (lines_before, line_start) = lines.last().unwrap_or_default();
    let column = String::from_utf8_lossy(line_start).chars().count();
    (lines_before + 1, column + 1)
}

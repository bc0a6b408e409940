//! The languages for scenarios.

use std::path::Path;

use super::error::ScenarioError;

/// A language for scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// By its name `.json`.
    Json,
    /// By its name `.toml`. It may have comments, which a change keeps.
    Toml,
}

impl Format {
    /// The format that the file's extension names.
    ///
    /// # Errors
    ///
    /// For any other name.
    pub fn of(path: &Path) -> Result<Self, ScenarioError> {
        match path
            .extension()
            .and_then(|it| it.to_str())
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("json") => Ok(Format::Json),
            Some("toml") => Ok(Format::Toml),
            _ => Err(ScenarioError::unplaced(
                "the file's name must end in .json or .toml",
            )),
        }
    }
}

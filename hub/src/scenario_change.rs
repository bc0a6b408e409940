//! A scenario that the console saves to its file.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api_error::{ApiError, refusal, tree_of};
use crate::media::OwnMedia;
use crate::response::Response;
use crate::scenario::load::{self, Format, ScenarioError};
use crate::scenario::write;
use crate::tree;

/// A change to the scenario file. The caller reads the file, and writes what [`ScenarioChange::rewrite`] returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioChange {
    /// The scenario's file.
    pub file: PathBuf,
    pub(crate) format: Format,
    pub(crate) based: Based,
    pub(crate) start: Timestamp,
    pub(crate) media: OwnMedia,
}

/// A text for the scenario's file, and the answer once it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The whole new text of the file.
    pub text: String,
    /// The answer to the request.
    pub answer: Response,
}

/// The body of the request: a scenario, and the revision of the text that it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Based {
    revision: String,
    #[serde(skip)]
    scenario: Map<String, Value>,
}

impl Based {
    /// Parses the body. `serde(flatten)` would read every member twice, by code of its own.
    pub fn from_body(body: &[u8]) -> Result<Self, ApiError> {
        let tree = tree_of(body)?;
        let mut based: Based = tree::read(tree.clone()).map_err(refusal)?;
        if let Value::Object(members) = tree {
            based.scenario = members;
            based.scenario.shift_remove("revision");
        }
        Ok(based)
    }
}

impl ScenarioChange {
    /// `text` is the current text of the file, or why it cannot be read. Until the caller has written the result, nothing else may write
    /// the file. Otherwise two requests could both find the revision that they are based on, and the second would undo the first.
    ///
    /// # Errors
    ///
    /// The refusal, if the change must not be written.
    pub fn rewrite(&self, text: Result<&str, &ScenarioError>) -> Result<Rewritten, ApiError> {
        let next = serde_json::to_string(&self.based.scenario).unwrap_or_default();
        let mut next = load::parse(&next, Format::Json, self.start).map_err(invalid)?;
        self.media.to_file(&mut next);
        let text = text.map_err(|error| outdated(&error.to_string()))?;
        if load::revision(text) != self.based.revision {
            return Err(outdated("has changed in the meantime"));
        }
        let text = write::rewrite(text, self.format, &next, self.start)
            .map_err(|error| outdated(&error.to_string()))?;
        let answer = serde_json::json!({ "revision": load::revision(&text) });
        Ok(Rewritten {
            text,
            answer: Response::json(200, &answer),
        })
    }
}

fn invalid(error: ScenarioError) -> ApiError {
    ApiError::in_field(400, error.field.unwrap_or_default(), error.message)
}

fn outdated(why: &str) -> ApiError {
    let text = format!("the scenario file {why}; nothing was written");
    ApiError::new(409, text)
}

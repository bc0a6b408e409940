//! Refusals of the console's requests, and the parsing of their bodies.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::response::Response;
use crate::scenario::field_path::FieldPath;
use crate::tree::{self, Wrong};

/// A refusal, in the form that the console reads.
#[derive(Debug, Serialize)]
pub struct ApiError {
    #[serde(skip)]
    status: u16,
    error: String,
    field: Option<String>,
}

impl ApiError {
    /// A refusal with an HTTP status and a sentence.
    pub fn new(status: u16, error: impl Into<String>) -> Self {
        ApiError {
            status,
            error: error.into(),
            field: None,
        }
    }

    pub(crate) fn in_field(
        status: u16,
        field: impl Into<String>,
        error: impl Into<String>,
    ) -> Self {
        ApiError {
            status,
            error: error.into(),
            field: Some(field.into()).filter(|it| !it.is_empty()),
        }
    }

    pub(crate) fn no_conversation(field: &str, id: &str) -> Self {
        ApiError::in_field(404, field, format!("there is no conversation {id:?}"))
    }
}

impl From<ApiError> for Response {
    fn from(error: ApiError) -> Self {
        Response::json(error.status, &error)
    }
}

/// Parses a JSON body. An error names the field that is wrong.
///
/// # Errors
///
/// The refusal, if the body does not have the form of `T`.
pub fn from_body<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    tree::read(tree_of(body)?).map_err(refusal)
}

pub(crate) fn tree_of(body: &[u8]) -> Result<Value, ApiError> {
    let Ok(text) = std::str::from_utf8(body) else {
        return Err(ApiError::new(400, "the body is not UTF-8"));
    };
    tree::from_json(text).map_err(|error| ApiError::new(400, error.to_string()))
}

pub(crate) fn refusal(wrong: Wrong) -> ApiError {
    let path = FieldPath::from(wrong.place).to_string();
    ApiError::in_field(400, path, wrong.message)
}

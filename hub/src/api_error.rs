//! Refusals of the console's requests, and the parsing of their bodies.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::response::Response;

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
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(body)).map_err(
        |error| {
            let path = error.path().to_string();
            let field = if path == "." { "" } else { &path };
            ApiError::in_field(400, field, error.inner().to_string())
        },
    )
}

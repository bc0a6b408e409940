//! An answer of the hub.

use serde::Serialize;

/// What the caller sends back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Each name once, in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Text in UTF-8. A server leaves it out of the answer to HEAD.
    pub body: String,
}

impl Response {
    /// Without a body.
    pub(crate) fn empty(status: u16) -> Self {
        let nosniff = ("x-content-type-options", "nosniff".to_owned());
        Response {
            status,
            headers: vec![nosniff],
            body: String::new(),
        }
    }

    pub(crate) fn text(status: u16, content_type: &str, body: String) -> Self {
        let response = Response::empty(status).with("content-type", content_type);
        Response { body, ..response }
    }

    pub(crate) fn json(status: u16, value: &impl Serialize) -> Self {
        match serde_json::to_string(value) {
            Ok(text) => Response::text(status, "application/json", text),
            Err(error) => Response::text(500, "text/plain; charset=utf-8", error.to_string()),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// For an answer that is valid only now, or that contains a code.
    pub(crate) fn not_stored(self) -> Self {
        self.with("cache-control", "no-store")
    }

    /// The header with this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut named = self.headers.iter().filter(|it| it.0 == name);
        named.next().map(|it| it.1.as_str())
    }
}

//! What came of a request for the page.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

/// The page's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// In the order in which they came, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The beginning, with what is not UTF-8 replaced.
    pub body: String,
    /// Why not everybody trusts the server's certificate. `None` if everybody does, or where there is none.
    pub certificate: Option<String>,
}

impl Answer {
    /// A header's values, joined as HTTP allows.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let values: Vec<_> = self.texts(name).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub(crate) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.headers.iter().filter(move |it| it.0 == name);
        named.map(|it| it.1.trim())
    }

    pub(crate) fn succeeds(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn redirects(&self) -> bool {
        (300..400).contains(&self.status)
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// No server answers there.
    Unreachable(Unreachable),
    /// `http:`, but the server speaks TLS at this port.
    TlsOnPlain {
        /// The address that would work.
        url: String,
    },
    /// `https:`, but the server speaks plain HTTP at this port.
    PlainOnTls {
        /// The address that would work.
        url: String,
    },
}

/// Why no server answers there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreachable {
    /// In a word.
    pub reason: Reason,
    /// The system's words.
    pub detail: String,
}

/// What keeps a server from answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Nobody listens there.
    Refused,
    /// It takes too long.
    Timeout,
    /// The name has no address.
    Name,
    /// The connection broke off.
    Reset,
    /// What the detail says.
    Other,
}

impl Unreachable {
    /// For a reason that has no name.
    pub fn other(detail: impl Into<String>) -> Self {
        Unreachable {
            reason: Reason::Other,
            detail: detail.into(),
        }
    }

    /// After this long.
    #[must_use]
    pub fn timed_out(after: Duration) -> Self {
        Unreachable {
            reason: Reason::Timeout,
            detail: format!("no answer within {} s", after.as_secs()),
        }
    }
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

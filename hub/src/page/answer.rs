//! The result of a request for the page.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

/// The page's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// In the order received, with their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The beginning of the body. Bytes that are not UTF-8 are replaced.
    pub body: String,
    /// Why the server's certificate is not trusted everywhere. `None` if it is, or if there is no certificate.
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
    /// The kind of failure.
    pub reason: Reason,
    /// The operating system's message.
    pub detail: String,
}

/// What keeps a server from answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// No program listens there.
    Refused,
    /// The server takes too long.
    Timeout,
    /// The host name has no address.
    Name,
    /// The connection broke off.
    Reset,
    /// Something else: see the detail.
    Other,
}

impl Unreachable {
    /// A failure that is none of the named kinds.
    pub fn other(detail: impl Into<String>) -> Self {
        Unreachable {
            reason: Reason::Other,
            detail: detail.into(),
        }
    }

    /// A server that did not answer within this time.
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

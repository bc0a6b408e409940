//! What can be wrong with a page.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::answer::{NoAnswer, Unreachable};

/// A problem that was found, and how serious it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    #[serde(flatten)]
    pub(super) problem: Problem,
    pub(super) severity: Severity,
}

/// `error x-frame-options (value: DENY)`, for the command line. The console has whole sentences.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = serde_json::to_value(self).unwrap_or_default();
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let member = |name| told.get(name).map(text).unwrap_or_default();
        write!(f, "{} {}", member("severity"), member("code"))?;
        let params = told.get("params").and_then(Value::as_object);
        let params = params.into_iter().flatten();
        let params: Vec<_> = params
            .map(|(name, value)| format!("{name}: {}", text(value)))
            .collect();
        match params.is_empty() {
            true => Ok(()),
            false => write!(f, " ({})", params.join(", ")),
        }
    }
}

/// Ordered from the most serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Severity {
    /// The page cannot work in the console.
    Error,
    /// Part of the page cannot work, or the page will not work in the real console.
    Warning,
    Note,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "code",
    content = "params",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub(super) enum Problem {
    Unreachable(Unreachable),
    /// `http:`, but the server speaks TLS at this port. `url` is the address that would work.
    TlsOnPlain {
        url: String,
    },
    /// `https:`, but the server speaks plain HTTP at this port.
    PlainOnTls {
        url: String,
    },
    Certificate {
        detail: String,
    },
    Status {
        status: u16,
    },
    /// The page starts its login at this workbench's hub.
    RedirectLogin {
        origin: String,
    },
    /// The page starts its login at another hub. `hub` is this workbench's.
    RedirectOtherHub {
        origin: String,
        hub: String,
    },
    /// A redirect to the same origin. The check followed it.
    Redirect {
        location: String,
    },
    /// A redirect to the same origin, after as many as the check follows.
    RedirectLoop {
        location: String,
    },
    RedirectAway {
        location: String,
        origin: String,
    },
    XFrameOptions {
        value: String,
    },
    FrameAncestors {
        value: String,
        console: String,
    },
    NotHtml {
        content_type: String,
    },
    NoHelper {},
    /// The HTML names no helper, but one of its scripts may contain one.
    HelperUnseen {},
    CookieBlocked {
        name: String,
        same_site: String,
    },
    CookieInsecure {
        name: String,
    },
    CookieThirdParty {
        name: String,
    },
    /// An inline script sets this cookie, which gets lost in the frame.
    CookieByScript {
        name: String,
    },
    SameOrigin {
        origin: String,
    },
    SameSite {
        host: String,
    },
    NoReferrer {
        value: String,
    },
    /// The page loads the helper and makes no call. `write` is what its script tag most likely lacks.
    NoCall {
        write: &'static str,
    },
}

impl Problem {
    fn severity(&self) -> Severity {
        use Problem::*;
        match self {
            Unreachable(_) | TlsOnPlain { .. } | PlainOnTls { .. } | Status { .. } => {
                Severity::Error
            }
            XFrameOptions { .. } | FrameAncestors { .. } => Severity::Error,
            Certificate { .. } | RedirectOtherHub { .. } | RedirectAway { .. } => Severity::Warning,
            NotHtml { .. } | NoHelper {} | NoReferrer { .. } => Severity::Warning,
            CookieBlocked { .. } | CookieInsecure { .. } => Severity::Warning,
            CookieByScript { .. } | RedirectLoop { .. } => Severity::Warning,
            SameOrigin { .. } | SameSite { .. } | NoCall { .. } => Severity::Warning,
            RedirectLogin { .. } | Redirect { .. } | HelperUnseen {} => Severity::Note,
            CookieThirdParty { .. } => Severity::Note,
        }
    }
}

/// The finding about a page that makes no call.
#[must_use]
pub fn no_call() -> Finding {
    let write = "data-user-agent=\"wxwork\"";
    Problem::NoCall { write }.into()
}

impl From<NoAnswer> for Problem {
    fn from(why: NoAnswer) -> Self {
        match why {
            NoAnswer::Unreachable(why) => Problem::Unreachable(why),
            NoAnswer::TlsOnPlain { url } => Problem::TlsOnPlain { url },
            NoAnswer::PlainOnTls { url } => Problem::PlainOnTls { url },
        }
    }
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        Finding {
            severity: problem.severity(),
            problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Unreachable as Why;
    use super::*;

    /// One of each. Because of the match, a new variant does not compile until it is added here.
    fn one_of_each() -> Vec<Problem> {
        use Problem::*;
        let x = || "x".to_owned();
        let all = vec![
            Unreachable(Why::other("x")),
            TlsOnPlain { url: x() },
            PlainOnTls { url: x() },
            Certificate { detail: x() },
            Status { status: 500 },
            RedirectLogin { origin: x() },
            RedirectOtherHub {
                origin: x(),
                hub: x(),
            },
            Redirect { location: x() },
            RedirectAway {
                location: x(),
                origin: x(),
            },
            XFrameOptions { value: x() },
            FrameAncestors {
                value: x(),
                console: x(),
            },
            NotHtml { content_type: x() },
            NoHelper {},
            HelperUnseen {},
            CookieBlocked {
                name: x(),
                same_site: x(),
            },
            CookieInsecure { name: x() },
            CookieThirdParty { name: x() },
            CookieByScript { name: x() },
            RedirectLoop { location: x() },
            SameOrigin { origin: x() },
            SameSite { host: x() },
            NoReferrer { value: x() },
            NoCall { write: "x" },
        ];
        for problem in &all {
            match problem {
                Unreachable(_) | TlsOnPlain { .. } | PlainOnTls { .. } | Certificate { .. } => {}
                Status { .. } | RedirectLogin { .. } | RedirectOtherHub { .. } => {}
                Redirect { .. } | RedirectAway { .. } | XFrameOptions { .. } => {}
                FrameAncestors { .. } | NotHtml { .. } | NoHelper {} | HelperUnseen {} => {}
                CookieBlocked { .. } | CookieInsecure { .. } | CookieThirdParty { .. } => {}
                SameOrigin { .. } | SameSite { .. } | NoReferrer { .. } => {}
                NoCall { .. } | CookieByScript { .. } | RedirectLoop { .. } => {}
            }
        }
        all
    }

    #[test]
    fn every_finding_has_a_text_in_both_languages() {
        for problem in one_of_each() {
            let problem = serde_json::to_value(problem).unwrap();
            crate::console_texts::assert_text("page.finding", &problem);
        }
    }
}

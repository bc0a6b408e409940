//! The errors of calls and of the setup.

use core::fmt;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::error::{Fault, Path};
use crate::message::SendParams;

/// Why a call failed.
///
/// ```
/// use juzi_helper::client::{CallError, Juzi};
///
/// async fn greeting(juzi: &Juzi) -> String {
///     match juzi.current_contact().await {
///         Ok(contact) => format!("customer {}", contact.user_id),
///         Err(CallError::NotInSidebar) => "open this page in the sidebar".into(),
///         Err(CallError::Timeout) => "no answer, please try again".into(),
///         Err(error) => error.to_string(),
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallError {
    /// The page is not in the sidebar. [`Juzi::env`](super::Juzi::env) says why.
    NotInSidebar,
    /// The host did not answer in time.
    Timeout,
    /// The call could not be posted to the host, or `allowed_hosts` does not have the host.
    HostUnreachable {
        /// Why; may be empty.
        reason: String,
    },
    /// The host answered with a failure.
    Rejected {
        /// The host's reason; may be empty.
        reason: String,
    },
    /// A parameter is wrong. Nothing was posted.
    Invalid {
        /// The parameter, such as `text.content` or `messages[2].image.url`.
        field: String,
        /// What it must be, such as `a string that is not empty`.
        expected: String,
    },
    /// Another conversation is open than the one that the call was about. Nothing was sent.
    ConversationChanged,
    /// The signal given to [`Juzi::with_signal`](super::Juzi::with_signal) ended the call.
    Aborted,
    /// The helper in the page does not have this call.
    Unsupported,
    /// The call succeeded, but its answer lacks a member, or has one in another form.
    Unreadable {
        /// What is wrong with the answer.
        reason: String,
    },
    /// The helper cannot run, or failed.
    Internal {
        /// What failed.
        reason: String,
    },
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, reason) = match self {
            Self::NotInSidebar => ("the page is not in the sidebar", ""),
            Self::Timeout => ("the host did not answer in time", ""),
            Self::HostUnreachable { reason } => ("the host cannot be reached", reason.as_str()),
            Self::Rejected { reason } => ("the host rejected the call", reason.as_str()),
            Self::Invalid { field, expected } => return write!(f, "{field} must be {expected}"),
            Self::ConversationChanged => ("another conversation is open now", ""),
            Self::Aborted => ("the call was aborted", ""),
            Self::Unsupported => ("the helper does not have this call", ""),
            Self::Unreadable { reason } => ("the answer cannot be read", reason.as_str()),
            Self::Internal { reason } => ("internal error", reason.as_str()),
        };
        with_reason(f, what, reason)
    }
}

impl core::error::Error for CallError {}

impl CallError {
    /// Converts what the promise of a call rejects with: a `JuziError`, or any value from another helper.
    pub(super) fn from_rejection(thrown: &JsValue) -> Self {
        let err_msg = text_of(thrown, "err_msg").or_else(|| text_of(thrown, "message"));
        let Some(err_msg) = err_msg.or_else(|| thrown.as_string()) else {
            return Self::internal("the call failed without a reason");
        };
        let reason = after(&err_msg, ":fail");
        let code = text_of(thrown, "code").unwrap_or_default();
        match code.as_str() {
            "not_in_sidebar" => Self::NotInSidebar,
            "timeout" => Self::Timeout,
            "host_unreachable" => Self::HostUnreachable {
                reason: after(reason, "host unreachable").into(),
            },
            "fail" => Self::Rejected {
                reason: reason.into(),
            },
            "aborted" => Self::Aborted,
            "function_not_exist" => Self::Unsupported,
            _ => Self::internal(reason),
        }
    }

    pub(super) fn internal(reason: impl Into<String>) -> Self {
        Self::Internal {
            reason: reason.into(),
        }
    }

    /// Converts the fault of a parameter. A fault about a URL does not name its member; `messages`, which were to be sent, supply it.
    pub(super) fn from_fault(fault: &Fault, messages: &[SendParams]) -> Self {
        let (field, expected) = match fault {
            Fault::InMessage(index, fault) => {
                let at = usize::try_from(*index).unwrap_or(usize::MAX);
                let (field, expected) = explain(fault, messages.get(at));
                (format!("messages[{index}].{field}"), expected)
            }
            fault => explain(fault, messages.first()),
        };
        Self::Invalid { field, expected }
    }
}

/// The member that a fault is about, and what it must be.
fn explain(fault: &Fault, message: Option<&SendParams>) -> (String, String) {
    match fault {
        Fault::TextEmpty => ("text.content".into(), NOT_EMPTY.into()),
        Fault::UrlEmpty => (message.map_or("url", address).into(), NOT_EMPTY.into()),
        Fault::Empty(path) | Fault::Required(path) => (path.render(), required(*path).into()),
        Fault::Foreign(path, _) => (path.render(), NOT_EMPTY.into()),
        Fault::Expected(path, what) => (path.render(), (*what).into()),
        Fault::Start(path, start) => (path.render(), format!("a string that starts with {start}")),
        // The types of this module allow no other fault.
        other => ("params".into(), format!("valid: {other}")),
    }
}

const NOT_EMPTY: &str = "a string that is not empty";

fn required(path: Path) -> &'static str {
    match path {
        Path::Name("urls" | "messages") => "a list that is not empty",
        _ => NOT_EMPTY,
    }
}

/// The member with a message's URL.
fn address(message: &SendParams) -> &'static str {
    match message {
        SendParams::Image { .. } => "image.url",
        SendParams::Video { .. } => "video.url",
        SendParams::File { .. } => "file.url",
        SendParams::News { .. } => "news.link",
        SendParams::Text { .. } | SendParams::Miniprogram { .. } => "url",
    }
}

/// The part of a text after a mark, without the colon and the space between; the whole text if it lacks the mark.
fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    let rest = text.split_once(mark).map_or(text, |(_, rest)| rest);
    rest.trim_start_matches(':').trim()
}

/// A member that is a string. A getter may throw.
pub(super) fn text_of(value: &JsValue, name: &str) -> Option<String> {
    Reflect::get(value, &name.into()).ok()?.as_string()
}

fn with_reason(f: &mut fmt::Formatter<'_>, what: &str, reason: &str) -> fmt::Result {
    match reason {
        "" => f.write_str(what),
        reason => write!(f, "{what}: {reason}"),
    }
}

/// Why there is no helper to call.
///
/// ```
/// use juzi_helper::client::{Juzi, SetupError};
///
/// match Juzi::attach() {
///     Err(SetupError::NoHelper) => { /* The page has no script tag with juzi-helper.js. */ }
///     Err(SetupError::NoWindow) => { /* A server renders the page. */ }
///     Err(error) => eprintln!("{error}"),
///     Ok(juzi) => { /* … */ }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetupError {
    /// There is no window: this is a worker or a server.
    NoWindow,
    /// `window.juziWx` is missing, or is not a helper.
    NoHelper,
    /// An option is malformed. Nothing was installed.
    InvalidOption {
        /// The option, and what it must be.
        reason: String,
    },
    /// The browser refused an operation.
    Internal {
        /// What failed.
        reason: String,
    },
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, reason) = match self {
            Self::NoWindow => ("there is no window", ""),
            Self::NoHelper => ("there is no helper in window.juziWx", ""),
            Self::InvalidOption { reason } => ("invalid option", reason.as_str()),
            Self::Internal { reason } => ("internal error", reason.as_str()),
        };
        with_reason(f, what, reason)
    }
}

impl core::error::Error for SetupError {}

impl SetupError {
    /// Converts an exception of the browser.
    pub(super) fn from_thrown(thrown: &JsValue) -> Self {
        let message = text_of(thrown, "message").or_else(|| thrown.as_string());
        Self::Internal {
            reason: message.unwrap_or_default(),
        }
    }
}

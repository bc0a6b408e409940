//! What can be wrong with a call, and the one place where it becomes text (spec sections 5 and 6).
//!
//! Written by hand, without `format!`: the formatting machinery alone is kilobytes of WebAssembly.

use crate::atoms::{Atom, MESSAGE_TYPES};
use crate::value::Thrown;

/// Why a call failed. [`Fault::reason`] is the text after `<api>:fail `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A text message without text. Rendered bare, without the API's name, as the original helper does.
    TextEmpty,
    /// A medium or a link without its address. Rendered bare, as the original helper does.
    UrlEmpty,
    /// `msgtype` is not one of the six; what was given instead.
    MessageType(String),
    /// A member that must be there is not.
    Required(String),
    /// A member that must not be empty is.
    Empty(String),
    /// A member that must be something else: its path, and what was expected, with its article.
    Expected(String, &'static str),
    /// A getter of the caller's threw; its message.
    Thrown(String),
    /// One of the fixed reasons of spec section 6.
    NotInSidebar,
    /// No answer in time.
    Timeout,
    /// No such call.
    FunctionNotExist,
    /// Posting failed, or is not allowed; why, where there is more to say.
    HostUnreachable(&'static str),
    /// The fault of one message of several; its place, counted from 0.
    InMessage(u32, Box<Fault>),
}

impl Fault {
    /// Whether the text stands alone, without `<api>:fail ` before it.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        matches!(self, Self::TextEmpty | Self::UrlEmpty)
    }

    /// The text after `<api>:fail `.
    ///
    /// ```
    /// use juzi_helper::error::Fault;
    /// assert_eq!(Fault::Required("text".into()).reason(), "text is required");
    /// ```
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::TextEmpty => "text content is empty".into(),
            Self::UrlEmpty => "url is empty".into(),
            Self::MessageType(given) => message_type(given),
            Self::Required(path) => path.clone() + " is required",
            Self::Empty(path) => path.clone() + " is empty",
            Self::Expected(path, expected) => path.clone() + " must " + expected,
            Self::Thrown(message) => message.clone(),
            Self::NotInSidebar => "not in sidebar".into(),
            Self::Timeout => "timeout".into(),
            Self::FunctionNotExist => "function not exist".into(),
            Self::HostUnreachable("") => "host unreachable".into(),
            Self::HostUnreachable(why) => String::from("host unreachable: ") + why,
            Self::InMessage(index, fault) => {
                item(Atom::text(crate::atoms::MESSAGES), *index) + ": " + &fault.reason()
            }
        }
    }
}

impl From<Thrown> for Fault {
    fn from(thrown: Thrown) -> Self {
        Self::Thrown(thrown.0)
    }
}

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.reason())
    }
}

impl core::error::Error for Fault {}

/// `list[index]`.
pub(crate) fn item(list: &str, index: u32) -> String {
    String::from(list) + "[" + &decimal(index) + "]"
}

/// A whole number in decimal.
fn decimal(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        // A remainder by 10 fits a byte.
        digits.push(b'0' + u8::try_from(number % 10).unwrap_or_default());
        number /= 10;
        if number == 0 {
            break;
        }
    }
    digits
        .iter()
        .rev()
        .map(|digit| char::from(*digit))
        .collect()
}

fn message_type(given: &str) -> String {
    let mut text = String::from("msgtype must be one of ");
    for atom in MESSAGE_TYPES {
        text += atom.text();
        text += ", ";
    }
    text + "but " + given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 1, 9, 10, 42, 1_000, u32::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn a_wrong_msgtype_is_told_what_was_given_and_the_six() {
        assert_eq!(
            Fault::MessageType("is \"voice\"".into()).reason(),
            "msgtype must be one of text, image, video, file, news, miniprogram, but is \"voice\""
        );
    }

    #[test]
    fn only_the_two_texts_of_the_original_are_bare() {
        assert!(Fault::TextEmpty.is_bare() && Fault::UrlEmpty.is_bare());
        assert!(!Fault::InMessage(2, Box::new(Fault::UrlEmpty)).is_bare());
        assert_eq!(
            Fault::InMessage(2, Box::new(Fault::UrlEmpty)).reason(),
            "messages[2]: url is empty"
        );
    }
}

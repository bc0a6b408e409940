//! What can be wrong with a call, and the one place where it becomes text (spec sections 5 and 6).
//!
//! Written by hand, without `format!`: the formatting machinery alone is kilobytes of WebAssembly.

use crate::atoms::{Atom, MESSAGE_TYPES, MESSAGES};
use crate::value::{Kind, Value};

/// Which part of the caller's input a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// `urls`
    Name(Atom),
    /// `text.content`
    Member(Atom, Atom),
    /// `urls[2]`
    Item(Atom, u32),
    /// `externalUserIds or chatId`
    Either(Atom, Atom),
}

impl Path {
    fn write(self, text: &mut String) {
        match self {
            Self::Name(name) => *text += name.text(),
            Self::Member(object, name) => join(text, object, ".", name),
            Self::Either(one, other) => join(text, one, " or ", other),
            Self::Item(list, index) => {
                add(text, list.text());
                add(text, "[");
                decimal(text, index);
                add(text, "]");
            }
        }
    }
}

/// Appends. In a function of its own, since the code for growing a text would stand at every place otherwise.
#[inline(never)]
fn add(text: &mut String, more: &str) {
    text.push_str(more);
}

fn join(text: &mut String, one: Atom, between: &str, other: Atom) {
    add(text, one.text());
    add(text, between);
    add(text, other.text());
}

/// What is wrong with a call, an option, or the way to the host. [`Fault::reason`] puts it into words.
///
/// It refers to the caller's values rather than copying them, so that in the browser nothing has to be allocated or freed on
/// its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<V> {
    /// A text message without text. Rendered bare, without the API's name, as the original helper does.
    TextEmpty,
    /// A medium or a link without its address. Rendered bare, as the original helper does.
    UrlEmpty,
    /// The parameters of a message are no object; what they are.
    Params(V),
    /// `msgtype` is not one of the six; what it is.
    MessageType(V),
    /// A member that must be there is not.
    Required(Path),
    /// A member that must not be empty is.
    Empty(Path),
    /// The same, in a message that is complete in WeCom's form; why that cannot be carried over.
    Foreign(Path, &'static str),
    /// A member that must be something else, and what: `be a string`.
    Expected(Path, &'static str),
    /// An entry of `allowedHosts` that is no origin.
    Origin(V),
    /// What the caller's getter threw, or another reason that comes as text.
    Thrown(V),
    /// Outside the sidebar. This and the next three are the fixed reasons of spec section 6.
    NotInSidebar,
    /// No answer in time.
    Timeout,
    /// No such call.
    FunctionNotExist,
    /// Posting failed, or is not allowed; why, where there is more to say.
    HostUnreachable(&'static str),
}

/// A fault, and of several messages the one that has it, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InMessage<V>(pub Option<u32>, pub Fault<V>);

impl<V> From<Fault<V>> for InMessage<V> {
    fn from(fault: Fault<V>) -> Self {
        Self(None, fault)
    }
}

impl<V: Value> InMessage<V> {
    /// Whether the text stands alone, without `<api>:fail ` before it.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        matches!(self, Self(None, Fault::TextEmpty | Fault::UrlEmpty))
    }

    /// The text after `<api>:fail `.
    #[must_use]
    pub fn reason(&self) -> String {
        let mut text = String::new();
        if let Some(index) = self.0 {
            Path::Item(MESSAGES, index).write(&mut text);
            add(&mut text, ": ");
        }
        self.1.write(&mut text);
        text
    }
}

impl<V: Value> Fault<V> {
    /// The text after `<api>:fail `.
    ///
    /// ```
    /// use juzi_helper::{atoms, error::{Fault, Path}};
    /// let fault = Fault::<serde_json::Value>::Required(Path::Name(atoms::TEXT));
    /// assert_eq!(fault.reason(), "text is required");
    /// ```
    #[must_use]
    pub fn reason(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        // What comes before the words, the words, and what comes after.
        let (path, words, more): (_, &str, &str) = match self {
            Self::TextEmpty => (None, "text content is empty", ""),
            Self::UrlEmpty => (None, "url is empty", ""),
            Self::NotInSidebar => (None, "not in sidebar", ""),
            Self::Timeout => (None, "timeout", ""),
            Self::FunctionNotExist => (None, "function not exist", ""),
            Self::HostUnreachable("") => (None, "host unreachable", ""),
            Self::HostUnreachable(why) => (None, "host unreachable: ", why),
            Self::Required(path) => (Some(path), " is required", ""),
            Self::Empty(path) => (Some(path), " is empty", ""),
            Self::Foreign(path, why) => (Some(path), " is empty: ", *why),
            Self::Expected(path, expected) => (Some(path), " must ", *expected),
            Self::Params(given) => return message_type(text, "params", given),
            Self::MessageType(given) => return message_type(text, "it", given),
            Self::Thrown(message) => return add(text, &message.to_text()),
            Self::Origin(given) => {
                add(text, "allowedHosts: ");
                describe(text, given);
                (
                    None,
                    " is not an origin such as https://a.example.com or https://*.example.com",
                    "",
                )
            }
        };
        if let Some(path) = path {
            path.write(text);
        }
        add(text, words);
        add(text, more);
    }
}

impl<V: Value> core::fmt::Display for Fault<V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.reason())
    }
}

impl<V: Value> core::fmt::Display for InMessage<V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.reason())
    }
}

impl<V: Value + core::fmt::Debug> core::error::Error for Fault<V> {}

impl<V: Value + core::fmt::Debug> core::error::Error for InMessage<V> {}

fn message_type<V: Value>(text: &mut String, what: &str, given: &V) {
    add(text, "msgtype must be one of ");
    for atom in MESSAGE_TYPES {
        add(text, atom.text());
        add(text, ", ");
    }
    add(text, "but ");
    add(text, what);
    add(text, " is ");
    describe(text, given);
}

/// The caller's value: the beginning of a text in quotes, anything else by its kind.
fn describe<V: Value>(text: &mut String, given: &V) {
    /// In bytes.
    const LONGEST: usize = 40;
    if given.kind() != Kind::Text {
        add(text, given.kind().noun());
        return;
    }
    let given = given.to_text();
    let mut end = given.len().min(LONGEST);
    while !given.is_char_boundary(end) {
        end -= 1;
    }
    *text += "\"";
    add(text, given.get(..end).unwrap_or_default());
    add(text, if end < given.len() { "…\"" } else { "\"" });
}

/// A whole number in decimal.
fn decimal(text: &mut String, number: u32) {
    if number > 9 {
        decimal(text, number / 10);
    }
    let digit = (number % 10) as usize;
    add(text, "0123456789".get(digit..=digit).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    type Value = serde_json::Value;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 1, 9, 10, 42, 1_000, u32::MAX] {
            let mut text = String::new();
            decimal(&mut text, number);
            assert_eq!(text, number.to_string());
        }
    }

    #[test]
    fn a_wrong_msgtype_is_told_what_was_given_and_the_six() {
        assert_eq!(
            Fault::<Value>::MessageType("voice".into()).reason(),
            "msgtype must be one of text, image, video, file, news, miniprogram, but it is \"voice\""
        );
    }

    #[test]
    fn only_the_two_texts_of_the_original_are_bare() {
        assert!(InMessage::<Value>(None, Fault::TextEmpty).is_bare());
        assert!(InMessage::<Value>(None, Fault::UrlEmpty).is_bare());
        let third = InMessage::<Value>(Some(2), Fault::UrlEmpty);
        assert!(!third.is_bare());
        assert_eq!(third.reason(), "messages[2]: url is empty");
    }
}

//! What can be wrong with a call, and the one place where it becomes text (spec sections 5 and 6).
//!
//! A text is put together of atoms and of the caller's own values, in JavaScript: the module holds no text for it and
//! allocates none.

use crate::atoms::{
    ALLOWED_HOSTS, Atom, CLOSING, COLON, DOT, FUNCTION_NOT_EXIST, HOST_UNREACHABLE, IS_EMPTY,
    IS_EMPTY_BECAUSE, IS_NO_ORIGIN, IS_REQUIRED, IT_IS, MESSAGE_TYPE_MUST_BE, MESSAGES, MUST_BE,
    MUST_START, NO_HOSTS, NOT_IN_SIDEBAR, OPENING, OR, PARAMS_ARE, TEXT_IS_EMPTY, TIMEOUT,
    URL_IS_EMPTY,
};
use crate::value::{Kind, Value};

/// Which part of the caller's input a fault is about.
///
/// ```
/// use juzi_helper::{atoms, error::{Fault, Path}};
///
/// let reason = |path| Fault::<serde_json::Value>::Required(path).reason();
/// assert_eq!(reason(Path::Name(atoms::URLS)), "urls is required");
/// assert_eq!(reason(Path::Member(atoms::TEXT, atoms::CONTENT)), "text.content is required");
/// assert_eq!(reason(Path::Item(atoms::URLS, 2)), "urls[2] is required");
/// assert_eq!(reason(Path::Either(atoms::EXTERNAL_USER_IDS, atoms::CHAT_ID)), "externalUserIds or chatId is required");
/// ```
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
    fn render<V: Value>(self) -> V {
        match self {
            Self::Name(name) => V::atom(name),
            Self::Member(object, name) => join(object, DOT, name),
            Self::Either(one, other) => join(one, OR, other),
            Self::Item(list, index) => join::<V>(list, OPENING, index).concat(&V::atom(CLOSING)),
        }
    }
}

/// An atom, or the index of an item.
trait Part {
    fn part<V: Value>(self) -> V;
}

impl Part for Atom {
    fn part<V: Value>(self) -> V {
        V::atom(self)
    }
}

impl Part for u32 {
    fn part<V: Value>(self) -> V {
        // No list that a browser can hold is longer.
        V::number(i32::try_from(self).unwrap_or(i32::MAX))
    }
}

fn join<V: Value>(one: Atom, between: Atom, other: impl Part) -> V {
    V::atom(one).concat(&V::atom(between)).concat(&other.part())
}

/// What is wrong with a call, an option, or the way to the host. [`Fault::render`] puts it into words.
///
/// It refers to the caller's values rather than copying them, so that in the browser nothing has to be allocated or freed on
/// its way out.
///
/// ```
/// use juzi_helper::{error::Fault, message};
/// use serde_json::json;
///
/// let fault = message::check(&json!({ "msgtype": "voice" })).unwrap_err();
/// assert_eq!(fault, Fault::MessageType(json!("voice")));
/// assert_eq!(
///     fault.to_string(),
///     "msgtype must be one of text, image, video, file, news, miniprogram, but it is \"voice\"",
/// );
/// ```
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
    Foreign(Path, Atom),
    /// A member that must be something else, and what: `a string`.
    Expected(Path, Atom),
    /// A text that must start otherwise, and how.
    Start(Path, Atom),
    /// An entry of `allowedHosts` that is no origin.
    Origin(V),
    /// `allowedHosts` is given and has nothing usable in it.
    NoHosts,
    /// What the caller's getter threw, or another reason that comes as text.
    Thrown(V),
    /// Outside the sidebar. This and the next three are the fixed reasons of spec section 6.
    NotInSidebar,
    /// No answer in time.
    Timeout,
    /// No such call.
    FunctionNotExist,
    /// Posting failed, or is not allowed; why, where there is more to say.
    HostUnreachable(Option<Atom>),
}

/// A fault, and of several messages the one that has it, counted from 0.
///
/// ```
/// use juzi_helper::error::{Fault, InMessage};
///
/// let fault = InMessage::<serde_json::Value>(Some(2), Fault::UrlEmpty);
/// assert_eq!(fault.to_string(), "messages[2]: url is empty");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InMessage<V>(pub Option<u32>, pub Fault<V>);

impl<V> From<Fault<V>> for InMessage<V> {
    fn from(fault: Fault<V>) -> Self {
        Self(None, fault)
    }
}

impl<V: Value> InMessage<V> {
    /// Whether the text stands alone, without `<api>:fail ` before it.
    ///
    /// ```
    /// use juzi_helper::error::{Fault, InMessage};
    ///
    /// let alone = |fault| InMessage::<serde_json::Value>::from(fault).is_bare();
    /// assert!(alone(Fault::TextEmpty));
    /// assert!(!alone(Fault::Timeout));
    /// ```
    #[must_use]
    pub fn is_bare(&self) -> bool {
        matches!(self, Self(None, Fault::TextEmpty | Fault::UrlEmpty))
    }

    /// The text after `<api>:fail `.
    ///
    /// ```
    /// use juzi_helper::error::{Fault, InMessage};
    /// use serde_json::json;
    ///
    /// let fault = InMessage::<serde_json::Value>(Some(0), Fault::TextEmpty);
    /// assert_eq!(fault.render(), json!("messages[0]: text content is empty"));
    /// ```
    #[must_use]
    pub fn render(&self) -> V {
        let reason = self.1.render();
        match self.0 {
            None => reason,
            Some(index) => {
                let path: V = Path::Item(MESSAGES, index).render();
                path.concat(&V::atom(COLON)).concat(&reason)
            }
        }
    }

    /// The same as a `String`.
    ///
    /// ```
    /// use juzi_helper::error::{Fault, InMessage};
    ///
    /// let fault = InMessage::<serde_json::Value>(Some(0), Fault::TextEmpty);
    /// assert_eq!(fault.reason(), "messages[0]: text content is empty");
    /// ```
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn reason(&self) -> String {
        self.render().to_text()
    }
}

impl<V: Value> Fault<V> {
    /// The text after `<api>:fail `, as a value.
    ///
    /// ```
    /// use juzi_helper::error::Fault;
    /// use serde_json::json;
    ///
    /// assert_eq!(Fault::<serde_json::Value>::Timeout.render(), json!("timeout"));
    /// ```
    #[must_use]
    pub fn render(&self) -> V {
        let (path, words, more) = match self {
            Self::TextEmpty => (None, TEXT_IS_EMPTY, None),
            Self::UrlEmpty => (None, URL_IS_EMPTY, None),
            Self::NotInSidebar => (None, NOT_IN_SIDEBAR, None),
            Self::Timeout => (None, TIMEOUT, None),
            Self::FunctionNotExist => (None, FUNCTION_NOT_EXIST, None),
            Self::NoHosts => (None, NO_HOSTS, None),
            Self::HostUnreachable(None) => (None, HOST_UNREACHABLE, None),
            Self::HostUnreachable(Some(why)) => return join(HOST_UNREACHABLE, COLON, *why),
            Self::Required(path) => (Some(path), IS_REQUIRED, None),
            Self::Empty(path) => (Some(path), IS_EMPTY, None),
            Self::Foreign(path, why) => (Some(path), IS_EMPTY_BECAUSE, Some(why)),
            Self::Expected(path, expected) => (Some(path), MUST_BE, Some(expected)),
            Self::Start(path, start) => (Some(path), MUST_START, Some(start)),
            Self::Params(given) => return message_type(PARAMS_ARE, given),
            Self::MessageType(given) => return message_type(IT_IS, given),
            Self::Thrown(message) => return message.clone(),
            Self::Origin(given) => {
                let hosts = V::atom(ALLOWED_HOSTS).concat(&V::atom(COLON));
                let origin = hosts.concat(&describe(given));
                return origin.concat(&V::atom(IS_NO_ORIGIN));
            }
        };
        let mut text = V::atom(words);
        if let Some(path) = path {
            text = path.render::<V>().concat(&text);
        }
        match more {
            Some(more) => text.concat(&V::atom(*more)),
            None => text,
        }
    }

    /// The text after `<api>:fail `.
    ///
    /// ```
    /// use juzi_helper::{atoms, error::{Fault, Path}};
    /// let fault = Fault::<serde_json::Value>::Required(Path::Name(atoms::TEXT));
    /// assert_eq!(fault.reason(), "text is required");
    /// ```
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn reason(&self) -> String {
        self.render().to_text()
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<V: Value> core::fmt::Display for Fault<V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.reason())
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<V: Value> core::fmt::Display for InMessage<V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.reason())
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<V: Value + core::fmt::Debug> core::error::Error for Fault<V> {}

#[cfg(not(target_arch = "wasm32"))]
impl<V: Value + core::fmt::Debug> core::error::Error for InMessage<V> {}

fn message_type<V: Value>(what: Atom, given: &V) -> V {
    let words = V::atom(MESSAGE_TYPE_MUST_BE).concat(&V::atom(what));
    words.concat(&describe(given))
}

/// The caller's value: the beginning of a text in quotes, anything else by its kind.
fn describe<V: Value>(given: &V) -> V {
    match given.kind() {
        Kind::Text => given.quoted(),
        kind => V::atom(kind.noun()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atoms::MESSAGE_TYPES;

    type Value = serde_json::Value;

    #[test]
    fn a_wrong_msgtype_is_told_what_was_given_and_the_six() {
        let six = MESSAGE_TYPES.map(Atom::text).join(", ");
        assert_eq!(
            Fault::<Value>::MessageType("voice".into()).reason(),
            format!("msgtype must be one of {six}, but it is \"voice\"")
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

//! Everything that can be wrong with a call, and the messages for it (spec sections 5 and 6).

use crate::text::{decimal, join};

/// A fault is boxed so that results stay small: few calls have one.
pub type Result<T> = core::result::Result<T, Box<Fault>>;

/// Which part of the caller's input a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// `urls`
    Name(&'static str),
    /// `text.content`
    Member(&'static str, &'static str),
    /// `urls[2]`
    Item(&'static str, u32),
    /// `externalUserIds or chatId`
    Either(&'static str, &'static str),
}

impl Path {
    pub fn render(self) -> String {
        match self {
            Self::Name(name) => name.into(),
            Self::Member(object, name) => join(&[object, ".", name]),
            Self::Item(list, index) => join(&[list, "[", &decimal(index), "]"]),
            Self::Either(one, other) => join(&[one, " or ", other]),
        }
    }
}

/// What is wrong with a call, an option, or the connection to the host. [`Fault::reason`] is its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A text message without content. As in the original helper, its `err_msg` is the reason alone, without the call's name.
    TextEmpty,
    /// A medium or a link without its address; also without the call's name.
    UrlEmpty,
    /// The parameters of a message are not an object; with the message types, and what the parameters are instead.
    Params(&'static str, String),
    /// `msgtype` is not one of the message types; with these types, and what it is instead.
    MessageType(&'static str, String),
    /// A required member is missing.
    Required(Path),
    /// A member that must not be empty is empty.
    Empty(Path),
    /// The same, in a message that is complete in WeCom's form; with what Juzi needs.
    Foreign(Path, &'static str),
    /// A member has the wrong type or value; with what is expected, such as `a string`.
    Expected(Path, &'static str),
    /// A string has the wrong start; with the expected one.
    Start(Path, &'static str),
    /// A fault in one of several messages; with its index from 0.
    InMessage(u32, Box<Fault>),
    /// An entry of `allowedHosts` is not an origin; with the entry.
    Origin(String),
    /// `allowedHosts` is given and has no usable entry.
    NoHosts,
    /// A getter of the caller's threw; with its message.
    Thrown(String),
    /// Outside the sidebar. This and the next three are the fixed reasons of spec section 6.
    NotInSidebar,
    /// No answer in time.
    Timeout,
    /// No such call.
    FunctionNotExist,
    /// Posting failed or is not allowed; with the reason, or empty.
    HostUnreachable(&'static str),
}

impl Fault {
    // Outlined: many places construct a fault, and most calls have none.

    /// [`Fault::Expected`].
    #[cold]
    #[inline(never)]
    pub fn expected(path: Path, what: &'static str) -> Box<Self> {
        Box::new(Self::Expected(path, what))
    }

    /// [`Fault::Required`].
    #[cold]
    #[inline(never)]
    pub fn required(name: &'static str) -> Box<Self> {
        Box::new(Self::Required(Path::Name(name)))
    }

    /// [`Fault::Empty`].
    #[cold]
    #[inline(never)]
    pub fn empty(path: Path) -> Box<Self> {
        Box::new(Self::Empty(path))
    }

    /// [`Fault::HostUnreachable`].
    #[cfg(feature = "client")]
    #[cold]
    #[inline(never)]
    pub fn host_unreachable(why: &'static str) -> Box<Self> {
        Box::new(Self::HostUnreachable(why))
    }

    /// Whether `err_msg` is the reason alone, without `<api>:fail ` before it.
    pub fn is_bare(&self) -> bool {
        matches!(self, Self::TextEmpty | Self::UrlEmpty)
    }

    /// The reason, which follows `<api>:fail ` in `err_msg`.
    pub fn reason(&self) -> String {
        let (path, words, more): (Option<&Path>, &str, &str) = match self {
            Self::TextEmpty => (None, "text content is empty", ""),
            Self::UrlEmpty => (None, "url is empty", ""),
            Self::Params(types, found) => return join(&[MSGTYPE, types, " but params is ", found]),
            Self::MessageType(types, found) => {
                return join(&[MSGTYPE, types, " but it is ", found]);
            }
            Self::Required(path) => (Some(path), " is required", ""),
            Self::Empty(path) => (Some(path), " is empty", ""),
            Self::Foreign(path, why) => (Some(path), " is empty: ", why),
            Self::Expected(path, what) => (Some(path), " must be ", what),
            Self::Start(path, how) => (Some(path), " must start with ", how),
            Self::InMessage(index, fault) => {
                let path = Path::Item("messages", *index).render();
                return join(&[&path, ": ", &fault.reason()]);
            }
            Self::Origin(found) => return join(&["allowedHosts: ", found, IS_NO_ORIGIN]),
            Self::NoHosts => (None, NO_HOSTS, ""),
            Self::Thrown(message) => (None, message, ""),
            Self::NotInSidebar => (None, "not in sidebar", ""),
            Self::Timeout => (None, "timeout", ""),
            Self::FunctionNotExist => (None, "function not exist", ""),
            Self::HostUnreachable("") => (None, "host unreachable", ""),
            Self::HostUnreachable(why) => (None, "host unreachable: ", why),
        };
        let path = path.map(|path| path.render()).unwrap_or_default();
        join(&[&path, words, more])
    }
}

const MSGTYPE: &str = "msgtype must be one of";
const IS_NO_ORIGIN: &str =
    " is not an origin such as https://a.example.com or https://*.example.com";
const NO_HOSTS: &str = "allowedHosts has no usable entry, so no host is allowed: write origins such as https://a.example.com or https://*.example.com";

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.reason())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_texts_of_the_original_are_bare() {
        assert!(Fault::TextEmpty.is_bare() && Fault::UrlEmpty.is_bare());
        let third = Fault::InMessage(2, Box::new(Fault::UrlEmpty));
        assert!(!third.is_bare());
        assert_eq!(third.reason(), "messages[2]: url is empty");
    }
}

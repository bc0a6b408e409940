//! What can be wrong with a call, and the one place where it becomes text (spec sections 5 and 6).

/// A fault is boxed because few calls have one: the results of all others stay small.
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
    fn render(self) -> String {
        match self {
            Self::Name(name) => name.into(),
            Self::Member(object, name) => join(&[object, ".", name]),
            Self::Item(list, index) => join(&[list, "[", &decimal(index), "]"]),
            Self::Either(one, other) => join(&[one, " or ", other]),
        }
    }
}

/// What is wrong with a call, an option, or the way to the host. [`Fault::reason`] puts it into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A text message without text. The error is this text alone, without the API's name, as the original helper has it.
    TextEmpty,
    /// A medium or a link without its address. The same.
    UrlEmpty,
    /// The parameters of a message are no object; what they are.
    Params(String),
    /// `msgtype` is not one of the six; what it is.
    MessageType(String),
    /// A member that must be there is not.
    Required(Path),
    /// A member that must not be empty is.
    Empty(Path),
    /// The same, in a message that is complete in WeCom's form; why that cannot be carried over.
    Foreign(Path, &'static str),
    /// A member that must be something else, and what: `a string`.
    Expected(Path, &'static str),
    /// A string that must start otherwise, and how.
    Start(Path, &'static str),
    /// A fault in one of several messages, which are counted from 0.
    InMessage(u32, Box<Fault>),
    /// An entry of `allowedHosts` that is no origin; what it is.
    Origin(String),
    /// `allowedHosts` is given, and nothing in it is usable.
    NoHosts,
    /// What the caller's getter threw, or the host's reason.
    Thrown(String),
    /// Outside the sidebar. This and the next three are the fixed reasons of spec section 6.
    NotInSidebar,
    /// No answer in time.
    Timeout,
    /// No such call.
    FunctionNotExist,
    /// Posting failed, or is not allowed; why, where there is more to say.
    HostUnreachable(&'static str),
}

impl Fault {
    // Outlined: many places can find a fault, and most calls have none.

    /// A member that must be something else.
    #[cold]
    #[inline(never)]
    pub fn expected(path: Path, what: &'static str) -> Box<Self> {
        Box::new(Self::Expected(path, what))
    }

    /// A member that must be there is not.
    #[cold]
    #[inline(never)]
    pub fn required(name: &'static str) -> Box<Self> {
        Box::new(Self::Required(Path::Name(name)))
    }

    /// A member that must not be empty is.
    #[cold]
    #[inline(never)]
    pub fn empty(path: Path) -> Box<Self> {
        Box::new(Self::Empty(path))
    }

    /// Posting failed, or is not allowed; why, where there is more to say.
    #[cfg(target_arch = "wasm32")]
    #[cold]
    #[inline(never)]
    pub fn host_unreachable(why: &'static str) -> Box<Self> {
        Box::new(Self::HostUnreachable(why))
    }

    /// Whether its text stands alone, without `<api>:fail ` before it.
    pub fn is_bare(&self) -> bool {
        matches!(self, Self::TextEmpty | Self::UrlEmpty)
    }

    /// The text after `<api>:fail `.
    pub fn reason(&self) -> String {
        let (path, words, more): (Option<&Path>, &str, &str) = match self {
            Self::TextEmpty => (None, "text content is empty", ""),
            Self::UrlEmpty => (None, "url is empty", ""),
            Self::Params(found) => (None, MSGTYPE_PARAMS, found),
            Self::MessageType(found) => (None, MSGTYPE_IS, found),
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

// A test compares both lists with the shapes of message.rs.
const MSGTYPE_PARAMS: &str =
    "msgtype must be one of text, image, video, file, news, miniprogram, but params is ";
const MSGTYPE_IS: &str =
    "msgtype must be one of text, image, video, file, news, miniprogram, but it is ";
const IS_NO_ORIGIN: &str =
    " is not an origin such as https://a.example.com or https://*.example.com";
const NO_HOSTS: &str = "allowedHosts has no usable entry, so no host is allowed: write origins such as https://a.example.com or https://*.example.com";

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.reason())
    }
}

/// The parts as one string. The standard library's `concat` is made for separators too, and five times as large.
pub fn join(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// A number in decimal. `to_string` would bring the formatting machinery: almost 1 KB of the script.
pub fn decimal(number: u32) -> String {
    let mut text = match number / 10 {
        0 => String::new(),
        tens => decimal(tens),
    };
    // A digit: the remainder is below 10.
    #[allow(clippy::cast_possible_truncation)]
    text.push(char::from(b'0' + (number % 10) as u8));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 9, 10, 1234, u32::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn only_the_two_texts_of_the_original_are_bare() {
        assert!(Fault::TextEmpty.is_bare() && Fault::UrlEmpty.is_bare());
        let third = Fault::InMessage(2, Box::new(Fault::UrlEmpty));
        assert!(!third.is_bare());
        assert_eq!(third.reason(), "messages[2]: url is empty");
    }
}

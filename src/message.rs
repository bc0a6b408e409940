//! The messages that a page sends into the conversation, and what is wrong with those that cannot be sent (spec section 5).
//!
//! [`check`] is what runs in the browser: it reads the members that the specification names, each once, and builds a new plain
//! object of them, so that proxies, class instances and members of the caller's own never reach `postMessage`.
//! `SendParams` is the same as Rust types, for a server that prepares messages for its sidebar page.

use crate::atoms::{
    A_STRING, AN_ARRAY, APPID, AT_MOST_MESSAGES, Atom, CONTENT, DESC, FILE, HTTP, HTTP_OR_HTTPS,
    HTTPS, ICON_URL, IMAGE, IMG_URL, LINK, MEDIAID, MESSAGES, MINIPROGRAM, MSGTYPE,
    NEEDS_THREE_MORE, NEWS, NO_MEDIAID, OFFICIAL_ACCOUNT_ID, PAGE, TEXT, TITLE, URL, VIDEO,
};
use crate::error::{Fault, InMessage, Path};
use crate::value::{Kind, Members, Value};

#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
mod typed;
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
pub use typed::{Medium, Miniprogram, News, SendParams, Text};

/// The most messages in one call: a list without end would keep the page waiting.
pub const MOST_MESSAGES: u32 = 100;

/// What a member has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// There and not empty; the fault of `text.content`.
    Content,
    /// There and not empty; the fault of addresses.
    Address,
    /// There and not empty; the fault names the member.
    Required,
    /// As `Required`, and an absolute http(s) URL.
    RequiredWeb,
    /// May be left out.
    Optional,
}

impl Rule {
    fn missing<V>(self, path: Path) -> Option<Fault<V>> {
        match self {
            Self::Content => Some(Fault::TextEmpty),
            Self::Address => Some(Fault::UrlEmpty),
            Self::Required | Self::RequiredWeb => Some(Fault::Empty(path)),
            Self::Optional => None,
        }
    }
}

/// One message type: its name and its members, in the order in which they are checked and posted.
type Shape = (Atom, &'static [(Atom, Rule)]);

const MEDIUM: &[(Atom, Rule)] = &[(URL, Rule::Address), (TITLE, Rule::Optional)];

const SHAPES: [Shape; 6] = [
    (TEXT, &[(CONTENT, Rule::Content)]),
    (IMAGE, MEDIUM),
    (VIDEO, MEDIUM),
    (FILE, MEDIUM),
    (
        NEWS,
        &[
            (LINK, Rule::Address),
            (TITLE, Rule::Optional),
            (DESC, Rule::Optional),
            (IMG_URL, Rule::Optional),
        ],
    ),
    (
        MINIPROGRAM,
        &[
            (APPID, Rule::Required),
            (TITLE, Rule::Required),
            (IMG_URL, Rule::RequiredWeb),
            (PAGE, Rule::Required),
            (DESC, Rule::Required),
            (ICON_URL, Rule::Required),
            (OFFICIAL_ACCOUNT_ID, Rule::Required),
        ],
    ),
];

/// Checks one message and returns the plain object to post.
///
/// The first fault decides, in the order of the specification's table: the type, its member, what is missing or empty, the
/// form of `imgUrl`, and last what has the wrong type.
///
/// ```
/// use juzi_helper::message::check;
/// use serde_json::json;
///
/// let posted = check(&json!({ "msgtype": "text", "text": { "content": "你好", "mine": 1 } }))?;
/// assert_eq!(posted, json!({ "msgtype": "text", "text": { "content": "你好" } }));
///
/// let fault = check(&json!({ "msgtype": "text", "text": {} })).unwrap_err();
/// assert_eq!(fault.reason(), "text content is empty");
/// # Ok::<(), juzi_helper::error::Fault<serde_json::Value>>(())
/// ```
///
/// # Errors
/// The [`Fault`] to tell the caller; nothing has been posted then.
pub fn check<V: Value>(params: &V) -> Result<V, Fault<V>> {
    if params.kind() != Kind::Object {
        return Err(Fault::Params(params.clone()));
    }
    let given = params.get(MSGTYPE)?;
    let Some((kind, fields)) = given
        .which()
        .and_then(|atom| SHAPES.iter().find(|(name, _)| *name == atom))
    else {
        return Err(Fault::MessageType(given));
    };
    let body = params.get(*kind)?;
    if body.kind() != Kind::Object {
        return Err(Fault::Required(Path::Name(*kind)));
    }
    let plain = match members(*kind, fields, &body) {
        // Pages that were written for WeCom send a picture by the number it has there.
        Err(Fault::UrlEmpty) if *kind != NEWS && !body.get(MEDIAID)?.is_blank() => {
            return Err(Fault::Foreign(Path::Member(*kind, URL), NO_MEDIAID));
        }
        plain => plain?,
    };
    Ok(V::object([(MSGTYPE, V::atom(*kind)), (*kind, plain)]))
}

/// Checks several messages, all of them before any is sent.
///
/// Takes an array, or an object with the array as `messages`, and returns the same form.
///
/// ```
/// use juzi_helper::message::check_all;
/// use serde_json::json;
///
/// let hello = json!({ "msgtype": "text", "text": { "content": "hello" } });
/// assert_eq!(check_all(&json!([hello]))?, json!([hello]));
/// assert_eq!(check_all(&json!({ "messages": [hello] }))?, json!({ "messages": [hello] }));
///
/// let fault = check_all(&json!([hello, { "msgtype": "image", "image": {} }])).unwrap_err();
/// assert_eq!(fault.reason(), "messages[1]: url is empty");
/// # Ok::<(), juzi_helper::error::InMessage<serde_json::Value>>(())
/// ```
///
/// # Errors
/// [`InMessage`] with the index of the first bad message; or what is wrong with the array itself.
pub fn check_all<V: Value>(params: &V) -> Result<V, InMessage<V>> {
    let bare = params.kind() == Kind::List;
    let list = match params.kind() {
        Kind::List => params.clone(),
        Kind::Object => params.get(MESSAGES)?,
        _ => V::missing(),
    };
    let path = Path::Name(MESSAGES);
    match list.kind() {
        Kind::List => {}
        Kind::Missing => return Err(Fault::Required(path).into()),
        _ => return Err(Fault::Expected(path, AN_ARRAY).into()),
    }
    let length = list.len()?;
    if length == 0 {
        return Err(Fault::Empty(path).into());
    }
    if length > MOST_MESSAGES {
        return Err(Fault::Expected(path, AT_MOST_MESSAGES).into());
    }
    let mut checked = V::list();
    for index in 0..length {
        let message = check(&list.item(index)?);
        checked.push(message.map_err(|fault| InMessage(Some(index), fault))?);
    }
    if bare {
        return Ok(checked);
    }
    Ok(V::object([(MESSAGES, checked)]))
}

/// The members of a message's body. Each is read once: a proxy may answer differently the second time.
fn members<V: Value>(kind: Atom, fields: &[(Atom, Rule)], body: &V) -> Result<V, Fault<V>> {
    let given = body.members(fields.iter().map(|(name, _)| *name))?;
    let blank = |index| matches!(given.kind(index), Kind::Missing | Kind::Empty);
    for (index, (name, rule)) in fields.iter().enumerate() {
        let path = Path::Member(kind, *name);
        if blank(index)
            && let Some(fault) = rule.missing(path)
        {
            // WeCom's mini-program ends here: it has the members before this one, and none of those after it.
            let wecom = kind == MINIPROGRAM && *name == DESC;
            let ends = (index + 1..fields.len()).all(|later| !given.kind(later).is_text());
            return Err(if wecom && ends {
                Fault::Foreign(path, NEEDS_THREE_MORE)
            } else {
                fault
            });
        }
    }
    // Our own object: reading it runs no getter. An optional member that is null counts as left out.
    let plain = given.pick();
    for (index, (name, rule)) in fields.iter().enumerate() {
        let web = *rule == Rule::RequiredWeb && given.kind(index) == Kind::Text;
        if web && !is_web(&plain.get(*name)?) {
            return Err(Fault::Start(Path::Member(kind, *name), HTTP_OR_HTTPS));
        }
    }
    for (index, (name, _)) in fields.iter().enumerate() {
        if !blank(index) && given.kind(index) != Kind::Text {
            return Err(Fault::Expected(Path::Member(kind, *name), A_STRING));
        }
    }
    Ok(plain)
}

/// Whether a text starts as an absolute http(s) URL does.
pub(crate) fn is_web<V: Value>(value: &V) -> bool {
    value.starts_with(&V::atom(HTTPS)) || value.starts_with(&V::atom(HTTP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_has_more_members_than_are_read_at_once() {
        for (name, fields) in SHAPES {
            assert!(fields.len() <= 7, "{}", name.text());
        }
    }
}

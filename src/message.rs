//! The messages that a page sends into the conversation, and what is wrong with those that cannot be sent (spec section 5).
//!
//! [`SendParams`] has them as Rust types, for a server that prepares messages for its sidebar page.
//! [`SendParams::parse`] reads one by the rules and with the error texts of the page's side.

use crate::error::{Fault, Path, Result};
use crate::origin::is_web;
use crate::value::{Kind, Value, describe, length, member, name_of, object};

#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
mod typed;
#[cfg(not(target_arch = "wasm32"))]
pub use typed::InvalidMessage;
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
pub use typed::{Medium, Miniprogram, News, SendParams, Text};

/// Messages that one call may send.
const MOST_MESSAGES: (u32, &str) = (100, "an array of at most 100 messages");

/// What a member has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
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

/// One message type: its name and its members, in the order in which they are checked and posted.
pub(crate) type Shape = (&'static str, &'static [(&'static str, Rule)]);

const MEDIUM: &[(&str, Rule)] = &[("url", Rule::Address), ("title", Rule::Optional)];

pub(crate) const SHAPES: [Shape; 6] = [
    ("text", &[("content", Rule::Content)]),
    ("image", MEDIUM),
    ("video", MEDIUM),
    ("file", MEDIUM),
    (
        "news",
        &[
            ("link", Rule::Address),
            ("title", Rule::Optional),
            ("desc", Rule::Optional),
            ("imgUrl", Rule::Optional),
        ],
    ),
    (
        "miniprogram",
        &[
            ("appid", Rule::Required),
            ("title", Rule::Required),
            ("imgUrl", Rule::RequiredWeb),
            ("page", Rule::Required),
            ("desc", Rule::Required),
            ("iconUrl", Rule::Required),
            ("officialAccountId", Rule::Required),
        ],
    ),
];

/// Checks one message and returns the plain object to post: new, and made of the members that the specification names, each
/// of which is read once. So proxies, class instances and members of the caller's own never reach `postMessage`.
///
/// The first fault decides, in the order of the specification's table: the type, its member, what is missing or empty, the
/// form of `imgUrl`, and last what has the wrong type.
pub(crate) fn check<V: Value>(params: &V) -> Result<V> {
    if params.kind() != Kind::Object {
        return Err(Box::new(Fault::Params(describe(params))));
    }
    let msgtype = params.get("msgtype")?;
    let name = name_of(&msgtype);
    let Some((name, fields)) = SHAPES.iter().find(|(known, _)| *known == name) else {
        return Err(Box::new(Fault::MessageType(describe(&msgtype))));
    };
    let body = params.get(name)?;
    if body.kind() != Kind::Object {
        return Err(Fault::required(name));
    }
    let plain = members(name, fields, &body)?;
    Ok(object(&[("msgtype", &msgtype), (name, &plain)]))
}

/// Checks several messages, all of them before any is sent. Takes an array, or an object with the array as `messages`, and
/// returns the same form.
pub(crate) fn check_all<V: Value>(params: &V) -> Result<V> {
    if params.kind() == Kind::List {
        return check_list(params);
    }
    let list = member(params, "messages")?;
    Ok(object(&[("messages", &check_list(&list)?)]))
}

fn check_list<V: Value>(list: &V) -> Result<V> {
    let count = list_length(list, "messages", "an array", MOST_MESSAGES)?;
    if count == 0 {
        return Err(Fault::empty(Path::Name("messages")));
    }
    let mut checked = V::list();
    for index in 0..count {
        let message = check(&list.item(index)?);
        checked.push(&message.map_err(|fault| Box::new(Fault::InMessage(index, fault)))?);
    }
    Ok(checked)
}

/// How many items a caller's list has. A proxy may claim any length, so a list has a limit: the number, and how to say it.
pub(crate) fn list_length<V: Value>(
    list: &V,
    name: &'static str,
    what: &'static str,
    limit: (u32, &'static str),
) -> Result<u32> {
    let path = Path::Name(name);
    match list.kind() {
        Kind::List => {}
        Kind::Missing => return Err(Fault::required(name)),
        _ => return Err(Fault::expected(path, what)),
    }
    let length = length(list)?;
    let (most, at_most) = limit;
    if length > most {
        return Err(Fault::expected(path, at_most));
    }
    Ok(length)
}

/// The members of a message's body. Each is read once: a proxy may answer differently the second time.
fn members<V: Value>(
    name: &'static str,
    fields: &'static [(&'static str, Rule)],
    body: &V,
) -> Result<V> {
    let mut plain = object::<V>(&[]);
    // The first of each kind of fault.
    let (mut empty, mut not_web, mut no_string) = (None, None, None);
    let mut string_after_empty = false;
    for (field, rule) in fields {
        let value = body.get(field)?;
        let kind = value.kind();
        if kind.is_blank() && *rule != Rule::Optional {
            empty = empty.or(Some((*field, *rule)));
        } else if kind.is_string() {
            string_after_empty |= empty.is_some();
            let web = *rule != Rule::RequiredWeb || is_web(&value.text(8).unwrap_or_default());
            not_web = not_web.or((!web).then_some(*field));
        } else if kind != Kind::Missing {
            no_string = no_string.or(Some(*field));
        }
        // An optional member that is null counts as left out.
        if kind != Kind::Missing {
            plain.set(field, &value);
        }
    }
    if let Some((field, rule)) = empty {
        return Err(missing(name, field, rule, body, string_after_empty)?);
    }
    if let Some(field) = not_web {
        let path = Path::Member(name, field);
        return Err(Box::new(Fault::Start(path, "http:// or https://")));
    }
    match no_string {
        Some(field) => Err(Fault::expected(Path::Member(name, field), "a string")),
        None => Ok(plain),
    }
}

/// The fault of a member that is missing.
///
/// Pages that were written for WeCom send messages that are complete there: they are told what Juzi needs.
fn missing<V: Value>(
    name: &'static str,
    field: &'static str,
    rule: Rule,
    body: &V,
    string_after: bool,
) -> Result<Box<Fault>> {
    let path = Path::Member(name, field);
    Ok(Box::new(match rule {
        Rule::Content => Fault::TextEmpty,
        // WeCom has a number of its own for a picture.
        Rule::Address if field == "url" && !body.get("mediaid")?.kind().is_blank() => {
            Fault::Foreign(path, "Juzi cannot read WeCom's mediaid")
        }
        Rule::Address => Fault::UrlEmpty,
        // WeCom's mini program has the members before this one, and none of those after it.
        _ if field == "desc" && !string_after => {
            Fault::Foreign(path, "Juzi needs desc, iconUrl and officialAccountId too")
        }
        _ => Fault::Empty(path),
    }))
}

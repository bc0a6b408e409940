//! The messages that a page sends into the conversation, and their checks (spec section 5).
//!
//! `SendParams` represents them as Rust types, for a server that prepares messages for its sidebar page.
//! `SendParams::parse` checks one by the rules that apply in the page, with the same error messages.

use crate::error::{Fault, Path, Result};
use crate::origin::is_web;
use crate::value::{Kind, Value, describe, item, list_length, member, name_of, object};

mod shapes;
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
mod typed;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) use shapes::declared;
pub(crate) use shapes::{Field, LIST, Rule, SHAPES};
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
pub use shapes::{Medium, Miniprogram, News, SendParams, Text};
#[cfg(not(target_arch = "wasm32"))]
pub use typed::InvalidMessage;

/// The most messages in one call.
pub(crate) const MOST_MESSAGES: (u32, &str) = (100, "an array of at most 100 messages");

/// Checks one message and returns a new plain object to post. It has the members that the specification names, and each is read
/// once. So proxies, class instances and other members of the caller's object never reach `postMessage`.
///
/// The first fault is returned, in the order of the specification's table: type, body, missing or empty members, the form of
/// `imgUrl`, members of the wrong type.
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
    Ok(object::<V>().with("msgtype", msgtype).with(name, plain))
}

/// Checks several messages before any is posted. Takes an array, or an object with the array as `messages`, and returns the same
/// form.
pub(crate) fn check_all<V: Value>(params: &V) -> Result<V> {
    if params.kind() == Kind::List {
        return check_list(params);
    }
    let list = member(params, "messages")?;
    Ok(object::<V>().with("messages", check_list(&list)?))
}

fn check_list<V: Value>(list: &V) -> Result<V> {
    let count = list_length(list, "messages", "an array", MOST_MESSAGES)?;
    if count == 0 {
        return Err(Fault::empty(Path::Name("messages")));
    }
    let mut checked = V::list();
    for index in 0..count {
        let message = check(&item(list, index)?);
        checked.push(message.map_err(|fault| Box::new(Fault::InMessage(index, fault)))?);
    }
    Ok(checked)
}

/// Copies the members of a message's body. Each is read once: a proxy may return something else the second time.
fn members<V: Value>(name: &'static str, fields: &'static [Field], body: &V) -> Result<V> {
    let mut plain = object::<V>();
    // The first fault of each kind.
    let (mut empty, mut not_web, mut no_string) = (None, None, None);
    let mut string_after_empty = false;
    for (field, rule) in fields {
        let value = body.get(field)?;
        let kind = value.kind();
        if kind.is_blank() && *rule != Rule::Optional {
            empty = empty.or(Some((*field, *rule)));
        } else if kind.is_string() {
            string_after_empty |= empty.is_some();
            let web = *rule != Rule::RequiredWeb || is_web(&value.string(8).unwrap_or_default());
            not_web = not_web.or((!web).then_some(*field));
        } else if kind != Kind::Missing {
            no_string = no_string.or(Some(*field));
        }
        // An optional member that is null counts as missing.
        if kind != Kind::Missing {
            plain = plain.with(field, value);
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

/// The fault of a missing member. Messages written for WeCom are complete there, so the fault says what Juzi needs in addition.
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
        // WeCom identifies a picture by `mediaid`.
        Rule::Address if field == "url" && !body.get("mediaid")?.kind().is_blank() => {
            Fault::Foreign(path, "Juzi cannot read WeCom's mediaid")
        }
        Rule::Address => Fault::UrlEmpty,
        // WeCom's mini program has the members before this one and none after it.
        _ if field == "desc" && !string_after => {
            Fault::Foreign(path, "Juzi needs desc, iconUrl and officialAccountId too")
        }
        _ => Fault::Empty(path),
    }))
}

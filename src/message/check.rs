//! How a message is checked, in the page and on its server.

use super::{Field, LIST, Need, SHAPES, Shape, Type};
use crate::error::{Fault, Path, Result};
use crate::origin::is_web;
use crate::value::{Kind, Value, describe, item, list_length, member, name_of, object};

/// The most messages in one call.
pub(crate) const MOST_MESSAGES: (u32, &str) = (100, "an array of at most 100 messages");

/// Checks one message and returns a new plain object to post. It has the members that the specification names, and each is read
/// once. So proxies, class instances and other members of the caller's object never reach `postMessage`.
///
/// The first fault is returned, in the order of the specification's table: type, body, missing or empty members, the form of
/// `imgUrl`, members of the wrong type.
pub(crate) fn check<V: Value>(params: &V) -> Result<V> {
    check_by(SHAPES, LIST, params)
}

/// The same for any declaration: its message types, and their names as a fault lists them.
pub(crate) fn check_by<V: Value>(
    shapes: &'static [Shape],
    list: &'static str,
    params: &V,
) -> Result<V> {
    if params.kind() != Kind::Object {
        return Err(Box::new(Fault::Params(list, describe(params))));
    }
    let msgtype = params.get("msgtype")?;
    let name = name_of(&msgtype);
    let Some((name, fields)) = shapes.iter().find(|(known, _)| *known == name) else {
        return Err(Box::new(Fault::MessageType(list, describe(&msgtype))));
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
    let (mut empty, mut not_web, mut mistyped) = (None, None, None);
    let mut string_after_empty = false;
    for field in fields {
        let value = body.get(field.name)?;
        let kind = value.kind();
        if kind.is_blank() && field.need.is_required() {
            empty = empty.or(Some(*field));
        } else if kind != Kind::Missing {
            string_after_empty |= empty.is_some() && kind.is_string();
            match form(field.kind, kind, &value) {
                Form::Right => {}
                Form::NotWeb => not_web = not_web.or(Some(field.name)),
                Form::Not(what) => mistyped = mistyped.or(Some((field.name, what))),
            }
        }
        // An optional member that is null counts as missing.
        if kind != Kind::Missing {
            plain = plain.with(field.name, value);
        }
    }
    if let Some(field) = empty {
        return Err(missing(name, field, body, string_after_empty)?);
    }
    if let Some(field) = not_web {
        let path = Path::Member(name, field);
        return Err(Box::new(Fault::Start(path, "http:// or https://")));
    }
    match mistyped {
        Some((field, what)) => Err(Fault::expected(Path::Member(name, field), what)),
        None => Ok(plain),
    }
}

/// Whether a value is what a member has to be.
enum Form {
    Right,
    /// A string with the wrong start.
    NotWeb,
    /// Another type or value; with the expected one.
    Not(&'static str),
}

fn form<V: Value>(expected: Type, kind: Kind, value: &V) -> Form {
    match expected {
        Type::Text | Type::Web if !kind.is_string() => Form::Not("a string"),
        Type::Web if !is_web(&value.string(8).unwrap_or_default()) => Form::NotWeb,
        Type::Text | Type::Web => Form::Right,
        Type::Whole if kind == Kind::Number && is_whole(value.number()) => Form::Right,
        Type::Whole => Form::Not("a whole number"),
    }
}

fn is_whole(number: f64) -> bool {
    #[allow(clippy::cast_possible_truncation)]
    let whole = f64::from(number as i32);
    number >= 0.0 && whole.to_bits() == number.to_bits()
}

/// The fault of a missing member. Messages written for WeCom are complete there, so the fault says what Juzi needs in addition.
fn missing<V: Value>(
    name: &'static str,
    field: Field,
    body: &V,
    string_after: bool,
) -> Result<Box<Fault>> {
    let path = Path::Member(name, field.name);
    Ok(Box::new(match field.need {
        Need::Content => Fault::TextEmpty,
        // WeCom identifies a picture by `mediaid`.
        Need::Address if field.name == "url" && !body.get("mediaid")?.kind().is_blank() => {
            Fault::Foreign(path, "Juzi cannot read WeCom's mediaid")
        }
        Need::Address => Fault::UrlEmpty,
        // WeCom's mini program has the members before this one and none after it.
        Need::Required if field.name == "desc" && !string_after => {
            Fault::Foreign(path, "Juzi needs desc, iconUrl and officialAccountId too")
        }
        Need::Required | Need::Optional => Fault::Empty(path),
    }))
}

//! Values across the boundary: parameters to JavaScript, and answers to Rust types. serde converts only the types of a page itself, in
//! `Juzi::invoke`, and what a page stores.

use js_sys::{Array, Object};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Number, Value};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::error::CallError;
use crate::text::join;

#[wasm_bindgen]
extern "C" {
    /// Unlike the function in js-sys, this one catches the exceptions of getters, which would unwind through Rust frames.
    #[wasm_bindgen(catch, js_namespace = Object)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_name = String)]
    fn text_of_number(number: f64) -> String;
}

/// Converts a value to JavaScript: maps become plain objects, and missing values become `null`.
pub(super) fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue, String> {
    let serializer = Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|error| error.to_string())
}

/// Sets a member of an object that the client made. No setter runs.
pub(super) fn set(object: &Object, name: &str, value: &JsValue) {
    // `with` returns the same object.
    let _ = crate::value::Value::with(JsValue::from(object), name, value.clone());
}

/// What a call answers. Written by hand: what serde derives for it is larger than the rest of the client.
pub(super) trait Answer: Sized {
    fn read(members: Members) -> Result<Self, CallError>;
}

/// `res` of a call.
pub(super) fn parse<T: Answer>(res: &JsValue) -> Result<T, CallError> {
    T::read(answer(res)?)
}

/// `res` of a call as a type of the page.
pub(super) fn parse_as<T: DeserializeOwned>(res: &JsValue) -> Result<T, CallError> {
    let Members(members) = answer(res)?;
    T::deserialize(Value::Object(members)).map_err(|error| unreadable(&error.to_string()))
}

fn answer(res: &JsValue) -> Result<Members, CallError> {
    let mut members = Members::of(res)?;
    // The members that every `res` has, and the second spelling of a chat's id.
    for name in ["err_msg", "errMsg", "errCode", "Id"] {
        members.0.remove(name);
    }
    Ok(members)
}

pub(super) fn unreadable(reason: &str) -> CallError {
    CallError::Unreadable {
        reason: reason.into(),
    }
}

/// The own members of an object that have a form in JSON.
pub(super) struct Members(Map<String, Value>);

impl Members {
    /// A member without a form in JSON, such as a function, is left out and does not affect the others.
    pub(super) fn of(object: &JsValue) -> Result<Self, CallError> {
        if !object.is_object() {
            return Ok(Self(Map::new()));
        }
        let entries = entries(object).map_err(|_| unreadable("a member cannot be read"))?;
        let mut members = Map::new();
        for (name, value) in pairs(&entries) {
            if let Ok(Some(value)) = json(&value, DEEPEST) {
                members.insert(name, value);
            }
        }
        Ok(Self(members))
    }

    /// A string that may be missing. A number becomes its digits; anything else, and the empty string, counts as missing.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        match self.0.remove(name)? {
            Value::String(text) if !text.is_empty() => Some(text),
            Value::Number(number) => digits(&number),
            _ => None,
        }
    }

    /// The same for a required member.
    pub(super) fn required(&mut self, name: &str) -> Result<String, CallError> {
        let text = self.text(name);
        text.ok_or_else(|| unreadable(&join(&[name, " must be a string that is not empty"])))
    }

    /// A boolean that may be missing. Anything else counts as missing.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        self.0.remove(name)?.as_bool()
    }

    /// All other members.
    pub(super) fn rest(self) -> Map<String, Value> {
        self.0
    }
}

/// JavaScript writes fractions: the standard library's code for that is 14 KB.
fn digits(number: &Number) -> Option<String> {
    if let Some(whole) = number.as_i64() {
        return Some(whole.to_string());
    }
    Some(text_of_number(number.as_f64()?))
}

/// How deep a value may be. A message may contain itself.
const DEEPEST: u32 = 100;

/// It is too deep, or a getter throws.
struct Unusable;

/// A value as JSON; `None` if it has no form there.
fn json(value: &JsValue, depth: u32) -> Result<Option<Value>, Unusable> {
    if let Some(text) = value.as_string() {
        return Ok(Some(Value::String(text)));
    }
    if let Some(flag) = value.as_bool() {
        return Ok(Some(Value::Bool(flag)));
    }
    if let Some(number) = value.as_f64() {
        return Ok(Some(number_of(number)));
    }
    if value.is_null() {
        return Ok(Some(Value::Null));
    }
    if !value.is_object() {
        return Ok(None);
    }
    let depth = depth.checked_sub(1).ok_or(Unusable)?;
    let entries = entries(value).map_err(|_| Unusable)?;
    let entries = pairs(&entries);
    if Array::is_array(value) {
        let items: Result<Vec<Value>, Unusable> = entries
            .map(|(_, item)| Ok(json(&item, depth)?.unwrap_or_default()))
            .collect();
        return Ok(Some(Value::Array(items?)));
    }
    let mut members = Map::new();
    for (name, value) in entries {
        if let Some(value) = json(&value, depth)? {
            members.insert(name, value);
        }
    }
    Ok(Some(Value::Object(members)))
}

/// JSON does not tell 1 from 1.0, and has no `NaN`.
fn number_of(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_991.0;
    if number.abs() <= EXACT {
        // Within the range in which the cast is exact.
        #[allow(clippy::cast_possible_truncation)]
        let whole = number as i64;
        #[allow(clippy::cast_precision_loss, clippy::float_cmp)]
        if whole as f64 == number {
            return Value::Number(whole.into());
        }
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn pairs(entries: &Array) -> impl Iterator<Item = (String, JsValue)> {
    entries.iter().filter_map(|entry| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, entry.get(1)))
    })
}

/// Reads a string that may be missing. A number becomes its digits; anything else, and the empty string, counts as missing.
pub(super) fn text<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The same for a required member.
pub(super) fn required<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    let text = text(input)?;
    text.ok_or_else(|| serde::de::Error::custom("an id must be a string that is not empty"))
}

/// Reads a boolean that may be missing. Anything else counts as missing.
pub(super) fn flag<'de, D: Deserializer<'de>>(input: D) -> Result<Option<bool>, D::Error> {
    Ok(Value::deserialize(input)?.as_bool())
}

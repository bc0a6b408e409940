//! Values across the boundary: parameters to JavaScript, and answers to Rust types.

use js_sys::{Array, JSON};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::error::CallError;

#[wasm_bindgen]
extern "C" {
    /// Unlike the function in js-sys, this one catches the exceptions of getters, which would unwind through Rust frames.
    #[wasm_bindgen(catch, js_namespace = Object)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;
}

/// Converts a value to JavaScript: maps become plain objects, and missing values become `null`.
pub(super) fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue, String> {
    let serializer = Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|error| error.to_string())
}

/// `res` of a call as a Rust type.
pub(super) fn parse<T: DeserializeOwned>(res: &JsValue) -> Result<T, CallError> {
    let mut members = members(res)?;
    // The members that every `res` has, and the second spelling of a chat's id.
    for name in ["err_msg", "errMsg", "errCode", "Id"] {
        members.remove(name);
    }
    typed(members)
}

pub(super) fn typed<T: DeserializeOwned>(members: Map<String, Value>) -> Result<T, CallError> {
    T::deserialize(Value::Object(members)).map_err(|error| unreadable(&error.to_string()))
}

pub(super) fn unreadable(reason: &str) -> CallError {
    CallError::Unreadable {
        reason: reason.into(),
    }
}

/// The own members of an object. A member without a form in JSON, such as a function, is left out and does not affect the others.
pub(super) fn members(object: &JsValue) -> Result<Map<String, Value>, CallError> {
    let mut members = Map::new();
    if !object.is_object() {
        return Ok(members);
    }
    let entries = entries(object).map_err(|_| unreadable("a member cannot be read"))?;
    for entry in entries.iter() {
        let entry: Array = entry.unchecked_into();
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), json(entry.get(1))) {
            members.insert(name, value);
        }
    }
    Ok(members)
}

/// A value as JSON. An object is converted through text, because this catches the exceptions of getters and limits the depth.
fn json(value: JsValue) -> Option<Value> {
    if value.is_object() {
        let text = String::from(JSON::stringify(&value).ok()?);
        return serde_json::from_str(&text).ok();
    }
    serde_wasm_bindgen::from_value(value).ok()
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

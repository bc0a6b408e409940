//! Values across the boundary: parameters to JavaScript, and answers to Rust types.

use js_sys::{Array, Object};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::error::CallError;

/// A value as JavaScript has it: maps are plain objects, and what is missing is `null`.
pub(super) fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue, String> {
    let serializer = Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|error| error.to_string())
}

/// An answer as a Rust type.
pub(super) fn parse<T: DeserializeOwned>(res: &JsValue) -> Result<T, CallError> {
    let mut members = members(res);
    // What every `res` has, and the second spelling of a chat's id.
    for name in ["err_msg", "errMsg", "errCode", "Id"] {
        members.remove(name);
    }
    T::deserialize(Value::Object(members)).map_err(|error| CallError::Unreadable {
        reason: error.to_string(),
    })
}

/// The own members of an object. One that has no form in JSON, such as a date, is left out and does no harm to the others.
fn members(object: &JsValue) -> Map<String, Value> {
    let mut members = Map::new();
    if !object.is_object() {
        return members;
    }
    for entry in Object::entries(object.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        let value = serde_wasm_bindgen::from_value(entry.get(1));
        if let (Some(name), Ok(value)) = (entry.get(0).as_string(), value) {
            members.insert(name, value);
        }
    }
    members
}

/// Reads a string that may be missing. A number becomes its digits; anything else, and the empty string, counts as missing.
pub(super) fn text<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The same for a member that must be there.
pub(super) fn required<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    let text = text(input)?;
    text.ok_or_else(|| serde::de::Error::custom("an id must be a string that is not empty"))
}

/// Reads a boolean that may be missing. Anything else counts as missing.
pub(super) fn flag<'de, D: Deserializer<'de>>(input: D) -> Result<Option<bool>, D::Error> {
    Ok(Value::deserialize(input)?.as_bool())
}

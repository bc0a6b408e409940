//! A text of JSON or TOML as a tree, before it is read as a type. Each type is read from a tree alone: serde compiles the reading of a
//! type anew for every language, which would be half of the WebAssembly module.

use std::fmt;

use serde::de::{DeserializeOwned, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

/// Why a tree or a type could not be read, and in which field.
pub(crate) type Error = serde_path_to_error::Error<serde_json::Error>;

/// Reads a type.
pub(crate) fn read<T: DeserializeOwned>(tree: Value) -> Result<T, Error> {
    serde_path_to_error::deserialize(tree)
}

/// Reads a text of JSON, and checks that nothing follows.
pub(crate) fn from_json(text: &[u8]) -> Result<Value, Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let mut track = serde_path_to_error::Track::new();
    let tree = Tree::deserialize(serde_path_to_error::Deserializer::new(
        &mut deserializer,
        &mut track,
    ));
    let whole = tree.and_then(|tree| deserializer.end().map(|()| tree.0));
    whole.map_err(|error| Error::new(track.path(), error))
}

/// A time of TOML becomes its text.
pub(crate) fn from_toml(table: &DeTable) -> Value {
    let members = table.iter();
    let members =
        members.map(|(name, value)| (name.get_ref().to_string(), value_of(value.get_ref())));
    Value::Object(members.collect())
}

fn value_of(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(it) => match i64::from_str_radix(it.as_str(), it.radix()) {
            Ok(whole) => whole.into(),
            Err(_) => it.as_str().into(),
        },
        // JSON has no number for these two, so they are wrong wherever a number is meant.
        DeValue::Float(it) => match it.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => number.into(),
            _ => it.as_str().into(),
        },
        DeValue::Boolean(it) => (*it).into(),
        DeValue::Datetime(it) => it.to_string().into(),
        DeValue::Array(items) => items.iter().map(|it| value_of(it.get_ref())).collect(),
        DeValue::Table(table) => from_toml(table),
    }
}

/// A value of JSON in which no object has a member twice.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Tree)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_f64<E>(self, it: f64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_str<E>(self, it: &str) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_string<E>(self, it: String) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = vec![];
        while let Some(Tree(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("duplicate field `{name}`")));
            }
            let Tree(value) = members.next_value()?;
            object.insert(name, value);
        }
        Ok(object.into())
    }
}

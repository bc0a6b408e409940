//! What the rules ask of a value that somebody else made: a caller's parameters, an option, a message from the host.
//!
//! Each rule is written once, over [`Value`]. In the browser that is a `JsValue` (`browser/read.rs`), and natively a
//! `serde_json::Value`: so the rules that ship are tested in milliseconds, and a server checks messages with them too.

use crate::error::{Fault, Result, join};

/// The kinds of value that the rules tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
pub enum Kind {
    /// `undefined` or `null`: both mean "not given".
    Missing,
    /// The empty string. A kind of its own because the rules ask for it at every field.
    Empty,
    /// A primitive string that is not empty.
    Text,
    /// An object that is neither an array nor a function.
    Object,
    /// An array.
    List,
    /// `false`.
    False,
    /// `true`.
    True,
    /// A number, `NaN` included.
    Number,
    /// A function.
    Function,
    /// A symbol, a `BigInt`.
    Other,
}

impl Kind {
    /// Not given, or an empty string: the specification treats the two alike.
    pub fn is_blank(self) -> bool {
        matches!(self, Self::Missing | Self::Empty)
    }

    /// A string, empty or not.
    pub fn is_string(self) -> bool {
        matches!(self, Self::Text | Self::Empty)
    }

    /// What an error text calls it.
    fn noun(self) -> &'static str {
        match self {
            Self::Missing => "nothing",
            Self::Empty => "an empty string",
            Self::Text => "a string",
            Self::Object => "an object",
            Self::List => "an array",
            Self::False | Self::True => "a boolean",
            Self::Number => "a number",
            Self::Function => "a function",
            Self::Other => "something else",
        }
    }
}

/// Characters of a caller's string that an error text shows. Every name that the rules know is shorter.
const SHOWN: usize = 40;

/// A value of JavaScript or JSON. The default is `undefined`, or `null`.
pub trait Value:
    Clone + Default + PartialEq + From<bool> + From<i32> + for<'a> From<&'a str>
{
    /// Which kind it is. Runs no code of the caller's.
    fn kind(&self) -> Kind;
    /// Of a string: its first `characters`, so that a long one need not be copied.
    fn text(&self, characters: usize) -> Option<String>;
    /// A number, or a string that reads as one.
    fn number(&self) -> Option<f64>;
    /// A member, inherited ones included. Reading may run a getter, and what that throws is the fault.
    fn get(&self, name: &str) -> Result<Self>;
    /// An item of an array. The same.
    fn item(&self, index: u32) -> Result<Self>;
    /// A member of its own; the default where there is none, or where this is no object.
    fn own(&self, name: &str) -> Self;
    /// A new object with the own enumerable members of a plain one, without one named `__proto__`: whoever merges that would
    /// change a prototype. Of a missing value an empty object; of any other the default, since it is none to copy.
    fn copy(&self) -> Self;
    /// Sets a member of an object that the core made. No setter runs.
    fn set(&mut self, name: &str, value: &Self);
    /// A new array without items.
    fn list() -> Self;
    /// Appends to an array that the core made.
    fn push(&mut self, item: &Self);
}

/// A new object with these members.
pub fn object<V: Value>(members: &[(&str, &V)]) -> V {
    let mut object = V::default().copy();
    for (name, value) in members {
        object.set(name, value);
    }
    object
}

/// The name that a value is; empty for what is no string. The names that the rules know are all recognised by it.
pub fn name_of<V: Value>(value: &V) -> String {
    value.text(SHOWN).unwrap_or_default()
}

/// Whether a value is this name.
#[inline(never)]
pub fn is<V: Value>(value: &V, name: &str) -> bool {
    name_of(value) == name
}

/// A member of the parameters; of parameters that are no object, nothing.
pub fn member<V: Value>(params: &V, name: &str) -> Result<V> {
    match params.kind() {
        Kind::Object => params.get(name),
        _ => Ok(V::default()),
    }
}

/// How many items an array has.
pub fn length<V: Value>(list: &V) -> Result<u32> {
    // A proxy may claim any length. It is brought into range first: in juzi-helper.compat.js a cast of more than 31 bits is 0.
    let length = list.get("length")?.number().unwrap_or_default();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Ok(length.clamp(0.0, f64::from(i32::MAX)) as u32)
}

/// A value in an error text: the beginning of a string in quotes, anything else by its kind.
pub fn describe<V: Value>(value: &V) -> String {
    let kind = value.kind();
    if kind != Kind::Text {
        return kind.noun().into();
    }
    let start = value.text(SHOWN).unwrap_or_default();
    let is_longer = value.text(SHOWN + 1).as_ref() != Some(&start);
    let end = if is_longer { "…\"" } else { "\"" };
    join(&["\"", &start, end])
}

#[cfg(not(target_arch = "wasm32"))]
impl Value for serde_json::Value {
    fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Missing,
            Self::String(text) if text.is_empty() => Kind::Empty,
            Self::String(_) => Kind::Text,
            Self::Object(_) => Kind::Object,
            Self::Array(_) => Kind::List,
            Self::Bool(false) => Kind::False,
            Self::Bool(true) => Kind::True,
            Self::Number(_) => Kind::Number,
        }
    }

    fn text(&self, characters: usize) -> Option<String> {
        Some(self.as_str()?.chars().take(characters).collect())
    }

    fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            Self::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Result<Self> {
        Ok(match self {
            Self::Array(items) if name == "length" => items.len().into(),
            _ => self.own(name),
        })
    }

    fn item(&self, index: u32) -> Result<Self> {
        let item = self.as_array().and_then(|items| items.get(index as usize));
        Ok(item.cloned().unwrap_or_default())
    }

    fn own(&self, name: &str) -> Self {
        let member = self.as_object().and_then(|members| members.get(name));
        member.cloned().unwrap_or_default()
    }

    fn copy(&self) -> Self {
        let mut members = match self {
            Self::Object(members) => members.clone(),
            Self::Null => serde_json::Map::new(),
            _ => return Self::Null,
        };
        members.remove("__proto__");
        Self::Object(members)
    }

    fn set(&mut self, name: &str, value: &Self) {
        if let Self::Object(members) = self {
            members.insert(name.into(), value.clone());
        }
    }

    fn list() -> Self {
        Self::Array(Vec::new())
    }

    fn push(&mut self, item: &Self) {
        if let Self::Array(items) = self {
            items.push(item.clone());
        }
    }
}

/// A string that may be left out: it is there if its kind is [`Kind::Text`], since an empty one counts as left out.
pub fn optional_string<V: Value>(params: &V, name: &'static str) -> Result<V> {
    let value = member(params, name)?;
    match value.kind() {
        Kind::Missing | Kind::Empty | Kind::Text => Ok(value),
        _ => Err(Fault::expected(crate::error::Path::Name(name), "a string")),
    }
}

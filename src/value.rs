//! How the rules read values from outside: a caller's parameters, an option, a message from the host.
//!
//! Each rule is written once, over the trait [`Value`]. In the browser it is implemented by `JsValue` (`browser/read.rs`), natively by
//! `serde_json::Value`. So native tests cover the rules that ship, and a server can check messages by the same rules.

use crate::error::{Fault, Path, Result};
use crate::text::{decimal, join};

/// The kinds of value that the rules distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
pub enum Kind {
    /// `undefined` or `null`: both mean "not given".
    Missing,
    /// The empty string. It has a kind of its own because most rules treat it as missing.
    Empty,
    /// A primitive string that is not empty.
    String,
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
    /// Missing or empty: the specification treats the two alike.
    pub fn is_blank(self) -> bool {
        matches!(self, Self::Missing | Self::Empty)
    }

    /// A string, empty or not.
    pub fn is_string(self) -> bool {
        matches!(self, Self::String | Self::Empty)
    }

    /// The noun for it in an error message.
    fn noun(self) -> &'static str {
        match self {
            Self::Missing => "nothing",
            Self::Empty => "an empty string",
            Self::String => "a string",
            Self::Object => "an object",
            Self::List => "an array",
            Self::False | Self::True => "a boolean",
            Self::Number => "a number",
            Self::Function => "a function",
            Self::Other => "something else",
        }
    }
}

/// Characters of a caller's string that an error message quotes. All names in the rules are shorter.
const SHOWN: usize = 40;

/// A value of JavaScript or JSON. The default is `undefined`, or `null`.
pub trait Value:
    Clone + Default + PartialEq + From<bool> + From<i32> + for<'a> From<&'a str>
{
    /// The kind. Runs no code of the caller's.
    fn kind(&self) -> Kind;
    /// The first `characters` of a string, so that a long one is not copied whole; `None` if it is no string.
    fn string(&self, characters: usize) -> Option<String>;
    /// A number, or a string that represents one; otherwise `NaN`.
    fn number(&self) -> f64;
    /// A member, own or inherited. This may run a getter; if it throws, the result is [`Fault::Thrown`].
    fn get(&self, name: &str) -> Result<Self>;
    /// An own member; the default if there is none, or if the value is no object.
    fn own(&self, name: &str) -> Self;
    /// A shallow copy of a plain object's own enumerable members, except one named `__proto__`, which would change the prototype of
    /// an object that it is merged into. A missing value gives an empty object; any other value gives the default.
    fn copy(&self) -> Self;
    /// The object with more members; a new one if the value is missing. `names` are separated by spaces: all of them cross to JavaScript
    /// at once. This crate made the object; no setter runs.
    #[must_use]
    fn with_all(self, names: &str, values: [Self; 3]) -> Self;
    /// The object with one more member. This crate made the object; no setter runs.
    #[must_use]
    fn with(self, name: &str, value: Self) -> Self;
    /// A new array without items.
    fn list() -> Self;
    /// Appends to an array that this crate made.
    fn push(&mut self, item: Self);
}

/// A new object without members.
pub fn object<V: Value>() -> V {
    V::default().copy()
}

/// A new object with these members. `names` are separated by spaces.
pub fn object_of<V: Value>(names: &str, first: V, second: V) -> V {
    V::default().with_all(names, [first, second, V::default()])
}

/// A whole string; empty if the value is no string.
pub fn string_of<V: Value>(value: &V) -> String {
    value.string(usize::MAX).unwrap_or_default()
}

/// The start of a string, long enough to compare it with any name in the rules; empty if the value is no string.
pub fn name_of<V: Value>(value: &V) -> String {
    value.string(SHOWN).unwrap_or_default()
}

/// Whether a value is the string `name`.
#[inline(never)]
pub fn is<V: Value>(value: &V, name: &str) -> bool {
    name_of(value) == name
}

/// A member of the parameters; the default if they are no object.
pub fn member<V: Value>(params: &V, name: &str) -> Result<V> {
    match params.kind() {
        Kind::Object => params.get(name),
        _ => Ok(V::default()),
    }
}

/// An item of an array. Reading it may throw, as with any member.
pub fn item<V: Value>(list: &V, index: u32) -> Result<V> {
    list.get(&decimal(index))
}

/// The length of an array.
fn length<V: Value>(list: &V) -> Result<u32> {
    // A proxy may report any length. It is clamped before the cast: in juzi-helper.compat.js a cast of more than 31 bits gives 0.
    let length = list.get("length")?.number();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Ok(length.clamp(0.0, f64::from(i32::MAX)) as u32)
}

/// The length of a caller's list. A proxy may report any length, so there is a limit: the number, and the words for it.
pub fn list_length<V: Value>(
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

/// A value as an error message shows it: the start of a string in quotes, anything else by its kind.
pub fn describe<V: Value>(value: &V) -> String {
    let kind = value.kind();
    if kind != Kind::String {
        return kind.noun().into();
    }
    let start = value.string(SHOWN).unwrap_or_default();
    let is_longer = value.string(SHOWN + 1).unwrap_or_default().len() > start.len();
    let end = if is_longer { "…\"" } else { "\"" };
    join(&["\"", &start, end])
}

#[cfg(not(target_arch = "wasm32"))]
impl Value for serde_json::Value {
    fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Missing,
            Self::String(text) if text.is_empty() => Kind::Empty,
            Self::String(_) => Kind::String,
            Self::Object(_) => Kind::Object,
            Self::Array(_) => Kind::List,
            Self::Bool(false) => Kind::False,
            Self::Bool(true) => Kind::True,
            Self::Number(_) => Kind::Number,
        }
    }

    fn string(&self, characters: usize) -> Option<String> {
        Some(self.as_str()?.chars().take(characters).collect())
    }

    fn number(&self) -> f64 {
        let number = match self {
            Self::Number(number) => number.as_f64(),
            Self::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.unwrap_or(f64::NAN)
    }

    fn get(&self, name: &str) -> Result<Self> {
        Ok(match self {
            Self::Array(items) if name == "length" => items.len().into(),
            Self::Array(items) => {
                let item = name.parse().ok().and_then(|index: usize| items.get(index));
                item.cloned().unwrap_or_default()
            }
            _ => self.own(name),
        })
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

    fn with_all(self, names: &str, values: [Self; 3]) -> Self {
        let object = match self {
            Self::Null => Self::Object(serde_json::Map::new()),
            object => object,
        };
        let members = names.split(' ').zip(values);
        members.fold(object, |object, (name, value)| object.with(name, value))
    }

    fn with(mut self, name: &str, value: Self) -> Self {
        if let Self::Object(members) = &mut self {
            members.insert(name.into(), value);
        }
        self
    }

    fn list() -> Self {
        Self::Array(Vec::new())
    }

    fn push(&mut self, item: Self) {
        if let Self::Array(items) = self {
            items.push(item);
        }
    }
}

/// A string member that may be missing. An empty one counts as missing, so only a value of [`Kind::String`] is a string to use.
pub fn optional_string<V: Value>(params: &V, name: &'static str) -> Result<V> {
    let value = member(params, name)?;
    match value.kind() {
        Kind::Missing | Kind::Empty | Kind::String => Ok(value),
        _ => Err(Fault::expected(Path::Name(name), "a string")),
    }
}

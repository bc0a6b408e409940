//! What the core asks of a value, wherever it lives.
//!
//! The rules are written once, over [`Value`]. In the browser a value is a JavaScript one and never leaves JavaScript: a text
//! of 10 MB or with a lone surrogate is checked and passed on by reference. Natively it is a `serde_json::Value`, which
//! makes the same rules testable in milliseconds and usable by a Rust server.

use crate::atoms::{
    A_BOOLEAN, A_FUNCTION, A_NUMBER, A_STRING, AN_ARRAY, AN_EMPTY_STRING, AN_OBJECT, Atom, NOTHING,
    SOMETHING_ELSE,
};
use crate::error::Fault;

/// The kinds of value that the rules tell apart.
///
/// ```
/// use juzi_helper::value::{Kind, Value};
/// use serde_json::json;
///
/// assert_eq!(json!("").kind(), Kind::Empty);
/// assert_eq!(json!(["a"]).kind(), Kind::List);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Whether it is a text, empty or not.
    ///
    /// ```
    /// use juzi_helper::value::Kind;
    /// assert!(Kind::Empty.is_text() && !Kind::Number.is_text());
    /// ```
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Empty)
    }

    /// What an error text calls it.
    ///
    /// ```
    /// use juzi_helper::value::Kind;
    /// assert_eq!(Kind::List.noun().text(), "an array");
    /// ```
    #[must_use]
    pub fn noun(self) -> Atom {
        match self {
            Self::Missing => NOTHING,
            Self::Empty => AN_EMPTY_STRING,
            Self::Text => A_STRING,
            Self::Object => AN_OBJECT,
            Self::List => AN_ARRAY,
            Self::False | Self::True => A_BOOLEAN,
            Self::Number => A_NUMBER,
            Self::Function => A_FUNCTION,
            Self::Other => SOMETHING_ELSE,
        }
    }
}

/// Members of an object, each of which has been read once.
///
/// ```
/// use juzi_helper::{atoms::{DESC, TITLE, URL}, value::{Kind, Members, Value}};
/// use serde_json::json;
///
/// let given = json!({ "url": "a", "title": null, "mine": 1 });
/// let members = given.members([URL, TITLE, DESC].into_iter()).unwrap();
/// assert_eq!(members.pick(), json!({ "url": "a" }));
/// ```
pub trait Members<V> {
    /// The kind of the one at that place, counted from 0.
    ///
    /// ```
    /// use juzi_helper::{atoms::{TITLE, URL}, value::{Kind, Members, Value}};
    /// use serde_json::json;
    /// let members = json!({ "url": "a" }).members([URL, TITLE].into_iter()).unwrap();
    /// assert_eq!((members.kind(0), members.kind(1)), (Kind::Text, Kind::Missing));
    /// ```
    fn kind(&self, index: usize) -> Kind;
    /// A new object with those that are not missing.
    ///
    /// ```
    /// use juzi_helper::{atoms::{TITLE, URL}, value::{Members, Value}};
    /// use serde_json::json;
    /// let members = json!({ "url": "a" }).members([URL, TITLE].into_iter()).unwrap();
    /// assert_eq!(members.pick(), json!({ "url": "a" }));
    /// ```
    fn pick(&self) -> V;
}

/// With their names, one after the other.
impl<V: Value> Members<V> for Vec<(Atom, V)> {
    fn kind(&self, index: usize) -> Kind {
        self.get(index)
            .map_or(Kind::Missing, |(_, value)| value.kind())
    }

    fn pick(&self) -> V {
        let mut object = V::record();
        for (name, value) in self.iter().filter(|(_, value)| !value.is_missing()) {
            object.set([(*name, value.clone())]);
        }
        object
    }
}

/// A value of the page's or of the host's.
///
/// Reading may run the caller's code (getters, proxies), so it can fail, and a rule reads a member once and works with what
/// it got.
///
/// ```
/// use juzi_helper::{atoms, value::Value};
/// use serde_json::json;
///
/// /// The address of a picture, wherever the picture lives.
/// fn address<V: Value>(picture: &V) -> Option<V> {
///     picture.get(atoms::URL).ok().filter(Value::is_text)
/// }
/// assert_eq!(address(&json!({ "url": "https://page.example/" })), Some(json!("https://page.example/")));
/// assert_eq!(address(&json!({ "url": 1 })), None);
/// ```
#[allow(clippy::len_without_is_empty)] // The length of a caller's array, asked for once and possibly a lie.
pub trait Value: Clone + PartialEq {
    /// What [`Value::members`] gives.
    type Members: Members<Self>;

    /// `undefined`, or what stands for it.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::{Value as Json, json};
    /// assert_eq!(<Json as Value>::missing(), json!(null));
    /// ```
    fn missing() -> Self;
    /// The text of an atom.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::{Value as Json, json};
    /// assert_eq!(<Json as Value>::atom(atoms::URL), json!("url"));
    /// ```
    fn atom(atom: Atom) -> Self;
    /// A boolean.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::{Value as Json, json};
    /// assert_eq!(<Json as Value>::boolean(true), json!(true));
    /// ```
    fn boolean(value: bool) -> Self;
    /// A whole number.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::{Value as Json, json};
    /// assert_eq!(<Json as Value>::number(-1), json!(-1));
    /// ```
    fn number(value: i32) -> Self;
    /// A new object without members.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::{Value as Json, json};
    /// assert_eq!(<Json as Value>::record(), json!({}));
    /// ```
    fn record() -> Self;
    /// A new array without items.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::{Value as Json, json};
    /// assert_eq!(<Json as Value>::list(), json!([]));
    /// ```
    fn list() -> Self;

    /// Which kind it is. Runs no code of the caller's.
    ///
    /// ```
    /// use juzi_helper::value::{Kind, Value};
    /// use serde_json::json;
    /// assert_eq!(json!(null).kind(), Kind::Missing);
    /// ```
    fn kind(&self) -> Kind;
    /// The member of that name; [`Value::missing`] where there is none.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    /// assert_eq!(Value::get(&json!({ "url": "a" }), atoms::URL), Ok(json!("a")));
    /// ```
    ///
    /// # Errors
    /// [`Fault::Thrown`]: what the caller's getter threw.
    fn get(&self, name: Atom) -> Result<Self, Fault<Self>>;
    /// The object's own member of that name: what a host has sent has no other, and its getters are nobody's.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    /// assert_eq!(json!({ "url": "a" }).own(atoms::URL), Ok(json!("a")));
    /// ```
    ///
    /// # Errors
    /// [`Fault::Thrown`]: what a getter threw.
    fn own(&self, name: Atom) -> Result<Self, Fault<Self>> {
        self.get(name)
    }
    /// Several members, no more than seven, each read once and in this order.
    ///
    /// ```
    /// use juzi_helper::{atoms::{TITLE, URL}, value::{Kind, Members, Value}};
    /// use serde_json::json;
    ///
    /// let members = json!({ "url": "a" }).members([URL, TITLE].into_iter()).unwrap();
    /// assert_eq!((members.kind(0), members.kind(1)), (Kind::Text, Kind::Missing));
    /// ```
    ///
    /// # Errors
    /// [`Fault::Thrown`]: what the first of the caller's getters to do so threw.
    fn members(&self, names: impl Iterator<Item = Atom>) -> Result<Self::Members, Fault<Self>>;
    /// How many items an array has.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!(["a", "b"]).len(), Ok(2));
    /// ```
    ///
    /// # Errors
    /// [`Fault::Thrown`]: what the caller's proxy threw.
    fn len(&self) -> Result<u32, Fault<Self>>;
    /// The item of an array at that place, counted from 0.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!(["a", "b"]).item(1), Ok(json!("b")));
    /// ```
    ///
    /// # Errors
    /// [`Fault::Thrown`]: what the caller's getter threw.
    fn item(&self, index: u32) -> Result<Self, Fault<Self>>;
    /// The words of a text, an array.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!(" a  b ").words(), json!(["a", "b"]));
    /// ```
    #[must_use]
    fn words(&self) -> Self;
    /// Which of the atoms it is, if it is a text and one of them.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    /// assert_eq!(json!("url").which(), Some(atoms::URL));
    /// assert_eq!(json!("nothing of ours").which(), None);
    /// ```
    fn which(&self) -> Option<Atom>;
    /// Whether it is a text that begins with that one.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert!(json!("https://a").starts_with(&json!("https://")));
    /// ```
    fn starts_with(&self, prefix: &Self) -> bool;
    /// Whether it is a text that ends with that one.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert!(json!("config:ok").ends_with(&json!(":ok")));
    /// ```
    fn ends_with(&self, suffix: &Self) -> bool;
    /// Whether it is a text that contains the lower-case word, in any case.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    /// assert!(json!("Mozilla/5.0 MicroMessenger/8").mentions(atoms::MICRO_MESSENGER));
    /// ```
    fn mentions(&self, word: Atom) -> bool;
    /// Whether, as the query of a URL (with or without the `?`), it has a parameter of that name.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    /// assert!(json!("?a=1&juziSidebar").has_parameter(atoms::JUZI_SIDEBAR));
    /// ```
    fn has_parameter(&self, name: Atom) -> bool;
    /// The origin that it is, as browsers write it; missing where it is no http or https URL, or has more than an origin.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!("https://A.example:443/").origin(), json!("https://a.example"));
    /// assert_eq!(json!("https://a.example/path").origin(), json!(null));
    /// ```
    #[must_use]
    fn origin(&self) -> Self;
    /// Its text; empty where it is none. The rules need none: it is for who reads an error natively.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!("a").to_text(), "a");
    /// assert_eq!(json!(1).to_text(), "");
    /// ```
    #[cfg(not(target_arch = "wasm32"))]
    fn to_text(&self) -> String;
    /// Its number, where it is a number or a text that reads as one.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!("500").to_number(), Some(500.0));
    /// assert_eq!(json!({}).to_number(), None);
    /// ```
    fn to_number(&self) -> Option<f64>;
    /// The beginning of this text, in quotes, for an error.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!("voice").quoted(), json!("\"voice\""));
    /// ```
    #[must_use]
    fn quoted(&self) -> Self;
    /// What follows the first `mark` in this text, or all of it, without the white space around it.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    /// assert_eq!(json!("config:fail no reason").after(atoms::FAIL), json!("no reason"));
    /// ```
    #[must_use]
    fn after(&self, mark: Atom) -> Self;
    /// This text with the other mark in the place of the first `mark` in it.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    ///
    /// let host = json!("https://*.a.example").replace(atoms::ALL_BELOW, atoms::SLASHES);
    /// assert_eq!(host, json!("https://a.example"));
    /// ```
    #[must_use]
    fn replace(&self, mark: Atom, by: Atom) -> Self;
    /// This text, or this whole number in decimal, and then the other.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!("urls").concat(&json!(2)), json!("urls2"));
    /// ```
    #[must_use]
    fn concat(&self, tail: &Self) -> Self;
    /// A new object with the members of a plain one, but for a member `__proto__`. Missing where it is another kind of object.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert_eq!(json!({ "id": 1, "__proto__": {} }).copy(), json!({ "id": 1 }));
    /// assert_eq!(json!(["id"]).copy(), json!(null));
    /// ```
    #[must_use]
    fn copy(&self) -> Self;

    /// Sets members of an object that the core made, no more than three at once.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    ///
    /// let mut object = json!({});
    /// object.set([(atoms::URL, json!("a")), (atoms::TITLE, json!("b"))]);
    /// assert_eq!(object, json!({ "url": "a", "title": "b" }));
    /// ```
    fn set<const N: usize>(&mut self, members: [(Atom, Self); N]);
    /// Sets a member under a name that is not an atom's.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    ///
    /// let mut object = json!({});
    /// object.set_named(&json!("hideMenuItems"), json!(false));
    /// assert_eq!(object, json!({ "hideMenuItems": false }));
    /// ```
    fn set_named(&mut self, name: &Self, value: Self);
    /// Appends to an array that the core made.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    ///
    /// let mut list = json!([]);
    /// list.push(json!("a"));
    /// assert_eq!(list, json!(["a"]));
    /// ```
    fn push(&mut self, value: Self);

    /// A new object with these members, no more than three.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::{Value as Json, json};
    /// assert_eq!(Json::object([(atoms::URL, json!("a"))]), json!({ "url": "a" }));
    /// ```
    fn object<const N: usize>(members: [(Atom, Self); N]) -> Self {
        let mut object = Self::record();
        object.set(members);
        object
    }

    /// Whether it is not given.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert!(json!(null).is_missing() && !json!("").is_missing());
    /// ```
    fn is_missing(&self) -> bool {
        self.kind() == Kind::Missing
    }

    /// Whether it is a text, empty or not.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert!(json!("").is_text() && !json!(1).is_text());
    /// ```
    fn is_text(&self) -> bool {
        self.kind().is_text()
    }

    /// Whether it is the text of that atom.
    ///
    /// ```
    /// use juzi_helper::{atoms, value::Value};
    /// use serde_json::json;
    /// assert!(json!("listen").is(atoms::LISTEN));
    /// ```
    fn is(&self, atom: Atom) -> bool {
        self.which() == Some(atom)
    }

    /// Whether it is not given, or an empty text: the specification treats the two alike.
    ///
    /// ```
    /// use juzi_helper::value::Value;
    /// use serde_json::json;
    /// assert!(json!("").is_blank() && json!(null).is_blank() && !json!(0).is_blank());
    /// ```
    fn is_blank(&self) -> bool {
        matches!(self.kind(), Kind::Missing | Kind::Empty)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Value for serde_json::Value {
    type Members = Vec<(Atom, Self)>;

    fn missing() -> Self {
        Self::Null
    }

    fn atom(atom: Atom) -> Self {
        atom.text().into()
    }

    fn boolean(value: bool) -> Self {
        value.into()
    }

    fn number(value: i32) -> Self {
        value.into()
    }

    fn record() -> Self {
        Self::Object(serde_json::Map::new())
    }

    fn list() -> Self {
        Self::Array(Vec::new())
    }

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

    fn get(&self, name: Atom) -> Result<Self, Fault<Self>> {
        Ok(self.get(name.text()).cloned().unwrap_or_default())
    }

    fn members(&self, names: impl Iterator<Item = Atom>) -> Result<Self::Members, Fault<Self>> {
        names
            .map(|name| Ok((name, Value::get(self, name)?)))
            .collect()
    }

    fn len(&self) -> Result<u32, Fault<Self>> {
        let length = self.as_array().map_or(0, Vec::len);
        Ok(u32::try_from(length).unwrap_or(u32::MAX))
    }

    fn item(&self, index: u32) -> Result<Self, Fault<Self>> {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        Ok(self.get(index).cloned().unwrap_or_default())
    }

    fn words(&self) -> Self {
        let text = self.as_str().unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().into()
    }

    fn which(&self) -> Option<Atom> {
        self.as_str().and_then(Atom::find)
    }

    fn starts_with(&self, prefix: &Self) -> bool {
        let texts = self.as_str().zip(prefix.as_str());
        texts.is_some_and(|(text, prefix)| text.starts_with(prefix))
    }

    fn ends_with(&self, suffix: &Self) -> bool {
        let texts = self.as_str().zip(suffix.as_str());
        texts.is_some_and(|(text, suffix)| text.ends_with(suffix))
    }

    fn mentions(&self, word: Atom) -> bool {
        self.to_text().to_lowercase().contains(word.text())
    }

    fn has_parameter(&self, name: Atom) -> bool {
        let text = self.to_text();
        let query = text.strip_prefix('?').unwrap_or(&text);
        url::form_urlencoded::parse(query.as_bytes()).any(|(found, _)| found == name.text())
    }

    fn origin(&self) -> Self {
        let text = self.to_text();
        let Ok(url) = url::Url::parse(&text) else {
            return Self::Null;
        };
        let origin = url.origin().ascii_serialization();
        let alone = url.as_str().strip_suffix('/') == Some(&origin) && !text.contains('*');
        if matches!(url.scheme(), "http" | "https") && alone {
            origin.into()
        } else {
            Self::Null
        }
    }

    fn to_text(&self) -> String {
        self.as_str().unwrap_or_default().to_owned()
    }

    fn to_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            Self::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    fn quoted(&self) -> Self {
        const LONGEST: usize = 40;
        let text = self.to_text();
        let start: String = text.chars().take(LONGEST).collect();
        let more = if start.len() < text.len() { "…" } else { "" };
        format!("\"{start}{more}\"").into()
    }

    fn after(&self, mark: Atom) -> Self {
        let text = self.to_text();
        let rest = text.split_once(mark.text()).map(|(_, rest)| rest);
        rest.unwrap_or(&text).trim().into()
    }

    fn replace(&self, mark: Atom, by: Atom) -> Self {
        self.to_text().replacen(mark.text(), by.text(), 1).into()
    }

    fn concat(&self, tail: &Self) -> Self {
        let text = |value: &Self| match value {
            Self::Number(number) => number.to_string(),
            value => value.to_text(),
        };
        (text(self) + &text(tail)).into()
    }

    fn copy(&self) -> Self {
        let Self::Object(members) = self else {
            return Self::Null;
        };
        let mut copy = members.clone();
        copy.remove("__proto__");
        Self::Object(copy)
    }

    fn set<const N: usize>(&mut self, members: [(Atom, Self); N]) {
        if let Self::Object(object) = self {
            object.extend(members.map(|(name, value)| (name.text().to_owned(), value)));
        }
    }

    fn set_named(&mut self, name: &Self, value: Self) {
        if let (Self::Object(members), Self::String(name)) = (self, name) {
            members.insert(name.clone(), value);
        }
    }

    fn push(&mut self, value: Self) {
        if let Self::Array(items) = self {
            items.push(value);
        }
    }
}

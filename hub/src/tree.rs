//! A text of JSON or TOML as a tree, before it is read as a type. Each type is read from a tree alone: serde compiles the reading of a
//! type anew for every language, which would be half of the WebAssembly module. The tree tells where in it something is wrong.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, EnumAccess, Error as _, Expected, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::{Error, Map, Value};
use toml::de::{DeTable, DeValue};

/// Why a type could not be read.
#[derive(Debug)]
pub(crate) struct Wrong {
    /// From the outside in.
    pub place: Vec<Step>,
    pub message: String,
}

/// One step into a tree.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Member(String),
    Item(usize),
}

/// Reads a type.
pub(crate) fn read<T: DeserializeOwned>(tree: Value) -> Result<T, Wrong> {
    let wrong = RefCell::new(None);
    let node = Node {
        tree,
        place: &Place::Whole,
        wrong: &wrong,
    };
    T::deserialize(node).map_err(|error| Wrong {
        place: wrong.take().unwrap_or_default(),
        message: error.to_string(),
    })
}

/// Parses a text of JSON in which no object has a member twice.
///
/// # Errors
///
/// What is wrong with the text, and where.
pub fn from_json(text: &str) -> Result<Value, Error> {
    serde_json::from_str::<Tree>(text).map(|tree| tree.0)
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
        DeValue::Float(it) => match number(it.as_str()) {
            Some(number) => number.into(),
            None => it.as_str().into(),
        },
        DeValue::Boolean(it) => (*it).into(),
        DeValue::Datetime(it) => it.to_string().into(),
        DeValue::Array(items) => items.iter().map(|it| value_of(it.get_ref())).collect(),
        DeValue::Table(table) => from_toml(table),
    }
}

/// A float of TOML, which may have a plus sign that JSON has not. It is read as JSON's are: the standard library's tables for it are 10 KB.
fn number(text: &str) -> Option<f64> {
    serde_json::from_str(text.strip_prefix('+').unwrap_or(text)).ok()
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

/// Where a node is.
enum Place<'a> {
    Whole,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn steps(&self) -> Vec<Step> {
        let (parent, step) = match self {
            Place::Whole => return vec![],
            Place::Member(parent, name) => (parent, Step::Member((*name).to_owned())),
            Place::Item(parent, index) => (parent, Step::Item(*index)),
        };
        let mut steps = parent.steps();
        steps.push(step);
        steps
    }
}

/// The innermost place of the first error.
type Found = RefCell<Option<Vec<Step>>>;

fn note<T>(result: Result<T, Error>, place: &Place, wrong: &Found) -> Result<T, Error> {
    if result.is_err() {
        wrong.borrow_mut().get_or_insert_with(|| place.steps());
    }
    result
}

/// A part of the tree.
struct Node<'a> {
    tree: Value,
    place: &'a Place<'a>,
    wrong: &'a Found,
}

/// What a value is, for the message that another was expected.
fn unexpected(tree: &Value) -> Unexpected<'_> {
    match tree {
        Value::Null => Unexpected::Unit,
        Value::Bool(it) => Unexpected::Bool(*it),
        Value::Number(it) => match (it.as_u64(), it.as_i64()) {
            (Some(whole), _) => Unexpected::Unsigned(whole),
            (None, Some(whole)) => Unexpected::Signed(whole),
            (None, None) => Unexpected::Float(it.as_f64().unwrap_or_default()),
        },
        Value::String(it) => Unexpected::Str(it),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

impl Node<'_> {
    /// Not generic, so that it is compiled once.
    #[inline(never)]
    fn not(&self, expected: &dyn Expected) -> Error {
        self.wrong
            .borrow_mut()
            .get_or_insert_with(|| self.place.steps());
        Error::invalid_type(unexpected(&self.tree), expected)
    }

    fn number<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Error> {
        let Value::Number(it) = &self.tree else {
            return Err(self.not(&visitor));
        };
        let result = match (it.as_u64(), it.as_i64()) {
            (Some(whole), _) => visitor.visit_u64(whole),
            (None, Some(whole)) => visitor.visit_i64(whole),
            (None, None) => visitor.visit_f64(it.as_f64().unwrap_or_default()),
        };
        note(result, self.place, self.wrong)
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Value::String(text) => note(visitor.visit_string(text), self.place, self.wrong),
            _ => Err(self.not(&visitor)),
        }
    }

    fn items<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (place, wrong) = (self.place, self.wrong);
        let Value::Array(items) = self.tree else {
            return Err(self.not(&visitor));
        };
        let items = Items {
            items: items.into_iter(),
            next: 0,
            place,
            wrong,
        };
        note(visitor.visit_seq(items), place, wrong)
    }

    fn members<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (place, wrong) = (self.place, self.wrong);
        let Value::Object(members) = self.tree else {
            return Err(self.not(&visitor));
        };
        let members = Members {
            members: members.into_iter(),
            open: None,
            place,
            wrong,
        };
        note(visitor.visit_map(members), place, wrong)
    }
}

macro_rules! each {
    ($($method:ident: $($name:ident)*;)*) => {
        $($(
            fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                self.$method(visitor)
            }
        )*)*
    };
}

/// A type says what it expects, and no code is compiled for anything else.
impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Error;

    each! {
        number: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i8 deserialize_i16 deserialize_i32
            deserialize_i64 deserialize_f32 deserialize_f64;
        text: deserialize_char deserialize_str deserialize_string deserialize_identifier;
        items: deserialize_seq;
        members: deserialize_map;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Value::Null => note(visitor.visit_unit(), self.place, self.wrong),
            Value::Bool(it) => note(visitor.visit_bool(it), self.place, self.wrong),
            Value::Number(_) => self.number(visitor),
            Value::String(_) => self.text(visitor),
            Value::Array(_) => self.items(visitor),
            Value::Object(_) => self.members(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Value::Bool(it) => note(visitor.visit_bool(it), self.place, self.wrong),
            _ => Err(self.not(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.members(visitor)
    }

    /// The content may be left unread, whatever it is.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let (place, wrong) = (self.place, self.wrong);
        let variant = match self.tree {
            Value::String(name) => Variant {
                name,
                content: None,
            },
            Value::Object(members) if members.len() == 1 => {
                let (name, tree) = members.into_iter().next().unwrap_or_default();
                let content = Some(Node { tree, place, wrong });
                Variant { name, content }
            }
            _ => return Err(self.not(&"string or map")),
        };
        note(visitor.visit_enum(variant), place, wrong)
    }

    forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

struct Items<'a> {
    items: std::vec::IntoIter<Value>,
    next: usize,
    place: &'a Place<'a>,
    wrong: &'a Found,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(tree) = self.items.next() else {
            return Ok(None);
        };
        let place = Place::Item(self.place, self.next);
        self.next += 1;
        let node = Node {
            tree,
            place: &place,
            wrong: self.wrong,
        };
        note(seed.deserialize(node), &place, self.wrong).map(Some)
    }
}

struct Members<'a> {
    members: serde_json::map::IntoIter,
    /// The member whose name was read, and whose value was not.
    open: Option<(String, Value)>,
    place: &'a Place<'a>,
    wrong: &'a Found,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.members.next() else {
            return Ok(None);
        };
        let key: StringDeserializer<Error> = name.clone().into_deserializer();
        let place = Place::Member(self.place, &name);
        let key = note(seed.deserialize(key), &place, self.wrong)?;
        self.open = Some((name, value));
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, tree) = self.open.take().unwrap_or_default();
        let place = Place::Member(self.place, &name);
        let node = Node {
            tree,
            place: &place,
            wrong: self.wrong,
        };
        note(seed.deserialize(node), &place, self.wrong)
    }
}

struct Variant<'a> {
    name: String,
    content: Option<Node<'a>>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Error;
    type Variant = Content<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content<'a>), Error> {
        let name: StringDeserializer<Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, Content(self.content)))
    }
}

/// What a variant has besides its name.
struct Content<'a>(Option<Node<'a>>);

impl<'de> VariantAccess<'de> for Content<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        self.0.map_or(Ok(()), <()>::deserialize)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        match self.0 {
            Some(node) => seed.deserialize(node),
            None => Err(Error::invalid_type(
                Unexpected::UnitVariant,
                &"newtype variant",
            )),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Some(node) => node.deserialize_any(visitor),
            None => Err(Error::invalid_type(
                Unexpected::UnitVariant,
                &"tuple variant",
            )),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Some(node) => node.deserialize_any(visitor),
            None => Err(Error::invalid_type(
                Unexpected::UnitVariant,
                &"struct variant",
            )),
        }
    }
}

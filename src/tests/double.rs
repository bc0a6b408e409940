//! A value that behaves as JavaScript objects may: its getters throw, it answers differently each time, its length lies.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::error::{Fault, Result};
use crate::value::{Kind, Value};
use serde_json::{Value as Json, json};

/// What happens at a path such as `text.content` or `messages[1]`.
#[derive(Debug, Default)]
pub struct Behaviour {
    /// Reading it throws this text.
    pub throws: BTreeMap<String, String>,
    /// Every read after the first gives this instead.
    pub changes: BTreeMap<String, Json>,
    /// The length that the array there claims.
    pub lengths: BTreeMap<String, u32>,
    pub counts: RefCell<BTreeMap<String, u32>>,
}

impl Behaviour {
    /// How often each path was read.
    pub fn reads(&self) -> BTreeMap<String, u32> {
        self.counts.borrow().clone()
    }

    fn count(&self, path: &str) -> u32 {
        let mut reads = self.counts.borrow_mut();
        let count = reads.entry(path.to_owned()).or_default();
        *count += 1;
        *count
    }
}

/// A caller's value with its path, or one that the core made.
#[derive(Clone, Debug)]
pub struct Double {
    json: Json,
    caller: Option<(String, Rc<Behaviour>)>,
}

impl Double {
    pub fn of(json: Json, behaviour: Behaviour) -> (Self, Rc<Behaviour>) {
        let behaviour = Rc::new(behaviour);
        let caller = Some((String::new(), behaviour.clone()));
        (Self { json, caller }, behaviour)
    }

    pub fn json(&self) -> &Json {
        &self.json
    }

    fn read(&self, path: impl FnOnce(&str) -> String, value: Json) -> Result<Self> {
        let Some((parent, behaviour)) = &self.caller else {
            return Ok(value.into());
        };
        let path = path(parent);
        let count = behaviour.count(&path);
        if let Some(message) = behaviour.throws.get(&path) {
            return Err(Box::new(Fault::Thrown(message.clone())));
        }
        let changed = behaviour.changes.get(&path).filter(|_| count > 1);
        Ok(Self {
            json: changed.cloned().unwrap_or(value),
            caller: Some((path, behaviour.clone())),
        })
    }
}

/// Compares the values only, not their paths.
impl PartialEq for Double {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

impl From<Json> for Double {
    fn from(json: Json) -> Self {
        Self { json, caller: None }
    }
}

impl Default for Double {
    fn default() -> Self {
        Json::Null.into()
    }
}

impl From<bool> for Double {
    fn from(value: bool) -> Self {
        json!(value).into()
    }
}

impl From<i32> for Double {
    fn from(value: i32) -> Self {
        json!(value).into()
    }
}

impl From<&str> for Double {
    fn from(value: &str) -> Self {
        json!(value).into()
    }
}

impl Value for Double {
    fn kind(&self) -> Kind {
        self.json.kind()
    }
    fn string(&self, characters: usize) -> Option<String> {
        self.json.string(characters)
    }
    fn number(&self) -> f64 {
        self.json.number()
    }
    fn get(&self, name: &str) -> Result<Self> {
        let mut value = Value::get(&self.json, name)?;
        if let (Some((path, behaviour)), "length") = (&self.caller, name) {
            value = behaviour
                .lengths
                .get(path)
                .map_or(value, |length| json!(length));
        }
        if self.json.is_array() && name != "length" {
            return self.read(|parent| format!("{parent}[{name}]"), value);
        }
        let dotted = |parent: &str| [parent, name].join(if parent.is_empty() { "" } else { "." });
        self.read(dotted, value)
    }
    fn own(&self, name: &str) -> Self {
        self.json.own(name).into()
    }
    fn copy(&self) -> Self {
        self.json.copy().into()
    }
    fn with_all(self, names: &str, values: [Self; 3]) -> Self {
        assert!(
            self.caller.is_none(),
            "the caller's own object is written to"
        );
        self.json
            .with_all(names, values.map(|value| value.json))
            .into()
    }
    fn with(self, name: &str, value: Self) -> Self {
        assert!(
            self.caller.is_none(),
            "the caller's own object is written to"
        );
        self.json.with(name, value.json).into()
    }
    fn list() -> Self {
        json!([]).into()
    }
    fn push(&mut self, item: Self) {
        assert!(
            self.caller.is_none(),
            "the caller's own array is written to"
        );
        self.json.push(item.json);
    }
}

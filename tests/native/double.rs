//! A value that behaves as JavaScript objects may: its getters throw, it answers differently each time, its length lies.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use juzi_helper::atoms::Atom;
use juzi_helper::error::Fault;
use juzi_helper::value::{Kind, Value};
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

    fn read(&self, path: impl FnOnce(&str) -> String, value: Json) -> Result<Self, Fault<Self>> {
        let Some((parent, behaviour)) = &self.caller else {
            return Ok(value.into());
        };
        let path = path(parent);
        let count = behaviour.count(&path);
        if let Some(message) = behaviour.throws.get(&path) {
            return Err(Fault::Thrown(json!(message).into()));
        }
        let changed = behaviour.changes.get(&path).filter(|_| count > 1);
        Ok(Self {
            json: changed.cloned().unwrap_or(value),
            caller: Some((path, behaviour.clone())),
        })
    }
}

/// By what it is, wherever it comes from.
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

impl Value for Double {
    type Members = Vec<(Atom, Self)>;

    fn missing() -> Self {
        Json::Null.into()
    }
    fn atom(atom: Atom) -> Self {
        json!(atom.text()).into()
    }
    fn boolean(value: bool) -> Self {
        json!(value).into()
    }
    fn number(value: i32) -> Self {
        json!(value).into()
    }
    fn record() -> Self {
        json!({}).into()
    }
    fn list() -> Self {
        json!([]).into()
    }
    fn kind(&self) -> Kind {
        Value::kind(&self.json)
    }
    fn get(&self, name: Atom) -> Result<Self, Fault<Self>> {
        let value = self.json.get(name.text()).cloned().unwrap_or_default();
        let dotted =
            |parent: &str| [parent, name.text()].join(if parent.is_empty() { "" } else { "." });
        self.read(dotted, value)
    }
    fn members(&self, names: impl Iterator<Item = Atom>) -> Result<Self::Members, Fault<Self>> {
        names.map(|name| Ok((name, self.get(name)?))).collect()
    }
    fn len(&self) -> Result<u32, Fault<Self>> {
        if let Some((path, behaviour)) = &self.caller {
            let length_of = format!("{path}.length");
            behaviour.count(&length_of);
            if let Some(message) = behaviour.throws.get(&length_of) {
                return Err(Fault::Thrown(json!(message).into()));
            }
            if let Some(length) = behaviour.lengths.get(path) {
                return Ok(*length);
            }
        }
        Ok(self.json.as_array().map_or(0, Vec::len) as u32)
    }
    fn item(&self, index: u32) -> Result<Self, Fault<Self>> {
        let value = self.json.get(index as usize).cloned().unwrap_or_default();
        self.read(|parent| format!("{parent}[{index}]"), value)
    }
    fn words(&self) -> Self {
        self.json.words().into()
    }
    fn quoted(&self) -> Self {
        self.json.quoted().into()
    }
    fn after(&self, mark: Atom) -> Self {
        self.json.after(mark).into()
    }
    fn which(&self) -> Option<Atom> {
        self.json.which()
    }
    fn starts_with(&self, prefix: &Self) -> bool {
        self.json.starts_with(&prefix.json)
    }
    fn ends_with(&self, suffix: &Self) -> bool {
        self.json.ends_with(&suffix.json)
    }
    fn mentions(&self, word: Atom) -> bool {
        self.json.mentions(word)
    }
    fn has_parameter(&self, name: Atom) -> bool {
        self.json.has_parameter(name)
    }
    fn origin(&self) -> Self {
        self.json.origin().into()
    }
    fn replace(&self, mark: Atom, by: Atom) -> Self {
        self.json.replace(mark, by).into()
    }
    fn to_text(&self) -> String {
        self.json.to_text()
    }
    fn to_number(&self) -> Option<f64> {
        self.json.to_number()
    }
    fn concat(&self, tail: &Self) -> Self {
        self.json.concat(&tail.json).into()
    }
    fn copy(&self) -> Self {
        self.json.copy().into()
    }
    fn set<const N: usize>(&mut self, members: [(Atom, Self); N]) {
        assert!(
            self.caller.is_none(),
            "the caller's own object is written to"
        );
        self.json
            .set(members.map(|(name, value)| (name, value.json)));
    }
    fn set_named(&mut self, name: &Self, value: Self) {
        assert!(
            self.caller.is_none(),
            "the caller's own object is written to"
        );
        self.json.set_named(&name.json, value.json);
    }
    fn push(&mut self, value: Self) {
        assert!(
            self.caller.is_none(),
            "the caller's own array is written to"
        );
        self.json.push(value.json);
    }
}

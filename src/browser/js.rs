//! [`Value`] for JavaScript's values, and the functions of `shell.js`.
//!
//! An import of our own for each, rather than `Reflect` and js-sys: members are named by an atom's number, so that no text
//! crosses the boundary, and the functions keep to the globals that were there when the script loaded.

use wasm_bindgen::prelude::*;

use crate::atoms::{Atom, LINES};
use crate::value::{Kind, Thrown, Value};

#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    fn learn(lines: &str);
    fn atom(number: u32) -> JsValue;
    fn which(value: &JsValue) -> i32;
    fn kind(value: &JsValue) -> u32;
    #[wasm_bindgen(catch)]
    fn get(object: &JsValue, number: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    fn length(list: &JsValue) -> Result<u32, JsValue>;
    #[wasm_bindgen(catch)]
    fn item(list: &JsValue, index: u32) -> Result<JsValue, JsValue>;
    fn record() -> JsValue;
    fn list() -> JsValue;
    fn set(object: &JsValue, number: u32, value: &JsValue);
    fn define(object: &JsValue, name: &JsValue, value: &JsValue);
    fn push(list: &JsValue, value: &JsValue);
    fn copy(object: &JsValue) -> JsValue;
    fn concat(head: &JsValue, tail: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = startsWith)]
    fn starts_with(text: &JsValue, number: u32) -> bool;
    #[wasm_bindgen(js_name = endsWith)]
    fn ends_with(text: &JsValue, number: u32) -> bool;
    #[wasm_bindgen(js_name = toNumber)]
    fn to_number(value: &JsValue) -> f64;
    fn said(thrown: &JsValue) -> String;
}

/// Makes the names of the table as JavaScript texts, once.
pub(crate) fn learn_atoms() {
    learn(LINES);
}

/// An atom's number as it crosses the boundary. The table has fewer than 256.
#[allow(clippy::cast_possible_truncation)]
fn number(atom: Atom) -> u32 {
    atom.index() as u32
}

#[allow(clippy::needless_pass_by_value)]
fn thrown(error: JsValue) -> Thrown {
    Thrown(said(&error))
}

impl Value for JsValue {
    fn missing() -> Self {
        Self::UNDEFINED
    }

    fn atom(name: Atom) -> Self {
        atom(number(name))
    }

    fn text(text: &str) -> Self {
        Self::from_str(text)
    }

    fn boolean(value: bool) -> Self {
        Self::from_bool(value)
    }

    fn number(value: i32) -> Self {
        Self::from_f64(value.into())
    }

    fn record() -> Self {
        record()
    }

    fn list() -> Self {
        list()
    }

    fn kind(&self) -> Kind {
        match kind(self) {
            0 => Kind::Missing,
            1 => Kind::Empty,
            2 => Kind::Text,
            3 => Kind::Object,
            4 => Kind::List,
            5 => Kind::Boolean,
            6 => Kind::Number,
            _ => Kind::Other,
        }
    }

    fn get(&self, name: Atom) -> Result<Self, Thrown> {
        get(self, number(name)).map_err(thrown)
    }

    fn len(&self) -> Result<u32, Thrown> {
        length(self).map_err(thrown)
    }

    fn item(&self, index: u32) -> Result<Self, Thrown> {
        item(self, index).map_err(thrown)
    }

    fn which(&self) -> Option<Atom> {
        usize::try_from(which(self)).ok().and_then(Atom::at)
    }

    fn starts_with(&self, prefix: Atom) -> bool {
        starts_with(self, number(prefix))
    }

    fn ends_with(&self, suffix: Atom) -> bool {
        ends_with(self, number(suffix))
    }

    fn to_text(&self) -> String {
        self.as_string().unwrap_or_default()
    }

    fn is_true(&self) -> bool {
        self.as_bool() == Some(true)
    }

    fn to_number(&self) -> Option<f64> {
        Some(to_number(self)).filter(|number| !number.is_nan())
    }

    fn concat(&self, tail: &Self) -> Self {
        concat(self, tail)
    }

    fn copy(&self) -> Self {
        copy(self)
    }

    fn set(&mut self, name: Atom, value: Self) {
        set(self, number(name), &value);
    }

    fn set_named(&mut self, name: &Self, value: Self) {
        define(self, name, &value);
    }

    fn push(&mut self, value: Self) {
        push(self, &value);
    }
}

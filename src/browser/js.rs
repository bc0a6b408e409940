//! JavaScript's values as the core sees them: numbers.
//!
//! A value of the page's stays in `shell.js`, in an array; here it is its place in it. No value crosses the boundary, nothing
//! has to be dropped, and the names of [`crate::atoms`], which are the first in the array, cost nothing to mention. Compared
//! with `wasm_bindgen::JsValue`, whose references have to be taken and given back one by one, that makes the module half as large.
//!
//! A value lives until the run of the core ends in which it came up (`guard` in `shell.js`); what `install` came by lives on.

use wasm_bindgen::prelude::*;

use crate::atoms::{Atom, LINES};
use crate::error::Fault;
use crate::value::{Kind, Value};

// Arguments are `i32` because wasm-bindgen passes those on as they are, where a `u32` gets a function around it.
#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    fn learn(lines: &[u8]) -> i32;
    fn number(value: i32) -> i32;
    fn boolean(value: bool) -> i32;
    #[wasm_bindgen(js_name = nothing)]
    fn null() -> i32;
    fn words(text: i32) -> i32;
    fn which(value: i32) -> i32;
    fn kind(value: i32) -> i32;
    fn get(object: i32, name: i32) -> i32;
    fn item(list: i32, index: i32) -> i32;
    fn record() -> i32;
    fn list() -> i32;
    fn set(object: i32, name: i32, value: i32);
    fn define(object: i32, name: i32, value: i32) -> bool;
    fn push(list: i32, value: i32);
    fn copy(object: i32) -> i32;
    fn quoted(text: i32) -> i32;
    fn after(text: i32, mark: i32) -> i32;
    fn concat(head: i32, tail: i32) -> i32;
    fn same(a: i32, b: i32) -> bool;
    #[wasm_bindgen(js_name = startsWith)]
    fn starts_with(text: i32, prefix: i32) -> bool;
    #[wasm_bindgen(js_name = endsWith)]
    fn ends_with(text: i32, suffix: i32) -> bool;
    fn mentions(text: i32, word: i32) -> bool;
    #[wasm_bindgen(js_name = hasParameter)]
    fn has_parameter(query: i32, name: i32) -> bool;
    fn origin(url: i32, alone: bool) -> i32;
    fn replace(text: i32, mark: i32, by: i32) -> i32;
    #[wasm_bindgen(js_name = toNumber)]
    fn to_number(value: i32) -> f64;
    fn assign(place: i32, value: i32);
}

/// The place of a value in `shell.js`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Js(pub(crate) i32);

/// Makes the names of the table the first values, once. Returns what to install: the page's window, the options, the object
/// that becomes `juziWx`, the engine.
pub(crate) fn learn_atoms() -> [Js; 4] {
    // As bytes: a text would bring a TextDecoder, whose making takes longer than all the rest of the installation.
    let place = learn(LINES.as_bytes());
    [0, 1, 2, 3].map(|next| Js(place + next))
}

impl Js {
    /// `undefined`.
    pub(crate) const UNDEFINED: Self = Self(0);

    #[inline(never)]
    /// Defines a member; false where the object does not take it.
    pub(crate) fn define(self, name: Atom, value: Self) -> bool {
        define(self.0, Self::name(name).0, value.0)
    }

    /// `null`: what a getter of ours shows where there is nothing.
    pub(crate) fn null() -> Self {
        Self(null())
    }

    #[inline(never)]
    /// A member whose getter is not the caller's.
    pub(crate) fn member(self, name: Atom) -> Self {
        self.get(name).unwrap_or(Self::UNDEFINED)
    }

    /// The origin of an http or https URL, whatever follows it there.
    pub(crate) fn origin_of(self) -> Self {
        Self(origin(self.0, false))
    }

    /// Makes this place hold another value.
    pub(crate) fn assign(self, value: Self) {
        assign(self.0, value.0);
    }

    /// A new place, which holds `undefined`.
    pub(crate) fn place() -> Self {
        Self(number(0))
    }

    /// An atom's place: the table has fewer than 256 of them, behind `undefined`.
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
    fn name(atom: Atom) -> Self {
        Self(atom.index() as i32 + 1)
    }

    /// What `shell.js` returns for a read: a place, or minus that of an error's text.
    #[inline(never)]
    fn read(place: i32) -> Result<Self, Fault<Self>> {
        if place < 0 {
            return Err(Fault::Thrown(Self(-place)));
        }
        Ok(Self(place))
    }
}

/// Whether it is the very same value.
impl PartialEq for Js {
    fn eq(&self, other: &Self) -> bool {
        same(self.0, other.0)
    }
}

impl Value for Js {
    fn missing() -> Self {
        Self::UNDEFINED
    }

    fn atom(atom: Atom) -> Self {
        Self::name(atom)
    }

    fn boolean(value: bool) -> Self {
        Self(boolean(value))
    }

    fn number(value: i32) -> Self {
        Self(number(value))
    }

    fn record() -> Self {
        Self(record())
    }

    fn list() -> Self {
        Self(list())
    }

    fn kind(&self) -> Kind {
        match kind(self.0) {
            0 => Kind::Missing,
            1 => Kind::Empty,
            2 => Kind::Text,
            3 => Kind::Object,
            4 => Kind::List,
            5 => Kind::False,
            6 => Kind::True,
            7 => Kind::Number,
            8 => Kind::Function,
            _ => Kind::Other,
        }
    }

    #[inline(never)]
    fn get(&self, name: Atom) -> Result<Self, Fault<Self>> {
        Self::read(get(self.0, Self::name(name).0))
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn len(&self) -> Result<u32, Fault<Self>> {
        // A float that is out of range, or none at all, becomes the nearest length.
        Ok(to_number(self.get(crate::atoms::LENGTH)?.0) as u32)
    }

    #[allow(clippy::cast_possible_wrap)]
    fn item(&self, index: u32) -> Result<Self, Fault<Self>> {
        Self::read(item(self.0, index as i32))
    }

    fn words(&self) -> Self {
        Self(words(self.0))
    }

    fn which(&self) -> Option<Atom> {
        usize::try_from(which(self.0) - 1).ok().and_then(Atom::at)
    }

    fn starts_with(&self, prefix: &Self) -> bool {
        starts_with(self.0, prefix.0)
    }

    fn ends_with(&self, suffix: &Self) -> bool {
        ends_with(self.0, suffix.0)
    }

    fn mentions(&self, word: Atom) -> bool {
        mentions(self.0, Self::name(word).0)
    }

    fn has_parameter(&self, name: Atom) -> bool {
        has_parameter(self.0, Self::name(name).0)
    }

    fn origin(&self) -> Self {
        Self(origin(self.0, true))
    }

    fn to_number(&self) -> Option<f64> {
        Some(to_number(self.0)).filter(|number| !number.is_nan())
    }

    fn quoted(&self) -> Self {
        Self(quoted(self.0))
    }

    fn after(&self, mark: Atom) -> Self {
        Self(after(self.0, Self::name(mark).0))
    }

    fn replace(&self, mark: Atom, by: Atom) -> Self {
        Self(replace(self.0, Self::name(mark).0, Self::name(by).0))
    }

    fn concat(&self, tail: &Self) -> Self {
        Self(concat(self.0, tail.0))
    }

    fn copy(&self) -> Self {
        Self(copy(self.0))
    }

    fn set(&mut self, name: Atom, value: Self) {
        set(self.0, Self::name(name).0, value.0);
    }

    fn set_named(&mut self, name: &Self, value: Self) {
        define(self.0, name.0, value.0);
    }

    fn push(&mut self, value: Self) {
        push(self.0, value.0);
    }
}

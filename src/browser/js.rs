//! JavaScript's values as the core sees them: numbers.
//!
//! A value of the page's stays in `shell.js`, in an array; here it is its place in it, and its kind. No value crosses the
//! boundary, nothing has to be dropped, and the names of [`crate::atoms`], which are the first in the array, cost nothing to
//! mention. Compared with `wasm_bindgen::JsValue`, whose references have to be taken and given back one by one, that makes the
//! module half as large.
//!
//! A value lives until the run of the core ends in which it came up (`guard` in `shell.js`); what `install` came by lives on.

use wasm_bindgen::prelude::*;

use crate::atoms::{Atom, COUNT, LINES};
use crate::error::Fault;
use crate::value::{Kind, Members, Value};

// Arguments are `i32` because wasm-bindgen passes those on as they are, where a `u32` or a `bool` gets a function around it.
#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    fn learn(lines: &[u8]);
    fn given(index: i32) -> i32;
    fn peek(object: i32, name: i32) -> i32;
    fn own(object: i32, name: i32) -> i32;
    fn number(value: i32) -> i32;
    fn boolean(value: i32) -> i32;
    #[wasm_bindgen(js_name = nothing)]
    fn null() -> i32;
    fn words(text: i32) -> i32;
    fn which(value: i32) -> i32;
    fn get(object: i32, name: i32) -> i32;
    fn item(list: i32, index: i32) -> i32;
    fn read(object: i32, first: i32, more: i32) -> i32;
    fn list() -> i32;
    fn set(object: i32, names: i32, a: i32, b: i32, c: i32) -> i32;
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
    fn origin(url: i32, alone: i32) -> i32;
    fn replace(text: i32, mark: i32, by: i32) -> i32;
    #[wasm_bindgen(js_name = toNumber)]
    fn to_number(value: i32) -> f64;
    fn assign(place: i32, value: i32);
}

/// The place of a value in `shell.js`, and in the lowest four bits its kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Js(pub(crate) i32);

/// Makes the names of the table the first values, once. Returns what to install: the page's window, the options, the object
/// that becomes `juziWx`, the engine.
pub(crate) fn learn_atoms() -> [Js; 4] {
    const NAMES: &[u8] = LINES.as_bytes().trim_ascii_end();
    // As bytes: a text would bring a TextDecoder, whose making takes longer than all the rest of the installation.
    learn(NAMES);
    [0, 1, 2, 3].map(|index| Js(given(index)))
}

// A name's place is its index and 1, in a byte (`Names`).
const _: () = assert!(COUNT < 255);

/// Places of up to eight names, a byte each, the first in the lowest.
#[derive(Clone, Copy)]
struct Names(u64);

impl Names {
    fn of(names: impl Iterator<Item = Atom>) -> Self {
        let mut places = 0;
        for (index, name) in names.enumerate() {
            places |= (name.index() as u64 + 1) << (8 * index);
        }
        Self(places)
    }

    #[allow(clippy::cast_possible_truncation)]
    fn first(self) -> i32 {
        self.0 as i32
    }

    #[allow(clippy::cast_possible_truncation)]
    fn more(self) -> i32 {
        (self.0 >> 32) as i32
    }
}

/// What `shell.js` has read last: until something else is read, and nothing else is before it has been dealt with.
pub(crate) struct Found {
    /// Four bits each, the first in the lowest.
    kinds: i32,
}

impl Members<Js> for Found {
    fn kind(&self, index: usize) -> Kind {
        kind(self.kinds >> (4 * index))
    }

    fn pick(&self) -> Js {
        Js::constant(2, Kind::Object)
    }
}

/// The kind in the lowest four bits, as `shell.js` numbers them.
fn kind(bits: i32) -> Kind {
    match bits & 15 {
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

impl Js {
    /// `undefined`.
    pub(crate) const UNDEFINED: Self = Self(0);

    /// Defines a member; false where the object does not take it.
    pub(crate) fn define(self, name: Atom, value: Self) -> bool {
        define(self.0, Self::name(name).0, value.0)
    }

    /// `null`: what a getter of ours shows where there is nothing.
    pub(crate) fn null() -> Self {
        Self(null())
    }

    /// A member whose getter is not the caller's; `undefined` where it throws.
    pub(crate) fn member(self, name: Atom) -> Self {
        Self(peek(self.0, Self::name(name).0))
    }

    /// The origin of an http or https URL, whatever follows it there.
    pub(crate) fn origin_of(self) -> Self {
        Self(origin(self.0, 0))
    }

    /// Makes this place hold another value.
    pub(crate) fn assign(self, value: Self) {
        assign(self.0, value.0);
    }

    /// Sets members, of a new object where this is none.
    fn set_or_make<const N: usize>(self, members: [(Atom, Self); N]) -> Self {
        const { assert!(N <= 3) };
        let names = Names::of(members.iter().map(|(name, _)| *name));
        let value = |index: usize| members.get(index).map_or(0, |(_, value)| value.0);
        Self(set(self.0, names.first(), value(0), value(1), value(2)))
    }

    /// A new place, for [`Js::assign`].
    pub(crate) fn place() -> Self {
        Self::null()
    }

    /// An atom's place, behind `undefined`. All of them are texts, and none is empty.
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
    fn name(atom: Atom) -> Self {
        Self((atom.index() as i32 + 1) << 4 | 2)
    }

    /// What `learn` puts behind the names: `0`, `-1`, and the object that was read last.
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
    fn constant(index: usize, kind: Kind) -> Self {
        Self(((COUNT + 1 + index) as i32) << 4 | kind as i32)
    }

    /// The atom whose number that is.
    fn to_atom(number: i32) -> Option<Atom> {
        usize::try_from((number >> 4) - 1).ok().and_then(Atom::at)
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
        self.0 == other.0 || same(self.0, other.0)
    }
}

impl Value for Js {
    type Members = Found;

    fn missing() -> Self {
        Self::UNDEFINED
    }

    fn atom(atom: Atom) -> Self {
        Self::name(atom)
    }

    fn boolean(value: bool) -> Self {
        Self(boolean(i32::from(value)))
    }

    fn number(value: i32) -> Self {
        match value {
            0 => Self::constant(0, Kind::Number),
            -1 => Self::constant(1, Kind::Number),
            value => Self(number(value)),
        }
    }

    fn record() -> Self {
        Self::object([])
    }

    fn list() -> Self {
        Self(list())
    }

    fn kind(&self) -> Kind {
        kind(self.0)
    }

    #[inline(never)]
    fn get(&self, name: Atom) -> Result<Self, Fault<Self>> {
        Self::read(get(self.0, Self::name(name).0))
    }

    fn own(&self, name: Atom) -> Result<Self, Fault<Self>> {
        Ok(Self(own(self.0, Self::name(name).0)))
    }

    fn members(&self, names: impl Iterator<Item = Atom>) -> Result<Found, Fault<Self>> {
        let names = Names::of(names);
        let kinds = Self::read(read(self.0, names.first(), names.more()))?.0;
        Ok(Found { kinds })
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn len(&self) -> Result<u32, Fault<Self>> {
        // Brought into range first: in juzi-helper.compat.js a cast of more than 31 bits is 0, and the caller may claim anything.
        let length = to_number(self.get(crate::atoms::LENGTH)?.0);
        Ok(if length >= 1.0 {
            length.min(f64::from(i32::MAX)) as u32
        } else {
            0
        })
    }

    #[allow(clippy::cast_possible_wrap)]
    fn item(&self, index: u32) -> Result<Self, Fault<Self>> {
        Self::read(item(self.0, index as i32))
    }

    fn words(&self) -> Self {
        Self(words(self.0))
    }

    #[inline(never)]
    fn which(&self) -> Option<Atom> {
        if self.kind() != Kind::Text {
            return None;
        }
        // A name that was read from an object has its own number.
        Self::to_atom(self.0).or_else(|| Self::to_atom(which(self.0)))
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
        Self(origin(self.0, 1))
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

    fn set<const N: usize>(&mut self, members: [(Atom, Self); N]) {
        self.set_or_make(members);
    }

    fn object<const N: usize>(members: [(Atom, Self); N]) -> Self {
        Self::UNDEFINED.set_or_make(members)
    }

    fn set_named(&mut self, name: &Self, value: Self) {
        define(self.0, name.0, value.0);
    }

    fn push(&mut self, value: Self) {
        push(self.0, value.0);
    }
}

//! Implements the rules' trait `Value` for `JsValue`.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::error::{Fault, Result};
use crate::value::{Kind, Value, string_of};

// Smaller than js-sys: a name crosses as `&str`, whereas `Reflect` takes a `JsValue` that has to be created and dropped. Also safe where
// the platform's own operation throws, as `Array.isArray` does for a revoked proxy.
#[wasm_bindgen(module = "/src/browser/values.js")]
extern "C" {
    #[wasm_bindgen(js_name = kind)]
    fn kind_of(value: &JsValue) -> u8;
    #[wasm_bindgen(js_name = own)]
    fn own_member(object: &JsValue, name: &str) -> JsValue;
    #[wasm_bindgen(js_name = set)]
    fn set_member(object: &JsValue, name: &str, value: JsValue);
    #[wasm_bindgen(js_name = setAll)]
    fn set_members(
        object: JsValue,
        names: &str,
        first: JsValue,
        second: JsValue,
        third: JsValue,
    ) -> JsValue;
    #[wasm_bindgen(js_name = copy)]
    fn copy_of(object: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = string)]
    fn start_of(value: &JsValue, characters: u32) -> Option<String>;
    #[wasm_bindgen(js_name = number)]
    fn number_of(value: &JsValue) -> f64;
    #[wasm_bindgen(js_name = thrownMessage)]
    fn thrown_message(thrown: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/browser/members.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = get)]
    fn get_member(object: &JsValue, name: &str) -> core::result::Result<JsValue, JsValue>;
}

/// In the order of the numbers that `kind` in `values.js` returns.
const KINDS: [Kind; 9] = [
    Kind::Missing,
    Kind::Empty,
    Kind::String,
    Kind::Object,
    Kind::List,
    Kind::False,
    Kind::True,
    Kind::Number,
    Kind::Function,
];

fn caught(read: core::result::Result<JsValue, JsValue>) -> Result<JsValue> {
    read.map_err(|thrown| Box::new(Fault::Thrown(string_of(&thrown_message(&thrown)))))
}

impl Value for JsValue {
    // Outlined: it is called in many places.
    #[inline(never)]
    fn kind(&self) -> Kind {
        *KINDS
            .get(usize::from(kind_of(self)))
            .unwrap_or(&Kind::Other)
    }

    fn string(&self, characters: usize) -> Option<String> {
        start_of(self, u32::try_from(characters).unwrap_or(u32::MAX))
    }

    fn number(&self) -> f64 {
        number_of(self)
    }

    fn get(&self, name: &str) -> Result<Self> {
        caught(get_member(self, name))
    }

    fn own(&self, name: &str) -> Self {
        own_member(self, name)
    }

    fn copy(&self) -> Self {
        copy_of(self)
    }

    fn with_all(self, names: &str, [first, second, third]: [Self; 3]) -> Self {
        set_members(self, names, first, second, third)
    }

    fn with(self, name: &str, value: Self) -> Self {
        set_member(&self, name, value);
        self
    }

    fn list() -> Self {
        Array::new().into()
    }

    fn push(&mut self, item: Self) {
        self.unchecked_ref::<Array>().push(&item);
    }
}

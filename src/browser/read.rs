//! A caller's value, by reference: what the rules ask of a `JsValue`.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use crate::error::{Fault, Result};
use crate::value::{Kind, Value};

// Leaner than js-sys: names cross as they are, where `Reflect` takes a `JsValue` that has to be made and dropped.
#[wasm_bindgen(module = "/src/browser/values.js")]
extern "C" {
    #[wasm_bindgen(js_name = kind)]
    fn kind_of(value: &JsValue) -> Kind;
    #[wasm_bindgen(catch, js_name = get)]
    fn get_member(object: &JsValue, name: &str) -> core::result::Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = get)]
    fn get_item(list: &JsValue, index: u32) -> core::result::Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = own)]
    fn own_member(object: &JsValue, name: &str) -> JsValue;
    #[wasm_bindgen(js_name = set)]
    fn set_member(object: &JsValue, name: &str, value: &JsValue);
    #[wasm_bindgen(js_name = copy)]
    fn copy_of(object: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = thrownText)]
    fn thrown_text(thrown: &JsValue) -> String;
}

/// A getter of the caller's may throw anything.
fn caught(read: core::result::Result<JsValue, JsValue>) -> Result<JsValue> {
    read.map_err(|thrown| Box::new(Fault::Thrown(thrown_text(&thrown))))
}

impl Value for JsValue {
    fn kind(&self) -> Kind {
        kind_of(self)
    }

    fn text(&self, characters: usize) -> Option<String> {
        if !self.is_string() {
            return None;
        }
        let string: &JsString = self.unchecked_ref();
        // A character may be a surrogate pair. What is cut through behind the last one that is asked for does not matter.
        let end = characters.saturating_mul(2);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Some(String::from(&string.slice(0, end)))
    }

    fn number(&self) -> Option<f64> {
        match self.kind() {
            Kind::Number => self.as_f64(),
            // JavaScript reads a string of spaces as 0.
            Kind::Text if !self.as_string()?.trim_ascii().is_empty() => {
                Some(self.unchecked_into_f64()).filter(|number| !number.is_nan())
            }
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Result<Self> {
        caught(get_member(self, name))
    }

    fn item(&self, index: u32) -> Result<Self> {
        caught(get_item(self, index))
    }

    fn own(&self, name: &str) -> Self {
        own_member(self, name)
    }

    fn copy(&self) -> Self {
        copy_of(self)
    }

    fn set(&mut self, name: &str, value: &Self) {
        set_member(self, name, value);
    }

    fn list() -> Self {
        Array::new().into()
    }

    fn push(&mut self, item: &Self) {
        self.unchecked_ref::<Array>().push(item);
    }
}

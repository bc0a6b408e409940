//! Puts the helper into the page: installs the one in this module, or finds the one in the page.

use core::cell::OnceCell;

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::error::SetupError;
use super::options::Options;
use super::read::set;
use crate::browser;

#[wasm_bindgen]
extern "C" {
    /// `window.juziWx`.
    #[derive(Clone, Debug, PartialEq)]
    pub(super) type Helper;
    /// Makes a call; the result is a promise.
    #[wasm_bindgen(method, catch)]
    pub(super) fn invoke(this: &Helper, api: &str, params: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn on(this: &Helper, event: &str, callback: &Function) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn off(this: &Helper, event: &str, callback: &Function) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn env(this: &Helper) -> Result<JsValue, JsValue>;
    /// A promise of the report. A helper of an earlier version has none.
    #[wasm_bindgen(method, catch)]
    pub(super) fn report(this: &Helper) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = saveReport)]
    pub(super) fn save_report(this: &Helper) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn connect(
        core: &Object,
        window: &JsValue,
        options: &JsValue,
        juzi_wx: &Object,
        engine: &str,
    ) -> Result<(), JsValue>;
}

#[wasm_bindgen(module = "/src/browser/platform.js")]
extern "C" {
    /// A global variable that a script has defined. An element with that id does not count.
    #[wasm_bindgen(js_name = globalOf)]
    fn global_of(window: &JsValue, name: &str) -> JsValue;
    #[wasm_bindgen(js_name = isHelper)]
    fn is_helper(value: &JsValue) -> bool;
}

#[wasm_bindgen(module = "/src/browser/recording.js")]
extern "C" {
    /// Begins to record, if the options say so. Returns the options for `connect`.
    fn recording(options: &JsValue, juzi_wx: &Object, load: &JsValue) -> JsValue;
    /// Ends the recording of an earlier install, which only the fake host has.
    #[wasm_bindgen(js_name = endRecording)]
    fn end_recording();
}

#[wasm_bindgen(module = "/src/browser/recorder.js")]
extern "C" {
    /// A promise of the recorder.
    #[wasm_bindgen(thread_local_v2, js_name = loadInside)]
    static LOAD_RECORDER: JsValue;
}

#[wasm_bindgen(module = "/src/browser/calls.js")]
extern "C" {
    fn complain(text: &str);
}

/// The window of the page. Natively every function of JavaScript panics, so nothing of the client calls one before this.
pub(super) fn window() -> Result<Window, SetupError> {
    if cfg!(not(target_arch = "wasm32")) {
        return Err(SetupError::NoWindow);
    }
    web_sys::window().ok_or(SetupError::NoWindow)
}

/// Finds the helper that is already in the page.
pub(super) fn find() -> Result<Helper, SetupError> {
    let window = window()?;
    let found = global_of(&window, "juziWx");
    match is_helper(&found) {
        true => Ok(found.unchecked_into()),
        false => Err(SetupError::NoHelper),
    }
}

/// Installs the helper in the page, if it has none.
pub(super) fn install(options: &Options) -> Result<Helper, SetupError> {
    window()?;
    let checked = options.checked()?;
    match find() {
        Ok(first) => {
            if *options != Options::default() {
                complain(
                    "a helper was in this page before; the options of this install are not used",
                );
            }
            Ok(first)
        }
        Err(SetupError::NoHelper) => install_once(&checked),
        Err(error) => Err(error),
    }
}

thread_local! {
    /// The helper that this module has installed, even if a script has removed `window.juziWx` since.
    static INSTALLED: OnceCell<Helper> = const { OnceCell::new() };
}

fn install_once(options: &JsValue) -> Result<Helper, SetupError> {
    if let Some(helper) = INSTALLED.with(|installed| installed.get().cloned()) {
        return Ok(helper);
    }
    let window = window()?;
    let helper = install_in(&window, options)?;
    Ok(INSTALLED.with(|installed| installed.get_or_init(|| helper).clone()))
}

/// Installs the helper in a window.
pub(super) fn install_in(window: &JsValue, options: &JsValue) -> Result<Helper, SetupError> {
    let juzi_wx = Object::new();
    end_recording();
    let options = &LOAD_RECORDER.with(|load| recording(options, &juzi_wx, load));
    connect(&linked_core(), window, options, &juzi_wx, "wasm")
        .map_err(|thrown| SetupError::from_thrown(&thrown))?;
    // The fake host's page may have one already.
    let in_page = global_of(window, "juziWx");
    match is_helper(&in_page) {
        true => Ok(in_page.unchecked_into()),
        false => Ok(juzi_wx.unchecked_into()),
    }
}

type Install = dyn Fn(JsValue, JsValue, bool, JsValue, JsValue);
type Dispatch = dyn Fn(browser::Call, JsValue, bool) -> bool;

/// The functions that the helper's JavaScript calls. The released script exports them. Here they are closures, so that the page's own
/// exports can have any name. JavaScript owns them, and they live as long as the page.
fn linked_core() -> Object {
    let install = |options, agent, framed, window, ancestor| {
        browser::install(options, agent, framed, window, ancestor);
    };
    let dispatch =
        |call: browser::Call, params: JsValue, bridged| browser::dispatch(call, params, bridged);
    let message = |from_parent, data: JsValue, origin: JsValue| {
        browser::message(from_parent, data, origin);
    };
    let expire = |call: browser::Call| browser::expire(call);
    let env = |patched, engine: JsValue| browser::env(patched, engine);

    let core = Object::new();
    let add = |name: &str, function: JsValue| set(&core, name, &function);
    add("install", Closure::<Install>::new(install).into_js_value());
    add(
        "dispatch",
        Closure::<Dispatch>::new(dispatch).into_js_value(),
    );
    add(
        "message",
        Closure::<dyn Fn(bool, JsValue, JsValue)>::new(message).into_js_value(),
    );
    add(
        "expire",
        Closure::<dyn Fn(browser::Call)>::new(expire).into_js_value(),
    );
    add(
        "env",
        Closure::<dyn Fn(bool, JsValue) -> JsValue>::new(env).into_js_value(),
    );
    core
}

/// The promise of a call. A helper that is not ours may return something else, or a promise whose members throw.
pub(super) fn promise(value: &JsValue) -> Promise {
    Promise::new(&mut |resolve, _| {
        // The function never throws: it rejects the promise.
        let _ = resolve.call1(&JsValue::UNDEFINED, value);
    })
}

//! A call of the page's: finds its row in the catalogue and does what the row says.

use wasm_bindgen::prelude::*;

use super::bridge::{Bridge, Entry, current, finish};
use crate::api::{self, Action, CATALOGUE, Label, Outcome, Page};
use crate::atoms::UPDATE_BASE_INFO;
use crate::error::Fault;
use crate::value::{Kind, Value};

#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    #[wasm_bindgen(method, getter)]
    fn done(this: &Entry) -> JsValue;
    fn run(callback: &JsValue);
    fn subscribe(callback: &JsValue);
    fn unsubscribe(callback: &JsValue);
    #[wasm_bindgen(js_name = resolveUrl)]
    fn resolve_url(url: &JsValue) -> JsValue;
}

/// What is done with a call, besides posting it.
enum Step {
    /// It is over.
    Over(Outcome<JsValue>),
    /// Somebody will answer it.
    Waits,
}

struct Browser;

impl Page<JsValue> for Browser {
    fn resolve(&self, url: &JsValue) -> Option<JsValue> {
        Some(resolve_url(url)).filter(|url| !url.is_undefined())
    }
}

/// A call by its name, with its parameters and its callbacks.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)]
pub fn begin(name: JsValue, params: JsValue, entry: Entry) {
    let Some(bridge) = current() else { return };
    let index = name.which().map(api::web_name);
    let index = index.and_then(|name| CATALOGUE.iter().position(|api| api.name == name));
    let row = index.and_then(|index| CATALOGUE.get(index));
    let action = row.map(|row| row.action);
    let label = Label::new(name);
    // The catalogue has a few dozen rows.
    #[allow(clippy::cast_possible_truncation)]
    let index = index.unwrap_or_default() as u32;
    match start(&bridge, action, index, &label, &params, &entry) {
        Ok(Step::Waits) => {}
        Ok(Step::Over(outcome)) => finish(&entry, &outcome),
        Err(fault) => {
            let res = match action {
                Some(Action::Post { res, .. }) => res.of_failure(),
                _ => JsValue::record(),
            };
            finish(&entry, &label.fail(res, &fault));
        }
    }
}

fn start(
    bridge: &Bridge,
    action: Option<Action>,
    row: u32,
    label: &Label<JsValue>,
    params: &JsValue,
    entry: &Entry,
) -> Result<Step, Fault> {
    // Told apart first: outside the sidebar, nothing else about a call matters.
    if !bridge.in_sidebar {
        return match action {
            Some(Action::Ready | Action::Keep | Action::Subscribe | Action::Unsubscribe) => {
                Ok(Step::Waits)
            }
            _ => Err(Fault::NotInSidebar),
        };
    }
    match action.ok_or(Fault::FunctionNotExist)? {
        Action::Accept => Ok(Step::Over(label.succeed(JsValue::record()))),
        Action::Check => Ok(Step::Over(label.succeed(api::check_js_api(params)?))),
        Action::Ready => {
            run(&callback(entry)?);
            Ok(Step::Waits)
        }
        Action::Keep => callback(entry).map(|_| Step::Waits),
        Action::Subscribe => {
            let callback = callback(entry)?;
            if params.is(UPDATE_BASE_INFO) {
                subscribe(&callback);
            } else {
                bridge.log("ignored: no such event", params);
            }
            Ok(Step::Waits)
        }
        Action::Unsubscribe => {
            unsubscribe(&callback(entry)?);
            Ok(Step::Waits)
        }
        Action::Listen => {
            api::listen(params)?;
            bridge.listen(row, entry);
            Ok(Step::Waits)
        }
        Action::Post {
            wire,
            timeout,
            params: rule,
            ..
        } => {
            let params = api::params(rule, params, &Browser)?;
            bridge.ask(row, wire, timeout, params, entry)?;
            Ok(Step::Waits)
        }
    }
}

/// The function that a call was given.
fn callback(entry: &Entry) -> Result<JsValue, Fault> {
    match entry.done() {
        done if done.kind() == Kind::Other && done.is_function() => Ok(done),
        _ => Err(Fault::Expected("callback".into(), "be a function")),
    }
}

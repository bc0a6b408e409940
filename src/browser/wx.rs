//! A call of the page's: finds its row in the catalogue and does what the row says.

use wasm_bindgen::prelude::*;

use super::bridge::{Bridge, Entry, current};
use super::js::Js;
use crate::api::{self, Action, CATALOGUE, Label, Outcome, Page};
use crate::atoms::{A_FUNCTION, CALLBACK, DONE, IGNORED_EVENT, UPDATE_BASE_INFO};
use crate::error::{Fault, InMessage, Path};
use crate::value::{Kind, Value};

#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    fn run(callback: i32);
    fn subscribe(callback: i32);
    fn unsubscribe(callback: i32);
    fn resolve(url: i32) -> i32;
}

/// What becomes of a call.
enum Step {
    /// It is over.
    Over(Outcome<Js>),
    /// Somebody will answer it, or nobody has to.
    Waits,
}

struct Browser;

impl Page<Js> for Browser {
    fn resolve(&self, url: &Js) -> Option<Js> {
        Some(Js(resolve(url.0))).filter(|url| !url.is_missing())
    }
}

/// A call, by the places of its name, its parameters and its callbacks.
#[wasm_bindgen]
pub fn begin(name: i32, params: i32, entry: i32) {
    let Some(bridge) = current() else { return };
    let (name, entry) = (Js(name), Entry(Js(entry)));
    let web = name.which().map(api::web_name);
    // Its place, not `api::find`'s row: `shell.js` keeps a number with the call, and the module is 170 bytes smaller for it.
    let row = web.and_then(|name| CATALOGUE.iter().position(|api| api.name == name));
    let action = row.and_then(|row| CATALOGUE.get(row)).map(|api| api.action);
    let label = Label::new(name);
    // The catalogue has a few dozen rows.
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
    let row = row.unwrap_or_default() as i32;
    match start(bridge, action, row, &label, Js(params), entry) {
        Ok(Step::Waits) => {}
        Ok(Step::Over(outcome)) => entry.finish(&outcome),
        Err(fault) => {
            let res = match action {
                Some(Action::Post { res, .. }) => res.of_failure(),
                _ => Js::record(),
            };
            entry.finish(&label.fail(res, fault));
        }
    }
}

fn start(
    bridge: &Bridge,
    action: Option<Action>,
    row: i32,
    label: &Label<Js>,
    params: Js,
    entry: Entry,
) -> Result<Step, InMessage<Js>> {
    // Told apart first: outside the sidebar, nothing else about a call matters.
    if !bridge.in_sidebar() {
        return match action {
            Some(Action::Ready | Action::Keep | Action::Subscribe | Action::Unsubscribe) => {
                Ok(Step::Waits)
            }
            _ => Err(Fault::NotInSidebar.into()),
        };
    }
    match action.ok_or(Fault::FunctionNotExist)? {
        Action::Accept => Ok(Step::Over(label.succeed(Js::record()))),
        Action::Check => Ok(Step::Over(label.succeed(api::check_js_api(&params)?))),
        Action::Ready => {
            run(callback(entry)?.0);
            Ok(Step::Waits)
        }
        Action::Keep => {
            callback(entry)?;
            Ok(Step::Waits)
        }
        Action::Subscribe => {
            let callback = callback(entry)?;
            if params.is(UPDATE_BASE_INFO) {
                subscribe(callback.0);
            } else {
                bridge.log(IGNORED_EVENT, params);
            }
            Ok(Step::Waits)
        }
        Action::Unsubscribe => {
            unsubscribe(callback(entry)?.0);
            Ok(Step::Waits)
        }
        Action::Listen => {
            api::listen(&params)?;
            Bridge::listen(row, entry);
            Ok(Step::Waits)
        }
        Action::Post {
            wire,
            timeout,
            params: rule,
            ..
        } => {
            let params = api::params(rule, &params, &Browser)?;
            bridge.ask(row, wire, timeout, params, entry)?;
            Ok(Step::Waits)
        }
    }
}

/// The function that a call was given.
fn callback(entry: Entry) -> Result<Js, Fault<Js>> {
    let done = entry.0.member(DONE);
    if done.kind() == Kind::Function {
        return Ok(done);
    }
    Err(Fault::Expected(Path::Name(CALLBACK), A_FUNCTION))
}

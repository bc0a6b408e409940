//! A call of the page's: finds its row in the catalogue and does what the row says.

use wasm_bindgen::prelude::*;

use super::bridge::{Bridge, Entry, action, current};
use super::js::Js;
use crate::api::{self, Action, Label, Page};
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
    /// It has succeeded, with this `res`.
    Over(Js),
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
    match start(bridge, name, Js(params), entry) {
        Ok(Step::Waits) => {}
        Ok(Step::Over(res)) => entry.finish(&Label::new(name).succeed(res)),
        Err(fault) => entry.fail(name, fault),
    }
}

fn start(bridge: &Bridge, name: Js, params: Js, entry: Entry) -> Result<Step, InMessage<Js>> {
    let action = action(name);
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
        Action::Accept => Ok(Step::Over(Js::record())),
        Action::Check => Ok(Step::Over(api::check_js_api(&params)?)),
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
            Bridge::listen(entry);
            Ok(Step::Waits)
        }
        Action::Post {
            wire,
            timeout,
            params: rule,
            ..
        } => {
            let params = api::params(*rule, &params, &Browser)?;
            bridge.ask(*wire, *timeout, params, entry)?;
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

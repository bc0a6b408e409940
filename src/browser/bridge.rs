//! The calls on their way: posting them to the host, its answers, and the time after which none is expected any more.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::api::{self, Action, Api, CATALOGUE, Label, Outcome};
use crate::atoms::{Atom, UPDATE_BASE_INFO};
use crate::error::Fault;
use crate::options::Options;
use crate::value::Value;
use crate::wire::{self, Answer};

#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    /// A call with its callbacks, held by `shell.js` so that it outlives a trap of ours.
    pub type Entry;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Entry) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn row(this: &Entry) -> u32;
    #[wasm_bindgen(method, getter)]
    fn deadline(this: &Entry) -> f64;

    fn settle(entry: &Entry, ok: bool, res: &JsValue);
    fn hold(lane: u32, id: &JsValue, entry: &Entry, row: u32, deadline: f64);
    fn held(id: &JsValue) -> Option<Entry>;
    fn first(lane: u32) -> Option<Entry>;
    fn publish(res: &JsValue);
    fn now() -> f64;
    fn wake(delay: f64);
    #[wasm_bindgen(catch)]
    fn send(target: &JsValue, message: &JsValue, origin: &JsValue) -> Result<(), JsValue>;
    fn log(what: &str, value: &JsValue);

    /// A `message` event. Its getters are the platform's: it has not been seen by the page's code.
    pub type Event;
    #[wasm_bindgen(method, getter, js_name = isTrusted)]
    fn is_trusted(this: &Event) -> bool;
    #[wasm_bindgen(method, getter)]
    fn source(this: &Event) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn origin(this: &Event) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn data(this: &Event) -> JsValue;
}

/// `shell.js` keeps the calls of each lane in the order of their deadlines: within one, every call waits equally long.
const USUAL: u32 = 0;
const LONG: u32 = 1;
const ENDLESS: u32 = 2;

/// What is known of the host's origin.
pub(crate) enum Host {
    /// This origin, and what to post to: `*` for the origin `null`, which cannot be named.
    Known { origin: JsValue, target: JsValue },
    /// Not known before its first answer; where to post until then.
    Learning(Vec<JsValue>),
    /// `allowedHosts` excludes it.
    Excluded,
}

/// The connection to the host. There is one in a page, from `install` on.
pub(crate) struct Bridge {
    pub(crate) options: Options,
    pub(crate) parent: JsValue,
    pub(crate) in_sidebar: bool,
    pub(crate) host: RefCell<Rc<Host>>,
    /// What every reqId of this page starts with.
    pub(crate) prefix: JsValue,
    pub(crate) calls: Cell<u32>,
    pub(crate) awake: Cell<bool>,
}

thread_local! {
    static BRIDGE: RefCell<Option<Rc<Bridge>>> = const { RefCell::new(None) };
}

/// The page's connection, if it has been installed.
pub(crate) fn current() -> Option<Rc<Bridge>> {
    BRIDGE.with(|bridge| bridge.borrow().clone())
}

pub(crate) fn set_current(bridge: Rc<Bridge>) {
    BRIDGE.with(|current| current.replace(Some(bridge)));
}

/// Ends a call.
pub(crate) fn finish(entry: &Entry, outcome: &Outcome<JsValue>) {
    settle(entry, outcome.ok, &outcome.res);
}

impl Bridge {
    /// Posts a call and holds it until its answer or its deadline.
    pub(crate) fn ask(
        &self,
        row: u32,
        wire: Atom,
        timeout: u32,
        params: JsValue,
        entry: &Entry,
    ) -> Result<(), Fault> {
        let id = self.next_id();
        self.post(&wire::request(wire, &id, params))?;
        let timeout_set = self.options.timeout.unwrap_or(timeout);
        let lane = if timeout == api::TIMEOUT { USUAL } else { LONG };
        hold(lane, &id, entry, row, now() + f64::from(timeout_set));
        if !self.awake.replace(true) {
            wake(timeout_set.into());
        }
        Ok(())
    }

    /// Holds a call until the host's next push.
    pub(crate) fn listen(&self, row: u32, entry: &Entry) {
        hold(ENDLESS, &self.next_id(), entry, row, 0.0);
    }

    fn next_id(&self) -> JsValue {
        let count = self.calls.get().wrapping_add(1);
        self.calls.set(count);
        self.prefix.concat(&JsValue::from_f64(count.into()))
    }

    fn post(&self, message: &JsValue) -> Result<(), Fault> {
        self.log("to the host", message);
        let host = self.host.borrow().clone();
        let unreachable = |_| Fault::HostUnreachable("");
        match &*host {
            Host::Known { target, .. } => send(&self.parent, message, target).map_err(unreachable),
            Host::Learning(targets) if targets.is_empty() => Err(Fault::HostUnreachable(
                "its origin is unknown here, and allowedHosts names none exactly",
            )),
            Host::Learning(targets) => targets
                .iter()
                .try_for_each(|target| send(&self.parent, message, target).map_err(unreachable)),
            Host::Excluded => Err(Fault::HostUnreachable("its origin is not in allowedHosts")),
        }
    }

    /// Whether a message's origin may be the host's.
    fn believes(&self, origin: &JsValue) -> bool {
        match &**self.host.borrow() {
            Host::Known { origin: known, .. } => known == origin,
            Host::Learning(_) => self.options.allows(&origin.to_text()),
            Host::Excluded => false,
        }
    }

    /// A well-formed answer shows the host's origin.
    fn learn_host(&self, origin: &JsValue) {
        if matches!(&**self.host.borrow(), Host::Learning(_)) {
            self.log("the host's origin is", origin);
            self.host.replace(Rc::new(Host::known(origin)));
        }
    }

    fn is_known(&self) -> bool {
        matches!(&**self.host.borrow(), Host::Known { .. })
    }

    fn receive(&self, event: &Event) -> Result<(), &'static str> {
        // An event of the page's own making is not trusted, whatever source it claims.
        if !event.is_trusted() || event.source() != self.parent {
            return Err("ignored: not from the host");
        }
        let origin = event.origin();
        if !self.believes(&origin) {
            return Err("ignored: not the host's origin");
        }
        let answer = wire::read(&event.data()).ok_or("ignored: not the protocol's")?;
        if answer.api.is(UPDATE_BASE_INFO) {
            return self.receive_push(&answer);
        }
        let entry = held(&answer.req_id).ok_or("ignored: no call waits for it")?;
        let row = CATALOGUE
            .get(entry.row() as usize)
            .ok_or("ignored: no such call")?;
        match row.action {
            Action::Post { wire, res, .. } if answer.api.is(wire) => {
                self.learn_host(&origin);
                finish(&entry, &res.read(&Label::new(entry.name()), &answer));
                Ok(())
            }
            _ => Err("ignored: the answer to another call"),
        }
    }

    fn receive_push(&self, answer: &Answer<JsValue>) -> Result<(), &'static str> {
        // A host pushes only after it has answered, so a push from one that is not known yet is none of its.
        if !self.is_known() {
            return Err("ignored: a push before the first answer");
        }
        let label = Label::new(JsValue::atom(UPDATE_BASE_INFO));
        let outcome = api::push(&label, answer).ok_or("ignored: a push without baseInfo")?;
        publish(&outcome.res);
        Ok(())
    }

    fn tick(&self) {
        let now = now();
        let mut next = None;
        for lane in [USUAL, LONG] {
            while let Some(entry) = first(lane) {
                let deadline = entry.deadline();
                if deadline > now {
                    next = Some(next.map_or(deadline, |next: f64| next.min(deadline)));
                    break;
                }
                time_out(&entry);
            }
        }
        self.awake.set(next.is_some());
        if let Some(next) = next {
            wake(next - now);
        }
    }

    pub(crate) fn log(&self, what: &str, value: &JsValue) {
        if self.options.debug {
            log(what, value);
        }
    }
}

impl Host {
    /// A host whose origin is certain.
    pub(crate) fn known(origin: &JsValue) -> Self {
        let opaque = origin.to_text() == "null";
        Self::Known {
            origin: origin.clone(),
            target: if opaque {
                JsValue::text("*")
            } else {
                origin.clone()
            },
        }
    }
}

fn time_out(entry: &Entry) {
    let res = match CATALOGUE.get(entry.row() as usize) {
        Some(Api {
            action: Action::Post { res, .. },
            ..
        }) => res.of_failure(),
        _ => JsValue::record(),
    };
    finish(entry, &Label::new(entry.name()).fail(res, &Fault::Timeout));
}

/// A `message` event of the page's window.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)]
pub fn message(event: Event) {
    let Some(bridge) = current() else { return };
    let heard = bridge.receive(&event);
    if bridge.options.debug {
        bridge.log(heard.err().unwrap_or("from the host"), &event.data());
    }
}

/// The time has come to look for calls past their deadline.
#[wasm_bindgen]
pub fn tick() {
    if let Some(bridge) = current() {
        bridge.tick();
    }
}

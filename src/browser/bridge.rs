//! The calls on their way: posting them to the host, its answers, and the time after which none is expected any more.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use super::js::Js;
use crate::api::{self, Action, Label, Outcome};
use crate::atoms::{
    ANY_ORIGIN, Atom, FROM_THE_HOST, IGNORED_ANSWER, IGNORED_CALL, IGNORED_EARLY_PUSH,
    IGNORED_EMPTY_PUSH, IGNORED_FORM, IGNORED_ORIGIN, IGNORED_SENDER, NAME, NULL_ORIGIN,
    ORIGIN_EXCLUDED, ORIGIN_UNKNOWN, THE_ORIGIN_IS, TO_THE_HOST, UPDATE_BASE_INFO,
};
use crate::env::Reason;
use crate::error::{Fault, InMessage};
use crate::options::Options;
use crate::value::Value;
use crate::wire::{self, Answer};

#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    fn settle(entry: i32, ok: i32, res: i32);
    fn hold(lane: i32, entry: i32, delay: f64) -> i32;
    fn held(id: i32) -> i32;
    fn first(lane: i32) -> i32;
    fn deadline(entry: i32) -> f64;
    fn publish(res: i32);
    fn now() -> f64;
    fn wake(delay: f64);
    fn send(target: i32, message: i32, origin: i32) -> bool;
    fn log(what: i32, value: i32);
}

/// A call with its callbacks. `shell.js` holds it, so that it outlives a trap of ours.
#[derive(Clone, Copy)]
pub(crate) struct Entry(pub(crate) Js);

impl Entry {
    /// What the call was called by.
    fn name(self) -> Js {
        self.0.member(NAME)
    }

    fn found(place: i32) -> Option<Self> {
        (place != 0).then_some(Self(Js(place)))
    }

    /// Ends the call.
    pub(crate) fn finish(self, outcome: &Outcome<Js>) {
        settle(self.0.0, i32::from(outcome.ok), outcome.res.0);
    }

    /// Ends the call, which was called by that name, with a fault of our own finding.
    pub(crate) fn fail(self, name: Js, fault: impl Into<InMessage<Js>>) {
        let res = match action(name) {
            Some(Action::Post { res, .. }) => res.of_failure(),
            _ => Js::record(),
        };
        self.finish(&Label::new(name).fail(res, fault));
    }
}

/// What a call of that name does.
#[inline(never)]
pub(crate) fn action(name: Js) -> Option<&'static Action> {
    name.which().and_then(api::find).map(|api| &api.action)
}

/// `shell.js` keeps the calls of each lane in the order of their deadlines: within one, every call waits equally long.
const USUAL: i32 = 0;
const LONG: i32 = 1;
const ENDLESS: i32 = 2;

/// What is known of the host's origin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Knowledge {
    /// Its origin is in [`Bridge::origin`].
    Known,
    /// Not known before its first answer; [`Bridge::targets`] is where to post until then.
    Learning,
    /// `allowedHosts` excludes it.
    Excluded,
}

/// The connection to the host. There is one in a page, from `install` on.
pub(crate) struct Bridge {
    pub(crate) options: Options<Js>,
    pub(crate) parent: Js,
    pub(crate) host: Cell<Knowledge>,
    pub(crate) origin: Js,
    /// How to name that origin when posting to it.
    pub(crate) target: Js,
    pub(crate) targets: Vec<Js>,
    pub(crate) awake: Cell<bool>,
    pub(crate) reason: Reason,
    pub(crate) wx_patched: Cell<bool>,
    pub(crate) engine: Js,
}

thread_local! {
    static BRIDGE: Cell<Option<&'static Bridge>> = const { Cell::new(None) };
}

/// The page's connection, if it has been installed.
pub(crate) fn current() -> Option<&'static Bridge> {
    BRIDGE.with(Cell::get)
}

/// Makes it the page's connection, for as long as the page lives.
pub(crate) fn set_current(bridge: Bridge) -> &'static Bridge {
    let bridge = Box::leak(Box::new(bridge));
    BRIDGE.with(|current| current.set(Some(bridge)));
    bridge
}

impl Bridge {
    pub(crate) fn in_sidebar(&self) -> bool {
        self.reason == Reason::Ok
    }

    /// Posts a call and holds it until its answer or its deadline.
    pub(crate) fn ask(
        &self,
        wire: Atom,
        timeout: u32,
        params: Js,
        entry: Entry,
    ) -> Result<(), Fault<Js>> {
        let lane = if timeout == api::TIMEOUT { USUAL } else { LONG };
        let delay = f64::from(self.options.timeout.unwrap_or(timeout));
        let id = Js(hold(lane, entry.0.0, delay));
        self.post(wire::request(wire, &id, params))?;
        if !self.awake.replace(true) {
            wake(delay);
        }
        Ok(())
    }

    /// Holds a call until the host's next push.
    pub(crate) fn listen(entry: Entry) {
        hold(ENDLESS, entry.0.0, 0.0);
    }

    fn post(&self, message: Js) -> Result<(), Fault<Js>> {
        self.log(TO_THE_HOST, message);
        let to = |target: Js| send(self.parent.0, message.0, target.0);
        let posted = match self.host.get() {
            Knowledge::Known => to(self.target),
            Knowledge::Learning if self.targets.is_empty() => {
                return Err(Fault::HostUnreachable(Some(ORIGIN_UNKNOWN)));
            }
            Knowledge::Learning => self.targets.iter().all(|target| to(*target)),
            Knowledge::Excluded => {
                return Err(Fault::HostUnreachable(Some(ORIGIN_EXCLUDED)));
            }
        };
        if posted {
            Ok(())
        } else {
            Err(Fault::HostUnreachable(None))
        }
    }

    /// Whether a message's origin may be the host's.
    fn believes(&self, origin: Js) -> bool {
        match self.host.get() {
            Knowledge::Known => self.origin == origin,
            Knowledge::Learning => self.options.allows(&origin),
            Knowledge::Excluded => false,
        }
    }

    /// A well-formed answer shows the host's origin.
    fn learn_host(&self, origin: Js) {
        if self.host.get() == Knowledge::Learning {
            self.log(THE_ORIGIN_IS, origin);
            self.origin.assign(origin);
            // `null` cannot be named.
            let nameless = origin.is(NULL_ORIGIN);
            self.target.assign(if nameless {
                Js::atom(ANY_ORIGIN)
            } else {
                origin
            });
            self.host.set(Knowledge::Known);
        }
    }

    fn receive(&self, data: Js, origin: Js, source: Js) -> Result<(), Atom> {
        if source != self.parent {
            return Err(IGNORED_SENDER);
        }
        if !self.believes(origin) {
            return Err(IGNORED_ORIGIN);
        }
        let answer = wire::read(&data).ok_or(IGNORED_FORM)?;
        if answer.api.is(UPDATE_BASE_INFO) {
            return self.receive_push(&answer);
        }
        let entry = Entry::found(held(answer.req_id.0)).ok_or(IGNORED_ANSWER)?;
        let name = entry.name();
        match action(name) {
            Some(Action::Post { wire, res, .. }) if answer.api.is(*wire) => {
                self.learn_host(origin);
                entry.finish(&res.read(&Label::new(name), &answer));
                Ok(())
            }
            _ => Err(IGNORED_CALL),
        }
    }

    fn receive_push(&self, answer: &Answer<Js>) -> Result<(), Atom> {
        // A host pushes only after it has answered, so a push from one that is not known yet is none of its.
        if self.host.get() != Knowledge::Known {
            return Err(IGNORED_EARLY_PUSH);
        }
        let label = Label::new(Js::atom(UPDATE_BASE_INFO));
        let outcome = api::push(&label, answer).ok_or(IGNORED_EMPTY_PUSH)?;
        publish(outcome.res.0);
        Ok(())
    }

    fn tick(&self) {
        let now = now();
        let mut next = None;
        for lane in [USUAL, LONG] {
            while let Some(entry) = Entry::found(first(lane)) {
                let deadline = deadline(entry.0.0);
                if deadline > now {
                    next = Some(next.map_or(deadline, |next: f64| next.min(deadline)));
                    break;
                }
                entry.fail(entry.name(), Fault::Timeout);
            }
        }
        self.awake.set(next.is_some());
        if let Some(next) = next {
            wake(next - now);
        }
    }

    pub(crate) fn log(&self, what: Atom, value: Js) {
        if self.options.debug {
            log(Js::atom(what).0, value.0);
        }
    }
}

/// A `message` event of the page's window: its data, its origin, and the window that it came from.
#[wasm_bindgen]
pub fn message(data: i32, origin: i32, source: i32) {
    let Some(bridge) = current() else { return };
    let heard = bridge.receive(Js(data), Js(origin), Js(source));
    bridge.log(heard.err().unwrap_or(FROM_THE_HOST), Js(data));
}

/// The time has come to look for calls past their deadline.
#[wasm_bindgen]
pub fn tick() {
    if let Some(bridge) = current() {
        bridge.tick();
    }
}

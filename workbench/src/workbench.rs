//! What all requests share: the hub, and the connected consoles.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use juzi_hub::scenario::Scenario;
use juzi_hub::scenario::ScenarioError;
use juzi_hub::scenario::reading::{Reading, ScenarioInForce};
use juzi_hub::{Event, Hub, Now, Reply, Request};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;

/// A console that falls further behind than this loses the oldest events.
const CAPACITY: usize = 4_096;

/// When a request arrived.
#[derive(Clone, Copy)]
pub struct Arrival {
    ms: u64,
    at: Instant,
}

pub struct Workbench {
    hub: Mutex<Hub>,
    /// Sends every event to every connected console. There may be none.
    listeners: broadcast::Sender<Event>,
    clock: Clock,
    pub reading: Reading,
    /// The prefix of the event ids.
    pub stream: String,
    /// Held from the comparison of the scenario file's revision until the file is replaced.
    writing: Mutex<()>,
    /// Ends the event streams, which would otherwise block the shutdown forever.
    pub stop: CancellationToken,
}

impl Workbench {
    pub fn new(hub: Hub, clock: Clock) -> Self {
        let settings = hub.settings();
        Workbench {
            listeners: broadcast::Sender::new(CAPACITY),
            clock,
            reading: settings.reading,
            stream: settings.stream.clone(),
            writing: Mutex::default(),
            stop: CancellationToken::new(),
            hub: Mutex::new(hub),
        }
    }

    /// Passes a request to the hub. The receiver gets all later events, for [`Reply::Listen`].
    pub fn ask(
        &self,
        request: &Request<'_>,
        arrived: Arrival,
    ) -> (Reply, broadcast::Receiver<Event>) {
        let now = Workbench::now(arrived);
        self.with(|hub| {
            let reply = hub.handle(request, &now);
            // Subscribes under the lock, so that a console gets each event exactly once: as a missed event, or from the receiver.
            (reply, self.listeners.subscribe())
        })
    }

    pub fn answered(
        &self,
        request: &Request<'_>,
        status: u16,
        location: Option<&str>,
        arrived: Arrival,
    ) {
        let now = Workbench::now(arrived);
        self.with(|hub| hub.answered(request, status, location, &now));
    }

    pub fn leave(&self, window: &str) {
        self.with(|hub| hub.leave(window));
    }

    pub fn replace_scenario(&self, scenario: ScenarioInForce) {
        self.with(|hub| hub.replace_scenario(scenario));
    }

    pub fn report_scenario_error(&self, error: ScenarioError) {
        self.with(|hub| hub.report_scenario_error(error));
    }

    pub fn scenario(&self) -> Arc<Scenario> {
        self.with(|hub| hub.scenario().scenario.clone())
    }

    /// While the guard is held, no other request writes the scenario file. Blocks, so asynchronous code must not call it.
    pub fn write_alone(&self) -> MutexGuard<'_, ()> {
        // The lock guards the file, which is replaced completely or not at all, so a poisoned lock is safe to use.
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The arrival of a request that comes in now.
    pub fn arrival(&self) -> Arrival {
        Arrival {
            ms: self.clock.now_ms(),
            at: Instant::now(),
        }
    }

    fn now(arrived: Arrival) -> Now {
        let mut random = [0; 16];
        Now {
            ms: arrived.ms,
            elapsed_ms: arrived.at.elapsed().as_secs_f64() * 1_000.0,
            random: getrandom::fill(&mut random).ok().map(|()| random),
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Hub) -> T) -> T {
        // No operation under this lock can leave the hub half changed, so a poisoned lock is safe to use.
        let mut hub = self.hub.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut hub);
        self.tell(&mut hub);
        result
    }

    /// Sends under the lock, so that the last event has what is in force.
    fn tell(&self, hub: &mut Hub) {
        for event in hub.take_events() {
            // An error only means that no console is open.
            let _ = self.listeners.send(event);
        }
    }
}

//! A hub in this process: no server, no socket, no clock.

#![allow(dead_code, reason = "every test binary uses a part of this")]

use std::collections::VecDeque;
use std::path::PathBuf;

use juzi_hub::hosts::AllowedHosts;
use juzi_hub::scenario::Format;
use juzi_hub::scenario::reading::Reading;
use juzi_hub::{
    Addresses, Event, Hub, Now, OwnMedia, Place, Reply, Request, Response, Settings, Words,
};
use serde_json::Value;
use url::{Host, Url};

pub const ORIGIN: &str = "http://127.0.0.1:8787";
pub const HOST: &str = "127.0.0.1:8787";
pub const START: u64 = 1_700_000_000_000;

/// The table of requests and answers.
pub fn table() -> Value {
    serde_json::from_str(include_str!("../../../tests/vectors/hub.json")).unwrap()
}

pub struct Fixture {
    pub hub: Hub,
    reading: Reading,
    pub ms: u64,
    pub elapsed_ms: f64,
    /// The random bytes of the next code. Every request increments them.
    pub random: u128,
    /// The events that the connected console has received and not read. `None` before it connects.
    events: Option<VecDeque<Event>>,
}

impl Fixture {
    /// A hub whose scenario file has this JSON text.
    pub fn start(scenario: &str) -> Self {
        let reading = Reading {
            start: "2026-03-02T09:30:00Z".parse().unwrap(),
            seed: None,
        };
        let address = |path: &str| Url::parse(&format!("http://{path}")).unwrap();
        let settings = Settings {
            version: "0.0.0".to_owned(),
            words: Words::WORKBENCH,
            place: Place::At(Addresses {
                console: address("127.0.0.1:8787/"),
                page: address("localhost:8787/demo/"),
                hub_base: ORIGIN.to_owned(),
            }),
            allowed_hosts: AllowedHosts::new(Host::Ipv4([127, 0, 0, 1].into()), true),
            code_ttl_ms: 300_000,
            scenario_file: Some(PathBuf::from("mine.json")),
            unwritable: None,
            reading,
            own: ["index.html", "demo"].map(str::to_owned).into(),
            media: OwnMedia::default(),
            stream: "run".to_owned(),
        };
        let in_force = reading.read(scenario, Format::Json).unwrap();
        Fixture {
            hub: Hub::new(settings, in_force),
            reading,
            ms: START,
            elapsed_ms: 0.0,
            random: 1,
            events: None,
        }
    }

    pub fn now(&self) -> Now {
        Now {
            ms: self.ms,
            elapsed_ms: self.elapsed_ms,
            random: Some(self.random.to_be_bytes()),
        }
    }

    /// Sends a request. `target` is a path with its query.
    pub fn send(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let is_given = headers.iter().any(|it| it.0 == "host");
        let own = (!is_given).then_some(("host", HOST));
        let headers: Vec<_> = own.into_iter().chain(headers.iter().copied()).collect();
        let request = Request {
            method,
            path,
            query,
            secure: false,
            headers: &headers,
            body: body.as_bytes(),
        };
        let now = self.now();
        let reply = self.hub.handle(&request, &now);
        if matches!(reply, Reply::Elsewhere) {
            self.hub.answered(&request, 404, None, &now);
        }
        self.random += 1;
        self.deliver();
        reply
    }

    /// The same, for a request that the hub must answer.
    pub fn ask(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response {
        match self.send(method, target, headers, body) {
            Reply::Answer(response) => response,
            other => panic!("{method} {target}: {other:?}"),
        }
    }

    pub fn get(&mut self, target: &str) -> Response {
        self.ask("GET", target, &[], "")
    }

    pub fn get_json(&mut self, target: &str) -> Value {
        serde_json::from_str(&self.get(target).body).unwrap()
    }

    pub fn put(&mut self, target: &str, body: Value) -> Response {
        let json = ("content-type", "application/json");
        self.ask("PUT", target, &[json], &body.to_string())
    }

    /// Changes the scenario file to this text.
    pub fn save(&mut self, text: &str) {
        match self.reading.read(text, Format::Json) {
            Ok(scenario) => self.hub.replace_scenario(scenario),
            Err(error) => self.hub.report_scenario_error(error),
        }
        self.deliver();
    }

    pub fn listen(&mut self) {
        self.listen_to("/_workbench/events");
    }

    pub fn listen_to(&mut self, target: &str) {
        match self.send("GET", target, &[], "") {
            Reply::Listen { missed, .. } => self.events = Some(missed.into()),
            other => panic!("{other:?}"),
        }
    }

    fn deliver(&mut self) {
        let events = self.hub.take_events();
        if let Some(queue) = &mut self.events {
            queue.extend(events);
        }
    }

    /// The next event's name and data.
    pub fn next(&mut self) -> (&'static str, Value) {
        let event = self.events.as_mut().and_then(VecDeque::pop_front);
        let event = event.expect("no event came");
        (event.name(), serde_json::to_value(&event).unwrap())
    }

    /// The data of the next event with this name.
    pub fn next_named(&mut self, wanted: &str) -> Value {
        loop {
            let (name, data) = self.next();
            if name == wanted {
                return data;
            }
        }
    }

    /// Takes all waiting events and returns their names.
    pub fn names(&mut self) -> Vec<&'static str> {
        let events = std::mem::take(self.events.as_mut().unwrap());
        events.iter().map(Event::name).collect()
    }
}

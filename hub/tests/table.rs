//! `tests/vectors/hub.json`: requests and answers of this hub. The workbench's server and the plugin for Vite give them too
//! (`workbench/tests/hub_table.rs`, `tests/npm/hub.test.mjs`).

mod common;
#[path = "../../tests/vectors/known.rs"]
mod known;

use common::{Fixture, ORIGIN, table};
use juzi_hub::Reply;
use known::{Known, list};
use serde_json::Value;

const METHODS: [&str; 4] = ["get", "put", "post", "head"];

struct Case {
    it: Fixture,
    first: String,
    text: String,
    known: Known,
}

#[test]
fn the_hub_gives_every_answer_of_the_table() {
    let table = table();
    let scenario = serde_json::to_string_pretty(&table["scenario"]).unwrap();
    let cases = table["cases"].as_array().unwrap();
    assert!(cases.len() > 10);
    for case in cases {
        let known = ["origin", "base"].map(|name| (name.to_owned(), Value::from(ORIGIN)));
        let mut run = Case {
            it: Fixture::start(&scenario),
            first: scenario.clone(),
            text: scenario.clone(),
            known: Known(known.into()),
        };
        for step in case["steps"].as_array().unwrap() {
            run.step(step, &format!("{}: {step}", case["name"]));
        }
    }
}

/// Requests the console's settings with each name as the `Host`, with and without a port.
#[test]
fn the_hub_answers_to_this_machines_names_alone() {
    let table = table();
    let scenario = table["scenario"].to_string();
    let mut it = Fixture::start(&scenario);
    for (kind, status) in [("thisMachine", 200), ("others", 403), ("malformed", 403)] {
        for name in list(&table["hosts"][kind]) {
            for host in [name.to_owned(), format!("{name}:8787")] {
                let headers = [("host", host.as_str())];
                let answered = it.ask("GET", "/_workbench/config", &headers, "").status;
                assert_eq!(answered, status, "{kind}: {host}");
            }
        }
    }
}

impl Case {
    fn step(&mut self, step: &Value, about: &str) {
        if let Some(millis) = step["advance"].as_u64() {
            self.it.ms += millis;
        } else if step["listen"] == true {
            self.it.listen();
        } else if let Some(pair) = step["replace"].as_array() {
            let (from, to) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
            self.text = self.first.replacen(from, to, 1);
            assert_ne!(self.text, self.first, "{about}");
            self.it.save(&self.text);
        } else if let Some(expected) = step["event"].as_str() {
            self.event(step, expected, about);
        } else {
            self.request(step, about);
        }
    }

    fn event(&mut self, step: &Value, expected: &str, about: &str) {
        // Events for the console's log are in another table, hub-events.json.
        let (name, data) = loop {
            let (name, data) = self.it.next();
            if name == expected || !name.starts_with("hub-") {
                break (name, data);
            }
        };
        assert_eq!(name, expected, "{about}");
        self.known.compare_body(step, &data, about);
        if let Some(mark) = step["lineOf"].as_str() {
            let before = self.text.split(mark).next().unwrap();
            let placed = data.get(0).unwrap_or(&data);
            assert_eq!(placed["line"], before.split('\n').count(), "{about}");
        }
    }

    fn request(&mut self, step: &Value, about: &str) {
        let method = METHODS.into_iter().find(|it| step[it].is_string()).unwrap();
        let target = self.known.filled(step[method].as_str().unwrap());
        let mut headers: Vec<(String, String)> = vec![];
        for (name, value) in step["send"].as_object().into_iter().flatten() {
            headers.push((name.clone(), self.known.filled(value.as_str().unwrap())));
        }
        let body = step.get("body").map(Value::to_string);
        if body.is_some() && !headers.iter().any(|it| it.0 == "content-type") {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let body = body.unwrap_or_default();
        let reply = self
            .it
            .send(&method.to_uppercase(), &target, &headers, &body);
        let Reply::Answer(response) = reply else {
            panic!("{about}: {reply:?}");
        };
        let text = &response.body;
        assert_eq!(step["status"], response.status, "{about}: {text}");
        for (name, value) in step["headers"].as_object().into_iter().flatten() {
            assert_eq!(response.header(name), value.as_str(), "{about}: {name}");
        }
        for name in list(&step["absent"]) {
            assert_eq!(response.header(name), None, "{about}: {name}");
        }
        let has_all = list(&step["text"]).all(|part| text.contains(part));
        assert!(has_all, "{about}: {text}");
        let has_none = !list(&step["lacks"]).any(|part| text.contains(part));
        assert!(has_none, "{about}: {text}");
        let location = step["location"].as_str();
        if let Some((before, after)) = location.and_then(|it| it.split_once("{code}")) {
            let location = response.header("location").unwrap();
            let rest = location.strip_prefix(before);
            let code = rest.and_then(|it| it.strip_suffix(after));
            let code = code.unwrap_or_else(|| panic!("{about}: {location}"));
            self.known.0.insert("code".to_owned(), code.into());
        }
        if step.get("json").is_some() || step.get("has").is_some() {
            self.known
                .compare_body(step, &serde_json::from_str(text).unwrap(), about);
        }
    }
}

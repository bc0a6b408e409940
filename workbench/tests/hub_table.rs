//! `tests/vectors/hub.json`: requests and answers of the hub, which the plugin for Vite gives too.

mod common;
#[path = "../../tests/vectors/known.rs"]
mod known;

use std::time::Duration;

use common::{Events, Fixture, start_with};
use known::{Known, list};
use serde_json::Value;

const METHODS: [&str; 4] = ["get", "put", "post", "head"];

struct Case {
    it: Fixture,
    file: std::path::PathBuf,
    first: String,
    text: String,
    known: Known,
    events: Option<Events>,
}

#[tokio::test]
async fn the_hub_gives_every_answer_of_the_table() {
    let table: Value = serde_json::from_str(include_str!("../../tests/vectors/hub.json")).unwrap();
    let scenario = serde_json::to_string_pretty(&table["scenario"]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (number, case) in table["cases"].as_array().unwrap().iter().enumerate() {
        let file = folder.path().join(format!("{number}.json"));
        std::fs::write(&file, &scenario).unwrap();
        let it = start_with(|options| options.scenario = Some(file.clone())).await;
        let base = Value::from(it.origin());
        let known = ["origin", "base"].map(|name| (name.to_owned(), base.clone()));
        let mut run = Case {
            it,
            file,
            first: scenario.clone(),
            text: scenario.clone(),
            known: Known(known.into()),
            events: None,
        };
        for step in case["steps"].as_array().unwrap() {
            run.step(step, &format!("{}: {step}", case["name"])).await;
        }
    }
}

/// Requests the console's settings with each name as the `Host`, with and without a port.
#[tokio::test]
async fn the_hub_answers_to_this_machines_names_alone() {
    let table: Value = serde_json::from_str(include_str!("../../tests/vectors/hub.json")).unwrap();
    let it = start_with(|_| {}).await;
    for (kind, status) in [("thisMachine", 200), ("others", 403), ("malformed", 403)] {
        for name in list(&table["hosts"][kind]) {
            for host in [name.to_owned(), format!("{name}:8787")] {
                let url = it.url("/_workbench/config");
                let request = it.client.get(url).header("host", host.as_str());
                let answered = request.send().await.unwrap().status();
                assert_eq!(answered, status, "{kind}: {host}");
            }
        }
    }
}

impl Case {
    async fn step(&mut self, step: &Value, about: &str) {
        if let Some(millis) = step["advance"].as_u64() {
            self.it.clock.advance(Duration::from_millis(millis));
        } else if step["listen"] == true {
            self.events = Some(self.it.events().await);
        } else if let Some(pair) = step["replace"].as_array() {
            let (from, to) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
            self.text = self.first.replacen(from, to, 1);
            assert_ne!(self.text, self.first, "{about}");
            std::fs::write(&self.file, &self.text).unwrap();
        } else if let Some(expected) = step["event"].as_str() {
            let events = self.events.as_mut().unwrap();
            // Events for the console's log are in another table, hub-events.json.
            let (name, data) = loop {
                let (name, data) = events.next().await.unwrap();
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
        } else {
            self.request(step, about).await;
        }
    }

    async fn request(&mut self, step: &Value, about: &str) {
        let method = METHODS.into_iter().find(|it| step[it].is_string()).unwrap();
        let url = self
            .it
            .url(&self.known.filled(step[method].as_str().unwrap()));
        let verb = method.to_uppercase().parse().unwrap();
        let mut request = self.it.client.request(verb, url);
        let headers = step["send"].as_object().cloned().unwrap_or_default();
        if let Some(body) = step.get("body") {
            request = request.body(body.to_string());
            if !headers.contains_key("content-type") {
                request = request.header("content-type", "application/json");
            }
        }
        for (name, value) in &headers {
            request = request.header(name, self.known.filled(value.as_str().unwrap()));
        }
        let response = request.send().await.unwrap();
        let (status, answered) = (response.status().as_u16(), response.headers().clone());
        let header = |name: &str| answered.get(name).map(|it| it.to_str().unwrap().to_owned());
        let text = response.text().await.unwrap();
        assert_eq!(step["status"], status, "{about}: {text}");
        for (name, value) in step["headers"].as_object().into_iter().flatten() {
            assert_eq!(header(name).as_deref(), value.as_str(), "{about}: {name}");
        }
        for name in list(&step["absent"]) {
            assert_eq!(header(name), None, "{about}: {name}");
        }
        assert!(
            list(&step["text"]).all(|part| text.contains(part)),
            "{about}: {text}"
        );
        assert!(
            !list(&step["lacks"]).any(|part| text.contains(part)),
            "{about}: {text}"
        );
        if let Some((before, after)) = step["location"]
            .as_str()
            .and_then(|it| it.split_once("{code}"))
        {
            let location = header("location").unwrap();
            let code = location
                .strip_prefix(before)
                .and_then(|it| it.strip_suffix(after));
            let code = code.unwrap_or_else(|| panic!("{about}: {location}"));
            self.known.0.insert("code".to_owned(), code.into());
        }
        if step.get("json").is_some() || step.get("has").is_some() {
            self.known
                .compare_body(step, &serde_json::from_str(&text).unwrap(), about);
        }
    }
}

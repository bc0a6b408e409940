//! `tests/vectors/hub-events.json`: the exact events about requests to the hub, for the console's log.

mod common;

use common::{Fixture, START, table};
use serde_json::{Value, json};

const AUTHORIZE: &str = "/oauth/connect/authorize";
const USER_INFO: &str = "/api/v1/oauth/getUserInfo";

struct Sampled {
    it: Fixture,
    samples: std::vec::IntoIter<Value>,
}

impl Sampled {
    /// Sends a request at the time of the next sample. The console's event about it must be that sample.
    fn send(&mut self, method: &str, target: &str) {
        let sample = self.samples.next().unwrap();
        self.it.ms = sample["event"]["at"].as_u64().unwrap();
        self.it.elapsed_ms = sample["event"]["durationMs"].as_f64().unwrap();
        self.it.send(method, target, &[], "");
        let told = self.it.next_named("hub-request");
        assert_eq!(told, sample["event"], "{}", sample["name"]);
    }
}

/// The bytes of a code that begins like this.
fn beginning(code: &str) -> u128 {
    u128::from_str_radix(&format!("{code:0<32}"), 16).unwrap()
}

#[test]
fn the_samples_are_what_the_hub_sends() {
    let samples = include_str!("../../tests/vectors/hub-events.json");
    let samples: Vec<Value> = serde_json::from_str(samples).unwrap();
    let mut it = Fixture::start(&table()["scenario"].to_string());
    it.listen();
    let samples = samples.into_iter();
    let mut run = Sampled { it, samples };

    let callback = "http%3A%2F%2Flocalhost%3A5173%2Fapp%3Ftoken%3Dabcdefgh%26juziSidebar";
    run.it.random = beginning("3fa9c1");
    let code = format!("{:032x}", run.it.random);
    let never = "0".repeat(32);
    run.send(
        "GET",
        &format!("{AUTHORIZE}?redirect_uri={callback}&state=s7aTe9876"),
    );
    run.send("GET", &format!("{USER_INFO}?code={code}"));
    run.send("GET", &format!("{USER_INFO}?code={code}"));
    run.send(
        "GET",
        &format!("{USER_INFO}?code={never}&secret=hunter2hunter2"),
    );
    run.send("GET", &format!("/v1/oauth/getUserInfo?code={never}"));
    run.send("POST", USER_INFO);
    run.send("GET", &format!("{AUTHORIZE}?redirect_uri=%2Fcb"));
    run.it.ms = START + 10_000;
    run.it.random = beginning("77b0de");
    let late = format!("{:032x}", run.it.random);
    let json = [("content-type", "application/json")];
    let body = json!({ "conversationId": "c1", "via": "sidebarAuth" }).to_string();
    assert_eq!(
        run.it.ask("POST", "/_workbench/codes", &json, &body).status,
        200
    );
    run.send("GET", &format!("{USER_INFO}?code={late}"));
    run.it
        .put("/_workbench/faults", json!({ "getUserInfo": -5 }));
    run.send("GET", &format!("{USER_INFO}?code={never}"));
    assert!(run.samples.next().is_none(), "a sample was not asked for");
}

#[test]
fn every_window_gets_an_event_when_one_takes_the_hub_or_closes() {
    let mut it = Fixture::start(&table()["scenario"].to_string());
    let take = |it: &mut Fixture, id: &str, window: &str| {
        let body = json!({ "id": id, "window": window });
        it.put("/_workbench/conversation", body).status
    };
    it.listen_to("/_workbench/events?window=w-1");
    it.listen_to("/_workbench/events?window=w-2");
    // A second stream of the same window, as after a reconnect, keeps it open.
    it.listen_to("/_workbench/events?window=w-2");
    assert_eq!(take(&mut it, "c2", "w-2"), 204);
    let taken = json!({ "id": "c2", "window": "w-2" });
    assert_eq!(it.next_named("hub-conversation"), taken);
    it.hub.leave("w-2");
    let shown = it.get_json("/_workbench/config")["hubConversation"].clone();
    assert_eq!(shown, taken);
    it.hub.leave("w-2");
    it.get("/_workbench/config");
    let left = json!({ "id": "c2", "window": null });
    assert_eq!(it.next_named("hub-conversation"), left);
    it.hub.leave("w-2");
    it.hub.leave("nobody");
    it.get("/_workbench/config");
    assert!(it.names().is_empty());
}

#[test]
fn a_console_that_connects_gets_the_kept_requests_that_it_missed() {
    let mut it = Fixture::start(&table()["scenario"].to_string());
    for _ in 0..510 {
        it.get(USER_INFO);
    }
    assert_eq!(it.get_json("/_workbench/config")["lastHubRequest"], 510);
    for (query, first) in [
        ("?after=0", Some(11)),
        ("?after=509", Some(510)),
        ("?after=510", None),
        ("", None),
    ] {
        it.listen_to(&format!("/_workbench/events{query}"));
        let told = first.map(|_| it.next().1["id"].as_u64().unwrap());
        assert_eq!(told, first, "{query}");
    }
    for wrong in [
        "?after=x",
        "?after=-1",
        "?window=",
        "?window=a+b",
        "?window=%3Cscript%3E",
    ] {
        let answer = it.get(&format!("/_workbench/events{wrong}"));
        assert_eq!(answer.status, 400, "{wrong}");
    }
}

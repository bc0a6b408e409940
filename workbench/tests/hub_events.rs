//! The hub's traffic in the console's log (docs/workbench-protocol.md).

mod common;

use std::time::Duration;

use common::{Events, Fixture, client, start, start_with};
use reqwest::Method;
use serde_json::{Value, json};

const CALLBACK: &str = "http://localhost:5173/app?token=abcdefgh&juziSidebar";

async fn next(events: &mut Events) -> Value {
    events.next_named("hub-request").await
}

async fn ask(it: &Fixture, method: Method, path: &str, headers: &[(&str, &str)]) {
    let mut request = it.client.request(method, it.url(path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap();
}

async fn get(it: &Fixture, path: &str) {
    ask(it, Method::GET, path, &[]).await;
}

/// The values of the members that follow from the request, and only the types of all others.
fn shape(event: &Value) -> Value {
    match event {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let value = match name.as_str() {
                    // These are random, or count from the start of the test.
                    "masked" | "durationMs" | "id" | "at" | "location" | "query"
                    | "conversationId" => json!(kind(value)),
                    _ => shape(value),
                };
                (name.clone(), value)
            })
            .collect(),
        other => other.clone(),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        _ => "other",
    }
}

#[tokio::test]
async fn the_samples_are_what_the_server_sends() {
    let samples: Value =
        serde_json::from_str(include_str!("../../tests/vectors/hub-events.json")).unwrap();
    let it = start().await;
    let mut events = it.events().await;
    let mut got = vec![];
    let authorize = |redirect: &str| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("redirect_uri", redirect)
            .append_pair("state", "s7aTe9876")
            .finish();
        format!("/oauth/connect/authorize?{query}")
    };
    let user_info = "/api/v1/oauth/getUserInfo";
    let never = "0".repeat(32);

    let location = it.get(&authorize(CALLBACK)).await.headers()["location"]
        .to_str()
        .unwrap()
        .to_owned();
    let location = url::Url::parse(&location).unwrap();
    let code = location
        .query_pairs()
        .find(|it| it.0 == "code")
        .unwrap()
        .1
        .into_owned();
    got.push(next(&mut events).await);
    for advance in [1_500, 3_000] {
        it.clock.advance(Duration::from_millis(advance));
        get(&it, &format!("{user_info}?code={code}")).await;
        got.push(next(&mut events).await);
    }
    get(
        &it,
        &format!("{user_info}?code={never}&secret=hunter2hunter2"),
    )
    .await;
    got.push(next(&mut events).await);
    get(&it, &format!("/v1/oauth/getUserInfo?code={never}")).await;
    got.push(next(&mut events).await);
    ask(&it, Method::POST, user_info, &[]).await;
    got.push(next(&mut events).await);
    get(&it, "/oauth/connect/authorize?redirect_uri=%2Fcb").await;
    got.push(next(&mut events).await);
    let late = it.code(&it.first_conversation().await).await;
    it.clock.advance(Duration::from_secs(300));
    get(&it, &format!("{user_info}?code={late}")).await;
    got.push(next(&mut events).await);
    it.put("/_workbench/faults", json!({ "getUserInfo": -5 }))
        .await;
    get(&it, &format!("{user_info}?code={never}")).await;
    got.push(next(&mut events).await);

    let samples = samples.as_array().unwrap();
    assert_eq!(samples.len(), got.len());
    for (sample, event) in samples.iter().zip(&got) {
        assert_eq!(shape(&sample["event"]), shape(event), "{}", sample["name"]);
    }
    // Apart from the random code, the addresses match the samples too.
    assert_eq!(got[0]["query"], samples[0]["event"]["query"]);
    let masked = got[0]["code"]["masked"].as_str().unwrap();
    assert!(code.starts_with(masked.trim_end_matches('…')) && masked.chars().count() == 7);
    let shown = got[0]["location"].as_str().unwrap();
    assert!(
        shown.starts_with(&format!("http://localhost:5173/app?token=abcdef…&juziSidebar&code={masked}&state=s7aTe9…&juziBotId=")),
        "{shown}"
    );
    assert_eq!(got[3]["query"], samples[3]["event"]["query"]);
    let ids: Vec<_> = got.iter().map(|it| it["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (1..=9).collect::<Vec<_>>());
    // Secrets are in none of them.
    let all = json!(got).to_string();
    for secret in [
        code.as_str(),
        late.as_str(),
        "hunter2",
        "abcdefgh",
        "s7aTe987",
    ] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

#[tokio::test]
async fn a_request_that_fails_says_what_is_probably_wrong() {
    let it = start().await;
    let mut events = it.events().await;
    let user_info = "/api/v1/oauth/getUserInfo";
    let port = it.server.port();
    let page = "http://localhost:5173";
    let frame = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-dest", "iframe"),
        ("sec-fetch-mode", "navigate"),
    ];
    let script = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-dest", "empty"),
        ("sec-fetch-mode", "cors"),
    ];
    let authorize = "/oauth/connect/authorize?redirect_uri=http%3A%2F%2Fa.example";
    let foreign = format!("hub.example:{port}");
    for (method, path, headers, status, code) in [
        (Method::GET, user_info, &[][..], 200, "code-missing"),
        // Node's `fetch` on a server.
        (
            Method::GET,
            user_info,
            &[("sec-fetch-mode", "cors")],
            200,
            "code-missing",
        ),
        (Method::GET, user_info, &script, 200, "from-page"),
        (
            Method::GET,
            "/api/v1/oauth/getUserInfo?code=a&code=b",
            &[],
            200,
            "code-twice",
        ),
        (
            Method::GET,
            "/api/v1/oauth/getUserInfo?code=a",
            &[("origin", page)],
            200,
            "from-page",
        ),
        (
            Method::OPTIONS,
            user_info,
            &[("origin", page)],
            405,
            "from-page",
        ),
        (Method::HEAD, user_info, &[], 405, "wrong-method"),
        (Method::POST, authorize, &[], 405, "wrong-method"),
        (Method::GET, authorize, &frame, 403, "foreign-frame"),
        (Method::GET, authorize, &script, 403, "not-shown"),
        (Method::POST, "/api/v2/messages", &[], 405, "unknown-path"),
        (
            Method::GET,
            user_info,
            &[("host", foreign.as_str())],
            403,
            "wrong-host",
        ),
    ] {
        ask(&it, method.clone(), path, headers).await;
        let event = next(&mut events).await;
        let named = (&event["status"], &event["hint"]["code"], &event["method"]);
        assert_eq!(
            named,
            (&json!(status), &json!(code), &json!(method.as_str())),
            "{event}"
        );
    }
}

#[tokio::test]
async fn a_frame_s_callback_without_the_sidebar_s_parameter_gets_its_code_and_a_note() {
    let it = start().await;
    let mut events = it.events().await;
    let console = it.origin();
    let frame = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-dest", "iframe"),
        ("sec-fetch-mode", "navigate"),
        ("referer", console),
    ];
    let without = "/oauth/connect/authorize?redirect_uri=http%3A%2F%2Fa.example%2F%3Fa";
    let with = format!("{without}%26juziSidebar");
    for (path, headers, hint) in [
        (
            without,
            &frame[..],
            json!({ "code": "no-sidebar-parameter", "params": {} }),
        ),
        (with.as_str(), &frame, Value::Null),
        // A separate tab is not the sidebar.
        (without, &[], Value::Null),
    ] {
        ask(&it, Method::GET, path, headers).await;
        let event = next(&mut events).await;
        assert_eq!(
            (&event["status"], &event["hint"]),
            (&json!(302), &hint),
            "{event}"
        );
    }
}

#[tokio::test]
async fn the_consoles_own_requests_are_not_in_the_log() {
    let it = start().await;
    let mut events = it.events().await;
    for path in [
        "/",
        "/host.js",
        "/_workbench/config",
        "/favicon.ico",
        "/demo",
    ] {
        get(&it, path).await;
    }
    get(&it, "/api/v1/oauth/getUserInfo").await;
    assert_eq!(next(&mut events).await["id"], 1);
}

#[tokio::test]
async fn a_console_misses_no_request_while_it_connects() {
    let it = start().await;
    get(&it, "/before").await;
    let after = it.config().await["lastHubRequest"].clone();
    assert_eq!(after, 1);
    get(&it, "/while-it-loads").await;
    let mut events = it.events_with(&format!("?after={after}"), None).await;
    get(&it, "/afterwards").await;
    assert_eq!(next(&mut events).await["path"], "/while-it-loads");
    assert_eq!(next(&mut events).await["path"], "/afterwards");

    // The browser reconnects with the same address and the last id.
    let last = events.last_id.clone().unwrap();
    drop(events);
    get(&it, "/while-it-is-away").await;
    let mut events = it
        .events_with(&format!("?after={after}"), Some(&last))
        .await;
    assert_eq!(next(&mut events).await["path"], "/while-it-is-away");

    // After a restart, the console has not seen any of the requests.
    let mut events = it.events_with("?after=3", Some("17c0ffee-4711")).await;
    assert_eq!(next(&mut events).await["path"], "/before");

    // Without either, the console gets only new requests.
    let mut events = it.events().await;
    get(&it, "/last").await;
    assert_eq!(next(&mut events).await["path"], "/last");
}

#[tokio::test]
async fn only_the_last_requests_are_kept() {
    let it = start().await;
    for _ in 0..510 {
        get(&it, "/api/v1/oauth/getUserInfo").await;
    }
    let mut events = it.events_with("?after=0", None).await;
    assert_eq!(next(&mut events).await["id"], 11);
}

#[tokio::test]
async fn the_hubs_fault_in_force_can_be_read_and_every_window_gets_it() {
    let it = start().await;
    assert_eq!(
        it.get_json("/_workbench/faults").await,
        json!({ "getUserInfo": 0 })
    );
    let mut events = it.events().await;
    it.put("/_workbench/faults", json!({ "getUserInfo": -2 }))
        .await;
    let fault = json!({ "getUserInfo": -2 });
    assert_eq!(events.next_named("hub-faults").await, fault);
    assert_eq!(it.get_json("/_workbench/faults").await, fault);
    assert_eq!(it.config().await["hubFaults"], fault);
}

#[tokio::test]
async fn every_window_gets_an_event_when_one_takes_the_hub_or_closes() {
    let it = start().await;
    let ids: Vec<_> = it.config().await["scenario"]["conversations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].clone())
        .collect();
    let select = async |id: &Value, window: &str| {
        let body = json!({ "id": id, "window": window });
        it.put("/_workbench/conversation", body).await.status()
    };
    let mut first = it.events_with("?window=w-1", None).await;
    let mut second = it.events_with("?window=w-2", None).await;
    assert_eq!(select(&ids[0], "w-1").await, 204);
    let taken = json!({ "id": ids[0], "window": "w-1" });
    assert_eq!(first.next_named("hub-conversation").await, taken);
    assert_eq!(second.next_named("hub-conversation").await, taken);
    assert_eq!(select(&ids[1], "w-2").await, 204);
    let taken = json!({ "id": ids[1], "window": "w-2" });
    assert_eq!(first.next_named("hub-conversation").await, taken);
    assert_eq!(it.config().await["hubConversation"], taken);

    // A second stream of the same window, as after a reconnect, keeps it open.
    let again = it.events_with("?window=w-2", None).await;
    drop(second);
    drop(again);
    let left = json!({ "id": ids[1], "window": null });
    assert_eq!(first.next_named("hub-conversation").await, left);

    for window in ["", "a b", "<script>", &"w".repeat(65)] {
        assert_eq!(select(&ids[0], window).await, 400, "{window:?}");
        let query = [("window", window)];
        let stream = client()
            .get(it.url("/_workbench/events"))
            .query(&query)
            .send();
        assert_eq!(stream.await.unwrap().status(), 400, "{window:?}");
    }
}

#[tokio::test]
async fn a_scenario_keeps_its_times_and_a_fault_set_by_hand_while_it_is_edited() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.json");
    let text = include_str!("../../www/scenarios/default.json");
    std::fs::write(&path, text).unwrap();
    let given = path.clone();
    let it = start_with(move |options| options.scenario = Some(given)).await;
    let before = it.config().await["scenario"].clone();
    it.put("/_workbench/faults", json!({ "getUserInfo": -1 }))
        .await;
    let mut events = it.events().await;
    std::fs::write(&path, text.replace("\"locale\"", " \"locale\"") + "\n").unwrap();
    let after = events.next_named("scenario").await;
    assert_ne!(after["revision"], before["revision"]);
    assert_eq!(
        after["conversations"], before["conversations"],
        "relative times count from the start"
    );
    assert_eq!(it.config().await["hubFaults"]["getUserInfo"], -1);
    std::fs::write(&path, text).unwrap();
    let restored = events.next_named("scenario").await;
    assert_eq!(restored["revision"], before["revision"]);
}

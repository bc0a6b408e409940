//! What the hub leaves to its caller: to save a scenario, and to ask a page.

mod common;

use common::{Fixture, HOST, table};
use juzi_hub::page::{Answer, NoAnswer, Unreachable, Visit};
use juzi_hub::scenario::ScenarioError;
use juzi_hub::{Reply, Response, ScenarioChange};
use serde_json::{Value, json};

const JSON: (&str, &str) = ("content-type", "application/json");

fn text() -> String {
    serde_json::to_string_pretty(&table()["scenario"]).unwrap() + "\n"
}

fn body_of(response: impl Into<Response>) -> (u16, Value) {
    let response = response.into();
    (
        response.status,
        serde_json::from_str(&response.body).unwrap(),
    )
}

/// The change that the console sends after this edit of the scenario.
fn change(it: &mut Fixture, edit: impl FnOnce(&mut Value)) -> ScenarioChange {
    let mut scenario = it.get_json("/_workbench/config")["scenario"].take();
    edit(&mut scenario);
    match it.send(
        "PUT",
        "/_workbench/scenario",
        &[JSON],
        &scenario.to_string(),
    ) {
        Reply::WriteScenario(change) => change,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_change_becomes_the_files_text_and_the_answer_is_its_revision() {
    let mut it = Fixture::start(&text());
    let change = change(&mut it, |it| it["account"]["name"] = json!("Gu"));
    assert_eq!(change.file.to_str(), Some("mine.json"));
    let written = change.rewrite(Ok(&text())).unwrap();
    assert_eq!(written.text, text().replacen("Gu Yan", "Gu", 1));
    it.save(&written.text);
    let revision = it.get_json("/_workbench/config")["scenario"]["revision"].clone();
    assert_eq!(
        body_of(written.answer),
        (200, json!({ "revision": revision }))
    );
}

#[test]
fn a_change_that_is_outdated_or_invalid_or_has_no_file_is_refused() {
    let mut it = Fixture::start(&text());
    let sound = change(&mut it, |it| it["account"]["name"] = json!("Gu"));
    let other = text().replace("Team", "Crew");
    let (status, refusal) = body_of(sound.rewrite(Ok(&other)).unwrap_err());
    assert_eq!(status, 409, "{refusal}");
    let unreadable = ScenarioError::unplaced("is a folder");
    let (status, refusal) = body_of(sound.rewrite(Err(&unreadable)).unwrap_err());
    assert_eq!(status, 409);
    let says = "the scenario file is a folder; nothing was written";
    assert_eq!(refusal["error"], says);
    let broken = change(&mut it, |it| it["account"]["name"] = json!(""));
    let (status, refusal) = body_of(broken.rewrite(Ok(&text())).unwrap_err());
    assert_eq!((status, &refusal["field"]), (400, &json!("account.name")));
}

#[test]
fn a_forbidden_request_reaches_neither_a_file_nor_a_page() {
    let mut it = Fixture::start(&text());
    let foreign = ("origin", "http://evil.example");
    for (method, path) in [
        ("PUT", "/_workbench/scenario"),
        ("POST", "/_workbench/page-check"),
        // The caller answers this one.
        ("POST", "/_workbench/check"),
    ] {
        assert_eq!(
            it.ask(method, path, &[JSON, foreign], "{}").status,
            403,
            "{path}"
        );
        assert_eq!(it.ask(method, path, &[], "{}").status, 415, "{path}");
        let other = [JSON, ("host", "evil.example")];
        assert_eq!(it.ask(method, path, &other, "{}").status, 403, "{path}");
    }
    let own = format!("http://{HOST}");
    let own = [JSON, ("origin", own.as_str())];
    let reply = it.send("POST", "/_workbench/check", &own, "{}");
    assert!(matches!(reply, Reply::Elsewhere), "{reply:?}");
}

#[test]
fn the_console_asks_about_a_page_by_its_address_as_people_type_it() {
    let mut it = Fixture::start(&text());
    let mut ask =
        |body: Value| it.send("POST", "/_workbench/page-check", &[JSON], &body.to_string());
    for (body, loads) in [
        (json!({ "url": "localhost:5173" }), true),
        (json!({ "url": "localhost:5173", "request": false }), false),
    ] {
        let Reply::AskPage(question) = ask(body) else {
            panic!("a page is asked for");
        };
        assert_eq!(question.page.as_str(), "http://localhost:5173/");
        assert_eq!(question.console.as_str(), "http://127.0.0.1:8787/");
        assert_eq!(question.loads, loads);
    }
    let Reply::Answer(refusal) = ask(json!({ "url": "/" })) else {
        panic!("it is no address");
    };
    let (status, refusal) = body_of(refusal);
    assert_eq!((status, &refusal["field"]), (400, &json!("url")));
}

fn visit() -> Visit {
    let page = "http://localhost:5173/".parse().unwrap();
    Visit::new(page, "http://127.0.0.1:8787/".parse().unwrap())
}

fn redirect(to: &str) -> Answer {
    let headers = [
        ("location", to),
        ("set-cookie", "sid=1; SameSite=None; Secure"),
    ];
    let owned = |it: (&str, &str)| (it.0.to_owned(), it.1.to_owned());
    Answer {
        status: 302,
        headers: headers.map(owned).into(),
        body: String::new(),
        certificate: None,
    }
}

fn codes_of(visit: Visit) -> Vec<Value> {
    let report = serde_json::to_value(visit.report(1.0)).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|it| it["code"].clone()).collect()
}

#[test]
fn a_visit_follows_the_pages_own_redirects_with_its_cookies_up_to_a_limit() {
    let mut it = visit();
    assert_eq!(it.next().unwrap().cookies, "");
    let mut asked = 0;
    while let Some(next) = it.next() {
        asked += 1;
        it.take(Ok(redirect(&format!("/{asked}"))));
        assert!(asked == 1 || next.cookies == "sid=1", "{next:?}");
        assert!(asked == 1 || next.url.path() == format!("/{}", asked - 1));
    }
    assert_eq!(asked, 11, "the page, and ten redirects");
    assert!(codes_of(it).contains(&json!("redirect-loop")));
}

#[test]
fn a_visit_ends_at_a_redirect_to_another_site_or_without_an_answer() {
    let mut it = visit();
    it.take(Ok(redirect("https://login.example/")));
    assert_eq!(it.next(), None);
    assert!(codes_of(it).contains(&json!("redirect-away")));
    let mut it = visit();
    it.take(Err(NoAnswer::Unreachable(Unreachable::other("no"))));
    assert_eq!(it.next(), None);
    assert_eq!(codes_of(it), ["unreachable"]);
}

//! Detection of the host's origin, in browsers with `location.ancestorOrigins` and without.

use juzi_e2e::{Case, Engine, Framed, Page, Stage, tests};
use serde_json::json;

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        the_hosts_origin_is_known_before_the_first_call,
        a_host_of_another_name_is_answered_too,
        a_host_that_is_not_allowed_is_told_nothing,
        an_allowed_host_is_answered,
        a_host_that_hides_its_origin_is_learnt_from_its_first_answer,
    ];
    cases.extend(tests![&Engine::ONE => a_local_console_is_allowed_to_a_local_page_alone]);
    cases.extend(tests![OLD => without_a_known_ancestor_the_first_answer_reveals_the_origin]);
    cases
}

/// The engine whose versions without `location.ancestorOrigins` are still in use. A preference simulates them.
const OLD: &[Engine] = &[Engine::Firefox];

const HELPER: &str = "<script src=/juzi-helper.js></script>";

async fn the_hosts_origin_is_known_before_the_first_call(stage: &Stage) {
    let framed = stage.frame(Page::html(HELPER)).await;
    let origin = framed.host.js("return location.origin", &[]).await;
    let known = framed
        .page
        .js(
            "return [location.ancestorOrigins[0], juziWx.env.hostOrigin]",
            &[],
        )
        .await;
    assert_eq!(known, json!([origin, origin]));
}

/// A browser without `location.ancestorOrigins`.
pub async fn without_ancestors(stage: &Stage) -> Stage {
    let setting = ("dom.location.ancestorOrigins.enabled", false.into());
    stage.another_browser(&[setting]).await
}

/// The host answers. From then on its origin is known.
async fn the_host_answers(framed: &Framed) {
    assert_eq!(framed.contact().await["userId"], "wmContact");
    let origin = framed.host.js("return location.origin", &[]).await;
    let known = framed.page.js("return juziWx.env.hostOrigin", &[]).await;
    assert_eq!(known, origin);
}

async fn without_a_known_ancestor_the_first_answer_reveals_the_origin(stage: &Stage) {
    let old = without_ancestors(stage).await;
    let framed = old.frame(Page::html(HELPER)).await;
    let known = framed
        .page
        .js(
            "return ['ancestorOrigins' in location, juziWx.env.hostOrigin]",
            &[],
        )
        .await;
    assert_eq!(known, json!([false, null]));
    // Neither another window's message nor the host's own garbage reveals the origin.
    let forged = "postMessage({ reqId: '1', api: 'getCurExternalContact', data: {} }, '*')";
    framed.page.js(forged, &[]).await;
    framed.host.js("host.garbage()", &[]).await;
    the_host_answers(&framed).await;
    // The same with the demo page, where the first call is posted to any origin.
    let console = old.console().await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    let listening = console.demo.begin("updateBaseInfo-once").await;
    console.open_chat(crate::people::zhou::CHAT).await;
    assert!(console.demo.result(listening).await.ok);
    old.close().await;
}

async fn a_host_of_another_name_is_answered_too(stage: &Stage) {
    let page = Page::html(HELPER)
        .at("page.localhost")
        .host_at("console.localhost");
    let framed = stage.frame(page).await;
    the_host_answers(&framed).await;
    let origin = "return location.origin === `http://console.localhost:${location.port}`";
    assert_eq!(framed.host.js(origin, &[]).await, true);
}

async fn a_host_that_is_not_allowed_is_told_nothing(stage: &Stage) {
    let source = "<script src=/juzi-helper.js data-timeout=300 data-allowed-hosts='https://console.example.com https://*.example.org'></script>";
    let framed = stage.frame(Page::html(source)).await;
    let answer = framed.contact().await;
    let text = answer["err_msg"].as_str().unwrap_or_default();
    assert!(text.starts_with("getCurExternalContact:fail "), "{answer}");
    assert_eq!(
        framed
            .host
            .js("return [log.length, ignored.length]", &[])
            .await,
        json!([0, 0])
    );
}

async fn an_allowed_host_is_answered(stage: &Stage) {
    let host = stage.url("127.0.0.1", "");
    let source = format!(
        "<script src=/juzi-helper.js data-allowed-hosts='https://console.example.com {host}'></script>"
    );
    let framed = stage.frame(Page::html(&source)).await;
    let answer = framed.contact().await;
    assert_eq!(answer["userId"], "wmContact");
}

/// The entry `localhost`. Only Chromium gives this machine another name for a test.
async fn a_local_console_is_allowed_to_a_local_page_alone(stage: &Stage) {
    let tag = "<script src=/juzi-helper.js data-timeout=300 data-allowed-hosts='https://*.example.org HOSTS'></script>";
    let with = Page::html(&tag.replace("HOSTS", "localhost"));
    let without = Page::html(&tag.replace("HOSTS", ""));
    for (page, host, allowed) in [
        ("localhost", "127.0.0.1", true),
        ("page.localhost", "localhost", true),
        ("127.0.0.1", "console.localhost", true),
        ("page.example", "127.0.0.1", false),
        ("page.example", "localhost", false),
        ("page.example", "page.example", false),
        ("localhost", "console.example", false),
        ("127.evil.example", "127.0.0.1", false),
        ("localhost", "localhost.example", false),
    ] {
        let framed = stage.frame(with.clone().at(page).host_at(host)).await;
        let answer = framed.contact().await;
        assert_eq!(
            answer["userId"] == "wmContact",
            allowed,
            "{page} in {host}: {answer}"
        );
        assert_eq!(framed.posted().await == 0, !allowed, "{page} in {host}");
        let framed = stage.frame(without.clone().at(page).host_at(host)).await;
        assert_ne!(framed.contact().await["userId"], "wmContact");
    }
}

/// HTML lets a host hide its origin from its frames. The browser then reports `null`.
async fn a_host_that_hides_its_origin_is_learnt_from_its_first_answer(stage: &Stage) {
    let page = Page::html(HELPER).frame_attribute("referrerpolicy", "no-referrer");
    let framed = stage.frame(page).await;
    the_host_answers(&framed).await;
}

//! How the helper learns whose page frames it, in browsers that tell and in browsers that do not.

use juzi_e2e::{Case, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        the_hosts_origin_is_known_as_early_as_the_browser_allows,
        a_host_of_another_name_is_answered_too,
        a_host_that_is_not_allowed_is_told_nothing,
        an_allowed_host_is_answered,
    ]
}

const HELPER: &str = "<script src=/juzi-helper.js></script>";

async fn the_hosts_origin_is_known_as_early_as_the_browser_allows(stage: &Stage) {
    let framed = stage.frame(Page::html(HELPER)).await;
    let origin = framed.host.js("return location.origin", &[]).await;
    let told = framed
        .page
        .js("return 'ancestorOrigins' in location", &[])
        .await;
    let early = framed.page.js("return juziWx.env.hostOrigin", &[]).await;
    let expected = if told == true {
        origin.clone()
    } else {
        Value::Null
    };
    assert_eq!(early, expected);
    framed
        .page
        .js("return juziWx.getCurExternalContact()", &[])
        .await;
    assert_eq!(
        framed.page.js("return juziWx.env.hostOrigin", &[]).await,
        origin
    );
}

async fn a_host_of_another_name_is_answered_too(stage: &Stage) {
    let page = Page::html(HELPER)
        .at("page.localhost")
        .host_at("console.localhost");
    let framed = stage.frame(page).await;
    let answer = framed
        .page
        .js("return juziWx.getCurExternalContact()", &[])
        .await;
    assert_eq!(answer["userId"], "wmContact");
    let origin = framed.host.js("return location.origin", &[]).await;
    assert_eq!(
        framed.page.js("return juziWx.env.hostOrigin", &[]).await,
        origin
    );
    assert!(
        origin
            .as_str()
            .unwrap_or_default()
            .starts_with("http://console.localhost:"),
        "{origin}"
    );
}

async fn a_host_that_is_not_allowed_is_told_nothing(stage: &Stage) {
    let source = "<script src=/juzi-helper.js data-timeout=300 data-allowed-hosts='https://console.example.com https://*.example.org'></script>";
    let framed = stage.frame(Page::html(source)).await;
    let answer = framed
        .page
        .js(
            "return juziWx.getCurExternalContact().catch((error) => error.res)",
            &[],
        )
        .await;
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
    let answer = framed
        .page
        .js("return juziWx.getCurExternalContact()", &[])
        .await;
    assert_eq!(answer["userId"], "wmContact");
}

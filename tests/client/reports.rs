//! The report of a page that records.

use juzi_helper::client::testing::FakeHost;
use juzi_helper::client::{CallError, Juzi, Options};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page;
use crate::setup::stranger;

#[wasm_bindgen_test]
async fn a_page_that_records_has_a_report() {
    let host = FakeHost::open().await.unwrap();
    let juzi = host
        .install(&Options::new().record(true).force(true))
        .unwrap();
    host.answer("getCurExternalContact", json!({ "externalUserId": "wmA" }));
    host.answer(
        "sidebarAuth",
        json!({ "baseInfo": { "code": "3fa9c1d2e3f4", "juziChatId": "lin" } }),
    );
    juzi.current_contact().await.unwrap();
    juzi.authorize().await.unwrap();
    let report = juzi.report().await.unwrap();
    assert_eq!(report["format"], "juzi-report");
    assert_eq!(
        report["helper"]["options"],
        json!({ "force": true, "record": "true" })
    );
    let kinds: Vec<_> = report["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["kind"].as_str(), entry["api"].as_str()))
        .collect();
    let (contact, auth) = (Some("getCurExternalContact"), Some("sidebarAuth"));
    assert_eq!(
        kinds,
        [
            (Some("request"), contact),
            (Some("answer"), contact),
            (Some("request"), auth),
            (Some("answer"), auth)
        ]
    );
    let text = report.to_string();
    assert!(
        text.contains("3fa9c1…") && !text.contains("3fa9c1d2"),
        "{text}"
    );
}

#[wasm_bindgen_test]
async fn without_the_option_there_is_no_report() {
    let (_host, juzi) = page().await;
    let why = |error| match error {
        CallError::Internal { reason } => reason,
        other => panic!("{other:?}"),
    };
    let expected = "the option record is off";
    assert_eq!(why(juzi.report().await.unwrap_err()), expected);
    assert_eq!(why(juzi.save_report().await.unwrap_err()), expected);
}

#[wasm_bindgen_test]
async fn keys_that_are_none_are_named() {
    let host = FakeHost::open().await.unwrap();
    let juzi: Juzi = host.install(&Options::new().record_with_keys("r")).unwrap();
    let error = juzi.report().await.unwrap_err();
    assert!(error.to_string().contains("ctrl+alt+r"), "{error}");
}

/// A script tag's helper of an earlier version has no reports.
#[wasm_bindgen_test]
async fn another_helper_may_have_no_report() {
    stranger("{ isJuziWx: true }", async |juzi| {
        assert!(juzi.report().await.is_err());
    })
    .await;
    stranger(
        "{ isJuziWx: true, report: async () => ({ by: 'page' }) }",
        async |juzi| {
            assert_eq!(juzi.report().await.unwrap(), json!({ "by": "page" }));
        },
    )
    .await;
}

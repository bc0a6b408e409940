//! The page against a fake console, inside a browser: `npm test`.
#![cfg(target_arch = "wasm32")]

use gloo_timers::future::TimeoutFuture;
use juzi_helper::client::Options;
use juzi_helper::client::testing::{Answer, FakeHost};
use leptos::prelude::*;
use page::Page;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The text of an element, once it exists and has text.
async fn text_of(selector: &str) -> String {
    loop {
        let found = document().query_selector(selector).unwrap();
        let text = found.and_then(|it| it.text_content()).unwrap_or_default();
        if !text.is_empty() {
            return text;
        }
        // A turn of the event loop.
        TimeoutFuture::new(0).await;
    }
}

/// The text of the heading of the page that was mounted last; empty while there is none.
fn heading() -> String {
    let mains = document().query_selector_all("main").unwrap();
    let page: Option<web_sys::Element> = mains.get(mains.length().saturating_sub(1)).map(JsCast::unchecked_into);
    let found = page.and_then(|page| page.query_selector("h1").unwrap());
    found.and_then(|it| it.text_content()).unwrap_or_default()
}

async fn heading_is(text: &str) {
    while heading() != text {
        TimeoutFuture::new(0).await;
    }
}

#[wasm_bindgen_test]
async fn a_late_answer_shows_nobody() {
    let host = FakeHost::open().await.unwrap();
    host.answer("sidebarAuth", json!({ "baseInfo": { "code": "c" } }));
    host.answer("getCurChatInfo", json!({ "id": "lin", "name": "Lin", "type": 0, "external": true }));
    let juzi = host.install(&Options::new()).unwrap();
    let page = mount_to(document().body().unwrap(), move || view! { <Page juzi /> });
    heading_is("Lin").await;
    host.settled().await;

    // The console answers slowly for Zhou, and quickly for the club.
    host.hold("getCurChatInfo");
    host.switch_to(&json!({ "juziChatId": "zhou" }));
    host.settled().await;
    heading_is("").await;
    host.settled().await;
    host.answer("getCurChatInfo", json!({ "id": "club", "name": "Club", "type": 1, "external": true }));
    host.switch_to(&json!({ "juziChatId": "club" }));
    heading_is("Club").await;
    assert!(host.release("getCurChatInfo", Answer::Data(json!({ "id": "zhou", "name": "Zhou" }))));
    host.settled().await;
    assert_eq!(heading(), "Club");
    drop(page);
}

#[wasm_bindgen_test]
async fn the_page_greets_the_contact() {
    let host = FakeHost::open().await.unwrap();
    host.answer("sidebarAuth", json!({ "baseInfo": { "code": "c" } }));
    host.answer("getCurChatInfo", json!({ "id": "lin", "name": "Lin", "type": 0, "external": true }));
    host.answer("sendChatMessage", json!({}));
    let juzi = host.install(&Options::new()).unwrap();
    mount_to_body(move || view! { <Page juzi /> });

    assert_eq!(text_of("h1").await, "Lin");
    document().query_selector("main button").unwrap().unwrap().unchecked_into::<web_sys::HtmlElement>().click();
    assert_eq!(text_of("[role=status]").await, "Sent.");
    let calls = host.calls();
    let sent = calls.iter().find(|call| call.api == "sendChatMessage").unwrap();
    assert_eq!(sent.params, json!({ "msgtype": "text", "text": { "content": "Hello Lin" } }));
}

//! Following the conversation.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use juzi_helper::client::testing::FakeHost;
use juzi_helper::client::{BaseInfo, Juzi, Subscription};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page;

/// An authorized page, so that the host may push.
async fn authorized() -> (FakeHost, Juzi) {
    let (host, juzi) = page().await;
    host.answer("sidebarAuth", json!({ "baseInfo": { "code": "f00d" } }));
    juzi.authorize().await.unwrap();
    (host, juzi)
}

async fn switch(host: &FakeHost, chat: &str) {
    host.switch_to(&json!({ "juziChatId": chat }));
    host.settled().await;
}

/// Subscribes, and collects the ids of the conversations.
fn follow(juzi: &Juzi) -> (Subscription, Rc<RefCell<Vec<String>>>) {
    let heard: Rc<RefCell<Vec<String>>> = Rc::default();
    let collect = Rc::clone(&heard);
    let hear = move |info: BaseInfo| {
        let chat = info.juzi_chat_id.unwrap_or_default();
        collect.borrow_mut().push(chat);
    };
    (juzi.on_switch(hear), heard)
}

#[wasm_bindgen_test]
async fn every_switch_is_heard_until_the_subscription_is_dropped() {
    let (host, juzi) = authorized().await;
    let (subscription, heard) = follow(&juzi);
    let (_second, also_heard) = follow(&juzi);
    switch(&host, "c2").await;
    switch(&host, "c3").await;
    drop(subscription);
    switch(&host, "c4").await;
    assert_eq!(*heard.borrow(), ["c2", "c3"]);
    assert_eq!(*also_heard.borrow(), ["c2", "c3", "c4"]);
}

#[wasm_bindgen_test]
async fn a_switch_tells_what_the_host_tells() {
    let (host, juzi) = authorized().await;
    let heard = Rc::new(RefCell::new(None));
    let hear = Rc::clone(&heard);
    let _subscription = juzi.on_switch(move |info| {
        hear.replace(Some(info));
    });
    host.switch_to(&json!({ "code": "b0b", "juziChatId": "c2", "juziChatWxid": "w2", "team": 4 }));
    host.settled().await;
    let info = heard.take().unwrap();
    assert_eq!(info.code.as_deref(), Some("b0b"));
    assert_eq!(info.juzi_chat_id.as_deref(), Some("c2"));
    assert_eq!(info.juzi_chat_wxid.as_deref(), Some("w2"));
    assert_eq!(info.other["team"], 4);
}

#[wasm_bindgen_test]
async fn the_function_may_drop_its_own_subscription() {
    let (host, juzi) = authorized().await;
    let kept: Rc<RefCell<Option<Subscription>>> = Rc::default();
    let count = Rc::new(Cell::new(0));
    let (own, counted) = (Rc::clone(&kept), Rc::clone(&count));
    let subscription = juzi.on_switch(move |_| {
        counted.set(counted.get() + 1);
        own.take();
    });
    kept.replace(Some(subscription));
    switch(&host, "c2").await;
    switch(&host, "c3").await;
    assert_eq!(count.get(), 1);
    assert_eq!(Rc::strong_count(&count), 1, "the function is released");
}

#[wasm_bindgen_test]
async fn a_push_under_way_does_not_reach_a_subscription_that_has_ended() {
    let (host, juzi) = authorized().await;
    let later: Rc<RefCell<Option<Subscription>>> = Rc::default();
    let end = Rc::clone(&later);
    // The first drops the second during the push that both are to hear.
    let _first = juzi.on_switch(move |_| drop(end.take()));
    let (second, heard) = follow(&juzi);
    later.replace(Some(second));
    switch(&host, "c2").await;
    assert_eq!(*heard.borrow(), [""; 0]);
}

#[wasm_bindgen_test]
async fn dropping_it_releases_what_the_function_holds() {
    let (_host, juzi) = page().await;
    let held = Rc::new(());
    let hold = Rc::clone(&held);
    let subscription = juzi.on_switch(move |_| {
        let _ = &hold;
    });
    assert_eq!(Rc::strong_count(&held), 2);
    drop(subscription);
    assert_eq!(Rc::strong_count(&held), 1);
}

#[wasm_bindgen_test]
async fn a_push_in_an_unknown_form_is_ignored() {
    let (host, juzi) = authorized().await;
    let (_subscription, heard) = follow(&juzi);
    for base_info in [json!(null), json!("c2"), json!([]), json!(7)] {
        host.switch_to(&base_info);
    }
    host.switch_to(&json!({ "juziChatId": { "id": 1 } }));
    host.settled().await;
    assert_eq!(*heard.borrow(), [""]);
}

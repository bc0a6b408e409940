//! The conversation that a page shows: what is sent to it goes to no other.

use core::time::Duration;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use juzi_helper::client::testing::{Answer, FakeHost};
use juzi_helper::client::{BaseInfo, CallError, ChatInfo, Juzi};
use juzi_helper::message::SendParams;
use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page;

fn lin() -> Value {
    json!({ "id": "lin", "name": "Lin" })
}

fn zhou() -> Value {
    json!({ "id": "zhou", "name": "Zhou" })
}

/// A page that shows Lin and hears of switches.
async fn shown() -> (FakeHost, Juzi, ChatInfo) {
    let (host, juzi) = page().await;
    host.answer(
        "sidebarAuth",
        json!({ "baseInfo": { "juziChatId": "lin" } }),
    );
    host.answer("getCurChatInfo", lin());
    host.answer("sendChatMessage", json!({}));
    host.answer("sendMultiChatMessage", json!({}));
    juzi.authorize().await.unwrap();
    let chat = juzi.chat_info().await.unwrap();
    (host, juzi, chat)
}

fn sent(host: &FakeHost) -> usize {
    let calls = host.calls();
    calls
        .iter()
        .filter(|call| call.api.starts_with("send"))
        .count()
}

#[wasm_bindgen_test]
async fn a_message_goes_to_the_conversation_that_is_shown() {
    let (host, juzi, chat) = shown().await;
    assert_eq!(juzi.send_to(&chat, &SendParams::text("a")).await, Ok(()));
    assert_eq!(
        juzi.send_all_to(&chat, &[SendParams::text("b")]).await,
        Ok(())
    );
    assert_eq!(sent(&host), 2);
}

#[wasm_bindgen_test]
async fn in_another_conversation_nothing_is_sent() {
    let (host, juzi, chat) = shown().await;
    host.answer("getCurChatInfo", zhou());
    let refused = Err(CallError::ConversationChanged);
    assert_eq!(juzi.send_to(&chat, &SendParams::text("a")).await, refused);
    assert_eq!(
        juzi.send_all_to(&chat, &[SendParams::text("b")]).await,
        refused
    );
    assert_eq!(sent(&host), 0);
    let said = CallError::ConversationChanged.to_string();
    assert_eq!(said, "another conversation is open now");
}

/// Sends while the host is slow to tell which conversation is open; in between it tells of these switches.
async fn sent_during(switches: &[Value]) -> (Option<Result<(), CallError>>, usize) {
    let (host, juzi, chat) = shown().await;
    host.hold("getCurChatInfo");
    let result = Rc::new(Cell::new(None));
    let noted = Rc::clone(&result);
    spawn_local(async move {
        noted.set(Some(juzi.send_to(&chat, &SendParams::text("a")).await));
    });
    host.settled().await;
    for switch in switches {
        host.switch_to(switch);
    }
    host.settled().await;
    // The host tells of the conversation that was open when it was asked.
    assert!(host.release("getCurChatInfo", Answer::Data(lin())));
    // The answer, then the message, then its answer.
    for _ in 0..3 {
        host.settled().await;
    }
    (result.take(), sent(&host))
}

#[wasm_bindgen_test]
async fn a_switch_while_the_host_is_asked_refuses_too() {
    let refused = (Some(Err(CallError::ConversationChanged)), 0);
    assert_eq!(
        sent_during(&[json!({ "juziChatId": "zhou" })]).await,
        refused
    );
    assert_eq!(sent_during(&[json!({ "code": "c" })]).await, refused);
    let back = [
        json!({ "juziChatId": "zhou" }),
        json!({ "juziChatId": "lin" }),
    ];
    assert_eq!(sent_during(&back).await, (Some(Ok(())), 1));
    assert_eq!(sent_during(&[]).await, (Some(Ok(())), 1));
}

#[wasm_bindgen_test]
async fn a_message_that_is_wrong_is_refused_before_the_host_is_asked() {
    let (host, juzi, chat) = shown().await;
    let before = host.calls().len();
    let result = juzi.send_to(&chat, &SendParams::text("")).await;
    assert!(
        matches!(result, Err(CallError::Invalid { .. })),
        "{result:?}"
    );
    let result = juzi.send_all_to(&chat, &[]).await;
    assert!(
        matches!(result, Err(CallError::Invalid { .. })),
        "{result:?}"
    );
    assert_eq!(host.calls().len(), before);
}

#[wasm_bindgen_test]
async fn a_host_that_does_not_tell_lets_nothing_be_sent() {
    let (host, juzi, chat) = shown().await;
    host.fail("getCurChatInfo", "closed");
    let result = juzi.send_to(&chat, &SendParams::text("a")).await;
    assert!(
        matches!(result, Err(CallError::Rejected { .. })),
        "{result:?}"
    );
    assert_eq!(sent(&host), 0);
}

/// A switch to this conversation.
async fn switched_to(host: &FakeHost, juzi: &Juzi, id: &str) -> BaseInfo {
    let told = Rc::new(Cell::new(None));
    let noted = Rc::clone(&told);
    let _following = juzi.on_switch(move |info| noted.set(Some(info)));
    host.switch_to(&json!({ "juziChatId": id }));
    host.settled().await;
    told.take().expect("a switch")
}

#[wasm_bindgen_test]
async fn after_a_switch_the_former_conversation_is_not_taken_for_the_new_one() {
    let (host, juzi, _) = shown().await;
    let switch = switched_to(&host, &juzi, "zhou").await;
    let asked = Rc::new(Cell::new(0));
    let counted = Rc::clone(&asked);
    host.answer_with("getCurChatInfo", move |_| {
        counted.set(counted.get() + 1);
        Answer::Data(if counted.get() < 3 { lin() } else { zhou() })
    });
    assert_eq!(juzi.chat_info_after(&switch).await.unwrap().id, "zhou");
    assert_eq!(asked.get(), 3);
}

#[wasm_bindgen_test]
async fn a_console_that_never_tells_of_the_new_conversation_is_not_asked_for_ever() {
    let (host, juzi, _) = shown().await;
    let switch = switched_to(&host, &juzi, "zhou").await;
    let before = host.calls().len();
    let result = juzi.chat_info_after(&switch).await;
    assert_eq!(result, Err(CallError::ConversationChanged));
    assert_eq!(host.calls().len() - before, 15);
}

#[wasm_bindgen_test]
async fn a_late_answer_comes_no_sooner() {
    let (host, juzi, _) = shown().await;
    let late = Answer::After(Duration::from_millis(50), Box::new(Answer::Data(zhou())));
    host.answer_with("getCurChatInfo", move |_| late.clone());
    let began = js_sys::Date::now();
    assert_eq!(juzi.chat_info().await.unwrap().id, "zhou");
    // Clocks are rounded.
    assert!(js_sys::Date::now() - began >= 48.0);
}

#[wasm_bindgen_test]
async fn held_calls_wait_until_the_test_answers_them_the_oldest_first() {
    let (host, juzi, _) = shown().await;
    assert!(
        !host.release("getCurChatInfo", Answer::Silence),
        "none waits"
    );
    host.hold("getCurChatInfo");
    let names: Rc<RefCell<Vec<String>>> = Rc::default();
    for name in ["first", "second"] {
        let (names, juzi) = (Rc::clone(&names), juzi.clone());
        spawn_local(async move {
            let id = juzi.chat_info().await.unwrap().id;
            names.borrow_mut().push(format!("{name}: {id}"));
        });
    }
    host.settled().await;
    assert_eq!(*names.borrow(), [""; 0]);
    assert!(host.release("getCurChatInfo", Answer::Data(lin())));
    host.settled().await;
    assert_eq!(*names.borrow(), ["first: lin"]);
    assert!(host.release("getCurChatInfo", Answer::Data(zhou())));
    host.settled().await;
    assert_eq!(*names.borrow(), ["first: lin", "second: zhou"]);
}

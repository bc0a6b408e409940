//! Each call: what the host gets, and what the page gets.

use std::rc::Rc;

use juzi_helper::client::testing::{Answer, FakeHost, PostedCall};
use juzi_helper::client::{CallError, ChatKind, Entry, OpenChat};
use juzi_helper::message::{Medium, Miniprogram, News, SendParams};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page;

/// The parameters of all calls with this name.
fn posted(host: &FakeHost, api: &str) -> Vec<Value> {
    let calls = host.calls().into_iter().filter(|call| call.api == api);
    calls.map(|call| call.params).collect()
}

#[wasm_bindgen_test]
async fn the_contact_of_a_single_chat() {
    let (host, juzi) = page().await;
    host.answer("getCurExternalContact", json!({ "externalUserId": "wmA" }));
    assert_eq!(juzi.current_contact().await.unwrap().user_id, "wmA");
    assert_eq!(posted(&host, "getCurExternalContact"), [json!({})]);
}

#[wasm_bindgen_test]
async fn the_group_of_a_group_conversation() {
    let (host, juzi) = page().await;
    host.answer("getCurExternalChat", json!({ "chatId": "chat-1" }));
    assert_eq!(juzi.current_chat().await.unwrap().chat_id, "chat-1");
}

#[wasm_bindgen_test]
async fn the_open_conversation() {
    let (host, juzi) = page().await;
    host.answer(
        "getCurChatInfo",
        json!({ "id": "c1", "name": "王", "type": 1, "external": true, "wxChatId": "wr1", "mood": ["good"] }),
    );
    let chat = juzi.chat_info().await.unwrap();
    assert_eq!(chat.id, "c1");
    assert_eq!(chat.name.as_deref(), Some("王"));
    assert_eq!(chat.kind, Some(ChatKind::Group));
    assert_eq!(chat.external, Some(true));
    assert_eq!(chat.wx_chat_id.as_deref(), Some("wr1"));
    assert_eq!(chat.wx_user_id, None);
    assert_eq!(
        Value::from(chat.other.clone()),
        json!({ "mood": ["good"] }),
        "what is not known here is kept"
    );
    // A page can pass it on to its server in the form it came in.
    assert_eq!(serde_json::to_value(chat).unwrap()["type"], Value::from(1));
}

#[wasm_bindgen_test]
async fn a_conversation_in_an_unusual_form() {
    let (host, juzi) = page().await;
    host.answer(
        "getCurChatInfo",
        json!({ "id": 7, "name": { "first": "Li" }, "type": 9, "external": "yes", "botId": "" }),
    );
    let chat = juzi.chat_info().await.unwrap();
    assert_eq!(chat.id, "7");
    assert_eq!(
        (chat.name, chat.kind, chat.external, chat.bot_id),
        (None, None, None, None)
    );
}

#[wasm_bindgen_test]
async fn the_context() {
    let (host, juzi) = page().await;
    for (kind, entry) in [(0, Entry::SingleChatTools), (1, Entry::GroupChatTools)] {
        host.answer("getCurChatInfo", json!({ "id": "c1", "type": kind }));
        assert_eq!(juzi.context().await.unwrap().entry, entry);
    }
}

#[wasm_bindgen_test]
async fn the_code_of_the_user() {
    let (host, juzi) = page().await;
    host.answer(
        "sidebarAuth",
        json!({ "baseInfo": { "code": "f00d", "juziChatId": "c1", "juziChatWxid": 12, "team": "A" } }),
    );
    let info = juzi.authorize().await.unwrap();
    assert_eq!(info.code.as_deref(), Some("f00d"));
    assert_eq!(info.juzi_chat_id.as_deref(), Some("c1"));
    assert_eq!(info.juzi_chat_wxid.as_deref(), Some("12"));
    assert_eq!(info.other["team"], "A");
}

#[wasm_bindgen_test]
async fn each_type_of_message() {
    let (host, juzi) = page().await;
    host.answer("sendChatMessage", json!({}));
    let file = || Medium::at("https://page.example/a").titled("a");
    let miniprogram = Miniprogram {
        appid: "wx1".into(),
        title: "Orders".into(),
        img_url: "https://page.example/cover.png".into(),
        page: "pages/order".into(),
        desc: "Your order".into(),
        icon_url: "https://page.example/icon.png".into(),
        official_account_id: "gh_1".into(),
    };
    let messages = [
        SendParams::text("你好 😀"),
        SendParams::image(file()),
        SendParams::video(file()),
        SendParams::file(Medium::at("https://page.example/b")),
        SendParams::news(News::to("https://page.example/offer")),
        SendParams::miniprogram(miniprogram),
    ];
    for message in &messages {
        juzi.send(message).await.unwrap();
    }
    let expected: Vec<Value> = messages.iter().map(|message| json!(message)).collect();
    assert_eq!(posted(&host, "sendChatMessage"), expected);
}

#[wasm_bindgen_test]
async fn several_messages() {
    let (host, juzi) = page().await;
    host.answer("sendMultiChatMessage", json!({}));
    let messages = [SendParams::text("one"), SendParams::text("two")];
    juzi.send_all(&messages).await.unwrap();
    assert_eq!(
        posted(&host, "sendMultiChatMessage"),
        [json!({ "messages": messages })]
    );
}

#[wasm_bindgen_test]
async fn a_chat_is_opened() {
    let (host, juzi) = page().await;
    host.answer("openEnterpriseChat", json!({ "chatId": "c9", "new": true }));
    let opened = juzi
        .open_chat(&OpenChat::with_contacts(["lin"], ["wmA"]))
        .await
        .unwrap();
    assert_eq!(opened.chat_id.as_deref(), Some("c9"));
    assert_eq!(opened.other["new"], true);
    juzi.open_chat(&OpenChat::group(["lin"], "chat-1"))
        .await
        .unwrap();
    assert_eq!(
        posted(&host, "openEnterpriseChat"),
        [
            json!({ "userIds": "lin", "externalUserIds": "wmA" }),
            json!({ "userIds": "lin", "chatId": "chat-1" }),
        ]
    );
}

#[wasm_bindgen_test]
async fn images_are_previewed() {
    let (host, juzi) = page().await;
    host.answer("previewImage", json!({}));
    let (one, two) = ("https://page.example/1.png", "https://page.example/2.png");
    juzi.preview_images([one, two], Some(two)).await.unwrap();
    juzi.preview_images(vec![String::from(one)], None)
        .await
        .unwrap();
    assert_eq!(
        posted(&host, "previewImage"),
        [
            json!({ "urls": [one, two], "current": two }),
            json!({ "urls": [one], "current": one }),
        ]
    );
}

#[derive(Deserialize)]
struct Tags {
    tags: Vec<String>,
}

/// The fake host's page has this crate's own helper, which has no call of the name.
#[wasm_bindgen_test]
async fn a_call_by_its_name() {
    let (host, juzi) = page().await;
    host.answer("getCurExternalContact", json!({ "externalUserId": "wmA" }));
    let contact: Value = juzi.invoke("getCurExternalContact", &()).await.unwrap();
    assert_eq!(contact, json!({ "userId": "wmA" }));
    host.answer("sendChatMessage", json!({}));
    let message = json!({ "msgtype": "text", "text": { "content": "你好" } });
    juzi.invoke::<IgnoredAny>("sendChatMessage", &message)
        .await
        .unwrap();
    assert_eq!(posted(&host, "sendChatMessage"), [message]);

    let refused = juzi.invoke::<Tags>("getCurExternalContact", &()).await;
    assert!(matches!(
        refused.map(|it| it.tags),
        Err(CallError::Unreadable { .. })
    ));
    let refused = juzi.invoke::<Value>("getChatTags", &()).await;
    assert_eq!(refused, Err(CallError::Unsupported));
    let refused = juzi.invoke::<Value>("sendChatMessage", &["a"]).await;
    assert_eq!(refused.unwrap_err().to_string(), "params must be an object");
    let empty = json!({ "msgtype": "text", "text": { "content": "" } });
    let refused = juzi.invoke::<Value>("sendChatMessage", &empty).await;
    let invalid = refused.unwrap_err().to_string();
    assert_eq!(invalid, "text.content must be a string that is not empty");
    assert_eq!(posted(&host, "sendChatMessage").len(), 1);
}

#[wasm_bindgen_test]
async fn calls_at_the_same_time_get_their_own_answers() {
    let (host, juzi) = page().await;
    host.answer_with("openEnterpriseChat", |PostedCall { params, .. }| {
        Answer::Data(json!({ "chatId": params["chatId"] }))
    });
    let juzi = Rc::new(juzi);
    let (send, receive) = futures_channel();
    for name in ["a", "b", "c"] {
        let (juzi, send) = (Rc::clone(&juzi), send.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let opened = juzi
                .open_chat(&OpenChat::group(["lin"], name))
                .await
                .unwrap();
            send.borrow_mut().push((name, opened.chat_id.unwrap()));
        });
    }
    host.settled().await;
    host.settled().await;
    let answers = receive.borrow();
    assert_eq!(answers.len(), 3);
    assert!(answers.iter().all(|(name, answer)| name == answer));
}

type Shared<T> = Rc<std::cell::RefCell<Vec<T>>>;

fn futures_channel<T>() -> (Shared<T>, Shared<T>) {
    let shared = Shared::default();
    (Rc::clone(&shared), shared)
}

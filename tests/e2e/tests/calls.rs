//! Every call of the demo page, in each of the three styles, against the console.

use juzi_e2e::{Answer, Case, Demo, Stage, tests};
use serde_json::json;

use crate::people::{colleague, group, lin, zhou};

pub fn cases() -> Vec<Case> {
    tests![
        the_page_gets_the_contact,
        the_contact_of_a_group_is_an_error,
        the_contact_of_a_colleague_is_an_error,
        the_page_gets_the_group,
        the_group_of_a_contact_is_an_error,
        the_page_gets_the_chat,
        the_page_gets_the_context,
        sidebar_auth_brings_a_code,
        what_wecom_pages_call_first_succeeds,
        an_unknown_call_fails_and_is_not_posted,
        a_malformed_message_fails_with_the_texts_of_the_specification,
    ]
}

pub const STYLES: [&str; 3] = ["callback", "method", "promise"];

/// Clicks the button once in each style, and checks the result of every call, successful or not.
async fn in_every_style(demo: &Demo, button: &str, check: impl Fn(&Answer)) {
    for style in STYLES {
        demo.click(&format!("style-{style}")).await;
        let answer = demo.call(button).await;
        assert_eq!(answer.style, style);
        assert_eq!(answer.answers, 1, "{style}: {answer:?}");
        assert_eq!(
            answer.json["errMsg"], answer.json["err_msg"],
            "{style}: {answer:?}"
        );
        assert_eq!(answer.complete, style == "method", "{style}: {answer:?}");
        check(&answer);
    }
}

async fn the_page_gets_the_contact(stage: &Stage) {
    let console = stage.console().await;
    in_every_style(&console.demo, "getCurExternalContact", |answer| {
        assert!(answer.ok, "{answer:?}");
        assert_eq!(answer.json["userId"], lin::EXTERNAL_USER_ID);
        assert_eq!(answer.err_msg, "getCurExternalContact:ok");
    })
    .await;
}

async fn the_contact_of_a_group_is_an_error(stage: &Stage) {
    let console = stage.console().await;
    console.open_chat(group::CHAT).await;
    in_every_style(&console.demo, "getCurExternalContact", |answer| {
        assert!(!answer.ok, "{answer:?}");
        assert_eq!(answer.err_msg, "getCurExternalContact:fail");
        assert!(answer.json["userId"].is_null() || answer.json["userId"] == "[undefined]");
    })
    .await;
}

async fn the_contact_of_a_colleague_is_an_error(stage: &Stage) {
    let console = stage.console().await;
    console.open_chat(colleague::CHAT).await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(answer.err_msg, "getCurExternalContact:fail");
}

async fn the_page_gets_the_group(stage: &Stage) {
    let console = stage.console().await;
    console.open_chat(group::CHAT).await;
    in_every_style(&console.demo, "getCurExternalChat", |answer| {
        assert!(answer.ok, "{answer:?}");
        assert_eq!(answer.json["chatId"], group::CHAT_ID);
        assert_eq!(answer.err_msg, "getCurExternalChat:ok");
    })
    .await;
}

async fn the_group_of_a_contact_is_an_error(stage: &Stage) {
    let console = stage.console().await;
    in_every_style(&console.demo, "getCurExternalChat", |answer| {
        assert!(!answer.ok, "{answer:?}");
        assert_eq!(answer.err_msg, "getCurExternalChat:fail");
    })
    .await;
}

async fn the_page_gets_the_chat(stage: &Stage) {
    let console = stage.console().await;
    in_every_style(&console.demo, "getCurChatInfo", |answer| {
        assert_eq!(answer.err_msg, "getCurChatInfo:ok");
        assert_eq!(answer.json["Id"], lin::CHAT);
        assert_eq!(answer.json["id"], lin::CHAT);
        assert_eq!(answer.json["name"], "林晓棠");
        assert_eq!(answer.json["type"], 0);
        assert_eq!(answer.json["external"], true);
        assert_eq!(answer.json["wxUserId"], lin::EXTERNAL_USER_ID);
    })
    .await;
    console.open_chat(group::CHAT).await;
    in_every_style(&console.demo, "getCurChatInfo", |answer| {
        assert_eq!(answer.json["Id"], group::CHAT);
        assert_eq!(answer.json["type"], 1);
        assert_eq!(answer.json["wxChatId"], group::CHAT_ID);
    })
    .await;
}

async fn the_page_gets_the_context(stage: &Stage) {
    let console = stage.console().await;
    in_every_style(&console.demo, "getContext", |answer| {
        assert_eq!(answer.json["entry"], "single_chat_tools");
        assert_eq!(answer.err_msg, "getContext:ok");
    })
    .await;
    console.open_chat(group::CHAT).await;
    let answer = console.demo.call("getContext").await;
    assert_eq!(answer.json["entry"], "group_chat_tools");
}

async fn sidebar_auth_brings_a_code(stage: &Stage) {
    let console = stage.console().await;
    let codes = std::cell::RefCell::new(Vec::new());
    in_every_style(&console.demo, "sidebarAuth", |answer| {
        assert_eq!(answer.err_msg, "sidebarAuth:ok");
        let info = &answer.json["data"]["baseInfo"];
        assert_eq!(info["juziChatId"], lin::CHAT);
        assert_eq!(info["juziChatWxid"], lin::WXID);
        codes
            .borrow_mut()
            .push(info["code"].as_str().unwrap_or_default().to_owned());
    })
    .await;
    let mut codes = codes.into_inner();
    assert!(codes.iter().all(|code| code.len() >= 22), "{codes:?}");
    codes.dedup();
    assert_eq!(
        codes.len(),
        STYLES.len(),
        "each call brings a code of its own"
    );
}

async fn what_wecom_pages_call_first_succeeds(stage: &Stage) {
    let console = stage.console().await;
    in_every_style(&console.demo, "agentConfig", |answer| {
        assert_eq!(answer.err_msg, "agentConfig:ok");
    })
    .await;
    in_every_style(&console.demo, "checkJsApi", |answer| {
        let expected = json!({ "sendChatMessage": true, "getCurExternalContact": true, "hideMenuItems": false });
        assert_eq!(answer.json["checkResult"], expected);
    })
    .await;
    let answer = console.demo.call("config").await;
    assert_eq!(answer.json["note"], "ready() called its callback");
    let posted = console.messages(json!({ "direction": "in" })).await;
    assert_eq!(
        posted,
        Vec::<serde_json::Value>::new(),
        "none of them asks the console"
    );
}

async fn an_unknown_call_fails_and_is_not_posted(stage: &Stage) {
    let console = stage.console().await;
    for style in STYLES {
        console.demo.click(&format!("style-{style}")).await;
        let answer = console.demo.invoke("openUserProfile", json!({})).await;
        assert!(!answer.ok, "{answer:?}");
        assert_eq!(answer.err_msg, "openUserProfile:fail function not exist");
    }
    assert!(
        console
            .messages(json!({ "api": "openUserProfile" }))
            .await
            .is_empty()
    );
}

async fn a_malformed_message_fails_with_the_texts_of_the_specification(stage: &Stage) {
    let console = stage.console().await;
    let cases = [
        (
            json!({ "msgtype": "text" }),
            "sendChatMessage:fail text is required",
        ),
        (
            json!({ "msgtype": "text", "text": { "content": "" } }),
            "text content is empty",
        ),
        (
            json!({ "msgtype": "text", "text": { "content": 7 } }),
            "sendChatMessage:fail text.content must be a string",
        ),
        (
            json!({ "msgtype": "file", "file": { "url": "" } }),
            "url is empty",
        ),
        (
            json!({ "msgtype": "news", "news": { "link": "" } }),
            "url is empty",
        ),
    ];
    for (params, expected) in cases {
        let answer = console.demo.invoke("sendChatMessage", params).await;
        assert_eq!(answer.err_msg, expected);
    }
    let answer = console
        .demo
        .invoke("sendChatMessage", json!({ "msgtype": "voice" }))
        .await;
    assert!(
        answer.err_msg.starts_with("sendChatMessage:fail msgtype "),
        "{answer:?}"
    );
    for known in [
        "voice",
        "text",
        "image",
        "video",
        "file",
        "news",
        "miniprogram",
    ] {
        assert!(answer.err_msg.contains(known), "{answer:?}");
    }
    let messages = json!([
        { "msgtype": "text", "text": { "content": "one" } },
        { "msgtype": "image", "image": { "url": "" } },
    ]);
    let answer = console.demo.invoke("sendMultiChatMessage", messages).await;
    assert_eq!(
        answer.err_msg,
        "sendMultiChatMessage:fail messages[1]: url is empty"
    );
    assert!(
        console
            .messages(json!({ "direction": "in" }))
            .await
            .is_empty(),
        "nothing was posted"
    );
    let answer = console
        .demo
        .invoke(
            "openEnterpriseChat",
            json!({ "userIds": "", "externalUserIds": zhou::EXTERNAL_USER_ID }),
        )
        .await;
    assert!(
        answer.err_msg.starts_with("openEnterpriseChat:fail "),
        "{answer:?}"
    );
    assert!(answer.err_msg.contains("userIds"), "{answer:?}");
}

//! Conversations that change: opened by the page, switched by the user, in both registration modes.

use juzi_e2e::{Case, Console, Setup, Stage, tests};
use serde_json::{Value, json};

use crate::calls::STYLES;
use crate::people::{group, lin, mia, zhou};

pub fn cases() -> Vec<Case> {
    tests![
        a_page_that_will_not_learn_of_switches_is_warned_of,
        a_contacts_chat_is_opened,
        a_groups_chat_is_opened,
        the_contact_wins_over_the_chat_id,
        a_chat_that_is_not_there_stays_closed,
        a_switch_is_not_pushed_before_sidebar_auth,
        a_switch_is_pushed_once_to_a_listener_for_one,
        switches_are_pushed_to_a_lasting_listener_until_it_leaves,
        a_pushed_code_is_of_the_conversations_account,
        without_post_message_a_switch_reloads_the_page,
        the_mode_can_be_changed_in_the_console,
    ]
}

async fn a_contacts_chat_is_opened(stage: &Stage) {
    let console = stage.console().await;
    for style in STYLES {
        console.demo.click(&format!("style-{style}")).await;
        let answer = console.demo.call("openEnterpriseChat").await;
        assert_eq!(answer.err_msg, "openEnterpriseChat:ok");
        assert_eq!(answer.json["chatId"], zhou::CHAT);
        console.reads("thread-id", zhou::CHAT).await;
        let item = format!("[data-testid=chat-{}][aria-current=true]", zhou::CHAT);
        console.sees(&item).await;
        console.open_chat(lin::CHAT).await;
    }
}

async fn a_groups_chat_is_opened(stage: &Stage) {
    let console = stage.console().await;
    console.demo.fill("open-externalUserIds", "").await;
    console.demo.fill("open-chatId", group::CHAT_ID).await;
    let answer = console.demo.call("openEnterpriseChat").await;
    assert_eq!(answer.err_msg, "openEnterpriseChat:ok");
    console.reads("thread-name", group::NAME).await;
}

async fn the_contact_wins_over_the_chat_id(stage: &Stage) {
    let console = stage.console().await;
    console.demo.fill("open-chatId", group::CHAT_ID).await;
    console.demo.call("openEnterpriseChat").await;
    console.reads("thread-id", zhou::CHAT).await;
    let posted = console
        .messages(json!({ "api": "openEnterpriseChat", "direction": "in" }))
        .await;
    let params = &posted[0]["payload"]["data"]["params"];
    assert_eq!(params["externalUserIds"], zhou::EXTERNAL_USER_ID);
    assert_eq!(params.get("chatId"), None);
}

async fn a_chat_that_is_not_there_stays_closed(stage: &Stage) {
    let console = stage.console().await;
    console.demo.fill("open-externalUserIds", "wmNobody").await;
    let answer = console.demo.call("openEnterpriseChat").await;
    assert!(!answer.ok);
    assert!(
        answer.err_msg.starts_with("openEnterpriseChat:fail"),
        "{answer:?}"
    );
    assert_eq!(console.text("thread-id").await, lin::CHAT);
}

async fn a_switch_is_not_pushed_before_sidebar_auth(stage: &Stage) {
    let console = stage.console().await;
    let listening = console.demo.begin("updateBaseInfo-once").await;
    console.open_chat(zhou::CHAT).await;
    console.toasted("the page has not called sidebarAuth").await;
    assert!(console.messages(json!({ "kind": "push" })).await.is_empty());
    // The listener is still registered: after sidebarAuth the next switch calls it.
    assert!(console.demo.call("sidebarAuth").await.ok);
    console.open_chat(lin::CHAT).await;
    let pushed = console.demo.result(listening).await;
    assert_eq!(pushed.json["data"]["baseInfo"]["juziChatId"], lin::CHAT);
}

async fn a_switch_is_pushed_once_to_a_listener_for_one(stage: &Stage) {
    let console = stage.console().await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    let listening = console.demo.begin("updateBaseInfo-once").await;
    console.open_chat(zhou::CHAT).await;
    let pushed = console.demo.result(listening).await;
    assert_eq!(pushed.err_msg, "updateBaseInfo:ok");
    assert_eq!(pushed.json["data"]["baseInfo"]["juziChatId"], zhou::CHAT);
    assert_eq!(pushed.json["data"]["baseInfo"]["juziChatWxid"], zhou::WXID);

    console.open_chat(lin::CHAT).await;
    pushes(&console, 2).await;
    // A call after the second push. If the listener had received that push, it would have been before this answer.
    console.demo.call("getCurChatInfo").await;
    let again = console.demo.result(listening).await;
    assert_eq!(again.answers, 1);
    assert_eq!(again.json["data"]["baseInfo"]["juziChatId"], zhou::CHAT);
}

async fn switches_are_pushed_to_a_lasting_listener_until_it_leaves(stage: &Stage) {
    let console = stage.console().await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    console.demo.click("updateBaseInfo-on").await;
    for chat in [zhou::CHAT, group::CHAT, lin::CHAT] {
        let before = console.demo.newest().await;
        console.open_chat(chat).await;
        let pushed = console.demo.result(before + 1).await;
        assert_eq!(pushed.json["data"]["baseInfo"]["juziChatId"], chat);
    }
    console.demo.click("updateBaseInfo-off").await;
    let before = console.demo.newest().await;
    console.open_chat(zhou::CHAT).await;
    pushes(&console, 4).await;
    console.demo.call("getCurChatInfo").await;
    assert_eq!(console.demo.newest().await, before + 1);
}

async fn a_pushed_code_is_of_the_conversations_account(stage: &Stage) {
    let console = stage.console().await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    let listening = console.demo.begin("updateBaseInfo-once").await;
    console.open_chat(mia::CHAT).await;
    let pushed = console.demo.result(listening).await;
    let code = pushed.json["data"]["baseInfo"]["code"].clone();
    let script = "return fetch('/demo/api/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: arguments[0] }) }).then((it) => it.json())";
    let login = console.demo.js(script, &[code]).await;
    assert_eq!(login["user"]["botId"], mia::BOT, "{login}");
}

async fn pushes(console: &Console, count: usize) {
    juzi_e2e::eventually("the push is sent", async || {
        match console
            .messages(json!({ "kind": "push", "outcome": "sent" }))
            .await
            .len()
        {
            found if found == count => Ok(()),
            found => Err(format!("{found} pushes")),
        }
    })
    .await;
}

/// A parameter of the framed page's address.
async fn parameter(console: &Console, name: &str) -> Value {
    console
        .demo
        .js(
            "return new URLSearchParams(location.search).get(arguments[0])",
            &[name.into()],
        )
        .await
}

async fn without_post_message_a_switch_reloads_the_page(stage: &Stage) {
    let setup = Setup {
        query: "mode=reload".into(),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    assert_eq!(parameter(&console, "juziChatId").await, lin::CHAT);
    assert_eq!(parameter(&console, "juziChatWxid").await, lin::WXID);
    assert!(console.demo.call("sidebarAuth").await.ok);
    console.open_chat(zhou::CHAT).await;
    console
        .demo
        .until(
            "return new URLSearchParams(location.search).get('juziChatId') === arguments[0]",
            &[zhou::CHAT.into()],
        )
        .await;
    assert_eq!(parameter(&console, "juziChatWxid").await, zhou::WXID);
    assert_eq!(parameter(&console, "juziSidebar").await, "true");
    assert_eq!(parameter(&console, "msgType").await, Value::Null);
    assert_eq!(console.demo.newest().await, 0, "it is a new page");
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(answer.json["userId"], zhou::EXTERNAL_USER_ID);
    assert!(console.messages(json!({ "kind": "push" })).await.is_empty());
}

async fn the_mode_can_be_changed_in_the_console(stage: &Stage) {
    let console = stage.console().await;
    assert_eq!(parameter(&console, "msgType").await, "postMessage");
    console.click("mode-reload").await;
    console
        .demo
        .until(
            "return new URLSearchParams(location.search).has('juziChatId')",
            &[],
        )
        .await;
    assert_eq!(parameter(&console, "msgType").await, Value::Null);
    assert_eq!(
        console
            .attribute("mode-reload", "aria-checked")
            .await
            .as_deref(),
        Some("true")
    );
    console.click("mode-postMessage").await;
    console
        .demo
        .until(
            "return new URLSearchParams(location.search).get('msgType') === 'postMessage'",
            &[],
        )
        .await;
    assert_eq!(parameter(&console, "juziChatId").await, Value::Null);
}

const UNNOTICED: &str = "[data-testid=finding][data-code=switch-unnoticed]";

async fn a_page_that_will_not_learn_of_switches_is_warned_of(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    assert_eq!(console.count(UNNOTICED).await, 0);
    console.open_chat(zhou::CHAT).await;
    console.reads(UNNOTICED, "will not learn of switches").await;
    // After this call the host pushes switches to the page. So the warning ends, and does not come back at a switch.
    assert!(console.demo.call("sidebarAuth").await.ok);
    let gone = "return document.querySelector(arguments[0]) === null";
    console.until(gone, &[UNNOTICED.into()]).await;
    console.open_chat(lin::CHAT).await;
    pushes(&console, 1).await;
    assert_eq!(console.count(UNNOTICED).await, 0);
    // A page that is loaded again has to call again.
    console.click("sidebar-reload").await;
    console.demo.loaded().await;
    console.open_chat(zhou::CHAT).await;
    console.sees(UNNOTICED).await;
    console.click("sidebar-reload").await;
    console.until(gone, &[UNNOTICED.into()]).await;
    console.demo.loaded().await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    console.open_chat(lin::CHAT).await;
    pushes(&console, 2).await;
    assert_eq!(console.count(UNNOTICED).await, 0);
}

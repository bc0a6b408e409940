//! The console's log of messages: what it shows, its filters, its export.

use juzi_e2e::{Case, Console, Key, Stage, tests};
use serde_json::json;

use crate::people::lin;

pub fn cases() -> Vec<Case> {
    tests![
        every_message_is_shown_with_its_outcome,
        messages_are_filtered,
        a_message_is_shown_in_full,
        the_export_holds_what_the_filter_lets_through,
        a_paused_log_stands_still,
        a_cleared_log_is_empty,
        what_is_no_message_of_the_protocol_is_shown_apart,
        ten_thousand_messages_leave_it_usable,
    ]
}

async fn every_message_is_shown_with_its_outcome(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    console.demo.call("getCurExternalChat").await;
    console.click("tab-messages").await;
    for (api, outcome) in [
        ("getCurExternalContact", "ok"),
        ("getCurExternalChat", "fail"),
    ] {
        console
            .sees(&format!("[data-testid=log-row][data-direction=in][data-kind=request][data-api={api}][data-outcome={outcome}]"))
            .await;
        console
            .sees(&format!("[data-testid=log-row][data-direction=out][data-kind=answer][data-api={api}][data-outcome={outcome}]"))
            .await;
    }
    let script = "return [...document.querySelectorAll('[data-testid=log-row]')].map((row) => row.dataset.reqid)";
    let ids = console.js(script, &[]).await;
    assert_eq!(ids[0], ids[1]);
    assert_eq!(ids[2], ids[3]);
    assert_ne!(ids[0], ids[2]);
    console.demo.call("sidebarAuth").await;
    console.open_chat(crate::people::zhou::CHAT).await;
    console
        .sees("[data-testid=log-row][data-kind=push][data-api=updateBaseInfo][data-outcome=sent]")
        .await;
}

async fn messages_are_filtered(stage: &Stage) {
    let console = stage.console().await;
    for button in [
        "getCurExternalContact",
        "getCurExternalChat",
        "getCurChatInfo",
    ] {
        console.demo.call(button).await;
    }
    console.click("tab-messages").await;
    console.reads("log-count", "6 of 6").await;
    console.choose("log-api", "getCurChatInfo").await;
    console.reads("log-count", "2 of 6").await;
    console.choose("log-direction", "out").await;
    console.reads("log-count", "1 of 6").await;
    console.choose("log-outcome", "fail").await;
    console.reads("log-count", "0 of 6").await;
    console.sees("log-empty").await;
    console.click("[data-testid=log-empty] button").await;
    console.reads("log-count", "6 of 6").await;
    console.fill("log-search", "externalch").await;
    console.reads("log-count", "2 of 6").await;
    console.press("log-search", Key::Escape).await;
    console.reads("log-count", "6 of 6").await;
}

async fn a_message_is_shown_in_full(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    console.click("tab-messages").await;
    console
        .click("[data-testid=log-row][data-kind=answer]")
        .await;
    console.reads("log-detail", lin::EXTERNAL_USER_ID).await;
    console.press("log-detail", Key::Escape).await;
    console
        .until(
            "return document.querySelector('[data-testid=log-detail]').hidden",
            &[],
        )
        .await;
}

async fn the_export_holds_what_the_filter_lets_through(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    console.demo.call("getCurChatInfo").await;
    let log = console.log().await;
    let messages = log["messages"].as_array().expect("a list");
    assert_eq!(messages.len(), 4);
    assert_eq!(log["mode"], "postMessage");
    for message in messages {
        assert!(message["time"].is_string());
        assert!(message["duration"].is_number());
        assert_eq!(message["outcome"], "ok");
    }
    let request = &messages[0]["payload"];
    assert_eq!(request["type"], "sidebarHelper");
    assert_eq!(request["data"]["api"], "getCurExternalContact");
    assert_eq!(request["data"]["reqId"], messages[1]["payload"]["reqId"]);
    assert_eq!(
        messages[1]["payload"]["data"],
        json!({ "externalUserId": lin::EXTERNAL_USER_ID })
    );
    console.choose("log-api", "getCurChatInfo").await;
    console.reads("log-count", "2 of 4").await;
    assert_eq!(
        console.log().await["messages"].as_array().map(Vec::len),
        Some(2)
    );
}

async fn a_paused_log_stands_still(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    console.click("tab-messages").await;
    console.reads("log-count", "2 of 2").await;
    console.click("log-pause").await;
    console
        .sees("[data-testid=log-pause][aria-pressed=true]")
        .await;
    console.demo.call("getCurChatInfo").await;
    console.reads("log-count", "2").await;
    assert_eq!(
        console
            .count("[data-testid=log-row][data-api=getCurChatInfo]")
            .await,
        0
    );
    console.click("log-pause").await;
    console
        .sees("[data-testid=log-row][data-api=getCurChatInfo]")
        .await;
    console.reads("log-count", "4 of 4").await;
}

async fn a_cleared_log_is_empty(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    console.click("tab-messages").await;
    console.sees("log-row").await;
    console.click("log-clear").await;
    console
        .until(
            "return document.querySelector('[data-testid=log-row]') === null",
            &[],
        )
        .await;
    console.sees("[data-testid=log-empty]:not([hidden])").await;
}

async fn what_is_no_message_of_the_protocol_is_shown_apart(stage: &Stage) {
    let console = stage.console().await;
    let script = "for (const message of ['text', { type: 'other' }, { type: 'sidebarHelper' },
        { type: 'sidebarHelper', data: { api: 'getCurChatInfo' } }]) parent.postMessage(message, '*')";
    console.demo.js(script, &[]).await;
    console.js("window.postMessage({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId: '1' } }, '*')", &[]).await;
    console.click("tab-ignored").await;
    for reason in ["not-object", "type", "data", "reqId", "source"] {
        console
            .sees(&format!("[data-testid=ignored-row][data-reason={reason}]"))
            .await;
    }
    assert!(console.messages(json!({})).await.is_empty());
}

async fn ten_thousand_messages_leave_it_usable(stage: &Stage) {
    let console = stage.console().await;
    console.click("tab-messages").await;
    let script = "let left = 5000;
        await Promise.all(Array.from({ length: left }, () => wx.invoke('getCurExternalContact', {}).then(() => left--)));
        return left";
    let script = format!("return (async () => {{ {script} }})()");
    assert_eq!(console.demo.js(&script, &[]).await, 0);
    counts(&console, "10000 of 10000").await;
    assert!(
        console.count("log-row").await < 200,
        "only the rows in sight are drawn"
    );
    assert!(console.demo.call("getCurChatInfo").await.ok);
    console.choose("log-api", "getCurChatInfo").await;
    counts(&console, "2 of 10002").await;
}

/// Waits for a count, whichever marks a language puts between thousands.
async fn counts(console: &Console, count: &str) {
    let script = "return document.querySelector('[data-testid=log-count]').textContent.replace(/(?<=\\d)[,.\\s](?=\\d{3})/g, '') === arguments[0]";
    console.until(script, &[count.into()]).await;
}

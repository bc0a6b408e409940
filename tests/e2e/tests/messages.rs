//! Messages typed into the demo page, sent, and shown in the conversation by type.

use juzi_e2e::{Case, Console, Stage, tests};
use serde_json::json;

use crate::calls::STYLES;
use crate::people::{group, zhou};

pub fn cases() -> Vec<Case> {
    tests![
        text_is_drawn_as_it_was_typed,
        text_that_no_keyboard_types_arrives_unchanged,
        an_image_is_drawn_and_opens_large,
        a_video_is_drawn_with_its_player,
        a_file_is_drawn_as_a_card,
        a_link_is_drawn_as_a_card,
        a_mini_program_is_drawn_as_a_card,
        several_messages_are_sent_at_once,
        an_empty_text_is_refused_and_nothing_is_drawn,
        a_message_goes_to_the_conversation_that_is_open,
    ]
}

/// The console, and the number of message bubbles that it shows.
async fn start(stage: &Stage) -> (Console, usize) {
    let console = stage.console().await;
    console.sees("[data-testid=message]").await;
    let count = console.count("[data-testid=message]").await;
    (console, count)
}

async fn typed(console: &Console, msgtype: &str, fields: &[(&str, &str)]) {
    console.demo.click(&format!("type-{msgtype}")).await;
    for (field, value) in fields {
        console
            .demo
            .fill(&format!("{msgtype}-{field}"), value)
            .await;
    }
}

/// Sends the typed message and waits for one more bubble.
async fn sent(console: &Console, before: usize) {
    let answer = console.demo.call("sendChatMessage").await;
    assert_eq!(answer.err_msg, "sendChatMessage:ok");
    drawn(console, before + 1).await;
}

async fn drawn(console: &Console, count: usize) {
    let script =
        "return document.querySelectorAll('[data-testid=message]').length === arguments[0]";
    console.until(script, &[count.into()]).await;
}

/// The content of the newest bubble of a kind: its text, its address, and the sources of its images.
async fn newest(console: &Console, bubble: &str) -> serde_json::Value {
    let script = "const bubble = [...document.querySelectorAll(`[data-testid=${arguments[0]}]`)].at(-1);
        const last = [...document.querySelectorAll('[data-testid=message]')].at(-1);
        return { last: last.contains(bubble), mine: last.classList.contains('mine'), text: bubble.textContent, url: bubble.dataset.url,
                 pictures: [...bubble.querySelectorAll('img')].map((image) => image.src), video: bubble.querySelector('video')?.src };";
    console.js(script, &[bubble.into()]).await
}

fn is_newest(drawn: &serde_json::Value, texts: &[&str]) {
    assert_eq!(drawn["last"], true, "{drawn}");
    assert_eq!(drawn["mine"], true, "{drawn}");
    for text in texts {
        assert!(
            drawn["text"].as_str().unwrap_or_default().contains(text),
            "{text} in {drawn}"
        );
    }
}

async fn text_is_drawn_as_it_was_typed(stage: &Stage) {
    let (console, before) = start(stage).await;
    for (turn, style) in STYLES.into_iter().enumerate() {
        console.demo.click(&format!("style-{style}")).await;
        let text = format!("Hello <b>{style}</b> & 你好");
        typed(&console, "text", &[("content", &text)]).await;
        sent(&console, before + turn).await;
        is_newest(&newest(&console, "bubble-text").await, &[&text]);
    }
}

async fn text_that_no_keyboard_types_arrives_unchanged(stage: &Stage) {
    let (console, before) = start(stage).await;
    let text = "😀👩‍👩‍👧\tتجربة\nline two  ";
    console.demo.click("type-text").await;
    console.demo.paste("text-content", text).await;
    sent(&console, before).await;
    let shown = console
        .js(
            "return [...document.querySelectorAll('[data-testid=bubble-text]')].at(-1).textContent",
            &[],
        )
        .await;
    assert_eq!(shown, text);
    let posted = console
        .messages(json!({ "api": "sendChatMessage", "direction": "in" }))
        .await;
    assert_eq!(
        posted[0]["payload"]["data"]["params"],
        json!({ "msgtype": "text", "text": { "content": text } })
    );
}

async fn an_image_is_drawn_and_opens_large(stage: &Stage) {
    let (console, before) = start(stage).await;
    let url = format!("{}/media/latte.svg", console.origin);
    typed(&console, "image", &[("url", &url), ("title", "Latte art")]).await;
    sent(&console, before).await;
    let drawn = newest(&console, "bubble-image").await;
    is_newest(&drawn, &[]);
    assert_eq!(drawn["pictures"], json!([url]));
    console
        .until("return [...document.querySelectorAll('[data-testid=bubble-image] img')].at(-1).naturalWidth > 0", &[])
        .await;
    console
        .js(
            "[...document.querySelectorAll('[data-testid=bubble-image]')].at(-1).click()",
            &[],
        )
        .await;
    console.sees("dialog[open]").await;
}

async fn a_video_is_drawn_with_its_player(stage: &Stage) {
    let (console, before) = start(stage).await;
    let url = format!("{}/media/pour-over.webm", console.origin);
    typed(&console, "video", &[("url", &url), ("title", "Pour-over")]).await;
    sent(&console, before).await;
    let drawn = newest(&console, "bubble-video").await;
    is_newest(&drawn, &["Pour-over"]);
    assert_eq!(drawn["video"], url);
}

async fn a_file_is_drawn_as_a_card(stage: &Stage) {
    let (console, before) = start(stage).await;
    let url = format!("{}/media/quotation.pdf", console.origin);
    typed(
        &console,
        "file",
        &[("url", &url), ("title", "Quotation.pdf")],
    )
    .await;
    sent(&console, before).await;
    let drawn = newest(&console, "bubble-file").await;
    is_newest(&drawn, &["Quotation.pdf", "PDF"]);
    assert_eq!(drawn["url"], url);
}

async fn a_link_is_drawn_as_a_card(stage: &Stage) {
    let (console, before) = start(stage).await;
    let image = format!("{}/media/guide.svg", console.origin);
    let fields = [
        ("link", "https://example.com/guide"),
        ("title", "Brew guide"),
        ("desc", "Three tables"),
        ("imgUrl", &image),
    ];
    typed(&console, "news", &fields).await;
    sent(&console, before).await;
    let drawn = newest(&console, "bubble-news").await;
    is_newest(&drawn, &["Brew guide", "Three tables", "example.com"]);
    assert_eq!(drawn["url"], "https://example.com/guide");
    assert_eq!(drawn["pictures"], json!([image]));
}

async fn a_mini_program_is_drawn_as_a_card(stage: &Stage) {
    let (console, before) = start(stage).await;
    let cover = format!("{}/media/beans.svg", console.origin);
    let icon = format!("{}/media/logo.svg", console.origin);
    let fields = [
        ("appid", "wx0123456789"),
        ("title", "House blend"),
        ("imgUrl", &cover),
        ("page", "pages/goods?id=1"),
        ("desc", "The shop"),
        ("iconUrl", &icon),
        ("officialAccountId", "gh_0123"),
    ];
    typed(&console, "miniprogram", &fields).await;
    sent(&console, before).await;
    let drawn = newest(&console, "bubble-miniprogram").await;
    is_newest(&drawn, &["House blend", "The shop"]);
    assert_eq!(drawn["pictures"], json!([icon, cover]));
}

async fn several_messages_are_sent_at_once(stage: &Stage) {
    let (console, before) = start(stage).await;
    typed(&console, "text", &[("content", "first of three")]).await;
    console.demo.click("message-add").await;
    console.demo.click("message-add").await;
    typed(&console, "image", &[("url", "https://example.com/a.png")]).await;
    console.demo.click("message-add").await;
    console.demo.click("message-remove-1").await;
    typed(&console, "news", &[("link", "https://example.com/last")]).await;
    console.demo.click("message-add").await;
    for (turn, style) in STYLES.into_iter().enumerate() {
        console.demo.click(&format!("style-{style}")).await;
        let answer = console.demo.call("sendMultiChatMessage").await;
        assert_eq!(answer.err_msg, "sendMultiChatMessage:ok");
        drawn(&console, before + 3 * (turn + 1)).await;
        let script = "return [...document.querySelectorAll('[data-testid=message]')].slice(-3).map((one) => one.dataset.msgtype)";
        assert_eq!(
            console.js(script, &[]).await,
            json!(["text", "image", "news"])
        );
    }
}

async fn an_empty_text_is_refused_and_nothing_is_drawn(stage: &Stage) {
    let (console, before) = start(stage).await;
    typed(&console, "text", &[("content", "")]).await;
    for style in STYLES {
        console.demo.click(&format!("style-{style}")).await;
        let answer = console.demo.call("sendChatMessage").await;
        assert!(!answer.ok);
        assert_eq!(answer.err_msg, "text content is empty");
    }
    assert_eq!(console.count("[data-testid=message]").await, before);
    assert!(
        console
            .messages(json!({ "api": "sendChatMessage" }))
            .await
            .is_empty()
    );
}

async fn a_message_goes_to_the_conversation_that_is_open(stage: &Stage) {
    let (console, _) = start(stage).await;
    console.open_chat(group::CHAT).await;
    typed(&console, "text", &[("content", "for the group alone")]).await;
    assert!(console.demo.call("sendChatMessage").await.ok);
    console
        .until("return [...document.querySelectorAll('[data-testid=bubble-text]')].at(-1).textContent === 'for the group alone'", &[])
        .await;
    console.open_chat(zhou::CHAT).await;
    let elsewhere = console.text("messages").await;
    assert!(!elsewhere.contains("for the group alone"), "{elsewhere}");
}

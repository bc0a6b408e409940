//! Images that the page shows with `previewImage`.

use juzi_e2e::{Case, Console, Key, Stage, tests};
use serde_json::{Value, json};

use crate::calls::STYLES;

pub fn cases() -> Vec<Case> {
    tests![
        images_are_shown_over_the_console_and_leafed_through,
        the_keyboard_leafs_and_closes,
        the_image_that_is_asked_for_is_first,
        every_style_opens_it,
        relative_addresses_are_the_pages_own,
        an_image_that_is_not_there_is_said_to_be_missing,
        no_image_is_an_error,
    ]
}

async fn shows(console: &Console, counter: &str, image: &str) {
    console.reads("preview-counter", counter).await;
    console
        .until("return document.querySelector('[data-testid=preview-image]')?.src.endsWith(arguments[0])", &[image.into()])
        .await;
}

async fn is_closed(console: &Console) {
    console
        .until("return !document.querySelector('dialog').open", &[])
        .await;
}

async fn images_are_shown_over_the_console_and_leafed_through(stage: &Stage) {
    let console = stage.console().await;
    let answer = console.demo.call("previewImage").await;
    assert_eq!(answer.err_msg, "previewImage:ok");
    shows(&console, "1 / 3", "/menu.svg").await;
    assert!(
        console
            .attribute("preview-previous", "disabled")
            .await
            .is_some()
    );
    console.click("preview-next").await;
    shows(&console, "2 / 3", "/latte.svg").await;
    console.click("preview-next").await;
    shows(&console, "3 / 3", "/storefront.svg").await;
    assert!(
        console
            .attribute("preview-next", "disabled")
            .await
            .is_some()
    );
    console.click("preview-previous").await;
    shows(&console, "2 / 3", "/latte.svg").await;
    console.click("preview-close").await;
    is_closed(&console).await;
}

async fn the_keyboard_leafs_and_closes(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("previewImage").await;
    shows(&console, "1 / 3", "/menu.svg").await;
    console.press("preview-close", Key::Right).await;
    shows(&console, "2 / 3", "/latte.svg").await;
    console.press("preview-close", Key::Left).await;
    shows(&console, "1 / 3", "/menu.svg").await;
    console.press("preview-close", Key::Escape).await;
    is_closed(&console).await;
}

async fn the_image_that_is_asked_for_is_first(stage: &Stage) {
    let console = stage.console().await;
    let urls = console
        .demo
        .js("return document.getElementById('preview-urls').value", &[])
        .await;
    let second = urls
        .as_str()
        .and_then(|text| text.lines().nth(1))
        .expect("three addresses");
    console.demo.fill("preview-current", second).await;
    console.demo.call("previewImage").await;
    shows(&console, "2 / 3", "/latte.svg").await;
}

async fn every_style_opens_it(stage: &Stage) {
    let console = stage.console().await;
    for style in STYLES {
        console.demo.click(&format!("style-{style}")).await;
        let answer = console.demo.call("previewImage").await;
        assert_eq!(answer.err_msg, "previewImage:ok", "{style}");
        console.click("preview-close").await;
        is_closed(&console).await;
    }
}

async fn relative_addresses_are_the_pages_own(stage: &Stage) {
    let console = stage.console().await;
    let answer = console
        .demo
        .invoke("previewImage", json!({ "urls": ["../media/menu.svg"] }))
        .await;
    assert_eq!(answer.err_msg, "previewImage:ok");
    console.click("preview-close").await;
    let origin = console.demo.js("return location.origin", &[]).await;
    let posted = console
        .messages(json!({ "api": "previewImage", "direction": "in" }))
        .await;
    let params = &posted[0]["payload"]["data"]["params"];
    let expected = format!("{}/media/menu.svg", origin.as_str().unwrap_or_default());
    assert_eq!(params["urls"], json!([expected]));
    assert_ne!(origin, Value::from(console.origin.clone()));
}

async fn an_image_that_is_not_there_is_said_to_be_missing(stage: &Stage) {
    let console = stage.console().await;
    let answer = console
        .demo
        .invoke(
            "previewImage",
            json!({ "urls": ["../media/nothing.png", "../media/menu.svg"] }),
        )
        .await;
    assert_eq!(answer.err_msg, "previewImage:ok");
    console.reads("preview-failed", "could not be loaded").await;
    console.reads("preview-failed", "/media/nothing.png").await;
    console.click("preview-next").await;
    shows(&console, "2 / 2", "/menu.svg").await;
    console.click("preview-previous").await;
    console.sees("preview-failed").await;
}

async fn no_image_is_an_error(stage: &Stage) {
    let console = stage.console().await;
    console.demo.fill("preview-urls", "").await;
    let answer = console.demo.call("previewImage").await;
    assert!(
        answer.err_msg.starts_with("previewImage:fail "),
        "{answer:?}"
    );
    assert!(answer.err_msg.contains("urls"), "{answer:?}");
    let answer = console
        .demo
        .invoke("previewImage", json!({ "urls": ["javascript:alert(1)"] }))
        .await;
    assert!(
        answer.err_msg.starts_with("previewImage:fail "),
        "{answer:?}"
    );
    assert!(
        console
            .messages(json!({ "api": "previewImage" }))
            .await
            .is_empty()
    );
}

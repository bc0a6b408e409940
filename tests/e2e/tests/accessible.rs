//! axe-core reports no violation: every tab, three sizes, both themes, both languages.

use juzi_e2e::{Case, Engine, Stage, tests};
use serde_json::json;

pub fn cases() -> Vec<Case> {
    // The rules are about markup and colours. One engine is enough, and axe takes a second for each state.
    tests![&Engine::ONE =>
        every_tab_in_every_size_theme_and_language,
        dialogs_over_the_console,
        the_demo_page,
    ]
}

const AXE: &str = include_str!("../../../node_modules/axe-core/axe.min.js");

/// Runs axe in the page, and returns the violations.
const RUN: &str = "
    const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ').slice(0, 600)}`)";

async fn check(view: &juzi_e2e::View, state: &str) {
    let run = format!("return (async () => {{ {RUN} }})()");
    assert_eq!(view.js(&run, &[]).await, json!([]), "{state}");
}

async fn load_axe(view: &juzi_e2e::View) {
    view.js(&format!("{AXE}; return axe.version"), &[]).await;
}

async fn every_tab_in_every_size_theme_and_language(stage: &Stage) {
    let console = stage.console().await;
    load_axe(&console).await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    console.demo.call("getCurExternalChat").await;
    console.demo.click("login-sidebarAuth").await;
    console.js("window.postMessage('stray', '*')", &[]).await;
    let settle = "document.documentElement.dataset.theme = arguments[0];
        for (const animation of document.getAnimations()) animation.finish()";
    for language in ["en", "zh"] {
        for theme in ["light", "dark"] {
            console.js(settle, &[theme.into()]).await;
            for width in [1440, 1024, 500] {
                console.resize(width, 900).await;
                console.js("document.body.dataset.view = 'dock'", &[]).await;
                for tab in ["messages", "ignored", "codes", "faults"] {
                    console.click(&format!("tab-{tab}")).await;
                    if tab == "messages" {
                        console
                            .click("[data-testid=log-row][data-api=getCurExternalChat]")
                            .await;
                    }
                    check(&console, &format!("{language}, {theme}, {width}, {tab}")).await;
                }
                if width == 500 {
                    for part in ["chats", "thread", "sidebar"] {
                        console
                            .js(&format!("document.body.dataset.view = '{part}'"), &[])
                            .await;
                        check(&console, &format!("{language}, {theme}, {part}")).await;
                    }
                }
            }
        }
        console.click("language-toggle").await;
    }
}

async fn dialogs_over_the_console(stage: &Stage) {
    let console = stage.console().await;
    load_axe(&console).await;
    console.click("chat-add").await;
    check(&console, "the form of a conversation").await;
    console.click("conversation-cancel").await;
    console.demo.call("previewImage").await;
    console.sees("preview-image").await;
    check(&console, "the preview").await;
    console.click("preview-close").await;
    console.click("tab-messages").await;
    console.click("log-copy-test").await;
    check(&console, "a menu").await;
    let gone =
        "document.querySelector('[data-testid=sidebar-address]').value = 'http://127.0.0.1:9/';
        document.querySelector('.address').requestSubmit()";
    console.js(gone, &[]).await;
    console
        .sees("[data-testid=sidebar-problem]:not([hidden])")
        .await;
    check(&console, "a page that does not answer").await;
}

async fn the_demo_page(stage: &Stage) {
    let console = stage.console().await;
    load_axe(&console.demo).await;
    console.demo.call("getCurExternalContact").await;
    for theme in ["light", "dark"] {
        console
            .demo
            .js(
                "document.documentElement.dataset.theme = arguments[0]",
                &[theme.into()],
            )
            .await;
        check(&console.demo, theme).await;
    }
}

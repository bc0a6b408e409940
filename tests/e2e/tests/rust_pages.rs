//! The example pages in Rust (`examples/*-page`) in the workbench's sidebar: each behaves alike, whatever its framework.

use juzi_e2e::{Case, Console, Engine, Page, Setup, Stage, eventually};
use serde_json::json;

use crate::people::{group, lin, zhou};

/// The tests of one page, by its framework.
macro_rules! tests_of {
    ($framework:literal) => {
        tests_of!($framework:
            the_page_shows_the_customer_and_follows_the_conversation,
            a_late_answer_shows_nobody,
            the_page_sends_only_to_the_customer_it_shows,
            the_page_asks_again_while_it_is_told_of_the_last_customer,
            the_page_sends_a_quotation,
            the_page_says_why_the_console_refused,
            the_page_says_that_it_is_outside,
            the_page_uses_the_helper_of_a_script_tag,
        )
    };
    ($framework:literal: $($name:ident),+ $(,)?) => {
        vec![$(Case::new(
            concat!(module_path!(), "::", $framework),
            stringify!($name),
            &Engine::ALL,
            |stage| Box::pin($name(stage, $framework)),
        )),+]
    };
}

/// The tests of the pages that `JUZI_E2E_RUST_PAGES` names: to compile a framework takes minutes, so that a usual run has one.
pub fn cases() -> Vec<Case> {
    // The pages are compiled to WebAssembly, and there is no other form of them.
    if juzi_e2e::without_wasm() {
        return Vec::new();
    }
    let wanted = std::env::var("JUZI_E2E_RUST_PAGES").unwrap_or_else(|_| "leptos".into());
    wanted
        .split(',')
        .flat_map(|framework| match framework {
            "leptos" => tests_of!("leptos"),
            "yew" => tests_of!("yew"),
            "dioxus" => tests_of!("dioxus"),
            _ => panic!("JUZI_E2E_RUST_PAGES: no page in {framework:?} (leptos, yew, dioxus)"),
        })
        .collect()
}

/// Where the fixture server has the example.
fn path(framework: &str) -> String {
    format!("/examples/{framework}-page/index.html")
}

async fn opened(stage: &Stage, framework: &str) -> Console {
    let setup = Setup {
        page: Some(stage.url("localhost", &path(framework))),
        ..Setup::default()
    };
    stage.console_with(setup).await
}

async fn the_page_shows_the_customer_and_follows_the_conversation(stage: &Stage, framework: &str) {
    let console = opened(stage, framework).await;
    console.demo.reads("customer", lin::EXTERNAL_USER_ID).await;
    console.demo.reads("customer", "customer").await;
    // `authorize` has been called, so the console reports the switch.
    console
        .sees("[data-testid=log-row][data-api=sidebarAuth][data-outcome=ok]")
        .await;
    console.open_chat(zhou::CHAT).await;
    console.demo.reads("customer", zhou::EXTERNAL_USER_ID).await;
    console.open_chat(group::CHAT).await;
    console.demo.reads("customer", group::NAME).await;
    console.demo.reads("customer", "group").await;
}

/// Whether the page's button can be clicked.
const ENABLED: &str = "return !document.querySelector('form button').disabled";

/// Keeps what the page shows of the customer from now on, so that no test has to look at the right moment.
const WATCH: &str = "window.shown = [];
    const keep = () => shown.push(document.getElementById('customer').textContent);
    new MutationObserver(keep).observe(document.body, { subtree: true, childList: true, characterData: true })";

/// Whether the page has forgotten the customer before it had an answer.
const FORGOTTEN: &str = "return shown.includes('Loading…')";

/// Whether the page has not shown this customer since then.
const WITHOUT: &str = "return shown.slice(shown.indexOf('Loading…'))
    .every((text) => !text.includes(arguments[0]))";

/// The fault of one API, in the panel.
async fn hold(console: &Console, api: &str) {
    console.click("tab-faults").await;
    console.fill("fault-error-api", api).await;
    console.choose("fault-error-how", "hold").await;
    console.click("fault-error-add").await;
    console.sees("fault-error").await;
}

/// A page that shows Lin and asks about Zhou; the console does not answer yet.
async fn waiting(stage: &Stage, framework: &str) -> Console {
    let console = opened(stage, framework).await;
    console.demo.reads("customer", lin::EXTERNAL_USER_ID).await;
    console
        .sees("[data-testid=log-row][data-api=sidebarAuth][data-outcome=ok]")
        .await;
    hold(&console, "getCurChatInfo").await;
    console.demo.js(WATCH, &[]).await;
    console.open_chat(zhou::CHAT).await;
    console.click("tab-messages").await;
    console.sees(PENDING).await;
    console
}

const PENDING: &str = "[data-testid=log-row][data-api=getCurChatInfo][data-outcome=pending]";

/// A slow answer about Zhou comes after a quick one about the group.
async fn a_late_answer_shows_nobody(stage: &Stage, framework: &str) {
    let console = waiting(stage, framework).await;
    console.demo.until(FORGOTTEN, &[]).await;
    assert_eq!(console.demo.js(ENABLED, &[]).await, false, "off");
    console.click("tab-faults").await;
    console.click("fault-error-remove-getCurChatInfo").await;
    console.open_chat(group::CHAT).await;
    console.demo.reads("customer", group::NAME).await;
    console.click("tab-messages").await;
    // The console has not answered the older call: the page did not wait for it.
    console.click(PENDING).await;
    let late = json!({ "id": zhou::CHAT, "name": "A late Zhou", "type": 1, "external": true });
    console.paste("hold-data", &late.to_string()).await;
    console.click("hold-answer").await;
    console.demo.click("form button").await;
    console.demo.reads("[role=status]", "Sent.").await;
    console.reads("messages", "Spring tea").await;
    console.demo.reads("customer", group::NAME).await;
    for name in [lin::EXTERNAL_USER_ID, "A late Zhou"] {
        assert_eq!(console.demo.js(WITHOUT, &[name.into()]).await, true);
    }
}

async fn the_page_sends_only_to_the_customer_it_shows(stage: &Stage, framework: &str) {
    let console = opened(stage, framework).await;
    console.demo.reads("customer", lin::EXTERNAL_USER_ID).await;
    console
        .sees("[data-testid=log-row][data-api=sidebarAuth][data-outcome=ok]")
        .await;
    // A restarted console does not report a switch to the page.
    console.click("tab-faults").await;
    console.click("fault-restart").await;
    console.open_chat(zhou::CHAT).await;
    console.demo.reads("customer", lin::EXTERNAL_USER_ID).await;
    console.demo.click("form button").await;
    console
        .demo
        .reads(
            "[role=alert]",
            "Another conversation is open by now. Nothing was sent.",
        )
        .await;
    let posted = console.messages(json!({ "api": "sendChatMessage" })).await;
    assert_eq!(posted, Vec::<serde_json::Value>::new());
}

async fn the_page_asks_again_while_it_is_told_of_the_last_customer(stage: &Stage, framework: &str) {
    let console = opened(stage, framework).await;
    console.demo.reads("customer", lin::EXTERNAL_USER_ID).await;
    console
        .sees("[data-testid=log-row][data-api=sidebarAuth][data-outcome=ok]")
        .await;
    console.set_fault("staleMs", 60_000).await;
    console.demo.js(WATCH, &[]).await;
    console.open_chat(zhou::CHAT).await;
    // The page asks for 3 s, and then says that the console answers with another conversation. Lin is not shown in either case.
    console.demo.until(FORGOTTEN, &[]).await;
    assert_eq!(console.demo.js(ENABLED, &[]).await, false, "off");
    // The page has received an answer about Lin.
    eventually("a second question", async || {
        let answers = console
            .messages(json!({ "api": "getCurChatInfo", "kind": "answer" }))
            .await;
        let about = answers.last().map(|it| it["payload"]["data"]["id"].clone());
        match about {
            Some(id) if id == lin::CHAT && answers.len() > 2 => Ok(()),
            _ => Err(format!("{answers:?}")),
        }
    })
    .await;
    let without = console
        .demo
        .js(WITHOUT, &[lin::EXTERNAL_USER_ID.into()])
        .await;
    assert_eq!(without, true);
    console.set_fault("staleMs", 0).await;
    console.open_chat(group::CHAT).await;
    console.open_chat(zhou::CHAT).await;
    console.demo.reads("customer", zhou::EXTERNAL_USER_ID).await;
}

async fn the_page_sends_a_quotation(stage: &Stage, framework: &str) {
    let console = opened(stage, framework).await;
    console.demo.reads("customer", lin::EXTERNAL_USER_ID).await;
    console.demo.fill("[name=article]", "Green tea").await;
    console.demo.fill("[name=price]", "99").await;
    console.demo.click("form button").await;
    console.demo.reads("[role=status]", "Sent.").await;
    console.reads("messages", "Green tea: ¥99").await;
    // The helper refuses an empty text and names it. Nothing is posted.
    console.demo.fill("[name=article]", "").await;
    console.demo.click("form button").await;
    console.demo.reads("[role=alert]", "text.content").await;
    let posted = console
        .messages(json!({ "api": "sendChatMessage", "kind": "request" }))
        .await;
    assert_eq!(posted.len(), 1, "{posted:?}");
}

async fn the_page_says_why_the_console_refused(stage: &Stage, framework: &str) {
    let console = opened(stage, framework).await;
    console.demo.reads("customer", lin::EXTERNAL_USER_ID).await;
    console.click("tab-faults").await;
    console.fill("fault-error-api", "sendChatMessage").await;
    console.fill("fault-error-text", "no permission").await;
    console.click("fault-error-add").await;
    console.sees("fault-error").await;
    console.demo.click("form button").await;
    console
        .demo
        .reads("form [role=alert]", "The console refused: no permission")
        .await;
}

async fn the_page_says_that_it_is_outside(stage: &Stage, framework: &str) {
    let view = stage.view();
    view.goto(&stage.url("localhost", &path(framework))).await;
    view.reads("[role=alert]", "Open this page in the sidebar")
        .await;
}

async fn the_page_uses_the_helper_of_a_script_tag(stage: &Stage, framework: &str) {
    // Dioxus draws into #main, the others into the body.
    let source = format!(
        "<script src=/juzi-helper.js></script>
        <script>
          window.first = juziWx;
        </script>
        <div id=main></div>
        <script type=module>
          import init from '/examples/{framework}-page/pkg/{framework}_page.js';
          await init();
        </script>"
    );
    let setup = Setup {
        page: Some(stage.serve(&Page::html(&source))),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    console.demo.reads("customer", lin::EXTERNAL_USER_ID).await;
    // The calls of the page in Rust and those of the script tag's helper are numbered together: there is one helper.
    let same = "return first === juziWx && juziWx.getCurExternalContact()";
    console.demo.js(same, &[]).await;
    let asked = console.messages(json!({ "kind": "request" })).await;
    let prefixes: std::collections::HashSet<_> = asked
        .iter()
        .filter_map(|entry| entry["reqId"].as_str()?.rsplit_once('-'))
        .map(|(prefix, _)| prefix.to_owned())
        .collect();
    assert_eq!(prefixes.len(), 1, "{asked:?}");
}

//! The console around the conversation: scenario files, the page's address, languages, window sizes.

use juzi_e2e::{Case, Key, Page, Setup, Stage, tests};
use serde_json::{Value, json};

use crate::people::{lin, zhou};

pub fn cases() -> Vec<Case> {
    tests![
        a_changed_scenario_file_reloads_the_page,
        a_broken_scenario_file_is_named_with_its_line,
        an_empty_scenario_says_so,
        a_conversation_starts_at_its_newest_message_and_stays_there,
        conversations_are_searched_and_opened_by_keyboard,
        a_page_of_another_address_is_framed,
        a_page_that_does_not_answer_is_named,
        a_page_that_calls_nothing_is_suspected,
        languages_and_themes_are_switched_in_place,
        in_a_narrow_window_there_is_one_part_at_a_time,
    ]
}

fn scenario() -> Value {
    serde_json::from_str(juzi_workbench::scenario::DEFAULT).expect("the scenario is JSON")
}

async fn a_changed_scenario_file_reloads_the_page(stage: &Stage) {
    let mut scenario = scenario();
    let setup = Setup {
        scenario: Some(scenario.clone()),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    console.demo.call("getCurChatInfo").await;
    scenario["conversations"][0]["name"] = json!("Another name");
    console.rewrite_scenario(&scenario.to_string());
    console.reads("thread-name", "Another name").await;
    console
        .demo
        .until(
            "return document.querySelector('[data-testid=result]') === null",
            &[],
        )
        .await;
    let answer = console.demo.call("getCurChatInfo").await;
    assert_eq!(answer.json["name"], "Another name");
}

async fn a_broken_scenario_file_is_named_with_its_line(stage: &Stage) {
    let setup = Setup {
        scenario: Some(scenario()),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    let mut broken = scenario();
    broken["account"]["botId"] = json!(7);
    let text = serde_json::to_string_pretty(&broken).expect("it is JSON");
    let line = text
        .lines()
        .position(|line| line.contains("\"botId\": 7"))
        .expect("the line")
        + 1;
    console.rewrite_scenario(&text);
    console.reads("banner", &format!("line {line}")).await;
    console.reads("banner", "botId").await;
    assert!(
        console.demo.call("getCurExternalContact").await.ok,
        "the last good one stays"
    );
    console.rewrite_scenario(&scenario().to_string());
    console
        .until(
            "return document.querySelector('[data-testid=banner]').hidden",
            &[],
        )
        .await;
}

async fn an_empty_scenario_says_so(stage: &Stage) {
    let mut empty = scenario();
    empty["conversations"] = json!([]);
    let setup = Setup {
        scenario: Some(empty),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    console.sees("[data-testid=chat-list] .empty").await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert!(!answer.ok, "{answer:?}");
}

/// Whether the last message and all visible images are shown. Other images are loaded lazily.
const AT_ITS_END: &str = "
    const list = document.querySelector('[data-testid=messages]');
    const { top, bottom } = list.getBoundingClientRect();
    const box = (element) => element.getBoundingClientRect();
    const missing = [...list.querySelectorAll('img')].some((picture) => !picture.complete && box(picture).bottom > top);
    const last = [...list.querySelectorAll('[data-testid=message]')].at(-1);
    return list.scrollHeight > list.clientHeight && !missing && box(last).bottom <= bottom + 1;";

async fn a_conversation_starts_at_its_newest_message_and_stays_there(stage: &Stage) {
    let console = stage.console().await;
    console.until(AT_ITS_END, &[]).await;
    // An image that grows does not push the newest message out of view.
    let grow = "const picture = document.querySelector('[data-testid=messages] img');
        picture.style.height = '700px'; picture.dispatchEvent(new Event('load')); return true";
    console.until(grow, &[]).await;
    console.until(AT_ITS_END, &[]).await;
    // It does not move a list that was scrolled back, either.
    let place = "const last = [...document.querySelectorAll('[data-testid=message]')].at(-1).getBoundingClientRect().top;";
    let scroll = format!(
        "document.querySelector('[data-testid=messages]').scrollBy(0, -200); {place} return {{ last }};"
    );
    let before = console.until(&scroll, &[]).await;
    let grow_more = grow.replace("700px", "900px");
    console.until(&grow_more, &[]).await;
    let still = format!("{place} return Math.abs(last - arguments[0].last) < 2");
    console.until(&still, &[before]).await;
}

async fn conversations_are_searched_and_opened_by_keyboard(stage: &Stage) {
    let console = stage.console().await;
    console.fill("chat-search", "北岸").await;
    console
        .until(
            "return document.querySelectorAll('[data-testid=chat-list] button').length === 1",
            &[],
        )
        .await;
    console.press("chat-search", Key::Down).await;
    console
        .press(&format!("chat-{}", zhou::CHAT), Key::Enter)
        .await;
    console.reads("thread-id", zhou::CHAT).await;
    console.fill("chat-search", "nobody of this name").await;
    console.reads("chat-list", "nobody of this name").await;
    console.press("chat-search", Key::Escape).await;
    console
        .until(
            "return document.querySelectorAll('[data-testid=chat-list] button').length > 5",
            &[],
        )
        .await;
}

async fn a_page_of_another_address_is_framed(stage: &Stage) {
    let console = stage.console().await;
    let page = Page::html("<p id=own>A page of my own</p><script src=/juzi-helper.js></script>")
        .query("tenant=7");
    let url = stage.serve(&page);
    console.fill("sidebar-address", &url).await;
    console.press("sidebar-address", Key::Enter).await;
    console.demo.reads("own", "A page of my own").await;
    let query = console
        .demo
        .js(
            "return Object.fromEntries(new URLSearchParams(location.search))",
            &[],
        )
        .await;
    assert_eq!(
        query,
        json!({ "tenant": "7", "juziSidebar": "true", "msgType": "postMessage" })
    );
    let answer = console
        .demo
        .js("return juziWx.getCurExternalContact()", &[])
        .await;
    assert_eq!(answer["userId"], lin::EXTERNAL_USER_ID);
    assert_eq!(console.attribute("sidebar-open", "href").await, Some(url));
    console.fill("sidebar-address", "no address").await;
    console.press("sidebar-address", Key::Enter).await;
    console
        .sees("[data-testid=sidebar-address][aria-invalid=true]")
        .await;
}

async fn a_page_that_does_not_answer_is_named(stage: &Stage) {
    let console = stage.console().await;
    // A port that was free a moment ago and is probably still unused.
    let gone = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|it| it.local_addr())
        .expect("a port");
    let url = format!("http://{gone}/");
    console.fill("sidebar-address", &url).await;
    console.press("sidebar-address", Key::Enter).await;
    console.reads("sidebar-problem", &url).await;
}

async fn a_page_that_calls_nothing_is_suspected(stage: &Stage) {
    let setup = Setup {
        page: Some(stage.serve(&Page::html("<p>Nothing is called here</p>"))),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    console.reads("sidebar-status", "called nothing").await;
}

async fn languages_and_themes_are_switched_in_place(stage: &Stage) {
    let console = stage.console().await;
    console.reads("tab-faults", "Faults").await;
    console.click("language-toggle").await;
    console.reads("tab-faults", "故障").await;
    console.click("language-toggle").await;
    console.reads("tab-faults", "Faults").await;
    let background = "return getComputedStyle(document.body).backgroundColor";
    let mut seen = Vec::new();
    for theme in ["light", "dark"] {
        console.click("theme-toggle").await;
        console
            .until(
                "return document.documentElement.dataset.theme === arguments[0]",
                &[theme.into()],
            )
            .await;
        seen.push(console.js(background, &[]).await);
    }
    assert_ne!(seen[0], seen[1], "light and dark look different");
}

async fn in_a_narrow_window_there_is_one_part_at_a_time(stage: &Stage) {
    let console = stage.console().await;
    console.resize(480, 900).await;
    console.sees(".view-tabs").await;
    let shown = "return ['chats', 'thread', 'sidebar', 'dock'].filter((name) => document.querySelector(`[data-testid=${name}]`).checkVisibility())";
    assert_eq!(console.js(shown, &[]).await, json!(["sidebar"]));
    assert!(console.demo.call("sendChatMessage").await.ok);
    for part in ["chats", "thread", "dock"] {
        console
            .click(&format!(".view-tabs [data-view={part}]"))
            .await;
        assert_eq!(console.js(shown, &[]).await, json!([part]));
    }
}

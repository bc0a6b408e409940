//! The console around the conversation: scenario files, the page's address, languages, window sizes.

use juzi_e2e::{Case, Engine, Key, Page, Setup, Stage, tests};
use serde_json::{Value, json};

use crate::people::{lin, zhou};

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        a_changed_scenario_file_changes_the_console_under_the_page,
        nothing_is_out_of_reach_in_a_smaller_window,
        a_notice_covers_nothing,
        all_faults_fit_the_panel,
        long_names_and_emoji_stay_in_their_place,
        a_conversation_starts_at_its_newest_message_and_stays_there,
        conversations_are_searched_and_opened_by_keyboard,
        a_page_that_does_not_answer_is_named,
        in_a_narrow_window_there_is_one_part_at_a_time,
    ];
    cases.extend(tests![&Engine::ONE =>
        the_address_of_a_page_survives_a_reload,
        a_link_to_a_page_elsewhere_is_asked_about,
        the_notice_of_a_page_before_is_gone,
        the_choice_of_a_language_beats_the_link,
        the_demo_follows_the_consoles_language_and_theme,
        a_broken_scenario_file_is_named_with_its_line,
        an_empty_scenario_says_so,
        a_page_of_another_address_is_framed,
        a_page_that_calls_nothing_is_suspected,
        a_page_with_a_helper_that_calls_nothing_is_told_what_to_write,
        a_page_that_reloads_itself_is_marked_in_the_log,
        languages_and_themes_are_switched_in_place,
    ]);
    cases
}

fn scenario() -> Value {
    serde_json::from_str(juzi_workbench::scenario::DEFAULT).expect("the scenario is JSON")
}

async fn a_changed_scenario_file_changes_the_console_under_the_page(stage: &Stage) {
    let mut scenario = scenario();
    let setup = Setup {
        scenario: Some(scenario.clone()),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    assert!(console.demo.call("sendChatMessage").await.ok);
    scenario["conversations"][0]["name"] = json!("Another name");
    console.rewrite_scenario(&scenario.to_string());
    console.reads("thread-name", "Another name").await;
    let answer = console.demo.call("getCurChatInfo").await;
    assert_eq!(answer.json["name"], "Another name");
    assert_eq!(
        console.demo.newest().await,
        3,
        "the page was not loaded again"
    );
    console.reads("sidebar-auth", "sidebarAuth called").await;
    console.sees("[data-testid=message] .message-note").await;
    // The page is loaded again if its conversation is gone, or if it is registered in another way.
    scenario["conversations"]
        .as_array_mut()
        .expect("a list")
        .remove(0);
    console.rewrite_scenario(&scenario.to_string());
    console
        .demo
        .until(
            "return document.querySelector('[data-testid=result]') === null",
            &[],
        )
        .await;
    console.demo.call("getCurChatInfo").await;
    scenario["registration"] = json!({ "msgType": "reload" });
    console.rewrite_scenario(&scenario.to_string());
    console
        .sees("[data-testid=mode-reload][aria-checked=true]")
        .await;
    console
        .demo
        .until(
            "return document.querySelector('[data-testid=result]') === null",
            &[],
        )
        .await;
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

const NO_CALL: &str = "[data-testid=finding][data-code=no-call]";

async fn a_page_with_a_helper_that_calls_nothing_is_told_what_to_write(stage: &Stage) {
    for (attribute, told) in [("", true), ("data-user-agent=wxwork", false)] {
        let source =
            format!("<p>Open this in WeCom</p><script src=/juzi-helper.js {attribute}></script>");
        let setup = Setup {
            page: Some(stage.serve(&Page::html(&source))),
            ..Setup::default()
        };
        let console = stage.console_with(setup).await;
        console.reads("sidebar-status", "called nothing").await;
        assert_eq!(
            console.count(NO_CALL).await,
            usize::from(told),
            "{attribute}"
        );
        if told {
            console
                .reads(NO_CALL, "looks for WeCom in the user agent")
                .await;
            console.reads(NO_CALL, "data-user-agent=\"wxwork\"").await;
            console.click("language-toggle").await;
            console.reads(NO_CALL, "data-user-agent=\"wxwork\"").await;
            console.click("language-toggle").await;
        }
    }
}

/// The limit depends on the clock: tests/host/load-count.test.mjs and page-watch.test.mjs test it.
async fn a_page_that_reloads_itself_is_marked_in_the_log(stage: &Stage) {
    let source = "<script src=/juzi-helper.js></script><script>
        addEventListener('load', () => setTimeout(() => {
          if (!sessionStorage.again) location.reload(sessionStorage.again = 1);
        }));
      </script>";
    let setup = Setup {
        page: Some(stage.serve(&Page::html(source))),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    let marks = "return [...document.querySelectorAll('[data-testid=log-row][data-mark=load]')]
        .some((row) => row.textContent.includes('reloaded or redirected itself'))";
    console.until(marks, &[]).await;
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

async fn the_address_of_a_page_survives_a_reload(stage: &Stage) {
    let console = stage.console().await;
    let url = stage.serve(&Page::html(
        "<p id=own>A page of my own</p><script src=/juzi-helper.js></script>",
    ));
    // Without its scheme, as people type it.
    let typed = url.strip_prefix("http://").expect("a plain address");
    console.fill("sidebar-address", typed).await;
    console.press("sidebar-address", Key::Enter).await;
    console.demo.reads("own", "A page of my own").await;
    console
        .js("window.before = true; location.reload()", &[])
        .await;
    console
        .until(
            "return !window.before && document.readyState === 'complete'",
            &[],
        )
        .await;
    console.demo.reads("own", "A page of my own").await;
    // The address is a link that opens the page in another window.
    let link = console.js("return location.href", &[]).await;
    let link = link.as_str().unwrap_or_default();
    assert!(link.contains("page=http"), "{link}");
    console.goto("about:blank").await;
    console.goto(link).await;
    console.demo.reads("own", "A page of my own").await;
}

async fn a_link_to_a_page_elsewhere_is_asked_about(stage: &Stage) {
    let console = stage.console().await;
    let link = format!(
        "{}/?lang=en&page=https://elsewhere.example/app",
        console.origin
    );
    console.goto(&link).await;
    console
        .reads("sidebar-problem", "https://elsewhere.example/app")
        .await;
    assert_eq!(
        console
            .js("return document.querySelector('iframe').src", &[])
            .await,
        ""
    );
    console.click("page-refuse").await;
    assert!(console.demo.call("getCurExternalContact").await.ok);
    let link = console.js("return location.href", &[]).await;
    assert!(
        !link.as_str().unwrap_or_default().contains("page="),
        "{link}"
    );
}

async fn the_notice_of_a_page_before_is_gone(stage: &Stage) {
    let console = stage.console().await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|it| it.local_addr())
        .expect("a port");
    console
        .fill("sidebar-address", &format!("http://{gone}/"))
        .await;
    console.press("sidebar-address", Key::Enter).await;
    console
        .sees("[data-testid=sidebar-problem]:not([hidden])")
        .await;
    let url = stage.serve(&Page::html("<script src=/juzi-helper.js></script>"));
    // At once: the server has not looked at the new page yet.
    let script = "const input = document.querySelector('[data-testid=sidebar-address]');
        input.value = arguments[0];
        input.form.requestSubmit();
        return document.querySelector('[data-testid=sidebar-problem]').hidden";
    assert_eq!(console.js(script, &[url.into()]).await, true);
}

async fn the_choice_of_a_language_beats_the_link(stage: &Stage) {
    let console = stage
        .console_with(Setup {
            query: "theme=light".to_owned(),
            ..Setup::default()
        })
        .await;
    console.reads("tab-faults", "Faults").await;
    console.click("language-toggle").await;
    console.click("theme-toggle").await;
    console.reads("tab-faults", "故障").await;
    console
        .js("window.before = true; location.reload()", &[])
        .await;
    console
        .until(
            "return !window.before && document.readyState === 'complete'",
            &[],
        )
        .await;
    console.reads("tab-faults", "故障").await;
    console
        .until(
            "return document.documentElement.dataset.theme === 'dark'",
            &[],
        )
        .await;
    console.click("language-toggle").await;
    console.reads("tab-faults", "Faults").await;
}

async fn the_demo_follows_the_consoles_language_and_theme(stage: &Stage) {
    let console = stage
        .console_with(Setup {
            query: "theme=light".to_owned(),
            ..Setup::default()
        })
        .await;
    let now = "return [document.documentElement.lang, document.documentElement.dataset.theme].join(' ') === arguments[0]";
    console.demo.until(now, &["en light".into()]).await;
    console.click("language-toggle").await;
    console.click("theme-toggle").await;
    console.demo.until(now, &["zh-CN dark".into()]).await;
    // The console's settings do not count as the user's choice for the demo.
    assert_eq!(
        console
            .demo
            .js("return localStorage.getItem('juzi.language')", &[])
            .await,
        Value::Null
    );
    console.click("language-toggle").await;
}

/// Visible controls that cannot be reached: they are outside the window, and no part scrolls to them.
const OUT_OF_REACH: &str = "
    const reach = (element) => {
      element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      const { left, right, top, bottom, width } = element.getBoundingClientRect();
      return width === 0 || (left >= -1 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1);
    };
    const sideways = [...document.querySelectorAll('.toolbar, .panel, .sidebar-head, .topbar, .composer, .thread-head, .log-main')]
      .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1);
    const controls = [...document.querySelectorAll('button, input, select, textarea, a, summary, .codes td')]
      .filter((element) => element.checkVisibility() && !element.matches('.skip-link, [hidden]'));
    return [...sideways, ...controls.filter((element) => !reach(element))]
      .map((element) => element.dataset.testid ?? element.className).filter((name) => name !== '')";

async fn nothing_is_out_of_reach_in_a_smaller_window(stage: &Stage) {
    let console = stage.console().await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    for width in [1024, 500] {
        console.resize(width, 800).await;
        let narrow = console.js("return innerWidth <= 820", &[]).await == true;
        let views: &[&str] = if narrow {
            &["chats", "thread", "sidebar", "dock"]
        } else {
            &["dock"]
        };
        for view in views {
            if narrow {
                console
                    .click(&format!(".view-tabs [data-view={view}]"))
                    .await;
            }
            for tab in ["messages", "ignored", "codes", "faults"] {
                if *view == "dock" {
                    console.click(&format!("tab-{tab}")).await;
                }
                let out = console.js(OUT_OF_REACH, &[]).await;
                assert_eq!(out, json!([]), "{width} pixels, {view}, {tab}");
            }
        }
    }
    console.resize(1024, 800).await;
    console.click("chat-expand").await;
    console.fill("chat-search", "北岸").await;
    console.click(&format!("chat-{}", zhou::CHAT)).await;
    console.reads("thread-id", zhou::CHAT).await;
}

async fn a_notice_covers_nothing(stage: &Stage) {
    let console = stage.console().await;
    let covered = "
        const toast = document.querySelector('.toast');
        if (!toast) return undefined;
        const box = toast.getBoundingClientRect();
        const meets = ({ left, right, top, bottom }) => left < box.right && right > box.left && top < box.bottom && bottom > box.top;
        const others = [...document.querySelectorAll('button, input, select, textarea, h1, h2, .columns, iframe, .account, .scenario-name')];
        return { covered: others.filter((one) => one.checkVisibility() && !toast.contains(one) && meets(one.getBoundingClientRect()))
          .map((one) => one.dataset.testid ?? one.className), inside: box.left >= 0 && box.right <= innerWidth }";
    for width in [1400, 1024, 500] {
        console.resize(width, 800).await;
        console
            .js(
                "document.querySelector('[data-testid=fault-restart]').click()",
                &[],
            )
            .await;
        let seen = console.until(covered, &[]).await;
        assert_eq!(
            seen,
            json!({ "covered": [], "inside": true }),
            "{width} pixels"
        );
    }
}

async fn all_faults_fit_the_panel(stage: &Stage) {
    let console = stage.console().await;
    // The window of WebDriver includes the browser's own bars.
    let bars = console
        .js(
            "return [outerWidth - innerWidth, outerHeight - innerHeight]",
            &[],
        )
        .await;
    let bar = |i: usize| u32::try_from(bars[i].as_u64().unwrap_or_default()).unwrap_or_default();
    console.resize(1440 + bar(0), 900 + bar(1)).await;
    for language in ["English", "中文"] {
        console.click("tab-faults").await;
        console
            .until(
                "const panel = document.querySelector('[data-testid=faults]');
                 return panel.clientHeight > 0 && panel.scrollHeight <= panel.clientHeight && panel.scrollWidth <= panel.clientWidth",
                &[],
            )
            .await;
        if language == "English" {
            console.click("language-toggle").await;
        }
    }
    console.click("language-toggle").await;
}

async fn long_names_and_emoji_stay_in_their_place(stage: &Stage) {
    let mut scenario = scenario();
    let chat = &mut scenario["conversations"][0];
    chat["name"] = json!("Wolfeschlegelsteinhausenbergerdorff".repeat(6));
    chat["contact"]["company"] = json!("上海市浦东新区".repeat(20));
    chat["contact"]["tags"] = json!(["a very long tag ".repeat(20)]);
    scenario["conversations"][1]["name"] = json!("👨‍👩‍👧‍👦🎉");
    let group = scenario["conversations"][1]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let setup = Setup {
        scenario: Some(scenario),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    for width in [1400, 1024, 500] {
        console.resize(width, 800).await;
        let script = "document.body.dataset.view = 'thread';
            return [...document.querySelectorAll('.thread, .thread-head, .chats, .chat-item, .composer, body')]
              .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1).map((part) => part.className)";
        assert_eq!(console.js(script, &[]).await, json!([]), "{width} pixels");
    }
    let face =
        format!("return document.querySelector('[data-chat=\"{group}\"] .avatar').textContent");
    assert_eq!(console.js(&face, &[]).await, "👨‍👩‍👧‍👦");
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

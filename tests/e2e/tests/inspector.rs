//! The console's log of messages: what it shows, its filters, its export.

use juzi_e2e::{Case, Console, Engine, Key, Stage, tests};
use serde_json::json;

use crate::people::lin;

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        every_message_is_shown_with_its_outcome,
        the_log_follows_while_messages_come,
        an_exported_log_is_opened_again,
        an_opened_log_and_the_live_one_stay_apart,
        ten_thousand_messages_leave_it_usable,
    ];
    cases.extend(tests![&Engine::ONE =>
        a_failed_call_says_why,
        loads_and_switches_are_marked,
        requests_to_the_hub_are_rows_with_a_hint,
        messages_are_filtered,
        a_log_is_kept_over_a_reload,
        a_log_file_with_a_fault_changes_nothing_and_is_explained_in_both_languages,
        a_message_is_shown_in_full,
        the_export_holds_what_the_filter_lets_through,
        login_codes_stay_out_of_the_export_and_of_copied_tests_unless_they_are_asked_for,
        a_paused_log_stands_still,
        a_cleared_log_is_empty,
        what_is_no_message_of_the_protocol_is_shown_apart,
    ]);
    cases
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
            .sees(&format!("[data-testid=log-row][data-kind=call][data-direction=in][data-api={api}][data-outcome={outcome}]"))
            .await;
    }
    let script = "return [...document.querySelectorAll('[data-testid=log-row][data-kind=call]')].map((row) => row.dataset.reqid)";
    let ids = console.js(script, &[]).await;
    assert_eq!(
        ids.as_array().map(Vec::len),
        Some(2),
        "an answer is no row of its own"
    );
    assert_ne!(ids[0], ids[1]);
    console.demo.call("sidebarAuth").await;
    console.open_chat(crate::people::zhou::CHAT).await;
    console
        .sees("[data-testid=log-row][data-kind=push][data-api=updateBaseInfo][data-outcome=sent]")
        .await;
}

async fn a_failed_call_says_why(stage: &Stage) {
    let console = stage.console().await;
    assert!(!console.demo.call("getCurExternalChat").await.ok);
    console.click("tab-messages").await;
    let row = "[data-testid=log-row][data-api=getCurExternalChat]";
    console.reads(row, "this conversation is not a group").await;
    console.click(row).await;
    console
        .reads("log-why", "this conversation is not a group")
        .await;
    let posted = console
        .messages(json!({ "kind": "answer", "api": "getCurExternalChat" }))
        .await;
    assert_eq!(
        posted[0]["payload"]["data"],
        json!({ "err_msg": "getCurExternalChat:fail" }),
        "the page is not told more than a real console tells it"
    );
}

async fn loads_and_switches_are_marked(stage: &Stage) {
    let console = stage.console().await;
    console.click("tab-messages").await;
    console
        .reads("[data-testid=log-row][data-mark=load]", "/demo/")
        .await;
    console.open_chat(crate::people::zhou::CHAT).await;
    console
        .reads("[data-testid=log-row][data-mark=switch]", "周子墨")
        .await;
    console.click("sidebar-reload").await;
    console
        .until(
            "return document.querySelectorAll('[data-testid=log-row][data-mark=load]').length === 2",
            &[],
        )
        .await;
}

async fn requests_to_the_hub_are_rows_with_a_hint(stage: &Stage) {
    let console = stage.console().await;
    console.click("tab-messages").await;
    let ask = "return fetch(arguments[0]).then((response) => response.status)";
    let wrong = console
        .js(ask, &["/v1/oauth/getUserInfo?code=abcdefghijklmnop".into()])
        .await;
    assert_eq!(wrong, 404);
    let row = "[data-testid=log-row][data-kind=hub][data-api=\"/v1/oauth/getUserInfo\"]";
    console
        .reads(row, "did you mean /api/v1/oauth/getUserInfo?")
        .await;
    console.demo.click("login-sidebarAuth").await;
    let redeemed = "[data-testid=log-row][data-kind=hub][data-api=\"/api/v1/oauth/getUserInfo\"][data-outcome=ok]";
    console.reads(redeemed, " old").await;
    console.demo.click("login-again").await;
    let again = "[data-testid=log-row][data-kind=hub][data-api=\"/api/v1/oauth/getUserInfo\"][data-outcome=fail]";
    console.reads(again, "each works once").await;
    console.click(again).await;
    console.reads("log-detail", "already redeemed").await;
    console.choose("log-kind", "hub").await;
    console.reads("log-count", "3 of ").await;
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
    // The page's load and the three calls.
    console.reads("log-count", "4 of 4").await;
    console.choose("log-kind", "call").await;
    console.reads("log-count", "3 of 4").await;
    console.choose("log-api", "getCurChatInfo").await;
    console.reads("log-count", "1 of 4").await;
    console.choose("log-outcome", "fail").await;
    console.reads("log-count", "0 of 4").await;
    console.sees("log-empty").await;
    console.click("[data-testid=log-empty] button").await;
    console.reads("log-count", "4 of 4").await;
    console.fill("log-search", "externalch").await;
    console.reads("log-count", "1 of 4").await;
    console.press("log-search", Key::Escape).await;
    console.reads("log-count", "4 of 4").await;
    // The answers' content: `externalUserId` of one, `wxUserId` of the other.
    console.fill("log-search", lin::EXTERNAL_USER_ID).await;
    console.reads("log-count", "2 of 4").await;
    for api in ["getCurExternalContact", "getCurChatInfo"] {
        console
            .sees(&format!("[data-testid=log-row][data-api={api}]"))
            .await;
    }
}

async fn a_message_is_shown_in_full(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    console.click("tab-messages").await;
    console.click("[data-testid=log-row][data-kind=call]").await;
    console.reads("log-detail", "sidebarHelper").await;
    console.reads("log-detail", lin::EXTERNAL_USER_ID).await;
    console.press("log-detail", Key::Escape).await;
    console
        .until(
            "return document.querySelector('[data-testid=log-detail]').hidden",
            &[],
        )
        .await;
}

/// Whether the list shows its last row.
const AT_ITS_END: &str = "
    const list = document.querySelector('[data-testid=log-list]');
    const last = [...list.querySelectorAll('[data-testid=log-row]')].at(-1);
    return last?.getAttribute('aria-posinset') === last?.getAttribute('aria-setsize')
      && last.getBoundingClientRect().bottom <= list.getBoundingClientRect().bottom + 1
      && list.scrollHeight > list.clientHeight";

async fn the_log_follows_while_messages_come(stage: &Stage) {
    let console = stage.console().await;
    console.click("tab-messages").await;
    // Further messages arrive before each scroll event of the list.
    let flood = "return (async () => {
        for (let i = 0; i < 60; i++) {
          for (let k = 0; k < 20; k++) void wx.invoke('getCurChatInfo', {}).catch(() => {});
          await wx.invoke('getCurChatInfo', {});
        }
        return 'done';
    })()";
    assert_eq!(console.demo.js(flood, &[]).await, "done");
    counts(&console, "1261 of 1261").await;
    console.until(AT_ITS_END, &[]).await;
    // A list that the user has scrolled back stays where it is.
    console
        .js(
            "document.querySelector('[data-testid=log-list]').scrollTop = 200",
            &[],
        )
        .await;
    let place = "return document.querySelector('[data-testid=log-list]').scrollTop";
    assert!(console.demo.call("getCurChatInfo").await.ok);
    counts(&console, "1262 of 1262").await;
    assert_eq!(console.js(place, &[]).await, 200);
}

async fn a_log_is_kept_over_a_reload(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    console.click("tab-messages").await;
    console.click("log-preserve").await;
    console
        .sees("[data-testid=log-preserve][aria-pressed=true]")
        .await;
    console
        .js("window.before = true; location.reload()", &[])
        .await;
    console
        .until(
            "return !window.before && document.readyState === 'complete'",
            &[],
        )
        .await;
    console
        .sees("[data-testid=log-row][data-api=getCurExternalContact][data-outcome=ok]")
        .await;
    console
        .sees("[data-testid=log-row][data-mark=console]")
        .await;
    console.click("log-preserve").await;
    console
        .js("window.before = true; location.reload()", &[])
        .await;
    console
        .until(
            "return !window.before && document.readyState === 'complete'",
            &[],
        )
        .await;
    console.sees("[data-testid=log-row][data-mark=load]").await;
    assert_eq!(
        console
            .count("[data-testid=log-row][data-api=getCurExternalContact]")
            .await,
        0
    );
}

/// Gives the file input a file, as the browser's dialog would.
const GIVE_FILE: &str = "
    const [name, text] = arguments;
    const input = document.querySelector('[data-testid=log-file]');
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name, { type: 'application/json' }));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'))";

async fn an_exported_log_is_opened_again(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    let exported = console.log().await.to_string();
    console.click("log-clear").await;
    console.sees("[data-testid=log-empty]:not([hidden])").await;
    console
        .js(GIVE_FILE, &["run.json".into(), exported.into()])
        .await;
    console.reads("log-live", "run.json").await;
    console
        .click("[data-testid=log-row][data-api=getCurExternalContact]")
        .await;
    console.reads("log-detail", lin::EXTERNAL_USER_ID).await;
    console.click("log-live").await;
    console.sees("[data-testid=log-empty]:not([hidden])").await;
    let broken =
        json!({ "format": "juzi-workbench-log", "version": 1, "messages": [{ "row": 1 }] });
    console
        .js(
            GIVE_FILE,
            &["broken.json".into(), broken.to_string().into()],
        )
        .await;
    console
        .toasted("broken.json cannot be opened: messages[0].seq: must be a number")
        .await;
}

async fn an_opened_log_and_the_live_one_stay_apart(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    let mut exported = console.log().await;
    exported["page"] = "https://page.example/of-the-file".into();
    exported["mode"] = "reload".into();
    let file = [json!("run.json"), exported.to_string().into()];
    console.js(GIVE_FILE, &file).await;
    console.reads("log-live", "run.json").await;
    let rows = "return [...document.querySelectorAll('[data-testid=log-row]')].map((row) => row.dataset.api).filter(Boolean)";
    assert_eq!(
        console.js(rows, &[]).await,
        json!(["getCurExternalContact"])
    );
    // Live rows come while the file is shown.
    console.demo.call("getCurChatInfo").await;
    console.demo.call("sidebarAuth").await;
    assert_eq!(
        console.js(rows, &[]).await,
        json!(["getCurExternalContact"])
    );
    // Exported again, the file is still about its own run.
    let again = console.log().await;
    assert_eq!(again["page"], exported["page"]);
    assert_eq!(again["mode"], "reload");
    assert_eq!(again["messages"].as_array().map(Vec::len), Some(2));
    // Clearing removes the file, and leaves the live log.
    console.click("log-clear").await;
    let live = ["getCurExternalContact", "getCurChatInfo", "sidebarAuth"];
    let shown = "return JSON.stringify([...document.querySelectorAll('[data-testid=log-row]')].map((row) => row.dataset.api).filter(Boolean))
        === JSON.stringify(arguments[0])";
    console.until(shown, &[json!(live)]).await;
}

async fn a_log_file_with_a_fault_changes_nothing_and_is_explained_in_both_languages(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("getCurExternalContact").await;
    let good = console.log().await;
    console.reads("log-count", "2 of 2").await;
    // The last message is wrong; those before it would be fine.
    let mut broken = good.clone();
    let messages = broken["messages"].as_array_mut().expect("a list");
    messages[0]["api"] = "anApiOfTheFile".into();
    let last = messages.len() - 1;
    messages[last]["outcome"] = "ok\nglobalThis.executed = true".into();
    let place = format!("messages[{last}].outcome");
    let file = [json!("stranger.json"), broken.to_string().into()];
    console.js(GIVE_FILE, &file).await;
    console
        .toasted(&format!(
            "stranger.json cannot be opened: {place}: must be one of pending, ok, "
        ))
        .await;
    console.click("language-toggle").await;
    console.js(GIVE_FILE, &file).await;
    console
        .toasted(&format!(
            "无法打开 stranger.json：{place}: 必须是以下之一：pending, ok, "
        ))
        .await;
    console.click("language-toggle").await;
    console.reads("log-count", "2 of 2").await;
    let unchanged = "return document.querySelector('[data-testid=log-live]').hidden
        && !document.querySelector('[data-testid=log-api]').textContent.includes('anApiOfTheFile')
        && globalThis.executed === undefined";
    assert_eq!(console.js(unchanged, &[]).await, true);
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
    console.reads("log-count", "1 of 3").await;
    assert_eq!(
        console.log().await["messages"].as_array().map(Vec::len),
        Some(2)
    );
}

async fn login_codes_stay_out_of_the_export_and_of_copied_tests_unless_they_are_asked_for(
    stage: &Stage,
) {
    let console = stage.console().await;
    console.js(crate::acting::NOTE_COPIES, &[]).await;
    let auth = console.demo.call("sidebarAuth").await;
    let code = auth.json["data"]["baseInfo"]["code"]
        .as_str()
        .or(auth.json["baseInfo"]["code"].as_str())
        .unwrap_or_else(|| panic!("a code in {}", auth.json))
        .to_owned();
    // The page sends its code in a message.
    let send = "return wx.invoke('sendChatMessage', { msgtype: 'text', text: { content: `my code: ${arguments[0]}` } }).then(() => 1)";
    console.demo.js(send, &[code.clone().into()]).await;
    console.open_chat(crate::people::zhou::CHAT).await;
    console.click("tab-messages").await;
    console
        .sees("[data-testid=log-row][data-kind=push][data-api=updateBaseInfo]")
        .await;
    let start = format!("{}…", &code[..6]);
    let masked = console.log().await.to_string();
    assert!(!masked.contains(&code), "{masked}");
    assert!(masked.contains(&format!("my code: {start}")), "{masked}");
    console.click("log-copy-test").await;
    console.press("log-copy-playwright", Key::Enter).await;
    let copied = console.until("return window.copied[0]", &[]).await;
    let copied = copied.as_str().unwrap_or_default();
    assert!(
        !copied.contains(&code) && copied.contains("expect.any(String)"),
        "{copied}"
    );
    // The option has a name in both languages; with it, the export is whole.
    for name in ["Hide login codes in the export", "导出时隐藏 code"] {
        console
            .sees(&format!(
                "[data-testid=log-mask][aria-pressed=true][aria-label='{name}']"
            ))
            .await;
        console.click("language-toggle").await;
    }
    console.click("log-mask").await;
    console
        .sees("[data-testid=log-mask][aria-pressed=false]")
        .await;
    assert!(console.log().await.to_string().contains(&code));
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
    console.reads("log-count", "1 new").await;
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
    console.reads("log-count", "3 of 3").await;
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
    // In parts, because the wait for all of them would depend on the machine's speed.
    let script = "window.left = 500;
        for (let made = 0; made < 500; made++) wx.invoke('getCurExternalContact', {}).then(() => window.left--)";
    for _ in 0..10 {
        console.demo.js(script, &[]).await;
        console.demo.until("return window.left === 0", &[]).await;
    }
    counts(&console, "5001 of 5001").await;
    assert!(
        console.count("log-row").await < 200,
        "only the rows in sight are drawn"
    );
    assert!(console.demo.call("getCurChatInfo").await.ok);
    console.choose("log-api", "getCurChatInfo").await;
    counts(&console, "1 of 5002").await;
}

/// Waits for a count, with any separator between thousands.
async fn counts(console: &Console, count: &str) {
    let script = "return document.querySelector('[data-testid=log-count]').textContent.replace(/(?<=\\d)[,.\\s](?=\\d{3})/g, '') === arguments[0]";
    console.until(script, &[count.into()]).await;
}

//! A user's actions in the console: faults of one call, answers by hand, messages from the customer, added conversations, copied code.

use juzi_e2e::{Case, Console, Engine, Key, Page, Setup, Stage, tests};
use serde_json::{Value, json};

use crate::people::{lin, zhou};

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        a_held_call_is_answered_by_hand,
        two_windows_do_not_fight_over_the_hub,
        a_conversation_is_added_and_edited,
        a_call_is_copied_as_code,
    ];
    cases.extend(tests![&Engine::ONE =>
        an_answer_is_edited_and_sent_again,
        a_push_is_sent_again,
        faults_of_one_api_leave_the_others_alone,
        presets_set_and_end_several_faults,
        what_the_panel_says_is_in_force_after_a_reload,
        the_customer_writes,
        ids_that_are_equal_in_juzi_are_one_field_and_differing_ones_are_warned_of,
        a_form_overwrites_no_edit_that_it_has_not_shown,
        messages_are_written_back,
        a_run_is_copied_as_a_test,
    ]);
    cases
}

/// Adds a fault of one API in the panel.
async fn fault_of(console: &Console, api: &str, how: &str, text: &str) {
    console.click("tab-faults").await;
    console.fill("fault-error-api", api).await;
    console.choose("fault-error-how", how).await;
    if !text.is_empty() {
        console.fill("fault-error-text", text).await;
    }
    console.click("fault-error-add").await;
    console
        .sees(&format!("[data-testid=fault-error][data-kind={how}]"))
        .await;
}

/// A page whose calls wait longer than any test, so the speed of the machine does not matter.
const PATIENT: &str = "<script src=/juzi-helper.js data-timeout=600000></script>
    <script>function ask() { window.ended = null; juziWx.getCurChatInfo((res) => { window.ended = res; }); }</script>";

async fn a_held_call_is_answered_by_hand(stage: &Stage) {
    let setup = Setup {
        page: Some(stage.serve(&Page::html(PATIENT))),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    fault_of(&console, "getCurChatInfo", "hold", "").await;
    console.click("tab-messages").await;
    let row = "[data-testid=log-row][data-api=getCurChatInfo][data-outcome=pending]";
    // Rows are drawn once a frame, so the row of the previous call may still say that it is pending.
    let drawn = "const calls = [...document.querySelectorAll('[data-testid=log-row][data-api=getCurChatInfo]')];
        return calls.length === arguments[0] && calls.filter(({ dataset }) => dataset.outcome === 'pending').length === 1";
    let ask = async |number: u64| {
        console
            .demo
            .until("return window.ask && (ask(), true)", &[])
            .await;
        console.until(drawn, &[number.into()]).await;
        console.click(row).await;
        console.sees("hold-form").await;
    };
    let ended = async || console.demo.until("return window.ended", &[]).await;
    ask(1).await;
    console.paste("hold-data", "{ not json").await;
    console.click("hold-answer").await;
    console.reads(".by-hand .field-problem", "not JSON").await;
    console.paste("hold-data", "{ \"id\": \"by hand\" }").await;
    console.click("hold-answer").await;
    let answer = ended().await;
    assert_eq!(answer["err_msg"], "getCurChatInfo:ok");
    assert_eq!(answer["id"], "by hand");
    ask(2).await;
    console.fill("hold-reason", "not today").await;
    console.click("hold-fail").await;
    assert_eq!(ended().await["err_msg"], "getCurChatInfo:fail not today");
    ask(3).await;
    console.click("hold-proceed").await;
    assert_eq!(ended().await["id"], lin::CHAT);
}

async fn an_answer_is_edited_and_sent_again(stage: &Stage) {
    let console = stage.console().await;
    let script = "window.heard = [];
        addEventListener('message', ({ data }) => { if (data?.reqId) heard.push(data); })";
    console.demo.js(script, &[]).await;
    assert!(console.demo.call("getCurExternalContact").await.ok);
    console.click("tab-messages").await;
    console
        .click("[data-testid=log-row][data-api=getCurExternalContact]")
        .await;
    console.click("again-post").await;
    console
        .demo
        .until("return window.heard.length === 2", &[])
        .await;
    // By key: WebKit's driver does not click a `<summary>`.
    console.press("again-edit", Key::Enter).await;
    console
        .paste("again-data", "{ \"externalUserId\": \"wmEdited\" }")
        .await;
    console.click("again-post-edited").await;
    let heard = console
        .demo
        .until("return window.heard.length === 3 && window.heard", &[])
        .await;
    assert_eq!(heard[0], heard[1], "the same answer once more");
    assert_eq!(heard[2]["reqId"], heard[0]["reqId"]);
    assert_eq!(heard[2]["data"], json!({ "externalUserId": "wmEdited" }));
    console
        .sees("[data-testid=log-row][data-kind=answer][data-outcome=sent]")
        .await;
}

async fn a_push_is_sent_again(stage: &Stage) {
    let console = stage.console().await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    console.demo.click("updateBaseInfo-on").await;
    console.open_chat(zhou::CHAT).await;
    console.click("tab-messages").await;
    console.click("[data-testid=log-row][data-kind=push]").await;
    console.click("again-post").await;
    console
        .demo
        .until(
            "return document.querySelectorAll('[data-testid=result][data-api=updateBaseInfo]').length === 2",
            &[],
        )
        .await;
}

async fn faults_of_one_api_leave_the_others_alone(stage: &Stage) {
    let console = stage.console().await;
    fault_of(&console, "getCurExternalContact", "late", "400").await;
    fault_of(&console, "getCurChatInfo", "fail", "broken").await;
    let slow = console.demo.begin("getCurExternalContact").await;
    let answer = console.demo.call("getCurChatInfo").await;
    assert_eq!(answer.err_msg, "getCurChatInfo:fail broken");
    assert!(console.demo.result(slow).await.ok);
    let log = console
        .messages(json!({ "kind": "request", "api": "getCurExternalContact" }))
        .await;
    assert!(log[0]["duration"].as_f64() >= Some(400.0), "{}", log[0]);
    console.click("tab-faults").await;
    console.click("fault-error-remove-getCurChatInfo").await;
    assert!(console.demo.call("getCurChatInfo").await.ok);
}

async fn presets_set_and_end_several_faults(stage: &Stage) {
    let console = stage.console().await;
    console.click("tab-faults").await;
    let value = "return document.querySelector(`[data-testid=fault-${arguments[0]}]`).value";
    console.choose("fault-preset", "slow").await;
    assert_eq!(console.js(value, &["latencyMs".into()]).await, "1500");
    console.choose("fault-preset", "flaky").await;
    assert_eq!(console.js(value, &["drop".into()]).await, "20");
    assert_eq!(console.js(value, &["seed".into()]).await, "1");
    // A change ends the preset.
    console.fill("fault-drop", "30").await;
    assert_eq!(console.js(value, &["preset".into()]).await, "");
    console.choose("fault-preset", "old").await;
    assert_eq!(console.js(value, &["drop".into()]).await, "0");
    console.demo.begin("previewImage").await;
    console.click("tab-messages").await;
    console
        .reads(
            "[data-testid=log-row][data-api=previewImage][data-outcome=silent]",
            "old console",
        )
        .await;
}

async fn what_the_panel_says_is_in_force_after_a_reload(stage: &Stage) {
    let console = stage.console().await;
    console.set_fault("latencyMs", 50).await;
    console.choose("fault-getUserInfo", "-5").await;
    let in_force = "return fetch('/_workbench/faults').then((answer) => answer.json()).then(({ getUserInfo }) => getUserInfo === arguments[0])";
    console.until(in_force, &[(-5).into()]).await;
    reload(&console).await;
    console.click("tab-faults").await;
    let value = "return document.querySelector(`[data-testid=fault-${arguments[0]}]`).value";
    assert_eq!(console.js(value, &["latencyMs".into()]).await, "50");
    assert_eq!(console.js(value, &["getUserInfo".into()]).await, "-5");
    console.click("fault-off").await;
    console.until(in_force, &[0.into()]).await;
    assert!(console.demo.call("getCurExternalContact").await.ok);
    reload(&console).await;
    console.click("tab-faults").await;
    assert_eq!(console.js(value, &["latencyMs".into()]).await, "0");
    assert_eq!(console.js(value, &["getUserInfo".into()]).await, "0");
}

async fn reload(console: &Console) {
    console
        .js("window.before = true; location.reload()", &[])
        .await;
    console
        .until(
            "return !window.before && document.querySelector('[data-testid=fault-off]') !== null",
            &[],
        )
        .await;
}

async fn two_windows_do_not_fight_over_the_hub(stage: &Stage) {
    let console = stage.console().await;
    console.open_chat(zhou::CHAT).await;
    // For the hub, a frame of the same page is a second window.
    let other = "const frame = document.createElement('iframe'); frame.id = 'other'; document.body.append(frame);
        frame.src = `/?lang=en&chat=${arguments[0]}`";
    console.js(other, &[lin::CHAT.into()]).await;
    console.reads("hub-notice", "another window").await;
    let hub = "return fetch('/_workbench/config').then((answer) => answer.json()).then(({ currentConversation }) => currentConversation === arguments[0])";
    console.until(hub, &[lin::CHAT.into()]).await;
    console.click("hub-take").await;
    console.until(hub, &[zhou::CHAT.into()]).await;
    console
        .until(
            "return document.querySelector('[data-testid=hub-notice]').hidden",
            &[],
        )
        .await;
    let told = "return document.getElementById('other').contentDocument.querySelector('[data-testid=hub-notice]').textContent.includes('another window')";
    console.until(told, &[]).await;
    // When the window that owns the hub is closed, the other window gets the hub.
    console.js("document.getElementById('other').contentDocument.querySelector('[data-testid=hub-take]').click()", &[]).await;
    console.until(hub, &[lin::CHAT.into()]).await;
    console
        .js("document.getElementById('other').remove()", &[])
        .await;
    console.until(hub, &[zhou::CHAT.into()]).await;
}

async fn the_customer_writes(stage: &Stage) {
    let console = stage.console().await;
    console.choose("composer-from", "them").await;
    console.fill("composer", "Is it ready?").await;
    console.press("composer", Key::Enter).await;
    let last = "const last = [...document.querySelectorAll('[data-testid=message]')].at(-1);
        return last.textContent.includes(arguments[0]) && { mine: last.classList.contains('mine') }";
    let seen = console.until(last, &["Is it ready?".into()]).await;
    assert_eq!(seen["mine"], false);
    console
        .reads(&format!("chat-{}", lin::CHAT), "Is it ready?")
        .await;
}

async fn a_conversation_is_added_and_edited(stage: &Stage) {
    let scenario: Value =
        serde_json::from_str(juzi_workbench::scenario::DEFAULT).expect("the scenario is JSON");
    let setup = Setup {
        scenario: Some(scenario),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    console.click("chat-add").await;
    console.fill("conversation-name", "A new customer").await;
    console.fill("conversation-externalUserId", "wmNew").await;
    console.fill("conversation-id", "chat-new").await;
    console.click("conversation-save").await;
    console.open_chat("chat-new").await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(answer.json["userId"], "wmNew");
    console.click("chat-edit").await;
    console.fill("conversation-name", "Renamed").await;
    console.press("conversation-name", Key::Enter).await;
    console.reads("thread-name", "Renamed").await;
    assert_eq!(
        console.demo.call("getCurChatInfo").await.json["name"],
        "Renamed"
    );
    let written = console.written_scenario();
    let newest = written["conversations"]
        .as_array()
        .and_then(|all| all.last())
        .cloned()
        .expect("conversations");
    assert_eq!(newest["id"], "chat-new");
    assert_eq!(newest["name"], "Renamed");
    // The form shows why the server refuses a change, with the name of the field.
    console.click("chat-edit").await;
    console.fill("conversation-wxid", "").await;
    console.click("conversation-save").await;
    console.reads("conversation-problem", "wxid").await;
    console.click("conversation-cancel").await;
}

async fn ids_that_are_equal_in_juzi_are_one_field_and_differing_ones_are_warned_of(stage: &Stage) {
    let mut scenario: Value =
        serde_json::from_str(juzi_workbench::scenario::DEFAULT).expect("the scenario is JSON");
    scenario["conversations"][0]["contact"]["wxUserId"] = json!("788");
    let setup = Setup {
        scenario: Some(scenario),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    let told = "field conversations[0].contact.wxUserId: differs from externalUserId";
    console.reads("banner", told).await;
    // The form shows both ids of such a conversation and keeps them, until the second is cleared.
    console.click("chat-edit").await;
    console.fill("conversation-name", "Renamed").await;
    console.click("conversation-save").await;
    console.reads("thread-name", "Renamed").await;
    console.reads("banner", told).await;
    let contact = |written: Value| written["conversations"][0]["contact"].clone();
    assert_eq!(contact(console.written_scenario())["wxUserId"], "788");
    assert_eq!(
        console.demo.call("getCurChatInfo").await.json["wxUserId"],
        "788"
    );
    console.click("chat-edit").await;
    console.fill("conversation-wxUserId", "").await;
    console.click("conversation-save").await;
    let hidden = "return document.querySelector('[data-testid=banner]').hidden";
    console.until(hidden, &[]).await;
    for call in ["getCurChatInfo", "getCurExternalContact"] {
        let answer = console.demo.call(call).await.json;
        let id = answer.get("wxUserId").or(answer.get("userId"));
        assert_eq!(id, Some(&json!(lin::EXTERNAL_USER_ID)), "{call}");
    }
    // If the ids are equal, there is one field.
    console.click("chat-edit").await;
    let shown =
        "return document.querySelector('[data-testid=conversation-wxUserId]').parentElement.hidden";
    assert_eq!(console.js(shown, &[]).await, json!(true));
    console.fill("conversation-externalUserId", "wmOther").await;
    console.click("conversation-save").await;
    console
        .until("return !document.querySelector('dialog[open]')", &[])
        .await;
    let contact = contact(console.written_scenario());
    assert_eq!(
        [&contact["externalUserId"], &contact["wxUserId"]],
        [&json!("wmOther"), &json!("wmOther")]
    );
}

/// The scenario with another company of Lin's, as an editor writes it while the form is open.
fn with_company(console: &Console, company: &str) -> String {
    let mut scenario = console.written_scenario();
    let chats = scenario["conversations"].as_array_mut();
    let chat = chats
        .expect("conversations")
        .iter_mut()
        .find(|it| it["id"] == lin::CHAT);
    chat.expect("Lin's")["contact"]["company"] = company.into();
    scenario.to_string()
}

fn written(console: &Console) -> Value {
    let scenario = console.written_scenario();
    let chats = scenario["conversations"].as_array();
    let chat = chats
        .expect("conversations")
        .iter()
        .find(|it| it["id"] == lin::CHAT);
    json!([
        chat.expect("Lin's")["name"],
        chat.expect("Lin's")["contact"]["company"]
    ])
}

async fn a_form_overwrites_no_edit_that_it_has_not_shown(stage: &Stage) {
    let scenario: Value =
        serde_json::from_str(juzi_workbench::scenario::DEFAULT).expect("the scenario is JSON");
    let setup = Setup {
        scenario: Some(scenario),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    console.open_chat(lin::CHAT).await;
    let before = written(&console)[0].clone();

    // The form is saved at once, whether or not the console has noticed the change. Nothing is overwritten.
    console.click("chat-edit").await;
    console.fill("conversation-company", "Mine").await;
    console.rewrite_scenario(&with_company(&console, "Theirs"));
    console.click("conversation-save").await;
    console
        .sees("[data-testid=conversation-changed]:not([hidden])")
        .await;
    for text in ["In the file", "In the form", "Company", "Theirs", "Mine"] {
        console.reads("conversation-versions", text).await;
    }
    assert_eq!(written(&console), json!([before, "Theirs"]));
    let typed = "return document.querySelector('[data-testid=conversation-company]').value";
    assert_eq!(console.until(typed, &[]).await, "Mine");

    // The user takes the file's version: the form shows it.
    console.click("conversation-take").await;
    assert_eq!(console.until(typed, &[]).await, "Theirs");

    // What the file alone has changed is taken, and what the user has typed stays.
    console.fill("conversation-name", "Mine").await;
    console.rewrite_scenario(&with_company(&console, "Theirs again"));
    console
        .sees("[data-testid=conversation-changed]:not([hidden])")
        .await;
    assert_eq!(console.until(typed, &[]).await, "Theirs again");

    // The user keeps their own version: a change that the form has reported may be overwritten.
    console.fill("conversation-company", "Mine").await;
    console.rewrite_scenario(&with_company(&console, "Theirs at last"));
    console.sees("[data-testid=conversation-versions]").await;
    console.click("conversation-keep").await;
    console.reads("thread-name", "Mine").await;
    assert_eq!(written(&console), json!(["Mine", "Mine"]));
}

async fn messages_are_written_back(stage: &Stage) {
    let scenario: Value =
        serde_json::from_str(juzi_workbench::scenario::DEFAULT).expect("the scenario is JSON");
    let setup = Setup {
        scenario: Some(scenario),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    console.choose("composer-from", "them").await;
    console.fill("composer", "Is it ready?").await;
    console.press("composer", Key::Enter).await;
    assert!(console.demo.call("sendChatMessage").await.ok);
    console.click("scenario-save").await;
    console.toasted("Written to").await;
    let written = console.written_scenario();
    let messages = written["conversations"][0]["messages"]
        .as_array()
        .cloned()
        .expect("messages");
    let [.., asked, sent] = &messages[..] else {
        panic!("two more messages");
    };
    assert_eq!(asked["from"], "them");
    assert_eq!(asked["text"]["content"], "Is it ready?");
    assert_eq!(sent["from"], "me");
    // They are shown once, although the file contains them too by now.
    console.sees("[data-testid=scenario-save]:disabled").await;
    let count = "return [...document.querySelectorAll('[data-testid=message]')].filter((one) => one.textContent.includes('Is it ready?')).length";
    console.toasted("Scenario updated").await;
    assert_eq!(console.js(count, &[]).await, 1);
}

/// Records copied texts.
pub const NOTE_COPIES: &str = "window.copied = [];
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { copied.push(text); } } })";

async fn a_call_is_copied_as_code(stage: &Stage) {
    let console = stage.console().await;
    console.js(NOTE_COPIES, &[]).await;
    assert!(console.demo.call("sendChatMessage").await.ok);
    console.click("tab-messages").await;
    console
        .click("[data-testid=log-row][data-api=sendChatMessage]")
        .await;
    console.click("log-detail-copy-call").await;
    let code = console.until("return window.copied[0]", &[]).await;
    let code = code.as_str().unwrap_or_default();
    assert!(
        code.starts_with("juziWx.sendChatMessage({") && code.ends_with("});\n"),
        "{code}"
    );
    // The page runs it.
    let sent = console
        .demo
        .js(&format!("return {}", code.trim_end()), &[])
        .await;
    assert_eq!(sent["err_msg"], "sendChatMessage:ok");
}

async fn a_run_is_copied_as_a_test(stage: &Stage) {
    let console = stage.console().await;
    console.js(NOTE_COPIES, &[]).await;
    assert!(console.demo.call("getCurExternalContact").await.ok);
    console.open_chat(zhou::CHAT).await;
    console.click("tab-messages").await;
    let switched = format!("host.switchTo('{}')", zhou::CHAT);
    for (item, import, switch) in [
        ("log-copy-playwright", "@playwright/test", switched.clone()),
        ("log-copy-vitest", "vitest", switched),
        (
            "log-copy-check",
            "juzi-workbench check",
            format!("switch = \"{}\"", zhou::CHAT),
        ),
    ] {
        console.click("log-copy-test").await;
        console.press(item, Key::Enter).await;
        let code = console
            .until(
                "return window.copied.find((text) => text.includes(arguments[0]))",
                &[import.into()],
            )
            .await;
        let code = code.as_str().unwrap_or_default();
        assert!(code.contains("getCurExternalContact"), "{code}");
        assert!(code.contains(&switch), "{code}");
    }
}

//! The console's simulated faults, and their effects on a page.

use juzi_e2e::{Case, Console, Page, Setup, Stage, eventually, tests};
use serde_json::{Value, json};

use crate::people::{lin, zhou};

pub fn cases() -> Vec<Case> {
    tests![
        a_slow_console_is_waited_for,
        an_answer_that_is_dropped_is_a_timeout,
        an_answer_that_comes_twice_is_heard_once,
        answers_out_of_order_reach_their_own_calls,
        stale_answers_last_for_a_while,
        one_call_can_be_made_to_fail,
        an_old_console_does_not_answer_what_it_does_not_know,
        garbage_while_a_call_waits_is_no_answer,
        garbage_at_the_push_of_a_button_changes_nothing,
        garbage_before_an_answer_changes_nothing,
        a_console_that_restarts_forgets_calls_and_who_has_signed_in,
        a_console_that_reloads_loads_the_page_anew,
        faults_come_from_the_scenario_too,
        all_faults_end_with_one_click,
    ]
}

/// A workbench whose sidebar page has a timeout of 300 ms. The page's `call(api, params)` resolves with the answer.
async fn impatient(stage: &Stage) -> Console {
    let setup = Setup {
        page: Some(stage.serve(&Page::file("impatient.html"))),
        ..Setup::default()
    };
    stage.console_with(setup).await
}

async fn call(console: &Console, api: &str, params: Value) -> Value {
    console
        .demo
        .until("return typeof call === 'function'", &[])
        .await;
    console
        .demo
        .js("return call(...arguments)", &[api.into(), params])
        .await
}

/// A call that the console answers. It is repeated if a busy machine took more than the 300 ms.
async fn answered(console: &Console, api: &str, params: Value) -> Value {
    eventually(api, async || {
        let answer = call(console, api, params.clone()).await;
        match answer["err_msg"].as_str() {
            Some(text) if text.ends_with(" timeout") => Err(text.to_owned()),
            _ => Ok(answer),
        }
    })
    .await
}

async fn a_slow_console_is_waited_for(stage: &Stage) {
    let console = stage.console().await;
    console.set_fault("latencyMs", 350).await;
    console.set_fault("jitterMs", 50).await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(answer.json["userId"], lin::EXTERNAL_USER_ID);
    let answers = console.messages(json!({ "kind": "answer" })).await;
    let took = answers[0]["duration"].as_f64().unwrap_or_default();
    // Clocks are rounded, so a timer may seem to fire a fraction of a millisecond early.
    assert!(took >= 349.0, "{answers:?}");
}

async fn an_answer_that_is_dropped_is_a_timeout(stage: &Stage) {
    let console = impatient(stage).await;
    console.set_fault("drop", 100).await;
    let answer = call(&console, "getCurExternalContact", json!({})).await;
    assert_eq!(answer["err_msg"], "getCurExternalContact:fail timeout");
    let message = json!({ "msgtype": "text", "text": { "content": "hello" } });
    let answer = call(&console, "sendChatMessage", message).await;
    assert_eq!(answer["err_msg"], "sendChatMessage:fail timeout");
    assert_eq!(
        console
            .messages(json!({ "outcome": "dropped", "kind": "answer" }))
            .await
            .len(),
        2
    );
    console.set_fault("drop", 0).await;
    let answer = answered(&console, "getCurExternalContact", json!({})).await;
    assert_eq!(answer["userId"], lin::EXTERNAL_USER_ID, "later calls work");
}

async fn an_answer_that_comes_twice_is_heard_once(stage: &Stage) {
    let console = stage.console().await;
    console.set_fault("duplicate", 100).await;
    for style in crate::calls::STYLES {
        console.demo.click(&format!("style-{style}")).await;
        let first = console.demo.begin("getCurExternalContact").await;
        console.demo.result(first).await;
        // When this answer arrives, both answers to the first call have been delivered.
        console.demo.call("getCurChatInfo").await;
        assert_eq!(console.demo.result(first).await.answers, 1, "{style}");
    }
    assert_eq!(
        console
            .messages(json!({ "outcome": "duplicate" }))
            .await
            .len(),
        6
    );
}

async fn answers_out_of_order_reach_their_own_calls(stage: &Stage) {
    let console = stage.console().await;
    console.toggle_fault("reorder").await;
    console
        .demo
        .js("for (const id of ['getCurExternalContact', 'getCurChatInfo']) document.getElementById(id).click()", &[])
        .await;
    assert_eq!(
        console.demo.result(1).await.json["userId"],
        lin::EXTERNAL_USER_ID
    );
    assert_eq!(console.demo.result(2).await.json["Id"], lin::CHAT);
    let order = |entries: Vec<Value>| -> Vec<Value> {
        entries
            .into_iter()
            .map(|entry| entry["api"].clone())
            .collect()
    };
    let asked = order(console.messages(json!({ "kind": "request" })).await);
    let answered = order(console.messages(json!({ "kind": "answer" })).await);
    assert_eq!(asked, ["getCurExternalContact", "getCurChatInfo"]);
    assert_eq!(answered, ["getCurChatInfo", "getCurExternalContact"]);
}

/// The time is longer than any test, so the fault ends only when the test ends it.
async fn stale_answers_last_for_a_while(stage: &Stage) {
    let console = stage.console().await;
    console.demo.call("sidebarAuth").await;
    console.set_fault("staleMs", 60_000).await;
    console.open_chat(zhou::CHAT).await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(answer.json["userId"], lin::EXTERNAL_USER_ID);
    let answer = console.demo.call("getCurChatInfo").await;
    assert_eq!(answer.json["id"], lin::CHAT);
    let answer = console.demo.call("sidebarAuth").await;
    assert_eq!(answer.json["data"]["baseInfo"]["juziChatId"], lin::CHAT);
    let pushes = console.messages(json!({ "kind": "push" })).await;
    assert_eq!(
        pushes[0]["payload"]["data"]["baseInfo"]["juziChatId"],
        zhou::CHAT
    );
    console.set_fault("staleMs", 0).await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(answer.json["userId"], zhou::EXTERNAL_USER_ID);
}

async fn one_call_can_be_made_to_fail(stage: &Stage) {
    let console = stage.console().await;
    console.click("tab-faults").await;
    console.fill("fault-error-api", "sendChatMessage").await;
    console.fill("fault-error-text", "no permission").await;
    console.click("fault-error-add").await;
    console.sees("fault-error").await;
    for style in crate::calls::STYLES {
        console.demo.click(&format!("style-{style}")).await;
        let answer = console.demo.call("sendChatMessage").await;
        assert!(!answer.ok);
        assert_eq!(answer.err_msg, "sendChatMessage:fail no permission");
    }
    assert!(console.demo.call("getCurExternalContact").await.ok);
    console.click("tab-faults").await;
    console.click("fault-error-remove-sendChatMessage").await;
    assert!(console.demo.call("sendChatMessage").await.ok);
}

async fn an_old_console_does_not_answer_what_it_does_not_know(stage: &Stage) {
    let console = impatient(stage).await;
    console.toggle_fault("oldConsole").await;
    let chat = json!({ "userIds": "GuYan", "externalUserIds": zhou::EXTERNAL_USER_ID });
    let answer = call(&console, "openEnterpriseChat", chat).await;
    assert_eq!(answer["err_msg"], "openEnterpriseChat:fail timeout");
    let answer = call(
        &console,
        "previewImage",
        json!({ "urls": ["https://example.com/a.png"] }),
    )
    .await;
    assert_eq!(answer["err_msg"], "previewImage:fail timeout");
    assert_eq!(
        console.messages(json!({ "outcome": "silent" })).await.len(),
        2
    );
    let answer = answered(&console, "getCurExternalContact", json!({})).await;
    assert_eq!(answer["userId"], lin::EXTERNAL_USER_ID);
    assert_eq!(console.text("thread-id").await, lin::CHAT);
}

async fn garbage_while_a_call_waits_is_no_answer(stage: &Stage) {
    let source = "<script src=/pages/note-errors.js></script><script src=/juzi-helper.js></script>
        <script>
          window.heard = [];
          juziWx.invoke('getCurExternalContact', {}, (res) => heard.push(res.userId));
        </script>";
    let framed = stage.frame(Page::html(source)).await;
    framed.page.until("return heard.length", &[]).await;
    framed
        .host
        .js("host.hold('getCurExternalContact')", &[])
        .await;
    let ask = "juziWx.invoke('getCurExternalContact', {}, (res) => heard.push(res.userId))";
    framed.page.js(ask, &[]).await;
    framed
        .host
        .until("return host.calls.length === 2", &[])
        .await;
    framed.host.js("host.garbage()", &[]).await;
    // This call is answered after the garbage, so the garbage has arrived.
    framed.page.js("return juziWx.getCurChatInfo()", &[]).await;
    assert_eq!(
        framed.page.js("return heard", &[]).await,
        json!(["wmContact"])
    );
    let answer = "host.callsTo('getCurExternalContact')[1].answer({ externalUserId: 'wmLate' })";
    framed.host.js(answer, &[]).await;
    framed.page.until("return heard.length === 2", &[]).await;
    let seen = framed.page.js("return [heard, complaints]", &[]).await;
    assert_eq!(seen, json!([["wmContact", "wmLate"], []]));
}

async fn garbage_at_the_push_of_a_button_changes_nothing(stage: &Stage) {
    let console = impatient(stage).await;
    let before = answered(&console, "getCurExternalContact", json!({})).await;
    console.click("tab-faults").await;
    console.click("fault-send-garbage").await;
    let after = answered(&console, "getCurExternalContact", json!({})).await;
    assert_eq!(after, before);
    assert_eq!(console.demo.js("return complaints", &[]).await, json!([]));
    assert!(console.messages(json!({ "kind": "garbage" })).await.len() >= 12);
    assert_eq!(stage.console_errors().await, Vec::<String>::new());
}

async fn garbage_before_an_answer_changes_nothing(stage: &Stage) {
    let console = stage.console().await;
    console.set_fault("garbage", 100).await;
    for round in 1..=4 {
        let answer = console.demo.call("getCurExternalContact").await;
        assert_eq!(
            answer.json["userId"],
            lin::EXTERNAL_USER_ID,
            "round {round}"
        );
        assert_eq!(answer.answers, 1);
    }
    assert_eq!(
        console.messages(json!({ "kind": "garbage" })).await.len(),
        4
    );
}

async fn a_console_that_restarts_forgets_calls_and_who_has_signed_in(stage: &Stage) {
    let console = stage.console().await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    console.set_fault("latencyMs", 60_000).await;
    console.demo.begin("getCurChatInfo").await;
    // The message may still be on its way. The log shows it when the console has received it.
    console.click("tab-messages").await;
    console
        .sees("[data-testid=log-row][data-api=getCurChatInfo]")
        .await;
    console.click("tab-faults").await;
    console.click("fault-restart").await;
    let forgotten = console.messages(json!({ "outcome": "forgotten" })).await;
    assert_eq!(forgotten.len(), 1);
    assert_eq!(forgotten[0]["api"], "getCurChatInfo");
    console.set_fault("latencyMs", 0).await;
    console.open_chat(zhou::CHAT).await;
    console.toasted("the page has not called sidebarAuth").await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(answer.json["userId"], zhou::EXTERNAL_USER_ID);
}

async fn a_console_that_reloads_loads_the_page_anew(stage: &Stage) {
    let console = stage.console().await;
    console.open_chat(zhou::CHAT).await;
    assert!(console.demo.call("sidebarAuth").await.ok);
    console.click("tab-faults").await;
    console.js("window.before = true", &[]).await;
    console.click("fault-reload").await;
    console
        .until(
            "return !window.before && document.readyState === 'complete'",
            &[],
        )
        .await;
    console.reads("thread-id", zhou::CHAT).await;
    eventually("the page is a new one", async || {
        match console.demo.newest().await {
            0 => Ok(()),
            number => Err(format!("it has {number} results")),
        }
    })
    .await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(answer.json["userId"], zhou::EXTERNAL_USER_ID);
}

async fn faults_come_from_the_scenario_too(stage: &Stage) {
    let mut scenario: Value =
        serde_json::from_str(juzi_workbench::scenario::DEFAULT).expect("the scenario is JSON");
    scenario["faults"] = json!({ "errors": { "getCurExternalContact": "the contact left" } });
    scenario["registration"] = json!({ "msgType": "reload" });
    let setup = Setup {
        scenario: Some(scenario),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    let answer = console.demo.call("getCurExternalContact").await;
    assert_eq!(
        answer.err_msg,
        "getCurExternalContact:fail the contact left"
    );
    let mode = console.attribute("mode-reload", "aria-checked").await;
    assert_eq!(mode.as_deref(), Some("true"));
}

async fn all_faults_end_with_one_click(stage: &Stage) {
    let console = impatient(stage).await;
    console.set_fault("drop", 100).await;
    console.toggle_fault("oldConsole").await;
    console.click("fault-off").await;
    console
        .until(
            "return document.querySelector('[data-testid=fault-drop]').value === '0'",
            &[],
        )
        .await;
    let answer = answered(
        &console,
        "previewImage",
        json!({ "urls": ["https://example.com/a.png"] }),
    )
    .await;
    assert_eq!(answer["err_msg"], "previewImage:ok");
}

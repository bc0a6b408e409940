//! The demo page's login: the redirect through the hub, the code from sidebarAuth, and errors with codes.

use juzi_e2e::{Case, Console, Stage, tests};

use crate::people::{account, mia};

pub fn cases() -> Vec<Case> {
    tests![
        the_redirect_logs_in_and_leaves_no_code_in_the_address,
        the_code_of_sidebar_auth_logs_in,
        another_accounts_chat_logs_that_account_in,
        a_code_works_once,
        a_callback_with_another_state_is_refused,
        the_hubs_errors_are_told,
    ]
}

async fn reads_user(console: &Console, field: &str, value: &str) {
    console.demo.reads(&format!("user-{field}"), value).await;
}

async fn the_redirect_logs_in_and_leaves_no_code_in_the_address(stage: &Stage) {
    let console = stage.console().await;
    console.demo.click("login-oauth").await;
    reads_user(&console, "userId", account::USER_ID).await;
    reads_user(&console, "corpId", account::CORP_ID).await;
    reads_user(&console, "botId", account::BOT).await;
    reads_user(&console, "email", account::EMAIL).await;
    let open = console
        .demo
        .count("#login-steps li:not([data-state=done])")
        .await;
    assert_eq!(open, 0);
    let address = console.demo.js("return location.search", &[]).await;
    for name in ["code=", "state=", "juziBotId="] {
        assert!(
            !address.as_str().unwrap_or_default().contains(name),
            "{address}"
        );
    }
    // It is still in the sidebar, and its calls work.
    assert!(console.demo.call("getCurExternalContact").await.ok);
    console.click("tab-codes").await;
    console.reads("code-row", "authorize").await;
}

async fn the_code_of_sidebar_auth_logs_in(stage: &Stage) {
    let console = stage.console().await;
    console.demo.click("login-sidebarAuth").await;
    reads_user(&console, "userId", account::USER_ID).await;
    console.click("tab-codes").await;
    console.reads("code-row", "sidebarAuth").await;
}

async fn another_accounts_chat_logs_that_account_in(stage: &Stage) {
    let console = stage.console().await;
    console.open_chat(mia::CHAT).await;
    // The console reports the switch to the hub. The first login may come before that.
    juzi_e2e::eventually("the login is the other account's", async || {
        console.demo.click("login-oauth").await;
        console.demo.sees("user-userId").await;
        match console.demo.text("user-botId").await {
            bot if bot == mia::BOT => Ok(()),
            bot => Err(bot),
        }
    })
    .await;
}

async fn a_code_works_once(stage: &Stage) {
    let console = stage.console().await;
    console.demo.click("login-sidebarAuth").await;
    reads_user(&console, "userId", account::USER_ID).await;
    console.demo.click("login-again").await;
    console.demo.sees("#login-error:not([hidden])").await;
    console.demo.reads("login-error", "-1").await;
    assert_eq!(console.demo.count("#login-user:not([hidden])").await, 0);
    console.click("tab-codes").await;
    console.sees("code-attempt").await;
}

async fn a_callback_with_another_state_is_refused(stage: &Stage) {
    let console = stage.console().await;
    let script = "const forged = new URL(location.href);
        forged.searchParams.set('code', 'stolen');
        forged.searchParams.set('state', 'guessed');
        sessionStorage.setItem('juzi.demo.oauth', JSON.stringify({ state: 'expected', base: location.origin }));
        location.assign(forged)";
    console.demo.js(script, &[]).await;
    console.demo.sees("#login-error:not([hidden])").await;
    console
        .demo
        .sees("#login-steps li[data-state=failed]")
        .await;
    assert_eq!(console.demo.count("#login-user:not([hidden])").await, 0);
    console.click("tab-codes").await;
    assert_eq!(
        console.count("code-attempt").await,
        0,
        "the code was not sent to anybody"
    );
}

async fn the_hubs_errors_are_told(stage: &Stage) {
    let console = stage.console().await;
    for errcode in ["-2", "-4", "-5", "-1"] {
        console.click("tab-faults").await;
        let answered = console.demo.count("#login-error:not([hidden])").await;
        console.choose("fault-getUserInfo", errcode).await;
        // The console sends the fault to the hub in a separate request. Until then a login may succeed.
        juzi_e2e::eventually("the login fails", async || {
            console.demo.click("login-sidebarAuth").await;
            console
                .demo
                .sees("#login-error:not([hidden]), #login-user:not([hidden])")
                .await;
            let shown = console
                .demo
                .js(
                    "return document.getElementById('login-error').textContent",
                    &[],
                )
                .await;
            match shown.as_str() {
                Some(text) if text.contains(errcode) => Ok(()),
                other => Err(format!("{errcode} after {answered}: {other:?}")),
            }
        })
        .await;
    }
    console.choose("fault-getUserInfo", "0").await;
    juzi_e2e::eventually("the login succeeds", async || {
        console.demo.click("login-sidebarAuth").await;
        console
            .demo
            .sees("#login-error:not([hidden]), #login-user:not([hidden])")
            .await;
        match console.demo.count("#login-user:not([hidden])").await {
            1 => Ok(()),
            _ => Err("there is no user"),
        }
    })
    .await;
}

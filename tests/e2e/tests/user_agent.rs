//! The option `userAgent`: pages and SDKs that look for WeCom find it, other scripts may replace it, and the helper itself ignores it.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        a_page_that_asks_for_wecom_finds_it_in_the_sidebar,
        other_scripts_see_the_property_and_may_replace_it,
        outside_the_sidebar_and_in_wecom_nothing_is_changed,
        another_copy_ignores_the_changed_user_agent,
        another_value_is_named_and_changes_nothing,
        a_page_s_own_variable_gives_it_too,
        every_sdk_runs_with_it,
    ]
}

const NOTES: &str = "<script src=/pages/note-errors.js></script>";
const TAG: &str = "<script src=/juzi-helper.js data-user-agent=wxwork></script>";

async fn framed(stage: &Stage, source: &str) -> Framed {
    stage.frame(Page::html(&[NOTES, source].concat())).await
}

/// A typical page: it starts nothing unless the user agent has both products, and it reads the version.
const PAGE: &str = "<script>
    const agent = navigator.userAgent.toLowerCase();
    window.found = agent.match(/micromessenger/i) == 'micromessenger' && agent.match(/wxwork/i) == 'wxwork'
      ? parseFloat(/wxwork\\/([\\d.]+)/.exec(agent)[1]) : 'please open this page in WeCom';
  </script>";

async fn a_page_that_asks_for_wecom_finds_it_in_the_sidebar(stage: &Stage) {
    for (tag, runs) in [
        (TAG, true),
        ("<script src=/juzi-helper.js></script>", false),
    ] {
        // An inline script right after the tag already finds it.
        let framed = framed(stage, &[tag, PAGE].concat()).await;
        assert_eq!(framed.contact().await["userId"], "wmContact");
        let found = framed.page.js("return found", &[]).await;
        assert_eq!(found.is_number(), runs, "{tag}: {found}");
        let env = framed.page.js("return juziWx.env", &[]).await;
        assert_eq!(env["reason"], "ok", "{tag}");
        // The console's frame is another one.
        let host = framed.host.js("return navigator.userAgent", &[]).await;
        assert!(!host.to_string().contains("wxwork"), "{host}");
        assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
    }
}

async fn other_scripts_see_the_property_and_may_replace_it(stage: &Stage) {
    let framed = framed(stage, TAG).await;
    let script = "
        const { value, ...flags } = Object.getOwnPropertyDescriptor(navigator, 'userAgent');
        const original = Object.getOwnPropertyDescriptor(Navigator.prototype, 'userAgent').get.call(navigator);
        const seen = [flags, value.startsWith(original + ' wxwork/')];
        navigator.userAgent = 'assigned';
        seen.push(navigator.userAgent);
        Object.defineProperty(navigator, 'userAgent', { get: () => 'defined', configurable: true });
        seen.push(navigator.userAgent);
        delete navigator.userAgent;
        return [...seen, navigator.userAgent === original];";
    assert_eq!(
        framed.page.js(script, &[]).await,
        json!([{ "writable": true, "enumerable": true, "configurable": true }, true, "assigned", "defined", true])
    );
    // A call does not change this.
    framed.contact().await;
    let own = "return Object.hasOwn(navigator, 'userAgent')";
    assert_eq!(framed.page.js(own, &[]).await, false);
}

async fn outside_the_sidebar_and_in_wecom_nothing_is_changed(stage: &Stage) {
    let look = "return [juziWx.env.reason, Object.hasOwn(navigator, 'userAgent'), 'WeixinJSBridge' in window]";
    let own = |suffix: &str| {
        format!(
            "<script>
               const agent = navigator.userAgent + '{suffix}';
               Object.defineProperty(Navigator.prototype, 'userAgent', {{ get: () => agent, configurable: true }});
             </script>"
        )
    };
    for (before, registered, reason) in [
        (String::new(), false, "no-sidebar-param"),
        (
            own(" wxwork/4.1.36 MicroMessenger/7.0.1"),
            true,
            "wechat-ua",
        ),
        (own(" MicroMessenger/8.0"), true, "wechat-ua"),
    ] {
        let page = Page::html(&[&before, TAG].concat());
        let page = if registered {
            page
        } else {
            page.unregistered()
        };
        let framed = stage.frame(page).await;
        assert_eq!(
            framed.page.js(look, &[]).await,
            json!([reason, false, false]),
            "{before}"
        );
    }
    let view = stage.view();
    view.goto(&stage.serve(&Page::html(TAG))).await;
    assert_eq!(
        view.js(look, &[]).await,
        json!(["not-framed", false, false])
    );
}

async fn another_copy_ignores_the_changed_user_agent(stage: &Stage) {
    // The second copy replaces the first, which seems unable to run. Another script appends to the user agent that it finds.
    let gone = "<script>delete window.juziWx</script>";
    let more = "<script>
        Object.defineProperty(navigator, 'userAgent', { value: navigator.userAgent + ' mine/1', configurable: true });
      </script>";
    for between in [gone.to_owned(), [gone, more].concat()] {
        let framed = framed(stage, &[TAG, &between, TAG].concat()).await;
        framed.page.until("return window.juziWx?.env", &[]).await;
        let script = "return [juziWx.env.reason, navigator.userAgent.match(/wxwork/g).length]";
        assert_eq!(
            framed.page.js(script, &[]).await,
            json!(["ok", 1]),
            "{between}"
        );
        assert_eq!(framed.contact().await["userId"], "wmContact");
    }
}

async fn another_value_is_named_and_changes_nothing(stage: &Stage) {
    for wrong in ["wecom", "WXWORK", "MicroMessenger", ""] {
        let tag = format!("<script src=/juzi-helper.js data-user-agent='{wrong}'></script>");
        let framed = framed(stage, &tag).await;
        assert_eq!(framed.contact().await["userId"], "wmContact");
        let complaints = framed.page.js("return complaints", &[]).await;
        let complaints = complaints.to_string();
        assert!(
            complaints.contains("userAgent must be wxwork"),
            "{wrong}: {complaints}"
        );
        let own = "return Object.hasOwn(navigator, 'userAgent')";
        assert_eq!(framed.page.js(own, &[]).await, false, "{wrong}");
    }
}

async fn a_page_s_own_variable_gives_it_too(stage: &Stage) {
    let source = "<script>window.juziHelperOptions = { userAgent: 'wxwork' }</script><script src=/juzi-helper.js></script>";
    let framed = framed(stage, source).await;
    let agent = framed.page.js("return navigator.userAgent", &[]).await;
    assert!(agent.to_string().contains("wxwork/"), "{agent}");
}

async fn every_sdk_runs_with_it(stage: &Stage) {
    for (name, wechat) in [
        ("jweixin-module", true),
        ("weixin-js-sdk", true),
        ("wecomjsdk", true),
        ("wecom-jssdk", false),
    ] {
        let sdk = format!("<script src=/bundled/wecom/{name}.js></script>");
        for order in [[TAG, &sdk].concat(), [&sdk, TAG].concat()] {
            let framed = framed(stage, &order).await;
            framed
                .page
                .until("return window.sdk && window.juziWx?.env", &[])
                .await;
            // Behind the SDK's bundle, `ready` of those that look for a client once is not called (docs/wecom-sdks.md).
            let script = if !wechat {
                "return sdk.getCurExternalContact().then(({ userId }) => userId)"
            } else if order.starts_with(TAG) {
                "return new Promise((resolve) => {
                   sdk.config({ beta: true, appId: 'ww1', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: ['previewImage'] });
                   sdk.ready(() => sdk.invoke('getCurExternalContact', {}, ({ userId }) => resolve(userId)));
                 })"
            } else {
                "return new Promise((resolve) => juziWx.invoke('getCurExternalContact', {}, ({ userId }) => resolve(userId)))"
            };
            let contact: Value = framed.page.js(script, &[]).await;
            assert_eq!(contact, "wmContact", "{order}");
        }
    }
}

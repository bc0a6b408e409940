//! The real SDKs from npm: which calls work through each, and in which order they may be loaded.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        every_call_works_through_the_sdks_of_wechat,
        every_call_works_through_the_sdk_of_wecom,
        the_sdk_of_wecom_calls_config_with_the_signature_of_the_page,
        the_sdks_of_wechat_work_in_every_order_with_the_helper_before_their_bundle,
        the_sdk_of_wecom_works_in_every_order,
        where_compiling_is_refused_the_sdks_wait_as_well,
        a_bundle_before_the_helper_reaches_it_once_it_is_there,
        a_bundler_that_knows_amd_gets_the_sdk_and_not_its_globals,
        members_without_a_counterpart_fail_and_none_is_missing,
        what_the_sdk_of_wechat_leaves_out_fails_with_its_name,
        on_android_the_sdks_read_what_they_may_call,
        a_page_hears_of_a_switched_conversation_through_the_sdks,
        nobody_but_the_sdk_is_told_of_wechat,
        without_a_bridge_of_ours_the_sdk_is_told_nothing,
    ]
}

const HELPER: &str = "<script src=/juzi-helper.js></script>";
const CALLS: &str = "<script src=/pages/wecom/calls.js></script>";
/// jweixin by script tag, as in existing pages. The tests always call `sdk`, however it was loaded.
const JWEIXIN: &str = "<script src=/node_modules/jweixin-module/lib/index.js></script><script>window.sdk = wx</script>";
const JWEIXIN_MODULE: &str = "<script src=/bundled/wecom/jweixin-module.js></script>";
const WEIXIN_JS_SDK: &str = "<script src=/bundled/wecom/weixin-js-sdk.js></script>";
/// WeCom's own jweixin as a module. It asks for `wxwork` where the others ask for `MicroMessenger`.
const WECOMJSDK: &str = "<script src=/bundled/wecom/wecomjsdk.js></script>";
const WW: &str = "<script src=/node_modules/@wecom/jssdk/dist/wecom.global.prod.js></script><script>window.sdk = ww</script>";
const WW_BUNDLED: &str = "<script src=/bundled/wecom/wecom-jssdk.js></script>";

async fn frame(stage: &Stage, parts: &[&str]) -> Framed {
    stage
        .frame(Page::html(&[&[CALLS], parts].concat().concat()))
        .await
}

/// Calls `config` and waits for `ready`.
const READY: &str = "
    sdk.config({ beta: true, debug: false, appId: 'ww1', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: ['previewImage'] });
    await new Promise((resolve) => sdk.ready(() => resolve()));";

/// Runs the body of an asynchronous function in the page.
async fn run(framed: &Framed, body: &str) -> Value {
    framed
        .page
        .js(&format!("return (async () => {{ {body} }})()"), &[])
        .await
}

fn ok(api: &str) -> Value {
    json!({ "err_msg": format!("{api}:ok"), "errMsg": format!("{api}:ok"), "errCode": 0 })
}

/// The result of a call by `invoke`.
async fn invoked(framed: &Framed, api: &str, params: Value) -> Value {
    let script = "return byInvoke(sdk, ...arguments)";
    framed.page.js(script, &[api.into(), params]).await
}

/// The callbacks that a call by method invokes, and their result.
async fn by_method(framed: &Framed, api: &str, params: Value) -> Value {
    let script = "return byMethod(sdk, ...arguments)";
    framed.page.js(script, &[api.into(), params]).await
}

async fn every_call_works_through_the_sdks_of_wechat(stage: &Stage) {
    for sdk in [JWEIXIN, JWEIXIN_MODULE, WEIXIN_JS_SDK, WECOMJSDK] {
        let framed = frame(stage, &[HELPER, sdk]).await;
        run(&framed, READY).await;
        assert_eq!(
            invoked(&framed, "agentConfig", json!({ "corpid": "ww1" })).await,
            ok("agentConfig")
        );
        let contact = invoked(&framed, "getCurExternalContact", json!({})).await;
        assert_eq!(contact["userId"], "wmContact", "{sdk}");
        let chat = invoked(&framed, "getCurExternalChat", json!({})).await;
        assert_eq!(chat["err_msg"], "getCurExternalChat:fail");
        let context = invoked(&framed, "getContext", json!({})).await;
        assert_eq!(context["entry"], "single_chat_tools");
        let info = invoked(&framed, "getCurChatInfo", json!({})).await;
        assert_eq!(info["Id"], "contact");
        let login = invoked(&framed, "sidebarAuth", json!({})).await;
        assert!(login["data"]["baseInfo"]["code"].is_string(), "{login}");
        let message = json!({ "msgtype": "text", "text": { "content": "hello" } });
        assert_eq!(
            invoked(&framed, "sendChatMessage", message.clone()).await,
            ok("sendChatMessage")
        );
        let several = json!({ "messages": [message, { "msgtype": "news", "news": { "link": "https://example.com/" } }] });
        assert_eq!(
            invoked(&framed, "sendMultiChatMessage", several).await,
            ok("sendMultiChatMessage")
        );
        let sent = "return sent.map(({ msgtype }) => msgtype)";
        assert_eq!(
            framed.host.js(sent, &[]).await,
            json!(["text", "text", "news"])
        );
        let chat =
            json!({ "userIds": "zhangsan", "externalUserIds": "wmContact", "groupName": "" });
        assert_eq!(
            invoked(&framed, "openEnterpriseChat", chat).await["chatId"],
            "contact"
        );
        let shown = by_method(
            &framed,
            "previewImage",
            json!({ "urls": ["https://example.com/a.png"] }),
        )
        .await;
        assert_eq!(shown["called"], json!(["success", "complete"]));
        assert_eq!(shown["res"]["errMsg"], "previewImage:ok");
        let list = json!({ "jsApiList": ["previewImage", "sendChatMessage", "chooseImage"] });
        let checked = by_method(&framed, "checkJsApi", list).await;
        assert_eq!(
            checked["res"]["checkResult"],
            json!({ "previewImage": true, "sendChatMessage": true, "chooseImage": false })
        );
    }
}

async fn every_call_works_through_the_sdk_of_wecom(stage: &Stage) {
    for sdk in [WW, WW_BUNDLED] {
        let framed = frame(stage, &[HELPER, sdk]).await;
        let calls = "const answers = {};
            for (const name of ['getCurExternalContact', 'getCurExternalChat', 'getContext']) {
              answers[name] = await byPromise(sdk[name]());
            }
            return answers;";
        let answers = run(&framed, calls).await;
        let mut contact = ok("getCurExternalContact");
        contact["userId"] = "wmContact".into();
        assert_eq!(
            answers["getCurExternalContact"],
            json!({ "resolved": contact })
        );
        let refused = &answers["getCurExternalChat"]["rejected"];
        assert_eq!(refused["errMsg"], "getCurExternalChat:fail");
        assert_eq!(refused["errCode"], -1);
        assert_eq!(
            answers["getContext"]["resolved"]["entry"],
            "single_chat_tools"
        );

        let text = json!({ "msgtype": "text", "text": { "content": "hello" }, "enterChat": true });
        assert_eq!(
            by_method(&framed, "sendChatMessage", text).await,
            json!({ "called": ["success", "complete"], "res": ok("sendChatMessage") })
        );
        let posted = "return log.find(({ api, kind }) => api === 'sendChatMessage' && kind === 'request').payload.data.params";
        assert_eq!(
            framed.host.js(posted, &[]).await,
            json!({ "msgtype": "text", "text": { "content": "hello" } })
        );
        let picture = json!({ "msgtype": "image", "image": { "mediaid": "MEDIA" } });
        let refused = by_method(&framed, "sendChatMessage", picture).await;
        assert_eq!(refused["called"], json!(["fail", "complete"]));
        assert_eq!(
            refused["res"]["errMsg"],
            "sendChatMessage:fail image.url is empty: Juzi cannot read WeCom's mediaid"
        );

        for chat in [
            json!({ "userIds": ["zhangsan"], "externalUserIds": ["wmContact"], "groupName": "" }),
            json!({ "userIds": ["zhangsan"], "chatId": "group" }),
        ] {
            let opened = by_method(&framed, "openEnterpriseChat", chat).await;
            assert_eq!(opened["called"], json!(["success", "complete"]), "{opened}");
        }
        let shown = by_method(
            &framed,
            "previewImage",
            json!({ "urls": ["https://example.com/a.png"], "current": "https://example.com/a.png" }),
        )
        .await;
        assert_eq!(shown["res"]["errMsg"], "previewImage:ok");
        let list = json!({ "jsApiList": ["config", "previewImage", "getContext", "selectExternalContact"] });
        let checked = by_method(&framed, "checkJsApi", list).await;
        let checked = &checked["res"]["checkResult"];
        for (name, known) in [
            ("config", true),
            ("previewImage", true),
            ("getContext", true),
            ("selectExternalContact", false),
        ] {
            assert_eq!(checked[name], known, "{name}: {checked}");
        }
        let info = run(&framed, "return byPromise(sdk.invoke('getCurChatInfo'))").await;
        assert_eq!(info["resolved"]["errMsg"], "getCurChatInfo:ok");
    }
}

async fn the_sdk_of_wecom_calls_config_with_the_signature_of_the_page(stage: &Stage) {
    let framed = frame(stage, &[HELPER, WW_BUNDLED]).await;
    let register = "
        const steps = [];
        const sign = (kind) => async (url) => {
          steps.push(kind, url === location.href);
          return { timestamp: 1, nonceStr: 'n', signature: 's' };
        };
        sdk.register({
          corpId: 'ww1', agentId: 2, jsApiList: ['sendChatMessage'],
          getConfigSignature: sign('config'), getAgentConfigSignature: sign('agentConfig'),
          onConfigSuccess: ({ errMsg }) => steps.push(errMsg), onAgentConfigSuccess: ({ errMsg }) => steps.push(errMsg),
        });
        await sdk.getCurExternalContact();
        await sdk.ensureAgentConfigReady();
        return steps;";
    assert_eq!(
        run(&framed, register).await,
        json!([
            "config",
            true,
            "config:ok",
            "agentConfig",
            true,
            "agentConfig:ok"
        ])
    );
}

/// An SDK that a page loads after everything else.
fn much_later(script: &str) -> String {
    format!(
        "<script>addEventListener('load', () => setTimeout(async () => {{
           await import('{script}');
         }}))</script>"
    )
}

async fn the_sdks_of_wechat_work_in_every_order_with_the_helper_before_their_bundle(stage: &Stage) {
    let deferred = "<script defer src=/juzi-helper.js></script>";
    let mut orders = vec![[JWEIXIN, HELPER].concat(), [HELPER, JWEIXIN].concat()];
    for name in ["jweixin-module", "weixin-js-sdk", "wecomjsdk"] {
        let bundle = format!("/bundled/wecom/{name}.js");
        orders.extend([
            format!("{HELPER}<script src={bundle}></script>"),
            format!("{HELPER}<script async src={bundle}></script>"),
            format!("{HELPER}<script type=module src={bundle}></script>"),
            format!("{deferred}<script defer src={bundle}></script>"),
            format!("<script type=module src={bundle}></script>{HELPER}"),
            format!("{HELPER}{}", much_later(&bundle)),
            format!("{deferred}{}", much_later(&bundle)),
        ]);
    }
    let asynchronous = "<script async src=/juzi-helper.js></script>";
    orders.push(format!("{JWEIXIN}{asynchronous}"));
    orders.push(format!("{JWEIXIN}{deferred}"));
    for order in orders {
        let framed = frame(stage, &[&order]).await;
        framed
            .page
            .until("return window.sdk && window.juziWx && juziWx.isJuziWx", &[])
            .await;
        run(&framed, READY).await;
        let contact = invoked(&framed, "getCurExternalContact", json!({})).await;
        assert_eq!(contact["userId"], "wmContact", "{order}");
    }
}

async fn the_sdk_of_wecom_works_in_every_order(stage: &Stage) {
    // A call made before the helper has loaded is answered once it has.
    let call = "<script>addEventListener('sdk', () => { window.first = sdk.getCurExternalContact() })</script>";
    let tell = "<script>dispatchEvent(new Event('sdk'))</script>";
    for order in [
        [HELPER, WW, tell].concat(),
        [WW, tell, HELPER].concat(),
        [HELPER, WW_BUNDLED, tell].concat(),
        [WW_BUNDLED, tell, HELPER].concat(),
        [
            WW_BUNDLED,
            tell,
            "<script async src=/juzi-helper.js></script>",
        ]
        .concat(),
        [
            WW_BUNDLED,
            tell,
            "<script defer src=/juzi-helper.js></script>",
        ]
        .concat(),
        [
            WW_BUNDLED,
            tell,
            "<script>addEventListener('load', () => {
               document.head.append(Object.assign(document.createElement('script'), { src: '/juzi-helper.js' }));
             })</script>",
        ]
        .concat(),
    ] {
        let framed = frame(stage, &[call, &order]).await;
        let contact = framed.page.js("return window.first", &[]).await;
        assert_eq!(contact["userId"], "wmContact", "{order}");
    }
    let framed = frame(
        stage,
        &[HELPER, &much_later("/bundled/wecom/wecom-jssdk.js")],
    )
    .await;
    framed.page.until("return window.sdk", &[]).await;
    let contact = run(&framed, "return sdk.getCurExternalContact()").await;
    assert_eq!(contact["userId"], "wmContact");
}

async fn where_compiling_is_refused_the_sdks_wait_as_well(stage: &Stage) {
    let refuse =
        "<script>WebAssembly.Module = function () { throw new RangeError('too large') }</script>";
    let begin = "<script>
        sdk.config?.({ beta: true, appId: 'ww1' });
        window.contact = new Promise((resolve) => {
          const ask = () => sdk.invoke('getCurExternalContact', {}, resolve);
          sdk.ready ? sdk.ready(ask) : ask();
        });
      </script>";
    for sdk in [
        JWEIXIN,
        JWEIXIN_MODULE,
        WEIXIN_JS_SDK,
        WECOMJSDK,
        WW,
        WW_BUNDLED,
    ] {
        let framed = frame(stage, &[refuse, HELPER, sdk, begin]).await;
        let contact = framed.page.js("return window.contact", &[]).await;
        assert_eq!(contact["userId"], "wmContact", "{sdk}");
    }
}

async fn a_bundle_before_the_helper_reaches_it_once_it_is_there(stage: &Stage) {
    let framed = frame(stage, &[WEIXIN_JS_SDK, HELPER]).await;
    // The SDK has already decided that `ready` will not be called. All other calls go through the bridge.
    run(&framed, "sdk.config({ appId: 'ww1' })").await;
    let contact = invoked(&framed, "getCurExternalContact", json!({})).await;
    assert_eq!(contact["userId"], "wmContact");
    run(&framed, &format!("juziWx.patch(sdk); {READY}")).await;
}

async fn a_bundler_that_knows_amd_gets_the_sdk_and_not_its_globals(stage: &Stage) {
    let amd =
        "<script>window.define = (factory) => { window.sdk = factory() }; define.amd = {}</script>
               <script src=/node_modules/jweixin-module/lib/index.js></script>";
    let framed = frame(stage, &[HELPER, amd]).await;
    run(&framed, READY).await;
    let contact = invoked(&framed, "getCurExternalContact", json!({})).await;
    assert_eq!(contact["userId"], "wmContact");
    let globals = "return [typeof window.wx, typeof window.jWeixin]";
    assert_eq!(
        framed.page.js(globals, &[]).await,
        json!(["undefined", "undefined"])
    );
}

/// Members that make no call: they add a listener, create an element, or compute a value.
const LOCAL: &str = "/^(on[A-Z].*|config|ready|error|register|ensure.*|FrameCanvas|create(JSAPIPanel|OpenDataFrameFactory|\
    ScrollViewContext|WWLoginPanel)|getCanvas|getNodeInfo|getSignature|getVerifyParams|initOpenData|useRefManager|\
    showSecurityGatewayConfirmModal)$/";

async fn members_without_a_counterpart_fail_and_none_is_missing(stage: &Stage) {
    for (sdk, least) in [
        (JWEIXIN, 36),
        (WEIXIN_JS_SDK, 36),
        (WECOMJSDK, 60),
        (WW_BUNDLED, 120),
    ] {
        let framed = frame(stage, &[HELPER, sdk]).await;
        let script = "
            const ours = new Set(['invoke', ...Object.keys(juziWx)]);
            const names = Object.keys(sdk).filter((name) => typeof sdk[name] === 'function' && !ours.has(name));
            const answers = {};
            addEventListener('unhandledrejection', (event) => event.preventDefault());
            for (const name of names.filter((name) => !LOCAL.test(name))) {
              answers[name] = await byMethod(sdk, name, { cardList: [], urls: [] });
            }
            return answers;"
            .replace("LOCAL", LOCAL);
        let answers = run(&framed, &script).await;
        let answers = answers.as_object().expect("an answer by name");
        assert!(answers.len() > least, "{} of {sdk}", answers.len());
        for (name, answer) in answers {
            assert_eq!(answer["called"], json!(["fail", "complete"]), "{name}");
            let text = answer["res"]["errMsg"].as_str().unwrap_or_default();
            // For this call, the SDKs turn every failure into this text.
            let expected = if name == "getNetworkType" {
                ":fail"
            } else {
                ":fail function not exist"
            };
            assert!(text.ends_with(expected), "{name}: {text}");
        }
        let asked = framed.host.js("return log.length", &[]).await;
        assert_eq!(asked, 0, "nothing of this is asked of the console");
    }
}

async fn what_the_sdk_of_wechat_leaves_out_fails_with_its_name(stage: &Stage) {
    let framed = frame(stage, &[HELPER, WEIXIN_JS_SDK]).await;
    // The SDK passes on only the users and the group's title, without the ids that Juzi needs.
    let chat = json!({ "userIds": "zhangsan", "externalUserIds": "wmContact", "groupName": "" });
    let refused = by_method(&framed, "openEnterpriseChat", chat).await;
    assert_eq!(refused["called"], json!(["fail", "complete"]));
    assert_eq!(
        refused["res"]["errMsg"],
        "openEnterpriseChat:fail externalUserIds or chatId is required"
    );
}

/// Gives the browser a phone's user agent.
const ANDROID: &str = "<script>
    const android = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36';
    Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => android, configurable: true });
  </script>";

async fn on_android_the_sdks_read_what_they_may_call(stage: &Stage) {
    for sdk in [JWEIXIN, JWEIXIN_MODULE, WEIXIN_JS_SDK, WW_BUNDLED] {
        let framed = frame(stage, &[ANDROID, HELPER, sdk]).await;
        let list = json!({ "jsApiList": ["previewImage", "chooseImage"] });
        let checked = by_method(&framed, "checkJsApi", list).await;
        assert_eq!(checked["called"], json!(["success", "complete"]), "{sdk}");
        let checked = &checked["res"]["checkResult"];
        assert_eq!(checked["previewImage"], true, "{checked}");
        assert_eq!(checked["chooseImage"], false, "{checked}");
    }
}

async fn a_page_hears_of_a_switched_conversation_through_the_sdks(stage: &Stage) {
    for sdk in [JWEIXIN, WEIXIN_JS_SDK, WECOMJSDK, WW_BUNDLED] {
        let framed = frame(stage, &[HELPER, sdk]).await;
        let listen = "sdk.config?.({ beta: true, appId: 'ww1' });
            await new Promise((resolve) => sdk.invoke('sidebarAuth', {}, resolve));
            window.heard = [];
            sdk.invoke('updateBaseInfo', { reqType: 'listen' }, ({ data }) => heard.push(['once', data.baseInfo.juziChatId]));
            await sdk.on('updateBaseInfo', ({ data }) => heard.push(['always', data.baseInfo.juziChatId]));";
        run(&framed, listen).await;
        for (chat, count) in [("group", 2), ("contact", 3)] {
            framed
                .host
                .js("return host.switchTo(...arguments)", &[chat.into()])
                .await;
            framed
                .page
                .until(&format!("return heard.length === {count}"), &[])
                .await;
        }
        assert_eq!(
            // For one push, the SDKs call some listeners later than others.
            framed.page.js("return heard.sort()", &[]).await,
            json!([
                ["always", "contact"],
                ["always", "group"],
                ["once", "group"]
            ]),
            "{sdk}"
        );
    }
}

async fn nobody_but_the_sdk_is_told_of_wechat(stage: &Stage) {
    let told = "<script>window.told = /micromessenger|wxwork/i.test(navigator.userAgent)</script>";
    for sdk in [
        JWEIXIN,
        JWEIXIN_MODULE,
        WEIXIN_JS_SDK,
        WECOMJSDK,
        WW_BUNDLED,
    ] {
        let framed = frame(stage, &[HELPER, sdk, told]).await;
        let script = "return [told, /micromessenger/i.test(navigator.userAgent), Object.hasOwn(navigator, 'userAgent')]";
        assert_eq!(
            framed.page.js(script, &[]).await,
            json!([false, false, false]),
            "{sdk}"
        );
    }
    // A script that only looks for `jWeixin` leaves nothing behind for other scripts to read.
    let framed = frame(
        stage,
        &[
            HELPER,
            "<script>window.found = window.jWeixin</script>",
            told,
        ],
    )
    .await;
    assert_eq!(
        framed
            .page
            .js("return [told, window.found === undefined]", &[])
            .await,
        json!([false, true])
    );
}

async fn without_a_bridge_of_ours_the_sdk_is_told_nothing(stage: &Stage) {
    let reader = "<script>window.told = [window.jWeixin, /micromessenger/i.test(navigator.userAgent)][1]</script>";
    let without = "<script src=/juzi-helper.js data-bridge=false></script>";
    let theirs = "<script>window.WeixinJSBridge = { invoke() {} }</script>";
    for (before, expected) in [
        (HELPER.to_owned(), true),
        (without.to_owned(), false),
        ([theirs, HELPER].concat(), false),
    ] {
        let framed = frame(stage, &[&before, reader]).await;
        assert_eq!(
            framed.page.js("return told", &[]).await,
            expected,
            "{before}"
        );
    }
    // Outside the sidebar, the helper has no effect.
    let view = stage.view();
    view.goto(&stage.serve(&Page::html(&[HELPER, reader].concat())))
        .await;
    assert_eq!(view.js("return told", &[]).await, false);
}

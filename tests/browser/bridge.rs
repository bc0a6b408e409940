//! `WeixinJSBridge`: the interface that WeChat's own SDKs use.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, Setup, ok};

#[wasm_bindgen_test]
async fn the_bridge_is_provided_in_the_sidebar() {
    let page = Page::open().await;
    assert!(page.holds("typeof WeixinJSBridge.invoke === 'function' && typeof WeixinJSBridge.on === 'function' && typeof WeixinJSBridge.call === 'function'"));
    assert!(page.holds("WeixinJSBridge.call('hideOptionMenu') === undefined"));
}

#[wasm_bindgen_test]
async fn the_bridge_can_be_left_out() {
    for options in ["{ bridge: false }", "{ bridge: 'false' }"] {
        assert!(
            Page::with(options)
                .await
                .holds("!('WeixinJSBridge' in window)")
        );
    }
}

#[wasm_bindgen_test]
async fn a_bridge_that_is_there_is_left_alone() {
    let page = Page::after("window.theirs = {}; window.WeixinJSBridge = theirs;").await;
    assert!(page.holds("WeixinJSBridge === theirs && Object.keys(theirs).length === 0"));
}

#[wasm_bindgen_test]
async fn the_ready_event_comes_when_the_bridge_is_there() {
    // The event is dispatched on the document of the helper's own script, which is the console's here.
    let page = Page::after("window.seen = 0; parent.document.addEventListener('WeixinJSBridgeReady', () => { seen += 'invoke' in WeixinJSBridge ? 1 : 100; }, { once: true });").await;
    assert_eq!(page.json("seen"), "1");
    let page = Setup {
        before: "window.seen = 0; parent.document.addEventListener('WeixinJSBridgeReady', () => seen++, { once: true });",
        options: "{ bridge: false }",
        ..Setup::default()
    }
    .open()
    .await;
    assert_eq!(page.json("seen"), "0");
}

#[wasm_bindgen_test]
async fn calls_over_the_bridge_are_answered_and_never_return_a_promise() {
    let page = Page::open().await;
    assert!(page.holds("WeixinJSBridge.invoke('sidebarAuth', {}) === undefined"));
    page.reply("{ baseInfo: {} }").await;
    let call = page.start("return new Promise((done) => WeixinJSBridge.invoke('getCurExternalContact', { verifySignature: 's' }, done))");
    assert_eq!(page.reply("{ externalUserId: 'wm1' }").await.posted(), "{}");
    assert_eq!(
        call.result().await,
        ok("getCurExternalContact", r#""userId":"wm1""#)
    );
}

#[wasm_bindgen_test]
async fn an_sdk_s_own_names_are_known_and_answered_under_them() {
    let page = Page::open().await;
    let call = page.start("return new Promise((done) => WeixinJSBridge.invoke('imagePreview', { urls: ['https://example.com/a.png'] }, done))");
    assert_eq!(page.reply("{}").await.api, "previewImage");
    assert_eq!(
        call.result().await,
        r#"{"err_msg":"imagePreview:ok","errMsg":"previewImage:ok","errCode":0}"#
    );
    let res = page
        .run("return new Promise((done) => WeixinJSBridge.invoke('preVerifyJSAPI', {}, done))")
        .await;
    assert_eq!(
        res,
        r#"{"err_msg":"preVerifyJSAPI:ok","errMsg":"config:ok","errCode":0}"#
    );
}

#[wasm_bindgen_test]
async fn pushes_are_heard_over_the_bridge() {
    let page = Page::open().await;
    page.value("(window.heard = [], window.listener = (res) => heard.push(res.err_msg), WeixinJSBridge.on('updateBaseInfo', listener), WeixinJSBridge.on('menu:share:timeline', listener))");
    page.push("c2");
    page.settled().await;
    page.value("juziWx.off('updateBaseInfo', listener)");
    assert_eq!(page.json("heard"), r#"["updateBaseInfo:ok"]"#);
}

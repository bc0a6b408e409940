//! `updateBaseInfo`: what the page receives when the user switches the conversation.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, Setup, failed};

const LISTEN: &str = "juziWx.invoke('updateBaseInfo', { reqType: 'listen' }, (res) => heard.push(res.data.baseInfo.juziChatId))";

async fn listening() -> Page {
    let page = Page::open().await;
    page.value(&format!("(window.heard = [], {LISTEN}, 0)"));
    page
}

#[wasm_bindgen_test]
async fn listening_posts_nothing_and_hears_one_push() {
    let page = listening().await;
    assert_eq!(page.posted().await, 0);
    page.push("c2");
    page.push("c3");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2"]"#);
}

#[wasm_bindgen_test]
async fn each_registration_hears_one_push() {
    let page = listening().await;
    page.value(LISTEN);
    page.push("c2");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2","c2"]"#);
    page.push("c3");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2","c2"]"#);
}

#[wasm_bindgen_test]
async fn registering_again_inside_the_callback_hears_every_push_once() {
    let page = Page::open().await;
    page.value(
        "(window.heard = [], window.listen = () => juziWx.invoke('updateBaseInfo', { reqType: 'listen' }, (res) => { \
           listen(); heard.push(res.data.baseInfo.juziChatId); }), listen(), 0)",
    );
    for chat in ["c2", "c3", "c4"] {
        page.push(chat);
    }
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2","c3","c4"]"#);
}

#[wasm_bindgen_test]
async fn the_callback_gets_base_info_and_the_texts() {
    let page = Page::open().await;
    for listen in [
        "new Promise((done) => juziWx.invoke('updateBaseInfo', { reqType: 'listen' }, done))",
        "juziWx.updateBaseInfo({ reqType: 'listen' })",
        "new Promise((success) => juziWx.updateBaseInfo({ reqType: 'listen', success }))",
    ] {
        let call = page.start(&format!("return {listen}"));
        page.tell(
            "{ api: 'updateBaseInfo', data: { baseInfo: { code: 'once', more: [1] } }, more: 1 }",
        );
        assert_eq!(
            call.result().await,
            r#"{"data":{"baseInfo":{"code":"once","more":[1]}},"err_msg":"updateBaseInfo:ok","errMsg":"updateBaseInfo:ok","errCode":0}"#
        );
    }
}

#[wasm_bindgen_test]
async fn any_other_request_type_is_refused() {
    let page = Page::open().await;
    for params in ["{}", "{ reqType: 'stop' }", "null", "{ reqType: 1 }"] {
        let res = page
            .run(&format!(
                "return new Promise((done) => juziWx.invoke('updateBaseInfo', {params}, done))"
            ))
            .await;
        assert_eq!(
            res,
            failed("updateBaseInfo:fail reqType must be \\\"listen\\\"", ""),
            "{params}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_lasting_subscription_hears_every_push_until_it_is_ended() {
    let page = Page::open().await;
    page.value("(window.heard = [], window.firstListener = (res) => heard.push(res.data.baseInfo.juziChatId), juziWx.on('updateBaseInfo', firstListener))");
    page.push("c2");
    page.push("c3");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2","c3"]"#);
    page.value("juziWx.off('updateBaseInfo', firstListener)");
    page.push("c4");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2","c3"]"#);
}

#[wasm_bindgen_test]
async fn a_subscription_returns_what_ends_it() {
    let page = Page::open().await;
    page.value("(window.heard = [], window.stop = juziWx.on('updateBaseInfo', (res) => heard.push(res.data.baseInfo.juziChatId)))");
    page.push("c2");
    page.settled().await;
    // A second end does nothing, and each returns nothing: a framework's effect may return either.
    assert_eq!(
        page.json("[stop(), stop()].map(String)"),
        r#"["undefined","undefined"]"#
    );
    page.push("c3");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2"]"#);
}

#[wasm_bindgen_test]
async fn both_kinds_hear_the_same_push_and_none_sees_the_other_s_changes() {
    let page = listening().await;
    page.value("(window.firstListener = (res) => { heard.push('on ' + res.err_msg); res.err_msg = 'changed'; }, window.secondListener = (res) => heard.push('too ' + res.err_msg), juziWx.on('updateBaseInfo', firstListener), juziWx.on('updateBaseInfo', secondListener))");
    page.push("c2");
    page.settled().await;
    page.value("(juziWx.off('updateBaseInfo', firstListener), juziWx.off('updateBaseInfo', secondListener))");
    assert_eq!(
        page.json("heard"),
        r#"["c2","on updateBaseInfo:ok","too updateBaseInfo:ok"]"#
    );
}

#[wasm_bindgen_test]
async fn a_subscriber_that_throws_does_not_stop_the_others() {
    let page = Page::open().await;
    page.value("(window.heard = [], window.bad = () => { throw Object.assign(new Error('mine'), { expected: true }); }, window.good = () => heard.push(1), juziWx.on('updateBaseInfo', bad), juziWx.on('updateBaseInfo', good))");
    page.push("c2");
    assert_eq!(page.errors().await, "mine");
    page.value("(juziWx.off('updateBaseInfo', bad), juziWx.off('updateBaseInfo', good))");
    assert_eq!(page.json("heard"), "[1]");
}

#[wasm_bindgen_test]
async fn what_is_no_function_cannot_subscribe() {
    let page = Page::open().await;
    for call in [
        "on('updateBaseInfo')",
        "on('updateBaseInfo', 'x')",
        "off('updateBaseInfo')",
    ] {
        let name = &call[..call.find('(').expect("a call")];
        let text = page
            .run(&format!(
                "return juziWx.{call}.catch((error) => error.err_msg)"
            ))
            .await;
        assert_eq!(
            text,
            format!(r#""{name}:fail callback must be a function""#)
        );
    }
}

#[wasm_bindgen_test]
async fn a_push_without_base_info_is_ignored() {
    let page = listening().await;
    for data in [
        "undefined",
        "{}",
        "null",
        "'x'",
        "{ baseInfo: null }",
        "{ baseInfo: 'x' }",
        "{ baseInfo: [] }",
    ] {
        page.tell(&format!("{{ api: 'updateBaseInfo', data: {data} }}"));
    }
    page.settled().await;
    assert_eq!(page.json("heard"), "[]");
    page.push("c2");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2"]"#);
}

#[wasm_bindgen_test]
async fn a_host_that_has_not_answered_yet_cannot_push_where_its_origin_is_unknown() {
    let page = Setup {
        overrides: "{ location: { search: '?juziSidebar' } }",
        ..Setup::default()
    }
    .open()
    .await;
    page.value(&format!("(window.heard = [], {LISTEN}, 0)"));
    page.push("forged");
    page.settled().await;
    assert_eq!(page.json("heard"), "[]");
    let call = page.start("return (await juziWx.sidebarAuth()).err_msg");
    page.reply("{ baseInfo: {} }").await;
    call.result().await;
    page.push("c2");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["c2"]"#);
}

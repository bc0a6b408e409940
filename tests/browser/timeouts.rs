//! Calls that get no answer. The tests assert only order and texts, never a maximum duration.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, failed, ok};

#[wasm_bindgen_test]
async fn an_unanswered_call_fails_in_every_style() {
    let page = Page::with("{ timeout: 50 }").await;
    for (call, expected) in [
        (
            "new Promise((done) => juziWx.invoke('sidebarAuth', {}, done))",
            failed("sidebarAuth:fail timeout", ""),
        ),
        (
            "new Promise((fail) => juziWx.sidebarAuth({ fail }))",
            failed("sidebarAuth:fail timeout", ""),
        ),
        (
            "juziWx.getCurChatInfo().catch((error) => error.res)",
            failed("getCurChatInfo:fail timeout", ""),
        ),
        (
            "juziWx.getCurChatInfo().catch((error) => error.code)",
            r#""timeout""#.into(),
        ),
        (
            "juziWx.getCurExternalContact().catch((error) => error.res)",
            failed(
                "getCurExternalContact:fail timeout",
                r#""userId":"undefined""#,
            ),
        ),
        (
            "new Promise((fail) => juziWx.openEnterpriseChat({ userIds: 'a', chatId: 'c', fail }))",
            failed("openEnterpriseChat:fail timeout", ""),
        ),
    ] {
        assert_eq!(page.run(&format!("return {call}")).await, expected);
    }
}

#[wasm_bindgen_test]
async fn an_answer_after_the_timeout_is_dropped() {
    let page = Page::with("{ timeout: 20 }").await;
    let call = page.start("window.heard = []; return new Promise((done) => juziWx.sidebarAuth({ complete: (res) => { heard.push(res.err_msg); done(heard); } }))");
    let request = page.request().await;
    assert_eq!(call.result().await, r#"["sidebarAuth:fail timeout"]"#);
    page.answer(&request, "{ baseInfo: {} }");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["sidebarAuth:fail timeout"]"#);
}

#[wasm_bindgen_test]
async fn calls_time_out_in_the_order_in_which_they_were_made() {
    let page = Page::with("{ timeout: 40 }").await;
    let order = page.run(
        "const order = []; const timed = (name, params) => new Promise((done) => juziWx.invoke(name, params, (res) => { order.push(res.err_msg); done(); })); \
         const one = timed('sidebarAuth', {}); \
         await new Promise((go) => setTimeout(go, 10)); \
         const two = timed('getCurExternalChat', {}); \
         await new Promise((go) => setTimeout(go, 10)); \
         const three = timed('getCurChatInfo', {}); \
         await Promise.all([one, two, three]); return order;",
    )
    .await;
    assert_eq!(
        order,
        r#"["sidebarAuth:fail timeout","getCurExternalChat:fail timeout","getCurChatInfo:fail timeout"]"#
    );
}

#[wasm_bindgen_test]
async fn a_call_that_is_made_when_another_times_out_has_its_own_time() {
    let page = Page::with("{ timeout: 30 }").await;
    let chain = page.start("return new Promise((done) => juziWx.sidebarAuth({ fail: () => juziWx.getCurExternalChat({ complete: done }) }))");
    page.request().await;
    // It is made only after the first call has timed out.
    let second = page.request().await;
    assert_eq!(second.api, "getCurExternalChat");
    assert_eq!(
        chain.result().await,
        failed("getCurExternalChat:fail timeout", r#""chatId":"undefined""#)
    );
}

#[wasm_bindgen_test]
async fn an_answered_call_does_not_time_out_and_leaves_the_others_their_time() {
    let answered = ok("sidebarAuth", r#""data":{"baseInfo":{}}"#);
    let unanswered = failed("sidebarAuth:fail timeout", "");
    // On a slow machine, the answer may be too late. Try again with a longer timeout.
    for timeout in [60, 600, 6_000, 60_000] {
        let page = Page::with(&format!("{{ timeout: {timeout} }}")).await;
        let both = page.start(
            "const call = () => juziWx.sidebarAuth().catch((error) => error.res); return Promise.all([call(), call()])",
        );
        page.reply("{ baseInfo: {} }").await;
        let both = both.result().await;
        if both != format!("[{unanswered},{unanswered}]") {
            assert_eq!(both, format!("[{answered},{unanswered}]"));
            return;
        }
    }
    panic!("no answer arrives in a minute");
}

#[wasm_bindgen_test]
async fn no_call_times_out_before_its_time() {
    let page = Page::with("{ timeout: 80 }").await;
    let early = "const start = performance.now(); await juziWx.sidebarAuth().catch(() => {}); return performance.now() - start < 79";
    assert_eq!(page.run(early).await, "false");
}

#[wasm_bindgen_test]
async fn a_listener_for_the_next_push_never_times_out() {
    let page = Page::with("{ timeout: 20 }").await;
    page.value("(window.heard = [], juziWx.invoke('updateBaseInfo', { reqType: 'listen' }, (res) => heard.push(res.err_msg)), 0)");
    // Longer than the timeout, measured by the same clock.
    assert_eq!(
        page.run("return juziWx.sidebarAuth().catch((error) => error.err_msg)")
            .await,
        r#""sidebarAuth:fail timeout""#
    );
    assert_eq!(page.json("heard"), "[]");
    page.push("c2");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["updateBaseInfo:ok"]"#);
}

// ---- A call's own timeout ----

#[wasm_bindgen_test]
async fn a_call_may_have_a_timeout_of_its_own_in_every_style() {
    let page = Page::open().await;
    for call in [
        "new Promise((done) => juziWx.invoke('sidebarAuth', { timeout: 20 }, done))",
        "new Promise((fail) => juziWx.invoke('sidebarAuth', { timeout: 20, fail }))",
        "new Promise((complete) => juziWx.sidebarAuth({ timeout: 20, complete }))",
        "new Promise((done) => juziWx.sidebarAuth({ timeout: 20 }, done))",
        "new Promise((done) => WeixinJSBridge.invoke('sidebarAuth', { timeout: 20 }, done))",
        "juziWx.sidebarAuth({ timeout: 20 }).catch((error) => error.res)",
        "juziWx.sidebarAuth({ timeout: '20' }).catch((error) => error.res)",
    ] {
        let res = page.run(&format!("return {call}")).await;
        assert_eq!(res, failed("sidebarAuth:fail timeout", ""), "{call}");
        assert_eq!(page.request().await.posted(), "{}", "{call}");
    }
    let res = page
        .run("return juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hi' }, timeout: 20 }).catch((error) => error.code)")
        .await;
    assert_eq!(res, r#""timeout""#);
    let message = page.request().await;
    assert_eq!(
        message.posted(),
        r#"{"msgtype":"text","text":{"content":"Hi"}}"#
    );
}

#[wasm_bindgen_test]
async fn a_call_s_own_timeout_takes_precedence_over_the_option() {
    let page = Page::with("{ timeout: 20 }").await;
    let patient = page.start("return juziWx.sidebarAuth({ timeout: 60000 })");
    let request = page.request().await;
    let impatient = page.run("return juziWx.sidebarAuth().catch((error) => error.code)");
    assert_eq!(impatient.await, r#""timeout""#);
    page.answer(&request, "{ baseInfo: {} }");
    assert_eq!(
        patient.result().await,
        ok("sidebarAuth", r#""data":{"baseInfo":{}}"#)
    );
}

#[wasm_bindgen_test]
async fn a_listener_for_the_next_push_times_out_if_it_says_when() {
    let page = Page::open().await;
    let res = page.run("return juziWx.updateBaseInfo({ reqType: 'listen', timeout: 20 }).catch((error) => error.res)").await;
    assert_eq!(res, failed("updateBaseInfo:fail timeout", ""));
}

#[wasm_bindgen_test]
async fn a_timeout_that_is_none_is_named() {
    let page = Page::open().await;
    for timeout in [
        "0",
        "-1",
        "NaN",
        "Infinity",
        "2147483648",
        "'soon'",
        "''",
        "{}",
        "true",
        "[5]",
    ] {
        let res = page.run(&format!("return new Promise((done) => juziWx.invoke('sidebarAuth', {{ timeout: {timeout} }}, done))")).await;
        assert_eq!(
            res,
            failed(
                "sidebarAuth:fail timeout must be a number of milliseconds from 1 to 2147483647",
                ""
            ),
            "{timeout}"
        );
    }
    assert_eq!(page.posted().await, 0);
    for timeout in ["undefined", "null", "1.5e3"] {
        let call = page.start(&format!(
            "return juziWx.sidebarAuth({{ timeout: {timeout} }})"
        ));
        page.reply("{ baseInfo: {} }").await;
        assert_eq!(
            call.result().await,
            ok("sidebarAuth", r#""data":{"baseInfo":{}}"#),
            "{timeout}"
        );
    }
}

//! Callbacks: always asynchronous, called exactly once, and an error in one of them does not affect the helper.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, failed, ok};

#[wasm_bindgen_test]
async fn callbacks_are_asynchronous_even_where_the_answer_is_known() {
    let page = Page::open().await;
    for call in [
        "config({ success: note })",
        "sendChatMessage({ fail: note })",
        "invoke('scanQRCode', {}, note)",
        "checkJsApi({ jsApiList: [], complete: note })",
    ] {
        let order = page.run(&format!("const order = []; const note = () => order.push('callback'); juziWx.{call}; order.push('returned'); await 0; await 0; await 0; return order;")).await;
        assert_eq!(order, r#"["returned","callback"]"#, "{call}");
    }
}

#[wasm_bindgen_test]
async fn success_or_fail_and_then_complete_are_called_with_the_same_res() {
    let page = Page::open().await;
    let calls = "const order = []; const note = (name) => (res) => order.push(name + ' ' + res.err_msg); const all = { success: note('success'), fail: note('fail'), complete: note('complete') };";
    let order = page
        .run(&format!(
            "{calls} juziWx.config(all); await 0; await 0; await 0; return order;"
        ))
        .await;
    assert_eq!(order, r#"["success config:ok","complete config:ok"]"#);
    let order = page
        .run(&format!(
            "{calls} juziWx.checkJsApi(all); await 0; await 0; await 0; return order;"
        ))
        .await;
    assert_eq!(
        order,
        r#"["fail checkJsApi:fail jsApiList is required","complete checkJsApi:fail jsApiList is required"]"#
    );
}

#[wasm_bindgen_test]
async fn beside_a_callback_the_params_own_are_the_caller_s_to_call() {
    let page = Page::open().await;
    let order = page.run("const order = []; const note = (name) => () => order.push(name); juziWx.invoke('config', { success: note('success'), complete: note('complete') }, note('done')); await 0; await 0; await 0; return order;").await;
    assert_eq!(order, r#"["done"]"#);
}

#[wasm_bindgen_test]
async fn an_answer_that_comes_twice_is_heard_once() {
    let page = Page::open().await;
    page.value("(window.heard = [], juziWx.getCurExternalContact({ success: (res) => heard.push(res.userId), complete: () => heard.push('complete'), fail: () => heard.push('fail') }), 0)");
    let request = page.request().await;
    page.answer(&request, "{ externalUserId: 'first' }");
    page.answer(&request, "{ externalUserId: 'second' }");
    page.answer(&request, "{ err_msg: 'getCurExternalContact:fail' }");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["first","complete"]"#);
}

#[wasm_bindgen_test]
async fn a_callback_that_throws_reaches_window_onerror_and_stops_nothing() {
    let page = Page::open().await;
    page.value(
        "(window.heard = [], window.fails = (what) => () => { throw Object.assign(new Error(what), { expected: true }); }, \
         juziWx.sidebarAuth({ success: fails('first'), complete: () => heard.push('complete') }), \
         juziWx.sidebarAuth({ success: () => heard.push('second call') }), 0)",
    );
    let (one, two) = (page.request().await, page.request().await);
    page.answer(&one, "{ baseInfo: {} }");
    page.answer(&two, "{ baseInfo: {} }");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["complete","second call"]"#);
    assert_eq!(page.errors().await, "first");
    page.value("juziWx.ready(fails('in ready'))");
    assert_eq!(page.errors().await, "in ready");
    page.value("juziWx.config({ success: fails('in config'), complete: fails('in complete') })");
    assert_eq!(page.errors().await, "in config,in complete");
}

#[wasm_bindgen_test]
async fn a_callback_may_call_again() {
    let page = Page::open().await;
    let chain = page.start(
        "return new Promise((done) => juziWx.invoke('getCurExternalContact', {}, ({ userId }) => \
           juziWx.invoke('sidebarAuth', {}, ({ data }) => \
             juziWx.ready(() => juziWx.openEnterpriseChat({ userIds: userId, chatId: data.baseInfo.juziChatId, complete: done })))))",
    );
    page.reply("{ externalUserId: 'wm1' }").await;
    page.reply("{ baseInfo: { juziChatId: 'c1' } }").await;
    let request = page.reply("{}").await;
    assert_eq!(request.posted(), r#"{"userIds":"wm1","chatId":"c1"}"#);
    assert_eq!(chain.result().await, ok("openEnterpriseChat", ""));
}

#[wasm_bindgen_test]
async fn a_getter_of_the_params_may_call_again() {
    let page = Page::open().await;
    let call = page.start(
        "const texts = []; \
         const done = (name) => (res) => texts.push(name + ' ' + res.err_msg); \
         juziWx.invoke('sendChatMessage', { get msgtype() { juziWx.config({ success: done('inner') }); juziWx.invoke('checkJsApi', { jsApiList: ['on'] }, done('inner')); return 'text'; }, text: { content: 'x' } }, done('outer')); \
         await new Promise((go) => window.go = go); return texts;",
    );
    assert_eq!(
        page.reply("{}").await.posted(),
        r#"{"msgtype":"text","text":{"content":"x"}}"#
    );
    page.settled().await;
    page.value("go()");
    assert_eq!(
        call.result().await,
        r#"["inner config:ok","inner checkJsApi:ok","outer sendChatMessage:ok"]"#
    );
}

#[wasm_bindgen_test]
async fn a_thousand_calls_at_once_are_all_answered() {
    let page = Page::open().await;
    let calls = page.start("const calls = Array.from({ length: 1000 }, () => juziWx.getCurExternalContact()); return new Set((await Promise.all(calls)).map((res) => res.userId)).size;");
    for number in 0..1000 {
        page.reply(&format!("{{ externalUserId: 'wm{number}' }}"))
            .await;
    }
    assert_eq!(calls.result().await, "1000");
}

// ---- AbortSignal ----

#[wasm_bindgen_test]
async fn a_signal_ends_a_call_and_its_answer_is_dropped() {
    let page = Page::open().await;
    let call = page.start(
        "const stop = new AbortController(); window.stop = stop; \
         const error = await juziWx.sidebarAuth({ signal: stop.signal }).catch((error) => error); return [error.code, error.err_msg];",
    );
    let request = page.request().await;
    page.value("stop.abort()");
    assert_eq!(
        call.result().await,
        r#"["aborted","sidebarAuth:fail aborted"]"#
    );
    page.answer(&request, "{ baseInfo: {} }");
    page.settled().await;
}

#[wasm_bindgen_test]
async fn a_signal_that_was_given_already_means_that_nothing_is_posted() {
    let page = Page::open().await;
    let res = page.run("return new Promise((fail) => juziWx.sidebarAuth({ signal: AbortSignal.abort(), fail }))").await;
    assert_eq!(res, failed("sidebarAuth:fail aborted", ""));
    assert_eq!(page.posted().await, 0);
}

#[wasm_bindgen_test]
async fn a_signal_after_the_answer_changes_nothing() {
    let page = Page::open().await;
    let call = page.start("const stop = new AbortController(); const res = await juziWx.sidebarAuth({ signal: stop.signal }); stop.abort(); return res;");
    page.reply("{ baseInfo: {} }").await;
    assert_eq!(
        call.result().await,
        ok("sidebarAuth", r#""data":{"baseInfo":{}}"#)
    );
}

#[wasm_bindgen_test]
async fn a_signal_that_is_none_is_named() {
    let page = Page::open().await;
    for signal in ["1", "{}", "'stop'"] {
        let res = page
            .run(&format!(
                "return new Promise((fail) => juziWx.sidebarAuth({{ signal: {signal}, fail }}))"
            ))
            .await;
        assert_eq!(
            res,
            failed("sidebarAuth:fail signal must be an AbortSignal", ""),
            "{signal}"
        );
    }
    assert_eq!(page.posted().await, 0);
}

#[wasm_bindgen_test]
async fn the_signal_s_reason_is_the_cause_of_the_error() {
    let page = Page::open().await;
    let call = page.start(
        "const stop = new AbortController(); window.stop = stop; \
         const error = await juziWx.sidebarAuth({ signal: stop.signal }).catch((error) => error); \
         return [error.code, error.cause, Object.keys(error).includes('cause')];",
    );
    page.request().await;
    page.value("stop.abort('another contact')");
    assert_eq!(
        call.result().await,
        r#"["aborted","another contact",false]"#
    );
    let causes = page
        .run(
            "const cause = (params) => juziWx.sidebarAuth(params).catch((error) => [error.code, error.cause?.name, 'cause' in error]); \
             return [await cause({ signal: AbortSignal.abort() }), await cause({ timeout: 20 })];",
        )
        .await;
    assert_eq!(
        causes,
        r#"[["aborted","AbortError",true],["timeout","undefined",false]]"#
    );
}

#[wasm_bindgen_test]
async fn a_signal_of_the_page_s_own_ends_the_call_even_if_its_reason_throws() {
    let page = Page::open().await;
    let error = page
        .run(
            "const signal = { addEventListener: (_, stop) => setTimeout(stop, 0), removeEventListener() {}, get reason() { throw new Error('no reason'); } }; \
             const error = await juziWx.sidebarAuth({ signal }).catch((error) => error); return [error.code, 'cause' in error];",
        )
        .await;
    assert_eq!(error, r#"["aborted",false]"#);
}

#[wasm_bindgen_test]
async fn a_signal_counts_beside_a_callback_too() {
    let page = Page::open().await;
    let res = page.run("return new Promise((done) => juziWx.invoke('sidebarAuth', { signal: AbortSignal.abort() }, done))").await;
    assert_eq!(res, failed("sidebarAuth:fail aborted", ""));
    assert_eq!(page.posted().await, 0);
}

#[wasm_bindgen_test]
async fn a_call_that_a_getter_has_ended_is_not_pending() {
    let page = Page::open().await;
    let res = page
        .run(
            "const stop = new AbortController(); \
             const params = { signal: stop.signal, timeout: 20, get msgtype() { stop.abort(); return 'text'; }, text: { content: 'Hi' } }; \
             const error = await juziWx.sendChatMessage(params).catch((error) => error); return error.code;",
        )
        .await;
    assert_eq!(res, r#""aborted""#);
}

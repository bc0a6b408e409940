//! Every call in every style: the message posted, and the result that the page gets.

use js_sys::{Array, JSON, Reflect};
use juzi_helper::message::{Medium, Miniprogram, News, SendParams};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, failed, ok};

/// A posted call: the page's params, the message posted, the host's answer, and the members of `res` besides its texts.
struct Case {
    api: String,
    params: String,
    wire: String,
    posted: String,
    data: String,
    res: String,
    /// The members of `res` that are undefined when the call fails.
    cleared: String,
}

/// The posted calls of `tests/vectors/calls.json`. Each text is JavaScript. Not read with serde_json, which sorts members.
fn cases() -> Vec<Case> {
    let table = JSON::parse(include_str!("../vectors/calls.json")).expect("the table is JSON");
    let table = Array::from(&table).to_vec().into_iter();
    let posted = table.filter(|case| !member(case, "wire").is_undefined());
    posted
        .map(|case| {
            let res = json(&member(&case, "res"));
            let cleared: Option<Array> = member(&case, "undefinedOnFailure").dyn_into().ok();
            let cleared = cleared.unwrap_or_default().to_vec().into_iter();
            let cleared = cleared.map(|name| format!(r#"{}:"undefined""#, json(&name)));
            Case {
                api: member(&case, "call").as_string().expect("a name"),
                params: json(&member(&case, "given")),
                wire: member(&case, "wire").as_string().expect("a name"),
                posted: json(&member(&case, "posted")),
                data: json(&member(&case, "answer")),
                res: res[1..res.len() - 1].to_owned(),
                cleared: cleared.collect::<Vec<_>>().join(","),
            }
        })
        .collect()
}

fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("an object")
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).expect("a plain value").into()
}

/// The styles in which a call can be made. Each returns a promise of `res`.
const STYLES: [&str; 8] = [
    "new Promise((done) => juziWx.invoke(api, params, done))",
    "juziWx.invoke(api, params)",
    "new Promise((success, fail) => juziWx.invoke(api, { ...params, success, fail }))",
    "new Promise((success, fail) => juziWx[api]({ ...params, success, fail }))",
    "new Promise((complete) => juziWx[api]({ ...params, complete }))",
    "new Promise((done) => juziWx[api](params, done))",
    "juziWx[api](params)",
    "wx[api](params)",
];

#[wasm_bindgen_test]
async fn every_call_works_in_every_style() {
    let page = Page::after("window.wx = {};").await;
    for Case {
        api,
        params,
        wire,
        posted,
        data,
        res,
        ..
    } in cases()
    {
        for style in STYLES {
            let call = page.start(&format!(
                "const api = '{api}'; const params = {params}; return {style};"
            ));
            let request = page.reply(&data).await;
            assert_eq!(
                (&request.api, &request.posted()),
                (&wire, &posted),
                "{style}"
            );
            assert_eq!(call.result().await, ok(&api, &res), "{style}");
        }
    }
}

#[wasm_bindgen_test]
async fn an_answer_without_data_is_enough_where_none_is_needed() {
    let page = Page::open().await;
    let call = page.start(
        "return juziWx.sendMultiChatMessage([{ msgtype: 'text', text: { content: 'x' } }]);",
    );
    page.reply("undefined").await;
    assert_eq!(call.result().await, ok("sendMultiChatMessage", ""));
}

#[wasm_bindgen_test]
async fn every_failure_reaches_the_page_in_every_style() {
    let page = Page::after("window.wx = {};").await;
    for Case {
        api,
        params,
        cleared,
        ..
    } in cases()
    {
        for style in STYLES {
            // A promise rejects; in the other styles the callbacks get `res`.
            let call = page.start(&format!(
                "const api = '{api}'; const params = {params}; return {style}.catch((error) => error.res ?? error);"
            ));
            let request = page.request().await;
            page.answer(
                &request,
                &format!("{{ err_msg: '{}:fail not today' }}", request.api),
            );
            assert_eq!(
                call.result().await,
                failed(&format!("{api}:fail not today"), &cleared),
                "{style}"
            );
        }
    }
}

#[wasm_bindgen_test]
async fn a_call_without_parameters_needs_none() {
    let page = Page::open().await;
    for call in [
        "juziWx.invoke('sidebarAuth')",
        "juziWx.sidebarAuth()",
        "juziWx.sidebarAuth(null)",
        "new Promise((done) => juziWx.sidebarAuth(done))",
        "new Promise((done) => juziWx.invoke('sidebarAuth', done))",
    ] {
        let call = page.start(&format!("return {call}"));
        assert_eq!(page.reply("{ baseInfo: {} }").await.posted(), "{}");
        assert_eq!(
            call.result().await,
            ok("sidebarAuth", r#""data":{"baseInfo":{}}"#)
        );
    }
}

#[wasm_bindgen_test]
async fn a_request_is_the_envelope_that_the_host_reads() {
    let page = Page::open().await;
    page.value("(juziWx.sidebarAuth(() => {}), juziWx.sidebarAuth(() => {}))");
    let (one, two) = (page.request().await, page.request().await);
    assert_eq!(one.members, "type,data,api,reqId,params");
    assert_ne!(one.req_id, two.req_id);
    assert!(!one.req_id.is_empty());
}

#[wasm_bindgen_test]
async fn answers_in_another_order_find_their_calls() {
    let page = Page::open().await;
    let calls = page.start("return Promise.all([juziWx.getCurExternalContact(), juziWx.getCurExternalContact(), juziWx.getCurExternalChat()]);");
    let (one, two, three) = (
        page.request().await,
        page.request().await,
        page.request().await,
    );
    page.answer(&three, "{ chatId: 'third' }");
    page.answer(&two, "{ externalUserId: 'second' }");
    page.answer(&one, "{ externalUserId: 'first' }");
    let expected = [
        ok("getCurExternalContact", r#""userId":"first""#),
        ok("getCurExternalContact", r#""userId":"second""#),
        ok("getCurExternalChat", r#""chatId":"third""#),
    ];
    assert_eq!(calls.result().await, format!("[{}]", expected.join(",")));
}

// ---- Promises ----

#[wasm_bindgen_test]
async fn a_promise_rejects_with_an_error_that_says_it_all() {
    let page = Page::open().await;
    let failure = page.run("const error = await juziWx.sendChatMessage({}).catch((error) => error); return [error instanceof parent.Error, error.name, error.message, error.err_msg, error.api, error.code, error.res.errCode, String(error)];").await;
    let text = "sendChatMessage:fail msgtype must be one of text, image, video, file, news, miniprogram, but it is nothing";
    assert_eq!(
        failure,
        format!(
            r#"[true,"JuziError","{text}","{text}","sendChatMessage","fail",-1,"JuziError: {text}"]"#
        )
    );
}

#[wasm_bindgen_test]
async fn a_call_with_a_callback_returns_nothing_and_without_one_a_promise() {
    let page = Page::open().await;
    for call in [
        "invoke('sidebarAuth', {}, () => {})",
        "sidebarAuth({ success() {} })",
        "sidebarAuth({ fail() {} })",
        "sidebarAuth({ complete() {} })",
        "sidebarAuth(() => {})",
    ] {
        assert!(
            page.holds(&format!("juziWx.{call} === undefined")),
            "{call}"
        );
    }
    for call in [
        "invoke('sidebarAuth', {})",
        "sidebarAuth()",
        "sidebarAuth({})",
        "sidebarAuth({ success: 'no function' })",
    ] {
        assert!(
            page.holds(&format!("typeof juziWx.{call}.then === 'function'")),
            "{call}"
        );
    }
}

// ---- Messages ----

#[wasm_bindgen_test]
async fn typed_messages_arrive_as_they_were_made() {
    let page = Page::open().await;
    let medium = || Medium::at("https://example.com/文件?x=1").titled("🐾");
    for message in [
        SendParams::text("你好 👩‍👩‍👧‍👦\0\u{202e}"),
        SendParams::image(medium()),
        SendParams::video(Medium::at("v")),
        SendParams::file(medium()),
        SendParams::news(News {
            title: Some(String::new()),
            ..News::to("https://example.com")
        }),
        SendParams::miniprogram(Miniprogram {
            appid: "wx1".into(),
            title: "订单".into(),
            img_url: "https://example.com/a.png".into(),
            page: "pages/index".into(),
            desc: "d".into(),
            icon_url: "i".into(),
            official_account_id: "gh_1".into(),
        }),
    ] {
        let params = serde_wasm_bindgen::to_value(&message).expect("a plain object");
        let send = page.value("(params) => juziWx.sendChatMessage(params, () => {})");
        wasm_bindgen::JsCast::unchecked_into::<js_sys::Function>(send)
            .call1(&wasm_bindgen::JsValue::UNDEFINED, &params)
            .expect("no exception");
        let posted = page.request().await.params;
        assert_eq!(
            serde_wasm_bindgen::from_value::<SendParams>(posted).expect("a message"),
            message
        );
    }
}

#[wasm_bindgen_test]
async fn a_bad_message_is_not_posted_and_says_why() {
    let page = Page::open().await;
    for (params, text) in [
        (
            "{ msgtype: 'text', text: { content: '' } }",
            "text content is empty",
        ),
        ("{ msgtype: 'image', image: {} }", "url is empty"),
        ("{ msgtype: 'news', news: { link: '' } }", "url is empty"),
        (
            "{ msgtype: 'file' }",
            "sendChatMessage:fail file is required",
        ),
        (
            "{ msgtype: 'text', text: { content: 5 } }",
            "sendChatMessage:fail text.content must be a string",
        ),
        (
            "{ msgtype: 'text', text: { content: new String('x') } }",
            "sendChatMessage:fail text.content must be a string",
        ),
        (
            "{ msgtype: 'text', text: { content: Symbol('x') } }",
            "sendChatMessage:fail text.content must be a string",
        ),
        (
            "{ msgtype: 'text', text: { content: 5n } }",
            "sendChatMessage:fail text.content must be a string",
        ),
        (
            "{ msgtype: 'text', text: () => {} }",
            "sendChatMessage:fail text is required",
        ),
        (
            "{ msgtype: 'miniprogram', miniprogram: {} }",
            "sendChatMessage:fail miniprogram.appid is empty",
        ),
    ] {
        let res = page
            .run(&format!(
                "return new Promise((done) => juziWx.invoke('sendChatMessage', {params}, done))"
            ))
            .await;
        assert_eq!(res, failed(text, ""), "{params}");
    }
    assert_eq!(page.posted().await, 0);
}

#[wasm_bindgen_test]
async fn several_messages_are_all_checked_before_any_is_posted() {
    let page = Page::open().await;
    let good = "{ msgtype: 'text', text: { content: 'x' } }";
    let res = page.run(&format!("return new Promise((done) => juziWx.invoke('sendMultiChatMessage', [{good}, {good}, {{ msgtype: 'image', image: {{}} }}], done))")).await;
    assert_eq!(
        res,
        failed("sendMultiChatMessage:fail messages[2]: url is empty", "")
    );
    assert_eq!(page.posted().await, 0);
    page.value(&format!(
        "juziWx.invoke('sendMultiChatMessage', [{good}], () => {{}})"
    ));
    assert_eq!(
        page.request().await.posted(),
        r#"[{"msgtype":"text","text":{"content":"x"}}]"#
    );
}

#[wasm_bindgen_test]
async fn images_are_resolved_against_the_page_and_must_be_of_the_web() {
    let page = Page::open().await;
    page.value(
        "juziWx.previewImage({ urls: ['a.png', 'https://句子.example/b c.png'], success() {} })",
    );
    let posted = page.request().await.posted();
    let origin = page.json("location.origin").replace('"', "");
    assert!(
        posted.starts_with(&format!(r#"{{"urls":["{origin}/"#)),
        "{posted}"
    );
    assert!(
        posted.contains("/a.png\",\"https://xn--8oro6o.example/b%20c.png\"]"),
        "{posted}"
    );
    let res = page.run("return new Promise((fail) => juziWx.previewImage({ urls: ['javascript:alert(1)'], fail }))").await;
    assert_eq!(
        res,
        failed("previewImage:fail urls[0] must be an http or https URL", "")
    );
}

// ---- The first calls of a WeCom page ----

#[wasm_bindgen_test]
async fn what_wecom_pages_call_first_succeeds_without_the_host() {
    let page = Page::after("window.wx = {};").await;
    for api in ["config", "agentConfig"] {
        for call in [
            "new Promise((done) => wx.invoke(api, params, done))",
            "new Promise((success) => wx[api]({ ...params, success }))",
            "new Promise((complete) => wx[api]({ ...params, complete }))",
            "wx[api](params)",
            "wx.invoke(api, params)",
        ] {
            let res = page.run(&format!("const api = '{api}'; const params = {{ debug: true, corpid: 'ww1', signature: 's' }}; return {call};")).await;
            assert_eq!(res, ok(api, ""));
        }
    }
    assert!(page.holds("wx.error(() => { throw new Error('never called'); }) === undefined"));
    assert_eq!(page.posted().await, 0);
}

#[wasm_bindgen_test]
async fn ready_runs_its_function_before_it_returns() {
    let page = Page::after("window.wx = {};").await;
    assert!(page.holds("(() => { let ran = 0; const returned = wx.ready(() => ran++); return ran === 1 && returned === undefined; })()"));
    assert!(page.holds("(() => { let ran = 0; wx.ready(() => wx.ready(() => wx.config({ success() {} }) || ran++)); return ran === 1; })()"));
}

#[wasm_bindgen_test]
async fn check_js_api_tells_what_is_there() {
    let page = Page::open().await;
    let list =
        "{ jsApiList: ['sendChatMessage', 'scanQRCode', 'previewImage', '__proto__', 'toString'] }";
    let expected = ok(
        "checkJsApi",
        r#""checkResult":{"sendChatMessage":true,"scanQRCode":false,"previewImage":true,"__proto__":false,"toString":false}"#,
    );
    assert_eq!(
        page.run(&format!("return juziWx.checkJsApi({list})")).await,
        expected
    );
    assert_eq!(
        page.run(&format!(
            "return new Promise((done) => juziWx.invoke('checkJsApi', {list}, done))"
        ))
        .await,
        expected
    );
    let res = page
        .run("return new Promise((fail) => juziWx.checkJsApi({ fail }))")
        .await;
    assert_eq!(res, failed("checkJsApi:fail jsApiList is required", ""));
}

#[wasm_bindgen_test]
async fn an_unknown_name_fails_and_nothing_is_posted() {
    let page = Page::open().await;
    for name in [
        "scanQRCode",
        "",
        "msgtype",
        "invoke",
        "__proto__",
        "sendchatmessage",
    ] {
        let res = page
            .run(&format!(
                "return new Promise((done) => juziWx.invoke('{name}', {{}}, done))"
            ))
            .await;
        assert_eq!(res, failed(&format!("{name}:fail function not exist"), ""));
    }
    for (name, shown) in [
        ("undefined", "undefined"),
        ("7", "number"),
        ("{}", "object"),
        ("Symbol()", "symbol"),
    ] {
        let res = page
            .run(&format!(
                "return new Promise((done) => juziWx.invoke({name}, {{}}, done))"
            ))
            .await;
        assert_eq!(res, failed(&format!("{shown}:fail function not exist"), ""));
    }
    assert_eq!(page.posted().await, 0);
}

//! Hostile parameters, and messages from senders other than the host.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, Setup, failed, ok};

async fn result(page: &Page, params: &str) -> String {
    page.run(&format!(
        "return new Promise((done) => juziWx.invoke('sendChatMessage', {params}, done))"
    ))
    .await
}

// ---- Parameters ----

#[wasm_bindgen_test]
async fn what_a_getter_throws_is_the_failure_s_text() {
    let page = Page::open().await;
    for (params, reason) in [
        ("{ get msgtype() { throw new Error('boom'); } }", "boom"),
        (
            "{ msgtype: 'text', text: { get content() { throw 'a text'; } } }",
            "a text",
        ),
        (
            "{ msgtype: 'text', get text() { throw { message: 7 }; } }",
            "7",
        ),
        (
            "{ msgtype: 'text', get text() { throw undefined; } }",
            "undefined",
        ),
        (
            "{ msgtype: 'text', get text() { throw Object.create(null); } }",
            "unreadable error",
        ),
        (
            "{ msgtype: 'text', get text() { throw { get message() { throw 1; } }; } }",
            "unreadable error",
        ),
    ] {
        assert_eq!(
            result(&page, params).await,
            failed(&format!("sendChatMessage:fail {reason}"), ""),
            "{params}"
        );
    }
    let text = page.run("return juziWx.sidebarAuth({ get success() { throw new Error('boom'); } }).catch((error) => error.err_msg)").await;
    assert_eq!(text, r#""sidebarAuth:fail boom""#);
    assert_eq!(page.posted().await, 0);
}

#[wasm_bindgen_test]
async fn a_revoked_proxy_fails_and_does_not_throw() {
    let page = Page::open().await;
    let revoked =
        "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()";
    for params in [
        revoked.to_owned(),
        format!("{{ msgtype: {revoked} }}"),
        format!("{{ msgtype: 'text', text: {revoked} }}"),
        format!("{{ msgtype: 'text', text: {{ content: {revoked} }} }}"),
    ] {
        let res = result(&page, &params).await;
        assert!(res.contains(r#""err_msg":"sendChatMessage:fail "#), "{res}");
    }
    assert_eq!(page.posted().await, 0);
}

#[wasm_bindgen_test]
async fn reactive_proxies_instances_and_objects_with_functions_go_through() {
    let page = Page::open().await;
    for params in [
        // Vue wraps reactive objects like this, recursively.
        "(() => { const reactive = (object) => new Proxy(object, { get(target, name) { const value = Reflect.get(target, name); return value && typeof value === 'object' ? reactive(value) : value; } }); return reactive({ msgtype: 'text', text: { content: 'x' } }); })()",
        "new (class { msgtype = 'text'; get text() { return { content: 'x' }; } send() {} })()",
        "{ msgtype: 'text', text: { content: 'x', on() {} }, self: window, node: document.body }",
        "Object.assign(Object.create(null), { msgtype: 'text', text: Object.assign(Object.create({ content: 'inherited' }), { content: 'x' }) })",
        "Object.create({ msgtype: 'text', text: Object.create({ content: 'x' }) })",
        "Object.freeze({ msgtype: 'text', text: Object.freeze({ content: 'x' }) })",
    ] {
        let call = page.start(&format!("return juziWx.sendChatMessage({params})"));
        assert_eq!(
            page.reply("{}").await.posted(),
            r#"{"msgtype":"text","text":{"content":"x"}}"#,
            "{params}"
        );
        assert_eq!(call.result().await, ok("sendChatMessage", ""));
    }
}

#[wasm_bindgen_test]
async fn each_member_is_read_once_so_what_was_checked_is_what_is_posted() {
    let page = Page::open().await;
    page.value(
        "(window.reads = [], window.watched = (object) => new Proxy(object, { get(target, name) { \
           reads.push(name); const count = reads.filter((read) => read === name).length; \
           const value = count > 1 ? 'changed' : target[name]; \
           return value && typeof value === 'object' ? watched(value) : value; } }), 0)",
    );
    page.value("juziWx.invoke('sendChatMessage', watched({ msgtype: 'image', image: { url: 'u', title: 't' } }), () => {})");
    assert_eq!(
        page.request().await.posted(),
        r#"{"msgtype":"image","image":{"url":"u","title":"t"}}"#
    );
    assert_eq!(
        page.json("reads"),
        r#"["signal","timeout","msgtype","image","url","title"]"#
    );
}

#[wasm_bindgen_test]
async fn texts_are_carried_unchanged_lone_surrogates_and_all() {
    let page = Page::open().await;
    page.value(r"(juziWx.invoke('sendChatMessage', { msgtype: 'text', text: { content: '\ud800 \udc00\0 \u202e 👩‍👩‍👧‍👦' } }, () => {}), 0)");
    let posted = page.request().await.params;
    let same = crate::stage::js(r"(params) => params.text.content === '\ud800 \udc00\0 \u202e 👩‍👩‍👧‍👦'");
    let same = wasm_bindgen::JsCast::unchecked_into::<js_sys::Function>(same);
    assert_eq!(
        same.call1(&wasm_bindgen::JsValue::UNDEFINED, &posted),
        Ok(wasm_bindgen::JsValue::TRUE)
    );
}

#[wasm_bindgen_test]
async fn ten_megabytes_of_text_go_through() {
    let page = Page::open().await;
    let call = page.start(
        "return juziWx.sendChatMessage({ msgtype: 'text', text: { content: '句'.repeat(5e6) } })",
    );
    assert_eq!(
        page.reply("{}").await.posted().chars().count(),
        5_000_000 + r#"{"msgtype":"text","text":{"content":""}}"#.len()
    );
    assert_eq!(call.result().await, ok("sendChatMessage", ""));
}

#[wasm_bindgen_test]
async fn a_polluted_object_prototype_neither_breaks_a_call_nor_leaks_into_it() {
    let page = Page::open().await;
    page.value("(Object.prototype.title = 'polluted', 0)");
    page.value("juziWx.invoke('openEnterpriseChat', { userIds: 'a', chatId: 'c' }, () => {})");
    assert_eq!(
        page.request().await.posted(),
        r#"{"userIds":"a","chatId":"c"}"#
    );
    page.value("delete Object.prototype.title");
}

#[wasm_bindgen_test]
async fn a_list_whose_length_lies_or_throws_fails() {
    let page = Page::open().await;
    let lying = "new Proxy([{ msgtype: 'text', text: { content: 'x' } }], { get: (list, name) => name === 'length' ? 100 : list[name] })";
    let res = page
        .run(&format!(
            "return new Promise((done) => juziWx.invoke('sendMultiChatMessage', {lying}, done))"
        ))
        .await;
    assert!(
        res.contains("sendMultiChatMessage:fail messages[1]: msgtype must be one of"),
        "{res}"
    );
    let endless =
        "new Proxy([], { get: (list, name) => name === 'length' ? 2 ** 53 : list[name] })";
    let res = page
        .run(&format!(
            "return new Promise((done) => juziWx.invoke('sendMultiChatMessage', {endless}, done))"
        ))
        .await;
    assert_eq!(
        res,
        failed(
            "sendMultiChatMessage:fail messages must be an array of at most 100 messages",
            ""
        )
    );
    let throwing = "new Proxy([], { get(list, name) { if (name === 'length') throw new Error('no length'); return list[name]; } })";
    let res = page
        .run(&format!(
            "return new Promise((done) => juziWx.invoke('sendMultiChatMessage', {throwing}, done))"
        ))
        .await;
    assert_eq!(res, failed("sendMultiChatMessage:fail no length", ""));
}

#[wasm_bindgen_test]
async fn parameters_that_are_no_object_get_the_text_of_an_object_without_members() {
    let page = Page::open().await;
    for params in ["7", "'x'", "true", "Symbol('x')", "5n", "[]", "null"] {
        let res = page
            .run(&format!(
                "return new Promise((done) => juziWx.invoke('openEnterpriseChat', {params}, done))"
            ))
            .await;
        assert_eq!(
            res,
            failed("openEnterpriseChat:fail userIds is required", ""),
            "{params}"
        );
    }
}

// ---- Messages ----

/// A page with a pending call, and the call's request.
async fn waiting() -> (Page, crate::stage::Request) {
    let page = Page::open().await;
    page.value("(window.heard = [], juziWx.getCurExternalContact({ complete: (res) => heard.push(res.userId ?? res.err_msg) }), juziWx.updateBaseInfo({ reqType: 'listen', complete: (res) => heard.push('pushed') }), 0)");
    let request = page.request().await;
    (page, request)
}

/// The page has received only the real answer, although it was sent last.
async fn heard_only_the_host(page: &Page, request: &crate::stage::Request) {
    page.settled().await;
    assert_eq!(page.json("heard"), "[]");
    page.answer(request, "{ externalUserId: 'real' }");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["real"]"#);
}

#[wasm_bindgen_test]
async fn an_event_that_a_script_made_is_ignored_whatever_source_it_claims() {
    let (page, request) = waiting().await;
    let id = &request.req_id;
    for data in [
        format!(
            "{{ api: 'getCurExternalContact', reqId: '{id}', data: {{ externalUserId: 'forged' }} }}"
        ),
        "{ api: 'updateBaseInfo', data: { baseInfo: {} } }".into(),
    ] {
        page.value(&format!("dispatchEvent(new MessageEvent('message', {{ data: {data}, source: parent, origin: location.origin }}))"));
    }
    heard_only_the_host(&page, &request).await;
}

#[wasm_bindgen_test]
async fn messages_from_another_window_are_ignored() {
    let (page, request) = waiting().await;
    let id = &request.req_id;
    // The helper, which listened first, gets each of them first.
    page.value("(window.arrived = new Promise((all) => { let left = 4; addEventListener('message', ({ source }) => { if (source !== parent && --left === 0) all(); }); }), 0)");
    for data in [
        format!(
            "{{ api: 'getCurExternalContact', reqId: '{id}', data: {{ externalUserId: 'forged' }} }}"
        ),
        "{ api: 'updateBaseInfo', data: { baseInfo: {} } }".into(),
    ] {
        // From the page itself, and from a frame in it.
        page.value(&format!(
            "setTimeout({:?}, 0)",
            format!("postMessage({data}, '*')")
        ));
        page.value(&format!("(() => {{ const inner = document.createElement('iframe'); document.body.append(inner); inner.contentWindow.eval({:?}); }})()", format!("parent.postMessage({data}, '*')")));
    }
    page.run("await arrived").await;
    heard_only_the_host(&page, &request).await;
}

#[wasm_bindgen_test]
async fn an_answer_under_another_name_is_ignored() {
    let (page, request) = waiting().await;
    let id = &request.req_id;
    for api in [
        "getCurExternalChat",
        "sidebarAuth",
        "getcurexternalcontact",
        "x",
        "",
    ] {
        page.tell(&format!("{{ api: '{api}', reqId: '{id}', data: {{ externalUserId: 'forged', chatId: 'forged' }} }}"));
    }
    heard_only_the_host(&page, &request).await;
}

#[wasm_bindgen_test]
async fn an_answer_to_no_call_is_ignored() {
    let (page, request) = waiting().await;
    for id in [
        "'juzi-1'",
        "undefined",
        "null",
        "{}",
        "0",
        "''",
        "'__proto__'",
    ] {
        page.tell(&format!(
            "{{ api: 'getCurExternalContact', reqId: {id}, data: {{ externalUserId: 'forged' }} }}"
        ));
    }
    heard_only_the_host(&page, &request).await;
}

#[wasm_bindgen_test]
async fn what_is_not_the_protocol_s_is_ignored() {
    let (page, request) = waiting().await;
    for message in [
        "null",
        "undefined",
        "7",
        "'text'",
        "[]",
        "{}",
        "{ api: 1 }",
        "{ api: {} }",
        "new Map([['api', 1]])",
        "new Error('x')",
        "new Date()",
        "new ArrayBuffer(8)",
        "[{ api: 'getCurExternalContact' }]",
    ] {
        page.tell(message);
    }
    heard_only_the_host(&page, &request).await;
}

#[wasm_bindgen_test]
async fn an_answer_of_the_wrong_form_is_a_failure_and_not_an_exception() {
    let page = Page::open().await;
    for data in [
        "undefined",
        "null",
        "7",
        "'x'",
        "[]",
        "{}",
        "{ externalUserId: '' }",
        "{ externalUserId: 7 }",
        "{ externalUserId: {} }",
        "new Date()",
    ] {
        let call = page
            .start("return new Promise((done) => juziWx.getCurExternalContact({ fail: done }))");
        page.reply(data).await;
        assert_eq!(
            call.result().await,
            failed("getCurExternalContact:fail", r#""userId":"undefined""#),
            "{data}"
        );
    }
}

#[wasm_bindgen_test]
async fn messages_of_the_parent_are_not_believed_under_another_origin_than_the_host_s() {
    let page = Setup {
        overrides: "{ location: { search: '?juziSidebar', ancestorOrigins: ['https://console.example'] } }",
        ..Setup::default()
    }
    .open()
    .await;
    assert_eq!(
        page.json("juziWx.env.hostOrigin"),
        r#""https://console.example""#
    );
    page.value("(window.heard = [], juziWx.updateBaseInfo({ reqType: 'listen', complete: () => heard.push(1) }), window.stop = new AbortController(), juziWx.sidebarAuth({ signal: stop.signal, complete: (res) => heard.push(res.err_msg) }), 0)");
    page.push("forged");
    // The browser delivers no message whose target origin is not the parent's.
    assert_eq!(page.posted().await, 0);
    page.value("stop.abort()");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["sidebarAuth:fail aborted"]"#);
}

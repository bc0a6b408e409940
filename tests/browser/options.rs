//! The effects of options: which hosts the helper posts to, and what it writes to the console.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, Setup, console_during, failed, ok};

const UNKNOWN: &str = "{ location: { search: '?juziSidebar' }, document: { referrer: '' } }";

async fn fails(page: &Page, expected: &str) {
    let res = page
        .run("return new Promise((done) => juziWx.invoke('sidebarAuth', {}, done))")
        .await;
    assert_eq!(res, failed(expected, ""));
    assert_eq!(page.posted().await, 0);
}

/// A call that is posted to an origin other than the parent's stays pending until the page aborts it.
async fn waits_unheard(page: &Page) {
    page.value("(window.heard = [], window.stop = new AbortController(), juziWx.sidebarAuth({ signal: stop.signal, complete: (res) => heard.push(res.err_msg) }), 0)");
    assert_eq!(page.posted().await, 0);
    page.value("stop.abort()");
    page.settled().await;
    assert_eq!(page.json("heard"), r#"["sidebarAuth:fail aborted"]"#);
}

async fn works(page: &Page) {
    let call = page.start("return juziWx.sidebarAuth()");
    page.reply("{ baseInfo: {} }").await;
    assert_eq!(
        call.result().await,
        ok("sidebarAuth", r#""data":{"baseInfo":{}}"#)
    );
}

#[wasm_bindgen_test]
async fn a_host_that_is_not_allowed_is_told_nothing() {
    for hosts in [
        "['https://console.example']",
        "'https://console.example https://*.example.org'",
    ] {
        let page = Page::with(&format!("{{ allowedHosts: {hosts} }}")).await;
        assert!(page.holds("juziWx.env.inSidebar && juziWx.env.hostOrigin === null"));
        fails(
            &page,
            "sidebarAuth:fail host unreachable: its origin is not in allowedHosts",
        )
        .await;
        page.value("(window.heard = [], juziWx.updateBaseInfo({ reqType: 'listen', complete: () => heard.push(1) }), 0)");
        page.push("forged");
        page.settled().await;
        assert_eq!(page.json("heard"), "[]");
    }
}

#[wasm_bindgen_test]
async fn a_host_that_is_allowed_is_spoken_to() {
    let page = Page::with("{ allowedHosts: ['https://console.example', location.origin] }").await;
    works(&page).await;
}

#[wasm_bindgen_test]
async fn an_unknown_host_is_learnt_from_its_first_answer() {
    let page = Setup {
        overrides: UNKNOWN,
        ..Setup::default()
    }
    .open()
    .await;
    assert!(page.holds("juziWx.env.hostOrigin === null"));
    works(&page).await;
    assert!(page.holds("juziWx.env.hostOrigin === location.origin"));
    works(&page).await;
}

#[wasm_bindgen_test]
async fn what_is_no_answer_does_not_show_the_host() {
    let page = Setup {
        overrides: UNKNOWN,
        ..Setup::default()
    }
    .open()
    .await;
    page.value("juziWx.sidebarAuth(() => {})");
    let request = page.request().await;
    page.tell(&format!(
        "{{ api: 'getCurChatInfo', reqId: '{}', data: {{}} }}",
        request.req_id
    ));
    page.tell("{ api: 'sidebarAuth', reqId: 'x', data: {} }");
    page.settled().await;
    assert!(page.holds("juziWx.env.hostOrigin === null"));
}

#[wasm_bindgen_test]
async fn an_unknown_host_is_only_spoken_to_under_the_allowed_origins() {
    let setup = |options| Setup {
        overrides: UNKNOWN,
        options,
        ..Setup::default()
    };
    works(&setup("{ allowedHosts: [location.origin] }").open().await).await;
    works(
        &setup("{ allowedHosts: ['https://console.example', location.origin] }")
            .open()
            .await,
    )
    .await;
    let page = setup("{ allowedHosts: ['https://console.example'] }")
        .open()
        .await;
    waits_unheard(&page).await;
    let page = setup("{ allowedHosts: ['https://*.example'] }")
        .open()
        .await;
    fails(&page, "sidebarAuth:fail host unreachable: its origin is unknown here, and allowedHosts names none exactly").await;
}

#[wasm_bindgen_test]
async fn a_referrer_that_a_wildcard_allows_is_spoken_to() {
    let page = Setup {
        overrides: "{ location: { search: '?juziSidebar' }, document: { referrer: 'https://a.console.example/chat' } }",
        options: "{ allowedHosts: ['https://*.console.example'] }",
        ..Setup::default()
    }
    .open()
    .await;
    // The browser does not deliver the message, because the parent has another origin. The call stays pending.
    waits_unheard(&page).await;
}

#[wasm_bindgen_test]
async fn a_host_that_is_named_several_times_is_asked_once() {
    let page = Setup {
        overrides: "{ location: { search: '?juziSidebar' }, document: { referrer: `${location.origin}/chat` } }",
        options: "{ allowedHosts: [location.origin, `${location.origin}/`, location.origin] }",
        ..Setup::default()
    }
    .open()
    .await;
    let call = page.start("return juziWx.sidebarAuth()");
    page.reply("{ baseInfo: {} }").await;
    call.result().await;
    page.settled().await;
    assert_eq!(page.posted().await, 0, "the same request again");
}

/// `juziWx.env.hostOrigin` of a page with this option in a host of this origin.
async fn host_origin(allowed: &str, host: &str) -> String {
    let overrides =
        format!("{{ location: {{ search: '?juziSidebar', ancestorOrigins: ['{host}'] }} }}");
    let options = format!("{{ allowedHosts: ['https://other.example', '{allowed}'] }}");
    let setup = Setup {
        overrides: &overrides,
        options: &options,
        ..Setup::default()
    };
    setup.open().await.json("juziWx.env.hostOrigin")
}

#[wasm_bindgen_test]
async fn an_entry_admits_its_origin_however_it_is_written() {
    for (entry, origin) in [
        ("https://a.example.com", "https://a.example.com"),
        ("HTTPS://A.Example.COM/", "https://a.example.com"),
        ("https://a.example.com:443", "https://a.example.com"),
        ("http://a.example.com:443", "http://a.example.com:443"),
        ("http://127.1:8080", "http://127.0.0.1:8080"),
        ("https://[0:0::1]", "https://[::1]"),
        ("https://句子.example.com", "https://xn--8oro6o.example.com"),
        ("https://*.example.com", "https://a.example.com"),
        ("https://*.Example.com:443/", "https://a.b.example.com"),
        ("http://*.example.com:8080", "http://a.example.com:8080"),
    ] {
        assert_eq!(
            host_origin(entry, origin).await,
            format!("\"{origin}\""),
            "{entry}"
        );
    }
}

#[wasm_bindgen_test]
async fn an_entry_admits_no_other_origin() {
    for (entry, origin) in [
        ("https://example.com", "https://example.com.evil.com"),
        ("https://example.com", "https://evil-example.com"),
        ("https://example.com", "http://example.com"),
        ("https://example.com", "https://example.com:8443"),
        ("https://example.com", "https://a.example.com"),
        ("https://*.example.com", "https://example.com"),
        ("https://*.example.com", "https://a.example.com.evil.com"),
        ("https://*.example.com", "https://evil-example.com"),
        ("https://*.example.com", "http://a.example.com"),
        ("https://*.example.com", "https://a.example.com:8443"),
        // A URL that is not an origin is not a valid entry.
        ("https://example.com@evil.com", "https://evil.com"),
        ("https://example.com/path", "https://example.com"),
        ("https://*example.com", "https://evil-example.com"),
        ("https://a.*.example.com", "https://a.b.example.com"),
        ("*", "https://example.com"),
        ("example.com", "https://example.com"),
    ] {
        assert_eq!(host_origin(entry, origin).await, "null", "{entry} {origin}");
    }
}

#[wasm_bindgen_test]
async fn malformed_options_are_named_in_the_console_and_the_rest_works() {
    let written = console_during(async {
        let page = Page::with("{ timeout: 'soon', debug: 3, bridge: 'no', force: [], allowedHosts: ['console.example', location.origin] }").await;
        works(&page).await;
    })
    .await;
    for name in [
        "timeout must be",
        "debug must be",
        "bridge must be",
        "force must be",
        "allowedHosts",
    ] {
        assert!(
            written.contains(&format!(r#"["error","juzi-helper: {name}"#)),
            "{name} in {written}"
        );
    }
}

#[wasm_bindgen_test]
async fn debug_writes_every_message_and_decision_to_the_console() {
    let written = console_during(async {
        let page = Page::with("{ debug: true }").await;
        works(&page).await;
        page.tell("'nonsense'");
        page.settled().await;
    })
    .await;
    assert!(written.contains("in the sidebar?"), "{written}");
    assert!(written.contains(r#""type":"sidebarHelper""#), "{written}");
    assert!(written.contains("from the host"), "{written}");
    assert!(
        written.contains("ignored: not the protocol's\",\"nonsense\""),
        "{written}"
    );
}

#[wasm_bindgen_test]
async fn without_debug_nothing_is_written() {
    let written = console_during(async {
        let page = Page::open().await;
        works(&page).await;
        page.tell("'nonsense'");
        page.settled().await;
    })
    .await;
    assert_eq!(written, "[]");
}

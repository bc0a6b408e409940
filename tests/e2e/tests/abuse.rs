//! Attacks on the workbench by a website in the same browser, and what the sidebar page can still do.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Redirect};
use juzi_e2e::{Case, Console, PATIENCE, Page, Setup, Stage, tests, without_wasm};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

pub fn cases() -> Vec<Case> {
    // These tests do not use the helper, so they do not depend on its engine.
    if without_wasm() {
        return Vec::new();
    }
    tests![
        a_website_gets_no_code_in_a_hidden_frame,
        the_page_in_the_sidebar_gets_its_code,
        a_redirected_page_gets_its_code,
        a_page_without_a_referrer_gets_its_code_by_a_click,
        the_console_cannot_be_framed_by_a_website,
    ]
}

/// Creates a hidden element with an address. Resolves when the element has loaded. Some elements fire no event if they are refused.
const HIDE: &str = "window.hide = (name, attributes) => new Promise((resolve) => {
      const element = Object.assign(document.createElement(name), { onload: resolve, onerror: resolve });
      element.style.display = name === 'object' || name === 'embed' ? 'block' : 'none';
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
    })";

/// A website under another name of this machine. It is cross-site to the hub at 127.0.0.1.
async fn website(stage: &Stage) {
    let source = format!(
        "<body><script>window.stolen = []; onmessage = (it) => stolen.push(it.data); {HIDE}</script>"
    );
    let url = stage.serve(&Page::html(&source).at("website.localhost"));
    stage.view().goto(&url).await;
}

fn authorize(console: &Console, redirect_uri: &str) -> String {
    let mut url = Url::parse(&console.origin).expect("the hub's base");
    url.set_path("/oauth/connect/authorize");
    url.query_pairs_mut()
        .append_pair("redirect_uri", redirect_uri);
    url.into()
}

/// The hub's events about requests to it, from now on.
struct Hub {
    events: reqwest::Response,
    unread: String,
}

impl Hub {
    async fn of(console: &Console) -> Hub {
        let client = reqwest::Client::builder().no_proxy().build();
        let url = format!("{}/_workbench/events", console.origin);
        let events = client.expect("a client").get(url).send().await;
        Hub {
            events: events.expect("the hub has events"),
            unread: String::new(),
        }
    }

    /// The status of the next answer to a request for a code.
    async fn answer(&mut self) -> u64 {
        loop {
            while let Some((event, rest)) = self.unread.split_once("\n\n") {
                let data = event.lines().find_map(|it| it.strip_prefix("data:"));
                let data: Value = data
                    .and_then(|it| serde_json::from_str(it).ok())
                    .unwrap_or_default();
                self.unread = rest.to_owned();
                if data["endpoint"] == "authorize" {
                    return data["status"].as_u64().expect("a status");
                }
            }
            let part = tokio::time::timeout(PATIENCE, self.events.chunk()).await;
            let part = part.expect("the hub was not asked").expect("it stays open");
            let part = part.expect("the events do not end");
            self.unread.push_str(&String::from_utf8_lossy(&part));
        }
    }
}

async fn a_website_gets_no_code_in_a_hidden_frame(stage: &Stage) {
    let console = stage.console().await;
    let mut events = Hub::of(&console).await;
    let thief = "<script>top.postMessage(location.href, '*')</script>";
    let thief = stage.serve(&Page::html(thief).at("website.localhost"));
    let (hub, view) = (authorize(&console, &thief), stage.view());
    website(stage).await;
    // A check that the attacker's own page does report when it has loaded.
    let script = "return hide('iframe', { src: arguments[0] })";
    view.js(script, &[json!(thief)]).await;
    view.until(
        "return stolen.length === 1 && (stolen.length = 0, true)",
        &[],
    )
    .await;
    for (name, attributes) in [
        ("iframe", json!({ "src": hub })),
        (
            "iframe",
            json!({ "src": hub, "referrerpolicy": "no-referrer" }),
        ),
        ("iframe", json!({ "src": hub, "sandbox": "allow-scripts" })),
        ("object", json!({ "data": hub })),
        ("embed", json!({ "src": hub })),
    ] {
        let shown = format!("{name} {attributes}");
        let script = "void hide(arguments[0], arguments[1])";
        view.js(script, &[json!(name), attributes]).await;
        // The attempt was made. A request that was refused leads to no code later.
        assert_eq!(events.answer().await, 403, "{shown}");
    }
    assert_eq!(view.js("return stolen", &[]).await, json!([]));
    // A visible navigation in a separate tab is allowed.
    view.goto(&hub).await;
    view.until(
        "return new URLSearchParams(location.search).has('code')",
        &[],
    )
    .await;
}

const EMPTY: &str = "<title>page</title><body>page";

async fn sidebar(stage: &Stage, page: Page) -> (Console, String) {
    let url = stage.serve(&page);
    let setup = Setup {
        page: Some(url.clone()),
        ..Setup::default()
    };
    (stage.console_with(setup).await, url)
}

async fn has_code(console: &Console) {
    let script = "return new URLSearchParams(location.search).has('code')";
    console.demo.until(script, &[]).await;
    console.click("tab-codes").await;
    console.reads("code-row", "authorize").await;
}

/// Navigates the sidebar page with a link in the page, because Firefox sends no `Referer` when a driver's script navigates.
async fn go(console: &Console, address: &str) {
    let script = "const link = Object.assign(document.createElement('a'), { href: arguments[0] });
        document.body.append(link);
        setTimeout(() => link.click())";
    console.demo.js(script, &[json!(address)]).await;
}

async fn the_page_in_the_sidebar_gets_its_code(stage: &Stage) {
    let (console, url) = sidebar(stage, Page::html(EMPTY)).await;
    go(&console, &authorize(&console, &url)).await;
    has_code(&console).await;
}

/// The console opens the page, and the page's server redirects a user who is not logged in.
async fn a_redirected_page_gets_its_code(stage: &Stage) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it has an address").port();
    let url = format!("http://localhost:{port}/");
    let hub = Arc::new(OnceLock::<String>::new());
    let login = hub.clone();
    let router = Router::new().fallback(async move |uri: Uri| {
        match login.get().filter(|_| !uri.to_string().contains("code=")) {
            Some(hub) => Redirect::to(hub).into_response(),
            None => Html(EMPTY).into_response(),
        }
    });
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let setup = Setup {
        page: Some(url.clone()),
        ..Setup::default()
    };
    let console = stage.console_with(setup).await;
    let address = authorize(&console, &url);
    hub.set(address).expect("it is set once");
    console.click("sidebar-reload").await;
    has_code(&console).await;
    server.abort();
}

async fn a_page_without_a_referrer_gets_its_code_by_a_click(stage: &Stage) {
    let page = Page::html(EMPTY).header("Referrer-Policy", "no-referrer");
    let (console, url) = sidebar(stage, page).await;
    go(&console, &authorize(&console, &url)).await;
    let link = "return document.querySelector('section a')?.textContent";
    assert_eq!(console.demo.until(link, &[]).await, "continue");
    console
        .demo
        .js(
            "setTimeout(() => document.querySelector('section a').click())",
            &[],
        )
        .await;
    has_code(&console).await;
}

/// The pages that issue codes, in spellings that a browser sends unchanged.
const HOSTS: [&str; 8] = [
    "",
    "index.html",
    "/index.html",
    "check/",
    "check//index.html",
    "/check//",
    "/demo%2F..%2Findex.html",
    "check%2F..%2Findex.html",
];

/// The workbench's pages without their policy, at a separate origin. A website can frame these pages.
async fn unprotected(console: &Console) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it has an address").port();
    let origin = console.origin.clone();
    let router = Router::new().fallback(async move |uri: Uri| {
        let client = reqwest::Client::builder().no_proxy().build();
        let answer = client.expect("a client").get(format!("{origin}{uri}"));
        let answer = answer.send().await.expect("the workbench answers");
        let kind = answer.headers().get("content-type").cloned();
        let kind = kind.map(|it| [("content-type", it)]);
        (kind, answer.bytes().await.expect("it has a body"))
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://localhost:{port}")
}

async fn the_console_cannot_be_framed_by_a_website(stage: &Stage) {
    let console = stage.console().await;
    website(stage).await;
    let view = stage.view();
    let origin = console.origin.trim_end_matches('/');
    let addresses: Vec<String> = HOSTS.iter().map(|it| format!("{origin}/{it}")).collect();
    // Each attempt has ended: the browser shows the page, or a refusal.
    let script = "return Promise.all(arguments[0].map((src) => hide('iframe', { src }))).then(() => frames.length)";
    assert_eq!(view.js(script, &[json!(addresses)]).await, HOSTS.len());
    // The console and the check each contain a frame, which can be counted from outside. These two pages were opened after the attempts.
    let open = unprotected(&console).await;
    for (place, path) in ["", "check/"].into_iter().enumerate() {
        let src = format!("{open}/{path}");
        view.js("void hide('iframe', { src: arguments[0] })", &[json!(src)])
            .await;
        let counted = "return frames[arguments[0]].length === 1";
        view.until(counted, &[json!(HOSTS.len() + place)]).await;
    }
    let script = "return Array.from({ length: arguments[0] }, (_, i) => frames[i].length)";
    let framed = view.js(script, &[json!(HOSTS.len())]).await;
    assert_eq!(framed, json!(HOSTS.map(|_| 0)));
    for address in [origin.to_owned(), format!("{origin}/check//index.html")] {
        view.goto(&address).await;
        view.until("return frames.length === 1", &[]).await;
    }
}

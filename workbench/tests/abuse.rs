//! What websites and broken programs must not be able to do to the workbench: fetch codes, block it, frame it.

mod common;

use std::time::Duration;

use common::{Fixture, PATIENCE, start, start_with};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

const CALLBACK: &str = "http://localhost:5173/app";

/// The headers that a browser sends for a hidden frame in a website.
const HIDDEN_FRAME: [(&str, &str); 4] = [
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-mode", "navigate"),
    ("sec-fetch-dest", "iframe"),
    ("referer", "https://evil.example/"),
];

async fn authorize(it: &Fixture, redirect_uri: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = it
        .client
        .get(it.url("/oauth/connect/authorize"))
        .query(&[("redirect_uri", redirect_uri), ("state", "s1")]);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

fn code_in(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::FOUND);
    let location = response.headers()["location"].to_str().unwrap();
    let target = Url::parse(location).unwrap();
    let (_, code) = target
        .query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap();
    code.into_owned()
}

/// `HIDDEN_FRAME` with one header replaced or left out.
fn frame_with<'a>(name: &'a str, value: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
    let others = HIDDEN_FRAME.into_iter().filter(|it| it.0 != name);
    others.chain(value.map(|value| (name, value))).collect()
}

#[tokio::test]
async fn a_hidden_frame_of_a_website_gets_no_code_but_a_page_that_says_why() {
    let it = start().await;
    let mut events = it.events().await;
    for (referer, redirect_uri) in [
        (Some("https://evil.example/"), CALLBACK),
        (Some("https://evil.example/"), "https://evil.example/cb"),
        (None, CALLBACK),
        (None, it.server.addresses().page.as_str()),
        (Some("null"), CALLBACK),
        (Some("http://localhost:1/"), CALLBACK),
        (Some("http://localhost.evil.example/"), CALLBACK),
    ] {
        let response = authorize(&it, redirect_uri, &frame_with("referer", referer)).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{referer:?}");
        let headers = response.headers().clone();
        assert!(!headers.contains_key("location") && !headers.contains_key("refresh"));
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(headers["cache-control"], "no-store");
        let page = response.text().await.unwrap();
        assert!(page.contains("a hidden frame on another website"), "{page}");
        assert!(page.contains("别的网站"), "{page}");
        assert!(!page.contains("http-equiv") && !page.contains("<script"));
    }
    // Nothing was issued in the meantime: the first code in the console's events is its own.
    let code = it.code(&it.first_conversation().await).await;
    assert_eq!(events.next_named("code-issued").await["code"], code);
}

#[tokio::test]
async fn the_refusals_link_works_in_the_consoles_sidebar_and_no_website_can_frame_it() {
    let it = start().await;
    let redirect_uri = "http://localhost:5173/app?a=\"><b>&c=1";
    let response = authorize(&it, redirect_uri, &HIDDEN_FRAME).await;
    let policy = response.headers()["content-security-policy"].clone();
    let ancestors = format!("frame-ancestors 'self' {}", it.origin());
    assert!(policy.to_str().unwrap().contains(&ancestors), "{policy:?}");
    let address = response.url().clone();
    let page = response.text().await.unwrap();
    let href = page.split("href=\"").nth(1).unwrap();
    let href = href.split('"').next().unwrap().replace("&amp;", "&");
    assert_eq!(address.join(&href).unwrap(), address, "{page}");
    assert!(!page.contains("<b>"), "{page}");
}

#[tokio::test]
async fn whoever_navigates_on_this_machine_gets_a_code() {
    let it = start().await;
    let page = it.server.addresses().page.to_string();
    let console = it.server.addresses().console.to_string();
    let frame = |site: &'static str, referer: Option<&str>| {
        let mut headers = frame_with("referer", None);
        headers[0] = ("sec-fetch-site", site);
        (headers, referer.map(str::to_owned))
    };
    let tab = |site: &'static str| {
        let mut headers = frame_with("sec-fetch-dest", Some("document"));
        headers[0] = ("sec-fetch-site", site);
        (headers, None)
    };
    for (headers, referer) in [
        // A program other than a browser. Node's `fetch` sends `Sec-Fetch-Mode` and nothing else.
        (vec![], None),
        (vec![("sec-fetch-mode", "cors")], None),
        tab("none"),
        tab("cross-site"),
        // The sidebar page, with the `Referer` that its policy allows, or redirected by its server when it is first opened.
        frame("cross-site", Some(&page)),
        frame("cross-site", page.strip_suffix("demo/")),
        frame("cross-site", Some(&console)),
        frame("same-site", None),
        frame("same-origin", None),
    ] {
        let mut headers = headers;
        headers.extend(referer.as_deref().map(|it| ("referer", it)));
        let code = code_in(&authorize(&it, CALLBACK, &headers).await);
        assert_eq!(it.user_info(&code).await["errcode"], 0, "{headers:?}");
    }
}

#[tokio::test]
async fn the_page_under_development_is_known_by_its_origin() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let page = format!("{origin}/side/?tab=1");
    let it = start_with(|options| options.page = page.parse().ok()).await;
    for (referer, status) in [
        (format!("{origin}/"), StatusCode::FOUND),
        (format!("{origin}/login?next=%2F"), StatusCode::FOUND),
        (format!("{origin}.evil.example/"), StatusCode::FORBIDDEN),
        (
            format!("https://evil.example/?{origin}/"),
            StatusCode::FORBIDDEN,
        ),
        ("http://localhost/".to_owned(), StatusCode::FORBIDDEN),
    ] {
        let response = authorize(&it, CALLBACK, &frame_with("referer", Some(&referer))).await;
        assert_eq!(response.status(), status, "{referer}");
    }
}

#[tokio::test]
async fn what_a_browser_does_not_show_is_no_navigation() {
    let it = start().await;
    let page = it.server.addresses().page.to_string();
    let not_shown = [
        ("empty", "cors"),
        ("empty", "no-cors"),
        ("image", "no-cors"),
        ("script", "no-cors"),
        ("style", "no-cors"),
        ("video", "no-cors"),
        ("object", "navigate"),
        ("embed", "navigate"),
        ("iframe", "no-cors"),
        ("document", "cors"),
    ];
    for site in ["cross-site", "same-site", "same-origin", "none"] {
        for (dest, mode) in not_shown {
            let headers = [
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
                ("referer", page.as_str()),
            ];
            let response = authorize(&it, CALLBACK, &headers).await;
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{headers:?}");
            let text = response.text().await.unwrap();
            assert!(text.contains("not a navigation"), "{text}");
        }
    }
    for purpose in ["prefetch", "prefetch;prerender"] {
        let mut headers = frame_with("sec-fetch-dest", Some("document"));
        headers.push(("sec-purpose", purpose));
        let response = authorize(&it, CALLBACK, &headers).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{purpose}");
    }
}

/// Sends this many requests for a code one after another over one connection. Returns the response statuses and how often
/// each occurred in a row.
async fn flood(
    it: &Fixture,
    requests: usize,
    redirect_uri: &str,
    headers: &[(&str, &str)],
) -> Vec<(u16, usize)> {
    let port = it.server.port();
    let mut request = format!(
        "GET /oauth/connect/authorize?redirect_uri={redirect_uri} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    );
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    let all =
        format!("{request}\r\n").repeat(requests - 1) + &request + "Connection: close\r\n\r\n";
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let (mut answers, mut questions) = stream.into_split();
    // The task returns the write half, because dropping it would close the connection for writing too early.
    let asked = tokio::spawn(async move {
        questions.write_all(all.as_bytes()).await.unwrap();
        questions
    });
    let mut told = String::new();
    let read = answers.read_to_string(&mut told);
    tokio::time::timeout(PATIENCE, read).await.unwrap().unwrap();
    asked.await.unwrap();
    let mut statuses: Vec<(u16, usize)> = Vec::new();
    for answer in told.split("HTTP/1.1 ").skip(1) {
        let status = answer[..3].parse().unwrap();
        match statuses.last_mut() {
            Some((last, times)) if *last == status => *times += 1,
            _ => statuses.push((status, 1)),
        }
    }
    statuses
}

/// More codes than the hub remembers.
const MANY: usize = 10_001;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_refused_requests_cost_the_developer_no_code() {
    let it = start().await;
    let own = code_in(&authorize(&it, CALLBACK, &[]).await);
    let handed_out = it.code(&it.first_conversation().await).await;
    let statuses = flood(&it, MANY, "http://localhost:5173/app", &HIDDEN_FRAME).await;
    assert_eq!(statuses, [(403, MANY)]);
    assert_eq!(it.user_info(&own).await["errcode"], 0);
    assert_eq!(it.user_info(&handed_out).await["errcode"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_for_a_website_push_each_other_out_and_none_of_the_developers() {
    let it = start().await;
    let own = code_in(&authorize(&it, CALLBACK, &[]).await);
    let handed_out = it.code(&it.first_conversation().await).await;
    let strangers = code_in(&authorize(&it, "https://evil.example/", &[]).await);
    // These are top-level navigations, which are allowed.
    let statuses = flood(&it, MANY, "https://evil.example/", &[]).await;
    assert_eq!(statuses, [(302, MANY)]);
    assert_eq!(it.user_info(&strangers).await["errcode"], -1);
    assert_eq!(it.user_info(&own).await["errcode"], 0);
    assert_eq!(it.user_info(&handed_out).await["errcode"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_asks_without_end_is_refused_and_loses_none_of_its_codes() {
    let it = start().await;
    let own = code_in(&authorize(&it, CALLBACK, &[]).await);
    let statuses = flood(&it, MANY, "http://localhost:5173/app", &[]).await;
    assert_eq!(statuses, [(302, 9_999), (503, 2)]);
    let body = json!({ "conversationId": it.first_conversation().await, "via": "sidebarAuth" });
    let refused = it.post("/_workbench/codes", body).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let refused: Value = refused.json().await.unwrap();
    let error = refused["error"].as_str().unwrap();
    assert!(
        error.contains("10000 codes") && error.contains("--code-ttl"),
        "{error}"
    );

    // A redeemed code makes room for one more, and expired codes make room again.
    assert_eq!(it.user_info(&own).await["errcode"], 0);
    let next = code_in(&authorize(&it, CALLBACK, &[]).await);
    it.clock.advance(Duration::from_secs(300));
    assert_eq!(it.user_info(&next).await["errcode"], -2);
    code_in(&authorize(&it, CALLBACK, &[]).await);
}

/// Longer than any test.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);
const HALVES: usize = 1_000;

/// A connection that has sent only the request line, `Host` and this.
async fn half_sent(it: &Fixture, rest: &str) -> TcpStream {
    // Both ends of every connection are in this process.
    rlimit::increase_nofile_limit(4 * HALVES as u64).unwrap();
    let port = it.server.port();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let head = format!("POST /demo/api/login HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{rest}");
    // Writing to a connection that is already closed fails.
    let _ = stream.write_all(head.as_bytes()).await;
    stream
}

/// Everything that the server sends on a connection before it closes it.
async fn received_until_closed(stream: &mut TcpStream) -> String {
    let mut received = Vec::new();
    let end = stream.read_to_end(&mut received);
    // The end can be a reset as well.
    let _ = tokio::time::timeout(PATIENCE, end)
        .await
        .expect("it stays open");
    String::from_utf8(received).unwrap()
}

const HALF_A_HEADER: &str = "Content-Type: application/js";
const HALF_A_BODY: &str = "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"code\":";

#[tokio::test]
async fn a_half_sent_request_is_closed_to_make_room() {
    for rest in [HALF_A_HEADER, HALF_A_BODY] {
        // They never time out: the server closes one for each new connection.
        let it = start_with(|options| {
            options.limits.request_timeout = NEVER;
            options.limits.grace = Duration::ZERO;
        })
        .await;
        let mut events = it.events().await;
        let mut halves = Vec::new();
        for _ in 0..HALVES {
            halves.push(half_sent(&it, rest).await);
        }
        // A separate client opens new connections.
        for _ in 0..3 {
            let config = common::client().get(it.url("/_workbench/config"));
            assert_eq!(config.send().await.unwrap().status(), StatusCode::OK);
        }
        // The oldest was closed. The console's event stream, which is older than all of them, stays open.
        assert_eq!(received_until_closed(&mut halves[0]).await, "");
        let code = it.code(&it.first_conversation().await).await;
        assert_eq!(events.next().await.unwrap().1["code"], code);
        drop(halves);
    }
}

/// With the default limits. A new connection has one second to send its request. Others may wait that long, but they are answered.
#[tokio::test]
async fn a_thousand_half_sent_requests_keep_nobody_out_as_shipped() {
    for rest in [HALF_A_HEADER, HALF_A_BODY] {
        let it = start().await;
        let mut events = it.events().await;
        let mut halves = Vec::new();
        for _ in 0..HALVES {
            halves.push(half_sent(&it, rest).await);
        }
        for _ in 0..3 {
            let config = common::client().get(it.url("/_workbench/config"));
            assert_eq!(config.send().await.unwrap().status(), StatusCode::OK);
        }
        let code = it.code(&it.first_conversation().await).await;
        assert_eq!(events.next().await.unwrap().1["code"], code);
        drop(halves);
    }
}

/// The requests in `tests/vectors/requests.json`, with the placeholders filled in, each with its kind.
fn odd_requests(port: u16) -> Vec<(Vec<u8>, &'static str)> {
    let table = include_str!("../../tests/vectors/requests.json");
    let table: Value = serde_json::from_str(table).unwrap();
    let texts = |kind: &str| {
        let all = table[kind].as_array().unwrap().iter();
        all.map(|it| it.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let end = "HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";
    let asked = texts("targets")
        .into_iter()
        .map(|it| format!("GET {it} {end}"))
        .map(|it| (it, "targets"));
    let whole = texts("whole").into_iter().map(|it| (it, "whole"));
    let broken = texts("broken").into_iter().map(|it| (it, "broken"));
    let blocks = [
        ("{host}", format!("127.0.0.1:{port}")),
        ("{1k}", "a".repeat(1_024)),
        ("{4k}", "a".repeat(4_096)),
        ("{64k}", "a".repeat(65_536)),
        ("{dots}", "../".repeat(500)),
        ("{slashes}", "/".repeat(2_000)),
        ("{pairs}", "a=b&".repeat(1_000)),
        ("{headers}", "X: y\r\n".repeat(1_000)),
    ];
    // Each character stands for one byte.
    let bytes = |text: String| {
        let filled = blocks
            .iter()
            .fold(text, |text, (name, block)| text.replace(name, block));
        filled.chars().map(|it| it as u8).collect()
    };
    asked
        .chain(whole)
        .chain(broken)
        .map(|(text, kind)| (bytes(text), kind))
        .collect()
}

#[tokio::test]
async fn no_request_ends_the_workbench() {
    let it = start().await;
    for (request, kind) in odd_requests(it.server.port()) {
        let answer = common::answer_to(it.server.port(), &request, kind == "broken").await;
        let shown = String::from_utf8_lossy(&request[..request.len().min(200)]).into_owned();
        let status: u16 = answer
            .get(9..12)
            .and_then(|it| it.parse().ok())
            .unwrap_or_default();
        assert!(
            kind != "targets" || (200..500).contains(&status),
            "{shown}: {answer}"
        );
        assert!(
            it.as_written("/host.js").await.starts_with("HTTP/1.1 200"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_new_connection_has_a_grace_period() {
    let it = start_with(|options| {
        options.limits.connections = 2;
        options.limits.request_timeout = NEVER;
        options.limits.grace = NEVER;
    })
    .await;
    // One slot holds a new connection, the other one that has been answered. The answered one is closed first.
    let mut fresh = half_sent(&it, HALF_A_BODY).await;
    for _ in 0..3 {
        let config = common::client().get(it.url("/_workbench/config"));
        assert_eq!(config.send().await.unwrap().status(), StatusCode::OK);
    }
    fresh.write_all(b"\"123456789\"}").await.unwrap();
    let mut first = [0; 12];
    let answer = fresh.read_exact(&mut first);
    tokio::time::timeout(PATIENCE, answer)
        .await
        .expect("no answer came")
        .unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn with_more_connections_than_slots_every_request_is_answered() {
    let it = start_with(|options| {
        options.limits.connections = 4;
        options.limits.grace = NEVER;
    })
    .await;
    let port = it.server.port();
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..500 {
        asking.spawn(async move {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            let request = format!(
                "GET /host.js HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
            );
            stream.write_all(request.as_bytes()).await.unwrap();
            received_until_closed(&mut stream).await
        });
    }
    let answers = asking.join_all().await;
    let whole = |it: &&String| it.starts_with("HTTP/1.1 200") && it.ends_with("\n");
    assert_eq!(answers.iter().filter(whole).count(), 500);
    assert!(answers.windows(2).all(|two| two[0].len() == two[1].len()));
}

/// Stops the clock of timeouts for the rest of the test, which advances the clock itself. Without the task, the clock would advance by
/// itself whenever all tasks wait for timers.
fn stop_the_clock() -> std::sync::mpsc::Sender<()> {
    tokio::time::pause();
    let (running, ended) = std::sync::mpsc::channel();
    tokio::task::spawn_blocking(move || ended.recv());
    running
}

/// Everything that the server sends before it closes the connection. Advances the stopped clock by this timeout again and again, because
/// the server may start its timer later than the test.
async fn received_when_it_is_late(stream: &mut TcpStream, timeout: Duration) -> String {
    let began = std::time::Instant::now();
    let mut received = Vec::new();
    {
        let mut end = std::pin::pin!(stream.read_to_end(&mut received));
        loop {
            assert!(began.elapsed() < PATIENCE, "it stays open");
            tokio::select! {
                biased;
                // It can be a reset as well.
                _ = &mut end => break,
                () = tokio::time::advance(timeout) => tokio::task::yield_now().await,
            }
        }
    }
    String::from_utf8(received).unwrap()
}

#[tokio::test]
async fn a_half_sent_request_is_given_up_in_time_and_an_event_stream_never() {
    let it = start_with(|options| options.limits.connections = 4 * HALVES).await;
    let timeout = juzi_workbench::Options::default().limits.request_timeout;
    let _stopped = stop_the_clock();
    let mut events = it.events().await;
    let mut halves = Vec::new();
    for _ in 0..HALVES {
        halves.push(half_sent(&it, HALF_A_HEADER).await);
    }
    for half in &mut halves {
        received_when_it_is_late(half, timeout).await;
    }
    // A request with `Expect: 100-continue` gets `100 Continue` as soon as the server has read its header.
    let mut slow = half_sent(&it, &format!("Expect: 100-continue\r\n{HALF_A_BODY}")).await;
    let mut first = [0; 25];
    slow.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 100 Continue\r\n\r\n");
    let received = received_when_it_is_late(&mut slow, timeout).await;
    assert!(received.starts_with("HTTP/1.1 408"), "{received}");
    assert!(received.contains("did not come in time"), "{received}");
    assert!(
        received.contains("x-content-type-options: nosniff"),
        "{received}"
    );
    tokio::time::resume();
    // The events' connection is older than all of these.
    let code = it.code(&it.first_conversation().await).await;
    assert_eq!(events.next().await.unwrap().1["code"], code);
}

#[tokio::test]
async fn half_sent_requests_do_not_delay_the_shutdown() {
    let it = start_with(|options| options.limits.request_timeout = NEVER).await;
    let mut half = half_sent(&it, HALF_A_HEADER).await;
    let _answered = it.config().await;
    let Fixture { server, .. } = it;
    server.shutdown().await;
    assert_eq!(received_until_closed(&mut half).await, "");
}

#[test]
fn the_limits_are_those_in_the_readme() {
    let limits = juzi_workbench::Options::default().limits;
    assert_eq!(limits.request_timeout, Duration::from_secs(10));
    assert_eq!(limits.connections, 128);
    let readme = include_str!("../README.md");
    assert!(readme.contains("10 s") && readme.contains("128 connections"));
}

#[tokio::test]
async fn no_answer_of_any_kind_lets_a_browser_guess_its_type() {
    let it = start().await;
    let port = it.server.port();
    let etag = it.get("/host.js").await.headers()["etag"].clone();
    let etag = etag.to_str().unwrap();
    let hub = "/oauth/connect/authorize";
    let callback = "/oauth/connect/authorize?redirect_uri=http%3A%2F%2Fa.example";
    let get = reqwest::Method::GET;
    let post = reqwest::Method::POST;
    let kinds = [
        (&get, "/", None, 200),
        (&get, "/demo/", None, 200),
        (&get, "/demo", None, 308),
        (&get, "/host.js", Some(("if-none-match", etag)), 304),
        (&get, "/host.js", Some(("range", "bytes=0-1")), 206),
        (&get, "/host.js", Some(("range", "bytes=99999999-")), 416),
        (&get, "/none", None, 404),
        (&get, "/", Some(("host", "evil.example")), 403),
        (&post, "/", None, 405),
        (&get, "/_workbench/config", None, 200),
        (&get, "/_workbench/events", None, 200),
        (
            &get,
            "/_workbench/events",
            Some(("sec-fetch-site", "cross-site")),
            403,
        ),
        (&get, "/_workbench/codes", None, 405),
        (&post, "/_workbench/codes", None, 415),
        (
            &post,
            "/_workbench/codes",
            Some(("content-type", "application/json")),
            400,
        ),
        (
            &post,
            "/_workbench/codes",
            Some(("origin", "http://evil.example")),
            403,
        ),
        (&get, "/api/v1/oauth/getUserInfo", None, 200),
        (&post, "/api/v1/oauth/getUserInfo", None, 405),
        (&get, callback, None, 302),
        (&get, hub, None, 400),
        (&get, callback, Some(("sec-fetch-dest", "image")), 403),
        (&post, "/demo/api/login", None, 415),
    ];
    let mut names = vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if std::net::TcpListener::bind("[::1]:0").is_ok() {
        names.push(format!("[::1]:{port}"));
    }
    for name in &names {
        for (method, path, header, status) in kinds {
            let mut request = it
                .client
                .request(method.clone(), format!("http://{name}{path}"));
            if let Some((name, value)) = header {
                request = request.header(name, value);
            }
            let response = request.send().await.unwrap();
            let led_to_its_origin = name.starts_with("localhost") && path == "/" && status != 403;
            let status = if led_to_its_origin { 307 } else { status };
            assert_eq!(
                response.status(),
                status,
                "{name} {method} {path} {header:?}"
            );
            let values = response.headers().get_all("x-content-type-options");
            let values: Vec<_> = values.into_iter().collect();
            assert_eq!(values, ["nosniff"], "{name} {method} {path} {header:?}");
        }
        let login = it.client.post(format!("http://{name}/demo/api/login"));
        let large = login.body("x".repeat(100_000)).send().await.unwrap();
        assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(large.headers()["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn the_console_is_framed_by_itself_alone_and_the_sidebars_page_by_anybody() {
    let it = start().await;
    let policies = async |path: &str, etag: Option<&reqwest::header::HeaderValue>| {
        let mut request = it.client.get(it.url(path));
        if let Some(etag) = etag {
            request = request.header("if-none-match", etag);
        }
        let response = request.send().await.unwrap();
        let policy = response.headers().get("content-security-policy").cloned();
        (policy, response.headers().get("etag").cloned())
    };
    // In every spelling of the path, and also for a 304.
    for path in ["/", "/index.html", "//", "//index.html"] {
        let (policy, etag) = policies(path, None).await;
        assert_eq!(policy.unwrap(), "frame-ancestors 'self'", "{path}");
        let (policy, _) = policies(path, etag.as_ref()).await;
        assert_eq!(policy.unwrap(), "frame-ancestors 'self'", "{path}");
    }
    for path in ["/demo/", "/demo/index.html", "/host.js"] {
        assert_eq!(policies(path, None).await.0, None, "{path}");
    }
    // The console keeps its own origin in every spelling of the path.
    for path in ["//", "///index.html"] {
        let url = format!("http://localhost:{}{path}", it.server.port());
        let response = it.client.get(url).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::TEMPORARY_REDIRECT, "{path}");
    }
}

/// Ways to write the path of a file. Not all of them lead to it.
fn spellings(file: &str) -> Vec<String> {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let table = include_str!("../../tests/vectors/spellings.json");
    let patterns: Vec<String> = serde_json::from_str(table).unwrap();
    let written = patterns.iter().map(|it| {
        it.replace("{file}", file)
            .replace("{folder}", folder)
            .replace("{name}", name)
    });
    let encoded = [
        file.to_uppercase(),
        file.replace("index", "%69ndex"),
        file.replace('.', "%2E"),
    ];
    written.chain(encoded.map(|it| format!("/{it}"))).collect()
}

/// Whether a browser may show it as a document that can contain links and scripts.
fn is_document(answer: &str) -> bool {
    let kind = common::header(answer, "content-type").unwrap_or_default();
    ["html", "svg", "xml"].iter().any(|it| kind.contains(it))
}

#[tokio::test]
async fn every_document_but_the_demo_is_framed_by_the_console_alone_however_its_path_is_written() {
    let it = start().await;
    for file in [
        "index.html",
        "check/index.html",
        "console/icon.svg",
        "media/logo.svg",
    ] {
        let plain = it.as_written(&format!("/{file}")).await;
        assert!(
            plain.starts_with("HTTP/1.1 200") && is_document(&plain),
            "{file}: {plain}"
        );
        for path in spellings(file) {
            let answer = it.as_written(&path).await;
            let policy = common::header(&answer, "content-security-policy");
            assert!(
                !is_document(&answer) || policy == Some("frame-ancestors 'self'"),
                "{path}: {answer}"
            );
        }
    }
    // Several slashes count as one, whether the files are read from the source tree or from the program.
    for path in [
        "//",
        "/check//",
        "/check//index.html",
        "/./check/./index.html",
        "/check/.",
    ] {
        let answer = it.as_written(path).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
    // No other spelling leads anywhere.
    for path in [
        "/demo/../index.html",
        "/demo/..%2Findex.html",
        "/demo/..\\index.html",
        "/%69ndex.html",
        "/../Cargo.toml",
    ] {
        let answer = it.as_written(path).await;
        assert!(answer.starts_with("HTTP/1.1 40"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn every_page_that_refuses_is_framed_by_the_console_alone() {
    let it = start().await;
    let hub = "/oauth/connect/authorize";
    for path in [
        hub.to_owned(),
        format!("{hub}?redirect_uri=%2Fcb"),
        format!("{hub}?redirect_uri=http%3A%2F%2Fa.example&state=a-b"),
    ] {
        let answer = it.as_written(&path).await;
        assert!(is_document(&answer), "{path}: {answer}");
        let policy = common::header(&answer, "content-security-policy").unwrap_or_default();
        assert!(
            policy.contains("frame-ancestors 'self'"),
            "{path}: {answer}"
        );
    }
    let statuses = flood(&it, MANY, "http://localhost:5173/app", &[]).await;
    assert_eq!(statuses.last().unwrap().0, 503);
    let answer = it
        .as_written(&format!("{hub}?redirect_uri=http%3A%2F%2Flocalhost"))
        .await;
    assert!(
        answer.starts_with("HTTP/1.1 503") && answer.contains("frame-ancestors 'self'"),
        "{answer}"
    );
}

#[tokio::test]
async fn the_consoles_events_are_for_the_console_and_for_programs() {
    let it = start().await;
    for (site, status) in [
        (None, 200),
        (Some("same-origin"), 200),
        (Some("none"), 200),
        (Some("same-site"), 403),
        (Some("cross-site"), 403),
    ] {
        let mut request = it.client.get(it.url("/_workbench/events"));
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        assert_eq!(request.send().await.unwrap().status(), status, "{site:?}");
    }
}

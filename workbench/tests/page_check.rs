//! What the server finds wrong with a page. Real servers play the pages here.

mod common;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use common::tls::Authority;
use common::{Fixture, start, start_with};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};

const HTML: &str = "content-type: text/html; charset=utf-8\r\n";
const HELPED: &str = "<script src=/juzi-helper.js></script>";

/// A page's server. It gives every request the same answer, and passes on the requests that it got.
struct Page {
    port: u16,
    requests: Receiver<String>,
}

impl Page {
    fn answering(head: &str, body: &str) -> Self {
        Page::start(head, body, None)
    }

    /// Gives the answers in turn, then repeats the last one.
    fn answering_each(answers: &[(&str, &str)]) -> Self {
        Page::serve(answers, None)
    }

    fn start(head: &str, body: &str, tls: Option<Arc<ServerConfig>>) -> Self {
        Page::serve(&[(head, body)], tls)
    }

    fn serve(answers: &[(&str, &str)], tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let response = |(head, body): &(&str, &str)| {
            format!(
                "HTTP/1.1 {head}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            )
        };
        let responses: Vec<_> = answers.iter().map(response).collect();
        let answered = Arc::new(AtomicUsize::new(0));
        let (sender, requests) = channel();
        let sender = Arc::new(Mutex::new(sender));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (responses, answered) = (responses.clone(), answered.clone());
                let sender = sender.clone();
                let tls = tls.clone();
                thread::spawn(move || {
                    let stream = stream.unwrap();
                    // A connection without a request uses up no answer.
                    let response = || {
                        let turn = answered.fetch_add(1, Ordering::SeqCst);
                        responses[turn.min(responses.len() - 1)].clone()
                    };
                    let request = match tls {
                        Some(tls) => {
                            let connection = ServerConnection::new(tls).unwrap();
                            answer(StreamOwned::new(connection, stream), response)
                        }
                        None => answer(stream, response),
                    };
                    if let Some(request) = request {
                        let _ = sender.lock().unwrap().send(request);
                    }
                });
            }
        });
        Page { port, requests }
    }

    fn url(&self) -> String {
        format!("http://localhost:{}/app", self.port)
    }
}

/// Returns the request's head; `None` if the client closed the connection without one.
fn answer(mut stream: impl Read + Write, response: impl Fn() -> String) -> Option<String> {
    let mut head = vec![];
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            // A TLS handshake begins with this byte.
            Ok(1) if byte[0] == 0x16 => {
                let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
                return None;
            }
            Ok(1) => head.push(byte[0]),
            _ => return None,
        }
    }
    let _ = stream.write_all(response().as_bytes());
    let _ = stream.flush();
    Some(String::from_utf8(head).unwrap())
}

async fn check(it: &Fixture, url: &str) -> Value {
    let response = it
        .post("/_workbench/page-check", json!({ "url": url }))
        .await;
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

/// The findings as `code severity`.
fn found(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap();
    let text = |it: &Value, name: &str| it[name].as_str().unwrap().to_owned();
    findings
        .iter()
        .map(|it| format!("{} {}", text(it, "code"), text(it, "severity")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_page_has_nothing_wrong() {
    let it = start().await;
    let demo = it.server.addresses().page.to_string();
    let report = check(&it, &demo).await;
    assert_eq!(report["findings"], json!([]), "{report}");
    assert_eq!(
        (&report["status"], &report["helper"]),
        (&json!(200), &json!("script"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_of_a_page_is_found() {
    let it = start().await;
    let ok = |more: &str| format!("200 OK\r\n{HTML}{more}");
    for (head, body, expected) in [
        (ok(""), HELPED, vec![]),
        (ok(""), "<p>hi", vec!["no-helper warning"]),
        (
            ok(""),
            "<script type=module src=/src/main.ts></script>",
            vec!["helper-unseen note"],
        ),
        (format!("500 Oops\r\n{HTML}"), HELPED, vec!["status error"]),
        (format!("404 Gone\r\n{HTML}"), "", vec!["status error"]),
        (
            "200 OK\r\ncontent-type: application/json\r\n".to_owned(),
            "{}",
            vec!["not-html warning"],
        ),
        (
            ok("x-frame-options: DENY\r\n"),
            HELPED,
            vec!["x-frame-options error"],
        ),
        (
            ok("x-frame-options: sameorigin\r\n"),
            HELPED,
            vec!["x-frame-options error"],
        ),
        (
            ok(
                "content-security-policy: default-src 'self'; frame-ancestors https://*.juzibot.com\r\n",
            ),
            HELPED,
            vec!["frame-ancestors error"],
        ),
        (
            ok("x-frame-options: DENY\r\ncontent-security-policy: frame-ancestors *\r\n"),
            HELPED,
            vec![],
        ),
        (
            ok("set-cookie: a=1\r\nset-cookie: b=2; SameSite=None; Secure; Partitioned\r\n"),
            HELPED,
            vec!["cookie-blocked warning"],
        ),
        (
            ok("referrer-policy: no-referrer\r\n"),
            HELPED,
            vec!["no-referrer warning"],
        ),
        (
            "302 Found\r\nlocation: https://login.example/?next=x\r\n".to_owned(),
            "",
            vec!["redirect-away warning"],
        ),
        (
            ok(""),
            "<script src=/juzi-helper.js></script><script>document.cookie = 'sid=1'</script>",
            vec!["cookie-by-script warning"],
        ),
        (
            format!(
                "302 Found\r\nlocation: {}/oauth/connect/authorize?x\r\n",
                it.origin()
            ),
            "",
            vec!["redirect-login note"],
        ),
        (
            "302 Found\r\nlocation: https://hub.juzibot.com/oauth/connect/authorize?x\r\n"
                .to_owned(),
            "",
            vec!["redirect-other-hub warning"],
        ),
    ] {
        let page = Page::answering(&head, body);
        let report = check(&it, &page.url()).await;
        assert_eq!(found(&report), expected, "{head} {report}");
        // The check sends one request, like the frame's, and follows no redirect to another origin.
        let request = page.requests.recv().unwrap();
        assert!(request.starts_with("GET /app HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("sec-fetch-dest: iframe"), "{request}");
        assert!(page.requests.try_recv().is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_on_the_page_s_own_origin_are_followed_with_the_cookies_that_a_frame_keeps() {
    let it = start().await;
    // The first answers set cookies and redirect. The check judges the page behind them, and the cookies of all answers.
    let page = Page::answering_each(&[
        (
            "302 Found\r\nlocation: /login?next=/home\r\nset-cookie: lost=1\r\n",
            "",
        ),
        (
            "302 Found\r\nlocation: /home\r\nset-cookie: sid=2; SameSite=None; Secure; Partitioned\r\n",
            "",
        ),
        (
            &format!("200 OK\r\n{HTML}x-frame-options: DENY\r\n"),
            HELPED,
        ),
    ]);
    let report = check(&it, &page.url()).await;
    assert_eq!(
        found(&report),
        [
            "x-frame-options error",
            "cookie-blocked warning",
            "redirect note",
            "redirect note"
        ],
        "{report}"
    );
    assert_eq!(
        (&report["status"], &report["helper"]),
        (&json!(200), &json!("script"))
    );
    let requests: Vec<_> = page.requests.try_iter().collect();
    let firsts: Vec<_> = requests
        .iter()
        .map(|it| it.lines().next().unwrap())
        .collect();
    assert_eq!(
        firsts,
        [
            "GET /app HTTP/1.1",
            "GET /login?next=/home HTTP/1.1",
            "GET /home HTTP/1.1"
        ]
    );
    assert!(!requests[1].contains("cookie: "), "{requests:?}");
    assert!(requests[2].contains("cookie: sid=2\r\n"), "{requests:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_redirects_are_reported() {
    let it = start().await;
    let page = Page::answering("302 Found\r\nlocation: /login\r\nset-cookie: sid=1\r\n", "");
    let report = check(&it, &page.url()).await;
    assert_eq!(
        found(&report),
        [
            "cookie-blocked warning",
            "redirect-loop warning",
            "redirect note"
        ],
        "{report}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_a_helper_and_no_user_agent_is_reported() {
    let it = start().await;
    for (body, unset) in [
        (HELPED, true),
        ("<script src=/app.js></script>", true),
        (
            "<script src=/juzi-helper.js data-user-agent=wxwork></script>",
            false,
        ),
        ("<p>hi", false),
    ] {
        let page = Page::answering(&format!("200 OK\r\n{HTML}"), body);
        let report = check(&it, &page.url()).await;
        assert_eq!(report["userAgentUnset"], unset, "{body}");
    }
    // The demo page waits for a click.
    let demo = it.server.addresses().page.to_string();
    assert_eq!(check(&it, &demo).await["userAgentUnset"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_not_run_by_the_check() {
    let it = start().await;
    let mut events = it.events().await;
    let location = format!(
        "{}/oauth/connect/authorize?redirect_uri=http%3A%2F%2Fa.example",
        it.origin()
    );
    let page = Page::answering(&format!("302 Found\r\nlocation: {location}\r\n"), "");
    check(&it, &page.url()).await;
    it.user_info("x").await;
    let (name, data) = events.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &data["code"]),
        ("code-redeemed", &json!("x"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_an_answer_is_unreachable_and_a_connection_can_be_tried_alone() {
    let it = start().await;
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("localhost:{}", nobody.local_addr().unwrap().port());
    drop(nobody);
    let report = check(&it, &url).await;
    assert_eq!(report["reachable"], false);
    assert_eq!(report["url"], format!("http://{url}/"));
    assert_eq!(found(&report), ["unreachable error"]);
    assert_eq!(report["findings"][0]["params"]["reason"], "refused");
    let report = check(&it, "http://no-such-name.invalid/").await;
    assert_eq!(report["findings"][0]["params"]["reason"], "name");

    let page = Page::answering("200 OK\r\n", "");
    let body = json!({ "url": page.url(), "request": false });
    let response = it.post("/_workbench/page-check", body).await;
    let report: Value = response.json().await.unwrap();
    assert_eq!(
        (&report["reachable"], &report["status"]),
        (&json!(true), &Value::Null)
    );
    assert!(page.requests.try_recv().is_err(), "nothing was asked for");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_speaks_the_other_scheme_is_recognized() {
    let it = start().await;
    let head = format!("200 OK\r\n{HTML}");
    let tls = Page::start(&head, HELPED, Some(Authority::new().server()));
    let report = check(&it, &tls.url()).await;
    let secure = tls.url().replace("http:", "https:");
    assert_eq!(found(&report), ["tls-on-plain error"], "{report}");
    assert_eq!(report["findings"][0]["params"]["url"], secure);

    let report = check(&it, &secure).await;
    assert_eq!(found(&report), ["certificate warning"], "{report}");
    assert_eq!(report["status"], 200);

    let plain = Page::answering(&head, HELPED);
    let report = check(&it, &plain.url().replace("http:", "https:")).await;
    assert_eq!(found(&report), ["plain-on-tls error"], "{report}");
    assert_eq!(report["findings"][0]["params"]["url"], plain.url());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_console_may_have_addresses_checked() {
    let it = start().await;
    let request = it
        .client
        .post(it.url("/_workbench/page-check"))
        .header("origin", "http://evil.example")
        .json(&json!({ "url": "http://localhost/" }));
    assert_eq!(request.send().await.unwrap().status(), 403);
    for url in ["", "/demo/", "javascript:alert(1)", "ftp://a.example/"] {
        let response = it
            .post("/_workbench/page-check", json!({ "url": url }))
            .await;
        assert_eq!(response.status(), 400, "{url}");
        assert_eq!(
            response.json::<Value>().await.unwrap()["field"],
            "url",
            "{url}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_up_is_waited_for() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = nobody.local_addr().unwrap();
    drop(nobody);
    let page: url::Url = format!("http://{address}/").parse().unwrap();
    let short = std::time::Duration::from_millis(1);
    let error = juzi_workbench::wait_for_page(&page, short)
        .await
        .unwrap_err();
    assert!(error.to_string().contains(page.as_str()), "{error}");

    let waiting = tokio::spawn({
        let page = page.clone();
        async move { juzi_workbench::wait_for_page(&page, common::PATIENCE).await }
    });
    let up = TcpListener::bind(address).unwrap();
    waiting.await.unwrap().unwrap();
    drop(up);
    // A workbench starts even if its page is not up.
    let it = start_with(|options| options.page = Some(page.clone())).await;
    assert_eq!(it.config().await["page"], page.as_str());
    TcpStream::connect(("127.0.0.1", it.server.port())).unwrap();
}

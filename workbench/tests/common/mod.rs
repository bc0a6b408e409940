//! A workbench on a free port, and a client that shows redirects instead of following them.

#![allow(dead_code, reason = "every test binary uses a part of this")]

pub mod tls;

use std::time::Duration;

use juzi_workbench::{Clock, Options, Server, serve};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Only a failing test waits this long.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Fixture {
    pub server: Server,
    pub client: Client,
    pub clock: Clock,
}

pub fn client() -> Client {
    Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .build()
        .unwrap()
}

/// A workbench with the default scenario and a clock that does not advance.
pub async fn start() -> Fixture {
    start_with(|_| {}).await
}

pub async fn start_with(change: impl FnOnce(&mut Options)) -> Fixture {
    let clock = Clock::manual(1_700_000_000_000);
    let mut options = Options {
        port: 0,
        clock: clock.clone(),
        ..Options::default()
    };
    change(&mut options);
    let server = serve(options)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    Fixture {
        server,
        client: client(),
        clock,
    }
}

/// What a server on this machine answers to exactly these bytes, until it closes the connection. A client library would correct the bytes.
/// With `ends`, the client closes its sending side. A server may drop such a client, so a complete request has `Connection: close` instead.
pub async fn answer_to(port: u16, request: &[u8], ends: bool) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    // A server may have refused, and closed the connection, before it has everything.
    let _ = stream.write_all(request).await;
    if ends {
        let _ = stream.shutdown().await;
    }
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(PATIENCE, read)
        .await
        .expect("the connection stays open");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The value of a header in an answer's text.
pub fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

impl Fixture {
    /// The answer to a path that is sent as it is written here.
    pub async fn as_written(&self, path: &str) -> String {
        let port = self.server.port();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
        answer_to(port, request.as_bytes(), false).await
    }

    /// The console's origin, which is also the hub's base URL.
    pub fn origin(&self) -> &str {
        &self.server.addresses().hub_base
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().await.unwrap()
    }

    pub async fn get_json(&self, path: &str) -> Value {
        self.get(path).await.json().await.unwrap()
    }

    pub async fn put(&self, path: &str, body: Value) -> Response {
        self.client
            .put(self.url(path))
            .json(&body)
            .send()
            .await
            .unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Response {
        self.client
            .post(self.url(path))
            .json(&body)
            .send()
            .await
            .unwrap()
    }

    pub async fn config(&self) -> Value {
        self.get_json("/_workbench/config").await
    }

    /// A code for the conversation, as the console gets it for `sidebarAuth`.
    pub async fn code(&self, conversation: &str) -> String {
        let body = json!({ "conversationId": conversation, "via": "sidebarAuth" });
        let answer: Value = self
            .post("/_workbench/codes", body)
            .await
            .json()
            .await
            .unwrap();
        answer["code"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"))
            .to_owned()
    }

    pub async fn first_conversation(&self) -> String {
        self.config().await["scenario"]["conversations"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub async fn user_info(&self, code: &str) -> Value {
        self.get_json(&format!("/api/v1/oauth/getUserInfo?code={code}"))
            .await
    }

    pub async fn events(&self) -> Events {
        self.events_with("", None).await
    }

    /// The events, with this query and `Last-Event-ID`.
    pub async fn events_with(&self, query: &str, last_event_id: Option<&str>) -> Events {
        let client = Client::builder().no_proxy().build().unwrap();
        let mut request = client.get(self.url(&format!("/_workbench/events{query}")));
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Events {
            response,
            unread: String::new(),
            last_id: None,
        }
    }
}

/// The console's end of `/_workbench/events`.
pub struct Events {
    response: Response,
    unread: String,
    /// What a browser would send as `Last-Event-ID` when it reconnects.
    pub last_id: Option<String>,
}

impl Events {
    /// The next event: its name and its data. None once the server has ended the stream.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        tokio::time::timeout(PATIENCE, self.read())
            .await
            .expect("no event came")
    }

    /// The data of the next event that has another name.
    pub async fn next_but(&mut self, unwanted: &str) -> Value {
        loop {
            let (name, data) = self.next().await.unwrap();
            if name != unwanted {
                return data;
            }
        }
    }

    /// The data of the next event with this name.
    pub async fn next_named(&mut self, wanted: &str) -> Value {
        loop {
            let (name, data) = self.next().await.unwrap();
            if name == wanted {
                return data;
            }
        }
    }

    async fn read(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((block, rest)) = self.unread.split_once("\n\n") {
                let event = parse(block);
                if let Some(id) = block.lines().find_map(|line| line.strip_prefix("id:")) {
                    self.last_id = Some(id.trim().to_owned());
                }
                self.unread = rest.to_owned();
                if event.is_some() {
                    return event;
                }
                continue;
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.unread.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

/// `None` for a comment, which only keeps the connection alive.
fn parse(block: &str) -> Option<(String, Value)> {
    let field = |name: &str| {
        block
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(str::trim)
    };
    Some((
        field("event:")?.to_owned(),
        serde_json::from_str(field("data:")?).unwrap(),
    ))
}

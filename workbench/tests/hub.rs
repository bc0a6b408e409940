//! The OAuth hub over real HTTP (spec section 8).

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{Fixture, PATIENCE, start, start_with};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Barrier;
use url::Url;

const CALLBACK: &str = "http://localhost:5173/app?x=%E4%BD%A0&juziSidebar#/home";

async fn authorize(it: &Fixture, query: &[(&str, &str)]) -> reqwest::Response {
    it.client
        .get(it.url("/oauth/connect/authorize"))
        .query(query)
        .send()
        .await
        .unwrap()
}

fn location(response: &reqwest::Response) -> Url {
    assert_eq!(response.status(), StatusCode::FOUND);
    Url::parse(response.headers()["location"].to_str().unwrap()).unwrap()
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn authorize_redirects_back_with_a_code_that_identifies_the_user() {
    let it = start().await;
    let response = authorize(&it, &[("redirect_uri", CALLBACK), ("state", "s7aTe")]).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    let target = location(&response);
    assert!(
        target
            .as_str()
            .starts_with("http://localhost:5173/app?x=%E4%BD%A0&juziSidebar&code="),
        "{target}"
    );
    assert_eq!(target.fragment(), Some("/home"));
    assert_eq!(parameter(&target, "state").as_deref(), Some("s7aTe"));
    let account = &it.config().await["scenario"]["account"];
    assert_eq!(json!(parameter(&target, "juziBotId")), account["botId"]);

    let answer = it.user_info(&parameter(&target, "code").unwrap()).await;
    let expected: serde_json::Map<String, Value> =
        ["userId", "corpId", "botId", "orgId", "uid", "email"]
            .map(|name| (name.to_owned(), account[name].clone()))
            .into_iter()
            .collect();
    assert_eq!(
        answer,
        json!({ "errcode": 0, "errmsg": "success", "data": expected })
    );
}

#[tokio::test]
async fn without_a_state_none_comes_back() {
    let it = start().await;
    let target = location(&authorize(&it, &[("redirect_uri", CALLBACK)]).await);
    assert_eq!(parameter(&target, "state"), None);
}

#[tokio::test]
async fn authorize_answers_for_the_account_of_the_conversation_that_is_shown() {
    let it = start().await;
    let config = it.config().await;
    let conversations = config["scenario"]["conversations"].as_array().unwrap();
    let other = conversations
        .iter()
        .find(|it| it.get("botId").is_some())
        .unwrap();
    assert_eq!(
        it.put("/_workbench/conversation", json!({ "id": other["id"] }))
            .await
            .status(),
        204
    );

    let target = location(&authorize(&it, &[("redirect_uri", CALLBACK)]).await);
    assert_eq!(json!(parameter(&target, "juziBotId")), other["botId"]);
    let answer = it.user_info(&parameter(&target, "code").unwrap()).await;
    assert_eq!(answer["data"]["botId"], other["botId"]);
    assert_eq!(it.config().await["currentConversation"], other["id"]);
}

#[tokio::test]
async fn a_bad_request_gets_a_page_that_names_the_parameter_and_says_why() {
    let it = start().await;
    for (query, parameter, english, chinese) in [
        (vec![], "redirect_uri", "it is missing", "缺少该参数"),
        (
            vec![("redirect_uri", "/cb")],
            "redirect_uri",
            "must be an absolute",
            "必须是完整的",
        ),
        (
            vec![("redirect_uri", "javascript:alert(1)")],
            "redirect_uri",
            "must be an absolute",
            "必须是完整的",
        ),
        (
            vec![("redirect_uri", "https://a:b@c.example/")],
            "redirect_uri",
            "user name or password",
            "用户名或密码",
        ),
        (
            vec![("redirect_uri", CALLBACK), ("state", "a-b")],
            "state",
            "only a-z, A-Z and 0-9",
            "只能包含",
        ),
        (
            vec![
                ("redirect_uri", CALLBACK),
                ("state", "<script>alert(1)</script>"),
            ],
            "state",
            "only a-z",
            "只能包含",
        ),
    ] {
        let response = authorize(&it, &query).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert_eq!(
            response.headers()["content-type"],
            "text/html; charset=utf-8"
        );
        assert!(
            response.headers()["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("default-src 'none'")
        );
        let page = response.text().await.unwrap();
        assert!(
            page.contains(&format!("<code>{parameter}</code> is wrong: ")),
            "{page}"
        );
        assert!(page.contains(english) && page.contains(chinese), "{page}");
        assert!(!page.contains("<script>"), "{page}");
    }
}

#[tokio::test]
async fn a_code_works_once() {
    let it = start().await;
    let code = it.code(&it.first_conversation().await).await;
    assert_eq!(it.user_info(&code).await["errcode"], 0);
    let again = it.user_info(&code).await;
    assert_eq!(
        again,
        json!({ "errcode": -1, "errmsg": "invalid authorization code", "data": null })
    );
}

#[tokio::test]
async fn a_code_that_was_never_issued_is_invalid() {
    let it = start().await;
    let never = "0".repeat(32);
    for code in [never.as_str(), "x", "%00", "%F0%9F%8D%8A", "a&code=b"] {
        assert_eq!(it.user_info(code).await["errcode"], -1, "{code}");
    }
    let code = it.code(&it.first_conversation().await).await;
    let twice = it.user_info(&format!("{code}&code={code}")).await;
    assert_eq!(twice["errcode"], -1, "a code given twice is malformed");
}

#[tokio::test]
async fn an_unused_code_expires() {
    let it = start().await;
    let conversation = it.first_conversation().await;
    let (early, late) = (it.code(&conversation).await, it.code(&conversation).await);
    it.clock.advance(Duration::from_millis(299_999));
    assert_eq!(it.user_info(&early).await["errcode"], 0);
    it.clock.advance(Duration::from_millis(1));
    let expired = it.user_info(&late).await;
    assert_eq!(
        expired,
        json!({ "errcode": -2, "errmsg": "authorization code has expired", "data": null })
    );
}

#[tokio::test]
async fn the_time_that_a_code_lives_can_be_set() {
    let it = start_with(|options| options.code_ttl = Duration::from_secs(10)).await;
    assert_eq!(it.config().await["codeTtlSeconds"], 10);
    let code = it.code(&it.first_conversation().await).await;
    it.clock.advance(Duration::from_secs(10));
    assert_eq!(it.user_info(&code).await["errcode"], -2);
}

#[tokio::test]
async fn no_code_is_an_error_of_its_own() {
    let it = start().await;
    for path in [
        "/api/v1/oauth/getUserInfo",
        "/api/v1/oauth/getUserInfo?code=",
        "/api/v1/oauth/getUserInfo?kode=1",
    ] {
        let answer = it.get_json(path).await;
        assert_eq!(
            answer,
            json!({ "errcode": -4, "errmsg": "no authorization code given", "data": null })
        );
    }
}

#[tokio::test]
async fn a_fault_of_the_hub_uses_up_no_code() {
    let it = start().await;
    let code = it.code(&it.first_conversation().await).await;
    for errcode in [-5, -4, -2, -1] {
        assert_eq!(
            it.put("/_workbench/faults", json!({ "getUserInfo": errcode }))
                .await
                .status(),
            204
        );
        let answer = it.user_info(&code).await;
        assert_eq!(
            (&answer["errcode"], &answer["data"]),
            (&json!(errcode), &Value::Null)
        );
    }
    assert_eq!(
        it.put("/_workbench/faults", json!({ "getUserInfo": -5 }))
            .await
            .status(),
        204
    );
    assert_eq!(it.user_info(&code).await["errmsg"], "unknown error");
    assert_eq!(
        it.put("/_workbench/faults", json!({ "getUserInfo": 0 }))
            .await
            .status(),
        204
    );
    assert_eq!(it.user_info(&code).await["errcode"], 0);
}

#[tokio::test]
async fn every_answer_of_get_user_info_has_status_200_and_no_cors_headers() {
    let it = start().await;
    for query in ["", "?code=x"] {
        let url = it.url(&format!("/api/v1/oauth/getUserInfo{query}"));
        let response = it
            .client
            .get(url)
            .header("origin", "http://localhost:5173")
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert!(
            !response
                .headers()
                .keys()
                .any(|name| name.as_str().starts_with("access-control-"))
        );
    }
}

#[tokio::test]
async fn only_get_uses_up_a_code() {
    let it = start().await;
    let code = it.code(&it.first_conversation().await).await;
    let url = it.url(&format!("/api/v1/oauth/getUserInfo?code={code}"));
    assert_eq!(it.client.head(&url).send().await.unwrap().status(), 405);
    assert_eq!(it.client.post(&url).send().await.unwrap().status(), 405);
    assert_eq!(it.user_info(&code).await["errcode"], 0);
}

/// The errcode of a redemption sent over a separate connection as soon as all are ready.
async fn redeem_when_all_are_ready(port: u16, code: Arc<str>, ready: Arc<Barrier>) -> i64 {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    ready.wait().await;
    let request = format!(
        "GET /api/v1/oauth/getUserInfo?code={code} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let body = answer
        .split("\r\n\r\n")
        .nth(1)
        .unwrap_or_else(|| panic!("{answer:?}"));
    serde_json::from_str::<Value>(body).unwrap()["errcode"]
        .as_i64()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_thousand_who_redeem_one_code_at_once_exactly_one_wins() {
    const RACERS: usize = 1_000;
    // Both ends of every connection are in this process.
    rlimit::increase_nofile_limit(4 * RACERS as u64).unwrap();
    // All connect before the first sends anything.
    let it = start_with(|options| options.limits.connections = 2 * RACERS).await;
    let code: Arc<str> = it.code(&it.first_conversation().await).await.into();
    let ready = Arc::new(Barrier::new(RACERS));
    let mut racers = tokio::task::JoinSet::new();
    for _ in 0..RACERS {
        racers.spawn(redeem_when_all_are_ready(
            it.server.port(),
            code.clone(),
            ready.clone(),
        ));
    }
    let errcodes = tokio::time::timeout(PATIENCE, racers.join_all())
        .await
        .expect("a request was never answered");
    assert_eq!(errcodes.iter().filter(|errcode| **errcode == 0).count(), 1);
    assert_eq!(
        errcodes.iter().filter(|errcode| **errcode == -1).count(),
        RACERS - 1
    );
}

#[tokio::test]
async fn the_demos_server_redeems_the_code_for_its_page() {
    let it = start().await;
    let code = it.code(&it.first_conversation().await).await;
    let login = async |code: &str| -> Value {
        it.post("/demo/api/login", json!({ "code": code }))
            .await
            .json()
            .await
            .unwrap()
    };
    let answer = login(&code).await;
    assert_eq!(answer["ok"], true, "{answer}");
    assert_eq!(
        answer["user"]["email"],
        it.config().await["scenario"]["account"]["email"]
    );

    let again = login(&code).await;
    assert_eq!(
        again,
        json!({ "ok": false, "errcode": -1, "error": "invalid_code",
                "message": "invalid authorization code (errcode -1)" })
    );
    assert_eq!(login("").await["error"], "missing_code");
    let late = it.code(&it.first_conversation().await).await;
    it.clock.advance(Duration::from_secs(300));
    assert_eq!(login(&late).await["error"], "expired_code");
    assert_eq!(
        it.put("/_workbench/faults", json!({ "getUserInfo": -5 }))
            .await
            .status(),
        204
    );
    assert_eq!(login(&late).await["error"], "unknown_error");
}

#[tokio::test]
async fn a_code_with_odd_characters_reaches_the_hub_whole() {
    let it = start().await;
    let mut events = it.events().await;
    it.post("/demo/api/login", json!({ "code": "a&b=c#d %20 你" }))
        .await;
    let (name, data) = events.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &data["code"]),
        ("code-redeemed", &json!("a&b=c#d %20 你"))
    );
}

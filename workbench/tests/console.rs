//! What the console page and the browser around it get from the server.

mod common;

use std::path::Path;

use common::{Fixture, PATIENCE, client, start, start_with};
use juzi_workbench::{Options, StartError, serve};
use reqwest::StatusCode;
use serde_json::{Value, json};

const SCENARIO: &str = r#"{
  "account": { "botId": "bot-1", "wxid": "wx-1", "name": "顾言", "userId": "GuYan", "corpId": "corp",
               "orgId": "org", "uid": "uid", "email": "a@example.com" },
  "conversations": [
    { "id": "c1", "wxid": "w1", "type": "single", "name": "林晓棠", "external": true,
      "contact": { "externalUserId": "wm1", "wxUserId": "wm1" } },
    { "id": "c2", "wxid": "w2", "type": "single", "name": "周子墨", "external": true,
      "contact": { "externalUserId": "wm2", "wxUserId": "wm2" } }
  ]
}
"#;

/// A workbench that follows a scenario file in a folder of its own.
async fn start_with_file(
    name: &str,
    text: &str,
) -> (Fixture, tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let given = path.clone();
    let it = start_with(move |options| options.scenario = Some(given)).await;
    (it, folder, path)
}

#[tokio::test]
async fn the_configuration_has_every_address() {
    let it = start().await;
    let (config, port) = (it.config().await, it.server.port());
    assert_eq!(config["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(config["page"], format!("http://localhost:{port}/demo/"));
    assert_eq!(config["pageOrigin"], format!("http://localhost:{port}"));
    assert_eq!(config["hubBase"], format!("http://127.0.0.1:{port}"));
    assert_eq!(config["codeTtlSeconds"], 300);
    assert_eq!(config["scenarioFile"], Value::Null);
    assert_eq!(
        config["currentConversation"],
        config["scenario"]["conversations"][0]["id"]
    );
}

#[tokio::test]
async fn the_page_under_development_replaces_the_demo() {
    let page = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://localhost:{}/side?tab=1#/a",
        page.local_addr().unwrap().port()
    );
    let given = url.parse().unwrap();
    let it = start_with(|options| options.page = Some(given)).await;
    let config = it.config().await;
    assert_eq!(config["page"], url);
    assert_eq!(
        format!("{}/side?tab=1#/a", config["pageOrigin"].as_str().unwrap()),
        url
    );
}

#[tokio::test]
async fn both_loopback_names_lead_to_the_workbench_and_the_console_keeps_its_own() {
    let it = start().await;
    let port = it.server.port();
    let demo = client()
        .get(format!("http://localhost:{port}/scenarios/default.json"))
        .send()
        .await
        .unwrap();
    assert_eq!(demo.status(), 200);
    for path in ["/", "/index.html"] {
        let console = client()
            .get(format!("http://localhost:{port}{path}"))
            .send()
            .await
            .unwrap();
        assert_eq!(console.status(), StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(
            console.headers()["location"],
            format!("http://127.0.0.1:{port}/")
        );
    }
    if std::net::TcpListener::bind("[::1]:0").is_ok() {
        let v6 = client()
            .get(format!("http://[::1]:{port}/_workbench/config"))
            .send()
            .await
            .unwrap();
        assert_eq!(v6.status(), 200);
    }
}

#[tokio::test]
async fn a_file_is_sent_once_and_afterwards_only_when_it_has_changed() {
    let it = start().await;
    let url = it.url("/scenarios/default.json");
    let first = it.get("/scenarios/default.json").await;
    assert_eq!(first.status(), 200);
    assert_eq!(
        first.headers()["content-type"],
        "application/json; charset=utf-8"
    );
    assert_eq!(first.headers()["cache-control"], "no-cache");
    assert_eq!(first.headers()["x-content-type-options"], "nosniff");
    let etag = first.headers()["etag"].clone();
    let again = it
        .client
        .get(&url)
        .header("if-none-match", etag)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(again.bytes().await.unwrap().len(), 0);
    let other = it
        .client
        .get(&url)
        .header("if-none-match", "\"other\"")
        .send()
        .await
        .unwrap();
    assert_eq!(other.status(), 200);
}

#[tokio::test]
async fn a_video_can_be_played_from_the_middle() {
    let it = start().await;
    let url = it.url("/media/pour-over.webm");
    let whole = it.client.get(&url).send().await.unwrap();
    assert_eq!(whole.headers()["accept-ranges"], "bytes");
    let whole = whole.bytes().await.unwrap();
    let ask = async |range: &str| {
        it.client
            .get(&url)
            .header("range", range)
            .send()
            .await
            .unwrap()
    };

    let part = ask("bytes=100-199").await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        part.headers()["content-range"],
        format!("bytes 100-199/{}", whole.len())
    );
    assert_eq!(part.bytes().await.unwrap(), whole[100..200]);
    assert_eq!(ask("bytes=100-").await.bytes().await.unwrap(), whole[100..]);
    assert_eq!(
        ask("bytes=-5").await.bytes().await.unwrap(),
        whole[whole.len() - 5..]
    );

    assert_eq!(
        ask("bytes=9999999-").await.status(),
        StatusCode::RANGE_NOT_SATISFIABLE
    );
    assert_eq!(ask("bytes=0-1,5-6").await.bytes().await.unwrap(), whole);
    assert_eq!(ask("lines=1-2").await.bytes().await.unwrap(), whole);
}

#[tokio::test]
async fn files_have_the_type_that_browsers_require() {
    let it = start().await;
    for (path, content_type) in [
        ("/host.js", "text/javascript; charset=utf-8"),
        ("/media/latte.svg", "image/svg+xml; charset=utf-8"),
        ("/media/pour-over.webm", "video/webm"),
        ("/media/quotation.pdf", "application/pdf"),
        ("/", "text/html; charset=utf-8"),
    ] {
        let response = it.get(path).await;
        assert_eq!((response.status(), path), (StatusCode::OK, path));
        assert_eq!(response.headers()["content-type"], content_type, "{path}");
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named_and_a_helper_that_is_not_built_is_explained() {
    let it = start().await;
    let missing = it.get("/no-such-file").await;
    assert_eq!(missing.status(), 404);
    assert!(missing.text().await.unwrap().contains("/no-such-file"));
    let helper = it.get("/vendor/no-such-build.js").await;
    assert_eq!(helper.status(), 404);
    assert!(helper.text().await.unwrap().contains("run ./build.sh"));
}

#[tokio::test]
async fn no_path_leads_out_of_the_console_files() {
    let it = start().await;
    for path in [
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "//etc/passwd",
        "/..%5cCargo.toml",
    ] {
        assert_eq!(it.get(path).await.status(), 404, "{path}");
    }
    // reqwest normalizes `..`, so this request is written by hand.
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let port = it.server.port();
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .unwrap();
    let request = format!(
        "GET /../Cargo.toml HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
}

#[tokio::test]
async fn a_folder_is_redirected_to_its_slash_and_never_to_another_host() {
    let it = start().await;
    let response = it.get("/demo?juziSidebar=1").await;
    assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(response.headers()["location"], "/demo/?juziSidebar=1");
    if let Some(location) = it.get("//demo").await.headers().get("location") {
        assert!(
            !location.to_str().unwrap().starts_with("//"),
            "{location:?}"
        );
    }
}

#[tokio::test]
async fn a_site_that_points_its_name_at_this_machine_is_refused() {
    let it = start().await;
    let port = it.server.port();
    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.168.0.7",
        "0.0.0.0",
    ] {
        for path in [
            "/",
            "/_workbench/config",
            "/api/v1/oauth/getUserInfo?code=x",
            "/oauth/connect/authorize",
        ] {
            let request = it
                .client
                .get(it.url(path))
                .header("host", format!("{host}:{port}"));
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{host} {path}");
            assert!(response.text().await.unwrap().contains("--host NAME"));
        }
    }
    for host in [
        "localhost",
        "127.0.0.1",
        "127.0.0.1:9999",
        "[::1]:1",
        "app.localhost",
        "host.docker.internal:80",
    ] {
        let request = it
            .client
            .get(it.url("/_workbench/config"))
            .header("host", host);
        assert_eq!(request.send().await.unwrap().status(), 200, "{host}");
    }
}

#[tokio::test]
async fn on_an_open_address_its_own_name_and_addresses_are_answered_but_no_other_name() {
    let it = start_with(|options| options.host = url::Host::Ipv4([0, 0, 0, 0].into())).await;
    assert!(!it.server.is_loopback_only());
    for (host, status) in [
        ("192.168.0.7:8787", 200),
        ("localhost", 200),
        ("evil.example", 403),
    ] {
        let request = it
            .client
            .get(it.url("/_workbench/config"))
            .header("host", host);
        assert_eq!(request.send().await.unwrap().status(), status, "{host}");
    }
}

#[tokio::test]
async fn a_page_of_another_origin_can_change_nothing() {
    let it = start().await;
    let port = it.server.port();
    let conversation = it.first_conversation().await;
    let attempts = [
        (
            reqwest::Method::POST,
            "/_workbench/codes",
            json!({ "conversationId": conversation, "via": "sidebarAuth" }),
        ),
        (
            reqwest::Method::PUT,
            "/_workbench/conversation",
            json!({ "id": conversation }),
        ),
        (
            reqwest::Method::PUT,
            "/_workbench/faults",
            json!({ "getUserInfo": -5 }),
        ),
        (
            reqwest::Method::POST,
            "/_workbench/page-check",
            json!({ "url": format!("http://127.0.0.1:{port}/demo/"), "request": false }),
        ),
    ];
    let foreign = [
        "http://evil.example".to_owned(),
        "null".to_owned(),
        format!("http://localhost:{port}"),
        format!("https://127.0.0.1:{port}"),
        "http://127.0.0.1:1".to_owned(),
        format!("http://127.0.0.1:{port}.evil.example"),
    ];
    for (method, path, body) in attempts {
        let send = async |origin: &str| {
            let request = it
                .client
                .request(method.clone(), it.url(path))
                .header("origin", origin);
            request.json(&body).send().await.unwrap()
        };
        for origin in &foreign {
            assert_eq!(
                send(origin).await.status(),
                StatusCode::FORBIDDEN,
                "{path} {origin}"
            );
        }
        assert!(send(it.origin()).await.status().is_success(), "{path}");
    }
    // From the console's origin, these are refused for another reason.
    for (method, path) in [
        (reqwest::Method::PUT, "/_workbench/scenario"),
        (reqwest::Method::POST, "/_workbench/check"),
    ] {
        for (origin, status) in [(foreign[0].as_str(), 403), (it.origin(), 400)] {
            let request = it.client.request(method.clone(), it.url(path));
            let response = request
                .header("origin", origin)
                .json(&json!({}))
                .send()
                .await
                .unwrap();
            // No check is running.
            let expected = if path.ends_with("check") && status == 400 {
                404
            } else {
                status
            };
            assert_eq!(response.status().as_u16(), expected, "{path} {origin}");
        }
    }
}

#[tokio::test]
async fn the_sidebar_pages_origin_cannot_pass_for_the_consoles() {
    // A script of the demo page sends its requests to its own origin, localhost.
    let it = start().await;
    let base = format!("http://localhost:{}", it.server.port());
    let request = it
        .client
        .put(format!("{base}/_workbench/faults"))
        .header("origin", &base);
    assert_eq!(
        request
            .json(&json!({ "getUserInfo": -5 }))
            .send()
            .await
            .unwrap()
            .status(),
        403
    );
}

#[tokio::test]
async fn a_form_of_another_site_is_not_taken_for_json() {
    let it = start().await;
    let body = json!({ "conversationId": it.first_conversation().await, "via": "sidebarAuth" })
        .to_string();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
    ] {
        let request = it
            .client
            .post(it.url("/_workbench/codes"))
            .header("content-type", content_type);
        assert_eq!(
            request.body(body.clone()).send().await.unwrap().status(),
            415,
            "{content_type}"
        );
    }
    let bare = it
        .client
        .post(it.url("/_workbench/codes"))
        .body(body.clone())
        .send()
        .await
        .unwrap();
    assert_eq!(bare.status(), 415);
    let request = it
        .client
        .post(it.url("/_workbench/codes"))
        .header("content-type", "application/json; charset=utf-8");
    assert_eq!(request.body(body).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_bad_request_of_the_console_is_answered_with_the_field_that_is_wrong() {
    let it = start().await;
    let refused = async |response: reqwest::Response, status: u16| -> Value {
        assert_eq!(response.status(), status);
        response.json().await.unwrap()
    };
    let codes = "/_workbench/codes";
    let unknown = it
        .post(
            codes,
            json!({ "conversationId": "nobody", "via": "sidebarAuth" }),
        )
        .await;
    let unknown = refused(unknown, 404).await;
    assert_eq!(
        unknown,
        json!({ "error": "there is no conversation \"nobody\"", "field": "conversationId" })
    );
    let via = refused(
        it.post(codes, json!({ "conversationId": "x", "via": "magic" }))
            .await,
        400,
    )
    .await;
    assert_eq!(via["field"], "via");
    let missing = refused(it.post(codes, json!({ "via": "sidebarAuth" })).await, 400).await;
    assert!(
        missing["error"]
            .as_str()
            .unwrap()
            .contains("conversationId"),
        "{missing}"
    );
    let id = refused(
        it.put("/_workbench/conversation", json!({ "id": 7 })).await,
        400,
    )
    .await;
    assert_eq!(id["field"], "id");
    let gone = refused(
        it.put("/_workbench/conversation", json!({ "id": "nobody" }))
            .await,
        404,
    )
    .await;
    assert_eq!(gone["field"], "id");
    let fault = refused(
        it.put("/_workbench/faults", json!({ "getUserInfo": -3 }))
            .await,
        400,
    )
    .await;
    assert_eq!(fault["field"], "getUserInfo");
    assert_eq!(
        it.config().await["currentConversation"],
        json!(it.first_conversation().await),
        "nothing changed"
    );
}

#[tokio::test]
async fn the_console_gets_an_event_for_each_code_issued_and_redeemed() {
    let it = start().await;
    let mut events = it.events().await;
    let conversation = it.first_conversation().await;
    let code = it.code(&conversation).await;
    let (name, issued) = events.next().await.unwrap();
    assert_eq!(name, "code-issued");
    let bot_id = it.config().await["scenario"]["account"]["botId"].clone();
    assert_eq!(
        issued,
        json!({ "code": code, "conversationId": conversation, "botId": bot_id, "via": "sidebarAuth",
                "at": 1_700_000_000_000_u64, "expiresAt": 1_700_000_300_000_u64 })
    );

    it.user_info(&code).await;
    it.user_info(&code).await;
    it.get("/api/v1/oauth/getUserInfo").await;
    let mut redeemed = async || events.next_but("hub-request").await;
    assert_eq!(
        redeemed().await,
        json!({ "code": code, "errcode": 0, "errmsg": "success", "at": 1_700_000_000_000_u64 })
    );
    assert_eq!(redeemed().await["errcode"], -1);
    assert_eq!(redeemed().await["code"], Value::Null);

    it.get("/oauth/connect/authorize?redirect_uri=http%3A%2F%2Fa.example")
        .await;
    assert_eq!(redeemed().await["via"], "authorize");
    it.post(
        "/_workbench/codes",
        json!({ "conversationId": conversation, "via": "updateBaseInfo" }),
    )
    .await;
    assert_eq!(redeemed().await["via"], "updateBaseInfo");
}

#[tokio::test]
async fn a_changed_scenario_file_reaches_the_console() {
    let (it, _folder, path) = start_with_file("mine.json", SCENARIO).await;
    assert_eq!(
        it.config().await["scenarioFile"],
        path.display().to_string()
    );
    assert_eq!(
        it.put("/_workbench/conversation", json!({ "id": "c2" }))
            .await
            .status(),
        204
    );
    let mut events = it.events().await;

    std::fs::write(
        &path,
        SCENARIO
            .replace("顾言", "沈知远")
            .replace("\"bot-1\"", "\"bot-2\""),
    )
    .unwrap();
    let (name, scenario) = events.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &scenario["account"]["name"]),
        ("scenario", &json!("沈知远"))
    );
    let config = it.config().await;
    assert_eq!(config["scenario"], scenario);
    assert_eq!(
        config["currentConversation"], "c2",
        "the conversation shown stays"
    );

    // Codes come from the new scenario.
    let code = it.code("c1").await;
    assert_eq!(it.user_info(&code).await["data"]["botId"], "bot-2");
}

#[tokio::test]
async fn a_scenario_broken_while_it_is_edited_is_reported_and_the_old_one_stays() {
    let (it, _folder, path) = start_with_file("mine.json", SCENARIO).await;
    let before = it.config().await;
    let mut events = it.events().await;

    std::fs::write(
        &path,
        SCENARIO.replace("\"wxUserId\": \"wm2\"", "\"wxUserID\": \"wm2\""),
    )
    .unwrap();
    let (name, error) = events.next().await.unwrap();
    assert_eq!(name, "scenario-error");
    assert_eq!(
        (&error["line"], &error["field"]),
        (&json!(8), &json!("conversations[1].contact.wxUserID"))
    );
    assert!(
        error["message"].as_str().unwrap().contains("unknown field"),
        "{error}"
    );
    let config = it.config().await;
    assert_eq!(config["scenario"], before["scenario"]);
    assert_eq!(
        config["scenarioError"], error,
        "a window that opens now learns it too"
    );

    std::fs::remove_file(&path).unwrap();
    let (name, error) = events.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &error["line"]),
        ("scenario-error", &Value::Null)
    );

    // The file is restored the way editors do it: a new file replaces the old one.
    let aside = path.with_extension("new");
    std::fs::write(&aside, SCENARIO).unwrap();
    std::fs::rename(&aside, &path).unwrap();
    assert_eq!(events.next().await.unwrap().0, "scenario");
    assert_eq!(it.config().await["scenarioError"], Value::Null);
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_or_a_device_in_the_scenarios_place_is_reported_and_hangs_nothing() {
    let (it, folder, path) = start_with_file("mine.json", SCENARIO).await;
    let before = it.config().await;
    let mut events = it.events().await;
    let aside = folder.path().join("aside");
    for (make, target, says) in [
        ("mkfifo", None, "is a pipe"),
        ("ln", Some("/dev/zero"), "is a device"),
        ("mkdir", None, "is a folder"),
    ] {
        let mut command = std::process::Command::new(make);
        command.args(target.iter().flat_map(|it| ["-s", it]));
        assert!(command.arg(&aside).status().unwrap().success());
        std::fs::remove_file(&path).unwrap();
        std::fs::rename(&aside, &path).unwrap();
        // In between, the file may not have existed at all.
        let error = loop {
            let (name, error) = events.next().await.unwrap();
            assert_eq!(name, "scenario-error");
            if !error["message"]
                .as_str()
                .unwrap()
                .contains("cannot be read")
            {
                break error;
            }
        };
        assert!(error["message"].as_str().unwrap().contains(says), "{error}");
        assert_eq!(it.config().await["scenario"], before["scenario"]);
    }
    std::fs::remove_dir(&path).unwrap();
    std::fs::write(&path, SCENARIO).unwrap();
    while events.next().await.unwrap().0 != "scenario" {}
    let Fixture { server, .. } = it;
    tokio::time::timeout(PATIENCE, server.shutdown())
        .await
        .expect("it does not stop");
}

#[tokio::test]
async fn a_conversation_that_a_changed_scenario_lacks_is_no_longer_shown() {
    let toml = "conversations = []\n[account]\nbotId = 'b'\nwxid = 'w'\nname = 'n'\nuserId = 'u'\ncorpId = 'c'\norgId = 'o'\nuid = 'i'\nemail = 'e'\n";
    let with_one = format!(
        "{}[[conversations]]\nid = 'c1'\nwxid = 'w1'\ntype = 'group'\nname = 'n'\nexternal = true\n[conversations.group]\nchatId = 'r'\nwxChatId = 'r'\n",
        toml.replace("conversations = []\n", "")
    );
    let (it, _folder, path) = start_with_file("mine.toml", &with_one).await;
    assert_eq!(it.config().await["currentConversation"], "c1");
    let mut events = it.events().await;
    std::fs::write(&path, toml).unwrap();
    assert_eq!(events.next().await.unwrap().0, "scenario");
    assert_eq!(it.config().await["currentConversation"], Value::Null);

    // With no conversation at all, authorize still answers, for the console's account.
    let response = it
        .get("/oauth/connect/authorize?redirect_uri=http%3A%2F%2Fa.example%2F")
        .await;
    assert!(
        response.headers()["location"]
            .to_str()
            .unwrap()
            .ends_with("&juziBotId=b")
    );
    assert_eq!(
        events.next().await.unwrap().1["conversationId"],
        Value::Null
    );
}

#[tokio::test]
async fn a_fault_of_the_hub_can_be_part_of_the_scenario() {
    let faulty = SCENARIO.trim_end().strip_suffix('}').unwrap().to_owned()
        + ", \"faults\": { \"getUserInfo\": -5 } }";
    let (it, _folder, path) = start_with_file("mine.json", &faulty).await;
    assert_eq!(it.user_info("x").await["errcode"], -5);
    let mut events = it.events().await;
    std::fs::write(&path, SCENARIO).unwrap();
    assert_eq!(events.next().await.unwrap().0, "scenario");
    assert_eq!(it.user_info("x").await["errcode"], -1);
}

#[tokio::test]
async fn a_seed_of_the_command_line_overrides_the_scenarios() {
    let seeded = SCENARIO.trim_end().strip_suffix('}').unwrap().to_owned()
        + ", \"faults\": { \"seed\": 7, \"apis\": { \"sidebarAuth\": { \"drop\": 0.5 } } } }";
    let (it, folder, path) = start_with_file("mine.json", &seeded).await;
    let faults = it.config().await["scenario"]["faults"].clone();
    assert_eq!(faults["seed"], 7);
    assert_eq!(faults["apis"]["sidebarAuth"]["drop"], 0.5);
    drop(it);
    let it = start_with(|options| {
        options.scenario = Some(path.clone());
        options.seed = Some(42);
    })
    .await;
    assert_eq!(it.config().await["scenario"]["faults"]["seed"], 42);
    let mut events = it.events().await;
    std::fs::write(&path, seeded.replace("顾言", "沈知远")).unwrap();
    let scenario = events.next_named("scenario").await;
    assert_eq!(scenario["faults"]["seed"], 42, "also when it is read again");
    drop(folder);
}

#[tokio::test]
async fn a_changed_scenario_is_written_to_its_file_unless_that_has_changed_too() {
    let (it, _folder, path) = start_with_file("mine.json", SCENARIO).await;
    let config = it.config().await;
    assert_eq!(config["scenarioWritable"], true);
    let mut events = it.events().await;
    let mut next = config["scenario"].clone();
    let message = json!({ "from": "me", "time": "2026-03-02T09:31:00Z", "msgtype": "text", "text": { "content": "在" } });
    next["conversations"][0]["messages"] = json!([message]);
    let answer = it.put("/_workbench/scenario", next.clone()).await;
    assert_eq!(answer.status(), 200);
    let answer: Value = answer.json().await.unwrap();
    let told = events.next_named("scenario").await;
    assert_eq!(told["conversations"][0]["messages"][0], message);
    assert_eq!(told["revision"], answer["revision"]);
    let text = std::fs::read_to_string(&path).unwrap();
    let untouched = SCENARIO
        .lines()
        .find(|it| it.contains("\"wxUserId\": \"wm2\""))
        .unwrap();
    assert!(text.contains(untouched.trim()), "{text}");

    // Based on the old text.
    let stale = it.put("/_workbench/scenario", next.clone()).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    next["revision"] = answer["revision"].clone();
    next["conversations"][0]["messages"][0]["msgtype"] = json!("image");
    let broken = it.put("/_workbench/scenario", next.clone()).await;
    assert_eq!(broken.status(), StatusCode::BAD_REQUEST);
    let broken: Value = broken.json().await.unwrap();
    assert_eq!(broken["field"], "conversations[0].messages[0].text");
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        text,
        "nothing was written"
    );
    // Larger than the body of any other request may be.
    next["conversations"][0]["messages"] =
        json!([{ "from": "me", "msgtype": "text", "text": { "content": "长".repeat(100_000) } }]);
    assert_eq!(it.put("/_workbench/scenario", next).await.status(), 200);
}

/// Of two changes that are based on the same text, the second would undo the first.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_writes_with_one_revision_one_wins_and_the_other_is_refused() {
    let (it, _folder, path) = start_with_file("mine.json", SCENARIO).await;
    let mut next = it.config().await["scenario"].clone();
    for round in 0..100 {
        let named = |writer: &str| {
            let mut changed = next.clone();
            changed["account"]["name"] = json!(format!("{writer} {round}"));
            changed
        };
        let (first, second) = tokio::join!(
            it.put("/_workbench/scenario", named("first")),
            it.put("/_workbench/scenario", named("second")),
        );
        let statuses = [first.status().as_u16(), second.status().as_u16()];
        let (winner, answer) = match statuses {
            [200, 409] => ("first", first),
            [409, 200] => ("second", second),
            _ => panic!("round {round}: {statuses:?}"),
        };
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(&format!("{winner} {round}")), "{text}");
        let answer: Value = answer.json().await.unwrap();
        next["revision"] = answer["revision"].clone();
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_a_scenario_stays_a_link_and_the_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (
        folder.path().join("real.json"),
        folder.path().join("link.json"),
    );
    std::fs::write(&file, SCENARIO).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let given = link.clone();
    let it = start_with(move |options| options.scenario = Some(given)).await;
    let mut next = it.config().await["scenario"].clone();
    next["account"]["name"] = json!("沈知远");
    assert_eq!(it.put("/_workbench/scenario", next).await.status(), 200);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read_to_string(&file).unwrap().contains("沈知远"));
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        2,
        "nothing is left beside it"
    );
}

#[tokio::test]
async fn a_scenario_that_has_no_file_or_may_not_be_changed_is_not_written() {
    let it = start().await;
    let config = it.config().await;
    assert_eq!(config["scenarioWritable"], false);
    assert_eq!(config["scenarioUnwritable"], "no-file");
    let scenario = config["scenario"].clone();
    let answer = it.put("/_workbench/scenario", scenario).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(answer.text().await.unwrap().contains("--scenario FILE"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.json");
    std::fs::write(&path, SCENARIO).unwrap();
    let mut permissions = path.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let given = path.clone();
    let it = start_with(move |options| options.scenario = Some(given)).await;
    let config = it.config().await;
    assert_eq!(config["scenarioWritable"], false);
    assert_eq!(config["scenarioUnwritable"], "read-only");
    let mut scenario = config["scenario"].clone();
    scenario["account"]["name"] = json!("沈知远");
    let answer = it.put("/_workbench/scenario", scenario).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(answer.text().await.unwrap().contains("is read-only"));
    assert_eq!(std::fs::read_to_string(path).unwrap(), SCENARIO);
}

#[tokio::test]
async fn a_scenario_in_toml_keeps_its_comments() {
    let toml = "conversations = []\n[account]\nbotId = 'b'\nwxid = 'w'\nname = 'n' # why\nuserId = 'u'\ncorpId = 'c'\norgId = 'o'\nuid = 'i'\nemail = 'e'\n";
    let (it, _folder, path) = start_with_file("mine.toml", toml).await;
    let config = it.config().await;
    assert_eq!(config["scenarioWritable"], true);
    assert_eq!(config["scenarioUnwritable"], Value::Null);
    let mut events = it.events().await;
    let mut scenario = config["scenario"].clone();
    scenario["account"]["name"] = json!("沈知远");
    let answer = it.put("/_workbench/scenario", scenario).await;
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    let told = events.next_named("scenario").await;
    assert_eq!(told["account"]["name"], "沈知远");
    let expected = toml.replace("'n'", "\"沈知远\"");
    assert_eq!(std::fs::read_to_string(path).unwrap(), expected);
}

#[tokio::test]
async fn stopping_ends_the_event_streams_and_frees_the_port() {
    let it = start().await;
    let mut events = it.events().await;
    let Fixture { server, .. } = it;
    let port = server.port();
    tokio::time::timeout(PATIENCE, server.shutdown())
        .await
        .expect("it does not stop");
    assert_eq!(events.next().await, None);
    drop(events);
    let again = serve(Options {
        port,
        ..Options::default()
    })
    .await;
    assert!(again.is_ok(), "{:?}", again.err());
}

#[tokio::test]
async fn a_workbench_that_cannot_start_says_why() {
    let free = tempfile::tempdir().unwrap();
    let message = async |options: Options| match serve(options).await {
        Ok(_) => panic!("it started"),
        Err(error) => error.to_string(),
    };
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = message(Options {
        port,
        ..Options::default()
    })
    .await;
    assert_eq!(
        error,
        format!(
            "port {port} is taken on 127.0.0.1; choose another with --port (0 for any free one)"
        )
    );

    let missing = Options {
        port: 0,
        scenario: Some(free.path().join("none.json")),
        ..Options::default()
    };
    assert!(message(missing).await.contains("none.json: cannot be read"));
    let folder = Options {
        port: 0,
        scenario: Some(Path::new("/").into()),
        ..Options::default()
    };
    assert!(message(folder).await.contains(".json or .toml"));
    let name = Options {
        port: 0,
        host: url::Host::Domain("no-such-name.invalid".into()),
        ..Options::default()
    };
    assert!(
        message(name)
            .await
            .contains("--host no-such-name.invalid cannot be resolved")
    );
}

#[tokio::test]
async fn a_port_that_is_taken_on_one_of_the_loopback_addresses_is_taken() {
    // A browser that tried ::1 first would find another server's page at localhost.
    let Ok(taken) = tokio::net::TcpListener::bind("[::1]:0").await else {
        return;
    };
    let port = taken.local_addr().unwrap().port();
    match serve(Options {
        port,
        ..Options::default()
    })
    .await
    {
        Err(StartError::PortTaken { .. }) => {}
        other => panic!("{:?}", other.map(|it| it.port())),
    }
}

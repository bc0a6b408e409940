use super::*;
use crate::scenario::{MsgType, Scenario};

/// The scenario that the workbench uses when none is given.
const DEFAULT: &str = include_str!("../../../../www/scenarios/default.json");

const README: &str = include_str!("../../../../workbench/README.md");

const NOW: &str = "2026-03-02T09:30:00Z";

const SMALL: &str = r#"{
  "account": {
    "botId": "bot-1", "wxid": "wx-1", "name": "顾言",
    "userId": "GuYan", "corpId": "corp", "orgId": "org", "uid": "uid", "email": "a@example.com"
  },
  "conversations": [
    {
      "id": "c1", "wxid": "w1", "type": "single", "name": "林晓棠", "external": true,
      "contact": { "externalUserId": "wm1", "wxUserId": "wm1" },
      "messages": [
        { "from": "them", "msgtype": "text",
          "text": { "content": "你好" } },
        { "from": "me", "time": "35m ago", "msgtype": "image",
          "image": { "url": "/media/latte.svg" } }
      ]
    },
    {
      "id": "c2", "wxid": "w2", "type": "group", "name": "筹备群", "external": true,
      "group": { "chatId": "wr1", "wxChatId": "wr1",
        "members": [ { "name": "阿哲" } ] },
      "messages": [
        { "from": "阿哲", "msgtype": "text", "text": { "content": "早" } }
      ]
    }
  ],
  "faults": {
    "drop": 0.5
  }
}
"#;

fn json(text: &str) -> Result<Scenario, ScenarioError> {
    parse(text, Format::Json, NOW.parse().unwrap())
}

fn toml(text: &str) -> Result<Scenario, ScenarioError> {
    parse(text, Format::Toml, NOW.parse().unwrap())
}

/// The error after replacing `from`, which must occur exactly once in the small scenario, with `to`.
#[track_caller]
fn broken(from: &str, to: &str) -> ScenarioError {
    assert_eq!(
        SMALL.matches(from).count(),
        1,
        "{from} must be in the scenario once"
    );
    json(&SMALL.replace(from, to)).expect_err("a broken scenario was taken on")
}

#[track_caller]
fn assert_error(error: &ScenarioError, line: usize, field: &str, says: &str) {
    assert_eq!(error.field.as_deref(), Some(field), "{error}");
    assert_eq!(error.line, Some(line), "{error}");
    assert!(error.message.contains(says), "{error}");
}

#[test]
fn the_default_scenario_reads_and_shows_all_six_message_types() {
    let scenario = parse(DEFAULT, Format::Json, Timestamp::now()).unwrap();
    let messages = || scenario.conversations.iter().flat_map(|it| &it.messages);
    for msgtype in ["text", "image", "video", "file", "news", "miniprogram"] {
        let is_there = messages().any(|it| serde_json::to_value(it.msgtype).unwrap() == msgtype);
        assert!(is_there, "{msgtype}");
    }
    let (mut single, mut groups, mut colleagues) = (0, 0, 0);
    for conversation in &scenario.conversations {
        match (&conversation.group, conversation.external) {
            (Some(_), _) => groups += 1,
            (None, true) => single += 1,
            (None, false) => colleagues += 1,
        }
    }
    assert!(single >= 2 && groups >= 2 && colleagues >= 1);
}

#[test]
fn every_media_file_of_the_default_scenario_is_in_the_workbench() {
    let www = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
    let mut seen = 0;
    for (index, _) in DEFAULT.match_indices("\"/media/") {
        let path = DEFAULT[index + 1..].split('"').next().unwrap();
        assert!(www.join(&path[1..]).is_file(), "{path}");
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn what_a_scenario_leaves_out_is_filled_in_for_the_console() {
    let scenario = json(SMALL).unwrap();
    assert_eq!(scenario.registration.msg_type, MsgType::PostMessage);
    let sent = serde_json::to_value(&scenario).unwrap();
    assert_eq!(sent["registration"]["msgType"], "postMessage");
    assert_eq!(sent["faults"]["drop"], 0.5);
    assert_eq!(sent["faults"]["latencyMs"], 0);
    assert_eq!(sent["faults"]["errors"], serde_json::json!({}));
    assert_eq!(sent["conversations"][0]["messages"][0]["time"], NOW);
    assert_eq!(
        sent["conversations"][0]["messages"][1]["time"],
        "2026-03-02T08:55:00Z"
    );
    assert_eq!(sent["conversations"][0].get("avatar"), None);
}

#[test]
fn a_toml_scenario_reads_like_a_json_one() {
    let text = r#"
[account]
botId = "bot-1"
wxid = "wx-1"
name = "顾言"
userId = "GuYan"
corpId = "corp"
orgId = "org"
uid = "uid"
email = "a@example.com"

[[conversations]]
id = "c1"
wxid = "w1"
type = "single"
name = "林晓棠"
external = true
contact = { externalUserId = "wm1", wxUserId = "wm1" }

[[conversations.messages]]
from = "them"
msgtype = "text"
text.content = "你好"

[[conversations.messages]]
from = "me"
time = "35m ago"
msgtype = "image"
image.url = "/media/latte.svg"

[[conversations]]
id = "c2"
wxid = "w2"
type = "group"
name = "筹备群"
external = true

[conversations.group]
chatId = "wr1"
wxChatId = "wr1"
members = [{ name = "阿哲" }]

[[conversations.messages]]
from = "阿哲"
msgtype = "text"
text.content = "早"

[faults]
drop = 0.5
"#;
    assert_eq!(toml(text).unwrap(), json(SMALL).unwrap());

    let unknown = toml(&text.replace("wxChatId", "wxChatID")).unwrap_err();
    assert_error(
        &unknown,
        40,
        "conversations[1].group.wxChatID",
        "unknown field",
    );
    let wrong =
        toml(&text.replace("external = true\ncontact", "external = \"yes\"\ncontact")).unwrap_err();
    assert_error(
        &wrong,
        17,
        "conversations[0].external",
        "expected a boolean",
    );
    for (float, drop) in [
        ("+0.25", Some(0.25)),
        ("2.5E-1", Some(0.25)),
        ("inf", None),
        ("1e400", None),
    ] {
        let read = toml(&text.replace("drop = 0.5", &format!("drop = {float}")));
        assert_eq!(read.ok().map(|it| it.faults.drop), drop, "{float}");
    }
    let rule = toml(&text.replace("drop = 0.5", "drop = 1.5")).unwrap_err();
    assert_error(&rule, 49, "faults.drop", "between 0 and 1");
    let syntax = toml(&text.replace("[faults]", "[faults")).unwrap_err();
    assert_eq!((syntax.line, &syntax.field), (Some(48), &None), "{syntax}");
}

#[test]
fn the_example_in_the_readme_is_a_scenario() {
    let example = README
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    assert_eq!(toml(example).unwrap().conversations.len(), 1);
}

#[test]
fn a_syntax_error_has_a_line_and_a_column() {
    let error = json("{\n  \"account\": {,}\n}").unwrap_err();
    assert_eq!(
        (error.line, error.column, &error.field),
        (Some(2), Some(15), &None),
        "{error}"
    );
    let error = json(&format!("{SMALL} x")).unwrap_err();
    assert!(
        error.message.contains("trailing characters") && error.line == Some(30),
        "{error}"
    );
    assert_eq!(json("").unwrap_err().line, Some(1));
    assert_eq!(toml("a = ").unwrap_err().line, Some(1));
}

#[test]
fn columns_count_characters_not_bytes() {
    let error = broken("\"name\": \"顾言\"", "\"name\": \"顾言顾言\", \"nick\": 1");
    assert_error(&error, 3, "account.nick", "unknown field `nick`");
    let line = SMALL
        .lines()
        .nth(2)
        .unwrap()
        .replace("\"顾言\"", "\"顾言顾言\", \"nick\": 1");
    let column =
        line.chars().count() - line.split("\"nick\": ").nth(1).unwrap().chars().count() + 1;
    assert_eq!(error.column, Some(column));
}

#[test]
fn a_field_of_the_wrong_type_is_named_with_its_line() {
    assert_error(
        &broken("\"drop\": 0.5", "\"drop\": \"often\""),
        27,
        "faults.drop",
        "invalid type: string",
    );
    assert_error(
        &broken("\"content\": \"你好\"", "\"content\": 7"),
        12,
        "conversations[0].messages[0].text.content",
        "expected a string",
    );
    assert_error(
        &broken("\"type\": \"group\"", "\"type\": \"team\""),
        18,
        "conversations[1].type",
        "unknown variant `team`",
    );
}

#[test]
fn a_missing_field_is_named_with_the_line_of_its_parent() {
    assert_error(
        &broken("\"botId\": \"bot-1\", ", ""),
        2,
        "account",
        "missing field `botId`",
    );
    let error = json("{}").unwrap_err();
    assert!(
        error.message.contains("missing field `account`") && error.line == Some(1),
        "{error}"
    );
}

#[test]
fn a_rule_of_a_conversation_that_is_broken_is_named_with_its_line() {
    let contact = "\"contact\": { \"externalUserId\": \"wm1\", \"wxUserId\": \"wm1\" }";
    for (from, to, line, field, says) in [
        (
            "\"id\": \"c2\"",
            "\"id\": \"c1\"",
            18,
            "conversations[1].id",
            "used twice",
        ),
        (
            "\"wxid\": \"w2\"",
            "\"wxid\": \"w1\"",
            18,
            "conversations[1].wxid",
            "used twice",
        ),
        (
            "\"id\": \"c1\"",
            "\"id\": \"\"",
            8,
            "conversations[0].id",
            "must not be empty",
        ),
        (
            contact,
            "\"tags\": []",
            9,
            "conversations[0].tags",
            "unknown field",
        ),
        (
            contact,
            "\"botId\": \"b\"",
            7,
            "conversations[0].contact",
            "required in a single chat",
        ),
        (
            "\"externalUserId\": \"wm1\", ",
            "",
            9,
            "conversations[0].contact.externalUserId",
            "is required",
        ),
        (
            "\"externalUserId\": \"wm1\"",
            "\"externalUserId\": \"wm1\", \"userId\": \"u\"",
            9,
            "conversations[0].contact.userId",
            "colleague's",
        ),
        (
            "\"name\": \"林晓棠\"",
            "\"avatar\": \"face.png\", \"name\": \"林晓棠\"",
            8,
            "conversations[0].avatar",
            "must be an http(s) URL",
        ),
        (
            "\"type\": \"group\"",
            "\"type\": \"single\"",
            17,
            "conversations[1].contact",
            "required in a single chat",
        ),
        (
            "{ \"name\": \"阿哲\" }",
            "{ \"name\": \"阿哲\" }, { \"name\": \"阿哲\" }",
            20,
            "conversations[1].group.members[1].name",
            "used twice",
        ),
    ] {
        // A missing field is reported at the position of its parent.
        assert_error(&broken(from, to), line, field, says);
    }
}

#[test]
fn an_internal_chat_is_with_a_colleague() {
    let internal = SMALL.replacen("\"external\": true", "\"external\": false", 1);
    assert_error(
        &json(&internal).unwrap_err(),
        9,
        "conversations[0].contact.userId",
        "is required",
    );
    assert!(json(&internal.replace("\"externalUserId\": \"wm1\"", "\"userId\": \"Shen\"")).is_ok());
}

#[test]
fn a_rule_of_a_message_that_is_broken_is_named_with_its_line() {
    for (from, to, line, field, says) in [
        (
            "\"from\": \"them\"",
            "\"from\": \"阿哲\"",
            11,
            "conversations[0].messages[0].from",
            "\"me\" or \"them\"",
        ),
        (
            "\"from\": \"阿哲\"",
            "\"from\": \"them\"",
            22,
            "conversations[1].messages[0].from",
            "name of a member",
        ),
        (
            "\"text\": { \"content\": \"你好\" }",
            "\"image\": { \"url\": \"/a\" }",
            11,
            "conversations[0].messages[0].text",
            "is required",
        ),
        (
            "\"text\": { \"content\": \"你好\" }",
            "\"text\": { \"content\": \"\" }",
            12,
            "conversations[0].messages[0].text.content",
            "must not be empty",
        ),
        (
            "\"image\": { \"url\": \"/media/latte.svg\" }",
            "\"image\": { \"url\": \"//evil.example/a\" }",
            14,
            "conversations[0].messages[1].image.url",
            "must be an http(s) URL",
        ),
        (
            "\"image\": { \"url\": \"/media/latte.svg\" }",
            "\"image\": { \"url\": \"javascript:alert(1)\" }",
            14,
            "conversations[0].messages[1].image.url",
            "must be an http(s) URL",
        ),
        (
            "\"35m ago\"",
            "\"yesterday\"",
            13,
            "conversations[0].messages[1].time",
            "is not a time",
        ),
        (
            "\"35m ago\"",
            "\"19000y ago\"",
            13,
            "conversations[0].messages[1].time",
            "further back",
        ),
    ] {
        assert_error(&broken(from, to), line, field, says);
    }
}

#[test]
fn faults_out_of_range_are_refused() {
    for (fault, field, says) in [
        ("\"drop\": -0.1", "faults.drop", "between 0 and 1"),
        ("\"duplicate\": 2", "faults.duplicate", "between 0 and 1"),
        ("\"garbage\": 1.01", "faults.garbage", "between 0 and 1"),
        (
            "\"latencyMs\": 600001",
            "faults.latencyMs",
            "at most 600000",
        ),
        ("\"latencyMs\": -1", "faults.latencyMs", "invalid value"),
        ("\"jitterMs\": 600001", "faults.jitterMs", "at most 600000"),
        ("\"staleMs\": 600001", "faults.staleMs", "at most 600000"),
        ("\"staleMs\": -1", "faults.staleMs", "invalid value"),
        (
            "\"getUserInfo\": -3",
            "faults.getUserInfo",
            "[0, -1, -2, -4, -5]",
        ),
        (
            "\"errors\": { \"sendChatMessage\": \"\" }",
            "faults.errors.sendChatMessage",
            "must not be empty",
        ),
    ] {
        assert_error(&broken("\"drop\": 0.5", fault), 27, field, says);
    }
}

#[test]
fn a_byte_order_mark_is_accepted() {
    assert_eq!(json(&format!("\u{feff}{SMALL}")), json(SMALL));
}

#[test]
fn only_json_and_toml_files_are_read() {
    assert_eq!(
        Format::of(std::path::Path::new("a/b.JSON")),
        Ok(Format::Json)
    );
    assert_eq!(Format::of(std::path::Path::new("b.toml")), Ok(Format::Toml));
    assert!(
        Format::of(std::path::Path::new("b.yaml"))
            .unwrap_err()
            .message
            .contains(".json or .toml")
    );
}

mod messages {
    //! A message of a scenario has the members and the rules of the crate's `SendParams`.

    use juzi_helper::message::SendParams;
    use serde_json::{Value, json};

    use super::*;

    /// The schema of `SendParams`, and for each type of message its name and its body's schema.
    fn sent() -> (Value, Vec<(String, Value)>) {
        let schema = schemars::schema_for!(SendParams).to_value();
        let of = |variant: &Value| {
            let name = variant["properties"]["msgtype"]["const"].as_str().unwrap();
            let body = variant["properties"][name]["$ref"].as_str().unwrap();
            let body = schema.pointer(body.trim_start_matches('#')).unwrap();
            (name.to_owned(), body.clone())
        };
        let types = schema["oneOf"].as_array().unwrap().iter().map(of);
        let types = types.collect();
        (schema, types)
    }

    #[test]
    fn a_message_has_the_members_of_send_params_and_a_sender_and_a_time() {
        let scenario = schemars::schema_for!(Scenario).to_value();
        let (schema, types) = sent();
        let mut expected = vec!["from".to_owned(), "time".to_owned(), "msgtype".to_owned()];
        expected.extend(types.iter().map(|(name, _)| name.clone()));
        expected.sort();
        let members = &scenario["$defs"]["Message"]["properties"];
        let mut found: Vec<_> = members.as_object().unwrap().keys().cloned().collect();
        found.sort();
        assert_eq!(found, expected);
        let names: Vec<_> = types.iter().map(|(name, _)| name).collect();
        assert_eq!(scenario["$defs"]["MessageKind"]["enum"], json!(names));
        for (name, body) in &types {
            let theirs = members[name]["anyOf"][0]["$ref"].as_str().unwrap();
            let theirs = scenario.pointer(theirs.trim_start_matches('#')).unwrap();
            assert_eq!(theirs, body, "{name}");
        }
        assert_eq!(schema["$defs"].as_object().unwrap().len(), 4);
    }

    /// Members with addresses that the console opens or shows. A scenario is stricter there, but also accepts the console's own paths and
    /// pictures.
    const ADDRESSES: [&str; 6] = [
        "image.url",
        "video.url",
        "file.url",
        "news.link",
        "news.imgUrl",
        "miniprogram.imgUrl",
    ];

    /// Whether a page can send a message with this member, and whether a scenario can have it.
    fn accepted(kind: &str, body: &Value, member: &str, value: Option<Value>) -> (bool, bool) {
        let required = body["required"].as_array().unwrap().iter();
        let mut content: Value = required
            .map(|name| {
                (
                    name.as_str().unwrap().to_owned(),
                    json!("https://a.example/"),
                )
            })
            .collect::<serde_json::Map<_, _>>()
            .into();
        match value {
            Some(value) => content[member] = value,
            None => drop(content.as_object_mut().unwrap().remove(member)),
        }
        let sent = json!({ "msgtype": kind, kind: content });
        let mut scenario: Value = serde_json::from_str(SMALL).unwrap();
        let mut message = sent.clone();
        message["from"] = json!("me");
        scenario["conversations"][0]["messages"] = json!([message]);
        (
            SendParams::parse(&sent).is_ok(),
            json(&scenario.to_string()).is_ok(),
        )
    }

    #[test]
    fn a_scenario_has_exactly_the_messages_that_a_page_can_send() {
        for (kind, body) in sent().1 {
            for member in body["properties"].as_object().unwrap().keys() {
                let path = format!("{kind}.{member}");
                let of = |value| accepted(&kind, &body, member, value);
                for value in [
                    None,
                    Some(json!("")),
                    Some(json!(1)),
                    Some(json!("https://a.example/b")),
                ] {
                    let (page, scenario) = of(value.clone());
                    assert_eq!(page, scenario, "{path}: {value:?}");
                }
                let (page, scenario) = of(Some(json!("any text")));
                let console_opens_it = ADDRESSES.contains(&path.as_str());
                assert_eq!(scenario, page && !console_opens_it, "{path}");
                if console_opens_it {
                    assert!(of(Some(json!("/media/a.svg"))).1, "{path}");
                }
            }
            assert_eq!(accepted(&kind, &body, "unknown", None), (true, true));
            let (_, scenario) = accepted(&kind, &body, "unknown", Some(json!("x")));
            assert!(
                !scenario,
                "{kind}: a member that does nothing is a mistake in the file"
            );
        }
    }
}

mod schema {
    //! The published schema is derived from the types.

    use serde_json::Value;

    use super::*;
    use crate::published::same_as_published;

    fn derived() -> Value {
        schemars::schema_for!(Scenario).to_value()
    }

    #[test]
    fn the_published_schema_is_the_one_of_the_types() {
        same_as_published::<Scenario>("../www/scenarios/scenario.schema.json");
    }

    #[test]
    fn the_schema_accepts_what_the_workbench_accepts() {
        let validator = jsonschema::validator_for(&derived()).unwrap();
        for text in [DEFAULT, SMALL] {
            let value = serde_json::from_str(text).unwrap();
            assert!(
                validator.is_valid(&value),
                "{:?}",
                validator.iter_errors(&value).next()
            );
        }
    }

    #[test]
    fn the_schema_refuses_what_the_workbench_refuses() {
        let validator = jsonschema::validator_for(&derived()).unwrap();
        for (from, to) in [
            ("\"botId\": \"bot-1\", ", ""),
            ("\"drop\": 0.5", "\"drop\": 1.5"),
            ("\"drop\": 0.5", "\"drop\": \"often\""),
            ("\"drop\": 0.5", "\"dorp\": 0.5"),
            ("\"drop\": 0.5", "\"latencyMs\": 600001"),
            ("\"drop\": 0.5", "\"getUserInfo\": -3"),
            ("\"type\": \"group\"", "\"type\": \"team\""),
            ("\"type\": \"group\"", "\"type\": \"single\""),
            ("\"id\": \"c1\"", "\"id\": \"\""),
            (
                "\"text\": { \"content\": \"你好\" }",
                "\"image\": { \"url\": \"/a\" }",
            ),
            ("\"content\": \"你好\"", "\"content\": \"\""),
        ] {
            let text = SMALL.replace(from, to);
            assert_ne!(text, SMALL);
            assert!(json(&text).is_err(), "{to}");
            assert!(
                !validator.is_valid(&serde_json::from_str(&text).unwrap()),
                "{to}"
            );
        }
    }
}

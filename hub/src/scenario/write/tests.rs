use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;

const JSON: &str = r#"{
  "$schema": "./scenario.schema.json",
  "account": { "botId": "b", "wxid": "w", "name": "n", "userId": "u", "corpId": "c", "orgId": "o", "uid": "i", "email": "e" },
  "conversations": [
    { "id": "c1", "wxid": "w1", "type": "single", "name": "林晓棠", "external": true,
      "contact": { "externalUserId": "wm1", "wxUserId": "wm1" },
      "messages": [
        { "from": "them", "time": "35m ago", "msgtype": "text", "text": { "content": "在吗？" } }
      ] },
    { "id": "c2", "wxid": "w2", "type": "single", "name": "周子墨", "external": true,
      "contact": { "externalUserId": "wm2", "wxUserId": "wm2", "tags": [ "VIP", "new" ] } }
  ],
  "faults": { "latencyMs": 40 }
}
"#;

const TOML: &str = r#"# A shop, in the morning.
locale = "zh"

[account]
botId = "b"
wxid = "w"
name = "n" # the account that staff chat with
userId = "u"
corpId = "c"
orgId = "o"
uid = "i"
email = "e"

# The one that complains.
[[conversations]]
id = "c1"
wxid = "w1"
type = "single"
name = '林晓棠'   # a contact
external = true

  [conversations.contact]
  externalUserId = "wm1"
  wxUserId = "wm1"
  # what she is
  tags = ["VIP", "new"]

  [[conversations.messages]]
  from = "them"
  time = "35m ago"
  msgtype = "text"
  text.content = "在吗？"

# The other one.
[[conversations]]
id = "c2"
wxid = "w2"
type = "single"
name = "周子墨"
external = true
contact = { externalUserId = "wm2", wxUserId = "wm2" }

[faults]
latencyMs = 40 # like the office
"#;

fn start() -> Timestamp {
    "2026-03-02T09:30:00Z".parse().unwrap()
}

fn in_memory(file: &str, format: Format) -> Value {
    serde_json::to_value(parse(file, format, start()).unwrap()).unwrap()
}

/// As `JSON.stringify` writes it.
fn of_a_browser(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            #[allow(clippy::cast_possible_truncation)]
            Some(float) if float.fract() == 0.0 => json!(float as i64),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(of_a_browser).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(name, it)| (name, of_a_browser(it))).collect()
        }
        other => other,
    }
}

/// The file's text after a change in a browser.
fn changed(file: &str, format: Format, change: impl FnOnce(&mut Value)) -> Result<String, String> {
    let mut next = in_memory(file, format);
    change(&mut next);
    let next = of_a_browser(next).to_string();
    let next = parse(&next, Format::Json, start()).unwrap();
    rewrite(file, format, &next, start()).map_err(|error| error.to_string())
}

/// The same change in both files. Each pair is what stands there before and after it; everything else stays.
fn assert_changes(change: impl Fn(&mut Value), in_json: &[(&str, &str)], in_toml: &[(&str, &str)]) {
    for (file, format, pairs) in [(JSON, Format::Json, in_json), (TOML, Format::Toml, in_toml)] {
        let mut expected = file.to_owned();
        for (old, new) in pairs {
            assert_eq!(expected.matches(old).count(), 1, "{old}");
            expected = expected.replace(old, new);
        }
        assert_eq!(changed(file, format, &change).unwrap(), expected);
        let (file, expected) = (windows(file), windows(&expected));
        assert_eq!(changed(&file, format, &change).unwrap(), expected);
    }
}

/// As some editors save it there.
fn windows(text: &str) -> String {
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

fn hello() -> Value {
    json!({ "from": "me", "time": "2026-03-02T09:31:00Z", "msgtype": "text", "text": { "content": "\"在\"\n" } })
}

fn third() -> Value {
    json!({ "id": "c3", "wxid": "w3", "type": "group", "name": "n", "external": true, "messages": [],
        "group": { "chatId": "g", "wxChatId": "g", "members": [{ "name": "小周", "owner": true }, { "name": "Li" }] } })
}

#[test]
fn without_a_change_the_text_stays() {
    assert_ne!(
        of_a_browser(in_memory(JSON, Format::Json)),
        in_memory(JSON, Format::Json),
        "some default is a float"
    );
    assert_changes(|_| {}, &[], &[]);
}

#[test]
fn a_new_name_changes_the_name_alone() {
    assert_changes(
        |it| it["conversations"][0]["name"] = json!("林女士"),
        &[("\"林晓棠\"", "\"林女士\"")],
        &[("'林晓棠'", "\"林女士\"")],
    );
}

#[test]
fn a_member_comes_after_the_others_and_its_table_keeps_its_layout() {
    assert_changes(
        |it| {
            it["conversations"][0]["contact"]["remark"] = json!("老客户");
            it["conversations"][1]["contact"]["remark"] = json!("新客户");
            it["locale"] = json!("en");
            it["registration"]["msgType"] = json!("reload");
        },
        &[
            (
                "\"wxUserId\": \"wm1\" }",
                "\"wxUserId\": \"wm1\", \"remark\": \"老客户\" }",
            ),
            ("\"new\" ] }", "\"new\" ], \"remark\": \"新客户\" }"),
            (
                "{ \"latencyMs\": 40 }",
                "{ \"latencyMs\": 40 },\n  \"locale\": \"en\",\n  \"registration\": {\n    \"msgType\": \"reload\"\n  }",
            ),
        ],
        &[
            (
                "tags = [\"VIP\", \"new\"]",
                "tags = [\"VIP\", \"new\"]\n  remark = \"老客户\"",
            ),
            (
                "wxUserId = \"wm2\" }",
                "wxUserId = \"wm2\", remark = \"新客户\" }",
            ),
            (
                "locale = \"zh\"",
                "locale = \"en\"\nregistration = { msgType = \"reload\" }",
            ),
        ],
    );
}

#[test]
fn a_default_that_is_changed_brings_no_other_default_along() {
    assert_changes(
        |it| it["faults"]["drop"] = json!(0.5),
        &[(
            "{ \"latencyMs\": 40 }",
            "{ \"latencyMs\": 40, \"drop\": 0.5 }",
        )],
        &[("40 # like the office", "40 # like the office\ndrop = 0.5")],
    );
    let file = JSON.replace(",\n  \"faults\": { \"latencyMs\": 40 }", "");
    let written = changed(&file, Format::Json, |it| {
        it["faults"]["oldConsole"] = json!(true)
    });
    let expected = file.replace(
        "  ]\n}\n",
        "  ],\n  \"faults\": {\n    \"oldConsole\": true\n  }\n}\n",
    );
    assert_eq!(written.unwrap(), expected);
}

#[test]
fn a_message_is_added_where_the_file_has_them_and_where_it_has_none() {
    assert_changes(
        |it| {
            for chat in it["conversations"].as_array_mut().unwrap() {
                chat["messages"].as_array_mut().unwrap().push(hello());
            }
        },
        &[
            (
                "{ \"content\": \"在吗？\" } }",
                "{ \"content\": \"在吗？\" } },\n        \
                 { \"from\": \"me\", \"time\": \"2026-03-02T09:31:00Z\", \"msgtype\": \"text\", \"text\": { \"content\": \"\\\"在\\\"\\n\" } }",
            ),
            (
                "\"new\" ] } }",
                "\"new\" ] },\n      \"messages\": [\n        {\n          \"from\": \"me\",\n          \
                 \"time\": \"2026-03-02T09:31:00Z\",\n          \"msgtype\": \"text\",\n          \"text\": {\n            \
                 \"content\": \"\\\"在\\\"\\n\"\n          }\n        }\n      ] }",
            ),
        ],
        &[
            (
                "text.content = \"在吗？\"\n",
                "text.content = \"在吗？\"\n\n  [[conversations.messages]]\n  from = \"me\"\n  \
                 time = \"2026-03-02T09:31:00Z\"\n  msgtype = \"text\"\n  text = { content = \"\\\"在\\\"\\n\" }\n",
            ),
            (
                "wxUserId = \"wm2\" }\n",
                "wxUserId = \"wm2\" }\nmessages = [\n  { from = \"me\", time = \"2026-03-02T09:31:00Z\", msgtype = \"text\", \
                 text = { content = \"\\\"在\\\"\\n\" } }\n]\n",
            ),
        ],
    );
}

#[test]
fn a_conversation_is_added_behind_the_last() {
    assert_changes(
        |it| it["conversations"].as_array_mut().unwrap().push(third()),
        &[(
            "\"new\" ] } }\n  ]",
            "\"new\" ] } },\n    {\n      \"id\": \"c3\",\n      \"wxid\": \"w3\",\n      \"type\": \"group\",\n      \
             \"name\": \"n\",\n      \"external\": true,\n      \"group\": {\n        \"chatId\": \"g\",\n        \
             \"wxChatId\": \"g\",\n        \"members\": [\n          {\n            \"name\": \"小周\",\n            \
             \"owner\": true\n          },\n          {\n            \"name\": \"Li\",\n            \"owner\": false\n          }\n        ]\n      }\n    }\n  ]",
        )],
        &[(
            "wxUserId = \"wm2\" }\n",
            "wxUserId = \"wm2\" }\n\n[[conversations]]\nid = \"c3\"\nwxid = \"w3\"\ntype = \"group\"\nname = \"n\"\n\
             external = true\ngroup = { chatId = \"g\", wxChatId = \"g\", \
             members = [{ name = \"小周\", owner = true }, { name = \"Li\", owner = false }] }\n",
        )],
    );
}

#[test]
fn a_conversation_is_removed_with_what_is_in_it_alone() {
    let first = TOML.find("[[conversations]]").unwrap();
    let second = TOML.find("# The other one").unwrap();
    let own = |text: &str, from, to: &str| {
        let start = text.find(from).unwrap();
        text[start..start + text[start..].find(to).unwrap()].to_owned()
    };
    assert_changes(
        |it| drop(it["conversations"].as_array_mut().unwrap().remove(0)),
        &[(&own(JSON, "{ \"id\": \"c1\"", "{ \"id\": \"c2\""), "")],
        &[(
            &TOML[first..second],
            // The lines of the tables are gone, and the comments between them are the author's.
            "\n  # what she is\n\n\n",
        )],
    );
    let at = JSON.find(",\n    { \"id\": \"c2\"").unwrap();
    let end = JSON.find("\n  ],\n  \"faults\"").unwrap();
    assert_changes(
        |it| drop(it["conversations"].as_array_mut().unwrap().remove(1)),
        &[(&JSON[at..end], "")],
        &[(
            &own(TOML, "[[conversations]]\nid = \"c2\"", "\n[faults]"),
            "",
        )],
    );
}

#[test]
fn what_is_removed_takes_one_comma_along() {
    for (kept, text) in [
        (&["VIP"][..], "[ \"VIP\" ]"),
        (&["new"], "[ \"new\" ]"),
        (&["old", "new"], "[ \"old\", \"new\" ]"),
        (&["VIP", "old"], "[ \"VIP\", \"old\" ]"),
        (&["new", "VIP"], "[ \"new\", \"VIP\" ]"),
    ] {
        let text = changed(JSON, Format::Json, |it| {
            it["conversations"][1]["contact"]["tags"] = json!(kept);
        })
        .map(|it| (it, JSON.replace("[ \"VIP\", \"new\" ]", text)));
        let (written, expected) = text.unwrap();
        assert_eq!(written, expected);
    }
    assert_changes(
        |it| {
            let chat = it["conversations"][1].as_object_mut().unwrap();
            chat.insert("external".to_owned(), json!(false));
            let contact = chat.get_mut("contact").unwrap().as_object_mut().unwrap();
            contact.remove("externalUserId");
            contact.insert("userId".to_owned(), json!("u2"));
        },
        &[
            (
                "\"周子墨\", \"external\": true",
                "\"周子墨\", \"external\": false",
            ),
            (
                "\"externalUserId\": \"wm2\", \"wxUserId\": \"wm2\", \"tags\": [ \"VIP\", \"new\" ]",
                "\"wxUserId\": \"wm2\", \"tags\": [ \"VIP\", \"new\" ], \"userId\": \"u2\"",
            ),
        ],
        &[
            (
                "\"周子墨\"\nexternal = true",
                "\"周子墨\"\nexternal = false",
            ),
            (
                "externalUserId = \"wm2\", wxUserId = \"wm2\"",
                "wxUserId = \"wm2\", userId = \"u2\"",
            ),
        ],
    );
}

#[test]
fn another_kind_of_conversation_exchanges_its_table() {
    let contact = "  [conversations.contact]\n  externalUserId = \"wm1\"\n  wxUserId = \"wm1\"\n  # what she is\n  \
                   tags = [\"VIP\", \"new\"]\n";
    let change = |it: &mut Value| {
        let chat = it["conversations"][0].as_object_mut().unwrap();
        chat.insert("type".to_owned(), json!("group"));
        chat.insert("messages".to_owned(), json!([]));
        chat.remove("contact");
        chat.insert(
            "group".to_owned(),
            json!({ "chatId": "g", "wxChatId": "g", "members": [] }),
        );
    };
    let messages = &TOML[TOML.find("  [[conversations.messages]]").unwrap()
        ..TOML.find("\n# The other one.").unwrap()];
    assert_changes(
        change,
        &[
            (
                "\"type\": \"single\", \"name\": \"林晓棠\"",
                "\"type\": \"group\", \"name\": \"林晓棠\"",
            ),
            (
                "      \"contact\": { \"externalUserId\": \"wm1\", \"wxUserId\": \"wm1\" },\n",
                "",
            ),
            (
                "[\n        { \"from\": \"them\", \"time\": \"35m ago\", \"msgtype\": \"text\", \"text\": { \"content\": \"在吗？\" } }\n      ]",
                "[],\n      \"group\": {\n        \"chatId\": \"g\",\n        \"wxChatId\": \"g\"\n      }",
            ),
        ],
        &[
            (
                "type = \"single\"\nname = '林晓棠'   # a contact\nexternal = true\n",
                "type = \"group\"\nname = '林晓棠'   # a contact\nexternal = true\ngroup = { chatId = \"g\", wxChatId = \"g\" }\n",
            ),
            (contact, "  # what she is\n"),
            (messages, ""),
        ],
    );
}

#[test]
fn conversations_in_another_order_are_the_same_conversations() {
    for (file, format) in [(JSON, Format::Json), (TOML, Format::Toml)] {
        let written = changed(file, format, |it| {
            it["conversations"].as_array_mut().unwrap().swap(0, 1);
        });
        let written = written.unwrap();
        let before = in_memory(file, format);
        let after = in_memory(&written, format);
        assert_eq!(after["conversations"][0], before["conversations"][1]);
        assert_eq!(after["conversations"][1], before["conversations"][0]);
    }
}

/// What cannot be changed in place is not written at all.
#[test]
fn a_change_that_the_form_of_the_file_has_no_place_for_is_refused() {
    let file = TOML.replace(
        "[faults]\nlatencyMs = 40 # like the office",
        "[faults.apis.getContext]\nhold = true",
    );
    let refusal = changed(&file, Format::Toml, |it| it["faults"]["drop"] = json!(0.5));
    let says = "is written in a form that this change does not fit in; edit the file";
    assert_eq!(refusal.unwrap_err(), says);
}

#[test]
fn a_member_of_a_dotted_table_gets_its_names() {
    let file = TOML.replace(
        "contact = { externalUserId = \"wm2\", wxUserId = \"wm2\" }",
        "contact.externalUserId = \"wm2\"\ncontact.wxUserId = \"wm2\" # equal",
    );
    let written = changed(&file, Format::Toml, |it| {
        it["conversations"][1]["contact"]["remark"] = json!("新客户");
    });
    let expected = file.replace("# equal", "# equal\ncontact.remark = \"新客户\"");
    assert_eq!(written.unwrap(), expected);
}

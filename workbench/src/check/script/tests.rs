use super::*;
use crate::published::same_as_published;

const SCRIPT: &str = r#"
page = "localhost:5173"

[[steps]]
expectCall = { api = "sidebarAuth", outcome = "ok" }

[[steps]]
name = "the page follows the switch"
switch = "chat-2"

[[steps]]
expectMessage = { msgtype = "text", text = { content = "hi" } }
"#;

fn parse(text: &str) -> Result<Source, ScenarioError> {
    Source::parse(text.to_owned(), Format::Toml)
}

#[test]
fn a_script_reads_and_its_steps_have_titles() {
    let script = parse(SCRIPT).unwrap().script;
    let titles: Vec<_> = script.steps.iter().map(Step::title).collect();
    assert_eq!(
        titles,
        [
            "expect a call of sidebarAuth",
            "the page follows the switch",
            "expect a message: text"
        ]
    );
    assert_eq!(script.timeout_ms, 10_000);
}

#[test]
fn a_call_may_have_either_of_its_names_or_be_a_pages_own() {
    for api in ["getContext", "getCurChatInfo", "openWallet"] {
        let step = SCRIPT.replace("sidebarAuth", api);
        assert!(parse(&step).is_ok(), "{api}");
    }
    let own = "fault = { errors = { openWallet = \"openWallet:fail\" } }";
    assert!(parse(&SCRIPT.replace("switch = \"chat-2\"", own)).is_ok());
}

#[test]
fn a_mistake_is_named_with_its_line_and_field() {
    for (from, to, line, field, says) in [
        ("switch =", "swich =", 9, "steps[1].swich", "unknown field"),
        (
            "switch = \"chat-2\"",
            "",
            7,
            "steps[1]",
            "must say what to do",
        ),
        (
            "switch = \"chat-2\"",
            "switch = \"a\"\npush = true",
            7,
            "steps[1]",
            "two things, switch and push",
        ),
        (
            "switch = \"chat-2\"",
            "push = false",
            9,
            "steps[1].push",
            "must be true",
        ),
        (
            "msgtype = \"text\"",
            "msgtype = \"image\"",
            12,
            "steps[2].expectMessage.text",
            "does not belong here",
        ),
        (
            "\"sidebarAuth\"",
            "\"\"",
            5,
            "steps[0].expectCall.api",
            "must not be empty",
        ),
        (
            "\"sidebarAuth\"",
            "\"sidebarauth\"",
            5,
            "steps[0].expectCall.api",
            "there is no call \"sidebarauth\"; is sidebarAuth meant?",
        ),
        (
            "expectCall = { api = \"sidebarAuth\", outcome = \"ok\" }",
            "expectNoCall = { api = \"sendMessage\", withinMs = 9 }",
            5,
            "steps[0].expectNoCall.api",
            "is sendChatMessage meant?",
        ),
        (
            "switch = \"chat-2\"",
            "answer = { api = \"getCurChatInf\", data = {} }",
            9,
            "steps[1].answer.api",
            "is getCurChatInfo meant?",
        ),
        (
            "switch = \"chat-2\"",
            "fault = { errors = { sendChatMesage = \"x\" } }",
            9,
            "steps[1].fault.errors.sendChatMesage",
            "is sendChatMessage meant?",
        ),
        (
            "switch = \"chat-2\"",
            "fault = { apis = { getContext = { hold = true } } }",
            9,
            "steps[1].fault.apis.getContext",
            "the console's name of getContext is getCurChatInfo",
        ),
        (
            "\"ok\"",
            "\"fine\"",
            5,
            "steps[0].expectCall.outcome",
            "unknown variant",
        ),
        (
            "switch = \"chat-2\"",
            "fault = { drop = 2 }",
            9,
            "steps[1].fault.drop",
            "between 0 and 1",
        ),
        (
            "switch = \"chat-2\"",
            "waitMs = 700000",
            9,
            "steps[1].waitMs",
            "at most 600000",
        ),
        ("localhost:5173", "ftp://x", 2, "page", "http://"),
    ] {
        assert_eq!(SCRIPT.matches(from).count(), 1, "{from}");
        let error = parse(&SCRIPT.replace(from, to)).unwrap_err();
        assert_eq!(error.field.as_deref(), Some(field), "{error}");
        assert_eq!(error.line, Some(line), "{error}");
        assert!(error.message.contains(says), "{error}");
    }
    assert!(
        parse("steps = []")
            .unwrap_err()
            .message
            .contains("at least one")
    );
}

#[test]
fn a_conversation_that_the_scenario_lacks_is_named_with_its_line() {
    let scenario = crate::scenario::load::parse(
        crate::scenario::DEFAULT,
        Format::Json,
        jiff::Timestamp::now(),
    )
    .unwrap();
    let source = parse(SCRIPT).unwrap();
    let error = source.check_chats(&scenario).unwrap_err();
    assert_eq!(
        (error.line, error.field.as_deref()),
        (Some(9), Some("steps[1].switch"))
    );
    assert!(
        error.message.contains(&scenario.conversations[0].id),
        "{error}"
    );
}

#[test]
fn the_readmes_script_is_valid() {
    let readme = include_str!("../../../README.md");
    let block = readme.split("```toml\n# sidebar.toml\n").nth(1).unwrap();
    let source = parse(block.split("```").next().unwrap()).unwrap();
    let scenario = crate::scenario::load::parse(
        crate::scenario::DEFAULT,
        Format::Json,
        jiff::Timestamp::now(),
    )
    .unwrap();
    source.check_chats(&scenario).unwrap();
    for action in ACTIONS {
        assert!(readme.contains(&format!("| `{action} = ")), "{action}");
    }
}

#[test]
fn the_published_schema_is_the_one_of_the_types_of_a_script() {
    let derived = same_as_published::<Script>("../www/check/script.schema.json");
    let validator = jsonschema::validator_for(&derived).unwrap();
    let accepts = |steps: Value| validator.is_valid(&serde_json::json!({ "steps": steps }));
    assert!(accepts(
        serde_json::json!([{ "push": true }, { "fault": {} }])
    ));
    assert!(!accepts(
        serde_json::json!([{ "push": true, "reload": true }])
    ));
    assert!(!accepts(serde_json::json!([{ "name": "x" }])));
    assert!(!accepts(serde_json::json!([])));
}

//! What other files repeat of the catalogue and of the messages is generated here: `./build.sh generate` runs the first
//! test with `UPDATE=1`, which writes the files. Without it the test fails for a file that is out of date.
//!
//! A generated part stands between two lines with the words `generated: NAME` and `generated: end`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::api::reads::Reads;
use crate::api::{Action, Api, CATALOGUE, Group, Member, Params, Res, SDK_NAMES, TIMEOUT, post};
use crate::message::declared::{BODIES, TYPES};
use crate::message::{Field, Rule, SHAPES};
use crate::value::Kind;

mod dictionary;

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn read(file: &str) -> String {
    fs::read_to_string(path(file)).expect(file)
}

/// The text with its part `name` replaced.
fn with_part(text: &str, name: &str, part: &str) -> String {
    let from = text.find(&format!("generated: {name} ")).expect(name);
    let start = from + text[from..].find('\n').expect("a line's end") + 1;
    let end = start
        + text[start..]
            .find("generated: end")
            .expect("generated: end");
    let end = text[..end].rfind('\n').expect("a line's start") + 1;
    format!("{}{part}{}", &text[..start], &text[end..])
}

/// A file that repeats something of the catalogue, and its text with everything in it generated anew.
fn files(rows: &[Api]) -> Vec<(&'static str, String)> {
    let part = |file, name, part: String| (file, with_part(&read(file), name, &part));
    let types = read("pkg-template/types/index.d.ts");
    let types = with_part(&types, "messages", &message_types());
    let dictionary = read("fuzz/protocol.dict");
    vec![
        part("src/browser/calls.js", "calls", script(rows)),
        (
            "pkg-template/types/index.d.ts",
            with_part(&types, "calls", &call_types(rows)),
        ),
        part("pkg-template/README.md", "calls", table(rows, ENGLISH)),
        part(
            "pkg-template/README.zh-CN.md",
            "calls",
            table(rows, CHINESE),
        ),
        part("docs/spec.md", "calls", whole_table(rows, ENGLISH)),
        part("docs/spec.zh-CN.md", "calls", whole_table(rows, CHINESE)),
        ("www/lib/catalogue.js", module(rows)),
        (
            "fuzz/protocol.dict",
            with_part(&dictionary, "words", &dictionary::words(rows)),
        ),
    ]
}

/// The repository's readmes, which have the example of a page in Rust and nothing of the catalogue.
fn readmes() -> impl Iterator<Item = (&'static str, String)> {
    let with_example = |file| (file, with_part(&read(file), "client", &client_example()));
    ["README.md", "README.zh-CN.md"]
        .into_iter()
        .map(with_example)
}

/// The example in the documentation of `client`, which the tests compile, as Markdown.
fn client_example() -> String {
    let source = read("src/client/mod.rs");
    let mut lines = source
        .lines()
        .skip_while(|line| !line.starts_with("//! ```"))
        .skip(1)
        .take_while(|line| *line != "//! ```");
    let code = lines.by_ref().fold(String::new(), |code, line| {
        let line = line.strip_prefix("//!").expect("a comment");
        code + line.strip_prefix(' ').unwrap_or(line) + "\n"
    });
    assert!(code.contains("Juzi::install"), "{code}");
    format!("```rust\n{code}```\n")
}

#[test]
fn what_is_generated_is_up_to_date() {
    for (file, expected) in files(CATALOGUE).into_iter().chain(readmes()) {
        let update = std::env::var_os("UPDATE").is_some();
        if update && fs::read_to_string(path(file)).unwrap_or_default() != expected {
            fs::write(path(file), &expected).expect(file);
        }
        assert!(
            fs::read_to_string(path(file)).unwrap_or_default() == expected,
            "{file} is out of date: ./build.sh generate"
        );
    }
}

// ---- What is written by hand ----

/// The places where somebody has to write about each call, and what is missing there.
fn missing(rows: &[Api]) -> Vec<String> {
    let types = read("pkg-template/types/index.d.ts");
    let methods = types
        .split("interface JuziCalls {")
        .nth(1)
        .expect("JuziCalls");
    let spec = with_part(&read("docs/spec.md"), "calls", "");
    let answers = read("www/host/answers.js");
    let cases = super::cases::cases();
    let mut missing = Vec::new();
    let mut need = |there: bool, file: &str, name: &str| {
        if !there {
            missing.push(format!("{file}: {name}"));
        }
    };
    for Api { name, action, .. } in rows {
        need(
            methods.contains(&format!("\n  {name}: Method<'{name}'>;"))
                || methods.contains(&format!("\n  {name}("))
                || methods.contains(&format!("\n  {name}<")),
            "pkg-template/types/index.d.ts",
            name,
        );
        need(in_code(&spec, name), "docs/spec.md", name);
        need(
            cases.iter().any(|case| case["call"] == *name),
            "tests/vectors/calls.json",
            name,
        );
        if let Action::Post { wire, .. } = action {
            let answered = [format!("\n    {wire}("), format!("\n    {wire}:")];
            need(
                answered.iter().any(|it| answers.contains(it)),
                "www/host/answers.js",
                wire,
            );
        }
    }
    missing
}

/// Whether a word is in the code of a text in Markdown.
fn in_code(text: &str, word: &str) -> bool {
    let is_code = |(index, part): (usize, &'_ str)| {
        index % 2 == 1
            && part
                .split(|c: char| !c.is_alphanumeric())
                .any(|it| it == word)
    };
    text.lines()
        .any(|line| line.split('`').enumerate().any(is_code))
}

#[test]
fn every_call_is_where_it_has_to_be_written_by_hand() {
    assert_eq!(missing(CATALOGUE), Vec::<String>::new());
}

/// The same, for a row that has been added and nothing else.
#[test]
fn whatever_is_forgotten_for_a_new_row_is_noticed() {
    const TAGS: Res = Res::Members(&[("tags", "tags", Kind::List)]);
    const ADDED: &[Api] = &[
        post("neverAdded", "neverAdded", TIMEOUT, Params::None, TAGS)
            .of(Group::Conversation)
            .types("NoParams", "{ tags: string[] }"),
    ];
    let by_hand = [
        "pkg-template/types/index.d.ts: neverAdded",
        "docs/spec.md: neverAdded",
        "tests/vectors/calls.json: neverAdded",
        "www/host/answers.js: neverAdded",
    ];
    assert_eq!(missing(ADDED), by_hand);
    for (file, expected) in files(ADDED) {
        assert!(expected.contains("neverAdded"), "{file}");
        assert_ne!(read(file), expected, "{file}");
    }
}

/// The specification writes the union in its own, shorter form.
#[test]
fn the_specification_has_the_members_of_each_message() {
    let spec = read("docs/spec.md");
    for (kind, fields) in SHAPES {
        let start = spec.find(&format!("| {{ msgtype: '{kind}';")).expect(kind);
        let end = start + spec[start..].find("} }").expect("its end");
        let members: Vec<_> = spec[start..end]
            .split(['{', ';'])
            .filter_map(|it| it.trim().strip_suffix(": string"))
            .collect();
        let member = |(name, rule): &Field| match rule {
            Rule::Optional => format!("{name}?"),
            _ => (*name).to_owned(),
        };
        let expected: Vec<_> = fields.iter().map(member).collect();
        assert_eq!(members, expected, "{kind}");
    }
}

// ---- The generated texts ----

fn names(rows: &[Api], chosen: impl Fn(&Api) -> bool) -> Vec<&'static str> {
    rows.iter()
        .filter(|row| chosen(row))
        .map(|row| row.name)
        .collect()
}

/// The names in `calls.js`.
fn script(rows: &[Api]) -> String {
    let takes_function = |row: &Api| {
        matches!(
            row.action,
            Action::Ready | Action::Keep | Action::Subscribe | Action::Unsubscribe
        )
    };
    format!(
        "/** The names of the catalogue, for pages that call before the module runs. */\n\
         export const CALLS =\n  '{}'.split(\n    ' ',\n  );\n\
         /** Calls whose function is no callback for an answer. A failure is never passed to it. */\n\
         export const LISTENING = ['{}'];\n",
        names(rows, |_| true).join(" "),
        names(rows, takes_function).join("', '"),
    ) + &reads(rows)
}

/// What is taken of the parameters of calls that wait for the module.
fn reads(rows: &[Api]) -> String {
    let message = Reads::message();
    let mut text = format!(
        "/**\n \
         * What is read of the parameters, for calls that wait for the module: `[members, most, item]`, the members of an object, the most items of an\n \
         * array, what is read of an item. 0 is a value of which the kind alone counts. `msgtype` has what is read of the member that it names.\n \
         */\n\
         const MESSAGE = {};\n\
         const READ = {{\n",
        described(&message, None)
            .replace("], ", "],\n  ")
            .replace("[{ text", "[{\n  text")
            .replace("] }] }]", "],\n}] }]")
    );
    let wire = SDK_NAMES.iter().map(|(theirs, ours)| (*theirs, *ours));
    let own = rows.iter().map(|row| (row.name, row.name));
    for (called, name) in own.chain(wire) {
        let read = rows
            .iter()
            .find(|row| row.name == name)
            .map(|row| Reads::by(&row.action));
        if let Some(read) = read.filter(|read| *read != Reads::default()) {
            writeln!(text, "  {called}: {},", described(&read, Some(&message))).unwrap();
        }
    }
    text + "};\n"
}

/// In JavaScript. `message` is what stands there as `MESSAGE`.
fn described(read: &Reads, message: Option<&Reads>) -> String {
    if Some(read) == message {
        return "MESSAGE".into();
    }
    let members: Vec<_> = read
        .members
        .iter()
        .map(|(name, inner)| format!("{name}: {}", described(inner, message)))
        .collect();
    let members = match members.is_empty() {
        true => "0".into(),
        false => format!("{{ {} }}", members.join(", ")),
    };
    match &read.items {
        Some((most, item)) => format!("[{members}, {most}, {}]", described(item, message)),
        None if members == "0" => members,
        None => format!("[{members}]"),
    }
}

/// The calls in the package's types.
fn call_types(rows: &[Api]) -> String {
    let mut text = String::from(
        "/** For each call its parameters, and what its answer carries beside the error texts. */\n\
         export interface Catalogue {\n",
    );
    for row in rows {
        if let Some((params, result)) = row.about.types {
            writeln!(
                text,
                "  {}: {{ params: {params}; result: {result} }};",
                row.name
            )
            .unwrap();
        }
    }
    text.push_str("}\n\n/** A name that `invoke` knows. */\nexport type Api =");
    for row in rows.iter().filter(|row| row.about.types.is_some()) {
        write!(text, "\n  | '{}'", row.name).unwrap();
    }
    text.push_str(
        ";\n\n/** What the answer to a failed call still has, with the value `undefined`. */\n",
    );
    // Not a member of an interface: TypeScript would not see that the types for `import` and for `require` are the same.
    text.push_str("type Cleared<A extends Api> =");
    for row in rows {
        if let Action::Post {
            res: Res::Members(members @ [_, ..]),
            ..
        } = row.action
        {
            let member = |(_, ours, _): &Member| format!("{ours}?: undefined");
            let members: Vec<_> = members.iter().map(member).collect();
            let members = members.join("; ");
            writeln!(text, " A extends '{}'\n  ? {{ {members} }}", row.name).unwrap();
            text.push_str("  :");
        }
    }
    text + " unknown;\n"
}

/// The messages in the package's types.
fn message_types() -> String {
    let mut text = String::new();
    for (name, about, fields, descriptions) in BODIES {
        comment(&mut text, "", about);
        writeln!(text, "export interface {name} {{").unwrap();
        for ((field, rule), about) in fields.iter().zip(*descriptions) {
            comment(&mut text, "  ", about);
            let member = match rule {
                Rule::Optional => "?: string | undefined",
                _ => ": string",
            };
            writeln!(text, "  {field}{member};").unwrap();
        }
        text.push_str("}\n\n");
    }
    text.push_str(SEND_PARAMS);
    for (kind, body) in TYPES {
        write!(text, "\n  | {{ msgtype: '{kind}'; {kind}: {body} }}").unwrap();
    }
    text + ";\n"
}

const SEND_PARAMS: &str = "/**
 * One message for the conversation: its type, and the member of that name.
 *
 * ```ts
 * const text: SendParams = { msgtype: 'text', text: { content: '你好' } };
 * const image: SendParams = { msgtype: 'image', image: { url: 'https://page.example/menu.png' } };
 * const card: SendParams = { msgtype: 'news', news: { link: 'https://page.example/', title: 'Our menu' } };
 * ```
 */
export type SendParams =";

fn comment(text: &mut String, indent: &str, lines: &[&str]) {
    let lines: Vec<_> = lines.iter().map(|line| line.trim()).collect();
    writeln!(text, "{indent}/** {} */", lines.join(" ")).unwrap();
}

/// The words of the table in a readme of the package (its head, what joins names, and what the calls of each group give), and
/// of the one in the specification: its head, the unit of time, and what a cell without a value or a type says.
struct Words {
    head: &'static str,
    comma: &'static str,
    groups: [(Group, &'static str); 6],
    whole_head: &'static str,
    second: &'static str,
    none: &'static str,
    function: &'static str,
}

const ENGLISH: Words = Words {
    head: "| call | what it does |",
    comma: ", ",
    groups: [
        (
            Group::Conversation,
            "gets the contact or group of the current conversation",
        ),
        (
            Group::Messages,
            "sends text, image, video, file, link card, mini-program card",
        ),
        (Group::Windows, "opens a chat, previews images"),
        (Group::Login, "gets a one-time OAuth code"),
        (
            Group::News,
            "notifies the page when the user switches conversation, once or every time",
        ),
        (
            Group::Start,
            "what WeCom pages call first: succeeds, no signature needed",
        ),
    ],
    whole_head: "| call | the host's name | timeout | parameters | result |",
    second: "s",
    none: "none",
    function: "a function",
};

const CHINESE: Words = Words {
    head: "| 调用 | 作用 |",
    comma: "、",
    groups: [
        (Group::Conversation, "获取当前会话的联系人或群"),
        (
            Group::Messages,
            "发送文本、图片、视频、文件、链接卡片、小程序卡片",
        ),
        (Group::Windows, "打开聊天，预览图片"),
        (Group::Login, "获取一次性的 OAuth code"),
        (Group::News, "切换会话时收到通知，一次或每次"),
        (
            Group::Start,
            "企业微信页面最先调用的几个：直接成功，不需要签名",
        ),
    ],
    whole_head: "| 调用 | 控制台用的名称 | 超时 | 参数 | 结果 |",
    second: "秒",
    none: "无",
    function: "函数",
};

/// The calls in a readme of the package.
fn table(rows: &[Api], words: Words) -> String {
    let mut text = format!("{}\n| --- | --- |\n", words.head);
    for (group, gives) in words.groups {
        let calls = names(rows, |row| row.about.group == group);
        if !calls.is_empty() {
            let calls = calls.join(&format!("`{}`", words.comma));
            writeln!(text, "| `{calls}` | {gives} |").unwrap();
        }
    }
    text
}

/// The calls in the specification.
fn whole_table(rows: &[Api], words: Words) -> String {
    let mut text = format!("{}\n| --- | --- | --- | --- | --- |\n", words.whole_head);
    for row in rows {
        let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
        let (wire, time) = match row.action {
            Action::Post { wire, timeout, .. } => {
                (code(wire), format!("{} {}", timeout / 1_000, words.second))
            }
            _ => (words.none.into(), words.none.into()),
        };
        let (params, result) = match row.about.types {
            Some((params, result)) => (code(params), code(result)),
            None => (words.function.into(), words.none.into()),
        };
        writeln!(
            text,
            "| `{}` | {wire} | {time} | {params} | {result} |",
            row.name
        )
        .unwrap();
    }
    text
}

/// The module of the workbench's own pages.
fn module(rows: &[Api]) -> String {
    let mut text = String::from(
        "// Generated from src/api.rs and src/message/shapes.rs by `./build.sh generate`: edit those.\n\
         /** The calls that the helper knows, for the workbench's console and demo page. The host of `www/host/` does not read this. */\n\n\
         /** All calls; `wire` is the host's name for one that is posted. */\n\
         export const CALLS = [\n",
    );
    for row in rows {
        match row.action {
            Action::Post { wire, params, .. } => {
                let takes = params != Params::None;
                writeln!(
                    text,
                    "  {{ name: '{}', wire: '{wire}', params: {takes} }},",
                    row.name
                )
                .unwrap();
            }
            _ => writeln!(text, "  {{ name: '{}' }},", row.name).unwrap(),
        }
    }
    text.push_str("];\n\n/** The members of each type of message, and whether each is required. */\nexport const MESSAGES = {\n");
    for (kind, fields) in SHAPES {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, rule)| format!("{name}: {}", *rule != Rule::Optional))
            .collect();
        writeln!(text, "  {kind}: {{ {} }},", fields.join(", ")).unwrap();
    }
    text + "};\n"
}

/// The names that SDKs use, which only the dictionary repeats.
fn sdk_names() -> impl Iterator<Item = &'static str> {
    SDK_NAMES.iter().map(|(theirs, _)| *theirs)
}

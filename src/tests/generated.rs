//! Other files repeat the catalogue and the messages completely, and the generated parts are up to date. With `UPDATE=1`, which `./build.sh
//! generate` sets, the first test writes these parts.

use crate::api::{Action, Api, CATALOGUE, Group, Params, Res, TIMEOUT, post};
use crate::generate::types::without_a_sentence;
use crate::generate::{files, read, readmes, with_options, with_part, write};
use crate::message::{Field, SHAPES};
use crate::options::Options;
use crate::options::catalogue::{Declared, OPTIONS};
use crate::value::Kind;
use serde_json::json;

#[test]
fn what_is_generated_is_up_to_date() {
    for (file, expected) in with_options(OPTIONS, files(CATALOGUE))
        .into_iter()
        .chain(readmes())
    {
        if std::env::var_os("UPDATE").is_some() {
            write(file, &expected);
        }
        let text = read(file);
        assert!(
            text == expected,
            "{file} is out of date: ./build.sh generate"
        );
    }
}

/// The places written by hand that must mention each call, and what is missing there.
fn missing(rows: &[Api]) -> Vec<String> {
    let types = read("pkg-template/types/index.d.ts");
    let methods = types
        .split("interface JuziCalls {")
        .nth(1)
        .expect("JuziCalls");
    let spec = with_part(&read("docs/spec.md"), "calls", "");
    let chinese = with_part(&read("docs/spec.zh-CN.md"), "calls", "");
    let client = read("src/client/juzi.rs");
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
        need(in_code(&chinese, name), "docs/spec.zh-CN.md", name);
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
            // In code: the example of `invoke` is a comment.
            let called = format!("\"{name}\"");
            let is_called =
                |line: &str| line.contains(&called) && !line.trim_start().starts_with("//");
            need(client.lines().any(is_called), "src/client/juzi.rs", name);
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

#[test]
fn every_member_of_a_call_has_its_sentence() {
    for row in CATALOGUE {
        let Some((params, result)) = row.about.types else {
            continue;
        };
        for text in [params, result] {
            assert_eq!(
                without_a_sentence(text),
                Vec::<String>::new(),
                "src/api.rs: {}",
                row.name
            );
        }
    }
    let some = "{ tags: string[]; /** What: it is. */ a?: { b?: 1 } }";
    assert_eq!(without_a_sentence(some), ["tags", "b"]);
}

/// The same for a row that has been added to the catalogue and nowhere else.
#[test]
fn omissions_for_a_new_row_are_noticed() {
    const TAGS: Res = Res::Members(&[("tags", "tags", Kind::List)]);
    const ADDED: &[Api] = &[
        post("neverAdded", "neverAdded", TIMEOUT, Params::None, TAGS)
            .of(Group::Conversation)
            .types("NoParams", "{ tags: string[] }"),
    ];
    let by_hand = [
        "pkg-template/types/index.d.ts: neverAdded",
        "docs/spec.md: neverAdded",
        "docs/spec.zh-CN.md: neverAdded",
        "tests/vectors/calls.json: neverAdded",
        "www/host/answers.js: neverAdded",
        "src/client/juzi.rs: neverAdded",
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
        let member = |Field { name, need, .. }: &Field| match need.is_required() {
            true => (*name).to_owned(),
            false => format!("{name}?"),
        };
        let expected: Vec<_> = fields.iter().map(member).collect();
        assert_eq!(members, expected, "{kind}");
    }
}

// ---- The options ----

/// The places written by hand that must mention each option, and what is missing there.
fn missing_options(options: &[Declared]) -> Vec<String> {
    let types = read("pkg-template/types/index.d.ts");
    let members = types
        .split("interface InitOptions {")
        .nth(1)
        .expect("InitOptions");
    let places = |Declared {
                      name, attribute, ..
                  }: &Declared| {
        let snake = name
            .chars()
            .fold(String::new(), |text, c| match c.is_uppercase() {
                true => format!("{text}_{}", c.to_lowercase()),
                false => format!("{text}{c}"),
            });
        [
            (
                "pkg-template/types/index.d.ts",
                members.contains(&format!("\n  {name}?: ")),
            ),
            (
                "pkg-template/types/window.d.ts",
                read("pkg-template/types/window.d.ts").contains(&format!("'{name}'")),
            ),
            (
                "docs/spec.md",
                read("docs/spec.md").contains(&format!("\n| `{name}` (`{attribute}`")),
            ),
            (
                "docs/spec.zh-CN.md",
                read("docs/spec.zh-CN.md").contains(&format!("\n| `{name}`（`{attribute}`")),
            ),
            (
                "pkg-template/README.md",
                in_code(&read("pkg-template/README.md"), name),
            ),
            (
                "pkg-template/README.zh-CN.md",
                in_code(&read("pkg-template/README.zh-CN.md"), name),
            ),
            (
                "src/client/options.rs",
                read("src/client/options.rs").contains(&format!("pub fn {snake}")),
            ),
        ]
    };
    let mut missing = Vec::new();
    for option in options {
        for (file, there) in places(option) {
            if !there {
                missing.push(format!("{file}: {}", option.name));
            }
        }
    }
    missing
}

#[test]
fn every_option_is_where_it_has_to_be_written_by_hand() {
    assert_eq!(missing_options(OPTIONS), Vec::<String>::new());
}

/// The same for an option that has been added to the catalogue and nowhere else.
#[test]
fn omissions_for_a_new_option_are_noticed() {
    const ADDED: &[Declared] = &[Declared {
        name: "neverAdded",
        attribute: "data-never-added",
        is_rule: true,
        english: ("nothing", "off"),
        chinese: ("无", "关"),
    }];
    let by_hand = [
        "pkg-template/types/index.d.ts: neverAdded",
        "pkg-template/types/window.d.ts: neverAdded",
        "docs/spec.md: neverAdded",
        "docs/spec.zh-CN.md: neverAdded",
        "pkg-template/README.md: neverAdded",
        "pkg-template/README.zh-CN.md: neverAdded",
        "src/client/options.rs: neverAdded",
    ];
    assert_eq!(missing_options(ADDED), by_hand);
    let generated = with_options(ADDED, files(CATALOGUE));
    let names: Vec<_> = generated
        .iter()
        .filter(|(_, text)| text.contains("neverAdded") || text.contains("data-never-added"))
        .map(|(file, _)| *file)
        .collect();
    let expected = [
        "pkg-template/README.md",
        "pkg-template/README.zh-CN.md",
        "pkg-template/src/option-names.js",
    ];
    assert_eq!(names, expected);
}

/// The catalogue has exactly the options that the rules read.
#[test]
fn the_rules_read_the_options_of_the_catalogue() {
    // A new field does not compile until it is listed here. It needs a row in the catalogue.
    let Options {
        allowed_hosts: _,
        timeout: _,
        force: _,
        bridge: _,
        debug: _,
        user_agent: _,
    } = Options::default();
    let rules = OPTIONS.iter().filter(|option| option.is_rule);
    assert_eq!(rules.count(), 6);
    for Declared {
        name,
        attribute,
        is_rule,
        ..
    } in OPTIONS
    {
        let mut faults = Vec::new();
        Options::parse(&json!({ (*name): {} }), |fault| faults.push(fault.reason()));
        assert_eq!(
            faults.len(),
            faults.iter().filter(|fault| fault.contains(name)).count()
        );
        assert_eq!(!faults.is_empty(), *is_rule, "{name}");
        let written: String = attribute
            .strip_prefix("data-")
            .unwrap()
            .split('-')
            .enumerate()
            .map(|(at, word)| match at {
                0 => word.to_owned(),
                _ => word[..1].to_uppercase() + &word[1..],
            })
            .collect();
        assert_eq!(written, *name);
    }
}

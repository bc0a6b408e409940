//! What other files repeat of the catalogue and of the messages is there, and up to date. With `UPDATE=1`, as `./build.sh generate` has it,
//! the first test writes what is generated.

use crate::api::{Action, Api, CATALOGUE, Group, Params, Res, TIMEOUT, post};
use crate::generate::{files, read, readmes, with_part, write};
use crate::message::{Field, SHAPES};
use crate::value::Kind;

#[test]
fn what_is_generated_is_up_to_date() {
    for (file, expected) in files(CATALOGUE).into_iter().chain(readmes()) {
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
        let member = |Field { name, need, .. }: &Field| match need.is_required() {
            true => (*name).to_owned(),
            false => format!("{name}?"),
        };
        let expected: Vec<_> = fields.iter().map(member).collect();
        assert_eq!(members, expected, "{kind}");
    }
}

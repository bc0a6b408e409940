//! The parts of other files that repeat the catalogue and the messages. `./build.sh generate` writes them; a test compares.
//!
//! A generated part of a file stands between two lines with the words `generated: NAME` and `generated: end`.

mod catalogue_module;
mod check_apis;
mod dictionary;
mod options;
mod script;
mod tables;
pub(crate) mod types;

use std::fs;
use std::path::PathBuf;

use crate::api::Api;
use crate::message::declared::{BODIES, TYPES};
use crate::options::catalogue::Declared;

use tables::{CHINESE, ENGLISH};

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// A file of the repository.
pub(crate) fn read(file: &str) -> String {
    fs::read_to_string(path(file)).expect(file)
}

/// Writes a file of the repository if its text differs.
pub(crate) fn write(file: &str, text: &str) {
    if fs::read_to_string(path(file)).unwrap_or_default() != text {
        fs::write(path(file), text).expect(file);
    }
}

/// The text with its part `name` replaced.
pub(crate) fn with_part(text: &str, name: &str, part: &str) -> String {
    let from = text.find(&format!("generated: {name} ")).expect(name);
    let start = from + text[from..].find('\n').expect("a line's end") + 1;
    let end = start
        + text[start..]
            .find("generated: end")
            .expect("generated: end");
    let end = text[..end].rfind('\n').expect("a line's start") + 1;
    format!("{}{part}{}", &text[..start], &text[end..])
}

/// Each file that repeats a part of the catalogue, with its text newly generated.
pub(crate) fn files(rows: &[Api]) -> Vec<(&'static str, String)> {
    let part = |file, name, part: String| (file, with_part(&read(file), name, &part));
    let types = read("pkg-template/types/index.d.ts");
    let types = with_part(&types, "messages", &types::messages(BODIES, TYPES));
    let dictionary = read("fuzz/protocol.dict");
    vec![
        part("src/browser/calls.js", "calls", script::calls(rows)),
        (
            "pkg-template/types/index.d.ts",
            with_part(&types, "calls", &types::calls(rows)),
        ),
        part(
            "pkg-template/README.md",
            "calls",
            tables::of_groups(rows, ENGLISH),
        ),
        part(
            "pkg-template/README.zh-CN.md",
            "calls",
            tables::of_groups(rows, CHINESE),
        ),
        part("docs/spec.md", "calls", tables::whole(rows, ENGLISH)),
        part("docs/spec.zh-CN.md", "calls", tables::whole(rows, CHINESE)),
        ("www/lib/catalogue.js", catalogue_module::text(rows)),
        ("workbench/src/check/apis.rs", check_apis::text(rows)),
        (
            "fuzz/protocol.dict",
            with_part(&dictionary, "words", &dictionary::words(rows)),
        ),
    ]
}

/// The same for the options. `files` are the files of the calls, because the readmes repeat both.
pub(crate) fn with_options(
    options: &[Declared],
    files: Vec<(&'static str, String)>,
) -> Vec<(&'static str, String)> {
    let english = options::table(options, "| attribute | meaning | default |", |it| {
        it.english
    });
    let chinese = options::table(options, "| 属性 | 含义 | 默认 |", |it| it.chinese);
    let names = "pkg-template/src/option-names.js";
    let mut files: Vec<_> = files
        .into_iter()
        .map(|(file, text)| match file {
            "pkg-template/README.md" => (file, with_part(&text, "options", &english)),
            "pkg-template/README.zh-CN.md" => (file, with_part(&text, "options", &chinese)),
            _ => (file, text),
        })
        .collect();
    files.push((
        names,
        with_part(&read(names), "options", &options::names(options)),
    ));
    files
}

/// The repository's readmes. They contain the example of a page in Rust, but nothing of the catalogue.
pub(crate) fn readmes() -> impl Iterator<Item = (&'static str, String)> {
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

/// The names of some rows.
fn names(rows: &[Api], chosen: impl Fn(&Api) -> bool) -> Vec<&'static str> {
    rows.iter()
        .filter(|row| chosen(row))
        .map(|row| row.name)
        .collect()
}

//! The fuzzers' dictionary: all words that the rules compare with or write.

use std::collections::BTreeSet;

use crate::api::{Action, Api, Res, SDK_NAMES};
use crate::message::SHAPES;

use super::read;

/// The files with the rules. The rows of the catalogue and the messages are read as values.
const RULES: [&str; 10] = [
    "api",
    "env",
    "error",
    "message/check",
    "oauth",
    "oauth/hub",
    "options",
    "origin",
    "value",
    "wire",
];
/// The longest word that libFuzzer takes, in bytes.
const LONGEST: usize = 64;

/// The lines of the dictionary.
pub fn words(rows: &[Api]) -> String {
    let mut words: BTreeSet<String> = SDK_NAMES
        .iter()
        .map(|(theirs, _)| (*theirs).to_owned())
        .collect();
    for row in rows {
        words.insert(row.name.to_owned());
        if let Action::Post { wire, res, .. } = row.action {
            words.insert(wire.to_owned());
            if let Res::Members(members) = res {
                words.extend(
                    members
                        .iter()
                        .flat_map(|(theirs, ours, _)| [*theirs, *ours])
                        .map(str::to_owned),
                );
            }
        }
    }
    for (kind, fields) in SHAPES {
        words.insert((*kind).to_owned());
        words.extend(fields.iter().map(|field| field.name.to_owned()));
    }
    for file in RULES {
        words.extend(literals(&read(&format!("src/{file}.rs"))));
    }
    let fits = |word: &&String| (1..=LONGEST).contains(&word.len());
    words.iter().filter(fits).map(|word| entry(word)).collect()
}

/// The string literals of a file outside comments, attributes, its own tests and the rows of the catalogue.
fn literals(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut in_rows = false;
    for line in code.lines().map(str::trim_start) {
        in_rows = (in_rows || line.starts_with("pub const CATALOGUE")) && line != "];";
        if in_rows || line.starts_with("//") || line.starts_with("#[") {
            continue;
        }
        let mut rest = line;
        while let Some((literal, after)) = next_literal(rest) {
            found.push(literal);
            rest = after;
        }
    }
    found
}

/// The next literal of a line, unescaped, and what follows it.
fn next_literal(line: &str) -> Option<(String, &str)> {
    let start = line.find('"')? + 1;
    if line[..start].ends_with("'\"") {
        return next_literal(&line[start..]);
    }
    let mut text = String::new();
    let mut characters = line[start..].char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((text, &line[start + at + 1..])),
            '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => text.push(character),
        }
    }
    None
}

/// A word as libFuzzer reads it: in quotes, and escaped where it is not ASCII.
fn entry(word: &str) -> String {
    let escaped: String = word
        .bytes()
        .map(|byte| match byte {
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02X}"),
        })
        .collect();
    format!("\"{escaped}\"\n")
}

#[test]
fn literals_are_found_and_escaped() {
    let code = "// \"no\"\n#[cfg(feature = \"no\")]\nlet a = (\"one\", '\"', \"t\\\"wo…\");\n#[cfg(test)]\nlet b = \"no\";";
    assert_eq!(literals(code), ["one", "t\"wo…"]);
    assert_eq!(entry("t\"wo…"), "\"t\\\"wo\\xE2\\x80\\xA6\"\n");
}

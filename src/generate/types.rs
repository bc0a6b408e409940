//! The parts of `pkg-template/types/index.d.ts`: the calls, and the messages.

use std::fmt::Write as _;

use crate::api::{Action, Api, Member, Res};
use crate::message::shapes::Body;
use crate::message::{Field, Type};

/// The type of a member in JavaScript.
pub(super) fn of_javascript(kind: Type) -> &'static str {
    match kind {
        Type::Text | Type::Web => "string",
        Type::Whole => "number",
    }
}

/// A type without the sentences of its members.
pub(super) fn without_sentences(text: &str) -> String {
    let mut parts = text.split("/** ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once("*/ ").map_or(part, |(_, rest)| rest)
    })
}

/// The members of a type that have no sentence.
#[cfg(test)]
pub(crate) fn without_a_sentence(text: &str) -> Vec<String> {
    // A sentence may contain what looks like a member.
    let mut marked = String::new();
    for (index, part) in text.split("/** ").enumerate() {
        match part.split_once("*/ ") {
            Some((_, rest)) if index > 0 => marked.extend(["@", rest]),
            _ => marked.push_str(part),
        }
    }
    let words = marked.split([' ', ';']).filter(|word| word.ends_with(':'));
    words
        .filter(|word| !word.starts_with('@'))
        .map(|word| word.trim_end_matches([':', '?']).to_owned())
        .collect()
}

/// The calls in the package's types.
pub(super) fn calls(rows: &[Api]) -> String {
    let mut text = String::from(
        "/** For each call its parameters, and what its answer carries beside the error texts. */\n\
         export interface Catalogue {\n",
    );
    for row in rows {
        if let Some((params, result)) = row.about.types {
            catalogue_row(&mut text, row.name, params, result);
        }
    }
    text.push_str("}\n\n/** A name that `invoke` knows. */\nexport type Api =");
    for row in rows.iter().filter(|row| row.about.types.is_some()) {
        write!(text, "\n  | '{}'", row.name).unwrap();
    }
    text.push_str(
        ";\n\n/** What the answer to a failed call still has, with the value `undefined`. */\n",
    );
    // Not a member of an interface: TypeScript would treat the types for `import` and for `require` as different.
    text.push_str("type Cleared<A extends Api> =");
    let mut indent = String::new();
    for row in rows {
        if let Action::Post {
            res: Res::Members(members @ [_, ..]),
            ..
        } = row.action
        {
            let member = |(_, ours, _): &Member| format!("{ours}?: undefined");
            let members: Vec<_> = members.iter().map(member).collect();
            let members = members.join("; ");
            indent.push_str("  ");
            writeln!(text, " A extends '{}'\n{indent}? {{ {members} }}", row.name).unwrap();
            write!(text, "{indent}:").unwrap();
        }
    }
    text + " unknown;\n"
}

fn catalogue_row(text: &mut String, name: &str, params: &str, result: &str) {
    if !params.contains("/**") && !result.contains("/**") {
        writeln!(text, "  {name}: {{ params: {params}; result: {result} }};").unwrap();
        return;
    }
    writeln!(text, "  {name}: {{").unwrap();
    for (member, of) in [("params", params), ("result", result)] {
        let written = match of.split_once(" | {") {
            None => in_lines(of, 2),
            // As Prettier writes a union.
            Some((first, object)) => format!(
                "\n      | {first}\n      | {}",
                in_lines(&format!("{{{object}"), 4)
            ),
        };
        let space = if written.starts_with('\n') { "" } else { " " };
        writeln!(text, "    {member}:{space}{written};").unwrap();
    }
    text.push_str("  };\n");
}

/// A type with each sentence and its member in lines of their own: an editor ignores a sentence that follows `{` in its line. `depth` is the
/// type's own, in steps of two spaces.
fn in_lines(mut rest: &str, mut depth: usize) -> String {
    let mut text = String::new();
    let mut has_sentences = Vec::new();
    let line = |depth: usize| format!("\n{}", "  ".repeat(depth));
    while !rest.is_empty() {
        let eat = |what: &str| rest.strip_prefix(what);
        if let Some(next) = eat("{ /** ") {
            has_sentences.push(true);
            depth += 1;
            text += &format!("{{{}/** ", line(depth));
            rest = next;
        } else if let Some(next) = eat("{ ") {
            has_sentences.push(false);
            text += "{ ";
            rest = next;
        } else if let Some(next) = eat(" }") {
            if has_sentences.pop() == Some(true) {
                depth -= 1;
                text += &format!(";{}}}", line(depth));
            } else {
                text += " }";
            }
            rest = next;
        } else if let Some(next) = eat("; /** ") {
            text += &format!(";{}/** ", line(depth));
            rest = next;
        } else if let Some(next) = eat("*/ ") {
            text += &format!("*/{}", line(depth));
            rest = next;
        } else {
            let mut chars = rest.chars();
            text.extend(chars.next());
            rest = chars.as_str();
        }
    }
    text
}

/// The messages in the package's types.
pub(crate) fn messages(bodies: &[Body], types: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, about, fields, descriptions) in bodies {
        comment(&mut text, "", about);
        writeln!(text, "export interface {name} {{").unwrap();
        for (Field { name, kind, need }, about) in fields.iter().zip(*descriptions) {
            comment(&mut text, "  ", about);
            let kind = of_javascript(*kind);
            if need.is_required() {
                writeln!(text, "  {name}: {kind};").unwrap();
            } else {
                writeln!(text, "  {name}?: {kind} | undefined;").unwrap();
            }
        }
        text.push_str("}\n\n");
    }
    text.push_str(SEND_PARAMS);
    for (kind, body) in types {
        let one = format!(
            "{{ /** The type of the message. */ msgtype: '{kind}'; /** Its body. */ {kind}: {body} }}"
        );
        write!(text, "\n  | {}", in_lines(&one, 2)).unwrap();
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

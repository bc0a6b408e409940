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

/// The calls in the package's types.
pub(super) fn calls(rows: &[Api]) -> String {
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

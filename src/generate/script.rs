//! `src/browser/calls.js`: the names of the calls, and the parts of the parameters to copy when a call waits for the module.

use std::fmt::Write as _;

use crate::api::reads::Reads;
use crate::api::{Action, Api, SDK_NAMES};

use super::names;

/// The names in `calls.js`.
pub(super) fn calls(rows: &[Api]) -> String {
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

/// The parts of the parameters to copy when a call waits for the module.
fn reads(rows: &[Api]) -> String {
    let message = Reads::message();
    let mut text = format!(
        "/**\n \
         * What is read of the parameters, for calls that wait for the module: `[members, most, item]`, the members of an object, the most items of\n \
         * an array, what is read of an item. 0 is a value of which the kind alone counts. `msgtype` has what is read of the member that it names.\n \
         */\n\
         // prettier-ignore\n\
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

/// The description in JavaScript. `message` is written as `MESSAGE`.
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

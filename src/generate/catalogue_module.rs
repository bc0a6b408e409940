//! `www/lib/catalogue.js`, the module of the workbench's own pages.

use std::fmt::Write as _;

use crate::api::{Action, Api, Params};
use crate::message::{Field, SHAPES};

use super::types::of_javascript;

/// The module of the workbench's own pages.
pub(super) fn text(rows: &[Api]) -> String {
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
    text.push_str("];\n\n/** The members of each type of message: the type of each, and whether it is required. */\nexport const MESSAGES = {\n");
    for (kind, fields) in SHAPES {
        writeln!(text, "  {kind}: {{").unwrap();
        for Field { name, kind, need } in *fields {
            let (kind, required) = (of_javascript(*kind), need.is_required());
            writeln!(
                text,
                "    {name}: {{ type: '{kind}', required: {required} }},"
            )
            .unwrap();
        }
        text.push_str("  },\n");
    }
    text + "};\n"
}

//! `workbench/src/check/apis.rs`, with which a check's script is compared.

use std::fmt::Write as _;

use crate::api::{Action, Api};

pub(super) fn text(rows: &[Api]) -> String {
    let mut text = String::from(
        "// Generated from src/api.rs by `./build.sh generate`: edit that.\n\
         //! The calls that a page posts to the console.\n\n\
         /// Each call's name, and the console's for it.\n\
         pub const CALLS: &[(&str, &str)] = &[\n",
    );
    for row in rows {
        if let Action::Post { wire, .. } = row.action {
            writeln!(text, "    ({:?}, {wire:?}),", row.name).unwrap();
        }
    }
    text + "];\n"
}

//! Scenarios: what the console shows (account, conversations, messages) and what goes wrong in it (faults). Their rules are in the crate
//! `juzi-hub`; this module handles their files.

pub(crate) mod file;
pub(crate) mod watch;

pub use juzi_hub::scenario::*;

/// How the text of a scenario is read, and its file.
pub mod load {
    pub use juzi_hub::scenario::load::*;

    pub use crate::scenario::file::read;
}

/// How the text of a scenario is changed, and its file.
pub mod write {
    pub use juzi_hub::scenario::write::*;

    pub use crate::scenario::file::replace_file;
}

/// The scenario that the workbench uses when none is given.
pub const DEFAULT: &str = include_str!(concat!(env!("JUZI_WWW"), "/scenarios/default.json"));

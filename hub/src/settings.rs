//! What a hub is started with.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::addresses::Place;
use crate::hosts::AllowedHosts;
use crate::media::OwnMedia;
use crate::scenario::reading::Reading;
use crate::words::Words;

/// What does not change while a hub runs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The version of the program that runs the hub.
    pub version: String,
    /// What the hub's texts say of that program.
    pub words: Words,
    /// Where the console, the page and the hub are.
    pub place: Place,
    /// Which `Host` headers are accepted.
    pub allowed_hosts: AllowedHosts,
    /// How long an unused code lives, in milliseconds.
    pub code_ttl_ms: u64,
    /// The scenario file as given. `None` for the default scenario.
    pub scenario_file: Option<PathBuf>,
    /// Why that file cannot be written, as far as the caller knows.
    pub unwritable: Option<Unwritable>,
    /// How a scenario that the console saves is read.
    pub reading: Reading,
    /// The names of the top-level files and folders that the caller serves itself. The hub does not answer requests for them.
    pub own: BTreeSet<String>,
    /// The console's files that a scenario may name.
    pub media: OwnMedia,
    /// The prefix of the event ids. It distinguishes the events of this run from those of an earlier run.
    pub stream: String,
}

/// Why the scenario's file cannot be written. The console says it before anybody edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unwritable {
    /// There is none: the scenario is the built-in one.
    NoFile,
    /// Its permissions say so.
    ReadOnly,
    /// The file is replaced by a new one, and its folder takes none.
    Folder,
}

impl Unwritable {
    /// By its name, as the console gets it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "read-only" => Some(Unwritable::ReadOnly),
            "folder" => Some(Unwritable::Folder),
            _ => None,
        }
    }
}

impl Settings {
    /// The scenario file, if it can be written.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn writable_scenario(&self) -> Result<&Path, Unwritable> {
        let file = self.scenario_file.as_deref().ok_or(Unwritable::NoFile)?;
        self.unwritable.map_or(Ok(file), Err)
    }
}

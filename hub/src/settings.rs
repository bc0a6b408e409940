//! What a hub is started with.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::addresses::Place;
use crate::hosts::AllowedHosts;
use crate::media::OwnMedia;
use crate::scenario::load::Format;
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
    /// How a scenario that the console saves is read.
    pub reading: Reading,
    /// The names of the top-level files and folders that the caller serves itself. The hub does not answer requests for them.
    pub own: BTreeSet<String>,
    /// The console's files that a scenario may name.
    pub media: OwnMedia,
    /// The prefix of the event ids. It distinguishes the events of this run from those of an earlier run.
    pub stream: String,
}

impl Settings {
    /// The scenario file, if it can be written because it is JSON.
    #[must_use]
    pub fn writable_scenario(&self) -> Option<&Path> {
        let file = self.scenario_file.as_deref()?;
        (Format::of(file) == Ok(Format::Json)).then_some(file)
    }
}

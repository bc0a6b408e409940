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
    /// Of the program that the hub is in.
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
    /// How a scenario that the console writes back is read.
    pub reading: Reading,
    /// The names of the files and folders at the top of what the caller serves itself. Requests for them are none to the hub.
    pub own: BTreeSet<String>,
    /// The console's files that a scenario may name.
    pub media: OwnMedia,
    /// Tells the events of this run from those of the one before, in the stream's ids.
    pub stream: String,
}

impl Settings {
    /// The scenario file if it can be written: if it is JSON.
    #[must_use]
    pub fn writable_scenario(&self) -> Option<&Path> {
        let file = self.scenario_file.as_deref()?;
        (Format::of(file) == Ok(Format::Json)).then_some(file)
    }
}

//! How a scenario is read while the hub runs, and the scenario that is in force.

use std::sync::Arc;

use jiff::Timestamp;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};

use super::Scenario;
use super::load::{self, Format, ScenarioError};

/// A scenario as the console gets it.
#[derive(Debug, Clone)]
pub struct ScenarioInForce {
    /// Its members are those of the JSON.
    pub scenario: Arc<Scenario>,
    /// The revision of the text that the scenario was read from.
    pub revision: String,
    /// Where the scenario differs from Juzi's console. The warnings are not part of the scenario, so the console gets them separately.
    pub warnings: Arc<[ScenarioError]>,
}

impl ScenarioInForce {
    pub(crate) fn changed(mut self, change: impl FnOnce(&mut Scenario)) -> Self {
        change(Arc::make_mut(&mut self.scenario));
        self
    }
}

/// The members of the scenario, and the revision. By way of a tree: serde compiles the writing of a type anew for every serializer.
impl Serialize for ScenarioInForce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tree = serde_json::to_value(self.scenario.as_ref()).map_err(S::Error::custom)?;
        if let Some(members) = tree.as_object_mut() {
            members.insert("revision".to_owned(), self.revision.as_str().into());
        }
        tree.serialize(serializer)
    }
}

/// How the texts of a scenario are read while the hub runs.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Relative times of messages count from here, however often the file is read again.
    pub start: Timestamp,
    /// The seed of the command line. It overrides the file's.
    pub seed: Option<u32>,
}

impl Reading {
    /// At a time in milliseconds since the epoch; without a seed. `None` if the calendar does not reach so far.
    #[must_use]
    pub fn from_ms(start: u64) -> Option<Self> {
        let start = Timestamp::from_millisecond(i64::try_from(start).ok()?).ok()?;
        Some(Reading { start, seed: None })
    }

    /// Reads and checks a scenario.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, and where.
    pub fn read(&self, text: &str, format: Format) -> Result<ScenarioInForce, ScenarioError> {
        let mut scenario = load::parse(text, format, self.start)?;
        scenario.faults.seed = self.seed.unwrap_or(scenario.faults.seed);
        let warnings = load::warnings(text, format, &scenario).into();
        Ok(ScenarioInForce {
            scenario: Arc::new(scenario),
            revision: load::revision(text),
            warnings,
        })
    }
}

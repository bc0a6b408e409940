//! A scenario as it is read again and again, and what is in force of it.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::Scenario;
use super::load::{self, Format, ScenarioError};

/// A scenario as the console gets it.
#[derive(Debug, Clone, Serialize)]
pub struct ScenarioInForce {
    /// Its members are those of the JSON.
    #[serde(flatten, serialize_with = "inner")]
    pub scenario: Arc<Scenario>,
    /// Of the text that the scenario was read from.
    pub revision: String,
    /// Where it differs from Juzi's console. Not a member of the scenario, so the console gets them apart.
    #[serde(skip)]
    pub warnings: Arc<[ScenarioError]>,
}

impl ScenarioInForce {
    pub(crate) fn changed(mut self, change: impl FnOnce(&mut Scenario)) -> Self {
        change(Arc::make_mut(&mut self.scenario));
        self
    }
}

fn inner<S: Serializer>(scenario: &Arc<Scenario>, serializer: S) -> Result<S::Ok, S::Error> {
    scenario.as_ref().serialize(serializer)
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

//! How a scenario is read while the hub runs, and the scenario that is in force.

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
    /// The revision of the text that the scenario was read from.
    pub revision: String,
    /// Where the scenario differs from Juzi's console. The warnings are not part of the scenario, so the console gets them separately.
    #[serde(skip)]
    pub warnings: Arc<[ScenarioError]>,
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

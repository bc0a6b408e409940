//! Follows a scenario file and applies its changes while the workbench runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use juzi_hub::scenario::reading::ScenarioInForce;
use juzi_hub::scenario::{Format, ScenarioError};

use super::file::{log_warnings, read};
use crate::workbench::Workbench;

/// How often the file, which is small, is read. File-system notifications would be only slightly faster. They do not work
/// on network drives and container mounts, nor after an editor has replaced the file with a new one.
const INTERVAL: Duration = Duration::from_millis(200);

/// Runs until the workbench stops. `text` is the file's content when it was first read.
pub async fn follow(path: PathBuf, format: Format, text: String, workbench: Arc<Workbench>) {
    let mut taken_on = Ok(text);
    let mut seen_last = taken_on.clone();
    loop {
        tokio::select! {
            () = workbench.stop.cancelled() => return,
            () = tokio::time::sleep(INTERVAL) => {}
        }
        let seen = read_aside(&path).await;
        // The content must be the same twice in a row, so that an editor has time to finish writing.
        if seen == seen_last && seen != taken_on {
            let read = seen
                .clone()
                .and_then(|text| workbench.reading.read(&text, format));
            apply(read, &path, &workbench);
            taken_on = seen.clone();
        }
        seen_last = seen;
    }
}

async fn read_aside(path: &Path) -> Result<String, ScenarioError> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || read(&path, "a scenario"))
        .await
        .unwrap_or_else(|error| {
            let why = format!("cannot be read: {error}");
            Err(ScenarioError::unplaced(why))
        })
}

fn apply(read: Result<ScenarioInForce, ScenarioError>, path: &Path, workbench: &Workbench) {
    match read {
        Ok(scenario) => {
            tracing::info!(path = %path.display(), "the scenario has changed");
            log_warnings(&scenario, path);
            workbench.replace_scenario(scenario);
        }
        Err(error) => {
            tracing::warn!("{}: {error}; the old scenario stays", path.display());
            workbench.report_scenario_error(error);
        }
    }
}

//! Follows a scenario file: a changed one is taken on while the workbench runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::load::{parse, read};
use super::{Format, ScenarioError};
use crate::state::Workbench;

/// The file is small, and is read this often. Notifications by the system would be quicker by a blink, and do not come
/// through network drives and container mounts, nor after an editor has put a new file in the old one's place.
const INTERVAL: Duration = Duration::from_millis(200);

/// Runs until the workbench stops. `text` is what the file had in it when it was read first.
pub async fn follow(path: PathBuf, format: Format, text: String, workbench: Arc<Workbench>) {
    let mut taken_on = Ok(text);
    let mut seen_last = taken_on.clone();
    loop {
        tokio::select! {
            () = workbench.stop.cancelled() => return,
            () = tokio::time::sleep(INTERVAL) => {}
        }
        let seen = read_aside(&path).await;
        // Twice the same: an editor that is still writing is given the time to finish.
        if seen == seen_last && seen != taken_on {
            take_on(&seen, format, &path, &workbench);
            taken_on = seen.clone();
        }
        seen_last = seen;
    }
}

async fn read_aside(path: &Path) -> Result<String, ScenarioError> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || read(&path))
        .await
        .unwrap_or_else(|error| {
            Err(ScenarioError {
                message: format!("cannot be read: {error}"),
                line: None,
                column: None,
                field: None,
            })
        })
}

fn take_on(
    seen: &Result<String, ScenarioError>,
    format: Format,
    path: &Path,
    workbench: &Workbench,
) {
    let parsed = seen
        .clone()
        .and_then(|text| parse(&text, format, Timestamp::now()));
    match parsed {
        Ok(scenario) => {
            tracing::info!(path = %path.display(), "the scenario has changed");
            workbench.replace_scenario(scenario);
        }
        Err(error) => {
            tracing::warn!("{}: {error}; the old scenario stays", path.display());
            workbench.report_scenario_error(error);
        }
    }
}

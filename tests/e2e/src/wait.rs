//! Waiting for something to become true. Nothing in the tests sleeps for a fixed time.

use std::panic::Location;
use std::time::{Duration, Instant};

/// Only a failing test waits this long.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How often a condition is checked.
const POLL: Duration = Duration::from_millis(25);

/// Retries until `attempt` succeeds, and returns its result.
///
/// # Panics
/// After [`PATIENCE`], with the condition, the caller's location, and the reason of the last failure.
#[track_caller]
pub fn eventually<T, E: std::fmt::Display>(
    what: &str,
    attempt: impl AsyncFnMut() -> Result<T, E>,
) -> impl Future<Output = T> {
    let at = Location::caller();
    async move { poll(at, what, attempt).await }
}

/// The same on behalf of a caller elsewhere.
pub(crate) async fn poll<T, E: std::fmt::Display>(
    at: &Location<'_>,
    what: &str,
    mut attempt: impl AsyncFnMut() -> Result<T, E>,
) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match attempt().await {
            Ok(value) => return value,
            Err(why) if Instant::now() >= deadline => panic!("{at}: {what}: {}", brief(&why)),
            Err(_) => tokio::time::sleep(POLL).await,
        }
    }
}

/// Removes the driver's own stack trace, which some drivers add.
pub(crate) fn brief(why: &impl std::fmt::Display) -> String {
    let text = why.to_string();
    let end = text.find("Stacktrace:").unwrap_or(text.len());
    text[..end].trim_end().to_owned()
}

//! Waits for a page whose server is not up yet.

use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use super::reach::reach;
use crate::start_error::StartError;

/// How often [`wait_for_page`] tries.
const WAIT_INTERVAL: Duration = Duration::from_millis(200);

/// Waits until a server accepts connections at the page's address.
pub async fn wait_for_page(page: &Url, at_most: Duration) -> Result<(), StartError> {
    let end = Instant::now() + at_most;
    loop {
        match reach(page).await {
            Ok(()) => return Ok(()),
            Err(why) if Instant::now() >= end => {
                return Err(StartError::UnreachablePage {
                    page: page.to_string(),
                    waited: at_most,
                    why,
                });
            }
            Err(_) => tokio::time::sleep(WAIT_INTERVAL).await,
        }
    }
}

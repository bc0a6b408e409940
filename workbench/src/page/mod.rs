//! Sends the hub's requests to the sidebar page. The hub judges the answers (`juzi_hub::page`).

mod ask;
pub mod reach;
mod roots;
pub mod wait;

use std::time::Instant;

use juzi_hub::page::{NoAnswer, Question, Report, Unreachable, Visit, connection};
use url::Url;

use reach::reach;

pub async fn answer(question: Question) -> Report {
    if question.loads {
        check(&question.page, &question.console).await
    } else {
        check_connection(&question.page).await
    }
}

/// Opens a connection to the page's server and closes it again, which loads nothing.
async fn check_connection(page: &Url) -> Report {
    let started = Instant::now();
    let result = reach(page).await;
    connection(page, result, millis_since(started))
}

/// Requests the page as a frame does, and follows redirects on the page's own origin. `console` frames the page and is its hub.
pub async fn check(page: &Url, console: &Url) -> Report {
    let started = Instant::now();
    let mut visit = Visit::new(page.clone(), console.clone());
    if let Err(unreachable) = reach(page).await {
        visit.take(Err(NoAnswer::Unreachable(unreachable)));
    }
    while let Some(next) = visit.next() {
        let asked = tokio::task::spawn_blocking(move || ask::ask(&next)).await;
        visit.take(asked.unwrap_or_else(|error| {
            let why = Unreachable::other(error.to_string());
            Err(NoAnswer::Unreachable(why))
        }));
    }
    visit.report(millis_since(started))
}

fn millis_since(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1_000.0
}

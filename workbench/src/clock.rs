//! The clock, which tests set by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// A clock that counts milliseconds since the Unix epoch. Clones have the same time.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    /// Counts from the start with the monotonic clock, so that a change of the system's clock expires no code.
    System {
        start_ms: u64,
        started: Instant,
    },
    Manual(Arc<AtomicU64>),
}

impl Clock {
    pub fn system() -> Self {
        let start = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Clock(Source::System {
            start_ms: millis(start),
            started: Instant::now(),
        })
    }

    /// Stays at `start_ms` until [`Clock::advance`] moves it.
    pub fn manual(start_ms: u64) -> Self {
        Clock(Source::Manual(Arc::new(AtomicU64::new(start_ms))))
    }

    pub fn now_ms(&self) -> u64 {
        match &self.0 {
            Source::System { start_ms, started } => {
                start_ms.saturating_add(millis(started.elapsed()))
            }
            Source::Manual(now) => now.load(Ordering::SeqCst),
        }
    }

    /// Moves a manual clock forward. Does nothing to the system's clock.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(now) = &self.0 {
            now.fetch_add(millis(by), Ordering::SeqCst);
        }
    }
}

pub fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

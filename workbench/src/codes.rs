//! Authorization codes: issued, redeemed once, expired (spec section 8).

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::clock::{Clock, millis};

/// So many codes are remembered; issuing more forgets the oldest. Far more than anybody redeems by hand, and a few MB.
const MAX_REMEMBERED: usize = 10_000;

/// 128 bits from the operating system's secure random source, in hexadecimal.
const CODE_BYTES: usize = 16;

/// Whom a code identifies: `getUserInfo`'s `data`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserInfo {
    pub user_id: String,
    pub corp_id: String,
    pub bot_id: String,
    pub org_id: String,
    pub uid: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub code: String,
    /// Milliseconds since the epoch.
    pub at: u64,
    /// Milliseconds since the epoch; from then on the code is dead.
    pub expires_at: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RedeemError {
    #[error("invalid authorization code")]
    Invalid,
    #[error("authorization code has expired")]
    Expired,
}

/// The codes of one hub. A code that was redeemed is forgotten, one that expired is remembered (within
/// [`MAX_REMEMBERED`]), so that "expired" can be told from "invalid".
pub struct Codes {
    clock: Clock,
    ttl: Duration,
    ledger: Mutex<Ledger>,
}

#[derive(Default)]
struct Ledger {
    entries: HashMap<String, Entry>,
    /// Oldest first. Redeemed codes stay here until their turn comes.
    order: VecDeque<String>,
}

struct Entry {
    user: UserInfo,
    expires_at: u64,
}

impl Codes {
    pub fn new(clock: Clock, ttl: Duration) -> Self {
        Codes {
            clock,
            ttl,
            ledger: Mutex::default(),
        }
    }

    pub fn ttl(&self) -> Duration {
        self.ttl
    }

    /// Milliseconds since the epoch, by the clock that codes expire by.
    pub fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    pub fn issue(&self, user: UserInfo) -> Result<Issued, getrandom::Error> {
        let code = random_code()?;
        let at = self.clock.now_ms();
        let expires_at = at.saturating_add(millis(self.ttl));
        self.ledger()
            .insert(code.clone(), Entry { user, expires_at });
        Ok(Issued {
            code,
            at,
            expires_at,
        })
    }

    /// Uses a code up. Of requests that race for one, the first to get here has it.
    pub fn redeem(&self, code: &str) -> Result<UserInfo, RedeemError> {
        let now = self.clock.now_ms();
        let mut ledger = self.ledger();
        let entry = ledger.entries.get(code).ok_or(RedeemError::Invalid)?;
        if now >= entry.expires_at {
            return Err(RedeemError::Expired);
        }
        ledger
            .entries
            .remove(code)
            .map(|it| it.user)
            .ok_or(RedeemError::Invalid)
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, Ledger> {
        // No code under this lock can leave the ledger half changed, so a poisoned one is still good.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ledger {
    fn insert(&mut self, code: String, entry: Entry) {
        if self.order.len() >= MAX_REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.entries.remove(&oldest);
        }
        self.order.push_back(code.clone());
        self.entries.insert(code, entry);
    }
}

fn random_code() -> Result<String, getrandom::Error> {
    let mut bytes = [0; CODE_BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str) -> UserInfo {
        let text = id.to_owned();
        UserInfo {
            user_id: text.clone(),
            corp_id: text.clone(),
            bot_id: text.clone(),
            org_id: text.clone(),
            uid: text.clone(),
            email: text,
        }
    }

    fn codes(clock: &Clock) -> Codes {
        Codes::new(clock.clone(), Duration::from_secs(300))
    }

    #[test]
    fn a_code_tells_whom_it_was_issued_for_and_works_once() {
        let codes = codes(&Clock::manual(0));
        let issued = codes.issue(user("a")).unwrap();
        assert_eq!(codes.redeem(&issued.code), Ok(user("a")));
        assert_eq!(codes.redeem(&issued.code), Err(RedeemError::Invalid));
    }

    #[test]
    fn a_code_is_alive_until_the_last_millisecond_of_its_time_and_dead_from_then_on() {
        let clock = Clock::manual(1_000);
        let codes = codes(&clock);
        let (first, second) = (
            codes.issue(user("a")).unwrap(),
            codes.issue(user("b")).unwrap(),
        );
        assert_eq!(first.expires_at, 301_000);
        clock.advance(Duration::from_millis(299_999));
        assert_eq!(codes.redeem(&first.code), Ok(user("a")));
        clock.advance(Duration::from_millis(1));
        assert_eq!(codes.redeem(&second.code), Err(RedeemError::Expired));
        assert_eq!(
            codes.redeem(&second.code),
            Err(RedeemError::Expired),
            "it stays expired"
        );
    }

    #[test]
    fn a_code_is_128_bits_in_hexadecimal_and_never_the_same() {
        let codes = codes(&Clock::manual(0));
        let all: std::collections::HashSet<_> = (0..1_000)
            .map(|_| codes.issue(user("a")).unwrap().code)
            .collect();
        assert_eq!(all.len(), 1_000);
        assert!(
            all.iter()
                .all(|code| code.len() == 32 && code.bytes().all(|b| b.is_ascii_hexdigit()))
        );
    }

    #[test]
    fn issuing_without_end_keeps_memory_bounded_and_the_newest_codes_alive() {
        let codes = codes(&Clock::manual(0));
        let first = codes.issue(user("a")).unwrap();
        let mut last = first.clone();
        for _ in 0..MAX_REMEMBERED {
            last = codes.issue(user("a")).unwrap();
        }
        assert_eq!(codes.ledger().order.len(), MAX_REMEMBERED);
        assert_eq!(codes.ledger().entries.len(), MAX_REMEMBERED);
        assert_eq!(codes.redeem(&first.code), Err(RedeemError::Invalid));
        assert_eq!(codes.redeem(&last.code), Ok(user("a")));
    }
}

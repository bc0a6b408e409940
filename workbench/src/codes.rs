//! Authorization codes: issued, redeemed once, expired (spec section 8).

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use juzi_helper::oauth::{self, UserInfo};
use serde::Serialize;

use crate::clock::{Clock, millis};
use crate::events::Via;

/// The most codes that are remembered at once: far more than a person redeems by hand, and only a few MB.
const MAX_REMEMBERED: usize = 10_000;

/// How many redeemed codes are remembered, so that the console can tell a used code from one that never was.
const MAX_REDEEMED: usize = 1_000;

/// What a code is issued for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub user: UserInfo,
    pub via: Via,
    /// None in a scenario without conversations.
    pub conversation_id: Option<String>,
}

/// A code's life so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    pub state: CodeState,
    pub via: Via,
    pub conversation_id: Option<String>,
    pub issued_at: u64,
    pub redeemed_at: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeState {
    Live,
    Redeemed,
    Expired,
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub code: String,
    /// Milliseconds since the epoch.
    pub at: u64,
    /// Milliseconds since the epoch; the code has expired from then on.
    pub expires_at: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedeemError {
    Invalid,
    Expired,
}

/// Who receives a code. Decides whose codes are dropped when there are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// The console, the sidebar page, or another program on this machine.
    Developer,
    /// A website. A tab that navigates in a loop can request any number of codes.
    Stranger,
}

#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error(
        "{MAX_REMEMBERED} codes lie unused already; does a page log in again and again? Wait until they expire, or start \
         the workbench anew, with a shorter --code-ttl"
    )]
    TooMany,
    #[error(transparent)]
    NoRandomness(#[from] oauth::Error),
}

impl IssueError {
    pub fn status(&self) -> StatusCode {
        match self {
            IssueError::TooMany => StatusCode::SERVICE_UNAVAILABLE,
            IssueError::NoRandomness(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The codes of one hub. A redeemed code is invalid; the last ones are remembered only to be explained. An expired one is
/// remembered while there is room, so that `redeem` can tell "expired" from "invalid".
///
/// When the ledger is full, an expired code is dropped, or else the oldest one that went to a stranger. A developer's live
/// code is never dropped to make room for another.
pub struct Codes {
    clock: Clock,
    ttl: Duration,
    ledger: Mutex<Ledger>,
}

#[derive(Default)]
struct Ledger {
    entries: HashMap<String, Entry>,
    /// By order of issue, which is also the order of expiry.
    developers: BTreeMap<u64, String>,
    strangers: BTreeMap<u64, String>,
    issued: u64,
    /// Oldest first.
    redeemed: VecDeque<(String, Trace)>,
}

struct Entry {
    grant: Grant,
    issued_at: u64,
    expires_at: u64,
    number: u64,
    recipient: Recipient,
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

    /// Milliseconds since the epoch, on the clock that decides when codes expire.
    pub fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    pub fn issue(&self, grant: Grant, recipient: Recipient) -> Result<Issued, IssueError> {
        // A code has the form of a state: 128 random bits in hexadecimal.
        let code = oauth::new_state()?;
        let at = self.clock.now_ms();
        let expires_at = at.saturating_add(millis(self.ttl));
        let mut ledger = self.ledger();
        if ledger.entries.len() >= MAX_REMEMBERED && !ledger.make_room(at) {
            return Err(IssueError::TooMany);
        }
        let issued = Issued {
            code,
            at,
            expires_at,
        };
        ledger.insert(&issued, grant, recipient);
        Ok(issued)
    }

    /// Redeems a code. Of several concurrent requests for one code, only the first succeeds.
    pub fn redeem(&self, code: &str) -> Result<UserInfo, RedeemError> {
        let now = self.clock.now_ms();
        let mut ledger = self.ledger();
        let entry = ledger.entries.get(code).ok_or(RedeemError::Invalid)?;
        if now >= entry.expires_at {
            return Err(RedeemError::Expired);
        }
        let entry = ledger.remove(code).ok_or(RedeemError::Invalid)?;
        ledger.note_redeemed(code, &entry, now);
        Ok(entry.grant.user)
    }

    /// What is known about a code. Redeems nothing.
    pub fn trace(&self, code: &str) -> Option<Trace> {
        let now = self.clock.now_ms();
        let ledger = self.ledger();
        match ledger.entries.get(code) {
            Some(entry) if now >= entry.expires_at => Some(entry.trace(CodeState::Expired)),
            Some(entry) => Some(entry.trace(CodeState::Live)),
            None => {
                let mut redeemed = ledger.redeemed.iter();
                redeemed.find(|it| it.0 == code).map(|it| it.1.clone())
            }
        }
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, Ledger> {
        // No operation under this lock can leave the ledger half changed, so a poisoned lock is safe to use.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn trace(&self, state: CodeState) -> Trace {
        Trace {
            state,
            via: self.grant.via,
            conversation_id: self.grant.conversation_id.clone(),
            issued_at: self.issued_at,
            redeemed_at: None,
        }
    }
}

impl Ledger {
    fn insert(&mut self, issued: &Issued, grant: Grant, recipient: Recipient) {
        let number = self.issued;
        self.issued += 1;
        self.line(recipient).insert(number, issued.code.clone());
        let entry = Entry {
            grant,
            issued_at: issued.at,
            expires_at: issued.expires_at,
            number,
            recipient,
        };
        self.entries.insert(issued.code.clone(), entry);
    }

    fn remove(&mut self, code: &str) -> Option<Entry> {
        let entry = self.entries.remove(code)?;
        self.line(entry.recipient).remove(&entry.number);
        Some(entry)
    }

    fn note_redeemed(&mut self, code: &str, entry: &Entry, now: u64) {
        if self.redeemed.len() >= MAX_REDEEMED {
            self.redeemed.pop_front();
        }
        let trace = Trace {
            redeemed_at: Some(now),
            ..entry.trace(CodeState::Redeemed)
        };
        self.redeemed.push_back((code.to_owned(), trace));
    }

    /// Returns false if every code is live and belongs to the developer.
    fn make_room(&mut self, now: u64) -> bool {
        let has_expired = |code: &&String| {
            let entry = self.entries.get(*code);
            entry.is_some_and(|it| now >= it.expires_at)
        };
        let oldest = |line: &BTreeMap<u64, String>| line.first_key_value().map(|it| it.1.clone());
        let (strangers, developers) = (oldest(&self.strangers), oldest(&self.developers));
        let expired = developers.as_ref().filter(has_expired).cloned();
        let forgotten = expired.or(strangers);
        forgotten.is_some_and(|code| self.remove(&code).is_some())
    }

    fn line(&mut self, recipient: Recipient) -> &mut BTreeMap<u64, String> {
        match recipient {
            Recipient::Developer => &mut self.developers,
            Recipient::Stranger => &mut self.strangers,
        }
    }
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

    fn grant(id: &str) -> Grant {
        Grant {
            user: user(id),
            via: Via::SidebarAuth,
            conversation_id: Some("c1".to_owned()),
        }
    }

    fn codes(clock: &Clock) -> Codes {
        Codes::new(clock.clone(), Duration::from_secs(300))
    }

    #[test]
    fn a_code_tells_whom_it_was_issued_for_and_works_once() {
        let codes = codes(&Clock::manual(0));
        let issued = codes.issue(grant("a"), Recipient::Developer).unwrap();
        assert_eq!(codes.redeem(&issued.code), Ok(user("a")));
        assert_eq!(codes.redeem(&issued.code), Err(RedeemError::Invalid));
    }

    #[test]
    fn a_code_is_alive_until_the_last_millisecond_of_its_time_and_dead_from_then_on() {
        let clock = Clock::manual(1_000);
        let codes = codes(&clock);
        let (first, second) = (
            codes.issue(grant("a"), Recipient::Developer).unwrap(),
            codes.issue(grant("b"), Recipient::Developer).unwrap(),
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
            .map(|_| codes.issue(grant("a"), Recipient::Developer).unwrap().code)
            .collect();
        assert_eq!(all.len(), 1_000);
        assert!(
            all.iter()
                .all(|code| code.len() == 32 && code.bytes().all(|b| b.is_ascii_hexdigit()))
        );
    }

    #[test]
    fn issuing_without_end_keeps_memory_bounded_and_a_strangers_newest_codes_alive() {
        let codes = codes(&Clock::manual(0));
        let issue = |recipient| codes.issue(grant("a"), recipient).unwrap();
        let developers = issue(Recipient::Developer);
        let first = issue(Recipient::Stranger);
        let mut last = first.clone();
        for _ in 0..MAX_REMEMBERED {
            last = issue(Recipient::Stranger);
        }
        assert_eq!(codes.ledger().entries.len(), MAX_REMEMBERED);
        assert_eq!(codes.ledger().strangers.len(), MAX_REMEMBERED - 1);
        assert_eq!(codes.redeem(&first.code), Err(RedeemError::Invalid));
        assert_eq!(codes.redeem(&last.code), Ok(user("a")));
        assert_eq!(codes.redeem(&developers.code), Ok(user("a")));
        assert_eq!(codes.ledger().developers.len(), 0);
    }

    #[test]
    fn the_developers_live_codes_make_no_room_and_expired_ones_do() {
        let clock = Clock::manual(0);
        let codes = codes(&clock);
        for _ in 0..MAX_REMEMBERED {
            codes.issue(grant("a"), Recipient::Developer).unwrap();
        }
        for recipient in [Recipient::Developer, Recipient::Stranger] {
            let refused = codes.issue(grant("a"), recipient);
            assert!(matches!(refused, Err(IssueError::TooMany)));
        }
        clock.advance(Duration::from_secs(300));
        let next = codes.issue(grant("b"), Recipient::Developer).unwrap();
        assert_eq!(codes.redeem(&next.code), Ok(user("b")));
        assert_eq!(codes.ledger().entries.len(), MAX_REMEMBERED - 1);
    }

    #[test]
    fn a_codes_life_can_be_read_at_any_time() {
        let clock = Clock::manual(1_000);
        let codes = codes(&clock);
        let state = |code: &str| codes.trace(code).map(|it| (it.state, it.redeemed_at));
        let used = codes.issue(grant("a"), Recipient::Developer).unwrap();
        let unused = codes.issue(grant("b"), Recipient::Developer).unwrap();
        assert_eq!(state(&used.code), Some((CodeState::Live, None)));
        clock.advance(Duration::from_secs(1));
        codes.redeem(&used.code).unwrap();
        assert_eq!(state(&used.code), Some((CodeState::Redeemed, Some(2_000))));
        clock.advance(Duration::from_secs(299));
        assert_eq!(state(&unused.code), Some((CodeState::Expired, None)));
        assert_eq!(state("never"), None);
        for _ in 0..MAX_REDEEMED {
            let next = codes.issue(grant("c"), Recipient::Developer).unwrap();
            codes.redeem(&next.code).unwrap();
        }
        assert_eq!(state(&used.code), None, "only the last ones are kept");
    }
}

//! Authorization codes: issued, redeemed once, expired (spec section 8).

use std::collections::{HashMap, VecDeque};

use juzi_helper::oauth::UserInfo;
use serde::{Deserialize, Serialize};

use crate::request::Now;
use crate::words::Words;

/// The most codes that are remembered at once: far more than a person redeems by hand, and only a few MB.
const MAX_REMEMBERED: usize = 10_000;

/// How many redeemed codes are remembered, so that the console can tell a used code from an unknown one.
const MAX_REDEEMED: usize = 1_000;

/// How a code was passed to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Via {
    /// By the hub itself. The console cannot request such a code.
    #[serde(skip_deserializing)]
    Authorize,
    /// In the answer to `sidebarAuth`.
    SidebarAuth,
    /// In `updateBaseInfo`, when the user switches conversation.
    UpdateBaseInfo,
}

/// What a code is issued for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub user: UserInfo,
    pub via: Via,
    /// None in a scenario without conversations.
    pub conversation_id: Option<String>,
}

/// The state of a code, and how it got there.
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
    /// Milliseconds since the epoch. From this time on, the code is expired.
    pub expires_at: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedeemError {
    Invalid,
    Expired,
}

/// Who receives a code. This decides which codes are dropped when there are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// The console, the sidebar page, or another program on this machine.
    Developer,
    /// A website. A tab that navigates in a loop can request any number of codes.
    Stranger,
}

#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error("{MAX_REMEMBERED} codes lie unused already; does a page log in again and again?")]
    TooMany,
    #[error("the system gives no random numbers")]
    NoRandomness,
}

impl IssueError {
    /// With what helps.
    pub fn explain(&self, words: &Words) -> String {
        match self {
            IssueError::TooMany => {
                format!("{self} Wait until they expire, or {}", words.anew)
            }
            IssueError::NoRandomness => self.to_string(),
        }
    }

    pub fn status(&self) -> u16 {
        match self {
            IssueError::TooMany => 503,
            IssueError::NoRandomness => 500,
        }
    }
}

/// The codes of one hub. A redeemed code is invalid. The last redeemed codes are remembered only for the console's explanations. An expired
/// code is remembered while there is room, so that `redeem` can tell "expired" from "invalid".
///
/// When the ledger is full, an expired code is dropped, or else the oldest one that went to a stranger. A developer's live
/// code is never dropped to make room for another.
#[derive(Debug)]
pub struct Codes {
    ttl_ms: u64,
    ledger: Ledger,
}

#[derive(Debug, Default)]
struct Ledger {
    entries: HashMap<String, Entry>,
    /// By order of issue, which is also the order of expiry.
    developers: Line,
    strangers: Line,
    issued: u64,
    /// Oldest first.
    redeemed: VecDeque<(String, Trace)>,
}

/// Codes with their numbers, by number.
type Line = VecDeque<(u64, String)>;

#[derive(Debug)]
struct Entry {
    grant: Grant,
    issued_at: u64,
    expires_at: u64,
    number: u64,
    recipient: Recipient,
}

impl Codes {
    pub fn new(ttl_ms: u64) -> Self {
        Codes {
            ttl_ms,
            ledger: Ledger::default(),
        }
    }

    /// How long an unused code lives, in milliseconds.
    pub fn ttl_ms(&self) -> u64 {
        self.ttl_ms
    }

    pub fn issue(
        &mut self,
        grant: Grant,
        recipient: Recipient,
        now: &Now,
    ) -> Result<Issued, IssueError> {
        // A code has the form of a state: 128 random bits in hexadecimal.
        let random = now.random.ok_or(IssueError::NoRandomness)?;
        let code = format!("{:032x}", u128::from_be_bytes(random));
        if self.ledger.entries.len() >= MAX_REMEMBERED && !self.ledger.make_room(now.ms) {
            return Err(IssueError::TooMany);
        }
        let issued = Issued {
            code,
            at: now.ms,
            expires_at: now.ms.saturating_add(self.ttl_ms),
        };
        self.ledger.insert(&issued, grant, recipient);
        Ok(issued)
    }

    /// Redeems a code, which works once. `now` is in milliseconds since the epoch.
    pub fn redeem(&mut self, code: &str, now: u64) -> Result<UserInfo, RedeemError> {
        let entries = &self.ledger.entries;
        let entry = entries.get(code).ok_or(RedeemError::Invalid)?;
        if now >= entry.expires_at {
            return Err(RedeemError::Expired);
        }
        let entry = self.ledger.remove(code).ok_or(RedeemError::Invalid)?;
        self.ledger.note_redeemed(code, &entry, now);
        Ok(entry.grant.user)
    }

    /// Looks up a code without redeeming it.
    pub fn trace(&self, code: &str, now: u64) -> Option<Trace> {
        match self.ledger.entries.get(code) {
            Some(entry) if now >= entry.expires_at => Some(entry.trace(CodeState::Expired)),
            Some(entry) => Some(entry.trace(CodeState::Live)),
            None => {
                let mut redeemed = self.ledger.redeemed.iter();
                redeemed.find(|it| it.0 == code).map(|it| it.1.clone())
            }
        }
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
        self.line(recipient)
            .push_back((number, issued.code.clone()));
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
        let line = self.line(entry.recipient);
        if let Ok(at) = line.binary_search_by_key(&entry.number, |it| it.0) {
            line.remove(at);
        }
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
        let oldest = |line: &Line| line.front().map(|it| it.1.clone());
        let (strangers, developers) = (oldest(&self.strangers), oldest(&self.developers));
        let expired = developers.as_ref().filter(has_expired).cloned();
        let forgotten = expired.or(strangers);
        forgotten.is_some_and(|code| self.remove(&code).is_some())
    }

    fn line(&mut self, recipient: Recipient) -> &mut Line {
        match recipient {
            Recipient::Developer => &mut self.developers,
            Recipient::Stranger => &mut self.strangers,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    fn user(id: &str) -> UserInfo {
        let mut user = UserInfo::default();
        id.clone_into(&mut user.user_id);
        user
    }

    fn grant(id: &str) -> Grant {
        Grant {
            user: user(id),
            via: Via::SidebarAuth,
            conversation_id: Some("c1".to_owned()),
        }
    }

    /// Every call returns different random bytes.
    fn at(ms: u64) -> Now {
        static ISSUED: AtomicU64 = AtomicU64::new(0);
        let number = ISSUED.fetch_add(1, Ordering::Relaxed);
        Now {
            ms,
            elapsed_ms: 0.0,
            random: Some(u128::from(number).to_le_bytes()),
        }
    }

    fn codes() -> Codes {
        Codes::new(300_000)
    }

    #[test]
    fn a_code_identifies_its_user_and_works_once() {
        let mut codes = codes();
        let issued = codes
            .issue(grant("a"), Recipient::Developer, &at(0))
            .unwrap();
        assert_eq!(codes.redeem(&issued.code, 0), Ok(user("a")));
        assert_eq!(codes.redeem(&issued.code, 0), Err(RedeemError::Invalid));
    }

    #[test]
    fn a_code_is_valid_until_its_last_millisecond_and_expired_from_then_on() {
        let mut codes = codes();
        let mut issue = |id| {
            codes
                .issue(grant(id), Recipient::Developer, &at(1_000))
                .unwrap()
        };
        let (first, second) = (issue("a"), issue("b"));
        assert_eq!(first.expires_at, 301_000);
        assert_eq!(codes.redeem(&first.code, 300_999), Ok(user("a")));
        let late = |codes: &mut Codes| codes.redeem(&second.code, 301_000);
        assert_eq!(late(&mut codes), Err(RedeemError::Expired));
        assert_eq!(
            late(&mut codes),
            Err(RedeemError::Expired),
            "it stays expired"
        );
    }

    #[test]
    fn a_code_is_random_bytes_in_hexadecimal_and_none_is_issued_without_them() {
        let mut codes = codes();
        let mut issue = |random| {
            let now = Now { random, ..at(0) };
            codes.issue(grant("a"), Recipient::Developer, &now)
        };
        let bytes = *b"\x00\x01\x02\x03\xff\xfe\xfd\xfc\x80\x7f\x10\x20\x30\x40\x50\x60";
        let issued = issue(Some(bytes)).unwrap();
        assert_eq!(issued.code, "00010203fffefdfc807f102030405060");
        assert!(matches!(issue(None), Err(IssueError::NoRandomness)));
    }

    #[test]
    fn memory_stays_bounded_and_a_strangers_newest_codes_stay_live() {
        let mut codes = codes();
        let mut issue = |recipient| codes.issue(grant("a"), recipient, &at(0)).unwrap();
        let developers = issue(Recipient::Developer);
        let first = issue(Recipient::Stranger);
        let mut last = first.clone();
        for _ in 0..MAX_REMEMBERED {
            last = issue(Recipient::Stranger);
        }
        assert_eq!(codes.ledger.entries.len(), MAX_REMEMBERED);
        assert_eq!(codes.ledger.strangers.len(), MAX_REMEMBERED - 1);
        assert_eq!(codes.redeem(&first.code, 0), Err(RedeemError::Invalid));
        assert_eq!(codes.redeem(&last.code, 0), Ok(user("a")));
        assert_eq!(codes.redeem(&developers.code, 0), Ok(user("a")));
        assert_eq!(codes.ledger.developers.len(), 0);
    }

    #[test]
    fn the_developers_expired_codes_make_room_and_the_live_ones_do_not() {
        let mut codes = codes();
        for _ in 0..MAX_REMEMBERED {
            codes
                .issue(grant("a"), Recipient::Developer, &at(0))
                .unwrap();
        }
        for recipient in [Recipient::Developer, Recipient::Stranger] {
            let refused = codes.issue(grant("a"), recipient, &at(0));
            assert!(matches!(refused, Err(IssueError::TooMany)));
        }
        let next = codes
            .issue(grant("b"), Recipient::Developer, &at(300_000))
            .unwrap();
        assert_eq!(codes.redeem(&next.code, 300_000), Ok(user("b")));
        assert_eq!(codes.ledger.entries.len(), MAX_REMEMBERED - 1);
    }

    #[test]
    fn a_codes_state_can_be_read_at_any_time() {
        let mut codes = codes();
        let state = |codes: &Codes, code: &str, now| {
            let trace = codes.trace(code, now);
            trace.map(|it| (it.state, it.redeemed_at))
        };
        let issue = |codes: &mut Codes, id| {
            let issued = codes.issue(grant(id), Recipient::Developer, &at(1_000));
            issued.unwrap().code
        };
        let (used, unused) = (issue(&mut codes, "a"), issue(&mut codes, "b"));
        let live = Some((CodeState::Live, None));
        assert_eq!(state(&codes, &used, 1_000), live);
        codes.redeem(&used, 2_000).unwrap();
        let redeemed = Some((CodeState::Redeemed, Some(2_000)));
        assert_eq!(state(&codes, &used, 2_000), redeemed);
        let expired = Some((CodeState::Expired, None));
        assert_eq!(state(&codes, &unused, 301_000), expired);
        assert_eq!(state(&codes, "never", 301_000), None);
        for _ in 0..MAX_REDEEMED {
            let next = issue(&mut codes, "c");
            codes.redeem(&next, 1_000).unwrap();
        }
        let last = state(&codes, &used, 2_000);
        assert_eq!(last, None, "only the last ones are kept");
    }
}

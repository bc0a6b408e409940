//! The options of the script tag and of `init`, and which origins may be the host (spec section 9).

use crate::atoms::{
    A_STRING, ALLOWED_HOSTS, AN_ARRAY_OF_ORIGINS, AN_OBJECT, Atom, BRIDGE, DEBUG, FALSE, FORCE,
    MILLISECONDS, OPTIONS, TIMEOUT, TRUE, TRUE_OR_FALSE,
};
use crate::error::{Fault, Path};
use crate::value::{Kind, Value};

/// What can be set, already checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Origins that may be the host; empty for any.
    pub allowed_hosts: Vec<Pattern>,
    /// Milliseconds for every call; `None` for each call's own.
    pub timeout: Option<u32>,
    /// In the sidebar even where the URL does not say so.
    pub force: bool,
    /// Provide `WeixinJSBridge`.
    pub bridge: bool,
    /// Log every message and decision.
    pub debug: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allowed_hosts: Vec::new(),
            timeout: None,
            force: false,
            bridge: true,
            debug: false,
        }
    }
}

/// The longest delay that a browser's timer takes, in milliseconds.
const LONGEST: f64 = 2_147_483_647.0;

impl Options {
    /// Reads options from `init`'s object or from a script tag's `dataset`; the faults are for the console.
    ///
    /// A malformed option keeps its default. Of `allowedHosts`, which is a list, the entries that are origins stay in force:
    /// dropping them too would widen what the page meant to narrow.
    ///
    /// ```
    /// use juzi_helper::options::Options;
    /// use serde_json::json;
    ///
    /// let (options, faults) = Options::read(&json!({ "timeout": 500, "debug": "maybe" }));
    /// assert_eq!(options.timeout, Some(500));
    /// assert_eq!(faults[0].reason(), "debug must be true or false");
    /// ```
    #[must_use]
    pub fn read<V: Value>(given: &V) -> (Self, Vec<Fault<V>>) {
        let mut reader = Reader {
            given,
            faults: Vec::new(),
        };
        let mut options = Self::default();
        match given.kind() {
            Kind::Object => {
                options.allowed_hosts = reader.hosts();
                options.timeout = reader.timeout();
                options.force = reader.switch(FORCE, options.force);
                options.bridge = reader.switch(BRIDGE, options.bridge);
                options.debug = reader.switch(DEBUG, options.debug);
            }
            Kind::Missing => {}
            _ => reader.expected(Path::Name(OPTIONS), AN_OBJECT),
        }
        (options, reader.faults)
    }

    /// Whether this origin may be the host's.
    #[must_use]
    pub fn allows(&self, origin: &str) -> bool {
        self.allowed_hosts.is_empty()
            || self
                .allowed_hosts
                .iter()
                .any(|pattern| pattern.matches(origin))
    }
}

/// Reads one option after the other and collects what is wrong.
struct Reader<'a, V> {
    given: &'a V,
    faults: Vec<Fault<V>>,
}

impl<V: Value> Reader<'_, V> {
    fn member(&mut self, name: Atom) -> V {
        self.given.get(name).unwrap_or_else(|thrown| {
            self.faults.push(thrown);
            V::missing()
        })
    }

    fn expected(&mut self, path: Path, what: Atom) {
        self.faults.push(Fault::Expected(path, what));
    }

    fn timeout(&mut self) -> Option<u32> {
        let value = self.member(TIMEOUT);
        // A script tag's attribute is a text; an empty one is no number.
        let number = match value.kind() {
            Kind::Missing => return None,
            Kind::Empty => None,
            _ => value.to_number(),
        };
        match number {
            // The bounds make the cast exact up to the fraction, which a timer ignores as well.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(number) if (1.0..=LONGEST).contains(&number) => Some(number as u32),
            _ => {
                self.expected(Path::Name(TIMEOUT), MILLISECONDS);
                None
            }
        }
    }

    /// A boolean, or an attribute's text. An attribute without a value is on, as HTML has it.
    fn switch(&mut self, name: Atom, default: bool) -> bool {
        let value = self.member(name);
        match value.kind() {
            Kind::Missing => default,
            Kind::False => false,
            Kind::True | Kind::Empty => true,
            _ if value.is(TRUE) => true,
            _ if value.is(FALSE) => false,
            _ => {
                self.expected(Path::Name(name), TRUE_OR_FALSE);
                default
            }
        }
    }

    /// An array of origins, or a text with spaces between them.
    fn hosts(&mut self) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        let mut hosts = self.member(ALLOWED_HOSTS);
        match hosts.kind() {
            Kind::List => {}
            Kind::Text => hosts = hosts.words(),
            Kind::Missing => return patterns,
            _ => {
                self.expected(Path::Name(ALLOWED_HOSTS), AN_ARRAY_OF_ORIGINS);
                return patterns;
            }
        }
        for index in 0..hosts.len().unwrap_or_default() {
            match hosts.item(index) {
                Ok(host) if host.kind() == Kind::Text => match Pattern::parse(&host.to_text()) {
                    Some(pattern) => patterns.push(pattern),
                    None => self.faults.push(Fault::Origin(host)),
                },
                Ok(_) => self.expected(Path::Item(ALLOWED_HOSTS, index), A_STRING),
                Err(thrown) => self.faults.push(thrown),
            }
        }
        patterns
    }
}

/// An origin, or all hosts below one: `https://console.example.com:8443`, `https://*.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    /// Where its `*` is.
    star: Option<usize>,
}

impl Pattern {
    /// Reads an origin as browsers write it: scheme `http` or `https`, a host in ASCII (an international name in punycode), a
    /// port. Upper case, a default port and one `/` at the end are forgiven; a path, a query or credentials are not.
    ///
    /// ```
    /// use juzi_helper::options::Pattern;
    /// let pattern = Pattern::parse("https://*.example.com").unwrap();
    /// assert!(pattern.matches("https://console.example.com"));
    /// assert!(!pattern.matches("https://example.com.evil.com"));
    /// assert_eq!(Pattern::parse("console.example.com"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut text = text.to_ascii_lowercase();
        // On bytes, here and below: searching in a str brings in kilobytes of code.
        let (scheme, default_port) = if text.as_bytes().starts_with(b"https://") {
            (8, ":443")
        } else if text.as_bytes().starts_with(b"http://") {
            (7, ":80")
        } else {
            return None;
        };
        cut(&mut text, "/");
        cut(&mut text, default_port);
        let host = text.as_bytes().get(scheme..)?;
        let (host, port) = split_port(host);
        let star = match host {
            [b'*', b'.', domain @ ..] if is_name(domain) => Some(scheme),
            host if is_name(host) || is_address(host) => None,
            _ => return None,
        };
        port.is_none_or(is_port).then_some(Self { text, star })
    }

    /// Whether an origin, as a browser writes it, is this one or one of these.
    #[must_use]
    pub fn matches(&self, origin: &str) -> bool {
        let Some(star) = self.star else {
            return origin == self.text;
        };
        let (origin, text) = (origin.as_bytes(), self.text.as_bytes());
        let (Some(head), Some(tail)) = (text.get(..star), text.get(star + 1..)) else {
            return false;
        };
        origin.len() > text.len() - 1
            && origin.starts_with(head)
            && origin.ends_with(tail)
            && origin
                .get(star..origin.len() - tail.len())
                .is_some_and(is_name)
    }

    /// The origin itself, where it is one and not a pattern: what a message can be posted to.
    #[must_use]
    pub fn exact(&self) -> Option<&str> {
        self.star.is_none().then_some(self.text.as_str())
    }
}

/// Takes an ending away.
fn cut(text: &mut String, ending: &str) {
    if text.as_bytes().ends_with(ending.as_bytes()) {
        text.truncate(text.len() - ending.len());
    }
}

/// Host and port; the last colon of an IPv6 address is inside its brackets.
fn split_port(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match text.iter().rposition(|byte| *byte == b':') {
        Some(colon) if text.last() != Some(&b']') => {
            let (host, port) = text.split_at(colon);
            (host, port.get(1..))
        }
        _ => (text, None),
    }
}

/// An IPv6 address in its brackets.
fn is_address(host: &[u8]) -> bool {
    match host {
        [b'[', address @ .., b']'] => {
            !address.is_empty()
                && address
                    .iter()
                    .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        }
        _ => false,
    }
}

/// Labels of letters, digits, `-` and `_`, with single dots between them.
fn is_name(name: &[u8]) -> bool {
    let mut before = b'.';
    for byte in name {
        match byte {
            b'.' if before == b'.' => return false,
            b'.' | b'-' | b'_' | b'a'..=b'z' | b'0'..=b'9' => before = *byte,
            _ => return false,
        }
    }
    before != b'.'
}

/// A decimal number from 1 to 65535 without leading zeros.
fn is_port(port: &[u8]) -> bool {
    let mut number = 0;
    for digit in port {
        if !digit.is_ascii_digit() || port.len() > 5 {
            return false;
        }
        number = number * 10 + u32::from(*digit - b'0');
    }
    port.first() != Some(&b'0') && (1..=65535).contains(&number)
}

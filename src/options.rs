//! The options of the script tag and of `init`, and which origins may be the host (spec section 9).

use crate::atoms::{ALLOWED_HOSTS, Atom, BRIDGE, DEBUG, FALSE, FORCE, OPTIONS, TIMEOUT, TRUE};
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
        let mut options = Self::default();
        let mut faults = Vec::new();
        match given.kind() {
            Kind::Object => {}
            Kind::Missing => return (options, faults),
            _ => {
                faults.push(Fault::Expected(Path::Name(OPTIONS), "be an object"));
                return (options, faults);
            }
        }
        let mut member = |name: Atom| match given.get(name) {
            Ok(value) if value.is_missing() => None,
            Ok(value) => Some(value),
            Err(thrown) => {
                faults.push(thrown);
                None
            }
        };
        let hosts = member(ALLOWED_HOSTS);
        let timeout = member(TIMEOUT);
        let switches = [FORCE, BRIDGE, DEBUG].map(|name| (name, member(name)));
        if let Some(hosts) = hosts {
            options.allowed_hosts = patterns(&hosts, &mut faults);
        }
        if let Some(timeout) = timeout {
            match milliseconds(&timeout) {
                Some(timeout) => options.timeout = Some(timeout),
                None => faults.push(Fault::Expected(
                    Path::Name(TIMEOUT),
                    "be a number of milliseconds from 1 to 2147483647",
                )),
            }
        }
        for (name, value) in switches {
            let Some(value) = value else { continue };
            match (switch(&value), name) {
                (Some(on), FORCE) => options.force = on,
                (Some(on), BRIDGE) => options.bridge = on,
                (Some(on), _) => options.debug = on,
                (None, _) => faults.push(Fault::Expected(Path::Name(name), "be true or false")),
            }
        }
        (options, faults)
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

fn milliseconds<V: Value>(value: &V) -> Option<u32> {
    // A script tag's attribute is a text; an empty one is no number.
    let number = value.to_number().filter(|_| value.kind() != Kind::Empty)?;
    // The bounds make the cast exact up to the fraction, which a timer ignores as well.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (1.0..=LONGEST).contains(&number).then_some(number as u32)
}

/// A switch: a boolean, or an attribute's text. An attribute without a value is on, as HTML has it.
fn switch<V: Value>(value: &V) -> Option<bool> {
    match value.kind() {
        Kind::False => Some(false),
        Kind::True | Kind::Empty => Some(true),
        _ if value.is(TRUE) => Some(true),
        _ if value.is(FALSE) => Some(false),
        _ => None,
    }
}

fn patterns<V: Value>(hosts: &V, faults: &mut Vec<Fault<V>>) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    let mut add = |text: &str, faults: &mut Vec<Fault<V>>| match Pattern::parse(text) {
        Some(pattern) => patterns.push(pattern),
        None => faults.push(Fault::Origin(V::text(text))),
    };
    match hosts.kind() {
        Kind::Text => hosts
            .to_text()
            .split_ascii_whitespace()
            .for_each(|text| add(text, faults)),
        Kind::List => {
            for index in 0..hosts.len().unwrap_or_default() {
                match hosts.item(index) {
                    Ok(host) if host.kind() == Kind::Text => add(&host.to_text(), faults),
                    Ok(_) => faults.push(Fault::Expected(
                        Path::Item(ALLOWED_HOSTS, index),
                        "be a string",
                    )),
                    Err(thrown) => faults.push(thrown),
                }
            }
        }
        _ => faults.push(Fault::Expected(
            Path::Name(ALLOWED_HOSTS),
            "be an array of origins",
        )),
    }
    patterns
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

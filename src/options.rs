//! The options of the script tag and of `init`, and which origins may be the host (spec section 9).

use crate::atoms::{ALLOWED_HOSTS, Atom, BRIDGE, DEBUG, FORCE, TIMEOUT};
use crate::error::{Fault, item};
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
    pub fn read<V: Value>(given: &V) -> (Self, Vec<Fault>) {
        let mut options = Self::default();
        let mut faults = Vec::new();
        match given.kind() {
            Kind::Object => {}
            Kind::Missing => return (options, faults),
            _ => {
                faults.push(Fault::Expected("options".into(), "be an object"));
                return (options, faults);
            }
        }
        let mut member = |name: Atom| match given.get(name) {
            Ok(value) if value.is_missing() => None,
            Ok(value) => Some(value),
            Err(thrown) => {
                faults.push(thrown.into());
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
                    TIMEOUT.text().into(),
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
                (None, _) => faults.push(Fault::Expected(name.text().into(), "be true or false")),
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
        Kind::Boolean => Some(value.is_true()),
        Kind::Empty => Some(true),
        Kind::Text => match value.to_text().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn patterns<V: Value>(hosts: &V, faults: &mut Vec<Fault>) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    let mut add = |text: &str, faults: &mut Vec<Fault>| match Pattern::parse(text) {
        Some(pattern) => patterns.push(pattern),
        None => faults.push(Fault::Expected(
            String::from(ALLOWED_HOSTS.text()) + " \"" + text + "\"",
            "be an origin such as https://console.example.com or https://*.example.com",
        )),
    };
    match hosts.kind() {
        Kind::Text => hosts
            .to_text()
            .as_bytes()
            .split(u8::is_ascii_whitespace)
            .filter(|text| !text.is_empty())
            .filter_map(|text| core::str::from_utf8(text).ok())
            .for_each(|text| add(text, faults)),
        Kind::List => {
            for index in 0..hosts.len().unwrap_or_default() {
                match hosts.item(index) {
                    Ok(host) if host.kind() == Kind::Text => add(&host.to_text(), faults),
                    Ok(_) => faults.push(Fault::Expected(
                        item(ALLOWED_HOSTS.text(), index),
                        "be a string",
                    )),
                    Err(thrown) => faults.push(thrown.into()),
                }
            }
        }
        _ => faults.push(Fault::Expected(
            ALLOWED_HOSTS.text().into(),
            "be an array of origins",
        )),
    }
    patterns
}

/// An origin, or all hosts below one: `https://console.example.com:8443`, `https://*.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What the origin starts with: the scheme, and all of it up to the `*` or to its end.
    head: Vec<u8>,
    /// What it ends with after a `*`: `.example.com` and the port.
    tail: Option<Vec<u8>>,
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
        // On bytes, here and below: searching in a str brings in kilobytes of code.
        let lower = text.as_bytes().to_ascii_lowercase();
        let (scheme, default_port, rest): (&[u8], &[u8], _) =
            if let Some(rest) = lower.strip_prefix(b"https://") {
                (b"https://", b":443", rest)
            } else {
                (b"http://", b":80", lower.strip_prefix(b"http://")?)
            };
        let rest = rest.strip_suffix(b"/").unwrap_or(rest);
        let rest = rest.strip_suffix(default_port).unwrap_or(rest);
        let (wild, rest) = match rest.strip_prefix(b"*") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let (host, port) = split_port(rest);
        let valid = match host.strip_prefix(b".") {
            Some(host) if wild => is_name(host),
            _ => !wild && (is_name(host) || is_address(host)),
        };
        if !valid || !port.is_none_or(is_port) {
            return None;
        }
        Some(if wild {
            Self {
                head: scheme.to_vec(),
                tail: Some(rest.to_vec()),
            }
        } else {
            Self {
                head: [scheme, rest].concat(),
                tail: None,
            }
        })
    }

    /// Whether an origin, as a browser writes it, is this one or one of these.
    #[must_use]
    pub fn matches(&self, origin: &str) -> bool {
        let origin = origin.as_bytes();
        let Some(tail) = &self.tail else {
            return origin == self.head;
        };
        origin
            .strip_prefix(self.head.as_slice())
            .and_then(|rest| rest.strip_suffix(tail.as_slice()))
            .is_some_and(is_name)
    }

    /// The origin itself, where it is one and not a pattern: what a message can be posted to.
    #[must_use]
    pub fn exact(&self) -> Option<&str> {
        match self.tail {
            // Only ASCII has passed.
            None => core::str::from_utf8(&self.head).ok(),
            Some(_) => None,
        }
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
    name.split(|byte| *byte == b'.').all(|label| {
        !label.is_empty()
            && label
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    })
}

/// A decimal number from 1 to 65535 without leading zeros.
fn is_port(port: &[u8]) -> bool {
    let digits = port.iter().all(u8::is_ascii_digit);
    let number = port.iter().fold(0u32, |number, digit| {
        number
            .saturating_mul(10)
            .saturating_add(u32::from(digit.wrapping_sub(b'0')))
    });
    digits && port.first() != Some(&b'0') && (1..=65535).contains(&number)
}

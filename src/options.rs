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
            .split_ascii_whitespace()
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
    head: String,
    /// What it ends with after a `*`: `.example.com` and the port.
    tail: Option<String>,
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
        let lower = text.to_ascii_lowercase();
        let (scheme, rest) = lower.split_once("://")?;
        let default_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return None,
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let rest = rest.strip_suffix(default_port).unwrap_or(rest);
        let (wild, rest) = match rest.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let (host, port) = split_port(rest)?;
        let is_host = if wild { is_name } else { is_host };
        if !is_host(host) || !port.is_none_or(is_port) {
            return None;
        }
        let head = String::from(scheme) + "://";
        Some(if wild {
            Self {
                head,
                tail: Some(String::from(".") + rest),
            }
        } else {
            Self {
                head: head + rest,
                tail: None,
            }
        })
    }

    /// Whether an origin, as a browser writes it, is this one or one of these.
    #[must_use]
    pub fn matches(&self, origin: &str) -> bool {
        let Some(tail) = &self.tail else {
            return origin == self.head;
        };
        origin
            .strip_prefix(self.head.as_str())
            .and_then(|rest| rest.strip_suffix(tail.as_str()))
            .is_some_and(is_name)
    }

    /// The origin itself, where it is one and not a pattern: what a message can be posted to.
    #[must_use]
    pub fn exact(&self) -> Option<&str> {
        self.tail.is_none().then_some(self.head.as_str())
    }
}

/// Host and port; the last colon of an IPv6 address is inside its brackets.
fn split_port(text: &str) -> Option<(&str, Option<&str>)> {
    match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => Some((host, Some(port))),
        _ => Some((text, None)),
    }
}

fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => {
            !address.is_empty()
                && address
                    .bytes()
                    .all(|byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.')
        }
        None => is_name(host),
    }
}

/// Labels of letters, digits, `-` and `_`, with single dots between them.
fn is_name(name: &str) -> bool {
    name.split('.').all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    })
}

fn is_port(port: &str) -> bool {
    !port.is_empty() && !port.starts_with('0') && port.parse::<u16>().is_ok()
}

//! Which origins may be the host (spec section 9).

use crate::error::join;

/// An origin, or all hosts below one: `https://console.example.com:8443`, `https://*.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// An origin as browsers write it.
    Exact(String),
    /// The scheme with its `//`, and what the hosts end with: `https://`, `.example.com:8443`.
    Below(String, String),
}

impl Pattern {
    /// Reads an origin: scheme `http` or `https`, a host, a port. What browsers write otherwise is forgiven: upper case, an
    /// international name, a default port, one `/` at the end. A path, a query or credentials are not.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((scheme, domain)) = split_around(text, "//*.") else {
            return alone(text).map(Self::Exact);
        };
        let origin = alone(&join(&[scheme, "//", domain]))?;
        let (scheme, host) = split_around(&origin, "//")?;
        Some(Self::Below(join(&[scheme, "//"]), join(&[".", host])))
    }

    /// Whether an origin, as a browser writes it, is this one or one of these.
    pub fn matches(&self, origin: &str) -> bool {
        match self {
            Self::Exact(exact) => origin == exact,
            Self::Below(scheme, ending) => {
                let host = origin.strip_prefix(scheme.as_str());
                let name = host.and_then(|host| host.strip_suffix(ending.as_str()));
                // What has other characters is no origin at all.
                let named = |name: &str| {
                    name.bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
                };
                name.is_some_and(|name| !name.is_empty() && named(name))
            }
        }
    }

    /// The origin itself, where it is one and not a pattern: what a message can be posted to.
    pub fn exact(&self) -> Option<&str> {
        match self {
            Self::Exact(origin) => Some(origin),
            Self::Below(..) => None,
        }
    }
}

/// What stands before and after the first `mark`. The standard library's `split_once` brings a searcher of 1 KB.
fn split_around<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let mut parts = text.as_bytes().windows(mark.len());
    let at = parts.position(|part| part == mark.as_bytes())?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// The origin that a string is, if it is nothing else. Browsers take a `*` for a part of a name, and credentials for one of a URL.
fn alone(text: &str) -> Option<String> {
    let href = parse(text)?;
    let origin = href.strip_suffix('/')?;
    let alone =
        before_path(&href)? == origin && !origin.bytes().any(|byte| matches!(byte, b'*' | b'@'));
    alone.then(|| origin.into())
}

/// The origin of the page around this one, which the browser may hide but for its referrer. A referrer has no credentials.
#[cfg(target_arch = "wasm32")]
pub fn of_referrer(url: &str) -> Option<String> {
    before_path(&parse(url)?).map(String::from)
}

/// What stands before the path of an http or https URL: its origin, where it has no credentials.
fn before_path(href: &str) -> Option<&str> {
    let scheme = "http://".len();
    let host = href.as_bytes().get(scheme + 1..)?;
    let path = host.iter().position(|byte| *byte == b'/')?;
    href.get(..scheme + 1 + path)
}

/// Whether a string starts as an absolute http or https URL does.
pub fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// An http or https URL as the platform writes it.
#[cfg(target_arch = "wasm32")]
fn parse(url: &str) -> Option<String> {
    let href = web_sys::Url::new(url).ok()?.href();
    is_web(&href).then_some(href)
}

/// An http or https URL as browsers write it.
#[cfg(not(target_arch = "wasm32"))]
fn parse(url: &str) -> Option<String> {
    let href = String::from(url::Url::parse(url).ok()?);
    is_web(&href).then_some(href)
}

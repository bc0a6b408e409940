//! The origins that may be the host (spec section 9).

use crate::text::join;

/// An origin, or all hosts below one: `https://console.example.com:8443`, `https://*.example.com`. In the form that browsers use.
/// Or [`LOCAL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(String);

/// The entry `localhost`. `*` keeps it from being an origin to post to; nothing that browsers write matches it.
const LOCAL: &str = "localhost*";

impl Pattern {
    /// Parses an origin: scheme `http` or `https`, host, optional port. It is brought into the form that browsers use: upper case, an
    /// international name, a default port and one `/` at the end are accepted. A path, a query and credentials are not.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "localhost" {
            return Some(Self(LOCAL.into()));
        }
        let Some((scheme, domain)) = split_around(text, "//*.") else {
            return exact_origin(text).map(Self);
        };
        let origin = exact_origin(&join(&[scheme, "//", domain]))?;
        let (scheme, domain) = split_around(&origin, "//")?;
        Some(Self(join(&[scheme, "//*.", domain])))
    }

    /// The pattern of one origin, as browsers write it.
    #[cfg(feature = "client")]
    pub fn of(origin: String) -> Self {
        Self(origin)
    }

    /// Whether it is the entry `localhost`.
    #[cfg(any(feature = "client", test))]
    pub fn is_local(&self) -> bool {
        self.0 == LOCAL
    }

    /// Whether an origin, as browsers write it, matches.
    pub fn matches(&self, origin: &str) -> bool {
        let Some((scheme, ending)) = split_around(&self.0, "*") else {
            return origin == self.0;
        };
        let host = origin.strip_prefix(scheme);
        let name = host.and_then(|host| host.strip_suffix(ending));
        // Browsers write no other characters in an origin, such as upper case.
        let named = |name: &str| {
            name.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-')
            })
        };
        name.is_some_and(|name| !name.is_empty() && named(name))
    }

    /// The origin, to which messages can be posted; `None` for a pattern of several.
    pub fn exact(&self) -> Option<&str> {
        match split_around(&self.0, "*") {
            None => Some(&self.0),
            Some(_) => None,
        }
    }
}

/// The parts before and after the first `mark`. The standard library's `split_once` adds a searcher of 1 KB.
fn split_around<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let mut parts = text.as_bytes().windows(mark.len());
    let at = parts.position(|part| part == mark.as_bytes())?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// The origin, if the string is nothing but one. Browsers accept `*` in a host, and credentials in a URL.
pub fn exact_origin(text: &str) -> Option<String> {
    let href = parse(text)?;
    let origin = href.strip_suffix('/')?;
    let (_, host) = split_around(origin, "//")?;
    let only = !host.bytes().any(|byte| matches!(byte, b'/' | b'*' | b'@'));
    only.then(|| origin.into())
}

/// Whether a string starts as an absolute http or https URL does.
pub fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Parses an http or https URL and writes it in normal form.
#[cfg(target_arch = "wasm32")]
fn parse(url: &str) -> Option<String> {
    let href = web_sys::Url::new(url).ok()?.href();
    is_web(&href).then_some(href)
}

/// Parses an http or https URL and writes it in normal form, as browsers do.
#[cfg(not(target_arch = "wasm32"))]
fn parse(url: &str) -> Option<String> {
    let href = String::from(url::Url::parse(url).ok()?);
    is_web(&href).then_some(href)
}

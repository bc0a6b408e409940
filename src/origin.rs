//! Which origins may be the host (spec section 9).

/// An origin, or all hosts below one: `https://console.example.com:8443`, `https://*.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As browsers write it, without the `*.`.
    origin: String,
    /// What the hosts below it end with: `.example.com:8443`. `None` where it is one origin.
    ending: Option<String>,
}

impl Pattern {
    /// Reads an origin: scheme `http` or `https`, a host, a port. What browsers write otherwise is forgiven: upper case, an
    /// international name, a default port, one `/` at the end. A path, a query or credentials are not.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((scheme, domain)) = split_around(text, "//*.") else {
            let origin = alone(text)?;
            return Some(Self {
                origin,
                ending: None,
            });
        };
        let origin = alone(&[scheme, "//", domain].concat())?;
        let (_, host) = split_around(&origin, "//")?;
        let ending = Some([".", host].concat());
        Some(Self { origin, ending })
    }

    /// Whether an origin, as a browser writes it, is this one or one of these.
    pub fn matches(&self, origin: &str) -> bool {
        match &self.ending {
            None => origin == self.origin,
            // Both have one of two schemes, and what is no origin at all has no say.
            Some(ending) => {
                origin.ends_with(ending.as_str())
                    && of_url(origin).as_deref() == Some(origin)
                    && origin.starts_with("https:") == self.origin.starts_with("https:")
            }
        }
    }

    /// The origin itself, where it is one and not a pattern: what a message can be posted to.
    pub fn exact(&self) -> Option<&str> {
        self.ending.is_none().then_some(self.origin.as_str())
    }
}

/// What stands before and after the first `mark`. The standard library's `split_once` brings a searcher of 1 KB.
fn split_around<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let mut parts = text.as_bytes().windows(mark.len());
    let at = parts.position(|part| part == mark.as_bytes())?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// The origin that a string is, if it is nothing else. Browsers take a `*` for a part of a name.
fn alone(text: &str) -> Option<String> {
    let (href, origin) = parse(text)?;
    let alone = href.strip_suffix('/') == Some(&origin) && !text.bytes().any(|byte| byte == b'*');
    alone.then_some(origin)
}

/// The origin of an http or https URL.
pub fn of_url(url: &str) -> Option<String> {
    parse(url).map(|(_, origin)| origin)
}

/// Whether a string starts as an absolute http or https URL does.
pub fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// An http or https URL as the platform writes it, and its origin.
#[cfg(target_arch = "wasm32")]
fn parse(url: &str) -> Option<(String, String)> {
    let url = web_sys::Url::new(url).ok()?;
    let href = url.href();
    is_web(&href).then(|| (href, url.origin()))
}

/// An http or https URL as the platform writes it, and its origin.
#[cfg(not(target_arch = "wasm32"))]
fn parse(url: &str) -> Option<(String, String)> {
    let url = url::Url::parse(url).ok()?;
    let href = String::from(url.as_str());
    is_web(&href).then(|| (href, url.origin().ascii_serialization()))
}

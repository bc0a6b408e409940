//! URLs that the platform parses. It answers with the URL as one text, whose parts are found here.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(String);

/// The parts of a serialized URL, each as it is written there. The characters that separate them are escaped in all others.
#[derive(Debug, Default)]
struct Parts<'a> {
    scheme: &'a str,
    user: &'a str,
    password: Option<&'a str>,
    host: Option<&'a str>,
    port: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
}

impl Url {
    /// Parses an absolute URL.
    ///
    /// # Errors
    ///
    /// If the text is none.
    pub fn parse(text: &str) -> Result<Self, NoUrl> {
        serialized(text, "").map(Url).ok_or(NoUrl)
    }

    /// Parses a URL that may be relative to this one.
    ///
    /// # Errors
    ///
    /// If the text is none.
    pub fn join(&self, text: &str) -> Result<Self, NoUrl> {
        serialized(text, &self.0).map(Url).ok_or(NoUrl)
    }

    /// The serialized URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scheme, without the colon.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.parts().scheme
    }

    /// The user's name; empty if there is none.
    #[must_use]
    pub fn username(&self) -> &str {
        self.parts().user
    }

    /// The user's password.
    #[must_use]
    pub fn password(&self) -> Option<&str> {
        self.parts().password
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> Option<Host<&str>> {
        let Parts { scheme, host, .. } = self.parts();
        let host = host?;
        let in_brackets = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        let address = match in_brackets {
            Some(text) => text.parse().ok().map(Host::Ipv6),
            // Elsewhere a number is a name.
            None if usual_port(scheme).is_some() => host.parse().ok().map(Host::Ipv4),
            None => None,
        };
        Some(address.unwrap_or(Host::Domain(host)))
    }

    /// The host as it is written.
    #[must_use]
    pub fn host_str(&self) -> Option<&str> {
        self.parts().host
    }

    /// The port, if it is not the scheme's usual one.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.parts().port?.parse().ok()
    }

    /// The port, if the URL or the scheme has one.
    #[must_use]
    pub fn port_or_known_default(&self) -> Option<u16> {
        self.port().or_else(|| usual_port(self.scheme()))
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &str {
        self.parts().path
    }

    /// The query, without the question mark.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.parts().query
    }

    /// The origin.
    #[must_use]
    pub fn origin(&self) -> Origin {
        let Parts {
            scheme, host, port, ..
        } = self.parts();
        let host = host.filter(|_| usual_port(scheme).is_some());
        Origin(host.map(|host| match port {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        }))
    }

    fn parts(&self) -> Parts<'_> {
        let text = self.0.split('#').next().unwrap_or_default();
        let (text, query) = cut(text, '?');
        let Some((scheme, rest)) = text.split_once(':') else {
            return Parts::default();
        };
        // These two are written before a path that could be taken for a host.
        let path = rest.strip_prefix("/.").filter(|it| it.starts_with("//"));
        let mut parts = Parts {
            scheme,
            path: path.unwrap_or(rest),
            query,
            ..Parts::default()
        };
        if let Some(rest) = rest.strip_prefix("//") {
            let authority = rest.split('/').next().unwrap_or_default();
            parts.path = rest.strip_prefix(authority).unwrap_or_default();
            let (credentials, place) = authority.rsplit_once('@').unwrap_or(("", authority));
            (parts.user, parts.password) = cut(credentials, ':');
            let (host, port) = match place.rsplit_once(':') {
                // The last colon of `[::1]` is inside the brackets.
                Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
                _ => (place, None),
            };
            parts.host = Some(host).filter(|it| !it.is_empty());
            parts.port = port;
        }
        parts
    }
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// Of the schemes whose URLs have a host and an origin.
fn usual_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Url {
    type Err = NoUrl;

    fn from_str(text: &str) -> Result<Self, NoUrl> {
        Url::parse(text)
    }
}

impl From<Url> for String {
    fn from(url: Url) -> String {
        url.0
    }
}

/// The text is no URL, or no host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoUrl;

impl fmt::Display for NoUrl {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("it is no URL")
    }
}

impl std::error::Error for NoUrl {}

/// The origin of a URL. `None` is one that equals no other, not even itself.
#[derive(Debug, Clone)]
pub struct Origin(Option<String>);

impl Origin {
    /// As browsers write it.
    #[must_use]
    pub fn ascii_serialization(&self) -> String {
        self.0.clone().unwrap_or_else(|| "null".to_owned())
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_some() && self.0 == other.0
    }
}

/// The host of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host<S = String> {
    /// A name, in lower case and in ASCII.
    Domain(S),
    /// An address.
    Ipv4(Ipv4Addr),
    /// An address.
    Ipv6(Ipv6Addr),
}

impl Host {
    /// Parses what may be the host of an `http:` URL.
    ///
    /// # Errors
    ///
    /// If the text is none.
    pub fn parse(text: &str) -> Result<Self, NoUrl> {
        // In a URL the host would end at these, or they would be left out.
        let ends = ['/', '\\', '?', '#', '@', '\t', '\n', '\r'];
        let is_sound = match text.strip_prefix('[') {
            Some(rest) => rest.ends_with(']'),
            None => !text.is_empty() && !text.contains(':'),
        };
        if !is_sound || text.contains(ends) {
            return Err(NoUrl);
        }
        let url = Url::parse(&format!("http://{text}/"))?;
        match url.host() {
            Some(Host::Domain(name)) => Ok(Host::Domain(name.to_owned())),
            Some(Host::Ipv4(address)) => Ok(Host::Ipv4(address)),
            Some(Host::Ipv6(address)) => Ok(Host::Ipv6(address)),
            None => Err(NoUrl),
        }
    }
}

/// The URL that the platform finds in a text. An empty base is none.
#[cfg(target_arch = "wasm32")]
fn serialized(text: &str, base: &str) -> Option<String> {
    #[link(wasm_import_module = "juzi_hub")]
    unsafe extern "C" {
        fn parse_url(
            text: *const u8,
            text_length: usize,
            base: *const u8,
            base_length: usize,
            room: *mut u8,
            room_length: usize,
        ) -> usize;
    }

    // Enough for nearly all: escaping makes a text longer.
    let mut room = vec![0; 64 + base.len() + text.len()];
    for _ in 0..2 {
        // SAFETY: the places and lengths are those of live texts. The platform writes nothing outside of `room`.
        let length = unsafe {
            parse_url(
                text.as_ptr(),
                text.len(),
                base.as_ptr(),
                base.len(),
                room.as_mut_ptr(),
                room.len(),
            )
        };
        if length <= room.len() {
            room.truncate(length);
            return String::from_utf8(room).ok().filter(|it| !it.is_empty());
        }
        room.resize(length, 0);
    }
    None
}

/// The tests have no platform.
#[cfg(not(target_arch = "wasm32"))]
fn serialized(text: &str, base: &str) -> Option<String> {
    let base = (!base.is_empty()).then(|| ::url::Url::parse(base).unwrap());
    let options = ::url::Url::options().base_url(base.as_ref());
    options.parse(text).ok().map(String::from)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Hosts of all kinds.
    fn hosts() -> Vec<String> {
        let table = include_str!("../../../tests/vectors/hub.json");
        let table: Value = serde_json::from_str(table).unwrap();
        let kinds = table["hosts"].as_object().unwrap().values();
        let named = kinds.flat_map(|it| it.as_array().unwrap());
        let odd = [
            "例子.测试",
            "a%2Fb",
            "%6C",
            "\u{ad}",
            "xn--",
            "a b",
            "a\tb",
            "[::1]:80",
            "[::1]:80]",
            "[]",
            "[",
            "1.2.3.4.5",
        ];
        let named = named.map(|it| it.as_str().unwrap().to_owned());
        named.chain(odd.map(str::to_owned)).collect()
    }

    fn written<S: fmt::Display>(it: Host<S>) -> String {
        match it {
            Host::Domain(name) => format!("name {name}"),
            Host::Ipv4(address) => format!("v4 {address}"),
            Host::Ipv6(address) => format!("v6 {address}"),
        }
    }

    fn expected<S: fmt::Display>(it: ::url::Host<S>) -> String {
        match it {
            ::url::Host::Domain(name) => format!("name {name}"),
            ::url::Host::Ipv4(address) => format!("v4 {address}"),
            ::url::Host::Ipv6(address) => format!("v6 {address}"),
        }
    }

    #[test]
    fn a_host_is_what_it_is_natively() {
        for text in hosts() {
            let found = Host::parse(&text).ok().map(written);
            let native = ::url::Host::parse(&text).ok().map(expected);
            assert_eq!(found, native, "{text:?}");
        }
    }

    #[test]
    fn the_parts_of_a_url_are_what_they_are_natively() {
        let mut texts: Vec<String> = [
            "http://a.example",
            "HTTP://A.example:80/b/../c?d=1&e#f?g#h",
            "https://user:word@a.example:8443/x@y:z//?q@:/#",
            "https://user@a.example",
            "https://:word@a.example/",
            "https://:@a.example/",
            "https://u@v:w@a.example/",
            "http://[::1]:8080/?",
            "http://[::1]",
            "https://a.example:443?x#y",
            "http://a.example/?#",
            "ws://a.example:81/",
            "ftp://a.example:21/x",
            "file:///etc/x?y",
            "about:blank",
            "data:text/html,a:b//c?d#e",
            "javascript:alert(1)",
            "app://127.0.0.1:80/x",
            "app:///x",
            "app:/.//x",
            "app:x",
            "mailto:a@b.example",
            "not a url",
            "//a.example",
            "",
        ]
        .map(str::to_owned)
        .into();
        for host in hosts() {
            texts.push(format!("http://{host}/cb?a=1#b"));
            texts.push(format!("https://{host}:8080"));
            texts.push(format!("app://{host}:8080"));
        }
        for text in texts {
            let native = ::url::Url::parse(&text).ok();
            let found = Url::parse(&text).ok();
            assert_eq!(found.is_some(), native.is_some(), "{text:?}");
            let (Some(found), Some(native)) = (found, native) else {
                continue;
            };
            assert_eq!(found.as_str(), native.as_str());
            assert_eq!(found.scheme(), native.scheme(), "{text:?}");
            assert_eq!(found.username(), native.username(), "{text:?}");
            assert_eq!(found.password(), native.password(), "{text:?}");
            assert_eq!(found.host_str(), native.host_str(), "{text:?}");
            assert_eq!(
                found.host().map(written),
                native.host().map(expected),
                "{text:?}"
            );
            assert_eq!(found.port(), native.port(), "{text:?}");
            assert_eq!(
                found.port_or_known_default(),
                native.port_or_known_default(),
                "{text:?}"
            );
            assert_eq!(found.path(), native.path(), "{text:?}");
            assert_eq!(found.query(), native.query(), "{text:?}");
            let (origin, other) = (found.origin(), native.origin());
            assert_eq!(
                origin.ascii_serialization(),
                other.ascii_serialization(),
                "{text:?}"
            );
            assert_eq!(origin == found.origin(), other == native.origin());
        }
    }

    #[test]
    fn a_relative_url_is_joined() {
        let base = Url::parse("http://a.example/b/c?d").unwrap();
        assert_eq!(base.join("e").unwrap().as_str(), "http://a.example/b/e");
        assert_eq!(base.join("//x").unwrap().to_string(), "http://x/");
        assert!(base.join("http://").is_err());
    }
}

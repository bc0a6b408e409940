//! A request as its caller received it, and what only the caller knows: the time and random bytes.

/// A request to the server that the hub is in.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// In capitals.
    pub method: &'a str,
    /// As it was sent, without the query: nothing in it is decoded.
    pub path: &'a str,
    /// Without the question mark. Empty for none.
    pub query: &'a str,
    /// Whether it came over TLS.
    pub secure: bool,
    /// In the order in which they came, their names in lower case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The whole body.
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    /// The first header with this name.
    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        let mut named = self.headers.iter().filter(|it| it.0 == name);
        named.next().map(|it| it.1)
    }

    /// The same, for a rule that trusts it: empty if it has characters that no browser sends. A parser of addresses would take some of
    /// them for others.
    pub(crate) fn plain_header(&self, name: &str) -> Option<&'a str> {
        let is_plain = |it: &str| it.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t'));
        let value = self.header(name)?;
        Some(if is_plain(value) { value } else { "" })
    }

    /// Whether the request only reads. A server answers HEAD like GET, without the body.
    pub(crate) fn only_reads(&self) -> bool {
        matches!(self.method, "GET" | "HEAD")
    }
}

/// What the caller knows when it passes a request on. The hub has no clock and no randomness of its own.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// Milliseconds since the epoch, on the clock that decides when codes expire.
    pub ms: u64,
    /// How long ago the request came, for the log, in milliseconds.
    pub elapsed_ms: f64,
    /// For a code, if one is issued: new for every request, and nobody can guess them. `None` if the system gives none.
    pub random: Option<[u8; 16]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fullwidth characters that a parser of addresses reads as `localhost`.
    #[test]
    fn what_no_browser_sends_is_no_header_to_trust() {
        let odd = "ｌｏｃａｌｈｏｓｔ";
        assert_eq!(url::Host::parse(odd).unwrap().to_string(), "localhost");
        let headers = [
            ("host", odd),
            ("host", "localhost"),
            ("referer", "http://a/"),
        ];
        let request = Request {
            method: "GET",
            path: "/",
            query: "",
            secure: false,
            headers: &headers,
            body: b"",
        };
        assert_eq!(request.header("host"), Some(odd));
        assert_eq!(request.plain_header("host"), Some(""));
        assert_eq!(request.plain_header("referer"), Some("http://a/"));
        assert_eq!(request.plain_header("origin"), None);
    }
}

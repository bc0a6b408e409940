//! A request as the caller received it, and what only the caller can provide: the time and random bytes.

/// A request to the server that runs the hub.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// In upper case.
    pub method: &'a str,
    /// As sent, without the query. Nothing in it is decoded.
    pub path: &'a str,
    /// Without the question mark. Empty for none.
    pub query: &'a str,
    /// Whether it came over TLS.
    pub secure: bool,
    /// In the order received, with their names in lower case.
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

    /// The same header, for a rule that relies on it: empty if it has characters that no browser sends. A URL parser reads some of them as
    /// other characters.
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

/// What the caller provides with each request. The hub has no clock and no source of randomness of its own.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// Milliseconds since the epoch, on the clock that decides when codes expire.
    pub ms: u64,
    /// How long ago the request arrived, in milliseconds. For the log.
    pub elapsed_ms: f64,
    /// Random bytes for a code: new for every request, and unpredictable. `None` if the system provides none.
    pub random: Option<[u8; 16]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fullwidth characters that a URL parser reads as `localhost`.
    #[test]
    fn a_header_that_no_browser_sends_is_not_trusted() {
        let odd = "ｌｏｃａｌｈｏｓｔ";
        assert_eq!(
            crate::url::Host::parse(odd).unwrap().to_string(),
            "localhost"
        );
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

//! Whether the page lets the console frame it.

use super::answer::Answer;
use super::problem::Problem;
use crate::url::Url;

/// `frame-ancestors` makes browsers ignore `X-Frame-Options`.
pub fn check(page: &Url, console: &Url, answer: &Answer) -> Option<Problem> {
    let policies: Vec<String> = answer
        .texts("content-security-policy")
        .flat_map(|it| it.split(','))
        .filter_map(frame_ancestors)
        .collect();
    if !policies.is_empty() {
        let refused = policies
            .into_iter()
            .find(|sources| !allows(sources, page, console))?;
        return Some(Problem::FrameAncestors {
            value: refused,
            console: console.origin().ascii_serialization(),
        });
    }
    let value = answer.text("x-frame-options")?;
    let has = |name: &str| {
        value
            .split(',')
            .any(|it| it.trim().eq_ignore_ascii_case(name))
    };
    let same_origin = page.origin() == console.origin();
    (has("deny") || has("sameorigin") && !same_origin).then_some(Problem::XFrameOptions { value })
}

/// The sources of a policy's first `frame-ancestors`.
fn frame_ancestors(policy: &str) -> Option<String> {
    policy.split(';').find_map(|directive| {
        let directive = directive.trim();
        let (name, sources) = directive
            .split_once(|c: char| c.is_ascii_whitespace())
            .unwrap_or((directive, ""));
        name.eq_ignore_ascii_case("frame-ancestors")
            .then(|| sources.trim().to_owned())
    })
}

/// Matches a URL against a list of sources, as CSP does. An empty list matches nothing.
fn allows(sources: &str, page: &Url, console: &Url) -> bool {
    sources
        .split_ascii_whitespace()
        .any(|source| matches(&source.to_ascii_lowercase(), page, console))
}

fn matches(source: &str, page: &Url, console: &Url) -> bool {
    match source {
        "'none'" => false,
        "'self'" => page.origin() == console.origin(),
        "*" => true,
        _ => {
            if let Some(scheme) = source.strip_suffix(':') {
                return scheme_allows(scheme, console.scheme());
            }
            let (scheme, rest) = source.split_once("://").unwrap_or((page.scheme(), source));
            let authority = rest.split('/').next().unwrap_or_default();
            let (host, port) = match authority.rsplit_once(':') {
                Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
                _ => (authority, None),
            };
            scheme_allows(scheme, console.scheme())
                && host_matches(host, console.host_str().unwrap_or_default())
                && port_matches(port, console)
        }
    }
}

/// A source may be upgraded to TLS, but not downgraded.
fn scheme_allows(source: &str, scheme: &str) -> bool {
    source == scheme || source == "http" && scheme == "https"
}

fn host_matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(parent) => host
            .strip_suffix(parent)
            .is_some_and(|it| it.ends_with('.')),
        None => pattern == "*" || pattern == host,
    }
}

fn port_matches(port: Option<&str>, console: &Url) -> bool {
    match port {
        Some("*") => true,
        Some(port) => port.parse().ok() == console.port_or_known_default(),
        None => console.port().is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(sources: &str, page: &str) -> bool {
        let console = "http://127.0.0.1:8787/".parse().unwrap();
        allows(sources, &page.parse().unwrap(), &console)
    }

    #[test]
    fn a_source_list_is_matched_as_browsers_do() {
        let page = "http://localhost:5173/";
        for (sources, expected) in [
            ("", false),
            ("'none'", false),
            ("'self'", false),
            ("*", true),
            ("http:", true),
            ("https:", false),
            ("http://127.0.0.1:8787", true),
            ("http://127.0.0.1:*", true),
            ("127.0.0.1:8787", true),
            ("HTTP://127.0.0.1:8787/x", true),
            ("http://127.0.0.1", false),
            ("http://127.0.0.1:1", false),
            ("https://127.0.0.1:8787", false),
            ("https://*.juzibot.com 'self'", false),
            ("https://*.juzibot.com http://127.0.0.1:8787", true),
        ] {
            assert_eq!(allowed(sources, page), expected, "{sources}");
        }
        assert!(allowed("'self'", "http://127.0.0.1:8787/demo/"));
        assert!(
            !allowed("127.0.0.1:8787", "https://localhost:5173/"),
            "without a scheme, it is the page's"
        );
    }

    #[test]
    fn a_star_stands_for_subdomains() {
        assert!(host_matches("*.a.example", "b.a.example"));
        assert!(!host_matches("*.a.example", "a.example"));
        assert!(!host_matches("*.a.example", "ba.example"));
    }

    #[test]
    fn the_directive_is_found_among_others() {
        let found = |policy| frame_ancestors(policy);
        assert_eq!(
            found("default-src 'self'; Frame-Ancestors  'none' ").as_deref(),
            Some("'none'")
        );
        assert_eq!(found("frame-ancestors").as_deref(), Some(""));
        assert_eq!(found("frame-src 'none'"), None);
    }
}

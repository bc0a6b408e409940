//! Options of any form, and origins compared with `allowedHosts`: the input is `{ …options, origin }`.
#![no_main]

use juzi_helper::internals::options::Options;
use juzi_helper::internals::origin::Pattern;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use url::Url;

/// An origin as a browser writes it.
fn as_origin(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (url.origin().ascii_serialization() == text).then_some(url)
}

fuzz_target!(|given: &[u8]| {
    let Ok(given) = serde_json::from_slice::<Value>(given) else {
        return;
    };
    let options = Options::parse(&given, |fault| assert!(!fault.reason().is_empty()));
    assert!(
        options
            .timeout
            .is_none_or(|timeout| (1..=2_147_483_647).contains(&timeout))
    );
    assert!(
        options
            .allowed_hosts
            .iter()
            .flatten()
            .filter_map(Pattern::exact)
            .all(|exact| options.allows(exact))
    );
    let (Some(hosts), Some(origin)) = (given["allowedHosts"].as_str(), given["origin"].as_str())
    else {
        return;
    };
    for pattern in hosts.split_whitespace() {
        if !Pattern::parse(pattern).is_some_and(|pattern| pattern.matches(origin)) {
            continue;
        }
        let Some(url) = as_origin(origin) else {
            // The pattern does not decode international names. A browser does, and never reports an origin with an invalid one.
            assert!(
                origin
                    .split(['/', '.'])
                    .any(|label| label.starts_with("xn--")),
                "{origin} is no origin, and {pattern} lets it in"
            );
            continue;
        };
        // A second implementation of the pattern's rule.
        let domain = Url::parse(&pattern.replacen("*.", "", 1))
            .expect("what we take for an origin is an address");
        assert_eq!(url.scheme(), domain.scheme(), "{pattern} {origin}");
        assert_eq!(
            url.port_or_known_default(),
            domain.port_or_known_default(),
            "{pattern} {origin}"
        );
        let (host, domain) = (
            url.host_str().unwrap_or_default(),
            domain.host_str().unwrap_or_default(),
        );
        match pattern.contains('*') {
            false => assert_eq!(host, domain, "{pattern} {origin}"),
            true => assert!(host.ends_with(&format!(".{domain}")), "{pattern} {origin}"),
        }
    }
});

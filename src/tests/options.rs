//! Options, one malformed at a time, and which origins may be the host.

use crate::options::Options;
use crate::origin::Pattern;
use crate::value::Value;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn faults(given: &Json) -> Vec<String> {
    read_all(given).1
}

/// The options, and the texts of their faults.
pub fn read_all<V: Value>(given: &V) -> (Options, Vec<String>) {
    let mut faults = Vec::new();
    let options = Options::parse(given, |fault| faults.push(fault.reason()));
    (options, faults)
}

/// Reads without a fault.
#[track_caller]
fn read(given: Json) -> Options {
    assert_eq!(faults(&given), Vec::<String>::new(), "{given}");
    read_all(&given).0
}

/// The default, and one fault.
#[track_caller]
fn refused(given: Json, expected: &str) {
    assert_eq!(faults(&given), [expected], "{given}");
    assert_eq!(read_all(&given).0, Options::default(), "{given}");
}

// ---- Each option ----

#[test]
fn the_defaults_are_those_of_the_table() {
    let defaults = read(json!({}));
    assert_eq!(defaults, Options::default());
    assert_eq!(
        (
            defaults.timeout,
            defaults.force,
            defaults.bridge,
            defaults.debug,
            defaults.user_agent
        ),
        (None, false, true, false, false)
    );
    assert!(allows(&defaults, "https://anything.example"));
    assert_eq!(read(json!(null)), defaults);
    assert_eq!(
        read(json!({ "timeout": null, "force": null, "allowedHosts": null, "somethingElse": 1 })),
        defaults
    );
}

#[test]
fn the_user_agent_is_wxwork_or_none() {
    assert!(read(json!({ "userAgent": "wxwork" })).user_agent);
    for wrong in [
        json!(""),
        json!("WXWORK"),
        json!("MicroMessenger"),
        json!("true"),
        json!(true),
        json!(1),
        json!(["wxwork"]),
        json!({}),
    ] {
        refused(json!({ "userAgent": wrong }), "userAgent must be wxwork");
    }
}

#[test]
fn options_that_are_no_object_are_refused() {
    for wrong in [
        json!("timeout"),
        json!(""),
        json!(1),
        json!(true),
        json!([]),
    ] {
        refused(wrong, "options must be an object");
    }
}

#[test]
fn the_timeout_is_in_milliseconds_as_a_number_or_an_attribute_s_text() {
    for (given, expected) in [
        (json!(1), 1),
        (json!(500), 500),
        (json!(1500.9), 1500),
        (json!("2000"), 2000),
        (json!(" 2000 "), 2000),
        (json!(2_147_483_647), 2_147_483_647),
    ] {
        assert_eq!(read(json!({ "timeout": given })).timeout, Some(expected));
    }
    for wrong in [
        json!(0),
        json!(-1),
        json!(0.5),
        json!(2_147_483_648_u32),
        json!(1e300),
        json!(""),
        json!(" "),
        json!("2 s"),
        json!("NaN"),
        json!("Infinity"),
        json!(true),
        json!([]),
        json!({}),
    ] {
        refused(
            json!({ "timeout": wrong }),
            "timeout must be a number of milliseconds from 1 to 2147483647",
        );
    }
}

#[test]
fn switches_are_booleans_or_an_attribute_s_text() {
    for (given, expected) in [
        (json!(true), true),
        (json!(false), false),
        (json!("true"), true),
        (json!("false"), false),
        // `data-debug` without a value.
        (json!(""), true),
    ] {
        assert_eq!(read(json!({ "force": given })).force, expected);
        assert_eq!(read(json!({ "bridge": given })).bridge, expected);
        assert_eq!(read(json!({ "debug": given })).debug, expected);
    }
    for name in ["force", "bridge", "debug"] {
        for wrong in [
            json!("yes"),
            json!("TRUE"),
            json!(" true"),
            json!(1),
            json!(0),
            json!([]),
            json!({}),
        ] {
            refused(
                json!({ name: wrong }),
                &format!("{name} must be true or false"),
            );
        }
    }
}

#[test]
fn allowed_hosts_are_a_list_or_an_attribute_s_text() {
    let list = read(json!({ "allowedHosts": ["https://a.example", "https://*.b.example"] }));
    let text = read(json!({ "allowedHosts": "\n https://a.example\t https://*.b.example " }));
    assert_eq!(list, text);
    assert!(allows(&list, "https://a.example") && allows(&list, "https://x.b.example"));
    assert!(!allows(&list, "https://c.example") && !allows(&list, ""));
}

#[test]
fn allowed_hosts_of_another_type_are_refused() {
    for wrong in [json!(1), json!(true), json!({}), json!("")] {
        let given = json!({ "allowedHosts": wrong });
        let expected = ["allowedHosts must be an array of origins", NOBODY];
        assert_eq!(faults(&given), expected, "{given}");
        assert_allows_nobody(&given);
    }
}

const NOBODY: &str = "allowedHosts has no usable entry, so no host is allowed: write origins such as https://a.example.com or https://*.example.com";

fn assert_allows_nobody(given: &Json) {
    let options = read_all(given).0;
    for origin in [
        "https://console.juzibot.com",
        "https://a.example",
        "null",
        "",
    ] {
        assert!(!allows(&options, origin), "{given} lets {origin} in");
    }
}

#[test]
fn localhost_is_an_entry_that_is_no_origin() {
    for given in [
        json!("localhost"),
        json!(["localhost"]),
        json!("https://a.example localhost"),
        json!(["localhost", "localhost", "https://a.example"]),
    ] {
        let options = read(json!({ "allowedHosts": given }));
        assert!(options.allows_local());
        for origin in [
            "localhost",
            "localhost*",
            "http://localhost",
            "https://localhost",
            "http://127.0.0.1:5173",
            "https://b.example",
        ] {
            assert!(!allows(&options, origin), "{given}: {origin}");
        }
    }
    for given in [
        "http://localhost",
        "http://localhost:5173",
        "https://*.localhost",
        "https://localhost.example",
    ] {
        assert!(
            !read(json!({ "allowedHosts": given })).allows_local(),
            "{given}"
        );
    }
    for wrong in ["LOCALHOST", "localhost:5173", "localhost*", "*.localhost"] {
        assert!(
            !faults(&json!({ "allowedHosts": wrong })).is_empty(),
            "{wrong}"
        );
    }
}

#[test]
fn allowed_hosts_without_a_usable_entry_allow_no_host() {
    for hosts in [
        json!([]),
        json!(" "),
        json!([null]),
        json!(["juzibot.com"]),
        json!("juzibot.com *"),
        json!(["*"]),
        json!(["null"]),
        json!([""]),
        json!(["", 7]),
        json!(vec!["https://a.example"; 1_001]),
    ] {
        let given = json!({ "allowedHosts": hosts });
        assert_allows_nobody(&given);
        assert_eq!(faults(&given).last().map(String::as_str), Some(NOBODY));
    }
    let given = json!({ "allowedHosts": null });
    assert!(allows(&read_all(&given).0, "https://a.example"));
}

#[test]
fn a_malformed_host_is_named_and_the_others_stay_in_force() {
    let given = json!({ "allowedHosts": ["console.example.com", "https://a.example", 7] });
    assert_eq!(
        faults(&given),
        [
            "allowedHosts: \"console.example.com\" is not an origin such as https://a.example.com or https://*.example.com",
            "allowedHosts[2] must be a string",
        ]
    );
    let options = read_all(&given).0;
    assert!(allows(&options, "https://a.example"));
    assert!(!allows(&options, "https://console.example.com"));
}

#[test]
fn every_malformed_option_is_reported_at_once() {
    let given = json!({ "allowedHosts": 1, "timeout": "soon", "force": 1, "bridge": 1, "debug": 1, "userAgent": 1 });
    let found = faults(&given);
    assert_eq!(found.len(), 7, "{found:?}");
    for name in [
        "allowedHosts",
        "timeout",
        "force",
        "bridge",
        "debug",
        "userAgent",
    ] {
        assert!(
            found.iter().any(|text| text.starts_with(name)),
            "{name} in {found:?}"
        );
    }
    let (mut options, _) = read_all(&given);
    assert_eq!(options.allowed_hosts.take(), Some(vec![]));
    assert_eq!(options, Options::default());
}

#[test]
fn one_malformed_option_leaves_the_others_as_given() {
    let given = json!({ "timeout": "soon", "debug": true, "bridge": "false" });
    let (options, found) = read_all(&given);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (options.timeout, options.debug, options.bridge),
        (None, true, false)
    );
}

// ---- Origins ----

#[track_caller]
fn pattern(text: &str) -> Pattern {
    parse(text).expect(text)
}

fn parse(text: &str) -> Option<Pattern> {
    Pattern::parse(text)
}

fn matches(pattern: &Pattern, origin: &str) -> bool {
    pattern.matches(origin)
}

fn exact(pattern: &Pattern) -> Option<&str> {
    pattern.exact()
}

fn allows(options: &Options, origin: &str) -> bool {
    options.allows(origin)
}

#[test]
fn an_origin_in_upper_case_does_not_match() {
    let below = pattern("https://*.example.com");
    assert!(matches(&below, "https://a.example.com"));
    assert!(!matches(&below, "https://A.example.com"));
    assert!(!matches(&pattern("https://*.com/"), "https://exAmple.com"));
}

#[test]
fn an_origin_matches_itself_and_no_other() {
    let console = pattern("https://console.example.com");
    assert!(matches(&console, "https://console.example.com"));
    for other in [
        "http://console.example.com",
        "https://console.example.com:8443",
        "https://console.example.com.evil.com",
        "https://evil-console.example.com",
        "https://x.console.example.com",
        "https://example.com",
        "https://console.example.com/",
        "null",
        "",
        "*",
    ] {
        assert!(!matches(&console, other), "{other}");
    }
    assert_eq!(exact(&console), Some("https://console.example.com"));
}

#[test]
fn a_wildcard_matches_all_hosts_below_and_not_the_name_itself() {
    let wild = pattern("https://*.example.com");
    for host in [
        "https://a.example.com",
        "https://a.b.c.example.com",
        "https://xn--fiq228c.example.com",
        "https://a-b.example.com",
    ] {
        assert!(matches(&wild, host), "{host}");
    }
    for other in [
        "https://example.com",
        "https://example.com.evil.com",
        "https://evil-example.com",
        "https://evilexample.com",
        "https://a.example.com.evil.com",
        "https://evil.com/.example.com",
        "https://evil.com#.example.com",
        "https://evil.com?.example.com",
        "https://evil.com\\.example.com",
        "https://user@evil.com:.example.com",
        "http://a.example.com",
        "https://a.example.com:8443",
        "https://a.EXAMPLE.com",
        "null",
        "",
    ] {
        assert!(!matches(&wild, other), "{other}");
    }
    assert_eq!(exact(&wild), None);
}

#[test]
fn ports_are_part_of_an_origin() {
    assert!(matches(
        &pattern("http://localhost:8080"),
        "http://localhost:8080"
    ));
    assert!(!matches(
        &pattern("http://localhost:8080"),
        "http://localhost"
    ));
    assert!(!matches(
        &pattern("http://localhost:8080"),
        "http://localhost:80801"
    ));
    let wild = pattern("https://*.example.com:8443");
    assert!(matches(&wild, "https://a.example.com:8443"));
    assert!(!matches(&wild, "https://a.example.com"));
    assert!(!matches(&wild, "https://a.example.com:443"));
}

#[test]
fn other_spellings_of_an_origin_are_normalised() {
    for (given, origin) in [
        ("HTTPS://Console.Example.COM", "https://console.example.com"),
        (
            "https://console.example.com/",
            "https://console.example.com",
        ),
        (
            "https://console.example.com:443",
            "https://console.example.com",
        ),
        (
            "https://console.example.com:443/",
            "https://console.example.com",
        ),
        (
            "http://console.example.com:80",
            "http://console.example.com",
        ),
        (
            "http://console.example.com:443",
            "http://console.example.com:443",
        ),
        (
            "https://console.example.com:",
            "https://console.example.com",
        ),
        ("http://localhost:080", "http://localhost"),
        ("https://句子.example.com", "https://xn--8oro6o.example.com"),
        ("https://[::1]:443", "https://[::1]"),
        ("https://[0:0::1]", "https://[::1]"),
        ("http://127.1", "http://127.0.0.1"),
    ] {
        assert_eq!(exact(&pattern(given)), Some(origin), "{given}");
        assert!(matches(&pattern(given), origin), "{given}");
    }
    assert!(matches(
        &pattern("https://*.Example.com:443/"),
        "https://a.example.com"
    ));
}

#[test]
fn punycode_and_addresses_are_hosts() {
    for origin in [
        "https://xn--fiqs8s.example",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "http://[2001:db8::1]",
        "http://localhost",
    ] {
        assert!(matches(&pattern(origin), origin), "{origin}");
    }
}

#[test]
fn a_string_that_is_no_origin_is_refused() {
    for text in [
        "",
        "null",
        "*",
        "https://",
        "https:///",
        "https://*",
        "https://*.",
        "https://*.*.example.com",
        "https://a.*.example.com",
        "https://*example.com",
        "console.example.com",
        "//console.example.com",
        "ftp://console.example.com",
        "javascript://console.example.com",
        "file:///etc",
        "https://user@console.example.com",
        "https://user:secret@console.example.com",
        "https://console.example.com/path",
        "https://console.example.com//",
        "https://console.example.com?query",
        "https://console.example.com#fragment",
        "https://console.example.com:65536",
        "https://console.example.com:99999999999999999999",
        "https://console.example.com:port",
        "https://console.example.com:-1",
        "https://console.example.com:+1",
        "https://exam ple.com",
        "https://[]",
        "https://[::1",
        "https://::1]",
        "https://[::g]",
        "https://*.example.com:65536",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

/// Origins as browsers write them, and hosts that resemble a pattern's.
fn origin() -> impl Strategy<Value = String> {
    // Never two hyphens in a row: after two letters they claim Punycode, which most random text is not.
    let label = "[a-z0-9](-?[a-z0-9]){0,6}";
    let host = prop_oneof![
        prop::collection::vec(label, 1..4).prop_map(|labels| labels.join(".") + ".test"),
        label.prop_map(|label| label + "example.com"),
        label.prop_map(|label| label + ".example.com"),
        label.prop_map(|label| "example.com.".to_owned() + &label + ".test"),
        Just("example.com".to_owned()),
    ];
    ("https?", host, prop::option::of(1_u16..)).prop_map(|(scheme, host, port)| {
        let url = format!(
            "{scheme}://{host}{}",
            port.map(|port| format!(":{port}")).unwrap_or_default()
        );
        url::Url::parse(&url)
            .expect("a URL")
            .origin()
            .ascii_serialization()
    })
}

proptest! {
    #[test]
    fn every_origin_is_a_pattern_of_itself_alone(origin in origin(), other in origin()) {
        let pattern = parse(&origin).expect("an origin");
        prop_assert_eq!(exact(&pattern), Some(origin.as_str()));
        prop_assert_eq!(matches(&pattern, &other), origin == other);
    }

    #[test]
    fn a_pattern_that_is_accepted_reads_as_the_same_origin_in_a_browser(text in "(?i)(https?|ftp|)://[a-z0-9.:@/?#\\[\\]*_-]{0,20}") {
        let Some(pattern) = parse(&text) else { return Ok(()) };
        if let Some(exact) = exact(&pattern) {
            let url = url::Url::parse(&text).expect("what is taken for an origin is a URL");
            prop_assert_eq!(url.origin().ascii_serialization(), exact);
            prop_assert!(matches!(url.scheme(), "http" | "https"));
            prop_assert!(url.username().is_empty() && url.password().is_none());
            prop_assert_eq!((url.path(), url.query(), url.fragment()), ("/", None, None));
        }
    }

    #[test]
    fn a_wildcard_matches_exactly_the_hosts_below(origin in origin()) {
        let url = url::Url::parse(&origin).expect("a URL");
        let below = url.host_str().is_some_and(|host| host.ends_with(".example.com"));
        let expected = url.scheme() == "https" && url.port().is_none() && below;
        prop_assert_eq!(matches(&pattern("https://*.example.com"), &origin), expected);
    }

    #[test]
    fn patterns_accept_any_text(text in any::<String>(), origin in any::<String>()) {
        if let Some(pattern) = parse(&text) {
            let _ = matches(&pattern, &origin);
        }
    }
}

//! Detection of the sidebar: the three tests of the specification, and `force`.

use crate::env::{self, Reason};
use proptest::prelude::*;

const CHROME: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36";

/// Reads the query as a browser's `URLSearchParams` does.
pub fn has_parameter(query: &str) -> bool {
    let query = query.strip_prefix('?').unwrap_or(query);
    url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "juziSidebar")
}

fn detect(user_agent: &str, framed: bool, query: &str, force: bool) -> Reason {
    env::detect(user_agent, framed, has_parameter(query), force)
}

fn by_query(query: &str) -> Reason {
    detect(CHROME, true, query, false)
}

#[test]
fn a_framed_page_with_the_parameter_is_in_the_sidebar() {
    assert_eq!(detect(CHROME, true, "?juziSidebar=1", false), Reason::Ok);
}

#[test]
fn wechat_and_wecom_are_recognised_first_and_in_any_case() {
    for name in [
        "MicroMessenger/8.0",
        "micromessenger",
        "MICROMESSENGER",
        "wxwork/4.1",
        "WxWork",
        "WXWORK",
    ] {
        for (framed, query, force) in [
            (true, "?juziSidebar", false),
            (true, "?juziSidebar", true),
            (false, "", false),
        ] {
            let user_agent = format!("{CHROME} {name} Language/zh");
            assert_eq!(detect(&user_agent, framed, query, force), Reason::WechatUa);
        }
    }
    for similar in ["MicroMessenge", "wx work", "wxwor", ""] {
        assert_eq!(detect(similar, true, "?juziSidebar", false), Reason::Ok);
    }
}

#[test]
fn a_top_level_page_is_not_in_the_sidebar() {
    assert_eq!(
        detect(CHROME, false, "?juziSidebar", false),
        Reason::NotFramed
    );
    assert_eq!(detect(CHROME, false, "", true), Reason::NotFramed);
}

#[test]
fn the_parameter_counts_with_any_value_and_anywhere() {
    for query in [
        "?juziSidebar",
        "juziSidebar",
        "?juziSidebar=",
        "?juziSidebar=false",
        "?a=1&juziSidebar&b=2",
        "?&&juziSidebar=1",
        "?juziSidebar=1&juziSidebar=2",
        "?juzi%53idebar",
        "?%6auziSidebar=1",
        "?%6A%75%7A%69%53%69%64%65%62%61%72=x",
        "?juziSidebar==",
    ] {
        assert_eq!(by_query(query), Reason::Ok, "{query}");
    }
}

#[test]
fn other_parameters_do_not_count() {
    for query in [
        "",
        "?",
        "?juzisidebar",
        "?juziSidebars",
        "?xjuziSidebar",
        "?a=juziSidebar",
        "?juziSidebar%",
        "?juziSideba",
        "?juziSideba%7",
        "?juziSideba%zz",
        "?juziSidebar%3D1",
        "?juziSidebar%26",
        "?juziSidebar%00",
        "?juziSidebar+",
        "?+juziSidebar",
        "??juziSidebar",
        "?juziSidebar;a=1",
        "?a;juziSidebar",
    ] {
        assert_eq!(by_query(query), Reason::NoSidebarParam, "{query}");
    }
}

#[test]
fn force_replaces_the_parameter() {
    assert_eq!(detect(CHROME, true, "", true), Reason::Ok);
    assert_eq!(detect(CHROME, true, "?a=1", true), Reason::Ok);
}

#[test]
fn every_reason_has_its_name() {
    let names = [
        Reason::Ok,
        Reason::WechatUa,
        Reason::NotFramed,
        Reason::NoSidebarParam,
    ]
    .map(Reason::as_str);
    assert_eq!(names, ["ok", "wechat-ua", "not-framed", "no-sidebar-param"]);
}

proptest! {
    #[test]
    fn the_parameter_survives_any_encoding_of_its_letters(mask in any::<u16>(), upper in any::<bool>()) {
        let encoded: String = "juziSidebar".bytes().enumerate().map(|(place, byte)| match (mask >> place & 1, upper) {
            (0, _) => char::from(byte).to_string(),
            (_, true) => format!("%{byte:02X}"),
            (_, false) => format!("%{byte:02x}"),
        }).collect();
        prop_assert_eq!(by_query(&format!("?a=1&{encoded}=2")), Reason::Ok);
    }

    #[test]
    fn detection_accepts_any_text(user_agent in any::<String>(), framed: bool, query in any::<String>(), force: bool) {
        let reason = detect(&user_agent, framed, &query, force);
        prop_assert!(framed || reason != Reason::Ok);
    }
}

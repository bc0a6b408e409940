//! Detection of the sidebar: the input is a user agent, a line break, and the query of an address.
#![no_main]

use juzi_helper::internals::env::{Reason, detect};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|given: &str| {
    let Some((user_agent, query)) = given.split_once('\n') else {
        return;
    };
    // An address contains none of these, because the URL parser drops them.
    if query.contains(['\t', '\r', '\n']) {
        return;
    }
    // The page's address, parsed by the `url` crate.
    let mut page = Url::parse("https://page.example/").expect("an address");
    page.set_query(Some(query.strip_prefix('?').unwrap_or(query)));
    let marked = page.query_pairs().any(|(name, _)| name == "juziSidebar");
    let lower = user_agent.to_ascii_lowercase();
    let wechat = lower.contains("micromessenger") || lower.contains("wxwork");
    for framed in [false, true] {
        for force in [false, true] {
            let expected = match (wechat, framed, marked || force) {
                (true, _, _) => Reason::WechatUa,
                (false, false, _) => Reason::NotFramed,
                (false, true, true) => Reason::Ok,
                (false, true, false) => Reason::NoSidebarParam,
            };
            assert_eq!(
                detect(user_agent, framed, marked, force),
                expected,
                "{given:?}"
            );
        }
    }
});

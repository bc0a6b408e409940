//! The login: the input is a callback's address, a line break and the expected state. It is also used as the hub's answer, and
//! its address as the hub's.
#![no_main]

use juzi_helper::oauth::{authorize_url, parse_callback, parse_user_info, user_info_url};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|given: &[u8]| {
    if let Ok(user) = parse_user_info(given) {
        assert!(!user.user_id.is_empty());
    }
    let Ok(given) = core::str::from_utf8(given) else {
        return;
    };
    let (address, state) = given.split_once('\n').unwrap_or((given, "abc"));
    if let Ok(callback) = parse_callback(address, state) {
        assert_eq!(callback.state, state);
        assert!(!callback.state.is_empty() && !callback.code.is_empty());
    }
    if let Ok(url) = authorize_url("https://hub.example/juzi", address, Some(state)) {
        let url = Url::parse(&url).expect("an address");
        assert_eq!(url.host_str(), Some("hub.example"));
        let pairs: Vec<_> = url.query_pairs().collect();
        assert_eq!(
            pairs,
            [
                ("redirect_uri".into(), address.into()),
                ("state".into(), state.into())
            ]
        );
        // The redirect URI is an http(s) address without a user name.
        let back = Url::parse(address).expect("an address");
        assert!(matches!(back.scheme(), "http" | "https") && back.username().is_empty());
    }
    if let Ok(url) = user_info_url(address, state) {
        let url = Url::parse(&url).expect("an address");
        assert!(url.path().ends_with("/api/v1/oauth/getUserInfo") && url.fragment().is_none());
        assert_eq!(
            url.query_pairs().collect::<Vec<_>>(),
            [("code".into(), state.into())]
        );
    }
});

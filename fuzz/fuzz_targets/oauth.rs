//! The login: the input is a callback's address, a line break and the expected state. The whole input is also used as the hub's answer, and
//! the callback's address as the hub's. The second line is also used as a code, and the rest of the input as the hub's answer about it.
#![no_main]

use juzi_helper::oauth::{
    Error, authorize_url, parse_callback, parse_user_info, parse_user_info_of, user_info_url,
};
use libfuzzer_sys::fuzz_target;
use url::Url;

/// Checks the answer about a code: the user is the same as without the code, and an error does not contain the code.
fn about(code: &str, body: &str) {
    let user = parse_user_info_of(code, body.as_bytes());
    let plain = parse_user_info(body.as_bytes());
    match (user, plain) {
        (Err(Error::Refused { errcode, errmsg }), Err(Error::Refused { errcode: same, .. })) => {
            assert_eq!(errcode, same);
            // The texts in the source and escape sequences contain nothing that looks like such a code.
            let is_a_secret = code.len() >= 8
                && code.bytes().all(|it| it.is_ascii_alphanumeric())
                && code.bytes().any(|it| it.is_ascii_digit())
                && !errmsg.contains("\\u");
            assert!(!is_a_secret || !errmsg.contains(code), "{errmsg}");
        }
        (user, plain) => assert_eq!(user, plain),
    }
}

fuzz_target!(|given: &[u8]| {
    if let Ok(user) = parse_user_info(given) {
        assert!(!user.user_id.is_empty());
    }
    let Ok(given) = core::str::from_utf8(given) else {
        return;
    };
    let (address, state) = given.split_once('\n').unwrap_or((given, "abc"));
    let (code, body) = state.split_once('\n').unwrap_or((state, address));
    about(code, body);
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

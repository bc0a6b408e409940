//! The login of a sidebar page's user (spec section 8): what the page's server needs.
//!
//! 1. Make a state with [`new_state`], keep it in the user's session, and send the browser to [`authorize_url`].
//! 2. The hub sends the browser back: [`parse_callback`] reads the code and refuses a callback that is not the session's.
//! 3. `Client::exchange` redeems the code; it needs the feature `http`, and blocks. An asynchronous server calls it in `spawn_blocking`,
//!    or `GET`s [`user_info_url`] with its own HTTP client and gives the answer's body to [`parse_user_info_of`]; see below.
//!
//! A page that calls `sidebarAuth` gets a code without steps 1 and 2. Either code can be redeemed once, within 5 minutes. The page's server
//! redeems it, not the page: the server must learn from the hub who the user is, and not from a browser. `examples/login_server.rs` is such
//! a server.
//!
//! ```
//! use juzi_helper::oauth;
//!
//! let state = oauth::new_state()?;
//! let login = oauth::authorize_url(oauth::DEFAULT_BASE, "https://page.example/callback", Some(&state))?;
//! assert!(login.starts_with("https://hub.juzibot.com/oauth/connect/authorize?redirect_uri=https%3A%2F%2Fpage.example"));
//!
//! let back = format!("/callback?code=f00d&state={state}&juziBotId=bot-1");
//! let callback = oauth::parse_callback(&back, &state)?;
//! assert_eq!(callback.code, "f00d");
//! # Ok::<(), oauth::Error>(())
//! ```
//!
//! With reqwest, without the feature `http`. The address contains the code, so it must not come into a log, and no redirect is followed:
//!
//! ```
//! use juzi_helper::oauth::{DEFAULT_BASE, UserInfo, parse_user_info_of, user_info_url};
//! use std::{error::Error, time::Duration};
//!
//! /// `hub` is made once: `reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?`
//! async fn exchange(hub: &reqwest::Client, code: &str) -> Result<UserInfo, Box<dyn Error>> {
//!     let asked = hub.get(user_info_url(DEFAULT_BASE, code)?).timeout(Duration::from_secs(10));
//!     let answer = asked.send().await.map_err(reqwest::Error::without_url)?;
//!     let body = answer.error_for_status().map_err(reqwest::Error::without_url)?.bytes().await;
//!     Ok(parse_user_info_of(code, &body.map_err(reqwest::Error::without_url)?)?)
//! }
//! ```
//!
//! The package's `juzi-helper-wasm/oauth` has the same functions for JavaScript, with the same rules and error messages.

use core::fmt;
use core::time::Duration;

use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

#[cfg(feature = "http")]
mod http;
mod hub;
#[cfg(feature = "http")]
pub use http::Client;
use hub::errcode_row;
pub use hub::{MAX_STATE, UserInfo, errmsg};

/// The public hub. Private deployments have their own.
pub const DEFAULT_BASE: &str = "https://hub.juzibot.com";

/// The most bytes of a code. The hub's have a few dozen.
pub const MAX_CODE: usize = 1_024;

/// The most characters of the hub's text that an error repeats.
const MAX_TEXT: usize = 200;

/// The parameters of a callback. `Debug` shows neither the code nor the state.
///
/// ```
/// use juzi_helper::oauth::{Callback, parse_callback};
///
/// let Callback { code, state, juzi_bot_id, .. } = parse_callback("/callback?code=f00d&state=abc", "abc")?;
/// assert_eq!((code.as_str(), state.as_str(), juzi_bot_id), ("f00d", "abc", None));
/// # Ok::<(), juzi_helper::oauth::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Callback {
    /// The one-time authorization code.
    pub code: String,
    /// The expected state.
    pub state: String,
    /// Juzi's id of the managed account whose conversation is open, where the hub names it.
    pub juzi_bot_id: Option<String>,
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("code", &"…")
            .field("state", &"…")
            .field("juzi_bot_id", &self.juzi_bot_id)
            .finish()
    }
}

/// Why a login failed. [`Error::code`] is for programs, `Display` for people. Neither contains a code or a state.
///
/// ```
/// use juzi_helper::oauth::{Error, parse_callback};
///
/// match parse_callback("/callback?code=f00d&state=another", "abc") {
///     Err(error @ Error::StateMismatch(_)) => assert_eq!(error.code(), "state_mismatch"),
///     other => panic!("{other:?}"),
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The hub's address is not a valid one.
    InvalidBase,
    /// The redirect URI is not one that the hub would redirect to.
    InvalidRedirectUri,
    /// The state has a form that the hub would refuse.
    InvalidState,
    /// The callback's address is not a valid one, or has a parameter twice; with what is wrong.
    InvalidCallback(&'static str),
    /// The callback's state is not the session's, so the callback does not belong to a login of this session.
    StateMismatch(&'static str),
    /// The timeout is zero or too long.
    InvalidTimeout,
    /// The root certificates are not PEM, or there is none.
    InvalidCertificates,
    /// There is no code to redeem.
    MissingCode,
    /// The code is too long for one of the hub's. It was not sent.
    InvalidCode,
    /// The hub refused the code.
    Refused {
        /// The hub's `errcode`.
        errcode: i64,
        /// The hub's `errmsg`, cut to 200 characters, without the code and with control characters escaped.
        errmsg: String,
    },
    /// The hub's answer is malformed; with what is wrong.
    BadAnswer(String),
    /// There is no connection to the hub, or it broke; with the reason.
    HubUnreachable(String),
    /// The hub did not answer within this time. The code may have been redeemed.
    Timeout(Duration),
    /// The system gave no random numbers.
    NoRandomness,
}

impl Error {
    /// The hub's `errcode`: `-1`, `-2`, `-4`, `-5`, or one that the hub may add. `None` if the error is not the hub's, or has no `errcode`.
    ///
    /// ```
    /// use juzi_helper::oauth::{Error, parse_user_info};
    ///
    /// let late = br#"{ "errcode": -2, "errmsg": "authorization code has expired" }"#;
    /// assert_eq!(parse_user_info(late).unwrap_err().errcode(), Some(-2));
    /// assert_eq!(Error::InvalidState.errcode(), None);
    /// ```
    #[must_use]
    pub fn errcode(&self) -> Option<i64> {
        match self {
            Self::Refused { errcode, .. } => Some(*errcode),
            Self::MissingCode => Some(-4),
            _ => None,
        }
    }

    /// A name for the reason that programs can compare.
    ///
    /// ```
    /// use juzi_helper::oauth::parse_user_info;
    ///
    /// let used = br#"{ "errcode": -1, "errmsg": "invalid authorization code", "data": null }"#;
    /// assert_eq!(parse_user_info(used).unwrap_err().code(), "invalid_code");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidBase => "invalid_base",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::InvalidState => "invalid_state",
            Self::InvalidCallback(_) => "invalid_callback",
            Self::StateMismatch(_) => "state_mismatch",
            Self::InvalidTimeout => "invalid_timeout",
            Self::InvalidCertificates => "invalid_certificates",
            Self::MissingCode => errcode_row(-4).1,
            Self::InvalidCode => errcode_row(-1).1,
            Self::Refused { errcode, .. } => errcode_row(*errcode).1,
            Self::BadAnswer(_) => "bad_answer",
            Self::HubUnreachable(_) => "hub_unreachable",
            Self::Timeout(_) => "timeout",
            Self::NoRandomness => "no_randomness",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidBase => f.write_str(
                "base must be an absolute http:// or https:// URL without credentials, query or fragment",
            ),
            Self::InvalidRedirectUri => f.write_str(
                "redirect URI must be an absolute http:// or https:// URL without credentials",
            ),
            Self::InvalidState => f.write_str("state must be 1 to 128 characters of a-z, A-Z and 0-9"),
            Self::InvalidCallback(what) | Self::StateMismatch(what) => f.write_str(what),
            Self::InvalidTimeout => {
                f.write_str("timeout must be a number of milliseconds from 1 to 2147483647")
            }
            Self::InvalidCertificates => {
                f.write_str("root certificates must be PEM with at least one certificate")
            }
            Self::MissingCode => f.write_str(errmsg(-4)),
            Self::InvalidCode => write!(f, "authorization code must have at most {MAX_CODE} bytes"),
            Self::Refused { errcode, errmsg } => write!(f, "{errmsg} (errcode {errcode})"),
            Self::BadAnswer(what) => write!(f, "the hub's answer is not usable: {what}"),
            Self::HubUnreachable(why) => write!(f, "the hub cannot be reached: {why}"),
            Self::Timeout(limit) => {
                write!(f, "no answer from the hub within {} ms", limit.as_millis())
            }
            Self::NoRandomness => f.write_str("the system gives no random numbers"),
        }
    }
}

impl core::error::Error for Error {}

/// The address to send the browser to.
///
/// `base` is the hub's address ([`DEFAULT_BASE`] or a private deployment's, with or without a path), `redirect_uri` where the
/// hub sends the browser back to, and `state` what [`new_state`] made.
///
/// ```
/// use juzi_helper::oauth::{Error, authorize_url};
///
/// let url = authorize_url("https://hub.example/juzi/", "https://page.example/", Some("abc"))?;
/// assert_eq!(url, "https://hub.example/juzi/oauth/connect/authorize?redirect_uri=https%3A%2F%2Fpage.example%2F&state=abc");
/// assert_eq!(authorize_url("https://hub.example", "/callback", None), Err(Error::InvalidRedirectUri));
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidBase`], [`Error::InvalidRedirectUri`], [`Error::InvalidState`].
pub fn authorize_url(base: &str, redirect_uri: &str, state: Option<&str>) -> Result<String, Error> {
    let base = check_base(base)?;
    web_address(redirect_uri).ok_or(Error::InvalidRedirectUri)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("redirect_uri", redirect_uri);
    if let Some(state) = state {
        let allowed = state.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if state.is_empty() || state.len() > MAX_STATE || !allowed {
            return Err(Error::InvalidState);
        }
        query.append_pair("state", state);
    }
    Ok(format!("{base}/oauth/connect/authorize?{}", query.finish()))
}

/// A new state: 32 characters, 128 bits from the system's secure random source.
///
/// ```
/// let state = juzi_helper::oauth::new_state()?;
/// assert_eq!(state.len(), 32);
/// # Ok::<(), juzi_helper::oauth::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoRandomness`], where the system gives none.
pub fn new_state() -> Result<String, Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Parses the URL to which the hub sent the browser back: the whole URL, or the part from its path on.
///
/// `expected_state` is the session's. It is required: without it, an attacker can log a user in as somebody else with a link.
///
/// ```
/// use juzi_helper::oauth::parse_callback;
///
/// let callback = parse_callback("https://page.example/?code=f00d&state=abc&juziBotId=bot-1", "abc")?;
/// assert_eq!((callback.code.as_str(), callback.juzi_bot_id.as_deref()), ("f00d", Some("bot-1")));
/// assert_eq!(parse_callback("/?code=f00d&state=other", "abc").unwrap_err().code(), "state_mismatch");
/// # Ok::<(), juzi_helper::oauth::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidCallback`], [`Error::StateMismatch`], [`Error::MissingCode`].
pub fn parse_callback(url: &str, expected_state: &str) -> Result<Callback, Error> {
    if expected_state.is_empty() {
        return Err(Error::StateMismatch(
            "no state is expected: this session has begun no login",
        ));
    }
    let nowhere = Url::parse("http://callback.invalid/");
    let url = nowhere.and_then(|nowhere| nowhere.join(url));
    let url = url.map_err(|_| Error::InvalidCallback("callback must be a URL"))?;
    let single = |name: &str| {
        let mut values = url
            .query_pairs()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Error::InvalidCallback(
                "callback must not have code, state or juziBotId more than once",
            )),
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
        }
    };
    let (code, state, juzi_bot_id) = (single("code")?, single("state")?, single("juziBotId")?);
    match state {
        None => Err(Error::StateMismatch("callback has no state")),
        Some(state) if state != expected_state => Err(Error::StateMismatch(
            "callback's state is not the one that was sent",
        )),
        Some(state) => Ok(Callback {
            code: code.ok_or(Error::MissingCode)?,
            state,
            juzi_bot_id,
        }),
    }
}

/// The URL that returns the user of a code. A request to it redeems the code.
///
/// ```
/// use juzi_helper::oauth::{DEFAULT_BASE, user_info_url};
///
/// let url = user_info_url(DEFAULT_BASE, "f00d")?;
/// assert_eq!(url, "https://hub.juzibot.com/api/v1/oauth/getUserInfo?code=f00d");
/// # Ok::<(), juzi_helper::oauth::Error>(())
/// ```
///
/// # Errors
/// [`Error::InvalidBase`], [`Error::MissingCode`], [`Error::InvalidCode`].
pub fn user_info_url(base: &str, code: &str) -> Result<String, Error> {
    let base = check_base(base)?;
    if code.is_empty() {
        return Err(Error::MissingCode);
    }
    // Refused here, because a server answers an address that is too long with a misleading error.
    if code.len() > MAX_CODE {
        return Err(Error::InvalidCode);
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("code", code)
        .finish();
    Ok(format!("{base}/api/v1/oauth/getUserInfo?{query}"))
}

/// Parses the body of the hub's answer.
///
/// A member of `data` that is missing or null becomes an empty string, except `userId`, which is required. The hub's `errmsg` may
/// contain the code, so an error has the specification's text instead: [`parse_user_info_of`] can repeat the hub's.
///
/// ```
/// use juzi_helper::oauth::parse_user_info;
///
/// let body = br#"{ "errcode": 0, "errmsg": "success", "data": { "userId": "lin", "corpId": "ww1" } }"#;
/// assert_eq!(parse_user_info(body)?.user_id, "lin");
/// # Ok::<(), juzi_helper::oauth::Error>(())
/// ```
///
/// # Errors
/// [`Error::Refused`] with the hub's errcode, or [`Error::BadAnswer`].
pub fn parse_user_info(body: &[u8]) -> Result<UserInfo, Error> {
    parse_user_info_of("", body)
}

/// Parses the body of the hub's answer about this code, as [`parse_user_info`] does. An error has the hub's `errmsg`, in which `…`
/// replaces the code.
///
/// ```
/// use juzi_helper::oauth::parse_user_info_of;
///
/// let used = br#"{ "errcode": -1, "errmsg": "f00d was used" }"#;
/// assert_eq!(parse_user_info_of("f00d", used).unwrap_err().to_string(), "… was used (errcode -1)");
/// ```
///
/// # Errors
/// Those of [`parse_user_info`].
pub fn parse_user_info_of(code: &str, body: &[u8]) -> Result<UserInfo, Error> {
    let bad = |what: &str| Error::BadAnswer(what.to_owned());
    let answer: Value = serde_json::from_slice(body).map_err(|_| bad("it is not JSON"))?;
    let answer = answer
        .as_object()
        .ok_or_else(|| bad("it must be an object"))?;
    let errcode = answer.get("errcode").and_then(whole_number);
    let errcode = errcode.ok_or_else(|| bad("errcode must be a whole number"))?;
    if errcode != 0 {
        let given = answer.get("errmsg").and_then(Value::as_str);
        let errmsg = match given {
            None | Some("") => errmsg(-5).to_owned(),
            Some(_) if code.is_empty() || code.len() > MAX_CODE => errmsg(errcode).to_owned(),
            Some(text) => shown(text, code),
        };
        return Err(Error::Refused { errcode, errmsg });
    }
    let data = answer.get("data").and_then(Value::as_object);
    let data = data.ok_or_else(|| bad("data must be an object"))?;
    let user = UserInfo {
        user_id: text(data, "userId")?,
        corp_id: text(data, "corpId")?,
        bot_id: text(data, "botId")?,
        org_id: text(data, "orgId")?,
        uid: text(data, "uid")?,
        email: text(data, "email")?,
    };
    if user.user_id.is_empty() {
        return Err(bad("data.userId is empty"));
    }
    Ok(user)
}

/// The hub's text, prepared for a log: without the code, on one line, and short.
fn shown(text: &str, code: &str) -> String {
    let text = without_encoded(&text.replace(code, "…"), code);
    let mut characters = text.chars();
    let mut shown = String::new();
    for c in characters.by_ref().take(MAX_TEXT) {
        if is_unsafe(c) {
            shown.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Control characters, line separators, and marks that change the direction of the text after them.
fn is_unsafe(c: char) -> bool {
    let odd = ['\u{61c}', '\u{200e}', '\u{200f}'];
    let ranges = ['\u{2028}'..='\u{202e}', '\u{2066}'..='\u{2069}'];
    c.is_control() || odd.contains(&c) || ranges.iter().any(|range| range.contains(&c))
}

/// The text with `…` for the code, where any of the code's bytes may be percent-encoded.
fn without_encoded(text: &str, code: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        // An empty code would match everywhere, without an end.
        if let Some(after) = after_encoded(rest, code).filter(|_| !code.is_empty()) {
            result.push('…');
            rest = after;
        } else {
            result.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }
    result
}

/// The rest of the text after the code, if the text begins with the code.
fn after_encoded<'a>(text: &'a str, code: &str) -> Option<&'a str> {
    let mut rest = text.as_bytes();
    for byte in code.bytes() {
        rest = match rest {
            [b'%', high, low, after @ ..] if byte_of(*high, *low) == Some(byte) => after,
            [b'+', after @ ..] if byte == b' ' => after,
            [first, after @ ..] if *first == byte && byte != b'%' => after,
            _ => return None,
        };
    }
    text.get(text.len() - rest.len()..)
}

fn byte_of(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

fn text(data: &Map<String, Value>, name: &str) -> Result<String, Error> {
    match data.get(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(Error::BadAnswer(format!("data.{name} must be a string"))),
    }
}

/// As in JavaScript, `-1.0` is an integer too.
fn whole_number(value: &Value) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_991.0;
    let number = value
        .as_f64()
        .filter(|number| number.fract() == 0.0 && number.abs() <= EXACT)?;
    // Within the range in which the cast is exact.
    #[allow(clippy::cast_possible_truncation)]
    Some(number as i64)
}

/// The hub's address without trailing slashes.
fn check_base(base: &str) -> Result<&str, Error> {
    let url = web_address(base).ok_or(Error::InvalidBase)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Error::InvalidBase);
    }
    Ok(base.trim_end_matches('/'))
}

/// An absolute http(s) URL without credentials. White space and backslashes are refused: the URL standard's parser accepts them, but a
/// server that compares URLs does not.
fn web_address(text: &str) -> Option<Url> {
    let lower = text.to_ascii_lowercase();
    let absolute = lower.starts_with("http://") || lower.starts_with("https://");
    let odd = |c: char| c <= ' ' || c == '\\' || c == '\u{7f}';
    let url = Url::parse(text)
        .ok()
        .filter(|_| absolute && !text.contains(odd))?;
    (url.username().is_empty() && url.password().is_none()).then_some(url)
}

#[cfg(test)]
#[cfg(repository)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// Cases that this module and the package's `oauth` share.
    fn vectors(group: &str) -> Vec<Value> {
        let file: Value =
            serde_json::from_str(include_str!("../tests/oauth-vectors.json")).unwrap();
        let cases = file[group].as_array().unwrap().clone();
        assert!(!cases.is_empty(), "{group}");
        cases
    }

    fn compare<T>(case: &Value, result: Result<T, Error>, show: impl Fn(T) -> Value) {
        let result = match result {
            Ok(value) => show(value),
            Err(error) => json!({
                "code": error.code(), "errcode": error.errcode(), "message": error.to_string()
            }),
        };
        let expected = case.get("result").or(case.get("error"));
        assert_eq!(Some(&result), expected, "{}", case["name"]);
    }

    #[test]
    fn the_browser_is_sent_to_the_hub_or_the_fault_is_named() {
        for case in vectors("authorizeUrl") {
            let base = case["base"].as_str().unwrap_or(DEFAULT_BASE);
            let url = authorize_url(
                base,
                case["redirectUri"].as_str().unwrap(),
                case["state"].as_str(),
            );
            compare(&case, url, Value::from);
        }
    }

    #[test]
    fn a_callback_needs_a_code_and_the_sessions_state() {
        for case in vectors("parseCallback") {
            let callback = parse_callback(
                case["url"].as_str().unwrap(),
                case["expectedState"].as_str().unwrap(),
            );
            compare(
                &case,
                callback,
                |found| json!({ "code": found.code, "state": found.state, "juziBotId": found.juzi_bot_id }),
            );
        }
    }

    #[test]
    fn the_hub_is_asked_with_the_code_encoded() {
        for case in vectors("userInfoUrl") {
            let base = case["base"].as_str().unwrap_or(DEFAULT_BASE);
            let url = user_info_url(base, case["authorizationCode"].as_str().unwrap());
            compare(&case, url, Value::from);
        }
    }

    #[test]
    fn every_answer_of_the_hub_is_a_user_or_an_error_with_its_name() {
        for case in vectors("parseUserInfo") {
            let body = case["body"].as_str().unwrap().as_bytes();
            let user = match case["authorizationCode"].as_str() {
                Some(code) => parse_user_info_of(code, body),
                None => parse_user_info(body),
            };
            compare(&case, user, |user| serde_json::to_value(user).unwrap());
        }
    }

    #[test]
    fn values_with_a_code_do_not_show_it_in_a_log() {
        let callback = parse_callback("/?code=f00d&state=abc&juziBotId=bot-1", "abc").unwrap();
        assert_eq!(
            format!("{callback:?}"),
            r#"Callback { code: "…", state: "…", juzi_bot_id: Some("bot-1") }"#
        );
        for body in [
            r#"{ "errcode": -1, "errmsg": "f00d" }"#,
            r#"{ "errcode": 7, "errmsg": "f00d" }"#,
        ] {
            let error = parse_user_info(body.as_bytes()).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("f00d"), "{error:?}");
        }
    }

    #[test]
    fn the_errcodes_are_those_of_the_specification() {
        let spec = include_str!("../docs/spec.md");
        let (_, table) = spec.split_once("| errcode | meaning |").unwrap();
        let rows = table.lines().skip_while(|line| !line.starts_with("| 0 |"));
        let listed: Vec<(i64, &str)> = rows
            .map_while(|line| {
                line.strip_prefix("| ")?
                    .strip_suffix(" |")?
                    .split_once(" | ")
            })
            .map(|(errcode, meaning)| {
                let text = meaning.split_once(" (").map_or(meaning, |(text, _)| text);
                (errcode.parse().unwrap(), text)
            })
            .collect();
        let ours: Vec<_> = [0, -1, -2, -4, -5]
            .map(|errcode| (errcode, errmsg(errcode)))
            .into();
        assert_eq!(listed, ours);
    }

    #[test]
    fn states_differ_and_are_of_the_form_that_the_hub_takes() {
        let states: std::collections::HashSet<_> =
            (0..1_000).map(|_| new_state().unwrap()).collect();
        assert_eq!(states.len(), 1_000);
        for state in states {
            assert_eq!(state.len(), 32);
            authorize_url(DEFAULT_BASE, "https://page.example/", Some(&state)).unwrap();
        }
    }

    #[test]
    fn a_user_goes_through_json_unchanged() {
        let user = UserInfo {
            user_id: "lin".into(),
            email: "lin@page.example".into(),
            ..UserInfo::default()
        };
        let json = serde_json::to_string(&user).unwrap();
        assert_eq!(serde_json::from_str::<UserInfo>(&json).unwrap(), user);
    }

    proptest! {
        #[test]
        fn what_the_hub_sends_back_is_read_back(code in ".{1,40}", state in "[a-zA-Z0-9]{1,128}", bot in ".{1,40}") {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("code", &code), ("state", &state), ("juziBotId", &bot)]).finish();
            let callback = parse_callback(&format!("https://page.example/?{query}"), &state).unwrap();
            prop_assert_eq!((callback.code, callback.state, callback.juzi_bot_id), (code, state, Some(bot)));
        }

        #[test]
        fn no_input_makes_it_panic(a in ".*", b in ".*", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = (authorize_url(&a, &b, Some(&a)), parse_callback(&a, &b), user_info_url(&a, &b), parse_user_info_of(&a, &bytes));
            let _ = shown(&a, &b);
        }
    }
}

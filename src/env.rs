//! Is this page in the console's sidebar, and if not, why (spec section 2).

use crate::atoms::{Atom, REASON_NO_SIDEBAR_PARAM, REASON_NOT_FRAMED, REASON_OK, REASON_WECHAT_UA};

/// What was found. [`Reason::text`] is `juziWx.env.reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The page is in the sidebar.
    Ok,
    /// This is WeChat or WeCom itself.
    WechatUa,
    /// The page is a top-level one.
    NotFramed,
    /// The URL's query has no `juziSidebar`.
    NoSidebarParam,
}

impl Reason {
    /// As a page reads it.
    #[must_use]
    pub fn atom(self) -> Atom {
        match self {
            Self::Ok => REASON_OK,
            Self::WechatUa => REASON_WECHAT_UA,
            Self::NotFramed => REASON_NOT_FRAMED,
            Self::NoSidebarParam => REASON_NO_SIDEBAR_PARAM,
        }
    }

    /// The same as a text.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.atom().text()
    }
}

/// The query parameter by which the console marks its sidebar.
const PARAMETER: &[u8] = b"juziSidebar";
/// What WeChat's and WeCom's user agents contain, in lower case.
const WECHAT: [&[u8]; 2] = [b"micromessenger", b"wxwork"];

/// Decides from the user agent, whether the page is framed, and its URL's query (with or without the `?`). `force` stands in
/// for the query's parameter, which a redirect may have lost, and for nothing else.
///
/// ```
/// use juzi_helper::env::{Reason, detect};
/// assert_eq!(detect("Mozilla/5.0 Chrome/120", true, "?juziSidebar", false), Reason::Ok);
/// assert_eq!(detect("Mozilla/5.0 MicroMessenger/8", true, "?juziSidebar", false), Reason::WechatUa);
/// ```
#[must_use]
pub fn detect(user_agent: &str, framed: bool, query: &str, force: bool) -> Reason {
    if WECHAT
        .iter()
        .any(|name| contains(user_agent.as_bytes(), name))
    {
        Reason::WechatUa
    } else if !framed {
        Reason::NotFramed
    } else if force || has_parameter(query) {
        Reason::Ok
    } else {
        Reason::NoSidebarParam
    }
}

/// Whether the text contains the lower-case name, in any case.
#[inline(never)]
fn contains(text: &[u8], name: &[u8]) -> bool {
    text.windows(name.len())
        .any(|window| window.eq_ignore_ascii_case(name))
}

fn has_parameter(query: &str) -> bool {
    // On bytes: searching in a str brings in kilobytes of code.
    let query = query.as_bytes();
    query
        .strip_prefix(b"?")
        .unwrap_or(query)
        .split(|byte| *byte == b'&')
        .any(is_parameter)
}

/// Whether the name of a `name=value` pair is the parameter's, percent-encoded letters included.
fn is_parameter(pair: &[u8]) -> bool {
    let mut rest = pair;
    for expected in PARAMETER {
        let Some(after) = next(rest, *expected) else {
            return false;
        };
        rest = after;
    }
    matches!(rest.first(), None | Some(b'='))
}

/// What follows the expected byte, plain or as `%xx`.
#[inline(never)]
fn next(text: &[u8], expected: u8) -> Option<&[u8]> {
    match text {
        [byte, rest @ ..] if *byte == expected => Some(rest),
        [b'%', high, low, rest @ ..] if hex(*high)? * 16 + hex(*low)? == expected => Some(rest),
        _ => None,
    }
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

//! Is this page in the console's sidebar, and if not, why (spec section 2).

use crate::atoms::{
    Atom, JUZI_SIDEBAR, MICRO_MESSENGER, REASON_NO_SIDEBAR_PARAM, REASON_NOT_FRAMED, REASON_OK,
    REASON_WECHAT_UA, WXWORK,
};
use crate::value::Value;

/// What was found. [`Reason::text`] is `juziWx.env.reason`.
///
/// ```
/// use juzi_helper::env::{Reason, detect};
/// use serde_json::json;
///
/// let reason = detect(&json!("Mozilla/5.0 Chrome/120"), false, &json!("?juziSidebar"), false);
/// assert_eq!(reason, Reason::NotFramed);
/// assert_eq!(reason.text(), "not-framed");
/// ```
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
    ///
    /// ```
    /// use juzi_helper::{atoms, env::Reason};
    /// assert_eq!(Reason::WechatUa.atom(), atoms::REASON_WECHAT_UA);
    /// ```
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
    ///
    /// ```
    /// use juzi_helper::env::Reason;
    /// assert_eq!(Reason::NoSidebarParam.text(), "no-sidebar-param");
    /// ```
    #[must_use]
    pub fn text(self) -> &'static str {
        self.atom().text()
    }
}

/// Decides from the user agent, whether the page is framed, and its URL's query (with or without the `?`). `force` stands in
/// for the query's parameter, which a redirect may have lost, and for nothing else.
///
/// ```
/// use juzi_helper::env::{Reason, detect};
/// use serde_json::json;
///
/// let query = json!("?juziSidebar");
/// assert_eq!(detect(&json!("Mozilla/5.0 Chrome/120"), true, &query, false), Reason::Ok);
/// assert_eq!(detect(&json!("Mozilla/5.0 MicroMessenger/8"), true, &query, false), Reason::WechatUa);
/// ```
#[must_use]
pub fn detect<V: Value>(user_agent: &V, framed: bool, query: &V, force: bool) -> Reason {
    if user_agent.mentions(MICRO_MESSENGER) || user_agent.mentions(WXWORK) {
        Reason::WechatUa
    } else if !framed {
        Reason::NotFramed
    } else if force || query.has_parameter(JUZI_SIDEBAR) {
        Reason::Ok
    } else {
        Reason::NoSidebarParam
    }
}

//! Whether this page is in the console's sidebar, and if not, why (spec section 2).

/// The result of the detection. [`Reason::as_str`] is `juziWx.env.reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The page is in the sidebar.
    Ok,
    /// This is WeChat or WeCom itself.
    WechatUa,
    /// The page is a top-level one.
    NotFramed,
    /// Nothing identifies this as the sidebar's page: for example, its URL has no `juziSidebar`.
    NoSidebarParam,
}

impl Reason {
    /// The value of `juziWx.env.reason`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::WechatUa => "wechat-ua",
            Self::NotFramed => "not-framed",
            Self::NoSidebarParam => "no-sidebar-param",
        }
    }
}

/// Decides by the user agent, by whether the page is in a frame, and by whether `environment.js` has detected the sidebar's page (`known`).
/// The option `force` replaces only the last condition.
pub fn detect(user_agent: &str, framed: bool, known: bool, force: bool) -> Reason {
    if mentions(user_agent, "micromessenger") || mentions(user_agent, "wxwork") {
        Reason::WechatUa
    } else if !framed {
        Reason::NotFramed
    } else if force || known {
        Reason::Ok
    } else {
        Reason::NoSidebarParam
    }
}

/// Whether a user agent names a product. Case does not matter.
pub fn mentions(user_agent: &str, product: &str) -> bool {
    let mut parts = user_agent.as_bytes().windows(product.len());
    parts.any(|part| part.eq_ignore_ascii_case(product.as_bytes()))
}

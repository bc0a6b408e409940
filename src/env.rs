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
    /// Nothing tells that this is the sidebar's page: its URL has no `juziSidebar`, for example.
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

/// Decides from the user agent, from whether the page is in a frame, and from whether it is known as the sidebar's (`environment.js`).
/// The option `force` replaces only the last of these.
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

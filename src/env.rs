//! Is this page in the console's sidebar, and if not, why (spec section 2).

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
    pub fn text(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::WechatUa => "wechat-ua",
            Self::NotFramed => "not-framed",
            Self::NoSidebarParam => "no-sidebar-param",
        }
    }
}

/// Decides from the user agent, whether the page is framed, and whether its URL's query has the parameter, which `page.js`
/// reads: pages call before this module runs. `force` stands in for the parameter, which a redirect may have lost, and for
/// nothing else.
pub fn detect(user_agent: &str, framed: bool, has_parameter: bool, force: bool) -> Reason {
    if mentions(user_agent, "micromessenger") || mentions(user_agent, "wxwork") {
        Reason::WechatUa
    } else if !framed {
        Reason::NotFramed
    } else if force || has_parameter {
        Reason::Ok
    } else {
        Reason::NoSidebarParam
    }
}

/// Whether a user agent names a product, in upper or lower case.
pub fn mentions(user_agent: &str, product: &str) -> bool {
    let mut parts = user_agent.as_bytes().windows(product.len());
    parts.any(|part| part.eq_ignore_ascii_case(product.as_bytes()))
}

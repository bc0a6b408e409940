//! The environment that the helper detected when it started.

use serde::{Deserialize, Serialize};

use super::error::CallError;
use super::read::{Answer, Members, unreadable};

/// The environment that the helper detected when it started.
///
/// ```
/// use juzi_helper::client::Juzi;
///
/// fn problem(juzi: &Juzi) -> Option<&'static str> {
///     use juzi_helper::client::Reason;
///     match juzi.env()?.reason {
///         Reason::Ok => None,
///         Reason::NotFramed => Some("open this page in the sidebar"),
///         _ => Some("this page is not registered as a sidebar page"),
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Env {
    /// Whether the page is in the sidebar.
    pub in_sidebar: bool,
    /// Why the page is not in the sidebar, or [`Reason::Ok`].
    pub reason: Reason,
    /// How the page is known to be the sidebar's: `url`, `navigation`, `session`, `authorize` or `force`; `None` outside the sidebar.
    #[serde(default)]
    pub detected_by: Option<String>,
    /// Whether a global `wx` has been taken over.
    #[serde(default)]
    pub wx_patched: bool,
    /// The host's origin. In browsers that do not report it, `None` until the host's first answer.
    #[serde(default)]
    pub host_origin: Option<String>,
    /// The helper's version.
    #[serde(default)]
    pub version: String,
    /// `wasm`, or `js` where the page's script tag has loaded the helper without WebAssembly.
    #[serde(default)]
    pub engine: String,
}

/// Why a page is not in the sidebar.
///
/// ```
/// use juzi_helper::client::{Juzi, Reason};
///
/// fn is_top_level(juzi: &Juzi) -> bool {
///     juzi.env().is_some_and(|env| env.reason == Reason::NotFramed)
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// It is in the sidebar.
    Ok,
    /// This is WeChat or WeCom itself.
    WechatUa,
    /// It is a top-level page.
    NotFramed,
    /// Nothing identifies it as the sidebar's page: for example, its URL has no parameter `juziSidebar`.
    NoSidebarParam,
    /// A reason that another version of the helper gives.
    #[serde(other)]
    Other,
}

impl Answer for Env {
    fn read(mut members: Members) -> Result<Self, CallError> {
        let in_sidebar = members.flag("inSidebar");
        Ok(Self {
            in_sidebar: in_sidebar.ok_or_else(|| unreadable("inSidebar is missing"))?,
            reason: match members.required("reason")?.as_str() {
                "ok" => Reason::Ok,
                "wechat-ua" => Reason::WechatUa,
                "not-framed" => Reason::NotFramed,
                "no-sidebar-param" => Reason::NoSidebarParam,
                _ => Reason::Other,
            },
            detected_by: members.text("detectedBy"),
            wx_patched: members.flag("wxPatched").unwrap_or_default(),
            host_origin: members.text("hostOrigin"),
            version: members.text("version").unwrap_or_default(),
            engine: members.text("engine").unwrap_or_default(),
        })
    }
}

//! The options of `Juzi::install`.

use core::time::Duration;

use js_sys::{Array, Object};
use serde::Serialize;
use wasm_bindgen::JsValue;

use super::error::SetupError;
use super::read::set;
use crate::options::Options as Checked;

/// The options of [`Juzi::install`](super::Juzi::install). An option that is not set has its default.
///
/// ```
/// use std::time::Duration;
/// use juzi_helper::client::{Juzi, Options};
/// # use juzi_helper::client::SetupError;
///
/// let options = Options::new()
///     .allowed_hosts(["https://*.juzibot.com"])
///     .timeout(Duration::from_secs(20));
/// let juzi = Juzi::install(&options);
/// # assert!(matches!(juzi, Err(SetupError::NoWindow)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options {
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_hosts: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    force: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bridge: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    debug: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<UserAgent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<String>,
}

/// The values of [`Options::user_agent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum UserAgent {
    /// WeCom's: `wxwork` and `MicroMessenger`, each with a version.
    #[serde(rename = "wxwork")]
    Wxwork,
}

impl Options {
    /// The defaults.
    ///
    /// ```
    /// use juzi_helper::client::Options;
    /// assert_eq!(Options::new(), Options::default());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The origins that may be the host: exact, or `https://*.example.com`. Default: any. An empty list is refused.
    ///
    /// ```
    /// use juzi_helper::client::Options;
    /// let options = Options::new().allowed_hosts(["https://console.example.com", "https://*.juzibot.com"]);
    /// ```
    #[must_use]
    pub fn allowed_hosts<I>(self, origins: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Self {
            allowed_hosts: Some(origins.into_iter().map(Into::into).collect()),
            ..self
        }
    }

    /// The time after which an unanswered call fails. Default: 10 s, and 60 s for sending messages and opening chats.
    ///
    /// ```
    /// use std::time::Duration;
    /// use juzi_helper::client::Options;
    /// let options = Options::new().timeout(Duration::from_secs(20));
    /// ```
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        let milliseconds = u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX);
        Self {
            timeout: Some(milliseconds),
            ..self
        }
    }

    /// Whether to treat the page as in the sidebar even if its URL has lost `juziSidebar`, for example in a redirect. Default: no.
    ///
    /// ```
    /// use juzi_helper::client::Options;
    /// let options = Options::new().force(true);
    /// ```
    #[must_use]
    pub fn force(self, force: bool) -> Self {
        Self {
            force: Some(force),
            ..self
        }
    }

    /// Whether to provide `WeixinJSBridge`, for WeChat's own SDKs in the same page. Default: yes.
    ///
    /// ```
    /// use juzi_helper::client::Options;
    /// let options = Options::new().bridge(false);
    /// ```
    #[must_use]
    pub fn bridge(self, bridge: bool) -> Self {
        Self {
            bridge: Some(bridge),
            ..self
        }
    }

    /// Whether to log every message and decision to the console. Default: no.
    ///
    /// ```
    /// use juzi_helper::client::Options;
    /// let options = Options::new().debug(cfg!(debug_assertions));
    /// ```
    #[must_use]
    pub fn debug(self, debug: bool) -> Self {
        Self {
            debug: Some(debug),
            ..self
        }
    }

    /// In the sidebar, changes this frame's `navigator.userAgent`, for scripts in the page that refuse to start elsewhere. Such scripts may
    /// then expect a client's own bridge. Default: the browser's own user agent.
    ///
    /// ```
    /// use juzi_helper::client::{Options, UserAgent};
    /// let options = Options::new().user_agent(UserAgent::Wxwork);
    /// ```
    #[must_use]
    pub fn user_agent(self, user_agent: UserAgent) -> Self {
        Self {
            user_agent: Some(user_agent),
            ..self
        }
    }

    /// Whether to keep what happens, for [`Juzi::report`](super::Juzi::report). A report has the contents of messages. Default: no.
    ///
    /// ```
    /// use juzi_helper::client::Options;
    /// let options = Options::new().record(true);
    /// ```
    #[must_use]
    pub fn record(self, record: bool) -> Self {
        Self {
            record: Some(record.to_string()),
            ..self
        }
    }

    /// Keeps what happens, and saves the report as a file when the user presses these keys: one or more of `ctrl`, `alt`, `shift` and
    /// `meta`, and a letter or a digit.
    ///
    /// ```
    /// use juzi_helper::client::Options;
    /// let options = Options::new().record_with_keys("ctrl+alt+r");
    /// ```
    #[must_use]
    pub fn record_with_keys(self, keys: impl Into<String>) -> Self {
        Self {
            record: Some(keys.into()),
            ..self
        }
    }

    fn to_js(&self) -> JsValue {
        let options = Object::new();
        if let Some(origins) = &self.allowed_hosts {
            let list: Array = origins
                .iter()
                .map(|it| JsValue::from(it.as_str()))
                .collect();
            set(&options, "allowedHosts", &list);
        }
        if let Some(timeout) = self.timeout {
            set(&options, "timeout", &timeout.into());
        }
        for (name, flag) in [
            ("force", self.force),
            ("bridge", self.bridge),
            ("debug", self.debug),
        ] {
            if let Some(flag) = flag {
                set(&options, name, &flag.into());
            }
        }
        if let Some(UserAgent::Wxwork) = self.user_agent {
            set(&options, "userAgent", &"wxwork".into());
        }
        if let Some(record) = &self.record {
            set(&options, "record", &record.as_str().into());
        }
        options.into()
    }

    /// The object for the helper's JavaScript, after the same checks as the helper makes. Here the first fault is an error; the helper
    /// would only log it.
    pub(super) fn checked(&self) -> Result<JsValue, SetupError> {
        let invalid = |reason| SetupError::InvalidOption { reason };
        let options = self.to_js();
        let mut first = None;
        Checked::parse(&options, |fault| {
            first.get_or_insert_with(|| fault.reason());
        });
        first.map_or(Ok(options), |reason| Err(invalid(reason)))
    }
}

//! The calls.

use core::time::Duration;

use js_sys::{Array, Object};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::base_info::{BaseInfo, parse_base_info};
use super::call::{Limits, call, settle};
use super::chat::{ChatInfo, Contact, Context, GroupChat, OpenChat, OpenedChat};
use super::env::Env;
use super::error::{CallError, SetupError};
use super::install::{self, Helper};
use super::options::Options;
use super::read::{Answer, parse, parse_as, set, to_js};
use super::shown::{self, Watch};
use super::subscription::Subscription;
use crate::api::{self, Action};
use crate::browser::check_in_page;
use crate::message::SendParams;

/// The helper. A clone is the same helper, and equal to it, as long as both have the same timeout and signal.
///
/// ```
/// use juzi_helper::client::{Juzi, Options, SetupError};
///
/// fn start() -> Result<(), SetupError> {
///     let juzi = Juzi::install(&Options::new())?;
///     wasm_bindgen_futures::spawn_local(async move {
///         if let Ok(contact) = juzi.current_contact().await {
///             // Show contact.user_id.
///         }
///     });
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Juzi {
    helper: Helper,
    limits: Limits,
}

impl Juzi {
    /// Installs the helper that is linked into this module: defines `window.juziWx`, and in the sidebar takes over `window.wx`. Outside
    /// the sidebar it succeeds too; calls then fail with [`CallError::NotInSidebar`].
    ///
    /// If the page has a helper already, that one is used with its own options.
    ///
    /// ```
    /// use juzi_helper::client::{Juzi, Options, SetupError};
    ///
    /// fn start() -> Result<Juzi, SetupError> {
    ///     Juzi::install(&Options::new().allowed_hosts(["https://*.juzibot.com"]))
    /// }
    /// # // A test of the documentation has no window.
    /// # assert!(matches!(start(), Err(SetupError::NoWindow)));
    /// ```
    ///
    /// # Errors
    /// There is no window, or an option is malformed.
    pub fn install(options: &Options) -> Result<Self, SetupError> {
        install::install(options).map(Self::new)
    }

    /// The helper that a script tag or an npm package has put into the page, as `window.juziWx`.
    ///
    /// ```
    /// use juzi_helper::client::{Juzi, SetupError};
    ///
    /// fn start() -> Result<Juzi, SetupError> {
    ///     Juzi::attach()
    /// }
    /// # assert!(matches!(start(), Err(SetupError::NoWindow)));
    /// ```
    ///
    /// # Errors
    /// There is no window, or no helper in it.
    pub fn attach() -> Result<Self, SetupError> {
        install::find().map(Self::new)
    }

    pub(super) fn new(helper: Helper) -> Self {
        Self {
            helper,
            limits: Limits::default(),
        }
    }

    /// The same helper, whose calls fail with [`CallError::Timeout`] after this time, in whole milliseconds from 1 to 2147483647. It takes
    /// precedence over the helper's own timeout, which is 10 s, 60 s for sending messages and opening chats, or [`Options::timeout`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn quick(juzi: &Juzi) -> Result<String, CallError> {
    ///     let contact = juzi.with_timeout(Duration::from_secs(2)).current_contact().await?;
    ///     Ok(contact.user_id)
    /// }
    /// ```
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        let mut juzi = self.clone();
        juzi.limits.timeout = Some(timeout);
        juzi
    }

    /// The same helper, whose calls end with [`CallError::Aborted`] when the signal aborts. Dropping a call's future also ends the call.
    ///
    /// ```
    /// use juzi_helper::client::Juzi;
    /// use web_sys::AbortSignal;
    ///
    /// fn until(juzi: &Juzi, signal: &AbortSignal) -> Juzi {
    ///     juzi.with_signal(signal)
    /// }
    /// ```
    #[must_use]
    pub fn with_signal(&self, signal: &AbortSignal) -> Self {
        let mut juzi = self.clone();
        juzi.limits.signal = Some(signal.clone());
        juzi
    }

    /// Waits until the helper runs, inside the sidebar or outside. One that [`Juzi::install`] has put into the page runs at once; one from
    /// elsewhere may still be loading, or wait for the page's `init`.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn is_in_sidebar(juzi: &Juzi) -> Result<bool, CallError> {
    ///     Ok(juzi.ready().await?.in_sidebar)
    /// }
    /// ```
    ///
    /// # Errors
    /// [`CallError::Internal`] if the helper cannot run; [`CallError::Timeout`], [`CallError::Aborted`].
    pub async fn ready(&self) -> Result<Env, CallError> {
        if let Some(env) = self.env() {
            return Ok(env);
        }
        // This call posts nothing, so it ends when the helper runs. Outside the sidebar it fails.
        let params = Object::new();
        set(&params, "jsApiList", &Array::new());
        let ended = self.call("checkJsApi", params).await;
        match (self.env(), ended) {
            (Some(env), _) => Ok(env),
            (None, Err(error)) => Err(error),
            (None, Ok(_)) => Err(CallError::internal("the helper has no environment")),
        }
    }

    /// The environment that the helper detected when it started; `None` if a helper from elsewhere is not running yet.
    ///
    /// ```
    /// use juzi_helper::client::Juzi;
    ///
    /// fn is_in_sidebar(juzi: &Juzi) -> bool {
    ///     juzi.env().is_some_and(|env| env.in_sidebar)
    /// }
    /// ```
    #[must_use]
    pub fn env(&self) -> Option<Env> {
        parse(&self.helper.env().ok()?).ok()
    }

    /// The external contact of a single chat. The host rejects it in a group.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn customer(juzi: &Juzi) -> Result<String, CallError> {
    ///     Ok(juzi.current_contact().await?.user_id)
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`] but [`CallError::Invalid`].
    pub async fn current_contact(&self) -> Result<Contact, CallError> {
        self.ask("getCurExternalContact").await
    }

    /// The group of a group conversation. The host rejects it in a single chat.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn group(juzi: &Juzi) -> Result<String, CallError> {
    ///     Ok(juzi.current_chat().await?.chat_id)
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`] but [`CallError::Invalid`].
    pub async fn current_chat(&self) -> Result<GroupChat, CallError> {
        self.ask("getCurExternalChat").await
    }

    /// The open conversation, of either kind.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn name(juzi: &Juzi) -> Result<Option<String>, CallError> {
    ///     Ok(juzi.chat_info().await?.name)
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`] but [`CallError::Invalid`].
    pub async fn chat_info(&self) -> Result<ChatInfo, CallError> {
        self.ask("getCurChatInfo").await
    }

    /// The conversation that a switch has opened, for use in [`Juzi::on_switch`]. For a moment after a switch, the host is known to answer
    /// with the previous conversation. This method then asks again, every 200 ms, for at most 3 s.
    ///
    /// ```
    /// use juzi_helper::client::{BaseInfo, CallError, Juzi};
    ///
    /// async fn name(juzi: &Juzi, switch: &BaseInfo) -> Result<Option<String>, CallError> {
    ///     Ok(juzi.chat_info_after(switch).await?.name)
    /// }
    /// ```
    ///
    /// # Errors
    /// [`CallError::ConversationChanged`] if the host's last answer is still about another conversation. Otherwise any [`CallError`] but
    /// [`CallError::Invalid`].
    pub async fn chat_info_after(&self, switch: &BaseInfo) -> Result<ChatInfo, CallError> {
        for _ in 0..shown::TRIES {
            let chat = self.chat_info().await?;
            match &switch.juzi_chat_id {
                Some(id) if *id != chat.id => shown::pause().await?,
                _ => return Ok(chat),
            }
        }
        Err(CallError::ConversationChanged)
    }

    /// The kind of conversation from which the page was opened.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Entry, Juzi};
    ///
    /// async fn is_group(juzi: &Juzi) -> Result<bool, CallError> {
    ///     Ok(juzi.context().await?.entry == Entry::GroupChatTools)
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`] but [`CallError::Invalid`].
    pub async fn context(&self) -> Result<Context, CallError> {
        self.ask("getContext").await
    }

    /// A code that identifies the user to the page's server. After this call, the host notifies the page when the user switches
    /// conversation: see [`Juzi::on_switch`].
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn log_in(juzi: &Juzi) -> Result<(), CallError> {
    ///     let info = juzi.authorize().await?;
    ///     if let Some(code) = info.code {
    ///         // Post it to the page's server, which redeems it.
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`] but [`CallError::Invalid`].
    pub async fn authorize(&self) -> Result<BaseInfo, CallError> {
        parse_base_info(&self.call("sidebarAuth", Object::new()).await?)
    }

    /// Sends a message into the conversation.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    /// use juzi_helper::message::{Medium, SendParams};
    ///
    /// async fn send(juzi: &Juzi) -> Result<(), CallError> {
    ///     juzi.send(&SendParams::text("你好")).await?;
    ///     let offer = Medium::at("https://page.example/offer.pdf").titled("offer.pdf");
    ///     juzi.send(&SendParams::file(offer)).await
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`]; [`CallError::Invalid`] before anything is posted.
    pub async fn send(&self, message: &SendParams) -> Result<(), CallError> {
        let api = "sendChatMessage";
        let params = self.checked(api, message.to_value(), core::slice::from_ref(message))?;
        self.call(api, params).await.map(drop)
    }

    /// Sends several messages, at most 100. All of them are checked before any is sent.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    /// use juzi_helper::message::SendParams;
    ///
    /// async fn send(juzi: &Juzi) -> Result<(), CallError> {
    ///     juzi.send_all(&[SendParams::text("one"), SendParams::text("two")]).await
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`]; [`CallError::Invalid`] before anything is posted.
    pub async fn send_all(&self, messages: &[SendParams]) -> Result<(), CallError> {
        let api = "sendMultiChatMessage";
        let params = self.checked(api, all_of(messages), messages)?;
        self.call(api, params).await.map(drop)
    }

    /// Sends a message into the conversation that the page shows, and only there. The user may have switched in the meantime, so this asks
    /// the host which conversation is open, right before it sends the message. Use it instead of [`Juzi::send`] in a page that greets by
    /// name or sends something meant for one customer.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, ChatInfo, Juzi};
    /// use juzi_helper::message::SendParams;
    ///
    /// async fn greet(juzi: &Juzi, shown: &ChatInfo) -> Result<(), CallError> {
    ///     let name = shown.name.as_deref().unwrap_or_default();
    ///     juzi.send_to(shown, &SendParams::text(format!("Hello {name}"))).await
    /// }
    /// ```
    ///
    /// # Errors
    /// [`CallError::ConversationChanged`] if another conversation is open; then nothing was sent. Else any [`CallError`];
    /// [`CallError::Invalid`] before anything is posted.
    pub async fn send_to(&self, chat: &ChatInfo, message: &SendParams) -> Result<(), CallError> {
        let api = "sendChatMessage";
        let params = self.checked(api, message.to_value(), core::slice::from_ref(message))?;
        self.require_open(chat).await?;
        self.call(api, params).await.map(drop)
    }

    /// Sends several messages, at most 100, into the conversation that the page shows, and only there: see [`Juzi::send_to`].
    ///
    /// ```
    /// use juzi_helper::client::{CallError, ChatInfo, Juzi};
    /// use juzi_helper::message::SendParams;
    ///
    /// async fn send(juzi: &Juzi, shown: &ChatInfo) -> Result<(), CallError> {
    ///     juzi.send_all_to(shown, &[SendParams::text("one"), SendParams::text("two")]).await
    /// }
    /// ```
    ///
    /// # Errors
    /// Those of [`Juzi::send_to`].
    pub async fn send_all_to(
        &self,
        chat: &ChatInfo,
        messages: &[SendParams],
    ) -> Result<(), CallError> {
        let api = "sendMultiChatMessage";
        let params = self.checked(api, all_of(messages), messages)?;
        self.require_open(chat).await?;
        self.call(api, params).await.map(drop)
    }

    /// Opens a chat.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi, OpenChat};
    ///
    /// async fn open(juzi: &Juzi) -> Result<(), CallError> {
    ///     juzi.open_chat(&OpenChat::with_contacts(["lin"], ["wmA"])).await?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`]; [`CallError::Invalid`] before anything is posted.
    pub async fn open_chat(&self, chat: &OpenChat) -> Result<OpenedChat, CallError> {
        let api = "openEnterpriseChat";
        let params = self.checked(api, chat.to_js(), &[])?;
        parse(&self.call(api, params).await?)
    }

    /// Shows images over the whole console, beginning with `current`, or else with the first. URLs are relative to the page.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn show(juzi: &Juzi) -> Result<(), CallError> {
    ///     juzi.preview_images(["/menu-1.png", "/menu-2.png"], Some("/menu-2.png")).await
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`]; [`CallError::Invalid`] before anything is posted.
    pub async fn preview_images<I>(&self, urls: I, current: Option<&str>) -> Result<(), CallError>
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        let api = "previewImage";
        let list = Array::new();
        for url in urls {
            let url: String = url.into();
            list.push(&url.into());
        }
        let params = Object::new();
        set(&params, "urls", &list);
        if let Some(current) = current {
            set(&params, "current", &current.into());
        }
        let params = self.checked(api, params.into(), &[])?;
        self.call(api, params).await.map(drop)
    }

    /// Calls a function each time the user switches conversation, until the subscription is dropped. The host reports switches only after
    /// [`Juzi::authorize`], and only if the page was registered with `msgType=postMessage`.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi, Subscription};
    ///
    /// async fn follow(juzi: &Juzi) -> Result<Subscription, CallError> {
    ///     let following = juzi.on_switch(|info| { /* show info.juzi_chat_id */ });
    ///     juzi.authorize().await?;
    ///     Ok(following)
    /// }
    /// ```
    pub fn on_switch(&self, callback: impl FnMut(BaseInfo) + 'static) -> Subscription {
        Subscription::new(&self.helper, Box::new(callback))
    }

    /// Makes a call by its name, for calls that have no method here. The answer's members become a `T`: use `serde_json::Value` for any of
    /// them, and [`serde::de::IgnoredAny`] where the answer does not matter. `()` stands for no parameters.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Tags {
    ///     tags: Vec<String>,
    /// }
    ///
    /// async fn tags(juzi: &Juzi) -> Result<Vec<String>, CallError> {
    ///     let answer: Tags = juzi.invoke("getChatTags", &()).await?;
    ///     Ok(answer.tags)
    /// }
    /// ```
    ///
    /// # Errors
    /// Any [`CallError`]; [`CallError::Invalid`] before anything is posted, also if the parameters are no object;
    /// [`CallError::Unsupported`] if the helper does not have the call; [`CallError::Unreadable`] if the answer is no `T`.
    pub async fn invoke<T: DeserializeOwned>(
        &self,
        api: &str,
        params: &impl Serialize,
    ) -> Result<T, CallError> {
        let params = match to_js(params).map_err(CallError::internal)? {
            none if none.is_null() => Object::new(),
            object if object.is_object() && !Array::is_array(&object) => object.unchecked_into(),
            _ => {
                return Err(CallError::Invalid {
                    field: "params".into(),
                    expected: "an object".into(),
                });
            }
        };
        self.check(api, &params, &[])?;
        parse_as(&self.call(api, params).await?)
    }

    /// What has happened in the page, for whoever looks for a fault: with [`Options::record`], the newest messages, decisions and errors, in
    /// the format that the workbench opens. It has the contents of messages; login codes are masked.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn describe(juzi: &Juzi) -> Result<String, CallError> {
    ///     Ok(juzi.report().await?.to_string())
    /// }
    /// ```
    ///
    /// # Errors
    /// [`CallError::Internal`] if nothing is recorded.
    pub async fn report(&self) -> Result<serde_json::Value, CallError> {
        let made = settle(self.helper.report()).await?;
        js_sys::JSON::stringify(&made)
            .ok()
            .and_then(|text| serde_json::from_str(&String::from(text)).ok())
            .ok_or_else(|| CallError::internal("the report is no JSON"))
    }

    /// Saves the report as a file in the browser's downloads.
    ///
    /// ```
    /// use juzi_helper::client::{CallError, Juzi};
    ///
    /// async fn save(juzi: &Juzi) -> Result<(), CallError> {
    ///     juzi.save_report().await
    /// }
    /// ```
    ///
    /// # Errors
    /// [`CallError::Internal`] if nothing is recorded.
    pub async fn save_report(&self) -> Result<(), CallError> {
        settle(self.helper.save_report()).await.map(drop)
    }

    /// Fails unless this conversation is open, according to the host's answer and to the switches that it reports in the meantime.
    async fn require_open(&self, chat: &ChatInfo) -> Result<(), CallError> {
        let watch = Watch::new(&self.helper, &chat.id);
        let open = self.chat_info().await?;
        if open.id == chat.id && !watch.has_left() {
            return Ok(());
        }
        Err(CallError::ConversationChanged)
    }

    /// A call without parameters.
    async fn ask<T: Answer>(&self, api: &str) -> Result<T, CallError> {
        parse(&self.call(api, Object::new()).await?)
    }

    async fn call(&self, api: &str, params: Object) -> Result<JsValue, CallError> {
        call(&self.helper, &self.limits, api, params).await
    }

    /// The parameters, checked by the helper's rules. A helper from elsewhere may not check them.
    fn checked(
        &self,
        api: &str,
        params: JsValue,
        messages: &[SendParams],
    ) -> Result<Object, CallError> {
        self.check(api, &params, messages)?;
        Ok(params.unchecked_into())
    }

    /// If the catalogue does not have a call, the page's helper decides whether to refuse it.
    fn check(&self, api: &str, params: &JsValue, messages: &[SendParams]) -> Result<(), CallError> {
        let Some(Action::Post { params: rule, .. }) = api::find(api) else {
            return Ok(());
        };
        match check_in_page(*rule, params) {
            Ok(_) => Ok(()),
            // Outside the sidebar, nothing else about a call matters.
            Err(_) if self.env().is_some_and(|env| !env.in_sidebar) => Err(CallError::NotInSidebar),
            Err(fault) => Err(CallError::from_fault(&fault, messages)),
        }
    }
}

/// The parameters of `sendMultiChatMessage`. An object, because a list has no place for a signal.
fn all_of(messages: &[SendParams]) -> JsValue {
    let list = Array::new();
    for message in messages {
        list.push(&message.to_value());
    }
    let params = Object::new();
    set(&params, "messages", &list);
    params.into()
}

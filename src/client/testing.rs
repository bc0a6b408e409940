//! A fake host, for the tests of a sidebar page that run in a browser by wasm-bindgen-test.
//!
//! It puts a page into a frame of the test's document and answers the page's calls by the real protocol. Enable its feature,
//! `client-testing`, in the dev-dependencies.
//!
//! ```
//! use juzi_helper::client::testing::FakeHost;
//! use juzi_helper::client::{CallError, Options};
//! use juzi_helper::message::SendParams;
//! use serde_json::json;
//!
//! // With #[wasm_bindgen_test] and run_in_browser.
//! async fn a_greeting_names_the_customer() -> Result<(), Box<dyn std::error::Error>> {
//!     let host = FakeHost::open().await?;
//!     host.answer("getCurExternalContact", json!({ "externalUserId": "wmA" }));
//!     host.answer("sendChatMessage", json!({}));
//!     let juzi = host.install(&Options::new())?;
//!
//!     let contact = juzi.current_contact().await?;
//!     juzi.send(&SendParams::text(format!("Hello {}", contact.user_id))).await?;
//!
//!     let calls = host.calls();
//!     assert_eq!(calls[1].params, json!({ "msgtype": "text", "text": { "content": "Hello wmA" } }));
//!     Ok(())
//! }
//! ```

mod console;
mod settled;

use core::time::Duration;
use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlIFrameElement, MessageEvent, Window};

use self::console::Console;
use super::error::SetupError;
use super::install::{install_in, window};
use super::juzi::Juzi;
use super::options::Options;
use super::read::to_js;

thread_local! {
    /// The number of the host that was opened last.
    static NEWEST: Cell<u32> = const { Cell::new(0) };
}

/// A call that the page has posted.
///
/// ```
/// use juzi_helper::client::testing::{FakeHost, PostedCall};
///
/// fn sent(host: &FakeHost) -> Vec<PostedCall> {
///     host.calls().into_iter().filter(|call| call.api == "sendChatMessage").collect()
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PostedCall {
    /// The host's name for it. `Juzi::context` posts `getCurChatInfo`.
    pub api: String,
    /// Its parameters.
    pub params: Value,
}

/// How the fake host answers a call.
///
/// ```
/// use juzi_helper::client::testing::{Answer, FakeHost};
/// use serde_json::json;
///
/// fn refuse_links(host: &FakeHost) {
///     host.answer_with("sendChatMessage", |call| match call.params["msgtype"].as_str() {
///         Some("news") => Answer::Fail("no links here".into()),
///         _ => Answer::Data(json!({})),
///     });
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Answer {
    /// It succeeds with this data, in the host's form.
    Data(Value),
    /// It fails with this reason.
    Fail(String),
    /// There is no answer.
    Silence,
    /// The given answer, after this time.
    After(Duration, Box<Answer>),
    /// The call waits until the test answers it by [`FakeHost::release`].
    Hold,
}

/// A host with one page in its frame. Dropping it removes the frame. The helper supports one page at a time: opening another host ends this
/// one, so a failed test does not disturb the next.
///
/// An unscripted call fails with the reason `the fake host has no answer to it`.
///
/// ```
/// use juzi_helper::client::testing::FakeHost;
/// use juzi_helper::client::{Options, SetupError};
///
/// async fn page() -> Result<(), SetupError> {
///     let host = FakeHost::open().await?;
///     let juzi = host.install(&Options::new())?;
///     // Give the Juzi to the page's code.
///     Ok(())
/// }
/// ```
pub struct FakeHost {
    window: Window,
    frame: HtmlIFrameElement,
    console: Rc<Console>,
    listener: Closure<dyn Fn(MessageEvent)>,
}

impl FakeHost {
    /// Opens a frame with a page that is in the sidebar.
    ///
    /// ```
    /// use juzi_helper::client::SetupError;
    /// use juzi_helper::client::testing::FakeHost;
    ///
    /// async fn host() -> Result<FakeHost, SetupError> {
    ///     FakeHost::open().await
    /// }
    /// ```
    ///
    /// # Errors
    /// There is no document.
    pub async fn open() -> Result<Self, SetupError> {
        Self::open_at("about:blank?juziSidebar").await
    }

    /// Opens a frame with a page that is not in the sidebar: its URL has no `juziSidebar`.
    ///
    /// ```
    /// use juzi_helper::client::testing::FakeHost;
    /// use juzi_helper::client::{CallError, Options};
    ///
    /// async fn outside() -> Result<(), Box<dyn std::error::Error>> {
    ///     let host = FakeHost::open_outside().await?;
    ///     let juzi = host.install(&Options::new())?;
    ///     assert_eq!(juzi.current_contact().await, Err(CallError::NotInSidebar));
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// There is no document.
    pub async fn open_outside() -> Result<Self, SetupError> {
        Self::open_at("about:blank").await
    }

    async fn open_at(url: &str) -> Result<Self, SetupError> {
        let window = window()?;
        let frame = add_frame(&window, url).await.map_err(refused)?;
        let page = frame.content_window().ok_or(SetupError::NoWindow)?;
        // An earlier test's page was in the sidebar of the same tab.
        crate::browser::forget_environment(&page);
        let console = Rc::new(Console::new(page));
        let receiver = Rc::clone(&console);
        let number = NEWEST.get().wrapping_add(1);
        NEWEST.set(number);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if NEWEST.get() == number {
                receiver.receive(&event.data());
            }
        });
        window
            .add_event_listener_with_callback("message", listener.as_ref().unchecked_ref())
            .map_err(refused)?;
        Ok(Self {
            window,
            frame,
            console,
            listener,
        })
    }

    /// Installs the helper in the page.
    ///
    /// ```
    /// use juzi_helper::client::testing::FakeHost;
    /// use juzi_helper::client::{Juzi, Options, SetupError};
    ///
    /// fn juzi(host: &FakeHost) -> Result<Juzi, SetupError> {
    ///     host.install(&Options::new().debug(true))
    /// }
    /// ```
    ///
    /// # Errors
    /// An option is malformed.
    pub fn install(&self, options: &Options) -> Result<Juzi, SetupError> {
        install_in(self.console.page(), &options.checked()?).map(Juzi::new)
    }

    /// Answers a call with this data, in the host's form, from now on.
    ///
    /// ```
    /// use juzi_helper::client::testing::FakeHost;
    /// use serde_json::json;
    ///
    /// fn prepare(host: &FakeHost) {
    ///     host.answer("getCurExternalContact", json!({ "externalUserId": "wmA" }));
    ///     host.answer("getCurExternalChat", json!({ "chatId": "chat-1" }));
    ///     host.answer("getCurChatInfo", json!({ "id": "c1", "name": "Wang", "type": 0, "external": true }));
    ///     host.answer("sidebarAuth", json!({ "baseInfo": { "code": "f00d", "juziChatId": "c1" } }));
    ///     host.answer("sendChatMessage", json!({}));
    /// }
    /// ```
    pub fn answer(&self, api: &str, data: Value) {
        self.answer_with(api, move |_| Answer::Data(data.clone()));
    }

    /// Answers a call with what a function returns, from now on.
    ///
    /// ```
    /// use juzi_helper::client::testing::{Answer, FakeHost};
    ///
    /// fn prepare(host: &FakeHost) {
    ///     host.answer_with("openEnterpriseChat", |call| Answer::Data(call.params.clone()));
    /// }
    /// ```
    pub fn answer_with(&self, api: &str, answer: impl Fn(&PostedCall) -> Answer + 'static) {
        self.console.script(api, answer);
    }

    /// Fails a call with this reason, from now on.
    ///
    /// ```
    /// use juzi_helper::client::testing::FakeHost;
    ///
    /// fn prepare(host: &FakeHost) {
    ///     host.fail("sendChatMessage", "no permission");
    /// }
    /// ```
    pub fn fail(&self, api: &str, reason: &str) {
        let reason = reason.to_owned();
        self.answer_with(api, move |_| Answer::Fail(reason.clone()));
    }

    /// Leaves a call unanswered, from now on.
    ///
    /// ```
    /// use juzi_helper::client::testing::FakeHost;
    ///
    /// fn prepare(host: &FakeHost) {
    ///     host.leave_unanswered("sendChatMessage");
    /// }
    /// ```
    pub fn leave_unanswered(&self, api: &str) {
        self.answer_with(api, |_| Answer::Silence);
    }

    /// Keeps a call waiting until the test answers it by [`FakeHost::release`], from now on.
    ///
    /// ```
    /// use juzi_helper::client::testing::{Answer, FakeHost};
    /// use serde_json::json;
    ///
    /// /// An answer that comes after the user has switched.
    /// async fn late(host: &FakeHost) {
    ///     host.hold("getCurChatInfo");
    ///     // … here the page asks …
    ///     host.switch_to(&json!({ "juziChatId": "c2" }));
    ///     host.settled().await;
    ///     assert!(host.release("getCurChatInfo", Answer::Data(json!({ "id": "c1" }))));
    /// }
    /// ```
    pub fn hold(&self, api: &str) {
        self.answer_with(api, |_| Answer::Hold);
    }

    /// Answers the oldest call of this name that waits. Returns whether there is one.
    ///
    /// ```
    /// use juzi_helper::client::testing::{Answer, FakeHost};
    ///
    /// fn refuse_all(host: &FakeHost) {
    ///     while host.release("sendChatMessage", Answer::Fail("no permission".into())) {}
    /// }
    /// ```
    pub fn release(&self, api: &str, answer: Answer) -> bool {
        self.console.release(api, answer)
    }

    /// The calls that have arrived, in order.
    ///
    /// ```
    /// use juzi_helper::client::testing::FakeHost;
    ///
    /// fn names(host: &FakeHost) -> Vec<String> {
    ///     host.calls().into_iter().map(|call| call.api).collect()
    /// }
    /// ```
    #[must_use]
    pub fn calls(&self) -> Vec<PostedCall> {
        self.console.calls()
    }

    /// Notifies the page that the user has switched conversation. Some browsers do not report the host's origin to a page. There the helper
    /// ignores the notification until the host has answered a call.
    ///
    /// ```
    /// use juzi_helper::client::testing::FakeHost;
    /// use serde_json::json;
    ///
    /// async fn switch(host: &FakeHost) {
    ///     host.switch_to(&json!({ "juziChatId": "c2" }));
    ///     host.settled().await;
    /// }
    /// ```
    pub fn switch_to(&self, base_info: &impl Serialize) {
        if let Ok(base_info) = serde_json::to_value(base_info) {
            self.console.push(&base_info);
        }
    }

    /// Waits until everything that has been posted so far, in either direction, has arrived.
    ///
    /// ```
    /// use juzi_helper::client::testing::FakeHost;
    ///
    /// async fn nothing_was_posted(host: &FakeHost) -> bool {
    ///     host.settled().await;
    ///     host.calls().is_empty()
    /// }
    /// ```
    pub async fn settled(&self) {
        for window in [&self.window, self.console.page(), &self.window] {
            // A window that is gone has no messages.
            let _ = settled::settled(window, &self.window).await;
        }
    }
}

impl Drop for FakeHost {
    fn drop(&mut self) {
        let listener = self.listener.as_ref().unchecked_ref();
        let _ = self
            .window
            .remove_event_listener_with_callback("message", listener);
        self.frame.remove();
    }
}

impl core::fmt::Debug for FakeHost {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("FakeHost").finish_non_exhaustive()
    }
}

/// Adds a frame to the document, and waits until it has loaded.
async fn add_frame(window: &Window, url: &str) -> Result<HtmlIFrameElement, JsValue> {
    let document = window.document().ok_or("there is no document")?;
    let body = document.body().ok_or("the document has no body")?;
    let frame: HtmlIFrameElement = document.create_element("iframe")?.unchecked_into();
    frame.set_src(url);
    let mut listening = Ok(());
    let loaded = Promise::new(&mut |resolve: Function, _| {
        listening = frame.add_event_listener_with_callback("load", &resolve);
    });
    listening?;
    body.append_child(&frame)?;
    JsFuture::from(loaded).await?;
    Ok(frame)
}

fn refused(thrown: JsValue) -> SetupError {
    SetupError::from_thrown(&thrown)
}

/// A value as the page gets it.
fn message(value: &Value) -> JsValue {
    // JSON always has a form in JavaScript.
    to_js(value).unwrap_or_default()
}

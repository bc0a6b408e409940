//! The workbench as a user operates it: the console, and the demo page in its sidebar.

use std::panic::Location;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::view::View;
use crate::wait::poll;

/// The workbench in a window.
pub struct Console {
    /// The console itself.
    pub view: View,
    /// The page in its sidebar.
    pub demo: Demo,
    /// The console's origin, which is also the hub's base URL.
    pub origin: String,
    /// The scenario file, if the test gave a scenario.
    pub(crate) scenario: Option<PathBuf>,
}

impl std::ops::Deref for Console {
    type Target = View;

    fn deref(&self) -> &View {
        &self.view
    }
}

impl Console {
    /// Opens a conversation with a click, and waits until it is shown.
    pub async fn open_chat(&self, id: &str) {
        self.view.click(&format!("chat-{id}")).await;
        self.view.reads("thread-id", id).await;
    }

    /// Waits until a toast with this text has been shown, even if it has already disappeared.
    pub async fn toasted(&self, text: &str) {
        let script = "return toasts.some((toast) => toast.includes(arguments[0]))";
        self.view.until(script, &[text.into()]).await;
    }

    /// The inspector's messages and ignored messages, as its export button saves them.
    pub async fn log(&self) -> Value {
        self.view.click("tab-messages").await;
        self.view
            .js(
                "if (!window.exported) {
                   const createObjectURL = URL.createObjectURL;
                   window.exported = [];
                   // The file is captured instead of saved, so that saved files do not fill the disk and WebKit's window.
                   const { click } = HTMLAnchorElement.prototype;
                   HTMLAnchorElement.prototype.click = function () { if (!this.download) click.call(this); };
                   URL.createObjectURL = (blob) => { exported.push(blob); return createObjectURL.call(URL, blob); };
                 }
                 window.exported.length = 0",
                &[],
            )
            .await;
        self.view.click("log-export").await;
        let text = self
            .view
            .until("return window.exported[0]?.text()", &[])
            .await;
        serde_json::from_str(text.as_str().unwrap_or_default()).expect("the export is JSON")
    }

    /// The inspector's messages that have these members, oldest first.
    pub async fn messages(&self, members: Value) -> Vec<Value> {
        let log = self.log().await;
        let entries = log["messages"].as_array().cloned().unwrap_or_default();
        let wanted = members.as_object().cloned().unwrap_or_default();
        entries
            .into_iter()
            .filter(|entry| wanted.iter().all(|(name, value)| entry[name] == *value))
            .collect()
    }

    /// Replaces the scenario file that the workbench was started with.
    ///
    /// # Panics
    /// If the workbench was started without a scenario file.
    pub fn rewrite_scenario(&self, text: &str) {
        let file = self
            .scenario
            .as_ref()
            .expect("a scenario of the test's own");
        std::fs::write(file, text).expect("the scenario can be written");
    }

    /// The scenario file as it is now.
    ///
    /// # Panics
    /// If the workbench was started without a scenario file, or the file is not JSON.
    pub fn written_scenario(&self) -> Value {
        let file = self
            .scenario
            .as_ref()
            .expect("a scenario of the test's own");
        let text = std::fs::read_to_string(file).expect("the scenario can be read");
        serde_json::from_str(&text).expect("the scenario is JSON")
    }

    /// Sets a number in the panel of faults.
    pub async fn set_fault(&self, name: &str, value: u32) {
        self.view.click("tab-faults").await;
        self.view
            .fill(&format!("fault-{name}"), &value.to_string())
            .await;
    }

    /// Ticks or unticks a fault.
    pub async fn toggle_fault(&self, name: &str) {
        self.view.click("tab-faults").await;
        self.view.click(&format!("fault-{name}")).await;
    }
}

/// The demo page. A button's id is the name of its call.
pub struct Demo(pub View);

impl std::ops::Deref for Demo {
    type Target = View;

    fn deref(&self) -> &View {
        &self.0
    }
}

/// The result of a call as the demo page shows it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Whether it counted as a success.
    pub ok: bool,
    pub err_msg: String,
    /// The result that the page got.
    pub json: Value,
    /// `callback`, `method` or `promise`.
    pub style: String,
    /// How many times it was answered.
    pub answers: u64,
    /// Whether `complete` was called.
    pub complete: bool,
}

impl Demo {
    /// Clicks a button and returns the result of its call.
    #[track_caller]
    pub fn call(&self, button: &str) -> impl Future<Output = Answer> {
        let at = Location::caller();
        async move {
            let before = self.newest().await;
            self.0.click(button).await;
            self.ended(at, before + 1).await
        }
    }

    /// Clicks a button and returns the number of the result, which may still be pending.
    pub async fn begin(&self, button: &str) -> u64 {
        let before = self.newest().await;
        self.0.click(button).await;
        self.0
            .until(
                "return document.querySelector(`[data-testid=result][data-n='${arguments[0]}']`) !== null",
                &[(before + 1).into()],
            )
            .await;
        before + 1
    }

    /// Waits for the result with this number.
    #[track_caller]
    pub fn result(&self, number: u64) -> impl Future<Output = Answer> {
        let at = Location::caller();
        async move { self.ended(at, number).await }
    }

    /// The number of the newest result, or 0 if there is none.
    pub async fn newest(&self) -> u64 {
        // On a page that has not loaded completely, a click may come before its listener is added.
        self.0.loaded().await;
        let script = "return document.querySelector('[data-testid=result]')?.dataset.n ?? '0'";
        let number = self.0.until(script, &[]).await;
        number
            .as_str()
            .and_then(|text| text.parse().ok())
            .unwrap_or_default()
    }

    /// Makes any call with the form for it, by name and parameters.
    #[track_caller]
    pub fn invoke(&self, api: &str, params: Value) -> impl Future<Output = Answer> {
        let at = Location::caller();
        async move {
            self.0.fill("raw-api", api).await;
            self.0.paste("raw-params", &params.to_string()).await;
            let before = self.newest().await;
            self.0.click("raw-send").await;
            self.ended(at, before + 1).await
        }
    }

    async fn ended(&self, at: &Location<'_>, number: u64) -> Answer {
        let script = "const shown = document.querySelector(`[data-testid=result][data-n='${arguments[0]}']`);
            return shown && { ...shown.dataset, json: shown.querySelector('[data-testid=result-json]').textContent }";
        let shown = poll(at, &format!("result {number}"), async || {
            let shown = self.0.js(script, &[json!(number)]).await;
            match shown["state"].as_str() {
                Some("ok" | "fail") => Ok(shown),
                _ => Err(format!("it is {shown}")),
            }
        })
        .await;
        let text = |name: &str| shown[name].as_str().unwrap_or_default().to_owned();
        Answer {
            ok: shown["state"] == "ok",
            err_msg: text("errMsg"),
            json: serde_json::from_str(&text("json")).unwrap_or_else(|_| text("json").into()),
            style: text("style"),
            answers: text("answers").parse().unwrap_or_default(),
            complete: shown["complete"] == "true",
        }
    }
}

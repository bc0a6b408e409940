//! A sidebar page in a frame, with the helper installed, and the console around it.

use juzi_helper::browser;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/tests/browser/stage.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn open(search: &str, before: &str) -> Result<JsValue, JsValue>;
    fn disguise(window: &JsValue, overrides: &JsValue) -> JsValue;
    async fn next() -> JsValue;
    fn tell(message: &JsValue);
    async fn settled();
    fn untaken() -> u32;
    #[wasm_bindgen(js_name = takeErrors)]
    fn take_errors() -> String;
    fn show(value: &JsValue) -> String;
    #[wasm_bindgen(js_name = listenToConsole)]
    fn listen_to_console();
    #[wasm_bindgen(js_name = consoleText)]
    fn console_text() -> String;
}

#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    /// The module that the library itself imports, so it shares the helper's state.
    #[wasm_bindgen(catch)]
    fn connect(
        core: &JsValue,
        page: &JsValue,
        options: &JsValue,
        juzi_wx: &JsValue,
        engine: &JsValue,
    ) -> Result<(), JsValue>;
}

type Install = dyn Fn(JsValue, JsValue, bool, JsValue, JsValue);

/// The library's exported functions, as the released script's loader passes them to `connect`.
fn core() -> JsValue {
    let core = js_sys::Object::new();
    let give = |name: &str, function: JsValue| {
        js_sys::Reflect::set(&core, &name.into(), &function).expect("a plain object");
    };
    // Leaked on purpose: they replace exports, which live as long as the page.
    let install = |options, agent, framed, window, ancestor| {
        browser::install(options, agent, framed, window, ancestor);
    };
    give("install", Closure::<Install>::new(install).into_js_value());
    let dispatch =
        |call: browser::Call, params: JsValue, bridged| browser::dispatch(call, params, bridged);
    give(
        "dispatch",
        Closure::<dyn Fn(browser::Call, JsValue, bool) -> bool>::new(dispatch).into_js_value(),
    );
    let message = |from_parent, data: JsValue, origin: JsValue| {
        browser::message(from_parent, data, origin);
    };
    give(
        "message",
        Closure::<dyn Fn(bool, JsValue, JsValue)>::new(message).into_js_value(),
    );
    let expire = |call: browser::Call| browser::expire(call);
    give(
        "expire",
        Closure::<dyn Fn(browser::Call)>::new(expire).into_js_value(),
    );
    give(
        "env",
        Closure::<dyn Fn(bool, JsValue) -> JsValue>::new(|patched, engine| {
            browser::env(patched, engine)
        })
        .into_js_value(),
    );
    core.into()
}

/// A page's settings before the helper is installed in it.
pub struct Setup<'a> {
    /// The query of its URL.
    pub search: &'a str,
    /// JavaScript that runs before the helper is installed.
    pub before: &'a str,
    /// JavaScript: the options.
    pub options: &'a str,
    /// JavaScript: members of its window that are replaced for the helper.
    pub overrides: &'a str,
}

impl Default for Setup<'_> {
    fn default() -> Self {
        Self {
            search: "?juziSidebar",
            before: "",
            options: "{}",
            overrides: "",
        }
    }
}

impl Setup<'_> {
    pub async fn open(self) -> Page {
        let window = open(self.search, self.before).await.expect("a frame");
        let page = match self.overrides {
            "" => window.clone(),
            overrides => disguise(&window, &js(overrides)),
        };
        let connected = connect(&core(), &page, &js(self.options), &js("{}"), &"wasm".into());
        connected
            .unwrap_or_else(|error| panic!("the helper could not be installed: {}", shown(&error)));
        Page { window }
    }
}

/// A request that the page has posted.
#[derive(Debug, Deserialize)]
pub struct Request {
    pub api: String,
    #[serde(rename = "reqId")]
    pub req_id: String,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub params: JsValue,
    /// The names of the envelope's members, outer and inner.
    pub members: String,
}

impl Request {
    /// The parameters as JSON.
    pub fn posted(&self) -> String {
        show(&self.params)
    }
}

/// A page with the helper in it.
pub struct Page {
    window: JsValue,
}

/// Running code of the page.
pub struct Running(JsFuture);

impl Running {
    /// Its result, as JSON.
    pub async fn result(self) -> String {
        match self.0.await {
            Ok(value) => show(&value),
            Err(error) => panic!("the page's code failed: {}", shown(&error)),
        }
    }
}

impl Page {
    /// An ordinary page in the sidebar.
    pub async fn open() -> Self {
        Setup::default().open().await
    }

    /// A page in the sidebar, with these options.
    pub async fn with(options: &str) -> Self {
        Setup {
            options,
            ..Setup::default()
        }
        .open()
        .await
    }

    /// A page in the sidebar that ran these statements before the helper.
    pub async fn after(before: &str) -> Self {
        Setup {
            before,
            ..Setup::default()
        }
        .open()
        .await
    }

    /// The value of an expression in the page.
    #[track_caller]
    pub fn value(&self, code: &str) -> JsValue {
        let eval = js_sys::Reflect::get(&self.window, &"eval".into()).expect("eval");
        let eval: js_sys::Function = eval.unchecked_into();
        match eval.call1(&self.window, &format!("({code})").into()) {
            Ok(value) => value,
            Err(error) => panic!("{code} threw {}", shown(&error)),
        }
    }

    /// The same as JSON.
    #[track_caller]
    pub fn json(&self, code: &str) -> String {
        show(&self.value(code))
    }

    /// Whether an expression is `true` in the page.
    #[track_caller]
    pub fn holds(&self, code: &str) -> bool {
        self.value(code) == JsValue::TRUE
    }

    /// Runs statements in the page; they may `return` and `await`.
    #[track_caller]
    pub fn start(&self, body: &str) -> Running {
        let promise = self.value(&format!("async () => {{ {body} }}"));
        let promise = promise
            .unchecked_into::<js_sys::Function>()
            .call0(&JsValue::UNDEFINED);
        Running(JsFuture::from(
            promise
                .expect("a promise")
                .unchecked_into::<js_sys::Promise>(),
        ))
    }

    /// Runs statements in the page and returns their result as JSON.
    pub async fn run(&self, body: &str) -> String {
        self.start(body).result().await
    }

    /// The next request.
    pub async fn request(&self) -> Request {
        serde_wasm_bindgen::from_value(next().await).expect("the envelope")
    }

    /// Answers a request with `data`, an expression.
    pub fn answer(&self, request: &Request, data: &str) {
        let Request { api, req_id, .. } = request;
        self.tell(&format!(
            "{{ api: '{api}', reqId: '{req_id}', data: {data} }}"
        ));
    }

    /// Waits for the next request and answers it.
    pub async fn reply(&self, data: &str) -> Request {
        let request = self.request().await;
        self.answer(&request, data);
        request
    }

    /// Posts a message, an expression, to the page as its parent.
    pub fn tell(&self, message: &str) {
        tell(&js(message));
    }

    /// Pushes a new conversation to the page.
    pub fn push(&self, chat: &str) {
        self.tell(&format!(
            "{{ api: 'updateBaseInfo', data: {{ baseInfo: {{ juziChatId: '{chat}' }} }} }}"
        ));
    }

    /// Waits until all messages have arrived.
    pub async fn settled(&self) {
        settled().await;
    }

    /// How many requests the page has posted that no test has taken.
    pub async fn posted(&self) -> u32 {
        settled().await;
        untaken()
    }

    /// The messages of the errors that reached `window.onerror` and are marked as `expected`.
    pub async fn errors(&self) -> String {
        settled().await;
        take_errors()
    }
}

/// Calls a function of the console's page with an argument and returns its result as JSON.
pub async fn run(function: &js_sys::Function, argument: &JsValue) -> String {
    let promise = function
        .call1(&JsValue::UNDEFINED, argument)
        .expect("a promise");
    Running(JsFuture::from(promise.unchecked_into::<js_sys::Promise>()))
        .result()
        .await
}

/// The text written to the console during `work`.
pub async fn console_during(work: impl Future<Output = ()>) -> String {
    listen_to_console();
    work.await;
    console_text()
}

/// The value of an expression in the console's page.
#[track_caller]
pub fn js(code: &str) -> JsValue {
    js_sys::eval(&format!("({code})"))
        .unwrap_or_else(|error| panic!("{code} threw {}", shown(&error)))
}

fn shown(error: &JsValue) -> String {
    String::from(js_sys::Object::from(error.clone()).to_string())
}

/// `res` of a success, as JSON.
pub fn ok(api: &str, members: &str) -> String {
    format!(
        r#"{{{}"err_msg":"{api}:ok","errMsg":"{api}:ok","errCode":0}}"#,
        listed(members)
    )
}

/// `res` of a failure, as JSON.
pub fn failed(text: &str, members: &str) -> String {
    format!(
        r#"{{{}"err_msg":"{text}","errMsg":"{text}","errCode":-1}}"#,
        listed(members)
    )
}

fn listed(members: &str) -> String {
    if members.is_empty() {
        String::new()
    } else {
        format!("{members},")
    }
}

//! The messages of the fake host: the answer to each call, and pushes.

use core::cell::RefCell;
use core::time::Duration;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Promise;
use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Window;

use super::{Answer, PostedCall, message};

type Script = dyn Fn(&PostedCall) -> Answer;

/// No cell is borrowed while a function of the test or JavaScript runs.
pub(super) struct Console {
    page: Window,
    scripts: RefCell<BTreeMap<String, Rc<Script>>>,
    calls: RefCell<Vec<PostedCall>>,
    /// The calls that wait for the test, oldest first.
    held: RefCell<Vec<Asked>>,
}

/// Identifies a call in its answer.
struct Asked {
    api: String,
    req_id: String,
}

/// A message from the page.
#[derive(Deserialize)]
struct Request {
    r#type: String,
    data: RequestData,
}

#[derive(Deserialize)]
struct RequestData {
    api: String,
    #[serde(rename = "reqId")]
    req_id: String,
    params: Value,
}

impl Console {
    pub(super) fn new(page: Window) -> Self {
        Self {
            page,
            scripts: RefCell::default(),
            calls: RefCell::default(),
            held: RefCell::default(),
        }
    }

    pub(super) fn page(&self) -> &Window {
        &self.page
    }

    pub(super) fn calls(&self) -> Vec<PostedCall> {
        self.calls.borrow().clone()
    }

    pub(super) fn script(&self, api: &str, answer: impl Fn(&PostedCall) -> Answer + 'static) {
        let script: Rc<Script> = Rc::new(answer);
        self.scripts.borrow_mut().insert(api.into(), script);
    }

    /// Handles a message to the document. Anything but a page's request is ignored.
    pub(super) fn receive(self: &Rc<Self>, data: &JsValue) {
        if !data.is_object() {
            return;
        }
        let request = serde_wasm_bindgen::from_value::<Request>(data.clone());
        if let Ok(Request { r#type, data }) = request
            && r#type == "sidebarHelper"
        {
            self.handle(data);
        }
    }

    fn handle(self: &Rc<Self>, request: RequestData) {
        let RequestData {
            api,
            req_id,
            params,
        } = request;
        let call = PostedCall { api, params };
        self.calls.borrow_mut().push(call.clone());
        let script = self.scripts.borrow().get(&call.api).cloned();
        let answer = script.map_or_else(unscripted, |script| script(&call));
        let PostedCall { api, .. } = call;
        self.answer(Asked { api, req_id }, answer);
    }

    fn answer(self: &Rc<Self>, asked: Asked, answer: Answer) {
        let Asked { api, req_id } = &asked;
        match answer {
            Answer::Data(data) => {
                self.post(&json!({ "api": api, "reqId": req_id, "data": data }));
            }
            Answer::Fail(reason) => {
                let err_msg = format!("{api}:fail {reason}");
                self.post(&json!({ "api": api, "reqId": req_id, "data": { "err_msg": err_msg } }));
            }
            Answer::Silence => {}
            Answer::After(time, answer) => {
                let console = Rc::clone(self);
                spawn_local(async move {
                    after(time).await;
                    console.answer(asked, *answer);
                });
            }
            Answer::Hold => self.held.borrow_mut().push(asked),
        }
    }

    pub(super) fn release(self: &Rc<Self>, api: &str, answer: Answer) -> bool {
        let mut held = self.held.borrow_mut();
        let Some(oldest) = held.iter().position(|asked| asked.api == api) else {
            return false;
        };
        let asked = held.remove(oldest);
        drop(held);
        self.answer(asked, answer);
        true
    }

    pub(super) fn push(&self, base_info: &Value) {
        self.post(&json!({ "api": "updateBaseInfo", "data": { "baseInfo": base_info } }));
    }

    fn post(&self, value: &Value) {
        // The page may be gone.
        let _ = self.page.post_message(&message(value), "*");
    }
}

/// Resolves after this time; at once where there are no timers.
async fn after(time: Duration) {
    let milliseconds = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
    let over = Promise::new(&mut |resolve, _| {
        let timer = web_sys::window().map(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
        });
        if !matches!(timer, Some(Ok(_))) {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(over).await;
}

fn unscripted() -> Answer {
    Answer::Fail("the fake host has no answer to it".into())
}

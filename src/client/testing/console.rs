//! What the fake host posts: the answer to each call, and pushes.

use core::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::{Answer, PostedCall, message};

type Script = dyn Fn(&PostedCall) -> Answer;

/// No cell is borrowed while a function of the test or JavaScript runs.
pub(super) struct Console {
    page: Window,
    scripts: RefCell<BTreeMap<String, Rc<Script>>>,
    calls: RefCell<Vec<PostedCall>>,
}

/// What a page posts.
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

    /// Handles a message of the document's. Others than a page's requests are ignored.
    pub(super) fn receive(&self, data: &JsValue) {
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

    fn handle(&self, request: RequestData) {
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
        match answer {
            Answer::Data(data) => {
                self.post(&json!({ "api": api, "reqId": req_id, "data": data }));
            }
            Answer::Fail(reason) => {
                let err_msg = format!("{api}:fail {reason}");
                self.post(&json!({ "api": api, "reqId": req_id, "data": { "err_msg": err_msg } }));
            }
            Answer::Silence => {}
        }
    }

    pub(super) fn push(&self, base_info: &Value) {
        self.post(&json!({ "api": "updateBaseInfo", "data": { "baseInfo": base_info } }));
    }

    fn post(&self, value: &Value) {
        // The page may be gone.
        let _ = self.page.post_message(&message(value), "*");
    }
}

fn unscripted() -> Answer {
    Answer::Fail("the fake host has no answer to it".into())
}

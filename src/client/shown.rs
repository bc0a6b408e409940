//! Checks whether the conversation that a page shows is still open.

use core::cell::Cell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::base_info::BaseInfo;
use super::error::CallError;
use super::install::Helper;
use super::subscription::Subscription;

/// How many times to ask the host before its conversation counts as a different one.
pub(super) const TRIES: u32 = 15;

/// The pause between two questions, in milliseconds.
const PAUSE: i32 = 200;

/// Records whether the host reports a switch to another conversation.
pub(super) struct Watch {
    left: Rc<Cell<bool>>,
    _following: Subscription,
}

impl Watch {
    pub(super) fn new(helper: &Helper, chat: &str) -> Self {
        let left = Rc::new(Cell::new(false));
        let (noted, chat) = (Rc::clone(&left), chat.to_owned());
        // The last switch counts, because the user may come back. A switch that names no conversation may lead to any.
        let note = move |info: BaseInfo| noted.set(info.juzi_chat_id.as_ref() != Some(&chat));
        let following = Subscription::new(helper, Box::new(note));
        Self {
            left,
            _following: following,
        }
    }

    pub(super) fn has_left(&self) -> bool {
        self.left.get()
    }
}

/// Waits before the host is asked again.
pub(super) async fn pause() -> Result<(), CallError> {
    let window = web_sys::window().ok_or_else(|| CallError::internal("there is no window"))?;
    let mut timer = Err(JsValue::UNDEFINED);
    let over = Promise::new(&mut |resolve, _| {
        timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PAUSE);
    });
    timer.map_err(|thrown| CallError::from_rejection(&thrown))?;
    JsFuture::from(over)
        .await
        .map(drop)
        .map_err(|thrown| CallError::from_rejection(&thrown))
}

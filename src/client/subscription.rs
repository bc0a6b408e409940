//! Subscriptions to switches of the conversation.

use core::cell::Cell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::base_info::{BaseInfo, parse_base_info};
use super::install::Helper;

const EVENT: &str = "updateBaseInfo";

/// Calls a function at each switch, until the subscription is dropped. A function that panics is not called again: what it holds may be
/// half changed.
///
/// ```
/// use juzi_helper::client::{Juzi, Subscription};
///
/// /// It follows the conversation as long as it exists.
/// struct Page {
///     following: Subscription,
/// }
///
/// fn follow(juzi: &Juzi) -> Page {
///     let following = juzi.on_switch(|info| { /* show info.juzi_chat_id */ });
///     Page { following }
/// }
/// ```
#[must_use = "the subscription ends when it is dropped"]
pub struct Subscription {
    helper: Helper,
    function: Function,
    listener: Rc<Listener>,
}

type Callback = dyn FnMut(BaseInfo);

/// The page's function. It is taken out while it runs, because it may drop the subscription.
struct Listener {
    callback: Cell<Option<Box<Callback>>>,
    ended: Cell<bool>,
}

impl Subscription {
    pub(super) fn new(helper: &Helper, callback: Box<Callback>) -> Self {
        let listener = Rc::new(Listener {
            callback: Cell::new(Some(callback)),
            ended: Cell::new(false),
        });
        let listening = Rc::clone(&listener);
        // JavaScript owns it: a push that is under way may call it after the subscription has ended.
        let function = Closure::<dyn Fn(JsValue)>::new(move |res: JsValue| listening.receive(&res));
        let function: Function = function.into_js_value().unchecked_into();
        // Another helper may lack `on`: then the function is never called.
        let _ = helper.on(EVENT, &function);
        Self {
            helper: helper.clone(),
            function,
            listener,
        }
    }
}

impl Listener {
    fn receive(&self, res: &JsValue) {
        let Ok(info) = parse_base_info(res) else {
            return;
        };
        let Some(mut callback) = self.callback.take() else {
            return;
        };
        callback(info);
        if !self.ended.get() {
            self.callback.set(Some(callback));
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.listener.ended.set(true);
        drop(self.listener.callback.take());
        let _ = self.helper.off(EVENT, &self.function);
    }
}

impl core::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Subscription").finish_non_exhaustive()
    }
}

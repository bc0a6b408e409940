//! Waiting until a window has received its messages.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Window};

/// Resolves when all messages posted to the window so far have arrived, and their microtasks have run.
pub(super) async fn settled(window: &Window, top: &Window) -> Result<(), JsValue> {
    // A message arrives as a copy, so this one is recognised by its text.
    let mark = format!("settled {}", js_sys::Math::random());
    let expected = mark.clone();
    let (promise, resolve) = promise();
    let timer = top.clone();
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let arrived = event.data().as_string().as_deref() == Some(&*expected);
        if let (true, Some(resolve)) = (arrived, &resolve) {
            // A timer runs after the microtasks of this message.
            let _ = timer.set_timeout_with_callback(resolve);
        }
    });
    let function = listener.as_ref().unchecked_ref();
    window.add_event_listener_with_callback("message", function)?;
    window.post_message(&mark.into(), "*")?;
    let arrived = JsFuture::from(promise).await;
    window.remove_event_listener_with_callback("message", function)?;
    arrived.map(drop)
}

/// A promise, and the function that resolves it.
fn promise() -> (Promise, Option<Function>) {
    let mut resolve = None;
    let promise = Promise::new(&mut |given, _| resolve = Some(given));
    (promise, resolve)
}

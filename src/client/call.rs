//! One call: its promise, its timeout, and its end when the future is dropped.

use core::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Window};

use super::error::CallError;
use super::install::{Helper, promise, set};

/// The limits that can end a call before the host answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    pub(super) timeout: Option<Duration>,
    pub(super) signal: Option<AbortSignal>,
}

/// Makes a call and waits for `res`.
pub(super) async fn call(
    helper: &Helper,
    limits: &Limits,
    api: &str,
    params: Object,
) -> Result<JsValue, CallError> {
    let mut running = Running::new(limits)?;
    set(&params, "signal", &running.controller.signal());
    let answer = helper
        .invoke(api, &params)
        .map_err(|thrown| CallError::from_rejection(&thrown))?;
    let answer = running.limit(promise(&answer), limits)?;
    match JsFuture::from(answer).await {
        // The timer fired first: `res` of a call is always an object.
        Ok(res) if res.is_undefined() && running.timer.is_some() => Err(CallError::Timeout),
        Ok(res) => Ok(res),
        Err(thrown) => Err(CallError::from_rejection(&thrown)),
    }
}

/// A pending call. Dropping it ends the call and removes its timer and listener.
struct Running {
    window: Window,
    controller: AbortController,
    timer: Option<i32>,
    /// The caller's signal, and its listener.
    outer: Option<(AbortSignal, Function)>,
}

impl Running {
    fn new(limits: &Limits) -> Result<Self, CallError> {
        let window = web_sys::window().ok_or_else(|| CallError::internal("there is no window"))?;
        let controller = AbortController::new().map_err(refused)?;
        let mut running = Self {
            window,
            controller,
            timer: None,
            outer: None,
        };
        if let Some(signal) = &limits.signal {
            running.follow(signal)?;
        }
        Ok(running)
    }

    /// Makes the caller's signal end the call.
    fn follow(&mut self, signal: &AbortSignal) -> Result<(), CallError> {
        if signal.aborted() {
            self.controller.abort();
            return Ok(());
        }
        let abort = Reflect::get(&self.controller, &"abort".into()).map_err(refused)?;
        let abort = abort.unchecked_into::<Function>().bind0(&self.controller);
        signal
            .add_event_listener_with_callback("abort", &abort)
            .map_err(refused)?;
        self.outer = Some((signal.clone(), abort));
        Ok(())
    }

    /// A promise of the answer or the timeout, whichever comes first.
    fn limit(&mut self, answer: Promise, limits: &Limits) -> Result<Promise, CallError> {
        let Some(timeout) = limits.timeout else {
            return Ok(answer);
        };
        let milliseconds = i32::try_from(timeout.as_millis()).unwrap_or(i32::MAX);
        let mut timer = Err(JsValue::UNDEFINED);
        let expired = Promise::new(&mut |resolve, _| {
            timer = self
                .window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        });
        self.timer = Some(timer.map_err(refused)?);
        Ok(Promise::race(&Array::of2(&answer, &expired)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // This has no effect on a call that has already ended.
        self.controller.abort();
        if let Some(timer) = self.timer {
            self.window.clear_timeout_with_handle(timer);
        }
        if let Some((signal, abort)) = &self.outer {
            // The platform's own signals do not throw here.
            let _ = signal.remove_event_listener_with_callback("abort", abort);
        }
    }
}

fn refused(thrown: JsValue) -> CallError {
    CallError::from_rejection(&thrown)
}

//! One call: its promise, and its end when the future is dropped.

use core::time::Duration;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::error::CallError;
use super::install::{Helper, promise};
use super::read::set;

/// The limits that can end a call before the host answers.
#[derive(Clone, Debug, Default, PartialEq)]
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
    let running = Running::new(limits)?;
    set(&params, "signal", &running.controller.signal());
    if let Some(timeout) = limits.timeout {
        set(&params, "timeout", &milliseconds(timeout).into());
    }
    settle(helper.invoke(api, &params)).await
}

/// Waits for what a function of the helper has returned.
pub(super) async fn settle(returned: Result<JsValue, JsValue>) -> Result<JsValue, CallError> {
    JsFuture::from(promise(&returned.map_err(refused)?))
        .await
        .map_err(refused)
}

/// The helper takes whole milliseconds from 1 to 2147483647.
fn milliseconds(timeout: Duration) -> i32 {
    i32::try_from(timeout.as_millis())
        .unwrap_or(i32::MAX)
        .max(1)
}

/// A pending call. Dropping it ends the call and removes its listener.
struct Running {
    controller: AbortController,
    /// The caller's signal, and its listener.
    outer: Option<(AbortSignal, Function)>,
}

impl Running {
    fn new(limits: &Limits) -> Result<Self, CallError> {
        let controller = AbortController::new().map_err(refused)?;
        let mut running = Self {
            controller,
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
}

impl Drop for Running {
    fn drop(&mut self) {
        // This has no effect on a call that has already ended.
        self.controller.abort();
        if let Some((signal, abort)) = &self.outer {
            // The platform's own signals do not throw here.
            let _ = signal.remove_event_listener_with_callback("abort", abort);
        }
    }
}

fn refused(thrown: JsValue) -> CallError {
    CallError::from_rejection(&thrown)
}

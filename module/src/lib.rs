//! The module of the released script: what its JavaScript calls, and its allocator. Programs that link `juzi-helper` get neither.
#![cfg(target_arch = "wasm32")]

use juzi_helper::browser::{self, Call};
use wasm_bindgen::prelude::*;

/// A small allocator that frees memory. The standard library's is 2 KB larger.
#[global_allocator]
// SAFETY: WebAssembly without the threads proposal, which the build does not enable, has one thread.
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };

/// Installs the helper in the page.
#[wasm_bindgen]
pub fn install(
    options: JsValue,
    user_agent: JsValue,
    framed: bool,
    window: JsValue,
    ancestor: JsValue,
) {
    browser::install(options, user_agent, framed, window, ancestor);
}

/// Begins a call of the page.
#[wasm_bindgen]
pub fn dispatch(call: Call, params: JsValue, bridged: bool) -> bool {
    browser::dispatch(call, params, bridged)
}

/// Ends a call that has timed out.
#[wasm_bindgen]
pub fn expire(call: Call) {
    browser::expire(call);
}

/// Takes a message to the page's window.
#[wasm_bindgen]
pub fn message(from_parent: bool, data: JsValue, origin: JsValue) {
    browser::message(from_parent, data, origin);
}

/// `juziWx.env`.
#[wasm_bindgen]
pub fn env(wx_patched: bool, engine: JsValue) -> JsValue {
    browser::env(wx_patched, engine)
}

/// Entry points for the benchmark: the check of a message without a call around it, and the cost of crossing the boundary.
#[cfg(feature = "bench")]
mod bench {
    use juzi_helper::browser::bench;
    use wasm_bindgen::prelude::*;

    /// Checks a message. Returns the plain message, or the fault's text.
    #[wasm_bindgen]
    pub fn bench_check(message: &JsValue) -> JsValue {
        bench::check(message)
    }

    /// Does nothing.
    #[wasm_bindgen]
    pub fn bench_empty(message: &JsValue) -> bool {
        message.is_undefined()
    }

    /// Reads one member.
    #[wasm_bindgen]
    pub fn bench_read(message: &JsValue) -> JsValue {
        bench::read(message)
    }
}

//! The helper in a browser. Each test is named after what a sidebar page observes.
//!
//! The tests' own page is the console. Each test creates a frame, installs the helper in it and runs a sidebar page's code.
#![cfg(target_arch = "wasm32")]

mod bridge;
mod callbacks;
mod calls;
mod detection;
mod engine;
mod hostile;
mod options;
mod pushes;
mod stage;
mod takeover;
mod timeouts;
mod vectors;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

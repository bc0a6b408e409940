//! The shell, in a browser: what a page in the sidebar notices, named after it.
//!
//! This page plays the console. Each test makes a frame, installs the helper in it and runs code of a sidebar page there.
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

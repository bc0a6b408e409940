//! The crate's client, as a page written in Rust uses it, against the fake host.
#![cfg(target_arch = "wasm32")]

mod calls;
mod errors;
mod reports;
mod setup;
mod shown;
mod switches;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use juzi_helper::client::testing::FakeHost;
use juzi_helper::client::{Juzi, Options};

/// A page in the sidebar, and its host.
async fn page() -> (FakeHost, Juzi) {
    let host = FakeHost::open().await.expect("a frame");
    let juzi = host.install(&Options::new()).expect("the helper");
    (host, juzi)
}

//! The sidebar helper of Juzi (句子秒回), the chat console for WeCom.
//!
//! With the helper, a page in the console's sidebar finds out who the customer is, sends messages into the conversation, opens chats and
//! previews images. Compiled to WebAssembly, this crate is the script `juzi-helper.js` and the npm package `juzi-helper-wasm`. The server
//! of such a page uses the crate natively:
//!
//! - [`message`]: the messages that a page can send, and their checks
//! - `oauth`: the login of the page's user; natively
//!
//! # On the server of a sidebar page
//!
//! ```
//! use juzi_helper::{message::{Medium, SendParams}, oauth};
//! use serde_json::json;
//!
//! // Who uses the sidebar: keep the state in the session, and send the browser to this address.
//! let state = oauth::new_state()?;
//! let login = oauth::authorize_url(oauth::DEFAULT_BASE, "https://page.example/callback", Some(&state))?;
//! // The hub sends it back with a code that only this session can redeem.
//! let callback = oauth::parse_callback(&format!("/callback?code=f00d&state={state}"), &state)?;
//! let ask = oauth::user_info_url(oauth::DEFAULT_BASE, &callback.code)?;
//!
//! // What the page is to send, as `juziWx.sendChatMessage` takes it.
//! let offer = SendParams::file(Medium::at("https://page.example/offer.pdf").titled("offer.pdf"));
//! assert_eq!(
//!     serde_json::to_value(&offer)?,
//!     json!({ "msgtype": "file", "file": { "url": "https://page.example/offer.pdf", "title": "offer.pdf" } }),
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/login_server.rs` is such a server, with axum.
//!
//! # In a page written in Rust
//!
//! With the feature `client`, `client` has the calls as async functions with types. The feature `client-testing` adds a fake host for the
//! tests of such a page. Both compile on every target, so that a server that renders the page can link them; a call needs a page.
//!
//! # Inside
//!
//! - `api`: the catalogue of calls; `wire`: the protocol between page and console
//! - `env`: whether a page is in the sidebar; `options`: the settings; `origin`: which origins may be the host
//! - `error`: every failure and its message; `value`: how the rules read a caller's value
//! - `browser`: the part that runs in a page
//!
//! "Spec" is `docs/spec.md` in the repository.
//!
//! # Features
//!
//! No feature is on by default.
//!
//! - `client`: the calls for a page written in Rust; `client-testing`: a fake host for its tests
//! - `http`: `oauth::Client`, which redeems a code over HTTPS; natively
//! - `schema`: the JSON Schema of `message::SendParams`; natively
//! - `serde`: `message::SendParams`, and of `oauth` what a hub takes and answers, on `wasm32` too; natively they are always there
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]
#![warn(missing_docs)]
// Natively, the parts that only a page needs are compiled for the tests.
#![cfg_attr(
    not(any(test, all(target_arch = "wasm32", feature = "client"), fuzzing)),
    allow(dead_code)
)]

#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod api;
#[cfg(feature = "client")]
#[doc(hidden)]
pub mod browser;
#[cfg(feature = "client")]
pub mod client;
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod env;
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod error;
#[cfg(all(test, repository, not(target_arch = "wasm32")))]
mod generate;
pub mod message;
#[cfg(not(target_arch = "wasm32"))]
pub mod oauth;
#[cfg(all(target_arch = "wasm32", feature = "serde"))]
#[path = "oauth/hub.rs"]
pub mod oauth;
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod options;
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod origin;
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod text;
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod value;
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod wire;

#[cfg(all(test, repository, not(target_arch = "wasm32")))]
mod tests;

/// The rules, for the fuzzers. Not covered by semantic versioning.
#[cfg(fuzzing)]
#[doc(hidden)]
#[allow(missing_docs)]
pub mod internals {
    /// See `crate::api`.
    pub mod api {
        pub use crate::api::*;
    }
    /// See `crate::env`.
    pub mod env {
        pub use crate::env::*;
    }
    /// See `crate::options`.
    pub mod options {
        pub use crate::options::*;
    }
    /// See `crate::origin`.
    pub mod origin {
        pub use crate::origin::*;
    }
    /// See `crate::wire`.
    pub mod wire {
        pub use crate::wire::*;
    }
    /// The checks of messages.
    pub mod message {
        /// See `crate::message`.
        pub fn check(
            params: &serde_json::Value,
        ) -> Result<serde_json::Value, Box<crate::error::Fault>> {
            crate::message::check(params)
        }
        /// See `crate::message`.
        pub fn check_all(
            params: &serde_json::Value,
        ) -> Result<serde_json::Value, Box<crate::error::Fault>> {
            crate::message::check_all(params)
        }
    }
}

//! The sidebar helper of Juzi (句子秒回), the chat console for WeCom.
//!
//! A page in the console's sidebar learns from it who the customer is, sends messages into the conversation, opens chats and
//! previews images. Compiled to WebAssembly it is the script `juzi-helper.js` and the npm package `juzi-helper-wasm`; this
//! crate is also usable natively, by the server of such a page.
//!
//! - [`message`]: the messages that a page can send, and what is wrong with those that it cannot
//! - [`api`]: the catalogue of calls; [`wire`]: the protocol between page and console
//! - [`mod@env`]: whether a page is in the sidebar; [`options`]: what can be set
//! - `oauth`: the login of the page's user, for its server; not on `wasm32`
//! - [`error`]: every failure and its text; [`value`] and [`atoms`]: what the rules are written over
//! - `browser`: the shell that moves values between JavaScript and all of these; on `wasm32` only
//!
//! Every rule is written for any [`Value`](value::Value): natively that is `serde_json::Value`, in the browser a JavaScript one.
//! "Spec" is `docs/spec.md` in the repository.
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
//! # Features
//!
//! - `serde`: `message::SendParams` on `wasm32` too; natively it is always there
//! - `script`, `bench`: for the released script and its benchmark alone
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

pub mod api;
pub mod atoms;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod env;
pub mod error;
pub mod message;
#[cfg(not(target_arch = "wasm32"))]
pub mod oauth;
pub mod options;
pub mod value;
pub mod wire;

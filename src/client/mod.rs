//! The calls for a sidebar page that is written in Rust, with types and as async functions.
//!
//! The page is a WebAssembly module of its own, made with wasm-bindgen: `wasm-pack build --target web`, Trunk, or a bundler. With
//! [`Juzi::install`] the helper is part of that module, and the page needs no script tag. With [`Juzi::attach`] it uses the helper
//! that a script tag or an npm package has put into the page.
//!
//! ```
//! use juzi_helper::client::{CallError, Juzi, Options};
//! use juzi_helper::message::SendParams;
//!
//! async fn greet() -> Result<(), Box<dyn std::error::Error>> {
//!     let juzi = Juzi::install(&Options::new().allowed_hosts(["https://*.juzibot.com"]))?;
//!     let contact = juzi.current_contact().await?;
//!     match juzi.send(&SendParams::text(format!("Hello {}", contact.user_id))).await {
//!         Err(CallError::Rejected { reason }) => Err(format!("not sent: {reason}").into()),
//!         sent => Ok(sent?),
//!     }
//! }
//! ```
//!
//! Dropping a future ends its call. A call that has been posted to the host may still take effect.
//!
//! It compiles on every target. Natively there is no page: [`Juzi::install`] and [`Juzi::attach`] fail with [`SetupError::NoWindow`], and
//! the types can be read and written as JSON, so a server that renders the page links the same code.
//!
//! The page's `Cargo.lock` decides which wasm-bindgen there is. wasm-bindgen-cli must have the same version: wasm-pack and Trunk see to it.
//!
//! The page's own tests use a fake host: the module `testing`, with the feature `client-testing`.

mod base_info;
mod call;
mod chat;
mod env;
mod error;
mod install;
mod juzi;
mod options;
mod read;
mod shown;
mod subscription;
#[cfg(feature = "client-testing")]
pub mod testing;

pub use base_info::BaseInfo;
pub use chat::{ChatInfo, ChatKind, Contact, Context, Entry, GroupChat, OpenChat, OpenedChat};
pub use env::{Env, Reason};
pub use error::{CallError, SetupError};
pub use juzi::Juzi;
pub use options::{Options, UserAgent};
pub use subscription::Subscription;

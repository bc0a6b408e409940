//! The messages that a page sends into the conversation, and their checks (spec section 5).
//!
//! `SendParams` represents them as Rust types, for a server that prepares messages for its sidebar page.
//! `SendParams::parse` checks one by the rules that apply in the page, with the same error messages.

#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
mod check;
pub(crate) mod shapes;
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
mod typed;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) use check::{MOST_MESSAGES, check_by};
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
pub(crate) use check::{check, check_all};
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) use shapes::declared;
pub(crate) use shapes::{Field, Need, Shape, Type};
#[cfg(any(not(target_arch = "wasm32"), feature = "client"))]
pub(crate) use shapes::{LIST, SHAPES};
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
pub use shapes::{Medium, Miniprogram, News, SendParams, Text};
#[cfg(not(target_arch = "wasm32"))]
pub use typed::InvalidMessage;

//! The hub behind a boundary that any host of WebAssembly can call: one JSON text in, one JSON text out.
//!
//! The host writes its text where [`boundary::text`] says, calls [`boundary::call`], and reads the answer at [`boundary::address`].
//! [`Session::call`] has what the texts contain. The module has one import, `parse_url`, which [`juzi_hub::url`] describes. The clock,
//! random bytes, files and requests for the page are the host's.
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

pub mod boundary;
mod given;
mod session;

pub use session::Session;

//! The shell: everything that touches JavaScript, compiled for `wasm32` only. It knows no rules; it moves values between the
//! page, the core and the host.
//!
//! `shell.js` holds each call's callbacks and hands the call to `wx::begin`; `bridge` posts it and waits for the host;
//! `install` puts it all in the page. No `RefCell` is borrowed while JavaScript runs, since a callback may call again.

#[cfg(feature = "bench")]
mod bench;
mod bridge;
mod install;
mod js;
#[cfg(feature = "script")]
mod memory;
mod wx;

#[cfg(feature = "bench")]
pub use bench::{bench_check, bench_empty, bench_read};
pub use bridge::{message, tick};
pub use install::{assigned, env, install, patch};
pub use wx::begin;

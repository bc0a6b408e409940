//! The part that runs in a page: it reads the caller's values, posts calls, believes the host or not, and answers.
//!
//! A call goes from `calls.js`, which holds it with its callbacks, to `call::begin`; `bridge` posts it and turns the host's
//! answer into its end. `install` puts the helper in the page. The module is entered once at a time: what the page calls
//! while it runs (from a getter, say) waits in `calls.js` until it is done.

#[cfg(feature = "bench")]
mod bench;
mod bridge;
mod call;
mod install;
mod params;
mod read;

#[cfg(feature = "bench")]
pub use bench::{bench_check, bench_empty, bench_read};
pub use bridge::message;
pub use call::{Call, begin, expire};
pub use install::{env, install};

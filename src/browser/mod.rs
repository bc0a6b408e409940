//! The part that runs in a page: it reads the caller's values, posts calls, checks who sent a message, and ends calls.
//!
//! `calls.js` keeps each call with its callbacks and passes it to `dispatch`. `bridge` posts it and ends it with the host's answer.
//! `install` puts the helper in the page. The module is never entered twice: calls that the page makes while the module runs, for example
//! from a getter, wait in `calls.js`.

pub mod bench;
mod bridge;
mod calls;
mod dispatch;
mod environment;
mod install;
mod page;
mod params;
mod read;

pub use bridge::message;
pub use calls::Call;
pub use dispatch::{dispatch, expire};
#[cfg(feature = "client-testing")]
pub(crate) use environment::forget_environment;
pub use install::{env, install};
pub(crate) use params::check_in_page;

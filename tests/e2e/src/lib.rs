//! The harness of the end-to-end tests: real browsers over WebDriver, the workbench in-process, and pages made by tests.
//!
//! `tests/main.rs` lists the tests; README.md says how to add one. A test is an `async fn(&Stage)`:
//!
//! ```no_run
//! use juzi_e2e::{Case, Stage, tests};
//!
//! async fn the_page_gets_the_contact(stage: &Stage) {
//!     let console = stage.console().await;
//!     let answer = console.demo.call("getCurExternalContact").await;
//!     assert_eq!(answer.json["userId"], "wmSonghuoAAAlinxiaotang01");
//! }
//!
//! pub fn cases() -> Vec<Case> {
//!     tests![the_page_gets_the_contact]
//! }
//! ```

mod console;
mod driver;
mod engine;
mod fixture;
mod runner;
mod session;
mod stage;
mod view;
mod wait;

pub use console::{Answer, Console, Demo};
pub use engine::{Engine, without_wasm};
pub use fixture::{Held, Page};
pub use runner::{Case, run};
pub use stage::{Framed, Setup, Stage};
pub use thirtyfour::{Key, WindowHandle};
pub use view::View;
pub use wait::{PATIENCE, eventually};

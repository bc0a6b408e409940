//! What is wrong with the sidebar page. The caller requests the page as the console's frame does, and this module judges the answer.
//!
//! The check follows redirects on the page's own origin only, so that no login runs twice. It executes no scripts. Only a browser can show
//! whether the page makes a call, so the console checks that. docs/workbench-protocol.md describes the findings.

pub mod address;
mod answer;
mod cookies;
mod frame;
mod helper;
mod problem;
mod report;
mod visit;

pub use answer::{Answer, NoAnswer, Reason, Unreachable};
pub use problem::{Finding, no_call};
pub use report::{Report, connection};
pub use visit::{Ask, Question, Visit};

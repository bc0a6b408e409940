//! What is wrong with the sidebar page: the server asks for it as the console's frame does, and its answer is judged here.
//!
//! It follows redirects on the page's own origin only, so that no login runs twice, and it executes nothing. What only a browser can tell (whether
//! the page makes a call) is the console's part. docs/workbench-protocol.md describes the findings.

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

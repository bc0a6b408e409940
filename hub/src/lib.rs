//! A local Juzi hub as rules alone: it decides, and does nothing.
//!
//! [`Hub::handle`] takes a request and says what to do with it: send an answer back, or something that only the caller can do, such as
//! reading a file or asking a page. It opens no connection and no file, and has no clock and no randomness: these come in with [`Now`].
//! So the same hub runs in a server, in a test without one, and wherever else a request can come from. What the consoles that listen
//! have to be told waits in [`Hub::take_events`].
//!
//! It is the OAuth hub (it issues the codes that the console passes to the page, and returns the user when a code is redeemed), and the
//! server's side of the console page (docs/workbench-protocol.md in the repository). The crate `juzi-workbench` is a server around it.
//!
//! # Features
//!
//! - `schema`: JSON Schema of the scenario's types
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

mod account;
mod addresses;
mod api_error;
mod authorize;
mod codes;
mod console_api;
#[cfg(test)]
mod console_texts;
mod events;
mod guard;
pub mod hosts;
mod hub;
mod log;
mod navigation;
pub mod page;
mod paths;
#[cfg(test)]
mod published;
mod refusal;
mod request;
mod response;
pub mod scenario;
mod scenario_change;
mod settings;
mod state;
mod user_info;

pub use addresses::Addresses;
pub use api_error::{ApiError, from_body};
pub use codes::Via;
pub use events::{CodeIssued, CodeRedeemed, Event, HubConversation, HubFaults};
pub use hub::{Hub, Reply};
pub use log::HubRequest;
pub use paths::SCENARIO as SCENARIO_PATH;
pub use request::{Now, Request};
pub use response::Response;
pub use scenario_change::{Rewritten, ScenarioChange};
pub use settings::Settings;

//! The rules of a local Juzi hub, without any input or output.
//!
//! [`Hub::handle`] takes a request and returns what to do with it: send an answer, or do something that only the caller can do, such as
//! reading a file or asking a page. The hub opens no connections and no files. The time and random bytes come from the caller, in [`Now`].
//! So the same hub runs in a server, in a test without a server, and wherever else requests come from. [`Hub::take_events`] returns the
//! events for the consoles that are connected.
//!
//! The hub has two parts. The OAuth hub issues the codes that the console passes to the page, and returns the user when a code is redeemed.
//! The other part is the server's side of the console page (docs/workbench-protocol.md in the repository). The crate `juzi-workbench` is a
//! server around the hub.
//!
//! ```
//! use juzi_hub::hosts::AllowedHosts;
//! use juzi_hub::scenario::{Format, reading::Reading};
//! use juzi_hub::url::Host;
//! use juzi_hub::{Addresses, Hub, Now, OwnMedia, Place, Reply, Request, Settings, Words};
//!
//! let scenario = r#"{
//!   "account": { "botId": "bot-1", "wxid": "wx-1", "name": "Gu Yan", "userId": "GuYan",
//!                "corpId": "corp", "orgId": "org", "uid": "uid", "email": "gu@example.com" },
//!   "conversations": []
//! }"#;
//! let reading = Reading { start: "2026-03-02T09:30:00Z".parse()?, seed: None };
//! let mut hub = Hub::new(
//!     Settings {
//!         version: "1.0.0".to_owned(),
//!         words: Words::WORKBENCH,
//!         place: Place::At(Addresses {
//!             console: "http://127.0.0.1:8787/".parse()?,
//!             page: "http://localhost:5173/".parse()?,
//!             hub_base: "http://127.0.0.1:8787".to_owned(),
//!         }),
//!         allowed_hosts: AllowedHosts::new(Host::parse("127.0.0.1")?, true),
//!         code_ttl_ms: 300_000,
//!         scenario_file: None,
//!         unwritable: None,
//!         reading,
//!         own: ["index.html".to_owned()].into(),
//!         media: OwnMedia::default(),
//!         stream: "1".to_owned(),
//!     },
//!     reading.read(scenario, Format::Json)?,
//! );
//! let request = Request {
//!     method: "GET",
//!     path: "/oauth/connect/authorize",
//!     query: "redirect_uri=http%3A%2F%2Flocalhost%3A5173%2Fcallback",
//!     secure: false,
//!     headers: &[("host", "127.0.0.1:8787")],
//!     body: b"",
//! };
//! let now = Now { ms: 1_772_443_800_000, elapsed_ms: 0.0, random: Some([7; 16]) };
//! let Reply::Answer(answer) = hub.handle(&request, &now) else { panic!() };
//! assert_eq!(answer.status, 302);
//! let code = "07".repeat(16);
//! let location = format!("http://localhost:5173/callback?code={code}&juziBotId=bot-1");
//! assert_eq!(answer.header("location"), Some(location.as_str()));
//! assert_eq!(hub.take_events()[0].name(), "code-issued");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
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
mod media;
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
mod tree;
pub mod url;
mod user_info;
mod words;

pub use addresses::{Addresses, Place};
pub use api_error::{ApiError, from_body};
pub use codes::Via;
pub use events::{CodeIssued, CodeRedeemed, Event, HubConversation, HubFaults};
pub use hub::{Hub, Reply};
pub use log::HubRequest;
pub use media::OwnMedia;
pub use paths::SCENARIO as SCENARIO_PATH;
pub use request::{Now, Request};
pub use response::Response;
pub use scenario_change::{Rewritten, ScenarioChange};
pub use settings::{Settings, Unwritable};
pub use tree::from_json;
pub use words::Words;

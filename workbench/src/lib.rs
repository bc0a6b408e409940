//! The Juzi console's side of the sidebar protocol, on your own machine.
//!
//! The workbench serves the console page (`www/`, embedded), which is the protocol's host in the browser. It is also the
//! OAuth hub: it issues the codes that the console passes to the page, and returns the user when a code is redeemed.
//!
//! All decisions are in the crate `juzi-hub`, which has no server, no files and no clock. This crate has no rules of its own: it passes
//! every request to the hub and carries out the hub's reply (docs/architecture.md in the repository).
//!
//! [`serve`] starts it inside a program, as tests do. The binary `juzi-workbench` adds a command line.
//!
//! ```no_run
//! # async fn example() -> Result<(), juzi_workbench::StartError> {
//! let server = juzi_workbench::serve(juzi_workbench::Options { port: 0, ..Default::default() }).await?;
//! println!("open {}", server.addresses().console);
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod answer;
mod ask_hub;
mod assets;
pub mod check;
mod clock;
mod connections;
mod console_origin;
mod demo;
mod events;
mod listen;
mod options;
mod page;
#[cfg(test)]
#[path = "../../hub/src/published.rs"]
mod published;
pub mod scenario;
mod server;
mod start_error;
mod workbench;

pub use clock::Clock;
pub use connections::Limits;
pub use juzi_hub::Addresses;
pub use juzi_hub::page::Unreachable;
pub use juzi_hub::page::address::parse as parse_page_address;
pub use options::{DEFAULT_CODE_TTL, DEFAULT_PORT, Options};
pub use page::reach::reach as reach_page;
pub use page::wait::wait_for_page;
pub use server::{Server, serve};
pub use start_error::StartError;

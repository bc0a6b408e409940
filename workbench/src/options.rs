//! How to run the workbench.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::Duration;

use url::{Host, Url};

use crate::clock::Clock;
use crate::connections::Limits;

/// The default port.
pub const DEFAULT_PORT: u16 = 8787;

/// The default lifetime of an unused code (spec section 8).
pub const DEFAULT_CODE_TTL: Duration = Duration::from_secs(300);

/// How to run the workbench.
pub struct Options {
    /// Where to listen. The default is loopback: 127.0.0.1 and \[::1\].
    pub host: Host,
    /// 0 for any free port.
    pub port: u16,
    /// The sidebar page under development. None for the demo.
    pub page: Option<Url>,
    /// A JSON or TOML file. None for the default scenario.
    pub scenario: Option<PathBuf>,
    /// Makes drops and jitter repeatable: overrides `faults.seed` of the scenario.
    pub seed: Option<u32>,
    pub code_ttl: Duration,
    /// The clock that decides when codes expire.
    pub clock: Clock,
    /// Limits for connections.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            host: Host::Ipv4(Ipv4Addr::LOCALHOST),
            port: DEFAULT_PORT,
            page: None,
            scenario: None,
            seed: None,
            code_ttl: DEFAULT_CODE_TTL,
            clock: Clock::system(),
            limits: Limits::default(),
        }
    }
}

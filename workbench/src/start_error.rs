//! Why the workbench cannot start.

use std::net::SocketAddr;
use std::time::Duration;

use juzi_helper::oauth;
use juzi_hub::page::Unreachable;
use juzi_hub::scenario::ScenarioError;

/// Why the workbench cannot start. Each message is one line that names what to fix.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("port {} is taken on {}; choose another with --port (0 for any free one)", address.port(), address.ip())]
    PortTaken { address: SocketAddr },
    #[error("cannot listen on {address}: {source}")]
    Bind {
        address: SocketAddr,
        source: std::io::Error,
    },
    #[error("--host {host} cannot be resolved: {why}")]
    UnknownHost { host: String, why: String },
    #[error("--wait: no page answered at {page} within {} s: {why}", waited.as_secs())]
    UnreachablePage {
        page: String,
        waited: Duration,
        why: Unreachable,
    },
    #[error("--scenario {file}: {error}")]
    Scenario { file: String, error: ScenarioError },
    #[error("the demo page's server has no hub: {0}")]
    Hub(#[from] oauth::Error),
    #[error(transparent)]
    Io(std::io::Error),
}

//! Whether a server accepts connections at the page's address.

use std::io::{self, ErrorKind};
use std::time::Duration;

use serde::Serialize;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use url::{Host, Url};

use crate::guard::is_this_machine;

/// How long the page's server may take to accept a connection.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Why no server answers there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreachable {
    pub reason: Reason,
    /// The system's words.
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    Refused,
    Timeout,
    /// The name has no address.
    Name,
    Reset,
    Other,
}

impl Unreachable {
    pub fn other(detail: impl Into<String>) -> Self {
        Unreachable {
            reason: Reason::Other,
            detail: detail.into(),
        }
    }

    pub fn timed_out(after: Duration) -> Self {
        Unreachable {
            reason: Reason::Timeout,
            detail: format!("no answer within {} s", after.as_secs()),
        }
    }
}

impl From<io::Error> for Unreachable {
    fn from(error: io::Error) -> Self {
        let reason = match error.kind() {
            ErrorKind::ConnectionRefused => Reason::Refused,
            ErrorKind::TimedOut => Reason::Timeout,
            ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => Reason::Reset,
            _ => Reason::Other,
        };
        Unreachable {
            reason,
            detail: error.to_string(),
        }
    }
}

impl std::fmt::Display for Unreachable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

/// Opens a connection to the page's server and closes it again. Behind a proxy that cannot be tried, so it succeeds.
pub async fn reach(page: &Url) -> Result<(), Unreachable> {
    if needs_proxy(page) {
        return Ok(());
    }
    let (Some(host), Some(port)) = (page.host(), page.port_or_known_default()) else {
        return Err(Unreachable::other("it is no http(s) address"));
    };
    let name = match host {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => ip.to_string(),
    };
    timeout(TIMEOUT, connect(&name, port))
        .await
        .unwrap_or_else(|_| Err(Unreachable::timed_out(TIMEOUT)))
}

async fn connect(host: &str, port: u16) -> Result<(), Unreachable> {
    let unknown = |detail: String| Unreachable {
        reason: Reason::Name,
        detail,
    };
    let found = lookup_host((host, port)).await;
    let addresses: Vec<_> = found.map_err(|error| unknown(error.to_string()))?.collect();
    if addresses.is_empty() {
        return Err(unknown(format!("{host} has no address")));
    }
    TcpStream::connect(&addresses[..]).await?;
    Ok(())
}

/// Whether requests for this page go through the environment's proxy.
pub fn needs_proxy(page: &Url) -> bool {
    let local = page.host().is_some_and(|it| is_this_machine(&it));
    !local && ureq::Proxy::try_from_env().is_some()
}

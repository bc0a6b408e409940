//! Whether a server accepts connections at the page's address.

use std::io::{self, ErrorKind};
use std::time::Duration;

use juzi_hub::hosts::is_this_machine;
use juzi_hub::page::{Reason, Unreachable};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use url::{Host, Url};

/// How long the page's server may take to accept a connection.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Why no server answers, by the system's error.
pub fn unreachable_by(error: &io::Error) -> Unreachable {
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

/// Opens a connection to the page's server and closes it again. Behind a proxy this cannot be tried, so the result is always success.
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
    let connected = TcpStream::connect(&addresses[..]).await;
    connected.map_or_else(|error| Err(unreachable_by(&error)), |_| Ok(()))
}

/// Whether requests for this page go through the environment's proxy.
pub fn needs_proxy(page: &Url) -> bool {
    let local = page.host().is_some_and(|it| is_this_machine(&it));
    !local && ureq::Proxy::try_from_env().is_some()
}

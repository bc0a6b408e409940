//! The workbench's listeners and addresses.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::{TcpListener, lookup_host};
use url::Host;

use crate::start_error::StartError;

/// How many times to look for a port that is free on both loopback addresses.
const ATTEMPTS: usize = 16;

/// The open listeners and their addresses.
pub struct Listening {
    pub listeners: Vec<TcpListener>,
    pub port: u16,
    /// The name or address in the URLs of the console and the hub.
    pub console_host: Host,
    /// The same for the demo page: an origin other than the console's, if possible.
    pub demo_host: Host,
    /// Whether only programs on this machine can connect.
    pub loopback_only: bool,
}

pub async fn listen(host: &Host, port: u16) -> Result<Listening, StartError> {
    let ip = resolve(host).await?;
    if ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST {
        return listen_on_loopback(port).await;
    }
    let listener = bind(SocketAddr::new(ip, port)).await?;
    let port = port_of(&listener)?;
    let everywhere = ip.is_unspecified();
    Ok(Listening {
        listeners: vec![listener],
        port,
        console_host: if everywhere {
            Host::Ipv4(Ipv4Addr::LOCALHOST)
        } else {
            host.clone()
        },
        demo_host: if everywhere {
            Host::Domain("localhost".to_owned())
        } else {
            host.clone()
        },
        loopback_only: ip.is_loopback(),
    })
}

async fn resolve(host: &Host) -> Result<IpAddr, StartError> {
    match host {
        Host::Ipv4(ip) => Ok(IpAddr::V4(*ip)),
        Host::Ipv6(ip) => Ok(IpAddr::V6(*ip)),
        Host::Domain(name) => {
            let unknown = |why: String| StartError::UnknownHost {
                host: name.clone(),
                why,
            };
            let mut found = lookup_host((name.as_str(), 0))
                .await
                .map_err(|error| unknown(error.to_string()))?;
            found
                .next()
                .map(|it| it.ip())
                .ok_or_else(|| unknown("it has no address".to_owned()))
        }
    }
}

/// Listens on both loopback addresses on one port, because browsers resolve `localhost` to either. Without IPv6, only
/// 127.0.0.1.
async fn listen_on_loopback(port: u16) -> Result<Listening, StartError> {
    let mut attempts = if port == 0 { ATTEMPTS } else { 1 };
    let (listeners, port) = loop {
        attempts -= 1;
        let first = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let chosen = port_of(&first)?;
        match bind(SocketAddr::from((Ipv6Addr::LOCALHOST, chosen))).await {
            Ok(second) => break (vec![first, second], chosen),
            Err(taken @ StartError::PortTaken { .. }) if attempts == 0 => return Err(taken),
            Err(StartError::PortTaken { .. }) => {}
            Err(error) => {
                tracing::debug!(%error, "there is no IPv6 here");
                break (vec![first], chosen);
            }
        }
    };
    Ok(Listening {
        listeners,
        port,
        console_host: Host::Ipv4(Ipv4Addr::LOCALHOST),
        demo_host: Host::Domain("localhost".to_owned()),
        loopback_only: true,
    })
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            ErrorKind::AddrInUse => StartError::PortTaken { address },
            _ => StartError::Bind { address, source },
        })
}

fn port_of(listener: &TcpListener) -> Result<u16, StartError> {
    Ok(listener.local_addr().map_err(StartError::Io)?.port())
}

//! The names of this machine, and the ones among them that a server accepts.

use std::net::Ipv4Addr;

use crate::url::Host;

/// The names by which containers reach their host. `.internal` is reserved: no site can own such a name.
const CONTAINER_NAMES: [&str; 2] = ["host.docker.internal", "host.containers.internal"];

/// Which `Host` headers are accepted.
#[derive(Debug, Clone)]
pub struct AllowedHosts {
    names: Names,
    loopback_only: bool,
}

/// Besides those of this machine.
#[derive(Debug, Clone)]
enum Names {
    /// The value of `--host`.
    Own(Host),
    /// A name, or `.example.com` for it and all below it.
    Listed(Vec<String>),
    Any,
}

impl AllowedHosts {
    /// `own` is the name or address that the server listens on. `loopback_only` is true if only programs on this machine can connect.
    #[must_use]
    pub fn new(own: Host, loopback_only: bool) -> Self {
        AllowedHosts {
            names: Names::Own(own),
            loopback_only,
        }
    }

    /// These names, any address, and this machine's names. `.example.com` is that name and all below it.
    #[must_use]
    pub fn listed(names: Vec<String>) -> Self {
        AllowedHosts {
            names: Names::Listed(names),
            loopback_only: false,
        }
    }

    /// Whatever is a host.
    #[must_use]
    pub fn any() -> Self {
        AllowedHosts {
            names: Names::Any,
            loopback_only: false,
        }
    }

    pub(crate) fn allow(&self, host: &Host) -> bool {
        match host {
            Host::Domain(name) => is_local_name(name) || self.names.have(host, name),
            // DNS rebinding needs a name, so addresses are safe. A server on loopback alone has no other address.
            Host::Ipv4(ip) => !self.loopback_only || ip.is_loopback(),
            Host::Ipv6(ip) => !self.loopback_only || ip.is_loopback(),
        }
    }
}

impl Names {
    fn have(&self, host: &Host, name: &str) -> bool {
        match self {
            Names::Any => true,
            Names::Own(own) => host == own,
            Names::Listed(names) => names.iter().any(|it| match it.strip_prefix('.') {
                Some(parent) => name == parent || name.ends_with(it.as_str()),
                None => name == it,
            }),
        }
    }
}

fn is_local_name(name: &str) -> bool {
    is_localhost(name) || CONTAINER_NAMES.contains(&name)
}

/// Whether a host is this machine.
#[must_use]
pub fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => is_local_name(name),
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    }
}

/// Browsers also treat names below `localhost` as loopback.
fn is_localhost(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

/// The parsed `Host` header.
pub(crate) struct Authority {
    pub host: Host,
    port: u16,
}

impl Authority {
    pub fn parse(text: &str) -> Option<Self> {
        let (host, port) = match text.rsplit_once(':') {
            // In a bare `[::1]` the last colon is inside the brackets.
            // `parse` alone would accept a sign.
            Some((_, port))
                if !port.ends_with(']') && !port.bytes().all(|it| it.is_ascii_digit()) =>
            {
                return None;
            }
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
            _ => (text, 80),
        };
        Some(Authority {
            host: Host::parse(host).ok()?,
            port,
        })
    }

    /// Whether it is a name of this machine. The sidebar page may have the same name.
    pub fn is_local_name(&self) -> bool {
        matches!(&self.host, Host::Domain(name) if is_local_name(name))
    }
}

/// The address to redirect the console to, if its `Host` header shows that it was opened at `localhost`. The console must be at an IP
/// address, because the sidebar page is at `localhost` and the two need different origins.
#[must_use]
pub fn console_at_address(host: &str) -> Option<String> {
    match Authority::parse(host)? {
        Authority {
            host: Host::Domain(name),
            port,
        } if is_localhost(&name) => Some(format!("http://{}:{port}/", Ipv4Addr::LOCALHOST)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;
    use serde_json::Value;

    /// A code for one of this machine's names belongs to the developer. Codes for other names never displace it.
    #[test]
    fn a_redirect_uri_is_the_developers_if_its_host_is_this_machine() {
        let table = include_str!("../../tests/vectors/hub.json");
        let table: Value = serde_json::from_str(table).unwrap();
        for (kind, own) in [
            ("thisMachine", true),
            ("others", false),
            ("addresses", false),
        ] {
            for name in table["hosts"][kind].as_array().unwrap() {
                let name = name.as_str().unwrap();
                for uri in [format!("http://{name}/cb"), format!("https://{name}:8080")] {
                    let uri = Url::parse(&uri).unwrap();
                    assert_eq!(is_this_machine(&uri.host().unwrap()), own, "{uri}");
                }
            }
        }
    }
}

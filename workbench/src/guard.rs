//! Who may talk to the workbench. It issues login codes, so other pages open in the same browser may not.
//!
//! The `Host` header refuses a name that a hostile site points at 127.0.0.1 (DNS rebinding). The `Origin` header refuses
//! a cross-site request from another site's page (CSRF).

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, LOCATION, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Host;

use crate::assets;
use crate::console_api::ApiError;
use crate::hub_log::{Hint, Note};
use crate::state::Workbench;

/// The names by which containers reach their host. `.internal` is reserved: no site can own such a name.
const CONTAINER_NAMES: [&str; 2] = ["host.docker.internal", "host.containers.internal"];

/// The most characters of a host's name, by the rules of DNS.
const MAX_NAME: usize = 253;

/// Which `Host` headers are accepted.
#[derive(Debug, Clone)]
pub struct AllowedHosts {
    /// The value of `--host`.
    own: Host,
    loopback_only: bool,
}

impl AllowedHosts {
    pub fn new(own: Host, loopback_only: bool) -> Self {
        AllowedHosts { own, loopback_only }
    }

    fn allow(&self, host: &Host) -> bool {
        match host {
            Host::Domain(name) => is_local_name(name) || *host == self.own,
            // DNS rebinding needs a name, so addresses are safe. On loopback only, no other address can be valid.
            Host::Ipv4(ip) => !self.loopback_only || ip.is_loopback(),
            Host::Ipv6(ip) => !self.loopback_only || ip.is_loopback(),
        }
    }
}

fn is_local_name(name: &str) -> bool {
    is_localhost(name) || CONTAINER_NAMES.contains(&name)
}

/// Whether a host is this machine.
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
struct Authority {
    host: Host,
    port: u16,
}

fn authority(headers: &HeaderMap) -> Option<Authority> {
    let text = headers.get(HOST)?.to_str().ok()?;
    let (host, port) = match text.rsplit_once(':') {
        // In a bare `[::1]` the last colon is inside the brackets.
        // `parse` alone would accept a sign.
        Some((_, port)) if !port.ends_with(']') && !port.bytes().all(|it| it.is_ascii_digit()) => {
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

pub async fn check_host(
    State(workbench): State<Arc<Workbench>>,
    request: Request,
    next: Next,
) -> Response {
    let allowed =
        authority(request.headers()).is_some_and(|it| workbench.allowed_hosts.allow(&it.host));
    if allowed {
        return next.run(request).await;
    }
    let given = request
        .headers()
        .get(HOST)
        .map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
    tracing::warn!(host = given, "refused a request for another host");
    let text = "the workbench answers to loopback names only; to reach it by another name, start it with --host NAME";
    let host = given.unwrap_or_default().chars().take(MAX_NAME).collect();
    Note::hint(Hint::WrongHost { host })
        .on(ApiError::new(StatusCode::FORBIDDEN, text).into_response())
}

/// The console is served at an IP address and the sidebar page at `localhost`, which makes two origins. A console opened
/// at `localhost` is redirected to the address.
pub async fn lead_console_to_its_origin(request: Request, next: Next) -> Response {
    let is_console = assets::is_console(request.uri().path());
    match authority(request.headers()) {
        Some(Authority {
            host: Host::Domain(name),
            port,
        }) if is_console && is_localhost(&name) => {
            let location = format!("http://{}:{port}/", Ipv4Addr::LOCALHOST);
            let value = HeaderValue::from_str(&location).unwrap_or(HeaderValue::from_static("/"));
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, value)]).into_response()
        }
        _ => next.run(request).await,
    }
}

/// For the events: a stream holds its connection for as long as it is open, so websites could use up all of them.
pub async fn check_site(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site");
    if site.is_none_or(|it| it == "same-origin" || it == "none") {
        return next.run(request).await;
    }
    tracing::warn!(?site, "refused the events to another site");
    ApiError::new(
        StatusCode::FORBIDDEN,
        "only the console's own page may listen to this",
    )
    .into_response()
}

/// For requests that change something: only the console's own page, or a program other than a browser, may send them.
pub async fn check_origin(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if let Some(origin) = headers.get(ORIGIN)
        && !is_console_origin(origin, headers)
    {
        tracing::warn!(?origin, "refused a request of another origin");
        return ApiError::new(
            StatusCode::FORBIDDEN,
            "only the console's own page may do this",
        )
        .into_response();
    }
    if *request.method() != axum::http::Method::GET && !is_json(headers) {
        return ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Content-Type must be application/json",
        )
        .into_response();
    }
    next.run(request).await
}

fn is_console_origin(origin: &HeaderValue, headers: &HeaderMap) -> bool {
    let (Some(own), Some(host)) = (
        authority(headers),
        headers.get(HOST).and_then(|it| it.to_str().ok()),
    ) else {
        return false;
    };
    let is_sidebars = matches!(&own.host, Host::Domain(name) if is_local_name(name));
    !is_sidebars
        && origin
            .to_str()
            .is_ok_and(|it| it.eq_ignore_ascii_case(&format!("http://{host}")))
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use url::Url;

    use super::*;

    /// A code for one of this machine's names is the developer's, and codes for no other name push it out.
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

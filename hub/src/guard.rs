//! Who may talk to the hub. It issues login codes, so other pages open in the same browser may not.
//!
//! The `Host` header refuses a name that a hostile site points at 127.0.0.1 (DNS rebinding). The `Origin` header refuses
//! a cross-site request from another site's page (CSRF).

use crate::addresses::Place;
use crate::api_error::ApiError;
use crate::hosts::{AllowedHosts, Authority};
use crate::request::Request;

/// The most characters of a host's name, by the rules of DNS.
const MAX_NAME: usize = 253;

/// The name of another server, as it was given.
pub(crate) struct WrongHost(pub String);

/// For every request: the server must be meant by its own name.
pub(crate) fn check_host(request: &Request, allowed: &AllowedHosts) -> Result<(), WrongHost> {
    let authority = request.plain_header("host").and_then(Authority::parse);
    if authority.is_some_and(|it| allowed.allow(&it.host)) {
        return Ok(());
    }
    let given = request.header("host");
    tracing::warn!(host = given, "refused a request for another host");
    let shown = given.unwrap_or_default().chars().take(MAX_NAME).collect();
    Err(WrongHost(shown))
}

/// For the events: a stream holds its connection for as long as it is open, so websites could use up all of them.
pub(crate) fn check_site(request: &Request) -> Result<(), ApiError> {
    let site = request.header("sec-fetch-site");
    if site.is_none_or(|it| it == "same-origin" || it == "none") {
        return Ok(());
    }
    tracing::warn!(?site, "refused the events to another site");
    let text = "only the console's own page may listen to this";
    Err(ApiError::new(403, text))
}

/// For requests that change something: only the console's own page, or a program other than a browser, may send them.
pub(crate) fn check_origin(request: &Request, place: &Place) -> Result<(), ApiError> {
    if let Some(origin) = request.plain_header("origin")
        && !place.is_console_origin(origin, request)
    {
        tracing::warn!(?origin, "refused a request of another origin");
        let text = "only the console's own page may do this";
        return Err(ApiError::new(403, text));
    }
    if is_json(request) {
        return Ok(());
    }
    let text = "Content-Type must be application/json";
    Err(ApiError::new(415, text))
}

fn is_json(request: &Request) -> bool {
    let value = request.plain_header("content-type").unwrap_or_default();
    let kind = value.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

//! Who may send requests to the hub. The hub issues login codes, so other pages in the same browser must have no access.
//!
//! The check of the `Host` header refuses a name that a hostile site points at 127.0.0.1 (DNS rebinding). The check of the `Origin` header
//! refuses a request from another site's page (CSRF).

use crate::addresses::Place;
use crate::api_error::ApiError;
use crate::hosts::{AllowedHosts, Authority};
use crate::request::Request;

/// The longest host name that DNS allows, in characters.
const MAX_NAME: usize = 253;

/// The `Host` header of a request to another server's name, as given.
pub(crate) struct WrongHost(pub String);

/// For every request: the `Host` header must have one of the server's own names.
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

/// For the event stream: an open stream holds its connection, so websites could use up all connections.
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

//! Keeps the console on its own origin, which must differ from the sidebar page's.

use axum::extract::Request;
use axum::http::header::{HOST, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use juzi_hub::hosts::console_at_address;

use crate::assets;

/// Redirects a console that was opened at `localhost`, the sidebar page's name, to the console's own address.
pub async fn lead_there(request: Request, next: Next) -> Response {
    if !assets::is_console(request.uri().path()) {
        return next.run(request).await;
    }
    let host = request.headers().get(HOST);
    match host
        .and_then(|it| it.to_str().ok())
        .and_then(console_at_address)
    {
        Some(location) => {
            let value = HeaderValue::from_str(&location).unwrap_or(HeaderValue::from_static("/"));
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, value)]).into_response()
        }
        None => next.run(request).await,
    }
}

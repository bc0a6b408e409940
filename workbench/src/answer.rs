//! Turns the hub's answers, and refusals in the same form, into the server's responses.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

pub fn response(answer: impl Into<juzi_hub::Response>) -> Response {
    let answer = answer.into();
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

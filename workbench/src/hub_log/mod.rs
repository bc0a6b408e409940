//! The hub's traffic for the console's log: each request that was meant for the hub, and its answer.
//!
//! [`record`] wraps every route. What only a handler knows (the errcode, the code, the reason of a refusal) it leaves in
//! the response's extensions as a [`Note`].

mod hint;
mod mask;

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::header::{LOCATION, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use serde::Serialize;

use crate::assets;
use crate::codes::{CodeState, Codes};
use crate::events::Via;
use crate::state::Workbench;

pub use hint::Hint;

pub const AUTHORIZE: &str = "/oauth/connect/authorize";
pub const GET_USER_INFO: &str = "/api/v1/oauth/getUserInfo";

/// What the console's log shows of one request. docs/workbench-protocol.md describes the fields.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HubRequest {
    pub id: u64,
    at: u64,
    duration_ms: f64,
    endpoint: Endpoint,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    status: u16,
    location: Option<String>,
    errcode: Option<i32>,
    errmsg: Option<&'static str>,
    code: Option<Code>,
    hint: Option<Hint>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Endpoint {
    Authorize,
    GetUserInfo,
    Unknown,
}

impl Endpoint {
    /// `None` for the console's own requests and files, and for what browsers ask of every server.
    fn of(path: &str) -> Option<Self> {
        match path {
            AUTHORIZE => Some(Endpoint::Authorize),
            GET_USER_INFO => Some(Endpoint::GetUserInfo),
            _ if is_the_consoles(path) => None,
            _ => Some(Endpoint::Unknown),
        }
    }
}

fn is_the_consoles(path: &str) -> bool {
    let first = path
        .trim_start_matches('/')
        .split('/')
        .next()
        .unwrap_or_default();
    let asked_by_browsers = [".well-known", "favicon.ico", "robots.txt"].contains(&first)
        || first.starts_with("apple-touch-icon");
    first == "_workbench" || asked_by_browsers || assets::is_top_level(first)
}

/// What the hub knew about the code before the request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Code {
    masked: String,
    pub state: CodeState,
    pub age_ms: Option<u64>,
    pub used_ms_ago: Option<u64>,
    via: Option<Via>,
    conversation_id: Option<String>,
}

impl Code {
    pub fn known_to(codes: &Codes, code: &str) -> Self {
        let now = codes.now_ms();
        let trace = codes.trace(code);
        let trace = trace.as_ref();
        Code {
            masked: mask::secret(code),
            state: trace.map_or(CodeState::Unknown, |it| it.state),
            age_ms: trace.map(|it| now.saturating_sub(it.issued_at)),
            used_ms_ago: trace
                .and_then(|it| it.redeemed_at)
                .map(|at| now.saturating_sub(at)),
            via: trace.map(|it| it.via),
            conversation_id: trace.and_then(|it| it.conversation_id.clone()),
        }
    }
}

/// What a handler tells about its answer, in the response's extensions.
#[derive(Debug, Clone, Default)]
pub struct Note {
    /// The hub's errcode and errmsg.
    pub result: Option<(i32, &'static str)>,
    pub code: Option<Code>,
    pub hint: Option<Hint>,
}

impl Note {
    pub fn hint(hint: Hint) -> Self {
        Note {
            hint: Some(hint),
            ..Note::default()
        }
    }

    pub fn on(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }
}

pub async fn record(
    State(workbench): State<Arc<Workbench>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(endpoint) = Endpoint::of(request.uri().path()) else {
        return next.run(request).await;
    };
    let (uri, method) = (request.uri().clone(), request.method().to_string());
    let from_page = endpoint == Endpoint::GetUserInfo && is_from_page(request.headers());
    let (at, started) = (workbench.codes.now_ms(), Instant::now());
    let response = next.run(request).await;

    let note = response.extensions().get::<Note>().cloned();
    let note = note.unwrap_or_default();
    let (path, status) = (uri.path(), response.status());
    workbench.events.send_hub_request(|id| HubRequest {
        id,
        at,
        duration_ms: started.elapsed().as_secs_f64() * 1_000.0,
        endpoint,
        method,
        path: mask::path(path),
        query: mask::query(uri.query().unwrap_or_default()),
        status: status.as_u16(),
        location: location(&response),
        errcode: note.result.map(|it| it.0),
        errmsg: note.result.map(|it| it.1),
        code: note.code,
        hint: match (note.hint, endpoint) {
            (Some(fault @ Hint::Fault { .. }), _) => Some(fault),
            (Some(host @ Hint::WrongHost { .. }), _) => Some(host),
            _ if from_page => Some(Hint::FromPage {}),
            (_, Endpoint::Unknown) => Some(hint::for_unknown(path)),
            (None, _) if status == StatusCode::METHOD_NOT_ALLOWED => {
                Some(Hint::WrongMethod { method: "GET" })
            }
            (hint, _) => hint,
        },
    });
    response
}

/// Whether a page's script asks. Of the `Sec-Fetch` headers, Node's `fetch` sends the mode, but only browsers send the site.
fn is_from_page(headers: &HeaderMap) -> bool {
    let navigates = headers
        .get("sec-fetch-mode")
        .is_some_and(|it| it == "navigate");
    headers.contains_key(ORIGIN) || headers.contains_key("sec-fetch-site") && !navigates
}

fn location(response: &Response) -> Option<String> {
    let value = response.headers().get(LOCATION)?.to_str().ok()?;
    Some(mask::address(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_meant_for_the_hub_is_recorded() {
        for path in [
            "/",
            "/index.html",
            "/host.js",
            "/console/main.js",
            "/demo/api/login",
            "/vendor/missing.js",
            "/_workbench/config",
            "/favicon.ico",
            "/.well-known/appspecific/com.chrome.devtools.json",
        ] {
            assert_eq!(Endpoint::of(path), None, "{path}");
        }
        assert_eq!(Endpoint::of(AUTHORIZE), Some(Endpoint::Authorize));
        assert_eq!(Endpoint::of(GET_USER_INFO), Some(Endpoint::GetUserInfo));
        for path in [
            "/v1/oauth/getUserInfo",
            "/api/v1/oauth/getUserInfo/",
            "/api",
            "//x",
        ] {
            assert_eq!(Endpoint::of(path), Some(Endpoint::Unknown), "{path}");
        }
    }
}

//! The hub's traffic for the console's log: each request that was meant for the hub, and its answer.
//!
//! A handler adds a [`Note`] to its answer: the errcode, the code, the reason of a refusal.

mod hint;
mod mask;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::codes::{CodeState, Codes, Via};
use crate::paths::{AUTHORIZE, CONSOLE, GET_USER_INFO};
use crate::request::{Now, Request};
use crate::response::Response;

pub(crate) use hint::Hint;

/// What the console's log shows of one request. docs/workbench-protocol.md describes the fields.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HubRequest {
    pub(crate) id: u64,
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
pub(crate) enum Endpoint {
    Authorize,
    GetUserInfo,
    Unknown,
}

impl Endpoint {
    /// `None` for the console's own requests and files, and for the files that browsers request from every server. `own` has the names of
    /// the caller's own top-level files and folders.
    pub fn of(path: &str, own: &BTreeSet<String>) -> Option<Self> {
        match path {
            AUTHORIZE => Some(Endpoint::Authorize),
            GET_USER_INFO => Some(Endpoint::GetUserInfo),
            _ if is_the_consoles(path, own) => None,
            _ => Some(Endpoint::Unknown),
        }
    }
}

fn is_the_consoles(path: &str, own: &BTreeSet<String>) -> bool {
    let path = path.trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    let asked_by_browsers = [".well-known", "favicon.ico", "robots.txt"].contains(&first)
        || first.starts_with("apple-touch-icon");
    // An empty name is the console's page.
    let is_consoles = first.is_empty() || first == CONSOLE.trim_matches('/');
    is_consoles || asked_by_browsers || own.contains(first)
}

/// The state of the code before the request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Code {
    masked: String,
    pub state: CodeState,
    pub age_ms: Option<u64>,
    pub used_ms_ago: Option<u64>,
    via: Option<Via>,
    conversation_id: Option<String>,
}

impl Code {
    /// `now` is in milliseconds since the epoch.
    pub fn known_to(codes: &Codes, code: &str, now: u64) -> Self {
        let trace = codes.trace(code, now);
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

/// What a handler adds to its answer for the log.
#[derive(Debug, Clone, Default)]
pub(crate) struct Note {
    /// The hub's errcode and errmsg.
    pub result: Option<(i32, &'static str)>,
    pub code: Option<Code>,
    pub hint: Option<Hint>,
}

/// An answer with its note.
pub(crate) struct Noted {
    pub response: Response,
    pub note: Note,
}

impl Note {
    pub fn hint(hint: Hint) -> Self {
        Note {
            hint: Some(hint),
            ..Note::default()
        }
    }

    pub fn on(self, response: Response) -> Noted {
        Noted {
            response,
            note: self,
        }
    }
}

impl HubRequest {
    /// A request that was answered with this status and `Location` header. `id` is its number.
    pub(crate) fn new(
        id: u64,
        endpoint: Endpoint,
        request: &Request,
        (status, location): (u16, Option<&str>),
        note: Note,
        now: &Now,
    ) -> Self {
        let from_page = endpoint == Endpoint::GetUserInfo && is_from_page(request);
        HubRequest {
            id,
            at: now.ms,
            duration_ms: now.elapsed_ms,
            endpoint,
            method: request.method.to_owned(),
            path: mask::path(request.path),
            query: mask::query(request.query),
            status,
            location: location.map(mask::address),
            errcode: note.result.map(|it| it.0),
            errmsg: note.result.map(|it| it.1),
            code: note.code,
            hint: match (note.hint, endpoint) {
                (Some(fault @ Hint::Fault { .. }), _) => Some(fault),
                (Some(host @ Hint::WrongHost { .. }), _) => Some(host),
                _ if from_page => Some(Hint::FromPage {}),
                (_, Endpoint::Unknown) => Some(hint::for_unknown(request.path)),
                (None, _) if status == 405 => Some(Hint::WrongMethod { method: "GET" }),
                (hint, _) => hint,
            },
        }
    }
}

/// Whether a page's script sent the request. Node's `fetch` sends `Sec-Fetch-Mode` too, but only browsers send `Sec-Fetch-Site`.
fn is_from_page(request: &Request) -> bool {
    let navigates = request.header("sec-fetch-mode") == Some("navigate");
    request.header("origin").is_some() || request.header("sec-fetch-site").is_some() && !navigates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_meant_for_the_hub_is_recorded() {
        let own = ["index.html", "host.js", "console", "demo", "vendor"];
        let own = own.map(str::to_owned).into();
        let of = |path| Endpoint::of(path, &own);
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
            assert_eq!(of(path), None, "{path}");
        }
        assert_eq!(of(AUTHORIZE), Some(Endpoint::Authorize));
        assert_eq!(of(GET_USER_INFO), Some(Endpoint::GetUserInfo));
        for path in [
            "/v1/oauth/getUserInfo",
            "/api/v1/oauth/getUserInfo/",
            "/api",
            "//x",
        ] {
            assert_eq!(of(path), Some(Endpoint::Unknown), "{path}");
        }
    }
}

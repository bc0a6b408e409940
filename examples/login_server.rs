//! The server of a sidebar page: logs the user in through Juzi's hub, and prepares the messages that the page sends.
//!
//! ```sh
//! ORIGIN=http://localhost:3000 HUB=http://127.0.0.1:8787 cargo run --example login_server
//! ```
//!
//! `HUB` defaults to the public hub; the workbench (`./build.sh serve -- --page http://localhost:3000`) has one for testing.
//! `ORIGIN` is the origin at which browsers reach this server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{OriginalUri, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use juzi_helper::message::SendParams;
use juzi_helper::oauth::{self, Error, UserInfo};
use serde::Deserialize;

/// The sidebar page. `sidebarAuth` gives it a code without a redirect; the redirect is for use outside the sidebar.
const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>Greeter</title>
<script src="https://cdn.jsdelivr.net/npm/juzi-helper-wasm/juzi-helper.js"></script>
<p id="user"></p><button>Greet</button> <a href="/login">Log in without the sidebar</a>
<script type="module">
  const { data } = await juziWx.sidebarAuth();
  const login = await fetch('/session', { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: data.baseInfo.code }) });
  document.getElementById('user').textContent = await login.text();
  document.querySelector('button').onclick = async () =>
    juziWx.sendChatMessage(await (await fetch('/greeting')).json());
</script>"#;

#[derive(Clone)]
struct App {
    /// The origin at which browsers reach this server.
    origin: String,
    hub: String,
    http: ureq::Agent,
    sessions: Arc<Mutex<HashMap<String, Session>>>,
}

#[derive(Clone, Default)]
struct Session {
    /// The state that the next callback must contain.
    state: Option<String>,
    user: Option<UserInfo>,
}

impl App {
    fn new(origin: String, hub: String) -> Self {
        Self {
            origin,
            hub,
            http: ureq::Agent::new_with_defaults(),
            sessions: Arc::default(),
        }
    }

    fn router(self) -> Router {
        Router::new()
            .route("/", get(async || Html(PAGE)))
            .route("/login", get(login))
            .route("/callback", get(callback))
            .route("/session", post(redeem_from_sidebar))
            .route("/greeting", get(greeting))
            .with_state(self)
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Session)) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        change(sessions.entry(id.to_owned()).or_default());
    }

    fn session(&self, headers: &HeaderMap) -> Option<(String, Session)> {
        let cookies = headers.get(COOKIE)?.to_str().ok()?;
        let id = cookies
            .split("; ")
            .find_map(|cookie| cookie.strip_prefix("session="))?;
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        Some((id.to_owned(), sessions.get(id)?.clone()))
    }

    /// Redeems a code at the hub. Any HTTP client works: the crate builds the address and parses the answer.
    async fn redeem(&self, code: &str) -> Result<UserInfo, LoginError> {
        let url = oauth::user_info_url(&self.hub, code)?;
        let http = self.http.clone();
        let request =
            tokio::task::spawn_blocking(move || http.get(url).call()?.body_mut().read_to_vec());
        let body = request
            .await
            .map_err(|_| LoginError::HubUnreachable)?
            .map_err(|_| LoginError::HubUnreachable)?;
        Ok(oauth::parse_user_info(&body)?)
    }
}

/// The session's cookie. `SameSite=None` because the page is in a cross-site frame; browsers require `Secure` for that.
fn cookie(id: &str) -> [(axum::http::HeaderName, String); 1] {
    [(
        SET_COOKIE,
        format!("session={id}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"),
    )]
}

async fn login(State(app): State<App>) -> Result<Response, LoginError> {
    let (id, state) = (oauth::new_state()?, oauth::new_state()?);
    let url = oauth::authorize_url(&app.hub, &format!("{}/callback", app.origin), Some(&state))?;
    app.change(&id, |session| session.state = Some(state));
    Ok((cookie(&id), Redirect::to(&url)).into_response())
}

async fn callback(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<String, LoginError> {
    let (id, session) = app.session(&headers).ok_or(LoginError::NoSession)?;
    // A state is valid for one callback.
    app.change(&id, |session| session.state = None);
    let callback = oauth::parse_callback(&uri.to_string(), &session.state.unwrap_or_default())?;
    let user = app.redeem(&callback.code).await?;
    let greeting = format!("logged in as {}", user.user_id);
    app.change(&id, |session| session.user = Some(user));
    Ok(greeting)
}

#[derive(Deserialize)]
struct SidebarCode {
    code: String,
}

async fn redeem_from_sidebar(
    State(app): State<App>,
    Json(given): Json<SidebarCode>,
) -> Result<Response, LoginError> {
    let user = app.redeem(&given.code).await?;
    let (id, greeting) = (
        oauth::new_state()?,
        format!("logged in as {}", user.user_id),
    );
    app.change(&id, |session| session.user = Some(user));
    Ok((cookie(&id), greeting).into_response())
}

async fn greeting(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Json<SendParams>, LoginError> {
    let user = app.session(&headers).and_then(|(_, session)| session.user);
    let user = user.ok_or(LoginError::NoSession)?;
    Ok(Json(SendParams::text(format!(
        "Hello, this is {}",
        user.user_id
    ))))
}

#[derive(Debug)]
enum LoginError {
    NoSession,
    HubUnreachable,
    OAuth(Error),
}

impl From<Error> for LoginError {
    fn from(error: Error) -> Self {
        Self::OAuth(error)
    }
}

impl IntoResponse for LoginError {
    fn into_response(self) -> Response {
        match self {
            Self::NoSession => (StatusCode::UNAUTHORIZED, "log in first".to_owned()),
            Self::HubUnreachable => (
                StatusCode::BAD_GATEWAY,
                "the hub cannot be reached".to_owned(),
            ),
            Self::OAuth(error) => (StatusCode::FORBIDDEN, format!("{}: {error}", error.code())),
        }
        .into_response()
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let setting =
        |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let app = App::new(
        setting("ORIGIN", "http://localhost:3000"),
        setting("HUB", oauth::DEFAULT_BASE),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app.router()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Serves a router on a free port and returns its address.
    async fn serve(router: Router) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, router).await });
        address
    }

    /// A hub that knows one code.
    async fn hub() -> String {
        let answer = async |OriginalUri(uri): OriginalUri| match uri.query() {
            Some("code=good") => {
                r#"{ "errcode": 0, "data": { "userId": "lin", "corpId": "ww1" } }"#
            }
            _ => r#"{ "errcode": -1, "errmsg": "invalid authorization code" }"#,
        };
        serve(Router::new().route("/api/v1/oauth/getUserInfo", get(answer))).await
    }

    struct Answer {
        status: u16,
        location: String,
        cookie: String,
        body: String,
    }

    async fn request(url: String, cookie: &str, json: Option<&'static str>) -> Answer {
        let cookie = cookie.to_owned();
        tokio::task::spawn_blocking(move || {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .build()
                .into();
            let mut response = match json {
                Some(body) => agent.post(url).content_type("application/json").send(body),
                None => agent.get(url).header("cookie", cookie).call(),
            }
            .unwrap();
            let header = |name| {
                response
                    .headers()
                    .get(name)
                    .map_or("", |value| value.to_str().unwrap())
                    .to_owned()
            };
            let (location, cookie) = (header("location"), header("set-cookie"));
            Answer {
                status: response.status().as_u16(),
                location,
                cookie: cookie.split(';').next().unwrap().to_owned(),
                body: response.body_mut().read_to_string().unwrap(),
            }
        })
        .await
        .unwrap()
    }

    #[tokio::test]
    async fn a_user_is_logged_in_by_redirect_and_the_callback_works_once() {
        let hub = hub().await;
        let page = serve(App::new("https://page.example".into(), hub.clone()).router()).await;
        let login = request(format!("{page}/login"), "", None).await;
        let start = format!(
            "{hub}/oauth/connect/authorize?redirect_uri=https%3A%2F%2Fpage.example%2Fcallback&state="
        );
        let state = login.location.strip_prefix(&start).unwrap();
        let back = format!("{page}/callback?code=good&state={state}&juziBotId=bot-1");

        let stranger = request(back.clone(), "session=somebody-else", None).await;
        assert_eq!(
            (stranger.status, stranger.body.as_str()),
            (401, "log in first")
        );
        let user = request(back.clone(), &login.cookie, None).await;
        assert_eq!((user.status, user.body.as_str()), (200, "logged in as lin"));
        let greeting = request(format!("{page}/greeting"), &login.cookie, None).await;
        assert_eq!(
            greeting.body,
            r#"{"msgtype":"text","text":{"content":"Hello, this is lin"}}"#
        );
        let again = request(back, &login.cookie, None).await;
        assert_eq!(
            (again.status, again.body.split(':').next()),
            (403, Some("state_mismatch"))
        );
    }

    #[tokio::test]
    async fn a_user_is_logged_in_by_the_sidebars_code_and_a_bad_code_is_named() {
        let page = serve(App::new("https://page.example".into(), hub().await).router()).await;
        let user = request(format!("{page}/session"), "", Some(r#"{ "code": "good" }"#)).await;
        assert_eq!((user.status, user.body.as_str()), (200, "logged in as lin"));
        let refused = request(format!("{page}/session"), "", Some(r#"{ "code": "used" }"#)).await;
        assert_eq!(
            refused.body,
            "invalid_code: invalid authorization code (errcode -1)"
        );
        let nobody = request(format!("{page}/greeting"), "", None).await;
        assert_eq!(nobody.status, 401);
    }

    #[tokio::test]
    async fn a_hub_that_is_not_there_is_said_so() {
        let page =
            serve(App::new("https://page.example".into(), "http://127.0.0.1:1".into()).router())
                .await;
        let answer = request(format!("{page}/session"), "", Some(r#"{ "code": "good" }"#)).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (502, "the hub cannot be reached")
        );
    }
}

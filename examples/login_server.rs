// #region server
//! The server of a sidebar page: logs the user in through Juzi's hub, and keeps the user in a signed cookie.
//!
//! ```toml
//! [dependencies]
//! axum = { version = "0.8.9", default-features = false, features = ["http1", "json", "original-uri", "query", "tokio"] }
//! axum-extra = { version = "0.12", default-features = false, features = ["cookie-key-expansion", "cookie-signed"] }
//! juzi-helper = { version = "0.1.0", default-features = false, features = ["http"] }
//! serde = { version = "1", features = ["derive"] }
//! serde_json = "1"
//! tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }
//! ```
//!
//! ```sh
//! ORIGIN=http://localhost:3000 JUZI_HUB=http://127.0.0.1:8787 cargo run
//! ```
//!
//! `JUZI_HUB` defaults to the public hub; the workbench (`juzi-workbench --page http://localhost:3000/`) has one for testing.
//! `ORIGIN` is the origin at which browsers reach this server. `SECRET`, of at least 32 bytes, signs its cookies; without it, sessions
//! end with the server. `PORT` is 3000 unless it is set.

use std::time::SystemTime;

use axum::extract::{FromRef, OriginalUri, Query, State};
use axum::http::header::{CACHE_CONTROL, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_extra::extract::cookie::{Cookie, CookieJar, Key, SameSite, SignedCookieJar};
use juzi_helper::oauth::{self, Client, Error, UserInfo};
use serde::Deserialize;

/// The sidebar page. `sidebarAuth` gives it a code without a redirect; the redirect is for use outside the sidebar.
const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>Login</title>
<script src="https://cdn.jsdelivr.net/npm/juzi-helper-wasm/juzi-helper.js"></script>
<p id="user"></p> <a href="/login">Log in without the sidebar</a>
<script type="module">
  let user = await fetch('/user');
  if (!user.ok) {
    const { data } = await juziWx.sidebarAuth();
    user = await fetch('/session', { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: data.baseInfo.code }) });
  }
  document.getElementById('user').textContent = await user.text();
</script>"#;

/// What the user reads after a login by redirect that failed: what to do.
const IS_OVER: &str =
    "This login is over: it took too long, was used before, or began in another browser.";
const NO_HUB: &str = "Juzi does not answer at the moment. Wait a minute before you log in again.";

/// The prefix of the state cookies. Each login that has begun has a cookie with its state; the cookie's name ends with the beginning of the
/// state. Only the browser that began the login has this cookie, so nobody can complete the login in another browser.
const STATE: &str = "__Host-state-";
/// Seconds that a login may take.
const LIFETIME: u64 = 600;
/// How many logins one browser may have begun at once, for example in several tabs.
const MAX_LOGINS: usize = 5;
/// The user, as JSON. It is signed, not encrypted.
const SESSION: &str = "__Host-session";

#[derive(Clone)]
struct App {
    /// The origin at which browsers reach this server.
    origin: String,
    hub: String,
    client: Client,
    key: Key,
}

/// For [`SignedCookieJar`], which signs with HMAC-SHA256.
impl FromRef<App> for Key {
    fn from_ref(app: &App) -> Self {
        app.key.clone()
    }
}

impl App {
    fn router(self) -> Router {
        Router::new()
            .route("/", get(async || Html(PAGE)))
            .route("/login", get(login))
            .route("/callback", get(callback))
            .route("/session", post(redeem_from_sidebar))
            .route("/user", get(user))
            .layer(middleware::map_response(not_stored))
            .with_state(self)
    }

    /// Exchanges a code for a session, on a thread that may block.
    async fn begin_session(
        &self,
        jar: SignedCookieJar,
        code: String,
    ) -> (SignedCookieJar, Result<String, LoginError>) {
        let client = self.client.clone();
        let user = tokio::task::spawn_blocking(move || client.exchange(&code))
            .await
            .unwrap_or_else(|error| Err(Error::HubUnreachable(error.to_string())));
        match user {
            Ok(user) => {
                let session = serde_json::json!(user).to_string();
                let greeting = format!("logged in as {}", user.user_id);
                (jar.add(cookie(SESSION, session)), Ok(greeting))
            }
            Err(error) => (jar, Err(error.into())),
        }
    }
}

/// Answers contain cookies and users, so no cache may store them.
async fn not_stored(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The page is in a cross-site frame. There, browsers keep only cookies with `SameSite=None`, which requires `Secure`, and many browsers
/// also require `Partitioned`. The prefix `__Host-` keeps subdomains from setting such a cookie.
fn cookie(name: impl Into<String>, value: String) -> Cookie<'static> {
    Cookie::build((name.into(), value))
        .path("/")
        .http_only(true)
        .secure(true)
        .same_site(SameSite::None)
        .partitioned(true)
        .build()
}

fn state_cookie(state: &str) -> String {
    let beginning: String = state.chars().take(8).collect();
    format!("{STATE}{beginning}")
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(u64::MAX, |it| it.as_secs())
}

/// Removes a cookie, whatever its signature.
fn without(jar: SignedCookieJar, name: &str) -> SignedCookieJar {
    let mut removal = cookie(name, String::new());
    removal.make_removal();
    jar.add(removal)
}

/// Keeps the state, and drops the oldest logins of a browser that has too many.
fn with_login(mut jar: SignedCookieJar, sent: &CookieJar, state: &str) -> SignedCookieJar {
    let names = sent.iter().map(|it| it.name().to_owned());
    let mut begun: Vec<_> = names
        .filter(|name| name.starts_with(STATE))
        .map(|name| {
            (
                jar.get(&name)
                    .and_then(|it| login_of(&it))
                    .map(|(_, end)| end),
                name,
            )
        })
        .collect();
    begun.sort();
    let too_many = (begun.len() + 1).saturating_sub(MAX_LOGINS);
    for (_, name) in begun.iter().take(too_many) {
        jar = without(jar, name);
    }
    let login = format!("{state}.{}", now() + LIFETIME);
    jar.add(cookie(state_cookie(state), login))
}

/// The state of a login, and when it ends.
fn login_of(cookie: &Cookie<'_>) -> Option<(String, u64)> {
    let (state, end) = cookie.value().split_once('.')?;
    Some((state.to_owned(), end.parse().ok()?))
}

/// The state of the login that this callback completes. `None` if this browser has not begun the login, or if the login is too old.
fn state_of(jar: &SignedCookieJar, given: &str) -> Option<String> {
    let (state, end) = login_of(&jar.get(&state_cookie(given))?)?;
    (state == given && now() < end).then_some(state)
}

/// A prefetched page may never be shown. If it is, the browser requests it again.
fn is_prefetch(headers: &HeaderMap) -> bool {
    let purpose = headers.get("sec-purpose").and_then(|it| it.to_str().ok());
    purpose.is_some_and(|it| it.starts_with("prefetch"))
}

async fn login(
    State(app): State<App>,
    headers: HeaderMap,
    sent: CookieJar,
    jar: SignedCookieJar,
) -> Result<Response, LoginError> {
    if is_prefetch(&headers) {
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    }
    let state = oauth::new_state()?;
    let url = oauth::authorize_url(&app.hub, &format!("{}/callback", app.origin), Some(&state))?;
    let jar = with_login(jar, &sent, &state);
    Ok((jar, Redirect::to(&url)).into_response())
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    state: String,
}

async fn callback(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Query(given): Query<Given>,
    jar: SignedCookieJar,
) -> Response {
    let Some(state) = state_of(&jar, &given.state) else {
        let stranger = Error::StateMismatch("this browser has begun no login with this state");
        return LoginError(stranger).page();
    };
    // Whatever the outcome, the answer removes the state cookie: a state is for one callback. The code itself works once.
    let jar = without(jar, &state_cookie(&state));
    let (jar, user) = match oauth::parse_callback(&uri.to_string(), &state) {
        Ok(callback) => app.begin_session(jar, callback.code).await,
        Err(error) => (jar, Err(error.into())),
    };
    match user {
        // Away from the address that has the code, which a reload would redeem again.
        Ok(_) => (jar, Redirect::to("/")).into_response(),
        Err(error) => (jar, error.page()).into_response(),
    }
}

#[derive(Deserialize)]
struct SidebarCode {
    code: String,
}

/// Accepts only this page's own requests. Otherwise another website could send such a request and begin a session of its own user here.
async fn redeem_from_sidebar(
    State(app): State<App>,
    headers: HeaderMap,
    jar: SignedCookieJar,
    Json(given): Json<SidebarCode>,
) -> Response {
    if headers
        .get(ORIGIN)
        .is_none_or(|it| it != app.origin.as_str())
    {
        return (StatusCode::FORBIDDEN, "wrong origin").into_response();
    }
    app.begin_session(jar, given.code).await.into_response()
}

/// The user of the session. A session with a wrong signature is ignored. A real server would also end a session after some time.
async fn user(jar: SignedCookieJar) -> Result<Json<UserInfo>, StatusCode> {
    let session = jar.get(SESSION).ok_or(StatusCode::UNAUTHORIZED)?;
    let user = serde_json::from_str(session.value()).map_err(|_| StatusCode::UNAUTHORIZED)?;
    Ok(Json(user))
}

struct LoginError(Error);

impl From<Error> for LoginError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl LoginError {
    fn status(&self) -> StatusCode {
        match self.0.code() {
            "hub_unreachable" | "timeout" | "bad_answer" | "unknown_error" => {
                StatusCode::BAD_GATEWAY
            }
            _ => StatusCode::UNAUTHORIZED,
        }
    }

    /// For the user, who is at the callback's address.
    fn page(&self) -> Response {
        let (status, code) = (self.status(), self.0.code());
        let text = if status == StatusCode::BAD_GATEWAY {
            NO_HUB
        } else {
            IS_OVER
        };
        let page = format!(
            r#"<!doctype html><meta charset="utf-8"><title>Log in</title>
<p>{text}</p><p><a href="/login">Log in again</a></p><p><small>{code}</small></p>"#
        );
        (status, Html(page)).into_response()
    }
}

/// For the page's own request.
impl IntoResponse for LoginError {
    fn into_response(self) -> Response {
        (self.status(), self.0.code()).into_response()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setting = |name: &str| std::env::var(name).ok();
    let key = match setting("SECRET") {
        Some(secret) if secret.len() < 32 => {
            return Err("SECRET must have at least 32 bytes".into());
        }
        Some(secret) => Key::derive_from(secret.as_bytes()),
        None => Key::generate(),
    };
    let hub = setting("JUZI_HUB").unwrap_or_else(|| oauth::DEFAULT_BASE.to_owned());
    let app = App {
        origin: setting("ORIGIN").unwrap_or_else(|| "http://localhost:3000".to_owned()),
        client: Client::new(&hub)?,
        hub,
        key,
    };
    let port = setting("PORT").unwrap_or_else(|| "3000".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app.router()).await?)
}
// #endregion server

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

    /// A hub that accepts one code.
    async fn hub() -> String {
        let answer = async |OriginalUri(uri): OriginalUri| match uri.query() {
            Some("code=good") => {
                r#"{ "errcode": 0, "data": { "userId": "lin", "corpId": "ww1" } }"#
            }
            _ => r#"{ "errcode": -1, "errmsg": "invalid authorization code" }"#,
        };
        serve(Router::new().route("/api/v1/oauth/getUserInfo", get(answer))).await
    }

    async fn page(hub: String) -> String {
        let app = App {
            origin: "https://page.example".into(),
            client: Client::new(&hub).unwrap(),
            hub,
            key: Key::generate(),
        };
        serve(app.router()).await
    }

    /// Sends a request exactly as written, one byte for each character, and returns the whole answer.
    async fn as_written(address: &str, request: String) -> String {
        use std::io::{Read, Write};
        let address = address.trim_start_matches("http://").to_owned();
        let send = move || {
            let mut stream = std::net::TcpStream::connect(address).unwrap();
            let bytes: Vec<u8> = request.chars().map(|it| it as u8).collect();
            // The server may close the connection before it has read everything.
            let _ = stream.write_all(&bytes);
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).into_owned()
        };
        tokio::task::spawn_blocking(send).await.unwrap()
    }

    #[tokio::test]
    async fn no_request_ends_the_server() {
        let table = include_str!("../tests/vectors/requests.json");
        let table: serde_json::Value = serde_json::from_str(table).unwrap();
        let page = page(hub().await).await;
        let targets = table["targets"].as_array().unwrap();
        assert!(targets.len() > 150);
        for target in targets {
            let target = target.as_str().unwrap().replace("{4k}", &"a".repeat(4_096));
            let end = "HTTP/1.1\r\nHost: page.example\r\nConnection: close\r\n\r\n";
            let answer = as_written(&page, format!("GET {target} {end}")).await;
            assert!(answer.starts_with("HTTP/1.1 "), "{target}: {answer}");
            let ordinary = as_written(&page, format!("GET / {end}")).await;
            assert!(
                ordinary.starts_with("HTTP/1.1 200"),
                "after {target}: {ordinary}"
            );
        }
    }

    #[test]
    fn the_dependencies_named_above_are_those_that_build_this_example() {
        let manifest = include_str!("../Cargo.toml");
        let (_, named) = include_str!("login_server.rs")
            .split_once("//! [dependencies]\n")
            .unwrap();
        let (named, _) = named.split_once("//! ```").unwrap();
        let mut ours = 0;
        for line in named.lines().map(|it| it.trim_start_matches("//! ")) {
            // The crate itself is in this directory.
            if line.starts_with("juzi-helper = ") {
                let version = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
                assert!(line.contains(&version), "{line}");
                ours += 1;
            } else {
                assert!(manifest.lines().any(|it| it == line), "{line}");
            }
        }
        assert_eq!((named.lines().count(), ours), (6, 1));
    }

    struct Answer {
        status: u16,
        location: String,
        cookies: Vec<String>,
        body: String,
    }

    impl Answer {
        /// A cookie that was set, as the browser sends it back.
        fn cookie(&self, name: &str) -> String {
            let set = self.cookies.iter().find(|it| it.starts_with(name));
            set.unwrap().split(';').next().unwrap().to_owned()
        }

        /// Whether the browser forgets this cookie.
        fn removes(&self, cookie: &str) -> bool {
            let (name, _) = cookie.split_once('=').unwrap();
            let found = |it: &&String| it.starts_with(name) && it.contains("Max-Age=0");
            self.cookies.iter().filter(found).count() == 1
        }

        /// The error's code: in the page that says what to do, or as the whole text.
        fn reason(&self) -> &str {
            let in_page = self.body.split("<small>").nth(1);
            in_page.map_or(self.body.as_str(), |it| it.split('<').next().unwrap())
        }
    }

    async fn request(url: String, cookie: &str, json: Option<&'static str>) -> Answer {
        asked(url, cookie, json, "https://page.example").await
    }

    async fn asked(
        url: String,
        cookie: &str,
        json: Option<&'static str>,
        origin: &'static str,
    ) -> Answer {
        let cookie = cookie.to_owned();
        tokio::task::spawn_blocking(move || {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .build()
                .into();
            let mut response = match json {
                Some(body) => agent
                    .post(url)
                    .content_type("application/json")
                    .header("origin", origin)
                    .send(body),
                None => agent.get(url).header("cookie", cookie).call(),
            }
            .unwrap();
            let header = |name| {
                let values = response.headers().get_all(name).iter();
                let values = values.map(|value| value.to_str().unwrap().to_owned());
                values.collect::<Vec<_>>()
            };
            let (location, cookies) = (header("location").concat(), header("set-cookie"));
            assert_eq!(header("cache-control"), ["no-store"]);
            Answer {
                status: response.status().as_u16(),
                location,
                cookies,
                body: response.body_mut().read_to_string().unwrap(),
            }
        })
        .await
        .unwrap()
    }

    /// Begins a login. Returns the state cookie, and the address to which the hub sends the browser back with this code.
    async fn begin(page: &str, hub: &str, code: &str) -> (String, String) {
        let login = request(format!("{page}/login"), "", None).await;
        let start = format!(
            "{hub}/oauth/connect/authorize?redirect_uri=https%3A%2F%2Fpage.example%2Fcallback&state="
        );
        let state = login.location.strip_prefix(&start).unwrap();
        let back = format!("{page}/callback?code={code}&state={state}&juziBotId=bot-1");
        (login.cookie(STATE), back)
    }

    #[tokio::test]
    async fn a_user_is_logged_in_by_redirect_in_the_browser_that_began() {
        let hub = hub().await;
        let page = page(hub.clone()).await;
        let (state, back) = begin(&page, &hub, "good").await;
        let stranger = request(back.clone(), "", None).await;
        assert_eq!(
            (stranger.status, stranger.reason()),
            (401, "state_mismatch")
        );
        assert!(
            stranger
                .body
                .contains("<a href=\"/login\">Log in again</a>")
        );
        let (other, _) = begin(&page, &hub, "good").await;
        let victim = request(back.clone(), &other, None).await;
        assert_eq!((victim.status, victim.reason()), (401, "state_mismatch"));

        let user = request(back, &state, None).await;
        assert_eq!((user.status, user.location.as_str()), (303, "/"));
        assert!(user.removes(&state), "{:?}", user.cookies);
        let session = user.cookie("__Host-session");
        let remembered = request(format!("{page}/user"), &session, None).await;
        assert!(
            remembered
                .body
                .starts_with(r#"{"userId":"lin","corpId":"ww1""#)
        );
    }

    #[tokio::test]
    async fn a_failed_login_cannot_be_completed_later() {
        let hub = hub().await;
        let page = page(hub.clone()).await;
        let (state, back) = begin(&page, &hub, "used").await;
        let failed = request(back.clone(), &state, None).await;
        assert_eq!((failed.status, failed.reason()), (401, "invalid_code"));
        assert!(failed.removes(&state), "{:?}", failed.cookies);
        let without_cookie = request(back, "", None).await;
        assert_eq!(without_cookie.reason(), "state_mismatch");
        assert!(without_cookie.cookies.is_empty());
    }

    #[tokio::test]
    async fn logins_in_two_tabs_both_end_and_a_sixth_drops_the_oldest() {
        let hub = hub().await;
        let page = page(hub.clone()).await;
        let (one, one_back) = begin(&page, &hub, "good").await;
        let (other, other_back) = begin(&page, &hub, "good").await;
        let both = format!("{one}; {other}");
        for (back, own) in [(other_back, &other), (one_back, &one)] {
            let user = request(back, &both, None).await;
            assert_eq!(user.status, 303);
            assert!(user.removes(own));
        }
        let mut many = vec![format!("{STATE}forged=1.2")];
        for _ in 0..5 {
            many.push(begin(&page, &hub, "good").await.0);
        }
        let sixth = request(format!("{page}/login"), &many.join("; "), None).await;
        let removed = sixth.cookies.iter().filter(|it| it.contains("Max-Age=0"));
        assert_eq!(removed.count(), 2, "{:?}", sixth.cookies);
        assert!(sixth.removes(&many[0]), "what is not ours goes first");
    }

    #[tokio::test]
    async fn another_websites_request_begins_no_session() {
        let page = page(hub().await).await;
        let body = Some(r#"{ "code": "good" }"#);
        for origin in ["https://evil.example", "null", "https://page.example.evil"] {
            let answer = asked(format!("{page}/session"), "", body, origin).await;
            assert_eq!((answer.status, answer.cookies.len()), (403, 0), "{origin}");
        }
    }

    #[tokio::test]
    async fn cookies_fit_a_frame_and_are_worthless_when_changed() {
        let page = page(hub().await).await;
        let user = request(format!("{page}/session"), "", Some(r#"{ "code": "good" }"#)).await;
        for attribute in [
            "HttpOnly",
            "SameSite=None",
            "Partitioned",
            "Secure",
            "Path=/",
        ] {
            let cookie = &user.cookies[0];
            assert!(cookie.contains(&format!("; {attribute}")), "{cookie}");
        }
        let forged = user.cookie("__Host-session").replace("lin", "wei");
        assert_ne!(forged, user.cookie("__Host-session"));
        let stranger = request(format!("{page}/user"), &forged, None).await;
        assert_eq!(stranger.status, 401);
    }

    #[tokio::test]
    async fn a_user_is_logged_in_by_the_sidebars_code_and_a_bad_code_is_named() {
        let page = page(hub().await).await;
        let user = request(format!("{page}/session"), "", Some(r#"{ "code": "good" }"#)).await;
        assert_eq!((user.status, user.body.as_str()), (200, "logged in as lin"));
        let refused = request(format!("{page}/session"), "", Some(r#"{ "code": "used" }"#)).await;
        assert_eq!(
            (refused.status, refused.body.as_str()),
            (401, "invalid_code")
        );
        let nobody = request(format!("{page}/user"), "", None).await;
        assert_eq!(nobody.status, 401);
    }

    #[tokio::test]
    async fn an_unreachable_hub_is_reported() {
        let page = page("http://127.0.0.1:1".into()).await;
        let answer = request(format!("{page}/session"), "", Some(r#"{ "code": "good" }"#)).await;
        assert_eq!((answer.status, answer.reason()), (502, "hub_unreachable"));
    }
}

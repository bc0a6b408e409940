//! The page's server: logs the user in through Juzi's hub, and keeps the user in a signed cookie.
//!
//! `npm run build`, then `ORIGIN=https://page.example SECRET=… cargo run --release`. `HUB` defaults to Juzi's public hub.

use std::collections::HashMap;
use std::time::SystemTime;

use axum::extract::{FromRef, OriginalUri, Query, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use axum_extra::extract::cookie::{Cookie, CookieJar, Key, SameSite, SignedCookieJar};
use juzi_helper::oauth::{self, Client, Error, UserInfo};
use serde::Deserialize;
use tower_http::services::ServeDir;

/// The state of a login that has begun, in a cookie of its own: what follows is the state's beginning. Only the browser that began the
/// login has this cookie, so nobody can end it in another browser.
const STATE: &str = "__Host-state-";
/// Seconds that a login may take.
const LIFETIME: u64 = 600;
/// Logins that one browser may have begun at once, as in several tabs.
const MAX_LOGINS: usize = 5;
/// The user, as JSON. It is signed, not encrypted.
const SESSION: &str = "__Host-session";
/// Vite's dev server passes what begins with `/api` on to this server, and has the workbench's hub.
const DEV_ORIGIN: &str = "http://localhost:5173";
const DEV_HUB: &str = "http://localhost:5173/__juzi";
/// For answers with cookies or users in them.
const NOT_STORED: [(HeaderName, &str); 1] = [(CACHE_CONTROL, "no-store")];
/// The headers of every response.
const POLICY: &str = include_str!("../../policy.json");

#[derive(Clone)]
struct App {
    /// The origin at which browsers reach this server.
    origin: String,
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
            .route("/api/login", get(login))
            .route("/api/callback", get(callback))
            .route("/api/user", get(user))
            .fallback(file)
            .layer(middleware::from_fn_with_state(policy(), add_headers))
            .with_state(self)
    }
}

/// A file of the page. A path that is too long for a file counts as missing.
async fn file(request: Request) -> Response {
    match ServeDir::new("dist").try_call(request).await {
        Ok(response) => response.into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn policy() -> HeaderMap {
    let policy: HashMap<String, String> =
        serde_json::from_str(POLICY).expect("policy.json has names and values");
    let header = |(name, value): (String, String)| -> (HeaderName, HeaderValue) {
        (
            name.parse().expect("a header's name"),
            value.parse().expect("a header's value"),
        )
    };
    policy.into_iter().map(header).collect()
}

async fn add_headers(State(policy): State<HeaderMap>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().extend(policy);
    response
}

/// `SameSite=None` because the page is in a cross-site frame, where browsers keep no other cookies; they require `Secure` for that.
/// `Partitioned` because many keep none without it. `__Host-` because no subdomain can set such a cookie. Other sites can send requests
/// with it: check `Origin` before a request changes anything.
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

/// Removes a cookie, whatever its signature is.
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

/// The state of the login that this callback ends, if this browser has begun it and it is not too old.
fn state_of(jar: &SignedCookieJar, given: &str) -> Option<String> {
    let (state, end) = login_of(&jar.get(&state_cookie(given))?)?;
    (state == given && now() < end).then_some(state)
}

/// The user may never open a prefetched page. The browser sends the request again when the user does.
fn is_prefetch(headers: &HeaderMap) -> bool {
    let purpose = headers.get("sec-purpose").and_then(|it| it.to_str().ok());
    purpose.is_some_and(|it| it.starts_with("prefetch"))
}

#[derive(Deserialize)]
struct Target {
    to: Option<String>,
}

impl Target {
    /// The path at which the login ends. Only a path on this server: the address of another would make this an open redirect.
    fn path(&self) -> &str {
        let path = self.to.as_deref().unwrap_or("/");
        // Browsers leave out `.` and `..`, also encoded: `/.//evil.example` would be `//evil.example`.
        let (names, _) = path.split_once(['?', '#']).unwrap_or((path, ""));
        let dots = |it: &str| {
            matches!(
                it.to_ascii_lowercase().replace("%2e", ".").as_str(),
                "." | ".."
            )
        };
        let own = path.starts_with('/')
            && !path.starts_with("//")
            && !names.split('/').any(dots)
            && path.bytes().all(|it| it.is_ascii_graphic() && it != b'\\');
        if own { path } else { "/" }
    }
}

async fn login(
    State(app): State<App>,
    Query(target): Query<Target>,
    headers: HeaderMap,
    sent: CookieJar,
    jar: SignedCookieJar,
) -> Result<Response, LoginError> {
    if is_prefetch(&headers) {
        return Ok((StatusCode::SERVICE_UNAVAILABLE, NOT_STORED).into_response());
    }
    let state = oauth::new_state()?;
    let callback = format!("{}/api/callback?to={}", app.origin, encoded(target.path()));
    let url = app.client.authorize_url(&callback, &state)?;
    let jar = with_login(jar, &sent, &state);
    Ok((jar, NOT_STORED, Redirect::to(&url)).into_response())
}

/// Encodes a text as the value of a parameter.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    state: String,
}

async fn callback(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Query(target): Query<Target>,
    Query(given): Query<Given>,
    jar: SignedCookieJar,
) -> Response {
    let Some(state) = state_of(&jar, &given.state) else {
        let stranger = Error::StateMismatch("this browser has begun no login with this state");
        return LoginError(stranger).into_response();
    };
    // The answer removes the state in any case, because a state is valid for one callback. The code itself works once.
    let jar = without(jar, &state_cookie(&state));
    match redeem(app, uri.to_string(), state).await {
        Ok(user) => {
            let jar = jar.add(cookie(SESSION, serde_json::json!(user).to_string()));
            (jar, NOT_STORED, Redirect::to(target.path())).into_response()
        }
        Err(error) => (jar, LoginError(error)).into_response(),
    }
}

/// Runs a function on a thread that may block.
async fn redeem(app: App, uri: String, state: String) -> Result<UserInfo, Error> {
    let callback = oauth::parse_callback(&uri, &state)?;
    tokio::task::spawn_blocking(move || app.client.exchange(&callback.code))
        .await
        .unwrap_or_else(|error| Err(Error::HubUnreachable(error.to_string())))
}

/// The user of the session. A session with a wrong signature counts as none. A real server would also end it after some time.
async fn user(
    jar: SignedCookieJar,
) -> Result<impl IntoResponse, (StatusCode, [(HeaderName, &'static str); 1])> {
    let session = jar.get(SESSION);
    let user = session.and_then(|it| serde_json::from_str::<UserInfo>(it.value()).ok());
    let user = user.ok_or((StatusCode::UNAUTHORIZED, NOT_STORED))?;
    Ok((NOT_STORED, Json(user)))
}

struct LoginError(Error);

impl From<Error> for LoginError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for LoginError {
    fn into_response(self) -> Response {
        let status = match self.0 {
            Error::HubUnreachable(_) | Error::Timeout(_) | Error::BadAnswer(_) => {
                StatusCode::BAD_GATEWAY
            }
            _ => StatusCode::FORBIDDEN,
        };
        let text = format!("{}: {}", self.0.code(), self.0);
        (status, NOT_STORED, text).into_response()
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
    let development = |value: &str| cfg!(debug_assertions).then(|| value.to_owned());
    let hub = setting("HUB")
        .or_else(|| development(DEV_HUB))
        .unwrap_or_else(|| oauth::DEFAULT_BASE.to_owned());
    let origin = setting("ORIGIN").or_else(|| development(DEV_ORIGIN));
    let app = App {
        origin: origin.ok_or("ORIGIN must be the origin at which browsers reach this server, like https://page.example")?,
        client: Client::new(&hub)?,
        key,
    };
    let port = setting("PORT").unwrap_or_else(|| "3000".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app.router()).await?)
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

    /// A hub that knows one code, and a page's server that uses it.
    async fn page() -> String {
        let answer = async |OriginalUri(uri): OriginalUri| match uri.query() {
            Some("code=good") => {
                r#"{ "errcode": 0, "data": { "userId": "lin", "corpId": "ww1" } }"#
            }
            _ => r#"{ "errcode": -1, "errmsg": "invalid authorization code" }"#,
        };
        let hub = serve(Router::new().route("/api/v1/oauth/getUserInfo", get(answer))).await;
        let app = App {
            origin: "https://page.example".into(),
            client: Client::new(&hub).unwrap(),
            key: Key::generate(),
        };
        serve(app.router()).await
    }

    struct Answer {
        status: u16,
        headers: HeaderMap,
        body: String,
    }

    impl Answer {
        fn location(&self) -> &str {
            self.headers["location"].to_str().unwrap()
        }

        /// The cookies that were set, as the browser sends them back.
        fn cookies(&self) -> String {
            let set = self
                .headers
                .get_all("set-cookie")
                .iter()
                .map(|it| it.to_str().unwrap());
            set.map(|it| it.split(';').next().unwrap())
                .collect::<Vec<_>>()
                .join("; ")
        }
    }

    async fn ask(url: String, cookie: &str) -> Answer {
        let cookie = cookie.to_owned();
        tokio::task::spawn_blocking(move || {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .build()
                .into();
            let mut response = agent.get(url).header("cookie", cookie).call().unwrap();
            Answer {
                status: response.status().as_u16(),
                headers: response.headers().clone(),
                body: response.body_mut().read_to_string().unwrap(),
            }
        })
        .await
        .unwrap()
    }

    /// Begins a login. Returns the cookies, and the address to which the hub sends the browser back with this code.
    async fn begin(page: &str, code: &str, to: &str) -> (String, String) {
        let login = ask(format!("{page}/api/login?to={}", encoded(to)), "").await;
        let (_, state) = login.location().rsplit_once("&state=").unwrap();
        assert!(
            login
                .location()
                .contains("redirect_uri=https%3A%2F%2Fpage.example%2Fapi%2Fcallback%3Fto%3D")
        );
        (
            login.cookies(),
            format!(
                "{page}/api/callback?to={}&code={code}&state={state}",
                encoded(to)
            ),
        )
    }

    #[tokio::test]
    async fn a_user_is_logged_in_and_led_back_to_the_page() {
        let page = page().await;
        let (cookies, back) = begin(&page, "good", "/?juziSidebar=true").await;
        let stranger = ask(back.clone(), "").await;
        assert_eq!(
            (stranger.status, stranger.body.split(':').next()),
            (403, Some("state_mismatch"))
        );

        let login = ask(back, &cookies).await;
        assert_eq!(
            (login.status, login.location()),
            (303, "/?juziSidebar=true")
        );
        let user = ask(format!("{page}/api/user"), &login.cookies()).await;
        assert!(
            user.body.starts_with(r#"{"userId":"lin","corpId":"ww1""#),
            "{}",
            user.body
        );
        let forged = login.cookies().replace("lin", "wei");
        assert_eq!(ask(format!("{page}/api/user"), &forged).await.status, 401);
        assert_eq!(ask(format!("{page}/api/user"), "").await.status, 401);
    }

    #[tokio::test]
    async fn a_used_code_is_named_and_no_login_leads_to_another_site() {
        let page = page().await;
        let (cookies, back) = begin(&page, "used", "/").await;
        assert!(ask(back, &cookies).await.body.starts_with("invalid_code: "));
        for to in [
            "//evil.example/",
            "https://evil.example/",
            "/\\evil.example",
            "/\n/evil.example",
            "/\t/evil.example",
            " //evil.example",
            "///evil.example",
            "/.//evil.example",
            "/a/..//evil.example",
            "/%2e//evil.example",
            "/%2E%2e//evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "@evil.example",
            "",
        ] {
            let (cookies, back) = begin(&page, "good", to).await;
            assert_eq!(ask(back, &cookies).await.location(), "/", "{to}");
        }
    }

    #[tokio::test]
    async fn a_login_that_fails_is_over_and_no_answer_is_stored() {
        let page = page().await;
        let (cookies, back) = begin(&page, "used", "/").await;
        let failed = ask(back, &cookies).await;
        let removal = failed.headers["set-cookie"].to_str().unwrap();
        assert!(
            removal.starts_with(STATE) && removal.contains("Max-Age=0"),
            "{removal}"
        );
        for path in ["login", "callback", "user"] {
            let answer = ask(format!("{page}/api/{path}"), "").await;
            assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        }
        assert_eq!(failed.headers["cache-control"], "no-store");
    }

    #[tokio::test]
    async fn logins_in_two_tabs_both_end_and_a_sixth_drops_the_oldest() {
        let page = page().await;
        let (one, one_back) = begin(&page, "good", "/one").await;
        let (other, other_back) = begin(&page, "good", "/other").await;
        let both = format!("{one}; {other}");
        assert_eq!(ask(other_back, &both).await.location(), "/other");
        assert_eq!(ask(one_back, &both).await.location(), "/one");
        let mut many = Vec::new();
        for _ in 0..5 {
            many.push(begin(&page, "good", "/").await.0);
        }
        let sixth = ask(format!("{page}/api/login"), &many.join("; ")).await;
        let set = sixth.headers.get_all("set-cookie").iter();
        let removals = set.filter(|it| it.to_str().unwrap().contains("Max-Age=0"));
        assert_eq!(removals.count(), 1);
    }

    #[tokio::test]
    async fn every_response_has_the_policy() {
        let policy = ask(format!("{}/api/user", page().await), "").await;
        let csp = policy.headers["content-security-policy"].to_str().unwrap();
        assert!(
            csp.contains("frame-ancestors https://*.juzibot.com"),
            "{csp}"
        );
    }
}

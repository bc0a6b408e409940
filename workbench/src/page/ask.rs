//! One request for the page, as the console's frame makes it.

use std::io::Read;
use std::time::Duration;

use axum::http::header::{ACCEPT, COOKIE, HeaderName, REFERER};
use axum::http::{HeaderMap, StatusCode};
use ureq::tls::TlsConfig;
use ureq::{Agent, Error};
use url::Url;

use super::Problem;
use super::reach::{Unreachable, needs_proxy};

/// How long the page's server may take for its whole answer. A development server may have to compile first.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Bytes. A page's scripts are named at its start.
const MAX_BODY: u64 = 512 * 1024;

/// The page's answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The beginning, with what is not UTF-8 replaced.
    pub body: String,
    /// The certificate is not one that everybody trusts.
    pub certificate: Option<Problem>,
}

impl Answer {
    /// A header's values, joined as HTTP allows.
    pub fn text(&self, name: &HeaderName) -> Option<String> {
        let values: Vec<_> = self.texts(name).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub fn texts(&self, name: &HeaderName) -> impl Iterator<Item = String> {
        let values = self.headers.get_all(name).iter();
        values.map(|it| String::from_utf8_lossy(it.as_bytes()).trim().to_owned())
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub struct NoAnswer(pub Problem);

impl NoAnswer {
    pub fn other(detail: String) -> Self {
        NoAnswer(Problem::Unreachable(Unreachable::other(detail)))
    }
}

/// Blocks.
///
/// `cookies` is the value of the header; empty for none.
pub fn ask(page: &Url, console: &Url, cookies: &str) -> Result<Answer, NoAnswer> {
    let plain = page.scheme() == "http";
    match get(page, console, Verify::Yes, cookies) {
        Ok(answer) if plain && answer.status == StatusCode::BAD_REQUEST => {
            // What some servers answer to plain HTTP at a TLS port.
            match other_scheme(page, console) {
                Some(url) => Err(NoAnswer(Problem::TlsOnPlain { url })),
                None => Ok(answer),
            }
        }
        Ok(answer) => Ok(answer),
        Err(error) if !plain && is_certificates(&error) => {
            let mut answer = get(page, console, Verify::No, cookies).map_err(no_answer)?;
            let detail = error.to_string();
            answer.certificate = Some(Problem::Certificate { detail });
            Ok(answer)
        }
        Err(error @ (Error::Timeout(_) | Error::HostNotFound)) => Err(no_answer(error)),
        Err(error) => Err(match other_scheme(page, console) {
            Some(url) if plain => NoAnswer(Problem::TlsOnPlain { url }),
            Some(url) => NoAnswer(Problem::PlainOnTls { url }),
            None => no_answer(error),
        }),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verify {
    Yes,
    /// Once the certificate has been found to be unknown. The request has nothing secret in it.
    No,
}

fn get(page: &Url, console: &Url, verify: Verify, cookies: &str) -> Result<Answer, Error> {
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(TIMEOUT))
        .user_agent(concat!("juzi-workbench/", env!("CARGO_PKG_VERSION")))
        .tls_config(
            TlsConfig::builder()
                .disable_verification(verify == Verify::No)
                .build(),
        );
    if !needs_proxy(page) {
        config = config.proxy(None);
    }
    let agent: Agent = config.build().into();
    // A fragment stays in the browser.
    let mut address = page.clone();
    address.set_fragment(None);
    let mut request = agent
        .get(address.as_str())
        .header(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
        .header(REFERER, console.as_str())
        .header("sec-fetch-dest", "iframe")
        .header("sec-fetch-mode", "navigate")
        .header("sec-fetch-site", "cross-site");
    if !cookies.is_empty() {
        request = request.header(COOKIE, cookies);
    }
    let (parts, body) = request.call()?.into_parts();
    let mut beginning = vec![];
    // A body that breaks off is judged by what came.
    let _ = body
        .into_reader()
        .take(MAX_BODY)
        .read_to_end(&mut beginning);
    Ok(Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&beginning).into_owned(),
        certificate: None,
    })
}

fn is_certificates(error: &Error) -> bool {
    error
        .to_string()
        .to_ascii_lowercase()
        .contains("certificate")
}

/// The page's address with the other scheme, if a server answers there.
fn other_scheme(page: &Url, console: &Url) -> Option<String> {
    let mut other = page.clone();
    let port = page.port_or_known_default();
    let scheme = if page.scheme() == "http" {
        "https"
    } else {
        "http"
    };
    other.set_scheme(scheme).ok()?;
    other.set_port(port).ok()?;
    match get(&other, console, Verify::No, "") {
        Ok(answer) if scheme == "https" || answer.status != StatusCode::BAD_REQUEST => {
            Some(other.into())
        }
        _ => None,
    }
}

fn no_answer(error: Error) -> NoAnswer {
    NoAnswer(Problem::Unreachable(match error {
        Error::Io(error) => error.into(),
        Error::Timeout(_) => Unreachable::timed_out(TIMEOUT),
        other => Unreachable::other(other.to_string()),
    }))
}

//! One request for the page, as the console's frame makes it.

use std::io::Read;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, COOKIE, REFERER};
use juzi_hub::page::{Answer, Ask, NoAnswer, Unreachable};
use ureq::tls::TlsConfig;
use ureq::{Agent, Error};
use url::Url;

use super::reach::{needs_proxy, unreachable_by};
use super::roots::roots;

/// How long the page's server may take for its whole answer. A development server may have to compile first.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Bytes. A page's scripts are named at its start.
const MAX_BODY: u64 = 512 * 1024;

/// Sends the request. Blocks.
pub fn ask(next: &Ask) -> Result<Answer, NoAnswer> {
    let (page, console, cookies) = (&next.url, &next.console, &next.cookies);
    let plain = page.scheme() == "http";
    match get(page, console, Verify::Yes, cookies) {
        Ok(answer) if plain && answer.status == 400 => {
            // What some servers answer to plain HTTP at a TLS port.
            match other_scheme(page, console) {
                Some(url) => Err(NoAnswer::TlsOnPlain { url }),
                None => Ok(answer),
            }
        }
        Ok(answer) => Ok(answer),
        Err(error @ (Error::Timeout(_) | Error::HostNotFound)) => Err(no_answer(error)),
        Err(error) => {
            without_trust(next, &error).ok_or_else(|| match other_scheme(page, console) {
                Some(url) if plain => NoAnswer::TlsOnPlain { url },
                Some(url) => NoAnswer::PlainOnTls { url },
                None => no_answer(error),
            })
        }
    }
}

/// The answer of a server whose certificate is not trusted: the browser may trust it. Whatever is wrong with the certificate, by trying.
fn without_trust(next: &Ask, error: &Error) -> Option<Answer> {
    if next.url.scheme() != "https" {
        return None;
    }
    let mut answer = get(&next.url, &next.console, Verify::No, &next.cookies).ok()?;
    answer.certificate = Some(error.to_string());
    Some(answer)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verify {
    Yes,
    /// After the certificate has turned out to be unknown. The request has nothing secret in it.
    No,
}

fn get(page: &Url, console: &Url, verify: Verify, cookies: &str) -> Result<Answer, Error> {
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(TIMEOUT))
        .user_agent(concat!("juzi-workbench/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls(page, verify));
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
    // If the body breaks off, the part that has arrived is judged.
    let _ = body
        .into_reader()
        .take(MAX_BODY)
        .read_to_end(&mut beginning);
    Ok(Answer {
        status: parts.status.as_u16(),
        headers: texts(&parts.headers),
        body: String::from_utf8_lossy(&beginning).into_owned(),
        certificate: None,
    })
}

fn tls(page: &Url, verify: Verify) -> TlsConfig {
    let config = TlsConfig::builder().disable_verification(verify == Verify::No);
    match (page.scheme(), verify) {
        ("https", Verify::Yes) => config.root_certs(roots()).build(),
        _ => config.build(),
    }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())))
        .collect()
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
        Ok(answer) if scheme == "https" || answer.status != 400 => Some(other.into()),
        _ => None,
    }
}

fn no_answer(error: Error) -> NoAnswer {
    NoAnswer::Unreachable(match error {
        Error::Io(error) => unreachable_by(&error),
        Error::Timeout(_) => Unreachable::timed_out(TIMEOUT),
        other => Unreachable::other(other.to_string()),
    })
}

//! Redeeming a code over HTTP, with ureq.

use core::time::Duration;
use std::io;
use std::thread;
use std::time::Instant;

use ureq::Agent;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::{Error, UserInfo, parse_user_info_of, user_info_url, web_address};

/// The default timeout, for the whole exchange.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Milliseconds. The same as JavaScript's timers allow, so that both languages take the same timeouts.
const MAX_TIMEOUT: u128 = 2_147_483_647;

/// The wait before the second attempt: a hub that restarts needs a moment.
const PAUSE: Duration = Duration::from_millis(200);

/// Bytes. A real answer has a few hundred.
const MAX_BODY: u64 = 64 * 1024;

/// A hub: where it sends browsers to log in, and where their codes are redeemed. A server keeps one.
///
/// ```
/// use juzi_helper::oauth::{Client, DEFAULT_BASE, Error};
/// use std::time::Duration;
///
/// let hub = Client::new(DEFAULT_BASE)?.with_timeout(Duration::from_secs(5))?;
/// assert_eq!(hub.exchange(""), Err(Error::MissingCode));
/// assert_eq!(Client::new("hub.juzibot.com").unwrap_err(), Error::InvalidBase);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    base: String,
    timeout: Duration,
    proxy: bool,
    /// Instead of those that Mozilla trusts.
    roots: Option<Vec<Certificate<'static>>>,
    agent: Agent,
}

impl Client {
    /// A client of the hub at this address, with a timeout of 10 seconds.
    ///
    /// It uses the proxy of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`), except for a hub on this machine. It
    /// trusts the certificates that Mozilla trusts.
    ///
    /// The address has only ASCII characters: an international name is written as `xn--…`, a path with `%`.
    ///
    /// # Errors
    /// [`Error::InvalidBase`].
    pub fn new(base: &str) -> Result<Self, Error> {
        // Checks the base. Any code will do, because only the base can be wrong here.
        user_info_url(base, "code")?;
        // No request could be made of it.
        if !base.is_ascii() {
            return Err(Error::InvalidBase);
        }
        let proxy = !is_this_machine(base);
        Ok(Self {
            base: base.to_owned(),
            timeout: TIMEOUT,
            proxy,
            roots: None,
            agent: agent(proxy, None),
        })
    }

    /// The address to send the browser to: [`authorize_url`](super::authorize_url) at this hub.
    ///
    /// ```
    /// use juzi_helper::oauth::{self, Client};
    ///
    /// let hub = Client::new(oauth::DEFAULT_BASE)?;
    /// let state = oauth::new_state()?;
    /// let login = hub.authorize_url("https://page.example/callback", &state)?;
    /// # assert!(login.ends_with(&format!("&state={state}")));
    /// # Ok::<(), oauth::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidRedirectUri`], [`Error::InvalidState`].
    pub fn authorize_url(&self, redirect_uri: &str, state: &str) -> Result<String, Error> {
        super::authorize_url(&self.base, redirect_uri, Some(state))
    }

    /// Trusts these root certificates, in PEM, instead of those that Mozilla trusts: for a private hub.
    ///
    /// ```
    /// use juzi_helper::oauth::{Client, Error};
    ///
    /// # fn hub(pem: &[u8]) -> Result<Client, Error> {
    /// // let pem = std::fs::read("company-ca.pem")?;
    /// Client::new("https://hub.company.example")?.with_root_certificates(pem)
    /// # }
    /// # assert_eq!(hub(b"no certificate").unwrap_err(), Error::InvalidCertificates);
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidCertificates`], if it is not PEM or has no certificate.
    pub fn with_root_certificates(self, pem: &[u8]) -> Result<Self, Error> {
        let mut roots = Vec::new();
        for item in parse_pem(pem) {
            match item {
                Ok(PemItem::Certificate(root)) => roots.push(root),
                // A private key beside them.
                Ok(_) => {}
                Err(_) => return Err(Error::InvalidCertificates),
            }
        }
        if roots.is_empty() {
            return Err(Error::InvalidCertificates);
        }
        Ok(Self {
            agent: agent(self.proxy, Some(&roots)),
            roots: Some(roots),
            ..self
        })
    }

    /// Does not use the environment's proxy.
    #[must_use]
    pub fn without_proxy(self) -> Self {
        Self {
            proxy: false,
            agent: agent(false, self.roots.as_deref()),
            ..self
        }
    }

    /// Sets the timeout of the whole exchange: from 1 ms to 2147483647 ms.
    ///
    /// # Errors
    /// [`Error::InvalidTimeout`].
    pub fn with_timeout(self, timeout: Duration) -> Result<Self, Error> {
        if !(1..=MAX_TIMEOUT).contains(&timeout.as_millis()) {
            return Err(Error::InvalidTimeout);
        }
        Ok(Self { timeout, ..self })
    }

    /// Redeems a code, of a callback or of `sidebarAuth`.
    ///
    /// It blocks until the hub has answered: an asynchronous server calls it in `spawn_blocking` or the like.
    ///
    /// A code can be redeemed once, so a request that the hub may have read is never repeated. If there was no connection to send
    /// the request on, there is one more attempt, within the same timeout. Redirects are not followed: they count as an unreachable
    /// hub. An answer above 64 KB is refused.
    ///
    /// # Errors
    /// [`Error::MissingCode`], [`Error::InvalidCode`]; [`Error::Refused`] with the hub's errcode, such as -1 for a code that was
    /// used before; [`Error::HubUnreachable`]; [`Error::Timeout`]; [`Error::BadAnswer`].
    pub fn exchange(&self, code: &str) -> Result<UserInfo, Error> {
        let url = user_info_url(&self.base, code)?;
        parse_user_info_of(code, &self.answer(&url)?)
    }

    /// The body of the hub's answer.
    fn answer(&self, url: &str) -> Result<Vec<u8>, Error> {
        let started = Instant::now();
        let mut answer = self.get(url, self.timeout);
        if answer.as_ref().is_err_and(was_not_sent)
            && let Some(left) = left_after_pause(self.timeout, started.elapsed())
        {
            thread::sleep(PAUSE);
            answer = self.get(url, left);
        }
        match answer {
            Ok((200..=299, body)) => Ok(body),
            Ok((301 | 302 | 303 | 307 | 308, _)) => {
                Err(Error::HubUnreachable("it redirects".to_owned()))
            }
            Ok((status, _)) => Err(Error::BadAnswer(format!("HTTP status {status}"))),
            Err(error) => Err(self.told(error)),
        }
    }

    fn get(&self, url: &str, timeout: Duration) -> Result<(u16, Vec<u8>), ureq::Error> {
        let request = self.agent.get(url).header("cache-control", "no-store");
        let request = request.config().timeout_global(Some(timeout)).build();
        let mut response = request.call()?;
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_BODY)
            .read_to_vec();
        Ok((status, body?))
    }

    /// Uses only texts that cannot contain the request's address, because the address contains the code.
    fn told(&self, error: ureq::Error) -> Error {
        let unreachable = |why: &str| Error::HubUnreachable(why.to_owned());
        match error {
            ureq::Error::Timeout(_) => Error::Timeout(self.timeout),
            ureq::Error::BodyExceedsLimit(_) => {
                Error::BadAnswer("it is larger than 64 KB".to_owned())
            }
            ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => {
                Error::BadAnswer("it is not HTTP".to_owned())
            }
            ureq::Error::HostNotFound => unreachable("there is no such host"),
            ureq::Error::Io(error) => Error::HubUnreachable(error.to_string()),
            ureq::Error::Rustls(error) => Error::HubUnreachable(error.to_string()),
            ureq::Error::Tls(why) => unreachable(why),
            ureq::Error::ConnectProxyFailed(_) => unreachable("the proxy refuses"),
            _ => unreachable("the connection failed"),
        }
    }
}

fn agent(proxy: bool, roots: Option<&[Certificate<'static>]>) -> Agent {
    let mut config = Agent::config_builder()
        .user_agent(concat!("juzi-helper/", env!("CARGO_PKG_VERSION")))
        .http_status_as_error(false)
        // The code is for this hub only.
        .max_redirects(0)
        .max_redirects_will_error(false)
        // The hub may close a kept connection while a request is sent. Then it is unknown whether the hub has read the request.
        .max_idle_connections(0);
    if !proxy {
        config = config.proxy(None);
    }
    if let Some(roots) = roots {
        let roots = RootCerts::new_with_certs(roots);
        config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
    }
    config.build().into()
}

/// How much of the timeout is left for a second attempt. None if the pause before it takes the rest.
fn left_after_pause(timeout: Duration, elapsed: Duration) -> Option<Duration> {
    let left = timeout.saturating_sub(elapsed).saturating_sub(PAUSE);
    (!left.is_zero()).then_some(left)
}

/// Whether the request cannot have reached the hub, because there was no connection. After any other failure, the hub may have read the
/// request.
fn was_not_sent(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::ConnectProxyFailed(_)
        | ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => true,
        // The kinds of error that occur when connecting, but not when reading or writing.
        ureq::Error::Io(error) => {
            matches!(
                error.kind(),
                io::ErrorKind::ConnectionRefused
                    | io::ErrorKind::HostUnreachable
                    | io::ErrorKind::NetworkUnreachable
                    | io::ErrorKind::AddrNotAvailable
            ) || has_no_address(error)
        }
        _ => false,
    }
}

/// Whether the host's name was not resolved. The standard library has no error kind for this: on systems other than Windows, only the text
/// shows it.
fn has_no_address(error: &io::Error) -> bool {
    match error.raw_os_error() {
        // WSAHOST_NOT_FOUND, WSATRY_AGAIN, WSANO_RECOVERY, WSANO_DATA
        Some(number) => cfg!(windows) && (11_001..=11_004).contains(&number),
        None => error
            .to_string()
            .starts_with("failed to lookup address information"),
    }
}

fn is_this_machine(base: &str) -> bool {
    match web_address(base).as_ref().and_then(url::Url::host) {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(base: &str, code: &str) -> Result<UserInfo, Error> {
        Client::new(base)?.exchange(code)
    }

    #[test]
    fn an_address_that_no_request_can_have_is_refused_at_the_start() {
        for base in ["https://hub.例子.example", "https://hub.example/句子"] {
            assert_eq!(Client::new(base).unwrap_err(), Error::InvalidBase, "{base}");
        }
        assert!(Client::new("https://xn--fsqu00a.example").is_ok());
    }
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::mpsc::{Receiver, channel};

    const CODE: &str = "c0de5ecret";
    const USER: &str = r#"{ "errcode": 0, "data": { "userId": "lin" } }"#;

    fn http(status: &str, body: &str) -> String {
        format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\nlocation: /elsewhere\r\n\r\n{body}",
            body.len()
        )
    }

    /// A hub that handles each connection in this way. Returns its address, and the first line of each request as it comes.
    fn hub(handle: impl Fn(TcpStream) + Send + 'static) -> (String, Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (seen, requests) = channel();
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut head = [0; 2_048];
                let length = stream.read(&mut head).unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..length]).into_owned();
                if seen
                    .send(head.lines().next().unwrap_or_default().to_owned())
                    .is_err()
                {
                    return;
                }
                handle(stream);
            }
        });
        (base, requests)
    }

    fn answering(answer: String) -> (String, Receiver<String>) {
        hub(move |mut stream| {
            let _ = stream.write_all(answer.as_bytes());
        })
    }

    /// The error, and the number of requests that the hub has read. No text of the error contains the code.
    fn failure(answer: String) -> (Error, usize) {
        let (base, requests) = answering(answer);
        let error = exchange(&base, CODE).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(CODE), "{error:?}");
        (error, requests.try_iter().count())
    }

    fn bad(what: &str) -> Error {
        Error::BadAnswer(what.to_owned())
    }

    #[test]
    fn a_code_is_redeemed_with_one_request() {
        let (base, requests) = answering(http("200 OK", USER));
        let user = exchange(&format!("{base}/juzi/"), "a&b").unwrap();
        assert_eq!(user.user_id, "lin");
        let seen: Vec<_> = requests.try_iter().collect();
        assert_eq!(
            seen,
            ["GET /juzi/api/v1/oauth/getUserInfo?code=a%26b HTTP/1.1"]
        );
    }

    #[test]
    fn a_request_that_the_hub_may_have_read_is_never_repeated() {
        for answer in [
            "",
            "HTTP/1.1 200",
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{",
        ] {
            let (error, requests) = failure(answer.to_owned());
            assert_eq!(
                (error.code(), requests),
                ("hub_unreachable", 1),
                "{answer:?}: {error}"
            );
        }
    }

    #[test]
    fn a_redirect_is_not_followed_and_another_status_is_a_bad_answer() {
        for status in [
            "301 Moved",
            "302 Found",
            "303 See Other",
            "307 Temporary",
            "308 Permanent",
        ] {
            let (error, requests) = failure(http(status, USER));
            assert_eq!(
                (error.code(), requests),
                ("hub_unreachable", 1),
                "{status}: {error}"
            );
        }
        let broken = failure(http("502 Bad Gateway", USER));
        assert_eq!(broken, (bad("HTTP status 502"), 1));
    }

    #[test]
    fn malformed_http_or_a_body_that_is_too_long_is_a_bad_answer() {
        assert_eq!(
            failure("SSH-2.0-hub\r\n\r\n".to_owned()),
            (bad("it is not HTTP"), 1)
        );
        let padding = " ".repeat(64 * 1024);
        let large = http("200 OK", &format!("{USER}{padding}"));
        assert_eq!(failure(large), (bad("it is larger than 64 KB"), 1));
        let endless = format!("HTTP/1.1 200 OK\r\na: {padding}{padding}\r\n\r\n");
        assert_eq!(failure(endless), (bad("it is not HTTP"), 1));
    }

    #[test]
    fn the_hubs_refusals_have_names_and_do_not_repeat_the_code() {
        for (errcode, name) in [
            (-1, "invalid_code"),
            (-2, "expired_code"),
            (-5, "unknown_error"),
        ] {
            let body = format!(r#"{{ "errcode": {errcode}, "errmsg": "no {CODE}" }}"#);
            let (error, requests) = failure(http("200 OK", &body));
            assert_eq!((error.code(), requests), (name, 1));
            assert_eq!(error.to_string(), format!("no … (errcode {errcode})"));
        }
    }

    #[test]
    fn the_hubs_text_is_cut_and_one_line() {
        let errmsg = format!("no%20{}\\n{}", CODE.replace('o', "%6f"), "x".repeat(60_000));
        let body = format!(r#"{{ "errcode": -1, "errmsg": "{errmsg}" }}"#);
        let (error, _) = failure(http("200 OK", &body));
        let text = error.to_string();
        assert!(text.starts_with(r"no%20"), "{text}");
        assert!(text.len() < 300 && !text.contains('\n'), "{text}");
    }

    #[test]
    fn a_hub_that_does_not_answer_is_abandoned_in_time() {
        let (base, requests) = hub(|stream| {
            thread::spawn(move || {
                thread::sleep(TIMEOUT);
                drop(stream);
            });
        });
        let limit = Duration::from_millis(500);
        let client = Client::new(&base).unwrap().with_timeout(limit).unwrap();
        let error = client.exchange(CODE).unwrap_err();
        assert_eq!(error, Error::Timeout(limit));
        assert_eq!(error.to_string(), "no answer from the hub within 500 ms");
        // The hub may be slower to read the request than the client is to give up.
        requests.recv_timeout(TIMEOUT).unwrap();
        assert_eq!(requests.try_iter().count(), 0);
    }

    /// An address at which nothing listens.
    fn nobody() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().to_string()
    }

    #[test]
    fn without_a_connection_there_is_one_more_attempt() {
        let address = nobody();
        let base = format!("http://{address}");
        let started = Instant::now();
        let error = exchange(&base, CODE).unwrap_err();
        assert_eq!(error.code(), "hub_unreachable");
        assert!(
            error
                .to_string()
                .starts_with("the hub cannot be reached: Connection refused")
        );
        assert!(started.elapsed() >= PAUSE);

        // This hub starts between the two attempts.
        let exchange = thread::spawn(move || exchange(&base, CODE));
        thread::sleep(PAUSE / 4);
        let listener = TcpListener::bind(address).unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 2_048]).unwrap();
        stream.write_all(http("200 OK", USER).as_bytes()).unwrap();
        assert_eq!(exchange.join().unwrap().unwrap().user_id, "lin");
    }

    #[test]
    fn a_name_that_is_not_resolved_is_tried_again() {
        // A label of 64 characters: the resolver refuses it without asking the network.
        let base = format!("http://{}.invalid", "a".repeat(64));
        let client = Client::new(&base).unwrap().without_proxy();
        let error = client.get(&format!("{base}/"), TIMEOUT).unwrap_err();
        assert!(was_not_sent(&error), "{error:?}");
        let started = Instant::now();
        let error = client.exchange(CODE).unwrap_err();
        assert_eq!(error.code(), "hub_unreachable");
        assert!(started.elapsed() >= PAUSE);
    }

    #[test]
    fn a_code_that_is_too_long_is_not_sent() {
        let (base, requests) = answering(http("200 OK", USER));
        let error = exchange(&base, &"c".repeat(100 * 1024)).unwrap_err();
        assert_eq!(
            (&error, error.code()),
            (&Error::InvalidCode, "invalid_code")
        );
        assert_eq!(requests.try_iter().count(), 0);
    }

    #[test]
    fn both_attempts_share_the_timeout() {
        let milliseconds = Duration::from_millis;
        let left = |elapsed| left_after_pause(milliseconds(1_000), milliseconds(elapsed));
        assert_eq!(left(100), Some(milliseconds(700)));
        assert_eq!((left(800), left(5_000)), (None, None));
    }

    #[test]
    fn a_hub_whose_tls_is_not_trusted_gets_no_code() {
        let (base, requests) = answering(http("200 OK", USER));
        let error = exchange(&base.replace("http:", "https:"), CODE).unwrap_err();
        assert_eq!(error.code(), "hub_unreachable");
        assert!(requests.try_iter().all(|request| !request.contains(CODE)));
    }

    #[test]
    fn a_bad_base_code_or_timeout_is_refused_by_name() {
        assert_eq!(exchange("hub", CODE), Err(Error::InvalidBase));
        assert_eq!(exchange("https://hub.example", ""), Err(Error::MissingCode));
        for timeout in [Duration::ZERO, Duration::from_micros(999), Duration::MAX] {
            let client = Client::new("https://hub.example").unwrap();
            let error = client.with_timeout(timeout).unwrap_err();
            assert_eq!(error.code(), "invalid_timeout");
            assert!(error.to_string().starts_with("timeout must be"));
        }
    }

    #[test]
    fn a_hub_on_this_machine_is_asked_directly() {
        for base in [
            "http://127.0.0.1:8787",
            "http://localhost/hub",
            "http://[::1]:8787",
        ] {
            assert!(is_this_machine(base), "{base}");
        }
        for base in [
            "https://hub.juzibot.com",
            "http://10.0.0.1",
            "http://localhost.example",
        ] {
            assert!(!is_this_machine(base), "{base}");
        }
    }
}

//! `GET /oauth/connect/authorize`: the silent authorization (spec section 8, steps 1 and 2).

use std::borrow::Cow;

use juzi_helper::oauth::MAX_STATE;

use crate::account::bot_id;
use crate::addresses::Addresses;
use crate::codes::{IssueError, Recipient, Via};
use crate::hosts::is_this_machine;
use crate::log::{Code, Hint, Note, Noted};
use crate::navigation::{self, NoNavigation};
use crate::refusal::{self, Refusal};
use crate::request::{Now, Request};
use crate::response::Response;
use crate::state::State;
use crate::url::Url;
use crate::words::Words;

/// Bytes. Servers and browsers commonly stop at 8 KB for a whole request line.
const MAX_REDIRECT_URI: usize = 4_096;

/// What authorize knows of the server that the hub is in.
pub(crate) struct Around<'a> {
    pub addresses: Cow<'a, Addresses>,
    pub words: &'a Words,
}

pub(crate) fn authorize(state: &mut State, around: &Around, request: &Request, now: &Now) -> Noted {
    let addresses = &around.addresses;
    if let Err(why) = navigation::check(request, |sender| addresses.belongs_to_sidebar(sender)) {
        return refuse_navigation(why, request.query, around);
    }
    let asked = match AuthorizeRequest::parse(request.query) {
        Ok(asked) => asked,
        Err(refusal) => return refuse(&refusal, around),
    };
    let scenario = state.scenario();
    let shown = state.shown.id.as_deref();
    let conversation = shown.and_then(|id| scenario.conversation(id));
    let whose = recipient(addresses, &asked.redirect_uri);
    let hint =
        (is_framed(request) && !asked.keeps_sidebar()).then_some(Hint::NoSidebarParameter {});
    match state.issue_code(conversation, Via::Authorize, whose, now) {
        Ok(issued) => {
            let target = asked.callback(&issued.code, bot_id(&scenario, conversation));
            let note = Note {
                code: Some(Code::known_to(&state.codes, &issued.code, now.ms)),
                hint,
                ..Note::default()
            };
            note.on(private(Response::empty(302)).with("location", target))
        }
        Err(error) => refuse_code(&error, around),
    }
}

/// The recipient of a code that is sent to this address.
fn recipient(addresses: &Addresses, redirect_uri: &Url) -> Recipient {
    let own = addresses.belongs_to_sidebar(&redirect_uri.origin())
        || redirect_uri.host().is_some_and(|it| is_this_machine(&it));
    if own {
        Recipient::Developer
    } else {
        Recipient::Stranger
    }
}

/// Whether the request comes from a frame, such as the sidebar.
fn is_framed(request: &Request) -> bool {
    matches!(request.header("sec-fetch-dest"), Some("iframe" | "frame"))
}

fn refuse_code(error: &IssueError, around: &Around) -> Noted {
    tracing::error!(%error, "authorize cannot issue a code");
    let page = refusal::too_many(&error.explain(around.words), around.words);
    let response = refusal_page(error.status(), around, page);
    match error {
        IssueError::TooMany => Note::hint(Hint::TooManyCodes {}).on(response),
        IssueError::NoRandomness => Note::default().on(response),
    }
}

fn refuse(refusal: &Refusal, around: &Around) -> Noted {
    tracing::info!(
        parameter = refusal.parameter,
        reason = refusal.english,
        "authorize refused a request"
    );
    let hint = Hint::WrongParameter {
        parameter: refusal.parameter,
        reason: refusal.english,
        reason_zh: refusal.chinese,
    };
    Note::hint(hint).on(refusal_page(400, around, refusal::page(refusal)))
}

fn refuse_navigation(why: NoNavigation, query: &str, around: &Around) -> Noted {
    tracing::info!(?why, "authorize refused a request");
    let redirect_uri = single(query, "redirect_uri").ok().flatten();
    let redirect_uri = redirect_uri.unwrap_or_default();
    let page = refusal::no_navigation(why, query, &redirect_uri, around.words);
    let hint = match why {
        NoNavigation::NotShown => Hint::NotShown {},
        NoNavigation::ForeignFrame => Hint::ForeignFrame {},
    };
    Note::hint(hint).on(refusal_page(403, around, page))
}

/// Tabs and the console's sidebar can show this page. No website can frame it, so none can trick the user into clicking its link.
fn refusal_page(status: u16, around: &Around, page: String) -> Response {
    let console = around.addresses.console_origin();
    let policy =
        format!("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self' {console}");
    private(Response::text(status, "text/html; charset=utf-8", page))
        .with("content-security-policy", policy)
}

/// A code must appear neither in a `Referer` header nor in a cache.
fn private(response: Response) -> Response {
    let response = response.not_stored();
    response.with("referrer-policy", "no-referrer")
}

/// A well-formed request.
#[derive(Debug)]
struct AuthorizeRequest {
    redirect_uri: Url,
    state: Option<String>,
}

impl AuthorizeRequest {
    fn parse(query: &str) -> Result<Self, Refusal> {
        let redirect_uri = single(query, "redirect_uri")?.unwrap_or_default();
        let redirect_uri = check_redirect_uri(&redirect_uri)?;
        let state = single(query, "state")?.filter(|it| !it.is_empty());
        if let Some(state) = &state {
            check_state(state)?;
        }
        Ok(AuthorizeRequest {
            redirect_uri,
            state,
        })
    }

    /// Whether the callback's address alone identifies its page as the sidebar page.
    fn keeps_sidebar(&self) -> bool {
        let query = self.redirect_uri.query().unwrap_or_default();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.any(|(name, _)| name == "juziSidebar")
    }

    /// The redirect URI with the answer in its query. Its own query is kept byte for byte, except for the parameters that
    /// the answer sets: a page that logs in again may send an address that still contains the code of its last login.
    fn callback(&self, code: &str, bot_id: &str) -> String {
        let mut answer = vec![("code", code)];
        answer.extend(self.state.as_deref().map(|state| ("state", state)));
        answer.push(("juziBotId", bot_id));

        let is_answers = |pair: &str| {
            form_urlencoded::parse(pair.as_bytes())
                .any(|(name, _)| answer.iter().any(|(theirs, _)| *theirs == name))
        };
        let mut query: Vec<String> = self
            .redirect_uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_answers(pair))
            .map(str::to_owned)
            .collect();
        query.push(
            form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&answer)
                .finish(),
        );

        let text = self.redirect_uri.as_str();
        let (text, fragment) = match text.split_once('#') {
            Some((text, fragment)) => (text, format!("#{fragment}")),
            None => (text, String::new()),
        };
        let address = text.split('?').next().unwrap_or_default();
        format!("{address}?{}{fragment}", query.join("&"))
    }
}

/// The value of a parameter that may appear only once.
fn single(query: &str, name: &'static str) -> Result<Option<String>, Refusal> {
    let mut values = form_urlencoded::parse(query.as_bytes())
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value);
    let first = values.next();
    if values.next().is_some() {
        return Err(Refusal::new(
            name,
            "it is given more than once",
            "出现了不止一次",
            "",
        ));
    }
    Ok(first.map(|it| it.into_owned()))
}

fn check_redirect_uri(text: &str) -> Result<Url, Refusal> {
    let refuse = |english, chinese| Err(Refusal::new("redirect_uri", english, chinese, text));
    if text.is_empty() {
        return refuse("it is missing", "缺少该参数");
    }
    if text.len() > MAX_REDIRECT_URI {
        return refuse("it is longer than 4096 bytes", "超过 4096 字节");
    }
    let absolute = ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    // The URL standard's parser accepts white space and backslashes. A server that compares addresses would not.
    let odd = text
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() || c == '\\');
    let url = match Url::parse(text) {
        Ok(url) if absolute && !odd => url,
        _ => {
            return refuse(
                "it must be an absolute http:// or https:// URL",
                "必须是完整的 http:// 或 https:// 地址",
            );
        }
    };
    if !url.username().is_empty() || url.password().is_some() {
        return refuse(
            "it must not have a user name or password in it",
            "不能包含用户名或密码",
        );
    }
    Ok(url)
}

fn check_state(state: &str) -> Result<(), Refusal> {
    if state.len() > MAX_STATE {
        return Err(Refusal::new(
            "state",
            "it is longer than 128 bytes",
            "超过 128 字节",
            state,
        ));
    }
    if !state.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Refusal::new(
            "state",
            "only a-z, A-Z and 0-9 are allowed",
            "只能包含 a-z、A-Z 和 0-9",
            state,
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(redirect_uri: &str, state: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("redirect_uri", redirect_uri);
        if let Some(state) = state {
            query.append_pair("state", state);
        }
        query.finish()
    }

    fn callback(redirect_uri: &str, state: Option<&str>) -> String {
        AuthorizeRequest::parse(&encoded(redirect_uri, state))
            .unwrap()
            .callback("C0DE", "bot")
    }

    fn refusal(redirect_uri: &str, state: Option<&str>) -> (&'static str, &'static str) {
        let refusal = AuthorizeRequest::parse(&encoded(redirect_uri, state)).unwrap_err();
        (refusal.parameter, refusal.english)
    }

    #[test]
    fn the_answer_is_added_to_the_query() {
        let answer = "code=C0DE&state=s1&juziBotId=bot";
        assert_eq!(
            callback("https://a.example", Some("s1")),
            format!("https://a.example/?{answer}")
        );
        assert_eq!(
            callback("https://a.example/cb?", Some("s1")),
            format!("https://a.example/cb?{answer}")
        );
        assert_eq!(
            callback("http://a.example/cb", None),
            "http://a.example/cb?code=C0DE&juziBotId=bot"
        );
    }

    #[test]
    fn the_redirect_uris_own_query_and_fragment_are_kept_byte_for_byte() {
        assert_eq!(
            callback(
                "https://a.example/cb?x=%E4%BD%A0+1&juziSidebar&y=a%26b=c#/route?q=1",
                Some("s1")
            ),
            "https://a.example/cb?x=%E4%BD%A0+1&juziSidebar&y=a%26b=c&code=C0DE&state=s1&juziBotId=bot#/route?q=1"
        );
    }

    #[test]
    fn the_last_logins_answer_is_replaced() {
        assert_eq!(
            callback(
                "https://a.example/?code=OLD&tab=1&%73tate=OLD&juziBotId=OLD",
                Some("s1")
            ),
            "https://a.example/?tab=1&code=C0DE&state=s1&juziBotId=bot"
        );
        assert_eq!(
            callback("https://a.example/?state=mine", None),
            "https://a.example/?state=mine&code=C0DE&juziBotId=bot",
            "without an OAuth state, one in the page's own query is the page's"
        );
    }

    #[test]
    fn a_redirect_uri_that_is_not_absolute_http_is_refused() {
        let reason = (
            "redirect_uri",
            "it must be an absolute http:// or https:// URL",
        );
        for uri in [
            "/cb",
            "//a.example/cb",
            "a.example/cb",
            "javascript:alert(1)",
            "data:text/html,hi",
            "ftp://a.example/",
            "https:a.example",
            "https:/a.example",
            "https://",
            "https:\\\\a.example",
            " https://a.example",
            "https://a.example/\r\nSet-Cookie: a=b",
        ] {
            assert_eq!(refusal(uri, None), reason, "{uri:?}");
        }
        assert_eq!(refusal("", None), ("redirect_uri", "it is missing"));
    }

    #[test]
    fn a_redirect_uri_with_credentials_or_that_is_too_long_is_refused() {
        let credentials = (
            "redirect_uri",
            "it must not have a user name or password in it",
        );
        assert_eq!(refusal("https://user@a.example/", None), credentials);
        assert_eq!(refusal("https://:pw@a.example/", None), credentials);
        let long = format!("https://a.example/{}", "x".repeat(MAX_REDIRECT_URI));
        assert_eq!(
            refusal(&long, None),
            ("redirect_uri", "it is longer than 4096 bytes")
        );
    }

    #[test]
    fn a_state_is_at_most_128_letters_and_digits() {
        let uri = "https://a.example/";
        let longest = "a".repeat(128);
        assert!(callback(uri, Some(&longest)).contains(&format!("state={longest}&")));
        assert_eq!(
            refusal(uri, Some(&"a".repeat(129))),
            ("state", "it is longer than 128 bytes")
        );
        for state in ["a-b", "a b", "状态", "a\n", "a.b", "<script>"] {
            assert_eq!(
                refusal(uri, Some(state)),
                ("state", "only a-z, A-Z and 0-9 are allowed"),
                "{state:?}"
            );
        }
        assert!(
            !callback(uri, Some("")).contains("state"),
            "an empty state is none"
        );
    }

    #[test]
    fn a_parameter_given_twice_is_refused() {
        let query = "redirect_uri=https%3A%2F%2Fa.example&state=a&state=b";
        assert_eq!(
            AuthorizeRequest::parse(query).unwrap_err().parameter,
            "state"
        );
        let query = "redirect_uri=https%3A%2F%2Fa.example&redirect_uri=https%3A%2F%2Fb.example";
        assert_eq!(
            AuthorizeRequest::parse(query).unwrap_err().parameter,
            "redirect_uri"
        );
    }
}

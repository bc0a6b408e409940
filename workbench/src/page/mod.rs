//! What is wrong with the sidebar page: the server asks for it once, as the console's frame does, and judges the answer.
//!
//! It follows redirects on the page's own origin only, so that no login runs twice, and it executes nothing. What only a browser can tell (whether
//! the page makes a call) is the console's part. docs/workbench-protocol.md describes the findings.

pub mod address;
mod ask;
mod cookies;
mod frame;
mod helper;
mod reach;

use std::fmt;
use std::time::Instant;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION, REFERRER_POLICY};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::guard::is_this_machine;
use crate::hub_log::AUTHORIZE;
use ask::{Answer, NoAnswer};

pub use helper::Helper;
pub use reach::{Unreachable, reach};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The address as understood.
    url: String,
    reachable: bool,
    status: Option<u16>,
    content_type: Option<String>,
    location: Option<String>,
    duration_ms: f64,
    helper: Option<Helper>,
    /// The page may have the helper, and does not give its option `userAgent`. If it makes no call, that is the likeliest cause.
    pub user_agent_unset: bool,
    pub findings: Vec<Finding>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    #[serde(flatten)]
    pub problem: Problem,
    pub severity: Severity,
}

/// `error x-frame-options (value: DENY)`, for the command line. The console has whole sentences.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = serde_json::to_value(self).unwrap_or_default();
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        write!(f, "{} {}", text(&told["severity"]), text(&told["code"]))?;
        let params = told["params"].as_object().into_iter().flatten();
        let params: Vec<_> = params
            .map(|(name, value)| format!("{name}: {}", text(value)))
            .collect();
        match params.is_empty() {
            true => Ok(()),
            false => write!(f, " ({})", params.join(", ")),
        }
    }
}

/// The most serious first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The page cannot work in the console.
    Error,
    /// Part of it cannot, or it will not in the real console.
    Warning,
    Note,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "code",
    content = "params",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Problem {
    Unreachable(Unreachable),
    /// `http:`, but the server speaks TLS at this port. `url` is the address that would work.
    TlsOnPlain {
        url: String,
    },
    /// `https:`, but the server speaks plain HTTP at this port.
    PlainOnTls {
        url: String,
    },
    Certificate {
        detail: String,
    },
    Status {
        status: u16,
    },
    /// The page starts its login at this workbench's hub.
    RedirectLogin {
        origin: String,
    },
    /// The page starts its login at another hub. `hub` is this workbench's.
    RedirectOtherHub {
        origin: String,
        hub: String,
    },
    /// To the same origin, where the page was then asked for.
    Redirect {
        location: String,
    },
    /// To the same origin, more often than was followed.
    RedirectLoop {
        location: String,
    },
    RedirectAway {
        location: String,
        origin: String,
    },
    XFrameOptions {
        value: String,
    },
    FrameAncestors {
        value: String,
        console: String,
    },
    NotHtml {
        content_type: String,
    },
    NoHelper {},
    /// The HTML names no helper, but a script of it may contain one.
    HelperUnseen {},
    CookieBlocked {
        name: String,
        same_site: String,
    },
    CookieInsecure {
        name: String,
    },
    CookieThirdParty {
        name: String,
    },
    /// Set by an inline script, and lost in the frame.
    CookieByScript {
        name: String,
    },
    SameOrigin {
        origin: String,
    },
    SameSite {
        host: String,
    },
    NoReferrer {
        value: String,
    },
    /// The page loads the helper and makes no call. `write` is what its tag needs, in the likeliest case.
    NoCall {
        write: &'static str,
    },
}

impl Problem {
    fn severity(&self) -> Severity {
        use Problem::*;
        match self {
            Unreachable(_) | TlsOnPlain { .. } | PlainOnTls { .. } | Status { .. } => {
                Severity::Error
            }
            XFrameOptions { .. } | FrameAncestors { .. } => Severity::Error,
            Certificate { .. } | RedirectOtherHub { .. } | RedirectAway { .. } => Severity::Warning,
            NotHtml { .. } | NoHelper {} | NoReferrer { .. } => Severity::Warning,
            CookieBlocked { .. } | CookieInsecure { .. } => Severity::Warning,
            CookieByScript { .. } | RedirectLoop { .. } => Severity::Warning,
            SameOrigin { .. } | SameSite { .. } | NoCall { .. } => Severity::Warning,
            RedirectLogin { .. } | Redirect { .. } | HelperUnseen {} => Severity::Note,
            CookieThirdParty { .. } => Severity::Note,
        }
    }
}

/// What a page that makes no call most often lacks.
pub fn no_call() -> Finding {
    let problem = Problem::NoCall {
        write: "data-user-agent=\"wxwork\"",
    };
    Finding {
        severity: problem.severity(),
        problem,
    }
}

/// Opens a connection to the page's server and closes it again, which loads nothing.
pub async fn check_connection(page: &Url) -> Report {
    let started = Instant::now();
    let problems = match reach(page).await {
        Ok(()) => vec![],
        Err(unreachable) => vec![Problem::Unreachable(unreachable)],
    };
    report(page, started, None, problems)
}

/// Redirects on the page's own origin that are followed. Browsers give up at 20.
const MOST_REDIRECTS: usize = 10;

/// Asks for the page as a frame does, and follows redirects on its own origin. `console` frames it and is its hub.
pub async fn check(page: &Url, console: &Url) -> Report {
    let started = Instant::now();
    if let Err(unreachable) = reach(page).await {
        return report(page, started, None, vec![Problem::Unreachable(unreachable)]);
    }
    let Followed {
        url,
        answer,
        problems,
    } = follow(page, console).await;
    let mut report = report(page, started, answer.as_ref(), problems);
    report.user_agent_unset = !is_demo(&url, console)
        && matches!(report.helper, Some(Helper::Script | Helper::Maybe))
        && answer.is_some_and(|it| !helper::gives_user_agent(&it.body));
    report
}

/// Where the page's own redirects have led.
struct Followed {
    url: Url,
    /// The last one; `None` if there was none.
    answer: Option<Answer>,
    problems: Vec<Problem>,
}

async fn follow(page: &Url, console: &Url) -> Followed {
    let mut jar = cookies::Jar::default();
    let mut it = Followed {
        url: page.clone(),
        answer: None,
        problems: vec![],
    };
    for left in (0..=MOST_REDIRECTS).rev() {
        let (url, by, kept) = (it.url.clone(), console.clone(), jar.header());
        let asked = tokio::task::spawn_blocking(move || ask::ask(&url, &by, &kept)).await;
        let answer = match asked.unwrap_or_else(|error| Err(NoAnswer::other(error.to_string()))) {
            Ok(answer) => answer,
            Err(NoAnswer(problem)) => {
                it.answer = None;
                it.problems.push(problem);
                break;
            }
        };
        jar.keep(&answer);
        let mut found = judge(&it.url, console, &answer);
        it.answer = Some(answer);
        let next = found.iter().find_map(own_redirect);
        if let (0, Some(next)) = (left, &next) {
            let location = next.to_string();
            found.push(Problem::RedirectLoop { location });
        }
        for problem in found {
            if !it.problems.contains(&problem) {
                it.problems.push(problem);
            }
        }
        match next {
            Some(next) => it.url = next,
            None => break,
        }
    }
    it
}

fn own_redirect(problem: &Problem) -> Option<Url> {
    match problem {
        Problem::Redirect { location } => location.parse().ok(),
        _ => None,
    }
}

fn report(page: &Url, started: Instant, answer: Option<&Answer>, problems: Vec<Problem>) -> Report {
    let mut findings: Vec<Finding> = problems
        .into_iter()
        .map(|problem| Finding {
            severity: problem.severity(),
            problem,
        })
        .collect();
    findings.sort_by_key(|it| it.severity);
    Report {
        url: page.to_string(),
        reachable: !findings
            .iter()
            .any(|it| matches!(it.problem, Problem::Unreachable(_))),
        status: answer.map(|it| it.status.as_u16()),
        content_type: answer.and_then(|it| it.text(&CONTENT_TYPE)),
        location: answer.and_then(|it| it.text(&LOCATION)),
        duration_ms: started.elapsed().as_secs_f64() * 1_000.0,
        helper: answer.and_then(shown_helper),
        user_agent_unset: false,
        findings,
    }
}

/// The demo page makes no call before somebody clicks.
fn is_demo(page: &Url, console: &Url) -> bool {
    page.port_or_known_default() == console.port_or_known_default() && page.path() == "/demo/"
}

fn judge(page: &Url, console: &Url, answer: &Answer) -> Vec<Problem> {
    let mut problems: Vec<Problem> = answer.certificate.iter().cloned().collect();
    problems.extend(site(page, console));
    if answer.status.is_redirection() {
        problems.extend(redirect(page, console, answer));
        problems.extend(cookies::check(answer));
        return problems;
    }
    if !answer.status.is_success() {
        let status = answer.status.as_u16();
        problems.push(Problem::Status { status });
    }
    problems.extend(frame::check(page, console, answer));
    problems.extend(cookies::check(answer));
    let content_type = answer.text(&CONTENT_TYPE).unwrap_or_default();
    if is_html(&content_type) {
        problems.extend(cookies::by_script(&answer.body));
    }
    if answer.status.is_success() && !is_html(&content_type) {
        problems.push(Problem::NotHtml { content_type });
    }
    if let Some(value) = answer.text(&REFERRER_POLICY)
        && effective_policy(&value) == Some("no-referrer")
    {
        problems.push(Problem::NoReferrer { value });
    }
    match shown_helper(answer) {
        Some(Helper::None) => problems.push(Problem::NoHelper {}),
        Some(Helper::Maybe) => problems.push(Problem::HelperUnseen {}),
        Some(Helper::Script) | None => {}
    }
    problems
}

/// `None` unless the answer is a page.
fn shown_helper(answer: &Answer) -> Option<Helper> {
    let content_type = answer.text(&CONTENT_TYPE).unwrap_or_default();
    let is_page = answer.status.is_success() && is_html(&content_type);
    is_page.then(|| helper::named_in(&answer.body))
}

fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"]
        .iter()
        .any(|it| kind.eq_ignore_ascii_case(it))
}

/// The last policy in the list that browsers know.
fn effective_policy(value: &str) -> Option<&'static str> {
    const KNOWN: [&str; 8] = [
        "no-referrer",
        "no-referrer-when-downgrade",
        "same-origin",
        "origin",
        "strict-origin",
        "origin-when-cross-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    ];
    value.split(',').rev().find_map(|it| {
        KNOWN
            .into_iter()
            .find(|known| it.trim().eq_ignore_ascii_case(known))
    })
}

/// In the real console the page is another site. Where it is the same site here, cookies and storage work that will not there.
fn site(page: &Url, console: &Url) -> Option<Problem> {
    if page.origin() == console.origin() {
        let origin = page.origin().ascii_serialization();
        return Some(Problem::SameOrigin { origin });
    }
    let same = page.scheme() == console.scheme() && page.host() == console.host();
    same.then(|| Problem::SameSite {
        host: page.host_str().unwrap_or_default().to_owned(),
    })
}

fn redirect(page: &Url, console: &Url, answer: &Answer) -> Option<Problem> {
    if answer.status == StatusCode::NOT_MODIFIED {
        return None;
    }
    let location = answer.text(&LOCATION).unwrap_or_default();
    let Ok(target) = page.join(&location) else {
        return Some(Problem::Status {
            status: answer.status.as_u16(),
        });
    };
    let origin = target.origin().ascii_serialization();
    let location = target.to_string();
    Some(if target.path().ends_with(AUTHORIZE) {
        let hub = console.origin().ascii_serialization();
        let here = target.port_or_known_default() == console.port_or_known_default()
            && target.host().is_some_and(|it| is_this_machine(&it));
        if here || target.origin() == console.origin() {
            Problem::RedirectLogin { origin }
        } else {
            Problem::RedirectOtherHub { origin, hub }
        }
    } else if target.origin() == page.origin() {
        Problem::Redirect { location }
    } else {
        Problem::RedirectAway { location, origin }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of each. The match makes the compiler ask for a new one here.
    fn one_of_each() -> Vec<Problem> {
        use Problem::*;
        let x = || "x".to_owned();
        let all = vec![
            Unreachable(super::Unreachable::other("x")),
            TlsOnPlain { url: x() },
            PlainOnTls { url: x() },
            Certificate { detail: x() },
            Status { status: 500 },
            RedirectLogin { origin: x() },
            RedirectOtherHub {
                origin: x(),
                hub: x(),
            },
            Redirect { location: x() },
            RedirectAway {
                location: x(),
                origin: x(),
            },
            XFrameOptions { value: x() },
            FrameAncestors {
                value: x(),
                console: x(),
            },
            NotHtml { content_type: x() },
            NoHelper {},
            HelperUnseen {},
            CookieBlocked {
                name: x(),
                same_site: x(),
            },
            CookieInsecure { name: x() },
            CookieThirdParty { name: x() },
            CookieByScript { name: x() },
            RedirectLoop { location: x() },
            SameOrigin { origin: x() },
            SameSite { host: x() },
            NoReferrer { value: x() },
            NoCall { write: "x" },
        ];
        for problem in &all {
            match problem {
                Unreachable(_) | TlsOnPlain { .. } | PlainOnTls { .. } | Certificate { .. } => {}
                Status { .. } | RedirectLogin { .. } | RedirectOtherHub { .. } => {}
                Redirect { .. } | RedirectAway { .. } | XFrameOptions { .. } => {}
                FrameAncestors { .. } | NotHtml { .. } | NoHelper {} | HelperUnseen {} => {}
                CookieBlocked { .. } | CookieInsecure { .. } | CookieThirdParty { .. } => {}
                SameOrigin { .. } | SameSite { .. } | NoReferrer { .. } => {}
                NoCall { .. } | CookieByScript { .. } | RedirectLoop { .. } => {}
            }
        }
        all
    }

    #[test]
    fn every_finding_has_a_text_in_both_languages() {
        for problem in one_of_each() {
            let problem = serde_json::to_value(problem).unwrap();
            crate::console_texts::assert_text("page.finding", &problem);
        }
    }

    #[test]
    fn the_last_policy_that_browsers_know_counts() {
        assert_eq!(effective_policy("no-referrer"), Some("no-referrer"));
        assert_eq!(effective_policy("no-referrer, origin"), Some("origin"));
        assert_eq!(
            effective_policy("No-Referrer, new-one"),
            Some("no-referrer")
        );
        assert_eq!(effective_policy(""), None);
    }

    #[test]
    fn only_a_page_on_the_consoles_host_is_on_its_site() {
        let console: Url = "http://127.0.0.1:8787/".parse().unwrap();
        let site = |page: &str| site(&page.parse().unwrap(), &console);
        assert!(matches!(
            site("http://127.0.0.1:8787/demo/"),
            Some(Problem::SameOrigin { .. })
        ));
        assert!(matches!(
            site("http://127.0.0.1:5173/"),
            Some(Problem::SameSite { .. })
        ));
        for page in [
            "http://localhost:8787/demo/",
            "https://127.0.0.1:5173/",
            "http://127.0.0.2:5173/",
        ] {
            assert_eq!(site(page), None, "{page}");
        }
    }
}

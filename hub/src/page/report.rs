//! The report on a page, from the page's answer.

use serde::Serialize;

use super::answer::{Answer, Unreachable};
use super::helper::{self, Helper};
use super::problem::{Finding, Problem};
use super::{cookies, frame};
use crate::hosts::is_this_machine;
use crate::paths::AUTHORIZE;
use crate::url::Url;

/// The result of checking a page.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The address as parsed.
    url: String,
    reachable: bool,
    status: Option<u16>,
    content_type: Option<String>,
    location: Option<String>,
    duration_ms: f64,
    pub(super) helper: Option<Helper>,
    /// The page may have the helper but does not set its option `userAgent`. If the page makes no call, this is the likeliest cause.
    pub user_agent_unset: bool,
    /// The most serious first.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Why no server answers. `None` if one does.
    #[must_use]
    pub fn unreachable(&self) -> Option<&Unreachable> {
        self.findings.iter().find_map(|it| match &it.problem {
            Problem::Unreachable(why) => Some(why),
            _ => None,
        })
    }
}

/// The report on an attempt to connect to the page's server. Such an attempt loads nothing.
#[must_use]
pub fn connection(page: &Url, result: Result<(), Unreachable>, duration_ms: f64) -> Report {
    let problems = result.err().map(Problem::Unreachable);
    report(page, duration_ms, None, problems.into_iter().collect())
}

pub(super) fn report(
    page: &Url,
    duration_ms: f64,
    answer: Option<&Answer>,
    problems: Vec<Problem>,
) -> Report {
    let mut findings: Vec<Finding> = problems.into_iter().map(Finding::from).collect();
    findings.sort_by_key(|it| it.severity);
    Report {
        url: page.to_string(),
        reachable: !findings
            .iter()
            .any(|it| matches!(it.problem, Problem::Unreachable(_))),
        status: answer.map(|it| it.status),
        content_type: answer.and_then(|it| it.text("content-type")),
        location: answer.and_then(|it| it.text("location")),
        duration_ms,
        helper: answer.and_then(shown_helper),
        user_agent_unset: false,
        findings,
    }
}

pub(super) fn judge(page: &Url, console: &Url, answer: &Answer) -> Vec<Problem> {
    let mut problems = vec![];
    // The browser has the console from the same server, so it trusts the certificate.
    let trusted = page.origin() == console.origin();
    if let Some(detail) = answer.certificate.clone().filter(|_| !trusted) {
        problems.push(Problem::Certificate { detail });
    }
    problems.extend(site(page, console));
    if answer.redirects() {
        problems.extend(redirect(page, console, answer));
        problems.extend(cookies::check(answer));
        return problems;
    }
    if !answer.succeeds() {
        let status = answer.status;
        problems.push(Problem::Status { status });
    }
    problems.extend(frame::check(page, console, answer));
    problems.extend(cookies::check(answer));
    let content_type = answer.text("content-type").unwrap_or_default();
    if is_html(&content_type) {
        problems.extend(cookies::by_script(&answer.body));
    }
    if answer.succeeds() && !is_html(&content_type) {
        problems.push(Problem::NotHtml { content_type });
    }
    if let Some(value) = answer.text("referrer-policy")
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
    let content_type = answer.text("content-type").unwrap_or_default();
    let is_page = answer.succeeds() && is_html(&content_type);
    is_page.then(|| helper::named_in(&answer.body))
}

fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"]
        .iter()
        .any(|it| kind.eq_ignore_ascii_case(it))
}

/// The last policy in the list that browsers support.
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

/// In the real console the page is cross-site. If it is same-site here, some cookies and storage work here that will not work there.
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
    if answer.status == 304 {
        return None;
    }
    let location = answer.text("location").unwrap_or_default();
    let Ok(target) = page.join(&location) else {
        let status = answer.status;
        return Some(Problem::Status { status });
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

    #[test]
    fn the_last_policy_that_browsers_support_counts() {
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

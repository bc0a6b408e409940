//! A visit to the page, as the console's frame makes it: the requests in turn, and what is found in their answers.

use super::answer::{Answer, NoAnswer};
use super::cookies::Jar;
use super::helper::{self, Helper};
use super::problem::Problem;
use super::report::{Report, judge, report};
use crate::url::Url;

/// How many redirects on the page's own origin are followed. Browsers give up at 20.
const MOST_REDIRECTS: usize = 10;

/// What the console asks about a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The page's address.
    pub page: Url,
    /// The console, which frames the page and is its hub.
    pub console: Url,
    /// Whether to visit the page. If false, the check only finds out whether a server accepts connections.
    pub loads: bool,
}

/// The next request of a visit. It must not follow redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The address to request.
    pub url: Url,
    /// The console's address, for the header `Referer`.
    pub console: Url,
    /// The value of the header `Cookie`; empty for none.
    pub cookies: String,
}

/// Requests the page as a frame does, and follows redirects on the page's own origin.
#[derive(Debug)]
pub struct Visit {
    page: Url,
    console: Url,
    /// The address after the page's own redirects so far.
    url: Url,
    jar: Jar,
    /// The last answer; `None` if there was none.
    answer: Option<Answer>,
    problems: Vec<Problem>,
    /// How many more redirects are followed.
    left: usize,
    ended: bool,
}

impl Visit {
    /// `console` frames the page and is its hub.
    #[must_use]
    pub fn new(page: Url, console: Url) -> Self {
        Visit {
            url: page.clone(),
            page,
            console,
            jar: Jar::default(),
            answer: None,
            problems: vec![],
            left: MOST_REDIRECTS,
            ended: false,
        }
    }

    /// The next request. `None` once the visit has ended.
    #[must_use]
    pub fn next(&self) -> Option<Ask> {
        (!self.ended).then(|| Ask {
            url: self.url.clone(),
            console: self.console.clone(),
            cookies: self.jar.header(),
        })
    }

    /// Takes the result of the request.
    pub fn take(&mut self, outcome: Result<Answer, NoAnswer>) {
        let answer = match outcome {
            Ok(answer) => answer,
            Err(why) => {
                self.answer = None;
                self.problems.push(why.into());
                self.ended = true;
                return;
            }
        };
        self.jar.keep(&answer);
        let mut found = judge(&self.url, &self.console, &answer);
        self.answer = Some(answer);
        let next = found.iter().find_map(own_redirect);
        if let (0, Some(next)) = (self.left, &next) {
            let location = next.to_string();
            found.push(Problem::RedirectLoop { location });
        }
        for problem in found {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        self.ended = self.left == 0 || next.is_none();
        self.left = self.left.saturating_sub(1);
        self.url = next.unwrap_or_else(|| self.url.clone());
    }

    /// The report on the visit so far. `duration_ms` is how long the visit took.
    #[must_use]
    pub fn report(self, duration_ms: f64) -> Report {
        let answer = self.answer.as_ref();
        let mut report = report(&self.page, duration_ms, answer, self.problems);
        report.user_agent_unset = !is_demo(&self.url, &self.console)
            && matches!(report.helper, Some(Helper::Script | Helper::Maybe))
            && answer.is_some_and(|it| !helper::gives_user_agent(&it.body));
        report
    }
}

fn own_redirect(problem: &Problem) -> Option<Url> {
    match problem {
        Problem::Redirect { location } => location.parse().ok(),
        _ => None,
    }
}

/// The demo page makes no call before the user clicks.
fn is_demo(page: &Url, console: &Url) -> bool {
    page.port_or_known_default() == console.port_or_known_default() && page.path() == "/demo/"
}

//! `juzi-workbench check`: runs a page in a browser without a window, does what a script says, and reports.
//!
//! The host of the protocol is the console's (`www/host/`). It runs in a separate page, `www/check/`, which performs the steps and posts
//! their outcomes to the server.

mod apis;
pub mod browser;
pub(crate) mod exchange;
mod report;
mod script;
mod spelling;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use juzi_hub::page::address;
use juzi_hub::page::{Unreachable, no_call};
use juzi_hub::scenario::ScenarioError;
use tokio::sync::mpsc;
use tokio::time::timeout;

pub use report::{Report, StepOutcome, StepReport};

use crate::options::Options;
use crate::page;
use crate::page::wait::wait_for_page;
use crate::server::{Server, serve_check};
use crate::start_error::StartError;
use browser::{BrowserError, Choice, Installed, Running};
use exchange::{Check, StepEvent};
use script::{Script, Source};

/// How long a browser may take to start and to load the page. On a busy machine a first start takes long.
const START_TIMEOUT: Duration = Duration::from_secs(90);

/// How far a step may exceed its time before the browser counts as hung.
const GRACE: Duration = Duration::from_secs(30);

/// How to check a page.
pub struct CheckOptions {
    /// `page` overrides the script's.
    pub workbench: Options,
    pub script: PathBuf,
    pub browser: Choice,
    /// More arguments for the browser.
    pub browser_arguments: Vec<OsString>,
    /// How long to wait for a page that is not up yet.
    pub wait: Option<Duration>,
}

/// The progress of a running check.
pub enum Progress<'a> {
    /// The address to open, where no browser is to be started.
    Open {
        address: &'a str,
    },
    Started {
        page: &'a str,
        browser: &'a str,
    },
    Step {
        number: usize,
        step: &'a StepReport,
    },
}

/// Why a check could not run. A failed step is not such an error: it is in the report.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("--script {file}: {error}")]
    Script { file: String, error: ScenarioError },
    #[error(transparent)]
    Browser(#[from] BrowserError),
    #[error("--page {page} does not answer: {why}; --wait waits for a page that is not up yet")]
    Unreachable { page: String, why: Unreachable },
    #[error("the browser ended before the check did ({0}); --browser-arg passes it arguments")]
    BrowserEnded(String),
    #[error("the browser told nothing for {} s", .0.as_secs())]
    BrowserHangs(Duration),
    #[error("the check cannot go on: {0}")]
    Broken(String),
}

/// Runs a script.
pub async fn check(
    options: CheckOptions,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<Report, CheckError> {
    let file = options.script.display().to_string();
    let broken = |error| CheckError::Script {
        file: file.clone(),
        error,
    };
    let source = Script::load(&options.script).map_err(broken)?;
    let installed = Installed::find(&options.browser)?;
    let (told, received) = mpsc::unbounded_channel();
    let server = start(options.workbench, options.wait, &source, told).await?;
    source.check_chats(&server.scenario()).map_err(broken)?;
    let addresses = server.addresses().clone();
    let found = page::check(&addresses.page, &addresses.console).await;
    if let Some(why) = found.unreachable() {
        return Err(CheckError::Unreachable {
            page: addresses.page.to_string(),
            why: why.clone(),
        });
    }
    let browser = installed.as_ref().map(Installed::name);
    let browser = browser.unwrap_or_else(|| "none".to_owned());
    progress(Progress::Started {
        page: addresses.page.as_str(),
        browser: &browser,
    });
    let address = format!("{}check/", addresses.console);
    let opened = installed.map(|it| it.open(&address, &options.browser_arguments));
    let running = opened.transpose()?;
    if running.is_none() {
        progress(Progress::Open { address: &address });
    }
    let started = Instant::now();
    let mut steps = Steps {
        script: source.script,
        received,
        done: vec![],
        silent: false,
    };
    let followed = steps.follow(running, &mut progress).await;
    stop(server).await;
    followed?;
    let mut findings = found.findings;
    if steps.silent && found.user_agent_unset {
        findings.insert(0, no_call());
    }
    let steps = steps.done;
    Ok(Report {
        passed: steps.iter().all(|it| it.outcome == StepOutcome::Passed),
        page: addresses.page.to_string(),
        script: file,
        browser,
        duration_ms: started.elapsed().as_secs_f64() * 1_000.0,
        steps,
        findings,
    })
}

/// Starts the server. With `wait`, waits for the page first.
async fn start(
    mut workbench: Options,
    wait: Option<Duration>,
    source: &Source,
    told: mpsc::UnboundedSender<StepEvent>,
) -> Result<Server, StartError> {
    if let (None, Some(page)) = (&workbench.page, &source.script.page) {
        // The script has been checked.
        workbench.page = address::parse(page).ok();
    }
    if let (Some(page), Some(at_most)) = (&workbench.page, wait) {
        wait_for_page(page, at_most).await?;
    }
    let script = source.script.clone();
    serve_check(workbench, Some(Check { script, told })).await
}

async fn stop(server: Server) {
    server.shutdown().await;
}

/// The steps as they come in.
struct Steps {
    script: Script,
    received: mpsc::UnboundedReceiver<StepEvent>,
    done: Vec<StepReport>,
    /// The page has made no call.
    silent: bool,
}

impl Steps {
    async fn follow(
        &mut self,
        mut browser: Option<Running>,
        progress: &mut impl FnMut(Progress<'_>),
    ) -> Result<(), CheckError> {
        let result = self.follow_in(browser.as_mut(), progress).await;
        if let Some(browser) = browser {
            browser.stop().await;
        }
        result
    }

    async fn follow_in(
        &mut self,
        mut browser: Option<&mut Running>,
        progress: &mut impl FnMut(Progress<'_>),
    ) -> Result<(), CheckError> {
        let by_hand = browser.is_none();
        let mut patience = START_TIMEOUT;
        loop {
            let ended = async {
                match &mut browser {
                    Some(browser) => browser.ended().await,
                    None => std::future::pending().await,
                }
            };
            let told = tokio::select! {
                // `biased`, so that the browser's last event counts even if the browser has exited.
                biased;
                told = timeout(patience, self.received.recv()) => told,
                status = ended => return Err(CheckError::BrowserEnded(status)),
            };
            match told {
                Err(_) if by_hand && self.done.is_empty() => continue,
                Err(_) => return Err(CheckError::BrowserHangs(patience)),
                Ok(None) => return Ok(()),
                Ok(Some(StepEvent::Done { calls })) => {
                    self.silent = calls == 0;
                    return Ok(());
                }
                Ok(Some(StepEvent::Broken { message })) => return Err(CheckError::Broken(message)),
                Ok(Some(StepEvent::Started)) => {}
                Ok(Some(StepEvent::Step {
                    outcome,
                    message,
                    duration_ms,
                })) => self.note(outcome, message, duration_ms, progress),
            }
            patience = self.patience();
        }
    }

    fn note(
        &mut self,
        outcome: StepOutcome,
        message: Option<String>,
        duration_ms: f64,
        progress: &mut impl FnMut(Progress<'_>),
    ) {
        let Some(step) = self.script.steps.get(self.done.len()) else {
            return;
        };
        let step = StepReport {
            title: step.title(),
            outcome,
            message,
            duration_ms,
        };
        progress(Progress::Step {
            number: self.done.len() + 1,
            step: &step,
        });
        self.done.push(step);
    }

    /// How long the next step may take.
    fn patience(&self) -> Duration {
        let step = self.script.steps.get(self.done.len());
        let own = step.map_or(0, |step| {
            let waits = step.wait_ms.unwrap_or(0);
            let none = step.expect_no_call.as_ref().map_or(0, |it| it.within_ms);
            let at_most = step.timeout_ms.unwrap_or(self.script.timeout_ms);
            at_most.max(waits).max(none)
        });
        GRACE + Duration::from_millis(own.into())
    }
}

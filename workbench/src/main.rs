//! `juzi-workbench`: the workbench on the command line.

mod cli;

use std::io::{self, IsTerminal, Write};
use std::pin::pin;
use std::process::ExitCode;

use clap::Parser;
use juzi_workbench::check::{Progress, check};
use juzi_workbench::{Server, StartError, reach_page, serve, wait_for_page};
use tracing_subscriber::EnvFilter;
use url::Url;

use cli::{CheckArguments, Cli, Command};

/// The exit code when the workbench cannot start because of its command line or the machine.
const CANNOT_START: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let mut cli = Cli::parse();
    let command = cli.command.take();
    start_logging(match &command {
        Some(Command::Check(arguments)) => arguments.verbose,
        None => cli.verbose,
    });
    // Installed before the banner says that Ctrl-C stops the workbench.
    let mut stop = match stop_signal() {
        Ok(stop) => pin!(stop),
        Err(error) => {
            eprintln!("juzi-workbench: cannot listen for signals: {error}");
            return ExitCode::FAILURE;
        }
    };
    if let Some(Command::Check(arguments)) = command {
        return tokio::select! {
            code = run_check(arguments) => code,
            () = &mut stop => ExitCode::from(CANNOT_START),
        };
    }
    let started = tokio::select! {
        started = start(cli) => started,
        () = &mut stop => return ExitCode::SUCCESS,
    };
    match started {
        Ok(server) => {
            stop.await;
            say("Stopping…\n");
            server.shutdown().await;
            ExitCode::SUCCESS
        }
        Err(error) => cannot_run(&one_line(&error)),
    }
}

/// Exits with 0 if every step passed, 1 if one failed, and 2 if the check could not run.
async fn run_check(arguments: CheckArguments) -> ExitCode {
    let files = (arguments.junit.clone(), arguments.json.clone());
    let report = match check(arguments.into_options(), |progress| say(&told(progress))).await {
        Ok(report) => report,
        Err(error) => return cannot_run(&one_line(&error)),
    };
    for finding in &report.findings {
        say(&format!("  The page: {finding}\n"));
    }
    say(&report.summary());
    let junit = files
        .0
        .map(|path| (path, "--junit", report.junit().map_err(|it| it.to_string())));
    let json = files
        .1
        .map(|path| (path, "--json", report.json().map_err(|it| it.to_string())));
    for (path, option, text) in junit.into_iter().chain(json) {
        let written =
            text.and_then(|text| std::fs::write(&path, text).map_err(|error| error.to_string()));
        if let Err(error) = written {
            return cannot_run(&format!("{option} {}: {error}", path.display()));
        }
    }
    if report.passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn cannot_run(why: &str) -> ExitCode {
    eprintln!("juzi-workbench: {why}");
    ExitCode::from(CANNOT_START)
}

fn told(progress: Progress<'_>) -> String {
    match progress {
        Progress::Open { address } => format!("Open {address} in a browser.\n"),
        Progress::Started { page, browser } => format!("Checking {page} (browser: {browser})\n"),
        Progress::Step { number, step } => step.line(number),
    }
}

async fn start(cli: Cli) -> Result<Server, StartError> {
    let (open, page) = (cli.open, cli.page.clone());
    if let (Some(page), Some(at_most)) = (&page, cli.wait) {
        say(&format!("Waiting for {page} …\n"));
        wait_for_page(page, at_most).await?;
    }
    let server = serve(cli.into_options()).await?;
    say(&greeting(&server, page_warning(page.as_ref()).await));
    if open {
        open_browser(server.addresses().console.as_str());
    }
    Ok(server)
}

/// A page that does not answer is only a warning: the console shows the page as soon as it answers.
async fn page_warning(page: Option<&Url>) -> Option<String> {
    let page = page?;
    let why = reach_page(page).await.err()?;
    Some(format!(
        "Warning: no page answers at {page} ({why}). The console loads it as soon as it does.\n"
    ))
}

fn greeting(server: &Server, page_warning: Option<String>) -> String {
    let addresses = server.addresses();
    let mut text = format!(
        "juzi-workbench {}\n  Console  {}\n  Page     {}\n  Hub      {}\n",
        env!("CARGO_PKG_VERSION"),
        addresses.console,
        addresses.page,
        addresses.hub_base
    );
    text += &page_warning.unwrap_or_default();
    if !server.is_loopback_only() {
        text += "Warning: other machines can reach this workbench, and get login codes from it.\n";
    }
    let not_built = server.not_built();
    if !not_built.is_empty() {
        text += &format!(
            "Warning: the demo page lacks {}; run ./build.sh.\n",
            not_built.join(" and ")
        );
    }
    text + "Press Ctrl-C to stop.\n"
}

/// A closed stdout, as in `juzi-workbench | head -1`, is no reason to stop.
fn say(text: &str) {
    let mut stdout = io::stdout();
    let _ = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
}

fn open_browser(address: &str) {
    if let Err(error) = open::that_detached(address) {
        eprintln!("juzi-workbench: the browser could not be opened: {error}");
    }
}

/// Completes at Ctrl-C or SIGTERM. Both signals are caught from this call on, even before the future is awaited.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

fn start_logging(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .init();
}

/// Some libraries put line breaks in their error messages.
fn one_line(error: &impl ToString) -> String {
    error
        .to_string()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand};
use jiff::SignedDuration;
use juzi_workbench::check::CheckOptions;
use juzi_workbench::check::browser::Choice;
use juzi_workbench::scenario::check::MAX_SEED;
use juzi_workbench::{DEFAULT_PORT, Options, parse_page_address};
use url::{Host, Url};

/// A Juzi console on your own machine: run a sidebar page in it, see every message, log in.
#[derive(Debug, Parser)]
#[command(name = "juzi-workbench", version, about, after_help = AFTER_HELP, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The sidebar page under development, for example http://localhost:5173/ or localhost:5173 [default: the demo page]
    #[arg(long, value_name = "URL", value_parser = parse_page_address)]
    pub page: Option<Url>,

    /// Wait until a server answers at the page's address, for at most TIME (without it 60 s), then start
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "60s", value_parser = waiting, requires = "page")]
    pub wait: Option<Duration>,

    /// The port to listen on; 0 for any free one
    #[arg(long, default_value_t = DEFAULT_PORT)]
    port: u16,

    /// The name or address to listen on; other machines can connect unless it is loopback
    #[arg(long, default_value = "127.0.0.1", value_parser = host)]
    host: Host,

    /// Conversations, account and faults, as JSON or TOML; read again when it changes [default: built in]
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,

    /// Make drops and jitter repeatable: a whole number, 0 for different ones every time [default: the scenario's]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(..=i64::from(MAX_SEED)))]
    seed: Option<u32>,

    /// How long an unused login code lives: seconds, or like 5m
    #[arg(long, value_name = "TIME", default_value = "300", value_parser = code_ttl)]
    code_ttl: Duration,

    /// Open the console in the browser
    #[arg(long)]
    pub open: bool,

    /// Log more; -vv logs everything (RUST_LOG overrides this)
    #[arg(short, long, action = ArgAction::Count)]
    pub verbose: u8,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a page in a browser without a window, perform a script's steps, and report
    Check(CheckArguments),
}

/// `juzi-workbench check`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_CHECK_HELP)]
pub struct CheckArguments {
    /// The steps, as JSON or TOML
    #[arg(long, value_name = "FILE")]
    script: PathBuf,

    /// The sidebar page, for example http://localhost:5173/ or localhost:5173 [default: the script's, or else the demo page]
    #[arg(long, value_name = "URL", value_parser = parse_page_address)]
    page: Option<Url>,

    /// Wait until a server answers at the page's address, for at most TIME (without it 60 s)
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "60s", value_parser = waiting)]
    wait: Option<Duration>,

    /// Conversations, account and faults, as JSON or TOML [default: built in]
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,

    /// Make drops and jitter repeatable: a whole number, 0 for different ones every time [default: the scenario's]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(..=i64::from(MAX_SEED)))]
    seed: Option<u32>,

    /// The console's port, for a page whose allowedHosts names it; 0 for any free one
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// auto, chrome, chromium, edge, firefox, the path of one, or none to open the printed address yourself
    #[arg(long, default_value = "auto", value_parser = Choice::parse)]
    browser: Choice,

    /// One more argument for the browser; may be repeated
    #[arg(long, value_name = "ARGUMENT", allow_hyphen_values = true)]
    browser_arg: Vec<OsString>,

    /// Write the report as JUnit XML
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,

    /// Write the report as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,

    /// Log more; -vv logs everything (RUST_LOG overrides this)
    #[arg(short, long, action = ArgAction::Count)]
    pub verbose: u8,
}

const AFTER_CHECK_HELP: &str = "\
A script's schema is served by the workbench at /check/script.schema.json.
Exit codes: 0 every step passed, 1 a step failed, 2 the check could not run.";

impl CheckArguments {
    pub fn into_options(self) -> CheckOptions {
        CheckOptions {
            workbench: Options {
                port: self.port,
                page: self.page,
                scenario: self.scenario,
                seed: self.seed,
                ..Options::default()
            },
            script: self.script,
            browser: self.browser,
            browser_arguments: self.browser_arg,
            wait: self.wait,
        }
    }
}

const AFTER_HELP: &str = "\
A scenario's schema is served at /scenarios/scenario.schema.json, the built-in scenario at /scenarios/default.json.
Exit codes: 0 stopped by Ctrl-C or SIGTERM, 1 the system refused to deliver those signals, 2 could not start.";

impl Cli {
    pub fn into_options(self) -> Options {
        Options {
            host: self.host,
            port: self.port,
            page: self.page,
            scenario: self.scenario,
            seed: self.seed,
            code_ttl: self.code_ttl,
            ..Options::default()
        }
    }
}

fn host(text: &str) -> Result<Host, String> {
    // A URL has an IPv6 address in brackets, but people type it without.
    if let Ok(ip) = text.parse() {
        return Ok(Host::Ipv6(ip));
    }
    Host::parse(text).map_err(|error| format!("expected a name or an address: {error}"))
}

fn code_ttl(text: &str) -> Result<Duration, String> {
    let duration = time(text)?;
    if duration.is_zero() {
        return Err("a code must live longer than no time at all".to_owned());
    }
    Ok(duration)
}

fn time(text: &str) -> Result<Duration, String> {
    Ok(match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => text
            .parse::<SignedDuration>()
            .ok()
            .and_then(|it| Duration::try_from(it).ok())
            .ok_or("expected seconds, or a time like 90s, 5m, 1h 30m")?,
    })
}

/// A longer time would overflow the clock; a day is as good as forever.
fn waiting(text: &str) -> Result<Duration, String> {
    const MOST: Duration = Duration::from_secs(24 * 60 * 60);
    match time(text)? {
        time if time <= MOST => Ok(time),
        _ => Err("expected at most a day, 24h".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    /// The reference names every option, and describes it in Chinese too.
    #[test]
    fn every_option_is_described_in_chinese() {
        use clap::CommandFactory;
        let chinese = include_str!("../../site/reference/zh.mjs");
        for option in Cli::command().get_arguments() {
            let name = option.get_long().unwrap();
            assert!(chinese.contains(&format!("  '--{name}': '")), "--{name}");
        }
    }

    #[test]
    fn a_codes_time_to_live_is_seconds_or_a_time_with_units() {
        for (text, seconds) in [
            ("300", 300),
            ("5m", 300),
            ("90s", 90),
            ("1h 30m", 5_400),
            ("PT5M", 300),
        ] {
            assert_eq!(code_ttl(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "0", "0s", "-5m", "5m ago", "five", "1.5.2"] {
            assert!(code_ttl(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_host_is_a_name_or_an_address_with_or_without_brackets() {
        assert_eq!(host("::1"), host("[::1]"));
        assert_eq!(host("0.0.0.0"), Ok(Host::Ipv4([0, 0, 0, 0].into())));
        assert_eq!(host("LOCALHOST"), Ok(Host::Domain("localhost".to_owned())));
        assert!(host("").is_err());
        assert!(host("a b").is_err());
    }
}

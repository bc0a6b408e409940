//! `juzi-workbench`: the workbench on the command line.

mod cli;

use std::process::ExitCode;

use clap::Parser;
use juzi_workbench::{Server, StartError, serve};
use tracing_subscriber::EnvFilter;

use cli::Cli;

/// The workbench could not start: something about the command line or the machine has to change first.
const CANNOT_START: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    start_logging(cli.verbose);
    let open = cli.open;
    match serve(cli.into_options()).await {
        Ok(server) => run(server, open).await,
        Err(error) => {
            eprintln!("juzi-workbench: {}", one_line(&error));
            ExitCode::from(CANNOT_START)
        }
    }
}

async fn run(server: Server, open: bool) -> ExitCode {
    greet(&server);
    if open && let Err(error) = open::that_detached(&server.addresses().console) {
        eprintln!("juzi-workbench: the browser could not be opened: {error}");
    }
    let stopped = stop_signal().await;
    println!("Stopping…");
    server.shutdown().await;
    match stopped {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("juzi-workbench: cannot listen for signals: {error}");
            ExitCode::FAILURE
        }
    }
}

fn greet(server: &Server) {
    let addresses = server.addresses();
    println!("juzi-workbench {}", env!("CARGO_PKG_VERSION"));
    println!("  Console  {}", addresses.console);
    println!("  Page     {}", addresses.page);
    println!("  Hub      {}", addresses.hub_base);
    if !server.is_loopback_only() {
        println!("Warning: other machines can reach this workbench, and get login codes from it.");
    }
    println!("Press Ctrl-C to stop.");
}

/// Ctrl-C, or SIGTERM where there is one.
async fn stop_signal() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

fn start_logging(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "juzi_workbench=info,tower_http=debug,warn",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// Some messages of libraries have line breaks in them.
fn one_line(error: &StartError) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

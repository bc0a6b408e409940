//! WebDriver servers, and the display that WebKitGTK needs: started on free ports, stopped when dropped.

use std::ffi::OsString;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::engine::Engine;

/// How long a driver may take to answer its first request.
const START: Duration = Duration::from_secs(30);
/// How often it is polled.
const POLL: Duration = Duration::from_millis(50);

/// A running WebDriver server.
pub(crate) struct Driver {
    pub url: String,
    // Declared in this order so that the browsers end before their display.
    _server: Process,
    _display: Option<Display>,
}

impl Driver {
    /// Starts the engine's driver and waits until it is ready.
    pub async fn start(engine: Engine) -> Result<Driver, String> {
        let (variable, name) = engine.driver();
        let program = std::env::var_os(variable).unwrap_or_else(|| OsString::from(name));
        let display = (engine == Engine::WebKit)
            .then(Display::start)
            .transpose()?;
        let port = free_port().map_err(|error| format!("no free port: {error}"))?;
        let mut command = Command::new(&program);
        command.arg(format!("--port={port}")).stdin(Stdio::null());
        if std::env::var_os("JUZI_E2E_VERBOSE").is_none() {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        if let Some(Display { number, .. }) = &display {
            command
                .env("DISPLAY", format!(":{number}"))
                .env("GDK_BACKEND", "x11")
                // The sandbox needs user namespaces, which containers do not provide.
                .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                .env("LIBGL_ALWAYS_SOFTWARE", "1");
        }
        let server = Process::start(&mut command).map_err(|error| {
            format!(
                "{}: {error} (set {variable}, or put {name} on PATH)",
                program.display()
            )
        })?;
        let driver = Driver {
            url: format!("http://127.0.0.1:{port}"),
            _server: server,
            _display: display,
        };
        driver.ready().await?;
        Ok(driver)
    }

    async fn ready(&self) -> Result<(), String> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .map_err(|error| error.to_string())?;
        let deadline = Instant::now() + START;
        while Instant::now() < deadline {
            let status = client.get(format!("{}/status", self.url)).send().await;
            if status.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(POLL).await;
        }
        Err(format!("no driver answered at {}", self.url))
    }
}

/// A virtual X server, because WebKitGTK has no headless mode.
struct Display {
    number: String,
    _server: Process,
}

impl Display {
    fn start() -> Result<Display, String> {
        // With `-displayfd` it writes the number of a free display to a file descriptor, here its standard output.
        let mut command = Command::new("Xvfb");
        command
            .args(["-displayfd", "1", "-screen", "0", "1600x1200x24"])
            .args(["-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Process::start(&mut command)
            .map_err(|error| format!("Xvfb: {error} (WebKitGTK needs a display)"))?;
        let output = server.0.stdout.take();
        let number = output
            .and_then(|pipe| {
                use std::io::{BufRead, BufReader};
                BufReader::new(pipe).lines().next()
            })
            .and_then(Result::ok)
            .filter(|number| !number.is_empty())
            .ok_or("Xvfb named no display")?;
        Ok(Display {
            number,
            _server: server,
        })
    }
}

/// A child process and its descendants, such as browsers, in a process group of their own. Dropping this ends them all.
struct Process(Child);

/// The running process groups, for [`end_all`].
static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

fn groups() -> MutexGuard<'static, Vec<Pid>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Process {
    fn start(command: &mut Command) -> std::io::Result<Process> {
        let child = command.process_group(0).spawn()?;
        groups().push(Pid::from_child(&child));
        Ok(Process(child))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.0);
        end(group);
        // It may already have ended by itself.
        let _ = self.0.wait();
        groups().retain(|other| *other != group);
    }
}

fn end(group: Pid) {
    // Fails if the group has already ended.
    let _ = kill_process_group(group, Signal::KILL);
}

/// Ends every running driver, display and browser, before this process itself is ended.
pub(crate) fn end_all() {
    groups().drain(..).for_each(end);
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

//! The browser that runs a check: one that is installed, without a window and with a profile of its own.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tempfile::TempDir;
use tokio::process::{Child, Command};

/// Which browser to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The first that is installed.
    Any,
    Named(Name),
    /// The program at this path.
    At(PathBuf),
    /// None: somebody opens the address by hand.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Chromium,
    Chrome,
    Edge,
    Firefox,
}

const NAMES: [Name; 4] = [Name::Chrome, Name::Chromium, Name::Edge, Name::Firefox];

impl Name {
    pub fn text(self) -> &'static str {
        match self {
            Name::Chromium => "chromium",
            Name::Chrome => "chrome",
            Name::Edge => "edge",
            Name::Firefox => "firefox",
        }
    }

    /// The names of its program on the PATH.
    fn programs(self) -> &'static [&'static str] {
        match self {
            Name::Chromium => &["chromium", "chromium-browser"],
            Name::Chrome => &["google-chrome", "google-chrome-stable", "chrome"],
            Name::Edge => &["microsoft-edge", "microsoft-edge-stable", "msedge"],
            Name::Firefox => &["firefox"],
        }
    }

    /// Where its program is on systems that do not put it on the PATH.
    fn places(self) -> Vec<PathBuf> {
        let (mac, windows) = match self {
            Name::Chromium => (
                "Chromium.app/Contents/MacOS/Chromium",
                r"Chromium\Application\chrome.exe",
            ),
            Name::Chrome => (
                "Google Chrome.app/Contents/MacOS/Google Chrome",
                r"Google\Chrome\Application\chrome.exe",
            ),
            Name::Edge => (
                "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
                r"Microsoft\Edge\Application\msedge.exe",
            ),
            Name::Firefox => (
                "Firefox.app/Contents/MacOS/firefox",
                r"Mozilla Firefox\firefox.exe",
            ),
        };
        if cfg!(target_os = "macos") {
            return vec![Path::new("/Applications").join(mac)];
        }
        if cfg!(windows) {
            return ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
                .into_iter()
                .filter_map(env::var_os)
                .map(|folder| Path::new(&folder).join(windows))
                .collect();
        }
        vec![]
    }

    fn find(self) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).flat_map(|folder| {
            let names = self.programs().iter();
            names
                .map(|name| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
                .collect::<Vec<_>>()
        });
        on_path.chain(self.places()).find(|it| it.is_file())
    }
}

impl Choice {
    /// From `--browser`.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Choice::Any),
            "none" => Ok(Choice::None),
            _ => match NAMES.into_iter().find(|it| it.text() == text) {
                Some(name) => Ok(Choice::Named(name)),
                None if text.contains(['/', '\\']) => Ok(Choice::At(text.into())),
                None => Err(
                    "expected auto, chrome, chromium, edge, firefox, none, or the path of a program"
                        .to_owned(),
                ),
            },
        }
    }
}

/// A browser on this machine.
#[derive(Debug)]
pub struct Installed {
    program: PathBuf,
    firefox: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    #[error(
        "--browser: no Chrome, Chromium, Edge or Firefox found; install one, or give the path of its program, or `--browser none` and open the address yourself"
    )]
    NoneInstalled,
    #[error("--browser {0}: it is not installed, neither on the PATH nor where it usually is")]
    NotInstalled(&'static str),
    #[error("--browser: {program} cannot be started: {source}")]
    CannotStart { program: String, source: io::Error },
}

impl Installed {
    /// `Ok(None)` if no browser is to run.
    pub fn find(choice: &Choice) -> Result<Option<Self>, BrowserError> {
        let found = |name: Name| {
            name.find().map(|program| Installed {
                program,
                firefox: name == Name::Firefox,
            })
        };
        match choice {
            Choice::None => Ok(None),
            Choice::Any => NAMES
                .into_iter()
                .find_map(found)
                .map(Some)
                .ok_or(BrowserError::NoneInstalled),
            Choice::Named(name) => found(*name)
                .map(Some)
                .ok_or(BrowserError::NotInstalled(name.text())),
            Choice::At(program) => {
                let name = program.file_name().and_then(OsStr::to_str);
                let firefox = name.is_some_and(|it| it.to_ascii_lowercase().contains("firefox"));
                Ok(Some(Installed {
                    program: program.clone(),
                    firefox,
                }))
            }
        }
    }

    pub fn name(&self) -> String {
        self.program.display().to_string()
    }

    /// Opens an address without a window.
    pub fn open(&self, address: &str, more: &[OsString]) -> Result<Running, BrowserError> {
        let failed = |source| BrowserError::CannotStart {
            program: self.name(),
            source,
        };
        let profile = tempfile::Builder::new()
            .prefix("juzi-workbench-")
            .tempdir()
            .map_err(failed)?;
        let mut command = Command::new(&self.program);
        if self.firefox {
            std::fs::write(profile.path().join("user.js"), FIREFOX_PREFERENCES).map_err(failed)?;
            command
                .args(["--headless", "--no-remote", "--profile"])
                .arg(profile.path());
        } else {
            let mut folder = OsString::from("--user-data-dir=");
            folder.push(profile.path());
            command.args(CHROMIUM_ARGUMENTS).arg(folder);
            if is_roots(profile.path()) {
                // Chromium refuses to run as root with its sandbox, and containers of CI services run as root.
                command.arg("--no-sandbox");
            }
        }
        let child = command
            .args(more)
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        Ok(Running {
            child,
            _profile: profile,
        })
    }
}

/// With these, a new profile asks no questions, loads no updates, and does not slow down a page that no window shows.
const CHROMIUM_ARGUMENTS: [&str; 11] = [
    "--headless=new",
    // Without it, an older Chromium would exit as soon as the page is loaded.
    "--remote-debugging-port=0",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--mute-audio",
];

const FIREFOX_PREFERENCES: &str = r#"user_pref("app.update.enabled", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("termsofuse.bypassNotification", true);
"#;

/// Whether this process runs as root. Root then owns the new files of this process.
#[cfg(unix)]
fn is_roots(file: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|it| it.uid() == 0)
}

#[cfg(not(unix))]
fn is_roots(_: &Path) -> bool {
    false
}

/// A browser process. Dropping it ends the browser and removes its profile.
pub struct Running {
    child: Child,
    _profile: TempDir,
}

impl Running {
    /// Waits until the browser ends, which it should not do by itself.
    pub async fn ended(&mut self) -> String {
        match self.child.wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        }
    }

    pub async fn stop(mut self) {
        let _ = self.child.kill().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_chosen_by_name_or_by_path() {
        assert_eq!(Choice::parse("auto"), Ok(Choice::Any));
        assert_eq!(Choice::parse("none"), Ok(Choice::None));
        assert_eq!(Choice::parse("edge"), Ok(Choice::Named(Name::Edge)));
        assert_eq!(
            Choice::parse("/opt/chrome"),
            Ok(Choice::At("/opt/chrome".into()))
        );
        assert!(Choice::parse("safari").is_err());
    }
}

//! The browsers that the tests run in, and how each is started.

use std::path::PathBuf;

use serde_json::{Value, json};

/// A browser engine, driven by its own WebDriver server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

    /// For the console's own behaviour, which does not depend on the engine.
    pub const ONE: [Engine; 1] = [Engine::Chromium];

    /// The name in `JUZI_E2E_ENGINES` and in the names of tests.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }

    /// The engines that `JUZI_E2E_ENGINES` names, separated by commas; Chromium when it is unset.
    pub fn wanted() -> Result<Vec<Engine>, String> {
        let names = std::env::var("JUZI_E2E_ENGINES").unwrap_or_default();
        let wanted = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(Engine::named)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(if wanted.is_empty() {
            vec![Engine::Chromium]
        } else {
            wanted
        })
    }

    fn named(name: &str) -> Result<Engine, String> {
        Engine::ALL
            .into_iter()
            .find(|engine| engine.name() == name)
            .ok_or_else(|| {
                format!("JUZI_E2E_ENGINES: no engine {name:?} (chromium, firefox or webkit)")
            })
    }

    /// The variable that may name the driver, and the driver's name on `PATH`.
    pub(crate) fn driver(self) -> (&'static str, &'static str) {
        match self {
            Engine::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Engine::Firefox => ("GECKODRIVER", "geckodriver"),
            Engine::WebKit => ("WEBKIT_WEBDRIVER", "WebKitWebDriver"),
        }
    }

    /// The capabilities requested from the driver. Chromium's and Firefox's drivers create a new profile for each session.
    pub(crate) fn capabilities(self, build: Build, settings: &[(&str, Value)]) -> Value {
        match self {
            Engine::Chromium => {
                let mut options = shared_options("goog:chromeOptions");
                if build == Build::Quickest
                    && let Some(shell) = headless_shell()
                {
                    options["binary"] = shell.to_string_lossy().into();
                }
                if let Some(flags) = options["args"].as_array_mut() {
                    // Names of this machine that do not say so.
                    flags.push("--host-resolver-rules=MAP *.example 127.0.0.1".into());
                }
                // Without a JIT compiler there is no `WebAssembly`, as in iOS's Lockdown Mode.
                if without_wasm()
                    && let Some(flags) = options["args"].as_array_mut()
                {
                    flags.push("--js-flags=--jitless".into());
                }
                json!({
                    "browserName": "chrome",
                    "goog:chromeOptions": options,
                    "goog:loggingPrefs": { "browser": "ALL" },
                })
            }
            Engine::Firefox => {
                let mut options = shared_options("moz:firefoxOptions");
                for (name, value) in settings {
                    options["prefs"][*name] = value.clone();
                }
                json!({ "browserName": "firefox", "moz:firefoxOptions": options })
            }
            Engine::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] },
            }),
        }
    }

    /// Whether the driver reports console messages.
    pub fn tells_console(self) -> bool {
        self == Engine::Chromium
    }
}

/// Which program of an engine runs a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// Chromium's headless shell, if there is one: the same engine without a window, which takes a third less time.
    Quickest,
    /// The browser that people use.
    Whole,
}

/// Chromium's headless shell on `PATH`.
pub(crate) fn headless_shell() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("chromium-headless-shell"))
        .find(|file| file.is_file())
}

/// Whether `JUZI_E2E_NO_WASM` asks for a Chromium without WebAssembly.
pub fn without_wasm() -> bool {
    std::env::var_os("JUZI_E2E_NO_WASM").is_some()
}

/// The flags that the library's own browser tests also use.
fn shared_options(member: &str) -> Value {
    let shared: Value = serde_json::from_str(include_str!("../../../webdriver.json"))
        .expect("webdriver.json is JSON");
    shared[member].clone()
}

/// The path of WebKitGTK's MiniBrowser, which depends on the machine's architecture.
fn mini_browser() -> String {
    let file = format!(
        "/usr/lib/{}-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        std::env::consts::ARCH
    );
    std::env::var("WEBKIT_MINIBROWSER").unwrap_or(file)
}

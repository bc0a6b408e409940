//! One browser, which runs tests one after another.

use std::path::Path;

use serde_json::{Map, Value};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, TimeoutConfiguration};

use crate::driver::Driver;
use crate::engine::{Build, Engine};
use crate::view::{Current, View};
use crate::wait::PATIENCE;

/// Wide enough for the console's three columns (pixels).
const WINDOW: (u32, u32) = (1500, 1000);

/// A browser and its driver.
pub(crate) struct Session {
    pub engine: Engine,
    pub driver: WebDriver,
    window: WindowHandle,
    current: Current,
    _server: Driver,
}

impl Session {
    /// `settings` are preferences of the browser (Firefox's `about:config`), for engines that have them.
    pub async fn start(
        engine: Engine,
        build: Build,
        settings: &[(&str, Value)],
    ) -> Result<Session, String> {
        let server = Driver::start(engine).await?;
        let asked: Map<String, Value> = match engine.capabilities(build, settings) {
            Value::Object(map) => map,
            other => unreachable!("{other} is an object"),
        };
        let describe = |error: WebDriverError| format!("{}: {error}", engine.name());
        let driver = WebDriver::new(server.url.as_str(), Capabilities::from(asked))
            .await
            .map_err(describe)?;
        let started = async {
            driver
                .update_timeouts(TimeoutConfiguration::new(
                    Some(PATIENCE),
                    Some(PATIENCE),
                    None,
                ))
                .await?;
            driver.window().await
        };
        match started.await {
            Ok(window) => {
                let session = Session {
                    engine,
                    driver,
                    window,
                    current: Current::default(),
                    _server: server,
                };
                session.clean().await.map_err(describe)?;
                Ok(session)
            }
            Err(error) => {
                let _ = driver.quit().await;
                Err(describe(error))
            }
        }
    }

    /// The whole window.
    pub fn view(&self) -> View {
        View::of_window(
            self.driver.clone(),
            self.window.clone(),
            self.current.clone(),
        )
    }

    /// Removes everything that a test has left: windows, pages, and console messages.
    pub async fn clean(&self) -> WebDriverResult<()> {
        self.current.forget();
        for window in self.driver.windows().await? {
            if window != self.window {
                self.driver.switch_to_window(window).await?;
                self.driver.close_window().await?;
            }
        }
        self.driver.switch_to_window(self.window.clone()).await?;
        self.resize().await?;
        self.driver.goto("about:blank").await?;
        self.console_errors().await?;
        Ok(())
    }

    async fn resize(&self) -> WebDriverResult<()> {
        let now = self.driver.get_window_rect().await?;
        if (now.width, now.height) != (i64::from(WINDOW.0), i64::from(WINDOW.1)) {
            self.driver
                .set_window_rect(0, 0, WINDOW.0, WINDOW.1)
                .await?;
        }
        Ok(())
    }

    /// The errors logged by any page since the last call. Empty if the driver does not report them.
    pub async fn console_errors(&self) -> WebDriverResult<Vec<String>> {
        if !self.engine.tells_console() {
            return Ok(Vec::new());
        }
        let entries = self.driver.browser_log().await?;
        Ok(entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message)
            .collect())
    }

    /// Writes a record of a failure beside `file`: a screenshot, the addresses, and the console's errors.
    pub async fn record(&self, file: &Path, what: &str) -> WebDriverResult<()> {
        self.current.forget();
        self.driver.enter_default_frame().await?;
        let address = self.driver.current_url().await?;
        let errors = self.console_errors().await?.join("\n");
        let report = format!("{what}\n\nat {address}\n\nerrors in the console:\n{errors}\n");
        let _ = std::fs::write(file.with_extension("txt"), report);
        self.driver.screenshot(&file.with_extension("png")).await
    }

    pub async fn quit(&self) {
        // The browser may already have ended; its driver is ended either way.
        let _ = tokio::time::timeout(PATIENCE, self.driver.clone().quit()).await;
    }
}

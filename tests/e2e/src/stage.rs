//! What a test is given.

use std::sync::Arc;

use serde_json::Value;
use url::Url;

use crate::console::{Console, Demo};
use crate::engine::Engine;
use crate::fixture::{Fixtures, Page};
use crate::session::Session;
use crate::view::View;

/// A browser with an empty window, and servers on free ports.
pub struct Stage {
    pub engine: Engine,
    session: Arc<Session>,
    fixtures: Arc<Fixtures>,
}

/// How to start the workbench; by default as `juzi-workbench` starts without options.
#[derive(Default)]
pub struct Setup {
    /// The page in the sidebar, instead of the demo.
    pub page: Option<String>,
    /// A scenario, instead of the default one.
    pub scenario: Option<Value>,
    /// Query of the console's own address, such as `mode=reload`. Its language is English unless this says so.
    pub query: String,
}

/// A page of a test's own and the host that frames it.
pub struct Framed {
    /// The host page: `host` (of `www/host.js`), and `log`, `ignored` and `sent`, what it told.
    pub host: View,
    /// The page.
    pub page: View,
    /// The page's address, without what the host adds.
    pub url: String,
}

impl Stage {
    pub(crate) fn new(session: Arc<Session>, fixtures: Arc<Fixtures>) -> Stage {
        Stage {
            engine: session.engine,
            session,
            fixtures,
        }
    }

    /// The whole window.
    pub fn view(&self) -> View {
        self.session.view()
    }

    /// Opens a workbench of this test's own, with the demo page in its sidebar.
    pub async fn console(&self) -> Console {
        self.console_with(Setup::default()).await
    }

    pub async fn console_with(&self, setup: Setup) -> Console {
        let scenario = setup.scenario.as_ref().map(|scenario| {
            let folder = tempfile::tempdir().expect("a folder for the scenario");
            std::fs::write(folder.path().join("scenario.json"), scenario.to_string())
                .expect("the scenario can be written");
            folder
        });
        let options = juzi_workbench::Options {
            port: 0,
            page: setup
                .page
                .map(|page| Url::parse(&page).expect("the page's address")),
            scenario: scenario
                .as_ref()
                .map(|folder| folder.path().join("scenario.json")),
            ..Default::default()
        };
        let server = juzi_workbench::serve(options)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let addresses = server.addresses();
        let view = self.view();
        view.goto(&format!("{}?lang=en&{}", addresses.console, setup.query))
            .await;
        let demo = Demo(view.frame("frame"));
        demo.sees("body *").await;
        Console {
            demo,
            origin: addresses.hub_base.clone(),
            view,
            _server: server,
            _scenario: scenario,
        }
    }

    /// Frames a page in a host page of another origin.
    pub async fn frame(&self, page: Page) -> Framed {
        let url = self.fixtures.add(&page);
        let host = self.view();
        host.goto(&self.fixtures.host_url(&page, &url)).await;
        let framed = Framed {
            page: host.frame("frame"),
            host,
            url,
        };
        framed
            .page
            .until(
                "return location.href !== 'about:blank' && document.readyState === 'complete'",
                &[],
            )
            .await;
        framed
    }

    /// Serves a page without opening it, and tells its address.
    pub fn serve(&self, page: &Page) -> String {
        self.fixtures.add(page)
    }

    /// The address of a path of the fixture server (`src/fixture.rs` lists them) under a name of this machine.
    pub fn url(&self, name: &str, path: &str) -> String {
        self.fixtures.url(name, path)
    }

    /// The errors in the console of the window's own page since the last call. Chromium tells them, for this page and for
    /// frames of its origin; elsewhere there are none, and `pages/note-errors.js` in a page keeps them in any engine.
    pub async fn console_errors(&self) -> Vec<String> {
        self.session
            .console_errors()
            .await
            .unwrap_or_else(|error| panic!("read the console: {error}"))
    }
}

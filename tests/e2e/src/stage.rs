//! What a test is given.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use url::Url;

use crate::console::{Console, Demo};
use crate::engine::Engine;
use crate::fixture::{Fixtures, Held, Page};
use crate::session::Session;
use crate::view::View;

/// A browser with an empty window, and servers on free ports.
pub struct Stage {
    pub engine: Engine,
    session: Arc<Session>,
    fixtures: Arc<Fixtures>,
    /// What the test has opened. It outlives the test, so that a picture of a failure shows it as it was.
    opened: Mutex<Vec<(juzi_workbench::Server, Option<tempfile::TempDir>)>>,
}

/// Toasts leave after seconds, which a busy machine may take to look: their texts are kept.
const NOTE_TOASTS: &str = "window.toasts = [];
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) toasts.push(...[...addedNodes].map((toast) => toast.textContent));
    }).observe(document.querySelector('[data-testid=toasts]'), { childList: true })";

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

impl Framed {
    /// What the page gets of `getCurExternalContact`, or of its failure.
    #[track_caller]
    pub fn contact(&self) -> impl Future<Output = Value> {
        let script = "return juziWx.getCurExternalContact().catch((error) => error.res)";
        self.page.js(script, &[])
    }
}

impl Stage {
    pub(crate) fn new(session: Arc<Session>, fixtures: Arc<Fixtures>) -> Stage {
        Stage {
            engine: session.engine,
            session,
            fixtures,
            opened: Mutex::default(),
        }
    }

    /// Another browser of the same engine with settings of its own (`about:config` of Firefox), for one test.
    pub async fn another_browser(&self, settings: &[(&str, Value)]) -> Stage {
        let session = Session::start(self.engine, settings)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        Stage::new(Arc::new(session), self.fixtures.clone())
    }

    /// Ends such a browser.
    pub async fn close(self) {
        self.session.quit().await;
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
        let folder = setup
            .scenario
            .as_ref()
            .map(|_| tempfile::tempdir().expect("a folder for the scenario"));
        let file = folder.as_ref().map(|it| it.path().join("scenario.json"));
        if let (Some(file), Some(scenario)) = (&file, setup.scenario) {
            std::fs::write(file, scenario.to_string()).expect("the scenario can be written");
        }
        let options = juzi_workbench::Options {
            port: 0,
            page: setup
                .page
                .map(|page| Url::parse(&page).expect("the page's address")),
            scenario: file.clone(),
            ..Default::default()
        };
        let server = juzi_workbench::serve(options)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let address = format!("{}?lang=en&{}", server.addresses().console, setup.query);
        let origin = server.addresses().hub_base.clone();
        self.opened
            .lock()
            .expect("no holder panics")
            .push((server, folder));
        let view = self.view();
        view.goto(&address).await;
        view.js(NOTE_TOASTS, &[]).await;
        let demo = Demo(view.frame("frame"));
        demo.loaded().await;
        Console {
            demo,
            origin,
            view,
            scenario: file,
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
        framed.page.loaded().await;
        framed
    }

    /// Serves a page without opening it, and tells its address.
    pub fn serve(&self, page: &Page) -> String {
        self.fixtures.add(page)
    }

    /// A folder of the fixture server with the helper's scripts, of which `juzi-helper.compat.js` comes when the test says so.
    pub fn hold(&self) -> Held {
        self.fixtures.hold()
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

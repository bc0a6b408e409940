//! The [`Stage`] that each test gets.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use url::Url;

use crate::console::{Console, Demo};
use crate::engine::{Build, Engine, headless_shell};
use crate::fixture::{Fixtures, Held, Page};
use crate::session::Session;
use crate::view::View;

/// A browser with an empty window, and servers on free ports.
pub struct Stage {
    pub engine: Engine,
    session: Arc<Session>,
    fixtures: Arc<Fixtures>,
    /// The servers that the test has opened. They outlive the test, so that a failure's screenshot shows the page as it was.
    opened: Mutex<Vec<(juzi_workbench::Server, Option<tempfile::TempDir>)>>,
}

/// Records the texts of toasts, because a toast may disappear before a busy machine looks for it.
const NOTE_TOASTS: &str = "window.toasts = [];
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) toasts.push(...[...addedNodes].map((toast) => toast.textContent));
    }).observe(document.querySelector('[data-testid=toasts]'), { childList: true })";

/// How to start the workbench. The default is the same as `juzi-workbench` without options.
#[derive(Default)]
pub struct Setup {
    /// The page in the sidebar, instead of the demo.
    pub page: Option<String>,
    /// A scenario, instead of the default one.
    pub scenario: Option<Value>,
    /// Query of the console's own address, such as `mode=reload`. The language is English unless the query sets it.
    pub query: String,
}

/// A page made by a test, and the host that frames it.
pub struct Framed {
    /// The host page: `host` (of `www/host.js`), and its recorded events `log`, `ignored` and `sent`.
    pub host: View,
    /// The page.
    pub page: View,
    /// The page's address, without the parameters that the host adds.
    pub url: String,
}

impl Framed {
    /// The result of the page's call of `getCurExternalContact`, even if it fails.
    #[track_caller]
    pub fn contact(&self) -> impl Future<Output = Value> {
        let script = "return juziWx.getCurExternalContact().catch((error) => error.res)";
        self.page.js(script, &[])
    }

    /// The number of messages that the host has received.
    pub async fn posted(&self) -> Value {
        self.host.js("return log.length", &[]).await
    }

    /// The messages in the browser's console, one on each line, if the page has `pages/note-errors.js`: first the errors, then the
    /// warnings, which begin with `warning: `.
    pub async fn console(&self) -> String {
        let script =
            "return [...complaints, ...warnings.map((text) => `warning: ${text}`)].join('\\n')";
        let logged = self.page.js(script, &[]).await;
        logged.as_str().unwrap_or_default().to_owned()
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

    /// Starts another browser of the same engine with its own preferences (Firefox's `about:config`), for one test.
    pub async fn another_browser(&self, settings: &[(&str, Value)]) -> Stage {
        let session = Session::start(self.engine, Build::Whole, settings)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        Stage::new(Arc::new(session), self.fixtures.clone())
    }

    /// Ends a browser started by [`Stage::another_browser`].
    pub async fn close(self) {
        self.session.quit().await;
    }

    /// Runs a test of something that Chromium's headless shell lacks: pages kept for the back button, traps of WebAssembly.
    pub async fn in_whole_browser(&self, test: impl AsyncFnOnce(&Stage)) {
        if self.engine != Engine::Chromium || headless_shell().is_none() {
            return test(self).await;
        }
        let whole = self.another_browser(&[]).await;
        test(&whole).await;
        whole.close().await;
    }

    /// The whole window.
    pub fn view(&self) -> View {
        self.session.view()
    }

    /// Opens a workbench for this test, with the demo page in its sidebar.
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

    /// Frames a page whose source loads the helper in some way, and waits until it is there.
    pub async fn frame_with_helper(&self, source: &str) -> Framed {
        let notes = "<script src=/pages/note-errors.js></script>";
        let framed = self
            .frame(Page::html(&format!("{notes}<body>{source}")))
            .await;
        framed
            .page
            .until("return !!window.juziWx?.isJuziWx", &[])
            .await;
        framed
    }

    /// Serves a page without opening it, and returns its address.
    pub fn serve(&self, page: &Page) -> String {
        self.fixtures.add(page)
    }

    /// A folder of the fixture server with the helper's scripts, which holds back `juzi-helper.compat.js` until the test
    /// releases it.
    pub fn hold(&self) -> Held {
        self.fixtures.hold()
    }

    /// The address of a path on the fixture server (`src/fixture.rs` lists them) under a name of this machine.
    pub fn url(&self, name: &str, path: &str) -> String {
        self.fixtures.url(name, path)
    }

    /// The console errors of the window's page since the last call. Only Chromium reports them, for this page and for frames
    /// of the same origin. In any engine, `pages/note-errors.js` records them in a page.
    pub async fn console_errors(&self) -> Vec<String> {
        self.session
            .console_errors()
            .await
            .unwrap_or_else(|error| panic!("read the console: {error}"))
    }
}

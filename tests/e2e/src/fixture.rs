//! Pages made for a test, and the server that serves them like an ordinary web server.
//!
//! | path | what |
//! | --- | --- |
//! | `/p/<n>/` | the page that a test made, with its headers; anything below it is a file of `tests/e2e/pages/` |
//! | `/pages/…` | files of `tests/e2e/pages/` |
//! | `/bundled/…` | a script of `tests/e2e/pages/`, bundled with the npm packages that it imports |
//! | `/juzi-helper.js`, `/juzi-helper.compat.js`, `/juzi-helper.recorder.js`, `/pkg/…` | what `./build.sh` made |
//! | `/alone/juzi-helper.js` | the same script without its other files |
//! | `/held/<n>/…` | files of `pkg/`; `juzi-helper.compat.js` is held back until the test releases it |
//! | `/www/…` | the workbench's files; the host page uses `/www/host.js` |
//! | `/examples/…` | the example pages, as `./build.sh` built them |
//! | `/node_modules/…` | npm packages, unchanged |
//! | `/loaders/…` | npm packages of `tests/e2e/package.json`, which run scripts in place of their tags |
//!
//! Every path is served under every name of this machine (`localhost`, `127.0.0.1`, `a.localhost`, `b.localhost`…), which
//! are different origins for a browser.

use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, Semaphore};
use tokio::task::JoinSet;

use crate::engine::without_wasm;

/// A page of a test's own, and the host that frames it.
///
/// ```no_run
/// # async fn test(stage: &juzi_e2e::Stage) {
/// # use juzi_e2e::Page;
/// let page = Page::html("<script src=/juzi-helper.js></script>")
///     .header("Content-Security-Policy", "default-src 'self'")
///     .host(serde_json::json!({ "faults": { "latencyMs": 50 } }));
/// let framed = stage.frame(page).await;
/// framed.page.until("return juziWx.env.inSidebar", &[]).await;
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Page {
    body: Body,
    content_type: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) at: String,
    pub(crate) query: String,
    pub(crate) host_at: String,
    pub(crate) host: Value,
    pub(crate) frame: Value,
    pub(crate) registered: bool,
}

#[derive(Debug, Clone)]
enum Body {
    Bytes(Vec<u8>),
    File(PathBuf),
}

impl Page {
    /// A page with this source. A doctype is added before it.
    pub fn html(source: &str) -> Page {
        Page::bytes(
            format!("<!doctype html>\n{source}"),
            "text/html; charset=utf-8",
        )
    }

    /// A page of these bytes and content type.
    pub fn bytes(body: impl Into<Vec<u8>>, content_type: &str) -> Page {
        Page::new(Body::Bytes(body.into()), content_type)
    }

    /// A file of `tests/e2e/pages/`.
    pub fn file(name: &str) -> Page {
        Page::new(
            Body::File(directory("tests/e2e/pages").join(name)),
            "text/html; charset=utf-8",
        )
    }

    fn new(body: Body, content_type: &str) -> Page {
        Page {
            body,
            content_type: content_type.to_owned(),
            headers: Vec::new(),
            at: "localhost".to_owned(),
            query: String::new(),
            host_at: "127.0.0.1".to_owned(),
            host: json!({}),
            frame: json!({}),
            registered: true,
        }
    }

    /// Serves the page with one more header.
    pub fn header(mut self, name: &'static str, value: &str) -> Page {
        let value = HeaderValue::from_str(value).expect("the value of a header");
        self.headers.push((
            HeaderName::from_bytes(name.as_bytes()).expect("the name of a header"),
            value,
        ));
        self
    }

    /// The host name in the page's address. The default is `localhost`.
    pub fn at(mut self, name: &str) -> Page {
        self.at = name.to_owned();
        self
    }

    /// A query of the page's own, such as `a=1&b=2`.
    pub fn query(mut self, query: &str) -> Page {
        self.query = query.to_owned();
        self
    }

    /// Options of `createHost` in `www/host.js`, as JSON. By default there is one contact (`wmContact` in the conversation
    /// `contact`) and one group (`wrGroup` in `group`).
    pub fn host(mut self, options: Value) -> Page {
        self.host = options;
        self
    }

    /// The host name in the host page's address. The default is `127.0.0.1`.
    pub fn host_at(mut self, name: &str) -> Page {
        self.host_at = name.to_owned();
        self
    }

    /// An attribute of the iframe, such as `sandbox`.
    pub fn frame_attribute(mut self, name: &str, value: &str) -> Page {
        self.frame[name] = value.into();
        self
    }

    /// Frames the page at its own address, without the parameters that the console adds (`juziSidebar`…).
    pub fn unregistered(mut self) -> Page {
        self.registered = false;
        // An origin of its own: the tab remembers the origins that were in its sidebar.
        self.at = "outside.localhost".to_owned();
        self
    }
}

/// A folder in which `juzi-helper.compat.js` is held back until the test releases it.
pub struct Held {
    /// Its path, without a slash at its end.
    pub path: String,
    gate: Arc<Semaphore>,
}

impl Held {
    /// Answers the pending requests for the file and all later ones.
    pub fn release(&self) {
        self.gate.close();
    }
}

/// Serves pages until it is dropped.
pub(crate) struct Fixtures {
    port: u16,
    made: Arc<Made>,
    _tasks: JoinSet<()>,
}

/// The pages and folders that tests have made.
#[derive(Default)]
struct Made {
    pages: Mutex<Vec<Page>>,
    held: Mutex<Vec<Arc<Semaphore>>>,
}

impl Fixtures {
    pub async fn start() -> std::io::Result<Fixtures> {
        let made = Arc::new(Made::default());
        let first = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let port = first.local_addr()?.port();
        let mut listeners = vec![first];
        // Browsers resolve localhost to either address; a machine without IPv6 has only one.
        listeners.extend(
            TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port)))
                .await
                .ok(),
        );
        let mut tasks = JoinSet::new();
        for listener in listeners {
            let router = router(made.clone());
            tasks.spawn(async move {
                let _ = axum::serve(listener, router).await;
            });
        }
        Ok(Fixtures {
            port,
            made,
            _tasks: tasks,
        })
    }

    /// The address of a path under one of this machine's names.
    pub fn url(&self, name: &str, path: &str) -> String {
        format!("http://{name}:{}{path}", self.port)
    }

    /// Serves a page from now on, and returns its address.
    pub fn add(&self, page: &Page) -> String {
        let mut pages = self.made.pages.lock().expect("no holder panics");
        pages.push(page.clone());
        let mut path = format!("/p/{}/", pages.len() - 1);
        if !page.query.is_empty() {
            path = format!("{path}?{}", page.query);
        }
        self.url(&page.at, &path)
    }

    /// Makes a folder that holds back `juzi-helper.compat.js`.
    pub fn hold(&self) -> Held {
        let mut held = self.made.held.lock().expect("no holder panics");
        let gate = Arc::new(Semaphore::new(0));
        held.push(gate.clone());
        Held {
            path: format!("/held/{}", held.len() - 1),
            gate,
        }
    }

    /// The address of the host page that frames `page`, which is served at `url`.
    pub fn host_url(&self, page: &Page, url: &str) -> String {
        let setup = json!({ "host": page.host, "frame": page.frame, "registered": page.registered, "url": url });
        let setup = utf8_percent_encode(&setup.to_string(), NON_ALPHANUMERIC).to_string();
        self.url(&page.host_at, &format!("/pages/host.html?setup={setup}"))
    }
}

fn router(made: Arc<Made>) -> Router {
    Router::new()
        .route("/p/{page}/", get(made_page))
        .route(
            "/p/{page}/{*file}",
            get(async |UrlPath((_, file)): UrlPath<(String, String)>| {
                file_in("tests/e2e/pages", &file).await
            }),
        )
        .route("/bundled/{*file}", get(bundled))
        .route("/juzi-helper.js", built(script()))
        .route("/juzi-helper.compat.js", built("juzi-helper.compat.js"))
        .route("/juzi-helper.recorder.js", built("juzi-helper.recorder.js"))
        .route("/alone/juzi-helper.js", built("juzi-helper.js"))
        .route("/held/{folder}/{file}", get(held_file))
        .route("/pages/{*file}", files("tests/e2e/pages"))
        .route("/pkg/{*file}", files("pkg"))
        .route("/www/{*file}", files("www"))
        .route("/examples/{*file}", files("examples"))
        .route("/node_modules/{*file}", files("node_modules"))
        .route("/loaders/{*file}", files("tests/e2e/node_modules"))
        .with_state(made)
}

/// The script that pages load. Without WebAssembly this is the compat script. The console's own pages always load the
/// ordinary one, which then has to load the compat script by itself.
fn script() -> &'static str {
    match without_wasm() {
        true => "juzi-helper.compat.js",
        false => "juzi-helper.js",
    }
}

fn built(file: &'static str) -> axum::routing::MethodRouter<Arc<Made>> {
    get(async move || file_in("pkg", file).await)
}

fn files(folder: &'static str) -> axum::routing::MethodRouter<Arc<Made>> {
    get(async move |UrlPath(file): UrlPath<String>| file_in(folder, &file).await)
}

async fn held_file(
    State(made): State<Arc<Made>>,
    UrlPath((folder, file)): UrlPath<(usize, String)>,
) -> Response {
    let gate = made
        .held
        .lock()
        .expect("no holder panics")
        .get(folder)
        .cloned();
    if let Some(gate) = gate.filter(|_| file == "juzi-helper.compat.js") {
        // The semaphore has no permits, so this waits until it is closed.
        let _ = gate.acquire().await;
    }
    file_in("pkg", &file).await
}

async fn made_page(State(made): State<Arc<Made>>, UrlPath(number): UrlPath<usize>) -> Response {
    let Some(page) = made
        .pages
        .lock()
        .expect("no holder panics")
        .get(number)
        .cloned()
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let body = match &page.body {
        Body::Bytes(bytes) => bytes.clone(),
        Body::File(path) => match tokio::fs::read(path).await {
            Ok(bytes) => bytes,
            Err(error) => return missing(path, &error),
        },
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::from_str(&page.content_type) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    for (name, value) in page.headers {
        headers.append(name, value);
    }
    response
}

async fn file_in(folder: &str, file: &str) -> Response {
    if file.split('/').any(|part| part == "..") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let path = directory(folder).join(file);
    match tokio::fs::read(&path).await {
        // No charset: real servers often send none, and then the page's charset applies.
        Ok(bytes) => {
            let kind = mime_guess::from_path(&path).first_or_octet_stream();
            ([(header::CONTENT_TYPE, kind.to_string())], bytes).into_response()
        }
        Err(error) => missing(&path, &error),
    }
}

/// esbuild's output for each script, or its error. The files do not change while the tests run.
type Bundles = Mutex<HashMap<String, Arc<OnceCell<Result<Vec<u8>, String>>>>>;
static BUNDLES: LazyLock<Bundles> = LazyLock::new(Bundles::default);

/// A script and the packages that it imports, as one classic script.
async fn bundled(UrlPath(file): UrlPath<String>) -> Response {
    let bundle = {
        let mut bundles = BUNDLES.lock().unwrap_or_else(PoisonError::into_inner);
        bundles.entry(file.clone()).or_default().clone()
    };
    match bundle.get_or_init(|| bundle_script(&file)).await {
        Ok(script) => ([(header::CONTENT_TYPE, "text/javascript")], script.clone()).into_response(),
        Err(why) => (StatusCode::INTERNAL_SERVER_ERROR, why.clone()).into_response(),
    }
}

async fn bundle_script(file: &str) -> Result<Vec<u8>, String> {
    let output = tokio::process::Command::new(directory("node_modules").join(".bin/esbuild"))
        .arg(directory("tests/e2e/pages").join(file))
        .args([
            "--bundle",
            "--log-level=warning",
            "--define:process.env.NODE_ENV=\"production\"",
        ])
        .current_dir(directory(""))
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn missing(path: &Path, error: &std::io::Error) -> Response {
    let text = format!("{}: {error}", path.display());
    eprintln!("a test page asked for {text}");
    (StatusCode::NOT_FOUND, text).into_response()
}

/// A folder of the repository.
pub(crate) fn directory(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(folder)
}

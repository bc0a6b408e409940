//! The Juzi console's side of the sidebar protocol, on your own machine.
//!
//! The workbench serves the console page (`www/`, embedded), which is the protocol's host in the browser. It is also the
//! OAuth hub: it issues the codes that the console passes to the page, and returns the user when a code is redeemed.
//!
//! [`serve`] starts it inside a program, as tests do. The binary `juzi-workbench` adds a command line.
//!
//! ```no_run
//! # async fn example() -> Result<(), juzi_workbench::StartError> {
//! let server = juzi_workbench::serve(juzi_workbench::Options { port: 0, ..Default::default() }).await?;
//! println!("open {}", server.addresses().console);
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod assets;
mod authorize;
pub mod check;
mod clock;
mod codes;
mod connections;
mod console_api;
#[cfg(test)]
mod console_texts;
mod demo;
mod events;
mod guard;
mod hub_log;
mod listen;
mod navigation;
mod page;
#[cfg(test)]
mod published;
mod refusal;
pub mod scenario;
mod state;
mod user_info;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::HeaderValue;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::{get, post, put};
use axum::{Router, middleware};
use jiff::Timestamp;
use juzi_helper::oauth;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use url::{Host, Url};

pub use clock::Clock;
pub use connections::Limits;
pub use page::address::parse as parse_page_address;
pub use page::{Unreachable, reach as reach_page};
pub use state::Addresses;

use check::Check;
use codes::Codes;
use connections::Connections;
use guard::AllowedHosts;
use listen::{Listening, listen};
use scenario::{Format, ScenarioError};
use state::{Reading, ScenarioInForce, ScenarioSource, Workbench};

/// The default port.
pub const DEFAULT_PORT: u16 = 8787;

/// The default lifetime of an unused code (spec section 8).
pub const DEFAULT_CODE_TTL: Duration = Duration::from_secs(300);

/// Bytes. Requests to the workbench are small; a larger body is a mistake.
const MAX_BODY: usize = 64 * 1024;

/// Bytes. The body of this request is a whole scenario.
const MAX_SCENARIO_BODY: usize = 4 * 1024 * 1024;

/// How often [`wait_for_page`] tries.
const WAIT_INTERVAL: Duration = Duration::from_millis(200);

/// How long pending requests may take to finish at shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(3);

/// How to run the workbench.
pub struct Options {
    /// Where to listen. The default is loopback: 127.0.0.1 and \[::1\].
    pub host: Host,
    /// 0 for any free port.
    pub port: u16,
    /// The sidebar page under development. None for the demo.
    pub page: Option<Url>,
    /// A JSON or TOML file. None for the default scenario.
    pub scenario: Option<PathBuf>,
    /// Makes drops and jitter repeatable: overrides `faults.seed` of the scenario.
    pub seed: Option<u32>,
    pub code_ttl: Duration,
    /// The clock that decides when codes expire.
    pub clock: Clock,
    /// Limits for connections.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            host: Host::Ipv4(Ipv4Addr::LOCALHOST),
            port: DEFAULT_PORT,
            page: None,
            scenario: None,
            seed: None,
            code_ttl: DEFAULT_CODE_TTL,
            clock: Clock::system(),
            limits: Limits::default(),
        }
    }
}

/// Why the workbench cannot start. Each message is one line that names what to fix.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("port {} is taken on {}; choose another with --port (0 for any free one)", address.port(), address.ip())]
    PortTaken { address: SocketAddr },
    #[error("cannot listen on {address}: {source}")]
    Bind {
        address: SocketAddr,
        source: std::io::Error,
    },
    #[error("--host {host} cannot be resolved: {why}")]
    UnknownHost { host: String, why: String },
    #[error("--wait: no page answered at {page} within {} s: {why}", waited.as_secs())]
    UnreachablePage {
        page: String,
        waited: Duration,
        why: Unreachable,
    },
    #[error("--scenario {file}: {error}")]
    Scenario { file: String, error: ScenarioError },
    #[error("the demo page's server has no hub: {0}")]
    Hub(#[from] oauth::Error),
    #[error(transparent)]
    Io(std::io::Error),
}

/// A running workbench. Dropping it stops it.
#[must_use = "the workbench stops when this is dropped"]
pub struct Server {
    workbench: Arc<Workbench>,
    port: u16,
    loopback_only: bool,
    tasks: JoinSet<()>,
}

/// Waits until a server accepts connections at the page's address.
pub async fn wait_for_page(page: &Url, at_most: Duration) -> Result<(), StartError> {
    let end = Instant::now() + at_most;
    loop {
        match reach_page(page).await {
            Ok(()) => return Ok(()),
            Err(why) if Instant::now() >= end => {
                return Err(StartError::UnreachablePage {
                    page: page.to_string(),
                    waited: at_most,
                    why,
                });
            }
            Err(_) => tokio::time::sleep(WAIT_INTERVAL).await,
        }
    }
}

/// Starts the workbench, and returns once it accepts connections.
pub async fn serve(options: Options) -> Result<Server, StartError> {
    serve_check(options, None).await
}

async fn serve_check(options: Options, check: Option<Check>) -> Result<Server, StartError> {
    let source = options.scenario.map(ScenarioFile::read).transpose()?;
    let reading = Reading {
        start: Timestamp::now(),
        seed: options.seed,
    };
    let scenario = match &source {
        Some(file) => file.parse(reading)?,
        None => builtin(reading)?,
    };
    let Listening {
        listeners,
        port,
        console_host,
        demo_host,
        loopback_only,
    } = listen(&options.host, options.port).await?;
    let addresses = addresses(port, &console_host, &demo_host, options.page);
    // A proxy from the environment cannot reach a hub on this machine.
    let hub = oauth::Client::new(&addresses.hub_base)?.without_proxy();
    let workbench = Arc::new(Workbench::new(
        scenario,
        ScenarioSource {
            file: source.as_ref().map(|it| it.path.clone()),
            reading,
        },
        Codes::new(options.clock, options.code_ttl),
        addresses,
        AllowedHosts::new(options.host, loopback_only),
        hub,
        check,
    ));
    let mut tasks = JoinSet::new();
    let router = router(workbench.clone(), &options.limits);
    let connections = Connections::new(options.limits);
    for listener in listeners {
        let stop = workbench.stop.clone();
        tasks.spawn(connections::serve(
            listener,
            router.clone(),
            connections.clone(),
            stop,
        ));
    }
    if let Some(ScenarioFile { path, format, text }) = source {
        tasks.spawn(scenario::watch::follow(
            path,
            format,
            text,
            reading,
            workbench.clone(),
        ));
    }
    Ok(Server {
        workbench,
        port,
        loopback_only,
        tasks,
    })
}

impl Server {
    pub fn addresses(&self) -> &Addresses {
        &self.workbench.addresses
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether only programs on this machine can connect.
    pub fn is_loopback_only(&self) -> bool {
        self.loopback_only
    }

    /// The files of the demo page that `./build.sh` has not built yet. Without them the demo does not work.
    pub fn not_built(&self) -> Vec<&'static str> {
        assets::not_built()
    }

    /// Stops accepting connections, lets pending requests finish, and returns.
    pub async fn shutdown(mut self) {
        self.workbench.stop.cancel();
        let finished = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(SHUTDOWN_TIMEOUT, finished)
            .await
            .is_err()
        {
            tracing::warn!("some requests were still pending");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.workbench.stop.cancel();
    }
}

/// The `--scenario` file as it was read at the start.
struct ScenarioFile {
    path: PathBuf,
    format: Format,
    text: String,
}

impl ScenarioFile {
    fn read(path: PathBuf) -> Result<Self, StartError> {
        let read = Format::of(&path)
            .and_then(|format| Ok((format, scenario::load::read(&path, "a scenario")?)));
        match read {
            Ok((format, text)) => Ok(ScenarioFile { path, format, text }),
            Err(error) => Err(StartError::Scenario {
                file: path.display().to_string(),
                error,
            }),
        }
    }

    fn parse(&self, reading: Reading) -> Result<ScenarioInForce, StartError> {
        let read = reading
            .read(&self.text, self.format)
            .map_err(|error| StartError::Scenario {
                file: self.path.display().to_string(),
                error,
            })?;
        read.log_warnings(&self.path);
        Ok(read)
    }
}

fn builtin(reading: Reading) -> Result<ScenarioInForce, StartError> {
    reading
        .read(scenario::DEFAULT, Format::Json)
        .map_err(|error| StartError::Scenario {
            file: "the default scenario".to_owned(),
            error,
        })
}

fn addresses(port: u16, console_host: &Host, demo_host: &Host, page: Option<Url>) -> Addresses {
    let hub_base = format!("http://{console_host}:{port}");
    Addresses {
        console: own_address(&format!("{hub_base}/")),
        page: page.unwrap_or_else(|| own_address(&format!("http://{demo_host}:{port}/demo/"))),
        hub_base,
    }
}

fn own_address(address: &str) -> Url {
    Url::parse(address)
        .unwrap_or_else(|error| unreachable!("{address} has a host and a port: {error}"))
}

fn router(workbench: Arc<Workbench>, limits: &Limits) -> Router {
    let changes = Router::new()
        .route("/_workbench/codes", post(console_api::issue_code))
        .route(
            "/_workbench/conversation",
            put(console_api::select_conversation),
        )
        .route("/_workbench/faults", put(console_api::set_faults))
        .route(console_api::SCENARIO, put(console_api::write_scenario))
        .route("/_workbench/page-check", post(console_api::check_page))
        .route("/_workbench/check", post(check::tell))
        .route_layer(middleware::from_fn(guard::check_origin));
    Router::new()
        .route("/_workbench/config", get(console_api::config))
        .route("/_workbench/faults", get(console_api::faults))
        .route("/_workbench/check", get(check::script))
        .route(
            "/_workbench/events",
            get(console_api::events).route_layer(middleware::from_fn(guard::check_site)),
        )
        .merge(changes)
        .route(hub_log::AUTHORIZE, get(authorize::authorize))
        .route(hub_log::GET_USER_INFO, get(user_info::get_user_info))
        .route("/demo/api/login", post(demo::login))
        .fallback(assets::serve)
        .layer(middleware::from_fn(guard::lead_console_to_its_origin))
        .layer(middleware::from_fn_with_state(
            workbench.clone(),
            guard::check_host,
        ))
        .layer(middleware::from_fn_with_state(
            workbench.clone(),
            hub_log::record,
        ))
        .layer(middleware::from_fn_with_state(
            limits.clone(),
            connections::whole_request,
        ))
        .layer(middleware::from_fn(limit_body))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(())
                .on_eos(())
                .on_response(response),
        )
        // The outermost layer, so that it applies to the responses of all others.
        .layer(SetResponseHeaderLayer::overriding(
            X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .with_state(workbench)
}

async fn limit_body(mut request: Request, next: Next) -> Response {
    let most = match request.uri().path() {
        console_api::SCENARIO => MAX_SCENARIO_BODY,
        _ => MAX_BODY,
    };
    DefaultBodyLimit::max(most).apply(&mut request);
    next.run(request).await
}

fn span(request: &Request) -> tracing::Span {
    // Only the path: queries contain codes.
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}

fn response(response: &Response, latency: Duration, _: &tracing::Span) {
    tracing::info!(status = response.status().as_u16(), ?latency, "answered");
}

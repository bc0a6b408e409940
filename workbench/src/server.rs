//! The server: its listeners, its routes, its tasks, and how it ends.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::HeaderValue;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::post;
use axum::{Router, middleware};
use jiff::Timestamp;
use juzi_helper::oauth;
use juzi_hub::hosts::AllowedHosts;
use juzi_hub::scenario::reading::{Reading, ScenarioInForce};
use juzi_hub::scenario::{Format, Scenario};
use juzi_hub::{Addresses, Hub, OwnMedia, Place, SCENARIO_PATH, Settings, Words};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use url::{Host, Url};

use crate::check::exchange::{self, Check};
use crate::clock::millis;
use crate::connections::{self, Connections, Limits};
use crate::listen::{Listening, listen};
use crate::options::Options;
use crate::scenario::{self, file, watch};
use crate::start_error::StartError;
use crate::workbench::Workbench;
use crate::{ask_hub, assets, console_origin, demo};

/// Bytes. Requests to the workbench are small; a larger body is a mistake.
const MAX_BODY: usize = 64 * 1024;

/// Bytes. The body of this request is a whole scenario.
const MAX_SCENARIO_BODY: usize = 4 * 1024 * 1024;

/// How long pending requests may take to finish at shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(3);

/// A running workbench. Dropping it stops it.
#[must_use = "the workbench stops when this is dropped"]
pub struct Server {
    workbench: Arc<Workbench>,
    addresses: Addresses,
    port: u16,
    loopback_only: bool,
    tasks: JoinSet<()>,
}

/// Starts the workbench, and returns once it accepts connections.
pub async fn serve(options: Options) -> Result<Server, StartError> {
    serve_check(options, None).await
}

/// The same, for a check to run.
pub(crate) async fn serve_check(
    options: Options,
    check: Option<Check>,
) -> Result<Server, StartError> {
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
    let client = oauth::Client::new(&addresses.hub_base)?.without_proxy();
    let settings = Settings {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        words: Words::WORKBENCH,
        place: Place::At(addresses.clone()),
        allowed_hosts: AllowedHosts::new(options.host, loopback_only),
        code_ttl_ms: millis(options.code_ttl),
        scenario_file: source.as_ref().map(|it| it.path.clone()),
        unwritable: source.as_ref().and_then(|it| file::unwritable(&it.path)),
        reading,
        own: assets::top_level(),
        media: OwnMedia::default(),
        stream: stream(),
    };
    let workbench = Arc::new(Workbench::new(Hub::new(settings, scenario), options.clock));
    let routes = Router::new()
        .route("/demo/api/login", post(demo::login))
        .with_state(client)
        .merge(exchange::routes(check));
    let router = router(workbench.clone(), routes, &options.limits);
    let mut tasks = serve_at(listeners, &router, options.limits, &workbench.stop);
    if let Some(ScenarioFile { path, format, text }) = source {
        tasks.spawn(watch::follow(path, format, text, workbench.clone()));
    }
    Ok(Server {
        workbench,
        addresses,
        port,
        loopback_only,
        tasks,
    })
}

fn serve_at(
    listeners: Vec<TcpListener>,
    router: &Router,
    limits: Limits,
    stop: &CancellationToken,
) -> JoinSet<()> {
    let connections = Connections::new(limits);
    let served = listeners.into_iter().map(|listener| {
        connections::serve(listener, router.clone(), connections.clone(), stop.clone())
    });
    served.collect()
}

impl Server {
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The scenario in force.
    pub(crate) fn scenario(&self) -> Arc<Scenario> {
        self.workbench.scenario()
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
        let read =
            Format::of(&path).and_then(|format| Ok((format, file::read(&path, "a scenario")?)));
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
        file::log_warnings(&read, &self.path);
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

/// Distinguishes the events of this process from those of an earlier one.
fn stream() -> String {
    let start = SystemTime::now().duration_since(UNIX_EPOCH);
    format!("{:x}", start.unwrap_or_default().as_nanos())
}

/// `routes` are the routes besides those of the hub and of the files.
fn router(workbench: Arc<Workbench>, routes: Router, limits: &Limits) -> Router {
    routes
        .fallback(assets::serve)
        .layer(middleware::from_fn(console_origin::lead_there))
        .layer(middleware::from_fn_with_state(workbench, ask_hub::ask))
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
}

async fn limit_body(mut request: Request, next: Next) -> Response {
    let most = match request.uri().path() {
        SCENARIO_PATH => MAX_SCENARIO_BODY,
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

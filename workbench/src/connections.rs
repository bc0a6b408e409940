//! How connections are served: how long each may take to say what it wants, how many there are at once, and which has to go
//! when one more comes.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::console_api::ApiError;

/// How long no connection is accepted after the system has refused one, as it does to a process with too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What connections may cost.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long a connection may take to send a request's header, and after it a request's body, and how long it may lie
    /// idle between requests. What is being answered, an event stream above all, has no limit.
    pub request_timeout: Duration,
    /// So many connections are open at once. When one more comes, the one that has sent no whole request for longest is
    /// closed; where all are being answered, the new one waits.
    pub connections: usize,
    /// How long a new connection is left alone before it may be closed for another.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            request_timeout: Duration::from_secs(10),
            // Browsers open six to a name; some systems let a process have 256 files.
            connections: 128,
            grace: Duration::from_secs(1),
        }
    }
}

/// The places for connections, on all addresses together.
pub struct Connections {
    limits: Limits,
    places: Arc<Semaphore>,
    queue: Mutex<Queue>,
    queued: Notify,
    told: AtomicBool,
}

/// The connections that have sent no whole request, by the moment from which they may be closed for another.
#[derive(Default)]
struct Queue {
    connections: BTreeMap<(Instant, u64), CancellationToken>,
    number: u64,
}

impl Connections {
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Connections {
            places: Arc::new(Semaphore::new(limits.connections)),
            limits,
            queue: Mutex::default(),
            queued: Notify::new(),
            told: AtomicBool::new(false),
        })
    }

    /// A place for one more, as soon as there is one.
    async fn place(self: &Arc<Self>) -> Option<Arc<Place>> {
        let permit = loop {
            // From here on, so that none is missed that joins while the queue is looked at.
            let queued = self.queued.notified();
            if let Ok(permit) = self.places.clone().try_acquire_owned() {
                break permit;
            }
            let due = self.next_due();
            tokio::select! {
                permit = self.places.clone().acquire_owned() => break permit.ok()?,
                () = queued => {}
                () = tokio::time::sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                    if self.close_next() {
                        break self.places.clone().acquire_owned().await.ok()?;
                    }
                }
            }
        };
        let place = Arc::new(Place {
            connections: self.clone(),
            closed: CancellationToken::new(),
            queued_as: Mutex::default(),
            _permit: permit,
        });
        place.join_queue(self.limits.grace);
        Some(place)
    }

    fn next_due(&self) -> Option<Instant> {
        let queue = self.queue();
        queue.connections.keys().next().map(|(due, _)| *due)
    }

    /// False where none is due any more: the one that was has ended by itself, or has said what it wants.
    fn close_next(&self) -> bool {
        let now = Instant::now();
        let mut queue = self.queue();
        let Some(next) = queue
            .connections
            .first_entry()
            .filter(|it| it.key().0 <= now)
        else {
            return false;
        };
        next.remove().cancel();
        drop(queue);
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "{} connections are open; from now on those without a request are closed for new ones",
                self.limits.connections
            );
        }
        true
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing under this lock can leave it half changed, so a poisoned one is still good.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's place. It is free again when this is dropped.
pub struct Place {
    connections: Arc<Connections>,
    /// Says that the connection has to go.
    closed: CancellationToken,
    queued_as: Mutex<Option<(Instant, u64)>>,
    _permit: OwnedSemaphorePermit,
}

impl Place {
    /// From now on, while what this returns lives, the connection is being answered, and is not closed for another.
    fn answer(self: &Arc<Self>) -> Answering {
        self.leave_queue();
        Answering(self.clone())
    }

    fn join_queue(&self, grace: Duration) {
        let mut queue = self.connections.queue();
        queue.number += 1;
        let key = (Instant::now() + grace, queue.number);
        queue.connections.insert(key, self.closed.clone());
        drop(queue);
        *self.queued_as() = Some(key);
        self.connections.queued.notify_waiters();
    }

    fn leave_queue(&self) {
        if let Some(key) = self.queued_as().take() {
            self.connections.queue().connections.remove(&key);
        }
    }

    fn is_queued(&self) -> bool {
        self.queued_as().is_some()
    }

    fn queued_as(&self) -> MutexGuard<'_, Option<(Instant, u64)>> {
        self.queued_as
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave_queue();
    }
}

struct Answering(Arc<Place>);

impl Drop for Answering {
    fn drop(&mut self) {
        // It has been heard, and has nothing to say for now.
        self.0.join_queue(Duration::ZERO);
    }
}

/// Serves what connects, until it is told to stop and all that is being answered has been.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    connections: Arc<Connections>,
    stop: CancellationToken,
) {
    // Every conversation keeps a sender, by which the last one's end is seen. Nothing is sent.
    let (open, mut all_ended) = mpsc::channel::<()>(1);
    let next = async || {
        let stream = accept(&listener).await;
        Some((stream, connections.place().await?))
    };
    while let Some(Some((stream, place))) = stop.run_until_cancelled(next()).await {
        let conversation = converse(stream, place, router.clone(), stop.clone());
        let open = open.clone();
        tokio::spawn(async move {
            conversation.await;
            drop(open);
        });
    }
    drop((listener, open));
    all_ended.recv().await;
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_one_connection(error.kind()) => {}
            Err(error) => {
                tracing::error!(%error, "a connection cannot be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

fn is_of_one_connection(error: ErrorKind) -> bool {
    use ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error,
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

async fn converse(stream: TcpStream, place: Arc<Place>, router: Router, stop: CancellationToken) {
    let own = place.clone();
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(own.clone());
        router.clone().oneshot(request)
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(place.connections.limits.request_timeout)
            .serve_connection(TokioIo::new(stream), service)
    );
    let ended = tokio::select! {
        // In this order: what has been answered is sent before the connection can be closed for another.
        biased;
        ended = connection.as_mut() => ended,
        () = place.closed.cancelled() => return,
        () = stop.cancelled() => {
            if place.is_queued() {
                return;
            }
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// Reads the whole request before anything is done about it, within the time that it may take. Only then is its connection
/// one that is being answered: half a body holds a place no better than half a header.
pub async fn whole_request(
    State(limits): State<Limits>,
    Extension(place): Extension<Arc<Place>>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let limited = Request::from_parts(parts.clone(), body);
    let read = Bytes::from_request(limited, &());
    let body = match tokio::time::timeout(limits.request_timeout, read).await {
        Ok(Ok(body)) => body,
        Ok(Err(refusal)) => return refusal.into_response(),
        Err(_) => {
            let text = "the request's body did not come in time; send it at once, all of it";
            return ApiError::new(StatusCode::REQUEST_TIMEOUT, text).into_response();
        }
    };
    let answering = place.answer();
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    // The body holds it until it is sent, or given up. Its length stays known.
    response.map(|body| {
        Body::new(body.map_err(move |error| {
            let _held = &answering;
            error
        }))
    })
}

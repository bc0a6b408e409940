//! How connections are served: how long each may take to send a request, how many may be open at once, and which one is
//! closed when the limit is reached and another arrives.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use juzi_hub::ApiError;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::answer;

/// How long to wait after the system has refused to accept a connection, for example because of too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Limits for connections.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long a connection may take to send a request's header, then how long to send its body, and how long it may be
    /// idle between requests. A response, such as an event stream, has no limit.
    pub request_timeout: Duration,
    /// The most connections that may be open at once. When another arrives, the one that has gone longest without a
    /// complete request is closed. If all are being answered, the new one waits.
    pub connections: usize,
    /// How long a new connection is kept before it may be closed to make room for another.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            request_timeout: Duration::from_secs(10),
            // Browsers open six per host name; some systems limit a process to 256 open files.
            connections: 128,
            grace: Duration::from_secs(1),
        }
    }
}

/// The slots for connections, shared by all addresses.
pub struct Connections {
    limits: Limits,
    places: Arc<Semaphore>,
    queue: Mutex<Queue>,
    queued: Notify,
    warned: AtomicBool,
}

/// The connections without a complete request, ordered by the time from which they may be closed to make room.
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
            warned: AtomicBool::new(false),
        })
    }

    /// Waits for a free slot.
    async fn place(self: &Arc<Self>) -> Option<Arc<Place>> {
        let permit = loop {
            // Registered before the queue is read, so that no connection that joins it in the meantime is missed.
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

    /// Returns false if no connection is due any more, because it has ended or has sent its request.
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
        if !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "{} connections are open; from now on connections without a request are closed to make room for new ones",
                self.limits.connections
            );
        }
        true
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // No operation under this lock can leave the queue half changed, so a poisoned lock is safe to use.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's slot. It is released when this is dropped.
pub struct Place {
    connections: Arc<Connections>,
    /// Cancelled when the connection must be closed.
    closed: CancellationToken,
    queued_as: Mutex<Option<(Instant, u64)>>,
    _permit: OwnedSemaphorePermit,
}

impl Place {
    /// Marks the connection as being answered for as long as the returned guard lives. It is not closed in that time.
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
        // Idle after an answer: it needs no grace period.
        self.0.join_queue(Duration::ZERO);
    }
}

/// Serves connections until `stop` is cancelled, and returns when all pending requests have been answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    connections: Arc<Connections>,
    stop: CancellationToken,
) {
    // Every connection holds a sender; the channel closes when the last one ends. Nothing is sent.
    let (open, mut all_ended) = mpsc::channel::<()>(1);
    let next = async || {
        let stream = accept(&listener).await;
        Some((stream, connections.place().await?))
    };
    while let Some(Some((stream, place))) = stop.run_until_cancelled(next()).await {
        let connection = serve_connection(stream, place, router.clone(), stop.clone());
        let open = open.clone();
        tokio::spawn(async move {
            connection.await;
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

async fn serve_connection(
    stream: TcpStream,
    place: Arc<Place>,
    router: Router,
    stop: CancellationToken,
) {
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
        // `biased`, so that a finished response is sent before the connection can be closed.
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

/// Reads the complete request within the time limit before anything handles it. The connection counts as being answered only from then on,
/// so neither an incomplete header nor an incomplete body keeps its slot.
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
            let text = "the request's body did not come in time; send all of it at once";
            return answer::response(ApiError::new(408, text));
        }
    };
    let answering = place.answer();
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    // The body holds the guard until it has been sent or dropped. Its length stays known.
    response.map(|body| {
        Body::new(body.map_err(move |error| {
            let _held = &answering;
            error
        }))
    })
}

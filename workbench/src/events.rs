//! A stream of server-sent events for each connected console.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use axum::response::{Sse, sse};
use futures_util::{Stream, StreamExt, stream as streams};
use juzi_hub::Event;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;

use crate::workbench::Workbench;

/// The events that a console has missed, and then those from `receiver`, until the console disconnects or the workbench stops.
pub fn stream(
    workbench: Arc<Workbench>,
    window: Option<String>,
    missed: Vec<Event>,
    receiver: broadcast::Receiver<Event>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let stopped = workbench.stop.clone().cancelled_owned();
    let name = workbench.stream.clone();
    let window = window.map(|window| OpenWindow { workbench, window });
    let received = streams::iter(missed.into_iter().map(Ok)).chain(BroadcastStream::new(receiver));
    let stream = received
        .filter_map(move |event| {
            // The window is open until the stream is dropped.
            let _open = &window;
            ready(match event {
                Ok(event) => to_sse(&event, &name)
                    .map_err(|error| tracing::error!(%error, "an event cannot be written"))
                    .ok(),
                Err(lagged) => {
                    tracing::warn!(%lagged, "a console does not keep up with the events");
                    None
                }
            })
        })
        .map(Ok);
    Sse::new(stream.take_until(stopped)).keep_alive(sse::KeepAlive::default())
}

fn to_sse(event: &Event, stream: &str) -> Result<sse::Event, axum::Error> {
    let named = sse::Event::default().event(event.name());
    let named = match event.id(stream) {
        Some(id) => named.id(id),
        None => named,
    };
    named.json_data(event)
}

/// A console window with an open event stream.
struct OpenWindow {
    workbench: Arc<Workbench>,
    window: String,
}

impl Drop for OpenWindow {
    fn drop(&mut self) {
        self.workbench.leave(&self.window);
    }
}

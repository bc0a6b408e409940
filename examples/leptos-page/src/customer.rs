//! Who the conversation is with.

use futures::future::abortable;
use juzi_helper::client::{BaseInfo, CallError, ChatInfo, ChatKind, Juzi};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::{Helper, problem};

/// What the card shows.
#[derive(Clone)]
pub struct Card {
    pub chat: ChatInfo,
    /// The external user id; a group has none.
    contact: Option<String>,
}

/// The card of the open conversation; `None` until the console has answered.
pub type Shown = RwSignal<Option<Result<Card, CallError>>>;

/// Loads the card of the open conversation, and again after each switch.
///
/// A switch clears the card at once and drops the pending calls, so a late answer about the last customer is never shown. (A resource would
/// wait for these calls and keep its last value meanwhile.)
pub fn open(juzi: Helper, switch: RwSignal<Option<BaseInfo>>) -> Shown {
    let shown = Shown::new(None);
    Effect::new(move |_| {
        shown.set(None);
        let (asking, handle) = abortable(ask(juzi.get_value(), switch.get()));
        on_cleanup(move || handle.abort());
        spawn_local(async move {
            if let Ok(answer) = asking.await {
                shown.set(Some(answer));
            }
        });
    });
    shown
}

async fn ask(juzi: Juzi, switch: Option<BaseInfo>) -> Result<Card, CallError> {
    let mut chat = match switch {
        Some(switch) => juzi.chat_info_after(&switch).await?,
        None => juzi.chat_info().await?,
    };
    for _ in 0..3 {
        let contact = match (chat.kind, chat.external) {
            (Some(ChatKind::Single), Some(true)) => Some(juzi.current_contact().await?.user_id),
            _ => {
                return Ok(Card {
                    chat,
                    contact: None,
                });
            }
        };
        // If the user has switched between the two answers, the contact belongs to another conversation.
        let after = juzi.chat_info().await?;
        if after.id == chat.id {
            return Ok(Card { chat, contact });
        }
        chat = after;
    }
    Err(CallError::ConversationChanged)
}

#[component]
pub fn Customer(shown: Shown) -> impl IntoView {
    let show = move || {
        shown.with(|card| match card {
            None => view! { <p>"Loading…"</p> }.into_any(),
            Some(Ok(card)) => details(card).into_any(),
            Some(Err(error)) => problem::of_call(error).into_any(),
        })
    };
    view! { <section id="customer">{show}</section> }
}

fn details(card: &Card) -> impl IntoView {
    let kind = match (card.chat.kind, card.chat.external) {
        (Some(ChatKind::Group), _) => "group",
        (Some(ChatKind::Single), Some(true)) => "customer",
        (Some(ChatKind::Single), _) => "colleague",
        _ => "conversation",
    };
    let name = card.chat.name.clone().unwrap_or_else(|| "no name".into());
    let id = card.contact.clone().unwrap_or_else(|| card.chat.id.clone());
    view! {
        <h1>{name}</h1>
        <p class="kind">{kind}</p>
        <code>{id}</code>
    }
}

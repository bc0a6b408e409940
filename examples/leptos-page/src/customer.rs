//! Who the conversation is with.

use juzi_helper::client::{CallError, ChatInfo, ChatKind, Juzi};
use leptos::prelude::*;

use crate::{Helper, problem};

/// What the card shows.
struct Card {
    chat: ChatInfo,
    /// The external user id; a group has none.
    contact: Option<String>,
}

async fn ask(juzi: Juzi) -> Result<Card, CallError> {
    let chat = juzi.chat_info().await?;
    let contact = match (chat.kind, chat.external) {
        (Some(ChatKind::Single), Some(true)) => Some(juzi.current_contact().await?.user_id),
        _ => None,
    };
    Ok(Card { chat, contact })
}

#[component]
pub fn Customer(juzi: Helper, switches: RwSignal<u32>) -> impl IntoView {
    // A switch asks again. It drops the older calls, so an answer about the last customer is never shown.
    let card = LocalResource::new(move || {
        switches.track();
        ask(juzi.get_value())
    });
    let show = move || {
        card.with(|card| match card {
            None => view! { <p>"Loading…"</p> }.into_any(),
            Some(Ok(card)) => shown(card).into_any(),
            Some(Err(error)) => problem::of_call(error).into_any(),
        })
    };
    view! { <section id="customer">{show}</section> }
}

fn shown(card: &Card) -> impl IntoView {
    let kind = match (card.chat.kind, card.chat.external) {
        (Some(ChatKind::Group), _) => "group",
        (Some(ChatKind::Single), Some(true)) => "customer",
        (Some(ChatKind::Single), _) => "colleague",
        (None, _) => "conversation",
    };
    let name = card.chat.name.clone().unwrap_or_else(|| "no name".into());
    let id = card.contact.clone().unwrap_or_else(|| card.chat.id.clone());
    view! {
        <h1>{name}</h1>
        <p class="kind">{kind}</p>
        <code>{id}</code>
    }
}

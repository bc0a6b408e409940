//! Who the conversation is with.

use dioxus::prelude::*;
use juzi_helper::client::{BaseInfo, CallError, ChatInfo, ChatKind, Juzi};

use crate::problem;

/// What the card shows.
#[derive(Clone)]
pub struct Card {
    pub chat: ChatInfo,
    /// The external user id; a group has none.
    contact: Option<String>,
}

/// The card of the open conversation; `None` until the console has answered.
pub type Shown = Signal<Option<Result<Card, CallError>>>;

/// Loads the card of the open conversation, and again after each switch.
///
/// A switch drops the pending calls and clears the card, so a late answer about the last customer is never shown. (A resource drops its
/// older future, but keeps its last value. So the card is in a signal of its own.)
pub fn use_card(juzi: Juzi, switch: Signal<Option<BaseInfo>>) -> Shown {
    let mut shown = use_signal(|| None);
    use_resource(move || {
        let asking = ask(juzi.clone(), switch());
        async move {
            shown.set(None);
            let answer = asking.await;
            shown.set(Some(answer));
        }
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
pub fn Customer(shown: Shown) -> Element {
    let inside = match &*shown.read() {
        None => rsx! { p { "Loading…" } },
        Some(Ok(card)) => details(card),
        Some(Err(error)) => problem::of_call(error),
    };
    rsx! {
        section { id: "customer", {inside} }
    }
}

fn details(card: &Card) -> Element {
    let kind = match (card.chat.kind, card.chat.external) {
        (Some(ChatKind::Group), _) => "group",
        (Some(ChatKind::Single), Some(true)) => "customer",
        (Some(ChatKind::Single), _) => "colleague",
        _ => "conversation",
    };
    let name = card.chat.name.as_deref().unwrap_or("no name");
    let id = card.contact.as_ref().unwrap_or(&card.chat.id);
    rsx! {
        h1 { "{name}" }
        p { class: "kind", "{kind}" }
        code { "{id}" }
    }
}

//! Who the conversation is with.

use futures::future::abortable;
use juzi_helper::client::{BaseInfo, CallError, ChatInfo, ChatKind, Juzi};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::problem;

/// What the card shows.
#[derive(Clone, PartialEq)]
pub struct Card {
    pub chat: ChatInfo,
    /// The external user id; a group has none.
    contact: Option<String>,
}

/// The card of the open conversation; `None` until the console has answered.
pub type Shown = Option<Result<Card, CallError>>;

/// Loads the card of the open conversation, and again after each switch.
///
/// A switch clears the card at once and drops the pending calls, so a late answer about the last customer is never shown.
/// (`use_future_with` would suspend the page meanwhile, and let the older calls run on.)
#[hook]
pub fn use_card(juzi: &Juzi, switch: Option<BaseInfo>) -> Shown {
    let shown = use_state(|| None);
    let (juzi, answered) = (juzi.clone(), shown.setter());
    use_effect_with(switch, move |switch| {
        answered.set(None);
        let (asking, handle) = abortable(ask(juzi, switch.clone()));
        spawn_local(async move {
            if let Ok(answer) = asking.await {
                answered.set(Some(answer));
            }
        });
        move || handle.abort()
    });
    (*shown).clone()
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

#[derive(PartialEq, Properties)]
pub struct CustomerProps {
    pub shown: Shown,
}

#[component]
pub fn Customer(CustomerProps { shown }: &CustomerProps) -> Html {
    let inside = match shown {
        None => html! { <p>{ "Loading…" }</p> },
        Some(Ok(card)) => details(card),
        Some(Err(error)) => problem::of_call(error),
    };
    html! { <section id="customer">{ inside }</section> }
}

fn details(card: &Card) -> Html {
    let kind = match (card.chat.kind, card.chat.external) {
        (Some(ChatKind::Group), _) => "group",
        (Some(ChatKind::Single), Some(true)) => "customer",
        (Some(ChatKind::Single), _) => "colleague",
        _ => "conversation",
    };
    html! {
        <>
            <h1>{ card.chat.name.as_deref().unwrap_or("no name") }</h1>
            <p class="kind">{ kind }</p>
            <code>{ card.contact.as_ref().unwrap_or(&card.chat.id) }</code>
        </>
    }
}

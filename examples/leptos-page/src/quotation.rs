//! The form that sends a quotation into the conversation.

use juzi_helper::client::{CallError, ChatInfo};
use juzi_helper::message::SendParams;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::customer::Shown;
use crate::{Helper, problem};

/// The text of a quotation; empty without an article.
fn text(article: &str, price: &str) -> String {
    match (article.trim(), price.trim()) {
        ("", _) => String::new(),
        (article, "") => format!("{article}: price on request"),
        (article, price) => format!("{article}: ¥{price}"),
    }
}

#[component]
pub fn Quotation(juzi: Helper, shown: Shown) -> impl IntoView {
    let article = RwSignal::new(String::from("Spring tea, 500 g"));
    let price = RwSignal::new(String::from("268"));
    let chat =
        Memo::new(move |_| shown.with(|card| Some(card.as_ref()?.as_ref().ok()?.chat.clone())));
    let send = Action::new_local(move |(chat, text): &(ChatInfo, String)| {
        let (chat, message) = (chat.clone(), SendParams::text(text));
        async move {
            // The user may have switched since the click. Then nothing is sent.
            let sent = juzi.get_value().send_to(&chat, &message).await;
            (chat.id, sent)
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(chat) = chat.get() {
            // The helper refuses an empty text with an error that names it.
            send.dispatch_local((chat, text(&article.read(), &price.read())));
        }
    };
    let result = move || {
        let open = chat.with(|chat| chat.as_ref().map(|chat| chat.id.clone()));
        send.value().with(|sent| match sent {
            Some((_, Err(error @ CallError::ConversationChanged))) => {
                problem::of_call(error).into_any()
            }
            // The result is shown only in the conversation that the message was for.
            Some((id, sent)) if open.as_ref() == Some(id) => match sent {
                Ok(()) => view! { <p role="status">"Sent."</p> }.into_any(),
                Err(error) => problem::of_call(error).into_any(),
            },
            _ => ().into_any(),
        })
    };
    view! {
        <form on:submit=submit>
            <label>"Article" <input name="article" bind:value=article /></label>
            <label>"Price" <input name="price" inputmode="decimal" bind:value=price /></label>
            <button disabled=move || send.pending().get() || chat.read().is_none()>"Send the quotation"</button>
            {result}
        </form>
    }
}

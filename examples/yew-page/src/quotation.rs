//! The form that sends a quotation into the conversation.

use juzi_helper::client::{CallError, Juzi};
use juzi_helper::message::SendParams;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::customer::Shown;
use crate::problem;

/// The text of a quotation; empty without an article.
fn text(article: &str, price: &str) -> String {
    match (article.trim(), price.trim()) {
        ("", _) => String::new(),
        (article, "") => format!("{article}: price on request"),
        (article, price) => format!("{article}: ¥{price}"),
    }
}

/// Keeps what is typed.
fn typed(text: &UseStateHandle<String>) -> Callback<InputEvent> {
    let text = text.setter();
    Callback::from(move |event: InputEvent| {
        text.set(event.target_unchecked_into::<HtmlInputElement>().value());
    })
}

#[derive(PartialEq, Properties)]
pub struct QuotationProps {
    pub juzi: Juzi,
    pub shown: Shown,
}

#[component]
pub fn Quotation(QuotationProps { juzi, shown }: &QuotationProps) -> Html {
    let article = use_state(|| String::from("Spring tea, 500 g"));
    let price = use_state(|| String::from("268"));
    let sending = use_state(|| false);
    // For which conversation a message was, and how it ended.
    let sent = use_state(|| None);

    let chat = shown
        .as_ref()
        .and_then(|card| Some(&card.as_ref().ok()?.chat));
    let submit = {
        let (juzi, chat) = (juzi.clone(), chat.cloned());
        let message = SendParams::text(text(&article, &price));
        let (sending, sent) = (sending.setter(), sent.setter());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(chat) = chat.clone() else { return };
            let (juzi, message) = (juzi.clone(), message.clone());
            let (sending, sent) = (sending.clone(), sent.clone());
            sending.set(true);
            spawn_local(async move {
                // The user may have switched since the click. Then nothing is sent. The helper refuses an empty text with an error that names it.
                let result = juzi.send_to(&chat, &message).await;
                sent.set(Some((chat.id, result)));
                sending.set(false);
            });
        }
    };
    let open = chat.map(|chat| &chat.id);
    let result = match &*sent {
        Some((_, Err(error @ CallError::ConversationChanged))) => problem::of_call(error),
        // The result is shown only in the conversation that the message was for.
        Some((id, sent)) if open == Some(id) => match sent {
            Ok(()) => html! { <p role="status">{ "Sent." }</p> },
            Err(error) => problem::of_call(error),
        },
        _ => Html::default(),
    };
    html! {
        <form onsubmit={submit}>
            <label>{ "Article" }<input name="article" value={(*article).clone()} oninput={typed(&article)} /></label>
            <label>{ "Price" }<input name="price" inputmode="decimal" value={(*price).clone()} oninput={typed(&price)} /></label>
            <button disabled={*sending || chat.is_none()}>{ "Send the quotation" }</button>
            { result }
        </form>
    }
}

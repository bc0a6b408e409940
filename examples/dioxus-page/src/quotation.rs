//! The form that sends a quotation into the conversation.

use dioxus::prelude::*;
use juzi_helper::client::{CallError, Juzi};
use juzi_helper::message::SendParams;

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

#[component]
pub fn Quotation(juzi: Juzi, shown: Shown) -> Element {
    let mut article = use_signal(|| String::from("Spring tea, 500 g"));
    let mut price = use_signal(|| String::from("268"));
    let mut sending = use_signal(|| false);
    // For which conversation a message was, and how it ended.
    let mut sent = use_signal(|| None);

    let chat = use_memo(move || Some(shown.read().as_ref()?.as_ref().ok()?.chat.clone()));
    let submit = move |event: FormEvent| {
        event.prevent_default();
        let Some(chat) = chat() else { return };
        let juzi = juzi.clone();
        let message = SendParams::text(text(&article.read(), &price.read()));
        sending.set(true);
        spawn(async move {
            // The user may have switched since the click. Then nothing is sent. The helper refuses an empty text with an error that names it.
            let result = juzi.send_to(&chat, &message).await;
            sent.set(Some((chat.id, result)));
            sending.set(false);
        });
    };
    let open = chat.read().as_ref().map(|chat| chat.id.clone());
    let result = match &*sent.read() {
        Some((_, Err(error @ CallError::ConversationChanged))) => problem::of_call(error),
        // The result is shown only in the conversation that the message was for.
        Some((id, sent)) if open.as_ref() == Some(id) => match sent {
            Ok(()) => rsx! { p { role: "status", "Sent." } },
            Err(error) => problem::of_call(error),
        },
        _ => rsx! {},
    };
    rsx! {
        form { onsubmit: submit,
            label { "Article"
                input { name: "article", value: article, oninput: move |event| article.set(event.value()) }
            }
            label { "Price"
                input { name: "price", inputmode: "decimal", value: price, oninput: move |event| price.set(event.value()) }
            }
            button { disabled: sending() || open.is_none(), "Send the quotation" }
            {result}
        }
    }
}

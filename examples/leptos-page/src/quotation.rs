//! The form that sends a quotation into the conversation.

use juzi_helper::message::SendParams;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

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
pub fn Quotation(juzi: Helper) -> impl IntoView {
    let article = RwSignal::new(String::from("Spring tea, 500 g"));
    let price = RwSignal::new(String::from("268"));
    let send = Action::new_local(move |text: &String| {
        let message = SendParams::text(text);
        async move { juzi.get_value().send(&message).await }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // An empty text is refused by the helper, which names it.
        send.dispatch_local(text(&article.read(), &price.read()));
    };
    let result = move || {
        send.value().with(|sent| match sent {
            None => ().into_any(),
            Some(Ok(())) => view! { <p role="status">"Sent."</p> }.into_any(),
            Some(Err(error)) => problem::of_call(error).into_any(),
        })
    };
    view! {
        <form on:submit=submit>
            <label>"Article" <input name="article" bind:value=article /></label>
            <label>"Price" <input name="price" inputmode="decimal" bind:value=price /></label>
            <button disabled=send.pending()>"Send the quotation"</button>
            {result}
        </form>
    }
}

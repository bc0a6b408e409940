//! A sidebar page in Leptos: it shows the conversation, follows it, and sends a greeting.

// @server
mod user;
// @end

use juzi_helper::client::{Juzi, Options};
use juzi_helper::message::SendParams;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
// @server
use user::User;
// @end

/// The helper, for all components. Values of JavaScript stay on their thread.
type Helper = StoredValue<Juzi, LocalStorage>;

/// Runs when the module has been loaded.
#[cfg(not(test))]
#[wasm_bindgen(start)]
pub fn start() {
    // In production only Juzi's console may frame the page. While you develop, the workbench does.
    let options = if cfg!(debug_assertions) {
        Options::new()
    } else {
        Options::new().allowed_hosts(["https://*.juzibot.com"])
    };
    match Juzi::install(&options) {
        Ok(juzi) if juzi.env().is_some_and(|env| env.in_sidebar) => {
            mount_to_body(move || view! { <Page juzi /> });
        }
        Ok(_) => mount_to_body(|| view! { <p role="alert">"Open this page in the sidebar of the console."</p> }),
        Err(error) => mount_to_body(move || view! { <p role="alert">{error.to_string()}</p> }),
    }
}

#[component]
pub fn Page(juzi: Juzi) -> impl IntoView {
    let switches = RwSignal::new(0_u32);
    // It belongs to this component, and ends with it.
    let _following = StoredValue::new_local(juzi.on_switch(move |_| {
        switches.update(|count| *count += 1);
    }));
    let juzi: Helper = StoredValue::new_local(juzi);
    // The host tells of switches only after this.
    let authorized = LocalResource::new(move || async move { juzi.get_value().authorize().await });
    // A switch asks again. It drops the older call, so an answer about the last conversation is never shown.
    let chat = LocalResource::new(move || {
        switches.track();
        async move { juzi.get_value().chat_info().await }
    });
    view! {
        <main>
            {move || authorized.get().and_then(Result::err).map(|error| view! { <p role="alert">{error.to_string()}</p> })}
            {move || match chat.get() {
                None => ().into_any(),
                Some(Ok(chat)) => view! { <Greeting juzi name=chat.name.unwrap_or_default() /> }.into_any(),
                Some(Err(error)) => view! { <p role="alert">{error.to_string()}</p> }.into_any(),
            }}
            // @server
            <User />
            // @end
        </main>
    }
}

#[component]
fn Greeting(juzi: Helper, name: String) -> impl IntoView {
    let status = RwSignal::new(String::new());
    let content = format!("Hello {name}");
    let greet = Action::new_local(move |(): &()| {
        let message = SendParams::text(content.clone());
        async move {
            status.set(match juzi.get_value().send(&message).await {
                Ok(_) => "Sent.".to_owned(),
                Err(error) => format!("Not sent: {error}"),
            });
        }
    });
    view! {
        <h1>{name}</h1>
        <button on:click=move |_| { greet.dispatch_local(()); }>"Greet"</button>
        <p role="status">{status}</p>
    }
}

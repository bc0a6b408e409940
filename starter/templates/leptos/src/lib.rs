//! A sidebar page in Leptos: it shows the conversation, follows it, and sends a greeting.

// @server
mod user;
// @end

use futures::future::abortable;
use juzi_helper::client::{BaseInfo, CallError, ChatInfo, Juzi, Options};
use juzi_helper::message::SendParams;
use leptos::prelude::*;
use leptos::task::spawn_local;
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
    // Only Juzi's console may frame the page, and one on this machine while the page is here too.
    let options = Options::new().allowed_hosts(["https://*.juzibot.com", "localhost"]);
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
    let switch = RwSignal::new(None);
    // The listener belongs to this component, and ends with it.
    let _following = StoredValue::new_local(juzi.on_switch(move |info| switch.set(Some(info))));
    let juzi: Helper = StoredValue::new_local(juzi);
    // The console reports switches of conversation only after this call.
    let authorized = LocalResource::new(move || async move { juzi.get_value().authorize().await });
    let chat = open_chat(juzi, switch);
    view! {
        <main>
            {move || authorized.get().and_then(Result::err).map(|error| view! { <p role="alert">{error.to_string()}</p> })}
            {move || match chat.get() {
                None => ().into_any(),
                Some(Ok(chat)) => view! { <Greeting juzi chat /> }.into_any(),
                Some(Err(error)) => view! { <p role="alert">{error.to_string()}</p> }.into_any(),
            }}
            // @server
            <User />
            // @end
        </main>
    }
}

/// The open conversation; `None` until the console has reported it.
///
/// A switch removes the last conversation at once and drops the pending call about it, so a late answer is never shown. (A resource would
/// wait for that call, and keep its last value meanwhile.)
fn open_chat(juzi: Helper, switch: RwSignal<Option<BaseInfo>>) -> RwSignal<Option<Result<ChatInfo, CallError>>> {
    let chat = RwSignal::new(None);
    Effect::new(move |_| {
        chat.set(None);
        let (juzi, switch) = (juzi.get_value(), switch.get());
        let (asking, handle) = abortable(async move {
            match switch {
                Some(switch) => juzi.chat_info_after(&switch).await,
                None => juzi.chat_info().await,
            }
        });
        on_cleanup(move || handle.abort());
        spawn_local(async move {
            if let Ok(answer) = asking.await {
                chat.set(Some(answer));
            }
        });
    });
    chat
}

/// The form for one conversation: after a switch there is a new one.
#[component]
fn Greeting(juzi: Helper, chat: ChatInfo) -> impl IntoView {
    let status = RwSignal::new(String::new());
    let name = chat.name.clone().unwrap_or_default();
    let message = SendParams::text(format!("Hello {name}"));
    let greet = Action::new_local(move |(): &()| {
        let (juzi, chat, message) = (juzi.get_value(), chat.clone(), message.clone());
        async move {
            // The user may have switched since the click. Then nothing is sent.
            let text = match juzi.send_to(&chat, &message).await {
                Ok(()) => "Sent.".to_owned(),
                Err(error) => format!("Not sent: {error}"),
            };
            // After a switch, this component is gone.
            status.try_set(text);
        }
    });
    view! {
        <h1>{name}</h1>
        <button disabled=greet.pending() on:click=move |_| { greet.dispatch_local(()); }>"Greet"</button>
        <p role="status">{status}</p>
    }
}

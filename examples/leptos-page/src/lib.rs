//! A sidebar page in Leptos: it shows the customer, follows the conversation, and sends a quotation.

mod customer;
mod problem;
mod quotation;

use juzi_helper::client::{CallError, Juzi, Options};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use customer::Customer;
use problem::Problem;
use quotation::Quotation;

/// The helper, for all components. Values of JavaScript stay on their thread.
type Helper = StoredValue<Juzi, LocalStorage>;

/// Runs when the module has been loaded.
#[wasm_bindgen(start)]
pub fn start() {
    match Juzi::install(&Options::new()) {
        Ok(juzi) if juzi.env().is_some_and(|env| env.in_sidebar) => {
            mount_to_body(move || view! { <Page juzi /> });
        }
        Ok(_) => mount_to_body(|| problem::of_call(&CallError::NotInSidebar)),
        Err(error) => mount_to_body(move || view! { <Problem text=error.to_string() /> }),
    }
}

#[component]
fn Page(juzi: Juzi) -> impl IntoView {
    let switch = RwSignal::new(None);
    // The subscription ends with this component.
    let _following = StoredValue::new_local(juzi.on_switch(move |info| switch.set(Some(info))));
    let juzi: Helper = StoredValue::new_local(juzi);
    // The host reports switches only after this call. A page with a server posts the code to it.
    let authorized = LocalResource::new(move || async move { juzi.get_value().authorize().await });
    let shown = customer::open(juzi, switch);

    view! {
        <main>
            {move || match authorized.get() {
                Some(Err(error)) => problem::of_call(&error).into_any(),
                _ => ().into_any(),
            }}
            <Customer shown />
            <Quotation juzi shown />
        </main>
    }
}

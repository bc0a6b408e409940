//! A sidebar page in Dioxus: it shows the customer, follows the conversation, and sends a quotation.

mod customer;
mod problem;
mod quotation;

use std::rc::Rc;

use dioxus::prelude::*;
use juzi_helper::client::{CallError, Juzi, Options};
use wasm_bindgen::prelude::*;

use customer::{Customer, use_card};
use problem::Problem;
use quotation::Quotation;

/// Runs when the module has been loaded.
#[wasm_bindgen(start)]
pub fn start() {
    dioxus::launch(App);
}

#[component]
fn App() -> Element {
    match use_hook(|| Juzi::install(&Options::new())) {
        Ok(juzi) if juzi.env().is_some_and(|env| env.in_sidebar) => rsx! { Page { juzi } },
        Ok(_) => problem::of_call(&CallError::NotInSidebar),
        Err(error) => rsx! { Problem { text: error.to_string() } },
    }
}

#[component]
fn Page(juzi: Juzi) -> Element {
    let mut switch = use_signal(|| None);
    // The subscription ends with this component.
    use_hook(|| Rc::new(juzi.on_switch(move |info| switch.set(Some(info)))));
    // The host reports switches only after this call. A page with a server posts the code to it.
    let asking = juzi.clone();
    let authorized = use_resource(move || {
        let juzi = asking.clone();
        async move { juzi.authorize().await }
    });
    let shown = use_card(juzi.clone(), switch);

    rsx! {
        main {
            if let Some(Err(error)) = &*authorized.read() {
                {problem::of_call(error)}
            }
            Customer { shown }
            Quotation { juzi, shown }
        }
    }
}

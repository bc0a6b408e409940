//! A sidebar page in Yew: it shows the customer, follows the conversation, and sends a quotation.

mod customer;
mod problem;
mod quotation;

use juzi_helper::client::{CallError, Juzi, Options};
use wasm_bindgen::prelude::*;
use yew::platform::spawn_local;
use yew::prelude::*;

use customer::{Customer, use_card};
use problem::{Problem, ProblemProps};
use quotation::Quotation;

/// Runs when the module has been loaded.
#[wasm_bindgen(start)]
pub fn start() {
    match Juzi::install(&Options::new()) {
        Ok(juzi) if juzi.env().is_some_and(|env| env.in_sidebar) => {
            yew::Renderer::<Page>::with_props(PageProps { juzi }).render();
        }
        Ok(_) => show(problem::text_of(&CallError::NotInSidebar)),
        Err(error) => show(error.to_string()),
    }
}

/// A page that says only this.
fn show(text: String) {
    yew::Renderer::<Problem>::with_props(ProblemProps { text }).render();
}

#[derive(PartialEq, Properties)]
struct PageProps {
    juzi: Juzi,
}

#[component]
fn Page(PageProps { juzi }: &PageProps) -> Html {
    let switch = use_state(|| None);
    let refused = use_state(|| None);
    let (asking, switched, ended) = (juzi.clone(), switch.setter(), refused.setter());
    use_effect_with((), move |()| {
        let following = asking.on_switch(move |info| switched.set(Some(info)));
        // The host reports switches only after this call. A page with a server posts the code to it.
        spawn_local(async move { ended.set(asking.authorize().await.err()) });
        // The subscription ends with this component.
        move || drop(following)
    });
    let shown = use_card(juzi, (*switch).clone());

    html! {
        <main>
            { refused.as_ref().map(problem::of_call) }
            <Customer shown={shown.clone()} />
            <Quotation juzi={juzi.clone()} {shown} />
        </main>
    }
}

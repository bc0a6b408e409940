//! Who is logged in, or where to log in.

use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    user_id: String,
}

#[component]
pub fn User() -> impl IntoView {
    let user = LocalResource::new(fetch_user);
    move || match user.get() {
        None => ().into_any(),
        Some(Ok(Some(account))) => view! { <p id="user">"Logged in as " {account.user_id}</p> }.into_any(),
        Some(Ok(None)) => view! { <p id="user"><a href=login_address()>"Log in"</a></p> }.into_any(),
        Some(Err(problem)) => view! { <p role="alert">{problem}</p> }.into_any(),
    }
}

/// `None` if nobody is logged in.
async fn fetch_user() -> Result<Option<Account>, String> {
    let failed = |error: JsValue| format!("the server cannot be reached: {error:?}");
    let response = JsFuture::from(window().fetch_with_str("/api/user")).await.map_err(failed)?;
    let response: Response = response.unchecked_into();
    match response.status() {
        200 => {}
        401 => return Ok(None),
        status => return Err(format!("the server answered {status}")),
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    serde_json::from_str(&text.as_string().unwrap_or_default()).map(Some).map_err(|error| error.to_string())
}

/// The login ends at this page again, with the query by which the page knows that it is in the sidebar.
fn login_address() -> String {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    format!("/api/login?to={}", js_sys::encode_uri_component(&here))
}

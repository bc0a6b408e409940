//! The crate's OAuth client against the hub over real HTTP.

mod common;

use std::time::Duration;

use common::tls::Authority;
use common::{Fixture, start};
use juzi_helper::oauth::{self, Callback, Client, Error, UserInfo};
use serde_json::json;

/// The client blocks, so it runs on a thread of its own.
async fn exchange(it: &Fixture, code: &str) -> Result<UserInfo, Error> {
    let client = Client::new(it.origin()).unwrap().without_proxy();
    let code = code.to_owned();
    let exchange = tokio::task::spawn_blocking(move || client.exchange(&code));
    exchange.await.unwrap()
}

/// Where the hub sends the browser back to.
async fn authorize(it: &Fixture, state: &str) -> String {
    let page = "https://page.example/callback?tab=1";
    let login = oauth::authorize_url(it.origin(), page, Some(state)).unwrap();
    let redirect = it.client.get(login).send().await.unwrap();
    let target = redirect.headers()["location"].to_str().unwrap();
    target.to_owned()
}

#[tokio::test]
async fn the_whole_login_ends_with_the_user_and_the_code_works_once() {
    let it = start().await;
    let state = oauth::new_state().unwrap();
    let back = authorize(&it, &state).await;
    let Callback {
        code, juzi_bot_id, ..
    } = oauth::parse_callback(&back, &state).unwrap();
    let user = exchange(&it, &code).await.unwrap();
    assert_eq!(Some(&user.bot_id), juzi_bot_id.as_ref());
    let account = &it.config().await["scenario"]["account"];
    let user = serde_json::to_value(user).unwrap();
    for (name, value) in user.as_object().unwrap() {
        assert_eq!(&account[name], value, "{name}");
    }

    let replayed = exchange(&it, &code).await.unwrap_err();
    assert_eq!(
        (replayed.errcode(), replayed.code()),
        (Some(-1), "invalid_code")
    );
    assert_eq!(
        replayed.to_string(),
        "invalid authorization code (errcode -1)"
    );
}

#[tokio::test]
async fn a_wrong_state_an_old_code_and_an_unreachable_hub_are_different_errors() {
    let it = start().await;
    let back = authorize(&it, "sentByMe").await;
    let forged = oauth::parse_callback(&back, "another").unwrap_err();
    assert_eq!(forged.code(), "state_mismatch");

    let code = it.code(&it.first_conversation().await).await;
    it.clock.advance(Duration::from_secs(300));
    let expired = exchange(&it, &code).await.unwrap_err();
    assert_eq!(
        (expired.errcode(), expired.code()),
        (Some(-2), "expired_code")
    );

    let base = it.origin().to_owned();
    it.server.shutdown().await;
    let gone = tokio::task::spawn_blocking(move || Client::new(&base)?.exchange(&code));
    assert_eq!(gone.await.unwrap().unwrap_err().code(), "hub_unreachable");
}

#[tokio::test]
async fn a_fault_of_the_hub_has_its_errcode_and_text() {
    let it = start().await;
    for (errcode, name) in [
        (-1, "invalid_code"),
        (-2, "expired_code"),
        (-4, "missing_code"),
        (-5, "unknown_error"),
    ] {
        it.put("/_workbench/faults", json!({ "getUserInfo": errcode }))
            .await;
        let error = exchange(&it, "f00d").await.unwrap_err();
        assert_eq!((error.errcode(), error.code()), (Some(errcode), name));
        let text = oauth::errmsg(errcode);
        assert_eq!(error.to_string(), format!("{text} (errcode {errcode})"));
        let listed = it.config().await["hubErrors"].clone();
        let listed = listed.as_array().unwrap();
        assert!(listed.contains(&json!([errcode, text])), "{listed:?}");
    }
}

/// Only who trusts the root of a private hub gets an answer from it.
#[tokio::test]
async fn a_hub_with_a_private_root_is_trusted_by_whoever_has_the_root() {
    let it = start().await;
    let authority = Authority::new();
    let hub = format!(
        "https://localhost:{}",
        authority.in_front_of(it.server.port())
    );
    let code = it.code(&it.first_conversation().await).await;
    let with = async |root: Option<String>| {
        let (hub, code) = (hub.clone(), code.clone());
        let exchange = tokio::task::spawn_blocking(move || {
            let client = Client::new(&hub)?;
            let client = match root {
                Some(root) => client.with_root_certificates(root.as_bytes())?,
                None => client,
            };
            client.without_proxy().exchange(&code)
        });
        exchange.await.unwrap()
    };
    let another = Authority::new().pem();
    for root in [None, Some(another.clone())] {
        let error = with(root).await.unwrap_err();
        assert_eq!(error.code(), "hub_unreachable", "{error}");
    }
    let own = format!("{another}{}", authority.pem());
    let user = with(Some(own)).await.unwrap();
    let account = &it.config().await["scenario"]["account"];
    assert_eq!(account["botId"], user.bot_id.as_str());
}

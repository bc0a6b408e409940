//! The demo page's own backend. It redeems the code that the page received, as a page's server should.
//!
//! It calls the hub over HTTP like any other server, so it could run on another machine.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use juzi_helper::oauth::{Client, Error, UserInfo};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub struct LoginRequest {
    code: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum LoginAnswer {
    LoggedIn {
        ok: bool,
        user: UserInfo,
    },
    Refused {
        ok: bool,
        errcode: Option<i64>,
        error: &'static str,
        message: String,
    },
}

pub async fn login(
    State(hub): State<Client>,
    Json(request): Json<LoginRequest>,
) -> impl IntoResponse {
    Json(match exchange(hub, request.code).await {
        Ok(user) => LoginAnswer::LoggedIn { ok: true, user },
        Err(error) => LoginAnswer::Refused {
            ok: false,
            errcode: error.errcode(),
            error: error.code(),
            message: error.to_string(),
        },
    })
}

/// Redeems the code on a thread that may block.
async fn exchange(hub: Client, code: String) -> Result<UserInfo, Error> {
    tokio::task::spawn_blocking(move || hub.exchange(&code))
        .await
        .unwrap_or_else(|error| Err(Error::HubUnreachable(error.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_unreachable_hub_is_a_named_error() {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let hub = Client::new(&format!("http://{}", nobody.local_addr().unwrap())).unwrap();
        drop(nobody);
        let error = exchange(hub, "code".to_owned()).await.unwrap_err();
        assert_eq!((error.errcode(), error.code()), (None, "hub_unreachable"));
    }
}

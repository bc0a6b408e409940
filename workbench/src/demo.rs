//! The demo page's own backend: it redeems the code that the page received, as a page's server should.
//!
//! It calls the hub over HTTP like any other server, so it could run on another machine.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};

use crate::codes::UserInfo;
use crate::state::Workbench;

const TIMEOUT: Duration = Duration::from_secs(10);

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
        errcode: Option<i32>,
        error: &'static str,
        message: String,
    },
}

pub async fn login(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<LoginRequest>,
) -> impl IntoResponse {
    Json(
        match redeem(
            &workbench.http,
            &workbench.addresses.hub_base,
            &request.code,
        )
        .await
        {
            Ok(user) => LoginAnswer::LoggedIn { ok: true, user },
            Err(error) => LoginAnswer::Refused {
                ok: false,
                errcode: error.errcode(),
                error: error.name(),
                message: error.to_string(),
            },
        },
    )
}

#[derive(Debug, thiserror::Error)]
enum ExchangeError {
    #[error("{errmsg} (errcode {errcode})")]
    Refused { errcode: i32, errmsg: String },
    #[error("no usable answer from the hub: {0}")]
    Unreachable(#[from] reqwest::Error),
}

impl ExchangeError {
    fn errcode(&self) -> Option<i32> {
        match self {
            ExchangeError::Refused { errcode, .. } => Some(*errcode),
            ExchangeError::Unreachable(_) => None,
        }
    }

    fn name(&self) -> &'static str {
        match self.errcode() {
            Some(-1) => "invalid_code",
            Some(-2) => "expired_code",
            Some(-4) => "missing_code",
            Some(_) => "unknown_error",
            None => "hub_unreachable",
        }
    }
}

#[derive(Deserialize)]
struct HubAnswer {
    errcode: i32,
    #[serde(default)]
    errmsg: String,
    data: Option<UserInfo>,
}

async fn redeem(
    http: &reqwest::Client,
    hub_base: &str,
    code: &str,
) -> Result<UserInfo, ExchangeError> {
    let request = http
        .get(format!("{hub_base}/api/v1/oauth/getUserInfo"))
        .query(&[("code", code)])
        .timeout(TIMEOUT);
    let answer: HubAnswer = request.send().await?.error_for_status()?.json().await?;
    match (answer.errcode, answer.data) {
        (0, Some(user)) => Ok(user),
        (0, None) => Err(ExchangeError::Refused {
            errcode: -5,
            errmsg: "the hub sent no user".to_owned(),
        }),
        (errcode, _) => Err(ExchangeError::Refused {
            errcode,
            errmsg: answer.errmsg,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hub_that_is_not_there_is_an_error_with_a_name() {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let hub_base = format!("http://{}", nobody.local_addr().unwrap());
        drop(nobody);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let error = redeem(&http, &hub_base, "code").await.unwrap_err();
        assert_eq!((error.errcode(), error.name()), (None, "hub_unreachable"));
    }
}

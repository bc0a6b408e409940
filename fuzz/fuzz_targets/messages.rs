//! Parameters of the page: any JSON, as the parameters of every call.
#![no_main]

use juzi_helper::internals::api::{self, Action, CATALOGUE};
use juzi_helper::internals::message::{check, check_all};
use juzi_helper::message::SendParams;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use url::Url;

fn resolve(url: &Value) -> Option<Value> {
    let base = Url::parse("https://page.example/dir/").ok()?;
    let url = base.join(url.as_str()?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.as_str().into())
}

fuzz_target!(|given: &[u8]| {
    let Ok(given) = serde_json::from_slice::<Value>(given) else {
        return;
    };
    match check(&given) {
        Ok(posted) => {
            // Checked params pass a second check without a change, and a server's types can represent them.
            assert_eq!(check(&posted), Ok(posted.clone()));
            let typed: SendParams =
                serde_json::from_value(posted.clone()).expect("the types take what was checked");
            assert_eq!(
                check(&serde_json::to_value(typed).expect("types are JSON")),
                Ok(posted)
            );
        }
        Err(fault) => assert!(!fault.reason().is_empty()),
    }
    if let Ok(posted) = check_all(&given) {
        assert_eq!(check_all(&posted), Ok(posted));
    }
    for row in CATALOGUE {
        let Action::Post { params, .. } = row.action else {
            continue;
        };
        match api::check_params(params, &given, resolve) {
            Ok(posted) => assert!(posted.is_object() || posted.is_array()),
            Err(fault) => assert!(!fault.reason().is_empty()),
        }
    }
    let _ = api::listen(&given);
    if let Ok(res) = api::check_js_api(&given) {
        assert!(res.is_object());
    }
});

//! Messages of the host: any JSON, as the answer to every call and as a push.
#![no_main]

use juzi_helper::internals::api::{self, Action, CATALOGUE};
use juzi_helper::internals::wire;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|message: &[u8]| {
    let Ok(message) = serde_json::from_slice::<Value>(message) else {
        return;
    };
    let Some(answer) = wire::parse(&message) else {
        return;
    };
    for row in CATALOGUE {
        let Action::Post { res, .. } = row.action else {
            continue;
        };
        let name = row.name;
        let outcome = res.outcome(name, &answer);
        let text = outcome.res["err_msg"].as_str().expect("a text");
        assert_eq!(outcome.ok, text == format!("{name}:ok"), "{text}");
        assert_eq!(outcome.res["errMsg"], text);
        assert_eq!(outcome.res["errCode"], if outcome.ok { 0 } else { -1 });
    }
    if let Some(outcome) = api::push(&answer) {
        assert!(outcome.ok && outcome.res["data"]["baseInfo"].is_object());
    }
});

//! For tests: whether the console has a text for each code that the server sends.

use serde_json::Value;

const TEXTS: &str = include_str!("../../www/console/server-strings.js");

/// Each language has a text for `{ code, params }`, and the text's placeholders are among the parameters.
#[track_caller]
pub fn assert_text(prefix: &str, told: &Value) {
    let key = format!("'{prefix}.{}':", told["code"].as_str().unwrap());
    let texts: Vec<&str> = TEXTS
        .split(&key)
        .skip(1)
        .map(|rest| rest.split("',\n").next().unwrap())
        .collect();
    assert_eq!(texts.len(), 2, "{key}");
    let params = told["params"].as_object().unwrap();
    for text in texts {
        let named = text.split('{').skip(1);
        for name in named.map(|it| it.split('}').next().unwrap()) {
            assert!(params.contains_key(name), "{name} in {text}");
        }
    }
}

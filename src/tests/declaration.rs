//! A declaration is the only definition of a message: the page, a server, the types and the schema agree on the type declared here. The
//! type has a number, which no message of Juzi has yet.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::generate::types;
use crate::message::check_by;
use crate::message::shapes::{LeftOut, messages};

messages! {
    /// A message.
    enum SendParams {
        /// A voice message.
        Voice { voice: Voice },
    }

    /// The body of a voice message.
    struct Voice {
        /// Its URL.
        url ("url"): Web Required,
        /// Its length (s).
        duration ("duration"): Whole Required,
        /// Its loudness (%).
        loudness ("loudness"): Whole Optional,
    }
}

/// Values of `duration`, each with the page's complaint, or `None` if the value is right.
fn values() -> Vec<(Value, Option<&'static str>)> {
    let mistyped = Some("voice.duration must be a whole number");
    vec![
        (json!(0), None),
        (json!(60), None),
        (json!(i32::MAX), None),
        (json!(i64::from(i32::MAX) + 1), mistyped),
        (json!(-1), mistyped),
        (json!(0.5), mistyped),
        (json!("60"), mistyped),
        (json!(""), Some("voice.duration is empty")),
        (json!(null), Some("voice.duration is empty")),
        (json!(true), mistyped),
        (json!([60]), mistyped),
        (json!({ "seconds": 60 }), mistyped),
    ]
}

fn voice(duration: &Value) -> Value {
    json!({ "msgtype": "voice", "voice": { "url": "https://a.example/hello.amr", "duration": duration } })
}

#[test]
fn the_page_and_a_server_agree_on_every_value() {
    for (duration, fault) in values() {
        let params = voice(&duration);
        let page = check_by(SHAPES, LIST, &params).map_err(|fault| fault.reason());
        assert_eq!(page.as_ref().err().map(String::as_str), fault, "{duration}");
        match SendParams::deserialize(&params) {
            Ok(message) if page.is_ok() => {
                assert_eq!(serde_json::to_value(message).unwrap(), params)
            }
            // Only `SendParams::parse` applies the maximum, because it checks the page's rules first.
            Ok(_) => assert!(duration.as_i64() > Some(i32::MAX.into()), "{duration}"),
            Err(_) => assert!(page.is_err(), "{duration}"),
        }
    }
}

#[test]
fn an_optional_number_may_be_missing_but_not_of_another_type() {
    let with = |loudness: Value| {
        let mut params = voice(&json!(1));
        params["voice"]["loudness"] = loudness;
        check_by(SHAPES, LIST, &params).map_err(|fault| fault.reason())
    };
    assert_eq!(with(json!(null)), Ok(voice(&json!(1))));
    assert!(with(json!(80)).is_ok());
    assert_eq!(
        with(json!("80")),
        Err("voice.loudness must be a whole number".to_owned())
    );
}

#[test]
fn the_types_of_the_package_have_the_number() {
    let text = types::messages(declared::BODIES, declared::TYPES);
    assert!(text.contains("\n  url: string;\n"), "{text}");
    assert!(text.contains("\n  duration: number;\n"), "{text}");
    assert!(
        text.contains("\n  loudness?: number | undefined;\n"),
        "{text}"
    );
    assert!(
        text.contains("      msgtype: 'voice';\n      /** Its body. */\n      voice: Voice;\n"),
        "{text}"
    );
}

#[test]
fn the_schema_accepts_what_the_page_accepts() {
    let schema = schemars::schema_for!(SendParams).to_value();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for (duration, fault) in values() {
        assert_eq!(
            validator.is_valid(&voice(&duration)),
            fault.is_none(),
            "{duration}"
        );
    }
}

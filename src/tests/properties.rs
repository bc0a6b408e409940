//! Properties that hold for any message, and for any value at all.

use crate::api::{self, Action, CATALOGUE};
use crate::message::{SendParams, check, check_all};
use crate::wire;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::calls::resolve;
use super::err_msg;
use super::options::read_all;

/// A member of a message: its name, whether it may be left out, and whether it must be a URL.
#[derive(Debug)]
struct Member {
    name: &'static str,
    optional: bool,
    web: bool,
}

const fn required(name: &'static str) -> Member {
    Member {
        name,
        optional: false,
        web: false,
    }
}

const fn optional(name: &'static str) -> Member {
    Member {
        name,
        optional: true,
        web: false,
    }
}

const MEDIUM: &[Member] = &[required("url"), optional("title")];

/// The union of the specification, written a second time: the rules are compared with it.
const TYPES: [(&str, &[Member]); 6] = [
    ("text", &[required("content")]),
    ("image", MEDIUM),
    ("video", MEDIUM),
    ("file", MEDIUM),
    (
        "news",
        &[
            required("link"),
            optional("title"),
            optional("desc"),
            optional("imgUrl"),
        ],
    ),
    (
        "miniprogram",
        &[
            required("appid"),
            required("title"),
            Member {
                name: "imgUrl",
                optional: false,
                web: true,
            },
            required("page"),
            required("desc"),
            required("iconUrl"),
            required("officialAccountId"),
        ],
    ),
];

/// Text of any kind: empty where that is allowed, any Unicode, sometimes long.
fn text(member: &Member) -> BoxedStrategy<Value> {
    let any_text = prop_oneof![8 => "(?s).{1,20}", 1 => any::<String>(), 1 => "(?s).{1,4}".prop_map(|unit| unit.repeat(10_000))];
    let may_be_empty = member.optional;
    let web = member.web;
    (any_text, "https?://")
        .prop_map(move |(text, scheme)| match (web, may_be_empty) {
            (true, _) => json!(scheme + &text),
            (false, false) if text.is_empty() => json!(" "),
            (false, _) => json!(text),
        })
        .boxed()
}

fn body(members: &'static [Member]) -> BoxedStrategy<Value> {
    members
        .iter()
        .map(|member| {
            let given = text(member).prop_map(Some);
            let value = if member.optional {
                prop_oneof![given, Just(None)].boxed()
            } else {
                given.boxed()
            };
            value.prop_map(|value| value.map(|value| (member.name.to_owned(), value)))
        })
        .collect::<Vec<_>>()
        .prop_map(|members| Value::Object(members.into_iter().flatten().collect()))
        .boxed()
}

/// A message that can be sent, with its type.
fn message() -> impl Strategy<Value = (&'static str, &'static [Member], Value)> {
    prop::sample::select(&TYPES[..]).prop_flat_map(|(name, members)| {
        body(members).prop_map(move |body| (name, members, json!({ "msgtype": name, name: body })))
    })
}

/// Every name in the rules.
fn names() -> Vec<&'static str> {
    let members = TYPES.iter().flat_map(|(_, members)| *members);
    let calls = CATALOGUE.iter().map(|row| row.name);
    let others = [
        "msgtype",
        "messages",
        "mediaid",
        "reqType",
        "listen",
        "userIds",
        "useridlist",
        "externalUserIds",
        "chatId",
        "urls",
        "current",
        "jsApiList",
        "type",
        "data",
        "api",
        "reqId",
        "err_msg",
        "externalUserId",
        "baseInfo",
        "id",
        "Id",
        "timeout",
        "allowedHosts",
        "force",
        "bridge",
        "debug",
        "userAgent",
        "wxwork",
        "true",
        "false",
    ];
    let types = TYPES.iter().map(|(name, _)| *name);
    let members = members.map(|member| member.name);
    types.chain(members).chain(calls).chain(others).collect()
}

/// Any JSON. Some of its members have names from the rules.
fn anything() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        prop::sample::select(names()).prop_map(str::to_owned),
        any::<String>(),
        "https?://[a-z.*:0-9]{0,12}"
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-2_i32..3).prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn not_text() -> impl Strategy<Value = Value> {
    anything().prop_filter("no text and not left out", |value| {
        !value.is_string() && !value.is_null()
    })
}

proptest! {
    #[test]
    fn every_message_of_the_union_passes_unchanged((_, _, message) in message()) {
        prop_assert_eq!(check(&message), Ok(message.clone()));
        let typed = SendParams::parse(&message).expect("typed");
        prop_assert_eq!(serde_json::to_value(typed).expect("written"), message);
    }

    #[test]
    fn members_outside_the_union_are_dropped(
        (name, members, message) in message(),
        outer in prop::collection::vec((any::<String>(), anything()), 1..4),
        inner in prop::collection::vec((any::<String>(), anything()), 1..4),
    ) {
        let mut given = message.clone();
        for (key, value) in outer.into_iter().filter(|(key, _)| key != "msgtype" && key != name) {
            given[key] = value;
        }
        for (key, value) in inner.into_iter().filter(|(key, _)| members.iter().all(|member| member.name != key)) {
            given[name][key] = value;
        }
        prop_assert_eq!(check(&given), Ok(message));
    }

    #[test]
    fn several_messages_pass_together(messages in prop::collection::vec(message(), 1..5)) {
        let list: Value = messages.into_iter().map(|(_, _, message)| message).collect();
        prop_assert_eq!(check_all(&list), Ok(list.clone()));
    }

    #[test]
    fn one_member_of_the_wrong_type_is_named(
        (name, members, mut message) in message(), at in any::<prop::sample::Index>(), wrong in not_text(),
    ) {
        let member = at.get(members);
        message[name][member.name] = wrong;
        let fault = check(&message).expect_err("refused");
        let expected = format!("sendChatMessage:fail {name}.{} must be a string", member.name);
        prop_assert_eq!(err_msg("sendChatMessage", &fault), expected);
    }

    #[test]
    fn one_missing_required_member_is_named(
        (name, members, mut message) in message(), at in any::<prop::sample::Index>(), how in 0..3,
    ) {
        let required: Vec<_> = members.iter().filter(|member| !member.optional).collect();
        let member = at.get(&required);
        match how {
            0 => { message[name].as_object_mut().expect("a body").remove(member.name); }
            1 => message[name][member.name] = json!(""),
            _ => message[name][member.name] = Value::Null,
        }
        let fault = check(&message).expect_err("refused");
        let expected = match name {
            "text" => "text content is empty".to_owned(),
            "miniprogram" => format!("sendChatMessage:fail miniprogram.{} is empty", member.name),
            _ => "url is empty".to_owned(),
        };
        prop_assert_eq!(err_msg("sendChatMessage", &fault), expected);
    }

    #[test]
    fn one_bad_message_among_good_ones_is_named_by_its_index(
        messages in prop::collection::vec(message(), 1..5), at in any::<prop::sample::Index>(),
    ) {
        let mut list: Vec<_> = messages.into_iter().map(|(_, _, message)| message).collect();
        let place = at.index(list.len());
        let name = list[place]["msgtype"].as_str().expect("a type").to_owned();
        list[place][&name] = Value::Null;
        let fault = check_all(&json!({ "messages": list })).expect_err("refused");
        prop_assert_eq!(fault.reason(), format!("messages[{place}]: {name} is required"));
    }

    #[test]
    fn whatever_passes_the_check_passes_it_again_unchanged(given in anything()) {
        if let Ok(posted) = check(&given) {
            prop_assert_eq!(check(&posted), Ok(posted.clone()));
            prop_assert!(SendParams::parse(&given).is_ok());
        }
        if let Ok(posted) = check_all(&given) {
            prop_assert_eq!(check_all(&posted), Ok(posted.clone()));
        }
    }

    #[test]
    fn parameters_of_any_form_are_accepted_or_refused(given in anything()) {
        for row in CATALOGUE {
            if let Action::Post { params, .. } = row.action
                && let Err(fault) = api::check_params(params, &given, resolve)
            {
                prop_assert!(!fault.reason().is_empty());
            }
        }
        let _ = api::listen(&given);
        let _ = api::check_js_api(&given);
    }

    #[test]
    fn an_answer_of_any_form_becomes_a_res(data in anything(), err_msg in anything(), at in any::<prop::sample::Index>()) {
        let row = at.get(CATALOGUE);
        let Action::Post { wire, res, .. } = row.action else { return Ok(()) };
        let message = json!({ "api": wire, "reqId": "1", "data": data, "err_msg": err_msg });
        let answer = wire::parse(&message).expect("has a name");
        let outcome = res.outcome(row.name, &answer);
        let text = outcome.res["err_msg"].as_str().expect("a text");
        prop_assert_eq!(outcome.ok, text.ends_with(":ok"));
        prop_assert_eq!(&outcome.res["errMsg"], &outcome.res["err_msg"]);
        prop_assert_eq!(&outcome.res["errCode"], &json!(if outcome.ok { 0 } else { -1 }));
    }

    #[test]
    fn a_message_of_any_form_is_read_or_ignored(message in anything()) {
        if let Some(answer) = wire::parse(&message) {
            prop_assert_eq!(Some(answer.api.as_str()), message["api"].as_str());
            let _ = api::push(&answer);
        }
    }

    #[test]
    fn options_of_any_form_leave_usable_options(given in anything(), origin in any::<String>()) {
        let (options, faults) = read_all(&given);
        prop_assert!(options.timeout.is_none_or(|timeout| (1..=2_147_483_647).contains(&timeout)));
        prop_assert!(faults.iter().all(|fault| !fault.is_empty()));
        let _ = options.allows(&origin);
    }
}

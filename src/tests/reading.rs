//! Parameters are read as untrusted: each member is read at most once, an exception of a getter becomes the call's failure, and nothing of
//! the caller's is written to.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::reads::Reads;
use crate::api::{self, Action, Api, CATALOGUE, Params};
use crate::message::{check, check_all};
use crate::options::Options;
use serde_json::{Value as Json, json};

use super::double::{Behaviour, Double};
use super::options::read_all;

/// Resolves every URL to itself.
fn anywhere(url: &Double) -> Option<Double> {
    Some(url.json().clone().into())
}

fn throwing(path: &str) -> Behaviour {
    Behaviour {
        throws: BTreeMap::from([(path.to_owned(), format!("no {path} today"))]),
        ..Behaviour::default()
    }
}

fn news() -> Json {
    json!({ "msgtype": "news", "news": { "link": "l", "title": "t", "desc": "d", "imgUrl": "i" } })
}

fn miniprogram() -> Json {
    json!({ "msgtype": "miniprogram", "miniprogram": {
        "appid": "a", "title": "t", "imgUrl": "https://x", "page": "p", "desc": "d", "iconUrl": "i", "officialAccountId": "o",
    } })
}

fn chat() -> Json {
    json!({ "userIds": "a", "externalUserIds": "b", "chatId": "c" })
}

fn images() -> Json {
    json!({ "urls": ["u", "v"], "current": "v" })
}

#[test]
fn every_member_is_read_once_and_no_other_is_read() {
    for (given, paths) in [
        (
            news(),
            vec![
                "msgtype",
                "news",
                "news.link",
                "news.title",
                "news.desc",
                "news.imgUrl",
            ],
        ),
        (
            miniprogram(),
            vec![
                "msgtype",
                "miniprogram",
                "miniprogram.appid",
                "miniprogram.title",
                "miniprogram.imgUrl",
                "miniprogram.page",
                "miniprogram.desc",
                "miniprogram.iconUrl",
                "miniprogram.officialAccountId",
            ],
        ),
    ] {
        let (value, behaviour) = Double::of(given.clone(), Behaviour::default());
        assert_eq!(check(&value).map(|posted| posted.json().clone()), Ok(given));
        let expected: BTreeMap<_, _> = paths.into_iter().map(|path| (path.to_owned(), 1)).collect();
        assert_eq!(behaviour.reads(), expected);
    }
}

#[test]
fn the_members_of_other_calls_are_read_at_most_once_too() {
    for (rule, given) in [
        (Params::Chat, chat()),
        (Params::Images, images()),
        (Params::Messages, json!({ "messages": [news()] })),
    ] {
        let (value, behaviour) = Double::of(given, Behaviour::default());
        api::check_params(rule, &value, anywhere).unwrap();
        let reads = behaviour.reads();
        assert!(
            !reads.is_empty() && reads.values().all(|count| *count == 1),
            "{reads:?}"
        );
    }
}

#[test]
fn the_checked_values_are_posted_even_if_the_object_changes_between_reads() {
    let behaviour = Behaviour {
        changes: [
            "msgtype",
            "miniprogram",
            "miniprogram.imgUrl",
            "miniprogram.appid",
        ]
        .map(|path| (path.to_owned(), json!("changed")))
        .into(),
        ..Behaviour::default()
    };
    let (value, _) = Double::of(miniprogram(), behaviour);
    assert_eq!(
        check(&value).map(|posted| posted.json().clone()),
        Ok(miniprogram())
    );
}

#[test]
fn an_exception_of_any_getter_is_the_fault() {
    for (given, paths) in [
        (
            news(),
            vec![
                "msgtype",
                "news",
                "news.link",
                "news.title",
                "news.desc",
                "news.imgUrl",
            ],
        ),
        (
            miniprogram(),
            vec!["miniprogram.appid", "miniprogram.officialAccountId"],
        ),
    ] {
        for path in paths {
            let (value, _) = Double::of(given.clone(), throwing(path));
            let fault = check(&value).map(|_| ()).unwrap_err();
            assert_eq!(fault.reason(), format!("no {path} today"));
        }
    }
    for path in ["messages", "messages.length", "messages[1]"] {
        let (value, _) = Double::of(json!({ "messages": [news(), news()] }), throwing(path));
        let fault = check_all(&value).map(|_| ()).unwrap_err();
        assert_eq!(fault.reason(), format!("no {path} today"));
    }
    let (value, _) = Double::of(json!([news(), news()]), throwing("[1].news.desc"));
    let fault = check_all(&value).map(|_| ()).unwrap_err();
    assert_eq!(fault.reason(), "messages[1]: no [1].news.desc today");
}

#[test]
fn the_getters_of_other_calls_may_throw_too() {
    for (rule, given, paths) in [
        (
            Params::Chat,
            chat(),
            vec!["userIds", "externalUserIds", "chatId"],
        ),
        (
            Params::Images,
            images(),
            vec!["urls", "urls.length", "urls[0]", "urls[1]", "current"],
        ),
    ] {
        for path in paths {
            let (value, _) = Double::of(given.clone(), throwing(path));
            let fault = api::check_params(rule, &value, anywhere)
                .map(|_| ())
                .unwrap_err();
            assert_eq!(fault.reason(), format!("no {path} today"));
        }
    }
    let (value, _) = Double::of(json!({}), throwing("reqType"));
    let fault = api::listen(&value).unwrap_err();
    assert_eq!(fault.reason(), "no reqType today");
    for path in ["jsApiList", "jsApiList.length", "jsApiList[0]"] {
        let (value, _) = Double::of(json!({ "jsApiList": ["on"] }), throwing(path));
        let fault = api::check_js_api(&value).map(|_| ()).unwrap_err();
        assert_eq!(fault.reason(), format!("no {path} today"));
    }
}

#[test]
fn a_list_that_claims_more_than_it_has_ends_at_its_first_hole() {
    let behaviour = Behaviour {
        lengths: [("".to_owned(), 100)].into(),
        ..Behaviour::default()
    };
    let (value, _) = Double::of(json!([news()]), behaviour);
    let fault = check_all(&value).map(|_| ()).unwrap_err();
    assert!(
        fault
            .reason()
            .starts_with("messages[1]: msgtype must be one of "),
        "{fault}"
    );
}

#[test]
fn a_list_that_claims_to_be_endless_is_refused_unread() {
    let behaviour = Behaviour {
        lengths: [("".to_owned(), u32::MAX)].into(),
        ..Behaviour::default()
    };
    let (value, _) = Double::of(json!([]), behaviour);
    let fault = check_all(&value).map(|_| ()).unwrap_err();
    assert_eq!(
        fault.reason(),
        "messages must be an array of at most 100 messages"
    );
}

#[test]
fn an_option_whose_getter_throws_keeps_its_default() {
    for name in ["timeout", "force", "bridge", "debug", "userAgent"] {
        let (value, _) = Double::of(json!({}), throwing(name));
        let (options, faults) = read_all(&value);
        assert_eq!(options, Options::default());
        assert_eq!(faults, [format!("no {name} today")]);
    }
    let (value, _) = Double::of(
        json!({ "allowedHosts": ["https://a.example", "https://b.example"] }),
        throwing("allowedHosts[0]"),
    );
    let (options, faults) = read_all(&value);
    assert_eq!(faults, ["no allowedHosts[0] today"]);
    assert!(options.allows("https://b.example") && !options.allows("https://a.example"));
}

#[test]
fn allowed_hosts_whose_getter_throws_allow_no_host() {
    let (value, _) = Double::of(json!({}), throwing("allowedHosts"));
    let (options, faults) = read_all(&value);
    assert_eq!(faults[0], "no allowedHosts today");
    assert!(!options.allows("https://a.example"));
}

// ---- The parts that are copied when a call waits for the module ----

/// The paths of a description, with `[0]` for any item.
fn paths(read: &Reads, at: &str, known: &mut BTreeSet<String>) {
    let dotted = |name: &str| [at, name].join(if at.is_empty() { "" } else { "." });
    for (name, inner) in &read.members {
        known.insert(dotted(name));
        // The entry `msgtype` describes the member that `msgtype` names.
        let deeper = if *name == "msgtype" {
            at.to_owned()
        } else {
            dotted(name)
        };
        paths(inner, &deeper, known);
    }
    if let Some((_, item)) = &read.items {
        let items = format!("{at}[0]");
        known.insert(items.clone());
        paths(item, &items, known);
    }
}

/// The value, and its variants with one member missing, empty or of another type.
fn variants(given: &Json) -> Vec<Json> {
    let mut all = vec![given.clone()];
    let members: Vec<String> = match given {
        Json::Object(members) => members.keys().cloned().collect(),
        Json::Array(_) => vec!["0".into()],
        _ => return vec![given.clone(), json!(null), json!(""), json!(1)],
    };
    for name in members {
        let at = |value: &Json| match name.parse::<usize>() {
            Ok(index) if value.is_array() => value[index].clone(),
            _ => value[&name].clone(),
        };
        for changed in variants(&at(given))
            .into_iter()
            .chain([json!({}), json!([])])
        {
            let mut variant = given.clone();
            match &mut variant {
                Json::Array(items) => items[0] = changed,
                other => other[&name] = changed,
            }
            all.push(variant);
        }
    }
    all
}

/// Reads a value by a row of the catalogue, and returns the paths of what was read.
fn read_by(action: &Action, given: &Json) -> BTreeSet<String> {
    let (double, behaviour) = Double::of(given.clone(), Behaviour::default());
    let _ = match action {
        Action::Check => api::check_js_api(&double),
        Action::Listen => api::listen(&double).map(|()| double),
        Action::Post { params, .. } => {
            let posted = api::check_params(*params, &double, anywhere);
            if let Ok(plain) = &posted {
                api::caution(*params, &double, plain);
            }
            posted
        }
        _ => return BTreeSet::new(),
    };
    let one = |path: String| {
        path.replace("[1]", "[0]")
            .replace(".length", "")
            .replace("length", "")
    };
    behaviour
        .reads()
        .into_keys()
        .map(one)
        .filter(|path| !path.is_empty())
        .collect()
}

#[test]
fn the_copied_parts_of_a_waiting_call_are_those_that_its_check_may_read() {
    let bodies = [
        json!({ "msgtype": "text", "text": { "content": "a" } }),
        news(),
        miniprogram(),
    ];
    let media = ["image", "video", "file"]
        .map(|name| json!({ "msgtype": name, name: { "url": "u", "title": "t", "mediaid": "m" } }));
    let mut samples: Vec<Json> = bodies.into_iter().chain(media).collect();
    samples.extend(samples.clone().into_iter().flat_map(|message| {
        let list = json!([message, message]);
        [json!({ "messages": list }), list]
    }));
    samples.extend([
        chat(),
        images(),
        json!({ "useridlist": "a", "userIds": "", "chatId": "c" }),
    ]);
    samples.extend([
        json!({ "jsApiList": ["on", "off"] }),
        json!({ "reqType": "listen" }),
    ]);
    for Api { name, action, .. } in CATALOGUE {
        let mut taken = BTreeSet::new();
        paths(&Reads::by(action), "", &mut taken);
        let mut read = BTreeSet::new();
        for sample in samples.iter().flat_map(variants) {
            read.extend(read_by(action, &sample));
        }
        assert_eq!(taken, read, "{name}");
    }
}

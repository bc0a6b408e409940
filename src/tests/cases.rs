//! `tests/vectors/calls.json`: a case for each call. Tests here and in a page check the call's row in the catalogue against it.

use std::collections::BTreeSet;

use crate::api::{self, Action, Api, CATALOGUE, Params, Res};
use crate::value::Kind;
use crate::wire;
use serde_json::{Value, json};

use super::calls::resolve;

/// All cases.
pub fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("../../tests/vectors/calls.json")).expect("the table is JSON")
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().expect(name)
}

/// The fields of a posted row.
fn posted(row: &Api) -> Option<(&'static str, u32, Params, Res)> {
    match row.action {
        Action::Post {
            wire,
            timeout,
            params,
            res,
        } => Some((wire, timeout, params, res)),
        _ => None,
    }
}

fn posts_as_the_case_says(params: Params, case: &Value) -> bool {
    api::check_params(params, &case["given"], resolve).is_ok_and(|posted| posted == case["posted"])
}

/// Whether the answer of the case becomes its `res`, and a failed call has the members that the case names.
fn ends_as_the_case_says(res: Res, case: &Value) -> bool {
    let (call, wire) = (text(case, "call"), text(case, "wire"));
    let outcome = |answer: &Value| {
        let message = json!({ "reqId": "1", "api": wire, "data": answer });
        res.outcome(call, &wire::parse(&message).expect("the protocol's"))
    };
    let ended = outcome(&case["answer"]);
    let mut expected = case["res"].clone();
    expected["err_msg"] = json!(format!("{call}:ok"));
    expected["errMsg"] = expected["err_msg"].clone();
    expected["errCode"] = json!(0);
    let failed: BTreeSet<_> = members(&outcome(&json!({ "err_msg": "no" })).res).collect();
    let of_all = ["err_msg", "errMsg", "errCode"].map(str::to_owned);
    let named = case["undefinedOnFailure"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let named = named
        .iter()
        .map(|name| name.as_str().expect("a name").to_owned());
    ended.ok && ended.res == expected && failed == of_all.into_iter().chain(named).collect()
}

fn members(object: &Value) -> impl Iterator<Item = String> {
    object.as_object().expect("an object").keys().cloned()
}

#[test]
fn every_row_has_a_case_and_every_case_a_row() {
    let rows: Vec<_> = CATALOGUE.iter().map(|row| row.name.to_owned()).collect();
    let cases: Vec<_> = cases()
        .iter()
        .map(|case| text(case, "call").to_owned())
        .collect();
    assert_eq!(
        rows, cases,
        "tests/vectors/calls.json has the calls in the order of the catalogue"
    );
    let different: BTreeSet<_> = rows.iter().collect();
    assert_eq!(different.len(), rows.len(), "each once");
}

#[test]
fn every_row_does_what_its_case_says() {
    for (row, case) in CATALOGUE.iter().zip(cases()) {
        let name = row.name;
        let Some((wire, timeout, params, res)) = posted(row) else {
            assert_eq!(format!("{:?}", row.action), text(&case, "action"), "{name}");
            continue;
        };
        assert_eq!(wire, text(&case, "wire"), "{name}");
        assert_eq!(json!(timeout), case["timeout"], "{name}");
        assert!(posts_as_the_case_says(params, &case), "{name}");
        assert!(ends_as_the_case_says(res, &case), "{name}");
    }
}

/// A row with another row's parameters or result fails its case.
#[test]
fn a_case_distinguishes_its_row_from_every_other() {
    for (row, case) in CATALOGUE.iter().zip(cases()) {
        let Some((_, _, params, res)) = posted(row) else {
            continue;
        };
        for (_, _, other, other_res) in CATALOGUE.iter().filter_map(posted) {
            let name = row.name;
            assert_eq!(
                posts_as_the_case_says(other, &case),
                other == params,
                "{name}: {other:?}"
            );
            assert_eq!(
                ends_as_the_case_says(other_res, &case),
                other_res == res,
                "{name}: {other_res:?}"
            );
        }
    }
}

/// An object of the host's that is not copied would reach the page with its `__proto__`.
#[test]
fn no_row_passes_an_object_on_uncopied() {
    for (_, _, _, res) in CATALOGUE.iter().filter_map(posted) {
        if let Res::Members(members) = res {
            assert!(members.iter().all(|(_, _, kind)| *kind != Kind::Object));
        }
    }
}

/// A row can declare a result of a new form: a list, a number, several members.
#[test]
fn a_row_declares_the_members_of_its_answer() {
    const TAGS: Res = Res::Members(&[
        ("tags", "tags", Kind::List),
        ("total", "count", Kind::Number),
    ]);
    let ended = |data: Value| {
        let message = json!({ "reqId": "1", "api": "getTags", "data": data });
        TAGS.outcome("getTags", &wire::parse(&message).expect("the protocol's"))
    };
    let good = ended(json!({ "tags": ["vip"], "total": 1, "more": 1 }));
    assert_eq!(
        good.res,
        json!({ "tags": ["vip"], "count": 1, "err_msg": "getTags:ok", "errMsg": "getTags:ok", "errCode": 0 })
    );
    for data in [
        json!({ "tags": "vip", "total": 1 }),
        json!({ "tags": [] }),
        json!(null),
    ] {
        let bad = ended(data);
        assert!(!bad.ok);
        assert_eq!(
            bad.res,
            json!({ "tags": null, "count": null, "err_msg": "getTags:fail", "errMsg": "getTags:fail", "errCode": -1 })
        );
    }
}

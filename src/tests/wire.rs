//! The envelopes: what goes to the host, and which messages are its.

use crate::wire::{Answer, REQUEST, parse, request};
use serde_json::{Value, json};

use super::one_of_each_type;

/// The failure that the host's answer reports; `None` for a success.
#[track_caller]
fn failure(message: Value) -> Option<Value> {
    parse(&message).expect("a message of the protocol").failure
}

#[test]
fn a_request_is_the_envelope_that_the_host_reads() {
    let params = json!({ "msgtype": "text", "text": { "content": "hello" } });
    assert_eq!(
        request("sendChatMessage", json!("juzi-1-1"), params.clone()),
        json!({
            "type": "sidebarHelper",
            "data": { "api": "sendChatMessage", "reqId": "juzi-1-1", "params": params },
        })
    );
    assert_eq!(REQUEST, "api reqId params");
}

#[test]
fn an_answer_is_read_from_the_top_level() {
    let message =
        json!({ "reqId": "7", "api": "getCurExternalChat", "data": { "chatId": "c" }, "more": 1 });
    let expected = Answer {
        api: "getCurExternalChat".into(),
        req_id: json!("7"),
        data: json!({ "chatId": "c" }),
        failure: None,
    };
    assert_eq!(parse(&message), Some(expected));
}

#[test]
fn a_push_has_no_req_id() {
    let push = json!({ "api": "updateBaseInfo", "data": { "baseInfo": { "code": "1" } } });
    assert_eq!(parse(&push).map(|push| push.req_id), Some(Value::Null));
}

#[test]
fn a_failure_is_in_data_or_at_the_top_level() {
    let text = json!("sendChatMessage:fail no permission");
    assert_eq!(
        failure(json!({ "api": "a", "reqId": "1", "data": { "err_msg": text } })),
        Some(text.clone())
    );
    assert_eq!(
        failure(json!({ "api": "a", "reqId": "1", "err_msg": text })),
        Some(text.clone())
    );
    assert_eq!(
        failure(json!({ "api": "a", "data": { "err_msg": text }, "err_msg": "a:ok" })),
        Some(text)
    );
}

#[test]
fn an_empty_err_msg_in_data_defers_to_the_top_level() {
    for blank in [json!(""), json!(null)] {
        let message = json!({ "api": "a", "data": { "err_msg": blank }, "err_msg": "a:fail" });
        assert_eq!(failure(message), Some(json!("a:fail")));
    }
}

#[test]
fn an_err_msg_that_ends_in_ok_is_a_success() {
    for ok in ["sendChatMessage:ok", ":ok", "anything at all:ok"] {
        assert_eq!(
            failure(json!({ "api": "a", "data": { "err_msg": ok } })),
            None
        );
        assert_eq!(failure(json!({ "api": "a", "err_msg": ok })), None);
    }
    for not_ok in ["ok", "a:ok ", "a:OK", "a:okay", "a:fail", "a:cancel"] {
        assert_eq!(
            failure(json!({ "api": "a", "err_msg": not_ok })),
            Some(json!(not_ok))
        );
    }
}

#[test]
fn an_err_msg_of_another_type_is_a_failure() {
    for wrong in [json!(0), json!(false), json!([]), json!({})] {
        assert_eq!(
            failure(json!({ "api": "a", "err_msg": wrong })),
            Some(wrong.clone())
        );
        assert_eq!(
            failure(json!({ "api": "a", "data": { "err_msg": wrong } })),
            Some(wrong)
        );
    }
}

#[test]
fn only_an_object_with_a_name_follows_the_protocol() {
    for message in one_of_each_type() {
        assert_eq!(parse(&message), None, "{message}");
    }
    for api in one_of_each_type() {
        let is_name = api.as_str().is_some_and(|text| !text.is_empty());
        let message = json!({ "api": api, "reqId": "1", "data": {} });
        assert_eq!(parse(&message).is_some(), is_name, "{message}");
    }
}

#[test]
fn data_and_req_id_may_be_of_any_type() {
    for value in one_of_each_type() {
        let answer = parse(&json!({ "api": "a", "reqId": value, "data": value })).unwrap();
        assert_eq!(
            (answer.data, answer.req_id, answer.failure),
            (value.clone(), value, None)
        );
    }
}

#[test]
fn our_own_request_is_no_answer() {
    assert_eq!(
        parse(&request("sendChatMessage", json!("1"), json!({}))),
        None
    );
}

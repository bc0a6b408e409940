//! How the host's answers become `res`, and what every `res` carries.

use crate::api::{self, Action, CATALOGUE, Outcome, Res};
use crate::error::Fault;
use crate::wire;
use serde_json::{Value, json};

use super::one_of_each_type;

/// The outcome of a call that was made by this name and answered by this message.
#[track_caller]
fn outcome(called: &str, message: &Value) -> Outcome<Value> {
    let Some(Action::Post { res, .. }) = api::find(called) else {
        panic!("{called} is not posted");
    };
    res.outcome(called, &wire::parse(message).expect("the protocol's"))
}

/// The message with which the host answers a call.
fn message(called: &str, data: Value) -> Value {
    let Some(Action::Post { wire, .. }) = api::find(called) else {
        panic!("{called} is not posted");
    };
    json!({ "reqId": "1", "api": wire, "data": data })
}

/// Expects a success. `res` is given without the members that every `res` has.
#[track_caller]
fn succeeds(called: &str, data: Value, expected: Value) {
    let Outcome { ok, mut res } = outcome(called, &message(called, data));
    assert!(ok, "{res}");
    assert_eq!(res["err_msg"], json!(format!("{called}:ok")));
    carries_the_three(&res, true);
    strip(&mut res);
    assert_eq!(res, expected);
}

#[track_caller]
fn fails(called: &str, data: Value, expected: &str) {
    let Outcome { ok, res } = outcome(called, &message(called, data.clone()));
    assert!(!ok, "{data} became {res}");
    assert_eq!(res["err_msg"], json!(expected), "{data}");
    carries_the_three(&res, false);
}

#[track_caller]
fn carries_the_three(res: &Value, ok: bool) {
    assert_eq!(res["err_msg"], res["errMsg"], "{res}");
    assert_eq!(res["errCode"], json!(if ok { 0 } else { -1 }), "{res}");
}

fn strip(res: &mut Value) {
    for name in ["err_msg", "errMsg", "errCode"] {
        res.as_object_mut().expect("an object").remove(name);
    }
}

// ---- Each call's answer ----

#[test]
fn the_contact_s_id_is_renamed_for_pages() {
    succeeds(
        "getCurExternalContact",
        json!({ "externalUserId": "wm1", "more": 1 }),
        json!({ "userId": "wm1" }),
    );
}

#[test]
fn the_group_s_id_is_passed_on() {
    succeeds(
        "getCurExternalChat",
        json!({ "chatId": "wr1" }),
        json!({ "chatId": "wr1" }),
    );
}

#[test]
fn an_answer_without_its_id_is_a_failure() {
    for (called, theirs) in [
        ("getCurExternalContact", "externalUserId"),
        ("getCurExternalChat", "chatId"),
    ] {
        for data in one_of_each_type() {
            fails(called, data, &format!("{called}:fail"));
        }
        for id in one_of_each_type()
            .into_iter()
            .filter(|id| *id != json!("text"))
        {
            fails(called, json!({ theirs: id }), &format!("{called}:fail"));
        }
    }
}

#[test]
fn a_failed_call_for_an_id_has_the_id_undefined() {
    let res = outcome(
        "getCurExternalContact",
        &message("getCurExternalContact", json!(null)),
    )
    .res;
    assert_eq!(
        res,
        json!({ "userId": null, "err_msg": "getCurExternalContact:fail", "errMsg": "getCurExternalContact:fail", "errCode": -1 })
    );
    let res = outcome(
        "getCurExternalChat",
        &message("getCurExternalChat", json!({ "err_msg": "not a group" })),
    )
    .res;
    assert_eq!(
        res,
        json!({ "chatId": null, "err_msg": "not a group", "errMsg": "not a group", "errCode": -1 })
    );
    assert_eq!(Res::Chat.of_failure::<Value>(), json!({}));
}

#[test]
fn the_chat_s_id_has_both_spellings_and_other_members_are_passed_on() {
    let chat = json!({ "name": "Li", "type": 0, "external": true, "wxUserId": "u", "botId": "b", "wxid": "w", "more": [1] });
    let mut expected = chat.clone();
    expected["id"] = json!("c1");
    expected["Id"] = json!("c1");
    for spelling in ["id", "Id"] {
        let mut data = chat.clone();
        data[spelling] = json!("c1");
        succeeds("getCurChatInfo", data, expected.clone());
    }
}

#[test]
fn a_chat_s_own_err_msg_and_codes_are_replaced() {
    succeeds(
        "getCurChatInfo",
        json!({ "id": "1", "err_msg": "x:ok", "errMsg": "y", "errCode": 9 }),
        json!({ "id": "1", "Id": "1" }),
    );
}

#[test]
fn an_answer_that_is_no_chat_is_a_failure() {
    for data in one_of_each_type()
        .into_iter()
        .filter(|data| *data != json!({ "id": "1" }))
    {
        fails("getCurChatInfo", data, "getCurChatInfo:fail");
    }
    fails(
        "getCurChatInfo",
        json!({ "id": null, "Id": null, "name": "Li" }),
        "getCurChatInfo:fail",
    );
}

#[test]
fn get_context_tells_single_chats_from_groups() {
    for single in [json!(0), json!("0"), json!(0.0)] {
        succeeds(
            "getContext",
            json!({ "id": "1", "type": single }),
            json!({ "entry": "single_chat_tools" }),
        );
    }
    for group in [json!(1), json!("1")] {
        succeeds(
            "getContext",
            json!({ "id": "1", "type": group }),
            json!({ "entry": "group_chat_tools" }),
        );
    }
}

#[test]
fn get_context_of_a_chat_without_a_type_fails() {
    for data in one_of_each_type() {
        fails("getContext", data, "getContext:fail");
    }
    for kind in [
        json!(2),
        json!(-1),
        json!(0.5),
        json!("group"),
        json!(true),
        json!([]),
        json!({}),
        json!(null),
    ] {
        fails("getContext", json!({ "type": kind }), "getContext:fail");
    }
}

#[test]
fn sidebar_auth_passes_on_all_of_base_info() {
    let info = json!({ "code": "c", "juziChatId": "1", "juziChatWxid": "w", "more": { "x": 1 } });
    succeeds(
        "sidebarAuth",
        json!({ "baseInfo": info, "other": 1 }),
        json!({ "data": { "baseInfo": info } }),
    );
}

#[test]
fn sidebar_auth_without_base_info_fails() {
    for data in one_of_each_type() {
        fails("sidebarAuth", data, "sidebarAuth:fail");
    }
    for info in one_of_each_type()
        .into_iter()
        .filter(|info| !info.is_object())
    {
        fails(
            "sidebarAuth",
            json!({ "baseInfo": info }),
            "sidebarAuth:fail",
        );
    }
}

#[test]
fn sending_and_previewing_need_no_data_in_their_answer() {
    for called in ["sendChatMessage", "sendMultiChatMessage", "previewImage"] {
        for data in one_of_each_type() {
            succeeds(called, data, json!({}));
        }
    }
}

#[test]
fn opening_a_chat_passes_on_what_the_host_returns() {
    succeeds(
        "openEnterpriseChat",
        json!({ "chatId": "c", "more": 1 }),
        json!({ "chatId": "c", "more": 1 }),
    );
    succeeds("openEnterpriseChat", json!(null), json!({}));
    let others = |data: &Value| !data.is_object() && !data.is_null();
    for data in one_of_each_type().into_iter().filter(others) {
        fails("openEnterpriseChat", data, "openEnterpriseChat:fail");
    }
}

#[test]
fn a_member_that_would_change_a_prototype_is_not_handed_on() {
    let hostile = json!({ "__proto__": { "admin": true }, "id": "c" });
    succeeds("openEnterpriseChat", hostile.clone(), json!({ "id": "c" }));
    succeeds(
        "getCurChatInfo",
        hostile.clone(),
        json!({ "id": "c", "Id": "c" }),
    );
    succeeds(
        "sidebarAuth",
        json!({ "baseInfo": hostile }),
        json!({ "data": { "baseInfo": { "id": "c" } } }),
    );
}

// ---- Failures ----

fn posted_calls() -> impl Iterator<Item = &'static str> {
    let posted = CATALOGUE
        .iter()
        .filter(|row| matches!(row.action, Action::Post { .. }));
    posted.map(|row| row.name)
}

#[test]
fn the_host_s_err_msg_is_passed_on_unchanged() {
    for called in posted_calls().filter(|called| *called != "getContext") {
        for text in [
            format!("{called}:fail no permission"),
            "anything".into(),
            ":fail".into(),
            "取消".into(),
        ] {
            fails(called, json!({ "err_msg": text }), &text);
            let mut top = message(called, json!({ "id": "1" }));
            top["err_msg"] = json!(text);
            let Outcome { ok, res } = outcome(called, &top);
            assert!(!ok);
            assert_eq!(res["err_msg"], json!(text));
            carries_the_three(&res, false);
        }
    }
}

#[test]
fn an_err_msg_that_is_no_string_is_a_failure_without_a_reason() {
    for called in posted_calls() {
        for wrong in [json!(0), json!(true), json!([]), json!({})] {
            fails(
                called,
                json!({ "id": "1", "type": 0, "err_msg": wrong }),
                &format!("{called}:fail"),
            );
        }
    }
}

#[test]
fn a_failure_under_another_name_is_reported_under_the_caller_s() {
    fails(
        "getContext",
        json!({ "err_msg": "getCurChatInfo:fail no permission" }),
        "getContext:fail no permission",
    );
    fails(
        "getContext",
        json!({ "err_msg": "getCurChatInfo:fail" }),
        "getContext:fail",
    );
    fails(
        "getContext",
        json!({ "err_msg": "no permission" }),
        "getContext:fail no permission",
    );
}

#[test]
fn an_sdk_s_wire_name_is_answered_under_the_sdk_s_and_the_page_s_name() {
    let Outcome { ok, res } = outcome("imagePreview", &message("previewImage", json!({})));
    assert!(ok);
    assert_eq!(
        res,
        json!({ "err_msg": "imagePreview:ok", "errMsg": "previewImage:ok", "errCode": 0 })
    );
    let res = outcome(
        "imagePreview",
        &message(
            "previewImage",
            json!({ "err_msg": "previewImage:fail no network" }),
        ),
    )
    .res;
    assert_eq!(res["err_msg"], json!("imagePreview:fail no network"));
    assert_eq!(res["errMsg"], json!("previewImage:fail no network"));
    let outcome = api::succeed("preVerifyJSAPI", json!({}));
    assert_eq!(
        outcome.res,
        json!({ "err_msg": "preVerifyJSAPI:ok", "errMsg": "config:ok", "errCode": 0 })
    );
}

#[test]
fn the_fixed_reasons_have_their_texts() {
    for (fault, expected) in [
        (Fault::NotInSidebar, "sidebarAuth:fail not in sidebar"),
        (Fault::Timeout, "sidebarAuth:fail timeout"),
        (
            Fault::FunctionNotExist,
            "sidebarAuth:fail function not exist",
        ),
        (
            Fault::HostUnreachable(""),
            "sidebarAuth:fail host unreachable",
        ),
        (
            Fault::HostUnreachable("its origin is not in allowedHosts"),
            "sidebarAuth:fail host unreachable: its origin is not in allowedHosts",
        ),
        (Fault::Thrown("boom".into()), "sidebarAuth:fail boom"),
    ] {
        let outcome: Outcome<Value> = api::fail("sidebarAuth", &fault);
        assert_eq!(outcome.res["err_msg"], json!(expected));
        carries_the_three(&outcome.res, false);
        assert_eq!(fault.to_string(), fault.reason());
    }
    let unknown: Outcome<Value> = api::fail("scanQRCode", &Fault::FunctionNotExist);
    assert_eq!(
        unknown.res["errMsg"],
        json!("scanQRCode:fail function not exist")
    );
}

// ---- Pushes ----

#[test]
fn only_a_message_with_base_info_is_a_push() {
    let push = |data: Value| {
        api::push(&wire::parse(&json!({ "api": "updateBaseInfo", "data": data })).unwrap())
    };
    let outcome = push(json!({ "baseInfo": { "juziChatId": "2" }, "more": 1 })).expect("a push");
    assert!(outcome.ok);
    assert_eq!(
        outcome.res,
        json!({
            "data": { "baseInfo": { "juziChatId": "2" } },
            "err_msg": "updateBaseInfo:ok", "errMsg": "updateBaseInfo:ok", "errCode": 0,
        })
    );
    for data in one_of_each_type() {
        assert_eq!(push(data), None);
    }
}

//! The catalogue, and the parameters of each call.

use crate::api::{self, Action, CATALOGUE, Params};
use serde_json::{Value, json};
use url::Url;

use super::{err_msg, one_of_each_type};

/// Resolves URLs as a page at `https://page.example/a/b.html` does.
pub fn resolve(url: &Value) -> Option<Value> {
    let page = Url::parse("https://page.example/a/b.html").expect("a URL");
    let url = page.join(url.as_str()?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| json!(url.as_str()))
}

fn row(name: &str) -> &'static Action {
    api::find(name).expect(name)
}

/// What is posted for a call, or its `err_msg`.
fn posted(name: &str, given: &Value) -> Result<Value, String> {
    let Action::Post { params, .. } = row(name) else {
        panic!("{name} is not posted");
    };
    api::check_params(*params, given, resolve).map_err(|fault| err_msg(name, &fault))
}

#[track_caller]
fn fails(name: &str, given: Value, expected: &str) {
    let expected = format!("{name}:fail {expected}");
    assert_eq!(posted(name, &given), Err(expected), "{given}");
}

#[track_caller]
fn posts(name: &str, given: Value, expected: Value) {
    assert_eq!(posted(name, &given), Ok(expected), "{given}");
}

// ---- The catalogue ----

#[test]
fn an_unknown_name_is_not_found() {
    for sdk in ["imagePreview", "preVerifyJSAPI", "preVerifyJsApi"] {
        assert!(api::find(sdk).is_some(), "{sdk}");
    }
    for other in [
        "",
        "invoke",
        "patch",
        "env",
        "isJuziWx",
        "text",
        "__proto__",
        "sendchatmessage",
    ] {
        assert!(api::find(other).is_none(), "{other}");
    }
}

#[test]
fn the_sdks_wire_names_lead_to_the_pages_calls() {
    assert_eq!(row("imagePreview"), row("previewImage"));
    assert_eq!(api::web_name("preVerifyJSAPI"), "config");
    assert_eq!(api::web_name("getCurChatInfo"), "getCurChatInfo");
}

// ---- Calls without parameters ----

#[test]
fn calls_without_parameters_post_an_empty_object_whatever_they_are_given() {
    for row in CATALOGUE {
        let Action::Post {
            params: Params::None,
            ..
        } = row.action
        else {
            continue;
        };
        for given in one_of_each_type() {
            posts(row.name, given, json!({}));
        }
    }
}

// ---- openEnterpriseChat ----

#[test]
fn a_chat_is_opened_by_its_members_or_by_its_id() {
    posts(
        "openEnterpriseChat",
        json!({ "userIds": "a;b", "externalUserIds": "c" }),
        json!({ "userIds": "a;b", "externalUserIds": "c" }),
    );
    posts(
        "openEnterpriseChat",
        json!({ "userIds": "a", "chatId": "chat", "groupName": "x" }),
        json!({ "userIds": "a", "chatId": "chat" }),
    );
}

#[test]
fn external_user_ids_win_over_a_chat_id() {
    posts(
        "openEnterpriseChat",
        json!({ "userIds": "a", "externalUserIds": "c", "chatId": "chat" }),
        json!({ "userIds": "a", "externalUserIds": "c" }),
    );
}

#[test]
fn an_empty_text_counts_as_absent() {
    posts(
        "openEnterpriseChat",
        json!({ "userIds": "a", "externalUserIds": "", "chatId": "chat" }),
        json!({ "userIds": "a", "chatId": "chat" }),
    );
    fails(
        "openEnterpriseChat",
        json!({ "userIds": "", "externalUserIds": "c" }),
        "userIds is required",
    );
    fails(
        "openEnterpriseChat",
        json!({ "userIds": "a", "externalUserIds": "", "chatId": "" }),
        "externalUserIds or chatId is required",
    );
}

#[test]
fn missing_parameters_of_a_chat_are_named() {
    for nothing in [
        json!(null),
        json!({}),
        json!("a"),
        json!([]),
        json!({ "chatId": "chat" }),
        json!({ "userIds": null }),
    ] {
        fails("openEnterpriseChat", nothing, "userIds is required");
    }
    for nobody in [
        json!({ "userIds": "a" }),
        json!({ "userIds": "a", "externalUserIds": null, "chatId": null }),
    ] {
        fails(
            "openEnterpriseChat",
            nobody,
            "externalUserIds or chatId is required",
        );
    }
}

#[test]
fn ids_that_are_no_strings_are_named() {
    for wrong in [json!(1), json!(false), json!(["a"]), json!({})] {
        fails(
            "openEnterpriseChat",
            json!({ "userIds": wrong, "chatId": "c" }),
            "userIds must be a string",
        );
        fails(
            "openEnterpriseChat",
            json!({ "userIds": "a", "externalUserIds": wrong }),
            "externalUserIds must be a string",
        );
        fails(
            "openEnterpriseChat",
            json!({ "userIds": "a", "chatId": wrong }),
            "chatId must be a string",
        );
    }
}

// ---- previewImage ----

#[test]
fn image_urls_are_resolved_against_the_page() {
    posts(
        "previewImage",
        json!({ "urls": ["c.png", "/d.png", "//cdn.example/e.png", "http://x.example/f.png"], "current": "../g.png" }),
        json!({
            "urls": [
                "https://page.example/a/c.png", "https://page.example/d.png", "https://cdn.example/e.png",
                "http://x.example/f.png",
            ],
            "current": "https://page.example/g.png",
        }),
    );
}

#[test]
fn the_first_image_is_shown_unless_another_is_named() {
    let expected = json!({ "urls": ["https://page.example/a/c.png"], "current": "https://page.example/a/c.png" });
    for given in [
        json!({ "urls": ["c.png"] }),
        json!({ "urls": ["c.png"], "current": "" }),
        json!({ "urls": ["c.png"], "current": null }),
    ] {
        posts("previewImage", given, expected.clone());
    }
}

#[test]
fn images_must_be_http_or_https() {
    for wrong in [
        "data:image/png;base64,AA",
        "javascript:alert(1)",
        "file:///a.png",
        "blob:https://page.example/1",
        "https://",
    ] {
        fails(
            "previewImage",
            json!({ "urls": ["a.png", wrong] }),
            "urls[1] must be an http or https URL",
        );
        fails(
            "previewImage",
            json!({ "urls": ["a.png"], "current": wrong }),
            "current must be an http or https URL",
        );
    }
}

#[test]
fn faults_of_the_images_are_named() {
    for nothing in [
        json!(null),
        json!({}),
        json!({ "urls": null }),
        json!("a.png"),
    ] {
        fails("previewImage", nothing, "urls is required");
    }
    for wrong in [json!("a.png"), json!(""), json!(1), json!({}), json!(true)] {
        fails(
            "previewImage",
            json!({ "urls": wrong }),
            "urls must be an array of strings",
        );
    }
    fails("previewImage", json!({ "urls": [] }), "urls is empty");
    fails(
        "previewImage",
        json!({ "urls": ["a.png", ""] }),
        "urls[1] is empty",
    );
    fails(
        "previewImage",
        json!({ "urls": [null] }),
        "urls[0] is empty",
    );
    for wrong in [json!(1), json!({}), json!(["a.png"]), json!(true)] {
        fails(
            "previewImage",
            json!({ "urls": [wrong] }),
            "urls[0] must be a string",
        );
        fails(
            "previewImage",
            json!({ "urls": ["a.png"], "current": wrong }),
            "current must be a string",
        );
    }
}

// ---- updateBaseInfo ----

#[test]
fn listening_requires_its_req_type() {
    assert_eq!(
        api::listen(&json!({ "reqType": "listen", "more": 1 })),
        Ok(())
    );
    let mut wrong: Vec<_> = one_of_each_type();
    wrong.extend(
        one_of_each_type()
            .into_iter()
            .map(|value| json!({ "reqType": value })),
    );
    for given in wrong {
        let fault = api::listen(&given).expect_err(&given.to_string());
        assert_eq!(
            err_msg("updateBaseInfo", &fault),
            "updateBaseInfo:fail reqType must be \"listen\"",
            "{given}"
        );
    }
}

// ---- checkJsApi ----

#[test]
fn check_js_api_reports_which_calls_exist() {
    let given = json!({ "jsApiList": ["sendChatMessage", "imagePreview", "scanQRCode", "", "__proto__", "msgtype", "on"] });
    let expected = json!({
        "sendChatMessage": true, "imagePreview": true, "scanQRCode": false, "": false, "__proto__": false, "msgtype": false,
        "on": true,
    });
    assert_eq!(api::check_js_api(&given), Ok(expected));
    assert_eq!(
        api::check_js_api(&json!({ "jsApiList": [] })),
        Ok(json!({}))
    );
}

#[test]
fn faults_of_the_list_of_names_are_named() {
    let told = |given: Value| {
        err_msg(
            "checkJsApi",
            &api::check_js_api(&given).expect_err(&given.to_string()),
        )
    };
    for nothing in [
        json!(null),
        json!({}),
        json!("x"),
        json!({ "jsApiList": null }),
    ] {
        assert_eq!(told(nothing), "checkJsApi:fail jsApiList is required");
    }
    for wrong in [json!("on"), json!(1), json!({}), json!(true)] {
        assert_eq!(
            told(json!({ "jsApiList": wrong })),
            "checkJsApi:fail jsApiList must be an array of strings"
        );
    }
    for wrong in [json!(1), json!(null), json!([]), json!({})] {
        assert_eq!(
            told(json!({ "jsApiList": ["on", wrong] })),
            "checkJsApi:fail jsApiList[1] must be a string"
        );
    }
}

// ---- Warnings about differences from WeCom ----

/// The helper's warning about a call.
fn caution(name: &str, given: Value) -> Option<&'static str> {
    let Action::Post { params, .. } = row(name) else {
        panic!("{name} is not posted");
    };
    let posted = api::check_params(*params, &given, resolve).expect("the call is posted");
    api::caution(*params, &given, &posted)
}

#[test]
fn a_group_name_without_a_new_group_causes_a_warning() {
    let open = |more: Value| {
        let mut given = json!({ "userIds": "a", "externalUserIds": "c" });
        let all = given.as_object_mut().expect("an object");
        all.extend(more.as_object().cloned().unwrap_or_default());
        caution("openEnterpriseChat", given)
    };
    let text =
        "openEnterpriseChat: Juzi makes no group; it opens an existing chat, whose id is chatId";
    assert_eq!(open(json!({ "groupName": "Club" })), Some(text));
    assert_eq!(
        open(json!({ "groupName": "Club", "chatId": "" })),
        Some(text)
    );
    assert_eq!(
        open(json!({ "groupName": "Club", "chatId": "wr1" })),
        Some(text)
    );
    for harmless in [
        json!({}),
        json!({ "groupName": "" }),
        json!({ "groupName": null }),
        json!({ "groupName": 1 }),
        json!({ "externalUserIds": "", "chatId": "wr1", "groupName": "Club" }),
    ] {
        assert_eq!(open(harmless.clone()), None, "{harmless}");
    }
    let message = json!({ "msgtype": "text", "text": { "content": "t" }, "groupName": "Club" });
    assert_eq!(caution("sendChatMessage", message), None);
}

#[test]
fn wecom_s_calls_without_a_counterpart_are_not_in_the_catalogue() {
    // Public pages make them; docs/wecom-sdks.md says what such a page can do instead.
    for (text, heading) in [
        (
            include_str!("../../docs/wecom-sdks.md"),
            "with `function not exist`. Public",
        ),
        (
            include_str!("../../docs/wecom-sdks.zh-CN.md"),
            "以下调用以 `function not exist`",
        ),
    ] {
        let table = text.split_once(heading).expect(heading).1;
        let rows = table
            .lines()
            .skip_while(|line| !line.starts_with("| --- |"));
        let rows: Vec<&str> = rows
            .skip(1)
            .take_while(|line| line.starts_with('|'))
            .collect();
        assert_eq!(rows.len(), 6, "{heading}");
        for row in rows {
            let cell = row.split('|').nth(1).unwrap_or_default();
            for name in cell.split('`').skip(1).step_by(2) {
                assert!(api::find(name).is_none(), "{name}");
            }
        }
    }
}

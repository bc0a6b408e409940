//! Messages and lists in WeCom's form: which ones work, and how the errors explain the others.

use crate::api::{self, Outcome, check_js_api, find};
use crate::message::{check, check_all};
use serde_json::{Value, json};

/// A message as WeCom's documentation writes it: every member is there, and `msgtype` says which one counts.
fn wecom(msgtype: &str) -> Value {
    json!({
        "msgtype": msgtype,
        "enterChat": true,
        "text": { "content": "你好" },
        "image": { "mediaid": "MEDIA" },
        "video": { "mediaid": "MEDIA" },
        "file": { "mediaid": "MEDIA" },
        "news": { "link": "https://example.com/", "title": "t", "desc": "d", "imgUrl": "https://example.com/i.png" },
        "miniprogram": { "appid": "wx1", "title": "t", "imgUrl": "https://example.com/i.png", "page": "p.html" },
    })
}

fn error(params: &Value) -> String {
    let fault = check(params).unwrap_err();
    let outcome: Outcome<Value> = api::fail("sendChatMessage", &fault);
    assert!(!outcome.ok);
    outcome.res["err_msg"].as_str().unwrap_or_default().into()
}

#[test]
fn texts_and_links_in_wecoms_form_go_through_without_the_other_members() {
    for msgtype in ["text", "news"] {
        let given = wecom(msgtype);
        assert_eq!(
            check(&given),
            Ok(json!({ "msgtype": msgtype, msgtype: given[msgtype] }))
        );
    }
}

#[test]
fn the_fault_of_a_mediaid_says_that_juzi_needs_the_url_and_why() {
    for msgtype in ["image", "video", "file"] {
        let expected = format!(
            "sendChatMessage:fail {msgtype}.url is empty: Juzi cannot read WeCom's mediaid"
        );
        assert_eq!(error(&wecom(msgtype)), expected);
        let mut emptied = wecom(msgtype);
        emptied[msgtype]["url"] = json!("");
        assert_eq!(error(&emptied), expected);
    }
}

#[test]
fn a_url_beside_a_mediaid_is_sent_and_the_mediaid_is_not() {
    let mut both = wecom("image");
    both["image"]["url"] = json!("https://example.com/a.png");
    assert_eq!(
        check(&both),
        Ok(json!({ "msgtype": "image", "image": { "url": "https://example.com/a.png" } }))
    );
}

#[test]
fn an_empty_mediaid_is_no_mediaid_and_a_link_has_none() {
    for mediaid in [json!(""), json!(null)] {
        let mut blank = wecom("image");
        blank["image"]["mediaid"] = mediaid;
        assert_eq!(error(&blank), "url is empty");
    }
    let link = json!({ "msgtype": "news", "news": { "mediaid": "MEDIA" } });
    assert_eq!(error(&link), "url is empty");
}

#[test]
fn the_fault_of_a_mini_program_in_wecoms_form_names_all_that_juzi_needs() {
    assert_eq!(
        error(&wecom("miniprogram")),
        "sendChatMessage:fail miniprogram.desc is empty: Juzi needs desc, iconUrl and officialAccountId too"
    );
    // A message with one of these members was written for Juzi, so its error has no hint.
    let mut begun = wecom("miniprogram");
    begun["miniprogram"]["iconUrl"] = json!("https://example.com/icon.png");
    assert_eq!(
        error(&begun),
        "sendChatMessage:fail miniprogram.desc is empty"
    );
}

#[test]
fn a_mini_program_with_what_juzi_needs_goes_through() {
    let mut whole = wecom("miniprogram");
    for name in ["desc", "iconUrl", "officialAccountId"] {
        whole["miniprogram"][name] = json!("x");
    }
    assert_eq!(
        check(&whole),
        Ok(json!({ "msgtype": "miniprogram", "miniprogram": whole["miniprogram"] }))
    );
}

#[test]
fn of_several_messages_the_one_in_wecoms_form_is_named() {
    let fault = check_all(&json!([wecom("text"), wecom("file")])).unwrap_err();
    assert_eq!(
        fault.reason(),
        "messages[1]: file.url is empty: Juzi cannot read WeCom's mediaid"
    );
}

#[test]
fn the_fault_of_an_unsupported_type_lists_the_supported_ones() {
    for msgtype in ["msgmenu", "channels_shop_product"] {
        let told = error(&json!({ "msgtype": msgtype, msgtype: {} }));
        assert_eq!(
            told,
            format!(
                "sendChatMessage:fail msgtype must be one of text, image, video, file, news, miniprogram, \
                 but it is \"{msgtype}\""
            )
        );
    }
}

#[test]
fn the_sdks_own_names_are_recognised() {
    let names = ["imagePreview", "preVerifyJSAPI", "preVerifyJsApi"];
    let pages = ["previewImage", "config", "config"];
    for (name, page) in names.into_iter().zip(pages) {
        assert_eq!(find(name), find(page), "{name}");
        let checked = check_js_api(&json!({ "jsApiList": [name] })).unwrap();
        assert_eq!(checked, json!({ name: true }));
    }
}

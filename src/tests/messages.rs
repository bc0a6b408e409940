//! `SendParams`: each row of the table of faults, their order, and what is posted.

use crate::message::{Medium, Miniprogram, News, SendParams, check, check_all};
use serde_json::{Value, json};

use super::err_msg;

#[track_caller]
fn fails(params: Value, expected: &str) {
    let fault = check(&params).expect_err(&params.to_string());
    assert_eq!(err_msg("sendChatMessage", &fault), expected, "{params}");
}

#[track_caller]
fn all_fail(params: Value, expected: &str) {
    let fault = check_all(&params).expect_err(&params.to_string());
    let expected = format!("sendMultiChatMessage:fail {expected}");
    assert_eq!(
        err_msg("sendMultiChatMessage", &fault),
        expected,
        "{params}"
    );
}

#[track_caller]
fn passes(params: Value) {
    assert_eq!(check(&params).as_ref(), Ok(&params));
}

#[track_caller]
fn passes_as(params: Value, expected: Value) {
    assert_eq!(check(&params), Ok(expected), "{params}");
}

fn text() -> Value {
    json!({ "msgtype": "text", "text": { "content": "hello" } })
}

fn miniprogram() -> Value {
    json!({ "msgtype": "miniprogram", "miniprogram": {
        "appid": "wx1", "title": "Orders", "imgUrl": "https://example.com/a.png", "page": "pages/index",
        "desc": "Your order", "iconUrl": "icon", "officialAccountId": "gh_1",
    } })
}

/// The same mini program with one member replaced.
fn miniprogram_with(name: &str, value: Value) -> Value {
    let mut message = miniprogram();
    message["miniprogram"][name] = value;
    message
}

fn miniprogram_without(name: &str) -> Value {
    let mut message = miniprogram();
    message["miniprogram"].as_object_mut().unwrap().remove(name);
    message
}

const SIX: &str = "text, image, video, file, news, miniprogram";
const MINIPROGRAM: [&str; 7] = [
    "appid",
    "title",
    "imgUrl",
    "page",
    "desc",
    "iconUrl",
    "officialAccountId",
];

// ---- msgtype ----

#[test]
fn params_that_are_no_object_are_refused() {
    for (params, found) in [
        (json!(null), "nothing"),
        (json!("text"), "\"text\""),
        (json!(""), "an empty string"),
        (json!(1), "a number"),
        (json!(true), "a boolean"),
        (json!([text()]), "an array"),
    ] {
        let expected =
            format!("sendChatMessage:fail msgtype must be one of {SIX}, but params is {found}");
        fails(params, &expected);
    }
}

#[test]
fn the_fault_of_an_unknown_msgtype_quotes_it() {
    for (msgtype, found) in [
        (json!("voice"), "\"voice\""),
        (json!("Text"), "\"Text\""),
        (json!("text "), "\"text \""),
        // The helper uses this name elsewhere, but it is not a message type.
        (json!("content"), "\"content\""),
        (json!("__proto__"), "\"__proto__\""),
        (json!(""), "an empty string"),
        (json!(null), "nothing"),
        (json!(7), "a number"),
        (json!(["text"]), "an array"),
        (json!({ "text": 1 }), "an object"),
        (json!(false), "a boolean"),
    ] {
        let expected =
            format!("sendChatMessage:fail msgtype must be one of {SIX}, but it is {found}");
        fails(
            json!({ "msgtype": msgtype, "text": { "content": "hello" } }),
            &expected,
        );
    }
    let expected = format!("sendChatMessage:fail msgtype must be one of {SIX}, but it is nothing");
    fails(json!({ "text": { "content": "hello" } }), &expected);
}

#[test]
fn a_long_msgtype_is_cut_in_the_error_and_never_inside_a_character() {
    for unit in ["#", "é", "句", "🦀"] {
        let fault = check(&json!({ "msgtype": unit.repeat(10_000) })).unwrap_err();
        let reason = fault.reason();
        assert_eq!(reason.matches(unit).count(), 40, "{reason}");
        assert!(
            reason.contains(&format!("but it is \"{unit}{unit}")),
            "{reason}"
        );
        assert!(reason.ends_with("…\""), "{reason}");
    }
}

// ---- The member that msgtype names ----

#[test]
fn the_member_that_msgtype_names_must_be_an_object() {
    for name in ["text", "image", "video", "file", "news", "miniprogram"] {
        let expected = format!("sendChatMessage:fail {name} is required");
        fails(json!({ "msgtype": name }), &expected);
        for wrong in [
            json!(null),
            json!("hello"),
            json!(""),
            json!([]),
            json!(3),
            json!(true),
        ] {
            fails(json!({ "msgtype": name, name: wrong }), &expected);
        }
    }
}

// ---- text ----

#[test]
fn a_text_without_content_fails_with_the_bare_text_of_the_original() {
    for body in [
        json!({}),
        json!({ "content": "" }),
        json!({ "content": null }),
    ] {
        fails(
            json!({ "msgtype": "text", "text": body }),
            "text content is empty",
        );
    }
}

#[test]
fn content_that_is_no_string_is_named_by_its_path() {
    for wrong in [json!(1), json!(0), json!(false), json!([]), json!({})] {
        fails(
            json!({ "msgtype": "text", "text": { "content": wrong } }),
            "sendChatMessage:fail text.content must be a string",
        );
    }
}

#[test]
fn any_text_is_carried_unchanged() {
    for content in [
        " ",
        "\0",
        "a\0b",
        "👩‍👩‍👧‍👦",
        "\u{202e}",
        "\r\n",
        "<script>",
        "__proto__",
    ] {
        passes(json!({ "msgtype": "text", "text": { "content": content } }));
    }
    passes(json!({ "msgtype": "text", "text": { "content": "句".repeat(4_000_000) } }));
}

// ---- image, video, file, news ----

#[test]
fn a_medium_or_a_link_without_its_address_fails_with_the_bare_text_of_the_original() {
    for (name, address) in [
        ("image", "url"),
        ("video", "url"),
        ("file", "url"),
        ("news", "link"),
    ] {
        for body in [
            json!({}),
            json!({ address: "" }),
            json!({ address: null }),
            json!({ "title": "t" }),
        ] {
            fails(json!({ "msgtype": name, name: body }), "url is empty");
        }
    }
}

#[test]
fn every_member_of_a_medium_or_a_link_must_be_a_string() {
    for (name, address, members) in [
        ("image", "url", vec!["url", "title"]),
        ("video", "url", vec!["url", "title"]),
        ("file", "url", vec!["url", "title"]),
        ("news", "link", vec!["link", "title", "desc", "imgUrl"]),
    ] {
        for member in members {
            for wrong in [json!(1), json!(false), json!([]), json!({})] {
                let mut body = json!({ address: "https://example.com" });
                body[member] = wrong;
                let expected = format!("sendChatMessage:fail {name}.{member} must be a string");
                fails(json!({ "msgtype": name, name: body }), &expected);
            }
        }
    }
}

#[test]
fn optional_members_may_be_set_empty_or_missing() {
    passes(json!({ "msgtype": "image", "image": { "url": "u" } }));
    passes(json!({ "msgtype": "video", "video": { "url": "u", "title": "" } }));
    passes(json!({ "msgtype": "file", "file": { "url": "u", "title": "offer.pdf" } }));
    passes(json!({ "msgtype": "news", "news": { "link": "l" } }));
    passes(
        json!({ "msgtype": "news", "news": { "link": "l", "title": "t", "desc": "d", "imgUrl": "" } }),
    );
}

#[test]
fn an_optional_member_that_is_null_counts_as_missing() {
    let given = json!({ "msgtype": "news", "news": { "link": "l", "title": null, "desc": null, "imgUrl": null } });
    assert_eq!(
        check(&given),
        Ok(json!({ "msgtype": "news", "news": { "link": "l" } }))
    );
    let given = json!({ "msgtype": "image", "image": { "url": "u", "title": null } });
    assert_eq!(
        check(&given),
        Ok(json!({ "msgtype": "image", "image": { "url": "u" } }))
    );
}

// ---- miniprogram ----

#[test]
fn a_complete_mini_program_passes() {
    passes(miniprogram());
    passes(miniprogram_with(
        "imgUrl",
        json!("http://example.com/a.png"),
    ));
}

#[test]
fn every_member_of_a_mini_program_is_required_and_named() {
    for member in MINIPROGRAM {
        let expected = format!("sendChatMessage:fail miniprogram.{member} is empty");
        fails(miniprogram_without(member), &expected);
        fails(miniprogram_with(member, json!("")), &expected);
        fails(miniprogram_with(member, json!(null)), &expected);
    }
}

#[test]
fn every_member_of_a_mini_program_must_be_a_string() {
    for member in MINIPROGRAM {
        for wrong in [json!(1), json!(false), json!([]), json!({})] {
            let expected = format!("sendChatMessage:fail miniprogram.{member} must be a string");
            fails(miniprogram_with(member, wrong), &expected);
        }
    }
}

#[test]
fn the_picture_of_a_mini_program_must_be_http_or_https() {
    for wrong in [
        "//example.com/a.png",
        "ftp://example.com/a.png",
        "data:image/png,",
        "http:/x",
        " http://x",
        "HTTPS://x",
    ] {
        fails(
            miniprogram_with("imgUrl", json!(wrong)),
            "sendChatMessage:fail miniprogram.imgUrl must start with http:// or https://",
        );
    }
}

#[test]
fn of_several_faults_the_first_in_the_order_of_the_table_decides() {
    let mut message = json!({ "msgtype": "miniprogram", "miniprogram": {
        "appid": 1, "title": "t", "imgUrl": "ftp://x", "page": "p", "desc": "d", "iconUrl": "", "officialAccountId": null,
    } });
    fails(
        message.clone(),
        "sendChatMessage:fail miniprogram.iconUrl is empty",
    );
    message["miniprogram"]["iconUrl"] = json!("i");
    fails(
        message.clone(),
        "sendChatMessage:fail miniprogram.officialAccountId is empty",
    );
    message["miniprogram"]["officialAccountId"] = json!("gh");
    fails(
        message.clone(),
        "sendChatMessage:fail miniprogram.imgUrl must start with http:// or https://",
    );
    message["miniprogram"]["imgUrl"] = json!("https://x");
    fails(
        message.clone(),
        "sendChatMessage:fail miniprogram.appid must be a string",
    );
    // An empty address before a title of the wrong type, whichever comes first in the object.
    fails(
        json!({ "msgtype": "image", "image": { "title": 1, "url": "" } }),
        "url is empty",
    );
    fails(
        json!({ "msgtype": "news", "news": { "desc": 1, "title": 1, "link": "l" } }),
        "sendChatMessage:fail news.title must be a string",
    );
}

// ---- Written for WeCom ----

#[test]
fn the_fault_of_a_message_in_wecom_s_form_names_what_juzi_needs() {
    for name in ["image", "video", "file"] {
        fails(
            json!({ "msgtype": name, name: { "mediaid": "1G6nrLmr5EC3MMb" } }),
            &format!("sendChatMessage:fail {name}.url is empty: Juzi cannot read WeCom's mediaid"),
        );
        fails(
            json!({ "msgtype": name, name: { "mediaid": "" } }),
            "url is empty",
        );
        passes_as(
            json!({ "msgtype": name, name: { "mediaid": "1G6nrLmr5EC3MMb", "url": "u" } }),
            json!({ "msgtype": name, name: { "url": "u" } }),
        );
    }
    let theirs = json!({ "msgtype": "miniprogram", "miniprogram": {
        "appid": "wx1", "title": "Orders", "imgUrl": "https://example.com/a.png", "page": "pages/index",
    } });
    fails(
        theirs,
        "sendChatMessage:fail miniprogram.desc is empty: Juzi needs desc, iconUrl and officialAccountId too",
    );
    let theirs = json!({ "msgtype": "news", "enterChat": true, "news": {
        "link": "https://example.com", "title": "t", "desc": "d", "imgUrl": "https://example.com/a.png",
    } });
    let mut ours = theirs.clone();
    ours.as_object_mut().unwrap().remove("enterChat");
    passes_as(theirs, ours);
}

// ---- What is posted ----

#[test]
fn only_the_members_of_the_union_are_posted() {
    let given = json!({
        "msgtype": "text", "text": { "content": "hello", "mentioned": ["all"] },
        "image": { "url": "u" }, "timestamp": 1, "signature": "…",
    });
    assert_eq!(check(&given), Ok(text()));
    let given = miniprogram_with("enterChat", json!(true));
    assert_eq!(check(&given), Ok(miniprogram()));
}

#[test]
fn a_body_of_another_type_than_the_named_one_is_ignored() {
    let given = json!({ "msgtype": "text", "text": { "content": "hello" }, "image": 5 });
    assert_eq!(check(&given), Ok(text()));
}

// ---- Several at once ----

#[test]
fn several_messages_keep_the_form_in_which_they_were_given() {
    let list = json!([text(), miniprogram(), text()]);
    assert_eq!(check_all(&list).as_ref(), Ok(&list));
    let wrapped = json!({ "messages": list });
    assert_eq!(check_all(&wrapped).as_ref(), Ok(&wrapped));
    let extra = json!({ "messages": [text()], "signature": "…" });
    assert_eq!(check_all(&extra), Ok(json!({ "messages": [text()] })));
}

#[test]
fn the_fault_of_one_of_several_has_its_index() {
    let bad = json!({ "msgtype": "image", "image": { "url": "" } });
    all_fail(json!([text(), text(), bad]), "messages[2]: url is empty");
    all_fail(json!({ "messages": [bad] }), "messages[0]: url is empty");
    let bad = json!({ "msgtype": "text", "text": {} });
    all_fail(json!([bad, bad]), "messages[0]: text content is empty");
    all_fail(
        json!([text(), miniprogram_without("appid")]),
        "messages[1]: miniprogram.appid is empty",
    );
    let expected = format!("messages[0]: msgtype must be one of {SIX}, but params is nothing");
    all_fail(json!([null, text()]), &expected);
}

#[test]
fn a_bad_message_at_the_end_of_the_list_has_the_right_index() {
    let mut list = vec![text(); 99];
    list.push(json!({ "msgtype": "file" }));
    all_fail(json!(list), "messages[99]: file is required");
}

#[test]
fn more_than_a_hundred_messages_are_refused() {
    let most = json!(vec![text(); 100]);
    assert_eq!(check_all(&most).as_ref(), Ok(&most));
    let more = vec![json!(1); 101];
    let refusal = "messages must be an array of at most 100 messages";
    all_fail(json!(more), refusal);
    all_fail(json!({ "messages": more }), refusal);
}

#[test]
fn empty_missing_and_mistyped_lists_have_different_faults() {
    all_fail(json!([]), "messages is empty");
    all_fail(json!({ "messages": [] }), "messages is empty");
    for missing in [
        json!(null),
        json!({}),
        json!({ "messages": null }),
        json!("x"),
        json!(1),
    ] {
        all_fail(missing, "messages is required");
    }
    for wrong in [json!("x"), json!(1), json!({}), json!(true), json!("")] {
        all_fail(json!({ "messages": wrong }), "messages must be an array");
    }
}

// ---- Typed ----

#[test]
fn each_typed_message_is_one_that_passes_and_comes_back() {
    let medium = || Medium::at("https://example.com/f").titled("f");
    let Ok(SendParams::Miniprogram { miniprogram }) = SendParams::parse(&miniprogram()) else {
        panic!("a mini program");
    };
    let Miniprogram {
        appid,
        official_account_id,
        ..
    } = &miniprogram;
    assert_eq!(
        (appid.as_str(), official_account_id.as_str()),
        ("wx1", "gh_1")
    );
    for message in [
        SendParams::text("hello"),
        SendParams::image(medium()),
        SendParams::video(medium()),
        SendParams::file(medium()),
        SendParams::news(News {
            desc: Some(String::new()),
            ..News::to("https://example.com")
        }),
        SendParams::miniprogram(miniprogram),
    ] {
        let written = serde_json::to_value(&message).unwrap();
        passes(written.clone());
        assert_eq!(SendParams::parse(&written), Ok(message));
    }
}

#[test]
fn a_member_that_the_call_does_not_have_is_refused_by_the_types_and_dropped_by_parse() {
    for given in [
        json!({ "msgtype": "image", "image": { "url": "u", "mediaid": "m" } }),
        json!({ "msgtype": "image", "image": { "url": "u" }, "enterChat": true }),
    ] {
        let typed: Result<SendParams, _> = serde_json::from_value(given.clone());
        assert!(typed.is_err(), "{given}");
        assert_eq!(
            SendParams::parse(&given),
            Ok(SendParams::image(Medium::at("u")))
        );
    }
}

#[test]
fn an_invalid_typed_message_has_the_error_text_of_the_page() {
    let invalid =
        SendParams::parse(&json!({ "msgtype": "file", "file": { "url": "u", "title": 1 } }))
            .unwrap_err();
    assert_eq!(invalid.to_string(), "file.title must be a string");
}

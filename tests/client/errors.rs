//! Every way in which a call fails.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use juzi_helper::client::testing::{Answer, FakeHost};
use juzi_helper::client::{CallError, Juzi, OpenChat, Options};
use juzi_helper::message::{Medium, Miniprogram, News, SendParams};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page;
use crate::setup::stranger;

fn invalid(field: &str, expected: &str) -> Result<(), CallError> {
    Err(CallError::Invalid {
        field: field.into(),
        expected: expected.into(),
    })
}

fn rejected(reason: &str) -> CallError {
    CallError::Rejected {
        reason: reason.into(),
    }
}

#[wasm_bindgen_test]
async fn outside_the_sidebar_every_call_fails() {
    let host = FakeHost::open_outside().await.unwrap();
    let juzi = host.install(&Options::new()).unwrap();
    assert_eq!(juzi.current_contact().await, Err(CallError::NotInSidebar));
    // Whatever else is wrong with it.
    let sent = juzi.send(&SendParams::text("")).await;
    assert_eq!(sent, Err(CallError::NotInSidebar));
    host.settled().await;
    assert_eq!(host.calls(), []);
}

#[wasm_bindgen_test]
async fn the_host_rejects_a_call() {
    let (host, juzi) = page().await;
    host.fail("sendChatMessage", "no permission");
    let error = juzi.send(&SendParams::text("hi")).await.unwrap_err();
    assert_eq!(error, rejected("no permission"));
    assert_eq!(
        error.to_string(),
        "the host rejected the call: no permission"
    );
    host.fail("sendChatMessage", "");
    let error = juzi.send(&SendParams::text("hi")).await.unwrap_err();
    assert_eq!(error, rejected(""));
    assert_eq!(error.to_string(), "the host rejected the call");
}

#[wasm_bindgen_test]
async fn a_call_that_the_test_has_not_prepared_is_rejected() {
    let (_host, juzi) = page().await;
    let error = juzi.chat_info().await.unwrap_err();
    assert_eq!(error, rejected("the fake host has no answer to it"));
}

#[wasm_bindgen_test]
async fn an_answer_without_what_is_required_is_rejected() {
    let (host, juzi) = page().await;
    host.answer("getCurExternalContact", json!({ "id": "wmA" }));
    let error = juzi.current_contact().await.unwrap_err();
    assert_eq!(error, rejected(""));
}

#[wasm_bindgen_test]
async fn a_call_that_the_host_does_not_answer_times_out() {
    let (host, juzi) = page().await;
    host.leave_unanswered("getCurChatInfo");
    let quick = juzi.with_timeout(Duration::from_millis(20));
    assert_eq!(quick.chat_info().await, Err(CallError::Timeout));
    // The helper's own timeout.
    let host = FakeHost::open().await.unwrap();
    host.leave_unanswered("getCurChatInfo");
    let options = Options::new().timeout(Duration::from_millis(20));
    let juzi = host.install(&options).unwrap();
    assert_eq!(juzi.chat_info().await, Err(CallError::Timeout));
    // The call's own takes precedence over it, also if it is longer.
    let late = json!({ "id": "c1" });
    let late = Answer::After(Duration::from_millis(60), Box::new(Answer::Data(late)));
    host.answer_with("getCurChatInfo", move |_| late.clone());
    let patient = juzi.with_timeout(Duration::MAX);
    assert_eq!(patient.chat_info().await.unwrap().id, "c1");
    let hasty = juzi.with_timeout(Duration::ZERO);
    assert_eq!(hasty.chat_info().await, Err(CallError::Timeout));
}

#[wasm_bindgen_test]
async fn an_answer_in_time_is_no_timeout() {
    let (host, juzi) = page().await;
    host.answer("getCurExternalChat", json!({ "chatId": "chat-1" }));
    let patient = juzi.with_timeout(Duration::from_secs(600));
    assert_eq!(patient.current_chat().await.unwrap().chat_id, "chat-1");
}

#[wasm_bindgen_test]
async fn a_host_that_is_not_allowed_is_unreachable() {
    let host = FakeHost::open().await.unwrap();
    let options = Options::new().allowed_hosts(["https://console.example"]);
    let juzi = host.install(&options).unwrap();
    let error = juzi.current_contact().await.unwrap_err();
    let CallError::HostUnreachable { reason } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(reason, "its origin is not in allowedHosts");
    assert_eq!(
        error.to_string(),
        "the host cannot be reached: its origin is not in allowedHosts"
    );
    host.settled().await;
    assert_eq!(host.calls(), []);
}

#[wasm_bindgen_test]
async fn invalid_messages_are_named_and_not_posted() {
    let (host, juzi) = page().await;
    let filled = "a string that is not empty";
    let miniprogram = Miniprogram {
        appid: "wx1".into(),
        title: "Orders".into(),
        img_url: "/cover.png".into(),
        page: "pages/order".into(),
        desc: "Your order".into(),
        icon_url: "https://page.example/icon.png".into(),
        official_account_id: "gh_1".into(),
    };
    let unnamed = Miniprogram {
        appid: String::new(),
        ..miniprogram.clone()
    };
    for (message, field, expected) in [
        (SendParams::text(""), "text.content", filled),
        (SendParams::image(Medium::at("")), "image.url", filled),
        (SendParams::video(Medium::at("")), "video.url", filled),
        (SendParams::file(Medium::at("")), "file.url", filled),
        (SendParams::news(News::to("")), "news.link", filled),
        (
            SendParams::miniprogram(unnamed),
            "miniprogram.appid",
            filled,
        ),
        (
            SendParams::miniprogram(miniprogram),
            "miniprogram.imgUrl",
            "a string that starts with http:// or https://",
        ),
    ] {
        assert_eq!(juzi.send(&message).await, invalid(field, expected));
    }
    let messages = [SendParams::text("hi"), SendParams::image(Medium::at(""))];
    assert_eq!(
        juzi.send_all(&messages).await,
        invalid("messages[1].image.url", filled)
    );
    host.settled().await;
    assert_eq!(host.calls(), []);
}

#[wasm_bindgen_test]
async fn other_invalid_parameters_are_named_and_not_posted() {
    let (host, juzi) = page().await;
    let list = "a list that is not empty";
    assert_eq!(juzi.send_all(&[]).await, invalid("messages", list));
    let many = vec![SendParams::text("hi"); 101];
    assert_eq!(
        juzi.send_all(&many).await,
        invalid("messages", "an array of at most 100 messages")
    );
    let none: [&str; 0] = [];
    assert_eq!(juzi.preview_images(none, None).await, invalid("urls", list));
    assert_eq!(
        juzi.preview_images(["/1.png", "javascript:alert()"], None)
            .await,
        invalid("urls[1]", "an http or https URL")
    );
    for (chat, field) in [
        (OpenChat::group([""], "chat-1"), "userIds"),
        (OpenChat::group(["lin"], ""), "externalUserIds or chatId"),
    ] {
        assert_eq!(
            juzi.open_chat(&chat).await.map(drop),
            invalid(field, "a string that is not empty")
        );
    }
    assert_eq!(
        invalid("urls", list).unwrap_err().to_string(),
        "urls must be a list that is not empty"
    );
    host.settled().await;
    assert_eq!(host.calls(), []);
}

#[wasm_bindgen_test]
async fn a_signal_aborts_a_call() {
    let (host, juzi) = page().await;
    host.leave_unanswered("getCurChatInfo");
    let controller = web_sys::AbortController::new().unwrap();
    let juzi = juzi.with_signal(&controller.signal());
    let ended = Rc::new(RefCell::new(None));
    let (waiting, end) = (juzi.clone(), Rc::clone(&ended));
    wasm_bindgen_futures::spawn_local(async move {
        let result = waiting.chat_info().await;
        end.replace(Some(result));
    });
    host.settled().await;
    assert_eq!(host.calls().len(), 1);
    assert_eq!(*ended.borrow(), None);
    controller.abort();
    host.settled().await;
    assert_eq!(ended.take(), Some(Err(CallError::Aborted)));
    // From the start.
    assert_eq!(juzi.chat_info().await, Err(CallError::Aborted));
    host.settled().await;
    assert_eq!(host.calls().len(), 1, "an aborted call is not posted");
}

#[wasm_bindgen_test]
async fn dropping_the_future_ends_the_call() {
    // A helper that remembers the signal it was given.
    let helper = "{ isJuziWx: true, invoke: (api, { signal }) => { globalThis.given = signal; return new Promise(() => {}); } }";
    stranger(helper, async |juzi| {
        {
            let mut call = pin!(juzi.current_contact());
            let poll = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert_eq!(poll, Poll::Pending);
            assert!(!is_aborted());
        }
        assert!(is_aborted());
    })
    .await;
}

fn is_aborted() -> bool {
    js_sys::eval("given.aborted").unwrap().is_truthy()
}

#[wasm_bindgen_test]
async fn a_dropped_call_leaves_the_others_alone() {
    let (host, juzi) = page().await;
    host.leave_unanswered("getCurChatInfo");
    host.answer("getCurExternalChat", json!({ "chatId": "chat-1" }));
    {
        let mut call = pin!(juzi.chat_info());
        let poll = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(poll, Poll::Pending);
    }
    assert_eq!(juzi.current_chat().await.unwrap().chat_id, "chat-1");
}

/// What a call of another helper ends with.
async fn result_of(invoke: &str) -> CallError {
    let helper = format!("{{ isJuziWx: true, invoke() {{ {invoke} }} }}");
    let result = Rc::new(RefCell::new(None));
    let end = Rc::clone(&result);
    stranger(&helper, async move |juzi| {
        end.replace(Some(juzi.current_contact().await.unwrap_err()));
    })
    .await;
    result.take().unwrap()
}

#[wasm_bindgen_test]
async fn failures_of_a_helper_that_cannot_run() {
    let internal = |reason: &str| CallError::Internal {
        reason: reason.into(),
    };
    let fails = |code: &str, reason: &str| {
        format!(
            "return Promise.reject(Object.assign(new Error('getCurExternalContact:fail {reason}'), {{ code: '{code}' }}))"
        )
    };
    for (invoke, error) in [
        (
            fails("internal_error", "internal error"),
            internal("internal error"),
        ),
        (
            fails("webassembly_blocked", "webassembly blocked"),
            internal("webassembly blocked"),
        ),
        (
            fails("function_not_exist", "function not exist"),
            CallError::Unsupported,
        ),
        ("throw new Error('broken')".into(), internal("broken")),
        ("throw 'broken'".into(), internal("broken")),
        (
            "return Object.defineProperty(Promise.resolve(), 'constructor', { get() { throw new Error('broken') } })".into(),
            internal("broken"),
        ),
        (
            "return Promise.reject()".into(),
            internal("the call failed without a reason"),
        ),
        (
            "return Promise.reject({ get code() { throw 1 }, get err_msg() { throw 1 } })".into(),
            internal("the call failed without a reason"),
        ),
    ] {
        assert_eq!(result_of(&invoke).await, error, "{invoke}");
    }
}

#[wasm_bindgen_test]
async fn answers_in_an_unknown_form_cannot_be_read() {
    for answer in [
        "undefined",
        "null",
        "7",
        "'text'",
        "[]",
        "{}",
        "{ userId: null }",
        "{ userId: {} }",
        "{ userId: '' }",
        "new Map([['userId', 'wmA']])",
        "Promise.resolve({ userId: Symbol() })",
        "{ get userId() { throw new Error('no') } }",
        "new Proxy({}, { ownKeys() { throw new Error('no') } })",
    ] {
        let error = result_of(&format!("return ({answer})")).await;
        assert!(
            matches!(error, CallError::Unreadable { .. }),
            "{answer}: {error:?}"
        );
        assert!(error.to_string().starts_with("the answer cannot be read: "));
    }
}

#[wasm_bindgen_test]
async fn members_that_json_lacks_do_not_harm_the_others() {
    let answer = "{ id: 'c1', Id: 'c1', err_msg: 'x:ok', at: new Date(), f() {}, big: 10n, s: Symbol(), u: undefined, m: new Map([[1, 2]]), get: { get x() { throw 1 } }, deep: JSON.parse('['.repeat(5000) + ']'.repeat(5000)), half: '\\ud83d', fine: { it: [1] } }";
    let helper = format!("{{ isJuziWx: true, invoke: async () => ({answer}) }}");
    stranger(&helper, async |juzi: Juzi| {
        let chat = juzi.chat_info().await.unwrap();
        assert_eq!(chat.id, "c1");
        assert_eq!(chat.other["fine"], json!({ "it": [1] }));
        assert_eq!(chat.other["half"], "\u{fffd}");
        for lost in ["f", "s", "get", "deep"] {
            assert!(!chat.other.contains_key(lost), "{lost}");
        }
        assert!(!chat.other.contains_key("Id"));
    })
    .await;
}

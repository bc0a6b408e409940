//! The state of a page after the helper's script tag has run.

use encoding_rs::GBK;
use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        an_inline_script_right_behind_the_tag_calls_and_is_answered,
        without_an_sdk_there_is_juzi_wx_and_no_wx,
        where_compiling_is_refused_calls_wait_and_are_answered_in_order,
        in_a_browser_that_reads_no_base64_the_script_runs_as_well,
        a_page_in_gbk_sends_and_receives_chinese,
        a_script_that_is_loaded_twice_listens_once,
        outside_the_sidebar_wx_is_as_it_was,
        outside_a_frame_nothing_is_taken_over,
        in_wechat_nothing_is_taken_over,
        a_callback_that_throws_breaks_nothing,
        a_page_that_lost_its_parameter_can_force_it,
        a_malformed_option_is_named_in_the_console,
        every_option_is_read_from_the_tag_where_it_is_the_only_one,
    ]
}

const SDK: &str = "<script src=/node_modules/jweixin-module/lib/index.js></script>";
const HELPER: &str = "<script src=/juzi-helper.js></script>";

async fn an_inline_script_right_behind_the_tag_calls_and_is_answered(stage: &Stage) {
    let inline = "<script>
        window.seen = window.wx.isJuziWx;
        window.wx.invoke('getCurExternalContact', {}, (res) => { window.answer = res; });
        window.called = window.answer === undefined;
      </script>";
    let framed = stage
        .frame(Page::html(&[SDK, HELPER, inline].concat()))
        .await;
    let answer = framed.page.until("return window.answer", &[]).await;
    assert_eq!(answer["userId"], "wmContact");
    assert_eq!(
        framed
            .page
            .js("return [seen, called, juziWx.isJuziWx]", &[])
            .await,
        json!([true, true, true])
    );
}

async fn without_an_sdk_there_is_juzi_wx_and_no_wx(stage: &Stage) {
    let framed = stage
        .frame(Page::html(
            &[HELPER, "<script>window.kind = typeof window.wx</script>"].concat(),
        ))
        .await;
    assert_eq!(
        framed.page.js("return [kind, typeof window.wx]", &[]).await,
        json!(["undefined", "undefined"])
    );
    let answer = framed.contact().await;
    assert_eq!(answer["userId"], "wmContact");
}

async fn where_compiling_is_refused_calls_wait_and_are_answered_in_order(stage: &Stage) {
    let refuse = "<script>WebAssembly.Module = function () { throw new WebAssembly.CompileError('too large for the main thread'); }</script>";
    let inline = "<script>
        window.order = [];
        window.seen = wx.isJuziWx;
        const note = (name) => (res) => order.push(`${name} ${res.err_msg}`);
        wx.invoke('getCurExternalContact', {}, note('first'));
        wx.getCurChatInfo({ success: note('second') });
        juziWx.getCurExternalChat().catch((error) => note('third')(error.res));
        wx.invoke('sendChatMessage', { msgtype: 'text', text: { content: 'queued' } }, note('fourth'));
        wx.invoke('sendChatMessage', { msgtype: 'text', text: { content: '' } }, note('refused'));
      </script>";
    let framed = stage
        .frame(Page::html(&[refuse, SDK, HELPER, inline].concat()))
        .await;
    let order = framed
        .page
        .until("return order.length === 5 && order", &[])
        .await;
    let order: Vec<_> = order
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    assert!(
        order.contains(&"refused text content is empty"),
        "{order:?}"
    );
    let answered: Vec<_> = order
        .into_iter()
        .filter(|line| !line.starts_with("refused"))
        .collect();
    let expected = [
        "first getCurExternalContact:ok",
        "second getCurChatInfo:ok",
        "third getCurExternalChat:fail",
        "fourth sendChatMessage:ok",
    ];
    assert_eq!(answered, expected);
    assert_eq!(framed.page.js("return seen", &[]).await, true);
    let asked = framed
        .host
        .js("return asked.map((entry) => entry.api)", &[])
        .await;
    assert_eq!(
        asked,
        json!([
            "getCurExternalContact",
            "getCurChatInfo",
            "getCurExternalChat",
            "sendChatMessage"
        ])
    );
}

/// Without `fromBase64`, the script decodes the module in another way. If that failed, the JavaScript version would run instead.
async fn in_a_browser_that_reads_no_base64_the_script_runs_as_well(stage: &Stage) {
    let engine = "<script>window.engine = juziWx.env?.engine</script>";
    let mut engines = Vec::new();
    for before in ["", "<script>delete Uint8Array.fromBase64</script>"] {
        let source = [before, HELPER, engine].concat();
        let framed = stage.frame(Page::html(&source)).await;
        assert_eq!(framed.contact().await["userId"], "wmContact");
        engines.push(framed.page.js("return window.engine", &[]).await);
    }
    assert_eq!(engines[0], engines[1]);
}

async fn a_page_in_gbk_sends_and_receives_chinese(stage: &Stage) {
    let inline = "<script>
        wx.invoke('sendChatMessage', { msgtype: 'text', text: { content: '您好，报价单已发送' } }, (res) => { window.sent = res; });
        wx.invoke('getCurChatInfo', {}, (res) => { window.chat = res; });
      </script>";
    let source = format!("<!doctype html><title>侧边栏</title>{SDK}{HELPER}{inline}");
    let (bytes, _, lost) = GBK.encode(&source);
    assert!(!lost);
    let page = Page::bytes(bytes, "text/html; charset=gbk")
        .host(json!({ "contact": { "name": "林晓棠" } }));
    let framed = stage.frame(page).await;
    assert_eq!(
        framed.page.js("return document.characterSet", &[]).await,
        "GBK"
    );
    let chat = framed
        .page
        .until(
            "return window.sent?.err_msg === 'sendChatMessage:ok' && window.chat",
            &[],
        )
        .await;
    assert_eq!(chat["name"], "林晓棠");
    assert_eq!(
        framed.host.js("return sent[0].content.content", &[]).await,
        "您好，报价单已发送"
    );
}

async fn a_script_that_is_loaded_twice_listens_once(stage: &Stage) {
    let count = "<script>
        window.listeners = 0;
        const add = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (type, ...rest) {
          if (type === 'message') listeners++;
          return add.call(this ?? window, type, ...rest);
        };
      </script>";
    let inline = "<script>window.first = juziWx; window.taken = wx</script>";
    let again = "<script src=/pkg/juzi-helper.js></script><script>
        window.heard = 0;
        wx.invoke('getCurExternalContact', {}, () => heard++);
      </script>";
    let source = [count, SDK, HELPER, inline, HELPER, again].concat();
    let framed = stage.frame(Page::html(&source)).await;
    framed.page.until("return heard", &[]).await;
    let found = framed.page.js("return juziWx.getCurChatInfo().then(() => [listeners, heard, first === juziWx, taken === wx])", &[]).await;
    assert_eq!(found, json!([1, 1, true, true]));
    assert_eq!(requests(&framed).await, 2);
}

async fn requests(framed: &Framed) -> Value {
    framed.host.js("return asked.length", &[]).await
}

/// Records the SDK's own members before the helper's tag, to compare them afterwards.
const NOTE_SDK: &str =
    "<script>window.before = { ...window.wx }; window.original = window.wx</script>";
const SAME: &str = "return wx === original && Object.keys(wx).length === Object.keys(before).length \
                    && Object.keys(before).every((name) => wx[name] === before[name])";

async fn fails_outside(framed: &Framed, reason: &str) {
    assert_eq!(framed.page.js(SAME, &[]).await, true);
    let env = framed.page.js("return juziWx.env", &[]).await;
    assert_eq!(env["inSidebar"], false);
    assert_eq!(env["reason"], reason);
    assert_eq!(env["wxPatched"], false);
    let script = "return juziWx.getCurExternalContact().catch((error) => error.err_msg)";
    assert_eq!(
        framed.page.js(script, &[]).await,
        "getCurExternalContact:fail not in sidebar"
    );
    let script = "return new Promise((resolve) => juziWx.invoke('sendChatMessage', {}, resolve))";
    assert_eq!(
        framed.page.js(script, &[]).await["err_msg"],
        "sendChatMessage:fail not in sidebar"
    );
    let posted = framed
        .host
        .js("return window.log ? log.length + ignored.length : 0", &[])
        .await;
    assert_eq!(posted, 0);
}

async fn outside_the_sidebar_wx_is_as_it_was(stage: &Stage) {
    let page = Page::html(&[SDK, NOTE_SDK, HELPER].concat())
        .query("a=1")
        .unregistered();
    fails_outside(&stage.frame(page).await, "no-sidebar-param").await;
}

async fn outside_a_frame_nothing_is_taken_over(stage: &Stage) {
    let page = Page::html(&[SDK, NOTE_SDK, HELPER].concat()).query("juziSidebar=true");
    let url = stage.serve(&page);
    let view = stage.view();
    view.goto(&url).await;
    let alone = Framed {
        host: view.clone(),
        page: view,
        url,
    };
    fails_outside(&alone, "not-framed").await;
}

async fn in_wechat_nothing_is_taken_over(stage: &Stage) {
    let pretend = "<script>Object.defineProperty(navigator, 'userAgent', { value: navigator.userAgent + ' MicroMessenger/8.0' })</script>";
    let page = Page::html(&[pretend, SDK, NOTE_SDK, HELPER].concat());
    fails_outside(&stage.frame(page).await, "wechat-ua").await;
}

async fn a_callback_that_throws_breaks_nothing(stage: &Stage) {
    let inline = "<script>
        window.errors = [];
        window.onerror = (message) => { errors.push(message); return true; };
        wx.invoke('getCurExternalContact', {}, () => { throw new Error('a mistake of the page'); });
        wx.invoke('getCurChatInfo', {}, (res) => { window.later = res; });
      </script>";
    let framed = stage
        .frame(Page::html(&[SDK, HELPER, inline].concat()))
        .await;
    let later = framed.page.until("return window.later", &[]).await;
    assert_eq!(later["err_msg"], "getCurChatInfo:ok");
    let errors = framed
        .page
        .until("return errors.length && errors", &[])
        .await;
    assert_eq!(errors.as_array().map(Vec::len), Some(1));
    assert!(
        errors[0]
            .as_str()
            .unwrap_or_default()
            .contains("a mistake of the page"),
        "{errors}"
    );
}

async fn a_page_that_lost_its_parameter_can_force_it(stage: &Stage) {
    let source = [SDK, "<script src=/juzi-helper.js data-force></script>"].concat();
    let framed = stage.frame(Page::html(&source).unregistered()).await;
    let answer = framed
        .page
        .js("return wx.invoke('getCurExternalContact', {})", &[])
        .await;
    assert_eq!(answer["userId"], "wmContact");
}

async fn a_malformed_option_is_named_in_the_console(stage: &Stage) {
    let source = "<script src=/pages/note-errors.js></script>
        <script src=/juzi-helper.js data-timeout=soon data-bridge=perhaps></script>";
    let framed = stage.frame(Page::html(source)).await;
    let answer = framed.contact().await;
    assert_eq!(answer["userId"], "wmContact", "the defaults are used");
    let errors = framed.page.js("return complaints", &[]).await;
    assert_eq!(errors.as_array().map(Vec::len), Some(2), "{errors}");
    for option in ["timeout", "bridge"] {
        assert!(errors.to_string().contains(option), "{errors}");
    }
}

async fn every_option_is_read_from_the_tag_where_it_is_the_only_one(stage: &Stage) {
    let note = "<script>
        window.written = [];
        for (const level of ['log', 'error']) console[level] = (...words) => written.push(words[0]);
      </script>";
    for (option, value, expected) in [
        ("allowed-hosts", "nowhere", "allowedHosts: \"nowhere\""),
        ("timeout", "soon", "timeout must be"),
        ("force", "perhaps", "force must be"),
        ("bridge", "perhaps", "bridge must be"),
        ("debug", "true", "in the sidebar"),
        ("user-agent", "wechat", "userAgent must be"),
    ] {
        let tag = format!("<script src=/juzi-helper.js data-{option}={value}></script>");
        let framed = stage.frame(Page::html(&[note, &tag].concat())).await;
        let script = "return written.join()";
        let written = framed.page.js(script, &[]).await;
        let written = written.as_str().expect("a text");
        assert!(written.contains(expected), "{option}: {written}");
    }
}

//! Pages that break the helper's start, and pages that take its listener away afterwards. No call waits for ever.

use juzi_e2e::{Case, Page, Stage, tests};
use serde_json::json;

pub fn cases() -> Vec<Case> {
    tests![
        whatever_throws_while_the_script_starts_ends_every_call,
        an_event_that_cannot_be_dispatched_stops_nothing,
        a_document_that_is_opened_again_is_listened_to_by_the_next_call,
        a_document_that_is_opened_again_is_listened_to_by_a_second_tag,
    ]
}

const NOTES: &str = "<script src=/pages/note-errors.js></script>";
const CLOCK: &str = "<script src=/pages/clock.js></script>";
const REAL_TIME: &str = "<script>realTime()</script>";
const HELPERS: [&str; 2] = ["/juzi-helper.js", "/pkg/juzi-helper.compat.js"];

/// Functions that a page, or a sandbox around it, may have replaced by ones that throw.
const BROKEN: [&str; 5] = [
    "Object.defineProperty(Navigator.prototype, 'userAgent', { get() { throw new Error('broken'); } })",
    "Object.defineProperty(window, 'parent', { configurable: true, get() { throw new Error('broken'); } })",
    "URLSearchParams.prototype.has = () => { throw new Error('broken'); }",
    "EventTarget.prototype.addEventListener = () => { throw new Error('broken'); }",
    "Crypto.prototype.getRandomValues = () => { throw new Error('broken'); }",
];

/// `juziWx` is in the page, every call ends with the reason, and the console has one line about it. The clock stands still, so that no
/// call can end by its timeout.
async fn whatever_throws_while_the_script_starts_ends_every_call(stage: &Stage) {
    for broken in BROKEN {
        for helper in HELPERS {
            let source = format!(
                "{NOTES}{CLOCK}<script>{broken}</script><script src={helper}></script>{REAL_TIME}
                 <script>
                   window.results = [];
                   const note = ({{ err_msg }}) => results.push(err_msg);
                   juziWx.getCurExternalContact(note);
                   juziWx.invoke('sidebarAuth', {{}}, note);
                   juziWx.getCurChatInfo().catch(note);
                   juziWx.error(note);
                   juziWx.ready(() => results.push('ready'));
                 </script>"
            );
            let framed = stage.frame(Page::html(&source)).await;
            let script = "return results.length >= 4 && [[...results].sort(), complaints.length, complaints.join().includes('internal error')]";
            let ended = framed.page.until(script, &[]).await;
            let expected = json!([
                [
                    "config:fail internal error",
                    "getCurChatInfo:fail internal error",
                    "getCurExternalContact:fail internal error",
                    "sidebarAuth:fail internal error"
                ],
                1,
                true
            ]);
            assert_eq!(ended, expected, "{broken} {helper}");
        }
    }
}

async fn an_event_that_cannot_be_dispatched_stops_nothing(stage: &Stage) {
    for helper in HELPERS {
        let source = format!(
            "{NOTES}<script>{{ const {{ dispatchEvent }} = EventTarget.prototype;
               EventTarget.prototype.dispatchEvent = function (event) {{
                 if (event.type === 'WeixinJSBridgeReady' && !window.refused) {{ window.refused = true; throw new TypeError('Illegal invocation'); }}
                 return dispatchEvent.call(this, event);
               }}; }}</script><script src={helper}></script>"
        );
        let framed = stage.frame(Page::html(&source)).await;
        assert_eq!(
            framed.contact().await["err_msg"],
            "getCurExternalContact:ok"
        );
        let found = framed
            .page
            .js("return [window.refused, complaints]", &[])
            .await;
        assert_eq!(found, json!([true, []]), "{helper}");
    }
}

/// `document.open()` removes every listener of the window and keeps its variables.
const REWRITE: &str = "
    document.open();
    document.write('<!doctype html><p>again</p>' + (arguments[0] ?? ''));
    document.close();
    window.pushes = 0;
    return typeof juziWx.invoke";

async fn a_document_that_is_opened_again_is_listened_to_by_the_next_call(stage: &Stage) {
    for helper in HELPERS {
        let framed = stage
            .frame(Page::html(&format!("<script src={helper}></script>")))
            .await;
        framed.contact().await;
        framed
            .page
            .js("juziWx.on('updateBaseInfo', () => window.pushes++)", &[])
            .await;
        assert_eq!(framed.page.js(REWRITE, &[]).await, "function");
        assert_eq!(
            framed.contact().await["err_msg"],
            "getCurExternalContact:ok",
            "{helper}"
        );
        // It listens once, however many calls there have been.
        for _ in 0..3 {
            framed.contact().await;
        }
        let push = "tell({ api: 'updateBaseInfo', data: { baseInfo: { code: '1' } } })";
        framed.host.js(push, &[]).await;
        framed.page.until("return window.pushes", &[]).await;
        framed.contact().await;
        assert_eq!(framed.page.js("return window.pushes", &[]).await, 1);
    }
}

async fn a_document_that_is_opened_again_is_listened_to_by_a_second_tag(stage: &Stage) {
    for (first, second) in [HELPERS, [HELPERS[1], HELPERS[0]]].map(|[a, b]| (a, b)) {
        let framed = stage
            .frame(Page::html(&format!("<script src={first}></script>")))
            .await;
        framed.contact().await;
        framed
            .page
            .js(
                "juziWx.on('updateBaseInfo', () => window.pushes++); window.first = juziWx",
                &[],
            )
            .await;
        let tag = format!("<script src={second} onload='window.loaded = true'></script>");
        framed.page.js(REWRITE, &[tag.into()]).await;
        framed.page.until("return window.loaded", &[]).await;
        // No call of the page's own has been made: a push arrives all the same.
        let push = "tell({ api: 'updateBaseInfo', data: { baseInfo: { code: '1' } } })";
        framed.host.js(push, &[]).await;
        framed.page.until("return window.pushes", &[]).await;
        let found = framed
            .page
            .js("return [window.pushes, juziWx === first]", &[])
            .await;
        assert_eq!(found, json!([1, true]), "{first} {second}");
    }
}

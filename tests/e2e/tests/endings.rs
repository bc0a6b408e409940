//! Every call ends once, and later calls do too, whatever a page passes and whatever a host answers.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        signals_that_misbehave_stop_no_timeout,
        a_signal_that_is_null_is_none,
        a_console_that_throws_loses_no_call,
        lists_without_end_are_refused_at_once,
        an_answer_that_is_no_plain_object_is_a_failure_at_once,
        an_answer_s_prototype_is_not_handed_on,
        a_text_in_an_error_is_never_cut_within_a_surrogate_pair,
        what_listens_is_not_told_of_a_failure,
        a_configuration_that_nobody_waits_for_is_no_unhandled_rejection,
        webassembly_that_never_settles_ends_calls_after_the_patience,
    ]
}

const NOTES: &str = "<script src=/pages/note-errors.js></script>";
const HELPER: &str = "<script src=/juzi-helper.js></script>";
const CLOCK: &str = "<script src=/pages/clock.js></script>";
const REAL_TIME: &str = "<script>realTime()</script>";

async fn framed(stage: &Stage, parts: &[&str], host: Value) -> Framed {
    stage.frame(Page::html(&parts.concat()).host(host)).await
}

fn mute() -> Value {
    json!({ "faults": { "drop": 1 } })
}

/// A page on which the helper has neither WebAssembly nor its other file, and has logged the error.
async fn that_cannot_run(stage: &Stage, source: &str) -> Framed {
    let without = "<script>delete window.WebAssembly</script>";
    let alone = "<script src=/alone/juzi-helper.js></script>";
    let framed = framed(stage, &[NOTES, without, alone, source], json!({})).await;
    let logged = "return complaints.some((text) => text.includes('webassembly blocked'))";
    framed.page.until(logged, &[]).await;
    framed
}

async fn signals_that_misbehave_stop_no_timeout(stage: &Stage) {
    let framed = framed(stage, &[NOTES, CLOCK, HELPER, REAL_TIME], mute()).await;
    let script = "
        const signals = [
          { aborted: false, addEventListener() {} },
          { aborted: false, addEventListener() {}, removeEventListener: null },
          { aborted: false, addEventListener() {}, removeEventListener() { throw new Error('no'); } },
          { aborted: false, addEventListener() {}, get removeEventListener() { throw new Error('no'); } },
          new Proxy(new AbortController().signal, {}),
        ];
        window.results = [];
        signals.forEach((signal, number) => juziWx.getCurExternalContact({ signal, complete: (res) => { results[number] = res.err_msg; } }));
        juziWx.getCurExternalContact((res) => { results[5] = res.err_msg; });
        pass(60_001)";
    framed.page.js(script, &[]).await;
    let ended = framed
        .page
        .until("return Object.keys(results).length === 6 && results", &[])
        .await;
    let timeout = "getCurExternalContact:fail timeout";
    // The last signal is refused: for the platform, a proxy of an AbortSignal is not an AbortSignal.
    for number in [0, 1, 2, 3, 5] {
        assert_eq!(ended[number], timeout, "{ended}");
    }
    assert_eq!(
        ended[4],
        "getCurExternalContact:fail signal must be an AbortSignal"
    );
    // The timer still runs.
    let script = "window.later = undefined;
        juziWx.getCurExternalContact((res) => { window.later = res.err_msg; });
        pass(10_001)";
    framed.page.js(script, &[]).await;
    let later = framed.page.until("return later", &[]).await;
    assert_eq!(later, timeout);
    assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
}

async fn a_signal_that_is_null_is_none(stage: &Stage) {
    let framed = framed(stage, &[NOTES, HELPER], json!({})).await;
    let script =
        "return juziWx.getCurExternalContact({ signal: null }).then((res) => res.err_msg, String)";
    assert_eq!(
        framed.page.js(script, &[]).await,
        "getCurExternalContact:ok"
    );
}

async fn a_console_that_throws_loses_no_call(stage: &Stage) {
    let throwing =
        "<script>console.error = console.log = () => { throw new Error('no console'); }</script>";
    let without = "<script>delete window.WebAssembly</script>";
    // Neither script can run, because the second one is refused as well.
    let source = [
        throwing,
        without,
        "<script src=/alone/juzi-helper.js></script>",
    ]
    .concat();
    let framed_blocked = stage.frame(Page::html(&source)).await;
    let res = framed_blocked.contact().await;
    assert_eq!(
        res["err_msg"],
        "getCurExternalContact:fail webassembly blocked"
    );
    let framed = framed(
        stage,
        &[
            throwing,
            "<script src=/juzi-helper.js data-debug data-timeout=nonsense></script>",
        ],
        json!({}),
    )
    .await;
    assert_eq!(framed.contact().await["userId"], "wmContact");
}

async fn lists_without_end_are_refused_at_once(stage: &Stage) {
    let framed = framed(stage, &[NOTES, HELPER], json!({})).await;
    let script = "
        const endless = () => new Proxy([], { get: (list, name) => (name === 'length' ? 2 ** 32 - 1 : list[name]) });
        const failure = (promise) => promise.then(() => 'ok', (error) => error.err_msg);
        return Promise.all([
          failure(juziWx.sendMultiChatMessage(endless())),
          failure(juziWx.sendMultiChatMessage({ messages: endless() })),
          failure(juziWx.previewImage({ urls: endless() })),
          failure(juziWx.checkJsApi({ jsApiList: endless() })),
        ])";
    let messages = "sendMultiChatMessage:fail messages must be an array of at most 100 messages";
    assert_eq!(
        framed.page.js(script, &[]).await,
        json!([
            messages,
            messages,
            "previewImage:fail urls must be an array of at most 1000 URLs",
            "checkJsApi:fail jsApiList must be an array of at most 1000 names",
        ])
    );
}

/// Answers one call with each of the values, and returns what its callback got.
async fn answered(framed: &Framed, api: &str, params: Value, values: &str) -> Value {
    let script = "window.results = [];
        for (let number = 0; number < arguments[0]; number++) {
          juziWx.invoke(arguments[1], arguments[2], (res) => { results[number] = res; });
        }";
    let count = framed
        .host
        .js(
            &format!("window.values = {values}; return values.length"),
            &[],
        )
        .await;
    let asked = framed.host.js("return asked.length", &[]).await;
    framed
        .page
        .js(script, &[count.clone(), json!(api), params])
        .await;
    framed
        .host
        .until(
            "return asked.length === arguments[0] + arguments[1]",
            &[asked.clone(), count.clone()],
        )
        .await;
    let script = "asked.slice(arguments[0]).forEach(({ reqId, api }, number) => tell({ reqId, api, data: values[number] }))";
    framed.host.js(script, &[asked]).await;
    framed
        .page
        .until(
            "return Object.keys(results).length === arguments[0] && results",
            &[count],
        )
        .await
}

async fn an_answer_that_is_no_plain_object_is_a_failure_at_once(stage: &Stage) {
    let framed = framed(
        stage,
        &[
            NOTES,
            "<script src=/juzi-helper.js data-timeout=600000></script>",
        ],
        mute(),
    )
    .await;
    let params = json!({ "userIds": "a", "chatId": "b" });
    let odd = "['done', 'x'.repeat(20e6), 1, true, [1], new Date(0), new Map([[1, 2]]), new Uint8Array(3), new Error('e'), new Blob([])]";
    let results = answered(&framed, "openEnterpriseChat", params, odd).await;
    for res in results.as_array().expect("one for each") {
        assert_eq!(
            *res,
            json!({ "err_msg": "openEnterpriseChat:fail", "errMsg": "openEnterpriseChat:fail", "errCode": -1 })
        );
    }
    let odd =
        "[{ baseInfo: 'x' }, { baseInfo: [] }, { baseInfo: new Map() }, { baseInfo: new Date(0) }]";
    let results = answered(&framed, "sidebarAuth", json!({}), odd).await;
    for res in results.as_array().expect("one for each") {
        assert_eq!(res["err_msg"], "sidebarAuth:fail");
    }
    assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
}

async fn an_answer_s_prototype_is_not_handed_on(stage: &Stage) {
    let framed = framed(stage, &[NOTES, HELPER], mute()).await;
    let params = json!({ "userIds": "a", "chatId": "b" });
    let hostile =
        "[JSON.parse('{ \"__proto__\": { \"admin\": true }, \"chatId\": \"c\", \"id\": \"i\" }')]";
    for (api, params) in [
        ("openEnterpriseChat", params),
        ("getCurChatInfo", json!({})),
    ] {
        answered(&framed, api, params, hostile).await;
        let script = "return [Object.hasOwn(results[0], '__proto__'), Object.assign({}, results[0]).admin ?? null, results[0].chatId]";
        assert_eq!(
            framed.page.js(script, &[]).await,
            json!([false, null, "c"]),
            "{api}"
        );
    }
    let hostile =
        "[{ baseInfo: JSON.parse('{ \"__proto__\": { \"admin\": true }, \"code\": \"c\" }') }]";
    answered(&framed, "sidebarAuth", json!({}), hostile).await;
    let script = "return Object.assign({}, results[0].data.baseInfo).admin ?? null";
    assert_eq!(framed.page.js(script, &[]).await, Value::Null);
}

async fn a_text_in_an_error_is_never_cut_within_a_surrogate_pair(stage: &Stage) {
    let framed = framed(stage, &[NOTES, HELPER], json!({})).await;
    let script = "return Promise.all([38, 39, 40, 41].map((length) =>
        juziWx.sendChatMessage({ msgtype: 'x'.repeat(length) + '😀😀' }).catch(({ err_msg }) => /\"(.*)\"$/.exec(err_msg)[1])))";
    let shown = framed.page.js(script, &[]).await;
    let expected = |length: usize, rest: &str| format!("{}{rest}", "x".repeat(length));
    assert_eq!(
        shown,
        json!([
            expected(38, "😀😀"),
            expected(39, "😀…"),
            expected(40, "…"),
            expected(40, "…")
        ])
    );
}

async fn what_listens_is_not_told_of_a_failure(stage: &Stage) {
    let listening = "<script>
        window.told = [];
        for (const name of ['ready', 'on', 'off', 'error']) {
          const listener = (res) => told.push([name, res?.err_msg]);
          if (name === 'ready' || name === 'error') juziWx[name](listener);
          else juziWx[name]('updateBaseInfo', listener);
        }
      </script>";
    let framed = that_cannot_run(stage, listening).await;
    // An `error` callback that is added later is called as well; a `ready` callback is not.
    let script = "juziWx.error((res) => told.push(['later', res?.err_msg])); juziWx.ready((res) => told.push(['later ready', res]));
        return new Promise((resolve) => setTimeout(() => resolve(told), 0))";
    let failed = "config:fail webassembly blocked";
    assert_eq!(
        framed.page.js(script, &[]).await,
        json!([["error", failed], ["later", failed]])
    );
}

async fn a_configuration_that_nobody_waits_for_is_no_unhandled_rejection(stage: &Stage) {
    let calling = "<script>juziWx.config({ debug: false }); juziWx.agentConfig({ corpid: 'a' });
           window.finish = () => void Promise.reject('the end')</script>";
    let framed = that_cannot_run(stage, calling).await;
    let script = "return juziWx.config({}).catch((error) => error.err_msg)";
    assert_eq!(
        framed.page.js(script, &[]).await,
        "config:fail webassembly blocked"
    );
    // The earlier calls have ended. Browsers report unhandled rejections later, in their order, so this one comes last. It is made by a
    // script of the page: Chromium does not report those of its driver.
    framed.page.js("setTimeout(finish)", &[]).await;
    let script = "const others = complaints.filter((text) => !text.startsWith('juzi-helper:'));
        return others.includes('the end') && others";
    assert_eq!(framed.page.until(script, &[]).await, json!(["the end"]));
}

async fn webassembly_that_never_settles_ends_calls_after_the_patience(stage: &Stage) {
    let endless = "<script>
        window.WebAssembly = {
          Module: class { constructor() { throw new RangeError('too large for the main thread'); } },
          Instance: class {},
          RuntimeError: class extends Error {},
          instantiate: () => new Promise(() => {}),
        };
      </script>";
    let parts = [
        NOTES,
        CLOCK,
        endless,
        "<script src=/alone/juzi-helper.js></script>",
        REAL_TIME,
        "<script>window.ended = undefined; juziWx.getCurExternalContact((res) => { ended = res.err_msg; })</script>",
    ];
    let framed = framed(stage, &parts, json!({})).await;
    assert_eq!(
        framed.page.js("return ended ?? null", &[]).await,
        Value::Null
    );
    framed.page.js("pass(30_001)", &[]).await;
    let ended = framed.page.until("return ended", &[]).await;
    assert_eq!(ended, "getCurExternalContact:fail webassembly blocked");
}

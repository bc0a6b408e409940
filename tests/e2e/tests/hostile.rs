//! Hosts that send arbitrary values, and pages that call with arbitrary values. Each call ends exactly once with the text in
//! the specification, and later calls work.

use juzi_e2e::{Case, Framed, Page, Stage, tests, without_wasm};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        answers_of_every_shape_end_a_call_once,
        ten_thousand_calls_get_their_own_answers_in_any_order,
        ten_thousand_calls_without_an_answer_end_by_themselves,
        an_answer_after_the_timeout_is_dropped,
        ten_megabytes_travel_both_ways,
        a_host_that_cannot_be_posted_to_is_unreachable_until_it_can,
        a_page_that_comes_back_from_history_calls_on,
        a_page_whose_host_reloads_begins_anew,
        parameters_of_every_kind_end_a_call_once,
        an_sdk_that_cannot_be_changed_does_not_stop_the_helper,
        callbacks_that_misbehave_stop_no_other,
        a_callback_may_remove_the_page,
        what_the_page_replaces_afterwards_changes_nothing,
        a_host_whose_postmessage_is_replaced_afterwards_is_posted_to_by_the_one_it_had,
        a_trap_of_the_module_in_javascript_ends_every_call_there_is_and_will_be,
        a_trap_without_webassembly_ends_every_call_there_is_and_will_be,
    ];
    if !without_wasm() {
        cases.extend(tests![a_trap_ends_every_call_there_is_and_will_be]);
    }
    cases
}

const NOTES: &str = "<script src=/pages/note-errors.js></script>";
/// The helper's tag, with a timeout that is long enough for a slow machine.
const HELPER: &str = "<script src=/juzi-helper.js data-timeout=600000></script>";

/// The tags of a helper whose clock `pass(ms)` advances.
const CLOCKED: &str = "<script src=/pages/clock.js></script><script src=/juzi-helper.js></script><script>realTime()</script>";

/// Numbers the calls: `made` is their count, `ends` how often each has ended, and `results` the last answer to each.
const COUNTED: &str = "<script>
    window.ends = [];
    window.results = [];
    window.make = (count, api = 'getCurExternalContact', params = {}) => {
      for (let made = 0; made < count; made++) {
        const number = ends.push(0) - 1;
        juziWx.invoke(api, params, (res) => { ends[number]++; results[number] = res; });
      }
    };
    window.allEnded = () => ends.every((count) => count === 1);
  </script>";

/// A page that counts its calls. `before` is placed before the helper's tag.
fn counting(before: &str, helper: &str) -> Page {
    Page::html(&[NOTES, before, helper, COUNTED].concat())
}

async fn counted(stage: &Stage, helper: &str, host: Value) -> Framed {
    stage.frame(counting("", helper).host(host)).await
}

fn mute() -> Value {
    json!({ "faults": { "drop": 1 } })
}

/// Waits until every call has ended. Then checks that a later call works and that no call has ended twice.
async fn all_ended_once_and_later_calls_work(framed: &Framed) {
    framed
        .page
        .until(
            "return ends.length && ends.every((count) => count > 0)",
            &[],
        )
        .await;
    framed.host.js("host.setFaults({ drop: 0 })", &[]).await;
    // Repeated in case the page's timeout is too short for a busy machine.
    let script = "return juziWx.getCurExternalContact().then((res) => res.userId === 'wmContact', () => false)";
    framed.page.until(script, &[]).await;
    assert_eq!(
        framed
            .page
            .js("return ends.filter((count) => count !== 1).length", &[])
            .await,
        0
    );
    assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
}

async fn answers_of_every_shape_end_a_call_once(stage: &Stage) {
    let framed = counted(stage, HELPER, mute()).await;
    // Each value at each place of an otherwise correct answer, followed by the correct answer.
    let script = "
        window.values = [undefined, null, true, false, 0, -1.5, 1e308, NaN, '', 'x', ':ok', [], [1], {}, { a: { b: [] } }, new Date(0), new Map([[1, 2]]), 10n ** 30n, new Uint8Array(3)];
        window.places = {
          message: (value) => value,
          reqId: (value, right) => ({ ...right, reqId: value }),
          api: (value, right) => ({ ...right, api: value }),
          data: (value, right) => ({ ...right, data: value }),
          id: (value, right) => ({ ...right, data: { externalUserId: value } }),
          err_msg: (value, right) => ({ ...right, err_msg: value }),
          inner: (value, right) => ({ ...right, data: { ...right.data, err_msg: value } }),
          more: (value, right) => ({ ...right, data: { ...right.data, more: value, ['__proto__']: value, constructor: value } }),
        };
        window.cases = Object.values(places).flatMap((place) => values.map((value) => (right) => place(value, right)));
        return cases.length";
    let count = framed.host.js(script, &[]).await;
    framed
        .page
        .js("make(arguments[0])", std::slice::from_ref(&count))
        .await;
    let asked = "return asked.length === cases.length";
    framed.host.until(asked, &[]).await;
    let script = "
        asked.forEach(({ reqId }, number) => {
          const right = { reqId, api: 'getCurExternalContact', data: { externalUserId: `right ${number}` } };
          tell(cases[number](right), right);
        })";
    framed.host.js(script, &[]).await;
    all_ended_once_and_later_calls_work(&framed).await;
    // Either the invalid answer was ignored, or the call failed with a text from the specification or from the host.
    let script = "return results.filter((res, number) => res.err_msg !== 'getCurExternalContact:ok'
        ? !('userId' in res) || typeof res.err_msg !== 'string' || res.err_msg === ''
        : typeof res.userId !== 'string' || res.userId === '').length";
    assert_eq!(framed.page.js(script, &[]).await, 0);
    let script = "return [results.filter((res, number) => res.userId === `right ${number}`).length > 60, results.some((res) => res.err_msg === 'getCurExternalContact:fail')]";
    assert_eq!(framed.page.js(script, &[]).await, json!([true, true]));
}

async fn ten_thousand_calls_get_their_own_answers_in_any_order(stage: &Stage) {
    let framed = counted(stage, HELPER, mute()).await;
    framed.page.js("make(10000)", &[]).await;
    framed
        .host
        .until("return asked.length === 10000", &[])
        .await;
    let script = "
        asked.map(({ reqId }, number) => ({ reqId, number })).reverse().forEach(({ reqId, number }) => {
          tell({ reqId, api: 'getCurExternalContact', data: { externalUserId: `answer ${number}` } });
        })";
    framed.host.js(script, &[]).await;
    all_ended_once_and_later_calls_work(&framed).await;
    let script = "return results.filter((res, number) => res.userId !== `answer ${number}`).length";
    assert_eq!(framed.page.js(script, &[]).await, 0);
}

async fn ten_thousand_calls_without_an_answer_end_by_themselves(stage: &Stage) {
    let framed = counted(
        stage,
        "<script src=/juzi-helper.js data-timeout=500></script>",
        mute(),
    )
    .await;
    framed.page.js("make(10000)", &[]).await;
    framed.page.until("return allEnded()", &[]).await;
    let script = "return results.filter((res) => res.err_msg !== 'getCurExternalContact:fail timeout').length";
    assert_eq!(framed.page.js(script, &[]).await, 0);
    framed
        .host
        .until("return asked.length === 10000", &[])
        .await;
    all_ended_once_and_later_calls_work(&framed).await;
}

async fn an_answer_after_the_timeout_is_dropped(stage: &Stage) {
    let framed = counted(
        stage,
        "<script src=/juzi-helper.js data-timeout=200></script>",
        mute(),
    )
    .await;
    framed.page.js("make(1)", &[]).await;
    framed.page.until("return allEnded()", &[]).await;
    let script = "const { reqId } = asked[0];
        for (let time = 0; time < 3; time++) tell({ reqId, api: 'getCurExternalContact', data: { externalUserId: 'late' } })";
    framed.host.js(script, &[]).await;
    all_ended_once_and_later_calls_work(&framed).await;
    assert_eq!(
        framed.page.js("return results[0].err_msg", &[]).await,
        "getCurExternalContact:fail timeout"
    );
}

async fn ten_megabytes_travel_both_ways(stage: &Stage) {
    let framed = counted(stage, HELPER, json!({})).await;
    let script = "window.large = '句\\ud800'.repeat(5e6);
        make(1, 'sendChatMessage', { msgtype: 'text', text: { content: large } })";
    framed.page.js(script, &[]).await;
    framed.page.until("return allEnded()", &[]).await;
    assert_eq!(
        framed.page.js("return results[0].err_msg", &[]).await,
        "sendChatMessage:ok"
    );
    assert_eq!(
        framed
            .host
            .js(
                "return sent[0].content.content === '句\\ud800'.repeat(5e6)",
                &[]
            )
            .await,
        true
    );
    framed.host.js("host.setFaults({ drop: 1 })", &[]).await;
    framed.page.js("make(1)", &[]).await;
    let script = "const { reqId } = asked.findLast((entry) => entry.api === 'getCurExternalContact') ?? {};
        if (reqId) tell({ reqId, api: 'getCurExternalContact', data: { externalUserId: 'x'.repeat(1e7) } });
        return reqId";
    framed.host.until(script, &[]).await;
    framed
        .page
        .until("return results[1]?.userId?.length === 1e7", &[])
        .await;
    all_ended_once_and_later_calls_work(&framed).await;
}

async fn a_host_that_cannot_be_posted_to_is_unreachable_until_it_can(stage: &Stage) {
    // The host has the page's own origin, because a cross-origin one cannot be made to throw. This runs before the helper, which
    // keeps the function that it finds.
    let broken = "<script>
        window.broken = true;
        const { postMessage } = parent;
        parent.postMessage = (...message) => {
          if (broken) throw new Error('no');
          postMessage.apply(parent, message);
        };
      </script>";
    let framed = stage
        .frame(counting(broken, HELPER).host_at("localhost"))
        .await;
    framed
        .page
        .js(
            "make(2); make(1, 'sendChatMessage', { msgtype: 'text', text: { content: 'x' } })",
            &[],
        )
        .await;
    framed.page.until("return allEnded()", &[]).await;
    assert_eq!(
        framed
            .page
            .js("return results.map((res) => res.err_msg)", &[])
            .await,
        json!([
            "getCurExternalContact:fail host unreachable",
            "getCurExternalContact:fail host unreachable",
            "sendChatMessage:fail host unreachable"
        ])
    );
    framed.page.js("window.broken = false", &[]).await;
    all_ended_once_and_later_calls_work(&framed).await;
}

/// The host navigates away while calls are pending, and comes back from the back/forward cache, which all three engines have.
/// Then one call is answered, and the others time out.
async fn a_page_that_comes_back_from_history_calls_on(stage: &Stage) {
    stage.in_whole_browser(comes_back_from_history).await;
}

/// A page with three pending calls that has come back from the cache. A browser gives a page few seconds to enter it, and a busy machine may
/// need more: then the page is loaded again instead, and everything is done once more.
async fn from_history(stage: &Stage) -> Framed {
    for _ in 0..10 {
        let framed = counted(stage, CLOCKED, mute()).await;
        framed.page.js("make(3)", &[]).await;
        framed.host.until("return asked.length === 3", &[]).await;
        for view in [&framed.host, &framed.page] {
            let note = "window.left = true;
                addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted; })";
            view.js(note, &[]).await;
        }
        let elsewhere = stage.url("elsewhere.localhost", "/pages/empty.html");
        framed.host.goto(&elsewhere).await;
        framed.host.js("history.back()", &[]).await;
        let back = "return location.hostname !== 'elsewhere.localhost' && document.readyState === 'complete'";
        framed.host.until(back, &[]).await;
        if framed.host.js("return window.left === true", &[]).await == true {
            for view in [&framed.host, &framed.page] {
                view.until("return window.persisted", &[]).await;
            }
            return framed;
        }
    }
    panic!("the browser has put the page into its cache not once");
}

async fn comes_back_from_history(stage: &Stage) {
    let framed = from_history(stage).await;
    assert_eq!(framed.page.js("return ends", &[]).await, json!([0, 0, 0]));
    let script = "const { reqId } = asked[0];
        tell({ reqId, api: 'getCurExternalContact', data: { externalUserId: 'kept' } })";
    framed.host.js(script, &[]).await;
    framed
        .page
        .until("return results[0]?.userId === 'kept'", &[])
        .await;
    framed.page.js("pass(10_000)", &[]).await;
    all_ended_once_and_later_calls_work(&framed).await;
    assert_eq!(
        framed
            .page
            .js("return results.map((res) => res.err_msg)", &[])
            .await,
        json!([
            "getCurExternalContact:ok",
            "getCurExternalContact:fail timeout",
            "getCurExternalContact:fail timeout"
        ])
    );
}

/// A host that reloads while calls are pending also reloads the page. The new helper has no record of these calls.
async fn a_page_whose_host_reloads_begins_anew(stage: &Stage) {
    let framed = counted(stage, HELPER, mute()).await;
    framed.page.js("make(3)", &[]).await;
    framed.host.until("return asked.length === 3", &[]).await;
    framed.host.js("location.reload()", &[]).await;
    framed
        .host
        .until("return window.log?.length === 0", &[])
        .await;
    framed
        .page
        .until("return window.ends?.length === 0", &[])
        .await;
    framed.page.js("make(3)", &[]).await;
    framed.host.until("return asked.length === 3", &[]).await;
    let script = "for (const { reqId } of asked) {
          tell({ reqId, api: 'getCurExternalContact', data: { externalUserId: 'anew' } });
        }";
    framed.host.js(script, &[]).await;
    all_ended_once_and_later_calls_work(&framed).await;
}

async fn parameters_of_every_kind_end_a_call_once(stage: &Stage) {
    let framed = counted(stage, HELPER, json!({})).await;
    let script = "
        const revoked = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; };
        const detached = () => { const view = new Uint8Array(8); structuredClone(view.buffer, { transfer: [view.buffer] }); return view; };
        const cycle = () => { const object = { msgtype: 'text' }; object.text = object; object.content = object; return object; };
        const fickle = (object) => new Proxy(object, { get: (target, name) => { const value = target[name]; delete target[name]; return value; } });
        const hostile = {
          get: () => { throw new Error('get'); }, has: () => { throw new Error('has'); }, ownKeys: () => { throw new Error('ownKeys'); },
          getPrototypeOf: () => { throw new Error('getPrototypeOf'); }, getOwnPropertyDescriptor: () => { throw new Error('descriptor'); },
        };
        const any = [
          undefined, null, true, 0, NaN, -0, '', 'x', 1n, Symbol('s'), () => {}, [], {}, [undefined], Object.create(null), new Date(NaN), /x/, new Error('x'),
          revoked(), detached(), cycle(), new Proxy({}, hostile), new Proxy([], hostile), new Proxy(() => {}, hostile), window, document, parent,
          { get msgtype() { throw new Error('msgtype'); } }, { get text() { throw null; }, msgtype: 'text' }, JSON.parse('{\"__proto__\":{\"msgtype\":\"text\"}}'),
          { constructor: 1, toString: null, valueOf: null }, { msgtype: { toString: () => 'text' } }, { msgtype: 'constructor' }, { msgtype: '__proto__' },
          { toJSON() { throw new Error('toJSON'); } }, { [Symbol.toPrimitive]() { throw new Error('toPrimitive'); } }, { then() { throw new Error('then'); } },
          fickle({ msgtype: 'text', text: { content: 'x' } }), Object.freeze({ msgtype: 'text', text: Object.freeze({ content: 'x' }) }), new WeakMap(), new Promise(() => {}),
        ];
        const nested = any.flatMap((value) => [
          { msgtype: 'text', text: value }, { msgtype: 'text', text: { content: value } }, { msgtype: value }, { messages: value }, { messages: [value] }, [value],
          { urls: value }, { urls: [value] }, { urls: ['a.png'], current: value }, { userIds: value }, { userIds: 'a', chatId: value }, { jsApiList: value }, { jsApiList: [value] },
          { reqType: value },
        ]);
        const names = ['getCurExternalContact', 'getCurExternalChat', 'sendChatMessage', 'sendMultiChatMessage', 'sidebarAuth', 'getCurChatInfo', 'openEnterpriseChat',
          'previewImage', 'getContext', 'config', 'agentConfig', 'checkJsApi', 'nothingOfTheKind', '__proto__', 'constructor', ''];
        let errors = 0;
        for (const params of [...any, ...nested]) for (const name of names) {
          try { make(1, name, params); } catch { errors++; }
        }
        for (const name of any) try { make(1, name, {}); } catch { errors++; }
        return errors";
    assert_eq!(framed.page.js(script, &[]).await, 0, "invoke threw");
    framed
        .page
        .until(
            "return ends.length > 5000 && ends.every((count) => count > 0)",
            &[],
        )
        .await;
    let script = "return results.filter((res) => typeof res.err_msg !== 'string' || res.err_msg === '').length";
    assert_eq!(framed.page.js(script, &[]).await, 0);
    all_ended_once_and_later_calls_work(&framed).await;
}

async fn an_sdk_that_cannot_be_changed_does_not_stop_the_helper(stage: &Stage) {
    // The state of `window.wx` before the helper's tag, and whether `window.wx` is the helper's afterwards.
    let table = [
        ("window.wx = Object.freeze({ invoke() {}, mine: 1 })", true),
        ("window.wx = Object.seal({ mine: 1 })", true),
        ("window.wx = Object.preventExtensions({ mine: 1 })", true),
        (
            "window.wx = Object.defineProperty({ mine: 1 }, 'invoke', { value() {} })",
            true,
        ),
        (
            "window.wx = new Proxy({ mine: 1 }, { defineProperty: () => false })",
            true,
        ),
        (
            "window.wx = new Proxy({ mine: 1 }, { defineProperty() { throw new Error('no'); } })",
            true,
        ),
        (
            "Object.defineProperty(window, 'wx', { value: Object.freeze({ mine: 1 }) })",
            false,
        ),
        (
            "Object.defineProperty(window, 'wx', { get: () => Object.freeze({ mine: 1 }) })",
            false,
        ),
        (
            "Object.defineProperty(window, 'wx', { get() { throw new Error('no'); } })",
            false,
        ),
        (
            "Object.defineProperty(window, 'wx', { get: () => Object.freeze({ mine: 1 }), configurable: true })",
            true,
        ),
        ("window.wx = 'a text'", false),
        ("window.wx = null", false),
    ];
    for (before, taken) in table {
        let page = counting(&format!("<script>{before}</script>"), HELPER);
        let framed = stage.frame(page).await;
        let script = "try { return window.wx?.isJuziWx === true; } catch { return false; }";
        assert_eq!(framed.page.js(script, &[]).await, taken, "{before}");
        if taken {
            let answer = framed
                .page
                .js("return wx.invoke('getCurExternalContact', {})", &[])
                .await;
            assert_eq!(answer["userId"], "wmContact", "{before}");
            assert_eq!(framed.page.js("return wx.mine", &[]).await, 1, "{before}");
        }
        assert_eq!(
            framed.page.js("return juziWx.env.wxPatched", &[]).await,
            taken,
            "{before}"
        );
        framed.page.js("make(1)", &[]).await;
        all_ended_once_and_later_calls_work(&framed).await;
    }
}

async fn callbacks_that_misbehave_stop_no_other(stage: &Stage) {
    // Inline in the page, because `window.onerror` gets no details of errors in a cross-origin script.
    let script = "
        window.errors = [];
        window.onerror = (message) => { errors.push(message); return true; };
        let depth = 0;
        const again = (res) => { ends[0] = 1; if (++depth < 50) juziWx.invoke('getCurExternalContact', {}, again); else ends[1] = 1; };
        ends.push(0, 0, 0);
        juziWx.invoke('getCurExternalContact', {}, () => { throw new Error('first'); });
        juziWx.getCurChatInfo({ success() { throw new Error('second'); }, complete() { ends[2]++; throw { message: 'third' }; } });
        juziWx.invoke('getCurExternalContact', {}, again);
        juziWx.on('updateBaseInfo', () => { throw new Error('fourth'); });
        make(5);
        try { juziWx.ready(() => { throw new Error('fifth'); }); } catch { errors.push('ready threw'); }
        const deep = (left) => { if (left) { juziWx.invoke('config', {}, () => {}); deep(left - 1); } };
        deep(1000)";
    let source = format!("{HELPER}{COUNTED}<script>{script}</script>");
    let framed = stage.frame(Page::html(&source)).await;
    framed
        .page
        .until("return ends.length === 8 && allEnded()", &[])
        .await;
    let errors = framed
        .page
        .until("return errors.length === 4 && errors", &[])
        .await
        .to_string();
    // The other one is an object that is not an Error; each engine has its own text for it.
    for mistake in ["first", "second", "fifth"] {
        assert!(errors.contains(mistake), "{errors}");
    }
    let later = framed.contact().await;
    assert_eq!(later["userId"], "wmContact");
}

async fn a_callback_may_remove_the_page(stage: &Stage) {
    let inline = "<script>
        window.go = () => {
          juziWx.invoke('getCurExternalContact', {}, () => { frameElement.remove(); });
          for (let more = 0; more < 20; more++) juziWx.invoke('getCurChatInfo', {}, () => {});
        };
      </script>";
    let source = [HELPER, inline].concat();
    let framed = stage.frame(Page::html(&source).host_at("localhost")).await;
    framed
        .host
        .js("document.querySelector('iframe').contentWindow.go()", &[])
        .await;
    framed
        .host
        .until("return document.querySelector('iframe') === null", &[])
        .await;
    framed.host.until("return asked.length === 21", &[]).await;
    let errors = stage.console_errors().await;
    assert!(
        errors.iter().all(|error| error.contains("favicon")),
        "{errors:?}"
    );
}

/// The driver's own scripts cannot run in the page while its globals are replaced. So a message of the host starts the replacement, and the
/// page adds a frame when everything is restored.
async fn what_the_page_replaces_afterwards_changes_nothing(stage: &Stage) {
    let script = "
      addEventListener('message', ({ data }) => { if (data === 'replace') replace(); });
      function replace() {
        const no = (name) => function () { throw new Error(`the page's ${name}`); };
        const kept = { setTimeout, queueMicrotask, Promise, Error };
        for (const name of ['Map', 'Set', 'WeakMap', 'Promise', 'Object', 'Array', 'Reflect', 'String', 'Number', 'Boolean', 'Error', 'TypeError', 'JSON', 'URL', 'URLSearchParams',
          'Symbol', 'Proxy', 'WebAssembly', 'MessageEvent', 'parent', 'navigator', 'TextDecoder', 'TextEncoder', 'Uint8Array', 'DataView', 'crypto', 'performance', 'postMessage', 'addEventListener', 'removeEventListener',
          'setTimeout', 'clearTimeout', 'queueMicrotask', 'requestAnimationFrame', 'structuredClone', 'Date', 'Math']) {
          kept[name] = window[name];
          try { Object.defineProperty(window, name, { value: no(name), configurable: true, writable: true }); } catch { window[name] = no(name); }
        }
        ends.push(0, 0, 0, 0);
        juziWx.invoke('getCurExternalContact', {}, (res) => { ends[0]++; results[0] = res; });
        juziWx.sendMultiChatMessage({ messages: [{ msgtype: 'image', image: { url: 'https://example.com/a.png' } }], complete: (res) => { ends[1]++; results[1] = res; } });
        juziWx.previewImage({ urls: ['a.png'], success: (res) => { ends[2]++; results[2] = res; } });
        juziWx.getCurExternalChat().then((res) => { ends[3]++; results[3] = res; }, (error) => { ends[3]++; results[3] = error.res; });
        window.restore = () => { for (const name of kept.Reflect.ownKeys(kept)) kept.Reflect.defineProperty(window, name, { value: kept[name], configurable: true, writable: true }); };
        kept.setTimeout.call(window, function wait() { if (ends.every((count) => count > 0)) { restore(); document.body.append(document.createElement('iframe')); } else kept.setTimeout.call(window, wait, 10); }, 10);
      }";
    let tag = format!("{NOTES}{HELPER}{COUNTED}<script>{script}</script>");
    let framed = stage.frame(Page::html(&tag)).await;
    framed
        .host
        .js("frames[0].postMessage('replace', '*')", &[])
        .await;
    framed
        .host
        .until("return frames[0].length === 1", &[])
        .await;
    let texts = framed
        .page
        .js("return results.map((res) => res.err_msg)", &[])
        .await;
    assert_eq!(
        texts,
        json!([
            "getCurExternalContact:ok",
            "sendMultiChatMessage:ok",
            "previewImage:ok",
            "getCurExternalChat:fail"
        ])
    );
    all_ended_once_and_later_calls_work(&framed).await;
}

/// The page can replace functions of a same-origin host, but not of a cross-origin one.
async fn a_host_whose_postmessage_is_replaced_afterwards_is_posted_to_by_the_one_it_had(
    stage: &Stage,
) {
    for (host, replaceable) in [("localhost", true), ("127.0.0.1", false)] {
        let framed = stage.frame(counting("", HELPER).host_at(host)).await;
        let script = "window.stolen = [];
            try { parent.postMessage = (message) => stolen.push(message); return true; } catch { return false; }";
        assert_eq!(framed.page.js(script, &[]).await, replaceable, "{host}");
        framed.page.js("make(3)", &[]).await;
        all_ended_once_and_later_calls_work(&framed).await;
        let seen = "return [stolen.length, results.map((res) => res.userId)]";
        assert_eq!(
            framed.page.js(seen, &[]).await,
            json!([0, ["wmContact", "wmContact", "wmContact"]]),
            "{host}"
        );
    }
}

/// The test overwrites the module's memory.
async fn a_trap_ends_every_call_there_is_and_will_be(stage: &Stage) {
    let watched = "<script src=/pages/watched.js></script>";
    stage
        .in_whole_browser(async |stage: &Stage| trapped(stage, watched, HELPER).await)
        .await;
}

async fn a_trap_of_the_module_in_javascript_ends_every_call_there_is_and_will_be(stage: &Stage) {
    trapped(stage, "", &trapping_compat(stage)).await;
}

/// Without WebAssembly, a trap cannot be a `WebAssembly.RuntimeError`.
async fn a_trap_without_webassembly_ends_every_call_there_is_and_will_be(stage: &Stage) {
    let without = "<script>delete window.WebAssembly</script>";
    trapped(stage, without, &trapping_compat(stage)).await;
}

/// The tags of `juzi-helper.compat.js` and of a `destroy` that makes it trap in its next run. Overwriting its memory causes no
/// trap, because reading past the end of an array gives `undefined`. Instead `console.log`, which the core calls, calls the
/// script's own trap function.
fn trapping_compat(stage: &Stage) -> String {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../pkg/juzi-helper.compat.js"
    );
    let script = std::fs::read_to_string(file).expect("pkg/ is built");
    let end = "(\"unreachable\")}";
    let (before, after) = script.split_once(end).expect("the function that traps");
    let (_, function) = before.rsplit_once("function ").expect("its beginning");
    let (name, _) = function.split_once('(').expect("its name");
    let script = format!("{before}{end}window.trap={name};{after}");
    let url = stage.serve(&Page::bytes(script, "text/javascript"));
    format!(
        "<script src={url} data-timeout=600000 data-debug></script>
         <script>window.destroy = () => {{ console.log = trap; }}</script>"
    )
}

async fn trapped(stage: &Stage, before: &str, helper: &str) {
    let framed = stage.frame(counting(before, helper).host(mute())).await;
    framed.page.js("make(20); make(5, 'sidebarAuth'); juziWx.invoke('updateBaseInfo', { reqType: 'listen' }, (res) => { window.listened = res; })", &[]).await;
    framed.page.js("destroy(); make(3)", &[]).await;
    framed
        .page
        .until(
            "return ends.length === 28 && allEnded() && window.listened",
            &[],
        )
        .await;
    framed.page.js("make(2, 'sendChatMessage'); window.rejected = juziWx.getCurChatInfo().catch((error) => error.code)", &[]).await;
    framed
        .page
        .until("return ends.length === 30 && allEnded()", &[])
        .await;
    let script = "return [...new Set([...results, listened].map((res) => res.err_msg))]";
    assert_eq!(
        framed.page.js(script, &[]).await,
        json!([
            "getCurExternalContact:fail internal error",
            "sidebarAuth:fail internal error",
            "sendChatMessage:fail internal error",
            "updateBaseInfo:fail internal error"
        ])
    );
    assert_eq!(
        framed.page.js("return rejected", &[]).await,
        "internal_error"
    );
    let complaints = framed.page.js("return complaints", &[]).await;
    assert_eq!(complaints.as_array().map(Vec::len), Some(1), "{complaints}");
    assert!(
        complaints.to_string().contains("internal error"),
        "{complaints}"
    );
}

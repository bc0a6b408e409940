//! Calls before the WebAssembly is loaded, where it is forbidden, and after it has failed.
//!
//! These tests use their own instance of calls.js, with a core of a few lines of JavaScript.

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{console_during, failed, js, run};

#[wasm_bindgen(module = "/tests/browser/stage.js")]
extern "C" {
    #[wasm_bindgen(js_name = freshCalls)]
    async fn fresh_calls() -> JsValue;
}

/// Runs the statements with a separate calls.js as `calls`, a function that makes a call as `invoke`, and a core that
/// answers at once as `core`.
async fn with_calls(body: &str) -> String {
    let calls = fresh_calls().await;
    let test = js(&format!(
        "async (calls) => {{ \
           const invoke = (name) => new Promise((done) => calls.member('invoke')(name, {{}}, done)); \
           const begun = []; \
           const core = {{ dispatch(call) {{ begun.push(call.name); calls.end(call, true, {{}}); }} }}; \
           const connect = () => calls.start(core, () => {{}}); \
           {body} }}"
    ));
    run(test.unchecked_ref(), &calls).await
}

#[wasm_bindgen_test]
async fn calls_wait_for_the_engine_and_are_made_in_their_order() {
    let order = with_calls(
        "const made = ['one', 'two', 'three'].map(invoke); \
         const before = begun.length; connect(); const after = [...begun]; \
         await Promise.all(made); await invoke('four'); return [before, after, begun];",
    )
    .await;
    assert_eq!(
        order,
        r#"[0,["one","two","three"],["one","two","three","four"]]"#
    );
}

#[wasm_bindgen_test]
async fn a_call_that_was_given_up_while_it_waited_is_never_made() {
    let begun = with_calls(
        "const stop = new AbortController(); \
         const call = calls.member('sidebarAuth')({ signal: stop.signal }).catch((error) => error.err_msg); \
         stop.abort(); connect(); return [await call, begun];",
    )
    .await;
    assert_eq!(begun, r#"["sidebarAuth:fail aborted",[]]"#);
}

#[wasm_bindgen_test]
async fn a_call_s_own_timeout_counts_while_it_waits_for_the_engine() {
    let begun = with_calls(
        "const call = calls.member('sidebarAuth')({ timeout: 20 }).catch((error) => error.err_msg); \
         const ended = await call; connect(); return [ended, begun];",
    )
    .await;
    assert_eq!(begun, r#"["sidebarAuth:fail timeout",[]]"#);
}

#[wasm_bindgen_test]
async fn where_the_engine_is_forbidden_every_call_fails_and_the_console_says_why() {
    let written = console_during(async {
        let results = with_calls(
            "const waiting = invoke('one'); \
             const rejected = calls.member('sidebarAuth')().catch((error) => [error.code, error.err_msg]); \
             calls.block('webassembly blocked', 'a policy'); \
             return [await waiting, await rejected, await invoke('two')];",
        )
        .await;
        let one = failed("one:fail webassembly blocked", "");
        let two = failed("two:fail webassembly blocked", "");
        let rejected = r#"["webassembly_blocked","sidebarAuth:fail webassembly blocked"]"#;
        assert_eq!(results, format!("[{one},{rejected},{two}]"));
    })
    .await;
    assert!(
        written.contains(r#"["error","juzi-helper: webassembly blocked","a policy""#),
        "{written}"
    );
}

#[wasm_bindgen_test]
async fn after_a_trap_every_call_fails_at_once_and_none_waits_for_ever() {
    let written = console_during(async {
        let results = with_calls(
            "core.dispatch = (call) => { \
               if (call.name === 'trap') throw new WebAssembly.RuntimeError('unreachable'); \
               calls.addPending(call, call.name, 1e9); }; \
             connect(); const waiting = invoke('waiting'); const trap = invoke('trap'); \
             return [await waiting, await trap, await invoke('later')];",
        )
        .await;
        let expected = ["waiting", "trap", "later"]
            .map(|name| failed(&format!("{name}:fail internal error"), ""));
        assert_eq!(results, format!("[{}]", expected.join(",")));
    })
    .await;
    assert!(written.contains("juzi-helper: internal error"), "{written}");
}

#[wasm_bindgen_test]
async fn an_exception_that_is_no_trap_ends_its_own_call_alone() {
    let written = console_during(async {
        let results = with_calls(
            "const { dispatch } = core; core.dispatch = (call) => { \
               if (call.name === 'bad') throw new Error('mine'); dispatch(call); }; \
             connect(); return [await invoke('bad'), (await invoke('good')).err_msg === undefined, begun];",
        )
        .await;
        let bad = failed("bad:fail internal error", "");
        assert_eq!(results, format!(r#"[{bad},true,["good"]]"#));
    })
    .await;
    assert!(written.contains("juzi-helper:"), "{written}");
}

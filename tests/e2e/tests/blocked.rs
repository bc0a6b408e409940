//! Pages on which WebAssembly is refused: by a Content-Security-Policy, or because the browser has none (iOS Lockdown Mode).

use juzi_e2e::{Case, Framed, Held, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        a_policy_that_allows_this_origin_alone_gets_the_same_in_javascript,
        a_policy_of_nonces_gets_the_same_in_javascript,
        a_policy_of_nonces_and_what_they_load_gets_the_same_in_javascript,
        trusted_types_that_name_the_helper_get_the_same_in_javascript,
        trusted_types_that_name_nobody_say_why_nothing_works,
        a_policy_that_allows_webassembly_has_it_at_once,
        a_browser_without_webassembly_gets_the_same_in_javascript,
        a_script_from_another_origin_loads_the_other_from_there,
        a_pinned_script_pins_the_other,
        a_script_without_the_other_beside_it_says_why_nothing_works,
        a_policy_that_refuses_both_is_told_what_to_add,
        a_server_that_never_sends_the_other_leaves_nobody_waiting,
        a_slow_server_is_waited_for,
        the_script_in_javascript_works_by_itself,
        two_scripts_are_one_helper_there_too,
        pages_take_what_is_assigned_later_over_there_too,
    ]
}

const NOTES: &str = "/pages/note-errors.js";
const HELPER: &str = "/pkg/juzi-helper.js";
const CALLS: &str = "/pages/blocked.js";

fn tags(sources: &[&str], attributes: &str) -> String {
    let tag = |source: &&str| format!("<script src={source} {attributes}></script>");
    sources.iter().map(tag).collect()
}

async fn under(stage: &Stage, policy: &str, source: &str) -> Framed {
    stage
        .frame(Page::html(source).header("Content-Security-Policy", policy))
        .await
}

/// Calls made before the helper's core was loaded are answered in order, and later calls too.
async fn answers_with(framed: &Framed, engine: &str) {
    let order = framed
        .page
        .until("return order.length === 3 && order", &[])
        .await;
    assert_eq!(
        order,
        json!([
            "invoke getCurExternalContact:ok",
            "method getCurChatInfo:ok",
            "promise sendChatMessage:ok"
        ])
    );
    let found = framed
        .page
        .js("return [seen, juziWx.env.engine, juziWx.env.inSidebar, Object.getOwnPropertySymbols(juziWx).length]", &[])
        .await;
    assert_eq!(found, json!([true, engine, true, 0]));
    assert_eq!(
        framed.host.js("return sent[0].content.content", &[]).await,
        "排队"
    );
    let later = framed.contact().await;
    assert_eq!(later["userId"], "wmContact");
    assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
}

/// Every call has failed, later calls fail, and the browser console shows the remedy once.
async fn says_why_nothing_works(framed: &Framed) {
    let order = framed
        .page
        .until("return order.length === 3 && order", &[])
        .await;
    assert_eq!(
        order,
        json!([
            "invoke getCurExternalContact:fail webassembly blocked",
            "method getCurChatInfo:fail webassembly blocked",
            "promise sendChatMessage:fail webassembly blocked"
        ])
    );
    let later = framed
        .page
        .js(
            "return juziWx.getCurExternalContact().catch((error) => [error.err_msg, error.code])",
            &[],
        )
        .await;
    assert_eq!(
        later,
        json!([
            "getCurExternalContact:fail webassembly blocked",
            "webassembly_blocked"
        ])
    );
    let logged = framed
        .page
        .js(
            "return complaints.filter((text) => text.includes('webassembly blocked'))",
            &[],
        )
        .await;
    assert_eq!(logged.as_array().map(Vec::len), Some(1), "{logged}");
    let text = logged[0].as_str().unwrap_or_default();
    assert!(text.contains("'wasm-unsafe-eval'"), "{text}");
    assert!(text.contains("juzi-helper.compat.js"), "{text}");
    assert_eq!(framed.host.js("return log.length", &[]).await, 0);
}

async fn a_policy_that_allows_this_origin_alone_gets_the_same_in_javascript(stage: &Stage) {
    let framed = under(
        stage,
        "default-src 'self'",
        &tags(&[NOTES, HELPER, CALLS], ""),
    )
    .await;
    answers_with(&framed, "js").await;
}

async fn a_policy_of_nonces_gets_the_same_in_javascript(stage: &Stage) {
    let source = tags(&[NOTES, HELPER, CALLS], "nonce=c29uZ2h1bw");
    let policy = "default-src 'none'; script-src 'nonce-c29uZ2h1bw'";
    answers_with(&under(stage, policy, &source).await, "js").await;
}

async fn a_policy_of_nonces_and_what_they_load_gets_the_same_in_javascript(stage: &Stage) {
    let source = tags(&[NOTES, HELPER, CALLS], "nonce=c29uZ2h1bw");
    let policy =
        "script-src 'nonce-c29uZ2h1bw' 'strict-dynamic'; object-src 'none'; base-uri 'none'";
    answers_with(&under(stage, policy, &source).await, "js").await;
}

async fn trusted_types_that_name_the_helper_get_the_same_in_javascript(stage: &Stage) {
    let source = tags(&[NOTES, HELPER, CALLS], "");
    let policy =
        "default-src 'self'; require-trusted-types-for 'script'; trusted-types juzi-helper";
    answers_with(&under(stage, policy, &source).await, "js").await;
}

async fn trusted_types_that_name_nobody_say_why_nothing_works(stage: &Stage) {
    let source = tags(&[NOTES, HELPER, CALLS], "");
    let policy = "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
    let framed = under(stage, policy, &source).await;
    // A browser without Trusted Types ignores the directives.
    if framed.page.js("return 'trustedTypes' in window", &[]).await == true {
        says_why_nothing_works(&framed).await;
    } else {
        answers_with(&framed, "js").await;
    }
}

async fn a_policy_that_allows_webassembly_has_it_at_once(stage: &Stage) {
    let source = tags(&[NOTES, HELPER, "/pages/engine.js", CALLS], "");
    let policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
    let framed = under(stage, policy, &source).await;
    // The suite also runs in a browser without WebAssembly, whatever a policy allows.
    let without = std::env::var_os("JUZI_E2E_NO_WASM").is_some();
    let has = framed.page.js("return 'WebAssembly' in window", &[]).await;
    assert_eq!(has, !without);
    if without {
        return answers_with(&framed, "js").await;
    }
    assert_eq!(framed.page.js("return engine", &[]).await, "wasm");
    answers_with(&framed, "wasm").await;
}

async fn a_browser_without_webassembly_gets_the_same_in_javascript(stage: &Stage) {
    let without = "<script>delete window.WebAssembly</script>";
    let source = format!("{without}{}", tags(&[NOTES, HELPER, CALLS], ""));
    answers_with(&stage.frame(Page::html(&source)).await, "js").await;
}

async fn a_script_from_another_origin_loads_the_other_from_there(stage: &Stage) {
    let helper = stage.url("cdn.localhost", HELPER);
    let policy = format!(
        "default-src 'self'; script-src 'self' {helper} {}",
        stage.url("cdn.localhost", "/pkg/juzi-helper.compat.js")
    );
    let source = tags(&[NOTES, &helper, CALLS], "");
    let framed = under(stage, &policy, &source).await;
    answers_with(&framed, "js").await;
}

async fn a_pinned_script_pins_the_other(stage: &Stage) {
    let integrity: Value = serde_json::from_str(
        &std::fs::read_to_string(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../pkg/integrity.json"
        ))
        .expect("pkg/ is built"),
    )
    .expect("integrity.json is JSON");
    let hash = |file: &str| {
        integrity["files"][file]["integrity"]
            .as_str()
            .expect("its hash")
            .to_owned()
    };
    let pinned = format!(
        "<script src={HELPER} integrity={}></script>",
        hash("juzi-helper.js")
    );
    let source = [tags(&[NOTES], ""), pinned, tags(&[CALLS], "")].concat();
    let framed = under(stage, "default-src 'self'", &source).await;
    answers_with(&framed, "js").await;
    let loaded = framed
        .page
        .js(
            "return document.querySelector('script[src$=\"compat.js\"]').integrity",
            &[],
        )
        .await;
    assert_eq!(loaded, hash("juzi-helper.compat.js"));
}

async fn a_script_without_the_other_beside_it_says_why_nothing_works(stage: &Stage) {
    let source = tags(&[NOTES, "/alone/juzi-helper.js", CALLS], "");
    says_why_nothing_works(&under(stage, "default-src 'self'", &source).await).await;
}

async fn a_policy_that_refuses_both_is_told_what_to_add(stage: &Stage) {
    let allowed = [NOTES, HELPER, CALLS].map(|path| stage.url("localhost", path));
    let policy = format!("default-src 'none'; script-src {}", allowed.join(" "));
    let source = tags(&[NOTES, HELPER, CALLS], "");
    says_why_nothing_works(&under(stage, &policy, &source).await).await;
}

/// A page whose clock `pass(ms)` advances. It loads the helper from `held` only after the page itself has loaded, because a
/// script that is held back would block that.
async fn waiting_for(stage: &Stage, held: &Held) -> Framed {
    let framed = under(stage, "default-src 'self'", &tags(&[NOTES], "")).await;
    let helper = format!("{}/juzi-helper.js", held.path);
    let scripts = ["/pages/clock.js", &helper, CALLS].map(|src| json!({ "src": src }));
    framed.page.add_scripts(json!(scripts)).await;
    let script = "realTime();
        return new Promise((resolve) => {
          const look = () => {
            const other = document.querySelector('script[src$=\"compat.js\"]');
            if (!other) return setTimeout(look);
            other.addEventListener('load', () => { window.came = true; });
            resolve();
          };
          look();
        })";
    framed.page.js(script, &[]).await;
    framed
}

async fn has_come(framed: &Framed, held: &Held) {
    held.release();
    framed.page.until("return window.came", &[]).await;
}

async fn a_server_that_never_sends_the_other_leaves_nobody_waiting(stage: &Stage) {
    let held = stage.hold();
    let framed = waiting_for(stage, &held).await;
    framed.page.js("pass(29_999)", &[]).await;
    assert_eq!(framed.page.js("return order", &[]).await, json!([]));
    framed.page.js("pass(1)", &[]).await;
    says_why_nothing_works(&framed).await;
    let timed_out = "return complaints.at(-1).endsWith(' timeout')";
    assert_eq!(framed.page.js(timed_out, &[]).await, true);
    // When the file arrives later, the failed calls are not made again.
    has_come(&framed, &held).await;
    says_why_nothing_works(&framed).await;
}

async fn a_slow_server_is_waited_for(stage: &Stage) {
    let held = stage.hold();
    let framed = waiting_for(stage, &held).await;
    framed.page.js("pass(29_999)", &[]).await;
    has_come(&framed, &held).await;
    answers_with(&framed, "js").await;
    // The timeout no longer has an effect.
    framed.page.js("pass(1)", &[]).await;
    assert_eq!(framed.contact().await["userId"], "wmContact");
    assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
}

async fn the_script_in_javascript_works_by_itself(stage: &Stage) {
    let source = tags(
        &[
            NOTES,
            "/pkg/juzi-helper.compat.js",
            "/pages/engine.js",
            CALLS,
        ],
        "",
    );
    let framed = under(stage, "default-src 'self'", &source).await;
    assert_eq!(
        framed.page.js("return engine", &[]).await,
        "js",
        "there when its tag has run"
    );
    answers_with(&framed, "js").await;
}

async fn two_scripts_are_one_helper_there_too(stage: &Stage) {
    let source = tags(
        &[
            NOTES,
            HELPER,
            HELPER,
            "/pkg/juzi-helper.compat.js",
            CALLS,
            HELPER,
        ],
        "",
    );
    let framed = under(stage, "default-src 'self'", &source).await;
    answers_with(&framed, "js").await;
    let posted = framed.host.js("return asked.length", &[]).await;
    assert_eq!(posted, 4);
}

async fn pages_take_what_is_assigned_later_over_there_too(stage: &Stage) {
    let without = "<script>delete window.WebAssembly</script>";
    let sdk = "/node_modules/jweixin-module/lib/index.js";
    let source = format!("{without}{}", tags(&[NOTES, HELPER, CALLS], ""));
    let framed = stage.frame(Page::html(&source)).await;
    answers_with(&framed, "js").await;
    let script = "return new Promise((resolve) => {
        const script = document.createElement('script');
        script.onload = () => resolve(wx.invoke('getCurExternalContact', {}));
        script.src = arguments[0];
        document.head.append(script);
      })";
    let answer = framed.page.js(script, &[sdk.into()]).await;
    assert_eq!(answer["userId"], "wmContact");
    let env = framed
        .page
        .js("return [juziWx.env.wxPatched, wx.isJuziWx]", &[])
        .await;
    assert_eq!(env, json!([true, true]));
}

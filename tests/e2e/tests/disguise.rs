//! The user agent that an SDK reads while it loads. No other script and no later read gets this value.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::json;

pub fn cases() -> Vec<Case> {
    tests![
        a_script_that_goes_through_the_globals_reads_the_browser_s_own,
        a_script_that_looks_for_an_sdk_arms_it_for_itself_alone,
        a_property_of_another_script_s_is_left_alone,
        a_page_that_wants_no_bridge_is_never_disguised,
    ]
}

const NOTES: &str = "<script src=/pages/note-errors.js></script>";

async fn framed(stage: &Stage, attributes: &str, source: &str) -> Framed {
    let source = format!("{NOTES}<script src=/juzi-helper.js {attributes}></script>{source}");
    stage.frame(Page::html(&source)).await
}

async fn a_script_that_goes_through_the_globals_reads_the_browser_s_own(stage: &Stage) {
    for names in [
        "(() => { const names = []; for (const name in window) names.push(name); return names; })()",
        "Object.getOwnPropertyNames(window)",
        "Reflect.ownKeys(window)",
    ] {
        let source = format!(
            "<script>
               for (const name of {names}) {{ try {{ void window[name]; }} catch {{}} }}
               window.agent = navigator.userAgent;
             </script>"
        );
        let framed = framed(stage, "", &source).await;
        let script = "return [/MicroMessenger/.test(agent), Object.hasOwn(navigator, 'userAgent')]";
        assert_eq!(
            framed.page.js(script, &[]).await,
            json!([false, false]),
            "{names}"
        );
    }
}

async fn a_script_that_looks_for_an_sdk_arms_it_for_itself_alone(stage: &Stage) {
    let source = "
        <script>window.first = [!window.jWeixin && navigator.userAgent, navigator.userAgent]</script>
        <script>void window.jWeixin</script>
        <script>window.second = navigator.userAgent</script>
        <script>
          void window.jWeixin;
          document.write('<script>window.inner = navigator.userAgent<\\/script>');
          window.outer = navigator.userAgent;
        </script>";
    let framed = framed(stage, "", source).await;
    let script =
        "return [...first, second, inner, outer].map((agent) => /MicroMessenger/.test(agent))";
    assert_eq!(
        framed.page.js(script, &[]).await,
        json!([true, false, false, false, false])
    );
}

async fn a_property_of_another_script_s_is_left_alone(stage: &Stage) {
    let source = "<script>
        void window.jWeixin;
        Object.defineProperty(navigator, 'userAgent', { value: 'mine', configurable: true });
      </script>";
    let framed = framed(stage, "", source).await;
    assert_eq!(
        framed.page.js("return navigator.userAgent", &[]).await,
        "mine"
    );
}

async fn a_page_that_wants_no_bridge_is_never_disguised(stage: &Stage) {
    let source = "<script>window.agent = !window.jWeixin && navigator.userAgent</script>";
    for attributes in ["data-bridge=false", ""] {
        let framed = framed(stage, attributes, source).await;
        let armed = framed
            .page
            .js("return /MicroMessenger/.test(agent)", &[])
            .await;
        assert_eq!(armed, attributes.is_empty(), "{attributes}");
    }
}

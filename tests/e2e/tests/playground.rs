//! The documentation site's playground. `JUZI_E2E_SITE` is the address at which `./build.sh test site` serves it; without it there
//! are no such tests.

use juzi_e2e::{Case, Stage, View, tests};

/// The site's address, with a slash at its end.
const SITE: &str = "JUZI_E2E_SITE";

pub fn cases() -> Vec<Case> {
    if std::env::var_os(SITE).is_none() {
        return Vec::new();
    }
    tests![
        playground_on_the_first_page,
        playground_examples_run,
        playground_logs_in_by_redirect,
        playground_pages_have_an_origin_of_their_own,
    ]
}

async fn open(stage: &Stage, path: &str) -> View {
    let site = std::env::var(SITE).expect("`cases` has seen it");
    let view = stage.view();
    view.resize(1400, 1000).await;
    view.goto(&format!("{site}{path}")).await;
    view
}

/// The page in the sidebar of a console.
fn sidebar(view: &View, console: &str) -> View {
    view.frame(console).frame("frame")
}

async fn playground_on_the_first_page(stage: &Stage) {
    let view = open(stage, "zh/index.html").await;
    // It starts when it is in view.
    view.until("const box = document.querySelector('.live-console'); box?.scrollIntoView(); return box !== null", &[])
        .await;
    sidebar(&view, "live-console").reads("name", "林晓棠").await;
    sidebar(&view, "live-console").click("greet").await;
    view.frame("live-console")
        .reads("thread", "来自侧边栏的问候！")
        .await;
}

async fn playground_examples_run(stage: &Stage) {
    let view = open(stage, "playground.html").await;
    sidebar(&view, "console").reads("name", "林晓棠").await;
    for (example, text) in [
        ("contact", "getCurExternalContact:ok"),
        ("news", "sendChatMessage:ok"),
        ("login", "GuYan"),
        ("refused", "sendChatMessage:fail no permission"),
        ("wecom-jssdk", "getCurExternalContact:ok"),
    ] {
        view.choose("example", example).await;
        sidebar(&view, "console").reads("out", text).await;
    }
}

async fn playground_logs_in_by_redirect(stage: &Stage) {
    let view = open(stage, "playground.html#demo").await;
    let page = sidebar(&view, "console");
    // The page's script has run. Before that, a click has no effect.
    page.reads("env-status", "in the sidebar").await;
    page.click("login-oauth").await;
    page.reads("user-userId", "GuYan").await;
}

async fn playground_pages_have_an_origin_of_their_own(stage: &Stage) {
    let view = open(stage, "playground.html#contact").await;
    let page = sidebar(&view, "console");
    page.reads("out", "getCurExternalContact:ok").await;
    for reached in [
        "self.origin !== 'null'",
        "parent.document.title",
        "top.document.title",
        "localStorage.length + 1",
    ] {
        let script = format!("try {{ return {reached}; }} catch (error) {{ return error.name; }}");
        let found = page.js(&script, &[]).await;
        assert!(
            found == "SecurityError" || found == false,
            "{reached}: {found}"
        );
    }
}

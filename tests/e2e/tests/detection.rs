//! The sidebar's page is detected even if routers, reloads or logins remove `juziSidebar` from its URL.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        a_router_that_takes_the_parameter_away_changes_nothing,
        a_reload_without_the_parameter_changes_nothing,
        the_answer_of_juzis_login_is_known,
        another_page_around_the_origin_learns_nothing_from_the_tab,
        a_frame_without_storage_is_detected_by_its_url,
    ]
}

const ROUTER: &str = "<script>history.replaceState(null, '', location.pathname)</script>";
const TAG: &str = "<script src=/juzi-helper.js></script>";
/// An application that is a module: its router runs between the import and `init`.
const PACKAGE: &str = "<script type=module>
    import { init, juziWx } from '/pkg/index.js';
    history.replaceState(null, '', location.pathname);
    await new Promise((resolve) => setTimeout(resolve));
    await init();
    window.ready = true;
  </script>";

/// The helper in this page, running.
async fn running(framed: &Framed) {
    framed.page.until("return !!window.juziWx?.env", &[]).await;
}

async fn detected(framed: &Framed) -> Value {
    running(framed).await;
    framed
        .page
        .js("return [juziWx.env.reason, juziWx.env.detectedBy]", &[])
        .await
}

async fn answers(framed: &Framed) {
    assert_eq!(framed.contact().await["userId"], "wmContact");
}

async fn a_router_that_takes_the_parameter_away_changes_nothing(stage: &Stage) {
    for (source, by) in [
        (TAG.to_owned(), "url"),
        (format!("{TAG}{ROUTER}"), "url"),
        (format!("{ROUTER}{TAG}"), "navigation"),
    ] {
        let framed = stage.frame(Page::html(&source)).await;
        assert_eq!(detected(&framed).await, json!(["ok", by]), "{source}");
        answers(&framed).await;
    }
    if !juzi_e2e::without_wasm() {
        let framed = stage.frame(Page::html(PACKAGE)).await;
        framed.page.until("return window.ready", &[]).await;
        assert_eq!(detected(&framed).await, json!(["ok", "url"]));
        answers(&framed).await;
    }
}

async fn a_reload_without_the_parameter_changes_nothing(stage: &Stage) {
    let framed = stage.frame(Page::html(TAG).at("again.localhost")).await;
    assert_eq!(detected(&framed).await, json!(["ok", "url"]));
    framed
        .page
        .js("window.old = true; location.href = location.pathname", &[])
        .await;
    framed
        .page
        .until("return !window.old && !!window.juziWx?.env", &[])
        .await;
    assert_eq!(framed.page.js("return location.search", &[]).await, "");
    assert_eq!(detected(&framed).await, json!(["ok", "session"]));
    answers(&framed).await;
}

async fn the_answer_of_juzis_login_is_known(stage: &Stage) {
    let page = Page::html(TAG).unregistered().at("login.localhost");
    let framed = stage.frame(page.query("code=c&state=s&juziBotId=b")).await;
    assert_eq!(detected(&framed).await, json!(["ok", "authorize"]));
    answers(&framed).await;
}

async fn another_page_around_the_origin_learns_nothing_from_the_tab(stage: &Stage) {
    let framed = stage.frame(Page::html(TAG).at("shared.localhost")).await;
    assert_eq!(detected(&framed).await, json!(["ok", "url"]));
    let page = Page::html(TAG).unregistered().at("shared.localhost");
    let framed = stage.frame(page.host_at("b.localhost")).await;
    assert_eq!(detected(&framed).await, json!(["no-sidebar-param", null]));
}

async fn a_frame_without_storage_is_detected_by_its_url(stage: &Stage) {
    let page = Page::html(TAG).frame_attribute("sandbox", "allow-scripts");
    let framed = stage.frame(page).await;
    assert_eq!(detected(&framed).await, json!(["ok", "url"]));
}

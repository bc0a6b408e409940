//! The helper in a sub-application of qiankun, micro-app and wujie, by a tag in its page and as a package. Sandboxes put a proxy in place
//! of the window, and some also in place of the document. wujie runs the sub-application in a frame of its own.

use juzi_e2e::{Case, Framed, Page, Stage, tests, without_wasm};
use serde_json::Value;

pub fn cases() -> Vec<Case> {
    tests![
        a_sub_application_of_qiankun_calls,
        a_sub_application_of_micro_app_calls,
        a_sub_application_of_wujie_says_what_to_do,
        a_sub_application_of_wujie_calls_by_the_main_application,
        a_tag_whose_attributes_are_lost_says_what_to_do,
        a_sub_application_that_is_shown_again_calls,
        markup_of_the_main_application_changes_nothing,
    ]
}

const OTHER_HOST: &str = "https://console.example";

/// qiankun's sandboxes.
const QIANKUN: [(&str, &str); 4] = [
    ("qiankun", ""),
    ("qiankun", "window.sandbox = { speedy: false }"),
    ("qiankun", "window.sandbox = { loose: true }"),
    ("qiankun", "window.sandbox = false"),
];
const MICRO_APP: (&str, &str) = ("micro-app", "");
const WUJIE: (&str, &str) = ("wujie", "");

const TAG: &str = "<script>window.juziHelperOptions = { allowedHosts: ['HOSTS'] }</script>
    <script src=/juzi-helper.js></script><script src=/pages/micro/sub.js></script>";
const TAG_ALONE: &str = "<script src=/juzi-helper.js data-allowed-hosts=HOSTS></script>
    <script src=/pages/micro/sub.js></script>";
const PACKAGE: &str =
    "<script>window.allowed = ['HOSTS']</script><script src=/bundled/micro/package.js></script>";

/// A main application that shows a sub-application with these scripts, and what the sub-application has reported.
struct Shown {
    what: String,
    framed: Framed,
    told: Value,
}

impl Shown {
    async fn open(
        stage: &Stage,
        (main, setup): (&str, &str),
        scripts: &str,
        hosts: &str,
        markup: &str,
    ) -> Shown {
        let scripts = scripts.replace("HOSTS", hosts);
        let sub = format!(
            "<!doctype html><html><head><title>Sub</title><script src=/pages/micro/console.js></script></head>
            <body><p>Sub</p>{scripts}</body></html>"
        );
        let sub = stage.serve(&Page::bytes(sub, "text/html; charset=utf-8"));
        let page = format!(
            "<script src=/pages/note-errors.js></script><script src=/pages/micro/main.js></script><body>{markup}<div id=app></div>
            <script>window.entry = '{sub}'; {setup}</script><script src=/bundled/micro/{main}.js></script>"
        );
        let framed = stage.frame(Page::html(&page)).await;
        let told = framed.page.until("return reports[0]", &[]).await;
        Shown {
            what: format!("{main} {setup} {scripts} {markup}"),
            framed,
            told,
        }
    }

    /// The text of a script that runs without its folder cannot find the other engine; the default entry of the package has none.
    fn is_without_engine(&self) -> bool {
        without_wasm() && self.told.to_string().to_lowercase().contains("webassembly")
    }

    fn works(&self) {
        if !self.is_without_engine() {
            let contact = &self.told["contact"]["userId"];
            assert_eq!(contact, "wmContact", "{}: {}", self.what, self.told);
            assert_eq!(self.told["env"]["detectedBy"], "url", "{}", self.what);
        }
    }

    async fn has_told_nobody(&self) {
        let text = self.told.to_string();
        assert!(
            self.is_without_engine() || text.contains("fail host unreachable"),
            "{}: {text}",
            self.what
        );
        let told = self.framed.host.js("return log.length", &[]).await;
        assert_eq!(told, 0, "{}", self.what);
    }

    async fn console(&self) -> String {
        let script = "return [...complaints, ...warnings].join('\\n')";
        let logged = self.framed.page.js(script, &[]).await;
        logged.as_str().unwrap_or_default().to_owned()
    }
}

fn own_host(stage: &Stage) -> String {
    let host = stage.url("127.0.0.1", "");
    host.trim_end_matches('/').to_owned()
}

async fn calls(stage: &Stage, main: (&str, &str), markup: &str) {
    for scripts in [TAG, PACKAGE] {
        let shown = Shown::open(stage, main, scripts, &own_host(stage), markup).await;
        shown.works();
        if !without_wasm() {
            assert_eq!(shown.console().await, "", "{}", shown.what);
        }
        let shown = Shown::open(stage, main, scripts, OTHER_HOST, markup).await;
        shown.has_told_nobody().await;
    }
}

async fn a_sub_application_of_qiankun_calls(stage: &Stage) {
    for main in QIANKUN {
        calls(stage, main, "").await;
    }
}

async fn a_sub_application_of_micro_app_calls(stage: &Stage) {
    calls(stage, MICRO_APP, "").await;
}

/// The console ignores the frame in which wujie runs the sub-application.
async fn a_sub_application_of_wujie_says_what_to_do(stage: &Stage) {
    for scripts in [TAG, TAG_ALONE, PACKAGE] {
        let shown = Shown::open(stage, WUJIE, scripts, &own_host(stage), "").await;
        if shown.is_without_engine() {
            continue;
        }
        let text = shown.told.to_string();
        // Outside the sidebar the page's `wx` stays as it is.
        let ends = ["fail not in sidebar", "wx.invoke is not a function"];
        assert!(
            ends.iter().any(|end| text.contains(end)),
            "{}: {text}",
            shown.what
        );
        let logged = shown.console().await;
        assert!(
            logged
                .contains("load the helper in the main application, and call window.parent.juziWx"),
            "{}: {logged}",
            shown.what
        );
        let told = shown.framed.host.js("return log.length", &[]).await;
        assert_eq!(told, 0, "{}", shown.what);
    }
}

async fn a_sub_application_of_wujie_calls_by_the_main_application(stage: &Stage) {
    let call = "<script>window.parent.ask(async () => {
        const { juziWx } = window.parent;
        return { contact: await juziWx.getCurExternalContact(), env: juziWx.env };
      })</script>";
    let host = own_host(stage);
    let tag = |hosts| format!("<script src=/juzi-helper.js data-allowed-hosts={hosts}></script>");
    Shown::open(stage, WUJIE, call, &host, &tag(host.as_str()))
        .await
        .works();
    Shown::open(stage, WUJIE, call, &host, &tag(OTHER_HOST))
        .await
        .has_told_nobody()
        .await;
}

/// All of these frameworks take the tag apart, so no host is allowed.
async fn a_tag_whose_attributes_are_lost_says_what_to_do(stage: &Stage) {
    for main in [QIANKUN[0], QIANKUN[3], MICRO_APP] {
        for hosts in [own_host(stage).as_str(), OTHER_HOST] {
            let shown = Shown::open(stage, main, TAG_ALONE, hosts, "").await;
            shown.has_told_nobody().await;
            let logged = shown.console().await;
            assert!(
                logged.contains("set window.juziHelperOptions = {"),
                "{}: {logged}",
                shown.what
            );
        }
    }
}

/// A sandbox removes the listeners that were added through its window when the sub-application ends; its scripts run once.
async fn a_sub_application_that_is_shown_again_calls(stage: &Stage) {
    for main in QIANKUN {
        for scripts in [TAG, PACKAGE] {
            let shown = Shown::open(stage, main, scripts, &own_host(stage), "").await;
            shown.works();
            if shown.is_without_engine() {
                continue;
            }
            let again = "showAgain().then(() => askAgain()); return true";
            shown.framed.page.js(again, &[]).await;
            let told = shown.framed.page.until("return reports[1]", &[]).await;
            assert_eq!(
                told["contact"]["userId"], "wmContact",
                "{}: {told}",
                shown.what
            );
        }
    }
}

/// Named elements hide members of the document, also of a sandbox's.
async fn markup_of_the_main_application_changes_nothing(stage: &Stage) {
    let markup =
        "<img name=nodeType><img name=ownerDocument><img name=defaultView><img name=referrer>
        <a id=__POWERED_BY_WUJIE__></a><a id=parent></a>";
    for main in [QIANKUN[0], QIANKUN[2], MICRO_APP] {
        calls(stage, main, markup).await;
    }
}

//! The helper in a sub-application of a micro-front-end: qiankun, micro-app and wujie.

use juzi_e2e::{Case, Page, Stage, tests};

pub fn cases() -> Vec<Case> {
    tests![explore]
}

const NOTES: &str = "<script src=/pages/note-errors.js></script><script src=/pages/micro/report.js></script>";

async fn explore(stage: &Stage) {
    let own = stage.url("127.0.0.1", "");
    let own = own.trim_end_matches('/');
    for (host, setup) in [
        ("qiankun", ""),
        ("qiankun", "window.sandbox = { speedy: false }"),
        ("qiankun", "window.sandbox = { loose: true }"),
        ("qiankun", "window.sandbox = false"),
        ("micro-app", ""),
        ("wujie", ""),
    ] {
        for hosts in [own, "https://console.example"] {
            for sub in [
                "<script>window.juziHelperOptions = { allowedHosts: ['HOSTS'] }</script><script src=/juzi-helper.js></script><script src=/pages/micro/sub.js></script>",
                "<script src=/juzi-helper.js data-allowed-hosts=HOSTS></script><script src=/pages/micro/sub.js></script>",
                "<script>window.allowed = ['HOSTS']</script><script src=/bundled/micro/package.js></script>",
            ] {
                let app = format!("<!doctype html><html><head><title>Sub</title></head><body><p>sub</p>{}</body></html>", sub.replace("HOSTS", hosts));
                let app = stage.serve(&Page::bytes(app, "text/html; charset=utf-8").at("localhost"));
                let source = format!("{NOTES}<body><div id=app></div><script>window.entry = '{app}'; {setup}</script><script src=/bundled/micro/{host}.js></script>");
                let framed = stage.frame(Page::html(&source)).await;
                let mut told = serde_json::Value::Null;
                for _ in 0..20 {
                    told = framed.page.js("return window.reports.sub ?? null", &[]).await;
                    if !told.is_null() { break; }
                    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                }
                let logged = framed.page.js("return [...complaints, ...warnings].join(' # ')", &[]).await;
                let asked = framed.host.js("return log.length", &[]).await;
                eprintln!("== {host} {setup} | {hosts} | {}\n   {told}\n   {logged}\n   posted {asked}", &sub[..60]);
            }
        }
    }
}

//! How the helper's script arrives in a page: as text that a loader runs, as a copy, through jQuery, inside another file. Whatever the way,
//! `allowedHosts` is obeyed, or no host is allowed and the browser's console says how to give the options.

use std::path::{Path, PathBuf};

use encoding_rs::GBK;
use juzi_e2e::{Case, Framed, Page, Stage, tests, without_wasm};
use serde_json::json;

pub fn cases() -> Vec<Case> {
    tests![
        a_tag_that_can_be_found_is_obeyed,
        a_script_that_is_joined_minified_or_inside_a_page_is_the_same,
        what_shows_that_hosts_were_meant_closes,
        options_without_a_tag_are_the_page_s,
        options_that_cannot_be_read_close,
        markup_gives_no_options_in_the_place_of_the_page_s,
        a_tag_that_is_not_found_is_named,
    ]
}

/// Runs the script's text as a loader does that fetches it.
const RUN_TEXT: &str =
    "fetch('/juzi-helper.js').then((answer) => answer.text()).then((text) => (0, eval)(text));";
/// The same, with `document.currentScript` set to the element of the tag.
const RUN_TEXT_OF: &str =
    "fetch('/juzi-helper.js').then((answer) => answer.text()).then((text) => {
    Object.defineProperty(document, 'currentScript', { get: () => element, configurable: true });
    (0, eval)(text);
    delete document.currentScript;
  });";

/// Sources whose tag names the hosts, each with a name. `HOSTS` stands for the hosts.
fn arrivals() -> Vec<(&'static str, String)> {
    const TAG: &str = r#"<script src=/juzi-helper.js data-allowed-hosts="HOSTS"><\/script>"#;
    const ORIGINAL: &str =
        r#"<script type=text/plain data-src=/juzi-helper.js data-allowed-hosts="HOSTS"></script>"#;
    let jquery = |version: &str, call: &str| {
        format!(
            "<script src=/node_modules/{version}/dist/jquery.min.js></script><div></div><script>{}</script>",
            call.replace("TAG", &format!("'{TAG}'"))
        )
    };
    vec![
        ("a plain tag", TAG.replace('\\', "")),
        ("async", TAG.replace('\\', "").replace("src=", "async src=")),
        ("defer", TAG.replace('\\', "").replace("src=", "defer src=")),
        (
            "a module script",
            TAG.replace('\\', "").replace("src=", "type=module src="),
        ),
        (
            "jQuery 3, append",
            jquery("jquery3", "jQuery('body').append(TAG)"),
        ),
        (
            "jQuery 3, html",
            jquery("jquery3", "jQuery('div').html(TAG)"),
        ),
        (
            "jQuery 4, append",
            jquery("jquery", "jQuery('body').append(TAG)"),
        ),
        (
            "jQuery 4, html",
            jquery("jquery", "jQuery('div').html(TAG)"),
        ),
        (
            "an inserted element",
            r#"<script>
              const script = document.createElement('script');
              script.src = '/juzi-helper.js';
              script.dataset.allowedHosts = 'HOSTS';
              document.head.append(script);
            </script>"#
                .to_owned(),
        ),
        (
            "an inserted element that is removed at once",
            r#"<script>
              const script = document.createElement('script');
              script.src = '/juzi-helper.js';
              script.dataset.allowedHosts = 'HOSTS';
              document.head.append(script);
              script.remove();
            </script>"#
                .to_owned(),
        ),
        (
            "a copy without the attributes",
            format!(
                "{ORIGINAL}<script>
                  const script = document.createElement('script');
                  script.src = document.querySelector('[data-src]').dataset.src;
                  document.head.append(script);
                </script>"
            ),
        ),
        (
            "a clone",
            format!(
                "{ORIGINAL}<script>
                  const original = document.querySelector('[data-src]');
                  const script = document.createElement('script');
                  for (const {{ name, value }} of original.attributes) {{
                    if (name !== 'type') script.setAttribute(name.replace('data-src', 'src'), value);
                  }}
                  document.head.append(script);
                </script>"
            ),
        ),
        (
            "a consent manager that puts a tag in the place of the one that waited",
            r#"<script type=text/plain data-category=functional src=/juzi-helper.js data-allowed-hosts="HOSTS"></script>
            <script>
              const waiting = document.querySelector('[data-category]');
              const script = waiting.cloneNode(true);
              script.type = 'text/javascript';
              waiting.replaceWith(script);
            </script>"#
                .to_owned(),
        ),
        (
            "text of a tag in the document",
            format!("{ORIGINAL}<script>{RUN_TEXT}</script>"),
        ),
        (
            "text of an element that the loader names",
            format!(
                "<script>
                  const element = document.createElement('script');
                  element.type = 'text/plain';
                  element.src = '/juzi-helper.js';
                  element.dataset.allowedHosts = 'HOSTS';
                  {RUN_TEXT_OF}
                </script>"
            ),
        ),
    ]
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// The script that this engine runs.
fn script() -> PathBuf {
    repository(match without_wasm() {
        true => "pkg/juzi-helper.compat.js",
        false => "pkg/juzi-helper.js",
    })
}

fn text_of_the_script() -> Vec<u8> {
    std::fs::read(script()).expect("the script is built")
}

/// Minifies the script once more.
async fn minified(tool: &str, arguments: &[&str]) -> Vec<u8> {
    let output = tokio::process::Command::new(repository(tool))
        .arg(script())
        .args(arguments)
        .output()
        .await
        .unwrap_or_else(|error| panic!("{tool}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{tool}: {errors}");
    output.stdout
}

/// Files that contain the script, each with a name. The server does not name their encoding.
async fn files() -> Vec<(&'static str, Vec<u8>)> {
    let text = text_of_the_script();
    let joined = |before: &str, after: &str| [before.as_bytes(), &text, after.as_bytes()].concat();
    let esbuild = ["--minify", "--charset=utf8"];
    let terser = ["--compress", "--mangle", "--ecma", "2020"];
    vec![
        (
            "before and behind others",
            joined(
                "window.before = function () { throw new Error('called') }",
                "window.after = 1;\n",
            ),
        ),
        (
            "behind a comment",
            joined("window.before = 1 // the last line", "window.after = 1"),
        ),
        (
            "terser",
            minified("tests/e2e/node_modules/.bin/terser", &terser).await,
        ),
        (
            "esbuild",
            minified("node_modules/.bin/esbuild", &esbuild).await,
        ),
        (
            "esbuild, joined",
            [
                "(() => {})();\n".as_bytes(),
                &minified("node_modules/.bin/esbuild", &esbuild).await,
                b"window.after = 1",
            ]
            .concat(),
        ),
    ]
}

const CHINESE: &str = "您好，报价单已发送";

/// Chinese text arrives as it was sent, both ways.
const SEND: &str = "<script>
    wx.invoke('sendChatMessage', { msgtype: 'text', text: { content: '您好，报价单已发送' } }, (res) => { window.done = res; });
    wx.invoke('getCurChatInfo', {}, (res) => { window.chat = res; });
  </script>";

fn in_gbk(source: &str) -> Page {
    let (bytes, _, lost) = GBK.encode(source);
    assert!(!lost);
    Page::bytes(bytes, "text/html; charset=gbk")
}

/// XHTML with the script inside.
fn in_xhtml(hosts: &str) -> Page {
    let text = String::from_utf8(text_of_the_script()).expect("the script is UTF-8");
    let source = format!(
        "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>侧边栏</title></head><body>
         <script src='/pages/note-errors.js'></script><script>window.wx = {{}}</script>
         <script data-allowed-hosts='{hosts}'><![CDATA[{text}]]></script>{SEND}</body></html>"
    );
    Page::bytes(source, "application/xhtml+xml; charset=utf-8")
}

/// With the allowed host it works, in Chinese too. Another host receives nothing. The console has no complaints.
async fn is_whole(stage: &Stage, what: &str, page: impl Fn(&str) -> Page) {
    let host = stage.url("127.0.0.1", "");
    let contact = json!({ "contact": { "name": "林晓棠" } });
    let framed = stage
        .frame(page(host.trim_end_matches('/')).host(contact))
        .await;
    let script =
        "return complaints.length ? { complaints } : window.done && window.chat && { done, chat }";
    let told = framed.page.until(script, &[]).await;
    assert_eq!(
        told["done"]["err_msg"], "sendChatMessage:ok",
        "{what}: {told}"
    );
    assert_eq!(told["chat"]["name"], "林晓棠", "{what}: {told}");
    let sent = "return sent[0].content.content";
    assert_eq!(framed.host.js(sent, &[]).await, CHINESE, "{what}");
    let framed = stage.frame(page("https://console.example")).await;
    let refused = "return window.done?.err_msg";
    let refused = framed.page.until(refused, &[]).await;
    let refused = refused.as_str().unwrap_or_default();
    assert!(
        refused.starts_with("sendChatMessage:fail host unreachable"),
        "{what}: {refused}"
    );
    assert_eq!(framed.posted().await, 0, "{what}");
}

async fn a_script_that_is_joined_minified_or_inside_a_page_is_the_same(stage: &Stage) {
    for (what, file) in files().await {
        let file = stage.serve(&Page::bytes(file, "text/javascript"));
        is_whole(stage, what, |hosts| {
            in_gbk(&format!(
                "<!doctype html><title>侧边栏</title><script src=/pages/note-errors.js></script>
                 <script>window.wx = {{}}</script><script src={file} data-allowed-hosts={hosts}></script>{SEND}"
            ))
        })
        .await;
    }
    is_whole(stage, "inside XHTML", in_xhtml).await;
}

/// Nothing was posted, the call has ended, and the console says how to give the options.
async fn is_closed(framed: &Framed, what: &str, word: &str) {
    let res = framed.contact().await;
    let text = res["err_msg"].as_str().unwrap_or_default();
    assert!(
        text.starts_with("getCurExternalContact:fail"),
        "{what}: {res}"
    );
    assert_eq!(framed.posted().await, 0, "{what}");
    let logged = framed.console().await;
    assert!(logged.contains(word), "{what}: {word} in {logged}");
}

/// The call is answered. A script that runs as text has no folder, so it can load no engine other than WebAssembly.
async fn is_open(framed: &Framed, what: &str) {
    let res = framed.contact().await;
    if without_wasm() && res["err_msg"] == "getCurExternalContact:fail webassembly blocked" {
        return;
    }
    assert_eq!(res["userId"], "wmContact", "{what}: {res}");
}

async fn a_tag_that_can_be_found_is_obeyed(stage: &Stage) {
    let host = stage.url("127.0.0.1", "");
    for (what, source) in arrivals() {
        let page = stage
            .frame_with_helper(&source.replace("HOSTS", host.trim_end_matches('/')))
            .await;
        is_open(&page, what).await;
        let page = stage
            .frame_with_helper(&source.replace("HOSTS", "https://console.example"))
            .await;
        is_closed(&page, what, "").await;
    }
}

async fn what_shows_that_hosts_were_meant_closes(stage: &Stage) {
    for (what, source) in [
        (
            "a comment in the place of the tag",
            format!(
                "<!-- <script src=/juzi-helper.js data-allowed-hosts=HOSTS> --><script>{RUN_TEXT}</script>"
            ),
        ),
        (
            "a template",
            format!(
                "<template><script src=/juzi-helper.js data-allowed-hosts=HOSTS></script></template><script>{RUN_TEXT}</script>"
            ),
        ),
        (
            "a loader's own attributes",
            format!(
                "<div data-script=/juzi-helper.js data-allowed-hosts=HOSTS></div><script>{RUN_TEXT}</script>"
            ),
        ),
        (
            "two tags",
            format!(
                "<script type=text/plain data-allowed-hosts=HOSTS></script>
                 <script type=text/plain src=/juzi-helper.js></script><script>{RUN_TEXT}</script>"
            ),
        ),
    ] {
        let host = stage.url("127.0.0.1", "");
        let page = stage
            .frame_with_helper(&source.replace("HOSTS", host.trim_end_matches('/')))
            .await;
        is_closed(&page, what, "window.juziHelperOptions").await;
    }
}

async fn options_without_a_tag_are_the_page_s(stage: &Stage) {
    let host = stage.url("127.0.0.1", "");
    let host = host.trim_end_matches('/');
    for (given, open) in [
        (format!("{{ allowedHosts: ['{host}'] }}"), true),
        (
            format!("{{ allowedHosts: '{host}', timeout: 600000 }}"),
            true,
        ),
        ("{}".to_owned(), true),
        (
            "{ allowedHosts: ['https://console.example'] }".to_owned(),
            false,
        ),
        ("{ allowedHosts: [] }".to_owned(), false),
        (format!("{{ allowedHost: ['{host}'] }}"), false),
    ] {
        let source = format!("<script>window.juziHelperOptions = {given}; {RUN_TEXT}</script>");
        let page = stage.frame_with_helper(&source).await;
        if open {
            is_open(&page, &given).await;
            let logged = page.console().await;
            assert!(!logged.contains("was not found"), "{given}: {logged}");
        } else {
            is_closed(&page, &given, "").await;
        }
    }
    // A tag's attributes come first. The page's options apply where the tag has none.
    for (tag, open) in [(host, true), ("https://console.example", false)] {
        let other = if open {
            "https://console.example"
        } else {
            host
        };
        let source = format!(
            "<script>window.juziHelperOptions = {{ allowedHosts: ['{other}'] }}</script>
             <script src=/juzi-helper.js data-allowed-hosts={tag}></script>"
        );
        let page = stage.frame_with_helper(&source).await;
        if open {
            is_open(&page, tag).await;
        } else {
            is_closed(&page, tag, "").await;
        }
    }
    let source =
        "<script>window.juziHelperOptions = { allowedHosts: ['https://console.example'] }</script>
        <script src=/juzi-helper.js data-timeout=5000></script>";
    is_closed(&stage.frame_with_helper(source).await, source, "").await;
}

async fn options_that_cannot_be_read_close(stage: &Stage) {
    for given in [
        "null",
        "7",
        "'https://console.example'",
        "() => {}",
        "{ allowedHosts: null }",
        "{ get allowedHosts() { throw new Error('no') } }",
        "new Proxy({}, { ownKeys() { throw new Error('no') } })",
    ] {
        let source = format!("<script>window.juziHelperOptions = {given}; {RUN_TEXT}</script>");
        is_closed(
            &stage.frame_with_helper(&source).await,
            given,
            "no host is allowed",
        )
        .await;
    }
}

async fn markup_gives_no_options_in_the_place_of_the_page_s(stage: &Stage) {
    for markup in [
        "<form id=juziHelperOptions><input name=allowedHosts value=https://console.example></form>",
        "<iframe name=juziHelperOptions></iframe>",
        "<a id=juziHelperOptions></a><a id=juziHelperOptions name=allowedHosts href=https://console.example></a>",
        "<script>Object.defineProperty(Object.prototype, 'juziHelperOptions', { value: { allowedHosts: 'https://console.example' } })</script>",
    ] {
        let source = format!("{markup}<script src=/juzi-helper.js></script>");
        is_open(&stage.frame_with_helper(&source).await, markup).await;
    }
}

async fn a_tag_that_is_not_found_is_named(stage: &Stage) {
    let page = stage
        .frame_with_helper(&format!("<script>{RUN_TEXT}</script>"))
        .await;
    is_open(&page, "text alone").await;
    let logged = page.console().await;
    assert!(
        logged.contains("warning: juzi-helper: the helper's script element was not found")
            && logged.contains("window.juziHelperOptions"),
        "{logged}"
    );
    let page = stage
        .frame_with_helper("<script src=/juzi-helper.js></script>")
        .await;
    is_open(&page, "a tag without options").await;
    let logged = page.console().await;
    assert!(!logged.contains("was not found"), "{logged}");
}

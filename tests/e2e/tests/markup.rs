//! Injected markup before the helper's tag: elements whose names hide members of the document or look like globals (DOM
//! clobbering). It must not affect the helper.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        markup_takes_no_options_from_the_tag,
        markup_gives_no_options_to_a_tag_without_any,
        markup_does_not_keep_the_helper_from_starting,
        named_elements_do_not_choose_the_compat_script,
        a_named_element_is_not_taken_for_a_helper,
        an_element_named_webassembly_is_not_the_platform_s,
        a_tag_that_is_removed_at_once_keeps_its_options,
    ]
}

/// Members of the document that the helper reads or calls, and that an element of the same name hides.
const OF_THE_DOCUMENT: [&str; 9] = [
    "currentScript",
    "querySelector",
    "querySelectorAll",
    "createElement",
    "head",
    "dispatchEvent",
    "baseURI",
    "referrer",
    "addEventListener",
];

/// Names that look like global variables.
const OF_THE_WINDOW: [&str; 4] = ["juziWx", "wx", "jWeixin", "WeixinJSBridge"];

/// An element of each kind that can hide a member of the document, with options and an address that an attacker wants the
/// helper to use.
fn hiding(name: &str) -> Vec<String> {
    let options = "data-allowed-hosts='*' data-force data-timeout=1 integrity nonce=x";
    let url = "http://b.localhost/juzi-helper.js";
    vec![
        format!("<img name={name} {options} src='{url}'>"),
        format!(
            "<form name={name} {options} action='{url}'><input name=src value='{url}'><input name=dataset><input name=isJuziWx></form>"
        ),
        format!("<embed name={name} {options}>"),
        format!("<object name={name} id={name} {options}></object>"),
        format!("<iframe name={name} {options}></iframe>"),
        format!("<img name={name} {options}><form name={name}></form>"),
    ]
}

/// Elements that appear as members of the window under that name.
fn looking_like(name: &str) -> Vec<String> {
    vec![
        format!("<form id={name}><input name=isJuziWx value=true><input name=config></form>"),
        format!("<a id={name} href='https://b.example/'></a><a id={name} name=isJuziWx></a>"),
        format!("<iframe name={name}></iframe>"),
        format!("<object id={name}></object>"),
    ]
}

/// The markup of one page for each kind of element, with an element of each name.
fn all_markup() -> Vec<String> {
    let kinds = |names: &[&str], make: fn(&str) -> Vec<String>| -> Vec<String> {
        let of_each: Vec<_> = names.iter().map(|name| make(name)).collect();
        let kind = |number: usize| of_each.iter().map(|kinds| kinds[number].as_str()).collect();
        (0..of_each[0].len()).map(kind).collect()
    };
    let mut markup = kinds(&OF_THE_DOCUMENT, hiding);
    markup.extend(kinds(&OF_THE_WINDOW, looking_like));
    markup
}

const NOTES: &str = "<script src=/pages/note-errors.js></script>";

fn page(markup: &str, attributes: &str) -> Page {
    Page::html(&format!(
        "{NOTES}<body>{markup}<script src=/juzi-helper.js {attributes}></script>"
    ))
}

/// The host is not allowed, so nothing was posted to it and the call has failed.
async fn is_told_nothing(framed: &Framed, markup: &str) {
    let res = framed.contact().await;
    let text = res["err_msg"].as_str().unwrap_or_default();
    assert!(
        text.starts_with("getCurExternalContact:fail host unreachable"),
        "{markup}: {res}"
    );
    let told = framed.host.js("return log.length", &[]).await;
    assert_eq!(told, 0, "{markup}");
}

async fn markup_takes_no_options_from_the_tag(stage: &Stage) {
    for markup in all_markup() {
        let page = page(&markup, "data-allowed-hosts=https://console.example");
        is_told_nothing(&stage.frame(page).await, &markup).await;
    }
}

async fn markup_gives_no_options_to_a_tag_without_any(stage: &Stage) {
    for markup in hiding("currentScript") {
        let framed = stage.frame(page(&markup, "").unregistered()).await;
        let env = framed.page.js("return juziWx.env.reason", &[]).await;
        assert_eq!(env, "no-sidebar-param", "{markup}");
    }
}

async fn markup_does_not_keep_the_helper_from_starting(stage: &Stage) {
    for markup in all_markup() {
        let framed = stage.frame(page(&markup, "")).await;
        let contact = framed.contact().await;
        assert_eq!(contact["userId"], "wmContact", "{markup}");
        let script = "window.wx = { config() {} };
            return [juziWx.env.inSidebar, wx.isJuziWx, typeof WeixinJSBridge.invoke, complaints]";
        let found = framed.page.js(script, &[]).await;
        assert_eq!(
            found,
            json!([true, true, "function", []]),
            "{markup}: {found}"
        );
    }
}

async fn named_elements_do_not_choose_the_compat_script(stage: &Stage) {
    let mut markups = all_markup();
    markups.push("<form id=WebAssembly><input name=RuntimeError></form>".to_owned());
    for markup in markups {
        let policy = "script-src 'nonce-c29uZ2h1bw' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types juzi-helper";
        let source = format!(
            "<script nonce=c29uZ2h1bw src=/pages/note-errors.js></script><body>{markup}<script nonce=c29uZ2h1bw src=/pkg/juzi-helper.js></script>"
        );
        let page = Page::html(&source).header("Content-Security-Policy", policy);
        let framed = stage.frame(page).await;
        let contact = framed.contact().await;
        assert_eq!(contact["userId"], "wmContact", "{markup}: {contact}");
        let script = "return [juziWx.env.engine, performance.getEntriesByType('resource').filter(({ name }) => /compat/.test(name)).map(({ name }) => new URL(name).host === location.host)]";
        assert_eq!(
            framed.page.js(script, &[]).await,
            json!(["js", [true]]),
            "{markup}"
        );
    }
}

async fn a_named_element_is_not_taken_for_a_helper(stage: &Stage) {
    for markup in looking_like("juziWx") {
        for helper in ["/pkg/juzi-helper.js", "/pkg/juzi-helper.compat.js"] {
            let source = format!("{NOTES}<body>{markup}<script src={helper}></script>");
            let framed = stage.frame(Page::html(&source)).await;
            let contact = framed.contact().await;
            assert_eq!(contact["userId"], "wmContact", "{markup} {helper}");
        }
    }
}

/// In a browser without WebAssembly, an element may have the name `WebAssembly`.
async fn an_element_named_webassembly_is_not_the_platform_s(stage: &Stage) {
    let source = format!(
        "{NOTES}<script>delete window.WebAssembly</script><body><form id=WebAssembly><input name=RuntimeError></form>
        <script src=/pkg/juzi-helper.compat.js></script>"
    );
    let framed = stage.frame(Page::html(&source)).await;
    let script = "return new Promise((resolve) => {
        juziWx.on('updateBaseInfo', () => { throw new Error('expected') });
        juziWx.invoke('sendChatMessage', { get msgtype() { throw new Error('no type today'); } }, resolve);
      })";
    let res = framed.page.js(script, &[]).await;
    assert_eq!(res["err_msg"], "sendChatMessage:fail no type today");
    assert_eq!(framed.contact().await["userId"], "wmContact");
}

async fn a_tag_that_is_removed_at_once_keeps_its_options(stage: &Stage) {
    let source = format!(
        "{NOTES}<body><script>
          const script = document.createElement('script');
          script.src = '/juzi-helper.js';
          script.dataset.allowedHosts = 'https://console.example';
          document.body.append(script);
          script.remove();
        </script>"
    );
    let framed = stage.frame(Page::html(&source)).await;
    let there: Value = framed.page.until("return !!window.juziWx?.env", &[]).await;
    assert_eq!(there, true);
    is_told_nothing(&framed, "a tag that is removed").await;
}

//! How the helper's script arrives in a page: as text that a loader runs, as a copy, through jQuery, inside another file. Whatever the way,
//! `allowedHosts` is obeyed, or no host is allowed and the browser's console says how to give the options.

use juzi_e2e::{Case, Framed, Stage, tests, without_wasm};

pub fn cases() -> Vec<Case> {
    tests![
        a_tag_that_can_be_found_is_obeyed,
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
/// The same, saying which element it stands for.
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

/// The call is answered. A script that runs as text does not know its folder, so it has no other engine than WebAssembly.
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
    // A tag's attributes come first, and what it lacks is the page's.
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

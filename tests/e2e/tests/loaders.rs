//! What loaders leave of the helper's tag. The tag's options must be in force, or no host is allowed and the console says so. If nothing
//! shows that `allowedHosts` was meant, any host is allowed, with a warning.

use juzi_e2e::{Case, Engine, Framed, Page, Stage, tests, without_wasm};

pub fn cases() -> Vec<Case> {
    tests![
        a_tag_that_is_the_running_script_has_its_options,
        what_jquery_inserts_has_its_options,
        what_a_loader_runs_has_the_options_that_its_tag_kept,
        options_are_given_by_a_script_where_no_tag_is_left,
        options_that_a_loader_has_lost_allow_nobody,
        malformed_options_of_a_script_allow_nobody,
        where_nothing_was_given_the_helper_works_and_warns,
        a_plain_tag_is_no_loader_s,
        injected_markup_opens_nothing,
        named_elements_hide_neither_the_tag_nor_the_document,
    ]
}

const NOTES: &str = "<script src=/pages/note-errors.js></script>";
const LOADERS: &str = "<script src=/pages/loaders/stand-ins.js></script>";
const OTHER_HOST: &str = "https://console.example";

/// A way of arriving: the page's source, where `HOSTS` stands for the allowed hosts.
struct Way(String);

impl Way {
    fn source(&self, hosts: &str) -> String {
        format!("{NOTES}<body>{LOADERS}{}", self.0.replace("HOSTS", hosts))
    }

    async fn open(&self, stage: &Stage, hosts: &str) -> Framed {
        let framed = stage.frame(Page::html(&self.source(hosts))).await;
        let arrived = "return !!window.juziWx?.isJuziWx && !!juziWx.env";
        framed.page.until(arrived, &[]).await;
        framed
    }
}

fn ways(sources: impl IntoIterator<Item = impl Into<String>>) -> Vec<Way> {
    sources.into_iter().map(|it| Way(it.into())).collect()
}

async fn works(framed: &Framed, what: &str) {
    let contact = framed.contact().await;
    assert_eq!(contact["userId"], "wmContact", "{what}: {contact}");
}

/// The host has received nothing, and the call has failed.
async fn is_told_nothing(framed: &Framed, what: &str) {
    let res = framed.contact().await;
    let text = res["err_msg"].as_str().unwrap_or_default();
    let expected = "getCurExternalContact:fail host unreachable";
    assert!(text.starts_with(expected), "{what}: {res}");
    assert_eq!(framed.posted().await, 0, "{what}");
}

/// With the allowed host it works, and another host receives nothing. The console has no line about the tag.
async fn has_its_options(stage: &Stage, way: &Way) {
    let what = &way.0;
    let framed = way.open(stage, &stage.url("127.0.0.1", "")).await;
    works(&framed, what).await;
    let logged = framed.console().await;
    assert!(!logged.contains("juziHelperOptions"), "{what}: {logged}");
    is_told_nothing(&way.open(stage, OTHER_HOST).await, what).await;
}

/// No host receives anything, and the console says how to give the options.
async fn allows_nobody(stage: &Stage, way: &Way, words: &str) {
    for hosts in [stage.url("127.0.0.1", ""), OTHER_HOST.to_owned()] {
        let framed = way.open(stage, &hosts).await;
        is_told_nothing(&framed, &way.0).await;
        let logged = framed.console().await;
        assert!(logged.contains(words), "{}: {logged}", way.0);
        assert!(logged.contains("juziHelperOptions"), "{}: {logged}", way.0);
    }
}

/// The text of the script that this engine runs.
fn text_of_the_script() -> String {
    let name = match without_wasm() {
        true => "juzi-helper.compat.js",
        false => "juzi-helper.js",
    };
    let path = format!("{}/../../pkg/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the script is built")
}

/// The address of the script under a name of another kind, or at the end of another file.
fn elsewhere(stage: &Stage, before: &str) -> String {
    let text = format!("{before}{}", text_of_the_script());
    stage.serve(&Page::bytes(text, "text/javascript; charset=utf-8"))
}

async fn a_tag_that_is_the_running_script_has_its_options(stage: &Stage) {
    let text = text_of_the_script();
    let renamed = elsewhere(stage, "");
    let tags = [
        "<script src=/juzi-helper.js data-allowed-hosts=HOSTS></script>".to_owned(),
        "<script async src=/juzi-helper.js data-allowed-hosts=HOSTS></script>".to_owned(),
        "<script defer src=/juzi-helper.js data-allowed-hosts=HOSTS></script>".to_owned(),
        "<script type=module src=/juzi-helper.js data-allowed-hosts=HOSTS></script>".to_owned(),
        "<script src='/juzi-helper.js?v=1.0.11' data-allowed-hosts=HOSTS></script>".to_owned(),
        format!("<script src={renamed} data-allowed-hosts=HOSTS></script>"),
        format!("<script data-allowed-hosts=HOSTS>{text}</script>"),
        "<script>const tag = document.createElement('script');
          tag.src = '/juzi-helper.js';
          tag.dataset.allowedHosts = 'HOSTS';
          document.head.append(tag);</script>"
            .to_owned(),
        "<script>document.write('<script src=/juzi-helper.js data-allowed-hosts=\"HOSTS\"><\\/script>')</script>"
            .to_owned(),
    ];
    for way in ways(tags) {
        has_its_options(stage, &way).await;
    }
}

const JQUERIES: [&str; 4] = [
    "/loaders/jquery1/dist/jquery.js",
    "/loaders/jquery2/dist/jquery.js",
    "/node_modules/jquery3/dist/jquery.js",
    "/node_modules/jquery/dist/jquery.js",
];

/// jQuery runs a script of the page's own origin as text, and one of another origin by a tag without attributes.
async fn what_jquery_inserts_has_its_options(stage: &Stage) {
    let other = stage.url("a.localhost", "/juzi-helper.js");
    for jquery in JQUERIES {
        for src in ["/juzi-helper.js", &other] {
            let tag = format!("<script src=\"{src}\" data-allowed-hosts=\"HOSTS\"><\\/script>");
            let sources = [
                format!("<script src={jquery}></script><script>$('body').append('{tag}')</script>"),
                format!(
                    "<script src={jquery}></script><div id=at></div><script>$('#at').html('<p>a</p>{tag}')</script>"
                ),
            ];
            for way in ways(sources) {
                has_its_options(stage, &way).await;
            }
        }
    }
}

async fn what_a_loader_runs_has_the_options_that_its_tag_kept(stage: &Stage) {
    let renamed = elsewhere(stage, "");
    let sources = [
        "<script id=it type=text/plain src=/juzi-helper.js data-allowed-hosts=HOSTS></script><script>load.beside(it)</script>".to_owned(),
        "<script id=it type=text/plain data-src=/juzi-helper.js data-allowed-hosts=HOSTS></script><script>load.beside(it)</script>".to_owned(),
        format!("<script id=it type=text/plain data-src={renamed} data-allowed-hosts=HOSTS></script><script>load.beside(it)</script>"),
        "<script type=text/plain data-src=/juzi-helper.js data-allowed-hosts=HOSTS></script><script>load.inline('/juzi-helper.js')</script>".to_owned(),
        "<script type=later rocketsrc=/juzi-helper.js data-allowed-hosts=HOSTS></script><script>load.text('/juzi-helper.js')</script>".to_owned(),
        "<script type=later src=/juzi-helper.js data-allowed-hosts=HOSTS></script><script>load.inSandbox('/juzi-helper.js')</script>".to_owned(),
        "<script id=it type=later src=/juzi-helper.js data-allowed-hosts=HOSTS></script><script>load.told(it)</script>".to_owned(),
        // Another script has run before, with an attribute that resembles an option.
        "<script id=it type=later src=/juzi-helper.js data-allowed-hosts=HOSTS></script><script data-debugger=1>load.told(it)</script>".to_owned(),
    ];
    for way in ways(sources) {
        has_its_options(stage, &way).await;
    }
}

/// `window.juziHelperOptions` is enough, and wins over what a loader left.
async fn options_are_given_by_a_script_where_no_tag_is_left(stage: &Stage) {
    let text = text_of_the_script();
    let bundle = elsewhere(stage, "window.before = 1;\n");
    let given = "<script>window.juziHelperOptions = { allowedHosts: ['HOSTS'] }</script>";
    for rest in [
        "<script>load.text('/juzi-helper.js')</script>".to_owned(),
        "<script type=module>import '/juzi-helper.js'</script>".to_owned(),
        "<script src=/juzi-helper.js></script>".to_owned(),
        format!("<script src={bundle}></script>"),
        format!("<script>{text}</script>"),
        "<!-- script /juzi-helper.js replaced by import-html-entry --><script>load.text('/juzi-helper.js')</script>".to_owned(),
        "<script type=text/plain data-allowed-hosts=https://a.example></script><script>load.text('/juzi-helper.js')</script>".to_owned(),
    ] {
        has_its_options(stage, &Way(format!("{given}{rest}"))).await;
    }
}

async fn options_that_a_loader_has_lost_allow_nobody(stage: &Stage) {
    let app = "<!doctype html><head></head><body><script src=/juzi-helper.js data-allowed-hosts=HOSTS></script></body>";
    let app = stage.serve(&Page::bytes(app, "text/html; charset=utf-8"));
    let run = "<script>load.text('/juzi-helper.js')</script>";
    let sources = [
        // qiankun's loader itself
        format!("<script>window.entry = '{app}'</script><script src=/bundled/loaders/import-html-entry.js></script>"),
        "<script id=it type=later src=/juzi-helper.js data-allowed-hosts=HOSTS></script>
         <script>load.replaced(it, `script with src='${it.src}' extract by micro-app`)</script>".to_owned(),
        "<div id=app></div><script>app.attachShadow({ mode: 'open' }).append(document.createComment(' dynamic script /juzi-helper.js replaced by wujie '));
         load.text('/juzi-helper.js')</script>".to_owned(),
        "<template id=it><script src=/juzi-helper.js data-allowed-hosts=HOSTS></script></template><script>load.fromTemplate(it)</script>".to_owned(),
        format!("<!-- <script src=/juzi-helper.js data-allowed-hosts=HOSTS></script> -->{run}"),
        format!("<noscript><script src=/any.js data-allowed-hosts=HOSTS></script></noscript>{run}"),
        format!("<script type=application/json>[\"<script src=/any.js data-allowed-hosts='HOSTS'>\"]</script>{run}"),
        format!("<p data-allowed-hosts=HOSTS data-src=/any.js></p>{run}"),
        // misspelt
        format!("<script type=later data-src=/juzi-helper.js data-allowed-host=HOSTS></script><script type=later data-allowed-hosts=HOSTS></script>{run}"),
        "<script>const tag = document.createElement('script');
          tag.dataset.allowedHosts = 'HOSTS';
          load.text('/juzi-helper.js')</script>".to_owned(),
    ];
    for way in ways(sources) {
        allows_nobody(stage, &way, "no host is allowed").await;
    }
}

async fn malformed_options_of_a_script_allow_nobody(stage: &Stage) {
    for (given, words) in [
        ("'HOSTS'", "no host is allowed"),
        ("null", "no host is allowed"),
        ("() => 1", "no host is allowed"),
        ("document.body", "no host is allowed"),
        ("{ allowedHost: ['HOSTS'] }", "is not an option; write"),
        ("{ get allowedHosts() { throw 1 } }", "no host is allowed"),
        ("{ allowedHosts: null }", "allowedHosts has no usable entry"),
    ] {
        let source = format!(
            "<script>window.juziHelperOptions = {given}</script><script src=/juzi-helper.js></script>"
        );
        let way = Way(source);
        let framed = way.open(stage, &stage.url("127.0.0.1", "")).await;
        is_told_nothing(&framed, given).await;
        let logged = framed.console().await;
        assert!(logged.contains(words), "{given}: {logged}");
    }
}

async fn where_nothing_was_given_the_helper_works_and_warns(stage: &Stage) {
    let text = text_of_the_script();
    let bundle = elsewhere(stage, "window.before = 1;\n");
    for source in [
        "<script>load.text('/juzi-helper.js')</script>".to_owned(),
        "<script>load.inFunction('/juzi-helper.js')</script>".to_owned(),
        "<script type=module>import '/juzi-helper.js'</script>".to_owned(),
        format!("<script src={bundle}></script>"),
        format!("<script>{text}</script>"),
        format!("<script type=module>{text}</script>"),
    ] {
        for (given, warns) in [("", true), ("window.juziHelperOptions = {}", false)] {
            let way = Way(format!("<script>{given}</script>{source}"));
            let framed = way.open(stage, "").await;
            works(&framed, &way.0).await;
            let logged = framed.console().await;
            let warned =
                logged.contains("was not found") && logged.contains("window.juziHelperOptions = {");
            assert_eq!(warned, warns, "{}: {logged}", way.0);
        }
    }
}

/// An existing tag stays in force, even if the page's text mentions the option or elements other than scripts have it.
async fn a_plain_tag_is_no_loader_s(stage: &Stage) {
    let around = "<!-- in production: <script src=/juzi-helper.js data-allowed-hosts=https://a.example></script> -->
        <p data-allowed-hosts=x></p><script type=text/plain data-timeout=1 data-debug>data-allowed-hosts=x</script>";
    let way = Way(format!("{around}<script src=/juzi-helper.js></script>"));
    let framed = way.open(stage, "").await;
    works(&framed, &way.0).await;
    assert_eq!(framed.console().await, "", "{}", way.0);
}

/// Injected markup with an attacker's host allows no further host, whatever a loader has left or lost.
async fn injected_markup_opens_nothing(stage: &Stage) {
    let host = stage.url("127.0.0.1", "");
    let injected =
        format!("<script type=text/plain src=/juzi-helper.js data-allowed-hosts={host}></script>");
    let run = "<script>load.text('/juzi-helper.js')</script>";
    let real = format!("src=/juzi-helper.js data-allowed-hosts={OTHER_HOST}");
    for source in [
        format!("{injected}<script type=later {real}></script>{run}"),
        format!("{injected}<template><script {real}></script></template>{run}"),
        format!("{injected}<!-- <script {real}></script> -->{run}"),
        format!("{injected}<!-- <script data-allowed-hosts='{host}.example'></script> -->{run}"),
        format!("{injected}<!-- script /juzi-helper.js replaced by qiankun -->{run}"),
        format!("{injected}<noscript><script {real}></script></noscript>{run}"),
        format!("{injected}<script>/* data-allowed-hosts='{OTHER_HOST}' */</script>{run}"),
        format!("{injected}<script {real}></script>"),
        format!(
            "{injected}<script>window.juziHelperOptions = {{ allowedHosts: '{OTHER_HOST}' }}</script>{run}"
        ),
        format!(
            "<a id=juziHelperOptions name=allowedHosts href={host}></a><script>window.juziHelperOptions = {{ allowedHosts: '{OTHER_HOST}' }}</script>{run}"
        ),
        // `window.juziHelperOptions ||= {}` finds an element that was injected.
        format!(
            "<a id=juziHelperOptions></a><script>window.juziHelperOptions ||= {{}}; juziHelperOptions.allowedHosts = '{OTHER_HOST}'</script>{run}"
        ),
        format!(
            "<script>Object.defineProperty(Object.prototype, 'juziHelperOptions', {{ value: {{ allowedHosts: '{host}' }} }})</script><script {real}></script>"
        ),
        format!(
            "<script>Object.defineProperty(Object.prototype, 'allowedHosts', {{ value: '{host}' }}); window.juziHelperOptions = {{}}</script><script {real}></script>"
        ),
    ] {
        let framed = Way(source.clone()).open(stage, "").await;
        is_told_nothing(&framed, &source).await;
    }
}

/// The same with a loader's own `document.currentScript`, and with a proxy in place of the document.
async fn named_elements_hide_neither_the_tag_nor_the_document(stage: &Stage) {
    let waiting = "<script id=it type=later src=/juzi-helper.js data-allowed-hosts=HOSTS></script>";
    let named = "<img name=nodeType><img name=ownerDocument><img name=defaultView><iframe name=currentScript></iframe>
        <form name=currentScript data-allowed-hosts=HOSTS><input name=dataset></form>";
    let late = named
        .replace("HOSTS", OTHER_HOST)
        .replace('\n', " ")
        .replace("</", "<\\/");
    for way in ways([
        format!("{named}{waiting}<script>load.inSandbox('/juzi-helper.js')</script>"),
        format!("{named}<script src=/juzi-helper.js data-allowed-hosts=HOSTS></script>"),
    ]) {
        has_its_options(stage, &way).await;
    }
    let way = Way(format!(
        "{waiting}<script>
          Object.defineProperty(document, 'currentScript', {{ get: () => it, configurable: true }});
          document.body.insertAdjacentHTML('beforeend', '{late}');
          load.text('/juzi-helper.js');
        </script>"
    ));
    if stage.engine == Engine::Chromium {
        // There the named element hides what the loader has defined. The tag is lost, and the form names other hosts.
        let framed = way.open(stage, &stage.url("127.0.0.1", "")).await;
        is_told_nothing(&framed, &way.0).await;
    } else {
        has_its_options(stage, &way).await;
    }
}

//! Answers and pushes from senders other than the host, and from hosts that are not allowed. The helper ignores them, and
//! posts nothing to these senders.

use juzi_e2e::{Case, Engine, Framed, Page, Stage, View, tests};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::origins::without_ancestors;

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        frames_beside_the_page_are_not_the_host,
        frames_in_the_page_are_not_the_host,
        the_page_itself_is_not_the_host,
        a_script_that_changes_what_events_say_is_not_the_host,
        a_window_around_the_console_is_not_the_host,
        the_window_that_opened_the_console_is_not_the_host,
        the_frame_that_opened_the_page_is_not_the_host,
        a_page_that_was_opened_in_a_window_has_no_host,
        a_popup_of_the_page_is_not_the_host,
        what_the_host_says_twice_or_later_changes_nothing,
        only_allowed_hosts_are_asked_and_believed,
        a_sandboxed_page_is_answered_by_its_host,
        a_host_without_an_origin_is_none_that_could_be_allowed,
        frames_without_an_origin_are_not_the_host_that_has_none_either,
        a_host_without_an_origin_is_told_one_call_after_another,
        a_host_that_navigates_away_gets_and_gives_nothing,
        a_host_that_goes_elsewhere_is_not_told_what_the_page_says_last,
    ];
    cases.extend(
        tests![&[Engine::Firefox] => without_a_known_ancestor_a_host_that_navigates_away_gets_and_gives_nothing],
    );
    cases
}

/// The helper's tag, with a timeout that is long enough for a slow machine.
const HELPER: &str = "<script src=/juzi-helper.js data-timeout=600000></script>";

/// A page that waits for an answer that its host never sends.
async fn waiting(stage: &Stage, more: &str) -> Framed {
    let source = format!("{HELPER}<script src=/pages/forgery.js></script>{more}");
    let page = Page::html(&source)
        .host(json!({ "faults": { "drop": 1 } }))
        .frame_attribute("name", "sidebar");
    let framed = stage.frame(page).await;
    has_asked(&framed).await;
    framed
}

async fn has_asked(framed: &Framed) {
    let asked = "return window.asked?.length";
    framed.host.until(asked, &[]).await;
}

async fn req_id(framed: &Framed) -> String {
    let script = "return asked.at(-1).reqId";
    let id = framed.host.js(script, &[]).await;
    id.as_str().expect("a text").to_owned()
}

/// An attacker's messages: answers with the observed reqId and with guessed ones, and pushes.
fn forgeries(observed: &str) -> Vec<Value> {
    let (head, number) = observed.rsplit_once('-').expect("a counter at its end");
    let mut ids = vec![
        json!(observed),
        json!(number),
        json!("juzi-1"),
        json!(1),
        json!("__proto__"),
        json!("constructor"),
    ];
    ids.extend((0..50).map(|guess| json!(format!("{head}-{guess}"))));
    let mut forgeries: Vec<_> = ids
        .into_iter()
        .flat_map(|id| {
            [
                json!({ "reqId": id, "api": "getCurExternalContact", "data": { "externalUserId": "forged" } }),
                json!({ "reqId": id, "api": "getCurExternalContact", "err_msg": "getCurExternalContact:fail forged" }),
            ]
        })
        .collect();
    forgeries.push(
        json!({ "api": "updateBaseInfo", "data": { "baseInfo": { "juziChatId": "forged" } } }),
    );
    forgeries.push(json!({ "reqId": observed, "api": "updateBaseInfo", "data": { "baseInfo": { "juziChatId": "forged" } } }));
    forgeries
}

/// Posts the forgeries from a page to the window that it calls `target`, and waits until they have arrived.
async fn attack(framed: &Framed, from: &View, target: &str, forgeries: &[Value]) {
    let mark = format!(
        "{target} {}",
        framed.page.js("return arrived.length", &[]).await
    );
    let script = format!(
        "const [messages, mark] = arguments; const target = {target};
         for (const message of [...messages, {{ mark }}]) target.postMessage(message, '*');"
    );
    from.js(&script, &[forgeries.into(), mark.as_str().into()])
        .await;
    framed
        .page
        .until("return arrived.includes(arguments[0])", &[mark.into()])
        .await;
}

/// The page has accepted nothing so far, and accepts messages from the host.
async fn only_the_host_is_believed(framed: &Framed) {
    assert_eq!(framed.page.js("return heard", &[]).await, json!([]));
    let real = json!({ "reqId": req_id(framed).await, "api": "getCurExternalContact", "data": { "externalUserId": "real" } });
    let push = json!({ "api": "updateBaseInfo", "data": { "baseInfo": { "juziChatId": "real" } } });
    framed.host.js("tell(...arguments)", &[real, push]).await;
    let heard = framed
        .page
        .until("return heard.length >= 3 && heard", &[])
        .await;
    assert_eq!(heard, json!(["real", "push real", "subscription real"]));
}

/// Frames whose origin is opaque (`null`): because of a sandbox, and because of a `data:` address.
const SANDBOXED: &str =
    "<iframe id=sandboxed sandbox=allow-scripts src=/pages/empty.html></iframe>";
const DATA: &str = "<iframe id=data src=data:text/html,nobody></iframe>";

/// The origins of other frames: the host's, the page's, and a third.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "attacker.localhost"];
const FRAMES: [&str; 5] = ["frame-0", "frame-1", "frame-2", "sandboxed", "data"];

/// A frame of each of these origins.
fn frames_of_all(stage: &Stage) -> String {
    let frame = |(number, name)| {
        let url = stage.url(name, "/pages/empty.html");
        format!("<iframe id=frame-{number} src={url}></iframe>")
    };
    NAMES.into_iter().enumerate().map(frame).collect()
}

async fn frames_beside_the_page_are_not_the_host(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let forgeries = forgeries(&req_id(&framed).await);
    let frames = [frames_of_all(stage).as_str(), SANDBOXED, DATA].concat();
    let script = "document.body.insertAdjacentHTML('beforeend', arguments[0])";
    framed.host.js(script, &[frames.into()]).await;
    for id in FRAMES {
        let beside = framed.host.frame(id);
        beside.loaded().await;
        attack(&framed, &beside, "parent.frames[0]", &forgeries).await;
    }
    only_the_host_is_believed(&framed).await;
}

async fn frames_in_the_page_are_not_the_host(stage: &Stage) {
    let frames = [frames_of_all(stage).as_str(), SANDBOXED, DATA].concat();
    let framed = waiting(stage, &frames).await;
    let forgeries = forgeries(&req_id(&framed).await);
    for id in FRAMES {
        attack(&framed, &framed.page.frame(id), "parent", &forgeries).await;
    }
    only_the_host_is_believed(&framed).await;
}

/// Posts to itself, and dispatches synthetic events that claim to come from the host.
async fn the_page_itself_is_not_the_host(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let forgeries = forgeries(&req_id(&framed).await);
    attack(&framed, &framed.page, "window", &forgeries).await;
    let origin = framed.host.js("return location.origin", &[]).await;
    let script = "const [messages, origin] = arguments;
        for (const data of messages) {
          dispatchEvent(new MessageEvent('message', { data, origin, source: parent }));
          dispatchEvent(Object.defineProperties(new Event('message'), {
            data: { value: data }, origin: { value: origin }, source: { value: parent },
          }));
        }";
    framed.page.js(script, &[forgeries.into(), origin]).await;
    only_the_host_is_believed(&framed).await;
}

/// A browser extension that runs in the page's JavaScript world could do this.
async fn a_script_that_changes_what_events_say_is_not_the_host(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let forgeries = forgeries(&req_id(&framed).await);
    let origin = framed.host.js("return location.origin", &[]).await;
    let script = "const [origin] = arguments;
        window.before = Object.getOwnPropertyDescriptors(MessageEvent.prototype);
        Object.defineProperty(MessageEvent.prototype, 'source', { configurable: true, get: () => parent });
        Object.defineProperty(MessageEvent.prototype, 'origin', { configurable: true, get: () => origin });";
    framed.page.js(script, &[origin]).await;
    attack(&framed, &framed.page, "window", &forgeries).await;
    framed
        .page
        .js(
            "Object.defineProperties(MessageEvent.prototype, before)",
            &[],
        )
        .await;
    only_the_host_is_believed(&framed).await;
}

async fn a_window_around_the_console_is_not_the_host(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let console = framed.host.js("return location.href", &[]).await;
    framed
        .host
        .goto(&stage.url("attacker.localhost", "/pages/empty.html"))
        .await;
    let around = framed.host;
    let script = "const frame = document.createElement('iframe'); frame.id = 'console'; frame.src = arguments[0]; document.body.append(frame)";
    around.js(script, &[console]).await;
    let host = around.frame("console");
    let framed = Framed {
        page: host.frame("frame"),
        host,
        url: framed.url,
    };
    has_asked(&framed).await;
    let forgeries = forgeries(&req_id(&framed).await);
    attack(&framed, &around, "frames[0].frames[0]", &forgeries).await;
    only_the_host_is_believed(&framed).await;
}

/// Clicks a button that opens a window, and waits for the window.
async fn opened_by(view: &View, button: &str) -> View {
    let windows = async || {
        let windows = view.driver().windows().await;
        windows.map_err(|error| error.to_string())
    };
    let before = windows().await.expect("windows");
    view.click(button).await;
    let opened = juzi_e2e::eventually("a second window", async || {
        let opened = windows().await?;
        let mut opened = opened.into_iter().filter(|it| !before.contains(it));
        opened.next().ok_or("there is one".to_owned())
    });
    let opened = view.window(opened.await);
    opened.loaded().await;
    opened
}

/// A page under this name with a button that opens `url` as `window.opened`.
async fn opener_at(stage: &Stage, name: &str, url: &str) -> View {
    let button =
        format!("<button id=open onclick=\"window.opened = window.open('{url}')\">Open</button>");
    let view = stage.view();
    view.goto(&stage.serve(&Page::html(&button).at(name))).await;
    view
}

async fn the_window_that_opened_the_console_is_not_the_host(stage: &Stage) {
    for name in NAMES {
        let framed = waiting(stage, "").await;
        let console = framed.host.js("return location.href", &[]).await;
        let console = console.as_str().expect("an address");
        let attacker = opener_at(stage, name, console).await;
        let host = opened_by(&attacker, "open").await;
        let framed = Framed {
            page: host.frame("frame"),
            host,
            url: framed.url,
        };
        has_asked(&framed).await;
        assert_eq!(framed.host.js("return opener !== null", &[]).await, true);
        let forgeries = forgeries(&req_id(&framed).await);
        attack(&framed, &attacker, "opened.frames[0]", &forgeries).await;
        only_the_host_is_believed(&framed).await;
    }
}

/// A frame of the host's own origin loads the page into the sidebar by its name, which makes it the page's `opener`.
async fn the_frame_that_opened_the_page_is_not_the_host(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let empty = stage.url("127.0.0.1", "/pages/empty.html");
    let script = "document.body.insertAdjacentHTML('beforeend', `<iframe id=beside src=${arguments[0]}></iframe>`)";
    framed.host.js(script, &[empty.into()]).await;
    let beside = framed.host.frame("beside");
    beside.loaded().await;
    framed
        .host
        .js("log.length = 0; document.querySelector('iframe').addEventListener('load', () => { window.again = true; })", &[])
        .await;
    let again = format!("{}?juziSidebar&again", framed.url);
    beside
        .js("open(arguments[0], 'sidebar')", &[again.into()])
        .await;
    framed.host.until("return window.again", &[]).await;
    has_asked(&framed).await;
    let script = "return opener === parent.frames[1] && location.search.includes('again')";
    assert_eq!(framed.page.js(script, &[]).await, true);
    let forgeries = forgeries(&req_id(&framed).await);
    attack(&framed, &beside, "parent.frames[0]", &forgeries).await;
    only_the_host_is_believed(&framed).await;
}

/// Regardless of its opener and its address.
async fn a_page_that_was_opened_in_a_window_has_no_host(stage: &Stage) {
    let source =
        "<script src=/juzi-helper.js data-force></script><script src=/pages/forgery.js></script>";
    let page = stage.serve(&Page::html(source).query("juziSidebar"));
    let attacker = opener_at(stage, "attacker.localhost", &page).await;
    let opened = opened_by(&attacker, "open").await;
    let framed = Framed {
        host: attacker.clone(),
        page: opened,
        url: page,
    };
    let alone = "return [opener !== null, juziWx.env.inSidebar, juziWx.env.reason]";
    assert_eq!(
        framed.page.js(alone, &[]).await,
        json!([true, false, "not-framed"])
    );
    attack(&framed, &attacker, "opened", &forgeries("juzi-1-1")).await;
    // Each call has failed at once, and nothing else arrived.
    assert_eq!(
        framed.page.js("return heard", &[]).await,
        json!([
            "push undefined",
            "getCurExternalContact:fail not in sidebar"
        ])
    );
}

async fn a_popup_of_the_page_is_not_the_host(stage: &Stage) {
    for name in NAMES {
        let popup = stage.url(name, "/pages/empty.html");
        let button = format!(
            "<button id=open onclick=\"window.open('{popup}', '_blank', 'width=300,height=300')\">Open</button>"
        );
        let framed = waiting(stage, &button).await;
        let forgeries = forgeries(&req_id(&framed).await);
        let popup = opened_by(&framed.page, "open").await;
        attack(&framed, &popup, "opener", &forgeries).await;
        only_the_host_is_believed(&framed).await;
    }
}

async fn what_the_host_says_twice_or_later_changes_nothing(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let id = req_id(&framed).await;
    only_the_host_is_believed(&framed).await;
    // A replay of the answer to the same call, and the same answer for a newer call.
    let script = "window.second = new Promise((resolve) => juziWx.getCurExternalContact({ complete: resolve }))";
    framed.page.js(script, &[]).await;
    attack(&framed, &framed.host, "frames[0]", &[
        json!({ "reqId": id, "api": "getCurExternalContact", "data": { "externalUserId": "replayed" } }),
        json!({ "reqId": id, "api": "sidebarAuth", "data": { "baseInfo": {} } }),
    ])
    .await;
    assert_eq!(framed.page.js("return heard.length", &[]).await, 3);
    let script = "const { reqId } = asked.at(-1);
        tell({ reqId, api: 'getCurExternalContact', data: { externalUserId: 'second' } })";
    framed.host.until("return asked.length === 2", &[]).await;
    framed.host.js(script, &[]).await;
    assert_eq!(
        framed.page.js("return second", &[]).await["userId"],
        "second"
    );
}

async fn only_allowed_hosts_are_asked_and_believed(stage: &Stage) {
    // The host's name, the value of allowedHosts (PORT is the port of this test), and whether it allows the host.
    let table = [
        ("console.localhost", "http://console.localhost:PORT", true),
        (
            "console.localhost",
            "http://other.localhost:PORT HTTP://Console.LocalHost:PORT/",
            true,
        ),
        ("console.localhost", "http://*.localhost:PORT", true),
        ("a.b.localhost", "http://*.localhost:PORT", true),
        (
            "xn--fsqu00a.localhost",
            "http://xn--fsqu00a.localhost:PORT",
            true,
        ),
        ("xn--fsqu00a.localhost", "http://例子.localhost:PORT", true),
        ("127.0.0.1", "http://127.0.0.1:PORT", true),
        ("[::1]", "http://[::1]:PORT", true),
        ("[::1]", "http://[0:0:0:0:0:0:0:1]:PORT", true),
        (
            "console.localhost.evil.localhost",
            "http://console.localhost:PORT",
            false,
        ),
        (
            "console.localhost.evil.localhost",
            "http://*.console.localhost:PORT",
            false,
        ),
        (
            "evil-console.localhost",
            "http://console.localhost:PORT",
            false,
        ),
        (
            "evil-console.localhost",
            "http://*.console.localhost:PORT",
            false,
        ),
        (
            "evilconsole.localhost",
            "http://*.console.localhost:PORT",
            false,
        ),
        (
            "console.localhost",
            "http://*.console.localhost:PORT",
            false,
        ),
        ("console.localhost", "http://console.localhost", false),
        ("console.localhost", "http://console.localhost:1", false),
        ("console.localhost", "https://console.localhost:PORT", false),
        (
            "xn--fsqu00a.localhost",
            "http://xn--fsqu00b.localhost:PORT",
            false,
        ),
        ("xn--fsqu00a.localhost", "http://例.localhost:PORT", false),
        ("127.0.0.1", "http://[::1]:PORT", false),
        (
            "[::1]",
            "http://127.0.0.1:PORT http://localhost:PORT",
            false,
        ),
        // Malformed entries are dropped and reported; the rest decides.
        (
            "console.localhost",
            "http://user:secret@console.localhost:PORT http://other.localhost:PORT",
            false,
        ),
        (
            "console.localhost",
            "http://console.localhost:PORT/path http://other.localhost:PORT",
            false,
        ),
        (
            "console.localhost",
            "null * http://* http://*:PORT http://other.localhost:PORT",
            false,
        ),
    ];
    let port = stage.url("", "");
    let port = port.rsplit(':').next().expect("a port");
    for (host, allowed, lets_in) in table {
        let allowed = allowed.replace("PORT", port);
        let patience = if lets_in { 600_000 } else { 400 };
        let source = format!(
            "<meta charset=utf-8><script src=/juzi-helper.js data-timeout={patience} data-allowed-hosts='{allowed}'></script>"
        );
        let framed = stage.frame(Page::html(&source).host_at(host)).await;
        // The host also sends answers and pushes that were not requested.
        let script = "for (const api of ['updateBaseInfo', 'getCurExternalContact'])
            tell({ api, reqId: 'x', data: { baseInfo: {}, externalUserId: 'x' } })";
        framed
            .page
            .js(
                "window.pushes = 0; juziWx.on('updateBaseInfo', () => pushes++)",
                &[],
            )
            .await;
        framed.host.js(script, &[]).await;
        let answer = framed.contact().await;
        let text = answer["err_msg"].as_str().unwrap_or_default();
        let heard = framed
            .host
            .js("return log.length + ignored.length", &[])
            .await;
        if lets_in {
            assert_eq!(
                answer["userId"], "wmContact",
                "{host} with {allowed}: {answer}"
            );
        } else {
            assert!(
                text.starts_with("getCurExternalContact:fail "),
                "{host} with {allowed}: {answer}"
            );
            assert_eq!(heard, 0, "{host} with {allowed} was told something");
            assert_eq!(
                framed.page.js("return pushes", &[]).await,
                0,
                "{host} with {allowed} was believed"
            );
        }
    }
}

async fn a_sandboxed_page_is_answered_by_its_host(stage: &Stage) {
    let source = format!("{HELPER}<script src=/pages/forgery.js></script>");
    let page = Page::html(&source)
        .frame_attribute("sandbox", "allow-scripts")
        .host(json!({ "faults": { "drop": 1 } }));
    let framed = stage.frame(page).await;
    assert_eq!(framed.page.js("return origin", &[]).await, "null");
    has_asked(&framed).await;
    only_the_host_is_believed(&framed).await;
}

/// A minimal host that records what it is `asked` and can `tell` its page a message. The page is its child or its parent.
const BARE_HOST: &str = "<script>
    window.asked = [];
    window.tell = (...messages) => messages.forEach((message) => (frames[0] ?? parent).postMessage(message, '*'));
    addEventListener('message', ({ data }) => asked.push({ ...data?.data, mark: data?.mark }));
  </script>";

/// A page whose host is in a sandbox or at a `data:` address, so that its origin is `null`, like that of all such frames.
async fn without_origin(stage: &Stage, source: &str, by_address: bool) -> Framed {
    let url = stage.serve(&Page::html(source).query("juziSidebar"));
    let host = format!("{BARE_HOST}<iframe id=inner src={url}></iframe>");
    let attributes = if by_address {
        let host = utf8_percent_encode(&host, NON_ALPHANUMERIC);
        format!("src=data:text/html,{host}")
    } else {
        let host = stage.serve(&Page::html(&host));
        format!("sandbox=allow-scripts src={host}")
    };
    let view = stage.view();
    let around = Page::html(&format!("<iframe id=host {attributes}></iframe>"));
    view.goto(&stage.serve(&around)).await;
    let host = view.frame("host");
    let page = host.frame("inner");
    page.loaded().await;
    assert_eq!(host.js("return origin", &[]).await, "null");
    Framed { host, page, url }
}

async fn a_host_without_an_origin_is_none_that_could_be_allowed(stage: &Stage) {
    // The origin of the page and of the outer window, which is not the host's.
    let others = stage.url("localhost", "");
    // The last entry names no exact origin to post to, so the call fails at once. With the others, the call stays pending.
    let unknown = "getCurExternalContact:fail host unreachable: its origin is unknown here, and allowedHosts names none exactly";
    let table = [
        ("null http://other.localhost", json!([])),
        (&others, json!([])),
        ("http://*.localhost https://*.example.com", json!([unknown])),
    ];
    for (allowed, ends) in table {
        for by_address in [true, false] {
            // The host does not receive the reqId. The attack uses it anyway, as if the host had found it out.
            let source = format!(
                "<script>console.log = (_, message) => {{ window.observed ??= message?.data?.reqId; }}</script>
                 <script src=/juzi-helper.js data-timeout=600000 data-debug data-allowed-hosts='{allowed}'></script>
                 <script src=/pages/forgery.js></script>"
            );
            let framed = without_origin(stage, &source, by_address).await;
            let observed = framed.page.until("return window.observed", &[]).await;
            let forgeries = forgeries(observed.as_str().expect("a text"));
            attack(&framed, &framed.host, "frames[0]", &forgeries).await;
            assert_eq!(framed.page.js("return heard", &[]).await, ends, "{allowed}");
            let told = framed.host.js("return asked", &[]).await;
            assert_eq!(told, json!([]), "{allowed}");
        }
    }
}

/// Without `allowedHosts` such a host is accepted. Messages of other frames have the same origin `null`, and are ignored.
async fn frames_without_an_origin_are_not_the_host_that_has_none_either(stage: &Stage) {
    for by_address in [true, false] {
        let source = format!("{HELPER}<script src=/pages/forgery.js></script>{SANDBOXED}{DATA}");
        let framed = without_origin(stage, &source, by_address).await;
        has_asked(&framed).await;
        let forgeries = forgeries(&req_id(&framed).await);
        for id in ["sandboxed", "data"] {
            attack(&framed, &framed.page.frame(id), "parent", &forgeries).await;
        }
        only_the_host_is_believed(&framed).await;
    }
}

/// The helper takes the host's origin, `null`, from the first answer, but cannot use it as a target origin.
async fn a_host_without_an_origin_is_told_one_call_after_another(stage: &Stage) {
    let call = "window.answer = undefined;
        juziWx.getCurExternalContact((res) => { window.answer = res.err_msg; });";
    for by_address in [true, false] {
        let framed = without_origin(stage, HELPER, by_address).await;
        for calls in 1..=2 {
            framed.page.js(call, &[]).await;
            let told = format!("return asked.length === {calls}");
            framed.host.until(&told, &[]).await;
            let answer = json!({ "reqId": req_id(&framed).await, "api": "getCurExternalContact", "data": { "externalUserId": "real" } });
            framed.host.js("tell(...arguments)", &[answer]).await;
            let answered = framed.page.until("return window.answer", &[]).await;
            assert_eq!(answered, "getCurExternalContact:ok");
        }
    }
}

/// A page does not outlive the document that frames it. In this test its `parent` is therefore a frame inside it, which can
/// navigate while the page makes calls.
async fn a_host_that_navigates_away_gets_and_gives_nothing(stage: &Stage) {
    let console = stage.url("127.0.0.1", "");
    let attacker = stage.url("attacker.localhost", "");
    for allowed in [
        String::new(),
        console.clone(),
        format!("{attacker} {console}"),
    ] {
        goes_elsewhere(stage, &allowed).await;
    }
}

async fn without_a_known_ancestor_a_host_that_navigates_away_gets_and_gives_nothing(stage: &Stage) {
    let old = without_ancestors(stage).await;
    a_host_that_navigates_away_gets_and_gives_nothing(&old).await;
    old.close().await;
}

async fn goes_elsewhere(stage: &Stage, allowed: &str) {
    let [console, attacker] = ["127.0.0.1", "attacker.localhost"]
        .map(|name| stage.serve(&Page::html(BARE_HOST).at(name)));
    let source = format!(
        "<iframe id=console src={console}></iframe>
         <script>
           window.parent = frames[0];
           window.ask = () => juziWx.getCurExternalContact({{ complete: (res) => heard.push(res.userId ?? res.err_msg) }});
           window.go = (url) => {{ frames[0].location = url; }};
         </script>"
    );
    let framed = stage.frame(Page::html(&source)).await;
    let framed = Framed {
        host: framed.page.frame("console"),
        ..framed
    };
    let mut scripts = json!([
        { "src": "/pages/clock.js" },
        { "src": "/juzi-helper.js" },
        { "src": "/pages/forgery.js" },
    ]);
    // An attribute without a usable origin would allow no host.
    if !allowed.is_empty() {
        scripts[1]["data-allowed-hosts"] = allowed.into();
    }
    framed.page.add_scripts(scripts).await;
    framed.page.js("realTime()", &[]).await;
    let answer = async |user: &str| {
        let script = "const { api, reqId } = asked.at(-1); tell({ api, reqId, data: { externalUserId: arguments[0] } })";
        framed.host.js(script, &[user.into()]).await;
        let script = "return heard.at(-1) === arguments[0]";
        framed.page.until(script, &[user.into()]).await;
    };
    let go = async |url: &str| {
        framed.page.js("go(arguments[0])", &[url.into()]).await;
        let script = "return location.href === arguments[0] && document.readyState === 'complete'";
        framed.host.until(script, &[url.into()]).await;
    };
    has_asked(&framed).await;
    answer("first").await;

    framed.page.js("ask()", &[]).await;
    framed.host.until("return asked.length === 2", &[]).await;
    let forgeries = forgeries(&req_id(&framed).await);
    go(&attacker).await;
    attack(&framed, &framed.host, "parent", &forgeries).await;
    // A message with the target origin `*` arrives. The call's message would have arrived before it.
    framed
        .page
        .js("ask(); frames[0].postMessage({ mark: 'last' }, '*')", &[])
        .await;
    framed.host.until("return asked.length", &[]).await;
    let told = framed.host.js("return asked", &[]).await;
    assert_eq!(told, json!([{ "mark": "last" }]), "{allowed}");
    attack(&framed, &framed.host, "parent", &forgeries).await;
    assert_eq!(framed.page.js("return heard", &[]).await, json!(["first"]));

    framed.page.js("pass(10_000)", &[]).await;
    framed.page.until("return heard.length === 3", &[]).await;
    go(&console).await;
    framed.page.js("ask()", &[]).await;
    framed.host.until("return asked.length === 1", &[]).await;
    answer("again").await;
    let late = "getCurExternalContact:fail timeout";
    assert_eq!(
        framed.page.js("return heard", &[]).await,
        json!(["first", late, late, "again"]),
        "{allowed}"
    );
}

/// Calls that a page makes while its host navigates away are posted to no window.
async fn a_host_that_goes_elsewhere_is_not_told_what_the_page_says_last(stage: &Stage) {
    let last = "<script>
        for (const type of ['beforeunload', 'pagehide', 'visibilitychange', 'unload']) {
          addEventListener(type, () => { for (let calls = 0; calls < 5; calls++) juziWx.getCurChatInfo({ complete() {} }); });
        }
      </script>";
    let framed = waiting(stage, last).await;
    let console = framed.host.js("return location.href", &[]).await;
    let around = stage.serve(&Page::html("<iframe id=console></iframe>"));
    let attacker = stage.serve(&Page::html(BARE_HOST).at("attacker.localhost"));
    framed.host.goto(&around).await;
    let around = framed.host;
    let host = around.frame("console");
    let go = async |url: &Value| {
        around
            .js(
                "document.getElementById('console').src = arguments[0]",
                std::slice::from_ref(url),
            )
            .await;
        let script = "return location.href === arguments[0] && document.readyState === 'complete'";
        host.until(script, std::slice::from_ref(url)).await;
    };
    go(&console).await;
    let framed = Framed {
        page: host.frame("frame"),
        host: host.clone(),
        url: framed.url,
    };
    has_asked(&framed).await;
    go(&attacker.into()).await;
    around
        .js("frames[0].postMessage({ mark: 'later' }, '*')", &[])
        .await;
    host.until("return asked.length", &[]).await;
    let told = host.js("return asked", &[]).await;
    assert_eq!(told, json!([{ "mark": "later" }]));
    go(&console).await;
    has_asked(&framed).await;
    only_the_host_is_believed(&framed).await;
}

//! Answers and pushes that come from others than the host, and hosts that are not allowed to be one. None is believed, and
//! nothing is posted to them.

use juzi_e2e::{Case, Engine, Framed, Page, Stage, View, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        frames_beside_the_page_are_not_the_host,
        frames_in_the_page_are_not_the_host,
        the_page_itself_is_not_the_host,
        a_script_that_changes_what_events_say_is_not_the_host,
        the_window_that_opened_the_console_is_not_the_host,
        what_the_host_says_twice_or_later_changes_nothing,
        only_allowed_hosts_are_asked_and_believed,
        a_sandboxed_page_is_answered_by_its_host,
        a_host_without_an_origin_is_none_that_could_be_allowed,
    ];
    cases.extend(
        tests![&[Engine::Chromium, Engine::Firefox] => a_popup_of_the_page_is_not_the_host],
    );
    cases
}

/// Its calls wait longer than any machine is busy.
const HELPER: &str = "<script src=/juzi-helper.js data-timeout=600000></script>";

/// A page that waits for an answer which its host never gives.
async fn waiting(stage: &Stage, more: &str) -> Framed {
    let source = format!("{HELPER}<script src=/pages/forgery.js></script>{more}");
    let page = Page::html(&source).host(json!({ "faults": { "drop": 1 } }));
    let framed = stage.frame(page).await;
    framed
        .host
        .until("return log.some((entry) => entry.kind === 'request')", &[])
        .await;
    framed
}

async fn req_id(framed: &Framed) -> String {
    let script = "return log.find((entry) => entry.kind === 'request').reqId";
    let id = framed.host.js(script, &[]).await;
    id.as_str().expect("a text").to_owned()
}

/// What an attacker would say: with the reqId as observed, with others as guessed, and pushes.
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

/// Nothing was believed so far; the host is, now and afterwards.
async fn only_the_host_is_believed(framed: &Framed) {
    assert_eq!(framed.page.js("return heard", &[]).await, json!([]));
    let real = json!({ "reqId": req_id(framed).await, "api": "getCurExternalContact", "data": { "externalUserId": "real" } });
    let push = json!({ "api": "updateBaseInfo", "data": { "baseInfo": { "juziChatId": "real" } } });
    let script = "for (const message of arguments[0]) document.querySelector('iframe').contentWindow.postMessage(message, '*')";
    framed.host.js(script, &[json!([real, push])]).await;
    let heard = framed
        .page
        .until("return heard.length >= 3 && heard", &[])
        .await;
    assert_eq!(heard, json!(["real", "push real", "subscription real"]));
}

async fn frames_beside_the_page_are_not_the_host(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let forgeries = forgeries(&req_id(&framed).await);
    // Of the host's origin, of the page's, and of another.
    for name in ["127.0.0.1", "localhost", "attacker.localhost"] {
        let url = stage.url(name, "/pages/empty.html");
        let id = format!("beside-{}", name.replace('.', "-"));
        let script = "const frame = document.createElement('iframe'); [frame.id, frame.src] = arguments; document.body.append(frame)";
        framed
            .host
            .js(script, &[id.as_str().into(), url.into()])
            .await;
        let beside = framed.host.frame(&id);
        beside
            .until(
                "return location.href !== 'about:blank' && document.readyState === 'complete'",
                &[],
            )
            .await;
        attack(&framed, &beside, "parent.frames[0]", &forgeries).await;
    }
    only_the_host_is_believed(&framed).await;
}

async fn frames_in_the_page_are_not_the_host(stage: &Stage) {
    let frames = format!(
        "<iframe id=same src=/pages/empty.html></iframe><iframe id=other src={}></iframe>",
        stage.url("attacker.localhost", "/pages/empty.html")
    );
    let framed = waiting(stage, &frames).await;
    let forgeries = forgeries(&req_id(&framed).await);
    for id in ["same", "other"] {
        attack(&framed, &framed.page.frame(id), "parent", &forgeries).await;
    }
    only_the_host_is_believed(&framed).await;
}

/// Posts to itself, and makes events that claim to be the host's.
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

/// As a browser extension could that runs in the page's world.
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

async fn the_window_that_opened_the_console_is_not_the_host(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let forgeries = forgeries(&req_id(&framed).await);
    // A frame around the host is to the page what the opener of its window is: it can reach it, and is not its parent.
    let around = stage.serve(&Page::html("<title>Around</title>").at("attacker.localhost"));
    let console = framed.host.js("return location.href", &[]).await;
    framed.host.goto(&around).await;
    let script = "const frame = document.createElement('iframe'); frame.id = 'console'; frame.src = arguments[0]; document.body.append(frame)";
    let view = stage.view();
    view.js(script, &[console]).await;
    let host = view.frame("console");
    let framed = Framed {
        page: host.frame("frame"),
        host,
        url: framed.url,
    };
    framed
        .host
        .until(
            "return window.log?.some((entry) => entry.kind === 'request')",
            &[],
        )
        .await;
    attack(&framed, &view, "frames[0].frames[0]", &forgeries).await;
    attack(
        &framed,
        &view,
        "frames[0].frames[0]",
        &self::forgeries(&req_id(&framed).await),
    )
    .await;
    only_the_host_is_believed(&framed).await;
}

async fn a_popup_of_the_page_is_not_the_host(stage: &Stage) {
    let popup = stage.url("attacker.localhost", "/pages/empty.html");
    let button = format!(
        "<button id=open onclick=\"window.popup = open('{popup}', '_blank', 'width=300,height=300')\">Open</button>"
    );
    let framed = waiting(stage, &button).await;
    let forgeries = forgeries(&req_id(&framed).await);
    let before = framed.page.driver().windows().await.expect("windows");
    framed.page.click("open").await;
    let opened = juzi_e2e::eventually("a second window", async || {
        let windows = framed
            .page
            .driver()
            .windows()
            .await
            .map_err(|error| error.to_string())?;
        windows
            .into_iter()
            .find(|window| !before.contains(window))
            .ok_or("there is one".to_owned())
    })
    .await;
    let popup = framed.page.window(opened);
    popup
        .until(
            "return location.href !== 'about:blank' && document.readyState === 'complete'",
            &[],
        )
        .await;
    attack(&framed, &popup, "opener", &forgeries).await;
    only_the_host_is_believed(&framed).await;
}

async fn what_the_host_says_twice_or_later_changes_nothing(stage: &Stage) {
    let framed = waiting(stage, "").await;
    let id = req_id(&framed).await;
    only_the_host_is_believed(&framed).await;
    // A replay of the answer to the same call, and the same answer to a call made since.
    let script = "window.second = new Promise((resolve) => juziWx.getCurExternalContact({ complete: resolve }))";
    framed.page.js(script, &[]).await;
    attack(&framed, &framed.host, "document.querySelector('iframe').contentWindow", &[
        json!({ "reqId": id, "api": "getCurExternalContact", "data": { "externalUserId": "replayed" } }),
        json!({ "reqId": id, "api": "sidebarAuth", "data": { "baseInfo": {} } }),
    ])
    .await;
    assert_eq!(framed.page.js("return heard.length", &[]).await, 3);
    let script = "const { reqId } = log.filter((entry) => entry.kind === 'request').at(-1);
        document.querySelector('iframe').contentWindow.postMessage({ reqId, api: 'getCurExternalContact', data: { externalUserId: 'second' } }, '*')";
    framed
        .host
        .until(
            "return log.filter((entry) => entry.kind === 'request').length === 2",
            &[],
        )
        .await;
    framed.host.js(script, &[]).await;
    assert_eq!(
        framed.page.js("return second", &[]).await["userId"],
        "second"
    );
}

async fn only_allowed_hosts_are_asked_and_believed(stage: &Stage) {
    // Where the host is, what is allowed (PORT is the port that this test got), and whether that lets it in.
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
        ("127.0.0.1", "http://127.0.0.1:PORT", true),
        ("[::1]", "http://[::1]:PORT", true),
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
        ("127.0.0.1", "http://[::1]:PORT", false),
        (
            "[::1]",
            "http://127.0.0.1:PORT http://localhost:PORT",
            false,
        ),
        // Malformed entries are dropped and named; what is left decides.
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
        (
            "xn--fsqu00a.localhost",
            "http://例.localhost:PORT http://other.localhost:PORT",
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
        // The host believes in itself: it answers and pushes without being asked, too.
        let script = "for (const api of ['updateBaseInfo', 'getCurExternalContact'])
            document.querySelector('iframe').contentWindow.postMessage({ api, reqId: 'x', data: { baseInfo: {}, externalUserId: 'x' } }, '*')";
        framed
            .page
            .js(
                "window.pushes = 0; juziWx.on('updateBaseInfo', () => pushes++)",
                &[],
            )
            .await;
        framed.host.js(script, &[]).await;
        let script = "return juziWx.getCurExternalContact().catch((error) => error.res)";
        let answer = framed.page.js(script, &[]).await;
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
    framed.page.until("return juziWx.env.inSidebar", &[]).await;
    // The helper has asked; whether a console answers a page without an origin is the console's affair.
    framed
        .host
        .until("return log.length + ignored.length", &[])
        .await;
}

/// A host in a sandbox has the origin `null`, like every sandboxed frame there is.
async fn a_host_without_an_origin_is_none_that_could_be_allowed(stage: &Stage) {
    for (allowed, asked) in [("", true), ("null http://other.localhost", false)] {
        let attribute = if allowed.is_empty() {
            String::new()
        } else {
            format!("data-allowed-hosts='{allowed}'")
        };
        let patience = if asked { 600_000 } else { 400 };
        let source = format!(
            "<script src=/juzi-helper.js data-timeout={patience} {attribute}></script><script>
            window.settled = juziWx.getCurExternalContact().catch((error) => error.res)</script>"
        );
        let inner = stage.serve(&Page::html(&source).query("juziSidebar"));
        let host = format!("<script>
            window.asked = [];
            addEventListener('message', ({{ data, source }}) => {{
              asked.push(data);
              source.postMessage({{ reqId: data.data.reqId, api: data.data.api, data: {{ externalUserId: 'nobody' }} }}, '*');
            }});
          </script><iframe id=inner src={inner}></iframe>");
        let host = stage.serve(&Page::html(&host));
        let view = stage.view();
        view.goto(&stage.serve(&Page::html(&format!(
            "<iframe id=host sandbox=allow-scripts src={host}></iframe>"
        ))))
        .await;
        let host = view.frame("host");
        let page = host.frame("inner");
        page.until(
            "return location.href !== 'about:blank' && 'settled' in window",
            &[],
        )
        .await;
        let answer = page.js("return settled", &[]).await;
        assert_eq!(answer["userId"] == "nobody", asked, "{answer}");
        assert_eq!(host.js("return asked.length", &[]).await, i32::from(asked));
    }
}

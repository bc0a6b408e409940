//! A hundred thousand calls leave nothing in memory.

use juzi_e2e::{Case, Engine, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    // What is counted is the helper's own: its collections, listeners and references, in WebAssembly and in JavaScript.
    tests![&Engine::ONE => nothing_is_left_of_a_hundred_thousand_calls]
}

async fn nothing_is_left_of_a_hundred_thousand_calls(stage: &Stage) {
    let source = "<script src=/pages/watched.js></script><script src=/juzi-helper.js data-timeout=2000></script><script>
        // The collections created so far are the helper's.
        window.own = { maps: [...maps], sets: [...sets] };
        window.ended = 0;
        const end = () => ended++;
        // The host answers the first kind and not the second. The helper itself refuses the third.
        const kinds = [
          () => juziWx.invoke('getCurExternalContact', {}, end),
          () => juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'x' }, complete: end }),
          () => juziWx.invoke('sendChatMessage', { msgtype: 'text', text: { content: '' } }, end),
          () => juziWx.getCurExternalContact().then(end, end),
        ];
        window.make = async (count) => {
          for (let made = 0; made < count; made++) {
            kinds[made % kinds.length]();
            // As many as a page could have pending.
            if (made % 2000 === 1999) await new Promise((resolve) => juziWx.invoke('getCurExternalContact', {}, resolve));
          }
        };
      </script>";
    let page = stage.serve(&Page::html(source).query("juziSidebar"));
    let host = format!(
        "<script>addEventListener('message', ({{ data: {{ data: {{ api, reqId }} }}, source }}) => {{
           if (api === 'getCurExternalContact') source.postMessage({{ api, reqId, data: {{ externalUserId: 'wm' }} }}, '*');
         }})</script><iframe id=page src={page}></iframe>"
    );
    let view = stage.view();
    view.goto(&stage.serve(&Page::html(&host).at("127.0.0.1")))
        .await;
    let page = view.frame("page");
    page.until("return typeof make === 'function'", &[]).await;

    let warm = held_after(&page, 4_000, 4_000).await;
    let held = held_after(&page, 100_000, 104_000).await;
    assert_eq!(held, warm);
    // Pending calls are kept in maps and sets, and none is left.
    let maps: Vec<_> = held["maps"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_u64)
        .collect();
    assert!(
        !maps.is_empty() && maps.iter().all(|size| *size == 0),
        "{held}"
    );
    assert_eq!(held["listeners"], 1, "{held}");
    let engine = page.js("return juziWx.env.engine", &[]).await;
    assert_eq!(
        held["memory"].as_array().map(Vec::len),
        Some(usize::from(engine == "wasm")),
        "{held}"
    );
    assert_eq!(held["references"], 0, "{held}");
}

/// Makes calls, waits until all calls so far have ended, and returns the sizes of what the helper holds.
async fn held_after(page: &juzi_e2e::View, count: u32, all: u32) -> Value {
    page.js("window.making = make(arguments[0])", &[json!(count)])
        .await;
    // In parts, because the wait for all of them would depend on the machine's speed.
    for part in (all - count..=all).step_by(2_000) {
        page.until("return ended >= arguments[0]", &[json!(part)])
            .await;
    }
    assert_eq!(page.js("return making.then(() => ended)", &[]).await, all);
    page.js("return held()", &[]).await
}

//! Members that a script has added to `Object.prototype` are ignored: in options, answers, calls, and the helper's own objects.

use juzi_e2e::{Case, Page, Stage, tests};
use serde_json::json;

pub fn cases() -> Vec<Case> {
    tests![
        what_every_object_has_changes_nothing_before_the_helper_loads,
        what_every_object_has_changes_nothing_after_the_helper_has_loaded,
        a_frozen_object_prototype_changes_nothing,
    ]
}

/// Names of members of property descriptors, calls, answers, options, and of arguments for the platform.
const NAMES: &str = "['get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'err_msg', 'errMsg', 'errCode', 'data', 'api',
    'reqId', 'signal', 'success', 'fail', 'complete', 'done', 'timeout', 'force', 'debug', 'bridge', 'allowedHosts', 'fallback', 'url', 'title',
    'content', 'msgtype', 'mediaid', 'chatId', 'baseInfo', 'id', 'Id', 'userId', 'body', 'method', 'headers', 'createHTML',
    'createScript', 'once', 'cause', 'anything']";

/// One name at a time, then all of them, with each kind of value; each call ends with the right answer.
const CALLS: &str = "
    window.right = async () => {
      const results = [];
      const note = (promise) => promise.then((res) => results.push(res.err_msg), (error) => results.push(error.err_msg ?? String(error)));
      await note(juziWx.getCurExternalContact());
      await note(juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'a' } }));
      await note(juziWx.sendChatMessage({ msgtype: 'image', image: { url: '' } }));
      await note(juziWx.openEnterpriseChat({ userIds: 'a', externalUserIds: 'wmContact' }));
      await note(juziWx.sidebarAuth());
      await note(juziWx.checkJsApi({ jsApiList: ['on'] }));
      await new Promise((resolve) => juziWx.invoke('getCurChatInfo', {}, (res) => { results.push(res.err_msg); resolve(); }));
      return results;
    };";

fn right() -> serde_json::Value {
    json!([
        "getCurExternalContact:ok",
        "sendChatMessage:ok",
        "url is empty",
        "openEnterpriseChat:ok",
        "sidebarAuth:ok",
        "checkJsApi:ok",
        "getCurChatInfo:ok"
    ])
}

const VALUES: [&str; 4] = ["() => {}", "'polluted'", "{}", "1"];

/// Removes the pollution before the driver inspects the page, because the driver's own scripts do not work with it.
const CLEAN: &str = "for (const name of NAMES) delete Object.prototype[name];";

async fn what_every_object_has_changes_nothing_before_the_helper_loads(stage: &Stage) {
    for value in VALUES {
        for helper in ["/juzi-helper.js", "/pkg/juzi-helper.compat.js"] {
            let source = format!(
                "<script src=/pages/note-errors.js></script>
                 <script>const NAMES = {NAMES}; for (const name of NAMES) Object.prototype[name] = {value};</script>
                 <script src={helper}></script>
                 <script>{CALLS} right().then((results) => {{ {CLEAN} window.results = results; }})</script>"
            );
            let framed = stage.frame(Page::html(&source)).await;
            let results = framed.page.until("return window.results", &[]).await;
            assert_eq!(results, right(), "{value} {helper}");
            let found = framed
                .page
                .js("return [juziWx.env.inSidebar, complaints]", &[])
                .await;
            assert_eq!(found, json!([true, []]), "{value} {helper}");
        }
    }
}

async fn what_every_object_has_changes_nothing_after_the_helper_has_loaded(stage: &Stage) {
    for value in VALUES {
        let source = format!(
            "<script src=/pages/note-errors.js></script>
             <script src=/juzi-helper.js></script>
             <script>
               {CALLS}
               const NAMES = {NAMES};
               (async () => {{
                 const all = [];
                 for (const name of NAMES) {{
                   Object.prototype[name] = {value};
                   all.push([name, await right()]);
                   delete Object.prototype[name];
                 }}
                 for (const name of NAMES) Object.prototype[name] = {value};
                 all.push(['all', await right()]);
                 {CLEAN}
                 window.results = all;
               }})();
             </script>"
        );
        let framed = stage.frame(Page::html(&source)).await;
        let results = framed.page.until("return window.results", &[]).await;
        for entry in results.as_array().expect("one for each name") {
            assert_eq!(entry[1], right(), "{value} {}", entry[0]);
        }
        assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
    }
}

async fn a_frozen_object_prototype_changes_nothing(stage: &Stage) {
    let source = format!(
        "<script src=/pages/note-errors.js></script>
         <script>
           Object.prototype.err_msg = 'polluted';
           Object.defineProperty(Object.prototype, 'errMsg', {{ set() {{ throw new Error('assigned'); }}, configurable: true }});
           Object.defineProperty(Object.prototype, 'data', {{ value: 1, writable: false }});
           Object.freeze(Object.prototype);
         </script>
         <script src=/juzi-helper.js></script>
         <script>{CALLS} right().then((results) => {{ window.results = results; }})</script>"
    );
    let framed = stage.frame(Page::html(&source)).await;
    let results = framed
        .page
        .until("return window.results && JSON.stringify(results)", &[])
        .await;
    assert_eq!(results, right().to_string());
}

//! Pages whose scripts have frozen the prototypes of the language before the helper loads, as SES does.

use juzi_e2e::{Case, Page, Stage, tests};
use serde_json::json;

pub fn cases() -> Vec<Case> {
    tests![every_call_ends_as_ever_where_prototypes_are_frozen]
}

/// Freezes what every script has: constructors, prototypes, and prototypes without a global name. `note-errors.js` has run before.
const FREEZE: &str = "
    const types = ['Object', 'Function', 'Array', 'Error', 'TypeError', 'RangeError', 'EvalError', 'Promise', 'Map', 'Set', 'WeakMap', 'Symbol',
      'String', 'Number', 'Boolean', 'BigInt', 'RegExp', 'Date', 'ArrayBuffer', 'DataView', 'Uint8Array', 'Uint32Array', 'Proxy', 'Reflect', 'JSON',
      'Math', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'AbortController', 'AbortSignal', 'EventTarget', 'Event', 'MessageEvent',
      'WebAssembly'];
    const found = types.map((name) => window[name]).filter(Boolean);
    found.push(async () => {}, function* () {}, [][Symbol.iterator](), new Map().entries(), Object.getPrototypeOf(Uint8Array));
    if (window.WebAssembly) found.push(...['Module', 'Instance', 'Memory', 'RuntimeError'].map((name) => WebAssembly[name]));
    for (const type of found) for (const part of [type, type.prototype, Object.getPrototypeOf(type)]) if (part) Object.freeze(part);";

/// Every call in each style, and what its failure is as an error.
const CALLS: &str = "
    const text = { msgtype: 'text', text: { content: 'a' } };
    const given = {
      sendChatMessage: text, sendMultiChatMessage: [text, text], openEnterpriseChat: { userIds: 'a', externalUserIds: 'wmContact' },
      previewImage: { urls: ['https://pictures.example/1.png'] }, checkJsApi: { jsApiList: ['on', 'toString', 'valueOf'] },
    };
    const names = ['getCurExternalContact', 'getCurExternalChat', 'getCurChatInfo', 'getContext', 'sidebarAuth', 'config', 'agentConfig',
      ...Object.keys(given)];
    const all = async () => {
      const ended = {};
      for (const name of names) {
        ended[name] = await juziWx[name](given[name]).then((res) => res.errMsg, (error) => error.err_msg);
        const res = await new Promise((resolve) => juziWx.invoke(name, given[name], resolve));
        if (res.err_msg !== ended[name]) ended[name] += ' and ' + res.err_msg;
      }
      juziWx.on('updateBaseInfo', () => {});
      juziWx.ready(() => { ended.ready = true; });
      const error = await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 7 } }).catch((thrown) => thrown);
      const signal = AbortSignal.abort('no more');
      const aborted = await juziWx.getCurChatInfo({ signal }).catch(({ code, cause }) => [code, cause]);
      ended.error = [error instanceof Error, error.name, String(error), error.code, error.api, error.res.errCode, ...aborted];
      return ended;
    };";

async fn every_call_ends_as_ever_where_prototypes_are_frozen(stage: &Stage) {
    for helper in ["/juzi-helper.js", "/pkg/juzi-helper.compat.js"] {
        let source = format!(
            "<script src=/pages/note-errors.js></script>
             <script>{FREEZE}</script>
             <script src={helper}></script>
             <script>{CALLS} all().then((ended) => {{ window.ended = JSON.stringify([ended, complaints]); }}, (error) => {{ window.ended = String(error); }})</script>"
        );
        let framed = stage.frame(Page::html(&source)).await;
        let ended = framed.page.until("return window.ended", &[]).await;
        let ended: serde_json::Value =
            serde_json::from_str(ended.as_str().expect("a text")).expect("all calls have ended");
        let expected = json!([{
            "getCurExternalContact": "getCurExternalContact:ok",
            "getCurExternalChat": "getCurExternalChat:fail",
            "getCurChatInfo": "getCurChatInfo:ok",
            "getContext": "getContext:ok",
            "sidebarAuth": "sidebarAuth:ok",
            "config": "config:ok",
            "agentConfig": "agentConfig:ok",
            "sendChatMessage": "sendChatMessage:ok",
            "sendMultiChatMessage": "sendMultiChatMessage:ok",
            "openEnterpriseChat": "openEnterpriseChat:ok",
            "previewImage": "previewImage:ok",
            "checkJsApi": "checkJsApi:ok",
            "ready": true,
            "error": [true, "JuziError", "JuziError: sendChatMessage:fail text.content must be a string", "fail", "sendChatMessage", -1, "aborted", "no more"],
        }, []]);
        assert_eq!(ended, expected, "{helper}");
    }
}

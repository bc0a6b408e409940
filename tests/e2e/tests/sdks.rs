//! The helper takes over the `wx` of the real SDKs from npm.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::json;

pub fn cases() -> Vec<Case> {
    tests![
        the_wx_of_jweixin_module_is_taken_over_in_place,
        the_wx_of_weixin_js_sdk_is_taken_over_in_place,
        an_sdk_that_is_loaded_after_the_helper_is_taken_over,
        an_sdk_in_a_bundle_is_patched,
        a_frozen_wx_is_replaced_by_one_that_inherits_from_it,
    ]
}

const HELPER: &str = "<script src=/juzi-helper.js></script>";
const JWEIXIN: &str = "<script src=/node_modules/jweixin-module/lib/index.js></script>";
/// The package is a CommonJS module, so a script tag has to provide the variables of such a module.
const WEIXIN_JS_SDK: &str =
    "<script>var module = {}</script><script src=/node_modules/weixin-js-sdk/index.js></script>
    <script>window.wx = module.exports</script>";
const KEEP: &str = "<script>window.kept = window.wx; window.names = Object.keys(window.wx); window.own = { scan: window.wx.scanQRCode }</script>";

/// A page's use of an SDK, from `config` to a message.
async fn works(framed: &Framed) {
    let script = "return new Promise((resolve) => {
        const steps = [];
        wx.config({ beta: true, debug: false, appId: 'wx', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: ['sendChatMessage'] });
        wx.error(() => steps.push('error'));
        wx.ready(() => {
          steps.push('ready');
          wx.agentConfig({ corpid: 'ww', agentid: '1', success: (agent) => {
            steps.push(agent.errMsg);
            wx.invoke('getCurExternalContact', {}, (contact) => {
              steps.push(contact.err_msg, contact.userId);
              wx.invoke('sendChatMessage', { msgtype: 'text', text: { content: 'from the SDK' } }, (sent) => {
                steps.push(sent.err_msg);
                resolve(steps);
              });
            });
          } });
        });
      })";
    let steps = framed.page.js(script, &[]).await;
    let expected = json!([
        "ready",
        "agentConfig:ok",
        "getCurExternalContact:ok",
        "wmContact",
        "sendChatMessage:ok"
    ]);
    assert_eq!(steps, expected);
    assert_eq!(
        framed.host.js("return sent[0].content.content", &[]).await,
        "from the SDK"
    );
}

/// Existing references are taken over, and members that the helper does not implement are unchanged.
async fn is_taken_over_in_place(framed: &Framed) {
    let script = "return [wx === kept, kept.isJuziWx, juziWx.env.wxPatched, names.every((name) => name in wx), typeof own.scan, wx.scanQRCode === own.scan]";
    assert_eq!(
        framed.page.js(script, &[]).await,
        json!([true, true, true, true, "function", true])
    );
}

async fn the_wx_of_jweixin_module_is_taken_over_in_place(stage: &Stage) {
    let framed = stage
        .frame(Page::html(&[JWEIXIN, KEEP, HELPER].concat()))
        .await;
    is_taken_over_in_place(&framed).await;
    assert_eq!(
        framed.page.js("return window.jWeixin.isJuziWx", &[]).await,
        true
    );
    works(&framed).await;
}

async fn the_wx_of_weixin_js_sdk_is_taken_over_in_place(stage: &Stage) {
    let framed = stage
        .frame(Page::html(&[WEIXIN_JS_SDK, KEEP, HELPER].concat()))
        .await;
    is_taken_over_in_place(&framed).await;
    works(&framed).await;
}

async fn an_sdk_that_is_loaded_after_the_helper_is_taken_over(stage: &Stage) {
    for sdk in [JWEIXIN, WEIXIN_JS_SDK] {
        let framed = stage.frame(Page::html(&[HELPER, sdk].concat())).await;
        assert_eq!(
            framed.page.js("return wx.isJuziWx", &[]).await,
            true,
            "{sdk}"
        );
        works(&framed).await;
    }
}

async fn an_sdk_in_a_bundle_is_patched(stage: &Stage) {
    let page = Page::html(&[HELPER, "<script src=/bundled/patched.js></script>"].concat());
    let framed = stage.frame(page).await;
    assert_eq!(
        framed
            .page
            .js("return window.bundled === undefined", &[])
            .await,
        false
    );
    let answer = framed
        .page
        .js("return bundled.invoke('getCurExternalContact', {})", &[])
        .await;
    assert_eq!(answer["userId"], "wmContact");
    assert_eq!(
        framed
            .page
            .js("return typeof bundled.scanQRCode", &[])
            .await,
        "function"
    );
}

async fn a_frozen_wx_is_replaced_by_one_that_inherits_from_it(stage: &Stage) {
    let freeze = "<script>window.kept = Object.freeze(window.wx)</script>";
    let framed = stage
        .frame(Page::html(&[JWEIXIN, freeze, HELPER].concat()))
        .await;
    let script =
        "return [wx === kept, Object.getPrototypeOf(wx) === kept, wx.isJuziWx, 'isJuziWx' in kept]";
    assert_eq!(
        framed.page.js(script, &[]).await,
        json!([false, true, true, false])
    );
    works(&framed).await;
}

//! `window.wx` and `jWeixin`: taken over in place, replaced if that is not possible, and taken over when assigned later.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, ok};

/// `wx` has been taken over and works.
async fn works(page: &Page, wx: &str) {
    assert!(
        page.holds(&format!("{wx}.isJuziWx === true")),
        "{wx}.isJuziWx"
    );
    let call = page.start(&format!("return {wx}.getCurExternalContact()"));
    page.reply("{ externalUserId: 'wm1' }").await;
    assert_eq!(
        call.result().await,
        ok("getCurExternalContact", r#""userId":"wm1""#)
    );
}

#[wasm_bindgen_test]
async fn references_that_were_taken_before_are_taken_over_too() {
    let page =
        Page::after("window.wx = window.jWeixin = { invoke() {} }; window.earlier = window.wx;")
            .await;
    assert!(page.holds("earlier === wx && jWeixin === wx"));
    works(&page, "earlier").await;
    assert!(page.holds("juziWx !== wx"));
}

#[wasm_bindgen_test]
async fn a_j_weixin_of_its_own_is_taken_over_as_well() {
    let page = Page::after("window.wx = {}; window.jWeixin = {};").await;
    assert!(page.holds("wx !== jWeixin"));
    works(&page, "wx").await;
    works(&page, "jWeixin").await;
}

#[wasm_bindgen_test]
async fn members_that_the_helper_does_not_have_stay() {
    let page = Page::after("window.scan = () => 7; window.wx = { scanQRCode: scan, version: '1.6.0', config() { return 'theirs'; } };").await;
    assert!(page.holds("wx.scanQRCode === scan && wx.version === '1.6.0'"));
    assert!(page.holds("typeof wx.config().then === 'function'"));
}

#[wasm_bindgen_test]
async fn a_wx_that_is_a_function_is_taken_over_too() {
    let page = Page::after("window.wx = function wx() {}; window.earlier = wx;").await;
    assert!(page.holds("wx === earlier"));
    works(&page, "wx").await;
}

#[wasm_bindgen_test]
async fn a_frozen_wx_is_replaced_by_one_that_inherits_from_it() {
    let page = Page::after("window.original = Object.freeze({ invoke() {}, scanQRCode: () => 7 }); window.wx = original;").await;
    assert!(page.holds(
        "wx !== original && Object.getPrototypeOf(wx) === original && wx.scanQRCode() === 7"
    ));
    assert!(page.holds("original.isJuziWx === undefined && juziWx.env.wxPatched"));
    works(&page, "wx").await;
}

#[wasm_bindgen_test]
async fn a_sealed_wx_is_replaced_by_one_that_inherits_from_it() {
    let page = Page::after(
        "window.original = Object.seal({ scanQRCode: () => 7 }); window.wx = original;",
    )
    .await;
    assert!(page.holds("wx !== original && wx.scanQRCode() === 7"));
    works(&page, "wx").await;
}

#[wasm_bindgen_test]
async fn a_frozen_wx_that_cannot_be_replaced_is_left_alone() {
    let page = Page::after(
        "window.original = Object.freeze({}); Object.defineProperty(window, 'wx', { value: original });",
    )
    .await;
    assert!(
        page.holds(
            "wx === original && wx.isJuziWx === undefined && juziWx.env.wxPatched === false"
        )
    );
    works(&page, "juziWx").await;
}

#[wasm_bindgen_test]
async fn a_wx_behind_a_getter_is_taken_over_in_place() {
    let page = Page::after(
        "window.original = {}; Object.defineProperty(window, 'wx', { get: () => original, configurable: false });",
    )
    .await;
    assert!(page.holds("wx === original"));
    works(&page, "wx").await;
}

#[wasm_bindgen_test]
async fn a_wx_whose_getter_throws_does_not_stop_the_helper() {
    let page =
        Page::after("Object.defineProperty(window, 'wx', { get() { throw new Error('mine'); } });")
            .await;
    assert!(page.holds("juziWx.isJuziWx && juziWx.env.wxPatched === false"));
    works(&page, "juziWx").await;
}

#[wasm_bindgen_test]
async fn a_wx_that_is_a_proxy_which_refuses_is_replaced_or_left_alone() {
    let page = Page::after(
        "window.wx = new Proxy({ version: 1 }, { defineProperty() { throw new Error('no'); }, set() { throw new Error('no'); } });",
    )
    .await;
    assert!(page.holds("wx.version === 1"));
    works(&page, "wx").await;
}

#[wasm_bindgen_test]
async fn without_wx_there_is_none_until_the_page_makes_one() {
    let page = Page::open().await;
    assert!(
        page.holds(
            "window.wx === undefined && window.jWeixin === undefined && !juziWx.env.wxPatched"
        )
    );
    works(&page, "juziWx").await;
}

#[wasm_bindgen_test]
async fn a_wx_that_is_assigned_later_is_taken_over_at_that_moment() {
    for name in ["wx", "jWeixin"] {
        let page = Page::open().await;
        let code = format!(
            "(window.later = {{ mine: 1 }}, window.{name} = later, {name} === later && later.isJuziWx && later.mine === 1)"
        );
        assert!(page.holds(&code));
        assert!(page.holds("juziWx.env.wxPatched"));
        works(&page, name).await;
        assert!(page.holds(&format!(
            "(window.{name} = {{ second: 1 }}, {name}.isJuziWx && {name}.second === 1)"
        )));
    }
}

#[wasm_bindgen_test]
async fn a_frozen_wx_that_is_assigned_later_is_replaced() {
    let page = Page::open().await;
    assert!(page.holds("(window.wx = Object.freeze({ mine: 1 }), wx.mine === 1)"));
    works(&page, "wx").await;
}

#[wasm_bindgen_test]
async fn what_is_no_object_is_assigned_as_it_is() {
    let page = Page::open().await;
    for value in ["7", "'wx'", "null", "undefined", "false"] {
        assert!(
            page.holds(&format!("(window.wx = {value}, window.wx === {value})")),
            "{value}"
        );
    }
    assert!(page.holds("juziWx.env.wxPatched === false"));
    assert!(page.holds("(window.wx = {}, wx.isJuziWx)"));
}

#[wasm_bindgen_test]
async fn a_wx_that_is_declared_by_a_later_script_is_taken_over() {
    let page = Page::open().await;
    // Declared as in a classic script of the page.
    page.value("(0, eval)('var wx = { declared: 1 }'), 0");
    assert!(page.holds("wx.declared === 1"));
    works(&page, "wx").await;
}

#[wasm_bindgen_test]
async fn an_element_with_the_id_wx_is_none() {
    let page = Page::after("document.body.innerHTML = '<p id=wx></p><p id=jWeixin></p>';").await;
    assert!(
        page.holds("document.getElementById('wx').isJuziWx === undefined && !juziWx.env.wxPatched")
    );
    assert!(page.holds("(window.wx = {}, wx.isJuziWx)"));
}

#[wasm_bindgen_test]
async fn patch_takes_over_an_object_that_is_not_global() {
    let page = Page::open().await;
    assert!(
        page.holds(
            "(window.local = { mine: 1 }, juziWx.patch(local) === local && local.mine === 1)"
        )
    );
    works(&page, "local").await;
    assert!(page.holds(
        "(window.inheriting = juziWx.patch(Object.freeze({ mine: 1 })), inheriting.mine === 1)"
    ));
    works(&page, "inheriting").await;
}

#[wasm_bindgen_test]
async fn patch_takes_over_a_module_namespace_by_an_heir() {
    let page = Page::open().await;
    let made = "window.local = juziWx.patch(await import('data:text/javascript,export const version = 1')); return local.version;";
    assert_eq!(page.run(made).await, "1");
    works(&page, "local").await;
}

#[wasm_bindgen_test]
async fn patch_refuses_what_is_no_object() {
    let page = Page::open().await;
    for value in ["", "null", "7", "'wx'"] {
        let message = page.json(&format!("(() => {{ try {{ juziWx.patch({value}); }} catch (error) {{ return error.message; }} }})()"));
        assert_eq!(message, r#""patch: wx must be an object""#);
    }
}

#[wasm_bindgen_test]
async fn taken_over_methods_can_be_listed_replaced_and_called_without_their_object() {
    let page = Page::after("window.wx = {};").await;
    assert!(page.holds("Object.keys(wx).includes('sendChatMessage')"));
    works(
        &page,
        "({ isJuziWx: true, getCurExternalContact: (0, wx.getCurExternalContact) })",
    )
    .await;
    assert!(page.holds("(wx.sendChatMessage = 1, wx.sendChatMessage === 1)"));
}

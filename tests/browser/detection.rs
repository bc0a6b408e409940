//! `juziWx.env`, and the helper's behaviour outside the sidebar.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, Setup, failed};

const WX: &str =
    "window.wx = window.jWeixin = { scanQRCode() {}, invoke() { return 'original'; } };";

async fn reason(setup: Setup<'_>) -> String {
    setup.open().await.json("juziWx.env.reason")
}

#[wasm_bindgen_test]
async fn env_tells_all_that_was_found() {
    let page = Page::after(WX).await;
    let origin = page.json("location.origin");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        page.json("juziWx.env"),
        format!(
            r#"{{"inSidebar":true,"reason":"ok","detectedBy":"url","wxPatched":true,"hostOrigin":{origin},"version":"{version}","engine":"wasm"}}"#
        )
    );
}

#[wasm_bindgen_test]
async fn env_tells_why_a_page_is_not_in_the_sidebar() {
    assert_eq!(
        reason(Setup {
            search: "?a=1",
            ..Setup::default()
        })
        .await,
        r#""no-sidebar-param""#
    );
    assert_eq!(
        reason(Setup {
            overrides: "{ parent: 'self' }",
            ..Setup::default()
        })
        .await,
        r#""not-framed""#
    );
    for agent in ["Mozilla/5.0 MicroMessenger/8.0", "Mozilla/5.0 WXWork/4.1"] {
        let before =
            format!("Object.defineProperty(navigator, 'userAgent', {{ get: () => '{agent}' }})");
        assert_eq!(
            reason(Setup {
                before: &before,
                ..Setup::default()
            })
            .await,
            r#""wechat-ua""#
        );
    }
}

#[wasm_bindgen_test]
async fn the_parameter_counts_as_the_browser_reads_the_query() {
    for (search, expected) in [
        ("?juziSidebar", "ok"),
        ("?a=1&juziSidebar=false&b", "ok"),
        ("?juzi%53idebar=", "ok"),
        ("?juzisidebar", "no-sidebar-param"),
        ("?a=juziSidebar", "no-sidebar-param"),
        ("?juziSidebar%3D1", "no-sidebar-param"),
    ] {
        let setup = Setup {
            search,
            ..Setup::default()
        };
        assert_eq!(reason(setup).await, format!("\"{expected}\""), "{search}");
    }
}

#[wasm_bindgen_test]
async fn force_stands_in_for_a_lost_parameter() {
    let setup = Setup {
        search: "",
        options: "{ force: true }",
        ..Setup::default()
    };
    assert_eq!(reason(setup).await, r#""ok""#);
    let setup = Setup {
        overrides: "{ parent: 'self' }",
        options: "{ force: true }",
        ..Setup::default()
    };
    assert_eq!(reason(setup).await, r#""not-framed""#);
}

#[wasm_bindgen_test]
async fn the_page_cannot_forge_env() {
    let page = Page::open().await;
    page.value("juziWx.env.inSidebar = false, 0");
    assert!(page.holds("juziWx.env.inSidebar"));
}

#[wasm_bindgen_test]
async fn outside_the_sidebar_juzi_wx_is_there_and_every_call_fails() {
    let page = Setup {
        search: "?",
        ..Setup::default()
    }
    .open()
    .await;
    assert!(page.holds("juziWx.isJuziWx && !juziWx.env.inSidebar"));
    for api in [
        "getCurExternalContact",
        "getCurExternalChat",
        "getCurChatInfo",
        "getContext",
        "sidebarAuth",
        "sendChatMessage",
        "sendMultiChatMessage",
        "openEnterpriseChat",
        "previewImage",
        "updateBaseInfo",
        "config",
        "agentConfig",
        "checkJsApi",
        "scanQRCode",
    ] {
        let undefined = match api {
            "getCurExternalContact" => r#""userId":"undefined""#,
            "getCurExternalChat" => r#""chatId":"undefined""#,
            _ => "",
        };
        let expected = failed(&format!("{api}:fail not in sidebar"), undefined);
        let called = page
            .run(&format!(
                "return new Promise((done) => juziWx.invoke('{api}', {{}}, done))"
            ))
            .await;
        assert_eq!(called, expected);
        if api != "scanQRCode" {
            let called = page
                .run(&format!(
                    "return new Promise((fail) => juziWx.{api}({{ fail }}))"
                ))
                .await;
            assert_eq!(called, expected);
        }
    }
    assert_eq!(page.posted().await, 0);
}

#[wasm_bindgen_test]
async fn outside_the_sidebar_the_globals_are_left_alone() {
    let page = Setup {
        search: "",
        before: WX,
        ..Setup::default()
    }
    .open()
    .await;
    assert!(
        page.holds("wx.isJuziWx === undefined && wx.invoke() === 'original' && wx === jWeixin")
    );
    assert!(page.holds("typeof WeixinJSBridge === 'undefined' && juziWx.env.wxPatched === false"));
    let page = Setup {
        search: "",
        ..Setup::default()
    }
    .open()
    .await;
    assert!(page.holds("!('wx' in window) && !('jWeixin' in window)"));
    assert!(page.holds("(window.wx = { a: 1 }, wx.isJuziWx === undefined)"));
    let unpatched = "(() => { const wx = {}; return juziWx.patch(wx) === wx && Object.keys(wx).length === 0; })()";
    assert!(page.holds(unpatched));
}

//! How a page gets its helper.

use std::time::Duration;

use juzi_helper::client::testing::FakeHost;
use juzi_helper::client::{Juzi, Options, Reason, SetupError, UserAgent};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page;

/// Attaches to another helper, an expression, in the window of the tests.
pub async fn stranger(helper: &str, work: impl AsyncFnOnce(Juzi)) {
    js_sys::eval(&format!("window.juziWx = {helper}")).unwrap();
    let juzi = Juzi::attach().unwrap();
    js_sys::eval("delete window.juziWx").unwrap();
    work(juzi).await;
}

#[wasm_bindgen_test]
async fn the_environment_of_a_page_in_the_sidebar() {
    let (_host, juzi) = page().await;
    let env = juzi.env().unwrap();
    assert!(env.in_sidebar);
    assert_eq!(env.reason, Reason::Ok);
    assert!(!env.wx_patched);
    assert_eq!(env.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(env.engine, "wasm");
}

#[wasm_bindgen_test]
async fn the_environment_of_other_pages() {
    let host = FakeHost::open_outside().await.unwrap();
    let juzi = host.install(&Options::new()).unwrap();
    assert_eq!(juzi.env().unwrap().reason, Reason::NoSidebarParam);
    // The option replaces the parameter.
    let juzi = host.install(&Options::new().force(true)).unwrap();
    assert_eq!(juzi.env().unwrap().reason, Reason::Ok);
    drop(host);
    // The page of the tests is a top-level one.
    let juzi = Juzi::install(&Options::new()).unwrap();
    let env = juzi.env().unwrap();
    assert_eq!((env.in_sidebar, env.reason), (false, Reason::NotFramed));
    // It is in the page now, for scripts and for this module.
    assert!(js_sys::eval("juziWx.isJuziWx").unwrap().is_truthy());
    assert!(Juzi::attach().is_ok());
    let second = Juzi::install(&Options::new().debug(true)).unwrap();
    assert_eq!(second.env().unwrap().reason, Reason::NotFramed);
    // A second install is the first, even if a script has removed it.
    js_sys::eval("delete window.juziWx").unwrap();
    let third = Juzi::install(&Options::new()).unwrap();
    assert_eq!(third.env().unwrap().reason, Reason::NotFramed);
}

#[wasm_bindgen_test]
async fn without_a_helper_there_is_nothing_to_attach_to() {
    for other in [
        "undefined",
        "{}",
        "7",
        "document.body",
        "{ get isJuziWx() { throw 1 } }",
    ] {
        js_sys::eval(&format!("window.juziWx = {other}")).unwrap();
        assert_eq!(Juzi::attach().unwrap_err(), SetupError::NoHelper, "{other}");
    }
    js_sys::eval("delete window.juziWx").unwrap();
    assert_eq!(Juzi::attach().unwrap_err(), SetupError::NoHelper);
}

#[wasm_bindgen_test]
async fn the_script_tags_helper_is_used() {
    // A helper of the sidebar, as a script tag has put it there.
    let (host, installed) = page().await;
    host.answer("getCurExternalContact", json!({ "externalUserId": "wmA" }));
    js_sys::eval("window.juziWx = frames[frames.length - 1].juziWx").unwrap();
    for juzi in [
        Juzi::attach().unwrap(),
        Juzi::install(&Options::new()).unwrap(),
        installed,
    ] {
        assert_eq!(juzi.current_contact().await.unwrap().user_id, "wmA");
    }
    js_sys::eval("delete window.juziWx").unwrap();
}

#[wasm_bindgen_test]
async fn another_helpers_environment() {
    for (env, reason) in [
        ("undefined", None),
        ("{}", None),
        ("{ inSidebar: true, reason: 'ok' }", Some(Reason::Ok)),
        (
            "{ inSidebar: false, reason: 'new', more: 1 }",
            Some(Reason::Other),
        ),
    ] {
        stranger(&format!("{{ isJuziWx: true, env: {env} }}"), async |juzi| {
            assert_eq!(juzi.env().map(|env| env.reason), reason);
        })
        .await;
    }
    stranger("{ isJuziWx: true, get env() { throw 1 } }", async |juzi| {
        assert_eq!(juzi.env(), None);
    })
    .await;
}

#[wasm_bindgen_test]
async fn malformed_options_are_refused() {
    let nobody: [&str; 0] = [];
    for (options, reason) in [
        (
            Options::new().allowed_hosts(["juzibot.com"]),
            r#"allowedHosts: "juzibot.com" is not an origin such as https://a.example.com or https://*.example.com"#,
        ),
        (
            Options::new().allowed_hosts(nobody),
            "allowedHosts has no usable entry, so no host is allowed: write origins such as https://a.example.com or https://*.example.com",
        ),
        (
            Options::new().timeout(Duration::ZERO),
            "timeout must be a number of milliseconds from 1 to 2147483647",
        ),
    ] {
        let error = Juzi::install(&options).unwrap_err();
        assert_eq!(
            error,
            SetupError::InvalidOption {
                reason: reason.into()
            }
        );
        assert_eq!(error.to_string(), format!("invalid option: {reason}"));
    }
    assert!(
        js_sys::eval("'juziWx' in window").unwrap().is_falsy(),
        "nothing was installed"
    );
}

#[wasm_bindgen_test]
async fn the_user_agent_can_be_that_of_wecom() {
    let agent = || js_sys::eval("frames[frames.length - 1].navigator.userAgent").unwrap();
    let host = FakeHost::open().await.unwrap();
    let options = Options::new().user_agent(UserAgent::Wxwork);
    let juzi = host.install(&options).unwrap();
    assert!(juzi.env().unwrap().in_sidebar);
    assert!(agent().as_string().unwrap().contains(" wxwork/"));
}

#[wasm_bindgen_test]
async fn the_bridge_can_be_left_out() {
    let has_bridge = || js_sys::eval("'WeixinJSBridge' in frames[frames.length - 1]").unwrap();
    let host = FakeHost::open().await.unwrap();
    host.install(&Options::new().bridge(false)).unwrap();
    assert!(has_bridge().is_falsy());
    drop(host);
    let (_host, _juzi) = page().await;
    assert!(has_bridge().is_truthy());
}

#[wasm_bindgen_test]
async fn a_helper_equals_its_clones_and_no_other() {
    let (_host, juzi) = page().await;
    assert_eq!(juzi, juzi.clone());
    let second = Duration::from_secs(1);
    assert_eq!(juzi.with_timeout(second), juzi.with_timeout(second));
    assert_ne!(juzi, juzi.with_timeout(second));
    stranger("{ isJuziWx: true }", async |other| assert_ne!(juzi, other)).await;
}

#[wasm_bindgen_test]
async fn a_page_waits_for_a_helper_that_is_still_loading() {
    let (_host, juzi) = page().await;
    assert!(juzi.ready().await.unwrap().in_sidebar);
    let host = FakeHost::open_outside().await.unwrap();
    let juzi = host.install(&Options::new()).unwrap();
    assert!(!juzi.ready().await.unwrap().in_sidebar);
    // The call that it waits for ends, successfully or not, when the helper runs.
    for end in ["resolve({})", "reject({ code: 'not_in_sidebar' })"] {
        let runs = "this.env = { inSidebar: false, reason: 'not-framed' }";
        let helper = format!(
            "{{ isJuziWx: true, invoke() {{ return new Promise((resolve, reject) => setTimeout(() => {{ {runs}; {end} }}, 10)); }} }}"
        );
        stranger(&helper, async |juzi| {
            assert_eq!(juzi.env(), None);
            assert_eq!(juzi.ready().await.unwrap().reason, Reason::NotFramed);
        })
        .await;
    }
    let broken =
        "{ isJuziWx: true, async invoke() { throw { err_msg: 'config:fail no engine' } } }";
    stranger(broken, async |juzi| {
        let error = juzi.ready().await.unwrap_err();
        assert_eq!(error.to_string(), "internal error: no engine");
    })
    .await;
}

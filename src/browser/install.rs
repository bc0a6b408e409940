//! Puts the helper in the page: `window.juziWx`, `window.wx`, `WeixinJSBridge`. Nothing else writes to `window`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Event, Window};

use super::bridge::{Bridge, Host, current, set_current};
use super::js;
use crate::api::CATALOGUE;
use crate::atoms::{
    Atom, CALL, ENGINE, ENV, HOST_ORIGIN, IN_SIDEBAR, INVOKE, IS_JUZI_WX, J_WEIXIN, JUZI_WX, ON,
    PATCH, REASON, VERSION, WEIXIN_JS_BRIDGE, WX, WX_PATCHED,
};
use crate::env::{Reason, detect};
use crate::options::Options;
use crate::value::Value;

#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = invoke)]
    static INVOKE_CALL: JsValue;
    #[wasm_bindgen(thread_local_v2, js_name = bridgeInvoke)]
    static BRIDGE_INVOKE: JsValue;
    #[wasm_bindgen(thread_local_v2, js_name = bridgeCall)]
    static BRIDGE_CALL: JsValue;
    #[wasm_bindgen(thread_local_v2, js_name = patch)]
    static PATCH_CALL: JsValue;
    fn method(name: &JsValue) -> JsValue;
    fn define(object: &JsValue, name: &JsValue, value: &JsValue) -> bool;
    #[wasm_bindgen(js_name = defineEnv)]
    fn define_env(object: &JsValue, name: &JsValue);
    fn watch(page: &JsValue, name: &JsValue) -> bool;
    #[wasm_bindgen(js_name = ownMember)]
    fn own_member(object: &JsValue, name: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = randomPrefix)]
    fn random_prefix() -> JsValue;
    fn ancestor(page: &JsValue) -> JsValue;
    fn hear(page: &JsValue);
    fn complain(text: &str);
}

/// What `env` tells beside what the bridge knows.
struct Installed {
    reason: Reason,
    wx_patched: Cell<bool>,
    engine: JsValue,
}

thread_local! {
    static INSTALLED: RefCell<Option<Rc<Installed>>> = const { RefCell::new(None) };
}

fn installed() -> Option<Rc<Installed>> {
    INSTALLED.with(|installed| installed.borrow().clone())
}

/// Installs the helper in a page: once, by the script or by the package's `init`.
///
/// `page` is the window, `options` what spec section 9 lists, `juzi_wx` the object that becomes `window.juziWx`, and `engine`
/// what `env.engine` says. Malformed options are named in the console.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)]
pub fn install(page: Window, options: JsValue, juzi_wx: JsValue, engine: JsValue) {
    js::learn_atoms();
    let (options, faults) = Options::read(&options);
    for fault in faults {
        complain(&fault.reason());
    }
    let parent: JsValue = page.parent().ok().flatten().into();
    let reason = detect(
        &page.navigator().user_agent().unwrap_or_default(),
        !parent.is_null() && &parent != AsRef::<JsValue>::as_ref(&page),
        &page.location().search().unwrap_or_default(),
        options.force,
    );
    let in_sidebar = reason == Reason::Ok;
    let provide_bridge = in_sidebar && options.bridge;
    let host = find_host(&page, &options);
    let bridge = Rc::new(Bridge {
        options,
        parent,
        in_sidebar,
        host: RefCell::new(Rc::new(host)),
        prefix: random_prefix(),
        calls: Cell::new(0),
        awake: Cell::new(false),
    });
    bridge.log("in the sidebar?", &JsValue::text(reason.text()));
    set_current(bridge);
    let installed = Rc::new(Installed {
        reason,
        wx_patched: Cell::new(false),
        engine,
    });
    INSTALLED.with(|current| current.replace(Some(installed)));

    take_over(&juzi_wx);
    set(&juzi_wx, PATCH, &PATCH_CALL.with(JsValue::clone));
    define_env(&juzi_wx, &JsValue::atom(ENV));
    set(&page, JUZI_WX, &juzi_wx);
    if in_sidebar {
        hear(&page);
        take_over_global(&page, WX);
        take_over_global(&page, J_WEIXIN);
    }
    if provide_bridge {
        provide_weixin_js_bridge(&page);
    }
}

/// The origin of the host: the first ancestor's where the browser tells, else the host is to be learnt from its first answer.
fn find_host(page: &Window, options: &Options) -> Host {
    let origin = ancestor(page);
    let text = origin.to_text();
    if !text.is_empty() {
        return if options.allows(&text) {
            Host::known(&origin)
        } else {
            Host::Excluded
        };
    }
    if options.allowed_hosts.is_empty() {
        return Host::Learning(vec![JsValue::text("*")]);
    }
    // The browser delivers to an origin that is named, or not at all: a wrong guess tells nobody anything.
    let exact = options.allowed_hosts.iter().filter_map(|host| host.exact());
    let mut targets: Vec<_> = exact.map(JsValue::text).collect();
    let referrer = page.document().map(|document| document.referrer());
    if let Some(origin) = referrer.as_deref().and_then(origin_of)
        && options.allows(origin)
    {
        targets.push(JsValue::text(origin));
    }
    Host::Learning(targets)
}

/// The origin of a URL as browsers write it: all before its third slash.
fn origin_of(url: &str) -> Option<&str> {
    let mut slashes = url.bytes().enumerate().filter(|(_, byte)| *byte == b'/');
    url.get(..slashes.nth(2)?.0)
}

/// Gives an object the calls of the catalogue. False where it does not take one of them.
fn take_over(object: &JsValue) -> bool {
    let mut taken = set(object, INVOKE, &INVOKE_CALL.with(JsValue::clone));
    for api in CATALOGUE {
        let name = JsValue::atom(api.name);
        taken &= define(object, &name, &method(&name));
    }
    taken & set(object, IS_JUZI_WX, &JsValue::TRUE)
}

fn set(object: &JsValue, name: Atom, value: &JsValue) -> bool {
    define(object, &JsValue::atom(name), value)
}

/// Takes a global over in place, or waits for it to be assigned.
fn take_over_global(page: &Window, name: Atom) {
    let key = JsValue::atom(name);
    let found = own_member(page, &key);
    if !found.is_object() {
        watch(page, &key);
        return;
    }
    let taken = adopt(&found);
    if taken != found && !(set(page, name, &taken) && own_member(page, &key) == taken) {
        return;
    }
    if let Some(installed) = installed() {
        installed.wx_patched.set(true);
    }
}

/// The object with our calls: the same one, or where it is frozen or sealed one that inherits from it.
fn adopt(wx: &JsValue) -> JsValue {
    if take_over(wx) {
        return wx.clone();
    }
    let heir: Object = Object::create(wx.unchecked_ref());
    take_over(&heir);
    heir.into()
}

/// Provides what WeChat's SDKs talk to, where nobody else has.
fn provide_weixin_js_bridge(page: &Window) {
    let name = JsValue::atom(WEIXIN_JS_BRIDGE);
    if !Reflect::get(page, &name).is_ok_and(|found| found.is_undefined()) {
        return;
    }
    let bridge = JsValue::record();
    set(&bridge, INVOKE, &BRIDGE_INVOKE.with(JsValue::clone));
    set(&bridge, ON, &method(&JsValue::atom(ON)));
    set(&bridge, CALL, &BRIDGE_CALL.with(JsValue::clone));
    if define(page, &name, &bridge)
        && let Some(document) = page.document()
        && let Ok(ready) = Event::new("WeixinJSBridgeReady")
    {
        // A listener that throws has reached `window.onerror` already.
        let _ = document.dispatch_event(&ready);
    }
}

/// `juziWx.patch`: takes over an object that is not global, and returns it, or what stands for it where it is frozen. Outside
/// the sidebar it stays as it is.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)]
pub fn patch(wx: JsValue) -> JsValue {
    match current() {
        Some(bridge) if bridge.in_sidebar => adopt(&wx),
        _ => wx,
    }
}

/// What becomes of an object that is assigned to `window.wx` or `window.jWeixin`.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)]
pub fn assigned(wx: JsValue) -> JsValue {
    if let Some(installed) = installed() {
        installed.wx_patched.set(true);
    }
    adopt(&wx)
}

/// `juziWx.env`.
#[wasm_bindgen]
#[must_use]
pub fn env() -> JsValue {
    let mut env = JsValue::record();
    let (Some(bridge), Some(installed)) = (current(), installed()) else {
        return env;
    };
    let origin = match &**bridge.host.borrow() {
        Host::Known { origin, .. } => origin.clone(),
        _ => JsValue::NULL,
    };
    env.set(IN_SIDEBAR, JsValue::boolean(bridge.in_sidebar));
    env.set(REASON, JsValue::text(installed.reason.text()));
    env.set(WX_PATCHED, JsValue::boolean(installed.wx_patched.get()));
    env.set(HOST_ORIGIN, origin);
    env.set(VERSION, JsValue::text(env!("CARGO_PKG_VERSION")));
    env.set(ENGINE, installed.engine.clone());
    env
}

//! Puts the helper in the page: `window.juziWx`, `window.wx`, `WeixinJSBridge`. Nothing else writes to `window`.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use super::bridge::{Bridge, Knowledge, current, set_current};
use super::js::{Js, learn_atoms};
use crate::api::{FIRST, LAST};
use crate::atoms::{
    ANCESTOR_ORIGINS, ANY_ORIGIN, Atom, ENGINE, ENV, HOST_ORIGIN, IN_SIDEBAR, IN_SIDEBAR_BECAUSE,
    INVOKE, IS_JUZI_WX, J_WEIXIN, JUZI_WX, LOCATION, NAVIGATOR, NULL_ORIGIN, PARENT, PATCH, REASON,
    SEARCH, USER_AGENT, VERSION, VERSION_HERE, WEIXIN_JS_BRIDGE, WX, WX_PATCHED,
};
use crate::env::{Reason, detect};
use crate::options::Options;
use crate::value::{Kind, Value};

#[wasm_bindgen(module = "/src/browser/shell.js")]
extern "C" {
    fn offer(object: i32, first: i32, last: i32) -> bool;
    fn heir(object: i32) -> i32;
    fn global(page: i32, name: i32) -> i32;
    fn referrer(page: i32) -> i32;
    fn watch(page: i32, name: i32);
    fn hear(page: i32, parent: i32, origin: i32);
    fn complain(text: i32);
    #[wasm_bindgen(js_name = defineEnv)]
    fn define_env(object: i32, name: i32);
    #[wasm_bindgen(js_name = provideBridge)]
    fn provide_bridge(page: i32);
}

/// Installs the helper in a page: once, by the script or by the package's `init`.
///
/// `shell.js` knows the window, what spec section 9 lists, the object that becomes `window.juziWx`, and what `env.engine` says.
/// Malformed options are named in the console.
#[wasm_bindgen]
pub fn install() {
    let [page, options, juzi_wx, engine] = learn_atoms();
    let (options, faults) = Options::read(&options);
    for fault in faults {
        complain(fault.render().0);
    }
    let parent = page.member(PARENT);
    let reason = detect(
        &page.member(NAVIGATOR).member(USER_AGENT),
        parent.kind() == Kind::Object && parent != page,
        &page.member(LOCATION).member(SEARCH),
        options.force,
    );
    let bridge = set_current(connect(page, parent, options, reason, engine));
    bridge.log(IN_SIDEBAR_BECAUSE, Js::atom(reason.atom()));

    take_over(juzi_wx);
    give(juzi_wx, PATCH, PATCH);
    define_env(juzi_wx.0, Js::atom(ENV).0);
    page.define(JUZI_WX, juzi_wx);
    if !bridge.in_sidebar() {
        return;
    }
    hear(page.0, parent.0, bridge.origin.0);
    take_over_global(bridge, page, J_WEIXIN);
    take_over_global(bridge, page, WX);
    let wechat = Js(global(page.0, Js::atom(WEIXIN_JS_BRIDGE).0));
    if bridge.options.bridge && wechat.is_missing() {
        provide_bridge(page.0);
    }
}

/// Finds the host's origin: the first ancestor's where the browser tells, else it is to be learnt from the first answer.
fn connect(page: Js, parent: Js, options: Options<Js>, reason: Reason, engine: Js) -> Bridge {
    let ancestors = page.member(LOCATION).member(ANCESTOR_ORIGINS);
    let origin = ancestors.item(0).unwrap_or(Js::UNDEFINED);
    let mut targets = Vec::new();
    // A host may hide its origin by a referrer policy, or have none: "null". Its answers tell which.
    let host = if origin.is_blank() || origin.is(NULL_ORIGIN) {
        targets = find_targets(page, &options);
        Knowledge::Learning
    } else if options.allows(&origin) {
        Knowledge::Known
    } else {
        Knowledge::Excluded
    };
    // What the browser says without knowing it is nobody's origin yet.
    let (place, target) = (Js::place(), Js::place());
    if host == Knowledge::Known {
        place.assign(origin);
        target.assign(origin);
    }
    Bridge {
        options,
        parent,
        host: Cell::new(host),
        origin: place,
        target,
        targets,
        awake: Cell::new(false),
        reason,
        wx_patched: Cell::new(false),
        engine,
    }
}

/// Where to post while the host's origin is not known.
// Apart, as it mostly is.
#[inline(never)]
fn find_targets(page: Js, options: &Options<Js>) -> Vec<Js> {
    let Some(allowed_hosts) = &options.allowed_hosts else {
        return vec![Js::atom(ANY_ORIGIN)];
    };
    // The browser delivers to an origin that is named, or not at all: a wrong guess tells nobody anything.
    let mut targets = Vec::new();
    let mut add = |origin: Js| {
        // Whoever is named twice is still asked once.
        if !targets.contains(&origin) {
            targets.push(origin);
        }
    };
    for host in allowed_hosts {
        if let Some(origin) = host.exact() {
            add(*origin);
        }
    }
    let referrer = Js(referrer(page.0)).origin_of();
    if options.allows(&referrer) {
        add(referrer);
    }
    targets
}

/// Gives an object our functions from one name of the table to another. False where it does not take one of them.
fn give(object: Js, first: Atom, last: Atom) -> bool {
    offer(object.0, Js::atom(first).0, Js::atom(last).0)
}

/// Gives an object the calls of the catalogue. False where it does not take one of them.
fn take_over(object: Js) -> bool {
    give(object, INVOKE, INVOKE)
        & give(object, FIRST, LAST)
        & object.define(IS_JUZI_WX, Js::boolean(true))
}

/// Takes a global over in place, or waits for it to be assigned.
fn take_over_global(bridge: &Bridge, page: Js, name: Atom) {
    let found = Js(global(page.0, Js::atom(name).0));
    match found.kind() {
        Kind::Object | Kind::Function => {}
        Kind::Missing => return watch(page.0, Js::atom(name).0),
        _ => return,
    }
    let taken = adopt(found);
    if taken == found || page.define(name, taken) {
        bridge.wx_patched.set(true);
    }
}

/// The object with our calls: the same one, or where it is frozen or sealed one that inherits from it.
fn adopt(wx: Js) -> Js {
    if take_over(wx) {
        return wx;
    }
    let heir = Js(heir(wx.0));
    take_over(heir);
    heir
}

/// `juziWx.patch`: takes over an object that is not global, and returns it, or what stands for it where it is frozen. Outside
/// the sidebar it stays as it is.
#[wasm_bindgen]
#[must_use]
pub fn patch(wx: i32) -> i32 {
    match current() {
        Some(bridge) if bridge.in_sidebar() => adopt(Js(wx)).0,
        _ => wx,
    }
}

/// What becomes of an object that is assigned to `window.wx` or `window.jWeixin`.
#[wasm_bindgen]
#[must_use]
pub fn assigned(wx: i32) -> i32 {
    if let Some(bridge) = current() {
        bridge.wx_patched.set(true);
    }
    adopt(Js(wx)).0
}

/// `juziWx.env`.
#[wasm_bindgen]
#[must_use]
pub fn env() -> i32 {
    let env = Js::record();
    if let Some(bridge) = current() {
        env.define(IN_SIDEBAR, Js::boolean(bridge.in_sidebar()));
        env.define(REASON, Js::atom(bridge.reason.atom()));
        env.define(WX_PATCHED, Js::boolean(bridge.wx_patched.get()));
        let known = bridge.host.get() == Knowledge::Known;
        env.define(HOST_ORIGIN, if known { bridge.origin } else { Js::null() });
        env.define(VERSION, Js::atom(VERSION_HERE));
        env.define(ENGINE, bridge.engine);
    }
    env.0
}

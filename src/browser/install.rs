//! Installs the helper in a page: options, detection, the host's origin. `page.js` changes the page's `window`.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use super::bridge::{Bridge, Host, current, set_current};
use crate::env::{detect, mentions};
use crate::error::join;
use crate::options::Options;
use crate::origin;
use crate::value::{Value, object};

#[wasm_bindgen(module = "/src/browser/calls.js")]
extern "C" {
    /// Unlike web-sys' console, it catches what a page's own console throws. That would unwind through Rust frames.
    fn complain(text: &str);
}

#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = enterPage)]
    fn enter_page(in_sidebar: bool, bridge: bool);
    fn referrer() -> String;
    /// Digits of 64 random bits.
    #[wasm_bindgen(js_name = randomDigits)]
    fn random_digits() -> String;
}

/// Installs the helper: once, for the script or for the package's `init`. Malformed options are reported in the console.
///
/// `ancestor` is the origin of the page around this one, or undefined if the browser does not tell it.
#[cfg_attr(feature = "script", wasm_bindgen)]
pub fn install(
    options: &JsValue,
    user_agent: &str,
    framed: bool,
    has_parameter: bool,
    ancestor: &JsValue,
) {
    let options = Options::parse(options, |fault| complain(&fault.reason()));
    let reason = detect(user_agent, framed, has_parameter, options.force);
    let bridge = set_current(Bridge {
        host: Cell::new(find_host(&options, ancestor)),
        reason,
        android: mentions(user_agent, "android"),
        prefix: join(&["juzi-", &random_digits(), "-"]),
        posted: Cell::new(0),
        options,
    });
    bridge.log("in the sidebar?", &reason.as_str().into());
    enter_page(bridge.in_sidebar(), bridge.options.bridge);
}

/// The host's origin: the ancestor's if the browser tells it, else to be learnt from the first answer.
fn find_host(options: &Options, ancestor: &JsValue) -> &'static Host {
    // A host may hide its origin by a referrer policy. A sandboxed one has the origin "null".
    let origin = ancestor.string(usize::MAX).unwrap_or_default();
    if !matches!(origin.as_str(), "" | "null") {
        return match options.allows(&origin) {
            true => Host::known(ancestor),
            false => Host::Excluded("its origin is not in allowedHosts").leak(),
        };
    }
    let targets = find_targets(options);
    if targets.is_empty() {
        let why = "its origin is unknown here, and allowedHosts names none exactly";
        return Host::Excluded(why).leak();
    }
    Host::Learning(targets).leak()
}

/// The target origins while the host's origin is not known. The browser delivers a message only to its target origin, so a wrong
/// one discloses nothing.
fn find_targets(options: &Options) -> Vec<String> {
    let Some(hosts) = &options.allowed_hosts else {
        return vec!["*".into()];
    };
    let mut targets: Vec<String> = Vec::new();
    // Each once: a host must not get a call twice.
    let mut add = |target: &str| {
        if !targets.iter().any(|known| known == target) {
            targets.push(target.into());
        }
    };
    for host in hosts {
        if let Some(exact) = host.exact() {
            add(exact);
        }
    }
    let referrer = origin::of_referrer(&referrer()).unwrap_or_default();
    if options.allows(&referrer) {
        add(&referrer);
    }
    targets
}

/// `juziWx.env`. `page.js` knows whether globals have been taken over, and which engine runs this module.
#[cfg_attr(feature = "script", wasm_bindgen)]
#[must_use]
pub fn env(wx_patched: bool, engine: &JsValue) -> JsValue {
    let Some(bridge) = current() else {
        return JsValue::UNDEFINED;
    };
    let host_origin = match bridge.host.get() {
        Host::Known { origin, .. } => origin,
        _ => &JsValue::NULL,
    };
    object(&[
        ("inSidebar", &bridge.in_sidebar().into()),
        ("reason", &bridge.reason.as_str().into()),
        ("wxPatched", &wx_patched.into()),
        ("hostOrigin", host_origin),
        ("version", &env!("CARGO_PKG_VERSION").into()),
        ("engine", engine),
    ])
}

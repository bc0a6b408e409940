//! Installs the helper in a page: options, detection, the host's origin. `page.js` then changes the page's `window`.

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
    /// Not web-sys' console: a page's own may throw, and that would unwind through the frames of this module.
    fn complain(text: &str);
}

#[wasm_bindgen(module = "/src/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = enterPage)]
    fn enter_page(in_sidebar: bool, bridge: bool);
    fn referrer() -> String;
    /// So many digits that nobody guesses them.
    #[wasm_bindgen(js_name = randomDigits)]
    fn random_digits() -> String;
}

/// Installs the helper: once, by the script or by the package's `init`. Malformed options are named in the console.
///
/// `ancestor` is the origin of the page around this one, undefined where the browser does not tell.
#[wasm_bindgen]
pub fn install(
    options: &JsValue,
    user_agent: &str,
    framed: bool,
    has_parameter: bool,
    ancestor: &JsValue,
) {
    let options = Options::read(options, |fault| complain(&fault.reason()));
    let reason = detect(user_agent, framed, has_parameter, options.force);
    let bridge = set_current(Bridge {
        host: Cell::new(find_host(&options, ancestor)),
        reason,
        android: mentions(user_agent, "android"),
        prefix: join(&["juzi-", &random_digits(), "-"]),
        posted: Cell::new(0),
        options,
    });
    bridge.log("in the sidebar?", &reason.text().into());
    enter_page(bridge.in_sidebar(), bridge.options.bridge);
}

/// Finds the host's origin: the ancestor's where the browser tells, else it is to be learnt from the first answer.
fn find_host(options: &Options, ancestor: &JsValue) -> &'static Host {
    // A host may hide its origin by a referrer policy, or have none: "null". Its answers tell which.
    let origin = ancestor.text(usize::MAX).unwrap_or_default();
    if !matches!(origin.as_str(), "" | "null") {
        return match options.allows(&origin) {
            true => Host::known(ancestor),
            false => Host::Excluded("its origin is not in allowedHosts").kept(),
        };
    }
    let targets = find_targets(options);
    if targets.is_empty() {
        let why = "its origin is unknown here, and allowedHosts names none exactly";
        return Host::Excluded(why).kept();
    }
    Host::Learning(targets).kept()
}

/// Where to post while the host's origin is not known. The browser delivers to an origin that is named, or not at all: a
/// wrong guess tells nobody anything.
fn find_targets(options: &Options) -> Vec<String> {
    let Some(hosts) = &options.allowed_hosts else {
        return vec!["*".into()];
    };
    let mut targets: Vec<String> = Vec::new();
    // Whoever is named twice is still asked once.
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

/// `juziWx.env`. Which globals have been taken over, and what runs this module, `page.js` knows.
#[wasm_bindgen]
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
        ("reason", &bridge.reason.text().into()),
        ("wxPatched", &wx_patched.into()),
        ("hostOrigin", host_origin),
        ("version", &env!("CARGO_PKG_VERSION").into()),
        ("engine", engine),
    ])
}

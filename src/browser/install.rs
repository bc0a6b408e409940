//! Installs the helper in a page: options, detection, the host's origin. `page.js` changes the page's `window`.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use super::bridge::{Bridge, Host, current, set_current};
use super::calls::complain;
use super::environment::detected_by;
use super::page::{are_local, enter_page, referrer_origin};
use crate::env::{Reason, detect, mentions};
use crate::error::Fault;
use crate::options::Options;
use crate::origin::exact_origin;
use crate::value::{Value, object, string_of};

/// Installs the helper: once, for the script or for the package's `init`. Malformed options are reported in the console.
///
/// `ancestor` is the origin of the page around this one, or undefined if the browser does not report it.
pub fn install(
    options: JsValue,
    user_agent: JsValue,
    framed: bool,
    window: JsValue,
    ancestor: JsValue,
) {
    let mut options = Options::parse(&options, report);
    let user_agent = &string_of(&user_agent);
    let detected_by = detected_by(&window);
    let reason = detect(
        user_agent,
        framed,
        !detected_by.is_undefined(),
        options.force,
    );
    let host = find_host(&mut options, &ancestor);
    let bridge = set_current(Bridge {
        host: Cell::new(host),
        reason,
        detected_by: match reason {
            Reason::Ok if detected_by.is_undefined() => "force".into(),
            Reason::Ok => detected_by,
            _ => JsValue::NULL,
        },
        android: mentions(user_agent, "android"),
        options,
    });
    bridge.log("in the sidebar?", &reason.as_str().into());
    let Options {
        bridge: provide,
        user_agent,
        ..
    } = bridge.options;
    enter_page(bridge.in_sidebar(), provide, user_agent);
}

/// Reports a malformed option in the console.
#[inline(never)]
fn report(fault: &Fault) {
    complain(&fault.reason());
}

/// The host's origin: the ancestor's if the browser reports it; otherwise the first answer reveals it.
fn find_host(options: &mut Options, ancestor: &JsValue) -> &'static Host {
    // A host may hide its origin by a referrer policy. A sandboxed one has the origin "null".
    let origin = string_of(ancestor);
    if !matches!(origin.as_str(), "" | "null") {
        return match allows(options, &origin, ancestor) {
            true => Host::known(ancestor),
            false => Host::Excluded("its origin is not in allowedHosts").leak(),
        };
    }
    // The referrer contains the host's origin even in browsers that hide the page around this one.
    let referrer = referrer_origin();
    if let Some(origin) = exact_origin(&string_of(&referrer))
        && allows(options, &origin, &referrer)
    {
        options.add_exact_host(origin);
    }
    if options.has_exact_host() {
        return Host::Learning.leak();
    }
    let why = "its origin is unknown here, and allowedHosts names none exactly";
    Host::Excluded(why).leak()
}

/// The origin twice, because it is in JavaScript already.
fn allows(options: &Options, origin: &str, same: &JsValue) -> bool {
    options.allows(origin) || options.allows_local() && are_local(same)
}

/// `juziWx.env`. `page.js` passes whether globals have been taken over, and which engine runs this module.
#[must_use]
pub fn env(wx_patched: bool, engine: JsValue) -> JsValue {
    let Some(bridge) = current() else {
        return JsValue::UNDEFINED;
    };
    let host_origin = match bridge.host.get() {
        Host::Known { origin, .. } => origin.clone(),
        _ => JsValue::NULL,
    };
    object::<JsValue>()
        .with("inSidebar", bridge.in_sidebar().into())
        .with("reason", bridge.reason.as_str().into())
        .with("detectedBy", bridge.detected_by.clone())
        .with("wxPatched", wx_patched.into())
        .with("hostOrigin", host_origin)
        .with("version", env!("CARGO_PKG_VERSION").into())
        .with("engine", engine)
}

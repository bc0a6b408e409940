//! The catalogue: one row for each call (spec section 4).
//!
//! A row says what a call is named, who answers it, how its parameters are checked and how the host's answer becomes the
//! caller's `res`.

use crate::error::{Fault, Path, Result, join};
use crate::message::{check, check_all, list_length};
use crate::value::{Kind, Value, is, member, object, optional_string};
use crate::wire::Answer;

/// Milliseconds until an unanswered call fails.
pub const TIMEOUT: u32 = 10_000;
/// The same for calls that a user must not be told to repeat too soon.
pub const LONG_TIMEOUT: u32 = 60_000;
/// Images in one call, and names to ask about.
const MOST_URLS: (u32, &str) = (1_000, "an array of at most 1000 URLs");
const MOST_NAMES: (u32, &str) = (1_000, "an array of at most 1000 names");

/// One row of the catalogue.
#[derive(Debug)]
pub struct Api {
    /// What callers call it.
    pub name: &'static str,
    /// How it is answered.
    pub action: Action,
}

/// Who answers a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nobody has to: it succeeds at once.
    Accept,
    /// This page, from the catalogue.
    Check,
    /// This page: runs the function it is given, at once.
    Ready,
    /// This page: keeps the function it is given and never runs it.
    Keep,
    /// This page: a lasting subscription begins.
    Subscribe,
    /// This page: a lasting subscription ends.
    Unsubscribe,
    /// The host, at its next push.
    Listen,
    /// The host, within `timeout` milliseconds.
    Post {
        /// The name under which the host knows the call.
        wire: &'static str,
        /// Milliseconds until it fails.
        timeout: u32,
        /// How the parameters are checked and built.
        params: Params,
        /// How the answer becomes `res`.
        res: Res,
    },
}

/// The parameters of a posted call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Params {
    /// None are looked at; `{}` is posted.
    None,
    /// A message ([`crate::message`]).
    Message,
    /// Several of them.
    Messages,
    /// `userIds`, and `externalUserIds` or `chatId`.
    Chat,
    /// `urls` and `current`.
    Images,
}

/// What `res` carries beside `err_msg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Res {
    /// Nothing.
    Nothing,
    /// One id, which must be there; the host's name for it and the caller's. The caller's is there on failure too, undefined.
    Id(&'static str, &'static str),
    /// `{ data: { baseInfo } }`, which must be there.
    BaseInfo,
    /// The chat, which must be there; its id under both spellings.
    Chat,
    /// Whether the chat is a single or a group chat.
    Entry,
    /// Whatever the host returns: an object, or nothing.
    All,
}

const fn local(name: &'static str, action: Action) -> Api {
    Api { name, action }
}

const fn post(
    name: &'static str,
    wire: &'static str,
    timeout: u32,
    params: Params,
    res: Res,
) -> Api {
    let action = Action::Post {
        wire,
        timeout,
        params,
        res,
    };
    Api { name, action }
}

const AN_ARRAY_OF_STRINGS: &str = "an array of strings";

const CONTACT: Res = Res::Id("externalUserId", "userId");
const GROUP: Res = Res::Id("chatId", "chatId");

/// Every call there is. `calls.js` has the names too, for pages that call before the module runs; a test compares the two.
#[rustfmt::skip]
pub const CATALOGUE: &[Api] = &[
    post("getCurExternalContact", "getCurExternalContact", TIMEOUT, Params::None, CONTACT),
    post("getCurExternalChat", "getCurExternalChat", TIMEOUT, Params::None, GROUP),
    post("getCurChatInfo", "getCurChatInfo", TIMEOUT, Params::None, Res::Chat),
    post("getContext", "getCurChatInfo", TIMEOUT, Params::None, Res::Entry),
    post("sidebarAuth", "sidebarAuth", TIMEOUT, Params::None, Res::BaseInfo),
    post("sendChatMessage", "sendChatMessage", LONG_TIMEOUT, Params::Message, Res::Nothing),
    post("sendMultiChatMessage", "sendMultiChatMessage", LONG_TIMEOUT, Params::Messages, Res::Nothing),
    post("openEnterpriseChat", "openEnterpriseChat", LONG_TIMEOUT, Params::Chat, Res::All),
    post("previewImage", "previewImage", TIMEOUT, Params::Images, Res::Nothing),
    local("updateBaseInfo", Action::Listen),
    local("config", Action::Accept),
    local("agentConfig", Action::Accept),
    local("checkJsApi", Action::Check),
    local("ready", Action::Ready),
    local("error", Action::Keep),
    local("on", Action::Subscribe),
    local("off", Action::Unsubscribe),
];

/// What a call does, by its name or by the name that WeChat's SDKs give it on the wire.
pub fn find(name: &str) -> Option<&'static Action> {
    let name = web_name(name);
    let row = CATALOGUE.iter().find(|api| api.name == name);
    row.map(|api| &api.action)
}

/// The name that pages know for a name of the SDKs' own. `@wecom/jssdk` spells one of them differently when it asks for it.
pub fn web_name(name: &str) -> &str {
    match name {
        "imagePreview" => "previewImage",
        "preVerifyJSAPI" | "preVerifyJsApi" => "config",
        name => name,
    }
}

/// Checks a call's parameters and builds the plain object to post. `resolve` makes a URL absolute by the page's; it returns
/// `None` where that does not come out http or https. After a fault, nothing has been posted.
pub fn params<V: Value>(rule: Params, given: &V, resolve: fn(&V) -> Option<V>) -> Result<V> {
    match rule {
        Params::None => Ok(object(&[])),
        Params::Message => check(given),
        Params::Messages => check_all(given),
        Params::Chat => chat(given),
        Params::Images => images(given, resolve),
    }
}

/// Checks the parameters of `updateBaseInfo`: `{ reqType: 'listen' }`.
pub fn listen<V: Value>(given: &V) -> Result<()> {
    if is(&member(given, "reqType")?, "listen") {
        return Ok(());
    }
    Err(Fault::expected(Path::Name("reqType"), "\"listen\""))
}

/// The answer of `checkJsApi`: for each name asked about, whether the catalogue has it.
pub fn check_js_api<V: Value>(given: &V) -> Result<V> {
    let list = member(given, "jsApiList")?;
    let mut result = object::<V>(&[]);
    for index in 0..list_length(&list, "jsApiList", AN_ARRAY_OF_STRINGS, MOST_NAMES)? {
        let name = list.item(index)?;
        let Some(name) = name.text(usize::MAX) else {
            return Err(Fault::expected(Path::Item("jsApiList", index), "a string"));
        };
        result.set(&name, &find(&name).is_some().into());
    }
    Ok(result)
}

fn chat<V: Value>(given: &V) -> Result<V> {
    let mut user_ids = optional_string(given, "userIds")?;
    if user_ids.kind() != Kind::Text {
        // WeChat's SDKs spell it their own way on the wire.
        user_ids = optional_string(given, "useridlist")?;
    }
    if user_ids.kind() != Kind::Text {
        return Err(Fault::required("userIds"));
    }
    let contact = optional_string(given, "externalUserIds")?;
    let chat = optional_string(given, "chatId")?;
    let with = match (contact.kind(), chat.kind()) {
        (Kind::Text, _) => ("externalUserIds", &contact),
        (_, Kind::Text) => ("chatId", &chat),
        _ => {
            let path = Path::Either("externalUserIds", "chatId");
            return Err(Box::new(Fault::Required(path)));
        }
    };
    Ok(object(&[("userIds", &user_ids), with]))
}

fn images<V: Value>(given: &V, resolve: fn(&V) -> Option<V>) -> Result<V> {
    let list = member(given, "urls")?;
    let mut urls = V::list();
    let mut current = V::default();
    for index in 0..list_length(&list, "urls", AN_ARRAY_OF_STRINGS, MOST_URLS)? {
        let url = web_url(&list.item(index)?, resolve, Path::Item("urls", index))?;
        urls.push(&url);
        if index == 0 {
            current = url;
        }
    }
    if current.kind() == Kind::Missing {
        return Err(Fault::empty(Path::Name("urls")));
    }
    let named = member(given, "current")?;
    if !named.kind().is_blank() {
        current = web_url(&named, resolve, Path::Name("current"))?;
    }
    Ok(object(&[("urls", &urls), ("current", &current)]))
}

fn web_url<V: Value>(url: &V, resolve: fn(&V) -> Option<V>, path: Path) -> Result<V> {
    match url.kind() {
        Kind::Text => resolve(url).ok_or_else(|| Fault::expected(path, "an http or https URL")),
        Kind::Missing | Kind::Empty => Err(Fault::empty(path)),
        _ => Err(Fault::expected(path, "a string")),
    }
}

/// How a call ended: whether it succeeded, and what its callbacks get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<V> {
    /// Which of `success` and `fail` it is.
    pub ok: bool,
    /// What they get.
    pub res: V,
}

/// Success of a call that was made by the name `called`, with what `res` carries.
pub fn succeed<V: Value>(called: &str, res: V) -> Outcome<V> {
    under_both(called, true, res, ":ok")
}

/// Failure for a reason of our own.
pub fn fail<V: Value>(called: &str, fault: &Fault) -> Outcome<V> {
    let reason = fault.reason();
    let res = of_failure(called);
    if fault.is_bare() {
        let text = V::from(reason.as_str());
        return finish(false, res, &text, &text);
    }
    under_both(called, false, res, &join(&[":fail ", &reason]))
}

/// The two differ only for an SDK's wire names: `err_msg` is under the name the call was made by, and `errMsg`, which those
/// SDKs hand on to the page, is under the page's name.
fn under_both<V: Value>(called: &str, ok: bool, res: V, tail: &str) -> Outcome<V> {
    let text = V::from(join(&[called, tail]).as_str());
    let web = web_name(called);
    if web == called {
        return finish(ok, res, &text, &text);
    }
    finish(ok, res, &text, &V::from(join(&[web, tail]).as_str()))
}

/// Adds what every `res` carries.
fn finish<V: Value>(ok: bool, mut res: V, err_msg: &V, err_msg_jweixin: &V) -> Outcome<V> {
    res.set("err_msg", err_msg);
    res.set("errMsg", err_msg_jweixin);
    res.set("errCode", &V::from(if ok { 0 } else { -1 }));
    Outcome { ok, res }
}

/// `res` of a call of that name that failed, before its texts are added.
fn of_failure<V: Value>(called: &str) -> V {
    match find(called) {
        Some(Action::Post { res, .. }) => res.of_failure(),
        _ => object(&[]),
    }
}

impl Res {
    /// `res` of a call that failed, before its texts are added.
    pub fn of_failure<V: Value>(self) -> V {
        match self {
            Self::Id(_, name) => object(&[(name, &V::default())]),
            _ => object(&[]),
        }
    }

    /// Turns the host's answer into the `res` of a call that was made by the name `called`.
    pub fn read<V: Value>(self, called: &str, answer: &Answer<V>) -> Outcome<V> {
        if let Some(text) = &answer.failure {
            return self.fail_as_host(called, answer, text);
        }
        match self.success(&answer.data) {
            Some(res) => succeed(called, res),
            None => under_both(called, false, self.of_failure(), ":fail"),
        }
    }

    /// Failure with the host's text: as it is where the host knows the call by the caller's name, else under that name.
    fn fail_as_host<V: Value>(self, called: &str, answer: &Answer<V>, text: &V) -> Outcome<V> {
        let res = self.of_failure();
        if text.kind() != Kind::Text {
            return under_both(called, false, res, ":fail");
        }
        if is(&answer.api, called) {
            return finish(false, res, text, text);
        }
        let text = text.text(usize::MAX).unwrap_or_default();
        let reason = after_fail(&text).unwrap_or(&text).trim_ascii();
        if reason.is_empty() {
            return under_both(called, false, res, ":fail");
        }
        under_both(called, false, res, &join(&[":fail ", reason]))
    }

    /// What `res` carries, where the answer has what it must have.
    fn success<V: Value>(self, data: &V) -> Option<V> {
        Some(match self {
            Self::Nothing => object(&[]),
            Self::Id(theirs, ours) => {
                let id = data.own(theirs);
                (id.kind() == Kind::Text).then(|| object(&[(ours, &id)]))?
            }
            Self::BaseInfo => {
                let info = plain(&data.own("baseInfo"))?;
                object(&[("data", &object(&[("baseInfo", &info)]))])
            }
            Self::Chat => {
                let mut res = plain(data)?;
                let mut id = res.own("id");
                if id.kind() == Kind::Missing {
                    id = res.own("Id");
                }
                if id.kind() == Kind::Missing {
                    return None;
                }
                res.set("id", &id);
                res.set("Id", &id);
                res
            }
            Self::Entry => {
                let entry = match data.own("type").number()? {
                    0.0 => "single_chat_tools",
                    1.0 => "group_chat_tools",
                    _ => return None,
                };
                object(&[("entry", &V::from(entry))])
            }
            Self::All if data.kind() == Kind::Missing => object(&[]),
            Self::All => plain(data)?,
        })
    }
}

/// A copy of a plain object; `None` for all else, a `Map` or a `Date` included.
fn plain<V: Value>(value: &V) -> Option<V> {
    let copy = match value.kind() {
        Kind::Object => value.copy(),
        _ => return None,
    };
    (copy.kind() == Kind::Object).then_some(copy)
}

/// What follows the first `:fail` of a host's text.
fn after_fail(text: &str) -> Option<&str> {
    let at = text
        .as_bytes()
        .windows(5)
        .position(|part| part == b":fail")?;
    text.get(at + 5..)
}

/// `updateBaseInfo`'s `res` for a push; `None` where the push carries no `baseInfo`.
pub fn push<V: Value>(answer: &Answer<V>) -> Option<Outcome<V>> {
    let res = Res::BaseInfo.success(&answer.data)?;
    Some(succeed("updateBaseInfo", res))
}

//! The catalogue: one row for each call (spec section 4).
//!
//! A row has the call's name, who answers it, how its parameters are checked and how the host's answer becomes `res`.

use crate::error::{Fault, Path, Result};
use crate::message::{check, check_all};
use crate::text::join;
use crate::value::{
    Kind, Value, is, item, list_length, member, object, object_of, optional_string, string_of,
};
use crate::wire::Answer;

#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod reads;

/// Timeout of a call in milliseconds.
pub const TIMEOUT: u32 = 10_000;
/// Timeout of calls that a user should not repeat too soon, such as sending a message.
pub const LONG_TIMEOUT: u32 = 60_000;
/// The most URLs and names in one call, each with the words for an error message.
const MOST_URLS: (u32, &str) = (1_000, "an array of at most 1000 URLs");
const MOST_NAMES: (u32, &str) = (1_000, "an array of at most 1000 names");

/// One row of the catalogue.
#[derive(Debug)]
pub struct Api {
    /// The name that pages call.
    pub name: &'static str,
    /// What the call does.
    pub action: Action,
    /// Metadata for the generated texts and types.
    #[cfg(not(target_arch = "wasm32"))]
    pub about: About,
}

/// Metadata of a call for the documentation and the package's types. A page needs none of it, so the released script omits it.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The row of the table in the package's readmes.
    pub group: Group,
    /// The parameters and the result in TypeScript, for the package's `Catalogue`. A call that takes a function has none.
    pub types: Option<(&'static str, &'static str)>,
}

/// The purpose of a call. Each group is one row in the package's readmes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The contact or group of the conversation.
    Conversation,
    /// Messages to send.
    Messages,
    /// The chats and images that the console opens.
    Windows,
    /// The user's login.
    Login,
    /// Events of the console.
    News,
    /// The calls that WeCom pages make first.
    Start,
}

/// What a call does, and who answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Succeeds at once.
    Accept,
    /// Answered from the catalogue (`checkJsApi`).
    Check,
    /// Runs the given function before the call returns.
    Ready,
    /// Takes a function and never runs it.
    Keep,
    /// Subscribes to pushes.
    Subscribe,
    /// Ends a subscription.
    Unsubscribe,
    /// Answered by the host's next push.
    Listen,
    /// Posted to the host.
    Post {
        /// The host's name for the call.
        wire: &'static str,
        /// Timeout in milliseconds.
        timeout: u32,
        /// How the parameters are checked.
        params: Params,
        /// How the answer becomes `res`.
        res: Res,
    },
}

/// The parameters of a posted call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Params {
    /// Ignored; `{}` is posted.
    None,
    /// A message ([`crate::message`]).
    Message,
    /// Several messages.
    Messages,
    /// `userIds`, and `externalUserIds` or `chatId`.
    Chat,
    /// `urls` and `current`.
    Images,
}

/// The members of `res` besides `err_msg`, `errMsg` and `errCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Res {
    /// These members and no others. All are required. On failure they are there with the value `undefined`.
    Members(&'static [Member]),
    /// `{ data: { baseInfo } }`, required.
    BaseInfo,
    /// The chat, with its required id as `id` and as `Id`.
    Chat,
    /// `entry`: `single_chat_tools` or `group_chat_tools`.
    Entry,
    /// The host's object, or nothing.
    All,
}

/// A member of the host's answer: the host's name, the caller's name, and the kind that the value must have. The kind cannot be an object:
/// that would have to be copied, as `BaseInfo` is.
pub type Member = (&'static str, &'static str, Kind);

pub(crate) const fn local(name: &'static str, action: Action) -> Api {
    Api {
        name,
        action,
        #[cfg(not(target_arch = "wasm32"))]
        about: About {
            group: Group::Start,
            types: None,
        },
    }
}

pub(crate) const fn post(
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
    local(name, action)
}

#[cfg_attr(target_arch = "wasm32", allow(unused_mut, unused_variables))]
impl Api {
    /// Sets the group of the call.
    pub(crate) const fn of(mut self, group: Group) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.about.group = group;
        }
        self
    }

    /// Sets the types of the parameters and of the result, in TypeScript: each member with its sentence before it.
    pub(crate) const fn types(mut self, params: &'static str, result: &'static str) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.about.types = Some((params, result));
        }
        self
    }
}

const AN_ARRAY_OF_STRINGS: &str = "an array of strings";

/// The type of what comes with a code.
const BASE_INFO: &str = "{ /** What the console sends. */ data: { /** The open conversation, with a code. */ baseInfo: BaseInfo } }";

const NO_MEMBERS: Res = Res::Members(&[]);
const CONTACT: Res = Res::Members(&[("externalUserId", "userId", Kind::String)]);
const GROUP: Res = Res::Members(&[("chatId", "chatId", Kind::String)]);

/// All calls. `./build.sh generate` writes the lists in other files from these rows, and a test compares them.
#[rustfmt::skip]
pub const CATALOGUE: &[Api] = &[
    post("getCurExternalContact", "getCurExternalContact", TIMEOUT, Params::None, CONTACT)
        .of(Group::Conversation).types("NoParams", "{ /** The contact's WeCom id. */ userId: string }"),
    post("getCurExternalChat", "getCurExternalChat", TIMEOUT, Params::None, GROUP)
        .of(Group::Conversation).types("NoParams", "{ /** The group's WeCom id. */ chatId: string }"),
    post("getCurChatInfo", "getCurChatInfo", TIMEOUT, Params::None, Res::Chat)
        .of(Group::Conversation).types("NoParams", "ChatInfo"),
    post("getContext", "getCurChatInfo", TIMEOUT, Params::None, Res::Entry)
        .of(Group::Conversation).types("NoParams", "{ /** The kind of conversation, in WeCom's words. */ entry: 'single_chat_tools' | 'group_chat_tools' }"),
    post("sidebarAuth", "sidebarAuth", TIMEOUT, Params::None, Res::BaseInfo)
        .of(Group::Login).types("NoParams", BASE_INFO),
    post("sendChatMessage", "sendChatMessage", LONG_TIMEOUT, Params::Message, NO_MEMBERS)
        .of(Group::Messages).types("SendParams", "unknown"),
    post("sendMultiChatMessage", "sendMultiChatMessage", LONG_TIMEOUT, Params::Messages, NO_MEMBERS)
        .of(Group::Messages).types("readonly SendParams[] | { /** From 1 to 100 messages, in the order in which they are sent. */ messages: readonly SendParams[] }", "unknown"),
    post("openEnterpriseChat", "openEnterpriseChat", LONG_TIMEOUT, Params::Chat, Res::All)
        .of(Group::Windows).types("OpenEnterpriseChatParams", "OpenedChat"),
    post("previewImage", "previewImage", TIMEOUT, Params::Images, NO_MEMBERS)
        .of(Group::Windows).types("{ /** The addresses, at most 1,000. */ urls: readonly string[]; /** The first to show. */ current?: string | undefined }", "unknown"),
    local("updateBaseInfo", Action::Listen)
        .of(Group::News).types("{ /** Always `listen`. */ reqType: 'listen' }", BASE_INFO),
    local("config", Action::Accept).of(Group::Start).types("AnyParams", "unknown"),
    local("agentConfig", Action::Accept).of(Group::Start).types("AnyParams", "unknown"),
    local("checkJsApi", Action::Check)
        .of(Group::Start).types("{ /** The names of the calls. */ jsApiList: readonly string[] }", "{ /** Whether each call is available, by its name. */ checkResult: Record<string, boolean> }"),
    local("ready", Action::Ready).of(Group::Start),
    local("error", Action::Keep).of(Group::Start),
    local("on", Action::Subscribe).of(Group::News),
    local("off", Action::Unsubscribe).of(Group::News),
];

/// The names that SDKs use on the wire, each with the name that pages use. `@wecom/jssdk` spells one of them differently when it checks for
/// it.
pub const SDK_NAMES: [(&str, &str); 3] = [
    ("imagePreview", "previewImage"),
    ("preVerifyJSAPI", "config"),
    ("preVerifyJsApi", "config"),
];

/// Finds a call by its name, or by the name that WeChat's SDKs use on the wire.
pub fn find(name: &str) -> Option<&'static Action> {
    let name = web_name(name);
    let row = CATALOGUE.iter().find(|api| api.name == name);
    row.map(|api| &api.action)
}

/// The pages' name for an SDK's wire name; any other name unchanged.
pub fn web_name(name: &str) -> &str {
    let known = SDK_NAMES.iter().find(|(theirs, _)| *theirs == name);
    known.map_or(name, |(_, ours)| ours)
}

/// Checks a call's parameters and builds the plain object to post. `resolve` makes a URL absolute, relative to the page; it
/// returns `None` if the result is not http or https.
pub fn check_params<V: Value>(rule: Params, given: &V, resolve: fn(&V) -> Option<V>) -> Result<V> {
    match rule {
        Params::None => Ok(object::<V>()),
        Params::Message => check(given),
        Params::Messages => check_all(given),
        Params::Chat => chat(given),
        Params::Images => images(given, resolve),
    }
}

/// A warning if the call means something else in WeCom. `posted` is the object that the rule built from `given`. A getter that throws does
/// not fail the call, because the call does not use the member.
pub fn caution<V: Value>(rule: Params, given: &V, posted: &V) -> Option<&'static str> {
    // In WeCom a name asks for a new group. With `externalUserIds` an existing `chatId` is not opened either.
    let is_text = |of: &V, name| member(of, name).is_ok_and(|it| it.kind() == Kind::String);
    let named = matches!(rule, Params::Chat)
        && is_text(posted, "externalUserIds")
        && is_text(given, "groupName");
    named.then_some(
        "openEnterpriseChat: Juzi makes no group; it opens an existing chat, whose id is chatId",
    )
}

/// Checks the parameters of `updateBaseInfo`: `{ reqType: 'listen' }`.
pub fn listen<V: Value>(given: &V) -> Result<()> {
    if is(&member(given, "reqType")?, "listen") {
        return Ok(());
    }
    Err(Fault::expected(Path::Name("reqType"), "\"listen\""))
}

/// `checkResult` of `checkJsApi`: for each name, whether the catalogue has it.
pub fn check_js_api<V: Value>(given: &V) -> Result<V> {
    let list = member(given, "jsApiList")?;
    let mut result = object::<V>();
    for index in 0..list_length(&list, "jsApiList", AN_ARRAY_OF_STRINGS, MOST_NAMES)? {
        let name = item(&list, index)?;
        let Some(name) = name.string(usize::MAX) else {
            return Err(Fault::expected(Path::Item("jsApiList", index), "a string"));
        };
        result = result.with(&name, find(&name).is_some().into());
    }
    Ok(result)
}

fn chat<V: Value>(given: &V) -> Result<V> {
    let mut user_ids = optional_string(given, "userIds")?;
    if user_ids.kind() != Kind::String {
        // The name that WeChat's SDKs use on the wire.
        user_ids = optional_string(given, "useridlist")?;
    }
    if user_ids.kind() != Kind::String {
        return Err(Fault::required("userIds"));
    }
    let contact = optional_string(given, "externalUserIds")?;
    let chat = optional_string(given, "chatId")?;
    let (name, id) = match (contact.kind(), chat.kind()) {
        (Kind::String, _) => ("externalUserIds", contact),
        (_, Kind::String) => ("chatId", chat),
        _ => {
            let path = Path::Either("externalUserIds", "chatId");
            return Err(Box::new(Fault::Required(path)));
        }
    };
    Ok(object::<V>().with("userIds", user_ids).with(name, id))
}

fn images<V: Value>(given: &V, resolve: fn(&V) -> Option<V>) -> Result<V> {
    let list = member(given, "urls")?;
    let mut urls = V::list();
    let mut current = V::default();
    for index in 0..list_length(&list, "urls", AN_ARRAY_OF_STRINGS, MOST_URLS)? {
        let url = web_url(&item(&list, index)?, resolve, Path::Item("urls", index))?;
        if index == 0 {
            current = url.clone();
        }
        urls.push(url);
    }
    if current.kind() == Kind::Missing {
        return Err(Fault::empty(Path::Name("urls")));
    }
    let named = member(given, "current")?;
    if !named.kind().is_blank() {
        current = web_url(&named, resolve, Path::Name("current"))?;
    }
    Ok(object_of("urls current", urls, current))
}

fn web_url<V: Value>(url: &V, resolve: fn(&V) -> Option<V>, path: Path) -> Result<V> {
    match url.kind() {
        Kind::String => resolve(url).ok_or_else(|| Fault::expected(path, "an http or https URL")),
        Kind::Missing | Kind::Empty => Err(Fault::empty(path)),
        _ => Err(Fault::expected(path, "a string")),
    }
}

/// The end of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<V> {
    /// Whether it succeeded.
    pub ok: bool,
    /// The argument of its callbacks.
    pub res: V,
}

/// Success of a call made by the name `called`.
pub fn succeed<V: Value>(called: &str, res: V) -> Outcome<V> {
    finish_as(called, true, res, ":ok")
}

/// Failure of a call made by the name `called`.
pub fn fail<V: Value>(called: &str, fault: &Fault) -> Outcome<V> {
    let reason = fault.reason();
    let res = of_failure(called);
    if fault.is_bare() {
        let text = V::from(reason.as_str());
        return finish(false, res, text.clone(), text);
    }
    finish_as(called, false, res, &join(&[":fail ", &reason]))
}

/// Adds `err_msg` with the name by which the call was made, and `errMsg` with the pages' name for it. They differ only for an
/// SDK's wire names: SDKs pass `errMsg` on to the page.
fn finish_as<V: Value>(called: &str, ok: bool, res: V, tail: &str) -> Outcome<V> {
    let text = V::from(join(&[called, tail]).as_str());
    let web = web_name(called);
    if web == called {
        return finish(ok, res, text.clone(), text);
    }
    finish(ok, res, text, V::from(join(&[web, tail]).as_str()))
}

/// Adds what every `res` has.
fn finish<V: Value>(ok: bool, res: V, err_msg: V, err_msg_for_page: V) -> Outcome<V> {
    let code = if ok { 0 } else { -1 };
    let res = res.with_all(
        "err_msg errMsg errCode",
        [err_msg, err_msg_for_page, code.into()],
    );
    Outcome { ok, res }
}

/// `res` of a failed call, before `err_msg` is added.
fn of_failure<V: Value>(called: &str) -> V {
    match find(called) {
        Some(Action::Post { res, .. }) => res.of_failure(),
        _ => object::<V>(),
    }
}

impl Res {
    /// `res` of a failed call, before `err_msg` is added.
    pub fn of_failure<V: Value>(self) -> V {
        match self {
            Self::Members(members) => {
                let mut res = object::<V>();
                for (_, name, _) in members {
                    res = res.with(name, V::default());
                }
                res
            }
            _ => object::<V>(),
        }
    }

    /// The end of a call made by the name `called`, from the host's answer.
    pub fn outcome<V: Value>(self, called: &str, answer: &Answer<V>) -> Outcome<V> {
        if let Some(err_msg) = &answer.failure {
            return self.fail_as_host(called, answer, err_msg);
        }
        match self.success(&answer.data) {
            Some(res) => succeed(called, res),
            None => finish_as(called, false, self.of_failure(), ":fail"),
        }
    }

    /// Failure with the host's `err_msg`: unchanged if the host uses the caller's name for the call, else under the caller's name.
    fn fail_as_host<V: Value>(self, called: &str, answer: &Answer<V>, err_msg: &V) -> Outcome<V> {
        let res = self.of_failure();
        if err_msg.kind() != Kind::String {
            return finish_as(called, false, res, ":fail");
        }
        if answer.api == called {
            return finish(false, res, err_msg.clone(), err_msg.clone());
        }
        let text = string_of(err_msg);
        let reason = after_fail(&text).unwrap_or(&text).trim_ascii();
        if reason.is_empty() {
            return finish_as(called, false, res, ":fail");
        }
        finish_as(called, false, res, &join(&[":fail ", reason]))
    }

    /// `res` of a successful call; `None` if the answer lacks what is required.
    fn success<V: Value>(self, data: &V) -> Option<V> {
        Some(match self {
            Self::Members(members) => {
                let mut res = object::<V>();
                for (theirs, ours, kind) in members {
                    let value = data.own(theirs);
                    if value.kind() != *kind {
                        return None;
                    }
                    res = res.with(ours, value);
                }
                res
            }
            Self::BaseInfo => {
                let info = plain(&data.own("baseInfo"))?;
                object::<V>().with("data", object::<V>().with("baseInfo", info))
            }
            Self::Chat => {
                let res = plain(data)?;
                let mut id = res.own("id");
                if id.kind() == Kind::Missing {
                    id = res.own("Id");
                }
                if id.kind() == Kind::Missing {
                    return None;
                }
                res.with("id", id.clone()).with("Id", id)
            }
            Self::Entry => {
                let entry = match data.own("type").number() {
                    0.0 => "single_chat_tools",
                    1.0 => "group_chat_tools",
                    _ => return None,
                };
                object::<V>().with("entry", entry.into())
            }
            Self::All if data.kind() == Kind::Missing => object::<V>(),
            Self::All => plain(data)?,
        })
    }
}

/// A copy of a plain object; `None` for anything else, such as a `Map` or a `Date`.
fn plain<V: Value>(value: &V) -> Option<V> {
    let copy = match value.kind() {
        Kind::Object => value.copy(),
        _ => return None,
    };
    (copy.kind() == Kind::Object).then_some(copy)
}

/// The part of a host's `err_msg` after the first `:fail`.
fn after_fail(text: &str) -> Option<&str> {
    let at = text
        .as_bytes()
        .windows(5)
        .position(|part| part == b":fail")?;
    text.get(at + 5..)
}

/// The `res` of `updateBaseInfo` for a push; `None` if the push has no `baseInfo`.
pub fn push<V: Value>(answer: &Answer<V>) -> Option<Outcome<V>> {
    let res = Res::BaseInfo.success(&answer.data)?;
    Some(succeed("updateBaseInfo", res))
}

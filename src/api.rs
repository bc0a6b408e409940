//! The catalogue: one row for each call (spec section 4).
//!
//! A row says what a call is named, where it is answered, how its parameters are checked and how the host's answer becomes the
//! caller's `res`. Adding a call is a row here, its name in the table of atoms and its type in the package's `.d.ts`.

use crate::atoms::{
    A_STRING, A_WEB_URL, AGENT_CONFIG, AN_ARRAY_OF_STRINGS, AT_MOST_NAMES, AT_MOST_URLS, Atom,
    BASE_INFO, CHAT_ID, CHECK_JS_API, CHECK_RESULT, CONFIG, CURRENT, DATA, ENTRY, ERR_CODE,
    ERR_MSG, ERR_MSG_JWEIXIN, ERROR, EXTERNAL_USER_ID, EXTERNAL_USER_IDS, FAIL, FAIL_BECAUSE,
    GET_CONTEXT, GET_CUR_CHAT_INFO, GET_CUR_EXTERNAL_CHAT, GET_CUR_EXTERNAL_CONTACT,
    GROUP_CHAT_TOOLS, ID, ID_DOCUMENTED, IMAGE_PREVIEW, JS_API_LIST, LISTEN, LISTEN_QUOTED, OFF,
    OK_SUFFIX, ON, OPEN_ENTERPRISE_CHAT, PRE_VERIFY_JS_API, PRE_VERIFY_JS_API_ASKED, PREVIEW_IMAGE,
    READY, REQ_TYPE, SEND_CHAT_MESSAGE, SEND_MULTI_CHAT_MESSAGE, SIDEBAR_AUTH, SINGLE_CHAT_TOOLS,
    TYPE, UPDATE_BASE_INFO, URLS, USER_ID, USER_ID_LIST, USER_IDS,
};
use crate::error::{Fault, InMessage, Path};
use crate::message;
use crate::value::{Kind, Value};
use crate::wire::Answer;

/// Milliseconds until an unanswered call fails.
pub const TIMEOUT: u32 = 10_000;
/// The same for calls that a user must not be told to repeat too soon.
pub const LONG_TIMEOUT: u32 = 60_000;
/// The most URLs or names in a list: the length is the caller's word, and a list without end would keep the page waiting.
pub const MOST_ITEMS: u32 = 1_000;

/// One row of the catalogue.
///
/// ```
/// use juzi_helper::{api::{self, Action}, atoms};
///
/// let row = api::find(atoms::CONFIG).unwrap();
/// assert_eq!((row.name.text(), row.action), ("config", Action::Accept));
/// ```
#[derive(Debug)]
pub struct Api {
    /// What callers call it.
    pub name: Atom,
    /// How it is answered.
    pub action: Action,
}

/// Who answers a call.
///
/// ```
/// use juzi_helper::{api::{self, Action, Params}, atoms};
///
/// let row = api::find(atoms::SEND_CHAT_MESSAGE).unwrap();
/// assert!(matches!(row.action, Action::Post { timeout: api::LONG_TIMEOUT, params: Params::Message, .. }));
/// ```
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
        wire: Atom,
        /// Milliseconds until it fails.
        timeout: u32,
        /// How the parameters are checked and built.
        params: Params,
        /// How the answer becomes `res`.
        res: Res,
    },
}

/// The parameters of a posted call.
///
/// ```
/// use juzi_helper::{api::{self, Action, Params}, atoms};
///
/// let rule = |name| match api::find(name).unwrap().action {
///     Action::Post { params, .. } => Some(params),
///     _ => None,
/// };
/// assert_eq!(rule(atoms::PREVIEW_IMAGE), Some(Params::Images));
/// assert_eq!(rule(atoms::UPDATE_BASE_INFO), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Params {
    /// None are looked at; `{}` is posted.
    None,
    /// A `SendParams` of [`message`].
    Message,
    /// Several of them.
    Messages,
    /// `userIds`, and `externalUserIds` or `chatId`.
    Chat,
    /// `urls` and `current`.
    Images,
}

/// What `res` carries beside `err_msg`.
///
/// ```
/// use juzi_helper::api::Res;
/// use serde_json::json;
///
/// // What a call that failed has beside its texts.
/// assert_eq!(Res::Nothing.of_failure::<serde_json::Value>(), json!({}));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Res {
    /// Nothing.
    Nothing,
    /// One id, which must be there; the host's name for it and the caller's. The caller's is there on failure too, undefined.
    Id(Atom, Atom),
    /// `{ data: { baseInfo } }`, which must be there.
    BaseInfo,
    /// The chat, which must be there; its id under both spellings.
    Chat,
    /// Whether the chat is a single or a group chat.
    Entry,
    /// Whatever the host returns.
    All,
}

const fn local(name: Atom, action: Action) -> Api {
    Api { name, action }
}

const fn post(name: Atom, timeout: u32, params: Params, res: Res) -> Api {
    Api {
        name,
        action: Action::Post {
            wire: name,
            timeout,
            params,
            res,
        },
    }
}

/// Every call there is. The test suite compares this with the package's `.d.ts`.
pub const CATALOGUE: &[Api] = &[
    post(
        GET_CUR_EXTERNAL_CONTACT,
        TIMEOUT,
        Params::None,
        Res::Id(EXTERNAL_USER_ID, USER_ID),
    ),
    post(
        GET_CUR_EXTERNAL_CHAT,
        TIMEOUT,
        Params::None,
        Res::Id(CHAT_ID, CHAT_ID),
    ),
    post(GET_CUR_CHAT_INFO, TIMEOUT, Params::None, Res::Chat),
    Api {
        name: GET_CONTEXT,
        action: Action::Post {
            wire: GET_CUR_CHAT_INFO,
            timeout: TIMEOUT,
            params: Params::None,
            res: Res::Entry,
        },
    },
    post(SIDEBAR_AUTH, TIMEOUT, Params::None, Res::BaseInfo),
    post(
        SEND_CHAT_MESSAGE,
        LONG_TIMEOUT,
        Params::Message,
        Res::Nothing,
    ),
    post(
        SEND_MULTI_CHAT_MESSAGE,
        LONG_TIMEOUT,
        Params::Messages,
        Res::Nothing,
    ),
    post(OPEN_ENTERPRISE_CHAT, LONG_TIMEOUT, Params::Chat, Res::All),
    post(PREVIEW_IMAGE, TIMEOUT, Params::Images, Res::Nothing),
    local(UPDATE_BASE_INFO, Action::Listen),
    local(CONFIG, Action::Accept),
    local(AGENT_CONFIG, Action::Accept),
    local(CHECK_JS_API, Action::Check),
    local(READY, Action::Ready),
    local(ERROR, Action::Keep),
    local(ON, Action::Subscribe),
    local(OFF, Action::Unsubscribe),
];

/// The first call of the catalogue. The table of atoms has the names of all in the same order, so a name says which row is its.
pub(crate) const FIRST: Atom = GET_CUR_EXTERNAL_CONTACT;
/// The last one.
pub(crate) const LAST: Atom = OFF;

// Runs in the compiler only.
#[allow(clippy::indexing_slicing)]
const _: () = {
    let mut row = 0;
    while row < CATALOGUE.len() {
        assert!(
            CATALOGUE[row].name.index() == FIRST.index() + row,
            "the names of the calls are in another order in atoms.rs"
        );
        row += 1;
    }
    assert!(
        LAST.index() + 1 == FIRST.index() + row,
        "LAST is another one"
    );
};

/// The row of a call, by its name or by the name that WeChat's SDKs give it on the wire.
///
/// ```
/// use juzi_helper::{api, atoms};
/// let row = api::find(atoms::IMAGE_PREVIEW).map(|api| api.name);
/// assert_eq!(row, Some(atoms::PREVIEW_IMAGE));
/// ```
#[must_use]
pub fn find(name: Atom) -> Option<&'static Api> {
    let place = web_name(name).index().checked_sub(FIRST.index());
    place.and_then(|place| CATALOGUE.get(place))
}

/// The name that pages know for a name of the SDKs' own.
///
/// ```
/// use juzi_helper::{api, atoms};
/// assert_eq!(api::web_name(atoms::PRE_VERIFY_JS_API), atoms::CONFIG);
/// assert_eq!(api::web_name(atoms::CONFIG), atoms::CONFIG);
/// ```
#[must_use]
pub fn web_name(name: Atom) -> Atom {
    match name {
        IMAGE_PREVIEW => PREVIEW_IMAGE,
        PRE_VERIFY_JS_API | PRE_VERIFY_JS_API_ASKED => CONFIG,
        name => name,
    }
}

/// What the core cannot do without a page.
///
/// ```
/// use juzi_helper::api::{Page, Params, params};
/// use serde_json::{Value, json};
///
/// /// A page at `https://page.example/`.
/// struct Example;
/// impl Page<Value> for Example {
///     fn resolve(&self, url: &Value) -> Option<Value> {
///         let base = url::Url::parse("https://page.example/").ok()?;
///         let url = base.join(url.as_str()?).ok()?;
///         matches!(url.scheme(), "http" | "https").then(|| url.as_str().into())
///     }
/// }
///
/// let posted = params(Params::Images, &json!({ "urls": ["/cat.png"] }), &Example)?;
/// let cat = "https://page.example/cat.png";
/// assert_eq!(posted, json!({ "urls": [cat], "current": cat }));
/// # Ok::<(), juzi_helper::error::InMessage<Value>>(())
/// ```
pub trait Page<V> {
    /// The URL, resolved against the page's; `None` where it does not come out http or https.
    ///
    /// ```
    /// use juzi_helper::api::{Page, Params, params};
    /// use serde_json::{Value, json};
    ///
    /// /// A page that takes no address.
    /// struct Nowhere;
    /// impl Page<Value> for Nowhere {
    ///     fn resolve(&self, _: &Value) -> Option<Value> {
    ///         None
    ///     }
    /// }
    ///
    /// let fault = params(Params::Images, &json!({ "urls": ["javascript:0"] }), &Nowhere).unwrap_err();
    /// assert_eq!(fault.reason(), "urls[0] must be an http or https URL");
    /// ```
    fn resolve(&self, url: &V) -> Option<V>;
}

/// Checks a call's parameters and builds the plain object to post.
///
/// ```
/// use juzi_helper::api::{Page, Params, params};
/// use serde_json::{Value, json};
/// # struct Example;
/// # impl Page<Value> for Example {
/// #     fn resolve(&self, url: &Value) -> Option<Value> { Some(url.clone()) }
/// # }
///
/// // `Example` is a `Page`. The group is not sent: a contact wins over it.
/// let given = json!({ "userIds": "lin", "externalUserIds": "wmA", "chatId": "wrB" });
/// let posted = params(Params::Chat, &given, &Example)?;
/// assert_eq!(posted, json!({ "userIds": "lin", "externalUserIds": "wmA" }));
///
/// let fault = params(Params::Chat, &json!({ "chatId": "wrB" }), &Example).unwrap_err();
/// assert_eq!(fault.reason(), "userIds is required");
/// # Ok::<(), juzi_helper::error::InMessage<Value>>(())
/// ```
///
/// # Errors
/// The first fault; nothing has been posted then.
pub fn params<V: Value>(rule: Params, given: &V, page: &impl Page<V>) -> Result<V, InMessage<V>> {
    match rule {
        Params::None => Ok(V::record()),
        Params::Message => Ok(message::check(given)?),
        Params::Messages => message::check_all(given),
        Params::Chat => Ok(chat(given)?),
        Params::Images => Ok(images(given, page)?),
    }
}

/// Checks the parameters of `updateBaseInfo`: `{ reqType: 'listen' }`.
///
/// ```
/// use juzi_helper::api::listen;
/// use serde_json::json;
///
/// assert!(listen(&json!({ "reqType": "listen" })).is_ok());
/// assert_eq!(listen(&json!({})).unwrap_err().reason(), "reqType must be \"listen\"");
/// ```
///
/// # Errors
/// What is wrong with `reqType`.
pub fn listen<V: Value>(given: &V) -> Result<(), Fault<V>> {
    if member(given, REQ_TYPE)?.is(LISTEN) {
        return Ok(());
    }
    Err(Fault::Expected(Path::Name(REQ_TYPE), LISTEN_QUOTED))
}

/// The answer of `checkJsApi`: for each name asked about, whether the catalogue has it.
///
/// ```
/// use juzi_helper::api::check_js_api;
/// use serde_json::json;
///
/// let res = check_js_api(&json!({ "jsApiList": ["sendChatMessage", "hideMenuItems"] }))?;
/// assert_eq!(res, json!({ "checkResult": { "sendChatMessage": true, "hideMenuItems": false } }));
/// # Ok::<(), juzi_helper::error::Fault<serde_json::Value>>(())
/// ```
///
/// # Errors
/// What is wrong with `jsApiList`.
pub fn check_js_api<V: Value>(given: &V) -> Result<V, Fault<V>> {
    let list = member(given, JS_API_LIST)?;
    match list.kind() {
        Kind::List => {}
        Kind::Missing => return Err(Fault::Required(Path::Name(JS_API_LIST))),
        _ => {
            return Err(Fault::Expected(
                Path::Name(JS_API_LIST),
                AN_ARRAY_OF_STRINGS,
            ));
        }
    }
    let length = list.len()?;
    if length > MOST_ITEMS {
        return Err(Fault::Expected(Path::Name(JS_API_LIST), AT_MOST_NAMES));
    }
    let mut result = V::record();
    for index in 0..length {
        let name = list.item(index)?;
        if !name.is_text() {
            return Err(Fault::Expected(Path::Item(JS_API_LIST, index), A_STRING));
        }
        let known = name.which().and_then(find).is_some();
        result.set_named(&name, V::boolean(known));
    }
    Ok(V::object([(CHECK_RESULT, result)]))
}

fn chat<V: Value>(given: &V) -> Result<V, Fault<V>> {
    // WeChat's SDKs spell it their own way on the wire.
    let user_ids = match optional_text(given, USER_IDS)? {
        None => optional_text(given, USER_ID_LIST)?,
        given => given,
    };
    let Some(user_ids) = user_ids else {
        return Err(Fault::Required(Path::Name(USER_IDS)));
    };
    let contact = optional_text(given, EXTERNAL_USER_IDS)?;
    let chat = optional_text(given, CHAT_ID)?;
    let with = match (contact, chat) {
        (Some(contact), _) => (EXTERNAL_USER_IDS, contact),
        (None, Some(chat)) => (CHAT_ID, chat),
        (None, None) => return Err(Fault::Required(Path::Either(EXTERNAL_USER_IDS, CHAT_ID))),
    };
    Ok(V::object([(USER_IDS, user_ids), with]))
}

fn images<V: Value>(given: &V, page: &impl Page<V>) -> Result<V, Fault<V>> {
    let list = member(given, URLS)?;
    match list.kind() {
        Kind::List => {}
        Kind::Missing => return Err(Fault::Required(Path::Name(URLS))),
        _ => {
            return Err(Fault::Expected(Path::Name(URLS), AN_ARRAY_OF_STRINGS));
        }
    }
    let length = list.len()?;
    if length > MOST_ITEMS {
        return Err(Fault::Expected(Path::Name(URLS), AT_MOST_URLS));
    }
    let mut urls = V::list();
    let mut first = None;
    for index in 0..length {
        let url = web_url(&list.item(index)?, page, Path::Item(URLS, index))?;
        first.get_or_insert_with(|| url.clone());
        urls.push(url);
    }
    let Some(first) = first else {
        return Err(Fault::Empty(Path::Name(URLS)));
    };
    let current = member(given, CURRENT)?;
    let current = if current.is_blank() {
        first
    } else {
        web_url(&current, page, Path::Name(CURRENT))?
    };
    Ok(V::object([(URLS, urls), (CURRENT, current)]))
}

fn web_url<V: Value>(url: &V, page: &impl Page<V>, path: Path) -> Result<V, Fault<V>> {
    match url.kind() {
        Kind::Text => page
            .resolve(url)
            .ok_or_else(|| Fault::Expected(path, A_WEB_URL)),
        Kind::Missing | Kind::Empty => Err(Fault::Empty(path)),
        _ => Err(Fault::Expected(path, A_STRING)),
    }
}

/// A member of the parameters; of parameters that are no object, nothing.
fn member<V: Value>(given: &V, name: Atom) -> Result<V, Fault<V>> {
    match given.kind() {
        Kind::Object => Ok(given.get(name)?),
        _ => Ok(V::missing()),
    }
}

/// A text that may be left out; an empty one counts as left out.
fn optional_text<V: Value>(given: &V, name: Atom) -> Result<Option<V>, Fault<V>> {
    let value = member(given, name)?;
    match value.kind() {
        Kind::Missing | Kind::Empty => Ok(None),
        Kind::Text => Ok(Some(value)),
        _ => Err(Fault::Expected(Path::Name(name), A_STRING)),
    }
}

/// How a call ended: whether it succeeded, and what its callbacks get.
///
/// ```
/// use juzi_helper::api::{Label, Outcome};
/// use serde_json::json;
///
/// let Outcome { ok, res } = Label::new(json!("config")).succeed(json!({}));
/// assert!(ok);
/// assert_eq!(res, json!({ "err_msg": "config:ok", "errMsg": "config:ok", "errCode": 0 }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<V> {
    /// Which of `success` and `fail` it is.
    pub ok: bool,
    /// What they get.
    pub res: V,
}

/// The names under which a call is answered.
///
/// They differ only for an SDK's wire names: `err_msg` is under the name it was called by, and `errMsg`, which is what those
/// SDKs hand on to the page, under the page's name.
///
/// ```
/// use juzi_helper::api::Label;
/// use serde_json::json;
///
/// let res = Label::new(json!("imagePreview")).succeed(json!({})).res;
/// assert_eq!((&res["err_msg"], &res["errMsg"]), (&json!("imagePreview:ok"), &json!("previewImage:ok")));
/// ```
#[derive(Clone, Debug)]
pub struct Label<V> {
    called: V,
    web: Option<V>,
}

impl<V: Value> Label<V> {
    /// The names for a call made by `called`.
    ///
    /// ```
    /// use juzi_helper::api::Label;
    /// use serde_json::json;
    /// assert_eq!(Label::new(json!("config")).succeed(json!({})).res["errMsg"], json!("config:ok"));
    /// ```
    #[must_use]
    pub fn new(called: V) -> Self {
        let web = called
            .which()
            .filter(|atom| web_name(*atom) != *atom)
            .map(|atom| V::atom(web_name(atom)));
        Self { called, web }
    }

    /// Success, with what `res` carries.
    ///
    /// ```
    /// use juzi_helper::api::Label;
    /// use serde_json::json;
    ///
    /// let outcome = Label::new(json!("getCurExternalChat")).succeed(json!({ "chatId": "wrB" }));
    /// assert_eq!(outcome.res["chatId"], json!("wrB"));
    /// assert_eq!(outcome.res["err_msg"], json!("getCurExternalChat:ok"));
    /// ```
    #[must_use]
    pub fn succeed(&self, res: V) -> Outcome<V> {
        self.under_both(true, res, &V::atom(OK_SUFFIX))
    }

    /// Failure for a reason of our own.
    ///
    /// ```
    /// use juzi_helper::{api::Label, error::Fault};
    /// use serde_json::json;
    ///
    /// let outcome = Label::new(json!("sendChatMessage")).fail(json!({}), Fault::Timeout);
    /// assert_eq!(outcome.res["err_msg"], json!("sendChatMessage:fail timeout"));
    /// assert_eq!(outcome.res["errCode"], json!(-1));
    /// ```
    #[must_use]
    pub fn fail(&self, res: V, fault: impl Into<InMessage<V>>) -> Outcome<V> {
        let fault = fault.into();
        let reason = fault.render();
        if fault.is_bare() {
            return self.fail_with(res, &reason);
        }
        self.under_both(false, res, &V::atom(FAIL_BECAUSE).concat(&reason))
    }

    /// Failure that nobody gave a reason for.
    ///
    /// ```
    /// use juzi_helper::api::Label;
    /// use serde_json::json;
    ///
    /// let outcome = Label::new(json!("sidebarAuth")).fail_bare(json!({}));
    /// assert_eq!(outcome.res["err_msg"], json!("sidebarAuth:fail"));
    /// ```
    #[must_use]
    pub fn fail_bare(&self, res: V) -> Outcome<V> {
        self.under_both(false, res, &V::atom(FAIL))
    }

    /// Failure with a text that stands alone.
    fn fail_with(&self, res: V, text: &V) -> Outcome<V> {
        finish(false, res, text.clone(), text.clone())
    }

    /// Failure with the host's text: as it is where the host knows the call by the caller's name, else under that name.
    fn fail_as_host(&self, res: V, answer: &Answer<V>, text: &V) -> Outcome<V> {
        if text.kind() != Kind::Text {
            return self.fail_bare(res);
        }
        if self.called.which() == answer.api.which() {
            return self.fail_with(res, text);
        }
        match text.after(FAIL) {
            reason if reason.is_blank() => self.fail_bare(res),
            reason => self.fail(res, Fault::Thrown(reason)),
        }
    }

    fn under_both(&self, ok: bool, res: V, tail: &V) -> Outcome<V> {
        let called = self.called.concat(tail);
        let web = match &self.web {
            Some(web) => web.concat(tail),
            None => called.clone(),
        };
        finish(ok, res, called, web)
    }
}

/// Adds what every `res` carries; a missing one carries nothing else.
fn finish<V: Value>(ok: bool, mut res: V, called: V, web: V) -> Outcome<V> {
    let members = [
        (ERR_MSG, called),
        (ERR_MSG_JWEIXIN, web),
        (ERR_CODE, V::number(if ok { 0 } else { -1 })),
    ];
    if res.is_missing() {
        res = V::object(members);
    } else {
        res.set(members);
    }
    Outcome { ok, res }
}

impl Res {
    /// `res` of a call that failed, before its texts are added.
    ///
    /// ```
    /// use juzi_helper::{api::Res, atoms};
    /// use serde_json::json;
    ///
    /// // `undefined` in the browser.
    /// let res: serde_json::Value = Res::Id(atoms::CHAT_ID, atoms::CHAT_ID).of_failure();
    /// assert_eq!(res, json!({ "chatId": null }));
    /// ```
    #[must_use]
    pub fn of_failure<V: Value>(self) -> V {
        match self {
            Self::Id(_, name) => V::object([(name, V::missing())]),
            _ => V::record(),
        }
    }

    /// Turns the host's answer into the caller's `res`.
    ///
    /// ```
    /// use juzi_helper::{api::{Label, Res}, atoms, wire};
    /// use serde_json::json;
    ///
    /// let answer = json!({ "reqId": "7", "api": "getCurExternalContact", "data": { "externalUserId": "wmA" } });
    /// let answer = wire::read(&answer).unwrap();
    /// let res = Res::Id(atoms::EXTERNAL_USER_ID, atoms::USER_ID);
    /// let outcome = res.read(&Label::new(json!("getCurExternalContact")), &answer);
    /// assert_eq!((outcome.ok, &outcome.res["userId"]), (true, &json!("wmA")));
    /// ```
    #[must_use]
    pub fn read<V: Value>(self, label: &Label<V>, answer: &Answer<V>) -> Outcome<V> {
        if let Some(text) = &answer.failure {
            return label.fail_as_host(self.of_failure(), answer, text);
        }
        match self.success(&answer.data) {
            Some(res) => label.succeed(res),
            None => label.fail_bare(self.of_failure()),
        }
    }

    /// What `res` carries, where the answer has what it must have.
    fn success<V: Value>(self, data: &V) -> Option<V> {
        let member = |name: Atom| match data.kind() {
            Kind::Object => data.own(name).ok(),
            _ => None,
        };
        let copied = |value: &V| match value.kind() {
            Kind::Object => Some(value.copy()).filter(|copy| !copy.is_missing()),
            _ => None,
        };
        Some(match self {
            Self::Nothing => V::missing(),
            Self::Id(theirs, ours) => {
                let id = member(theirs).filter(|id| id.kind() == Kind::Text)?;
                V::object([(ours, id)])
            }
            Self::BaseInfo => {
                let info = member(BASE_INFO).and_then(|info| copied(&info))?;
                V::object([(DATA, V::object([(BASE_INFO, info)]))])
            }
            Self::Chat => {
                let mut res = copied(data)?;
                let id = member(ID).filter(|id| !id.is_missing());
                let id = id.or_else(|| member(ID_DOCUMENTED).filter(|id| !id.is_missing()))?;
                res.set([(ID, id.clone()), (ID_DOCUMENTED, id)]);
                res
            }
            Self::Entry => {
                let entry = match member(TYPE)?.to_number() {
                    Some(0.0) => SINGLE_CHAT_TOOLS,
                    Some(1.0) => GROUP_CHAT_TOOLS,
                    _ => return None,
                };
                V::object([(ENTRY, V::atom(entry))])
            }
            Self::All if data.is_missing() => V::record(),
            Self::All => copied(data)?,
        })
    }
}

/// `updateBaseInfo`'s `res` for a push; `None` where the push carries no `baseInfo`.
///
/// ```
/// use juzi_helper::{api::{self, Label}, wire};
/// use serde_json::json;
///
/// let push = json!({ "api": "updateBaseInfo", "data": { "baseInfo": { "juziChatId": "c1" } } });
/// let outcome = api::push(&Label::new(json!("updateBaseInfo")), &wire::read(&push).unwrap()).unwrap();
/// assert_eq!(outcome.res["data"]["baseInfo"]["juziChatId"], json!("c1"));
/// ```
#[must_use]
pub fn push<V: Value>(label: &Label<V>, answer: &Answer<V>) -> Option<Outcome<V>> {
    Some(label.succeed(Res::BaseInfo.success(&answer.data)?))
}

//! Every property name, API name and fixed text that crosses the boundary, as one small number each.
//!
//! A string costs a decode and an allocation each time it goes from WebAssembly to JavaScript. The shell therefore makes
//! each of these once, when it starts, and the core speaks of them by [`Atom`]. It also makes one call enough to ask
//! "which of the names we know is this?", where comparing texts would copy them into WebAssembly first.
//!
//! This module knows no rules: what a name is for stands in [`crate::api`], [`crate::message`] and [`crate::wire`].

/// One of the texts of the table in this module.
///
/// ```
/// use juzi_helper::atoms::{Atom, SEND_CHAT_MESSAGE};
///
/// assert_eq!(SEND_CHAT_MESSAGE.text(), "sendChatMessage");
/// assert_eq!(Atom::find("sendChatMessage"), Some(SEND_CHAT_MESSAGE));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom(u8);

impl Atom {
    /// The text itself.
    ///
    /// ```
    /// assert_eq!(juzi_helper::atoms::MSGTYPE.text(), "msgtype");
    /// ```
    #[must_use]
    pub fn text(self) -> &'static str {
        let start = STARTS.get(self.index()).copied().unwrap_or_default();
        let next = STARTS.get(self.index() + 1).copied().unwrap_or_default();
        let line = LINES.get(usize::from(start)..usize::from(next).wrapping_sub(1));
        line.unwrap_or_default()
    }

    /// Its line in [`LINES`], counted from 0.
    ///
    /// ```
    /// use juzi_helper::atoms::{LINES, URL};
    /// assert_eq!(LINES.lines().nth(URL.index()), Some("url"));
    /// ```
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The atom of a line in [`LINES`], if there is one.
    ///
    /// ```
    /// use juzi_helper::atoms::{Atom, COUNT, TEXT};
    /// assert_eq!(Atom::at(0), Some(TEXT));
    /// assert_eq!(Atom::at(COUNT), None);
    /// ```
    #[must_use]
    pub fn at(index: usize) -> Option<Self> {
        let index = u8::try_from(index).ok()?;
        (usize::from(index) < COUNT).then_some(Self(index))
    }

    /// The atom with this text, if there is one.
    ///
    /// ```
    /// use juzi_helper::atoms::{Atom, TEXT};
    /// assert_eq!(Atom::find("text"), Some(TEXT));
    /// assert_eq!(Atom::find("nothing of the kind"), None);
    /// ```
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        LINES
            .lines()
            .position(|known| known == text)
            .and_then(Self::at)
    }
}

macro_rules! atoms {
    ($($name:ident = $text:expr,)*) => {
        /// Counts the table's lines.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u8)]
        enum Line {
            $($name),*
        }
        $(
            #[doc = concat!("`", $text, "`")]
            pub const $name: Atom = Atom(Line::$name as u8);
        )*
        /// All of them, in the order of their numbers, a line each: how they cross the boundary.
        pub const LINES: &str = concat!($($text, "\n"),*);
        /// How many there are.
        pub const COUNT: usize = [$($text),*].len();
    };
}

/// Where each line starts, and where one after the last would.
static STARTS: [u16; COUNT + 1] = starts();

// Runs in the compiler only, which checks the indices and that the table is not too long.
#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation)]
const fn starts() -> [u16; COUNT + 1] {
    assert!(LINES.len() <= u16::MAX as usize);
    let mut starts = [0; COUNT + 1];
    let (mut line, mut at) = (1, 0);
    while at < LINES.len() {
        if LINES.as_bytes()[at] == b'\n' {
            starts[line] = at as u16 + 1;
            line += 1;
        }
        at += 1;
    }
    starts
}

atoms! {
    // The six message types come first and in the specification's order: error texts list them from here.
    TEXT = "text",
    IMAGE = "image",
    VIDEO = "video",
    FILE = "file",
    NEWS = "news",
    MINIPROGRAM = "miniprogram",
    // Members of messages.
    MSGTYPE = "msgtype",
    CONTENT = "content",
    URL = "url",
    TITLE = "title",
    LINK = "link",
    DESC = "desc",
    IMG_URL = "imgUrl",
    APPID = "appid",
    PAGE = "page",
    ICON_URL = "iconUrl",
    OFFICIAL_ACCOUNT_ID = "officialAccountId",
    MESSAGES = "messages",
    // What stands in WeCom's form of a message where Juzi has a URL.
    MEDIAID = "mediaid",
    // The calls, in the catalogue's order (api.rs).
    GET_CUR_EXTERNAL_CONTACT = "getCurExternalContact",
    GET_CUR_EXTERNAL_CHAT = "getCurExternalChat",
    GET_CUR_CHAT_INFO = "getCurChatInfo",
    GET_CONTEXT = "getContext",
    SIDEBAR_AUTH = "sidebarAuth",
    SEND_CHAT_MESSAGE = "sendChatMessage",
    SEND_MULTI_CHAT_MESSAGE = "sendMultiChatMessage",
    OPEN_ENTERPRISE_CHAT = "openEnterpriseChat",
    PREVIEW_IMAGE = "previewImage",
    UPDATE_BASE_INFO = "updateBaseInfo",
    CONFIG = "config",
    AGENT_CONFIG = "agentConfig",
    CHECK_JS_API = "checkJsApi",
    READY = "ready",
    ERROR = "error",
    ON = "on",
    OFF = "off",
    INVOKE = "invoke",
    // What WeChat's SDKs call two of them on the wire.
    IMAGE_PREVIEW = "imagePreview",
    PRE_VERIFY_JS_API = "preVerifyJSAPI",
    // The same, where @wecom/jssdk asks whether there is one.
    PRE_VERIFY_JS_API_ASKED = "preVerifyJsApi",
    // Parameters.
    REQ_TYPE = "reqType",
    LISTEN = "listen",
    USER_IDS = "userIds",
    USER_ID_LIST = "useridlist",
    EXTERNAL_USER_IDS = "externalUserIds",
    CHAT_ID = "chatId",
    URLS = "urls",
    CURRENT = "current",
    JS_API_LIST = "jsApiList",
    // The envelope and the answers.
    TYPE = "type",
    SIDEBAR_HELPER = "sidebarHelper",
    DATA = "data",
    API = "api",
    REQ_ID = "reqId",
    PARAMS = "params",
    ERR_MSG = "err_msg",
    ERR_MSG_JWEIXIN = "errMsg",
    ERR_CODE = "errCode",
    EXTERNAL_USER_ID = "externalUserId",
    USER_ID = "userId",
    BASE_INFO = "baseInfo",
    ID = "id",
    ID_DOCUMENTED = "Id",
    CHECK_RESULT = "checkResult",
    ENTRY = "entry",
    SINGLE_CHAT_TOOLS = "single_chat_tools",
    GROUP_CHAT_TOOLS = "group_chat_tools",
    // The words of errors (error.rs).
    FAIL = ":fail",
    FAIL_BECAUSE = ":fail ",
    COLON = ": ",
    DOT = ".",
    OR = " or ",
    OPENING = "[",
    CLOSING = "]",
    TEXT_IS_EMPTY = "text content is empty",
    URL_IS_EMPTY = "url is empty",
    NOT_IN_SIDEBAR = "not in sidebar",
    FUNCTION_NOT_EXIST = "function not exist",
    HOST_UNREACHABLE = "host unreachable",
    ORIGIN_UNKNOWN = "its origin is unknown here, and allowedHosts names none exactly",
    ORIGIN_EXCLUDED = "its origin is not in allowedHosts",
    IS_REQUIRED = " is required",
    IS_EMPTY = " is empty",
    IS_EMPTY_BECAUSE = " is empty: ",
    MUST_BE = " must be ",
    MUST_START = " must start with ",
    A_STRING = "a string",
    AN_ARRAY = "an array",
    AN_ARRAY_OF_STRINGS = "an array of strings",
    AN_ARRAY_OF_ORIGINS = "an array of origins",
    AT_MOST_HOSTS = "an array of at most 1000 origins",
    AT_MOST_MESSAGES = "an array of at most 100 messages",
    AT_MOST_URLS = "an array of at most 1000 URLs",
    AT_MOST_NAMES = "an array of at most 1000 names",
    AN_OBJECT = "an object",
    A_FUNCTION = "a function",
    A_WEB_URL = "an http or https URL",
    LISTEN_QUOTED = "\"listen\"",
    TRUE_OR_FALSE = "true or false",
    MILLISECONDS = "a number of milliseconds from 1 to 2147483647",
    HTTP_OR_HTTPS = "http:// or https://",
    NOTHING = "nothing",
    AN_EMPTY_STRING = "an empty string",
    A_BOOLEAN = "a boolean",
    A_NUMBER = "a number",
    SOMETHING_ELSE = "something else",
    // Lists MESSAGE_TYPES; a test compares the two.
    MESSAGE_TYPE_MUST_BE =
        "msgtype must be one of text, image, video, file, news, miniprogram, but ",
    PARAMS_ARE = "params is ",
    IT_IS = "it is ",
    NO_HOSTS = "allowedHosts has no usable entry, so no host is allowed: write origins such as https://a.example.com or https://*.example.com",
    IS_NO_ORIGIN = " is not an origin such as https://a.example.com or https://*.example.com",
    NO_MEDIAID = "Juzi cannot read WeCom's mediaid",
    NEEDS_THREE_MORE = "Juzi needs desc, iconUrl and officialAccountId too",
    // The words of debug logs.
    TO_THE_HOST = "to the host",
    FROM_THE_HOST = "from the host",
    THE_ORIGIN_IS = "the host's origin is",
    IN_SIDEBAR_BECAUSE = "in the sidebar?",
    IGNORED_EVENT = "ignored: no such event",
    IGNORED_SENDER = "ignored: not from the host",
    IGNORED_ORIGIN = "ignored: not the host's origin",
    IGNORED_FORM = "ignored: not the protocol's",
    IGNORED_ANSWER = "ignored: no call waits for it",
    IGNORED_CALL = "ignored: the answer to another call",
    IGNORED_EARLY_PUSH = "ignored: a push before the first answer",
    IGNORED_EMPTY_PUSH = "ignored: a push without baseInfo",
    // Fixed parts of texts.
    OK_SUFFIX = ":ok",
    HTTP = "http://",
    HTTPS = "https://",
    // A pattern of origins, and what is an origin in it.
    ALL_BELOW = "//*.",
    SLASHES = "//",
    CALLBACK = "callback",
    TRUE = "true",
    FALSE = "false",
    // Options.
    OPTIONS = "options",
    ALLOWED_HOSTS = "allowedHosts",
    TIMEOUT = "timeout",
    FORCE = "force",
    BRIDGE = "bridge",
    DEBUG = "debug",
    // env.
    ENV = "env",
    IN_SIDEBAR = "inSidebar",
    REASON = "reason",
    WX_PATCHED = "wxPatched",
    HOST_ORIGIN = "hostOrigin",
    VERSION = "version",
    VERSION_HERE = env!("CARGO_PKG_VERSION"),
    REASON_OK = "ok",
    REASON_WECHAT_UA = "wechat-ua",
    REASON_NOT_FRAMED = "not-framed",
    REASON_NO_SIDEBAR_PARAM = "no-sidebar-param",
    ENGINE = "engine",
    // The query parameter by which the console marks its sidebar; what WeChat's and WeCom's user agents contain.
    JUZI_SIDEBAR = "juziSidebar",
    MICRO_MESSENGER = "micromessenger",
    WXWORK = "wxwork",
    // The globals.
    IS_JUZI_WX = "isJuziWx",
    JUZI_WX = "juziWx",
    WX = "wx",
    J_WEIXIN = "jWeixin",
    PATCH = "patch",
    WEIXIN_JS_BRIDGE = "WeixinJSBridge",
    // What the platform calls what we read of it.
    LENGTH = "length",
    PARENT = "parent",
    NAVIGATOR = "navigator",
    USER_AGENT = "userAgent",
    LOCATION = "location",
    SEARCH = "search",
    ANCESTOR_ORIGINS = "ancestorOrigins",
    NULL_ORIGIN = "null",
    ANY_ORIGIN = "*",
    // A call's own record (shell.js).
    NAME = "name",
    DONE = "done",
}

/// The six values of `msgtype`, in the order in which error texts list them.
pub const MESSAGE_TYPES: [Atom; 6] = [TEXT, IMAGE, VIDEO, FILE, NEWS, MINIPROGRAM];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_stands_once_and_is_found_again() {
        for (index, text) in LINES.lines().enumerate() {
            assert_eq!(Atom::find(text).map(Atom::index), Some(index), "{text}");
            assert_eq!(Atom::at(index).map(Atom::text), Some(text));
        }
        assert_eq!(Atom::at(COUNT), None);
        assert_eq!(Atom::at(usize::MAX), None);
    }

    #[test]
    fn the_numbering_of_the_constants_is_that_of_the_table() {
        assert_eq!(TEXT.text(), "text");
        assert_eq!(DONE.text(), "done");
        assert_eq!(DONE.index(), COUNT - 1);
    }
}

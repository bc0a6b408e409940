//! What is probably wrong with a request to the hub. The console has a text for each hint in both languages.

use serde::Serialize;

use crate::paths::{AUTHORIZE, GET_USER_INFO};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "code",
    content = "params",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub(crate) enum Hint {
    /// The path resembles one of the hub's.
    WrongPath {
        path: &'static str,
    },
    UnknownPath {},
    /// The hub has this path, but only for this method.
    WrongMethod {
        method: &'static str,
    },
    CodeMissing {},
    CodeTwice {},
    CodeUsed {
        used_ms_ago: u64,
    },
    CodeExpired {
        age_ms: u64,
        ttl_ms: u64,
    },
    CodeUnknown {},
    /// The developer has set this fault.
    Fault {
        errcode: i32,
    },
    /// A web page tries to redeem a code. Only the page's server may.
    FromPage {},
    WrongParameter {
        parameter: &'static str,
        reason: &'static str,
        reason_zh: &'static str,
    },
    ForeignFrame {},
    NotShown {},
    TooManyCodes {},
    WrongHost {
        host: String,
    },
    /// Not a mistake: the sidebar page gets its code, but its address has no `juziSidebar`.
    NoSidebarParameter {},
}

/// The last path segments that people write for the hub's paths, without punctuation and in lower case. The longer names are those of
/// WeCom's own API.
const NAMES: [(&str, &str); 5] = [
    ("getuserinfo", GET_USER_INFO),
    ("userinfo", GET_USER_INFO),
    ("getuserinfo3rd", GET_USER_INFO),
    ("authorize", AUTHORIZE),
    ("authorise", AUTHORIZE),
];

/// How many characters of the last segment may differ from one of these names.
const MISTAKES: usize = 2;

pub(crate) fn for_unknown(path: &str) -> Hint {
    let last = path.trim_end_matches('/').rsplit('/').next();
    let last: String = last
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|it| it.to_ascii_lowercase())
        .collect();
    let near = NAMES
        .iter()
        .map(|(name, path)| (strsim::damerau_levenshtein(&last, name), *path))
        .min()
        .filter(|(mistakes, _)| *mistakes <= MISTAKES);
    match near {
        Some((_, path)) => Hint::WrongPath { path },
        None => Hint::UnknownPath {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_resembles_the_hubs_is_recognized() {
        for path in [
            "/v1/oauth/getUserInfo",
            "/oauth/getUserInfo",
            "/api/v1/oauth/getUserInfo/",
            "/api/v1/oauth/getuserinfo",
            "/api/v1/oauth/get_user_info",
            "/api/v1/oauth/getUserInof",
            "/cgi-bin/user/getuserinfo",
            "/api/v1/oauth/userInfo",
        ] {
            assert_eq!(
                for_unknown(path),
                Hint::WrongPath {
                    path: GET_USER_INFO
                },
                "{path}"
            );
        }
        for path in [
            "/connect/oauth2/authorize",
            "/oauth/authorize",
            "/oauth/connect/Authorize",
        ] {
            assert_eq!(
                for_unknown(path),
                Hint::WrongPath { path: AUTHORIZE },
                "{path}"
            );
        }
        for path in ["/", "/api/v1/messages", "/cgi-bin/gettoken", "/用户"] {
            assert_eq!(for_unknown(path), Hint::UnknownPath {}, "{path}");
        }
    }

    /// One of each. Because of the match, a new variant does not compile until it is added here.
    fn one_of_each() -> Vec<Hint> {
        use Hint::*;
        let number = 1;
        let text = "x";
        let all = vec![
            WrongPath { path: text },
            UnknownPath {},
            WrongMethod { method: text },
            CodeMissing {},
            CodeTwice {},
            CodeUsed {
                used_ms_ago: number,
            },
            CodeExpired {
                age_ms: number,
                ttl_ms: number,
            },
            CodeUnknown {},
            Fault { errcode: 1 },
            FromPage {},
            WrongParameter {
                parameter: text,
                reason: text,
                reason_zh: text,
            },
            ForeignFrame {},
            NotShown {},
            TooManyCodes {},
            WrongHost {
                host: text.to_owned(),
            },
            NoSidebarParameter {},
        ];
        for hint in &all {
            match hint {
                WrongPath { .. } | UnknownPath {} | WrongMethod { .. } | CodeMissing {} => {}
                CodeTwice {} | CodeUsed { .. } | CodeExpired { .. } | CodeUnknown {} => {}
                Fault { .. } | FromPage {} | WrongParameter { .. } | ForeignFrame {} => {}
                NotShown {} | TooManyCodes {} | WrongHost { .. } => {}
                NoSidebarParameter {} => {}
            }
        }
        all
    }

    #[test]
    fn every_hint_has_a_text_in_both_languages() {
        for hint in one_of_each() {
            crate::console_texts::assert_text("hub.hint", &serde_json::to_value(hint).unwrap());
        }
    }

    #[test]
    fn a_hint_is_a_code_with_its_parameters() {
        let json = |hint: Hint| serde_json::to_string(&hint).unwrap();
        assert_eq!(
            json(Hint::CodeUsed { used_ms_ago: 5 }),
            r#"{"code":"code-used","params":{"usedMsAgo":5}}"#
        );
        assert_eq!(
            json(Hint::FromPage {}),
            r#"{"code":"from-page","params":{}}"#
        );
    }
}

//! What is probably wrong with a request to the hub. The console has a text for each in both languages.

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
    /// The path is nearly one of the hub's.
    WrongPath {
        path: &'static str,
    },
    UnknownPath {},
    /// The hub has the path, but for this method only.
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
    /// A web page redeems a code, which only its server may.
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
    /// No mistake: the sidebar's page gets its code, at an address without `juziSidebar`.
    NoSidebarParameter {},
}

/// The last parts of paths that people use for the hub's, without punctuation and in lower case. The longer names are
/// those of WeCom's own API.
const NAMES: [(&str, &str); 5] = [
    ("getuserinfo", GET_USER_INFO),
    ("userinfo", GET_USER_INFO),
    ("getuserinfo3rd", GET_USER_INFO),
    ("authorize", AUTHORIZE),
    ("authorise", AUTHORIZE),
];

/// How many characters of the last part may differ from a name of the hub.
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
    fn a_path_that_is_nearly_the_hubs_leads_to_it() {
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

    /// One of each. The match makes the compiler ask for a new one here.
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

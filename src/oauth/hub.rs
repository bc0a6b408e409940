//! What a hub, or a simulation of one, takes and answers (spec section 8). On `wasm32` this is all of the module `oauth`.

use serde::{Deserialize, Serialize};

/// The most characters of a state.
pub const MAX_STATE: usize = 128;

/// The hub's errcodes, with this module's names and the hub's texts (spec section 8).
const ERRCODES: [(i64, &str, &str); 4] = [
    (-1, "invalid_code", "invalid authorization code"),
    (-2, "expired_code", "authorization code has expired"),
    (-4, "missing_code", "no authorization code given"),
    (-5, "unknown_error", "unknown error"),
];

/// The row of an errcode. One that the specification does not list is an unknown error.
pub(super) fn errcode_row(errcode: i64) -> &'static (i64, &'static str, &'static str) {
    let [.., unknown] = &ERRCODES;
    let row = ERRCODES.iter().find(|(number, ..)| *number == errcode);
    row.unwrap_or(unknown)
}

/// The hub's text for an errcode: what a hub, or a simulation of one, writes into `errmsg`.
///
/// ```
/// use juzi_helper::oauth::errmsg;
///
/// assert_eq!((errmsg(0), errmsg(-1)), ("success", "invalid authorization code"));
/// assert_eq!(errmsg(42_001), errmsg(-5));
/// ```
#[must_use]
pub fn errmsg(errcode: i64) -> &'static str {
    if errcode == 0 {
        "success"
    } else {
        errcode_row(errcode).2
    }
}

/// The user of the sidebar: `data` of getUserInfo's answer. Only [`UserInfo::user_id`] is never empty. One that a server has stored can be
/// read after an update too: a member that it lacks is empty.
///
/// ```
/// use juzi_helper::oauth::UserInfo;
/// use serde_json::json;
///
/// let mut user = UserInfo::default();
/// user.user_id = "lin".into();
/// assert_eq!(serde_json::to_value(&user)?["userId"], json!("lin"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct UserInfo {
    /// WeCom's id of the employee.
    pub user_id: String,
    /// WeCom's id of the company.
    pub corp_id: String,
    /// Juzi's id of the managed account.
    pub bot_id: String,
    /// Juzi's id of the organisation.
    pub org_id: String,
    /// Juzi's id of the user.
    pub uid: String,
    /// The user's address.
    pub email: String,
}

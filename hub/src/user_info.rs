//! `GET /api/v1/oauth/getUserInfo`: a page's server redeems a code (spec section 8, step 3).
//!
//! No CORS headers are sent: only a server may redeem a code. A page that tries gets a CORS error in the browser's console.

use juzi_helper::oauth::{UserInfo, errmsg};
use serde::Serialize;

use crate::codes::{CodeState, Codes, RedeemError};
use crate::events::{CodeRedeemed, Event};
use crate::log::{Code, Hint, Note, Noted};
use crate::request::{Now, Request};
use crate::response::Response;
use crate::state::State;

/// How many characters of a code are in the event for the console. A real code has 32.
const SHOWN: usize = 128;

/// The hub's response, always with HTTP status 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Answer {
    errcode: i32,
    errmsg: &'static str,
    /// Null unless `errcode` is 0.
    data: Option<UserInfo>,
}

impl Answer {
    fn failure(errcode: i32) -> Self {
        Answer {
            errcode,
            errmsg: errmsg(errcode.into()),
            data: None,
        }
    }
}

pub(crate) fn get_user_info(state: &mut State, request: &Request, now: &Now) -> Noted {
    let codes: Vec<_> = form_urlencoded::parse(request.query.as_bytes())
        .filter(|(name, _)| name == "code")
        .map(|(_, value)| value.into_owned())
        .collect();
    // Looked up before the code is redeemed.
    let code = match &codes[..] {
        [code] if !code.is_empty() => Some(Code::known_to(&state.codes, code, now.ms)),
        _ => None,
    };
    let fault = state.faults.get_user_info;
    let answer = answer(&mut state.codes, &codes, fault, now.ms);
    state.events.send(Event::CodeRedeemed(CodeRedeemed {
        code: codes.first().map(|it| it.chars().take(SHOWN).collect()),
        errcode: answer.errcode,
        errmsg: answer.errmsg.to_owned(),
        at: now.ms,
    }));
    let note = Note {
        result: Some((answer.errcode, answer.errmsg)),
        hint: hint(fault, &codes, code.as_ref(), state.codes.ttl_ms()),
        code,
    };
    note.on(Response::json(200, &answer).not_stored())
}

fn answer(known: &mut Codes, codes: &[String], fault: i32, now: u64) -> Answer {
    if fault != 0 {
        return Answer::failure(fault);
    }
    match codes {
        [] => Answer::failure(-4),
        [code] if code.is_empty() => Answer::failure(-4),
        [code] => match known.redeem(code, now) {
            Ok(user) => Answer {
                errcode: 0,
                errmsg: errmsg(0),
                data: Some(user),
            },
            Err(RedeemError::Invalid) => Answer::failure(-1),
            Err(RedeemError::Expired) => Answer::failure(-2),
        },
        _ => Answer::failure(-1),
    }
}

/// Why the request failed, in more detail than its errcode.
fn hint(fault: i32, codes: &[String], code: Option<&Code>, ttl_ms: u64) -> Option<Hint> {
    if fault != 0 {
        return Some(Hint::Fault { errcode: fault });
    }
    let Some(code) = code else {
        return Some(match codes {
            [_, _, ..] => Hint::CodeTwice {},
            _ => Hint::CodeMissing {},
        });
    };
    match code.state {
        CodeState::Live => None,
        CodeState::Redeemed => Some(Hint::CodeUsed {
            used_ms_ago: code.used_ms_ago.unwrap_or_default(),
        }),
        CodeState::Expired => Some(Hint::CodeExpired {
            age_ms: code.age_ms.unwrap_or_default(),
            ttl_ms,
        }),
        CodeState::Unknown => Some(Hint::CodeUnknown {}),
    }
}

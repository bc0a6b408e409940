//! The managed account of a conversation, and the user that a code for it identifies.

use juzi_helper::oauth::UserInfo;

use crate::scenario::{Conversation, Scenario};

/// The managed account of a conversation, or the console's if there is no conversation.
pub(crate) fn bot_id<'a>(
    scenario: &'a Scenario,
    conversation: Option<&'a Conversation>,
) -> &'a str {
    conversation
        .and_then(|it| it.bot_id.as_deref())
        .unwrap_or(&scenario.account.bot_id)
}

pub(crate) fn user_info(scenario: &Scenario, conversation: Option<&Conversation>) -> UserInfo {
    let account = &scenario.account;
    UserInfo {
        user_id: account.user_id.clone(),
        corp_id: account.corp_id.clone(),
        bot_id: bot_id(scenario, conversation).to_owned(),
        org_id: account.org_id.clone(),
        uid: account.uid.clone(),
        email: account.email.clone(),
    }
}

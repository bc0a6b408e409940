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
    let mut user = UserInfo::default();
    user.user_id.clone_from(&account.user_id);
    user.corp_id.clone_from(&account.corp_id);
    bot_id(scenario, conversation).clone_into(&mut user.bot_id);
    user.org_id.clone_from(&account.org_id);
    user.uid.clone_from(&account.uid);
    user.email.clone_from(&account.email);
    user
}

//! The rules of a scenario that its types cannot express.

use std::collections::HashSet;

use juzi_helper::message::Miniprogram;

pub use super::field_path::{Checked, Fault, FieldPath, Segment, fault};

use super::{
    Account, Contact, Conversation, ConversationKind, Faults, Group, Message, MessageKind, Scenario,
};
use crate::url::Url;

/// Milliseconds; ten minutes are longer than any timeout of the protocol.
const MAX_DELAY_MS: u32 = 600_000;

/// The console's random numbers have 31 bits of seed.
pub const MAX_SEED: u32 = i32::MAX as u32;

/// The errcodes of `getUserInfo` (spec section 8). 0 means "no fault".
pub const ERRCODES: [i32; 5] = [0, -1, -2, -4, -5];

/// Checks a scenario, in the order of the file's fields.
///
/// # Errors
///
/// That rule.
pub fn check(scenario: &Scenario) -> Checked {
    let root = FieldPath::new();
    check_account(&scenario.account, &root.field("account"))?;
    let (mut ids, mut wxids) = (HashSet::new(), HashSet::new());
    for (index, conversation) in scenario.conversations.iter().enumerate() {
        let path = root.field("conversations").index(index);
        check_conversation(conversation, &path)?;
        unique(&mut ids, &conversation.id, path.field("id"))?;
        unique(&mut wxids, &conversation.wxid, path.field("wxid"))?;
    }
    check_faults(&scenario.faults, &root.field("faults"))
}

/// Where the scenario differs from Juzi's console, although the workbench can use it: ids that differ here but are equal there (spec
/// section 7).
pub fn warnings(scenario: &Scenario) -> Vec<Fault> {
    let root = FieldPath::new().field("conversations");
    let of = |(index, chat): (usize, &Conversation)| differing_id(chat, &root.index(index));
    scenario
        .conversations
        .iter()
        .enumerate()
        .filter_map(of)
        .collect()
}

fn differing_id(conversation: &Conversation, path: &FieldPath) -> Option<Fault> {
    let (member, name, equal) = match (&conversation.contact, &conversation.group) {
        (Some(contact), _) => {
            let id = contact.external_user_id.as_ref()?;
            let differs = *id != contact.wx_user_id;
            differs.then_some(("contact", "wxUserId", "externalUserId"))?
        }
        (_, Some(group)) => {
            let differs = group.chat_id != group.wx_chat_id;
            differs.then_some(("group", "wxChatId", "chatId"))?
        }
        _ => return None,
    };
    Some(Fault {
        path: path.field(member).field(name),
        message: format!("differs from {equal}; in Juzi's console the two are the same id"),
    })
}

fn unique<'a>(seen: &mut HashSet<&'a str>, value: &'a str, path: FieldPath) -> Checked {
    if seen.insert(value) {
        return Ok(());
    }
    fault(path, format!("{value:?} is used twice; it must be unique"))
}

fn check_account(account: &Account, path: &FieldPath) -> Checked {
    not_empty(&account.bot_id, path.field("botId"))?;
    not_empty(&account.wxid, path.field("wxid"))?;
    not_empty(&account.name, path.field("name"))?;
    not_empty(&account.user_id, path.field("userId"))?;
    optional_picture(account.avatar.as_deref(), path.field("avatar"))
}

fn check_conversation(conversation: &Conversation, path: &FieldPath) -> Checked {
    not_empty(&conversation.id, path.field("id"))?;
    not_empty(&conversation.wxid, path.field("wxid"))?;
    not_empty(&conversation.name, path.field("name"))?;
    optional_picture(conversation.avatar.as_deref(), path.field("avatar"))?;
    if let Some(bot_id) = &conversation.bot_id {
        not_empty(bot_id, path.field("botId"))?;
    }
    match (
        conversation.kind,
        &conversation.contact,
        &conversation.group,
    ) {
        (ConversationKind::Single, Some(contact), None) => {
            check_contact(contact, conversation.external, &path.field("contact"))?;
        }
        (ConversationKind::Group, None, Some(group)) => check_group(group, &path.field("group"))?,
        (ConversationKind::Single, None, _) => {
            return fault(path.field("contact"), "is required in a single chat");
        }
        (ConversationKind::Group, _, None) => {
            return fault(path.field("group"), "is required in a group conversation");
        }
        (ConversationKind::Single, _, Some(_)) => {
            return fault(path.field("group"), "does not belong in a single chat");
        }
        (ConversationKind::Group, Some(_), _) => {
            return fault(
                path.field("contact"),
                "does not belong in a group conversation",
            );
        }
    }
    for (index, message) in conversation.messages.iter().enumerate() {
        check_message(message, conversation, &path.field("messages").index(index))?;
    }
    Ok(())
}

fn check_contact(contact: &Contact, external: bool, path: &FieldPath) -> Checked {
    not_empty(&contact.wx_user_id, path.field("wxUserId"))?;
    match (external, &contact.external_user_id, &contact.user_id) {
        (true, Some(id), None) => not_empty(id, path.field("externalUserId")),
        (false, None, Some(id)) => not_empty(id, path.field("userId")),
        (true, None, _) => fault(
            path.field("externalUserId"),
            "is required where the conversation is external",
        ),
        (false, _, None) => fault(
            path.field("userId"),
            "is required where the conversation is not external",
        ),
        (true, _, Some(_)) => fault(
            path.field("userId"),
            "is a colleague's, but the conversation is external",
        ),
        (false, Some(_), _) => fault(
            path.field("externalUserId"),
            "is an outside contact's, but the conversation is not external",
        ),
    }
}

fn check_group(group: &Group, path: &FieldPath) -> Checked {
    not_empty(&group.chat_id, path.field("chatId"))?;
    not_empty(&group.wx_chat_id, path.field("wxChatId"))?;
    let mut names = HashSet::new();
    for (index, member) in group.members.iter().enumerate() {
        let path = path.field("members").index(index);
        not_empty(&member.name, path.field("name"))?;
        unique(&mut names, &member.name, path.field("name"))?;
        optional_picture(member.avatar.as_deref(), path.field("avatar"))?;
    }
    Ok(())
}

fn check_message(message: &Message, conversation: &Conversation, path: &FieldPath) -> Checked {
    check_sender(&message.from, conversation, path.field("from"))?;
    let members: [(MessageKind, &str, bool); 6] = [
        (MessageKind::Text, "text", message.text.is_some()),
        (MessageKind::Image, "image", message.image.is_some()),
        (MessageKind::Video, "video", message.video.is_some()),
        (MessageKind::File, "file", message.file.is_some()),
        (MessageKind::News, "news", message.news.is_some()),
        (
            MessageKind::Miniprogram,
            "miniprogram",
            message.miniprogram.is_some(),
        ),
    ];
    for (kind, name, present) in members {
        match (kind == message.msgtype, present) {
            (true, false) => {
                return fault(
                    path.field(name),
                    format!("is required where msgtype is {name:?}"),
                );
            }
            (false, true) => {
                return fault(
                    path.field(name),
                    format!("does not belong here: msgtype is not {name:?}"),
                );
            }
            _ => {}
        }
    }
    check_content(message, path)
}

fn check_sender(from: &str, conversation: &Conversation, path: FieldPath) -> Checked {
    let Some(group) = &conversation.group else {
        return match from {
            "me" | "them" => Ok(()),
            _ => fault(
                path,
                format!("must be \"me\" or \"them\" in a single chat, not {from:?}"),
            ),
        };
    };
    if from == "me" || group.members.iter().any(|member| member.name == from) {
        return Ok(());
    }
    fault(
        path,
        format!("must be \"me\" or the name of a member of the group, not {from:?}"),
    )
}

/// The rules of `SendParams`, and one more: the console must be able to open every address that it shows or opens. Such an address may be a
/// path of the workbench, or an image's data. A test compares these rules with `SendParams`.
fn check_content(message: &Message, path: &FieldPath) -> Checked {
    if let Some(text) = &message.text {
        not_empty(&text.content, path.field("text").field("content"))?;
    }
    if let Some(image) = &message.image {
        picture(&image.url, path.field("image").field("url"))?;
    }
    for (name, media) in [("video", &message.video), ("file", &message.file)] {
        if let Some(media) = media {
            address(&media.url, path.field(name).field("url"))?;
        }
    }
    if let Some(news) = &message.news {
        let path = path.field("news");
        address(&news.link, path.field("link"))?;
        optional_picture(
            news.img_url.as_deref().filter(|it| !it.is_empty()),
            path.field("imgUrl"),
        )?;
    }
    match &message.miniprogram {
        Some(miniprogram) => check_miniprogram(miniprogram, &path.field("miniprogram")),
        None => Ok(()),
    }
}

fn check_miniprogram(card: &Miniprogram, path: &FieldPath) -> Checked {
    not_empty(&card.appid, path.field("appid"))?;
    not_empty(&card.title, path.field("title"))?;
    picture(&card.img_url, path.field("imgUrl"))?;
    not_empty(&card.page, path.field("page"))?;
    not_empty(&card.desc, path.field("desc"))?;
    not_empty(&card.icon_url, path.field("iconUrl"))?;
    not_empty(&card.official_account_id, path.field("officialAccountId"))
}

/// Checks the faults at this place.
///
/// # Errors
///
/// That rule.
pub fn check_faults(faults: &Faults, path: &FieldPath) -> Checked {
    delay(faults.latency_ms, path.field("latencyMs"))?;
    delay(faults.jitter_ms, path.field("jitterMs"))?;
    delay(faults.stale_ms, path.field("staleMs"))?;
    probability(faults.drop, path.field("drop"))?;
    probability(faults.duplicate, path.field("duplicate"))?;
    probability(faults.garbage, path.field("garbage"))?;
    for (api, text) in &faults.errors {
        not_empty(text, path.field("errors").field(api))?;
    }
    for (api, faults) in &faults.apis {
        let path = path.field("apis").field(api);
        delay(faults.latency_ms, path.field("latencyMs"))?;
        probability(faults.drop, path.field("drop"))?;
    }
    if faults.seed > MAX_SEED {
        let message = format!("must be at most {MAX_SEED}, not {}", faults.seed);
        return fault(path.field("seed"), message);
    }
    if !ERRCODES.contains(&faults.get_user_info) {
        return fault(
            path.field("getUserInfo"),
            format!(
                "must be one of the errcodes {ERRCODES:?}, not {}",
                faults.get_user_info
            ),
        );
    }
    Ok(())
}

/// Checks that a delay is within its limit.
///
/// # Errors
///
/// If it is longer.
pub fn delay(ms: u32, path: FieldPath) -> Checked {
    if ms <= MAX_DELAY_MS {
        return Ok(());
    }
    fault(path, format!("must be at most {MAX_DELAY_MS} ms, not {ms}"))
}

fn probability(value: f64, path: FieldPath) -> Checked {
    if (0.0..=1.0).contains(&value) {
        return Ok(());
    }
    fault(path, format!("must be between 0 and 1, not {value}"))
}

/// Checks that a text is not empty.
///
/// # Errors
///
/// If it is empty.
pub fn not_empty(value: &str, path: FieldPath) -> Checked {
    if value.is_empty() {
        fault(path, "must not be empty")
    } else {
        Ok(())
    }
}

fn optional_picture(value: Option<&str>, path: FieldPath) -> Checked {
    value.map_or(Ok(()), |value| picture(value, path))
}

/// Checks the address of an image.
fn picture(value: &str, path: FieldPath) -> Checked {
    if value.starts_with("data:image/") {
        Ok(())
    } else {
        address(value, path)
    }
}

/// Checks an address that the console can open: absolute http(s), or a path of the workbench.
fn address(value: &str, path: FieldPath) -> Checked {
    let own_path = value.starts_with('/') && !value.starts_with("//");
    let absolute = || Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if own_path || absolute() {
        return Ok(());
    }
    fault(
        path,
        format!("must be an http(s) URL or a path that starts with \"/\", not {value:?}"),
    )
}

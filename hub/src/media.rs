//! The pictures of a scenario that are the console's own files, where the console is below a path.

use std::collections::BTreeSet;

use crate::scenario::{Message, Scenario};

/// The console's own media files, and where they are served. The default has none: every path in a scenario is served as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnMedia {
    /// The path that the console is below, without a slash at the end.
    pub below: String,
    /// Paths in the console's folder, such as `/media/logo.svg`. Any other path in a scenario is the server's around it.
    pub files: BTreeSet<String>,
}

impl OwnMedia {
    /// Changes a scenario of a file into the console's.
    pub(crate) fn to_console(&self, scenario: &mut Scenario) {
        each_address(scenario, &|address| {
            if self.files.contains(address) {
                address.insert_str(0, &self.below);
            }
        });
    }

    /// Changes a scenario of the console into the file's.
    pub(crate) fn to_file(&self, scenario: &mut Scenario) {
        each_address(scenario, &|address| {
            let path = address.strip_prefix(&self.below);
            if let Some(path) = path.filter(|it| self.files.contains(*it)) {
                *address = path.to_owned();
            }
        });
    }
}

fn each_address(scenario: &mut Scenario, change: &impl Fn(&mut String)) {
    scenario.account.avatar.iter_mut().for_each(change);
    for conversation in &mut scenario.conversations {
        conversation.avatar.iter_mut().for_each(change);
        let group = conversation.group.iter_mut();
        for member in group.flat_map(|it| &mut it.members) {
            member.avatar.iter_mut().for_each(change);
        }
        for message in &mut conversation.messages {
            each_address_of(message, change);
        }
    }
}

fn each_address_of(message: &mut Message, change: &impl Fn(&mut String)) {
    let media = [&mut message.image, &mut message.video, &mut message.file];
    for medium in media.into_iter().flatten() {
        change(&mut medium.url);
    }
    if let Some(news) = &mut message.news {
        news.img_url.iter_mut().for_each(change);
    }
    if let Some(miniprogram) = &mut message.miniprogram {
        change(&mut miniprogram.img_url);
        change(&mut miniprogram.icon_url);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Format, load};

    /// Otherwise a scenario that the console writes back would have the console's path in the file.
    #[test]
    fn the_consoles_own_files_are_below_its_path_and_nothing_else_is() {
        let text = r#"{
            "account": { "botId": "b", "wxid": "w", "name": "n", "avatar": "/media/own.svg", "userId": "u", "corpId": "c",
                         "orgId": "o", "uid": "i", "email": "e" },
            "conversations": [{ "id": "c", "wxid": "w", "type": "single", "name": "n", "external": false,
                "contact": { "userId": "u2", "wxUserId": "w" }, "avatar": "/media/theirs.svg",
                "messages": [{ "from": "me", "msgtype": "image", "image": { "url": "/media/own.svg" } }] }]
        }"#;
        let file =
            load::parse(text, Format::Json, "2026-03-02T09:30:00Z".parse().unwrap()).unwrap();
        let media = OwnMedia {
            below: "/__juzi".to_owned(),
            files: ["/media/own.svg".to_owned()].into(),
        };
        let mut scenario = file.clone();
        media.to_console(&mut scenario);
        let conversation = &scenario.conversations[0];
        let sent = conversation.messages[0].image.as_ref().unwrap();
        assert_eq!(
            scenario.account.avatar.as_deref(),
            Some("/__juzi/media/own.svg")
        );
        assert_eq!(conversation.avatar.as_deref(), Some("/media/theirs.svg"));
        assert_eq!(sent.url, "/__juzi/media/own.svg");
        media.to_file(&mut scenario);
        assert_eq!(scenario, file);
    }
}

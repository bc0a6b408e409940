//! The tables of calls, in the readmes of the package and in the specification.

use std::fmt::Write as _;

use crate::api::{Action, Api, Group};

use super::names;
use super::types::without_sentences;

/// The words of both tables. In a readme of the package: the head, the separator between names, and the purpose of each group. In the
/// specification: the head, the unit of time, and the text of a cell without a value or a type.
pub(super) struct Words {
    head: &'static str,
    comma: &'static str,
    groups: [(Group, &'static str); 6],
    whole_head: &'static str,
    second: &'static str,
    none: &'static str,
    function: &'static str,
}

pub(super) const ENGLISH: Words = Words {
    head: "| call | what it does |",
    comma: ", ",
    groups: [
        (
            Group::Conversation,
            "gets the contact or group of the current conversation",
        ),
        (
            Group::Messages,
            "sends text, image, video, file, link card, mini-program card",
        ),
        (Group::Windows, "opens a chat, previews images"),
        (Group::Login, "gets a one-time OAuth code"),
        (
            Group::News,
            "notifies the page when the user switches conversation, once or every time",
        ),
        (
            Group::Start,
            "what WeCom pages call first: succeeds, no signature needed",
        ),
    ],
    whole_head: "| call | the host's name | timeout | parameters | result |",
    second: "s",
    none: "none",
    function: "a function",
};

pub(super) const CHINESE: Words = Words {
    head: "| 调用 | 作用 |",
    comma: "、",
    groups: [
        (Group::Conversation, "获取当前会话的联系人或群"),
        (
            Group::Messages,
            "发送文本、图片、视频、文件、链接卡片、小程序卡片",
        ),
        (Group::Windows, "打开聊天，预览图片"),
        (Group::Login, "获取一次性的 OAuth code"),
        (Group::News, "切换会话时收到通知，一次或每次"),
        (
            Group::Start,
            "企业微信页面最先调用的几个：直接成功，不需要签名",
        ),
    ],
    whole_head: "| 调用 | 控制台用的名称 | 超时 | 参数 | 结果 |",
    second: "秒",
    none: "无",
    function: "函数",
};

/// The calls in a readme of the package.
pub(super) fn of_groups(rows: &[Api], words: Words) -> String {
    let mut text = format!("{}\n| --- | --- |\n", words.head);
    for (group, gives) in words.groups {
        let calls = names(rows, |row| row.about.group == group);
        if !calls.is_empty() {
            let calls = calls.join(&format!("`{}`", words.comma));
            writeln!(text, "| `{calls}` | {gives} |").unwrap();
        }
    }
    text
}

/// The calls in the specification.
pub(super) fn whole(rows: &[Api], words: Words) -> String {
    let mut text = format!("{}\n| --- | --- | --- | --- | --- |\n", words.whole_head);
    for row in rows {
        let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
        let (wire, time) = match row.action {
            Action::Post { wire, timeout, .. } => {
                (code(wire), format!("{} {}", timeout / 1_000, words.second))
            }
            _ => (words.none.into(), words.none.into()),
        };
        let (params, result) = match row.about.types {
            Some((params, result)) => (
                code(&without_sentences(params)),
                code(&without_sentences(result)),
            ),
            None => (words.function.into(), words.none.into()),
        };
        writeln!(
            text,
            "| `{}` | {wire} | {time} | {params} | {result} |",
            row.name
        )
        .unwrap();
    }
    text
}

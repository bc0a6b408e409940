//! What the checks of parameters read of them. A page that calls before the module runs has it taken then, by `taken` in
//! `browser/values.js`: this description is generated into `calls.js`. A test compares it with what the checks do read.

use super::{Action, MOST_NAMES, MOST_URLS, Params};
use crate::message::{MOST_MESSAGES, SHAPES};

/// What is read of a value, beside its kind: members if it is an object, items if it is an array.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    /// The members of an object, in the order in which they are read. A message's `msgtype` has what is read of the member that it names.
    pub members: Vec<(&'static str, Reads)>,
    /// The most items of an array, and what is read of each. A longer one is refused unread.
    pub items: Option<(u32, Box<Reads>)>,
}

impl Reads {
    /// Members of which the value alone counts.
    fn plain(names: impl IntoIterator<Item = &'static str>) -> Self {
        Self::of(names.into_iter().map(|name| (name, Self::default())))
    }

    fn of(members: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        Self {
            members: members.into_iter().collect(),
            items: None,
        }
    }

    fn list((most, _): (u32, &str), item: Self) -> Self {
        Self {
            members: Vec::new(),
            items: Some((most, Box::new(item))),
        }
    }

    /// A message: its type, and of the body of that type the members that it may have. One of WeCom's is looked for to explain a fault.
    pub(crate) fn message() -> Self {
        let bodies = SHAPES.iter().map(|(name, fields)| {
            let names = fields.iter().map(|field| field.name);
            let foreign = fields.iter().any(|field| field.name == "url");
            (
                *name,
                Self::plain(names.chain(foreign.then_some("mediaid"))),
            )
        });
        Self::of([("msgtype", Self::of(bodies))])
    }

    /// What a call reads; nothing for most.
    pub(crate) fn by(action: &Action) -> Self {
        match action {
            Action::Check => Self::of([("jsApiList", Self::list(MOST_NAMES, Self::default()))]),
            Action::Listen => Self::plain(["reqType"]),
            Action::Post { params, .. } => match params {
                Params::None => Self::default(),
                Params::Message => Self::message(),
                Params::Messages => {
                    let messages = Self::list(MOST_MESSAGES, Self::message());
                    Self {
                        members: vec![("messages", messages.clone())],
                        ..messages
                    }
                }
                // The last one only says what the call does not do.
                Params::Chat => Self::plain([
                    "userIds",
                    "useridlist",
                    "externalUserIds",
                    "chatId",
                    "groupName",
                ]),
                Params::Images => Self::of([
                    ("urls", Self::list(MOST_URLS, Self::default())),
                    ("current", Self::default()),
                ]),
            },
            _ => Self::default(),
        }
    }
}

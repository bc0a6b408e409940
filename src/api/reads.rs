//! The parts of the parameters that the checks read. If a page calls before the module runs, `taken` in `browser/values.js` copies these
//! parts at once. This description is generated into `calls.js`. A test compares it with what the checks actually read.

use super::{Action, MOST_NAMES, MOST_URLS, Params};
use crate::message::{MOST_MESSAGES, SHAPES};

/// The parts of a value that are read besides its kind: the members of an object, or the items of an array.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    /// The members of an object, in the order in which they are read. The entry `msgtype` describes the member that `msgtype` names.
    pub members: Vec<(&'static str, Reads)>,
    /// The most items of an array, and the parts that are read of each. A longer array is refused unread.
    pub items: Option<(u32, Box<Reads>)>,
}

impl Reads {
    /// Members of which only the value is read.
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

    /// A message: its type, and the possible members of the body of that type. One member of WeCom's form is read to explain a fault.
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

    /// The parts that a call reads; none for most calls.
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
                // `groupName` is read only for a warning.
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

//! A value in the text of a scenario.

use std::ops::Range;

use crate::scenario::field_path::Segment;

/// A value in the text.
#[derive(Debug)]
pub(crate) struct Piece {
    /// The bytes that [`Piece::form`] says.
    pub span: Range<usize>,
    pub form: Form,
    pub inside: Inside,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// In one place, which is its span.
    Whole,
    /// As a table of TOML, or a list of them. The span is the header, or the first one's. The table around all others has none.
    Header,
    /// As a table of TOML that only dotted keys or the headers of others make. The span is one such key.
    Loose,
}

#[derive(Debug)]
pub(crate) enum Inside {
    Scalar,
    List(Vec<Piece>),
    /// In the order of the text.
    Members(Vec<Member>),
}

#[derive(Debug)]
pub(crate) struct Member {
    pub name: String,
    /// Where its key begins.
    pub key: usize,
    pub value: Piece,
}

impl Piece {
    /// A member or an item.
    pub fn inner(&self, segment: &Segment) -> Option<&Piece> {
        match (segment, &self.inside) {
            (Segment::Field(name), Inside::Members(members)) => {
                let member = members.iter().find(|it| it.name == *name);
                member.map(|it| &it.value)
            }
            (Segment::Index(index), Inside::List(items)) => items.get(*index),
            _ => None,
        }
    }
}

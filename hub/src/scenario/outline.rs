//! Where the values of a scenario stand in its text, so that an error can name the line, and a change can leave everything else as it is.

use std::ops::Range;

use super::field_path::{FieldPath, Segment};
use super::format::Format;

mod json;
mod toml;

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
    /// The values of a text. `None` if it does not parse.
    pub fn outline(text: &str, format: Format) -> Option<Piece> {
        match format {
            Format::Json => json::outline(text),
            Format::Toml => toml::outline(text),
        }
    }

    fn inner(&self, segment: &Segment) -> Option<&Piece> {
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

/// The byte range of the value at `path`, or of its nearest existing ancestor. `None` if the text does not parse.
pub(crate) fn locate(text: &str, format: Format, path: &FieldPath) -> Option<Range<usize>> {
    let root = Piece::outline(text, format)?;
    let mut piece = &root;
    for segment in path.segments() {
        let Some(inner) = piece.inner(segment) else {
            break;
        };
        piece = inner;
    }
    Some(piece.span.clone())
}

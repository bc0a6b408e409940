//! Where the values of a scenario stand in its text, so that an error can name the line, and a change can leave everything else as it is.

use std::ops::Range;

use super::field_path::FieldPath;
use super::format::Format;

mod json;
mod piece;
mod toml;

pub(super) use piece::{Form, Inside, Member, Piece};

/// The values of a text. `None` if it does not parse.
pub(super) fn outline(text: &str, format: Format) -> Option<Piece> {
    match format {
        Format::Json => json::outline(text),
        Format::Toml => toml::outline(text),
    }
}

/// The byte range of the value at `path`, or of its nearest existing ancestor. `None` if the text does not parse.
pub(crate) fn locate(text: &str, format: Format, path: &FieldPath) -> Option<Range<usize>> {
    let root = outline(text, format)?;
    let mut piece = &root;
    for segment in path.segments() {
        let Some(inner) = piece.inner(segment) else {
            break;
        };
        piece = inner;
    }
    Some(piece.span.clone())
}

//! Finds the position of a field in the source text, so that an error can name the line.

use std::ops::Range;

use serde_json::value::RawValue;
use toml::de::{DeTable, DeValue};

use crate::scenario::field_path::{FieldPath, Segment};
use crate::scenario::format::Format;
use crate::tree::raw_members;

/// The byte range of the value at `path`, or of its nearest existing ancestor. `None` if the text does not parse.
pub fn locate(text: &str, format: Format, path: &FieldPath) -> Option<Range<usize>> {
    match format {
        Format::Json => locate_json(text, path),
        Format::Toml => locate_toml(text, path),
    }
}

fn locate_json(text: &str, path: &FieldPath) -> Option<Range<usize>> {
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    for segment in path.segments() {
        let inner = match segment {
            Segment::Field(name) => {
                let members = raw_members(value).unwrap_or_default();
                let mut members = members.into_iter().rev();
                members.find(|it| it.0 == *name).map(|it| it.1)
            }
            Segment::Index(index) => serde_json::from_str::<Vec<&RawValue>>(value.get())
                .ok()
                .and_then(|items| items.get(*index).copied()),
        };
        let Some(inner) = inner else { break };
        value = inner;
    }
    // A RawValue borrows from the text, so its address gives its offset.
    let start = value.get().as_ptr().addr() - text.as_ptr().addr();
    Some(start..start + value.get().len())
}

fn locate_toml(text: &str, path: &FieldPath) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?;
    let mut span = root.span();
    let mut table = Some(root.get_ref());
    let mut array = None;
    for segment in path.segments() {
        let inner = match segment {
            Segment::Field(name) => table.and_then(|it| it.get(name.as_str())),
            Segment::Index(index) => array.and_then(|it: &toml::de::DeArray| it.get(*index)),
        };
        let Some(inner) = inner else { break };
        span = inner.span();
        table = match inner.get_ref() {
            DeValue::Table(it) => Some(it),
            _ => None,
        };
        array = match inner.get_ref() {
            DeValue::Array(it) => Some(it),
            _ => None,
        };
    }
    Some(span)
}

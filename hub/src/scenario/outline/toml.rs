//! The values of a text of TOML.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::piece::{Form, Inside, Member, Piece};

pub(super) fn outline(text: &str) -> Option<Piece> {
    let root = DeTable::parse(text).ok()?;
    Some(Piece {
        span: root.span(),
        form: Form::Header,
        inside: members(root.get_ref(), text),
    })
}

fn piece(value: &Spanned<DeValue>, text: &str) -> Piece {
    let span = value.span();
    let first = text.as_bytes().get(span.start);
    let (form, inside) = match value.get_ref() {
        DeValue::Table(table) => {
            let form = match first {
                Some(b'{') => Form::Whole,
                Some(b'[') => Form::Header,
                _ => Form::Loose,
            };
            (form, members(table, text))
        }
        DeValue::Array(items) => {
            let items: Vec<Piece> = items.iter().map(|it| piece(it, text)).collect();
            let form = items.first().map_or(Form::Whole, |it| match it.form {
                Form::Header => Form::Header,
                _ => Form::Whole,
            });
            (form, Inside::List(items))
        }
        _ => (Form::Whole, Inside::Scalar),
    };
    Piece { span, form, inside }
}

fn members(table: &DeTable, text: &str) -> Inside {
    let mut members: Vec<Member> = table
        .iter()
        .map(|(name, value)| Member {
            name: name.get_ref().to_string(),
            key: name.span().start,
            value: piece(value, text),
        })
        .collect();
    members.sort_by_key(|it| it.key);
    Inside::Members(members)
}

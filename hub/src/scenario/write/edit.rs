//! The changes of a text that make one value of it into another, and leave everything else: layout, comments, the order of members.

use std::ops::Range;

use serde_json::{Map, Value};

use super::fresh::{Style, present};
use crate::scenario::outline::{Form, Inside, Member, Piece};

/// Collects the changes of a text.
pub(super) struct Editor<'a> {
    text: &'a str,
    style: Style,
    /// What stands in place of these bytes.
    edits: Vec<(Range<usize>, String)>,
}

/// The value cannot be written in the form that the file has for it. Nobody writes a scenario like that: the text is dotted keys or
/// headers where something has to be added that has neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoPlace;

type Edited = Result<(), NoPlace>;

/// An item or a member that the file did not have.
struct Added<'a> {
    /// The place among the old ones of the one that it follows; `None` at the start.
    after: Option<usize>,
    name: Option<&'a str>,
    value: Value,
    /// Its text, if it is one that was at another place.
    moved: Option<&'a str>,
}

impl<'a> Editor<'a> {
    pub fn new(text: &'a str, style: Style) -> Self {
        Editor {
            text,
            style,
            edits: vec![],
        }
    }

    /// The text with the changes.
    pub fn finish(mut self) -> String {
        // Stable: what is inserted at one place stays in its order.
        self.edits.sort_by_key(|it| it.0.start);
        let mut result = String::with_capacity(self.text.len());
        let mut done = 0;
        for (range, text) in &self.edits {
            result += self.text.get(done..range.start).unwrap_or_default();
            result += text;
            done = done.max(range.end);
        }
        result + self.text.get(done..).unwrap_or_default()
    }

    /// Makes `before` into `next`.
    pub fn change(&mut self, piece: &Piece, before: &Value, next: &Value) -> Edited {
        match (&piece.inside, before, next) {
            _ if before == next => Ok(()),
            (Inside::Members(own), Value::Object(before), Value::Object(next)) => {
                self.members(piece, own, before, next)
            }
            (Inside::List(own), Value::Array(before), Value::Array(next)) => {
                self.list(piece, own, before, next)
            }
            _ => self.replace(piece, next),
        }
    }

    fn replace(&mut self, piece: &Piece, next: &Value) -> Edited {
        if piece.form != Form::Whole {
            return Err(NoPlace);
        }
        let text = self.in_place_of(piece, next);
        self.edits.push((piece.span.clone(), text));
        Ok(())
    }

    /// In as many lines as the old text.
    fn in_place_of(&self, piece: &Piece, next: &Value) -> String {
        if self.is_one_line(&piece.span) && !matches!(piece.inside, Inside::Scalar) {
            return self.style.inline(next);
        }
        self.style
            .block(next, self.indent_of_line(piece.span.start))
    }

    fn members(
        &mut self,
        piece: &Piece,
        own: &[Member],
        before: &Map<String, Value>,
        next: &Map<String, Value>,
    ) -> Edited {
        let mut kept = vec![];
        for member in own {
            kept.push(match (before.get(&member.name), next.get(&member.name)) {
                (Some(before), Some(next)) => {
                    self.change(&member.value, before, next)?;
                    true
                }
                (None, Some(next)) => {
                    self.replace(&member.value, next)?;
                    true
                }
                (Some(_), None) => false,
                // Members that the console never gets, such as `$schema`.
                (None, None) => true,
            });
        }
        let last = kept.iter().rposition(|it| *it);
        // A default that the file leaves out stays out.
        let added = next.iter().filter(|(name, value)| {
            let is_own = own.iter().any(|it| it.name == **name);
            !is_own && before.get(*name) != Some(value) && !value.is_null()
        });
        let added: Vec<Added> = added
            .map(|(name, value)| Added {
                after: last,
                name: Some(name),
                value: sparse(value, before.get(name)),
                moved: None,
            })
            .collect();
        match piece.form {
            Form::Whole => {
                let spans = own.iter().map(|it| it.key..it.value.span.end);
                let all = Value::Object(next.clone());
                self.sequence(piece, &spans.collect::<Vec<_>>(), &kept, &added, &all)
            }
            Form::Header | Form::Loose => self.table(piece, own, &kept, &added),
        }
    }

    fn list(&mut self, piece: &Piece, own: &[Piece], before: &[Value], next: &[Value]) -> Edited {
        let mut kept = vec![false; own.len()];
        let mut added = vec![];
        let mut after = None;
        for value in next {
            let from = after.map_or(0, |it: usize| it + 1);
            let found = place_of(value, before, from);
            if let Some((at, old)) = found
                && let (Some(item), Some(kept)) = (own.get(at), kept.get_mut(at))
            {
                *kept = true;
                after = Some(at);
                self.change(item, old, value)?;
                continue;
            }
            let moved = before.iter().position(|it| it == value);
            let moved = moved.and_then(|it| own.get(it));
            let moved = moved.filter(|it| it.form == Form::Whole);
            added.push(Added {
                after,
                name: None,
                value: value.clone(),
                moved: moved.and_then(|it| self.text.get(it.span.clone())),
            });
        }
        if piece.form == Form::Header {
            return self.tables(own, &kept, &added);
        }
        let spans: Vec<_> = own.iter().map(|it| it.span.clone()).collect();
        let all = Value::Array(next.to_vec());
        self.sequence(piece, &spans, &kept, &added, &all)
    }

    /// The parts of a value between two brackets, with commas. `next` is all of it.
    fn sequence(
        &mut self,
        piece: &Piece,
        own: &[Range<usize>],
        kept: &[bool],
        added: &[Added],
        next: &Value,
    ) -> Edited {
        let first = own.iter().zip(kept).find(|it| *it.1).map(|it| it.0);
        let Some(first) = first else {
            return match (own.is_empty(), added.is_empty()) {
                (true, true) => Ok(()),
                _ => self.replace(piece, next),
            };
        };
        self.remove(own, kept);
        for one in added {
            let beside = one.after.and_then(|it| own.get(it)).unwrap_or(first);
            let (text, gap) = self.beside(beside, one);
            let (at, text) = match one.after {
                Some(_) => (beside.end, format!(",{gap}{text}")),
                None => (beside.start, format!("{text},{gap}")),
            };
            self.edits.push((at..at, text));
        }
        Ok(())
    }

    /// The text of a new part, and what is between it and the one beside it after the comma.
    fn beside(&self, beside: &Range<usize>, one: &Added) -> (String, String) {
        let style = self.style;
        let line = self.line_start(beside.start);
        let indent = self.text.get(line..beside.start).unwrap_or_default();
        let starts_line = indent.trim().is_empty();
        let value = match one.moved {
            Some(text) => text.to_owned(),
            None if starts_line && (one.name.is_some() || !self.is_one_line(beside)) => {
                style.block(&one.value, indent)
            }
            None => style.inline(&one.value),
        };
        let text = match one.name {
            Some(name) => style.member(name, &value),
            None => value,
        };
        let gap = match starts_line {
            true => format!("{}{indent}", style.newline),
            false => " ".to_owned(),
        };
        (text, gap)
    }

    /// Removes what is not kept, with one comma each. Something is kept.
    fn remove(&mut self, own: &[Range<usize>], kept: &[bool]) {
        let mut end_of_kept = None;
        let parts: Vec<_> = own.iter().zip(kept).collect();
        for (index, (span, is_kept)) in parts.iter().enumerate() {
            if **is_kept {
                end_of_kept = Some(span.end);
                continue;
            }
            let mut behind = parts.iter().skip(index + 1);
            let range = match (behind.clone().any(|it| *it.1), behind.next()) {
                (true, Some((next, _))) => span.start..next.start,
                // The first of those at the end takes the comma before it along.
                _ => end_of_kept.take().unwrap_or(span.start)..span.end,
            };
            self.edits.push((range, String::new()));
        }
    }

    /// A table of TOML whose members have lines of their own.
    fn table(&mut self, piece: &Piece, own: &[Member], kept: &[bool], added: &[Added]) -> Edited {
        for (member, is_kept) in own.iter().zip(kept) {
            if !is_kept {
                self.remove_lines(member.key, &member.value);
            }
        }
        if added.is_empty() {
            return Ok(());
        }
        let last = last_line(own);
        let (at, before) = match (last, piece.form) {
            // What is before a key is the indentation, or the names of the tables around it.
            (Some((key, end)), _) => {
                let prefix = self.text.get(self.line_start(key)..key);
                (self.line_end(end), prefix.unwrap_or_default())
            }
            (None, Form::Header) if piece.span.is_empty() => (0, ""),
            (None, Form::Header) => {
                let at = self.line_end(piece.span.end);
                (at, self.indent_of_line(piece.span.start))
            }
            _ => return Err(NoPlace),
        };
        let newline = self.style.newline;
        let indent = " ".repeat(before.len() - before.trim_start().len());
        for one in added {
            let value = self.style.block(&one.value, &indent);
            let line = self.style.member(one.name.unwrap_or_default(), &value);
            let text = match at {
                0 => format!("{line}{newline}"),
                _ => format!("{newline}{before}{line}"),
            };
            self.edits.push((at..at, text));
        }
        Ok(())
    }

    /// A list of tables of TOML, each with its header.
    fn tables(&mut self, own: &[Piece], kept: &[bool], added: &[Added]) -> Edited {
        for (item, _) in own.iter().zip(kept).filter(|it| !*it.1) {
            self.remove_lines(item.span.start, item);
        }
        let first = own.first().ok_or(NoPlace)?;
        let newline = self.style.newline;
        for one in added {
            let beside = one.after.and_then(|it| own.get(it)).unwrap_or(first);
            let indent = self.indent_of_line(beside.span.start);
            let header = self.text.get(beside.span.clone()).unwrap_or_default();
            let Value::Object(members) = &one.value else {
                return Err(NoPlace);
            };
            let lines = present(members).map(|(name, value)| {
                let value = self.style.block(value, indent);
                format!("{indent}{}{newline}", self.style.member(name, &value))
            });
            let table = format!("{indent}{header}{newline}{}", lines.collect::<String>());
            let (at, text) = match one.after {
                Some(_) => {
                    let table = table.trim_end();
                    (
                        self.line_end(end_of(beside)),
                        format!("{newline}{newline}{table}"),
                    )
                }
                None => {
                    let at = self.line_start(beside.span.start);
                    (at, format!("{table}{newline}"))
                }
            };
            self.edits.push((at..at, text));
        }
        Ok(())
    }

    /// Removes a value with its key or its header, and the lines that become empty. Comments before it stay.
    fn remove_lines(&mut self, key: usize, piece: &Piece) {
        let start = match piece.form {
            Form::Whole => key,
            Form::Header => piece.span.start,
            Form::Loose => usize::MAX,
        };
        if start != usize::MAX {
            let end = match piece.form {
                Form::Whole => piece.span.end,
                _ => piece.span.start,
            };
            let end = self.line_end(end);
            let newline = self.text.get(end..).unwrap_or_default().find('\n');
            let range = self.line_start(start)..end + newline.map_or(0, |it| it + 1);
            self.edits.push((range, String::new()));
        }
        if piece.form == Form::Whole {
            return;
        }
        match &piece.inside {
            Inside::Members(members) => {
                for member in members {
                    self.remove_lines(member.key, &member.value);
                }
            }
            // The list's span is that of its first item.
            Inside::List(items) => {
                for item in items {
                    self.remove_lines(item.span.start, item);
                }
            }
            Inside::Scalar => {}
        }
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |it| it + 1)
    }

    /// Before the characters that end the line.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.trim_end_matches('\r').len()
    }

    fn indent_of_line(&self, at: usize) -> &'a str {
        let line = self.text.get(self.line_start(at)..at).unwrap_or_default();
        let length = line.len() - line.trim_start().len();
        line.get(..length).unwrap_or_default()
    }

    fn is_one_line(&self, span: &Range<usize>) -> bool {
        !self
            .text
            .get(span.clone())
            .unwrap_or_default()
            .contains('\n')
    }
}

/// Of the members that have lines of their own, the last one's key and the end of its value.
fn last_line(members: &[Member]) -> Option<(usize, usize)> {
    let of = |member: &Member| match (member.value.form, &member.value.inside) {
        (Form::Whole, _) => Some((member.key, member.value.span.end)),
        (Form::Loose, Inside::Members(inner)) => last_line(inner).map(|it| (member.key, it.1)),
        _ => None,
    };
    members.iter().filter_map(of).max_by_key(|it| it.1)
}

/// Where a table of TOML ends, with those in it.
fn end_of(piece: &Piece) -> usize {
    let inner = match &piece.inside {
        Inside::Members(members) => members.iter().map(|it| end_of(&it.value)).max(),
        Inside::List(items) => items.iter().map(end_of).max(),
        Inside::Scalar => None,
    };
    inner.unwrap_or_default().max(piece.span.end)
}

/// The old item that became this one: the same, or else the one with its `id` or its name.
fn place_of<'a>(value: &Value, before: &'a [Value], from: usize) -> Option<(usize, &'a Value)> {
    let key = |it: &Value| it.get("id").or_else(|| it.get("name")).cloned();
    let wanted = key(value);
    let find = |is: &dyn Fn(&Value) -> bool| {
        let rest = before.iter().enumerate().skip(from);
        rest.into_iter().find(|it| is(it.1))
    };
    find(&|it| it == value).or_else(|| find(&|it| wanted.is_some() && key(it) == wanted))
}

/// What differs from the default, if there is one.
fn sparse(value: &Value, default: Option<&Value>) -> Value {
    let (Value::Object(members), Some(Value::Object(default))) = (value, default) else {
        return value.clone();
    };
    let differs = members.iter().filter(|it| default.get(it.0) != Some(it.1));
    let members = differs.map(|(name, it)| (name.clone(), sparse(it, default.get(name))));
    Value::Object(members.collect())
}

//! The values of a text of JSON.

use super::piece::{Form, Inside, Member, Piece};

/// `None` if the text is not JSON. What is accepted is what a parser has accepted before, so nothing is checked twice.
pub(super) fn outline(text: &str) -> Option<Piece> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    Scanner { text, at: 0 }.piece()
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    /// The next byte that is no space. It is not passed.
    fn next(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let spaces = rest.iter().take_while(|it| it.is_ascii_whitespace());
        self.at += spaces.count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn piece(&mut self) -> Option<Piece> {
        let first = self.next()?;
        let start = self.at;
        let inside = match first {
            b'{' => Inside::Members(self.each(b'}', Self::member)?),
            b'[' => Inside::List(self.each(b']', Self::piece)?),
            b'"' => {
                self.pass_text()?;
                Inside::Scalar
            }
            _ => {
                let rest = self.text.get(self.at..)?;
                let ends = |it: char| matches!(it, ',' | ']' | '}') || it.is_ascii_whitespace();
                self.at += rest.find(ends).unwrap_or(rest.len());
                Inside::Scalar
            }
        };
        Some(Piece {
            span: start..self.at,
            form: Form::Whole,
            inside,
        })
    }

    fn member(&mut self) -> Option<Member> {
        self.next()?;
        let key = self.at;
        self.pass_text()?;
        let name = serde_json::from_str(self.text.get(key..self.at)?).ok()?;
        self.next()?;
        self.at += 1; // the colon
        let value = self.piece()?;
        Some(Member { name, key, value })
    }

    /// What is between two brackets. The scanner is at the first, and then behind the second.
    fn each<T>(&mut self, close: u8, one: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = vec![];
        self.at += 1;
        while self.next()? != close {
            all.push(one(self)?);
            if self.next()? == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(all)
    }

    /// From a quotation mark to behind the other.
    fn pass_text(&mut self) -> Option<()> {
        let mut escaped = true;
        let rest = self.text.as_bytes().get(self.at..)?;
        let length = rest.iter().position(|byte| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        })?;
        self.at += length + 1;
        Some(())
    }
}

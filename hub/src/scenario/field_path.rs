//! Where in a scenario something is wrong.

use std::fmt;

use crate::tree::Step;

/// A rule that a scenario breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub path: FieldPath,
    /// What is wrong there.
    pub message: String,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Into the member with this name.
    Field(String),
    /// Into the item at this place of a list, from 0.
    Index(usize),
}

/// The path of a field: `conversations[2].contact.wxUserId`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldPath(Vec<Segment>);

impl FieldPath {
    /// The whole scenario.
    #[must_use]
    pub fn new() -> Self {
        FieldPath::default()
    }

    /// The member with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        self.with(Segment::Field(name.to_owned()))
    }

    /// The item at this place, from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    /// Its steps, from the outside in.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether it is the whole scenario.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn with(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        FieldPath(segments)
    }
}

impl From<Vec<Step>> for FieldPath {
    fn from(steps: Vec<Step>) -> Self {
        let segments = steps.into_iter().map(|step| match step {
            Step::Member(name) => Segment::Field(name),
            Step::Item(index) => Segment::Index(index),
        });
        FieldPath(segments.collect())
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Field(name) if position == 0 => write!(f, "{name}")?,
                Segment::Field(name) => write!(f, ".{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The result of a check. The error is the first rule that is broken.
pub type Checked = Result<(), Fault>;

/// The result of a check that found a broken rule at this path.
///
/// # Errors
///
/// Always.
pub fn fault(path: FieldPath, message: impl Into<String>) -> Checked {
    Err(Fault {
        path,
        message: message.into(),
    })
}

//! Reads a scenario from JSON or TOML, and reports the exact position of errors.

use std::fmt;
use std::fs::{File, FileType, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::check::{self, Fault, FieldPath, check};
use super::{MessageTime, Scenario};
use locate::locate;

mod locate;

/// Bytes. A larger scenario file is a mistake.
const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Json,
    Toml,
}

/// Why a scenario cannot be used, or what to mend in one that can. Also the data of the `scenario-error` event, and of each warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScenarioError {
    pub message: String,
    /// From 1. `None` if the error has no position, for example because the file cannot be read.
    pub line: Option<usize>,
    /// From 1, in characters.
    pub column: Option<usize>,
    /// The path of the field, like `conversations[2].contact.wxUserId`. `None` for syntax errors.
    pub field: Option<String>,
}

impl std::error::Error for ScenarioError {}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, "line {line}, column {column}: ")?;
        }
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl ScenarioError {
    fn unplaced(message: impl Into<String>) -> Self {
        ScenarioError {
            message: message.into(),
            line: None,
            column: None,
            field: None,
        }
    }

    fn at(text: &str, offset: Option<usize>, field: Option<&FieldPath>, message: String) -> Self {
        let (line, column) = offset.map(|offset| line_and_column(text, offset)).unzip();
        ScenarioError {
            message,
            line,
            column,
            field: field.map(FieldPath::to_string),
        }
    }
}

impl Format {
    /// The format that the file's name ends in.
    pub fn of(path: &Path) -> Result<Self, ScenarioError> {
        match path
            .extension()
            .and_then(|it| it.to_str())
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("json") => Ok(Format::Json),
            Some("toml") => Ok(Format::Toml),
            _ => Err(ScenarioError::unplaced(
                "the file's name must end in .json or .toml",
            )),
        }
    }
}

/// The text of a file in JSON or TOML. `what` it is appears in errors: "a scenario".
pub fn read(path: &Path, what: &str) -> Result<String, ScenarioError> {
    // Checked before opening, because opening some devices has side effects, and again after, when the file can no longer be
    // replaced by another.
    refuse_no_file(&std::fs::metadata(path).map_err(unreadable)?, what)?;
    let file = open(path).map_err(unreadable)?;
    refuse_no_file(&file.metadata().map_err(unreadable)?, what)?;
    read_text(file, what)
}

/// The reported size of a file can be wrong or can change, so the bytes read are what is limited.
fn read_text(source: impl Read, what: &str) -> Result<String, ScenarioError> {
    let mut bytes = Vec::new();
    source
        .take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(ScenarioError::unplaced(format!(
            "is longer than {MAX_FILE_BYTES} bytes, the most that {what} may have"
        )));
    }
    String::from_utf8(bytes).map_err(|_| ScenarioError::unplaced("is not UTF-8; save it as UTF-8"))
}

fn unreadable(error: io::Error) -> ScenarioError {
    ScenarioError::unplaced(format!("cannot be read: {error}"))
}

/// Opens without blocking: opening a pipe would otherwise wait until a program writes to its other end.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        libc::O_NONBLOCK | libc::O_NOCTTY,
    );
    options.open(path)
}

fn refuse_no_file(metadata: &Metadata, what: &str) -> Result<(), ScenarioError> {
    if metadata.is_file() {
        return Ok(());
    }
    let kind = kind_of(metadata.file_type());
    Err(ScenarioError::unplaced(format!(
        "is {kind}; {what} is a file, in JSON or TOML"
    )))
}

fn kind_of(kind: FileType) -> &'static str {
    if kind.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    "no ordinary file"
}

/// Tells one text of a scenario from another, also after a restart: relative times in it resolve differently then.
pub fn revision(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Reads and checks a scenario. Relative times of its messages are resolved against `now`.
pub fn parse(text: &str, format: Format, now: Timestamp) -> Result<Scenario, ScenarioError> {
    let mut scenario: Scenario = deserialize(text, format)?;
    check(&scenario)
        .and_then(|()| resolve_times(&mut scenario, now))
        .map_err(|fault| placed(text, format, fault))?;
    Ok(scenario)
}

/// Where a valid scenario differs from Juzi's console, with the positions in its text.
pub fn warnings(text: &str, format: Format, scenario: &Scenario) -> Vec<ScenarioError> {
    let found = check::warnings(scenario).into_iter();
    found.map(|fault| placed(text, format, fault)).collect()
}

/// The error for a rule that the text breaks, with its position.
pub fn placed(text: &str, format: Format, Fault { path, message }: Fault) -> ScenarioError {
    let text = without_mark(text);
    let place = locate(text, format, &path).map(|it| it.start);
    ScenarioError::at(text, place, Some(&path), message)
}

/// Reads a value from a text, with the position and the field of an error.
pub fn deserialize<T: DeserializeOwned>(text: &str, format: Format) -> Result<T, ScenarioError> {
    match format {
        Format::Json => from_json(without_mark(text)),
        Format::Toml => from_toml(without_mark(text)),
    }
}

/// Some editors put a byte order mark first.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, ScenarioError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = serde_path_to_error::deserialize::<_, T>(&mut deserializer);
    let value = result.map_err(|error| {
        let path = FieldPath::from(error.path());
        let cause = error.inner();
        let own_place = offset_of(text, cause.line(), cause.column());
        if !cause.is_data() {
            return ScenarioError::at(text, Some(own_place), None, without_place(cause));
        }
        let place = locate(text, Format::Json, &path).map_or(own_place, |it| it.start);
        ScenarioError::at(
            text,
            Some(place),
            Some(&path).filter(|it| !it.is_empty()),
            without_place(cause),
        )
    })?;
    deserializer.end().map_err(|error| {
        ScenarioError::at(
            text,
            Some(offset_of(text, error.line(), error.column())),
            None,
            without_place(&error),
        )
    })?;
    Ok(value)
}

fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, ScenarioError> {
    let start = |span: Option<Range<usize>>| span.map(|it| it.start);
    let deserializer = toml::Deserializer::parse(text).map_err(|error| {
        ScenarioError::at(text, start(error.span()), None, error.message().to_owned())
    })?;
    serde_path_to_error::deserialize::<_, T>(deserializer).map_err(|error| {
        let path = FieldPath::from(error.path());
        let place = start(locate(text, Format::Toml, &path)).or(start(error.inner().span()));
        let message = error.inner().message().to_owned();
        ScenarioError::at(
            text,
            place,
            Some(&path).filter(|it| !it.is_empty()),
            message,
        )
    })
}

/// Cuts off the position at the end of serde_json's message, which [`ScenarioError`] has in fields of its own.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}

fn resolve_times(scenario: &mut Scenario, now: Timestamp) -> Result<(), Fault> {
    for (i, conversation) in scenario.conversations.iter_mut().enumerate() {
        for (j, message) in conversation.messages.iter_mut().enumerate() {
            let at = message.time.resolve(now).ok_or_else(|| Fault {
                path: FieldPath::new()
                    .field("conversations")
                    .index(i)
                    .field("messages")
                    .index(j)
                    .field("time"),
                message: "is further back than the calendar reaches".to_owned(),
            })?;
            message.time = MessageTime::At(at);
        }
    }
    Ok(())
}

/// serde_json counts columns in bytes, from 1 (0 for a line's start).
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (line_start + column.saturating_sub(1)).min(text.len())
}

fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |it| it + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..])
        .chars()
        .count()
        + 1;
    (line, column)
}

#[cfg(test)]
mod tests;

//! The file of a scenario, or of a check's script: how it is read, and how it is replaced.

use std::fs::{File, FileType, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;

use juzi_hub::Unwritable;
use juzi_hub::scenario::ScenarioError;
use juzi_hub::scenario::reading::ScenarioInForce;

/// Bytes. A larger scenario file is a mistake.
const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// The text of a JSON or TOML file. `what` names the file's kind in errors, like "a scenario".
pub fn read(path: &Path, what: &str) -> Result<String, ScenarioError> {
    // Checked before opening, because opening some devices has side effects. Checked again after opening, when the file can no longer be
    // replaced by another.
    refuse_no_file(&std::fs::metadata(path).map_err(unreadable)?, what)?;
    let file = open(path).map_err(unreadable)?;
    refuse_no_file(&file.metadata().map_err(unreadable)?, what)?;
    read_text(file, what)
}

/// The reported size of a file can be wrong or can change, so the limit applies to the bytes read.
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

/// Logs where the file differs from Juzi's console.
pub fn log_warnings(read: &ScenarioInForce, file: &Path) {
    for warning in read.warnings.iter() {
        tracing::warn!("{}: {warning}", file.display());
    }
}

/// Why [`replace_file`] will fail, so that the console can say so before anybody edits. The permissions of a file do not keep it from being
/// replaced, but a file that is read-only is meant to stay.
pub fn unwritable(path: &Path) -> Option<Unwritable> {
    let path = path.canonicalize().ok()?;
    if path.metadata().ok()?.permissions().readonly() {
        return Some(Unwritable::ReadOnly);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let aside = tempfile::NamedTempFile::new_in(folder);
    aside.err().map(|_| Unwritable::Folder)
}

/// Replaces the file in one step, so that no program ever reads half of it. A link stays a link.
pub fn replace_file(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    aside.write_all(text.as_bytes())?;
    aside.as_file().sync_all()?;
    std::fs::set_permissions(aside.path(), path.metadata()?.permissions())?;
    aside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_cannot_be_read() {
        let error = read(Path::new("/nonexistent/a.json"), "a scenario").unwrap_err();
        assert!(error.message.contains("cannot be read"));
    }

    /// A file that grows as fast as it is read, and counts the bytes read.
    struct Growing {
        read: u64,
        ends_at: u64,
    }

    impl Read for &mut Growing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let left = usize::try_from(self.ends_at - self.read).unwrap_or(usize::MAX);
            let length = buffer.len().min(left);
            buffer[..length].fill(b' ');
            self.read += length as u64;
            Ok(length)
        }
    }

    #[test]
    fn a_scenario_is_read_to_its_limit_and_no_further() {
        for (ends_at, is_read) in [
            (MAX_FILE_BYTES, true),
            (MAX_FILE_BYTES + 1, false),
            (16 * MAX_FILE_BYTES, false),
        ] {
            let mut file = Growing { read: 0, ends_at };
            let text = read_text(&mut file, "a scenario");
            assert!(file.read <= MAX_FILE_BYTES + 1, "{} bytes", file.read);
            match text {
                Ok(text) => assert!(is_read && text.len() as u64 == MAX_FILE_BYTES),
                Err(error) => {
                    assert!(!is_read, "{error}");
                    assert!(
                        error.message.contains("longer than 16777216 bytes"),
                        "{error}"
                    );
                }
            }
        }
    }
}

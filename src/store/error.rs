//! Errors of storing and reading runs, with advice for the user.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be stored or read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    /// The file or folder.
    pub path: PathBuf,
    /// The operation, as it follows "cannot …".
    pub doing: String,
    /// The cause.
    pub cause: StoreErrorCause,
}

/// The cause of a [`StoreError`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreErrorCause {
    /// The disk or the user's quota is full.
    Full,
    /// The file system denies the operation.
    Forbidden,
    /// The content differs from what was written.
    Damaged(String),
    /// Another process works on the run.
    Busy,
    /// The run is not finished, so it has no tables yet.
    Unfinished,
    /// No run has that name, or several have.
    NoSuchRun(String),
    /// Any other error of the system.
    Other(String),
}

impl StoreError {
    pub(super) fn new(path: &Path, doing: &str, cause: StoreErrorCause) -> Self {
        Self { path: path.to_path_buf(), doing: doing.to_string(), cause }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::new(path, "read", StoreErrorCause::Damaged(what.into()))
    }

    pub(super) fn io(path: &Path, doing: &str, error: &io::Error) -> Self {
        Self::new(path, doing, StoreErrorCause::from_io(error))
    }

    /// The exit status of the process: 2 if the input names no run, 3 for an input or output error.
    pub fn exit_status(&self) -> u8 {
        if matches!(self.cause, StoreErrorCause::NoSuchRun(_)) { 2 } else { 3 }
    }
}

impl StoreErrorCause {
    fn from_io(error: &io::Error) -> StoreErrorCause {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                StoreErrorCause::Full
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreErrorCause::Forbidden,
            _ => StoreErrorCause::Other(error.to_string()),
        }
    }

    /// What the user can do about it.
    fn remedy(&self) -> &'static str {
        match self {
            StoreErrorCause::Full => "Free some space, or choose another folder with --out. Finished trials are kept.",
            StoreErrorCause::Forbidden => "Change the permissions of the folder, or choose another one with --out.",
            StoreErrorCause::Damaged(_) => "Run it again with `hubsim run … --again`, or delete the run's folder.",
            StoreErrorCause::Busy => "Wait until it ends, or stop it; its finished trials are kept.",
            StoreErrorCause::Unfinished => "`hubsim run` with the same scenario continues it.",
            StoreErrorCause::NoSuchRun(_) => {
                "RUN is a run folder, the name of a scenario, `latest`, or the first digits of a run."
            }
            StoreErrorCause::Other(_) => "Check the path, or choose another folder with --out.",
        }
    }
}

impl fmt::Display for StoreErrorCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreErrorCause::Full => write!(f, "the disk is full"),
            StoreErrorCause::Forbidden => write!(f, "permission denied"),
            StoreErrorCause::Damaged(what) => write!(f, "it is damaged: {what}"),
            StoreErrorCause::Busy => write!(f, "another process is working on this run"),
            StoreErrorCause::Unfinished => write!(f, "the run is not finished"),
            StoreErrorCause::NoSuchRun(what) | StoreErrorCause::Other(what) => write!(f, "{what}"),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: cannot {}: {}\n  {}", self.path.display(), self.doing, self.cause, self.cause.remedy())
    }
}

impl std::error::Error for StoreError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_says_where_what_why_and_what_to_do() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = StoreError::io(Path::new("output/x/years.parquet"), "write the table", &full);
        assert_eq!(error.exit_status(), 3);
        let text = error.to_string();
        assert!(text.starts_with("output/x/years.parquet: cannot write the table: the disk is full"), "{text}");
        assert!(text.contains("Free some space"), "{text}");
    }

    #[test]
    fn a_wrong_name_is_bad_input_a_bad_disk_is_not() {
        let unknown = StoreError::new(Path::new("x"), "find a run", StoreErrorCause::NoSuchRun(String::new()));
        assert_eq!(unknown.exit_status(), 2);
        assert_eq!(StoreError::damaged(Path::new("x"), "torn").exit_status(), 3);
    }
}

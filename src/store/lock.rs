//! The lock of a run folder: one process at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::error::{StoreError, StoreErrorCause};

/// A held lock of a run folder. The operating system releases it when the process ends, even if it crashes.
#[derive(Debug)]
pub(super) struct RunLock {
    _file: File,
}

impl RunLock {
    /// Locks the file at `path`; its folder is created if it does not exist.
    ///
    /// # Errors
    /// [`StoreErrorCause::Busy`] if another process holds it.
    pub fn take(path: &Path) -> Result<RunLock, StoreError> {
        let failed = |error: &io::Error| StoreError::io(path, "take the lock file", error);
        let folder = path.parent().unwrap_or(path);
        // A process that finishes a run removes the lock file while it holds the lock. Another process that had opened the
        // file before then holds a lock on a deleted file, and has to try again.
        for _ in 0..100 {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, "make the folder", &error))?;
            let file = match OpenOptions::new().create(true).append(true).open(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other.map_err(|error| failed(&error))?,
            };
            match file.try_lock() {
                Ok(()) if is_at(path, &file) => return Ok(RunLock { _file: file }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::new(folder, "open the run", StoreErrorCause::Busy));
                }
                // Some network file systems have no locks; a single process can still work there.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(RunLock { _file: file });
                }
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
        }
        Err(StoreError::new(folder, "open the run", StoreErrorCause::Busy))
    }
}

/// Whether the open file is still the one at `path`.
#[cfg(unix)]
fn is_at(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let current = std::fs::metadata(path).map(identity).ok();
    current.is_some() && current == file.metadata().map(identity).ok()
}

/// Other systems do not remove an open file.
#[cfg(not(unix))]
fn is_at(path: &Path, _: &File) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_process_finds_the_run_busy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run/lock");
        let first = RunLock::take(&path).unwrap();
        assert_eq!(RunLock::take(&path).unwrap_err().cause, StoreErrorCause::Busy);
        drop(first);
        assert!(RunLock::take(&path).is_ok());
    }

    #[test]
    fn a_lock_on_a_deleted_file_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let file = File::create(&path).unwrap();
        assert!(is_at(&path, &file));
        std::fs::remove_file(&path).unwrap();
        assert!(!is_at(&path, &file));
        File::create(&path).unwrap();
        assert!(!is_at(&path, &file) || cfg!(not(unix)), "another file of the same name");
    }
}

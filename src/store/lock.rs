//! One process at a time in a run folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::error::{Cause, StoreError};

/// A lock on a run folder; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock file at a path, whose folder is made if need be.
    ///
    /// # Errors
    /// [`Cause::Busy`] if another process has it.
    pub fn take(path: &Path) -> Result<Lock, StoreError> {
        let failed = |error: &io::Error| StoreError::io(path, "take the lock file", error);
        let folder = path.parent().unwrap_or(path);
        // The one who finishes a run removes the lock file while holding it. Whoever had opened it before then
        // holds a lock on a file without a name: it has to ask again.
        for _ in 0..100 {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, "make the folder", &error))?;
            let file = match OpenOptions::new().create(true).append(true).open(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other.map_err(|error| failed(&error))?,
            };
            match file.try_lock() {
                Ok(()) if names(path, &file) => return Ok(Lock { _file: file }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(StoreError::new(folder, "open the run", Cause::Busy)),
                // Some network file systems have no locks; one can still work there, alone.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Lock { _file: file });
                }
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
        }
        Err(StoreError::new(folder, "open the run", Cause::Busy))
    }
}

/// Whether the file is still the one of that name.
#[cfg(unix)]
fn names(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let there = std::fs::metadata(path).map(identity).ok();
    there.is_some() && there == file.metadata().map(identity).ok()
}

/// Elsewhere an open file keeps its name.
#[cfg(not(unix))]
fn names(path: &Path, _: &File) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_that_it_is_busy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run/lock");
        let first = Lock::take(&path).unwrap();
        assert_eq!(Lock::take(&path).unwrap_err().cause, Cause::Busy);
        drop(first);
        assert!(Lock::take(&path).is_ok());
    }

    #[test]
    fn a_lock_without_a_name_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let file = File::create(&path).unwrap();
        assert!(names(&path, &file));
        std::fs::remove_file(&path).unwrap();
        assert!(!names(&path, &file));
        File::create(&path).unwrap();
        assert!(!names(&path, &file) || cfg!(not(unix)), "another file of the same name");
    }
}

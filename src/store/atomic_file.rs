//! Files that appear complete or not at all: they are written under a temporary name in the same folder, then renamed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::StoreError;

/// The suffix of temporary names.
pub(super) const TEMPORARY: &str = ".tmp";

/// A file that was written: its name, length and hash, as the manifest lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its path within the run folder, with `/`.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// blake3 of its content, 64 hexadecimal digits.
    pub blake3: String,
}

/// Whether [`AtomicFile::commit`] waits for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// The content is on the disk before the file appears: it survives a power failure.
    Synced,
    /// The operating system may write the content later.
    Buffered,
}

/// A file that is being written. It appears with [`AtomicFile::commit`]; dropping it without leaves nothing behind.
pub struct AtomicFile {
    writer: Option<BufWriter<File>>,
    hasher: blake3::Hasher,
    bytes: u64,
    name: String,
    temporary: PathBuf,
    target: PathBuf,
}

impl AtomicFile {
    /// Begins the file `name` in an existing folder; subfolders in `name` are created.
    ///
    /// # Errors
    /// If the file system reports one.
    pub fn create(folder: &Path, name: &str) -> Result<AtomicFile, StoreError> {
        let target = folder.join(name);
        let parent = target.parent().unwrap_or(folder).to_path_buf();
        if parent != folder {
            fs::create_dir_all(&parent).map_err(|error| StoreError::io(&parent, "make the folder", &error))?;
        }
        let last = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // The process id keeps two processes from writing to the same temporary file.
        let temporary = parent.join(format!(".{last}.{}{TEMPORARY}", std::process::id()));
        let file = File::create(&temporary).map_err(|error| StoreError::io(&target, "write the file", &error))?;
        let writer = Some(BufWriter::with_capacity(1 << 16, file));
        Ok(AtomicFile { writer, hasher: blake3::Hasher::new(), bytes: 0, name: name.to_string(), temporary, target })
    }

    /// The path of the file after the commit.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Makes the file appear under its name, replacing an older one.
    ///
    /// # Errors
    /// If the file system reports one; then there is no file, or still the old one.
    pub fn commit(mut self, durability: Durability) -> Result<StoredFile, StoreError> {
        let writer = self.writer.take().expect("committed once");
        let renamed = (|| {
            let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
            if durability == Durability::Synced {
                file.sync_all()?;
            }
            drop(file);
            fs::rename(&self.temporary, &self.target)
        })();
        match renamed {
            Ok(()) => {
                let name = std::mem::take(&mut self.name);
                let blake3 = self.hasher.finalize().to_hex().to_string();
                Ok(StoredFile { name, bytes: self.bytes, blake3 })
            }
            Err(error) => {
                let _ = fs::remove_file(&self.temporary);
                Err(StoreError::io(&self.target, "write the file", &error))
            }
        }
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(writer) = &mut self.writer else {
            return Err(io::Error::other("already committed"));
        };
        let written = writer.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // `into_parts` discards the buffer: flushing data that is deleted at once would be wasted.
            drop(writer.into_parts());
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Writes a whole file atomically and waits for the disk.
///
/// # Errors
/// If the file system reports one.
pub fn write_atomically(folder: &Path, name: &str, content: &[u8]) -> Result<StoredFile, StoreError> {
    let mut file = AtomicFile::create(folder, name)?;
    let written = file.write_all(content);
    written.map_err(|error| StoreError::io(file.target(), "write the file", &error))?;
    file.commit(Durability::Synced)
}

/// Waits until the names in a folder are on the disk. Systems that cannot sync a folder are not waited for.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Removes temporary files that an interrupted process left behind.
pub(super) fn remove_stale_temporaries(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.ends_with(TEMPORARY) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_old_file_stays_until_the_new_one_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        write_atomically(folder.path(), "a.txt", b"old").unwrap();
        let mut file = AtomicFile::create(folder.path(), "a.txt").unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"old");
        let stored = file.commit(Durability::Synced).unwrap();
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"new");
        assert_eq!(stored.bytes, 3);
        assert_eq!(stored.blake3, blake3::hash(b"new").to_hex().as_str());
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn a_dropped_file_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = AtomicFile::create(folder.path(), "a.txt").unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn only_hidden_temporary_files_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".years.parquet.17.tmp"), "half").unwrap();
        fs::write(folder.path().join("mine.tmp"), "kept").unwrap();
        remove_stale_temporaries(folder.path());
        assert_eq!(names(folder.path()), ["mine.tmp"]);
    }

    #[test]
    fn a_failed_commit_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("taken")).unwrap();
        let error = write_atomically(folder.path(), "taken", b"x").unwrap_err();
        assert_eq!(error.path, folder.path().join("taken"));
        assert_eq!(names(folder.path()), ["taken"]);
        assert!(write_atomically(&folder.path().join("nowhere"), "a", b"x").is_err());
    }
}

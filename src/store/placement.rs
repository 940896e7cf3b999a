//! Files that appear whole or not at all: written under a temporary name beside their own, then renamed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::StoreError;

/// How temporary names end.
pub(super) const TEMPORARY: &str = ".tmp";

/// A file as it was placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Its path within the run folder, with `/`.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// blake3 of its content, 64 hexadecimal digits.
    pub blake3: String,
}

/// A file on its way. Dropped without [`Placement::commit`] it leaves nothing behind.
pub struct Placement {
    writer: Option<BufWriter<File>>,
    hasher: blake3::Hasher,
    bytes: u64,
    name: String,
    temporary: PathBuf,
    target: PathBuf,
}

impl Placement {
    /// Begins the file `name` in a folder that is there; `name` may lead through subfolders, which are made.
    ///
    /// # Errors
    /// What the file system says.
    pub fn begin(folder: &Path, name: &str) -> Result<Placement, StoreError> {
        let target = folder.join(name);
        let parent = target.parent().unwrap_or(folder).to_path_buf();
        if parent != folder {
            fs::create_dir_all(&parent).map_err(|error| StoreError::io(&parent, "make the folder", &error))?;
        }
        let last = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let temporary = parent.join(format!(".{last}.{}{TEMPORARY}", std::process::id()));
        let file = File::create(&temporary).map_err(|error| StoreError::io(&target, "write the file", &error))?;
        let writer = Some(BufWriter::with_capacity(1 << 16, file));
        Ok(Placement { writer, hasher: blake3::Hasher::new(), bytes: 0, name: name.to_string(), temporary, target })
    }

    /// Where the file will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the file in its place; `durable` waits until the disk has it.
    ///
    /// # Errors
    /// What the file system says; then there is no file, or still the old one.
    pub fn commit(mut self, durable: bool) -> Result<Placed, StoreError> {
        let writer = self.writer.take().expect("committed once");
        let renamed = (|| {
            let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
            if durable {
                file.sync_all()?;
            }
            drop(file);
            fs::rename(&self.temporary, &self.target)
        })();
        match renamed {
            Ok(()) => {
                let name = std::mem::take(&mut self.name);
                let blake3 = self.hasher.finalize().to_hex().to_string();
                Ok(Placed { name, bytes: self.bytes, blake3 })
            }
            Err(error) => {
                let _ = fs::remove_file(&self.temporary);
                Err(StoreError::io(&self.target, "write the file", &error))
            }
        }
    }
}

impl Write for Placement {
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

impl Drop for Placement {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // Not flushed: what is thrown away need not be written first.
            drop(writer.into_parts());
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Places a whole file at once.
///
/// # Errors
/// What the file system says.
pub fn place(folder: &Path, name: &str, content: &[u8]) -> Result<Placed, StoreError> {
    let mut placement = Placement::begin(folder, name)?;
    let written = placement.write_all(content);
    written.map_err(|error| StoreError::io(placement.target(), "write the file", &error))?;
    placement.commit(true)
}

/// Waits until the disk knows the names in a folder. Not every system can; the names are then on their way.
pub(super) fn settle(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Removes what a killed process left under temporary names.
pub(super) fn sweep(folder: &Path) {
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
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        place(folder.path(), "a.txt", b"old").unwrap();
        let mut placement = Placement::begin(folder.path(), "a.txt").unwrap();
        placement.write_all(b"new").unwrap();
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"old");
        let placed = placement.commit(true).unwrap();
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"new");
        assert_eq!(placed.bytes, 3);
        assert_eq!(placed.blake3, blake3::hash(b"new").to_hex().as_str());
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut placement = Placement::begin(folder.path(), "a.txt").unwrap();
        placement.write_all(b"half").unwrap();
        drop(placement);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn leftovers_of_the_killed_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".years.parquet.17.tmp"), "half").unwrap();
        fs::write(folder.path().join("mine.tmp"), "kept").unwrap();
        sweep(folder.path());
        assert_eq!(names(folder.path()), ["mine.tmp"]);
    }

    #[test]
    fn a_target_that_cannot_be_replaced_is_an_error_without_leftovers() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("taken")).unwrap();
        let error = place(folder.path(), "taken", b"x").unwrap_err();
        assert_eq!(error.path, folder.path().join("taken"));
        assert_eq!(names(folder.path()), ["taken"]);
        assert!(place(&folder.path().join("nowhere"), "a", b"x").is_err());
    }
}

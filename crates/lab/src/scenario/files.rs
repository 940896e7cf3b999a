//! Sources of scenario files: the file system, or memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// A source of scenario files. `extends = "other.toml"` is looked up in the same place.
pub trait Files {
    /// At most `most` bytes of a file.
    ///
    /// # Errors
    /// If it cannot be read; [`ErrorKind::IsADirectory`] for a folder.
    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>>;

    /// Whether there is a file.
    fn is_file(&self, path: &Path) -> bool;

    /// A path that is the same for all paths of one file.
    fn identity(&self, path: &Path) -> PathBuf;
}

/// The file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        if path.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    }
}

/// Files in memory, by path: for programs that have no file system.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// A source of these files.
    pub fn new<P: Into<PathBuf>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, T)>) -> Memory {
        let normal = |(path, text): (P, T)| (normalised(&path.into()), text.into());
        Memory { files: files.into_iter().map(normal).collect() }
    }
}

impl Files for Memory {
    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        let bytes = self.files.get(&normalised(path)).ok_or(ErrorKind::NotFound)?;
        Ok(bytes.iter().copied().take(most).collect())
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(&normalised(path))
    }

    fn identity(&self, path: &Path) -> PathBuf {
        normalised(path)
    }
}

/// A path without `.` and `..`.
fn normalised(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if normal.pop() => {}
            part => normal.push(part),
        }
    }
    normal
}

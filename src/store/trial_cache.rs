//! The finished trials of an unfinished run: one file each, so that an interrupted run loses only the trials in progress.
//!
//! ```text
//! file = magic · run id (12) · checksum (32) · length of outcome (8) · outcome · history     (postcard encoding)
//! ```
//!
//! The checksum covers all after itself and the run id. A file that a failing disk or a power failure damaged is
//! detected, removed, and its trial simulated again; therefore writing does not wait for the disk.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::atomic_file::{AtomicFile, Durability, remove_stale_temporaries};
use super::error::StoreError;
use super::run_key::ORGANISATION_REPLICATES;
use hubsim_lab::experiment::{ArmId, Outcome};
use hubsim_model::record::History;

const MAGIC: &[u8; 8] = b"hubsim\x00\x01";
const RUN_ID: usize = 12;
const CHECKSUM: usize = 32;
const HEADER: usize = MAGIC.len() + RUN_ID + CHECKSUM + 8;

/// The folder with the finished trials of one run.
pub(super) struct TrialCache {
    folder: PathBuf,
    run: String,
}

impl TrialCache {
    /// Opens the cache of a run (an id of twelve digits) in a folder, which is created if it does not exist.
    pub fn open(folder: PathBuf, run: &str) -> Result<TrialCache, StoreError> {
        fs::create_dir_all(&folder).map_err(|error| StoreError::io(&folder, "make the folder", &error))?;
        remove_stale_temporaries(&folder);
        Ok(TrialCache { folder, run: run.to_string() })
    }

    /// Stores a trial. Rows of organisations are stored for the first replicates only, as in the tables.
    pub fn store(&self, outcome: &Outcome, history: &History) -> Result<(), StoreError> {
        let without;
        let history = if outcome.replicate < ORGANISATION_REPLICATES {
            history
        } else {
            without = History { organisations: Vec::new(), ..history.clone() };
            &without
        };
        let name = file_name(outcome.arm, outcome.replicate);
        let failed =
            |what: String| StoreError::io(&self.folder.join(&name), "store the trial", &io::Error::other(what));
        let first = postcard::to_stdvec(outcome).map_err(|error| failed(error.to_string()))?;
        let rest = postcard::to_stdvec(history).map_err(|error| failed(error.to_string()))?;

        let length = (first.len() as u64).to_le_bytes();
        let sum = checksum(&self.run, &length, &first, &rest);
        let mut file = AtomicFile::create(&self.folder, &name)?;
        for bytes in [MAGIC.as_slice(), self.run.as_bytes(), &sum, &length, &first, &rest] {
            let written = file.write_all(bytes);
            written.map_err(|error| StoreError::io(&self.folder.join(&name), "store the trial", &error))?;
        }
        file.commit(Durability::Buffered).map(|_| ())
    }

    /// The outcome of a stored trial. A file that cannot be read is removed.
    pub fn load_outcome(&self, arm: ArmId, replicate: u32) -> Option<Outcome> {
        self.read(arm, replicate, |outcome, _| Some(outcome))
    }

    /// The outcome and the rows of a stored trial. A file that cannot be read is removed.
    pub fn load_trial(&self, arm: ArmId, replicate: u32) -> Option<(Outcome, History)> {
        self.read(arm, replicate, |outcome, rest| Some((outcome, postcard::from_bytes(rest).ok()?)))
    }

    /// Reads a trial; `decode` gets the outcome and the encoded history.
    fn read<T>(&self, arm: ArmId, replicate: u32, decode: impl Fn(Outcome, &[u8]) -> Option<T>) -> Option<T> {
        let path = self.path(arm, replicate);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            other => other.ok(),
        };
        let found = bytes.and_then(|bytes| {
            let (first, rest) = self.payload(&bytes)?;
            let outcome: Outcome = postcard::from_bytes(first).ok()?;
            // A file that was copied or renamed belongs to another trial.
            (outcome.arm == arm && outcome.replicate == replicate).then_some(())?;
            decode(outcome, rest)
        });
        // What cannot be read is simulated again; should removing fail, the new file replaces it.
        if found.is_none() {
            let _ = fs::remove_file(&path);
        }
        found
    }

    /// The encoded outcome and history, if the header and the checksum are valid.
    fn payload<'a>(&self, bytes: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        let (head, body) = bytes.split_at_checked(HEADER)?;
        let (magic, head) = head.split_at(MAGIC.len());
        let (run, head) = head.split_at(RUN_ID);
        let (sum, length) = head.split_at(CHECKSUM);
        let first = u64::from_le_bytes(length.try_into().ok()?);
        let (first, rest) = body.split_at_checked(usize::try_from(first).ok()?)?;
        let valid =
            magic == MAGIC && run == self.run.as_bytes() && sum == checksum(&self.run, length, first, rest).as_slice();
        valid.then_some((first, rest))
    }

    /// The number of stored trials, damaged ones included.
    pub fn count(&self) -> usize {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part")).count()
    }

    /// Removes all trials, so that they are simulated again.
    pub fn clear(&self) -> Result<(), StoreError> {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().ends_with(".part") {
                let removed = fs::remove_file(entry.path());
                removed.map_err(|error| StoreError::io(&entry.path(), "remove the old trial", &error))?;
            }
        }
        Ok(())
    }

    fn path(&self, arm: ArmId, replicate: u32) -> PathBuf {
        self.folder.join(file_name(arm, replicate))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn file_name(arm: ArmId, replicate: u32) -> String {
    format!("{:03}-{replicate:05}.part", arm.0)
}

fn checksum(run: &str, length: &[u8], first: &[u8], rest: &[u8]) -> [u8; CHECKSUM] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(run.as_bytes()).update(length).update(first).update(rest);
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubsim_model::record::{Names, OrganisationRow};

    fn outcome(replicate: u32) -> Outcome {
        let measures = vec![vec![f64::NAN, -0.0], vec![1.5, f64::INFINITY]];
        Outcome { arm: ArmId(1), replicate, digest: "d".repeat(64), world: vec![0.1], measures }
    }

    fn history() -> History {
        let names = Names { organisation: vec!["a".into()], ..Names::default() };
        History { names, organisations: vec![OrganisationRow::default(); 3], ..History::default() }
    }

    fn cache(folder: &Path) -> TrialCache {
        TrialCache::open(folder.join("parts"), "0123456789ab").unwrap()
    }

    #[test]
    fn a_stored_trial_is_read_back_bit_by_bit() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path());
        cache.store(&outcome(2), &history()).unwrap();
        let (found, rows) = cache.load_trial(ArmId(1), 2).unwrap();
        let bits = |outcome: &Outcome| -> Vec<u64> { outcome.measures.iter().flatten().map(|v| v.to_bits()).collect() };
        assert_eq!(bits(&found), bits(&outcome(2)));
        assert_eq!((found.digest, found.world), (outcome(2).digest, vec![0.1]));
        assert_eq!(rows, history());
        assert!(cache.load_outcome(ArmId(0), 2).is_none() && cache.load_outcome(ArmId(1), 3).is_none());
    }

    #[test]
    fn organisations_are_stored_for_the_first_replicates_only() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path());
        for replicate in [ORGANISATION_REPLICATES - 1, ORGANISATION_REPLICATES] {
            cache.store(&outcome(replicate), &history()).unwrap();
        }
        assert_eq!(cache.load_trial(ArmId(1), ORGANISATION_REPLICATES - 1).unwrap().1.organisations.len(), 3);
        let (_, rows) = cache.load_trial(ArmId(1), ORGANISATION_REPLICATES).unwrap();
        assert!(rows.organisations.is_empty() && rows.names == history().names);
    }

    #[test]
    fn a_damaged_file_is_detected_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path());
        cache.store(&outcome(0), &history()).unwrap();
        let path = cache.path(ArmId(1), 0);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut torn = whole.clone();
            torn[at] ^= 0x10;
            fs::write(&path, &torn).unwrap();
            assert!(cache.load_outcome(ArmId(1), 0).is_none(), "byte {at}");
            assert!(!path.exists(), "byte {at}");
            fs::write(&path, &whole[..at]).unwrap();
            assert!(cache.load_outcome(ArmId(1), 0).is_none(), "the first {at} bytes");
        }
        fs::write(&path, &whole).unwrap();
        assert!(cache.load_outcome(ArmId(1), 0).is_some());
    }

    #[test]
    fn a_file_of_another_run_or_trial_is_rejected() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path());
        cache.store(&outcome(0), &history()).unwrap();
        fs::copy(cache.path(ArmId(1), 0), cache.path(ArmId(1), 5)).unwrap();
        assert!(cache.load_outcome(ArmId(1), 5).is_none());
        let other = TrialCache { folder: cache.folder.clone(), run: "ba9876543210".into() };
        assert!(other.load_outcome(ArmId(1), 0).is_none());
    }
}

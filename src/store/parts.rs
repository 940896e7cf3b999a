//! Finished trials on their way into the tables: one file each, so that a killed run loses only those in flight.
//!
//! A part is written under a temporary name and renamed. It carries the run it belongs to and a checksum, so that
//! one that a dying disk or a dying machine has torn is seen, removed and simulated again; for that reason
//! nobody waits for the disk here.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::placement::{AtomicFile, sweep};
use super::run_key::ORGANISATION_REPLICATES;
use hubsim_lab::experiment::{ArmId, Outcome};
use hubsim_model::record::History;

const MAGIC: &[u8; 8] = b"hubsim\x00\x01";
const RUN: usize = 12;
const SUM: usize = 32;
const HEAD: usize = MAGIC.len() + RUN + SUM + 8;

/// The folder of a run's parts.
pub(super) struct Parts {
    folder: PathBuf,
    run: String,
}

impl Parts {
    /// In a folder, made if need be, for a run of twelve digits.
    pub fn open(folder: PathBuf, run: &str) -> Result<Parts, StoreError> {
        fs::create_dir_all(&folder).map_err(|error| StoreError::io(&folder, "make the folder", &error))?;
        sweep(&folder);
        Ok(Parts { folder, run: run.to_string() })
    }

    /// Keeps a trial. Organisations are kept only of the first replicates, as the tables will have them.
    pub fn write(&self, outcome: &Outcome, history: &History) -> Result<(), StoreError> {
        let without;
        let history = if outcome.replicate < ORGANISATION_REPLICATES {
            history
        } else {
            without = History { organisations: Vec::new(), ..history.clone() };
            &without
        };
        let name = name(outcome.arm, outcome.replicate);
        let failed = |what: String| StoreError::io(&self.folder.join(&name), "keep the trial", &io::Error::other(what));
        let first = postcard::to_stdvec(outcome).map_err(|error| failed(error.to_string()))?;
        let rest = postcard::to_stdvec(history).map_err(|error| failed(error.to_string()))?;

        let length = (first.len() as u64).to_le_bytes();
        let sum = checksum(&self.run, &length, &first, &rest);
        let mut placement = AtomicFile::create(&self.folder, &name)?;
        for bytes in [MAGIC.as_slice(), self.run.as_bytes(), &sum, &length, &first, &rest] {
            let written = placement.write_all(bytes);
            written.map_err(|error| StoreError::io(&self.folder.join(&name), "keep the trial", &error))?;
        }
        placement.commit(Durability::Buffered).map(|_| ())
    }

    /// The outcome of a trial that was kept. One that cannot be read is removed.
    pub fn outcome(&self, arm: ArmId, replicate: u32) -> Option<Outcome> {
        self.read(arm, replicate, |outcome, _| Some(outcome))
    }

    /// The outcome and the rows of a trial that was kept. One that cannot be read is removed.
    pub fn whole(&self, arm: ArmId, replicate: u32) -> Option<(Outcome, History)> {
        self.read(arm, replicate, |outcome, rest| Some((outcome, postcard::from_bytes(rest).ok()?)))
    }

    fn read<T>(&self, arm: ArmId, replicate: u32, take: impl Fn(Outcome, &[u8]) -> Option<T>) -> Option<T> {
        let path = self.path(arm, replicate);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            other => other.ok(),
        };
        let found = bytes.and_then(|bytes| {
            let (first, rest) = self.payload(&bytes)?;
            let outcome: Outcome = postcard::from_bytes(first).ok()?;
            (outcome.arm == arm && outcome.replicate == replicate).then_some(())?;
            take(outcome, rest)
        });
        if found.is_none() {
            let _ = fs::remove_file(&path);
        }
        found
    }

    /// The two payloads, if the frame around them is whole.
    fn payload<'a>(&self, bytes: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        let (head, body) = bytes.split_at_checked(HEAD)?;
        let (magic, head) = head.split_at(MAGIC.len());
        let (run, head) = head.split_at(RUN);
        let (sum, length) = head.split_at(SUM);
        let first = u64::from_le_bytes(length.try_into().ok()?);
        let (first, rest) = body.split_at_checked(usize::try_from(first).ok()?)?;
        let whole =
            magic == MAGIC && run == self.run.as_bytes() && sum == checksum(&self.run, length, first, rest).as_slice();
        whole.then_some((first, rest))
    }

    /// How many trials lie here, whole or not.
    pub fn count(&self) -> usize {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part")).count()
    }

    /// Forgets every trial, so that all are simulated again.
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
        self.folder.join(name(arm, replicate))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn name(arm: ArmId, replicate: u32) -> String {
    format!("{:03}-{replicate:05}.part", arm.0)
}

fn checksum(run: &str, length: &[u8], first: &[u8], rest: &[u8]) -> [u8; SUM] {
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

    fn parts(folder: &Path) -> Parts {
        Parts::open(folder.join("parts"), "0123456789ab").unwrap()
    }

    #[test]
    fn a_trial_comes_back_bit_by_bit() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts(folder.path());
        parts.write(&outcome(2), &history()).unwrap();
        let (found, rows) = parts.whole(ArmId(1), 2).unwrap();
        let bits = |outcome: &Outcome| -> Vec<u64> { outcome.measures.iter().flatten().map(|v| v.to_bits()).collect() };
        assert_eq!(bits(&found), bits(&outcome(2)));
        assert_eq!((found.digest, found.world), (outcome(2).digest, vec![0.1]));
        assert_eq!(rows, history());
        assert!(parts.outcome(ArmId(0), 2).is_none() && parts.outcome(ArmId(1), 3).is_none());
    }

    #[test]
    fn organisations_are_kept_of_the_first_replicates_only() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts(folder.path());
        for replicate in [ORGANISATION_REPLICATES - 1, ORGANISATION_REPLICATES] {
            parts.write(&outcome(replicate), &history()).unwrap();
        }
        assert_eq!(parts.whole(ArmId(1), ORGANISATION_REPLICATES - 1).unwrap().1.organisations.len(), 3);
        let (_, rows) = parts.whole(ArmId(1), ORGANISATION_REPLICATES).unwrap();
        assert!(rows.organisations.is_empty() && rows.names == history().names);
    }

    #[test]
    fn any_damage_is_seen_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts(folder.path());
        parts.write(&outcome(0), &history()).unwrap();
        let path = parts.path(ArmId(1), 0);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut torn = whole.clone();
            torn[at] ^= 0x10;
            fs::write(&path, &torn).unwrap();
            assert!(parts.outcome(ArmId(1), 0).is_none(), "byte {at}");
            assert!(!path.exists(), "byte {at}");
            fs::write(&path, &whole[..at]).unwrap();
            assert!(parts.outcome(ArmId(1), 0).is_none(), "the first {at} bytes");
        }
        fs::write(&path, &whole).unwrap();
        assert!(parts.outcome(ArmId(1), 0).is_some());
    }

    #[test]
    fn a_part_of_another_run_or_trial_is_none_of_ours() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts(folder.path());
        parts.write(&outcome(0), &history()).unwrap();
        fs::copy(parts.path(ArmId(1), 0), parts.path(ArmId(1), 5)).unwrap();
        assert!(parts.outcome(ArmId(1), 5).is_none());
        let other = Parts { folder: parts.folder.clone(), run: "ba9876543210".into() };
        assert!(other.outcome(ArmId(1), 0).is_none());
    }
}

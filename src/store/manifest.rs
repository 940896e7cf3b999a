//! `manifest.json`: the key of a run, its digests and its files.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use hubsim_lab::analysis::{Findings, digest_of};
use hubsim_lab::experiment::designs::comparison::ComparisonDesign;
use hubsim_lab::experiment::{Arm, ArmId, Contrast, Design};
use hubsim_lab::scenario::arm::Derivation;

use super::atomic_file::{StoredFile, write_atomically};
use super::error::StoreError;
use super::fingerprint::VERSION;
use super::run_key::{RunKey, StoredDerivation};

/// The name of the manifest file.
pub const MANIFEST: &str = "manifest.json";
/// The name of the scenario file.
pub const SCENARIO: &str = "scenario.toml";

/// The content of `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The run's id, which is the name of its folder.
    pub run: String,
    /// Whether the run is finished.
    pub complete: bool,
    /// The scenario's name.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// The last year.
    pub years: u32,
    /// Number of replicates of each policy.
    pub replicates: u32,
    /// Number of consecutive replicates that lie in one world; 1 in runs that did not say.
    #[serde(default = "one")]
    pub replicates_per_world: u32,
    /// The version of hubsim that wrote it.
    pub version: String,
    /// The model's fingerprint.
    pub fingerprint: String,
    /// The labels of the arms, in order.
    pub arms: Vec<String>,
    /// Which of them were made from others, and how: what their contrasts are read from.
    #[serde(default)]
    pub derivations: Vec<StoredDerivation>,
    /// Which of them are in another world: they change facts or parameters.
    #[serde(default)]
    pub other_worlds: Vec<String>,
    /// The uncertain keys, in order.
    pub uncertain: Vec<String>,
    /// The measures, in order.
    pub measures: Vec<String>,
    /// The digest of all trials, independent of their order; none before the run is finished.
    pub digest: Option<String>,
    /// The digest of each trial.
    pub trials: Vec<ArmDigests>,
    /// The tables, with their lengths and hashes.
    pub files: Vec<StoredFile>,
}

fn one() -> u32 {
    1
}

/// How thoroughly files are compared with the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileCheck {
    /// By their length.
    Length,
    /// By their length and their hash.
    Content,
}

/// The digests of one policy's trials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArmDigests {
    /// The policy.
    pub policy: String,
    /// The digests of replicates 0, 1, …
    pub digests: Vec<String>,
}

impl Manifest {
    /// Consecutive replicates that lie in one world; 1 where nothing is uncertain.
    pub fn trials_per_world(&self) -> u32 {
        if self.uncertain.is_empty() { 1 } else { self.replicates_per_world }
    }

    /// The manifest of an unfinished run.
    pub(super) fn unfinished(run_key: &RunKey) -> Manifest {
        Manifest {
            run: run_key.run_id(),
            complete: false,
            scenario: run_key.name.clone(),
            seed: run_key.seed,
            years: run_key.years,
            replicates: run_key.replicates,
            replicates_per_world: run_key.replicates_per_world,
            version: VERSION.into(),
            fingerprint: run_key.fingerprint.clone(),
            arms: run_key.policies.clone(),
            derivations: run_key.derivations.clone(),
            other_worlds: run_key.other_worlds.clone(),
            uncertain: run_key.uncertain.iter().map(|(key, _)| key.clone()).collect(),
            measures: run_key.measures.iter().map(|measure| measure.key.to_string()).collect(),
            digest: None,
            trials: Vec::new(),
            files: Vec::new(),
        }
    }

    /// The manifest of a finished run.
    pub(super) fn finished(run_key: &RunKey, findings: &Findings, mut files: Vec<StoredFile>) -> Manifest {
        // Sorted, because equal runs must have equal manifests, whatever the order of writing.
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let digests = |arm| findings.arm(ArmId(arm)).iter().map(|outcome| outcome.digest.clone()).collect();
        let trials = run_key.policies.iter().enumerate();
        Manifest {
            complete: true,
            digest: Some(findings.digest()),
            trials: trials.map(|(arm, policy)| ArmDigests { policy: policy.clone(), digests: digests(arm) }).collect(),
            files,
            ..Manifest::unfinished(run_key)
        }
    }

    /// Reads the manifest of a run folder; `None` if the folder has none.
    ///
    /// # Errors
    /// If it cannot be read, or is not a manifest.
    pub fn read(folder: &Path) -> Result<Option<Manifest>, StoreError> {
        let path = folder.join(MANIFEST);
        let text = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|error| StoreError::io(&path, "read the manifest", &error))?,
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| StoreError::damaged(&path, error.to_string()))
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        write_atomically(folder, MANIFEST, &json(self)).map(|_| ())
    }

    /// The arms in another world.
    pub fn other_worlds(&self) -> Vec<ArmId> {
        let arms = (0..).map(ArmId).zip(&self.arms);
        arms.filter(|(_, label)| self.other_worlds.contains(label)).map(|(id, _)| id).collect()
    }

    /// What is compared with what: every pair of arms, and each arm with the one that it was made from.
    pub fn contrasts(&self) -> Vec<Contrast> {
        let arm = |label: &String| {
            let stored = self.derivations.iter().find(|derivation| derivation.arm == *label);
            let derivation =
                stored.map(|stored| Derivation { from: stored.from.clone(), subject: stored.subject.clone() });
            Arm { derivation, ..Arm::new(label) }
        };
        let arms = self.arms.iter().map(arm).collect();
        ComparisonDesign::from_arms(arms, self.replicates).contrasts()
    }

    /// The digest of one trial.
    pub fn trial(&self, policy: &str, replicate: u32) -> Option<&str> {
        let arm = self.trials.iter().find(|arm| arm.policy == policy)?;
        arm.digests.get(replicate as usize).map(String::as_str)
    }

    /// The digest computed from the listed trials; equal to [`Manifest::digest`] unless the file was edited.
    pub fn recomputed(&self) -> String {
        let arms = self.trials.iter().flat_map(|arm| {
            arm.digests.iter().enumerate().map(|(r, digest)| (arm.policy.as_str(), r as u32, digest.as_str()))
        });
        digest_of(arms.collect())
    }

    /// Checks that the folder belongs to the run, and that the files of a finished run have their length.
    ///
    /// # Errors
    /// If the manifest is of another run, or a file is damaged.
    pub(super) fn check(&self, folder: &Path, run_key: &RunKey) -> Result<(), StoreError> {
        let expected = Manifest::unfinished(run_key);
        let same = (&self.run, &self.scenario, self.seed, self.years, self.replicates, &self.fingerprint)
            == (
                &expected.run,
                &expected.scenario,
                expected.seed,
                expected.years,
                expected.replicates,
                &expected.fingerprint,
            )
            && (&self.arms, &self.derivations, &self.other_worlds, &self.uncertain, &self.measures)
                == (
                    &expected.arms,
                    &expected.derivations,
                    &expected.other_worlds,
                    &expected.uncertain,
                    &expected.measures,
                );
        if !same {
            return Err(StoreError::damaged(&folder.join(MANIFEST), "it is the manifest of another run"));
        }
        if self.complete { self.check_files(folder, FileCheck::Length) } else { Ok(()) }
    }

    /// Checks all listed files, and the digest of the trials.
    ///
    /// # Errors
    /// The first file that differs from what was written.
    pub fn check_files(&self, folder: &Path, check: FileCheck) -> Result<(), StoreError> {
        let manifest = folder.join(MANIFEST);
        // An edited digest is detected even if all files are intact.
        if self.digest.as_deref() != Some(self.recomputed().as_str()) {
            return Err(StoreError::damaged(&manifest, "its digest is not that of its trials"));
        }
        self.files.iter().try_for_each(|file| self.check_file(folder, &file.name, check))
    }

    /// Checks one file.
    ///
    /// # Errors
    /// If it differs from what was written.
    pub(super) fn check_file(&self, folder: &Path, name: &str, check: FileCheck) -> Result<(), StoreError> {
        let path = folder.join(name);
        let Some(file) = self.files.iter().find(|file| file.name == name) else {
            return Err(StoreError::damaged(&path, "the manifest does not list the file"));
        };
        let length = match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::damaged(&path, "the file is missing"));
            }
            other => other.map_err(|error| StoreError::io(&path, "read the file", &error))?.len(),
        };
        if length != file.bytes {
            let what = format!("it has {length} bytes, not the {} that were written", file.bytes);
            return Err(StoreError::damaged(&path, what));
        }
        if check == FileCheck::Content {
            let mut hasher = blake3::Hasher::new();
            let read = fs::File::open(&path).and_then(|mut file| io::copy(&mut file, &mut hasher));
            read.map_err(|error| StoreError::io(&path, "read the file", &error))?;
            if hasher.finalize().to_hex().as_str() != file.blake3 {
                return Err(StoreError::damaged(&path, "its content is not what was written"));
            }
        }
        Ok(())
    }
}

/// A value as the text of a JSON file, indented for readers.
pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).expect("plain data is JSON");
    text.push(b'\n');
    text
}

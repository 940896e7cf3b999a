//! `manifest.json`: what a run is and what came out. `provenance.json`: what may differ between two equal runs.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::analysis::{Findings, digest_of};

use super::error::StoreError;
use super::fingerprint::{FINGERPRINT, GIT, PROFILE, RUSTC, TARGET, VERSION};
use super::placement::{Placed, place};
use super::question::Question;

/// The manifest's name.
pub const MANIFEST: &str = "manifest.json";
/// The provenance's name.
pub const PROVENANCE: &str = "provenance.json";
/// The scenario's name.
pub const SCENARIO: &str = "scenario.toml";

/// What a run is and what came out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The run: the name of its folder.
    pub run: String,
    /// Whether all of it is there.
    pub complete: bool,
    /// The scenario's name.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// Last year.
    pub years: u32,
    /// Replicates of each policy.
    pub replicates: u32,
    /// The version of hubsim that wrote it.
    pub version: String,
    /// The model's fingerprint.
    pub fingerprint: String,
    /// The policies, in order.
    pub arms: Vec<String>,
    /// The uncertain keys, in order.
    pub uncertain: Vec<String>,
    /// The measures, in order.
    pub measures: Vec<String>,
    /// The digest of all trials, whatever their order; none before the end.
    pub digest: Option<String>,
    /// The digest of each trial.
    pub trials: Vec<ArmDigests>,
    /// The tables, with their lengths and hashes.
    pub files: Vec<Placed>,
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
    /// The manifest of a run that has only begun.
    pub(super) fn early(question: &Question) -> Manifest {
        Manifest {
            run: question.run(),
            complete: false,
            scenario: question.name.clone(),
            seed: question.seed,
            years: question.years,
            replicates: question.replicates,
            version: VERSION.into(),
            fingerprint: question.fingerprint.clone(),
            arms: question.policies.clone(),
            uncertain: question.uncertain.iter().map(|(key, _)| key.clone()).collect(),
            measures: question.measures.iter().map(|measure| measure.key.to_string()).collect(),
            digest: None,
            trials: Vec::new(),
            files: Vec::new(),
        }
    }

    /// The manifest of a finished run.
    pub(super) fn sealed(question: &Question, findings: &Findings, mut files: Vec<Placed>) -> Manifest {
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let digests = |arm| findings.arm(arm).iter().map(|outcome| outcome.digest.clone()).collect();
        let trials = question.policies.iter().enumerate();
        Manifest {
            complete: true,
            digest: Some(findings.digest()),
            trials: trials.map(|(arm, policy)| ArmDigests { policy: policy.clone(), digests: digests(arm) }).collect(),
            files,
            ..Manifest::early(question)
        }
    }

    /// Reads the manifest of a run folder; none if there is none.
    ///
    /// # Errors
    /// If it cannot be read, or is no manifest.
    pub fn read(folder: &Path) -> Result<Option<Manifest>, StoreError> {
        let path = folder.join(MANIFEST);
        let text = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|error| StoreError::io(&path, "read the manifest", &error))?,
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| StoreError::damaged(&path, error.to_string()))
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        place(folder, MANIFEST, &json(self)).map(|_| ())
    }

    /// The digest of one trial.
    pub fn trial(&self, policy: &str, replicate: u32) -> Option<&str> {
        let arm = self.trials.iter().find(|arm| arm.policy == policy)?;
        arm.digests.get(replicate as usize).map(String::as_str)
    }

    /// The digest that the listed trials give; equal to [`Manifest::digest`] unless somebody edited it.
    pub fn recomputed(&self) -> String {
        let arms = self.trials.iter().flat_map(|arm| {
            arm.digests.iter().enumerate().map(|(r, digest)| (arm.policy.as_str(), r as u32, digest.as_str()))
        });
        digest_of(arms.collect())
    }

    /// Refuses a folder that holds another question, or tables that are not those that were written.
    ///
    /// # Errors
    /// What is damaged.
    pub(super) fn check(&self, folder: &Path, question: &Question) -> Result<(), StoreError> {
        let expected = Manifest::early(question);
        let same = (&self.run, &self.scenario, self.seed, self.years, self.replicates, &self.fingerprint)
            == (
                &expected.run,
                &expected.scenario,
                expected.seed,
                expected.years,
                expected.replicates,
                &expected.fingerprint,
            )
            && (&self.arms, &self.uncertain, &self.measures)
                == (&expected.arms, &expected.uncertain, &expected.measures);
        if !same {
            return Err(StoreError::damaged(&folder.join(MANIFEST), "it is the manifest of another run"));
        }
        if self.complete { self.check_files(folder, false) } else { Ok(()) }
    }

    /// Compares the tables with their lengths, and with their hashes if asked to be thorough.
    ///
    /// # Errors
    /// The first one that is not as it was written.
    pub fn check_files(&self, folder: &Path, thorough: bool) -> Result<(), StoreError> {
        let manifest = folder.join(MANIFEST);
        if self.digest.as_deref() != Some(self.recomputed().as_str()) {
            return Err(StoreError::damaged(&manifest, "its digest is not that of its trials"));
        }
        self.files.iter().try_for_each(|file| self.check_file(folder, &file.name, thorough))
    }

    /// Compares one file with its length, and with its hash if asked to be thorough.
    ///
    /// # Errors
    /// If it is not as it was written.
    pub(super) fn check_file(&self, folder: &Path, name: &str, thorough: bool) -> Result<(), StoreError> {
        let path = folder.join(name);
        let Some(file) = self.files.iter().find(|file| file.name == name) else {
            return Err(StoreError::damaged(&path, "the manifest does not know the file"));
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
        if thorough {
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

/// What the caller knows about this start of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// The command line.
    pub command: String,
    /// When it started.
    pub started: SystemTime,
    /// When it finished.
    pub finished: SystemTime,
    /// Threads.
    pub threads: usize,
    /// Trials simulated in this start; those kept from earlier ones are not counted.
    pub simulated: u64,
}

/// `provenance.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvenanceFile {
    /// The command line.
    pub command: String,
    /// When this start began, UTC.
    pub started: String,
    /// When the run was finished, UTC.
    pub finished: String,
    /// Seconds between the two.
    pub seconds: f64,
    /// Threads.
    pub threads: usize,
    /// Trials simulated in this start.
    pub simulated: u64,
    /// Of these, a second.
    pub trials_per_second: Option<f64>,
    /// Operating system and processor.
    pub platform: String,
    /// The target triple.
    pub target: String,
    /// The compiler.
    pub compiler: String,
    /// `debug` or `release`.
    pub profile: String,
    /// The commit.
    pub git: String,
    /// The version of hubsim.
    pub version: String,
    /// The model fingerprint of the build.
    pub fingerprint: String,
}

impl ProvenanceFile {
    pub(super) fn of(provenance: &Provenance) -> ProvenanceFile {
        let lasted = provenance.finished.duration_since(provenance.started).unwrap_or_default();
        let seconds = lasted.as_millis() as f64 / 1000.0;
        let speed = provenance.simulated as f64 / seconds;
        ProvenanceFile {
            command: provenance.command.clone(),
            started: utc(provenance.started),
            finished: utc(provenance.finished),
            seconds,
            threads: provenance.threads,
            simulated: provenance.simulated,
            trials_per_second: speed.is_finite().then_some(speed),
            platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            target: TARGET.into(),
            compiler: RUSTC.into(),
            profile: PROFILE.into(),
            git: GIT.into(),
            version: VERSION.into(),
            fingerprint: FINGERPRINT.into(),
        }
    }

    /// Reads the provenance of a run folder; none if it is not there or cannot be read: nothing depends on it.
    pub fn read(folder: &Path) -> Option<ProvenanceFile> {
        serde_json::from_slice(&fs::read(folder.join(PROVENANCE)).ok()?).ok()
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        place(folder, PROVENANCE, &json(self)).map(|_| ())
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).expect("plain data is JSON");
    text.push(b'\n');
    text
}

/// A time as `2026-11-22T08:30:00.000Z`; as text these sort by time. Days to dates by Hinnant (2013),
/// "chrono-compatible low-level date algorithms".
pub(super) fn utc(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (seconds, days) = (since.as_secs() % 86_400, since.as_secs() / 86_400);
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", since.subsec_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_those_of_the_calendar() {
        // date -u -d @SECONDS +%FT%T
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399, "2000-02-28T23:59:59.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"),
            (1_795_339_800, "2026-11-22T09:30:00.000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn a_start_that_simulated_nothing_has_a_speed_of_zero_or_none() {
        let at = UNIX_EPOCH + Duration::from_secs(10);
        let provenance =
            Provenance { command: "hubsim run".into(), started: at, finished: at, threads: 2, simulated: 0 };
        assert_eq!(ProvenanceFile::of(&provenance).trials_per_second, None);
        let provenance = Provenance { finished: at + Duration::from_millis(500), simulated: 3, ..provenance };
        assert_eq!(ProvenanceFile::of(&provenance).trials_per_second, Some(6.0));
        let back = Provenance { finished: UNIX_EPOCH, ..provenance };
        assert_eq!(ProvenanceFile::of(&back).seconds, 0.0, "a clock that was set back is no panic");
    }
}

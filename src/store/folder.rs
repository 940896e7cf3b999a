//! The run folder of a run in progress.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::atomic_file::{StoredFile, remove_stale_temporaries, sync_folder, write_atomically};
use super::error::StoreError;
use super::lock::RunLock;
use super::manifest::{ArmDigests, Manifest, SCENARIO};
use super::provenance::{Provenance, ProvenanceFile};
use super::run_key::RunKey;
use super::trial_cache::TrialCache;
use super::{csv_tables, dictionary, ladder_table, parquet_tables};
use hubsim_lab::analysis::ladder::LadderEffects;
use hubsim_lab::analysis::{Findings, Outcome};
use hubsim_lab::experiment::{ArmId, Sink, SinkError, Trial};
use hubsim_model::measures::Dimension;

/// The subfolder with the lock and the stored trials, until the run is finished.
const UNFINISHED: &str = ".unfinished";
/// The stored trials, within [`UNFINISHED`].
const TRIALS: &str = "trials";

/// The state in which [`RunFolder::open`] finds a run.
pub enum Opened {
    /// The run does not exist yet.
    New(RunFolder),
    /// The run was interrupted and continues; see [`RunFolder::stored_trials`].
    Unfinished(RunFolder),
    /// The run is finished: its folder and manifest.
    Complete(PathBuf, Box<Manifest>),
    /// The run is finished, but its scenario had other claims. The claims have been replaced by those of the key; charts
    /// and pages made from the old ones are out of date.
    ClaimsChanged(PathBuf, Box<Manifest>),
}

/// A run folder that this process has locked, until it is dropped.
pub struct RunFolder {
    path: PathBuf,
    run_key: RunKey,
    cache: TrialCache,
    stored: Mutex<Vec<StoredFile>>,
    /// The digests of the rungs of ladders, for the manifest.
    rungs: Mutex<Vec<ArmDigests>>,
    _lock: RunLock,
}

impl RunFolder {
    /// Opens the folder of a run below the output folder, and creates it if it does not exist.
    ///
    /// # Errors
    /// If the file system reports one, another process works on the run, or the run is damaged.
    pub fn open(out: &Path, run_key: &RunKey) -> Result<Opened, StoreError> {
        let path = run_key.folder(out);
        let opened = if update_claims(&path, run_key)? { Opened::ClaimsChanged } else { Opened::Complete };
        if let Some(manifest) = finished_manifest(&path, run_key)? {
            // A process may have been interrupted between writing the manifest and clearing up.
            if path.join(UNFINISHED).exists()
                && let Ok(lock) = RunLock::take(&path.join(UNFINISHED).join("lock"))
            {
                remove_working_files(&path, lock);
            }
            return Ok(opened(path, Box::new(manifest)));
        }
        let folder = RunFolder::lock(path, run_key)?;
        // Another process may have finished the run before this one got the lock.
        if let Some(manifest) = finished_manifest(&folder.path, run_key)? {
            let path = folder.path.clone();
            folder.release();
            return Ok(Opened::Complete(path, Box::new(manifest)));
        }
        let interrupted = Manifest::read(&folder.path)?.is_some();
        if !interrupted {
            Manifest::unfinished(run_key).write(&folder.path)?;
        }
        Ok(if interrupted { Opened::Unfinished(folder) } else { Opened::New(folder) })
    }

    /// Opens the folder to simulate the run from the beginning, and returns the manifest of the old run if that was
    /// finished: the old results stay valid until the new ones replace them.
    ///
    /// # Errors
    /// If the file system reports one, or another process works on the run.
    pub fn restart(out: &Path, run_key: &RunKey) -> Result<(RunFolder, Option<Manifest>), StoreError> {
        let folder = RunFolder::lock(run_key.folder(out), run_key)?;
        folder.cache.clear()?;
        let before = Manifest::read(&folder.path).ok().flatten().filter(|manifest| manifest.complete);
        if before.is_none() {
            Manifest::unfinished(run_key).write(&folder.path)?;
        }
        Ok((folder, before))
    }

    /// Creates the folder, takes its lock and opens the stored trials.
    fn lock(path: PathBuf, run_key: &RunKey) -> Result<RunFolder, StoreError> {
        let unfinished = path.join(UNFINISHED);
        fs::create_dir_all(&unfinished).map_err(|error| StoreError::io(&path, "make the run folder", &error))?;
        let lock = RunLock::take(&unfinished.join("lock"))?;
        remove_stale_temporaries(&path);
        let cache = TrialCache::open(unfinished.join(TRIALS), &run_key.run_id())?;
        let run_key = run_key.clone();
        Ok(RunFolder { path, run_key, cache, stored: Mutex::default(), rungs: Mutex::default(), _lock: lock })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of stored trials.
    pub fn stored_trials(&self) -> usize {
        self.cache.count()
    }

    /// Writes a file that belongs to the results. Its content must be reproducible, because the manifest lists its hash.
    ///
    /// # Errors
    /// If the file system reports one.
    pub fn add_file(&self, name: &str, content: &[u8]) -> Result<(), StoreError> {
        let stored = write_atomically(&self.path, name, content)?;
        self.list([stored]);
        Ok(())
    }

    /// Writes all tables of the findings, from the stored trials.
    ///
    /// # Errors
    /// If the file system reports one, or a stored trial is missing; then the run is still unfinished.
    pub fn tables(&self, findings: &Findings) -> Result<(), StoreError> {
        let (path, run_key) = (&self.path, &self.run_key);
        self.add_file(SCENARIO, run_key.text.as_bytes())?;
        self.list(parquet_tables::write_measures(path, run_key, findings)?);
        self.list(parquet_tables::write_rows(path, run_key, findings, &self.cache)?);
        self.list([
            csv_tables::write_summary(path, run_key, findings)?,
            csv_tables::write_comparisons(path, run_key, findings)?,
            dictionary::write_dictionary(path, run_key)?,
        ]);
        Ok(())
    }

    /// Writes the table of the ladders, if there are some; `further` are the findings on their arms beside the run's.
    ///
    /// # Errors
    /// If the file system reports one.
    pub fn ladders(&self, ladders: &[LadderEffects], further: &Findings) -> Result<(), StoreError> {
        *self.rungs.lock().unwrap_or_else(PoisonError::into_inner) = ArmDigests::of(further, &further.policies);
        if ladders.is_empty() { Ok(()) } else { self.add_file(ladder_table::NAME, &ladder_table::csv(ladders)) }
    }

    /// Marks the run as finished: writes the provenance, then the manifest, then removes the stored trials.
    ///
    /// # Errors
    /// If the file system reports one; then the run is still unfinished.
    pub fn seal(self, findings: &Findings, provenance: &Provenance) -> Result<Manifest, StoreError> {
        ProvenanceFile::from_provenance(provenance).write(&self.path)?;
        // The manifest must reach the disk after everything that it lists.
        sync_folder(&self.path);
        let stored = std::mem::take(&mut *self.stored.lock().unwrap_or_else(PoisonError::into_inner));
        let rungs = std::mem::take(&mut *self.rungs.lock().unwrap_or_else(PoisonError::into_inner));
        let manifest = Manifest { rungs, ..Manifest::finished(&self.run_key, findings, stored) };
        manifest.write(&self.path)?;
        sync_folder(&self.path);
        self.release();
        Ok(manifest)
    }

    /// Writes the tables and marks the run as finished.
    ///
    /// # Errors
    /// As [`RunFolder::tables`] and [`RunFolder::seal`].
    pub fn finish(self, findings: &Findings, provenance: &Provenance) -> Result<Manifest, StoreError> {
        self.tables(findings)?;
        self.seal(findings, provenance)
    }

    /// Remembers files for the manifest; a file that was written twice is listed once.
    fn list(&self, stored: impl IntoIterator<Item = StoredFile>) {
        let mut all = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        for file in stored {
            all.retain(|other| other.name != file.name);
            all.push(file);
        }
    }

    fn release(self) {
        remove_working_files(&self.path, self._lock);
    }
}

impl Sink for RunFolder {
    fn load(&self, arm: ArmId, replicate: u32) -> Option<Outcome> {
        let parts = &self.run_key.parts;
        if parts.is_empty() {
            return self.cache.load_outcome(arm, replicate);
        }
        // Which measures of parts are kept follows the claims, which may have changed since the trial was stored.
        let (mut outcome, history) = self.cache.load_trial(arm, replicate)?;
        outcome.make_room(parts);
        outcome.set_parts(&history, parts, &Dimension::ALL);
        Some(outcome)
    }

    fn store(&self, trial: &Trial, outcome: &Outcome) -> Result<(), SinkError> {
        self.cache.store(outcome, &trial.history).map_err(SinkError::new)
    }
}

/// The manifest of the run, if the run is finished.
fn finished_manifest(path: &Path, run_key: &RunKey) -> Result<Option<Manifest>, StoreError> {
    let Some(manifest) = Manifest::read(path)? else {
        return Ok(None);
    };
    manifest.check(path, run_key)?;
    Ok(manifest.complete.then_some(manifest))
}

/// Replaces the scenario of a finished run if it differs in its claims, and returns whether it did. Claims are not part of
/// the run's id, and nothing is simulated again for them.
fn update_claims(path: &Path, run_key: &RunKey) -> Result<bool, StoreError> {
    let finished = |manifest: &Manifest| manifest.complete && manifest.run == run_key.run_id();
    let Some(mut manifest) = Manifest::read(path)?.filter(finished) else {
        return Ok(false);
    };
    let text = run_key.text.as_bytes();
    let hash = blake3::hash(text).to_hex();
    let Some(file) = manifest.files.iter_mut().find(|file| file.name == SCENARIO) else {
        return Ok(false);
    };
    if file.blake3 == hash.as_str() {
        return Ok(false);
    }
    let lock = RunLock::take(&path.join(UNFINISHED).join("lock"))?;
    // If the process is interrupted between the two files, the hash differs and the next call repeats both.
    *file = write_atomically(path, SCENARIO, text)?;
    manifest.write(path)?;
    sync_folder(path);
    remove_working_files(path, lock);
    Ok(true)
}

/// Removes the lock and the stored trials. Files that cannot be removed stay until the next opening of the run.
fn remove_working_files(path: &Path, lock: RunLock) {
    let unfinished = path.join(UNFINISHED);
    let _ = fs::remove_dir_all(unfinished.join(TRIALS));
    // Windows cannot remove an open file, so the lock is released first; elsewhere it is held until the folder is gone, so
    // that no other process enters meanwhile.
    let lock = if cfg!(windows) { None } else { Some(lock) };
    let _ = fs::remove_dir_all(unfinished);
    drop(lock);
}

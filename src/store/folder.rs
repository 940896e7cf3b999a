//! The run folder while a run is at work in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::StoreError;
use super::lock::Lock;
use super::manifest::{Manifest, SCENARIO};
use super::parts::Parts;
use super::placement::{Placed, place, settle, sweep};
use super::provenance::{Provenance, ProvenanceFile};
use super::run_key::RunKey;
use super::{dictionary, sheets, tables};
use hubsim_lab::analysis::{Findings, Outcome};
use hubsim_lab::experiment::{ArmId, Sink, SinkError, Trial};

/// Where parts and the lock are until the run is finished.
const UNFINISHED: &str = ".unfinished";
/// Within it: the parts.
const TRIALS: &str = "trials";

/// What was found where a run belongs.
pub enum Opened {
    /// Nothing: the run begins.
    New(RunFolder),
    /// A run that was begun: it goes on. [`RunFolder::begun`] says how far it had come.
    Unfinished(RunFolder),
    /// The answer itself, with its folder.
    Complete(PathBuf, Box<Manifest>),
    /// The answer itself; but the scenario it holds had other claims. Now it has those of the question, and what was
    /// drawn from them is out of date.
    Restated(PathBuf, Box<Manifest>),
}

/// A run folder that belongs to this process until it is dropped.
pub struct RunFolder {
    path: PathBuf,
    run_key: RunKey,
    parts: Parts,
    placed: Mutex<Vec<Placed>>,
    _lock: Lock,
}

impl RunFolder {
    /// Opens the folder of a question below the output folder, making it if need be.
    ///
    /// # Errors
    /// If the file system does not let us, another process is at work there, or what is there is damaged.
    pub fn open(out: &Path, run_key: &RunKey) -> Result<Opened, StoreError> {
        let path = run_key.folder(out);
        let opened = if restate(&path, run_key)? { Opened::ClaimsChanged } else { Opened::Complete };
        if let Some(manifest) = complete(&path, run_key)? {
            // Somebody may have been stopped just before the last step.
            if path.join(UNFINISHED).exists()
                && let Ok(lock) = Lock::take(&path.join(UNFINISHED).join("lock"))
            {
                clear_away(&path, lock);
            }
            return Ok(opened(path, Box::new(manifest)));
        }
        let folder = RunFolder::enter(path, run_key)?;
        // While this process waited at the door another one may have finished.
        if let Some(manifest) = complete(&folder.path, run_key)? {
            let path = folder.path.clone();
            folder.leave();
            return Ok(Opened::Complete(path, Box::new(manifest)));
        }
        let begun = Manifest::read(&folder.path)?.is_some();
        if !begun {
            Manifest::early(run_key).write(&folder.path)?;
        }
        Ok(if begun { Opened::Unfinished(folder) } else { Opened::New(folder) })
    }

    /// Opens the folder to answer the question again from nothing, whatever is there. Also gives the manifest of the
    /// run that was there, if it was finished: it stays in force until the new one takes its place.
    ///
    /// # Errors
    /// If the file system does not let us, or another process is at work there.
    pub fn again(out: &Path, run_key: &RunKey) -> Result<(RunFolder, Option<Manifest>), StoreError> {
        let folder = RunFolder::enter(run_key.folder(out), run_key)?;
        folder.parts.clear()?;
        let before = Manifest::read(&folder.path).ok().flatten().filter(|manifest| manifest.complete);
        if before.is_none() {
            Manifest::early(run_key).write(&folder.path)?;
        }
        Ok((folder, before))
    }

    fn enter(path: PathBuf, run_key: &RunKey) -> Result<RunFolder, StoreError> {
        let unfinished = path.join(UNFINISHED);
        fs::create_dir_all(&unfinished).map_err(|error| StoreError::io(&path, "make the run folder", &error))?;
        let lock = Lock::take(&unfinished.join("lock"))?;
        sweep(&path);
        let parts = Parts::open(unfinished.join(TRIALS), &run_key.run_id())?;
        Ok(RunFolder { path, run_key: run_key.clone(), parts, placed: Mutex::default(), _lock: lock })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many trials are kept.
    pub fn begun(&self) -> usize {
        self.parts.count()
    }

    /// Places a file that belongs to the run's answer, and must come out the same every time; the manifest will
    /// list it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn place(&self, name: &str, content: &[u8]) -> Result<(), StoreError> {
        let placed = write_atomically(&self.path, name, content)?;
        self.add([placed]);
        Ok(())
    }

    /// Writes every table of the findings, from the kept trials.
    ///
    /// # Errors
    /// What the file system says, or if a kept trial was lost meanwhile; then the run is still unfinished.
    pub fn tables(&self, findings: &Findings) -> Result<(), StoreError> {
        let (path, run_key) = (&self.path, &self.run_key);
        self.place(SCENARIO, run_key.text.as_bytes())?;
        self.add(tables::write_measures(path, run_key, findings)?);
        self.add(tables::write_rows(path, run_key, findings, &self.parts)?);
        self.add([
            sheets::write_summary(path, run_key, findings)?,
            sheets::write_comparisons(path, run_key, findings)?,
            dictionary::write_dictionary(path, run_key)?,
        ]);
        Ok(())
    }

    /// Declares the run complete: the provenance, then the manifest, then the kept trials are cleared away.
    ///
    /// # Errors
    /// What the file system says; then the run is still unfinished.
    pub fn seal(self, findings: &Findings, provenance: &Provenance) -> Result<Manifest, StoreError> {
        ProvenanceFile::of(provenance).write(&self.path)?;
        settle(&self.path);
        let placed = std::mem::take(&mut *self.placed.lock().unwrap_or_else(PoisonError::into_inner));
        let manifest = Manifest::sealed(&self.run_key, findings, placed);
        manifest.write(&self.path)?;
        settle(&self.path);
        self.leave();
        Ok(manifest)
    }

    /// Writes the tables and declares the run complete.
    ///
    /// # Errors
    /// As [`RunFolder::tables`] and [`RunFolder::seal`].
    pub fn finish(self, findings: &Findings, provenance: &Provenance) -> Result<Manifest, StoreError> {
        self.tables(findings)?;
        self.seal(findings, provenance)
    }

    fn add(&self, placed: impl IntoIterator<Item = Placed>) {
        let mut all = self.placed.lock().unwrap_or_else(PoisonError::into_inner);
        for file in placed {
            all.retain(|other| other.name != file.name);
            all.push(file);
        }
    }

    fn leave(self) {
        clear_away(&self.path, self._lock);
    }
}

impl Sink for RunFolder {
    fn load(&self, arm: ArmId, replicate: u32) -> Option<Outcome> {
        self.parts.outcome(arm, replicate)
    }

    fn store(&self, trial: &Trial, outcome: &Outcome) -> Result<(), SinkError> {
        self.parts.write(outcome, &trial.history).map_err(SinkError::new)
    }
}

/// The manifest of a complete run that answers the question.
fn complete(path: &Path, run_key: &RunKey) -> Result<Option<Manifest>, StoreError> {
    let Some(manifest) = Manifest::read(path)? else {
        return Ok(None);
    };
    manifest.check(path, run_key)?;
    Ok(manifest.complete.then_some(manifest))
}

/// Gives a finished run the question's scenario where that has other claims: they do not name the run, and nothing is
/// simulated again for them. Whether it did. Whoever is stopped between the two files does it again next time.
fn restate(path: &Path, run_key: &RunKey) -> Result<bool, StoreError> {
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
    let lock = Lock::take(&path.join(UNFINISHED).join("lock"))?;
    *file = write_atomically(path, SCENARIO, text)?;
    manifest.write(path)?;
    settle(path);
    clear_away(path, lock);
    Ok(true)
}

/// Removes what only an unfinished run needs. Failing leaves a few hidden files, which the next one removes.
fn clear_away(path: &Path, lock: Lock) {
    let unfinished = path.join(UNFINISHED);
    let _ = fs::remove_dir_all(unfinished.join(TRIALS));
    // Windows keeps a file for as long as it is open; elsewhere nobody may come in before the folder is gone.
    let lock = if cfg!(windows) { None } else { Some(lock) };
    let _ = fs::remove_dir_all(unfinished);
    drop(lock);
}

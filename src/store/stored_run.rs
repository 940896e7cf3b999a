//! Finished runs: finding and reading them.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{StoreError, StoreErrorCause};
use super::ladder_table;
use super::manifest::{FileCheck, MANIFEST, Manifest, SCENARIO};
use super::provenance::{ProvenanceFile, utc};
use super::reading::{self, TableColumns};
use super::run_key::{folder_name, run_id};
use hubsim_lab::analysis::ladder::LadderEffects;
use hubsim_lab::analysis::{Findings, Outcome};
use hubsim_lab::experiment::ArmId;
use hubsim_model::measures::MEASURES;

/// A finished run.
#[derive(Clone, Debug)]
pub struct StoredRun {
    /// Its folder.
    pub path: PathBuf,
    /// Its key, digests and files.
    pub manifest: Manifest,
    /// How it was made; `None` if the file is missing.
    pub provenance: Option<ProvenanceFile>,
    /// The resolved scenario.
    pub scenario: String,
}

impl StoredRun {
    /// Reads the manifest and the scenario of a run folder, but no tables.
    ///
    /// # Errors
    /// If it is not a run folder, or the run is unfinished or damaged.
    pub fn read(path: &Path) -> Result<StoredRun, StoreError> {
        let Some(manifest) = Manifest::read(path)? else {
            return Err(no_such_run(path, "it is not a run folder: it has no manifest.json".into()));
        };
        if !manifest.complete {
            return Err(StoreError::new(path, "read the run", StoreErrorCause::Unfinished));
        }
        manifest.check_files(path, FileCheck::Length)?;
        let run =
            StoredRun { path: path.into(), manifest, provenance: ProvenanceFile::read(path), scenario: String::new() };
        run.check(SCENARIO)?;
        let file = path.join(SCENARIO);
        let scenario = fs::read_to_string(&file).map_err(|error| StoreError::io(&file, "read the scenario", &error))?;
        // The manifest has no checksum of its own; but scenario, seed and fingerprint must give the id of the run.
        if run_id(&scenario, run.manifest.seed, &run.manifest.fingerprint) != run.manifest.run {
            return Err(StoreError::damaged(
                &path.join(MANIFEST),
                "its seed or its fingerprint is not that of the run",
            ));
        }
        Ok(StoredRun { scenario, ..run })
    }

    /// Reads the findings from `years.parquet` and `trials.parquet`. Measures that the run does not have are NaN.
    ///
    /// # Errors
    /// If the tables cannot be read, or differ from what was written.
    pub fn findings(&self) -> Result<Findings, StoreError> {
        let keys: Vec<&str> = MEASURES.iter().map(|measure| measure.key).collect();
        self.findings_of(&keys)
    }

    /// Reads the findings on the given measures, in the given order.
    ///
    /// # Errors
    /// As [`StoredRun::findings`].
    pub fn findings_of(&self, measures: &[&str]) -> Result<Findings, StoreError> {
        let mut outcomes = self.outcomes()?;
        let path = self.table("years");
        // Rows are sorted by trial, and the first row of each trial is that of year 0.
        let mut next = 0;
        self.scan("years", &|_| true, |group| {
            let columns: Vec<Option<&[f64]>> = measures.iter().map(|key| group.numbers(key)).collect();
            let years = group.counts("year").ok_or_else(|| StoreError::damaged(&path, "it has no years"))?;
            for (row, year) in years.iter().enumerate() {
                next += usize::from(*year == 0);
                let outcome = next.checked_sub(1).and_then(|at| outcomes.get_mut(at));
                let outcome = outcome.ok_or_else(|| StoreError::damaged(&path, "it has other trials"))?;
                let value = |column: &Option<&[f64]>| column.map_or(f64::NAN, |column| column[row]);
                outcome.measures.push(columns.iter().map(value).collect());
            }
            Ok(())
        })?;
        if outcomes.iter().any(|outcome| outcome.measures.len() != self.manifest.years as usize + 1) {
            return Err(StoreError::damaged(&path, "it has other trials"));
        }
        Ok(Findings {
            policies: self.manifest.arms.clone(),
            other_worlds: self.manifest.other_worlds(),
            contrasts: self.manifest.contrasts(),
            chosen: vec![],
            uncertain: self.manifest.uncertain.clone(),
            parts: vec![],
            replicates_per_world: self.manifest.trials_per_world(),
            years: self.manifest.years,
            outcomes,
        })
    }

    /// Reads what each step of the ladders brings; nothing if the run has none.
    ///
    /// # Errors
    /// If the table cannot be read, or differs from what was written.
    pub fn ladders(&self) -> Result<Vec<LadderEffects>, StoreError> {
        if !self.manifest.files.iter().any(|file| file.name == ladder_table::NAME) {
            return Ok(Vec::new());
        }
        self.check(ladder_table::NAME)?;
        let path = self.path.join(ladder_table::NAME);
        let content = fs::read(&path).map_err(|error| StoreError::io(&path, "read the ladders", &error))?;
        ladder_table::read(&path, &content)
    }

    /// Reads the trials without their measures.
    fn outcomes(&self) -> Result<Vec<Outcome>, StoreError> {
        let path = self.table("trials");
        self.check("trials.parquet")?;
        let wanted = |key: &str| {
            ["policy", "replicate", "digest"].contains(&key) || self.manifest.uncertain.iter().any(|other| other == key)
        };
        let table = reading::read(&path, &wanted)?;
        let missing = || StoreError::damaged(&path, "a column is missing");
        let policies = table.names("policy").ok_or_else(missing)?;
        let digests = table.names("digest").ok_or_else(missing)?;
        let replicates = table.counts("replicate").ok_or_else(missing)?;
        let world: Option<Vec<&[f64]>> = self.manifest.uncertain.iter().map(|key| table.numbers(key)).collect();
        let world = world.ok_or_else(missing)?;
        (0..table.rows)
            .map(|row| {
                let arm = self.manifest.arms.iter().position(|policy| policy == policies.get(row));
                Ok(Outcome {
                    arm: arm.map(ArmId).ok_or_else(|| StoreError::damaged(&path, "it has another policy"))?,
                    replicate: replicates[row],
                    digest: digests.get(row).to_string(),
                    world: world.iter().map(|column| column[row]).collect(),
                    measures: Vec::with_capacity(self.manifest.years as usize + 1),
                })
            })
            .collect()
    }

    /// Reads the columns selected by `wanted` of a table (`years`, `regions`, …), one row group at a time.
    ///
    /// # Errors
    /// If the table cannot be read or differs from what was written; or the first error of `each`.
    pub fn scan(
        &self,
        table: &str,
        wanted: &dyn Fn(&str) -> bool,
        each: impl FnMut(TableColumns) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.check(&format!("{table}.parquet"))?;
        reading::scan(&self.table(table), wanted, each)
    }

    fn table(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.parquet"))
    }

    /// Checks that a file has the content that was written.
    fn check(&self, name: &str) -> Result<(), StoreError> {
        self.manifest.check_file(&self.path, name, FileCheck::Content)
    }
}

/// Finds the folder of a run below the output folder `out`. `name` is a run folder, the name of a scenario (its newest run),
/// `latest`, or the first digits of a run's id.
///
/// # Errors
/// [`StoreErrorCause::NoSuchRun`], with a list of the existing runs, if no run or several runs have that name.
pub fn find_run(out: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let path = Path::new(name);
    if path.join(MANIFEST).is_file() {
        return Ok(path.to_path_buf());
    }
    let runs = runs(out);
    let is = |run: &RunEntry| folder_name(name) == run.scenario;
    if name == "latest" || runs.iter().any(is) {
        let among: Vec<RunEntry> = runs.into_iter().filter(|run| name == "latest" || is(run)).collect();
        let newest = among.into_iter().max_by(|a, b| a.age().cmp(&b.age()));
        return newest.map(|run| run.path).ok_or_else(|| no_such_run(out, "there is no run yet".into()));
    }
    let hexadecimal = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let wanted = name.to_ascii_lowercase();
    let found: Vec<&RunEntry> = runs.iter().filter(|run| hexadecimal && run.name().starts_with(&wanted)).collect();
    match found.as_slice() {
        [run] => Ok(run.path.clone()),
        [] => Err(no_such_run(out, format!("there is no run \"{name}\"{}", list(runs.iter())))),
        several => {
            Err(no_such_run(out, format!("\"{name}\" may be one of several runs{}", list(several.iter().copied()))))
        }
    }
}

fn no_such_run(path: &Path, what: String) -> StoreError {
    StoreError::new(path, "find the run", StoreErrorCause::NoSuchRun(what))
}

/// A run folder below the output folder, finished or not.
struct RunEntry {
    path: PathBuf,
    scenario: String,
    complete: bool,
    /// The time when it was finished, from its provenance, or when its folder last changed. Its order as text is its order in
    /// time.
    time: String,
}

impl RunEntry {
    /// The order of runs by age: finished ones are newer than unfinished ones.
    fn age(&self) -> (bool, &str, &Path) {
        (self.complete, &self.time, &self.path)
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// All run folders below the output folder, in order of path.
fn runs(out: &Path) -> Vec<RunEntry> {
    let mut runs = Vec::new();
    for scenario in folders(out) {
        for path in folders(&scenario) {
            let manifest = path.join(MANIFEST);
            if !manifest.is_file() {
                continue;
            }
            let name = scenario.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let changed = || Some(utc(fs::metadata(&path).ok()?.modified().ok()?));
            let time = ProvenanceFile::read(&path).map(|file| file.finished).or_else(changed).unwrap_or_default();
            let complete = Manifest::read(&path).ok().flatten().is_some_and(|manifest| manifest.complete);
            runs.push(RunEntry { path, scenario: name, complete, time });
        }
    }
    runs
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Up to twelve runs, one a line.
fn list<'a>(runs: impl Iterator<Item = &'a RunEntry>) -> String {
    let lines: Vec<String> = runs.map(|run| format!("\n    {}  {}", run.name(), run.scenario)).collect();
    let more = lines.len().saturating_sub(12);
    let shown = lines.iter().take(12).cloned().collect::<String>();
    match (lines.len(), more) {
        (0, _) => String::new(),
        (_, 0) => format!("; there are:{shown}"),
        _ => format!("; there are:{shown}\n    and {more} more"),
    }
}

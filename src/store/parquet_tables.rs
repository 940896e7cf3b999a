//! The Parquet tables of a run and the content of their rows.

use std::path::Path;

use parquet::data_type::ByteArray;

use super::atomic_file::{AtomicFile, StoredFile};
use super::error::StoreError;
use super::parquet_table::{ColumnKind, ParquetTable};
use super::parts_table::PartsTable;
use super::run_key::{ORGANISATION_REPLICATES, RunKey};
use super::trial_cache::TrialCache;
use hubsim_lab::analysis::{Findings, Outcome};
use hubsim_lab::experiment::ArmId;
use hubsim_lab::experiment::world::WorldPlace;
use hubsim_model::record::rows::{Row, Type, Value};
use hubsim_model::record::{History, Names, OrganisationRow, TableVisitor};

/// Writes the tables of measures, `years` and `trials`, which need no history.
pub(super) fn write_measures(
    folder: &Path,
    run_key: &RunKey,
    findings: &Findings,
) -> Result<Vec<StoredFile>, StoreError> {
    let mut years = create(folder, run_key, "years", year_columns(run_key))?;
    let mut trials = create(folder, run_key, "trials", trial_columns(run_key))?;
    for (arm, policy) in run_key.policies.iter().enumerate() {
        let policy = ByteArray::from(policy.as_str());
        for outcome in findings.arm(ArmId(arm)) {
            for year in 0..=run_key.years {
                years.row(|row| {
                    row.name(&policy).count(outcome.replicate).count(year);
                    (0..run_key.measures.len()).for_each(|measure| {
                        row.number(outcome.measure(year, measure));
                    });
                })?;
            }
            trials.row(|row| {
                let place = WorldPlace::of(outcome.replicate, run_key.replicates_per_world);
                row.name(&policy).count(outcome.replicate).count(place.world);
                row.name(&ByteArray::from(outcome.digest.as_str()));
                (0..run_key.uncertain.len()).for_each(|key| {
                    row.number(outcome.world.get(key).copied().unwrap_or(f64::NAN));
                });
                (0..run_key.measures.len()).for_each(|measure| {
                    row.number(outcome.measure(run_key.years, measure));
                });
            })?;
        }
        // A row group contains one policy, so that one policy can be read without the others.
        years.end_group()?;
        trials.end_group()?;
    }
    Ok(vec![years.finish()?, trials.finish()?])
}

/// Writes the tables of rows, and `parts.csv`, which is made from them. The stored trials are read one at a time, so that only one history is in memory.
pub(super) fn write_rows(
    folder: &Path,
    run_key: &RunKey,
    findings: &Findings,
    cache: &TrialCache,
) -> Result<Vec<StoredFile>, StoreError> {
    let created = History::default().visit(&mut CreateTables { folder, run_key });
    let mut tables = created.into_iter().collect::<Result<Vec<_>, _>>()?;
    let mut parts = PartsTable::new();
    for (arm, policy) in run_key.policies.iter().enumerate() {
        for outcome in findings.arm(ArmId(arm)) {
            let trial = history(cache, outcome)?;
            let at = TrialLabel { policy: ByteArray::from(policy.as_str()), replicate: outcome.replicate };
            let added = trial.visit(&mut AddRows { at, names: &trial.names, tables: tables.iter_mut() });
            added.into_iter().collect::<Result<(), _>>()?;
            parts.add(outcome.replicate, &trial);
        }
        parts.end_policy(findings, ArmId(arm));
        tables.iter_mut().try_for_each(ParquetTable::end_group)?;
    }
    let mut stored: Vec<StoredFile> = tables.into_iter().map(ParquetTable::finish).collect::<Result<_, _>>()?;
    stored.push(parts.write(folder)?);
    Ok(stored)
}

/// The rows of a trial of the findings.
fn history(cache: &TrialCache, outcome: &Outcome) -> Result<History, StoreError> {
    match cache.load_trial(outcome.arm, outcome.replicate) {
        Some((stored, history)) if stored.digest == outcome.digest => Ok(history),
        _ => {
            let what = format!("replicate {} of policy {} is no longer there", outcome.replicate, outcome.arm.0 + 1);
            Err(StoreError::damaged(cache.folder(), what))
        }
    }
}

/// Identifies the trial of rows.
struct TrialLabel {
    policy: ByteArray,
    replicate: u32,
}

/// Creates the table of each type of rows.
struct CreateTables<'a> {
    folder: &'a Path,
    run_key: &'a RunKey,
}

impl TableVisitor for CreateTables<'_> {
    type Output = Result<ParquetTable, StoreError>;

    fn table<R: Row>(&mut self, _: &[R]) -> Self::Output {
        create(self.folder, self.run_key, R::TABLE, row_columns::<R>())
    }
}

/// Adds the rows of a trial to the tables, which are in the order of visit.
struct AddRows<'a> {
    at: TrialLabel,
    names: &'a Names,
    tables: std::slice::IterMut<'a, ParquetTable>,
}

impl TableVisitor for AddRows<'_> {
    type Output = Result<(), StoreError>;

    fn table<R: Row>(&mut self, rows: &[R]) -> Self::Output {
        let is_stored = R::TABLE != OrganisationRow::TABLE || self.at.replicate < ORGANISATION_REPLICATES;
        match self.tables.next() {
            Some(table) if is_stored => add(table, &self.at, self.names, rows),
            _ => Ok(()),
        }
    }
}

fn add<R: Row>(table: &mut ParquetTable, at: &TrialLabel, names: &Names, rows: &[R]) -> Result<(), StoreError> {
    let words: Vec<Vec<ByteArray>> = R::COLUMNS.iter().map(|column| words(column.kind, names)).collect();
    let none = ByteArray::from("");
    for record in rows {
        table.row(|row| {
            row.name(&at.policy).count(at.replicate).count(record.year());
            for (column, words) in words.iter().enumerate() {
                match record.value(column) {
                    Value::Number(value) => row.number(value),
                    Value::Count(value) => row.count(value),
                    Value::Name(at) => row.name(words.get(at as usize).unwrap_or(&none)),
                };
            }
        })?;
    }
    Ok(())
}

/// The names that a column can contain in one trial, by position. They are made once for each trial and shared by its rows,
/// which avoids one allocation for each cell.
fn words(kind: Type, names: &Names) -> Vec<ByteArray> {
    let Type::Name(kind) = kind else {
        return Vec::new();
    };
    (0..).map(|at| names.of(kind, at)).take_while(|name| !name.is_empty()).map(ByteArray::from).collect()
}

fn create(
    folder: &Path,
    run_key: &RunKey,
    name: &str,
    columns: Vec<(String, ColumnKind)>,
) -> Result<ParquetTable, StoreError> {
    let notes = [
        ("scenario", run_key.name.clone()),
        ("run", run_key.run_id()),
        ("seed", run_key.seed.to_string()),
        ("fingerprint", run_key.fingerprint.clone()),
    ];
    ParquetTable::create(AtomicFile::create(folder, &format!("{name}.parquet"))?, name, &columns, &notes)
}

fn year_columns(run_key: &RunKey) -> Vec<(String, ColumnKind)> {
    let first = [("policy", ColumnKind::Name), ("replicate", ColumnKind::Count), ("year", ColumnKind::Count)];
    let first = first.map(|(key, kind)| (key.to_string(), kind));
    first.into_iter().chain(measure_columns(run_key)).collect()
}

fn trial_columns(run_key: &RunKey) -> Vec<(String, ColumnKind)> {
    let first = [
        ("policy", ColumnKind::Name),
        ("replicate", ColumnKind::Count),
        ("world", ColumnKind::Count),
        ("digest", ColumnKind::Name),
    ];
    let first = first.map(|(key, kind)| (key.to_string(), kind));
    let world = run_key.uncertain.iter().map(|(key, _)| (key.clone(), ColumnKind::Number));
    first.into_iter().chain(world).chain(measure_columns(run_key)).collect()
}

fn measure_columns(run_key: &RunKey) -> impl Iterator<Item = (String, ColumnKind)> + '_ {
    run_key.measures.iter().map(|measure| (measure.key.to_string(), ColumnKind::Number))
}

fn row_columns<R: Row>() -> Vec<(String, ColumnKind)> {
    let first = [("policy", ColumnKind::Name), ("replicate", ColumnKind::Count), ("year", ColumnKind::Count)];
    let first = first.map(|(key, kind)| (key.to_string(), kind));
    let rest = R::COLUMNS.iter().map(|column| {
        let kind = match column.kind {
            Type::Number => ColumnKind::Number,
            Type::Count => ColumnKind::Count,
            Type::Name(_) => ColumnKind::Name,
        };
        (column.key.to_string(), kind)
    });
    first.into_iter().chain(rest).collect()
}

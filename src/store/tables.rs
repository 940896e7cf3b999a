//! The Parquet tables of a run: which there are, and what goes into their rows.

use std::path::Path;

use parquet::data_type::ByteArray;

use super::error::StoreError;
use super::parts::Parts;
use super::placement::{Placed, AtomicFile};
use super::run_key::{ORGANISATION_REPLICATES, RunKey};
use super::table::{Kind, Table};
use hubsim_lab::analysis::{Findings, Outcome};
use hubsim_lab::experiment::ArmId;
use hubsim_model::record::rows::{Row, Type, Value};
use hubsim_model::record::{FlowRow, History, MandateRow, MovementRow, Names, OrganisationRow, RegionRow, ThemeRow};

/// Tables of numbers that need no history: `years` and `trials`.
pub(super) fn write_measures(
    folder: &Path,
    run_key: &RunKey,
    findings: &Findings,
) -> Result<Vec<Placed>, StoreError> {
    let mut years = begin(folder, run_key, "years", year_columns(run_key))?;
    let mut trials = begin(folder, run_key, "trials", trial_columns(run_key))?;
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
                row.name(&policy).count(outcome.replicate).name(&ByteArray::from(outcome.digest.as_str()));
                (0..run_key.uncertain.len()).for_each(|key| {
                    row.number(outcome.world.get(key).copied().unwrap_or(f64::NAN));
                });
                (0..run_key.measures.len()).for_each(|measure| {
                    row.number(outcome.measure(run_key.years, measure));
                });
            })?;
        }
        years.group()?;
        trials.group()?;
    }
    Ok(vec![years.finish()?, trials.finish()?])
}

/// Tables of rows, read from the kept trials one by one: never more than one history is in memory.
pub(super) fn write_rows(
    folder: &Path,
    run_key: &RunKey,
    findings: &Findings,
    parts: &Parts,
) -> Result<Vec<Placed>, StoreError> {
    let mut movement = RowTable::<MovementRow>::begin(folder, run_key)?;
    let mut regions = RowTable::<RegionRow>::begin(folder, run_key)?;
    let mut organisations = RowTable::<OrganisationRow>::begin(folder, run_key)?;
    let mut mandates = RowTable::<MandateRow>::begin(folder, run_key)?;
    let mut themes = RowTable::<ThemeRow>::begin(folder, run_key)?;
    let mut flows = RowTable::<FlowRow>::begin(folder, run_key)?;
    for (arm, policy) in run_key.policies.iter().enumerate() {
        for outcome in findings.arm(ArmId(arm)) {
            let trial = history(parts, outcome)?;
            let at = Place { policy: ByteArray::from(policy.as_str()), replicate: outcome.replicate };
            movement.add(&at, &trial.names, &trial.movement)?;
            regions.add(&at, &trial.names, &trial.regions)?;
            mandates.add(&at, &trial.names, &trial.mandates)?;
            themes.add(&at, &trial.names, &trial.themes)?;
            flows.add(&at, &trial.names, &trial.flows)?;
            if outcome.replicate < ORGANISATION_REPLICATES {
                organisations.add(&at, &trial.names, &trial.organisations)?;
            }
        }
        for table in [
            &mut movement.table,
            &mut regions.table,
            &mut organisations.table,
            &mut mandates.table,
            &mut themes.table,
            &mut flows.table,
        ] {
            table.group()?;
        }
    }
    let tables = [movement.table, regions.table, organisations.table, mandates.table, themes.table, flows.table];
    tables.into_iter().map(Table::finish).collect()
}

/// The rows of a trial that the findings count on.
fn history(parts: &Parts, outcome: &Outcome) -> Result<History, StoreError> {
    match parts.whole(outcome.arm, outcome.replicate) {
        Some((kept, history)) if kept.digest == outcome.digest => Ok(history),
        _ => {
            let what = format!("replicate {} of policy {} is no longer there", outcome.replicate, outcome.arm.0 + 1);
            Err(StoreError::damaged(parts.folder(), what))
        }
    }
}

/// The trial that rows are of.
struct Place {
    policy: ByteArray,
    replicate: u32,
}

/// A table of one kind of rows.
struct RowTable<R: Row> {
    table: Table,
    rows: std::marker::PhantomData<R>,
}

impl<R: Row> RowTable<R> {
    fn begin(folder: &Path, run_key: &RunKey) -> Result<Self, StoreError> {
        let table = begin(folder, run_key, R::TABLE, row_columns::<R>())?;
        Ok(Self { table, rows: std::marker::PhantomData })
    }

    fn add(&mut self, at: &Place, names: &Names, rows: &[R]) -> Result<(), StoreError> {
        let words: Vec<Vec<ByteArray>> = R::COLUMNS.iter().map(|column| words(column.kind, names)).collect();
        let none = ByteArray::from("");
        for of in rows {
            self.table.row(|row| {
                row.name(&at.policy).count(at.replicate).count(of.year());
                for (column, words) in words.iter().enumerate() {
                    match of.value(column) {
                        Value::Number(value) => row.number(value),
                        Value::Count(value) => row.count(value),
                        Value::Name(at) => row.name(words.get(at as usize).unwrap_or(&none)),
                    };
                }
            })?;
        }
        Ok(())
    }
}

/// The words a column of names can have in one trial, by position; made once a trial, then shared by its rows.
fn words(kind: Type, names: &Names) -> Vec<ByteArray> {
    let Type::Name(kind) = kind else {
        return Vec::new();
    };
    (0..).map(|at| names.of(kind, at)).take_while(|name| !name.is_empty()).map(ByteArray::from).collect()
}

fn begin(folder: &Path, run_key: &RunKey, name: &str, columns: Vec<(String, Kind)>) -> Result<Table, StoreError> {
    let notes = [
        ("scenario", run_key.name.clone()),
        ("run", run_key.run_id()),
        ("seed", run_key.seed.to_string()),
        ("fingerprint", run_key.fingerprint.clone()),
    ];
    Table::begin(AtomicFile::create(folder, &format!("{name}.parquet"))?, name, &columns, &notes)
}

fn year_columns(run_key: &RunKey) -> Vec<(String, Kind)> {
    let first = [("policy", Kind::Name), ("replicate", Kind::Count), ("year", Kind::Count)];
    let first = first.map(|(key, kind)| (key.to_string(), kind));
    first.into_iter().chain(measure_columns(run_key)).collect()
}

fn trial_columns(run_key: &RunKey) -> Vec<(String, Kind)> {
    let first = [("policy", Kind::Name), ("replicate", Kind::Count), ("digest", Kind::Name)];
    let first = first.map(|(key, kind)| (key.to_string(), kind));
    let world = run_key.uncertain.iter().map(|(key, _)| (key.clone(), Kind::Number));
    first.into_iter().chain(world).chain(measure_columns(run_key)).collect()
}

fn measure_columns(run_key: &RunKey) -> impl Iterator<Item = (String, Kind)> + '_ {
    run_key.measures.iter().map(|measure| (measure.key.to_string(), Kind::Number))
}

fn row_columns<R: Row>() -> Vec<(String, Kind)> {
    let first = [("policy", Kind::Name), ("replicate", Kind::Count), ("year", Kind::Count)];
    let first = first.map(|(key, kind)| (key.to_string(), kind));
    let rest = R::COLUMNS.iter().map(|column| {
        let kind = match column.kind {
            Type::Number => Kind::Number,
            Type::Count => Kind::Count,
            Type::Name(_) => Kind::Name,
        };
        (column.key.to_string(), kind)
    });
    first.into_iter().chain(rest).collect()
}

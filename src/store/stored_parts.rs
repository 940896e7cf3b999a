//! Measures of parts of the movement, computed from the tables of a finished run: its scenario may ask for others than when
//! it was simulated.

use super::error::StoreError;
use super::reading::TableColumns;
use super::stored_run::StoredRun;
use hubsim_lab::analysis::Findings;
use hubsim_lab::scenario::Scenario;
use hubsim_model::measures::{Dimension, PartMeasure};
use hubsim_model::record::rows::{Row, Type, Value};
use hubsim_model::record::{History, MovementRow, Names, RegionRow, ThemeRow};

impl StoredRun {
    /// The findings, with the measures of parts of the movement that the run's scenario asks for and with the contrasts that it
    /// shows.
    ///
    /// # Errors
    /// As [`StoredRun::findings`].
    pub fn findings_for(&self, scenario: &Scenario) -> Result<Findings, StoreError> {
        let mut findings = self.findings()?;
        let (names, parts) = (scenario.names(), scenario.part_measures());
        findings.outcomes.iter_mut().for_each(|outcome| outcome.make_room(&parts));
        self.set_parts::<RegionRow>(&mut findings, &names, (&parts, &[Dimension::Region, Dimension::Group]))?;
        self.set_parts::<ThemeRow>(&mut findings, &names, (&parts, &[Dimension::Theme]))?;
        Ok(Findings { parts, ..findings }.choosing(scenario))
    }

    /// Fills in the measures of the parts by some dimensions, which one table has.
    fn set_parts<R: Row>(
        &self,
        findings: &mut Findings,
        names: &Names,
        (wanted, by): (&[PartMeasure], &[Dimension]),
    ) -> Result<(), StoreError> {
        if !wanted.iter().any(|measure| by.contains(&measure.part.dimension)) {
            return Ok(());
        }
        let damaged = || StoreError::damaged(&self.path.join(format!("{}.parquet", R::TABLE)), "it has other trials");
        let year = |year| MovementRow { year, ..MovementRow::default() };
        let movement: Vec<MovementRow> = (0..=findings.years).map(year).collect();
        // Trials are in the same order in all tables. A row group may end within a trial; a new one begins with an earlier year.
        let mut outcomes = findings.outcomes.iter_mut();
        let mut trial: Vec<R> = Vec::new();
        let mut finish = |trial: &mut Vec<R>| {
            let mut history = History { names: names.clone(), movement: movement.clone(), ..History::default() };
            *R::rows_mut(&mut history) = std::mem::take(trial);
            outcomes.next().map(|outcome| outcome.set_parts(&history, wanted, by)).ok_or_else(damaged)
        };
        self.scan(R::TABLE, &|_| true, |group| {
            for row in rows::<R>(&group, names).ok_or_else(damaged)? {
                if trial.last().is_some_and(|last| row.year() < last.year()) {
                    finish(&mut trial)?;
                }
                trial.push(row);
            }
            Ok(())
        })?;
        finish(&mut trial)?;
        if outcomes.next().is_some() { Err(damaged()) } else { Ok(()) }
    }
}

/// The rows of a group; none if it lacks a column.
fn rows<R: Row>(group: &TableColumns, names: &Names) -> Option<Vec<R>> {
    let years = group.counts("year")?;
    let mut rows: Vec<R> = years.iter().map(|&year| R::default().with_year(year)).collect();
    for (at, column) in R::COLUMNS.iter().enumerate() {
        match column.kind {
            Type::Number => set(&mut rows, at, group.numbers(column.key)?.iter().map(|&number| Value::Number(number))),
            Type::Count => set(&mut rows, at, group.counts(column.key)?.iter().map(|&count| Value::Count(count))),
            Type::Name(kind) => {
                let words = group.names(column.key)?;
                let list = if kind == "theme" { &names.theme } else { &names.region };
                let name = |row| list.iter().position(|name| name == words.get(row)).unwrap_or(list.len());
                let values: Vec<Value> = (0..years.len()).map(|row| Value::Name(name(row) as u32)).collect();
                set(&mut rows, at, values.into_iter());
            }
        }
    }
    Some(rows)
}

fn set<R: Row>(rows: &mut [R], column: usize, values: impl Iterator<Item = Value>) {
    rows.iter_mut().zip(values).for_each(|(row, value)| row.set(column, value));
}

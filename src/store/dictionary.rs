//! `dictionary.csv`: every column of every table, with meaning, unit, range and direction.

use std::path::Path;

use super::atomic_file::{StoredFile, write_atomically};
use super::csv_tables::{COMPARISONS, CsvTable, SUMMARY, shortest};
use super::error::StoreError;
use super::ladder_table::{self, LADDER};
use super::parts_table::PARTS;
use super::run_key::RunKey;
use hubsim_model::measures::{Dimension, Direction, Measure};
use hubsim_model::policy::levers::KINDS;
use hubsim_model::record::rows::{Row, STAGES, Type};
use hubsim_model::record::{History, TableVisitor};

/// One column of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DictionaryEntry {
    /// The table's file.
    pub table: String,
    /// The column.
    pub column: String,
    /// The meaning of its values.
    pub meaning: String,
    /// Its unit; `-` where there is none.
    pub unit: String,
    /// The possible values.
    pub range: String,
    /// Which direction is better: `higher`, `lower`, `neutral`; `-` for columns without a direction.
    pub direction: &'static str,
}

/// The columns of every table of a run, in the order of tables, then columns.
pub fn dictionary(run_key: &RunKey) -> Vec<DictionaryEntry> {
    let mut entries = Vec::new();
    measures(run_key, &mut entries);
    History::default().visit(&mut RowTables { run_key, entries: &mut entries });
    let tables =
        [("parts.csv", PARTS), ("summary.csv", SUMMARY), ("comparisons.csv", COMPARISONS), ("claims.csv", CLAIMS)];
    let ladders = (run_key.ladders > 0).then_some((ladder_table::NAME, LADDER));
    for (table, columns) in tables.into_iter().chain(ladders) {
        for (key, meaning, unit) in columns {
            // Rows of these tables belong to different measures, each with its own unit.
            let unit = if *unit == "measure" { "that of the measure" } else { unit };
            entries.push(entry(table, key, meaning, unit, csv_range(run_key, key, unit)));
        }
    }
    for (key, meaning) in DICTIONARY {
        entries.push(entry("dictionary.csv", key, meaning, "-", String::new()));
    }
    entries
}

/// Writes `dictionary.csv`.
pub(super) fn write_dictionary(folder: &Path, run_key: &RunKey) -> Result<StoredFile, StoreError> {
    let mut csv = CsvTable::with_header(DICTIONARY.iter().map(|column| column.0));
    for DictionaryEntry { table, column, meaning, unit, range, direction } in dictionary(run_key) {
        csv.text(&table).text(&column).text(&meaning).text(&unit).text(&range).text(direction).end_row();
    }
    write_atomically(folder, "dictionary.csv", &csv.bytes)
}

/// The columns of `claims.csv`: key, meaning, unit (`measure` for the unit of the measure). Like the charts, that file is
/// made from the findings and not listed in the manifest.
pub const CLAIMS: &[(&str, &str, &str)] = &[
    ("claim", "The claim.", "-"),
    ("part", "Which of its parts; of a table, which of its rows.", "-"),
    ("statement", "The claim's statement.", "-"),
    ("source", "The question of its source.", "-"),
    ("decisive", "Whether the claim's verdict depends on the part.", "-"),
    ("measure", "The measure.", "-"),
    ("unit", "The measure's unit; - where there is none.", "-"),
    ("within", "The region, the group of regions or the theme that is looked at; empty for the whole movement.", "-"),
    ("policy", "The policy.", "-"),
    ("against", "The policy it is compared with; empty for a bound.", "-"),
    ("net_of", "Two policies, whose difference (the first − the second) is taken off.", "-"),
    (
        "expect",
        "Which way the claim expects it: lower, higher, not lower, not higher, no difference, below, above, equals.",
        "-",
    ),
    ("by_kind", "Whether `by` is an amount, or a share of the mean of what is compared with.", "-"),
    ("by", "The smallest difference that matters, or the bound, as the claim gives it.", "-"),
    ("first_year", "The mean is of the years from this one.", "years"),
    ("last_year", "The mean is of the years to this one.", "years"),
    ("n", "Replicates that have the measure under all policies of the part.", "replicates"),
    ("value", "Mean of the policy over these replicates.", "measure"),
    ("reference", "Mean of what it is compared with.", "measure"),
    ("net", "Mean difference that is taken off.", "measure"),
    ("smallest", "The smallest difference that matters, or the bound, in the measure's unit.", "measure"),
    (
        "difference",
        "What is tested: value − reference − net; for a bound the value itself; for equals the mean deviation.",
        "measure",
    ),
    (
        "low",
        "Lower end of its interval; those of all parts hold at 95 % together. In a table: of the difference, or the mean, for itself.",
        "measure",
    ),
    ("high", "Upper end of its interval.", "measure"),
    (
        "p",
        "p-value of the one-sided t test that decides most, doubled; empty for equals, which is checked in every trial.",
        "probability",
    ),
    ("p_adjusted", "The same, adjusted by Holm's steps over all parts of all claims.", "probability"),
    ("verdict", "Verdict on the part: supported, contradicted, no-difference, not-decided, not-tested; or table.", "-"),
    ("claim_verdict", "Verdict on the claim.", "-"),
    ("worlds", "Share of the replicates in which all decisive parts hold.", "share"),
    ("why", "What came out, and which measures moved with it.", "-"),
    ("built_in", "In what way the outcome is built into the model, if it is.", "-"),
];

const DICTIONARY: &[(&str, &str)] = &[
    ("table", "The file."),
    ("column", "The column."),
    ("meaning", "The meaning of its values."),
    ("unit", "Its unit; - where there is none."),
    ("range", "The possible values; empty where there is no bound."),
    ("direction", "Which direction is better: higher, lower, neutral; - for columns without a direction."),
];

fn entry(table: &str, column: &str, meaning: &str, unit: &str, range: String) -> DictionaryEntry {
    DictionaryEntry {
        table: table.into(),
        column: column.into(),
        meaning: meaning.trim().into(),
        unit: unit.into(),
        range,
        direction: "-",
    }
}

/// Whether a table has one row for each trial, or rows for each of its years.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowsOf {
    Trials,
    Years,
}

/// The columns that identify the trial, and the year, of a row.
fn identifying_columns(run_key: &RunKey, table: &str, rows: RowsOf, entries: &mut Vec<DictionaryEntry>) {
    let last = run_key.replicates.saturating_sub(1);
    entries.push(entry(table, "policy", "The policy.", "-", run_key.policies.join(" | ")));
    entries.push(entry(
        table,
        "replicate",
        "The replicate, which determines the random numbers and the world.",
        "-",
        format!("0 to {last}"),
    ));
    if rows == RowsOf::Years {
        entries.push(entry(table, "year", "The year, 0 = the start.", "years", format!("0 to {}", run_key.years)));
    }
}

fn measures(run_key: &RunKey, entries: &mut Vec<DictionaryEntry>) {
    identifying_columns(run_key, "years.parquet", RowsOf::Years, entries);
    entries.extend(run_key.measures.iter().map(|measure| measured("years.parquet", measure, "")));
    identifying_columns(run_key, "trials.parquet", RowsOf::Trials, entries);
    let last = run_key.replicates.saturating_sub(1) / run_key.replicates_per_world.max(1);
    let world = "The world, whose uncertain numbers its replicates share.";
    entries.push(entry("trials.parquet", "world", world, "-", format!("0 to {last}")));
    let digest = "blake3 of every bit of the trial's rows and of its place among the worlds, in hexadecimal.";
    entries.push(entry("trials.parquet", "digest", digest, "-", "64 digits".into()));
    for (key, unit) in &run_key.uncertain {
        let meaning = format!("The value of {key} in this world.");
        entries.push(entry("trials.parquet", key, &meaning, unit, String::new()));
    }
    entries.extend(run_key.measures.iter().map(|measure| measured("trials.parquet", measure, " In the last year.")));
}

/// The entry of a measure's column; `when` is added to its meaning.
fn measured(table: &str, measure: &Measure, when: &str) -> DictionaryEntry {
    let direction = match measure.direction {
        Direction::Higher => "higher",
        Direction::Lower => "lower",
        Direction::Neutral => "neutral",
    };
    let meaning = format!("{}{when}", measure.meaning);
    DictionaryEntry { direction, ..entry(table, measure.key, &meaning, measure.unit, bounds(measure.range)) }
}

/// Adds the columns of each table of rows.
struct RowTables<'a> {
    run_key: &'a RunKey,
    entries: &'a mut Vec<DictionaryEntry>,
}

impl TableVisitor for RowTables<'_> {
    type Output = ();

    fn table<R: Row>(&mut self, _: &[R]) {
        let table = format!("{}.parquet", R::TABLE);
        identifying_columns(self.run_key, &table, RowsOf::Years, self.entries);
        for column in R::COLUMNS {
            let range = match column.kind {
                Type::Count => "at least 0".to_string(),
                Type::Name("stage") => STAGES.join(" | "),
                Type::Name("kind") => KINDS.join(" | "),
                Type::Number if column.unit == "share" => "0 to 1".to_string(),
                Type::Number | Type::Name(_) => String::new(),
            };
            self.entries.push(entry(&table, column.key, column.meaning, column.unit, range));
        }
    }
}

fn csv_range(run_key: &RunKey, key: &str, unit: &str) -> String {
    match key {
        "policy" | "against" => run_key.policies.join(" | "),
        "year" | "first_year" | "last_year" => format!("0 to {}", run_key.years),
        "n" => format!("0 to {}", run_key.replicates),
        "decisive" | "another_world" | "reaches" | "resolved" => "true | false".into(),
        "dimension" => Dimension::ALL.map(Dimension::word).join(" | "),
        "p" | "p_adjusted" => "0 to 1".into(),
        "sd" | "variance_saved" => "at least 0".into(),
        "correlation" => "-1 to 1".into(),
        _ if unit == "share" => "0 to 1".into(),
        _ => String::new(),
    }
}

/// A range in words; empty if it has no bounds.
fn bounds((least, most): (f64, f64)) -> String {
    match (least.is_finite(), most.is_finite()) {
        (true, true) => format!("{} to {}", shortest(least), shortest(most)),
        (true, false) => format!("at least {}", shortest(least)),
        (false, true) => format!("at most {}", shortest(most)),
        (false, false) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_written_in_words() {
        assert_eq!(bounds((0.0, 1.0)), "0 to 1");
        assert_eq!(bounds((0.0, f64::INFINITY)), "at least 0");
        assert_eq!(bounds((f64::NEG_INFINITY, 0.5)), "at most 0.5");
        assert_eq!(bounds((f64::NEG_INFINITY, f64::INFINITY)), "");
    }
}

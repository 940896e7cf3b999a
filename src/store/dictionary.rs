//! `dictionary.csv`: every column of every table, with meaning, unit, range and direction.

use std::path::Path;

use super::error::StoreError;
use super::placement::{Placed, place};
use super::question::Question;
use super::sheets::{COMPARISONS, SUMMARY, Sheet, shortest};
use hubsim_model::measures::{Direction, Measure};
use hubsim_model::policy::levers::KINDS;
use hubsim_model::record::rows::{Row, STAGES, Type};
use hubsim_model::record::{FlowRow, MandateRow, MovementRow, OrganisationRow, RegionRow, ThemeRow};

/// One column of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The table's file.
    pub table: String,
    /// The column.
    pub column: String,
    /// What it holds.
    pub meaning: String,
    /// Its unit; `-` where there is none.
    pub unit: String,
    /// Which values it can take.
    pub range: String,
    /// Which way is better: `higher`, `lower`, `neutral`; `-` where the question makes no sense.
    pub direction: &'static str,
}

/// The columns of every table of a run, in the order of tables, then columns.
pub fn dictionary(question: &Question) -> Vec<Entry> {
    let mut entries = Vec::new();
    measures(question, &mut entries);
    rows::<MovementRow>(question, &mut entries);
    rows::<RegionRow>(question, &mut entries);
    rows::<OrganisationRow>(question, &mut entries);
    rows::<MandateRow>(question, &mut entries);
    rows::<ThemeRow>(question, &mut entries);
    rows::<FlowRow>(question, &mut entries);
    for (table, columns) in [("summary.csv", SUMMARY), ("comparisons.csv", COMPARISONS), ("claims.csv", CLAIMS)] {
        for (key, meaning, unit) in columns {
            let unit = if *unit == "measure" { "that of the measure" } else { unit };
            entries.push(entry(table, key, meaning, unit, sheet_range(question, key, unit)));
        }
    }
    for (key, meaning) in DICTIONARY {
        entries.push(entry("dictionary.csv", key, meaning, "-", String::new()));
    }
    entries
}

/// Writes `dictionary.csv`.
pub(super) fn write_dictionary(folder: &Path, question: &Question) -> Result<Placed, StoreError> {
    let mut sheet = Sheet::begin(DICTIONARY.iter().map(|column| column.0));
    for Entry { table, column, meaning, unit, range, direction } in dictionary(question) {
        sheet.text(&table).text(&column).text(&meaning).text(&unit).text(&range).text(direction).end();
    }
    place(folder, "dictionary.csv", &sheet.bytes)
}

/// The columns of `claims.csv`, which is drawn from the findings as charts are: key, meaning, unit (`measure` where it is
/// the measure's own).
pub const CLAIMS: &[(&str, &str, &str)] = &[
    ("claim", "The claim.", "-"),
    ("part", "Which of its parts; of a table, which of its rows.", "-"),
    ("statement", "The claim's statement.", "-"),
    ("source", "The question of its source.", "-"),
    ("decisive", "Whether the claim's verdict depends on the part.", "-"),
    ("measure", "The measure.", "-"),
    ("unit", "The measure's unit; - where there is none.", "-"),
    ("policy", "The policy.", "-"),
    ("against", "The policy it is compared with; empty for a bound.", "-"),
    ("net_of", "Two policies, whose difference (the first − the second) is taken off.", "-"),
    ("expect", "Which way the claim expects it: lower, higher, not lower, not higher, below, above.", "-"),
    ("by_kind", "Whether `by` is an amount, or a share of the mean of what is compared with.", "-"),
    ("by", "The smallest difference that matters, or the bound, as the claim gives it.", "-"),
    ("first_year", "The mean is of the years from this one.", "years"),
    ("last_year", "The mean is of the years to this one.", "years"),
    ("n", "Replicates that have the measure under all policies of the part.", "replicates"),
    ("value", "Mean of the policy over these replicates.", "measure"),
    ("reference", "Mean of what it is compared with.", "measure"),
    ("net", "Mean difference that is taken off.", "measure"),
    ("smallest", "The smallest difference that matters, or the bound, in the measure's unit.", "measure"),
    ("difference", "What is tested: value − reference − net; for a bound the value itself.", "measure"),
    (
        "low",
        "Lower end of its interval; those of all parts hold at 95 % together. In a table: of the difference, or the mean, for itself.",
        "measure",
    ),
    ("high", "Upper end of its interval.", "measure"),
    ("p", "p-value of the one-sided t test that decides most, doubled.", "probability"),
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
    ("meaning", "What it holds."),
    ("unit", "Its unit; - where there is none."),
    ("range", "Which values it can take; empty where there is no bound."),
    ("direction", "Which way is better: higher, lower, neutral; - where the question makes no sense."),
];

fn entry(table: &str, column: &str, meaning: &str, unit: &str, range: String) -> Entry {
    Entry {
        table: table.into(),
        column: column.into(),
        meaning: meaning.trim().into(),
        unit: unit.into(),
        range,
        direction: "-",
    }
}

/// The columns that say which trial, and which year, a row is of.
fn place_columns(question: &Question, table: &str, year: bool, entries: &mut Vec<Entry>) {
    let last = question.replicates.saturating_sub(1);
    entries.push(entry(table, "policy", "The policy.", "-", question.policies.join(" | ")));
    entries.push(entry(table, "replicate", "Which replicate: the world and its luck.", "-", format!("0 to {last}")));
    if year {
        entries.push(entry(table, "year", "The year, 0 = the start.", "years", format!("0 to {}", question.years)));
    }
}

fn measures(question: &Question, entries: &mut Vec<Entry>) {
    place_columns(question, "years.parquet", true, entries);
    entries.extend(question.measures.iter().map(|measure| measured("years.parquet", measure, "")));
    place_columns(question, "trials.parquet", false, entries);
    let digest = "blake3 of every bit of the trial's rows, in hexadecimal.";
    entries.push(entry("trials.parquet", "digest", digest, "-", "64 digits".into()));
    for (key, unit) in &question.uncertain {
        let meaning = format!("What this world drew for {key}.");
        entries.push(entry("trials.parquet", key, &meaning, unit, String::new()));
    }
    entries.extend(question.measures.iter().map(|measure| measured("trials.parquet", measure, " In the last year.")));
}

fn measured(table: &str, measure: &Measure, when: &str) -> Entry {
    let direction = match measure.direction {
        Direction::Higher => "higher",
        Direction::Lower => "lower",
        Direction::Neutral => "neutral",
    };
    let meaning = format!("{}{when}", measure.meaning);
    Entry { direction, ..entry(table, measure.key, &meaning, measure.unit, bounds(measure.range)) }
}

fn rows<R: Row>(question: &Question, entries: &mut Vec<Entry>) {
    let table = format!("{}.parquet", R::TABLE);
    place_columns(question, &table, true, entries);
    for column in R::COLUMNS {
        let range = match column.kind {
            Type::Count => "at least 0".to_string(),
            Type::Name("stage") => STAGES.join(" | "),
            Type::Name("kind") => KINDS.join(" | "),
            Type::Number if column.unit == "share" => "0 to 1".to_string(),
            Type::Number | Type::Name(_) => String::new(),
        };
        entries.push(entry(&table, column.key, column.meaning, column.unit, range));
    }
}

fn sheet_range(question: &Question, key: &str, unit: &str) -> String {
    match key {
        "policy" | "against" => question.policies.join(" | "),
        "year" | "first_year" | "last_year" => format!("0 to {}", question.years),
        "n" => format!("0 to {}", question.replicates),
        "decisive" => "true | false".into(),
        "p" | "p_adjusted" => "0 to 1".into(),
        "sd" | "variance_saved" => "at least 0".into(),
        "correlation" => "-1 to 1".into(),
        _ if unit == "share" => "0 to 1".into(),
        _ => String::new(),
    }
}

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

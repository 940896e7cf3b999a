//! The CSV tables of a run: `summary.csv` and `comparisons.csv`.

use std::path::Path;

use super::atomic_file::{StoredFile, write_atomically};
use super::error::StoreError;
use super::run_key::RunKey;
use hubsim_lab::analysis::{Comparison, Findings, Summary, comparison, summary};

/// The columns of `summary.csv`: key, meaning, unit (`measure` where it is the measure's own).
pub(super) const SUMMARY: &[(&str, &str, &str)] = &[
    ("policy", "The policy.", "-"),
    ("year", "The year, 0 = the start.", "years"),
    ("measure", "The measure.", "-"),
    ("n", "Worlds that have the measure; their means are the unit of mean, sd and interval.", "worlds"),
    ("mean", "Mean over these worlds.", "measure"),
    ("sd", "Standard deviation (n − 1).", "measure"),
    ("q05", "5 % quantile over trials (type 7).", "measure"),
    ("q25", "25 % quantile.", "measure"),
    ("q50", "Median.", "measure"),
    ("q75", "75 % quantile.", "measure"),
    ("q95", "95 % quantile.", "measure"),
    ("low", "Lower end of the 95 % interval of the mean.", "measure"),
    ("high", "Upper end of the 95 % interval of the mean.", "measure"),
    (
        "variance_worlds",
        "Of the variance of a trial, the part that is worlds; empty with one trial a world.",
        "measure²",
    ),
    ("variance_chance", "The part that is chance within a world.", "measure²"),
];

/// The columns of `comparisons.csv`.
pub(super) const COMPARISONS: &[(&str, &str, &str)] = &[
    ("policy", "The policy.", "-"),
    ("against", "The policy it is compared with.", "-"),
    ("measure", "The measure.", "-"),
    ("year", "The year.", "years"),
    ("n", "Worlds that have the measure under both policies; their means are the unit of the interval.", "worlds"),
    ("policy_mean", "Mean of the policy over the trials of these worlds.", "measure"),
    ("against_mean", "Mean of the policy it is compared with.", "measure"),
    ("difference", "Mean paired difference, policy − against.", "measure"),
    ("sd", "Standard deviation of the worlds' mean differences (n − 1).", "measure"),
    ("low", "Lower end of the 95 % interval of the difference.", "measure"),
    ("high", "Upper end of the 95 % interval of the difference.", "measure"),
    ("trials", "Trials that have the measure under both policies.", "trials"),
    (
        "p_better",
        "Share of worlds in which the policy is expected to be better by the measure's direction (without one: higher). Empty where worlds do not clearly differ, so that what differs between trials is chance, and with one trial a world.",
        "share",
    ),
    ("matters", "The smallest difference that matters.", "measure"),
    (
        "p_matters",
        "Share of worlds in which the policy is expected to gain at least that much; empty as before.",
        "share",
    ),
    ("spread_low", "5 % quantile over worlds of the expected difference; empty as before.", "measure"),
    ("spread_high", "95 % quantile over worlds of the expected difference; empty as before.", "measure"),
    ("variance_worlds", "Of the variance of the difference of a pair of trials, the part that is worlds.", "measure²"),
    ("variance_chance", "The part that is chance within a world.", "measure²"),
    (
        "variance_saved",
        "The variance of that difference with independent random numbers in the same worlds, relative to what it is with common ones. Empty with one trial a world.",
        "factor",
    ),
    ("correlation", "Pearson's correlation between the two policies over trials.", "-"),
    ("another_world", "Whether one of the two changes facts or parameters, so that more than a policy differs.", "-"),
];

/// The range of each measure.
fn ranges(run_key: &RunKey) -> Vec<(f64, f64)> {
    run_key.measures.iter().map(|measure| measure.range).collect()
}

/// Writes `summary.csv`.
pub(super) fn write_summary(folder: &Path, run_key: &RunKey, findings: &Findings) -> Result<StoredFile, StoreError> {
    let mut table = CsvTable::with_header(SUMMARY.iter().map(|column| column.0));
    for Summary { arm, year, measure, estimate, split, quantiles } in summary::summarise(findings, &ranges(run_key)) {
        table.text(&run_key.policies[arm.0]).text(&year.to_string()).text(run_key.measures[measure].key);
        table.text(&estimate.n.to_string()).number(estimate.mean).number(estimate.sd);
        quantiles.into_iter().for_each(|value| {
            table.number(value);
        });
        table.number(estimate.low).number(estimate.high);
        table.number(split.map_or(f64::NAN, |split| split.worlds)).number(split.map_or(f64::NAN, |split| split.chance));
        table.end_row();
    }
    write_atomically(folder, "summary.csv", &table.bytes)
}

/// Writes `comparisons.csv`.
pub(super) fn write_comparisons(
    folder: &Path,
    run_key: &RunKey,
    findings: &Findings,
) -> Result<StoredFile, StoreError> {
    let mut table = CsvTable::with_header(COMPARISONS.iter().map(|column| column.0));
    for row in comparison::compare(findings, &ranges(run_key)) {
        let Comparison { first, other, measure, year, difference, split, .. } = row;
        let (direction, matters) =
            (run_key.measures[measure].direction, run_key.measures[measure].matters(row.first_mean));
        let share = |least: f64| row.over_worlds.share(direction, least).value();
        table.text(&run_key.policies[other.0]).text(&run_key.policies[first.0]).text(run_key.measures[measure].key);
        table.text(&year.to_string()).text(&difference.n.to_string()).number(row.other_mean).number(row.first_mean);
        table.number(difference.mean).number(difference.sd).number(difference.low).number(difference.high);
        table.text(&row.pairs.to_string()).number(share(0.0)).number(matters).number(share(matters));
        row.over_worlds.spread().into_iter().for_each(|end| {
            table.number(end);
        });
        table.number(split.map_or(f64::NAN, |split| split.worlds)).number(split.map_or(f64::NAN, |split| split.chance));
        table.number(row.saved).number(row.correlation);
        table.text(if findings.worlds_differ(first, other) { "true" } else { "false" }).end_row();
    }
    write_atomically(folder, "comparisons.csv", &table.bytes)
}

/// A CSV table (RFC 4180, but with `\n` as line end), built row by row.
pub(super) struct CsvTable {
    pub bytes: Vec<u8>,
    at_row_start: bool,
}

impl CsvTable {
    /// A table with its header row.
    pub fn with_header<'a>(header: impl Iterator<Item = &'a str>) -> CsvTable {
        let mut table = CsvTable { bytes: Vec::new(), at_row_start: true };
        header.for_each(|key| {
            table.text(key);
        });
        table.end_row();
        table
    }

    /// Adds a text, quoted if necessary.
    pub fn text(&mut self, text: &str) -> &mut CsvTable {
        if !self.at_row_start {
            self.bytes.push(b',');
        }
        self.at_row_start = false;
        if text.contains(['"', ',', '\n', '\r']) {
            self.bytes.push(b'"');
            self.bytes.extend(text.replace('"', "\"\"").bytes());
            self.bytes.push(b'"');
        } else {
            self.bytes.extend(text.bytes());
        }
        self
    }

    /// Adds a number; NaN and infinite numbers give an empty cell.
    pub fn number(&mut self, value: f64) -> &mut CsvTable {
        if value.is_finite() { self.text(&shortest(value)) } else { self.text("") }
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.at_row_start = true;
    }
}

/// The shortest text that is read back as the same number.
pub fn shortest(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-5..1e16).contains(&size) { format!("{value:e}") } else { format!("{value}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_back_unchanged() {
        for (value, text) in [(0.1, "0.1"), (3.0, "3"), (1e300, "1e300"), (2.5e-9, "2.5e-9"), (-0.0, "-0")] {
            assert_eq!(shortest(value), text);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
    }

    #[test]
    fn cells_are_quoted_if_necessary() {
        let mut table = CsvTable::with_header(["a", "b"].into_iter());
        table.text("x, \"y\"").number(f64::NAN).end_row();
        table.text("").number(f64::INFINITY).end_row();
        assert_eq!(String::from_utf8(table.bytes).unwrap(), "a,b\n\"x, \"\"y\"\"\",\n,\n");
    }
}

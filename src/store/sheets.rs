//! The CSV tables of a run: `summary.csv` and `comparisons.csv`.

use std::path::Path;

use super::error::StoreError;
use super::placement::{Placed, place};
use super::run_key::RunKey;
use hubsim_lab::analysis::{Comparison, Findings, Summary, comparison, summary};
use hubsim_model::measures::Direction;

/// The columns of `summary.csv`: key, meaning, unit (`measure` where it is the measure's own).
pub(super) const SUMMARY: &[(&str, &str, &str)] = &[
    ("policy", "The policy.", "-"),
    ("year", "The year, 0 = the start.", "years"),
    ("measure", "The measure.", "-"),
    ("n", "Replicates that have the measure.", "replicates"),
    ("mean", "Mean over these replicates.", "measure"),
    ("sd", "Standard deviation (n − 1).", "measure"),
    ("q05", "5 % quantile (type 7).", "measure"),
    ("q25", "25 % quantile.", "measure"),
    ("q50", "Median.", "measure"),
    ("q75", "75 % quantile.", "measure"),
    ("q95", "95 % quantile.", "measure"),
    ("low", "Lower end of the 95 % interval of the mean (Student's t).", "measure"),
    ("high", "Upper end of the 95 % interval of the mean.", "measure"),
];

/// The columns of `comparisons.csv`.
pub(super) const COMPARISONS: &[(&str, &str, &str)] = &[
    ("policy", "The policy.", "-"),
    ("against", "The policy it is compared with.", "-"),
    ("measure", "The measure.", "-"),
    ("year", "The year.", "years"),
    ("n", "Replicates that have the measure under both policies.", "replicates"),
    ("policy_mean", "Mean of the policy over these replicates.", "measure"),
    ("against_mean", "Mean of the policy it is compared with.", "measure"),
    ("difference", "Mean paired difference, policy − against.", "measure"),
    ("sd", "Standard deviation of the paired differences (n − 1).", "measure"),
    ("low", "Lower end of the 95 % interval of the difference (Student's t).", "measure"),
    ("high", "Upper end of the 95 % interval of the difference.", "measure"),
    (
        "p_better",
        "Share of replicates in which the policy is better by the measure's direction (without one: higher); ties count half.",
        "share",
    ),
    (
        "variance_saved",
        "Factor by which shared luck cuts the variance of the difference: (var x + var y) / var(y − x). Empty where nothing is left of it.",
        "factor",
    ),
    ("correlation", "Pearson's correlation between the two policies over replicates.", "-"),
];

/// Writes `summary.csv`.
pub(super) fn write_summary(folder: &Path, run_key: &RunKey, findings: &Findings) -> Result<Placed, StoreError> {
    let mut sheet = Sheet::begin(SUMMARY.iter().map(|column| column.0));
    for Summary { arm, year, measure, estimate, quantiles } in summary::summarise(findings, run_key.measures.len()) {
        sheet.text(&run_key.policies[arm.0]).text(&year.to_string()).text(run_key.measures[measure].key);
        sheet.text(&estimate.n.to_string()).number(estimate.mean).number(estimate.sd);
        quantiles.into_iter().for_each(|value| {
            sheet.number(value);
        });
        sheet.number(estimate.low).number(estimate.high).end();
    }
    write_atomically(folder, "summary.csv", &sheet.bytes)
}

/// Writes `comparisons.csv`.
pub(super) fn write_comparisons(folder: &Path, run_key: &RunKey, findings: &Findings) -> Result<Placed, StoreError> {
    let directions: Vec<Direction> = run_key.measures.iter().map(|measure| measure.direction).collect();
    let mut sheet = Sheet::begin(COMPARISONS.iter().map(|column| column.0));
    for row in comparison::compare(findings, &directions) {
        let Comparison { first, other, measure, year, difference, .. } = row;
        sheet.text(&run_key.policies[other.0]).text(&run_key.policies[first.0]).text(run_key.measures[measure].key);
        sheet.text(&year.to_string()).text(&difference.n.to_string()).number(row.other_mean).number(row.first_mean);
        sheet.number(difference.mean).number(difference.sd).number(difference.low).number(difference.high);
        sheet.number(row.better).number(row.saved).number(row.correlation).end();
    }
    write_atomically(folder, "comparisons.csv", &sheet.bytes)
}

/// A CSV table (RFC 4180, but with `\n`), row by row.
pub(super) struct Sheet {
    pub bytes: Vec<u8>,
    fresh: bool,
}

impl Sheet {
    /// Begins with the head.
    pub fn begin<'a>(head: impl Iterator<Item = &'a str>) -> Sheet {
        let mut sheet = Sheet { bytes: Vec::new(), fresh: true };
        head.for_each(|key| {
            sheet.text(key);
        });
        sheet.end();
        sheet
    }

    /// A text, quoted where need be.
    pub fn text(&mut self, text: &str) -> &mut Sheet {
        if !self.fresh {
            self.bytes.push(b',');
        }
        self.fresh = false;
        if text.contains(['"', ',', '\n', '\r']) {
            self.bytes.push(b'"');
            self.bytes.extend(text.replace('"', "\"\"").bytes());
            self.bytes.push(b'"');
        } else {
            self.bytes.extend(text.bytes());
        }
        self
    }

    /// A number, empty where there is none or it is infinite.
    pub fn number(&mut self, value: f64) -> &mut Sheet {
        if value.is_finite() { self.text(&shortest(value)) } else { self.text("") }
    }

    /// Ends the row.
    pub fn end(&mut self) {
        self.bytes.push(b'\n');
        self.fresh = true;
    }
}

/// The shortest text that reads back as the same number.
pub fn shortest(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-5..1e16).contains(&size) { format!("{value:e}") } else { format!("{value}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_as_themselves() {
        for (value, text) in [(0.1, "0.1"), (3.0, "3"), (1e300, "1e300"), (2.5e-9, "2.5e-9"), (-0.0, "-0")] {
            assert_eq!(shortest(value), text);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
    }

    #[test]
    fn cells_are_quoted_where_need_be() {
        let mut sheet = Sheet::begin(["a", "b"].into_iter());
        sheet.text("x, \"y\"").number(f64::NAN).end();
        sheet.text("").number(f64::INFINITY).end();
        assert_eq!(String::from_utf8(sheet.bytes).unwrap(), "a,b\n\"x, \"\"y\"\"\",\n,\n");
    }
}

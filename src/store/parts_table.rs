//! `parts.csv`: the measures of every part of the movement in the last year, under each policy.

use std::path::Path;

use super::atomic_file::{StoredFile, write_atomically};
use super::csv_tables::CsvTable;
use super::error::StoreError;

use hubsim_lab::analysis::worlds::by_world;
use hubsim_lab::analysis::{Bounds, Estimate, Findings};
use hubsim_lab::experiment::ArmId;
use hubsim_model::measures::{Measure, Part, by_part};
use hubsim_model::record::History;

/// The columns of `parts.csv`: key, meaning, unit (`measure` where it is the measure's own).
pub(super) const PARTS: &[(&str, &str, &str)] = &[
    ("policy", "The policy.", "-"),
    ("dimension", "By what the part is divided off: region, group (of regions), theme.", "-"),
    ("part", "The region, the group or the theme.", "-"),
    ("year", "The year.", "years"),
    ("measure", "The measure, of this part of the movement alone.", "-"),
    ("n", "Worlds that have the measure; their means are the unit of mean and interval.", "worlds"),
    ("mean", "Mean over these worlds.", "measure"),
    ("low", "Lower end of the 95 % interval of the mean.", "measure"),
    ("high", "Upper end of the 95 % interval of the mean.", "measure"),
];

/// A measure of a part, with its values in the last year of the trials of one policy.
struct Values {
    part: Part,
    measure: &'static Measure,
    /// With their replicates, in order.
    values: Vec<(u32, f64)>,
}

/// The table while it is made, policy by policy, so that only one history is in memory.
pub(super) struct PartsTable {
    csv: CsvTable,
    of_policy: Vec<Values>,
}

impl PartsTable {
    /// The table without rows.
    pub fn new() -> PartsTable {
        PartsTable { csv: CsvTable::with_header(PARTS.iter().map(|column| column.0)), of_policy: Vec::new() }
    }

    /// Adds a trial of the current policy.
    pub fn add(&mut self, replicate: u32, history: &History) {
        if self.of_policy.is_empty() {
            let parts = Part::all(&history.names).into_iter();
            let values = |part: Part| {
                by_part(part.dimension).map(move |measure| Values { part: part.clone(), measure, values: Vec::new() })
            };
            self.of_policy = parts.flat_map(values).collect();
        }
        for of_part in self.of_policy.chunk_by_mut(|one, other| one.part == other.part) {
            let Some(part) = of_part.first().map(|of| of.part.clone()) else { continue };
            let rows = part.history(history);
            for of in of_part {
                let last = of.measure.of_part(part.dimension, &rows).last().copied();
                of.values.extend(last.filter(|value| value.is_finite()).map(|value| (replicate, value)));
            }
        }
    }

    /// Writes the rows of the current policy; the next trials are those of another one.
    pub fn end_policy(&mut self, findings: &Findings, arm: ArmId) {
        for Values { part, measure, values } in self.of_policy.drain(..) {
            let worlds = by_world(findings, &[arm], values.into_iter());
            let Estimate { n, mean, low, high, .. } =
                Estimate::within(&worlds.means(), Bounds::of_level(measure.range));
            self.csv
                .text(findings.label(arm))
                .text(part.dimension.word())
                .text(&part.name)
                .text(&findings.years.to_string());
            self.csv.text(measure.key).text(&n.to_string()).number(mean).number(low).number(high).end_row();
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// If the file system reports one.
    pub fn write(self, folder: &Path) -> Result<StoredFile, StoreError> {
        write_atomically(folder, "parts.csv", &self.csv.bytes)
    }
}

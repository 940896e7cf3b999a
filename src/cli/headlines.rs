//! The tables that a run prints: text for people, one table for programs.

use super::output;
use crate::report::contrasts::head_starts;
use crate::report::reading;
use crate::report::table::results::MAX_POLICY_COLUMNS;
use crate::report::table::{Cell, Format, Table, TableColumn, differences, headline, verdicts};
use hubsim_lab::analysis::Findings;
use hubsim_lab::experiment::ArmId;
use hubsim_model::measures::{Direction, MEASURES};

/// Contrasts whose differences are printed: the first of the scenario. The report shows all.
const PRINTED: usize = 3;

/// The headline measures in the last year: what they are under each policy, and how policies differ; of many policies
/// only whether they are better or worse than the first.
pub(super) fn show(findings: &Findings, format: Format) -> String {
    match format {
        Format::Table => {
            let mut text = headline(findings, MEASURES).text(output::width());
            if findings.policies.len() > 1 {
                let many = findings.policies.len() > MAX_POLICY_COLUMNS;
                let table = if many { verdicts(findings, MEASURES) } else { differences(findings, MEASURES, PRINTED) };
                text.push('\n');
                text.push_str(&table.text(output::width()));
            }
            if let Some(table) = head_starts::table(findings) {
                text.push('\n');
                text.push_str(&table.text(output::width()));
            }
            text
        }
        Format::Csv | Format::Json => one_table(findings).show(format, output::width()),
    }
}

/// A row for each measure and policy; where `against` names another policy, the value is the paired difference from it.
fn one_table(findings: &Findings) -> Table {
    let contrasts = findings.shown_contrasts();
    let mut rows = Vec::new();
    for (position, measure) in MEASURES.iter().enumerate() {
        if !measure.headline {
            continue;
        }
        for (arm, policy) in findings.policies.iter().enumerate() {
            let world = if findings.other_worlds.contains(&ArmId(arm)) { "another" } else { "" };
            let start = |against: &str| -> Vec<Cell> {
                let better = match measure.direction {
                    Direction::Higher => "higher",
                    Direction::Lower => "lower",
                    Direction::Neutral => "",
                };
                [measure.key, measure.unit, better, policy, world, against].map(Cell::from).to_vec()
            };
            let level = Cell::Interval(reading::mean(findings, arm, findings.years, (position, measure)));
            let count = findings.values(ArmId(arm), findings.years, position).len();
            rows.push([start(""), vec![level, Cell::Empty, Cell::Count(count as u64)]].concat());
            for contrast in contrasts.iter().filter(|contrast| contrast.arm == ArmId(arm)) {
                let of = reading::difference(findings, contrast, (position, measure));
                let better = reading::share_of_worlds(&of, measure, 0.0).value();
                let end = vec![Cell::Interval(of.difference.into()), Cell::Share(better), Cell::Count(of.pairs as u64)];
                rows.push([start(findings.label(contrast.against)), end].concat());
            }
        }
    }
    let columns = ["measure", "unit", "better", "policy", "world", "against"].map(TableColumn::text).into_iter();
    Table {
        title: format!("Headline measures in year {}", findings.years),
        columns: columns.chain(["value", "P(better)", "replicates"].map(TableColumn::numbers)).collect(),
        rows,
        notes: Vec::new(),
    }
}

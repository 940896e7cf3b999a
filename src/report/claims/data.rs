//! The verdicts as data: one row for each part of a claim, or for each cell of a table.

use super::words;
use crate::report::table::{Cell, Table, TableColumn};
use crate::store::dictionary::CLAIMS;
use hubsim_lab::analysis::claims::{ClaimAnswer, ClaimResults, ClaimTableRow, PartResult, VerdictEvidence};
use hubsim_lab::scenario::claim::{Claim, ClaimPart, SmallestDifference};
use hubsim_model::measures::{MEASURES, Part};

/// The rows of `claims.csv`.
pub fn data(results: &ClaimResults) -> Table {
    let mut rows = Vec::new();
    for result in &results.claims {
        let claim = result.claim;
        match &result.answer {
            ClaimAnswer::Verdict(evidence) => {
                let why = words::why(claim, evidence);
                for (at, (part, found)) in words::parts(claim).iter().zip(&evidence.parts).enumerate() {
                    rows.push(row_of_part(claim, evidence, at, part, found, &why));
                }
            }
            ClaimAnswer::Table(entries, _) => {
                let first = entries.first().map_or("", |entry| entry.policy.as_str());
                rows.extend(entries.iter().enumerate().map(|(at, entry)| row_of_entry(claim, at, entry, first)));
            }
        }
    }
    Table {
        title: "Verdicts on the claims".to_owned(),
        columns: CLAIMS.iter().map(|(key, _, unit)| column(key, unit)).collect(),
        rows,
        notes: Vec::new(),
    }
}

fn row_of_part(
    claim: &Claim,
    evidence: &VerdictEvidence,
    at: usize,
    part: &ClaimPart,
    found: &PartResult,
    why: &str,
) -> Vec<Cell> {
    // The order of cells is that of `CLAIMS`.
    let mut row = first_cells(claim, at, (part.measure, part.within.as_ref(), &part.policy));
    row[4] = Cell::Flag(part.decisive);
    let net_of = part.net_of.as_ref().map(|[first, second]| format!("{first} | {second}"));
    row.push(part.against.as_deref().map_or(Cell::Empty, Cell::from));
    row.push(net_of.map_or(Cell::Empty, Cell::Text));
    row.push(part.expect.word().into());
    row.push(match part.by {
        SmallestDifference::Amount(_) => "amount".into(),
        SmallestDifference::Share(_) => "share".into(),
    });
    row.push(match part.by {
        SmallestDifference::Amount(by) | SmallestDifference::Share(by) => Cell::Number(by),
    });
    row.extend([found.years.0, found.years.1].map(|year| Cell::Count(year.into())));
    row.push(Cell::Count(found.n as u64));
    let numbers = [found.value, found.reference, found.net, found.margin, found.difference];
    row.extend(numbers.into_iter().chain([found.low, found.high, found.p, found.adjusted]).map(Cell::Number));
    row.extend([found.verdict.key(), evidence.verdict.key()].map(Cell::from));
    row.push(Cell::Number(evidence.worlds.value()));
    row.extend([why, &claim.built_in].map(Cell::from));
    row
}

/// The row of a cell of a table. Its interval is that of the difference, or of the mean if nothing is compared.
fn row_of_entry(claim: &Claim, at: usize, entry: &ClaimTableRow, first: &str) -> Vec<Cell> {
    let mut row = first_cells(claim, at, (entry.measure, words::within(claim), &entry.policy));
    row.push(if entry.difference.is_some() { first.into() } else { Cell::Empty });
    row.extend(vec![Cell::Empty; 4]);
    row.extend([entry.years.0, entry.years.1].map(|year| Cell::Count(year.into())));
    let of = entry.difference.unwrap_or(entry.mean);
    row.push(Cell::Count(of.n as u64));
    row.extend([Cell::Number(entry.mean.mean), Cell::Empty, Cell::Empty, Cell::Empty]);
    row.push(entry.difference.map_or(Cell::Empty, |difference| Cell::Number(difference.mean)));
    row.extend([of.low, of.high].map(Cell::Number));
    row.extend([Cell::Empty, Cell::Empty, "table".into(), "table".into(), Cell::Empty, Cell::Empty]);
    row.push(claim.built_in.as_str().into());
    row
}

/// The cells that parts and tables share; the cells of tables do not count for a verdict.
fn first_cells(claim: &Claim, at: usize, (measure, within, policy): (usize, Option<&Part>, &str)) -> Vec<Cell> {
    let measure = MEASURES[measure];
    let mut row = vec![claim.id.as_str().into(), Cell::Count(at as u64 + 1)];
    row.extend([claim.statement.as_str(), &claim.source].map(Cell::from));
    row.push(Cell::Flag(false));
    row.extend([measure.key, measure.unit].map(Cell::from));
    row.push(within.map_or(Cell::Empty, |part| Cell::Text(part.to_string())));
    row.push(policy.into());
    row
}

/// A column with its unit if all its cells have the same one; the unit of the measure is in a column of its own.
fn column(key: &str, unit: &str) -> TableColumn {
    let unit = if ["-", "measure"].contains(&unit) { "" } else { unit };
    TableColumn::text(key).in_unit(unit)
}

//! Verdicts on the claims: as text and as data.

mod blocks;
mod data;
pub(super) mod words;

pub use blocks::blocks;
pub use data::data;

use crate::report::table::{Cell, Table, TableColumn, Visibility};
use hubsim_lab::analysis::claims::{ClaimAnswer, ClaimResult, ClaimResults, ClaimVerdict};

/// The number of claims with each verdict: "12 supported, 5 contradicted, 2 tables".
pub fn counts(claims: &[ClaimResult]) -> String {
    let of = |wanted: Option<ClaimVerdict>| {
        let verdict = |result: &&ClaimResult| match &result.answer {
            ClaimAnswer::Verdict(evidence) => wanted == Some(evidence.verdict),
            ClaimAnswer::Table(..) => wanted.is_none(),
        };
        claims.iter().filter(verdict).count()
    };
    let mut parts: Vec<String> = ClaimVerdict::ALL
        .into_iter()
        .map(|verdict| (of(Some(verdict)), verdict.words()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    match of(None) {
        0 => {}
        1 => parts.push("1 table".to_owned()),
        tables => parts.push(format!("{tables} tables")),
    }
    if parts.is_empty() { "no claims".to_owned() } else { parts.join(", ") }
}

/// An explanation of the verdicts for readers.
pub fn how_to_read(results: &ClaimResults) -> String {
    let parts = match results.tests {
        1 => "One part was tested".to_owned(),
        tests => format!("{tests} parts were tested together"),
    };
    format!(
        "{parts}: paired t tests with Holm-adjusted p-values at 5 %. Intervals hold at 95 % for all of them at once \
         (Bonferroni), so that a part may have a verdict although its interval still extends slightly beyond the threshold. A \
         share of the worlds is taken from their expected values."
    )
}

/// The verdict on each claim in a line: what is claimed, and what came out.
pub fn verdicts(results: &ClaimResults) -> Table {
    let row = |result: &ClaimResult| {
        let holds = match &result.answer {
            ClaimAnswer::Verdict(evidence) => Cell::Text(words::worlds(evidence)),
            ClaimAnswer::Table(..) => Cell::Empty,
        };
        vec![
            result.claim.id.as_str().into(),
            words::verdict(result).into(),
            result.claim.statement.as_str().into(),
            holds,
        ]
    };
    Table {
        title: format!("Claims: {}", counts(&results.claims)),
        columns: vec![
            TableColumn::text("claim"),
            TableColumn::text("verdict"),
            TableColumn::text("statement"),
            TableColumn::text("worlds").visible(Visibility::IfWidthAllows),
        ],
        rows: results.claims.iter().map(row).collect(),
        notes: vec![how_to_read(results)],
    }
}

#[cfg(test)]
mod tests;

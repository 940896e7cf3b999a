//! Verdicts on the claims: as text and as data.

mod blocks;
mod data;
pub(super) mod words;

pub use blocks::blocks;
pub use data::data;

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
         share of the worlds is a share of the replicates."
    )
}

#[cfg(test)]
mod tests;

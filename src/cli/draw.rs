//! What is drawn from findings: the same files after a run and when they are drawn again.

use crate::analysis::Findings;
use crate::report::chart::charts;
use crate::scenario::Scenario;

/// Every chart and the page, as names in the run folder and contents.
pub(super) fn drawings(_scenario: &Scenario, _run: &str, findings: &Findings) -> Vec<(String, Vec<u8>)> {
    charts(findings).into_iter().map(|(name, content)| (format!("charts/{name}"), content)).collect()
}

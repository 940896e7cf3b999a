//! Charts, verdicts and the page of a run: the same files after a run and when they are drawn again.

use std::io::Write;
use std::path::Path;

use super::failure::Failure;
use crate::report::chart::charts;
use crate::report::claims::data;
use crate::report::page::{PageInput, page};
use crate::store::atomic_file::{AtomicFile, Durability};
use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::claims::test_claims;
use hubsim_lab::scenario::Scenario;
use hubsim_model::policy::levers::Policy;

/// The page's name.
pub(super) const PAGE: &str = "report.html";
/// The name of the table of verdicts.
const CLAIMS: &str = "claims.csv";

/// Draws every chart, the verdicts and the page into a run folder and says how many files that were. `run` and `model` are the run's
/// name and the fingerprint of the model that made it.
pub(super) fn draw(
    folder: &Path,
    scenario: &Scenario,
    run: &str,
    model: &str,
    findings: &Findings,
) -> Result<usize, Failure> {
    let drawings = drawings(scenario, run, model, findings);
    for (name, content) in &drawings {
        let mut file = AtomicFile::create(folder, name)?;
        let written = file.write_all(content);
        written.map_err(|error| Failure::writing(&file.target().display().to_string(), &error))?;
        // Files that are lost in a power failure can be drawn again.
        file.commit(Durability::Buffered)?;
    }
    Ok(drawings.len())
}

/// Names in the run folder, and contents.
fn drawings(scenario: &Scenario, run: &str, model: &str, findings: &Findings) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> =
        charts(findings).into_iter().map(|(name, content)| (format!("charts/{name}"), content)).collect();
    // Uncertain levers are shown at their central value.
    let middle: Vec<f64> = scenario.uncertain.iter().map(|uncertain| uncertain.distribution.central()).collect();
    let policies: Vec<Policy> =
        scenario.policies.iter().filter_map(|policy| scenario.policy(policy, &middle)).collect();
    let claims = test_claims(&scenario.claims, findings);
    files.push((CLAIMS.to_owned(), data(&claims).csv().into_bytes()));
    let input = PageInput {
        name: &scenario.name,
        description: &scenario.description,
        facts: facts(scenario, &middle),
        findings,
        claims: &claims,
        policies: &policies,
        provenance: vec![
            ("run".to_owned(), run.to_owned()),
            ("seed".to_owned(), scenario.seed.to_string()),
            ("model".to_owned(), model.chars().take(16).collect()),
            ("digest of all trials".to_owned(), findings.digest()),
        ],
    };
    files.push((PAGE.to_owned(), page(&input).into_bytes()));
    files
}

/// The size of the simulation, for the page.
fn facts(scenario: &Scenario, middle: &[f64]) -> Vec<(String, String)> {
    let inputs = scenario.world_inputs(middle);
    let organisations: f64 = inputs.organisation.iter().map(|organisation| organisation.count).sum();
    let themes = inputs.theme.iter().filter(|theme| theme.born == 0.0).count();
    let volunteers: f64 = inputs.region.iter().map(|region| region.volunteers).sum();
    let counted = |what: &str, value: f64| (what.to_owned(), crate::report::number::decimal(value, 0));
    vec![
        counted("years", f64::from(scenario.years)),
        counted("policies", scenario.policies.len() as f64),
        counted("replicates of each", f64::from(scenario.replicates)),
        counted("regions", inputs.region.len() as f64),
        counted("themes at the start", themes as f64),
        counted("themes born later", (inputs.theme.len() - themes) as f64),
        counted("organisations at the start", organisations),
        counted("volunteers at the start", volunteers),
        counted("volunteer agents", (volunteers / inputs.people_per_agent).round()),
        counted("uncertain numbers", scenario.felt_numbers() as f64),
    ]
}

//! `hubsim claims`: the verdict on every claim of a run's scenario.

use std::str::FromStr;

use super::arguments::{FormatArgument, RunArgument, scenario_of};
use super::failure::Failure;
use super::output::{self, Messages};
use crate::report::claims::{blocks, data};
use crate::report::table::Format;
use hubsim_lab::analysis::claims::{ClaimAnswer, ClaimResult, ClaimResults, ClaimVerdict, test_claims};
use hubsim_lab::scenario::claim::Claim;
use hubsim_lab::scenario::nearest;

/// Test the claims of a run's scenario with its trials, and show each verdict with its evidence
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim claims latest\n  hubsim claims proposal --only B1,B2 --format json\n  hubsim claims latest --require B1=supported,R3=contradicted\n\nA verdict is supported, contradicted, no-difference, not-decided or not-tested. All parts of all claims are tested together, whichever are shown."
)]
pub(super) struct ClaimsCommand {
    #[command(flatten)]
    run: RunArgument,
    /// Show only these claims
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    only: Option<Vec<String>>,
    /// Fail with status 1 unless the claim has this verdict, or `all` are supported; repeatable
    #[arg(long, value_name = "ID=VERDICT", value_delimiter = ',')]
    require: Vec<Required>,
    #[command(flatten)]
    format: FormatArgument,
}

/// What is required of claims.
#[derive(Clone, Debug)]
enum Required {
    /// All that have a verdict are supported.
    All,
    /// One has a verdict.
    Verdict(String, ClaimVerdict),
}

impl FromStr for Required {
    type Err = String;
    fn from_str(text: &str) -> Result<Required, String> {
        if text.trim() == "all" {
            return Ok(Required::All);
        }
        let hint = "write a claim and its verdict, such as B1=supported, or all";
        let (id, verdict) = text.split_once('=').ok_or(hint)?;
        Ok(Required::Verdict(id.trim().to_owned(), verdict.trim().parse()?))
    }
}

impl ClaimsCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        let run = self.run.read()?;
        let scenario = scenario_of(&run)?;
        let claims = &scenario.claims;
        for id in self.only.iter().flatten() {
            known(claims, id)?;
        }
        for required in &self.require {
            if let Required::Verdict(id, _) = required {
                known(claims, id)?;
            }
        }
        messages.show(&output::run_in_words(&run));
        let results = test_claims(claims, &run.findings_for(&scenario)?);
        let failed = self.failed(&results)?;
        output::result(&self.shown(results))?;
        if failed.is_empty() { Ok(()) } else { Err(Failure::Check(failed.join("\n"))) }
    }

    fn shown(&self, mut results: ClaimResults) -> String {
        if let Some(only) = &self.only {
            results.claims.retain(|result| only.contains(&result.claim.id));
        }
        match self.format.format {
            Format::Table => blocks(&results, output::width()),
            format => data(&results).show(format, output::width()),
        }
    }

    /// The requirements that do not hold, each in a line.
    fn failed(&self, results: &ClaimResults) -> Result<Vec<String>, Failure> {
        let mut failed = Vec::new();
        for required in &self.require {
            let Required::Verdict(id, verdict) = required else {
                failed.extend(unsupported(results));
                continue;
            };
            let Some(result) = results.claims.iter().find(|result| result.claim.id == *id) else { continue };
            let found = evidence_of(result)?;
            if found != *verdict {
                failed.push(format!("{id} is {}, not {}", found.key(), verdict.key()));
            }
        }
        Ok(failed)
    }
}

/// The claims with a verdict that are not supported, each in a line.
fn unsupported(results: &ClaimResults) -> Vec<String> {
    let line = |result: &ClaimResult| match &result.answer {
        ClaimAnswer::Verdict(evidence) if evidence.verdict != ClaimVerdict::Supported => {
            Some(format!("{} is {}, not supported", result.claim.id, evidence.verdict.key()))
        }
        _ => None,
    };
    results.claims.iter().filter_map(line).collect()
}

/// Fails unless every claim with a verdict is supported.
///
/// # Errors
/// [`Failure::Check`] that names those that are not.
pub(super) fn require_all(results: &ClaimResults) -> Result<(), Failure> {
    let failed = unsupported(results);
    if failed.is_empty() { Ok(()) } else { Err(Failure::Check(failed.join("\n"))) }
}

fn evidence_of(result: &ClaimResult) -> Result<ClaimVerdict, Failure> {
    match &result.answer {
        ClaimAnswer::Verdict(evidence) => Ok(evidence.verdict),
        ClaimAnswer::Table(..) => {
            Err(Failure::Input(format!("{} asks for a table, which has no verdict to require", result.claim.id)))
        }
    }
}

/// Refuses an id that no claim has.
fn known(claims: &[Claim], id: &str) -> Result<(), Failure> {
    let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    if ids.contains(&id) {
        return Ok(());
    }
    let instead = match nearest(id, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.is_empty() => "the scenario of this run has no claims".to_owned(),
        None => format!("there are {}", ids.join(", ")),
    };
    Err(Failure::Input(format!("there is no claim `{id}`; {instead}")))
}

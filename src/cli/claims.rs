//! `hubsim claims`: the verdict on every claim of a run's scenario.

use std::path::PathBuf;
use std::str::FromStr;

use super::failure::Failure;
use super::output;
use crate::report::claims::{blocks, data};
use crate::report::table::Format;
use crate::store::{StoredRun, find_run};
use hubsim_lab::analysis::claims::{Answer, Judged, Judgement, Verdict, judge};
use hubsim_lab::scenario::claim::Claim;
use hubsim_lab::scenario::{Changes, Scenario, nearest};

/// Say what the trials of a run make of the claims of its scenario, with the evidence
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim claims latest\n  hubsim claims proposal --only B1,B2 --format json\n  hubsim claims latest --require B1=supported,R3=contradicted\n\nA verdict is supported, contradicted, no-difference, not-decided or not-tested. All parts of all claims are tested together, whichever are shown."
)]
pub(super) struct Claims {
    /// A run: its folder, a scenario's name (its newest run), `latest`, or the first digits of its hash
    #[arg(value_name = "RUN")]
    run: String,
    /// Where run folders are
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Show only these claims
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    only: Option<Vec<String>>,
    /// Fail with status 1 unless the claim has this verdict; repeatable
    #[arg(long, value_name = "ID=VERDICT", value_delimiter = ',')]
    require: Vec<Required>,
    /// How to print
    #[arg(long, value_name = "table|csv|json", default_value = "table")]
    format: Format,
}

/// A verdict that a claim must have.
#[derive(Clone, Debug)]
struct Required {
    id: String,
    verdict: Verdict,
}

impl FromStr for Required {
    type Err = String;
    fn from_str(text: &str) -> Result<Required, String> {
        let (id, verdict) = text.split_once('=').ok_or("write a claim and its verdict, such as B1=supported")?;
        Ok(Required { id: id.trim().to_owned(), verdict: verdict.trim().parse()? })
    }
}

impl Claims {
    pub(super) fn run(&self, quiet: bool) -> Result<(), Failure> {
        let run = StoredRun::read(&find_run(&self.out, &self.run)?)?;
        let file = run.path.join("scenario.toml");
        let scenario = Scenario::from_text(&run.scenario, &file.display().to_string(), &Changes::default())?;
        let claims = &scenario.claims;
        for id in self.only.iter().flatten() {
            known(claims, id)?;
        }
        for required in &self.require {
            known(claims, &required.id)?;
        }
        if !quiet {
            output::message(&super::told(&run));
        }
        let judgement = judge(claims, &run.findings()?);
        let failed = self.failed(&judgement)?;
        output::result(&self.shown(judgement))?;
        if failed.is_empty() { Ok(()) } else { Err(Failure::Check(failed.join("\n"))) }
    }

    fn shown(&self, mut judgement: Judgement) -> String {
        if let Some(only) = &self.only {
            judgement.claims.retain(|judged| only.contains(&judged.claim.id));
        }
        match self.format {
            Format::Table => blocks(&judgement, output::width()),
            format => data(&judgement).show(format, output::width()),
        }
    }

    /// The requirements that do not hold, each in a line.
    fn failed(&self, judgement: &Judgement) -> Result<Vec<String>, Failure> {
        let mut failed = Vec::new();
        for Required { id, verdict } in &self.require {
            let Some(judged) = judgement.claims.iter().find(|judged| judged.claim.id == *id) else { continue };
            let found = ruled(judged)?;
            if found != *verdict {
                failed.push(format!("{id} is {}, not {}", found.key(), verdict.key()));
            }
        }
        Ok(failed)
    }
}

fn ruled(judged: &Judged) -> Result<Verdict, Failure> {
    match &judged.answer {
        Answer::Verdict(ruling) => Ok(ruling.verdict),
        Answer::Table(..) => {
            Err(Failure::Input(format!("{} asks for a table, which has no verdict to require", judged.claim.id)))
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

//! `hubsim mitigations`: the effect and the cost of each mitigation of a run's policies.

use super::arguments::{FormatArgument, RunArgument};
use super::failure::Failure;
use super::output::{self, Messages};
use crate::report::contrasts::mitigations::{data, tables};
use crate::report::table::Format;
use crate::store::{StoredDerivation, StoredRun};
use hubsim_lab::analysis::contrasts::ablations;
use hubsim_lab::experiment::Subject;

/// Show the effect and the cost of each mitigation of a run's policies: the policy with it against the policy without it
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim run small --policies \"thematic-hubs,thematic-hubs without pilots\"\n  hubsim mitigations latest\n  hubsim mitigations small --format csv\n\nThe run needs a policy and its arms without mitigations, which [[ablation]] makes; `hubsim explain pilots` explains a mitigation. Nothing is simulated."
)]
pub(super) struct MitigationsCommand {
    #[command(flatten)]
    run: RunArgument,
    #[command(flatten)]
    format: FormatArgument,
}

impl MitigationsCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        let run = self.run.read()?;
        let findings = run.findings()?;
        let families = ablations(&findings);
        let without_base = without_base(&run);
        if families.is_empty() {
            return Err(nothing(&run, without_base.first().copied()));
        }
        for StoredDerivation { arm, from, .. } in without_base {
            messages.show(&format!("left out: {arm}, because the run has no {from} to compare it with"));
        }
        messages.show(&output::run_in_words(&run));
        match self.format.format {
            Format::Table => {
                let tables = tables(&findings, &families);
                let texts: Vec<String> = tables.iter().map(|table| table.text(output::width())).collect();
                output::result(&texts.join("\n"))
            }
            format => output::table(&data(&findings, &families), format),
        }
    }
}

/// Ablations of the run whose base policy the run does not have.
fn without_base(run: &StoredRun) -> Vec<&StoredDerivation> {
    let is = |stored: &&StoredDerivation| {
        matches!(stored.subject, Subject::Mitigations(_)) && !run.manifest.arms.contains(&stored.from)
    };
    run.manifest.derivations.iter().filter(is).collect()
}

/// The failure of a run without a pair to compare, with a correction.
fn nothing(run: &StoredRun, without_base: Option<&StoredDerivation>) -> Failure {
    let place = run.path.display();
    Failure::Input(match without_base {
        Some(StoredDerivation { arm, from, .. }) => format!(
            "the run {place} has {arm}, but no {from} to compare it with\n  run both: name \"{from}\" in `policies`, \
             too"
        ),
        None => {
            let policy = run.manifest.arms.iter().find(|name| name.contains("hubs"));
            let policy = policy.map_or("thematic-hubs", String::as_str);
            format!(
                "no policy of the run {place} goes without a mitigation\n  write into the scenario\n\n    [[ablation]]\n    \
                 policy = \"{policy}\"\n    without = [\"pilots\", \"review\"]\n\n  let `policies`, if it has them, name \
                 \"{policy}\" and \"{policy} without pilots\" …, and run it again"
            )
        }
    })
}

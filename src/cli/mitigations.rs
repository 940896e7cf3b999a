//! `hubsim mitigations`: what each mitigation of a run's policies bought, and what it cost.

use std::path::PathBuf;

use super::failure::Failure;
use super::output;
use crate::report::mitigations::{data, tables};
use crate::report::table::Format;
use crate::store::{StoredRun, find_run};
use hubsim_lab::analysis::mitigations::{blocks, widowed};

/// Tell what each mitigation of a run's policies bought, and what it cost: the policy with it against the policy without it
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim run small --policies \"thematic-hubs,thematic-hubs without pilots\"\n  hubsim mitigations latest\n  hubsim mitigations small --format csv\n\nThe run needs a policy and its arms that go without something, which [[ablation]] makes; `hubsim explain pilots` says what a mitigation is. Nothing is simulated."
)]
pub(super) struct Mitigations {
    /// A run: its folder, a scenario's name (its newest run), `latest`, or the first digits of its hash
    #[arg(value_name = "RUN")]
    run: String,
    /// Where run folders are
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// How to print
    #[arg(long, value_name = "table|csv|json", default_value = "table")]
    format: Format,
}

impl Mitigations {
    pub(super) fn run(&self, quiet: bool) -> Result<(), Failure> {
        let run = StoredRun::read(&find_run(&self.out, &self.run)?)?;
        let policies = &run.manifest.arms;
        let (blocks, widowed) = (blocks(policies), widowed(policies));
        if blocks.is_empty() {
            return Err(nothing(&run, widowed.first().copied()));
        }
        if !quiet {
            for (arm, policy) in widowed {
                output::message(&format!("left out: {arm}, because the run has no {policy} to compare it with"));
            }
        }
        if !quiet {
            output::message(&super::told(&run));
        }
        let findings = run.findings()?;
        match self.format {
            Format::Table => {
                let tables = tables(&findings, &blocks);
                let texts: Vec<String> = tables.iter().map(|table| table.text(output::width())).collect();
                output::result(&texts.join("\n"))
            }
            format => output::table(&data(&findings, &blocks), format),
        }
    }
}

/// There is nothing to compare: what to write so that there is.
fn nothing(run: &StoredRun, widowed: Option<(&str, &str)>) -> Failure {
    let place = run.path.display();
    Failure::Input(match widowed {
        Some((arm, policy)) => format!(
            "the run {place} has {arm}, but no {policy} to compare it with\n  run both: name \"{policy}\" in `policies`, \
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

//! `hubsim report`: draws charts and the report again from a run folder, without simulating.

use super::arguments::{RunArgument, scenario_of};
use super::draw::{self, Results};
use super::failure::Failure;
use super::output::{self, Messages};

/// Draw charts and the report again from a run folder, without simulating
#[derive(clap::Args)]
#[command(after_help = "Example:\n  hubsim report latest\n  hubsim report wikimedia-2023")]
pub(super) struct ReportCommand {
    #[command(flatten)]
    run: RunArgument,
}

impl ReportCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        let run = self.run.read()?;
        let scenario = scenario_of(&run)?;
        let manifest = &run.manifest;
        let findings = run.findings_for(&scenario)?;
        let results = Results { findings: &findings, ladders: &run.ladders()? };
        let count = draw::draw(&run.path, &scenario, [&manifest.run, &manifest.fingerprint], results)?;
        messages.show(&format!("drew {count} files"));
        output::result(&run.path.join(draw::PAGE).display().to_string())
    }
}

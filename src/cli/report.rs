//! `hubsim report`: draws charts and the report again from a run folder, without simulating.

use std::path::PathBuf;

use super::failure::Failure;
use super::{draw, output};
use crate::store::{StoredRun, find_run};
use hubsim_lab::scenario::{Changes, Scenario};

/// Draw charts and the report again from a run folder, without simulating
#[derive(clap::Args)]
#[command(after_help = "Example:\n  hubsim report latest\n  hubsim report wikimedia-2023")]
pub(super) struct Report {
    /// A run: its folder, a scenario's name (its newest run), `latest`, or the first digits of its hash
    #[arg(value_name = "RUN")]
    run: String,
    /// Where run folders are
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
}

impl Report {
    pub(super) fn run(&self, quiet: bool) -> Result<(), Failure> {
        let run = StoredRun::read(&find_run(&self.out, &self.run)?)?;
        let file = run.path.join("scenario.toml");
        let scenario = Scenario::from_text(&run.scenario, &file.display().to_string(), &Changes::default())?;
        let manifest = &run.manifest;
        let count = draw::draw(&run.path, &scenario, &manifest.run, &manifest.fingerprint, &run.findings()?)?;
        if !quiet {
            output::message(&format!("drew {count} files"));
        }
        output::result(&run.path.join(draw::PAGE).display().to_string())
    }
}

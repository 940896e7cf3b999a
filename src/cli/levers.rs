//! `hubsim levers`: each lever of a policy set to other values, and whether that does anything.

use super::failure::Failure;
use super::progress::{Progress, Watched};
use super::{Differences, Threads, interrupt, output};
use crate::report::contrasts::levers::contrasts;
use crate::report::table::Format;
use hubsim_lab::experiment::NullSink;
use hubsim_lab::experiment::designs::levers::{run_levers, size};
use hubsim_lab::scenario::Scenario;

/// Replicates where none are asked for: enough to see what matters, few enough to wait for.
const REPLICATES: u32 = 6;
/// The policies that are looked at where none are named: nearly every lever matters under one of them.
const POLICIES: [&str; 2] = ["thematic-hubs", "status-quo"];

/// Set each lever of a policy to other values, one at a time, and show which do nothing there, and why
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim levers small\n  hubsim levers --policies regional-hubs\n  hubsim levers small --policies both-clear --replicates 20 --format csv\n\nEach lever is set to its neutral value and to values within its plausible range, in the same worlds with the same random numbers, until a headline measure moves. Without --replicates there are 6, without --policies thematic-hubs and status-quo, if the scenario runs them. The default scenario takes a few minutes: --years makes it shorter. Nothing is written to disk."
)]
pub(super) struct Levers {
    /// A scenario file, or the name of a built-in scenario
    #[arg(default_value = "wikimedia-2023", value_name = "SCENARIO")]
    scenario: String,
    #[command(flatten)]
    differences: Differences,
    #[command(flatten)]
    threads: Threads,
    /// How to print
    #[arg(long, value_name = "table|csv|json", default_value = "table")]
    format: Format,
}

impl Levers {
    pub(super) fn run(&self, quiet: bool) -> Result<(), Failure> {
        let mut scenario = self.differences.scenario(&self.scenario)?;
        if self.differences.policies.is_none() && POLICIES.iter().any(|name| runs(&scenario, name)) {
            scenario.policies.retain(|name| POLICIES.contains(&name.as_str()));
        }
        if self.differences.replicates.is_none() {
            scenario.replicates = REPLICATES;
        }
        let (levers, trials) = size(&scenario);
        if !quiet {
            let (name, years, each) = (&scenario.name, scenario.years, scenario.replicates);
            output::message(&format!("{name}: {levers} levers, {each} replicates of {years} years for each value"));
        }
        let pool = self.threads.pool()?;
        interrupt::watch();
        // Nobody knows how many trials there will be.
        let progress = Progress::of(trials, true);
        let watched = Watched { sink: &NullSink, progress: &progress };
        let effects = pool.install(|| run_levers(&scenario, &watched));
        progress.done();
        let effects = effects.map_err(|error| Failure::unfinished(&error, "interrupted: nothing was kept"))?;
        let contrasts = contrasts(&effects, scenario.years, scenario.replicates);
        match self.format {
            Format::Table => output::table(&contrasts.list(), Format::Table),
            format => output::table(&contrasts.data(), format),
        }
    }
}

fn runs(scenario: &Scenario, policy: &str) -> bool {
    scenario.policies.iter().any(|name| name == policy)
}

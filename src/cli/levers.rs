//! `hubsim levers`: each lever of a policy turned, and whether that does anything.

use super::failure::Failure;
use super::progress::{Progress, Watched};
use super::{Differences, Threads, interrupt, output};
use crate::report::levers::table;
use crate::report::table::Format;
use hubsim_lab::scenario::Scenario;
use hubsim_lab::study::levers::{size, turn_each};
use hubsim_lab::study::{Nowhere, Unfinished};

/// Replicates where none are asked for: enough to see what matters, few enough to wait for.
const REPLICATES: u32 = 6;
/// The policies that are looked at where none are named: nearly every lever matters under one of them.
const POLICIES: [&str; 2] = ["thematic-hubs", "status-quo"];

/// Turn each lever of a policy, one at a time, and tell which do nothing there, and why
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim levers small\n  hubsim levers --policies regional-hubs\n  hubsim levers small --policies both-clear --replicates 20 --format csv\n\nEach lever is turned to its neutral value and to values within its plausible range, in the same worlds with the same luck, until a headline measure moves. Without --replicates there are 6, without --policies thematic-hubs and status-quo, if the scenario runs them. The default scenario takes a few minutes: --years makes it shorter. Nothing is written to disk."
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
        let watched = Watched { sink: &Nowhere, progress: &progress };
        let turned = pool.install(|| turn_each(&scenario, &watched));
        progress.done();
        let turned = turned.map_err(|unfinished| match unfinished {
            Unfinished::Stopped => Failure::Interrupted("interrupted: nothing was kept".to_owned()),
            Unfinished::NotKept(why) => Failure::World(why),
        })?;
        output::table(&table(&turned, scenario.years, scenario.replicates), self.format)
    }
}

fn runs(scenario: &Scenario, policy: &str) -> bool {
    scenario.policies.iter().any(|name| name == policy)
}

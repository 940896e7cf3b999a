//! `hubsim levers`: each lever of a policy set to other values, and whether that does anything.

use super::arguments::{FormatArgument, StudyArguments};
use super::failure::Failure;
use super::interrupt;
use super::output::{self, Messages};
use super::progress::{Progress, Watched};
use crate::report::contrasts::levers::contrasts;
use crate::report::table::Format;
use hubsim_lab::experiment::NullSink;
use hubsim_lab::experiment::designs::levers::{run_levers, size};
use hubsim_lab::scenario::Scenario;

/// The default number of replicates: a compromise between precision and time.
const REPLICATES: u32 = 6;
/// The default policies: under one of them nearly every lever has an effect.
const POLICIES: [&str; 2] = ["thematic-hubs", "status-quo"];

/// Set each lever of a policy to other values, one at a time, and show which have no effect, and why
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim levers small\n  hubsim levers --policies regional-hubs\n  hubsim levers small --policies both-clear --replicates 20 --format csv\n\nEach lever is set to its neutral value and to values within its plausible range, in the same worlds with the same random numbers, until a headline measure changes. Without --replicates there are 6, without --policies thematic-hubs and status-quo, if the scenario runs them. The default scenario takes a few minutes: --years makes it shorter. Nothing is written to disk."
)]
pub(super) struct LeversCommand {
    #[command(flatten)]
    study: StudyArguments,
    #[command(flatten)]
    format: FormatArgument,
}

impl LeversCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        let mut scenario = self.study.read()?;
        if self.study.changes.policies.is_none() && POLICIES.iter().any(|name| runs(&scenario, name)) {
            scenario.policies.retain(|name| POLICIES.contains(&name.as_str()));
        }
        if self.study.changes.replicates.is_none() {
            scenario.replicates = REPLICATES;
        }
        let (levers, trials) = size(&scenario);
        let (name, years, each) = (&scenario.name, scenario.years, scenario.replicates);
        messages.show(&format!("{name}: {levers} levers, {each} replicates of {years} years for each value"));
        let pool = self.study.threads.pool()?;
        interrupt::watch();
        // No progress bar: the number of trials depends on their outcomes.
        let progress = Progress::new(trials, Messages::Hidden);
        let watched = Watched { sink: &NullSink, progress: &progress };
        let effects = pool.install(|| run_levers(&scenario, &watched));
        progress.done();
        let effects = effects.map_err(|error| Failure::unfinished(&error, "interrupted: nothing was kept"))?;
        let contrasts = contrasts(&effects, scenario.years, scenario.replicates);
        match self.format.format {
            Format::Table => output::table(&contrasts.list(), Format::Table),
            format => output::table(&contrasts.data(), format),
        }
    }
}

fn runs(scenario: &Scenario, policy: &str) -> bool {
    scenario.policies.iter().any(|name| name == policy)
}

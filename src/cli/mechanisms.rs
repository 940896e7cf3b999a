//! `hubsim mechanisms`: each mechanism switched off, and its effect on the headline measures.

use clap::ValueEnum;

use super::arguments::StudyArguments;
use super::failure::Failure;
use super::interrupt;
use super::output::{self, Messages};
use super::progress::{Progress, Watched};
use crate::report::contrasts::mechanisms::{data, markdown, table};
use crate::report::table::Format;
use hubsim_lab::analysis::Findings;
use hubsim_lab::experiment::designs::mechanisms::KnockOutDesign;
use hubsim_lab::experiment::{Design, NullSink, run};
use hubsim_lab::scenario::Scenario;

/// Switch off each mechanism of the model, one at a time, and show the effect on the headline measures in the last year
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim mechanisms small\n  hubsim mechanisms --policies status-quo,thematic-hubs --replicates 40\n  hubsim mechanisms small --set support.requests=0.2 --format csv\n\nEvery policy is simulated as it is and with each mechanism off, in the same worlds with the same random numbers. Nothing is written to disk."
)]
pub(super) struct MechanismsCommand {
    #[command(flatten)]
    study: StudyArguments,
    /// How to print; markdown is the page in the model's documentation
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = MechanismsFormat::Table)]
    format: MechanismsFormat,
}

/// How the table is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum MechanismsFormat {
    Table,
    Csv,
    Json,
    Markdown,
}

impl MechanismsCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        let scenario = self.study.read()?;
        let design = KnockOutDesign::new(&scenario);
        let trials = design.trials().len() as u64;
        messages.show(&format!("{}: {trials} trials of {} years", scenario.name, scenario.years));
        let findings = self.simulate(&scenario, &design, messages)?;
        match self.format {
            MechanismsFormat::Table => output::table(&table(&findings), Format::Table),
            MechanismsFormat::Csv => output::table(&data(&findings), Format::Csv),
            MechanismsFormat::Json => output::table(&data(&findings), Format::Json),
            MechanismsFormat::Markdown => {
                output::result(&markdown(&findings, &scenario.name, &self.command(&scenario)))
            }
        }
    }

    fn simulate(&self, scenario: &Scenario, design: &KnockOutDesign, messages: Messages) -> Result<Findings, Failure> {
        let pool = self.study.threads.pool()?;
        interrupt::watch();
        let progress = Progress::new(design.trials().len() as u64, messages);
        let watched = Watched { sink: &NullSink, progress: &progress };
        let findings = pool.install(|| run(scenario, design, &watched));
        progress.done();
        findings.map_err(|error| Failure::unfinished(&error, "interrupted: nothing was kept"))
    }

    /// A command that gives the same page, with all defaults written out.
    fn command(&self, scenario: &Scenario) -> String {
        let mut command = format!("hubsim mechanisms {}", self.study.scenario);
        command += &format!(" --policies {} --replicates {}", scenario.policies.join(","), scenario.replicates);
        command += &format!(" --seed {} --years {}", scenario.seed, scenario.years);
        self.study.changes.set.iter().for_each(|set| command += &format!(" --set {set}"));
        command + " --format markdown"
    }
}

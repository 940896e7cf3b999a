//! `hubsim mechanisms`: each mechanism switched off, and how far the headline measures move.

use std::str::FromStr;

use super::failure::Failure;
use super::progress::{Progress, Watched};
use super::{Differences, Threads, interrupt, output};
use crate::report::contrasts::mechanisms::{data, markdown, table};
use crate::report::table::Format;
use hubsim_lab::analysis::Findings;
use hubsim_lab::experiment::designs::mechanisms::Mechanisms as KnockOut;
use hubsim_lab::experiment::{Design, NullSink, run};
use hubsim_lab::scenario::Scenario;

/// Switch off each mechanism of the model, one at a time, and show how far the headline measures move in the last year
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim mechanisms small\n  hubsim mechanisms --policies status-quo,thematic-hubs --replicates 40\n  hubsim mechanisms small --set support.requests=0.2 --format csv\n\nEvery policy is simulated as it is and with each mechanism off, in the same worlds with the same random numbers. Nothing is written to disk."
)]
pub(super) struct Mechanisms {
    /// A scenario file, or the name of a built-in scenario
    #[arg(default_value = "wikimedia-2023", value_name = "SCENARIO")]
    scenario: String,
    #[command(flatten)]
    differences: Differences,
    #[command(flatten)]
    threads: Threads,
    /// How to print; markdown is the page in the model's documentation
    #[arg(long, value_name = "table|csv|json|markdown", default_value = "table")]
    format: Shape,
}

/// How the table is printed.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Table(Format),
    Markdown,
}

impl FromStr for Shape {
    type Err = String;
    fn from_str(text: &str) -> Result<Shape, String> {
        match text {
            "markdown" => Ok(Shape::Markdown),
            other => other.parse().map(Shape::Table).map_err(|why: String| format!("{why}, or markdown")),
        }
    }
}

impl Mechanisms {
    pub(super) fn run(&self, quiet: bool) -> Result<(), Failure> {
        let scenario = self.differences.scenario(&self.scenario)?;
        let design = KnockOut::new(&scenario);
        let trials = design.trials().len() as u64;
        if !quiet {
            output::message(&format!("{}: {trials} trials of {} years", scenario.name, scenario.years));
        }
        let findings = self.simulate(&scenario, &design, quiet)?;
        match self.format {
            Shape::Table(Format::Table) => output::table(&table(&findings), Format::Table),
            Shape::Table(format) => output::table(&data(&findings), format),
            Shape::Markdown => output::result(&markdown(&findings, &scenario.name, &self.command(&scenario))),
        }
    }

    fn simulate(&self, scenario: &Scenario, design: &KnockOut, quiet: bool) -> Result<Findings, Failure> {
        let pool = self.threads.pool()?;
        interrupt::watch();
        let progress = Progress::of(design.trials().len() as u64, quiet);
        let watched = Watched { sink: &NullSink, progress: &progress };
        let findings = pool.install(|| run(scenario, design, &watched));
        progress.done();
        findings.map_err(|error| Failure::unfinished(&error, "interrupted: nothing was kept"))
    }

    /// A command that gives the same page, whatever was left to defaults here.
    fn command(&self, scenario: &Scenario) -> String {
        let mut command = format!("hubsim mechanisms {}", self.scenario);
        command += &format!(" --policies {} --replicates {}", scenario.policies.join(","), scenario.replicates);
        command += &format!(" --seed {} --years {}", scenario.seed, scenario.years);
        self.differences.set.iter().for_each(|set| command += &format!(" --set {set}"));
        command + " --format markdown"
    }
}

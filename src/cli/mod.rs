//! The command line: it reads arguments, calls the floors below, prints, and says with a status how it went.
//!
//! One file a command. Results go to standard output, everything else to standard error.

mod draw;
mod failure;
mod headlines;
mod interrupt;
mod output;
mod progress;

mod check;
mod claims;
mod explain;
mod levers;
mod mechanisms;
mod mitigations;
mod replay;
mod report;
mod run;
mod scenario;
mod schema;
mod verify;

use std::process::ExitCode;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand};

use failure::Failure;
use hubsim_lab::scenario::{Changes, Scenario};

/// What happens to a volunteer movement when it builds thematic hubs? An agent-based Monte Carlo simulator of its
/// ecosystem under different allocation policies.
#[derive(Parser)]
#[command(
    name = "hubsim",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "Start with:\n  hubsim run                  the movement of 2023 under every policy, 100 times\n  hubsim run small            an invented small world, in about a second\n  hubsim scenario copy small mine.toml\n                              a scenario of your own, to change and run\n\nExit status: 0 done, 1 a check did not hold, 2 bad input and nothing was written, 3 an input or output error (full disk, unwritable or damaged folder), 130 interrupted and what was finished is kept."
)]
struct Cli {
    /// No progress and no messages on standard error, except what went wrong
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(run::Run),
    Check(check::Check),
    Scenario(scenario::ScenarioCommand),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Levers(levers::Levers),
    Mechanisms(mechanisms::Mechanisms),
    Mitigations(mitigations::Mitigations),
    Report(report::Report),
    Claims(claims::Claims),
    Verify(verify::Verify),
    Replay(replay::Replay),
}

/// Reads the command line, does what it says, and returns the exit status.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(said) => {
            // Help and version come this way, too; nobody listening is no failure.
            let _ = said.print();
            return ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(2));
        }
    };
    let done = match &cli.command {
        Command::Run(command) => command.run(cli.quiet),
        Command::Check(command) => command.run(),
        Command::Scenario(command) => command.run(cli.quiet),
        Command::Explain(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Levers(command) => command.run(cli.quiet),
        Command::Mechanisms(command) => command.run(cli.quiet),
        Command::Mitigations(command) => command.run(cli.quiet),
        Command::Report(command) => command.run(cli.quiet),
        Command::Claims(command) => command.run(cli.quiet),
        Command::Verify(command) => command.run(cli.quiet),
        Command::Replay(command) => command.run(cli.quiet),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            ExitCode::from(failure.status())
        }
    }
}

/// Which run is told of: beside a table that does not say.
fn told(run: &crate::store::StoredRun) -> String {
    let of = &run.manifest;
    let (policies, replicates, years) = (of.arms.len(), of.replicates, of.years);
    format!("{}: {policies} policies × {replicates} replicates, {years} years", run.path.display())
}

/// What a command line may change in a scenario.
#[derive(Args)]
struct Differences {
    /// Run only these policies, in this order
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    policies: Option<Vec<String>>,
    /// Replicates of each policy
    #[arg(long, value_name = "N", value_parser = whole::<u32>, allow_negative_numbers = true)]
    replicates: Option<u32>,
    /// The seed, from which all luck follows
    #[arg(long, value_name = "S", value_parser = whole::<u64>, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Years to simulate
    #[arg(long, value_name = "Y", value_parser = whole::<u32>, allow_negative_numbers = true)]
    years: Option<u32>,
    /// Change a key of the scenario, such as production.find=0.3; repeatable
    #[arg(long, value_name = "KEY.PATH=VALUE")]
    set: Vec<String>,
}

/// A whole number as people type it; how large it may be is for the scenario to say.
fn whole<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| match text.strip_prefix('-').is_some_and(|rest| rest.parse::<f64>().is_ok()) {
        true => "write a whole number, not below 0".to_owned(),
        false if text.parse::<u128>().is_ok() => "that is too large".to_owned(),
        false => "write a whole number such as 7".to_owned(),
    })
}

/// How many trials run at a time.
#[derive(Args)]
struct Threads {
    /// Threads; as many as there are processors if not given. Results do not depend on it
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024), allow_negative_numbers = true)]
    threads: Option<u16>,
}

impl Threads {
    fn pool(&self) -> Result<rayon::ThreadPool, Failure> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.map_or(0, usize::from));
        pool.build().map_err(|error| Failure::Io(format!("cannot start threads: {error}")))
    }
}

impl Differences {
    fn scenario(&self, what: &str) -> Result<Scenario, Failure> {
        let changes = Changes {
            set: self.set.clone(),
            policies: self.policies.clone(),
            replicates: self.replicates,
            seed: self.seed,
            years: self.years,
        };
        Ok(Scenario::find(what, &changes)?)
    }
}

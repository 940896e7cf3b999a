//! The command line: reads arguments, calls the library, prints results, and reports success or failure by the exit status.
//!
//! One file a command. Results go to standard output, everything else to standard error.

mod arguments;
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

use clap::{Parser, Subcommand};

use output::Messages;

/// What happens to a volunteer movement when it builds thematic hubs? An agent-based Monte Carlo simulator of its
/// ecosystem under different allocation policies.
#[derive(Parser)]
#[command(
    name = "hubsim",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "Start with:\n  hubsim run                  the movement of 2023 under every policy, 100 times\n  hubsim run small            a small invented movement, in about a second\n  hubsim scenario copy small mine.toml\n                              a scenario of your own, to change and run\n\nExit status: 0 done, 1 a check did not hold, 2 bad input and nothing was written, 3 an input or output error (full disk, unwritable or damaged folder), 130 interrupted and what was finished is kept."
)]
struct Cli {
    /// No progress and no messages on standard error, except errors
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(run::RunCommand),
    Check(check::CheckCommand),
    Scenario(scenario::ScenarioCommand),
    Explain(explain::ExplainCommand),
    Schema(schema::SchemaCommand),
    Levers(levers::LeversCommand),
    Mechanisms(mechanisms::MechanismsCommand),
    Mitigations(mitigations::MitigationsCommand),
    Report(report::ReportCommand),
    Claims(claims::ClaimsCommand),
    Verify(verify::VerifyCommand),
    Replay(replay::ReplayCommand),
}

/// Reads the command line, runs the command, and returns the exit status.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are errors to clap; a closed standard output is no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let messages = if cli.quiet { Messages::Hidden } else { Messages::Shown };
    let done = match &cli.command {
        Command::Run(command) => command.run(messages),
        Command::Check(command) => command.run(),
        Command::Scenario(command) => command.run(messages),
        Command::Explain(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Levers(command) => command.run(messages),
        Command::Mechanisms(command) => command.run(messages),
        Command::Mitigations(command) => command.run(messages),
        Command::Report(command) => command.run(messages),
        Command::Claims(command) => command.run(messages),
        Command::Verify(command) => command.run(messages),
        Command::Replay(command) => command.run(messages),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(failure.status())
        }
    }
}

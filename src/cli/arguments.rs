//! Groups of arguments that several commands share.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use crate::report::table::Format;
use crate::store::{StoredRun, find_run};
use hubsim_lab::scenario::{Changes, Scenario};

/// A scenario with changes, and the threads on which it is simulated.
#[derive(Args)]
pub(super) struct StudyArguments {
    /// A scenario file, or the name of a built-in scenario
    #[arg(default_value = "wikimedia-2023", value_name = "SCENARIO")]
    pub scenario: String,
    #[command(flatten)]
    pub changes: ChangeArguments,
    #[command(flatten)]
    pub threads: ThreadsArgument,
}

impl StudyArguments {
    /// Reads the scenario and applies the changes.
    pub(super) fn read(&self) -> Result<Scenario, Failure> {
        self.read_with([])
    }

    /// Reads the scenario and applies the changes, and further ones, `key=value` each.
    pub(super) fn read_with(&self, more: impl IntoIterator<Item = String>) -> Result<Scenario, Failure> {
        let arguments = &self.changes;
        let changes = Changes {
            set: arguments.set.iter().cloned().chain(more).collect(),
            policies: arguments.policies.clone(),
            replicates: arguments.replicates,
            seed: arguments.seed,
            years: arguments.years,
        };
        Ok(Scenario::find(&self.scenario, &changes)?)
    }
}

/// Changes to a scenario.
#[derive(Args)]
pub(super) struct ChangeArguments {
    /// Run only these policies, in this order
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub policies: Option<Vec<String>>,
    /// Replicates of each policy
    #[arg(long, value_name = "N", value_parser = whole::<u32>, allow_negative_numbers = true)]
    pub replicates: Option<u32>,
    /// The seed, which determines all random numbers
    #[arg(long, value_name = "S", value_parser = whole::<u64>, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Years to simulate
    #[arg(long, value_name = "Y", value_parser = whole::<u32>, allow_negative_numbers = true)]
    pub years: Option<u32>,
    /// Change a key of the scenario, such as production.find=0.3; repeatable
    #[arg(long, value_name = "KEY.PATH=VALUE")]
    pub set: Vec<String>,
}

/// Reads a whole number of any size that the type holds; the scenario checks its bounds.
pub(super) fn whole<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| match text.strip_prefix('-').is_some_and(|rest| rest.parse::<f64>().is_ok()) {
        true => "write a whole number, not below 0".to_owned(),
        false if text.parse::<u128>().is_ok() => "that is too large".to_owned(),
        false => "write a whole number such as 7".to_owned(),
    })
}

/// The number of trials that are simulated at the same time.
#[derive(Args)]
pub(super) struct ThreadsArgument {
    /// Threads; without it, as many as there are processors. Results do not depend on it
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024), allow_negative_numbers = true)]
    threads: Option<u16>,
}

impl ThreadsArgument {
    pub(super) fn pool(&self) -> Result<rayon::ThreadPool, Failure> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.map_or(0, usize::from));
        pool.build().map_err(|error| Failure::Io(format!("cannot start threads: {error}")))
    }
}

/// The folder of all run folders.
#[derive(Args)]
pub(super) struct OutputArgument {
    /// Where run folders are
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
}

impl OutputArgument {
    /// Reads the run that `run` names.
    pub(super) fn read(&self, run: &str) -> Result<StoredRun, Failure> {
        Ok(StoredRun::read(&find_run(&self.out, run)?)?)
    }
}

/// A run that is stored.
#[derive(Args)]
pub(super) struct RunArgument {
    /// A run: its folder, a scenario's name (its newest run), `latest`, or the first digits of its hash
    #[arg(value_name = "RUN")]
    run: String,
    #[command(flatten)]
    output: OutputArgument,
}

impl RunArgument {
    /// Reads the run.
    pub(super) fn read(&self) -> Result<StoredRun, Failure> {
        self.output.read(&self.run)
    }
}

/// Reads the scenario that is stored with a run.
pub(super) fn scenario_of(run: &StoredRun) -> Result<Scenario, Failure> {
    let file = run.path.join("scenario.toml");
    Ok(Scenario::from_text(&run.scenario, &file.display().to_string(), &Changes::default())?)
}

/// The format of results.
#[derive(Args)]
pub(super) struct FormatArgument {
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Table)]
    pub format: Format,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &[Format::Table, Format::Csv, Format::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Json => "json",
        }))
    }
}

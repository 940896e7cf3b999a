//! `hubsim scenario`: the built-in scenarios.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::arguments::FormatArgument;
use super::failure::Failure;
use super::output::{self, Messages};
use crate::report::table::{Cell, Format, Table, TableColumn};
use hubsim_lab::scenario::{BASE, BUILT_IN, BuiltIn, Changes, Scenario, nearest, scenario_name};

/// List, show and copy the built-in scenarios
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hubsim scenario list\n  hubsim scenario show small\n  hubsim scenario copy small mine.toml && hubsim run mine.toml"
)]
pub(super) struct ScenarioCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// The built-in scenarios
    #[command(after_help = "Example:\n  hubsim scenario list --format csv")]
    List {
        #[command(flatten)]
        format: FormatArgument,
    },
    /// The text of a built-in scenario
    #[command(after_help = "Example:\n  hubsim scenario show base\n  hubsim scenario show small --resolved")]
    Show {
        /// Its name
        name: String,
        /// With all defaults and all inherited values, as it is run
        #[arg(long)]
        resolved: bool,
    },
    /// Copy a built-in scenario into a file of your own, which names the copy
    #[command(after_help = "Example:\n  hubsim scenario copy wikimedia-2023 mine.toml")]
    Copy {
        /// Its name
        name: String,
        /// The file; NAME.toml if none is named. It must not exist yet
        file: Option<PathBuf>,
    },
}

impl ScenarioCommand {
    pub(super) fn run(&self, messages: Messages) -> Result<(), Failure> {
        match &self.action {
            Action::List { format } => list(format.format),
            Action::Show { name, resolved: false } => output::result(built_in(name)?.text),
            Action::Show { name, resolved: true } => {
                built_in(name)?;
                output::result(&Scenario::find(name, &Changes::default())?.to_toml())
            }
            Action::Copy { name, file } => {
                let scenario = built_in(name)?;
                let file = file.clone().unwrap_or_else(|| PathBuf::from(format!("{}.toml", scenario.name)));
                copy(scenario, &file, messages)
            }
        }
    }
}

/// All of them; the base last.
fn all() -> impl Iterator<Item = &'static BuiltIn> {
    BUILT_IN.iter().chain([&BASE])
}

/// Whether it can be run without changes.
fn runs(scenario: &BuiltIn) -> bool {
    scenario.name != BASE.name
}

fn list(format: Format) -> Result<(), Failure> {
    let table = Table {
        title: "Built-in scenarios".to_owned(),
        columns: ["scenario", "runs", "about"].map(TableColumn::text).to_vec(),
        rows: all()
            .map(|scenario| vec![scenario.name.into(), Cell::Flag(runs(scenario)), scenario.about.into()])
            .collect(),
        notes: Vec::new(),
    };
    output::table(&table, format)
}

fn built_in(name: &str) -> Result<&'static BuiltIn, Failure> {
    all().find(|scenario| scenario.name == name).ok_or_else(|| {
        let names: Vec<&str> = all().map(|scenario| scenario.name).collect();
        let advice = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", names.join(", ")),
        };
        Failure::Input(format!("there is no built-in scenario `{}`; {advice}", name.escape_debug()))
    })
}

fn copy(scenario: &BuiltIn, file: &Path, messages: Messages) -> Result<(), Failure> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Input(format!("{} exists already and was not changed; name another file", file.display()))
        }
        io::ErrorKind::NotFound => {
            Failure::Input(format!("cannot write {}: its folder does not exist; make it first", file.display()))
        }
        _ => Failure::writing(&file.display().to_string(), &error),
    };
    let mut target = OpenOptions::new().write(true).create_new(true).open(file).map_err(failed)?;
    let stem = file.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
    let name = scenario_name(&stem).unwrap_or_else(|| scenario.name.to_owned());
    if let Err(error) = target.write_all(scenario.copied(&name).as_bytes()) {
        // An incomplete file would look like a scenario.
        let _ = fs::remove_file(file);
        return Err(failed(error));
    }
    let file = file.display();
    let next = if runs(scenario) { "run it with" } else { "add regions, themes and organisations, then" };
    messages.show(&format!("copied {} to {file} as `{name}`; {next}: hubsim run {file}", scenario.name));
    Ok(())
}

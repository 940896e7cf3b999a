//! `hubsim check`: reads and checks scenarios, and runs nothing.

use super::arguments::FormatArgument;
use super::failure::Failure;
use super::output;
use super::run;
use crate::report::table::{Cell, Format, Table, TableColumn};
use hubsim_lab::scenario::{Changes, Diagnostic, DiagnosticKind, DiagnosticReport, Scenario};

/// Read and check scenarios without running them: all problems at once, each with its place, its rule and a correction; and
/// warnings of what is valid but does not do what it seems to
#[derive(clap::Args)]
#[command(after_help = "Example:\n  hubsim check mine.toml\n  hubsim check *.toml --format json")]
pub(super) struct CheckCommand {
    /// Scenario files, or names of built-in scenarios
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    #[command(flatten)]
    format: FormatArgument,
}

impl CheckCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let read = |what: &String| Scenario::find(what, &Changes::default());
        let found: Vec<(&str, Result<Scenario, DiagnosticReport>)> =
            self.scenarios.iter().map(|what| (what.as_str(), read(what))).collect();
        let format = self.format.format;
        if format != Format::Table {
            output::table(&table(&found), format)?;
        }
        let mut problems = Vec::new();
        let warnings = found.iter().filter_map(|(_, read)| read.as_ref().ok()).flat_map(|of| of.warnings.0.clone());
        let warnings: Vec<Diagnostic> = warnings.collect();
        if !warnings.is_empty() && format == Format::Table {
            output::warnings(DiagnosticReport(warnings));
        }
        for (what, read) in found {
            match read {
                Err(DiagnosticReport(more)) => problems.extend(more),
                Ok(scenario) if format == Format::Table => output::result(&valid(what, &scenario))?,
                Ok(_) => {}
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Failure::Scenario(DiagnosticReport(problems))) }
    }
}

fn valid(what: &str, scenario: &Scenario) -> String {
    let felt = scenario.felt_numbers();
    let noun = if felt == 1 { "number" } else { "numbers" };
    let idle = match scenario.uncertain.len() - felt {
        0 => String::new(),
        idle => format!(", and {idle} that nothing in these policies can feel"),
    };
    format!("{what} is fine: {}; {felt} uncertain {noun}{idle}", run::size(scenario))
}

/// One row for each problem or warning; no row for a scenario without any.
fn table(found: &[(&str, Result<Scenario, DiagnosticReport>)]) -> Table {
    let words = ["scenario", "kind", "code", "file", "line", "column", "found", "message", "rule", "help"];
    let mut table =
        Table { title: "Problems".to_owned(), columns: words.map(TableColumn::text).to_vec(), ..Table::default() };
    for (what, read) in found {
        let all = match read {
            Err(report) => &report.0,
            Ok(scenario) => &scenario.warnings.0,
        };
        for problem in all {
            table.rows.push(vec![
                (*what).into(),
                if problem.kind == DiagnosticKind::Warning { "warning" } else { "error" }.into(),
                problem.code.into(),
                problem.file.as_str().into(),
                Cell::Count(problem.line as u64),
                Cell::Count(problem.column as u64),
                problem.found.as_str().into(),
                problem.message.as_str().into(),
                problem.rule.as_str().into(),
                problem.help.as_str().into(),
            ]);
        }
    }
    table
}

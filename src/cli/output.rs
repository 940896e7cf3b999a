//! Standard output for results, standard error for the rest. Colours only on a terminal, and never with NO_COLOR.

use std::io::{IsTerminal, Write};

use super::failure::Failure;
use crate::report::table::{Format, Table};
use crate::store::StoredRun;
use hubsim_lab::scenario::{Colour, DiagnosticReport};

/// Prints a result and a line end.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    write!(out, "{text}{newline}")
        .and_then(|()| out.flush())
        .map_err(|error| Failure::writing("standard output", &error))
}

/// Whether messages and progress are shown on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Messages {
    /// They are shown; progress only on a terminal.
    Shown,
    /// Only failures are shown.
    Hidden,
}

impl Messages {
    /// Shows a message.
    pub(super) fn show(self, text: &str) {
        if self == Messages::Shown {
            message(text);
        }
    }

    /// Whether progress is shown.
    pub(super) fn with_progress(self) -> bool {
        self == Messages::Shown && std::io::stderr().is_terminal()
    }
}

/// Reports a failure on standard error.
pub(super) fn failure(failure: &Failure) {
    match failure {
        Failure::BrokenPipe => {}
        Failure::Scenario(report) => message(&report.render(Colour::Ansi)),
        Failure::Interrupted(text) => message(text),
        Failure::Check(text) | Failure::Input(text) | Failure::Io(text) => {
            message(&format!("\x1b[1;31merror\x1b[0m: {text}"));
        }
    }
}

/// Shows warnings about scenarios.
pub(super) fn warnings(warnings: DiagnosticReport) {
    message(&warnings.render(Colour::Ansi));
}

/// Writes to standard error. An error of writing is ignored: there is no other place to report it.
pub(super) fn message(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", text.trim_end());
}

/// A run in a line: its folder and its size.
pub(super) fn run_in_words(run: &StoredRun) -> String {
    let manifest = &run.manifest;
    let (policies, replicates, years) = (manifest.arms.len(), manifest.replicates, manifest.years);
    format!("{}: {policies} policies × {replicates} replicates, {years} years", run.path.display())
}

/// Prints a table in a format.
pub(super) fn table(table: &Table, format: Format) -> Result<(), Failure> {
    result(&table.show(format, width()))
}

/// Width of the terminal that shows the results, characters; 120 where they go elsewhere.
pub(super) fn width() -> usize {
    let terminal = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map_or(120, |(terminal_size::Width(width), _)| usize::from(width).max(40))
}

//! Standard output for results, standard error for the rest. Colours only on a terminal, and never with NO_COLOR.

use std::io::{IsTerminal, Write};

use super::failure::Failure;
use crate::report::table::{Format, Table};

/// Prints a result and a line end.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    write!(out, "{text}{newline}")
        .and_then(|()| out.flush())
        .map_err(|error| Failure::writing("standard output", &error))
}

/// Says something that is no result. If it cannot be said, nothing is lost.
pub(super) fn message(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", text.trim_end());
}

/// Whether somebody watches standard error.
pub(super) fn watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Prints a table in a format.
pub(super) fn table(table: &Table, format: Format) -> Result<(), Failure> {
    result(&table.show(format, width()))
}

/// Columns of the terminal that shows the results; 120 where they go elsewhere.
pub(super) fn width() -> usize {
    let terminal = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map_or(120, |(terminal_size::Width(width), _)| usize::from(width).max(40))
}

//! Standard output for results, standard error for the rest. Colours only on a terminal, and never with NO_COLOR.

use std::io::{IsTerminal, Write};

use super::failure::Failure;

/// Prints a result and a line end.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    write!(out, "{text}{newline}").and_then(|()| out.flush()).map_err(|error| Failure::writing("standard output", &error))
}

/// Says something that is no result. If it cannot be said, nothing is lost.
pub(super) fn message(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", text.trim_end());
}

/// Whether somebody watches standard error.
pub(super) fn watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Columns of the terminal that shows the results; `None` where they go elsewhere.
pub(super) fn width() -> Option<usize> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    indicatif::ProgressDrawTarget::stdout().width().map(usize::from).filter(|width| *width >= 40)
}

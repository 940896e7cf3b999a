//! How a command can fail, what it then says, and its exit status.

use std::io;

use super::output;
use crate::store::StoreError;
use hubsim_lab::scenario::{Colour, DiagnosticKind, DiagnosticReport};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// A check did not hold.
    Check(String),
    /// The input was wrong; nothing was written.
    Input(String),
    /// A scenario has problems.
    Scenario(DiagnosticReport),
    /// The world did not let us.
    World(String),
    /// Somebody stopped us; what was finished is kept.
    Interrupted(String),
    /// Nobody listens any more: no reason to complain.
    Unheard,
}

impl Failure {
    pub(super) fn status(&self) -> u8 {
        match self {
            Failure::Unheard => 0,
            Failure::Check(_) => 1,
            Failure::Input(_) => 2,
            Failure::Scenario(problems) => match problems.kind() {
                DiagnosticKind::BadInput => 2,
                DiagnosticKind::Unreadable => 3,
            },
            Failure::World(_) => 3,
            Failure::Interrupted(_) => 130,
        }
    }

    /// Says it on standard error.
    pub(super) fn tell(&self) {
        match self {
            Failure::Unheard => {}
            Failure::Scenario(problems) => output::message(&problems.render(Colour::Ansi)),
            Failure::Interrupted(text) => output::message(text),
            Failure::Check(text) | Failure::Input(text) | Failure::World(text) => {
                output::message(&format!("\x1b[1;31merror\x1b[0m: {text}"));
            }
        }
    }

    /// What standard output or a file made of our writing.
    pub(super) fn writing(place: &str, error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::Unheard;
        }
        Failure::World(format!("cannot write to {place}: {error}"))
    }
}

impl From<DiagnosticReport> for Failure {
    fn from(problems: DiagnosticReport) -> Self {
        Failure::Scenario(problems)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.exit_status() == 2 { Failure::Input(error.to_string()) } else { Failure::World(error.to_string()) }
    }
}

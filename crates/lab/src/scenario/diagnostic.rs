//! Problems of scenarios as data: position, rule, correction.

mod render;
mod rule;
mod rules;

use std::fmt;

use serde::Serialize;

pub use render::Colour;
pub(super) use render::misleading;
pub use rule::Rule;
pub(super) use rule::{RuleText, Violation};
pub use rules::rules;
pub(super) use rules::{
    ArmRule, ChangeRule, ClaimRule, FileRule, KeyRule, LadderRule, MAX_CHAIN, MOST_PARTS, PartRule, PolicyRule,
    StudyRule, ValueRule, WarningRule, WholeRule,
};

/// The most diagnostics that are kept.
pub const MAX_DIAGNOSTICS: usize = 1000;

/// The cause of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiagnosticKind {
    /// The input is valid, but does not do what it seems to.
    Warning,
    /// The input is wrong and must be corrected (exit status 2).
    BadInput,
    /// The file could not be read (exit status 3).
    Unreadable,
}

/// One violation of a rule in a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostic {
    /// The rule's code, `HS030`; see [`rules`].
    pub code: &'static str,
    /// The cause of a diagnostic.
    pub kind: DiagnosticKind,
    /// The file, or the option of the command line, it is in.
    pub file: String,
    /// Line from 1; 0 for the whole file.
    pub line: usize,
    /// Column from 1 in characters; 0 for the whole file.
    pub column: usize,
    /// The offending text.
    pub found: String,
    /// The problem.
    pub message: String,
    /// The rule that does not hold.
    pub rule: String,
    /// A correction; may be empty.
    pub help: String,
    /// The line it is in, and the byte range of the offending text therein.
    #[serde(skip)]
    excerpt: Option<(String, std::ops::Range<usize>)>,
}

impl Diagnostic {
    /// A violation by a file as a whole.
    pub(super) fn about_file(file: &str, violation: FileRule) -> Diagnostic {
        let kind = match violation {
            FileRule::Unreadable { .. } => DiagnosticKind::Unreadable,
            _ => DiagnosticKind::BadInput,
        };
        let code = violation.code();
        Diagnostic { kind, ..Diagnostic::new(file, code, violation.text()) }
    }

    /// A diagnostic about a file as a whole.
    pub(super) fn new(file: &str, code: &'static str, RuleText { message, rule, help }: RuleText) -> Diagnostic {
        let (kind, file, found) = (DiagnosticKind::BadInput, file.to_owned(), String::new());
        Diagnostic { code, kind, file, line: 0, column: 0, found, message, rule, help, excerpt: None }
    }

    /// The same as a warning.
    pub(super) fn into_warning(self) -> Diagnostic {
        Diagnostic { kind: DiagnosticKind::Warning, ..self }
    }

    /// The same at a line and a column, without an excerpt.
    pub(super) fn at(self, line: usize, column: usize) -> Diagnostic {
        Diagnostic { line, column, ..self }
    }

    /// The same at a place of the text: `range` are the bytes of `line`, which is the number `at` of the file.
    pub(super) fn with_excerpt(self, at: usize, line: &str, range: std::ops::Range<usize>) -> Diagnostic {
        Diagnostic {
            line: at,
            column: line.get(..range.start).unwrap_or("").chars().count() + 1,
            found: line.get(range.clone()).unwrap_or("").to_owned(),
            excerpt: Some((line.to_owned(), range)),
            ..self
        }
    }
}

/// All problems of a scenario, in the order of the text; never empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct DiagnosticReport(pub Vec<Diagnostic>);

/// What is valid in a scenario's text but does not do what it seems to, in the order of the text. It is no part of what the
/// scenario is: scenarios are equal whatever is warned of.
#[derive(Clone, Debug, Default)]
pub struct Warnings(pub Vec<Diagnostic>);

impl PartialEq for Warnings {
    fn eq(&self, _: &Warnings) -> bool {
        true
    }
}

impl DiagnosticReport {
    /// The most serious kind: unreadable if any is.
    pub fn kind(&self) -> DiagnosticKind {
        self.0.iter().map(|diagnostic| diagnostic.kind).max().unwrap_or(DiagnosticKind::BadInput)
    }
}

impl fmt::Display for DiagnosticReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Colour::None))
    }
}

impl std::error::Error for DiagnosticReport {}

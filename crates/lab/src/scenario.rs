//! Scenario files: parsing, inheritance, validation. All problems of a file are reported at once.
//!
//! A file is parsed into a tree with the span of every value (`tree`), merged with the files that it extends (`merge`) and
//! changed by the command line (`change`). Policies inherit levers from each other (`inherit`), arms are added without some
//! mitigations (`ablation`), with a head start (`head_start`) or with keys set (`arm_table`), and the whole is checked against
//! the catalogue (`check`).
//! The result is a [`Scenario`] in which every default is filled in.

mod ablation;
pub mod arm;
mod arm_keys;
mod arm_table;
mod built_in;
pub mod catalogue;
mod change;
pub mod claim;
mod check;
mod corner_cases;
mod declared;
mod diagnostic;
mod diagnostics;
mod distribution;
mod files;
mod values;
mod head_start;
mod inherit;
mod key_path;
pub mod kind;
mod load;
mod merge;
mod model_values;
mod nearest;
mod node_text;
pub mod policies;
mod resolved;
pub mod schema;
mod surroundings;
mod text;
mod tree;

use std::path::PathBuf;

use crate::scenario::arm_keys::ArmTable;
use crate::scenario::check::{Merged, Removed, YearsFrom, check, check_consistency, resolved};
use crate::scenario::claim::Claim;
use crate::scenario::declared::Declared;
use crate::scenario::diagnostic::FileRule;
use crate::scenario::diagnostics::Diagnostics;
use crate::scenario::load::{Origin, ScenarioSource};
use crate::scenario::resolved::{Resolved, agree, assemble};

pub use built_in::{BASE, BUILT_IN, BuiltIn, built_in};
pub use change::Changes;
pub use check::{ShownContrast, scenario_name};
pub use diagnostic::{Colour, Diagnostic, DiagnosticKind, DiagnosticReport, Rule, Warnings, rules};
pub use distribution::{Distribution, Uncertain};
pub use files::{Disk, Files, Memory};
pub use nearest::nearest;
pub use surroundings::surroundings;

/// A checked scenario, every default filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name; results are stored in a folder of that name.
    pub name: String,
    /// Its description; may be empty.
    pub description: String,
    /// Years that a trial simulates, 1 to 500.
    pub years: u32,
    /// The seed of all random numbers.
    pub seed: u64,
    /// Trials of each policy, 1 to 65,536.
    pub replicates: u32,
    /// Consecutive replicates that lie in one world, at least 1: they share the uncertain numbers, not the luck.
    pub replicates_per_world: u32,
    /// Whether a run is only a success if every claim with a verdict is supported.
    pub require_all: bool,
    /// The labels of the selected arms, in order, never empty: policies of the scenario, and what `[[ablation]]` and
    /// `[[head_start]]` derive from them. See [`Scenario::arms`].
    pub policies: Vec<String>,
    /// Its claims, in order.
    pub claims: Vec<Claim>,
    /// The differences that tables show; empty for each arm against the first.
    pub contrasts: Vec<ShownContrast>,
    /// The numbers that are given as distributions, sorted by key.
    pub uncertain: Vec<Uncertain>,
    /// What is valid in its text but does not do what it seems to.
    pub warnings: Warnings,
    resolved: Resolved,
}

impl Scenario {
    /// Consecutive replicates that lie in one world; 1 where nothing is uncertain, since each is then a world of its own.
    pub fn trials_per_world(&self) -> u32 {
        if self.uncertain.is_empty() { 1 } else { self.replicates_per_world }
    }

    /// The scenario of a built-in name, or in a file.
    ///
    /// # Errors
    /// All problems of the scenario.
    pub fn find(what: &str, changes: &Changes) -> Result<Scenario, DiagnosticReport> {
        Scenario::find_in(&Disk, what, changes)
    }

    /// The scenario of a built-in name, or of a path in `files`.
    ///
    /// # Errors
    /// All problems of the scenario.
    pub fn find_in(files: &dyn Files, what: &str, changes: &Changes) -> Result<Scenario, DiagnosticReport> {
        let found = load::find(what, files).map_err(|diagnostic| DiagnosticReport(vec![*diagnostic]))?;
        if found.origin == Origin::BuiltIn(BASE.name) {
            return Err(DiagnosticReport(vec![load::base_alone(&found.name)]));
        }
        resolve(found, files, changes)
    }

    /// The scenario of a text. `file` is its name in messages; paths in `extends` are relative to it.
    ///
    /// # Errors
    /// All problems of the scenario.
    pub fn from_text(text: &str, file: &str, changes: &Changes) -> Result<Scenario, DiagnosticReport> {
        Scenario::from_text_in(&Disk, text, file, changes)
    }

    /// The scenario of a text that extends scenarios of `files`; else like [`Scenario::from_text`].
    ///
    /// # Errors
    /// All problems of the scenario.
    pub fn from_text_in(
        files: &dyn Files,
        text: &str,
        file: &str,
        changes: &Changes,
    ) -> Result<Scenario, DiagnosticReport> {
        let (origin, name) = (Origin::File(PathBuf::from(file)), file.to_owned());
        resolve(ScenarioSource { origin, name, text: text.to_owned() }, files, changes)
    }
}

/// Text to scenario: read, merge, change, inherit, check.
fn resolve(found: ScenarioSource, files: &dyn Files, changes: &Changes) -> Result<Scenario, DiagnosticReport> {
    let name = found.name.clone();
    let of_file = |rule| DiagnosticReport(vec![Diagnostic::about_file(&name, rule)]);
    if found.text.len() > tree::MAX_BYTES {
        return Err(of_file(FileRule::TooLarge { shown: &name }));
    }
    let mut diagnostics = Diagnostics::default();
    let mut removed = Removed::new();
    let (trees, start) = load::chain(found, files, &mut diagnostics);
    let mut root = merge::merge(trees, &mut removed, &mut diagnostics);
    change::apply(&mut root, changes, &mut diagnostics);
    inherit::inherit(&mut root, &mut diagnostics);
    // A resolved scenario contains what it inherited: there an arm without effect is no mistake.
    let own = (!resolved(&root)).then_some(start);
    let mut declared = ablation::expand(&mut root, own.filter(|_| !levers_set(changes)), &removed, &mut diagnostics);
    declared.extend(head_start::expand(&mut root, own, &removed, &mut diagnostics));
    let arms = arm_table::expand(&mut root, &removed, &mut diagnostics);
    declared.extend(arms.into_iter().map(Declared::setting));
    let years_from = years_from(changes);
    let tables: Vec<&ArmTable> = declared.iter().filter_map(Declared::table).collect();
    let checked = check(Merged { root: &root, start, removed: &removed, arms: &tables, years_from }, &mut diagnostics);
    if let Ok(worlds) = corner_cases::worlds(&checked, &declared, years_from) {
        check_consistency(&worlds, &root, start, &mut diagnostics);
    }
    let scenario = assemble(checked, &declared);
    if diagnostics.count() == 0 {
        let disagreement = |error: String| of_file(FileRule::Disagreement { error });
        agree(&scenario).map_err(|error| disagreement(error.to_string()))?;
        for arm in scenario.arms() {
            scenario.inputs(&arm, &[]).map_err(|error| disagreement(error.to_string()))?;
        }
        return Ok(Scenario { warnings: Warnings(diagnostics.into_warnings()), ..scenario });
    }
    Err(DiagnosticReport(diagnostics.into_diagnostics()))
}

/// Whether the scenario or the command line sets the number of years.
fn years_from(changes: &Changes) -> YearsFrom {
    let years = |set: &String| set.split('=').next().is_some_and(|key| key.trim() == "years");
    let changed = changes.years.is_some() || changes.set.iter().any(years);
    if changed { YearsFrom::CommandLine } else { YearsFrom::Scenario }
}

/// Whether the command line changes policies.
fn levers_set(changes: &Changes) -> bool {
    changes.set.iter().any(|set| set.split(['.', '=']).next().is_some_and(|key| key.trim() == "policy"))
}

//! From text to truth: scenario files, `extends`, every problem found at once.
//!
//! A file is read into a tree that remembers where each part stands (`tree`), laid over the files it extends
//! (`merge`), changed by the command line (`change`), its policies made of one another (`inherit`), arms made that
//! go without some of their mitigations (`ablation`) or under which one organisation begins with more (`head_start`), and
//! checked against the catalogue (`check`). What comes out has every default filled in.

mod ablation;
pub mod arm;
mod built_in;
pub mod catalogue;
mod change;
pub mod claim;
mod check;
mod declared;
mod diagnostic;
mod diagnostics;
mod distribution;
mod files;
mod values;
mod head_start;
mod inherit;
pub mod kind;
mod load;
mod merge;
mod nearest;
pub mod policies;
mod resolved;
pub mod schema;
mod text;
mod tree;

use std::path::PathBuf;

use crate::scenario::check::{Checked, CornerCases, Merged, Removed, YearsFrom, check, check_consistency};
use crate::scenario::claim::Claim;
use crate::scenario::diagnostic::FileRule;
use crate::scenario::diagnostics::Diagnostics;
use crate::scenario::load::{Found, Origin};
use crate::scenario::resolved::{ModelMismatch, Resolved, agree, assemble, inputs, policy, shocks};
use crate::scenario::values::Draw;

pub use built_in::{BASE, BUILT_IN, BuiltIn, built_in};
pub use change::Changes;
pub use check::scenario_name;
pub use diagnostic::{Colour, Diagnostic, DiagnosticKind, DiagnosticReport, Rule, rules};
pub use distribution::{Distribution, Uncertain};
pub use files::{Disk, Files, Memory};
pub use nearest::nearest;

/// A checked scenario, every default filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name; results go into a folder of that name.
    pub name: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Years that a trial simulates, 1 to 500.
    pub years: u32,
    /// What all luck follows from.
    pub seed: u64,
    /// Trials of each policy, 1 to 65,536.
    pub replicates: u32,
    /// The labels of the selected arms, in order, never empty: policies of the scenario, and what `[[ablation]]` and
    /// `[[head_start]]` make of them. See [`Scenario::arms`].
    pub policies: Vec<String>,
    /// What it claims, in order.
    pub claims: Vec<Claim>,
    /// Every number that is given as a distribution, sorted by key.
    pub uncertain: Vec<Uncertain>,
    resolved: Resolved,
}

impl Scenario {
    /// The scenario of a built-in name, or in a file.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn find(what: &str, changes: &Changes) -> Result<Scenario, DiagnosticReport> {
        Scenario::find_in(&Disk, what, changes)
    }

    /// The scenario of a built-in name, or in one of some files.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn find_in(files: &dyn Files, what: &str, changes: &Changes) -> Result<Scenario, DiagnosticReport> {
        let found = load::find(what, files).map_err(|diagnostic| DiagnosticReport(vec![*diagnostic]))?;
        if found.origin == Origin::BuiltIn(BASE.name) {
            return Err(DiagnosticReport(vec![load::base_alone(&found.name)]));
        }
        resolve(found, files, changes)
    }

    /// The scenario that a text describes. `file` is its name in messages, and what `extends` is relative to.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn from_text(text: &str, file: &str, changes: &Changes) -> Result<Scenario, DiagnosticReport> {
        Scenario::from_text_in(&Disk, text, file, changes)
    }

    /// The same, where the files that the text extends are somewhere else.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn from_text_in(
        files: &dyn Files,
        text: &str,
        file: &str,
        changes: &Changes,
    ) -> Result<Scenario, DiagnosticReport> {
        let (origin, name) = (Origin::File(PathBuf::from(file)), file.to_owned());
        resolve(Found { origin, name, text: text.to_owned() }, files, changes)
    }
}

/// Text to scenario: read, merge, change, inherit, check.
fn resolve(found: Found, files: &dyn Files, changes: &Changes) -> Result<Scenario, DiagnosticReport> {
    let name = found.name.clone();
    let of_file = |rule| DiagnosticReport(vec![Diagnostic::of_file(&name, rule)]);
    if found.text.len() > tree::MAX_BYTES {
        return Err(of_file(FileRule::TooLarge { shown: &name }));
    }
    let mut notes = Diagnostics::default();
    let mut removed = Removed::new();
    let (trees, start) = load::chain(found, files, &mut notes);
    let mut root = merge::merge(trees, &mut removed, &mut notes);
    change::apply(&mut root, changes, &mut notes);
    inherit::inherit(&mut root, &mut notes);
    // A resolved scenario holds what it inherited: what may change nothing there may change nothing here.
    let own = (!written_out(&root)).then_some(start);
    let mut declared = ablation::expand(&mut root, own.filter(|_| !levers_set(changes)), &removed, &mut notes);
    declared.extend(head_start::expand(&mut root, own, &removed, &mut notes));
    let years_from = years_from(changes);
    let checked = check(Merged { root: &root, start, removed: &removed, years_from }, &mut notes);
    if let Ok(worlds) = worlds(&checked, years_from) {
        check_consistency(&worlds, &root, start, &mut notes);
    }
    let scenario = assemble(checked, &declared);
    if notes.count() == 0 {
        let disagreement = |error: String| of_file(FileRule::Disagreement { error });
        agree(&scenario).map_err(|error| disagreement(error.to_string()))?;
        for arm in scenario.arms() {
            scenario.inputs(&arm, &[]).map_err(|error| disagreement(error.to_string()))?;
        }
        return Ok(scenario);
    }
    Err(DiagnosticReport(notes.into_diagnostics()))
}

/// Who says how many years there are.
fn years_from(changes: &Changes) -> YearsFrom {
    let years = |set: &String| set.split('=').next().is_some_and(|key| key.trim() == "years");
    let changed = changes.years.is_some() || changes.set.iter().any(years);
    if changed { YearsFrom::CommandLine } else { YearsFrom::Scenario }
}

/// Whether the scenario says that it is resolved.
fn written_out(root: &tree::Table) -> bool {
    root.get("resolved").is_some_and(|entry| matches!(entry.node.value, tree::Value::Flag(true)))
}

/// Whether the command line changes policies.
fn levers_set(changes: &Changes) -> bool {
    changes.set.iter().any(|set| set.split(['.', '=']).next().is_some_and(|key| key.trim() == "policy"))
}

/// Three worlds in which to look for what does not go together.
fn worlds(checked: &Checked, years_from: YearsFrom) -> Result<CornerCases, ModelMismatch> {
    let ends = |pick: fn(&Distribution) -> f64| -> Vec<f64> {
        checked.uncertain.iter().map(|uncertain| pick(&uncertain.distribution)).collect()
    };
    let (least, central, greatest) =
        (ends(Distribution::least), ends(Distribution::central), ends(Distribution::greatest));
    let world = |world: &[f64]| {
        let drawn = Draw { uncertain: &checked.uncertain, world };
        inputs(&checked.world, &checked.parameters, &checked.entities, drawn)
    };
    let drawn = Draw { uncertain: &checked.uncertain, world: &greatest };
    let sound = |filled: &check::ResolvedPolicy| filled.sound.then(|| policy(filled, drawn)).transpose();
    let policies = checked.policies.iter().map(sound).collect::<Result<_, _>>()?;
    let middle = Draw { uncertain: &checked.uncertain, world: &central };
    let policy_shocks = checked.policies.iter().map(|filled| shocks(filled, middle)).collect::<Result<_, _>>()?;
    let (least, central, greatest) = (world(&least)?, world(&central)?, world(&greatest)?);
    let (years, selected) = (checked.top.years, checked.top.policies.clone());
    Ok(CornerCases { least, central, greatest, policies, policy_shocks, selected, years, years_from })
}

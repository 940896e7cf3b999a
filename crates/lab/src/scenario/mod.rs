//! From text to truth: scenario files, `extends`, every problem found at once.
//!
//! A file is read into a tree that remembers where each part stands (`tree`), laid over the files it extends
//! (`merge`), changed by the command line (`change`), its policies made of one another (`inherit`), arms made that
//! go without some of their mitigations (`ablation`) or under which one organisation begins with more (`head_start`), and
//! checked against the catalogue (`check`). What comes out has every default filled in.

mod ablation;
mod built_in;
pub mod catalogue;
mod change;
pub mod claim;
mod check;
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
pub mod schema;
mod text;
mod tree;

use std::path::PathBuf;

use toml::Value as Toml;
use toml::map::Map;

use crate::scenario::check::{Checked, CornerCases, Merged, Removed, YearsFrom, check, check_consistency};
use crate::scenario::claim::Claim;
use crate::scenario::diagnostic::FileRule;
use crate::scenario::diagnostics::Diagnostics;
use crate::scenario::load::{Found, Origin};
use crate::scenario::values::{Draw, ResolvedSection, ResolvedValue};
use hubsim_model::inputs::{FUNDER, Setup, Shock};
use hubsim_model::policy::levers::Policy;

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
    /// The selected policies, in order, never empty.
    pub policies: Vec<String>,
    /// What it claims, in order.
    pub claims: Vec<Claim>,
    /// Every number that is given as a distribution, sorted by key.
    pub uncertain: Vec<Uncertain>,
    resolved: Resolved,
}

/// What the structs of the model are made of.
#[derive(Clone, Debug, PartialEq)]
struct Resolved {
    world: ResolvedSection,
    parameters: Vec<ResolvedSection>,
    entities: Vec<Vec<ResolvedSection>>,
    policies: Vec<check::ResolvedPolicy>,
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

    /// What a trial starts from in one world: `world[i]` is the value of `uncertain[i]`. Values are clamped to
    /// their key's bounds and whole ones rounded; one that is missing takes the distribution's central value. Funders
    /// that are not governed have the grant levers of the policy they name.
    pub fn setup(&self, world: &[f64]) -> Setup {
        let Resolved { world: top, parameters, entities, policies } = &self.resolved;
        let drawn = Draw { uncertain: &self.uncertain, world };
        let mut setup = setup(top, parameters, entities, drawn)
            .expect("it was converted once when it was checked, and no number changes its type");
        for funder in setup.funder.iter_mut().filter(|funder| !funder.governed) {
            let own = policies.iter().find(|policy| policy.name == funder.policy);
            if let Some(Ok(own)) = own.map(|filled| policy(filled, drawn)) {
                funder.grants = own.grants;
            }
        }
        setup
    }

    /// The same under a selected policy: with the shocks that strike under that policy only, and with its head start.
    pub fn setup_under(&self, policy: &str, world: &[f64]) -> Setup {
        let mut setup = self.setup(world);
        if let Some(filled) = self.selected(policy) {
            let drawn = Draw { uncertain: &self.uncertain, world };
            let shocks = shocks(filled, drawn);
            setup.shock.extend(shocks.expect("they were converted once when they were checked"));
            setup.head_start = head_start(filled, drawn);
        }
        setup
    }

    /// A selected policy in one world.
    pub fn policy(&self, name: &str, world: &[f64]) -> Option<Policy> {
        policy(self.selected(name)?, Draw { uncertain: &self.uncertain, world }).ok()
    }

    /// What a selected policy is about; may be empty.
    pub fn policy_description(&self, name: &str) -> Option<&str> {
        self.selected(name).map(|policy| policy.description.as_str())
    }

    fn selected(&self, name: &str) -> Option<&check::ResolvedPolicy> {
        let selected = self.policies.iter().any(|selected| selected == name);
        self.resolved.policies.iter().find(|policy| selected && policy.name == name)
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
    ablation::expand(&mut root, (!levers_set(changes)).then_some(start), &removed, &mut notes);
    head_start::expand(&mut root, Some(start), &removed, &mut notes);
    let years_from = years_from(changes);
    let checked = check(Merged { root: &root, start, removed: &removed, years_from }, &mut notes);
    if let Ok(worlds) = worlds(&checked, years_from) {
        check_consistency(&worlds, &root, start, &mut notes);
    }
    let scenario = assemble(checked);
    if notes.count() == 0 {
        agree(&scenario).map_err(|error| of_file(FileRule::Disagreement { error: error.to_string() }))?;
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

/// Whether the command line changes policies.
fn levers_set(changes: &Changes) -> bool {
    changes.set.iter().any(|set| set.split(['.', '=']).next().is_some_and(|key| key.trim() == "policy"))
}

/// The scenario with its selected policies and those that funders follow, and the uncertain numbers that these and the
/// world use.
fn assemble(checked: Checked) -> Scenario {
    let Checked { top, world, parameters, entities, policies, claims, mut uncertain } = checked;
    let mut names = top.policies.clone();
    for funder in entities.iter().flatten().filter(|filled| filled.section.name == FUNDER.name) {
        match funder.field("policy") {
            Some(ResolvedValue::Word(name)) if !names.contains(name) => names.push(name.clone()),
            _ => {}
        }
    }
    let policies: Vec<_> =
        names.iter().filter_map(|name| policies.iter().find(|policy| policy.name == *name).cloned()).collect();
    uncertain.retain(|uncertain| {
        let own = |policy: &check::ResolvedPolicy| policy.parts().any(|filled| filled.draws(&uncertain.key));
        !uncertain.key.starts_with("policy.") || policies.iter().any(own)
    });
    Scenario {
        name: top.name,
        description: top.description,
        years: top.years,
        seed: top.seed,
        replicates: top.replicates,
        policies: top.policies,
        claims,
        uncertain,
        resolved: Resolved { world, parameters, entities, policies },
    }
}

/// What the model does not take of values that agree with the catalogue.
type ModelMismatch = toml::de::Error;

/// Whether the catalogue and the model's structs agree; a test sees to it that they do.
fn agree(scenario: &Scenario) -> Result<(), ModelMismatch> {
    let drawn = Draw { uncertain: &scenario.uncertain, world: &[] };
    let resolved = &scenario.resolved;
    setup(&resolved.world, &resolved.parameters, &resolved.entities, drawn)?;
    let policies = &scenario.resolved.policies;
    policies.iter().try_for_each(|filled| policy(filled, drawn).and(shocks(filled, drawn)).map(drop))
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
        setup(&checked.world, &checked.parameters, &checked.entities, drawn)
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

fn setup(
    world: &ResolvedSection,
    parameters: &[ResolvedSection],
    entities: &[Vec<ResolvedSection>],
    drawn: Draw,
) -> Result<Setup, ModelMismatch> {
    let mut table = world.table(drawn);
    for filled in parameters {
        table.insert(filled.section.name.to_owned(), Toml::Table(filled.table(drawn)));
    }
    for list in entities {
        if let Some(first) = list.first() {
            let rows = list.iter().map(|filled| Toml::Table(filled.table(drawn))).collect();
            table.insert(first.section.name.to_owned(), Toml::Array(rows));
        }
    }
    Toml::Table(table).try_into()
}

/// The shocks that strike under one policy only.
fn shocks(filled: &check::ResolvedPolicy, drawn: Draw) -> Result<Vec<Shock>, ModelMismatch> {
    let shock = |shock: &ResolvedSection| Toml::Table(shock.table(drawn)).try_into();
    filled.shocks.iter().map(shock).collect()
}

/// How much more one organisation begins with under a policy.
fn head_start(filled: &check::ResolvedPolicy, drawn: Draw) -> f64 {
    let table = filled.start.table(drawn);
    table.get("more").and_then(Toml::as_float).unwrap_or(0.0)
}

fn policy(filled: &check::ResolvedPolicy, drawn: Draw) -> Result<Policy, ModelMismatch> {
    let mut table = Map::new();
    table.insert("name".to_owned(), Toml::String(filled.name.clone()));
    for levers in &filled.levers {
        let part = levers.section.name.strip_prefix("policy.").unwrap_or(levers.section.name);
        table.insert(part.to_owned(), Toml::Table(levers.table(drawn)));
    }
    Toml::Table(table).try_into()
}

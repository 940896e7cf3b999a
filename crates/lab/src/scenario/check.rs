//! Validation of a merged tree against the catalogue: reports all problems and fills in all defaults.

mod arm;
mod claim;
mod contrast;
mod ladder;
mod contradiction;
mod name;
mod section;
mod consistency;
mod top;
mod warning;

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::arm::{Arm, Setting};
use crate::scenario::arm_keys::ArmTable;
use crate::scenario::check::claim::Horizon;
use crate::scenario::check::consistency::ConsistencyChecker;
use crate::scenario::check::contradiction::contradictions;
use crate::scenario::check::ladder::LadderContext;
use crate::scenario::check::warning::warnings;
use crate::scenario::claim::Claim;
use crate::scenario::diagnostic::Violation;
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::distribution::Uncertain;
use crate::scenario::ladder::Ladder;
use crate::scenario::tree::{NodeValue, Table};
use crate::scenario::values::ResolvedSection;
use hubsim_model::inputs::{ENTITIES, WORLD};
use hubsim_model::mechanisms::SECTIONS;

pub(super) use consistency::{ArmWorld, CornerCases};
pub use contrast::ShownContrast;
pub use name::scenario_name;
pub(super) use section::Given;
pub(super) use top::Top;

/// Names that were removed from the named lists, by list: maps of a base may still mention them.
pub(super) type Removed = BTreeMap<String, BTreeSet<String>>;

/// Names that a scenario defines, by list.
type Names = BTreeMap<&'static str, BTreeSet<String>>;

/// A policy that agrees with the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ResolvedPolicy {
    pub name: String,
    pub description: String,
    /// One for each of [`crate::scenario::catalogue::LEVERS`].
    pub levers: Vec<ResolvedSection>,
    /// The head start under it: [`crate::scenario::catalogue::START`].
    pub start: ResolvedSection,
    /// Shocks that occur only under it.
    pub shocks: Vec<ResolvedSection>,
    /// Whether no problem was reported so far: only then its levers are checked for consistency.
    pub is_valid: bool,
}

impl ResolvedPolicy {
    /// All sections with its numbers.
    pub fn parts(&self) -> impl Iterator<Item = &ResolvedSection> {
        self.levers.iter().chain([&self.start]).chain(&self.shocks)
    }
}

/// A scenario that agrees with the catalogue, part by part.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub top: Top,
    pub world: ResolvedSection,
    pub parameters: Vec<ResolvedSection>,
    /// One list for each of [`ENTITIES`].
    pub entities: Vec<Vec<ResolvedSection>>,
    pub policies: Vec<ResolvedPolicy>,
    pub claims: Vec<Claim>,
    pub contrasts: Vec<ShownContrast>,
    /// The ladders that run.
    pub ladders: Vec<Ladder>,
    /// The policies of their rungs that are none of the scenario's.
    pub rungs: Vec<ResolvedPolicy>,
    /// What the arms that set keys set beside levers, by label.
    pub settings: BTreeMap<String, Vec<Setting>>,
    /// Sorted by key.
    pub uncertain: Vec<Uncertain>,
}

impl Checked {
    /// What an arm sets beside the levers of its policy: an arm of this label, without anything set for any other label.
    pub(super) fn arm(&self, label: &str) -> Arm {
        let settings = self.settings.get(label).cloned().unwrap_or_default();
        Arm { settings, ..Arm::new(label) }
    }
}

/// Reads a merged tree against the catalogue.
pub(super) struct Checker<'a> {
    diagnostics: &'a mut Diagnostics,
    /// Names that the scenario defines, by list.
    pub names: Names,
    /// Names that were removed from the lists.
    pub removed: &'a Removed,
    /// The distributions read so far.
    pub uncertain: Vec<Uncertain>,
    /// Whether some text could not be read: then nothing is reported as missing.
    pub partial: bool,
    /// Whether the scenario is resolved: it contains all that it inherited, with the selected policies only.
    pub resolved: bool,
}

impl<'a> Checker<'a> {
    /// A checker of a scenario that defines the names `names` and removed the names `removed`.
    pub fn new(diagnostics: &'a mut Diagnostics, names: Names, removed: &'a Removed) -> Checker<'a> {
        let partial = diagnostics.incomplete();
        Checker { diagnostics, names, removed, uncertain: Vec::new(), partial, resolved: false }
    }

    /// Reports that a rule does not hold at a span.
    pub fn report<V: Violation>(&mut self, span: Span, violation: V) {
        self.diagnostics.report(span, violation);
    }

    /// How many diagnostics there are so far.
    pub fn count(&self) -> usize {
        self.diagnostics.count()
    }

    /// Whether further diagnostics are not kept any more.
    pub fn full(&self) -> bool {
        self.diagnostics.full()
    }
}

/// Where the number of years is set. If on the command line, years after the last one are no mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearsFrom {
    /// The scenario.
    Scenario,
    /// The command line.
    CommandLine,
}

/// A merged tree with its context.
#[derive(Clone, Copy)]
pub(super) struct Merged<'a> {
    pub root: &'a Table,
    /// Where the scenario's own text begins.
    pub start: Span,
    pub removed: &'a Removed,
    /// The arms that set keys.
    pub arms: &'a [&'a ArmTable],
    pub years_from: YearsFrom,
    /// Whether the command line changes policies.
    pub levers_set: bool,
}

/// Checks a merged tree and reports all problems; wrong numbers become [`Amount::Invalid`](crate::scenario::values::Amount).
pub(super) fn check(merged: Merged, diagnostics: &mut Diagnostics) -> Checked {
    let Merged { root, start, removed, arms, years_from, levers_set } = merged;
    let mut checker = Checker::new(diagnostics, defined(root), removed);
    checker.resolved = resolved(root);
    checker.known_at_top(root);
    let top = checker.top(root, start);
    let world: Table = root
        .iter()
        .filter(|(key, _)| WORLD.spec(key).is_some())
        .map(|(key, entry)| (key.clone(), entry.clone()))
        .collect();
    let world = checker.fill(&WORLD, Given { table: &world, span: start, path: "", others: &[] });
    let parameters = SECTIONS.iter().map(|section| checker.parameters(section, root, start)).collect();
    let entities = ENTITIES.iter().map(|section| checker.entities(section, root)).collect();
    let policies = checker.policies(root);
    let settings = arms.iter().map(|arm| (arm.name.clone(), checker.settings(arm, start))).collect();
    let horizon = Horizon { start, years: top.years, years_from };
    let claims = checker.claims(root, horizon);
    let contrasts = checker.contrasts(root);
    let mut uncertain = std::mem::take(&mut checker.uncertain);
    uncertain.sort_by(|a, b| a.key.cmp(&b.key));
    let strict = (!levers_set).then_some(start);
    let context = LadderContext { top: &top, policies: &policies, settings: &settings, uncertain: &uncertain, strict };
    let (ladders, rungs) = checker.ladders(root, context);
    Checked { top, world, parameters, entities, policies, claims, contrasts, ladders, rungs, settings, uncertain }
}

/// Reports which parts of a scenario do not go together; nothing if some text could not be read in full.
pub(super) fn check_consistency(cases: &CornerCases, root: &Table, start: Span, diagnostics: &mut Diagnostics) {
    if diagnostics.incomplete() {
        return;
    }
    let mut checker = ConsistencyChecker::new(diagnostics, root, start);
    checker.lists(cases);
    // What is wrong in the scenario is not reported again for each of its arms.
    if checker.diagnostics.count() == 0 {
        checker.arms(cases);
    }
    contradictions(&mut checker, cases);
    if checker.diagnostics.count() == 0 && !resolved(root) {
        warnings(&mut checker, cases);
    }
}

/// Whether a scenario is marked as resolved.
pub(super) fn resolved(root: &Table) -> bool {
    root.get("resolved").is_some_and(|entry| matches!(entry.node.value, NodeValue::Flag(true)))
}

/// The names that each named list of the scenario defines.
fn defined(root: &Table) -> Names {
    let names = |list: &'static str| {
        let nodes = root.get(list).and_then(|entry| entry.node.list()).unwrap_or(&[]);
        (list, nodes.iter().filter_map(|node| node.name().map(str::to_owned)).collect())
    };
    let regions = root.get("region").and_then(|entry| entry.node.list()).unwrap_or(&[]);
    let groups = regions.iter().filter_map(|node| node.get("group")?.text()).filter(|group| !group.is_empty());
    let groups = ("group", groups.map(str::to_owned).collect());
    ENTITIES.iter().map(|section| section.name).chain(["policy"]).map(names).chain([groups]).collect()
}

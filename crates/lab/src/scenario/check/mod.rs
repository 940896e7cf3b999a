//! The merged tree against the catalogue: every problem, and every default filled in.

mod claim;
mod contradiction;
mod field;
mod name;
mod number;
mod section;
mod sense;
mod top;

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::check::claim::Horizon;
use crate::scenario::claim::Claim;
use crate::scenario::distribution::Uncertain;
use crate::scenario::filled::Filled;
use crate::scenario::source::{Notes, Place};
use crate::scenario::tree::Table;
use hubsim_model::inputs::{ENTITIES, WORLD};
use hubsim_model::mechanisms::SECTIONS;

pub use name::scenario_name;
pub(super) use sense::{Worlds, make_sense};
pub(super) use top::Top;

/// Names that were removed from the named lists, by list: maps of a base may still mention them.
pub(super) type Removed = BTreeMap<String, BTreeSet<String>>;

/// A policy that agrees with the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PolicyFilled {
    pub name: String,
    pub description: String,
    /// One for each of [`crate::scenario::catalogue::LEVERS`].
    pub levers: Vec<Filled>,
    /// What one organisation begins with under it: [`crate::scenario::catalogue::START`].
    pub start: Filled,
    /// What strikes under it only.
    pub shocks: Vec<Filled>,
    /// Whether nothing was wrong with it so far: only then do its levers say what was meant.
    pub sound: bool,
}

impl PolicyFilled {
    /// All sections with its numbers.
    pub fn parts(&self) -> impl Iterator<Item = &Filled> {
        self.levers.iter().chain([&self.start]).chain(&self.shocks)
    }
}

/// A scenario that agrees with the catalogue, part by part.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub top: Top,
    pub world: Filled,
    pub parameters: Vec<Filled>,
    /// One list for each of [`ENTITIES`].
    pub entities: Vec<Vec<Filled>>,
    pub policies: Vec<PolicyFilled>,
    pub claims: Vec<Claim>,
    /// Sorted by key.
    pub uncertain: Vec<Uncertain>,
}

/// Reads a merged tree against the catalogue.
struct Checker<'a> {
    notes: &'a mut Notes,
    /// Names that the scenario defines, by list.
    names: BTreeMap<&'static str, BTreeSet<String>>,
    removed: &'a Removed,
    uncertain: Vec<Uncertain>,
    /// Whether some text could not be read: then nothing is said to be missing.
    partial: bool,
}

/// Checks a merged tree. Problems go to the notes; a number that is wrong becomes one that compares with nothing.
/// `shortened` says whether the years are the command line's.
pub(super) fn check(root: &Table, start: Place, removed: &Removed, shortened: bool, notes: &mut Notes) -> Checked {
    let partial = notes.partial();
    let mut checker = Checker { notes, names: defined(root), removed, uncertain: Vec::new(), partial };
    checker.known_at_top(root);
    let top = checker.top(root, start);
    let world: Table = root
        .iter()
        .filter(|(key, _)| WORLD.spec(key).is_some())
        .map(|(key, entry)| (key.clone(), entry.clone()))
        .collect();
    let world = checker.fill(&WORLD, &world, start, "", &[]);
    let parameters = SECTIONS.iter().map(|section| checker.parameters(section, root, start)).collect();
    let entities = ENTITIES.iter().map(|section| checker.entities(section, root)).collect();
    let policies = checker.policies(root);
    let horizon = Horizon { start, years: top.years, shortened, resolved: claim::resolved(root) };
    let claims = checker.claims(root, horizon);
    let mut uncertain = std::mem::take(&mut checker.uncertain);
    uncertain.sort_by(|a, b| a.key.cmp(&b.key));
    Checked { top, world, parameters, entities, policies, claims, uncertain }
}

/// The names that each named list of the scenario defines.
fn defined(root: &Table) -> BTreeMap<&'static str, BTreeSet<String>> {
    let names = |list: &'static str| {
        let nodes = root.get(list).and_then(|entry| entry.node.list()).unwrap_or(&[]);
        (list, nodes.iter().filter_map(|node| node.name().map(str::to_owned)).collect())
    };
    ENTITIES.iter().map(|section| section.name).chain(["policy"]).map(names).collect()
}

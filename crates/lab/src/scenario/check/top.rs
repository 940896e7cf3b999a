//! The scenario's own keys: name, description, years, seed, replicates, worlds, policies, resolved.

use crate::scenario::catalogue::SCENARIO;
use crate::scenario::check::{Checker, Given};
use crate::scenario::diagnostics::Span;
use crate::scenario::ladder::LadderScope;
use crate::scenario::tree::{Node, Table};
use crate::scenario::values::ResolvedValue;

/// The scenario's own keys.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) struct Top {
    pub name: String,
    pub description: String,
    pub years: u32,
    pub seed: u64,
    pub replicates: u32,
    pub replicates_per_world: u32,
    pub require_all: bool,
    pub ladders: LadderScope,
    /// The selected policies that exist.
    pub policies: Vec<String>,
}

impl Checker<'_> {
    /// The scenario's own keys. `start` is where the file begins, for what is missing.
    pub(super) fn top(&mut self, root: &Table, start: Span) -> Top {
        let own: Table = root
            .iter()
            .filter(|(key, _)| SCENARIO.spec(key).is_some())
            .map(|(key, entry)| (key.clone(), entry.clone()))
            .collect();
        let filled = self.fill(&SCENARIO, Given { table: &own, span: start, path: "", others: &[] });
        if let Some(name) = root.get("name") {
            self.own_name(&name.node);
        }
        let text = |key: &str| filled.word(key).unwrap_or("").to_owned();
        // Whole and within bounds, so the conversion is exact; a key that is wrong has its default.
        let count = |key: &str| filled.number(key).unwrap_or(1.0) as u32;
        let seed = match filled.field("seed") {
            Some(ResolvedValue::Seed(seed)) => *seed,
            _ => 1,
        };
        let policies = match filled.field("policies") {
            Some(ResolvedValue::Words(selected)) => selected.clone(),
            _ => {
                let all = root.get("policy").and_then(|entry| entry.node.list()).unwrap_or(&[]);
                all.iter().filter_map(Node::name).map(str::to_owned).collect()
            }
        };
        Top {
            name: text("name"),
            description: text("description"),
            years: count("years"),
            seed,
            replicates: count("replicates"),
            replicates_per_world: count("replicates_per_world"),
            ladders: LadderScope::named(filled.word("ladders").unwrap_or("")),
            require_all: filled.word("require") == Some("all"),
            policies,
        }
    }
}

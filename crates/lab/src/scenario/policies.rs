//! The policies of the built-in scenarios, and their differences from the policies that they extend.

use std::sync::OnceLock;

use crate::scenario::ablation;
use crate::scenario::arm_keys::SetKey;
use crate::scenario::arm_table;
use crate::scenario::built_in::{BASE, BUILT_IN, BuiltIn};
use crate::scenario::catalogue::{LEVERS, START};
use crate::scenario::check::Removed;
use crate::scenario::declared::Declared;
use crate::scenario::diagnostics::{Diagnostics, Span};
use crate::scenario::files::Disk;
use crate::scenario::head_start;
use crate::scenario::inherit::inherit;
use crate::scenario::kind::kind_of;
use crate::scenario::load::{Origin, ScenarioSource, chain};
use crate::scenario::merge::{SHOCKS, merge};
use crate::scenario::node_text::text;
use crate::scenario::tree::{Node, Table};
use hubsim_model::catalogue::Section;

/// A policy that a built-in scenario defines.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyDescription {
    /// Its name.
    pub name: String,
    /// The scenario whose file defines it; those that extend that one have it too.
    pub scenario: &'static str,
    /// Its description, or the comment above it in the file; may be empty.
    pub about: String,
    /// The policy that it extends or from which it is derived; none if all other levers have their defaults.
    pub extends: Option<String>,
    /// The differences from that policy.
    pub differs: Vec<Difference>,
}

/// A lever with different values in two policies, as files write them.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// `hubs.share`; `shock` and `head_start.more` for what is no lever; the path of what an arm sets in another world.
    pub lever: String,
    /// Its value under the policy.
    pub here: String,
    /// Its value under the other policy, or its default.
    pub there: String,
}

/// Every policy of the built-in scenarios, those of the base first; derived arms last in each scenario.
pub fn describe_all() -> &'static [PolicyDescription] {
    static ALL: OnceLock<Vec<PolicyDescription>> = OnceLock::new();
    ALL.get_or_init(|| [&BASE].into_iter().chain(BUILT_IN).flat_map(of_scenario).collect())
}

/// The policies that a scenario's own file defines.
fn of_scenario(scenario: &'static BuiltIn) -> Vec<PolicyDescription> {
    let (mut diagnostics, mut removed) = (Diagnostics::default(), Removed::new());
    let (origin, name) = (Origin::BuiltIn(scenario.name), scenario.name.to_owned());
    let found = ScenarioSource { origin, name, text: scenario.text.to_owned() };
    let (trees, start) = chain(found, &Disk, &mut diagnostics);
    let mut root = merge(trees, &mut removed, &mut diagnostics);
    inherit(&mut root, &mut diagnostics);
    let mut declared = ablation::expand(&mut root, None, &removed, &mut diagnostics);
    declared.extend(head_start::expand(&mut root, None, &removed, &mut diagnostics));
    declared.extend(arm_table::expand(&mut root, &removed, &mut diagnostics).into_iter().map(Declared::setting));
    let all = root.get("policy").and_then(|entry| entry.node.list()).unwrap_or(&[]);
    let own = all.iter().filter(|node| node.span.same_file(start));
    own.filter_map(|node| {
        let arm = declared.iter().find(|arm| node.name() == Some(&arm.label));
        describe(node, arm, (all, scenario), &diagnostics)
    })
    .collect()
}

fn describe(
    node: &Node,
    arm: Option<&Declared>,
    (all, scenario): (&[Node], &'static BuiltIn),
    diagnostics: &Diagnostics,
) -> Option<PolicyDescription> {
    let (name, table) = (node.name()?, node.table()?);
    let extends = arm.map(|arm| arm.from.as_str()).or(node.get("extends").and_then(Node::text));
    let below = extends.and_then(|below| all.iter().find(|node| node.name() == Some(below))).and_then(Node::table);
    let about = match node.get("description").and_then(Node::text) {
        Some(text) => text.to_owned(),
        None => above(diagnostics, node.span),
    };
    let mut differs = differences(table, below);
    // Levers that are set are in the arm's copy of the policy.
    let set = arm.and_then(Declared::table).map_or(&[] as &[SetKey], |arm| &arm.set);
    differs.extend(set.iter().filter(|key| key.lever().is_none() || key.is_change()).map(|key| Difference {
        lever: key.written(),
        here: key.value_text(),
        there: "the scenario's".to_owned(),
    }));
    Some(PolicyDescription {
        name: name.to_owned(),
        scenario: scenario.name,
        about,
        extends: extends.map(str::to_owned),
        differs,
    })
}

/// The comment right above a place.
fn above(diagnostics: &Diagnostics, span: Span) -> String {
    let mut lines: Vec<&str> =
        diagnostics.before(span).lines().rev().map_while(|line| line.strip_prefix("# ")).collect();
    lines.reverse();
    lines.join(" ")
}

/// The differences of a policy from another one, or from the defaults.
fn differences(table: &Table, below: Option<&Table>) -> Vec<Difference> {
    let levers = |section: &'static Section| {
        let part = section.name.strip_prefix("policy.").unwrap_or(section.name);
        section.specs.iter().map(move |spec| (part, spec))
    };
    let mut differs = Vec::new();
    for (part, spec) in LEVERS.iter().chain([&START]).flat_map(levers) {
        let of = |table: Option<&Table>| match table.and_then(|table| table.get(part)?.node.get(spec.key)) {
            Some(node) => text(node),
            None => kind_of(&spec.kind).default_text(),
        };
        differs.extend(difference(format!("{part}.{}", spec.key), of(Some(table)), of(below)));
    }
    let shocks = |table: Option<&Table>| {
        table.and_then(|table| table.get(SHOCKS)).map_or_else(|| "none".to_owned(), |entry| text(&entry.node))
    };
    differs.extend(difference(SHOCKS.to_owned(), shocks(Some(table)), shocks(below)));
    differs
}

fn difference(lever: String, here: String, there: String) -> Option<Difference> {
    (here != there).then_some(Difference { lever, here, there })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Changes, Scenario};

    #[test]
    fn every_policy_of_the_built_in_scenarios_is_described_once() {
        let descriptions = describe_all();
        for built_in in BUILT_IN {
            let scenario = Scenario::find(built_in.name, &Changes::default()).expect("a valid scenario");
            for policy in &scenario.policies {
                assert!(descriptions.iter().any(|of| of.name == *policy), "{policy}");
            }
        }
        for (at, one) in descriptions.iter().enumerate() {
            let same = |other: &&PolicyDescription| (&other.name, other.scenario) == (&one.name, one.scenario);
            assert!(!descriptions[..at].iter().any(|other| same(&other)), "{} of {} twice", one.name, one.scenario);
            assert_eq!(one.extends.is_none(), one.name == "status-quo", "{}", one.name);
            assert!(!one.differs.is_empty(), "{} does not differ", one.name);
        }
    }

    #[test]
    fn a_policy_differs_from_the_one_it_extends() {
        let descriptions = describe_all();
        let of = |name: &str| descriptions.iter().find(|of| of.name == name).unwrap_or_else(|| panic!("no {name}"));
        let one = |lever: &str, here: &str, there: &str| Difference {
            lever: lever.to_owned(),
            here: here.to_owned(),
            there: there.to_owned(),
        };
        let longer = of("longer-grants");
        assert_eq!(longer.differs, [one("grants.years", "3", "1")]);
        assert_eq!((longer.extends.as_deref(), longer.scenario), (Some("status-quo"), "base"));
        assert!(longer.about.starts_with("Grants for three years instead of one"), "{}", longer.about);
        let pilots = of("thematic-hubs without pilots");
        assert_eq!(pilots.differs, [one("hubs.pilots", "0", "2")]);
        assert!(pilots.about.starts_with("As thematic-hubs, but: "), "{}", pilots.about);
        let start = of("status-quo with a head start");
        assert_eq!(start.differs, [one("head_start.more", "0.5", "0")]);
        let hubs = of("thematic-hubs");
        assert!(hubs.differs.contains(&one("hubs.kind", "\"thematic\"", "\"none\"")), "{hubs:#?}");
        let interrupted = of("thematic-hubs-interrupted");
        assert_eq!(interrupted.differs, [one("shock", "[{ hubs = 0, year = 8 }]", "none")]);
        assert_eq!((of("equal-shares").scenario, of("project-funding").scenario), ("wikimedia-2013", "wikimedia-2023"));
    }
}

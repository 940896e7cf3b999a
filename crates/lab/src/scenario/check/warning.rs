//! Warnings: what a scenario says is valid, but does not do what it seems to. Only what the scenario itself says is warned
//! of, not what it inherits.

use std::collections::BTreeMap;

use crate::scenario::Scenario;
use crate::scenario::catalogue::LEVERS;
use crate::scenario::check::consistency::{ConsistencyChecker, CornerCases, ROUNDING};
use crate::scenario::diagnostic::WarningRule;
use crate::scenario::diagnostics::Span;
use crate::scenario::distribution::Uncertain;
use crate::scenario::key_path;
use crate::scenario::surroundings::surroundings;
use crate::scenario::tree::Node;
use hubsim_model::inputs::{Funder, Inputs};
use hubsim_model::policy::levers::{Gate, GrantLevers, HubKind, LeverId, OrganisationKind, Policy};
use hubsim_model::policy::preconditions::unmet;

/// A set of parameters that act only under some policies.
struct Conditional {
    section: &'static str,
    of: fn(&str) -> bool,
    holds: fn(&Policy) -> bool,
    otherwise: &'static str,
}

/// Parameters that nothing feels unless a policy has what they are about; a test sees to it that they are not felt.
const CONDITIONAL: [Conditional; 4] = [
    Conditional {
        section: "regranting",
        of: |_| true,
        holds: |policy| policy.hubs.kind.regional(),
        otherwise: "no arm that runs has regional hubs",
    },
    Conditional {
        section: "gate",
        of: |_| true,
        holds: |policy| policy.governance.gate != Gate::None,
        otherwise: "no arm that runs has a gate",
    },
    Conditional {
        section: "mandates",
        of: |key| key != "prestige_weight",
        holds: |policy| policy.hubs.kind != HubKind::None,
        otherwise: "no arm that runs has hubs",
    },
    Conditional {
        section: "capacity",
        of: |key| key.starts_with("hub_"),
        holds: |policy| policy.hubs.kind != HubKind::None,
        otherwise: "no arm that runs has hubs",
    },
];

/// Warns of all that is valid and idle.
pub(super) fn warnings(checker: &mut ConsistencyChecker, cases: &CornerCases) {
    let running: Vec<Running> = running(checker, cases);
    idle_levers(checker, &running, cases.years);
    for of in &running {
        without_extends(checker, cases, of);
        hub_cap(checker, cases, of);
        grant_cap(checker, of);
    }
    idle_numbers(checker, cases, &running);
    funders(checker, cases, &running);
    arms(checker, cases);
}

/// A policy that runs, and its world.
struct Running<'a> {
    node: &'a Node,
    policy: &'a Policy,
    inputs: &'a Inputs,
}

fn running<'a>(checker: &ConsistencyChecker<'a>, cases: &'a CornerCases) -> Vec<Running<'a>> {
    let nodes = checker.nodes("policy").into_iter().zip(&cases.policies);
    let of = |(node, policy): (&'a Node, &'a Option<Policy>)| {
        let policy = policy.as_ref().filter(|policy| cases.selected.contains(&policy.name))?;
        Some(Running { node, policy, inputs: cases.central_of(&policy.name) })
    };
    nodes.filter_map(of).collect()
}

/// Levers that are set and have no effect under any policy that runs and has them.
fn idle_levers(checker: &mut ConsistencyChecker, running: &[Running], years: u32) {
    // By place: a lever that several policies inherit is one.
    let mut found: BTreeMap<Span, (String, &str, Option<&str>)> = BTreeMap::new();
    for Running { node, policy, inputs } in running {
        for section in LEVERS {
            let part = section.name.strip_prefix("policy.").unwrap_or(section.name);
            let Some(table) = node.get(part).and_then(Node::table) else { continue };
            for (key, entry) in table {
                let Some(lever) = LeverId::find(part, key).filter(|_| checker.own(entry.key)) else { continue };
                // At its default a lever is switched off, and says so.
                if policy.get(lever) == Policy::default().get(lever) {
                    continue;
                }
                let reason = unmet(policy, surroundings(inputs, years), part, key);
                let known = found.entry(entry.key).or_insert((format!("{part}.{key}"), &policy.name, reason));
                known.2 = known.2.and(reason);
            }
        }
    }
    for (span, (lever, policy, reason)) in found {
        if let Some(reason) = reason {
            checker.diagnostics.warn(span, WarningRule::IdleLever { lever: &lever, policy, reason });
        }
    }
}

/// A new policy without `extends` has the default of every lever that it does not set, and differs in all of them.
fn without_extends(checker: &mut ConsistencyChecker, cases: &CornerCases, Running { node, policy, .. }: &Running) {
    let new = node.table().is_some_and(|table| table.values().all(|entry| checker.own(entry.key)));
    let made = cases.derived.contains(&policy.name);
    let extends = node.get("extends").is_some();
    if new && !made && !extends && checker.extends() && checker.nodes("policy").len() > 1 {
        checker.diagnostics.warn(node.span_of(&["name"]), WarningRule::NoExtends { policy: &policy.name });
    }
}

/// A cap on each hub that leaves over what is set aside for hubs, even when all seats are taken.
fn hub_cap(checker: &mut ConsistencyChecker, cases: &CornerCases, Running { node, policy, inputs }: &Running) {
    let hubs = &policy.hubs;
    let themes = if hubs.kind.thematic() { inputs.theme.len() } else { 0 };
    let regions = if hubs.kind.regional() { inputs.region.len() } else { 0 };
    let seats = ((themes + regions) as f64).min(hubs.hubs_at_most.bound(cases.years));
    let share = (1..=cases.years).map(|year| hubs.share.at(year)).fold(0.0, f64::max);
    let (cap, most) = (hubs.hub_cap, hubs.hub_cap * seats);
    let given = ["hub_cap", "share"].into_iter().filter_map(|key| Some(node.get("hubs")?.get(key)?.span));
    let place = given.into_iter().find(|at| checker.own(*at));
    if let Some(span) = place.filter(|_| most > 0.0 && most < share - ROUNDING) {
        checker.diagnostics.warn(span, WarningRule::HubCapBinds { policy: &policy.name, cap, seats, most, share });
    }
}

/// A cap on grants that leaves the pot over, even when all apply.
fn grant_cap(checker: &mut ConsistencyChecker, Running { node, policy, inputs }: &Running) {
    let pot: f64 = inputs.funder.iter().filter(|funder| funder.governed).map(|funder| funder.pot).sum();
    let pot = pot * (1.0 - policy.hubs.share.at(1)).max(0.0);
    let (cap, applicants) = (policy.grants.cap.bound(1), eligible(&policy.grants, inputs, None));
    if applicants > 0.0 && cap.is_finite() && cap * applicants < pot * ALMOST {
        let warning = WarningRule::CapBinds { policy: &policy.name, cap, applicants, pot };
        checker.warn_own(node.span_of(&["grants", "cap"]), warning);
    }
}

/// A cap that leaves less than this share over is none to warn of: pots move from year to year.
const ALMOST: f64 = 0.9;

/// How many organisations of year 0 may apply for grants under some levers, from the regions of a funder.
fn eligible(levers: &GrantLevers, inputs: &Inputs, funder: Option<&Funder>) -> f64 {
    let there = |region: &str| {
        funder.is_none_or(|funder| {
            funder.regions.values().all(|weight| *weight == 0.0)
                || funder.regions.get(region).is_some_and(|weight| *weight > 0.0)
        })
    };
    let may = inputs.organisation.iter().filter(|o| !o.inert && levers.kinds.contains(&o.kind) && there(&o.region));
    may.map(|organisation| organisation.count).sum()
}

/// Funders to which no organisation of year 0 may apply, and none that may form later.
fn funders(checker: &mut ConsistencyChecker, cases: &CornerCases, running: &[Running]) {
    let by_name = |name: &str| cases.policies.iter().flatten().find(|policy| policy.name == name);
    for Running { policy, inputs, .. } in running {
        let grown = inputs.parameters.affiliates.formation > 0.0;
        for (index, node) in checker.nodes("funder").into_iter().enumerate() {
            // An arm may leave a funder out.
            let Some(name) = cases.central.funder.get(index).map(|funder| funder.name.as_str()) else { continue };
            let Some(funder) = inputs.funder.iter().find(|funder| funder.name == name) else { continue };
            let default = GrantLevers::default();
            let levers = match funder.governed {
                true => &policy.grants,
                false => by_name(&funder.policy).map_or(&default, |policy| &policy.grants),
            };
            let later = [OrganisationKind::UserGroup, OrganisationKind::Chapter];
            let later = grown && later.iter().any(|kind| levers.kinds.contains(kind));
            if funder.pot > 0.0 && !later && eligible(levers, inputs, Some(funder)) == 0.0 {
                let span = node.span_of(&["name"]);
                let warning = WarningRule::NobodyApplies { funder: name, policy: &policy.name };
                checker.warn_own(span, warning);
            }
        }
    }
}

/// Uncertain numbers that no policy that runs can feel, or that are the same in every world.
fn idle_numbers(checker: &mut ConsistencyChecker, cases: &CornerCases, running: &[Running]) {
    for Uncertain { key, distribution, .. } in &cases.uncertain {
        let Some(span) = checker.place_of(key) else { continue };
        if distribution.least() == distribution.greatest() {
            checker.warn_own(span, WarningRule::NotUncertain { key, value: distribution.central() });
        }
        let policies: Vec<&Policy> = running.iter().map(|of| of.policy).collect();
        if let Some(reason) = why_idle(key, &policies) {
            checker.warn_own(span, WarningRule::IdleNumber { key, reason });
        }
    }
}

/// Why none of some policies can feel an uncertain number; none if one can.
fn why_idle(key: &str, policies: &[&Policy]) -> Option<&'static str> {
    let (section, name) = key.split_once('.')?;
    let idle = CONDITIONAL.iter().find(|of| of.section == section && (of.of)(name))?;
    (!policies.iter().any(|policy| (idle.holds)(policy))).then_some(idle.otherwise)
}

impl Scenario {
    /// The number of uncertain numbers that the arms that run can feel: the others are drawn, and change nothing.
    pub fn felt_numbers(&self) -> usize {
        let centre: Vec<f64> = self.uncertain.iter().map(|uncertain| uncertain.distribution.central()).collect();
        let policies: Vec<Policy> =
            self.arms().iter().filter_map(|arm| Some(self.inputs(arm, &centre).ok()?.1)).collect();
        let policies: Vec<&Policy> = policies.iter().collect();
        self.uncertain.iter().filter(|uncertain| why_idle(&uncertain.key, &policies).is_none()).count()
    }
}

/// Arms that do not run, and factors that a bound cuts.
fn arms(checker: &mut ConsistencyChecker, cases: &CornerCases) {
    for arm in &cases.arms {
        if !cases.selected.contains(&arm.name) {
            checker.warn_own(arm.span, WarningRule::IdleArm { arm: &arm.name });
        }
        if !arm.cut.is_empty() {
            checker.warn_own(arm.span, WarningRule::FactorCut { keys: &arm.cut });
        }
    }
}

impl ConsistencyChecker<'_> {
    /// Warns of something that the scenario itself says.
    fn warn_own(&mut self, span: Span, warning: WarningRule) {
        if self.own(span) {
            self.diagnostics.warn(span, warning);
        }
    }

    /// Where the value of a key is given.
    fn place_of(&self, key: &str) -> Option<Span> {
        let names = key_path::names(key);
        let (first, rest) = names.split_first()?;
        let mut node = &self.root().get(first)?.node;
        for name in rest {
            node = match node.list() {
                Some(list) => {
                    let number = || list.get(name.parse::<usize>().ok()?.checked_sub(1)?);
                    list.iter().find(|entry| entry.label() == Some(name)).or_else(number)?
                }
                None => node.get(name)?,
            };
        }
        Some(node.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::simulate;
    use crate::scenario::Changes;
    use crate::scenario::arm::{Arm, Setting};
    use hubsim_model::mechanisms::SECTIONS;

    #[test]
    fn numbers_that_no_policy_feels_are_not_counted() {
        let felt = |policies: &[&str]| {
            let policies = Some(policies.iter().map(|name| (*name).to_owned()).collect());
            let scenario = Scenario::find("small", &Changes { policies, ..Changes::default() }).expect("a built-in");
            scenario.uncertain.len() - scenario.felt_numbers()
        };
        assert_eq!(felt(&["status-quo", "both-clear"]), 0, "regional hubs, hubs and a gate");
        assert!(felt(&["status-quo"]) > felt(&["status-quo", "thematic-hubs"]));
        assert!(felt(&["status-quo", "thematic-hubs"]) > 0, "nobody re-grants");
    }

    /// What is said to be idle without hubs or gate is: at either end of its range, no bit of a trial changes.
    #[test]
    fn conditional_parameters_are_not_felt_under_the_status_quo() {
        let scenario = Scenario::find("small", &Changes::default()).expect("a built-in");
        let digest = |settings: Vec<Setting>| {
            let arm = Arm { settings, ..Arm::new("status-quo") };
            simulate(&scenario, &arm, 0).expect("an arm of the scenario").digest
        };
        let plain = digest(Vec::new());
        for idle in &CONDITIONAL {
            let section = SECTIONS.iter().find(|section| section.name == idle.section).expect("a section");
            let specs: Vec<_> = section.specs.iter().filter(|spec| (idle.of)(spec.key)).collect();
            assert!(!specs.is_empty(), "{}", idle.section);
            let ends = |pick: fn((f64, f64)) -> f64| {
                let number = specs.iter().filter_map(|spec| Some((spec.key, spec.number()?.range)));
                number.map(|(key, range)| Setting::new(format!("{}.{key}", section.name), pick(range))).collect()
            };
            assert_eq!(digest(ends(|range| range.0)), plain, "{}", idle.section);
            assert_eq!(digest(ends(|range| range.1)), plain, "{}", idle.section);
        }
    }
}

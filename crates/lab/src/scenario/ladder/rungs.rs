//! The policies of rungs: some levers as at the start of the ladder, some as at the end of their leg.

use std::collections::{BTreeMap, BTreeSet};

use super::climb::Lever;
use super::{LadderContrast, LadderScope};
use crate::scenario::arm::Subject;
use crate::scenario::check::ResolvedPolicy;
use crate::scenario::distribution::Uncertain;
use crate::scenario::values::{Amount, ResolvedSection, ResolvedValue};

/// A step with the levers that it takes at the end of a leg.
pub(in crate::scenario) struct Taken<'a> {
    pub name: String,
    pub levers: Vec<Lever>,
    /// The positions of the steps that it needs, all before it.
    pub needs: Vec<usize>,
    /// The policy at the end of its leg.
    pub end: &'a ResolvedPolicy,
    /// Whether its leg ends with it.
    pub last: bool,
}

/// Makes the rungs of the ladders of a scenario. Rungs with equal levers are one.
pub(in crate::scenario) struct Rungs<'a> {
    /// The policies that a rung may be: those that run, and those that ladders pass.
    pub known: Vec<&'a ResolvedPolicy>,
    /// The names that no other rung may have.
    pub names: BTreeSet<String>,
    pub uncertain: &'a [Uncertain],
    /// The rungs that are none of the known policies.
    pub made: Vec<ResolvedPolicy>,
}

impl Rungs<'_> {
    /// The contrasts of a ladder from a policy; with each, the position of the step.
    pub fn contrasts(
        &mut self,
        from: &ResolvedPolicy,
        steps: &[Taken],
        scope: LadderScope,
    ) -> Vec<(usize, LadderContrast)> {
        let mut contrasts = Vec::new();
        let mut before = from.name.clone();
        // The last waypoint, and the steps since.
        let mut label = before.clone();
        for (at, step) in steps.iter().enumerate() {
            label = format!("{label} + {}", step.name);
            let arm = self.label(mixture(from, steps, |other| other <= at), &label);
            let contrast =
                LadderContrast { subject: Subject::Step(step.name.clone()), arm: arm.clone(), against: before };
            contrasts.push((at, contrast));
            before = arm;
            if step.last {
                label.clone_from(&before);
            }
        }
        if scope == LadderScope::Full {
            contrasts.extend((0..steps.len()).map(|at| (at, self.alone(from, steps, at))));
            contrasts.extend((0..steps.len()).filter_map(|at| Some((at, self.left_out(from, steps, (at, &before))?))));
        }
        contrasts
    }

    /// A step alone on the policy where the ladder begins, with those that it needs.
    fn alone(&mut self, from: &ResolvedPolicy, steps: &[Taken], at: usize) -> LadderContrast {
        let needed = needed(steps, at);
        let mut label = from.name.clone();
        for &step in &needed {
            label = format!("{label} + {}", steps[step].name);
        }
        let against = self.label(mixture(from, steps, |step| needed.contains(&step)), &label);
        let own = format!("{label} + {}", steps[at].name);
        let arm = self.label(mixture(from, steps, |step| step == at || needed.contains(&step)), &own);
        LadderContrast { subject: Subject::StepAlone(steps[at].name.clone()), arm, against }
    }

    /// A step left out of the policy `to` where the ladder ends, with those that need it; none if later steps undo it.
    fn left_out(&mut self, from: &ResolvedPolicy, steps: &[Taken], (at, to): (usize, &str)) -> Option<LadderContrast> {
        let kept = |step: usize| step != at && !needed(steps, step).contains(&at);
        let against = self.label(mixture(from, steps, kept), &format!("{to} − {}", steps[at].name));
        let subject = Subject::StepLeftOut(steps[at].name.clone());
        (against != to).then(|| LadderContrast { subject, arm: to.to_owned(), against })
    }

    /// The label of a policy: that of a known one with equal levers, else a new one like the wanted one.
    fn label(&mut self, mut policy: ResolvedPolicy, wanted: &str) -> String {
        let all = self.known.iter().copied().chain(&self.made);
        let same = |other: &&ResolvedPolicy| {
            same_world(other, &policy, self.uncertain) && differing(other, &policy, self.uncertain).is_empty()
        };
        if let Some(found) = all.into_iter().find(same) {
            return found.name.clone();
        }
        let mut label = wanted.to_owned();
        while !self.names.insert(label.clone()) {
            label.push_str(" (ladder)");
        }
        policy.name.clone_from(&label);
        policy.description = String::new();
        self.made.push(policy);
        label
    }
}

/// The policy of some steps, taken in their order on the policy where the ladder begins.
fn mixture(from: &ResolvedPolicy, steps: &[Taken], is_taken: impl Fn(usize) -> bool) -> ResolvedPolicy {
    let mut policy = from.clone();
    for (_, step) in steps.iter().enumerate().filter(|(at, _)| is_taken(*at)) {
        for &(part, key) in &step.levers {
            policy.levers[part].fields[key] = step.end.levers[part].fields[key].clone();
        }
    }
    policy
}

/// The steps that a step needs, directly or through others, in order.
fn needed(steps: &[Taken], at: usize) -> Vec<usize> {
    let mut all: BTreeSet<usize> = BTreeSet::new();
    let mut next = steps[at].needs.clone();
    while let Some(step) = next.pop() {
        if all.insert(step) {
            next.extend(&steps[step].needs);
        }
    }
    all.into_iter().collect()
}

/// The levers in which two policies differ.
pub(in crate::scenario) fn differing(
    one: &ResolvedPolicy,
    other: &ResolvedPolicy,
    uncertain: &[Uncertain],
) -> BTreeSet<Lever> {
    let mut found = BTreeSet::new();
    for (part, (one, other)) in one.levers.iter().zip(&other.levers).enumerate() {
        let fields = one.fields.iter().zip(&other.fields).enumerate();
        found.extend(fields.filter(|(_, (one, other))| !same(one, other, uncertain)).map(|(key, _)| (part, key)));
    }
    found
}

/// Whether two policies differ in levers only: the same shocks, the same head start.
pub(in crate::scenario) fn same_world(one: &ResolvedPolicy, other: &ResolvedPolicy, uncertain: &[Uncertain]) -> bool {
    let fields = |(one, other): (&ResolvedSection, &ResolvedSection)| {
        one.fields.iter().zip(&other.fields).all(|(one, other)| same(one, other, uncertain))
    };
    one.shocks.len() == other.shocks.len()
        && fields((&one.start, &other.start))
        && one.shocks.iter().zip(&other.shocks).all(fields)
}

/// Whether two values are the same in every world: numbers of one lever are drawn alike in all policies.
fn same(one: &ResolvedValue, other: &ResolvedValue, uncertain: &[Uncertain]) -> bool {
    let amounts = |one: &Amount, other: &Amount| match (one, other) {
        (Amount::Uncertain(one), Amount::Uncertain(other)) => {
            let drawn = |key: &str| {
                let found = uncertain.iter().find(|of| of.key == key);
                found.map(|of| (of.dimension(), &of.distribution))
            };
            one == other || drawn(one) == drawn(other)
        }
        (one, other) => one == other,
    };
    match (one, other) {
        (ResolvedValue::Number(one), ResolvedValue::Number(other)) => amounts(one, other),
        (ResolvedValue::Path { from, to, by_year }, ResolvedValue::Path { from: start, to: end, by_year: year }) => {
            amounts(from, start) && amounts(to, end) && (from == to || amounts(by_year, year))
        }
        (ResolvedValue::Numbers(one), ResolvedValue::Numbers(other)) => {
            let table = |of: &[(String, Amount)]| of.iter().cloned().collect::<BTreeMap<String, Amount>>();
            let (one, other) = (table(one), table(other));
            one.keys().eq(other.keys()) && one.values().zip(other.values()).all(|(one, other)| amounts(one, other))
        }
        (one, other) => one == other,
    }
}

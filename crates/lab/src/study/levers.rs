//! Every lever of a policy turned, one at a time, until it moves something.

use serde_json::{Value, json};

use crate::analysis::Outcome;
use crate::analysis::levers::{Shift, shift};
use crate::analysis::mitigations::headlines;
use crate::design::{self, Design, Plan};
use crate::scenario::Scenario;
use crate::study::{Sink, Unfinished, measure};
use crate::trial::{self, Trial};
use hubsim_model::catalogue::{Kind, Section, Spec};
use hubsim_model::inputs::Setup;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::{GovernanceLevers, GrantLevers, HubLevers, OrganisationKind};
use hubsim_model::policy::preconditions::{Surroundings, unmet};
use hubsim_model::random::Stream;

/// The parts of a policy, with their levers.
pub const PARTS: [(&str, Section); 3] =
    [("grants", GrantLevers::SECTION), ("hubs", HubLevers::SECTION), ("governance", GovernanceLevers::SECTION)];

/// How many values are tried where it is known why a lever does nothing: only whether that is so.
const TO_BE_SURE: usize = 2;

/// What turning a lever did.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// No history differs, whatever it is set to. Why, if that is known.
    Dead(Option<&'static str>),
    /// Histories differ, but no headline measure more than by chance; the one that moves most.
    Idle(Shift),
    /// A headline measure moves.
    Moves(Shift),
}

/// A lever of a policy, and what turning it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Turned {
    /// The policy.
    pub policy: String,
    /// Part of the policy, and its lever.
    pub lever: (&'static str, &'static str),
    /// Its value as it is.
    pub now: Value,
    /// The value that moved most, or the last that was tried.
    pub to: Value,
    /// What that did.
    pub effect: Effect,
    /// Why the lever should do nothing here, if it should.
    pub unmet: Option<&'static str>,
}

/// A lever of one of the policies, by position.
#[derive(Clone, Copy)]
struct Lever {
    policy: usize,
    part: usize,
    spec: &'static Spec,
}

/// Turns every lever of the selected policies, policy by policy, in the order of the catalogue. Each is compared with the
/// policy as it is in the same worlds with the same luck; the first value that moves a headline measure ends the search.
/// The findings do not depend on the number of threads.
///
/// # Errors
/// If the sink asks to stop, or cannot keep a trial.
pub fn turn_each(scenario: &Scenario, sink: &dyn Sink) -> Result<Vec<Turned>, Unfinished> {
    let design = design::expand(scenario);
    let bench = Bench { design: &design, scenario, sink };
    let mut plain = trial::run_all(&design.plans, |plan| {
        let (_, setup, policy) = design.world(plan);
        bench.outcome(&setup, &policy, plan)
    })?;
    plain.sort_by_key(|outcome| (outcome.arm, outcome.replicate));
    let of = |policy: usize| {
        let levers = move |part: usize| PARTS[part].1.specs.iter().map(move |spec| Lever { policy, part, spec });
        (0..PARTS.len()).flat_map(levers)
    };
    let levers: Vec<Lever> = (0..scenario.policies.len()).flat_map(of).collect();
    trial::run_all(&levers, |lever| {
        let first = plain.partition_point(|outcome| outcome.arm < lever.policy);
        bench.turn(lever, &plain[first..first + scenario.replicates as usize])
    })
}

/// How many levers [`turn_each`] turns, and trials that it simulates before it does.
pub fn size(scenario: &Scenario) -> (usize, u64) {
    let levers: usize = PARTS.iter().map(|(_, section)| section.specs.len()).sum();
    let policies = scenario.policies.len();
    (levers * policies, policies as u64 * u64::from(scenario.replicates))
}

/// Where levers are turned.
struct Bench<'a> {
    design: &'a Design<'a>,
    scenario: &'a Scenario,
    sink: &'a dyn Sink,
}

impl Bench<'_> {
    fn outcome(&self, setup: &Setup, policy: &Policy, plan: Plan) -> Result<Outcome, Unfinished> {
        if self.sink.stop() {
            return Err(Unfinished::Stopped);
        }
        let stream = Stream::new(self.design.seed, plan.replicate);
        let history = hubsim_model::simulation::simulate(setup, policy, stream, self.design.years);
        let digest = trial::digest(&history);
        let trial =
            Trial { policy: policy.name.clone(), replicate: plan.replicate, digest, world: Vec::new(), history };
        let outcome = measure(plan, &trial);
        self.sink.keep(&trial, &outcome).map_err(Unfinished::NotKept)?;
        Ok(outcome)
    }

    /// One lever, from value to value.
    fn turn(&self, lever: Lever, plain: &[Outcome]) -> Result<Turned, Unfinished> {
        let (part, spec) = (PARTS[lever.part].0, lever.spec);
        let (_, setup, base) = self.design.world(Plan { arm: lever.policy, replicate: 0 });
        let now = value_of(&base, part, spec.key);
        let unmet = unmet(&base, surroundings(&setup, self.scenario.years), part, spec.key);
        let mut values: Vec<Value> = values(spec).into_iter().filter(|value| !same(value, &now)).collect();
        // Where it is known that a lever does nothing, one world is enough to see it.
        let plain = if unmet.is_some() {
            values.truncate(TO_BE_SURE);
            &plain[..plain.len().min(1)]
        } else {
            plain
        };
        let tests = values.len() * headlines().len();
        let mut most: Option<(Value, Shift)> = None;
        let mut last = now.clone();
        for value in values {
            let mut outcomes = Vec::with_capacity(plain.len());
            for outcome in plain {
                let plan = Plan { arm: lever.policy, replicate: outcome.replicate };
                let (_, setup, policy) = self.design.world(plan);
                let Some(policy) = turned(&policy, part, spec.key, &value) else { break };
                outcomes.push(self.outcome(&setup, &policy, plan)?);
            }
            last = value.clone();
            let Some(shift) = shift(plain, &outcomes, self.scenario.years, tests) else { continue };
            if most.as_ref().is_none_or(|(_, before)| stronger(&shift, before)) {
                most = Some((value, shift));
            }
            if shift.clear {
                break;
            }
        }
        let (to, effect) = match most {
            None => (last, Effect::Dead(unmet)),
            Some((to, shift)) if shift.clear => (to, Effect::Moves(shift)),
            Some((to, shift)) => (to, Effect::Idle(shift)),
        };
        let policy = self.scenario.policies[lever.policy].clone();
        Ok(Turned { policy, lever: (part, spec.key), now, to, effect, unmet })
    }
}

/// Which of two shifts is clearer.
fn stronger(one: &Shift, other: &Shift) -> bool {
    let strength = |of: &Shift| of.difference.mean.abs() / of.difference.sd;
    (one.clear, strength(one)) > (other.clear, strength(other))
}

/// What levers need to know of a world.
pub fn surroundings(setup: &Setup, years: u32) -> Surroundings {
    let any = |kind: &dyn Fn(OrganisationKind) -> bool| setup.organisation.iter().any(|o| !o.inert && kind(o.kind));
    Surroundings {
        years,
        foundation: any(&|kind| kind == OrganisationKind::Foundation),
        underserved: setup.region.iter().any(|region| region.group == "underserved"),
        outsiders: any(&OrganisationKind::outside),
    }
}

/// Values of a lever that should bite: the ends and the middle of what is plausible, each word, and the neutral value.
pub fn values(spec: &Spec) -> Vec<Value> {
    let mut values: Vec<Value> = match &spec.kind {
        Kind::Number(n) | Kind::Path(n) => {
            let (low, high) = n.range;
            let spots = [high, low, 0.5 * (low + high), low + 0.25 * (high - low)];
            let spots = spots.map(|x| json!(if n.whole { x.round() } else { x }));
            spots.into_iter().chain(spec.neutral.parse::<f64>().ok().map(|x| json!(x))).collect()
        }
        Kind::Flag { .. } => vec![json!(true), json!(false)],
        Kind::Choice { options, .. } => options.iter().map(|word| json!(word)).collect(),
        Kind::Set { options, .. } => options.iter().map(|word| json!([word])).chain([json!(options)]).collect(),
        Kind::Mix { options, .. } => options.iter().map(|word| json!({ *word: 1.0 })).collect(),
        _ => Vec::new(),
    };
    let all = std::mem::take(&mut values);
    for value in all {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// A policy with one lever turned; nothing if there is no such lever or value.
pub fn turned(policy: &Policy, part: &str, key: &str, value: &Value) -> Option<Policy> {
    let mut tree = serde_json::to_value(policy).ok()?;
    *tree.get_mut(part)?.get_mut(key)? = value.clone();
    serde_json::from_value(tree).ok()
}

/// A lever's value under a policy.
fn value_of(policy: &Policy, part: &str, key: &str) -> Value {
    let tree = serde_json::to_value(policy).unwrap_or_default();
    tree.get(part).and_then(|part| part.get(key)).cloned().unwrap_or_default()
}

/// Whether a value says what a lever is at; a mix says nothing of weights that are 0.
fn same(value: &Value, now: &Value) -> bool {
    match (value.as_object(), now.as_object()) {
        (Some(few), Some(all)) if !all.contains_key("from") => all.iter().all(|(word, weight)| {
            few.get(word).and_then(Value::as_f64).unwrap_or(0.0) == weight.as_f64().unwrap_or(0.0)
        }),
        _ => value == now || value.as_f64().is_some_and(|x| now.as_f64() == Some(x)),
    }
}

//! Levers: one at a time, each lever of a policy is set to other values until a headline measure moves.

mod values;

use serde_json::Value;

use crate::analysis::contrasts::headlines;
use crate::analysis::levers::{Shift, shift, stronger};
use crate::experiment::contrast::ArmId;
use crate::experiment::design::Adaptive;
use crate::experiment::findings::Outcome;
use crate::experiment::runner::run_adaptive;
use crate::experiment::sink::{Sink, StudyError};
use crate::experiment::trial::Plan;
use crate::experiment::world::draw;
use crate::scenario::Scenario;
use crate::scenario::arm::{Arm, ArmError};
use hubsim_model::catalogue::{Section, Spec};
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::levers::{GovernanceLevers, GrantLevers, HubLevers, OrganisationKind};
use hubsim_model::policy::preconditions::{Surroundings, unmet};

pub use crate::scenario::kind::probe_values;

/// The parts of a policy, with their levers.
pub const PARTS: [(&str, Section); 3] =
    [("grants", GrantLevers::SECTION), ("hubs", HubLevers::SECTION), ("governance", GovernanceLevers::SECTION)];

/// How many values are tried where it is known why a lever does nothing: only whether that is so.
const VALUES_TO_CONFIRM: usize = 2;

/// What setting a lever to other values did.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// No history differs, whatever it is set to. Why, if that is known.
    Dead(Option<&'static str>),
    /// Histories differ, but no headline measure more than at random; the one that moves most.
    Idle(Shift),
    /// A headline measure moves.
    Moves(Shift),
}

/// A lever of an arm, and what setting it did.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverEffect {
    /// The label of the arm.
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

/// Tries every lever of the selected arms, arm by arm, in the order of the catalogue. Each is compared with the arm as it is
/// in the same worlds; the first value that moves a headline measure ends the search for that lever.
///
/// # Errors
/// If the sink asks to stop, or cannot store a trial.
pub fn run_levers(scenario: &Scenario, sink: &dyn Sink) -> Result<Vec<LeverEffect>, StudyError> {
    let mut design = OneAtATime::new(scenario)?;
    run_adaptive(scenario, &mut design, sink)?;
    Ok(design.effects())
}

/// How many levers [`run_levers`] tries, and trials that it simulates before it does.
pub fn size(scenario: &Scenario) -> (usize, u64) {
    let levers: usize = PARTS.iter().map(|(_, section)| section.specs.len()).sum();
    let policies = scenario.policies.len();
    (levers * policies, policies as u64 * u64::from(scenario.replicates))
}

/// The one-at-a-time design: the arms as they are, then each lever at its next value, until it moves something.
pub struct OneAtATime {
    years: u32,
    replicates: u32,
    /// The arms as they are, then one for each lever and value that was asked for.
    arms: Vec<Arm>,
    plain: usize,
    /// The outcomes of the arms as they are, by arm, then replicate; empty until they are told.
    baseline: Vec<Outcome>,
    searches: Vec<Search>,
}

impl OneAtATime {
    /// Over the selected arms of a scenario.
    ///
    /// # Errors
    /// If an arm does not fit the scenario.
    pub fn new(scenario: &Scenario) -> Result<OneAtATime, ArmError> {
        let arms = scenario.arms();
        let mut searches = Vec::new();
        for (at, arm) in arms.iter().enumerate() {
            for (part, section) in PARTS {
                for spec in section.specs {
                    searches.push(Search::new(scenario, (ArmId(at), arm), part, spec)?);
                }
            }
        }
        let (years, replicates, plain) = (scenario.years, scenario.replicates, arms.len());
        Ok(OneAtATime { years, replicates, arms, plain, baseline: Vec::new(), searches })
    }

    /// What was found, in the order of arms and levers.
    pub fn effects(self) -> Vec<LeverEffect> {
        let arms = self.arms;
        self.searches.into_iter().map(|search| search.effect(&arms)).collect()
    }
}

impl Adaptive for OneAtATime {
    fn arms(&self) -> &[Arm] {
        &self.arms
    }

    fn ask(&mut self) -> Vec<Plan> {
        let trials = |arm: ArmId, replicates| (0..replicates).map(move |replicate| Plan { arm, replicate });
        if self.baseline.is_empty() {
            return (0..self.plain).flat_map(|arm| trials(ArmId(arm), self.replicates)).collect();
        }
        let mut plans = Vec::new();
        for search in &mut self.searches {
            let Some(value) = search.next() else { continue };
            let arm = ArmId(self.arms.len());
            self.arms.push(self.arms[search.arm.0].with_lever(&search.path(), &value));
            plans.extend(trials(arm, search.replicates));
        }
        plans
    }

    fn tell(&mut self, outcomes: Vec<Outcome>) {
        if self.baseline.is_empty() {
            self.baseline = outcomes;
            return;
        }
        let mut rest = outcomes.as_slice();
        for search in self.searches.iter_mut().filter(|search| search.asked.is_some()) {
            let (own, others) = rest.split_at(search.replicates as usize);
            rest = others;
            let first = search.arm.0 * self.replicates as usize;
            search.tell(&self.baseline[first..first + search.replicates as usize], own, self.years);
        }
    }
}

/// The search for a value of one lever that moves something.
struct Search {
    arm: ArmId,
    part: &'static str,
    key: &'static str,
    now: Value,
    unmet: Option<&'static str>,
    replicates: u32,
    /// The values that are still to be tried, the next one last.
    left: Vec<Value>,
    /// How many differences are looked at for the lever.
    tests: usize,
    asked: Option<Value>,
    last: Value,
    most: Option<(Value, Shift)>,
}

impl Search {
    fn new(
        scenario: &Scenario,
        (id, arm): (ArmId, &Arm),
        part: &'static str,
        spec: &'static Spec,
    ) -> Result<Search, ArmError> {
        let world = draw(scenario, 0);
        let (inputs, policy) = scenario.inputs(arm, &world)?;
        let now = values::value_of(&policy, part, spec);
        let unmet = unmet(&policy, surroundings(&inputs, scenario.years), part, spec.key);
        let mut left: Vec<Value> = probe_values(spec).into_iter().filter(|value| !values::same(value, &now)).collect();
        // Where it is known that a lever does nothing, one world is enough to see it.
        let mut replicates = scenario.replicates;
        if unmet.is_some() {
            left.truncate(VALUES_TO_CONFIRM);
            replicates = replicates.min(1);
        }
        let tests = left.len() * headlines().len();
        left.reverse();
        let (key, last) = (spec.key, now.clone());
        Ok(Search { arm: id, part, key, now, unmet, replicates, left, tests, asked: None, last, most: None })
    }

    fn path(&self) -> String {
        format!("{}.{}", self.part, self.key)
    }

    /// The value to try next; none once the lever is known to move something, or all were tried.
    fn next(&mut self) -> Option<Value> {
        let moves = self.most.as_ref().is_some_and(|(_, shift)| shift.significant);
        self.asked = if moves { None } else { self.left.pop() };
        self.asked.clone()
    }

    fn tell(&mut self, plain: &[Outcome], outcomes: &[Outcome], year: u32) {
        let Some(value) = self.asked.take() else { return };
        self.last = value.clone();
        let Some(shift) = shift(plain, outcomes, year, self.tests) else { return };
        if self.most.as_ref().is_none_or(|(_, before)| stronger(&shift, before)) {
            self.most = Some((value, shift));
        }
    }

    fn effect(self, arms: &[Arm]) -> LeverEffect {
        let (to, effect) = match self.most {
            None => (self.last, Effect::Dead(self.unmet)),
            Some((to, shift)) if shift.significant => (to, Effect::Moves(shift)),
            Some((to, shift)) => (to, Effect::Idle(shift)),
        };
        let policy = arms[self.arm.0].label.clone();
        LeverEffect { policy, lever: (self.part, self.key), now: self.now, to, effect, unmet: self.unmet }
    }
}

/// What levers need to know of a world.
pub fn surroundings(inputs: &Inputs, years: u32) -> Surroundings {
    let any = |kind: &dyn Fn(OrganisationKind) -> bool| {
        inputs.organisation.iter().any(|organisation| !organisation.inert && kind(organisation.kind))
    };
    Surroundings {
        years,
        foundation: any(&|kind| kind == OrganisationKind::Foundation),
        underserved: inputs.region.iter().any(|region| region.group == "underserved"),
        outsiders: any(&OrganisationKind::outside),
    }
}

//! One-at-a-time design: each lever of a policy alone is set to other values, until a headline measure changes.

mod values;

use serde_json::{Value, json};

use crate::analysis::contrasts::headlines;
use crate::analysis::levers::{Shift, ShiftRules, shift, stronger};
use crate::experiment::contrast::ArmId;
use crate::experiment::design::Adaptive;
use crate::experiment::findings::Outcome;
use crate::experiment::runner::run_adaptive;
use crate::experiment::sink::{Sink, StudyError};
use crate::experiment::trial::TrialId;
use crate::experiment::world::draw;
use crate::scenario::Scenario;
use crate::scenario::arm::{Arm, ArmError};
pub use crate::scenario::surroundings;
use hubsim_model::catalogue::{Kind, Section, Spec};
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::levers::{GovernanceLevers, GrantLevers, HubLevers};
use hubsim_model::policy::preconditions::unmet;

pub use crate::scenario::kind::probe_values;

/// The parts of a policy, with their levers.
pub const PARTS: [(&str, Section); 3] =
    [("grants", GrantLevers::SECTION), ("hubs", HubLevers::SECTION), ("governance", GovernanceLevers::SECTION)];

/// How many values are tried where a precondition of the lever does not hold: enough to confirm it.
const VALUES_TO_CONFIRM: usize = 2;

/// The response of the trials to other values of a lever.
#[derive(Clone, Debug, PartialEq)]
pub enum LeverResponse {
    /// All trials are identical whatever its value is; with the reason, if that is known.
    Identical(Option<&'static str>),
    /// Trials differ, but no headline measure significantly; the shift of the measure with the largest t.
    NotSignificant(Shift),
    /// A headline measure differs significantly.
    Significant(Shift),
}

/// A lever of an arm, and the effect of setting it.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverEffect {
    /// The label of the arm.
    pub policy: String,
    /// Part of the policy, and key of the lever.
    pub lever: (&'static str, &'static str),
    /// Its value in the arm.
    pub now: Value,
    /// The value with the largest shift, or the last that was tried.
    pub to: Value,
    /// The response to that value.
    pub response: LeverResponse,
    /// Why a precondition of the lever does not hold in this arm, if one does not.
    pub unmet: Option<&'static str>,
}

/// Tries every lever of the selected arms, in the order of arms and of the catalogue. Each value is compared with the
/// unchanged arm in the same worlds; the first value that changes a headline measure significantly ends the search for that
/// lever.
///
/// # Errors
/// If the sink asks to stop, or cannot store a trial.
pub fn run_levers(scenario: &Scenario, sink: &dyn Sink) -> Result<Vec<LeverEffect>, StudyError> {
    let mut design = OneAtATimeDesign::new(scenario)?;
    run_adaptive(scenario, &mut design, sink)?;
    Ok(design.effects())
}

/// How many levers [`run_levers`] tries, and how many trials of unchanged arms it simulates first.
pub fn size(scenario: &Scenario) -> (usize, u64) {
    let levers: usize = PARTS.iter().map(|(_, section)| section.specs.len()).sum();
    let policies = scenario.policies.len();
    (levers * policies, policies as u64 * u64::from(scenario.replicates))
}

/// The one-at-a-time design: the unchanged arms, then each lever at its next value, until the effect is significant.
pub struct OneAtATimeDesign {
    years: u32,
    replicates: u32,
    /// The unchanged arms, then one for each lever and value that was asked for.
    arms: Vec<Arm>,
    /// The number of unchanged arms.
    unchanged: usize,
    /// The outcomes of the unchanged arms, by arm, then replicate; empty until they are recorded.
    baseline: Vec<Outcome>,
    searches: Vec<Search>,
}

impl OneAtATimeDesign {
    /// Over the selected arms of a scenario.
    ///
    /// # Errors
    /// If an arm does not fit the scenario.
    pub fn new(scenario: &Scenario) -> Result<OneAtATimeDesign, ArmError> {
        let arms = scenario.arms();
        let mut searches = Vec::new();
        for (at, arm) in arms.iter().enumerate() {
            for (part, section) in PARTS {
                for spec in section.specs {
                    searches.push(Search::new(scenario, (ArmId(at), arm), part, spec)?);
                }
            }
        }
        let (years, replicates, unchanged) = (scenario.years, scenario.replicates, arms.len());
        Ok(OneAtATimeDesign { years, replicates, arms, unchanged, baseline: Vec::new(), searches })
    }

    /// The effects, in the order of arms and levers.
    pub fn effects(self) -> Vec<LeverEffect> {
        let arms = self.arms;
        self.searches.into_iter().map(|search| search.effect(&arms)).collect()
    }
}

impl Adaptive for OneAtATimeDesign {
    fn arms(&self) -> &[Arm] {
        &self.arms
    }

    fn next_trials(&mut self) -> Vec<TrialId> {
        let trials_of = |arm: ArmId, replicates| (0..replicates).map(move |replicate| TrialId { arm, replicate });
        if self.baseline.is_empty() {
            return (0..self.unchanged).flat_map(|arm| trials_of(ArmId(arm), self.replicates)).collect();
        }
        let mut trials = Vec::new();
        for search in &mut self.searches {
            let Some(value) = search.next() else { continue };
            let arm = ArmId(self.arms.len());
            self.arms.push(self.arms[search.arm.0].with_lever(&search.path(), &value));
            trials.extend(trials_of(arm, search.replicates));
        }
        trials
    }

    fn record(&mut self, outcomes: Vec<Outcome>) {
        if self.baseline.is_empty() {
            self.baseline = outcomes;
            return;
        }
        let mut rest = outcomes.as_slice();
        for search in self.searches.iter_mut().filter(|search| search.asked.is_some()) {
            let (own, others) = rest.split_at(search.replicates as usize);
            rest = others;
            let first = search.arm.0 * self.replicates as usize;
            search.record(&self.baseline[first..first + search.replicates as usize], own, self.years);
        }
    }
}

/// The search for a value of one lever that has a significant effect.
struct Search {
    arm: ArmId,
    part: &'static str,
    key: &'static str,
    now: Value,
    unmet: Option<&'static str>,
    replicates: u32,
    /// The values that are still to be tried, the next one last.
    left: Vec<Value>,
    /// How differences are tested.
    rules: ShiftRules,
    asked: Option<Value>,
    last: Value,
    /// The value with the largest shift so far.
    largest: Option<(Value, Shift)>,
}

/// The values of a lever that are tried: of a list of names each of the scenario's alone.
fn values_to_try(spec: &Spec, inputs: &Inputs) -> Vec<Value> {
    match spec.kind {
        Kind::References { to: "region", .. } => inputs.region.iter().map(|region| json!([region.name])).collect(),
        Kind::References { .. } => inputs.theme.iter().map(|theme| json!([theme.name])).collect(),
        _ => probe_values(spec),
    }
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
        let mut left: Vec<Value> =
            values_to_try(spec, &inputs).into_iter().filter(|value| !values::same(value, &now)).collect();
        // Where a precondition does not hold, no trial may differ: one world is enough to confirm it.
        let mut replicates = scenario.replicates;
        if unmet.is_some() {
            left.truncate(VALUES_TO_CONFIRM);
            replicates = replicates.min(1);
        }
        let rules =
            ShiftRules { tests: left.len() * headlines().len(), replicates_per_world: scenario.trials_per_world() };
        left.reverse();
        let (key, last) = (spec.key, now.clone());
        Ok(Search { arm: id, part, key, now, unmet, replicates, left, rules, asked: None, last, largest: None })
    }

    fn path(&self) -> String {
        format!("{}.{}", self.part, self.key)
    }

    /// The value to try next; none once the effect of the lever is significant, or all were tried.
    fn next(&mut self) -> Option<Value> {
        let significant = self.largest.as_ref().is_some_and(|(_, shift)| shift.significant);
        self.asked = if significant { None } else { self.left.pop() };
        self.asked.clone()
    }

    fn record(&mut self, unchanged: &[Outcome], outcomes: &[Outcome], year: u32) {
        let Some(value) = self.asked.take() else { return };
        self.last = value.clone();
        let Some(shift) = shift(unchanged, outcomes, year, self.rules) else { return };
        if self.largest.as_ref().is_none_or(|(_, before)| stronger(&shift, before)) {
            self.largest = Some((value, shift));
        }
    }

    fn effect(self, arms: &[Arm]) -> LeverEffect {
        let (to, response) = match self.largest {
            None => (self.last, LeverResponse::Identical(self.unmet)),
            Some((to, shift)) if shift.significant => (to, LeverResponse::Significant(shift)),
            Some((to, shift)) => (to, LeverResponse::NotSignificant(shift)),
        };
        let policy = arms[self.arm.0].label.clone();
        LeverEffect { policy, lever: (self.part, self.key), now: self.now, to, response, unmet: self.unmet }
    }
}

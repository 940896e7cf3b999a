//! What each step of a ladder brings: the paired differences between its rungs, on every measure of the last year.

use super::comparison::compare_one;
use crate::experiment::LadderFindings;
use crate::experiment::contrast::{ArmId, Contrast};
use crate::experiment::findings::Findings;
use crate::scenario::arm::Subject;
use hubsim_model::measures::MEASURES;

/// The effects of a ladder, as reports show them and a run folder stores them.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderEffects {
    /// The label of the arm where it begins.
    pub from: String,
    /// The label of the arm where it ends.
    pub to: String,
    /// The last year.
    pub year: u32,
    /// Trials of each of its arms.
    pub replicates: usize,
    /// For each contrast of the ladder, in order, one for each measure; behind its steps the whole way ([`Subject::Policy`]).
    pub effects: Vec<StepEffect>,
}

/// What one step brings on one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct StepEffect {
    /// Which step it is, and whether it is one of the way, alone or left out.
    pub subject: Subject,
    /// The label of the arm with the step.
    pub with: String,
    /// The label of the arm without it.
    pub without: String,
    /// Whether it ends at a policy that the ladder passes.
    pub reaches: bool,
    /// Position of the measure.
    pub measure: usize,
    /// Pairs of trials.
    pub n: usize,
    /// Mean of the arm with the step, over the pairs.
    pub with_mean: f64,
    /// Mean of the arm without it.
    pub without_mean: f64,
    /// The mean paired difference, with − without.
    pub difference: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl StepEffect {
    /// Whether the interval leaves out 0.
    pub fn is_resolved(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// The effects of a ladder.
pub fn ladder_effects(of: &LadderFindings) -> LadderEffects {
    let (findings, ladder) = (&of.findings, &of.ladder);
    let is_step = |contrast: &&Contrast| matches!(contrast.subject, Subject::Step(_));
    let (steps, beside): (Vec<&Contrast>, Vec<&Contrast>) = findings.contrasts.iter().partition(is_step);
    let end = |label: &String| findings.policies.iter().position(|policy| policy == label).map(ArmId);
    let whole = end(&ladder.to).zip(end(&ladder.from)).map(|(to, from)| Contrast::new(to, from, Subject::Policy));
    let all = steps.into_iter().chain(&whole).chain(beside);
    let effects = all.flat_map(|contrast| {
        let label = findings.label(contrast.arm);
        let reaches = is_step(&contrast) && (label == ladder.to || ladder.through.iter().any(|passed| passed == label));
        (0..MEASURES.len()).map(move |measure| effect(findings, contrast, measure, reaches))
    });
    LadderEffects {
        from: ladder.from.clone(),
        to: ladder.to.clone(),
        year: findings.years,
        replicates: findings.arms().map(|arm| findings.arm(arm).len()).max().unwrap_or(0),
        effects: effects.collect(),
    }
}

fn effect(findings: &Findings, contrast: &Contrast, measure: usize, reaches: bool) -> StepEffect {
    let of = compare_one(findings, contrast, findings.years, (measure, MEASURES[measure].range));
    StepEffect {
        subject: contrast.subject.clone(),
        with: findings.label(contrast.arm).to_owned(),
        without: findings.label(contrast.against).to_owned(),
        reaches,
        measure,
        n: of.difference.n,
        with_mean: of.other_mean,
        without_mean: of.first_mean,
        difference: of.difference.mean,
        low: of.difference.low,
        high: of.difference.high,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::findings::Outcome;
    use crate::scenario::{Ladder, LadderContrast, LadderStep};
    use hubsim_model::measures::position;

    /// Two steps over three rungs: the first adds 0.25 to need met in every trial, the second nothing for sure.
    fn ladder() -> LadderFindings {
        let need_met = position("need_met").expect("a measure");
        let value = |arm: usize, replicate: u32| match arm {
            0 => 0.25,
            1 => 0.5,
            _ => 0.5 + if replicate.is_multiple_of(2) { 0.125 } else { -0.125 },
        };
        let outcome = |arm: usize, replicate: u32| {
            let mut row = vec![f64::NAN; MEASURES.len()];
            row[need_met] = value(arm, replicate);
            Outcome { arm: ArmId(arm), replicate, digest: String::new(), world: vec![], measures: vec![row] }
        };
        let contrast =
            |arm: usize, step: &str| Contrast::new(ArmId(arm), ArmId(arm - 1), Subject::Step(step.to_owned()));
        let contrasts = vec![contrast(1, "a"), contrast(2, "b")];
        let policies = ["from", "from + a", "to"].map(str::to_owned).to_vec();
        let named = |of: &Contrast| LadderContrast {
            subject: of.subject.clone(),
            arm: policies[of.arm.0].clone(),
            against: policies[of.against.0].clone(),
        };
        let step = |name: &str| LadderStep { name: name.to_owned(), levers: vec![], needs: vec![] };
        LadderFindings {
            ladder: Ladder {
                from: "from".to_owned(),
                through: vec![],
                to: "to".to_owned(),
                replicates: 4,
                steps: ["a", "b"].map(step).to_vec(),
                contrasts: contrasts.iter().map(named).collect(),
            },
            findings: Findings {
                policies,
                other_worlds: vec![],
                contrasts,
                chosen: vec![],
                parts: vec![],
                uncertain: vec![],
                replicates_per_world: 1,
                years: 0,
                outcomes: (0..3).flat_map(|arm| (0..4).map(move |replicate| outcome(arm, replicate))).collect(),
            },
        }
    }

    #[test]
    fn steps_add_up_to_the_whole_way_and_a_step_whose_interval_holds_0_is_not_resolved() {
        let effects = ladder_effects(&ladder());
        let need_met = position("need_met").expect("a measure");
        let of: Vec<&StepEffect> = effects.effects.iter().filter(|of| of.measure == need_met).collect();
        let [first, second, whole] = of.as_slice() else { panic!("{of:?}") };
        assert_eq!((first.difference, first.is_resolved(), first.reaches), (0.25, true, false));
        assert_eq!((second.difference, second.is_resolved(), second.reaches), (0.0, false, true));
        assert_eq!((whole.subject.clone(), whole.difference), (Subject::Policy, 0.25));
        assert_eq!((whole.without_mean, whole.with_mean, whole.n, effects.replicates), (0.25, 0.5, 4, 4));
        assert_eq!((first.with.as_str(), first.without.as_str()), ("from + a", "from"));
    }
}

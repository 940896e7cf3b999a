//! Every policy with every mechanism switched off, one at a time.

use crate::analysis::Findings;
use crate::analysis::mechanisms::switchable;
use crate::design::{self, Plan};
use crate::scenario::Scenario;
use crate::study::{Sink, Unfinished, measure};
use crate::trial;

/// Trials that [`switch_off_each`] simulates.
pub fn trials(scenario: &Scenario) -> u64 {
    let arms = scenario.policies.len() * (switchable().len() + 1);
    arms as u64 * u64::from(scenario.replicates)
}

/// Conducts a study of every selected policy as it is, then with each mechanism off; its arms are in blocks, as
/// [`analysis::mechanisms`](crate::analysis::mechanisms) reads them. All arms share worlds and luck; the findings do not
/// depend on the number of threads.
///
/// # Errors
/// If the sink asks to stop, or cannot keep a trial.
pub fn switch_off_each(scenario: &Scenario, sink: &dyn Sink) -> Result<Findings, Unfinished> {
    let design = design::expand(scenario);
    let (mechanisms, policies) = (switchable(), scenario.policies.len());
    let blocks = mechanisms.len() + 1;
    let arms = |plan: Plan| (0..blocks).map(move |block| (block, plan));
    let plans: Vec<(usize, Plan)> = design.plans.iter().copied().flat_map(arms).collect();
    let mut outcomes = trial::run_all(&plans, |(block, plan)| {
        if sink.stop() {
            return Err(Unfinished::Stopped);
        }
        let off = block.checked_sub(1).map(|at| mechanisms[at]);
        let trial = trial::run_with(&design, plan, |parameters| {
            if let Some(section) = off {
                parameters.switch_off(section);
            }
        });
        let outcome = measure(Plan { arm: block * policies + plan.arm, ..plan }, &trial);
        sink.keep(&trial, &outcome).map_err(Unfinished::NotKept)?;
        Ok(outcome)
    })?;
    outcomes.sort_by_key(|outcome| (outcome.arm, outcome.replicate));
    let without =
        |section: &'static str| scenario.policies.iter().map(move |policy| format!("{policy} without {section}"));
    let off = mechanisms.iter().flat_map(|section| without(section.name));
    Ok(Findings {
        policies: scenario.policies.iter().cloned().chain(off).collect(),
        uncertain: scenario.uncertain.iter().map(|u| u.key.clone()).collect(),
        years: scenario.years,
        outcomes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::mechanisms::{effects, idle};
    use crate::scenario::Changes;
    use crate::study::{Nowhere, conduct};

    fn small(policies: &[&str]) -> Scenario {
        let policies = Some(policies.iter().map(|&policy| policy.to_owned()).collect());
        let changes = Changes { policies, replicates: Some(2), years: Some(2), ..Changes::default() };
        Scenario::find("small", &changes).expect("a built-in")
    }

    #[test]
    fn the_first_block_is_the_plain_study_and_the_others_differ() {
        let scenario = small(&["regional-hubs", "thematic-hubs"]);
        let (found, plain) = (
            switch_off_each(&scenario, &Nowhere).expect("nothing stops it"),
            conduct(&scenario, &Nowhere).expect("nothing stops it"),
        );
        assert_eq!(found.outcomes.len() as u64, trials(&scenario));
        assert_eq!(found.policies[..2], plain.policies[..]);
        let digests = |findings: &Findings, arm| {
            findings.arm(arm).iter().map(|outcome| outcome.digest.clone()).collect::<Vec<_>>()
        };
        for arm in 0..2 {
            assert_eq!(digests(&found, arm), digests(&plain, arm));
        }
        // Some mechanisms concern hubs only.
        for block in 1..=switchable().len() {
            let moved = |arm: usize| digests(&found, block * 2 + arm) != digests(&plain, arm);
            assert!(moved(0) || moved(1), "{}", found.policies[block * 2]);
        }
        assert!(idle(&effects(&found, 2)).len() <= switchable().len());
    }

    #[test]
    fn threads_change_nothing() {
        let scenario = small(&["status-quo"]);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| switch_off_each(&scenario, &Nowhere)).expect("nothing stops it").digest()
        };
        assert_eq!(on(1), on(3));
    }
}

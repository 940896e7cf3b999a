//! O8c: the outcomes of a hub's reviews as an absorbing Markov chain, which ends when the hub is split, re-scoped or ended.
//!
//! ```text
//! N = (I − Q)⁻¹     the expected number of reviews of each holder
//! N · 1             the mean lifetime
//! N · R             the probabilities of the final outcomes
//! ```

use hubsim_model::ids::MandateId;
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::Outcome;
use hubsim_model::random::{Decision, Stream};
use hubsim_model::simulation::Simulation;

use crate::bare;
use crate::oracle::{fundamental, irwin_hall, quantile};
use crate::review::{inputs, records, reviewed};
use crate::statistic::{REJECT, UNLIKELY, mean, p_of_counts, z_of_count, z_of_mean};

/// Two organisations in one region, one in another; terms of a year, without renewal; a failed review may hand over
/// within the region, or, where nobody is there, end the hub if it failed badly. Chances: ½ to fail, .3 to fail badly.
/// From b, the same as from a; from c, the end with .3, else its term ends. The share of hubs alive after t years is
/// α Qᵗ 1, and the mean life up to then its sum. 4,000 worlds; the mutant fails badly with .25.
#[test]
fn terms_and_ends_follow_an_absorbing_chain() {
    let weights = [0.5, 0.2, 0.3];
    let mut inputs = inputs(&weights);
    inputs.region.push(bare::region("There"));
    inputs.organisation[2].region = "There".into();
    let mut policy = reviewed();
    policy.hubs.outcomes = vec![Outcome::Reallocate, Outcome::End];
    (policy.hubs.term_years, policy.hubs.term_limit) = (1.0, 1.0.into());
    // P(record + noise · error < ½ record) = .3.
    inputs.parameters.mandates.noise = 0.5 * records(&inputs, &policy)[0] / -quantile(irwin_hall, 0.3);
    let lives: Vec<usize> = bare::histories(&inputs, &policy, 4000, 15).map(|history| history.mandates.len()).collect();
    // The share of living hubs that each organisation holds, by year.
    let alive = |ends: f64| -> Vec<f64> {
        let [a, b, c] = weights;
        let mut at = weights;
        (0..15)
            .map(|_| {
                let sum: f64 = at.iter().sum();
                let kept = at[2] * (1.0 - ends);
                at = [
                    at[1] * (0.5 + 0.5 * a / (a + c)) + kept * a / (a + b),
                    at[0] * (0.5 + 0.5 * b / (b + c)) + kept * b / (a + b),
                    0.5 * (at[0] * c / (b + c) + at[1] * c / (a + c)),
                ];
                sum
            })
            .collect()
    };
    let (law, mutant) = (alive(0.3), alive(0.25));
    for t in [3, 7, 14] {
        let still = lives.iter().filter(|&&life| life > t).count();
        let z = z_of_count(still, lives.len(), law[t]);
        println!("alive after {t} years: z {z:.2}");
        assert!(z.abs() < REJECT, "after {t}: {z}");
    }
    let lives: Vec<f64> = lives.iter().map(|&life| life as f64).collect();
    let (expected, other): (f64, f64) = (law.iter().sum(), mutant.iter().sum());
    println!("life: {:.3} for {expected:.3}, z {:.2}", mean(&lives), z_of_mean(&lives, expected));
    assert!(z_of_mean(&lives, expected).abs() < REJECT);
    assert!(z_of_mean(&lives, other).abs() > REJECT, "the mutant passes");
}

// --- all outcomes at once ---

/// Shares of income: a, b and c are in one region, d and e in another; nobody is in the two others.
const WEIGHTS: [f64; 5] = [0.35, 0.1, 0.05, 0.3, 0.2];
/// The factor by which another organisation must be better to take over.
const MARGIN: f64 = 1.15;
/// The required score, and the error of the deciding body.
const STRICTNESS: f64 = 0.6;
const NOISE: f64 = 0.5;

/// What the regions of a scope lived through in a year, and how often: all were served alike; those with organisations a
/// little worse than the others; the first one not at all.
const YEARS: [(f64, [f64; 4]); 3] =
    [(0.35, [0.5, 0.5, 0.5, 0.5]), (0.25, [0.6, 0.6, 0.4, 0.4]), (0.4, [0.0, 0.5, 0.5, 0.5])];

/// What a review may end in: the hub goes on with its holder, or with another in the same region or the other one; or it
/// is no longer what it was.
const GOES_ON: [usize; 3] = [0, 1, 2];
const SPLIT: usize = 3;
const RE_SCOPED: usize = 4;
const ENDED: usize = 5;

/// The rules that determine the outcome of a review; a mutant differs in one of these.
#[derive(Clone, Copy)]
struct Rules {
    margin: f64,
    /// Whether a failed review first considers badly served regions, or another holder.
    regions_first: bool,
    /// The fraction of the required score below which a hub is ended.
    badly: f64,
}

const MODEL: Rules = Rules { margin: MARGIN, regions_first: true, badly: 0.5 };

/// The chances of the fates of a hub that i holds, and where it goes: `[fate]`, and `[j]` of those that go on.
fn review_of(i: usize, rules: Rules) -> ([f64; 6], [f64; 5]) {
    let region = |j: usize| usize::from(j >= 3);
    let takes = |j: usize| j != i && WEIGHTS[j] > rules.margin * WEIGHTS[i];
    let taken = |j: usize| if takes(j) { WEIGHTS[j] / (1.0 - WEIGHTS[i]) } else { 0.0 };
    let all: f64 = (0..5).map(taken).sum();
    let (mut fates, mut next) = ([0.0; 6], [0.0; 5]);
    for (at, (chance, met)) in YEARS.iter().enumerate() {
        let worst = met.iter().copied().fold(1.0, f64::min) / mean(met);
        // Service and reuse have their usual level; expertise is 0.
        let record = 0.35 * 0.5 + 0.2 * 0.5 + 0.2 * worst;
        let below = |bar: f64| chance * irwin_hall((bar - 1.0) * record / NOISE);
        let (failed, badly) = (below(STRICTNESS), below(rules.badly * STRICTNESS));
        let passed = chance - failed;
        // Where those of the worse half are, there is somebody who could hold a part of the scope.
        fates[if at == 1 { SPLIT } else { 0 }] += passed;
        let re_scoped = match (at, rules.regions_first) {
            (2, true) => 1.0,
            (2, false) => 1.0 - all,
            _ => 0.0,
        };
        fates[RE_SCOPED] += failed * re_scoped;
        if at == 2 && rules.regions_first {
            continue;
        }
        for j in 0..5 {
            fates[1 + usize::from(region(j) != region(i))] += failed * taken(j);
            next[j] += failed * taken(j);
        }
        if at < 2 {
            fates[ENDED] += badly * (1.0 - all);
            fates[0] += (failed - badly) * (1.0 - all);
        }
    }
    next[i] += fates[0];
    (fates, next)
}

/// The expected number of each outcome before the chain ends.
fn expected(rules: Rules) -> [f64; 6] {
    let reviews: [_; 5] = std::array::from_fn(|i| review_of(i, rules));
    let n = fundamental(&reviews.map(|(_, next)| next));
    // Expected number of reviews of each holder.
    let at: [f64; 5] = std::array::from_fn(|j| (0..5).map(|i| WEIGHTS[i] * n[i][j]).sum());
    std::array::from_fn(|fate| (0..5).map(|i| at[i] * reviews[i].0[fate]).sum())
}

fn everything() -> (Inputs, Policy) {
    let mut inputs = inputs(&WEIGHTS);
    inputs.region.extend(["There", "Elsewhere", "Nowhere"].map(bare::region));
    for (at, organisation) in inputs.organisation.iter_mut().enumerate() {
        // The first two regions have no organisations.
        organisation.region.clone_from(&inputs.region[if at == 3 || at == 4 { 2 } else { 3 }].name);
    }
    (inputs.parameters.mandates.noise, inputs.parameters.mandates.takeover_margin) = (NOISE, MARGIN);
    let mut policy = reviewed();
    policy.hubs.outcomes = vec![Outcome::Split, Outcome::ReScope, Outcome::Move, Outcome::Reallocate, Outcome::End];
    policy.hubs.strictness = STRICTNESS;
    (inputs, policy)
}

/// The outcomes of a hub's reviews until the chain ends.
fn outcomes(mut sim: Simulation, replicate: u32) -> Vec<usize> {
    sim.step_year();
    let mut fates = Vec::new();
    while fates.last().is_none_or(|fate| GOES_ON.contains(fate)) {
        // A separate seed, for the experience of each year.
        let lived =
            Stream::new(bare::SEED + 1, replicate).decision(Decision::Surge, sim.conditions.now.year()).uniform(0);
        let year = if lived < YEARS[0].0 { 0 } else { 1 + usize::from(lived >= YEARS[0].0 + YEARS[1].0) };
        let mandate = &mut sim.state.mandates[MandateId(0)];
        for (r, met) in YEARS[year].1.iter().enumerate() {
            (mandate.last.requests[r], mandate.last.service[r]) = (100.0, 100.0 * met);
        }
        let before = mandate.holder;
        sim.step_year();
        let mandate = &sim.state.mandates[MandateId(0)];
        let region = |o: hubsim_model::ids::OrganisationId| sim.state.organisations[o].region;
        fates.push(match (mandate.alive(), mandate.scope.regions().count()) {
            (false, _) => ENDED,
            (_, 2) => SPLIT,
            (_, 3) => RE_SCOPED,
            _ if mandate.holder == before => 0,
            _ => 1 + usize::from(region(mandate.holder) != region(before)),
        });
        assert_eq!(sim.record.movement.reviews, 1, "one review a year");
    }
    fates
}

/// All fates at once: what the regions lived through in a year is put in by hand, the review is the model's. It goes on,
/// or another holder in the region or beyond it takes over, which is drawn and must be better by a margin; the hub is
/// split, loses a region, or ends. Each fate befalls it as often as N says, and each of the last three as often as N R.
/// 16,000 worlds: 0.05 standard deviations. Mutants: whoever is drawn takes over; that is asked before how the regions are
/// served; who fails at all fails badly.
#[test]
fn all_outcomes_follow_the_absorbing_chain() {
    let (inputs, policy) = everything();
    let lives: Vec<Vec<usize>> =
        (0..).zip(bare::worlds(&inputs, &policy, 16_000)).map(|(i, sim)| outcomes(sim, i)).collect();
    let often = |fate: usize| -> Vec<f64> {
        lives.iter().map(|life| life.iter().filter(|&&f| f == fate).count() as f64).collect()
    };
    let length: Vec<f64> = lives.iter().map(|life| life.len() as f64).collect();
    let ends: Vec<f64> = (SPLIT..=ENDED).map(|fate| often(fate).iter().sum()).collect();
    // How far a law is from what was: the largest |z| of how often each fate was met, and the p-value of the last ones.
    let misfit = |law: [f64; 6]| {
        let z: Vec<f64> = GOES_ON.iter().map(|&fate| z_of_mean(&often(fate), law[fate])).collect();
        let z_of_length = z_of_mean(&length, law.iter().sum());
        (z, z_of_length, p_of_counts(&ends, &law[SPLIT..]))
    };
    let law = expected(MODEL);
    assert!((law[SPLIT..].iter().sum::<f64>() - 1.0).abs() < 1e-12, "one of them at last: {law:?}");
    let (z, z_of_length, p) = misfit(law);
    println!("{:.3} reviews for {:.3}; fates {law:.4?}", mean(&length), law.iter().sum::<f64>());
    println!("z of fates {z:.2?}, of length {z_of_length:.2}, p of the end {p:.3}");
    assert!(z.iter().chain([&z_of_length]).all(|z| z.abs() < REJECT) && p > UNLIKELY);
    let mutants = [
        ("margin", Rules { margin: 0.0, ..MODEL }),
        ("order", Rules { regions_first: false, ..MODEL }),
        ("badly", Rules { badly: 1.0, ..MODEL }),
    ];
    for (name, rules) in mutants {
        let (z, z_of_length, p) = misfit(expected(rules));
        println!("mutant {name}: z {z:.2?}, {z_of_length:.2}, p {p:.1e}");
        assert!(z.iter().chain([&z_of_length]).any(|z| z.abs() > REJECT) || p < UNLIKELY, "{name}: the mutant passes");
    }
}

/// The review whose chances stand above: five outcomes, each possible from the first review on.
#[test]
fn probabilities_of_review_outcomes_sum_to_1() {
    for i in 0..5 {
        let (fates, next) = review_of(i, MODEL);
        assert!((fates.iter().sum::<f64>() - 1.0).abs() < 1e-12 && fates.iter().all(|&p| p >= 0.0));
        assert!((next.iter().sum::<f64>() - fates[..SPLIT].iter().sum::<f64>()).abs() < 1e-12);
    }
    let (inputs, policy) = everything();
    let mut sim = bare::worlds(&inputs, &policy, 1).next().expect("one");
    sim.step_year();
    for (_, met) in YEARS {
        for (r, met) in met.iter().enumerate() {
            (sim.state.mandates[MandateId(0)].last.requests[r], sim.state.mandates[MandateId(0)].last.service[r]) =
                (100.0, 100.0 * met);
        }
        let record =
            hubsim_model::mechanisms::mandates::judge(&sim.conditions.context(), &sim.state, MandateId(0)).record;
        let worst = met.iter().copied().fold(1.0, f64::min) / mean(&met);
        assert!((record - (0.275 + 0.2 * worst)).abs() < 1e-12, "{record}");
    }
}

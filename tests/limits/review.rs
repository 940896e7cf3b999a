//! O8a and b: a hub under reviews and terms is a Markov chain: who holds it, and for how long.
//!
//! The whole simulator with one theme, so that a hub is only ever compared with itself, and a foundation that judges
//! alone, without interests and without delay: with strictness 1 a hub passes a review when the error is positive, with
//! chance ½, whatever a record is made of. Errors are sums of four uniforms, the law of Irwin and Hall. Who is to follow
//! is drawn in proportion to income, which stands still, here among the *others*, as where the holder may not stand again
//! (`redrawn` is the textbook's chain, where it may). So π is in proportion to w (1 − w)/(1 − ρ).

use hubsim_model::ids::MandateId;
use hubsim_model::inputs::Inputs;
use hubsim_model::mechanisms::mandates;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::{HubKind, MandateAward, Outcome, ScoreMix};
use hubsim_model::record::History;
use hubsim_model::units::Quarters;

use crate::bare;
use crate::oracle::{irwin_hall, power, quantile};
use crate::statistic::{REJECT, UNLIKELY, mean, p_of_counts, z_of_count, z_of_mean};

/// Shares of income.
pub const WEIGHTS: [f64; 5] = [0.5, 0.3, 0.1, 0.05, 0.05];

/// Chapters with these shares of income, and a foundation that judges; everybody's record is worth the same.
pub fn inputs(weights: &[f64]) -> Inputs {
    let mut inputs = bare::inputs();
    inputs.organisation = bare::chapters(&weights.iter().map(|w| 20.0 * w).collect::<Vec<f64>>());
    inputs.organisation.push(bare::foundation());
    // A body that does not know a hub assumes the usual record, which is that of this one.
    inputs.parameters.deciding.reputation = 0.0;
    let p = &mut inputs.parameters.mandates;
    (p.least_expertise, p.takeover_margin, p.transition_quarters) = (0.0, 0.0, Quarters::ZERO);
    // Nothing is learnt about hubs, so that the noise stays constant.
    (p.noise, p.experience, p.sunk_cost) = (0.5, 1e4, 0.0);
    inputs
}

/// One hub, created in year 1, which never ends of itself.
pub fn policy() -> Policy {
    let mut policy = Policy::default();
    policy.hubs.kind = HubKind::Thematic;
    policy.hubs.score = ScoreMix { history: 1.0, ..ScoreMix::default() };
    policy.hubs.award = MandateAward::Lottery;
    policy.hubs.outcomes = vec![Outcome::Move, Outcome::Reallocate];
    (policy.hubs.strictness, policy.hubs.independence) = (1.0, 1.0);
    (policy.hubs.wave_years, policy.hubs.term_years) = (20.0, 50.0);
    policy
}

/// The same with a review every year.
pub fn reviewed() -> Policy {
    let mut policy = policy();
    policy.hubs.review_years = 1.0.into();
    policy
}

/// The holder of the hub in each year from its creation on.
pub fn holders(history: &History) -> Vec<usize> {
    history.mandates.iter().map(|row| row.holder as usize).collect()
}

/// How many years the first holder has it; as many as there are, if it still does.
pub fn first_tenure(holders: &[usize]) -> usize {
    holders.iter().position(|&holder| holder != holders[0]).unwrap_or(holders.len())
}

/// The distribution in proportion to some weights.
pub fn in_proportion(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    weights.iter().map(|w| w / total).collect()
}

pub fn tally(of: impl Iterator<Item = usize>, cells: usize) -> Vec<f64> {
    let mut counts = vec![0.0; cells];
    of.for_each(|at| counts[at] += 1.0);
    counts
}

/// Asserts the transitions from each holder, given its probability to stay, and the stationary distribution.
fn assert_follows_the_chain(all: &[Vec<usize>], stays: [f64; 5]) {
    let first = tally(all.iter().map(|h| h[0]), 5);
    assert!(p_of_counts(&first, &WEIGHTS) > UNLIKELY, "created in proportion to weight: {first:?}");
    assert!(p_of_counts(&first, &[0.2; 5]) < UNLIKELY, "the mutant passes");
    let pairs = || all.iter().flat_map(|h| h.windows(2).map(|two| (two[0], two[1])));
    for (i, (w, stays)) in WEIGHTS.iter().zip(stays).enumerate() {
        let next = tally(pairs().filter(|&(from, _)| from == i).map(|(_, to)| to), 5);
        let law = |j: usize| if i == j { stays } else { (1.0 - stays) * WEIGHTS[j] / (1.0 - w) };
        let p = p_of_counts(&next, &(0..5).map(law).collect::<Vec<f64>>());
        println!("from holder {i}: p of the law {p:.3}");
        assert!(p > UNLIKELY, "from {i}: {next:?}");
    }
    let last = tally(all.iter().map(|h| h[h.len() - 1]), 5);
    let stationary: Vec<f64> = WEIGHTS.iter().zip(stays).map(|(w, stays)| w * (1.0 - w) / (1.0 - stays)).collect();
    let stationary = in_proportion(&stationary);
    println!("stationary: p of the law {:.3}", p_of_counts(&last, &stationary));
    assert!(p_of_counts(&last, &stationary) > UNLIKELY, "{last:?}");
    assert!(p_of_counts(&last, &WEIGHTS) < UNLIKELY, "the mutant, which may draw the holder again, passes");
}

/// O8a, with a term of one year that cannot be renewed: from i to j with chance w_j/(1 − w_i). 4,000 worlds.
#[test]
fn terms_without_renewal_follow_a_markov_chain() {
    let mut policy = policy();
    (policy.hubs.term_years, policy.hubs.term_limit) = (1.0, 1.0.into());
    let all: Vec<_> = bare::histories(&inputs(&WEIGHTS), &policy, 4000, 14).map(|h| holders(&h)).collect();
    assert_follows_the_chain(&all, [0.0; 5]);
}

/// O8a and b, with a yearly review that is passed with chance ½: the same chain, only slower, and tenures that are
/// geometric, whoever holds. 4,000 worlds; mutants: ρ = .55.
#[test]
fn random_reviews_follow_a_chain_with_geometric_tenures() {
    let all: Vec<_> = bare::histories(&inputs(&WEIGHTS), &reviewed(), 4000, 24).map(|h| holders(&h)).collect();
    assert_follows_the_chain(&all, [0.5; 5]);
    let tenures = tally(all.iter().map(|h| first_tenure(h)), 25);
    let law = |rho: f64| -> Vec<f64> {
        (0..25).map(|k| if k == 0 { 0.0 } else { power(rho, k - 1) * (1.0 - rho) }).collect()
    };
    println!("tenures: p of the law {:.3}", p_of_counts(&tenures, &law(0.5)));
    assert!(p_of_counts(&tenures, &law(0.5)) > UNLIKELY);
    assert!(p_of_counts(&tenures, &law(0.55)) < UNLIKELY, "the mutant passes");
}

/// O8a: among n alike the second eigenvalue is λ = ρ − (1 − ρ)/(n − 1), and the holder of k years ago holds again with
/// chance 1/n + (1 − 1/n) λᵏ. 4,000 worlds; the mutant's λ is ρ.
#[test]
fn memory_of_the_holder_decays_with_the_second_eigenvalue() {
    let all: Vec<_> = bare::histories(&inputs(&[0.2; 5]), &reviewed(), 4000, 8).map(|h| holders(&h)).collect();
    let (n, rho) = (5.0, 0.5);
    for k in 1..=3 {
        let law = |lambda: f64| 1.0 / n + (1.0 - 1.0 / n) * power(lambda, k as u32);
        let same = all.iter().filter(|h| h[4] == h[4 + k]).count();
        let z = z_of_count(same, all.len(), law(rho - (1.0 - rho) / (n - 1.0)));
        println!("after {k} reviews: z {z:.2}");
        assert!(z.abs() < REJECT, "after {k}: {z}");
        assert!(z_of_count(same, all.len(), law(rho)).abs() > REJECT, "after {k}: the mutant passes");
    }
}

/// The value of a hub's record, by its holder.
pub fn records(inputs: &Inputs, policy: &Policy) -> Vec<f64> {
    let mut records = vec![f64::NAN; inputs.organisation.len() - 1];
    for mut sim in bare::worlds(inputs, policy, 400) {
        sim.step_year();
        records[sim.state.mandates[MandateId(0)].holder.index()] =
            mandates::judge(&sim.conditions.context(), &sim.state, MandateId(0)).record;
    }
    assert!(records.iter().all(|record| record.is_finite()), "everybody holds it in some sim");
    records
}

/// O8a: holders who know more do better in reviews, and hold the hub more often than they are chosen: π in proportion to
/// w (1 − w)/(1 − ρ) with a ρ of each holder's own. 3,000 worlds; the mutant's ρ is everybody's mean.
#[test]
fn better_holders_hold_the_hub_more_often() {
    let mut inputs = inputs(&WEIGHTS);
    for (organisation, expertise) in inputs.organisation.iter_mut().zip([0.1, 0.9, 0.3, 0.9, 0.5]) {
        organisation.expertise = expertise;
    }
    let mut policy = reviewed();
    policy.hubs.strictness = 0.5;
    let records = records(&inputs, &policy);
    inputs.parameters.mandates.noise = 0.25;
    let stays: [f64; 5] = std::array::from_fn(|i| irwin_hall(0.5 * records[i] / 0.25));
    println!("chances to pass: {stays:.3?}");
    let all: Vec<_> = bare::histories(&inputs, &policy, 3000, 30).map(|h| holders(&h)).collect();
    assert_follows_the_chain(&all, stays);
    let last = tally(all.iter().map(|h| h[h.len() - 1]), 5);
    let alike = in_proportion(&WEIGHTS.map(|w| w * (1.0 - w)));
    assert!(p_of_counts(&last, &alike) < UNLIKELY, "the mutant passes");
}

/// O8b: with at most L terms of a year, a tenure is (1 − ρᴸ)/(1 − ρ) years: 2.952 with ρ = .8 and L = 4. The chance ρ is
/// set by the noise against what a record is worth. 4,000 worlds: 0.1 standard deviations. Mutants: no limit, L = 3.
#[test]
fn mean_tenure_follows_from_reviews_and_the_term_limit() {
    for (rho, limit, strictness) in [(0.8, 4, 0.5), (0.5, 4, 1.0), (0.8, 2, 0.5)] {
        let mut policy = reviewed();
        policy.hubs.strictness = strictness;
        (policy.hubs.term_years, policy.hubs.term_limit) = (1.0, f64::from(limit).into());
        let mut inputs = inputs(&WEIGHTS);
        if strictness < 1.0 {
            // ρ = P(record + noise · error ≥ strictness · record).
            let margin = (1.0 - strictness) * records(&inputs, &policy)[0];
            inputs.parameters.mandates.noise = margin / quantile(irwin_hall, rho);
        }
        let tenures: Vec<f64> =
            bare::histories(&inputs, &policy, 4000, 6).map(|history| first_tenure(&holders(&history)) as f64).collect();
        let law = |limit: u32| (1.0 - power(rho, limit)) / (1.0 - rho);
        println!("ρ {rho}, limit {limit}: {:.3}, z {:.2}", mean(&tenures), z_of_mean(&tenures, law(limit)));
        assert!(z_of_mean(&tenures, law(limit)).abs() < REJECT);
        assert!(z_of_mean(&tenures, law(limit - 1)).abs() > REJECT, "the mutant passes");
        assert!(z_of_mean(&tenures, 1.0 / (1.0 - rho)).abs() > REJECT, "the mutant passes");
    }
}

//! V1, the null model of entrenchment: a lottery in proportion to all past grants is Pólya's urn.
//!
//! The whole simulator, year by year: one funder whose pot is one grant, the rule `lottery`, the score `history` with
//! memory 1. All organisations apply for the whole pot, so each year one organisation gets one grant. Eggenberger & Pólya 1923.

use hubsim_model::inputs::Inputs;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::{AwardRule, ScoreMix};
use hubsim_model::units::Money;

use crate::bare::{self, UNIT};
use crate::oracle::{beta_binomial, binomial, polya_hhi, polya_share};
use crate::statistic::{REJECT, UNLIKELY, mean, p_of_counts, z_of_count, z_of_mean, z_of_variance};

/// The start of each organisation, in grants.
pub const START: [f64; 5] = [3.0, 1.0, 1.0, 0.5, 0.5];
pub const ROUNDS: u32 = 16;

pub fn urn(start: &[f64], grants_a_year: f64) -> Inputs {
    let mut inputs = bare::inputs();
    inputs.organisation = bare::chapters(&vec![0.0; start.len()]);
    for (organisation, &weight) in inputs.organisation.iter_mut().zip(start) {
        organisation.grant_weight = weight;
    }
    inputs.region[0].grants = UNIT * start.iter().sum::<f64>();
    inputs.funder = bare::fund(UNIT * grants_a_year);
    inputs.parameters.money.least_request = Money(UNIT * grants_a_year);
    inputs
}

pub fn policy(award: AwardRule) -> Policy {
    let mut policy = Policy::default();
    policy.grants.award = award;
    policy.grants.score = ScoreMix { history: 1.0, ..ScoreMix::default() };
    policy.grants.history_memory = 1.0;
    policy
}

/// A lottery with equal scores.
pub fn uniform() -> Policy {
    let mut policy = policy(AwardRule::UniformLottery);
    policy.grants.score = ScoreMix::default();
    policy
}

/// The grants of each organisation in each of many urns.
fn wins(inputs: &Inputs, policy: &Policy, urns: u32, rounds: u32) -> Vec<Vec<f64>> {
    bare::histories(inputs, policy, urns, rounds).map(|history| bare::granted(&history)).collect()
}

fn wins_of(wins: &[Vec<f64>], organisation: usize) -> Vec<f64> {
    wins.iter().map(|wins| wins[organisation]).collect()
}

fn counts(wins: &[f64], most: u32) -> Vec<f64> {
    let mut counts = vec![0.0; most as usize + 1];
    wins.iter().for_each(|&won| counts[won.round() as usize] += 1.0);
    counts
}

/// Shares after some rounds: their law, mean, variance, covariance and concentration. 20,000 urns: 0.04 standard
/// deviations of a mean are caught with 95 % power. Mutants: a lottery without memory (binomial), and a start that is
/// larger by a tenth.
#[test]
fn a_lottery_in_proportion_to_history_is_polyas_urn() {
    let wins = wins(&urn(&START, 1.0), &policy(AwardRule::Lottery), 20_000, ROUNDS);
    let n = f64::from(ROUNDS);
    assert!(wins.iter().all(|wins| wins.iter().sum::<f64>() == n), "one grant a year");
    for (i, &a) in START.iter().enumerate() {
        let (p, variance) = polya_share(n, a, 6.0);
        let shares: Vec<f64> = wins_of(&wins, i).iter().map(|won| won / n).collect();
        let z = [z_of_mean(&shares, p), z_of_variance(&shares, p, variance)];
        println!("organisation {i}: z of mean and variance {z:.2?}");
        assert!(z.iter().all(|z| z.abs() < REJECT), "organisation {i}: {z:?}");
        assert!(z_of_variance(&shares, p, p * (1.0 - p) / n).abs() > REJECT, "the mutant without memory passes");
        let fit = p_of_counts(&counts(&wins_of(&wins, i), ROUNDS), &beta_binomial(ROUNDS, a, 6.0 - a));
        println!("organisation {i}: p of the law {fit:.3}");
        assert!(fit > UNLIKELY, "organisation {i}: {fit}");
    }
    let first = counts(&wins_of(&wins, 0), ROUNDS);
    assert!(p_of_counts(&first, &binomial(ROUNDS, 0.5)) < UNLIKELY, "the mutant without memory passes");
    assert!(p_of_counts(&first, &beta_binomial(ROUNDS, 3.3, 3.0)) < UNLIKELY, "the mutant with a tenth more passes");
    let products: Vec<f64> = wins.iter().map(|w| (w[0] / n - 0.5) * (w[1] / n - 1.0 / 6.0)).collect();
    let covariance = -0.5 / 6.0 * (6.0 + n) / (n * 7.0);
    assert!(z_of_mean(&products, covariance).abs() < REJECT, "{}", z_of_mean(&products, covariance));
    assert!(z_of_mean(&products, -0.5 / 6.0 / n).abs() > REJECT, "the mutant without memory passes");
    let hhi =
        |w: &Vec<f64>| w.iter().zip(&START).map(|(w, a)| (w + a) * (w + a)).sum::<f64>() / ((6.0 + n) * (6.0 + n));
    let hhis: Vec<f64> = wins.iter().map(hhi).collect();
    let z = z_of_mean(&hhis, polya_hhi(n, &START));
    println!("HHI: z {z:.2}");
    assert!(z.abs() < REJECT, "{z}");
    let still = START.iter().map(|a| a * a).sum::<f64>() / 36.0;
    assert!(z_of_mean(&hhis, still).abs() > REJECT, "the mutant of constant shares passes");
}

/// The same with what a uniform lottery does: Pólya's law rejects it. 2,000 urns.
#[test]
fn a_uniform_lottery_is_not_polyas_urn() {
    let wins = wins(&urn(&START, 1.0), &uniform(), 2000, ROUNDS);
    let first = counts(&wins_of(&wins, 0), ROUNDS);
    assert!(p_of_counts(&first, &binomial(ROUNDS, 0.2)) > UNLIKELY);
    assert!(p_of_counts(&first, &beta_binomial(ROUNDS, 3.0, 3.0)) < UNLIKELY);
}

/// 400 rounds, the test vector: mean ½, variance .03625, HHI .41523. 300 urns.
#[test]
fn four_hundred_rounds_match_the_test_vector() {
    let wins = wins(&urn(&START, 1.0), &policy(AwardRule::Lottery), 300, 400);
    let shares: Vec<f64> = wins_of(&wins, 0).iter().map(|won| won / 400.0).collect();
    let hhi = |w: &Vec<f64>| w.iter().zip(&START).map(|(w, a)| (w + a) * (w + a)).sum::<f64>() / (406.0 * 406.0);
    let z = [
        z_of_mean(&shares, 0.5),
        z_of_variance(&shares, 0.5, 0.03625),
        z_of_mean(&wins.iter().map(hhi).collect::<Vec<f64>>(), 0.41523),
    ];
    println!("400 rounds: z of mean, variance, HHI {z:.2?}");
    assert!(z.iter().all(|z| z.abs() < REJECT), "{z:?}");
    assert!(z_of_variance(&shares, 0.5, 0.5 * 0.5 / 400.0).abs() > REJECT, "the mutant without memory passes");
}

/// Two organisations with 2 and 1: how often who led ends first, exactly at 16 rounds (no ties), ¾ in the limit. 6,000
/// urns; the mutant has a chance of 0.9 of that.
#[test]
fn the_initial_leader_ends_first_with_the_known_probability() {
    let wins = wins(&urn(&[2.0, 1.0], 1.0), &policy(AwardRule::Lottery), 6000, ROUNDS);
    let stays = wins.iter().filter(|w| w[0] + 2.0 > w[1] + 1.0).count();
    let exact: f64 = beta_binomial(ROUNDS, 2.0, 1.0)[8..].iter().sum();
    println!("leader: {exact:.4}, z {:.2}", z_of_count(stays, 6000, exact));
    assert!((exact - 0.75).abs() < 0.02);
    assert!(z_of_count(stays, 6000, exact).abs() < REJECT);
    assert!(z_of_count(stays, 6000, 0.9 * exact).abs() > REJECT, "the mutant passes");
}

/// Grants of c units: what one had counts as a/c. 4,000 urns; the mutant is the urn of single units.
#[test]
fn larger_grants_are_an_urn_of_fewer_balls() {
    let wins = wins(&urn(&[3.0, 1.0], 2.0), &policy(AwardRule::Lottery), 4000, ROUNDS);
    let first = counts(&wins_of(&wins, 0).iter().map(|won| won / 2.0).collect::<Vec<f64>>(), ROUNDS);
    assert!(p_of_counts(&first, &beta_binomial(ROUNDS, 1.5, 0.5)) > UNLIKELY);
    assert!(p_of_counts(&first, &beta_binomial(ROUNDS, 3.0, 1.0)) < UNLIKELY, "the mutant passes");
}

/// "Incremental budgeting" is not an urn: what is divided in proportion keeps its shares to the last digit.
#[test]
fn division_in_proportion_keeps_shares() {
    for history in bare::histories(&urn(&START, 1.0), &policy(AwardRule::Proportional), 2, 30) {
        for year in bare::grants(&history) {
            assert!(year.iter().zip(&START).all(|(got, a)| (got / (a / 6.0) - 1.0).abs() < 1e-12), "{year:?}");
        }
    }
}

/// Final share of capacity of the first organisation, that of the start included, in each world.
fn shares(extra: f64, policy: &Policy, worlds: u32) -> Vec<f64> {
    let mut start = START;
    start[0] += extra;
    let theta: f64 = start.iter().sum();
    let wins = wins(&urn(&start, 1.0), policy, worlds, ROUNDS);
    wins.iter().map(|w| (start[0] + w[0]) / (theta + f64::from(ROUNDS))).collect()
}

/// Inherited advantage, causal: one organisation begins with one grant more, in the same worlds. The gain of its
/// expected final share: (1 − p)/(θ + 1) in the urn, however long; (1 − s)/(θ + n + 1) where all are treated
/// equally; a mixture of both lies between, by its own recursion. 2,000 pairs of worlds; each is the other's mutant.
#[test]
fn inherited_advantage_persists_only_if_history_counts() {
    let n = f64::from(ROUNDS);
    let gains = |policy: &Policy, worlds: u32| -> Vec<f64> {
        let pairs = shares(0.0, policy, worlds).into_iter().zip(shares(1.0, policy, worlds));
        pairs.map(|(before, after)| after - before).collect()
    };
    let (urn_law, alike) = ((1.0 - 0.5) / 7.0, |s: f64| (1.0 - s) / (6.0 + n + 1.0));
    let historical = gains(&policy(AwardRule::Lottery), 2000);
    println!("inherited advantage: urn z {:.2}", z_of_mean(&historical, urn_law));
    assert!(z_of_mean(&historical, urn_law).abs() < REJECT);
    let s = (3.0 + n / 5.0) / (6.0 + n);
    assert!(z_of_mean(&historical, alike(s)).abs() > REJECT, "the mutant passes");
    let lottery = gains(&uniform(), 2000);
    println!("inherited advantage: lottery z {:.2}", z_of_mean(&lottery, alike(s)));
    assert!(z_of_mean(&lottery, alike(s)).abs() < REJECT);
    assert!(z_of_mean(&lottery, urn_law).abs() > REJECT, "the mutant passes");
    let equal = mean(&gains(&policy(AwardRule::Equal), 1));
    assert!((equal / alike(s) - 1.0).abs() < 1e-12, "{equal}");

    let mut mixed = policy(AwardRule::Proportional);
    mixed.grants.baseline_share = 0.4.into();
    let recursion = |extra: f64| {
        let share = |c: f64, all: f64| 0.6 * c / all + 0.4 / 5.0;
        let (mut c, mut all) = (3.0 + extra, 6.0 + extra);
        (0..ROUNDS).for_each(|_| (c, all) = (c + share(c, all), all + 1.0));
        c / all
    };
    let law = recursion(1.0) - recursion(0.0);
    let gain = mean(&gains(&mixed, 1));
    assert!((gain / law - 1.0).abs() < 1e-9, "{gain} for {law}");
    assert!(urn_law > law && law > alike(s), "{urn_law} > {law} > {}", alike(s));
}

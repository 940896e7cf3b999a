//! Inherited advantage, measured as for users: by an arm in which one randomly drawn organisation begins with more.
//!
//! The whole simulator: one grant a year, as in Pólya's urn. In an arm with common random numbers, the drawn organisation
//! begins with twice its start a; the gain of its final share is compared with the laws with δ = a: δ(1 − p)/(θ + δ) where
//! history alone counts, however long; δ(1 − s)/(θ + n + δ) where all are treated alike.

use hubsim_lab::analysis::inherited::ratio;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::AwardRule;
use hubsim_model::random::Stream;
use hubsim_model::simulation;

use crate::bare::{self, SEED};
use crate::polya::{ROUNDS, START, policy, uniform, urn};
use crate::statistic::{REJECT, UNLIKELY, mean, p_of_counts, z_of_mean};

/// The sum of all organisations' starts, in grants.
const THETA: f64 = 6.0;

/// The organisation drawn in a replicate, and the gain of its final share through a doubled start.
fn gain(policy: &Policy, replicate: u32) -> (usize, f64) {
    let arm = |head_start: f64| {
        let mut inputs = urn(&START, 1.0);
        inputs.head_start = head_start;
        let history = simulation::simulate(&inputs, policy, Stream::new(SEED, replicate), ROUNDS);
        let drawn: Vec<usize> = (0..START.len()).filter(|&o| history.organisations[o].drawn == 1).collect();
        let [drawn] = drawn[..] else { panic!("drawn: {drawn:?}") };
        let more = head_start * START[drawn];
        let share = (START[drawn] + more + bare::granted(&history)[drawn]) / (THETA + more + f64::from(ROUNDS));
        (drawn, share)
    };
    let ((drawn, before), (again, after)) = (arm(0.0), arm(1.0));
    assert_eq!(drawn, again, "the same one in both arms");
    (drawn, after - before)
}

/// The gain at the start and, in the urn, at any time.
fn gain_with_history(o: usize) -> f64 {
    let a = START[o];
    a * (1.0 - a / THETA) / (THETA + a)
}

/// The gain if all are treated equally.
fn gain_with_equal_treatment(o: usize) -> f64 {
    let (a, n) = (START[o], f64::from(ROUNDS));
    let s = (a + n / START.len() as f64) / (THETA + n);
    a * (1.0 - s) / (THETA + n + a)
}

/// The z-score of the remaining gain against a law.
fn z_of_left(gains: &[(usize, f64)], law: fn(usize) -> f64) -> f64 {
    let of = |law: fn(usize) -> f64| gains.iter().map(|of| law(of.0)).collect::<Vec<f64>>();
    let tops: Vec<f64> = gains.iter().map(|of| of.1).collect();
    let (start, expected) = (of(gain_with_history), of(law));
    let left = ratio(&tops, &start);
    (left.mean - mean(&expected) / mean(&start)) / (left.sd / (left.n as f64).sqrt())
}

fn z_of_gain(gains: &[(usize, f64)], law: fn(usize) -> f64) -> f64 {
    z_of_mean(&gains.iter().map(|of| of.1 - law(of.0)).collect::<Vec<f64>>(), 0.0)
}

/// 2,000 pairs of worlds: 0.14 standard deviations of a gain are caught with 95 % power. Each law is the other's mutant;
/// what mixes both lies between, by its own recursion.
#[test]
fn a_head_start_persists_only_if_history_counts() {
    let gains = |policy: &Policy| (0..2000).map(|replicate| gain(policy, replicate)).collect::<Vec<_>>();
    let historical = gains(&policy(AwardRule::Lottery));
    let lottery = gains(&uniform());
    for (name, gains, law, mutant) in [
        ("history", &historical, gain_with_history as fn(usize) -> f64, gain_with_equal_treatment as fn(usize) -> f64),
        ("lottery", &lottery, gain_with_equal_treatment, gain_with_history),
    ] {
        let (z, left) = (z_of_gain(gains, law), z_of_left(gains, law));
        println!("{name}: z of gain {z:.2}, of what is left {left:.2}; mutant {:.2}", z_of_gain(gains, mutant));
        assert!(z.abs() < REJECT && left.abs() < REJECT, "{name}: {z} {left}");
        assert!(z_of_gain(gains, mutant).abs() > REJECT, "{name}: the mutant passes");
        assert!(z_of_left(gains, mutant).abs() > REJECT, "{name}: the mutant passes");
    }
    let mut mixed = policy(AwardRule::Proportional);
    mixed.grants.baseline_share = 0.4.into();
    for replicate in 0..20 {
        let (o, equal) = gain(&policy(AwardRule::Equal), replicate);
        assert!((equal / gain_with_equal_treatment(o) - 1.0).abs() < 1e-9, "{equal}");
        let (o, mixed) = gain(&mixed, replicate);
        assert!((mixed / recursion(o) - 1.0).abs() < 1e-9, "{mixed} for {}", recursion(o));
        assert!(gain_with_history(o) > mixed && mixed > equal, "{} > {mixed} > {equal}", gain_with_history(o));
    }
}

/// 0.6 in proportion to all that one ever had, 0.4 equally.
fn recursion(o: usize) -> f64 {
    let share = |more: f64| {
        let (mut c, mut all) = (START[o] + more, THETA + more);
        (0..ROUNDS).for_each(|_| (c, all) = (c + 0.6 * c / all + 0.4 / START.len() as f64, all + 1.0));
        c / all
    };
    share(START[o]) - share(0.0)
}

/// Each organisation is equally likely to be drawn, whatever its size: 4,000 worlds. The mutant draws by size.
#[test]
fn every_organisation_is_equally_likely_to_be_drawn() {
    let mut counts = [0.0; START.len()];
    for replicate in 0..4000 {
        let history = simulation::simulate(&urn(&START, 1.0), &uniform(), Stream::new(SEED, replicate), 0);
        let drawn = history.organisations.iter().position(|row| row.drawn == 1).expect("somebody is drawn");
        counts[drawn] += 1.0;
    }
    assert!(p_of_counts(&counts, &[0.2; START.len()]) > UNLIKELY, "{counts:?}");
    assert!(p_of_counts(&counts, &START.map(|a| a / THETA)) < UNLIKELY, "the mutant passes");
}

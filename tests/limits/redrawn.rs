//! O8a and b if the holder may be drawn again: the chain of textbooks. A mandate is reassigned to any organisation in
//! proportion to weight, its holder included, so that π is in proportion to w/(1 − ρ), memory decays with ρ itself, and
//! a tenure ends with (1 − ρ)(1 − w).

use hubsim_model::policy::Policy;

use crate::bare;
use crate::oracle::{irwin_hall, power};
use crate::review::{WEIGHTS, first_tenure, holders, in_proportion, inputs, policy, records, reviewed, tally};
use crate::statistic::{REJECT, UNLIKELY, mean, p_of_counts, z_of_count, z_of_mean};

/// A policy with an open call.
fn open(mut policy: Policy) -> Policy {
    policy.hubs.holder_may_stand = true;
    policy
}

/// Tenures of 1, 2, … years that end with probability 1 − ρ each.
fn geometric(rho: f64) -> Vec<f64> {
    (0..31).map(|k| if k == 0 { 0.0 } else { power(rho, k - 1) * (1.0 - rho) }).collect()
}

/// O8a, holders who know more do better in reviews: π in proportion to w/(1 − ρ), with a ρ of each holder's own, and
/// each step as the chain says. 4,000 worlds. Mutants: others only, w (1 − w)/(1 − ρ); everybody's ρ the same.
#[test]
fn the_stationary_share_is_weight_times_mean_stay() {
    let mut inputs = inputs(&WEIGHTS);
    for (organisation, expertise) in inputs.organisation.iter_mut().zip([0.1, 0.9, 0.3, 0.9, 0.5]) {
        organisation.expertise = expertise;
    }
    let mut policy = open(reviewed());
    policy.hubs.strictness = 0.5;
    let records = records(&inputs, &policy);
    inputs.parameters.mandates.noise = 0.25;
    let stays: [f64; 5] = std::array::from_fn(|i| irwin_hall(0.5 * records[i] / 0.25));
    println!("chances to pass: {stays:.3?}");
    let all: Vec<_> = bare::histories(&inputs, &policy, 4000, 40).map(|h| holders(&h)).collect();
    for (i, stays) in stays.into_iter().enumerate() {
        let pairs = all.iter().flat_map(|h| h.windows(2)).filter(|two| two[0] == i);
        let next = tally(pairs.map(|two| two[1]), 5);
        let law: Vec<f64> = (0..5).map(|j| if i == j { stays } else { 0.0 } + (1.0 - stays) * WEIGHTS[j]).collect();
        println!("from holder {i}: p of the law {:.3}", p_of_counts(&next, &law));
        assert!(p_of_counts(&next, &law) > UNLIKELY, "from {i}: {next:?}");
    }
    let last = tally(all.iter().map(|h| h[h.len() - 1]), 5);
    let law = |weight: &dyn Fn(f64, f64) -> f64| -> Vec<f64> {
        in_proportion(&WEIGHTS.iter().zip(stays).map(|(&w, stays)| weight(w, stays)).collect::<Vec<f64>>())
    };
    let p = p_of_counts(&last, &law(&|w, stays| w / (1.0 - stays)));
    println!("stationary: p of the law {p:.3}");
    assert!(p > UNLIKELY, "{last:?}");
    assert!(p_of_counts(&last, &law(&|w, stays| w * (1.0 - w) / (1.0 - stays))) < UNLIKELY, "the mutant passes");
    assert!(p_of_counts(&last, &WEIGHTS) < UNLIKELY, "the mutant passes");
}

/// O8a: among n alike the second eigenvalue is ρ, so that who holds now holds k reviews later with chance
/// 1/n + (1 − 1/n) ρᵏ, half of the excess being gone after ln ½/ln ρ of them, one here. 8,000 worlds; the mutant's
/// eigenvalue is that of others only, ρ − (1 − ρ)/(n − 1).
#[test]
fn memory_decays_with_the_probability_to_pass() {
    let all: Vec<_> = bare::histories(&inputs(&[0.2; 5]), &open(reviewed()), 8000, 8).map(|h| holders(&h)).collect();
    let (n, rho) = (5.0, 0.5);
    for k in 1..=3 {
        let law = |lambda: f64| 1.0 / n + (1.0 - 1.0 / n) * power(lambda, k as u32);
        let same = all.iter().filter(|h| h[4] == h[4 + k]).count();
        let z = z_of_count(same, all.len(), law(rho));
        println!("after {k} reviews: z {z:.2}");
        assert!(z.abs() < REJECT, "after {k}: {z}");
        let others = z_of_count(same, all.len(), law(rho - (1.0 - rho) / (n - 1.0)));
        assert!(others.abs() > REJECT, "after {k}: the mutant passes");
    }
}

/// O8b: the tenure of i is geometric with ρ' = ρ + (1 − ρ) w. 6,000 worlds; mutants: ρ, and everybody's mean w.
#[test]
fn tenures_are_geometric_including_redraws() {
    let all: Vec<_> = bare::histories(&inputs(&WEIGHTS), &open(reviewed()), 6000, 30).map(|h| holders(&h)).collect();
    for i in [0, 1] {
        let tenures = tally(all.iter().filter(|h| h[0] == i).map(|h| first_tenure(h)), 31);
        let p = |rho: f64| p_of_counts(&tenures, &geometric(rho));
        let law = 0.5 + 0.5 * WEIGHTS[i];
        println!("tenure of {i}: p of the law {:.3}", p(law));
        assert!(p(law) > UNLIKELY, "{tenures:?}");
        assert!(p(0.5) < UNLIKELY && p(0.6) < UNLIKELY, "the mutant passes");
    }
}

/// O8b, rotation: with r terms of a year, and no review, everybody holds for exactly r years; the mutant is an open call,
/// where a tenure is r years once, and r more whenever its holder is drawn again: within ten times r years, the mean is
/// r (1 − w¹⁰)/(1 − w). 3,000 worlds of each.
#[test]
fn in_rotation_all_tenures_are_equal() {
    for r in [1usize, 2, 4] {
        let mut rotation = policy();
        (rotation.hubs.term_years, rotation.hubs.term_limit) = (1.0, (r as f64).into());
        let tenures = |policy: &Policy, replicates, years| -> Vec<(usize, f64)> {
            bare::histories(&inputs(&WEIGHTS), policy, replicates, years)
                .map(|history| holders(&history))
                .map(|holders| (holders[0], first_tenure(&holders) as f64))
                .collect()
        };
        assert!(tenures(&rotation, 100, 6).iter().all(|&(_, tenure)| tenure == r as f64), "exactly {r}");
        let drawn = tenures(&open(rotation), 3000, 10 * r as u32);
        assert!(drawn.iter().all(|&(_, tenure)| (tenure as usize).is_multiple_of(r)), "whole terms");
        assert!(drawn.iter().any(|&(_, tenure)| tenure > r as f64), "the mutant passes");
        let of_first: Vec<f64> = drawn.iter().filter(|&&(first, _)| first == 0).map(|&(_, tenure)| tenure).collect();
        let law = r as f64 * (1.0 - power(WEIGHTS[0], 10)) / (1.0 - WEIGHTS[0]);
        let z = z_of_mean(&of_first, law);
        println!("open call every {r} years: {:.3}, z {z:.2}", mean(&of_first));
        assert!(z.abs() < REJECT, "{z}");
    }
}

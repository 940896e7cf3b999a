//! O12: merit under noisy judgement. Of n applicants whose quality is normal, a committee that sees it with reliability
//! r funds k; what they are worth is r times the mean of the k largest of n standard normal numbers.
//!
//! The whole simulator: qualities are put into the organisations as expertise around ½ (approaches at the optimum), the
//! funder's noise is what makes the correlation of what it sees with what is r, prestige has no weight.

use hubsim_model::ids::Key;
use hubsim_model::ids::ThemeId;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::{AwardRule, ScoreMix};
use hubsim_model::random::{Decision, Stream};

use crate::bare::{self, SEED, UNIT};
use crate::oracle::{normal_density, top_normal};
use crate::statistic::{REJECT, mean, z_of_mean};

/// Standard deviation of expertise: so small that nothing is cut off at 0 or 1.
const SPREAD: f64 = 0.02;

/// Mean quality, in standard deviations, of the k of n that are funded, in each of some worlds.
fn funded(n: u32, k: u32, r: f64, worlds: u32) -> Vec<f64> {
    let mut inputs = bare::inputs();
    inputs.organisation = bare::chapters(&vec![0.0; n as usize]);
    inputs.funder = bare::fund(UNIT * f64::from(k));
    inputs.funder[0].noise = SPREAD * (1.0 / (r * r) - 1.0).sqrt();
    inputs.parameters.mandates.prestige_weight = 0.0;
    let mut policy = Policy::default();
    policy.grants.award = AwardRule::Full;
    policy.grants.score = ScoreMix { track_record: 1.0, ..ScoreMix::default() };
    (0..)
        .zip(bare::worlds(&inputs, &policy, worlds))
        .map(|(replicate, mut sim)| {
            // A seed other than that of the trial.
            let stream = Stream::new(SEED + 1, replicate).decision(Decision::World, 0);
            let qualities: Vec<f64> = (0..n).map(|i| stream.entity(Key(u64::from(i))).normal(0)).collect();
            let optimum = sim.state.themes[ThemeId(0)].optimum;
            for (o, quality) in sim.state.organisations.iter_mut().zip(&qualities) {
                (o.expertise[0], o.approach[0]) = (0.5 + SPREAD * quality, optimum);
            }
            sim.step_year();
            let chosen = || sim.state.organisations.iter().zip(&qualities).filter(|(o, _)| o.grants.0 > 0.0);
            assert_eq!(chosen().count(), k as usize);
            chosen().map(|(_, quality)| quality).sum::<f64>() / f64::from(k)
        })
        .collect()
}

/// n = 60, k = 12, r = .6: .825827, not the .8399 of infinitely many. 12,000 worlds: 0.06 standard deviations. Mutants:
/// infinitely many applicants, r² for r, a committee without errors.
#[test]
fn the_quality_of_grantees_is_proportional_to_reliability() {
    let worth = funded(60, 12, 0.6, 12_000);
    let exact = 0.6 * top_normal(60, 12);
    println!("merit: {:.4} for {exact:.4}, z {:.2}", mean(&worth), z_of_mean(&worth, exact));
    assert!(z_of_mean(&worth, exact).abs() < REJECT);
    // The upper fifth begins at .841621.
    let infinite = 0.6 * normal_density(0.841_621) / 0.2;
    println!("merit: the mutant's z {:.2}", z_of_mean(&worth, infinite));
    assert!(z_of_mean(&worth, infinite).abs() > REJECT, "the mutant passes");
    assert!(z_of_mean(&worth, 0.36 * top_normal(60, 12)).abs() > REJECT, "the mutant passes");
    assert!(z_of_mean(&worth, top_normal(60, 12)).abs() > REJECT, "the mutant passes");
}

/// The same at other sizes and reliabilities; a perfect committee gets the best there are. 2,000 worlds each; the
/// mutants' r is .15 less.
#[test]
fn the_law_holds_for_other_sizes_and_reliabilities() {
    for (n, k, r) in [(5, 1, 0.5), (20, 5, 0.8), (20, 19, 0.9), (10, 3, 1.0)] {
        let worth = funded(n, k, r, 2000);
        let z = z_of_mean(&worth, r * top_normal(n, k));
        println!("{k} of {n}, reliability {r}: z {z:.2}");
        assert!(z.abs() < REJECT, "{k} of {n} at {r}: {z}");
        if n > k + 1 {
            assert!(z_of_mean(&worth, (r - 0.15) * top_normal(n, k)).abs() > REJECT, "the mutant passes");
        }
    }
}

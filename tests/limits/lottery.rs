//! O2, O3a, O3b, O14: equal shares, and a lottery of k equal prizes among n.
//!
//! The whole simulator: each organisation applies for one grant, the pot has k grants, and history has no weight.

use hubsim_model::inputs::Inputs;
use hubsim_model::measures::gini;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::{AwardRule, ScoreMix};

use crate::bare::{self, UNIT};
use crate::oracle::walk;
use crate::statistic::{REJECT, UNLIKELY, mean, p_of_counts, z_of_mean, z_of_variance};

const N: u32 = 50;
const K: u32 = 12;
const ROUNDS: u32 = 20;

fn inputs() -> Inputs {
    let mut inputs = bare::inputs();
    inputs.organisation = bare::chapters(&[0.0; N as usize]);
    inputs.funder = bare::fund(UNIT * f64::from(K));
    inputs
}

fn policy(award: AwardRule) -> Policy {
    let mut policy = Policy::default();
    policy.grants.award = award;
    policy.grants.score = ScoreMix::default();
    policy
}

/// Equal shares: Gini 0, HHI 1/n, the same every year.
#[test]
fn equal_shares_are_equal() {
    for history in bare::histories(&inputs(), &policy(AwardRule::Equal), 2, 10) {
        for year in bare::grants(&history) {
            let total: f64 = year.iter().sum();
            let hhi: f64 = year.iter().map(|got| (got / total) * (got / total)).sum();
            assert!((total - 12.0).abs() < 1e-10 && gini(year.clone()).abs() < 1e-12);
            assert!((hhi - 1.0 / 50.0).abs() < 1e-14, "{hhi}");
            assert!(year.iter().all(|got| (got - 0.24).abs() < 1e-14));
        }
    }
}

/// One round: Gini 1 − k/n exactly, n/(n − 1) times that with the small-sample factor. Twenty: its expectation from the
/// walk of the difference of two organisations, .224365. Two rounds in a row share k²/n winners. 2,500 worlds: 0.12
/// standard deviations are detected with 95 % power. Mutants: prizes drawn for each organisation by itself, so that their
/// number varies; winners of two rounds that are a binomial's.
#[test]
fn inequality_of_a_lottery_is_random_only() {
    let (n, k, t) = (f64::from(N), f64::from(K), f64::from(ROUNDS));
    let (mut ginis, mut again, mut won) = (Vec::new(), Vec::new(), vec![0.0; N as usize]);
    for history in bare::histories(&inputs(), &policy(AwardRule::UniformLottery), 2500, ROUNDS) {
        let grants = bare::grants(&history);
        for year in &grants {
            assert!(year.iter().all(|&got| got == 0.0 || got == 1.0) && year.iter().sum::<f64>() == k);
        }
        assert!((gini(grants[0].clone()) - (1.0 - k / n) * n / (n - 1.0)).abs() < 1e-12);
        ginis.push(gini(bare::granted(&history)));
        again.push(history.flows[1].returning / UNIT);
        grants[0].iter().zip(&mut won).for_each(|(got, won)| *won += got);
    }
    let law = |r: f64| walk(ROUNDS, r) / (2.0 * t * k / n);
    let z = z_of_mean(&ginis, law(k * (n - k) / (n * (n - 1.0))));
    let mutant = z_of_mean(&ginis, law(k / n * (1.0 - k / n)));
    println!("Gini of {ROUNDS} rounds {:.5}, z {z:.2}, the mutant's z {mutant:.2}", mean(&ginis));
    assert!(z.abs() < REJECT, "{z}");
    assert!(mutant.abs() > REJECT, "the mutant passes: {mutant}");
    let independent = k * (k / n) * (1.0 - k / n);
    let z = [z_of_mean(&again, k * k / n), z_of_variance(&again, k * k / n, independent * (n - k) / (n - 1.0))];
    println!("returning winners {:.3}, z of mean and variance {z:.2?}", mean(&again));
    assert!(z.iter().all(|z| z.abs() < REJECT), "{z:?}");
    assert!(z_of_variance(&again, k * k / n, independent).abs() > REJECT, "the mutant passes");
    // All are equally likely to win the first round. Drawn without replacement, counts vary less than χ² allows.
    assert!(p_of_counts(&won, &[1.0 / n; N as usize]) > UNLIKELY, "{won:?}");
}

/// Where all rank alike, the lottery in proportion to score is the uniform one, draw by draw.
#[test]
fn with_equal_scores_both_lotteries_agree() {
    let both = [AwardRule::UniformLottery, AwardRule::Lottery]
        .map(|rule| bare::histories(&inputs(), &policy(rule), 20, 3).map(|h| bare::grants(&h)).collect::<Vec<_>>());
    assert_eq!(both[0], both[1]);
}

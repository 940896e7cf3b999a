//! O5a: people who leave with a constant probability and are replaced at a constant rate, N' = Bin(N, s) + Poisson(λ), are
//! Poisson(λ/(1 − s)) in number, with autocorrelation sᵏ.
//!
//! The whole simulator: 32 independent regions, no help, no organisations. Arrivals depend on the number of people
//! by g(s) = (1 − s)(p + q s), which is flat where q (1 − 2s) = p.

use hubsim_model::inputs::Inputs;
use hubsim_model::policy::Policy;

use crate::bare;
use crate::oracle::{poisson, power};
use crate::statistic::{REJECT, UNLIKELY, mean, p_of_counts, z_of_mean, z_of_variance};

/// Independent regions, each of which serves as a replicate.
pub fn regions(people: f64, saturation: f64) -> Inputs {
    let mut inputs = bare::inputs();
    inputs.region = (0..32).map(|r| bare::region(&format!("Region {r}"))).collect();
    for region in &mut inputs.region {
        (region.volunteers, region.saturation) = (people, saturation);
    }
    let p = &mut inputs.parameters.volunteers;
    (p.leaving_new, p.motivation_leaving, p.affiliated_factor) = (0.0, 0.0, 1.0);
    p.outreach = 0.0;
    inputs
}

/// λ = 6, s = .8: mean 30, variance 30, the law itself, and s⁴ from year to year. 32 × 300 regions in years 9 and 10:
/// 0.06 standard deviations. Mutants: who was there stays or goes together (variance λ/(1 − s²)); mean 29; s³.
#[test]
fn the_number_of_people_is_poisson() {
    let mut inputs = regions(30.0, 0.01);
    let p = &mut inputs.parameters.volunteers;
    (p.leaving, p.spontaneous, p.word_of_mouth) = (0.2, 0.4, 0.4 / 0.98);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for history in bare::histories(&inputs, &Policy::default(), 300, 10) {
        for row in &history.regions {
            match row.year {
                9 => before.push(row.volunteers),
                10 => after.push(row.volunteers),
                _ => {}
            }
        }
    }
    let products: Vec<f64> = before.iter().zip(&after).map(|(a, b)| (a - 30.0) * (b - 30.0)).collect();
    let z = [z_of_mean(&after, 30.0), z_of_variance(&after, 30.0, 30.0), z_of_mean(&products, 30.0 * power(0.8, 4))];
    println!("people: {:.3}, z of mean, variance, autocovariance {z:.2?}", mean(&after));
    assert!(z.iter().all(|z| z.abs() < REJECT), "{z:?}");
    let mut counts = vec![0.0; 91];
    after.iter().for_each(|&people| counts[people as usize] += 1.0);
    let fit = p_of_counts(&counts, &poisson(30.0, 90));
    println!("people: p of the law {fit:.3}");
    assert!(fit > UNLIKELY, "{fit}");
    assert!(p_of_counts(&counts, &poisson(29.0, 90)) < UNLIKELY, "the mutant passes");
    assert!(z_of_variance(&after, 30.0, 6.0 / (1.0 - 0.64)).abs() > REJECT, "the mutant passes");
    assert!(z_of_mean(&products, 30.0 * power(0.8, 3)).abs() > REJECT, "the mutant passes");
}

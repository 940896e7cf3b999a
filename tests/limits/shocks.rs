//! O6a: pots and prices are AR(1) processes: variance σ²/(1 − φ²), correlation φᵏ, and an expected pot that is the trend.
//!
//! The whole simulator; the observation begins in year 20, when φ²⁰ of the start is left.

use hubsim_model::policy::Policy;

use crate::bare::{self, UNIT};
use crate::oracle::power;
use crate::statistic::{REJECT, mean, z_of_mean};

/// φ = .7, σ = .2: variance .078431. 4,000 worlds, years 20 to 23: 0.1 standard deviations, or 14 % of the variance.
/// Mutants: σ² alone, φᵏ one step off, a mean that is not corrected for the logarithm.
#[test]
fn pots_are_autoregressive() {
    let mut inputs = bare::inputs();
    inputs.funder = bare::fund(UNIT);
    inputs.funder[0].volatility = 0.2;
    (inputs.parameters.environment.pot_persistence, inputs.parameters.environment.pot_scale) = (0.7, 1.0);
    let variance: f64 = 0.04 / (1.0 - 0.49);
    assert!((variance - 0.078_431).abs() < 1e-6);
    let pots: Vec<Vec<f64>> = bare::histories(&inputs, &Policy::default(), 4000, 23)
        .map(|history| history.movement[20..].iter().map(|row| row.pot / UNIT).collect())
        .collect();
    // The logarithm without its correction, which has all but reached its limit.
    let deviations: Vec<Vec<f64>> =
        pots.iter().map(|pots| pots.iter().map(|pot| libm::log(*pot) + 0.5 * variance).collect()).collect();
    for lag in 0..4 {
        let products: Vec<f64> = deviations.iter().map(|d| d[0] * d[lag]).collect();
        let law = variance * power(0.7, lag as u32);
        println!("pots, lag {lag}: {:.5} for {law:.5}, z {:.2}", mean(&products), z_of_mean(&products, law));
        assert!(z_of_mean(&products, law).abs() < REJECT);
        assert!(z_of_mean(&products, 0.7 * law).abs() > REJECT, "lag {lag}: the mutant passes");
    }
    let squares: Vec<f64> = deviations.iter().map(|d| d[0] * d[0]).collect();
    assert!(z_of_mean(&squares, 0.04).abs() > REJECT, "the mutant passes");
    let first: Vec<f64> = pots.iter().map(|pots| pots[0]).collect();
    println!("pots: mean {:.4}, z {:.2}", mean(&first), z_of_mean(&first, 1.0));
    assert!(z_of_mean(&first, 1.0).abs() < REJECT);
    assert!(z_of_mean(&first, libm::exp(0.5 * variance)).abs() > REJECT, "the mutant passes");
}

/// Price levels revert by half of their deviation each year: φ = ½, σ = .1. 32 regions in 200 worlds; the mutants are σ² alone and φ one
/// step off.
#[test]
fn prices_revert_to_their_level() {
    let mut inputs = bare::inputs();
    inputs.region = (0..32).map(|r| bare::region(&format!("Region {r}"))).collect();
    inputs.parameters.environment.price_volatility = 0.1;
    let policy = Policy::default();
    let mut looks = vec![Vec::new(); 3];
    for mut sim in bare::worlds(&inputs, &policy, 200) {
        (0..12).for_each(|_| sim.step_year());
        let logs = |sim: &hubsim_model::simulation::Simulation| -> Vec<f64> {
            sim.state.regions.iter().map(|region| libm::log(region.price_level)).collect()
        };
        let first = logs(&sim);
        for products in &mut looks {
            products.extend(first.iter().zip(logs(&sim)).map(|(a, b)| a * b));
            sim.step_year();
        }
    }
    for (lag, products) in looks.iter().enumerate() {
        let law = 0.01 / 0.75 * power(0.5, lag as u32);
        println!("prices, lag {lag}: z {:.2}", z_of_mean(products, law));
        assert!(z_of_mean(products, law).abs() < REJECT);
        assert!(z_of_mean(products, 0.75 * law).abs() > REJECT, "lag {lag}: the mutant passes");
    }
}

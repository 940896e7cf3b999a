//! O3d: initial sizes. The sizes of organisations of one entry are lognormal around their mean.

use hubsim_model::measures::gini;
use hubsim_model::policy::Policy;
use hubsim_model::random::Stream;
use hubsim_model::simulation;

use crate::bare::{self, SEED};
use crate::oracle::gini_of_lognormal;
use crate::statistic::{REJECT, mean, z_of_mean};

/// Spread .8: Gini erf(σ/2) = .428392, Theil's index σ²/2, mean as stated. 24 worlds of 1,000 organisations: Gini's
/// standard error is about .0025; a spread of .85, the mutant, is .02 away. Theil's index is biased by O(1/n), which is
/// below its standard error here.
#[test]
fn initial_sizes_are_lognormal() {
    let mut inputs = bare::inputs();
    inputs.organisation = bare::chapters(&[2.0]);
    (inputs.organisation[0].count, inputs.organisation[0].spread) = (1000.0, 0.8);
    inputs.organisation[0].community = 0.0005;
    let (mut ginis, mut theils, mut means) = (Vec::new(), Vec::new(), Vec::new());
    for replicate in 0..24 {
        let history = simulation::simulate(&inputs, &Policy::default(), Stream::new(SEED, replicate), 0);
        let sizes: Vec<f64> = history.organisations.iter().map(|row| row.staff).collect();
        assert_eq!(sizes.len(), 1000);
        let usual = mean(&sizes);
        theils.push(sizes.iter().map(|x| x / usual * libm::log(x / usual)).sum::<f64>() / 1000.0);
        means.push(usual);
        ginis.push(gini(sizes));
    }
    let z = [z_of_mean(&ginis, gini_of_lognormal(0.8)), z_of_mean(&theils, 0.32), z_of_mean(&means, 2.0)];
    println!("sizes: z of Gini, Theil, mean {z:.2?}");
    assert!(z.iter().all(|z| z.abs() < REJECT), "{z:?}");
    assert!(z_of_mean(&ginis, gini_of_lognormal(0.85)).abs() > REJECT, "the mutant passes");
    // The mean of the logarithm corrected away: e^(σ²/2) times as much.
    assert!(z_of_mean(&means, 2.0 * libm::exp(0.32)).abs() > REJECT, "the mutant without correction passes");
}

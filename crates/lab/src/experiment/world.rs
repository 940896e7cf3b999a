//! The worlds of an experiment: the values of the uncertain numbers in each replicate.

use sobol_burley::sample;

use crate::scenario::Scenario;
use hubsim_model::ids::Key;

/// The numbers of a replicate's world, in the order of the scenario's uncertain keys: a point of an
/// Owen-scrambled Sobol sequence (Burley 2020). A key's dimension and scrambling depend on its name and the
/// seed, so a world depends neither on how many replicates there are nor on which other keys are uncertain.
pub fn draw(scenario: &Scenario, replicate: u32) -> Vec<f64> {
    let uncertain = scenario.uncertain.iter();
    uncertain.map(|u| u.distribution.quantile(coordinate(scenario.seed, &u.dimension(), replicate))).collect()
}

/// Dimensions that the table of directions has.
const DIMENSIONS: u64 = 256;

/// The coordinate of a key at a replicate, in (0, 1).
fn coordinate(seed: u64, key: &str, replicate: u32) -> f64 {
    let key = Key::from_name(key).0;
    let scramble = key.rotate_left(32) ^ seed ^ seed.rotate_left(32);
    let point = f64::from(sample(replicate, (key % DIMENSIONS) as u32, (scramble >> 8) as u32));
    // The middle of the point's cell of 24 bits: never 0 nor 1.
    point + 0.5 / f64::from(1u32 << 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stratified: any 64 = 2⁶ first points fall one each into 64 equal intervals. Independent draws, the mutant,
    /// do not.
    #[test]
    fn worlds_are_spread_evenly() {
        let filled = |point: &dyn Fn(u32) -> f64| {
            let mut cells: Vec<usize> = (0..64).map(|i| (point(i) * 64.0) as usize).collect();
            cells.sort_unstable();
            cells.dedup();
            cells.len()
        };
        for key in ["production.find", "support.requests", "region.NWE.online"] {
            assert_eq!(filled(&|i| coordinate(7, key, i)), 64, "{key}");
        }
        let stream = hubsim_model::random::Stream::new(1, 0).decision(hubsim_model::random::Decision::World, 0);
        assert!(filled(&|i| stream.uniform(i)) < 60);
    }

    #[test]
    fn keys_and_seeds_scramble_apart() {
        assert_ne!(coordinate(1, "a", 5), coordinate(1, "b", 5));
        assert_ne!(coordinate(1, "a", 5), coordinate(2, "a", 5));
    }
}

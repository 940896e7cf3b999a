//! The worlds of an experiment: the values of the uncertain numbers, and which replicates lie in which world.
//!
//! **Independent draws, and why no low-discrepancy sequence.** With hundreds of uncertain numbers, a sequence that is
//! shuffled for each key by itself is no low-discrepancy design of them all, and its points correlate: over 271 keys the
//! correlations spread a quarter wider than those of independent draws, so that ranking the keys by their correlation with
//! a result misleads. A joint design fixes the number of worlds or the order of the keys; here a study can grow. Designs
//! that fill space belong to experiments that ask for them.

use crate::scenario::Scenario;
use hubsim_model::ids::Key;
use hubsim_model::random::{Decision, Stream};

/// The place of a replicate among the worlds of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorldPlace {
    /// The index of the world.
    pub world: u32,
    /// The number of replicates in each world.
    pub replicates: u32,
}

impl WorldPlace {
    /// The place of a replicate where each world holds `replicates`, at least 1.
    pub fn of(replicate: u32, replicates: u32) -> WorldPlace {
        WorldPlace { world: replicate / replicates.max(1), replicates }
    }
}

impl Scenario {
    /// The place of a replicate among the worlds of this scenario.
    pub fn place(&self, replicate: u32) -> WorldPlace {
        WorldPlace::of(replicate, self.replicates_per_world)
    }
}

/// The numbers of a replicate's world, in the order of the scenario's uncertain keys. Each is the quantile of its
/// distribution at a draw of its own, addressed by the seed, the world's index and the key's name: so a world depends
/// neither on how many there are nor on which other keys are uncertain. Draws: World.
pub fn draw(scenario: &Scenario, replicate: u32) -> Vec<f64> {
    let world = scenario.place(replicate).world;
    let uncertain = scenario.uncertain.iter();
    uncertain.map(|u| u.distribution.quantile(coordinate(scenario.seed, &u.dimension(), world))).collect()
}

/// The coordinate of a key in a world, in [0, 1).
fn coordinate(seed: u64, key: &str, world: u32) -> f64 {
    Stream::new(seed, world).decision(Decision::World, 0).entity(Key::from_name(key)).uniform(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Changes;

    /// Worlds and keys of the correlation test: as many as the default scenario has or more.
    const WORLDS: u32 = 100;
    const KEYS: usize = 300;

    /// The standard deviation of the correlations of all pairs of keys, in units of that of independent draws,
    /// 1 ÷ √(worlds − 1).
    fn spread(point: impl Fn(usize, u32) -> f64) -> f64 {
        let columns: Vec<Vec<f64>> = (0..KEYS)
            .map(|key| {
                let column: Vec<f64> = (0..WORLDS).map(|world| point(key, world)).collect();
                let mean = column.iter().sum::<f64>() / f64::from(WORLDS);
                let length = column.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>().sqrt();
                column.into_iter().map(|x| (x - mean) / length).collect()
            })
            .collect();
        let pairs = (0..KEYS).flat_map(|one| (0..one).map(move |other| (one, other)));
        let squares = pairs.map(|(one, other)| {
            let products = columns[one].iter().zip(&columns[other]).map(|(a, b)| a * b);
            let correlation: f64 = products.sum();
            correlation * correlation
        });
        (squares.sum::<f64>() / (KEYS * (KEYS - 1) / 2) as f64 * f64::from(WORLDS - 1)).sqrt()
    }

    /// Over 44,850 pairs the spread of independent draws is known to about 1/√(2 · 44,850) = 0.3 %; 5 % is far outside. The
    /// mutant, one sequence (multiples of the golden ratio) shifted for each key, is rejected.
    #[test]
    fn keys_correlate_as_independent_draws_do() {
        for seed in [1, 7] {
            let found = spread(|key, world| coordinate(seed, &format!("mechanism.key_{key}"), world));
            assert!((0.95..=1.05).contains(&found), "{found}");
        }
        let shifted = spread(|key, world| {
            (f64::from(world) * 0.618_033_988_749_895 + coordinate(1, &format!("mechanism.key_{key}"), 0)).fract()
        });
        assert!(shifted > 1.05, "the mutant passes: {shifted}");
    }

    /// Kolmogorov–Smirnov over 10,000 worlds of one key: the critical value at α = 0.001 is 1.95 ÷ √n.
    #[test]
    fn a_key_is_uniform_over_worlds() {
        let n = 10_000_u32;
        let mut drawn: Vec<f64> = (0..n).map(|world| coordinate(3, "production.find", world)).collect();
        drawn.sort_by(f64::total_cmp);
        let distance = |(at, u): (usize, &f64)| (u - (at as f64 + 0.5) / f64::from(n)).abs();
        let most = drawn.iter().enumerate().map(distance).fold(0.0, f64::max);
        assert!(most < 1.95 / f64::from(n).sqrt(), "{most}");
    }

    #[test]
    fn keys_seeds_and_worlds_draw_apart() {
        let here = coordinate(1, "a", 5);
        for other in [coordinate(1, "b", 5), coordinate(2, "a", 5), coordinate(1, "a", 6)] {
            assert_ne!(here, other);
        }
    }

    fn scenario(more: &str, changes: &Changes) -> Scenario {
        let text = format!("name = \"x\"\nextends = \"small\"\n{more}");
        Scenario::from_text(&text, "x.toml", changes).unwrap_or_else(|report| panic!("{report}"))
    }

    fn of(scenario: &Scenario, key: &str, replicate: u32) -> f64 {
        let at = scenario.uncertain.iter().position(|uncertain| uncertain.key == key).expect("an uncertain key");
        draw(scenario, replicate)[at]
    }

    /// A longer study, and one with another uncertain number before all others, has the worlds of the shorter one.
    #[test]
    fn a_world_depends_neither_on_how_many_there_are_nor_on_other_keys() {
        let find = "[production]\nfind = { uniform = [0.1, 0.4] }\n";
        let plain = scenario(find, &Changes { replicates: Some(4), ..Changes::default() });
        let longer = scenario(find, &Changes { replicates: Some(400), ..Changes::default() });
        let first = "people_per_agent = { uniform = [10, 11] }\n";
        let more = scenario(&format!("{first}{find}"), &Changes::default());
        assert!(more.uncertain.len() > plain.uncertain.len());
        for replicate in 0..4 {
            assert_eq!(draw(&plain, replicate), draw(&longer, replicate));
            assert_eq!(of(&plain, "production.find", replicate), of(&more, "production.find", replicate));
        }
    }

    #[test]
    fn replicates_share_worlds_in_their_order() {
        let find = "[production]\nfind = { uniform = [0.1, 0.4] }\n";
        let worlds = |head: &str| {
            let scenario = scenario(&format!("{head}{find}"), &Changes::default());
            (0..6).map(|replicate| of(&scenario, "production.find", replicate)).collect::<Vec<f64>>()
        };
        let one = worlds("replicates_per_world = 1\n");
        let two = worlds("");
        assert_eq!(two, [one[0], one[0], one[1], one[1], one[2], one[2]]);
        assert_eq!(worlds("replicates_per_world = 4\n"), [one[0], one[0], one[0], one[0], one[1], one[1]]);
        assert_eq!(WorldPlace::of(7, 3), WorldPlace { world: 2, replicates: 3 });
    }
}

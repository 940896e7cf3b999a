//! Traits of newcomers.

use super::MOTIVATION_BASELINE;
use crate::ids::{Key, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::themes;
use crate::random::{Decision, Stream};
use crate::state::volunteers::Volunteer;
use crate::state::{State, UNAFFILIATED};

/// The distributions of the traits of newcomers.
pub struct Newcomers {
    interest: Stream,
    /// Running sums of a region's need over the themes, `[region × themes + theme]`.
    cumulative_need: Vec<f64>,
    character: Stream,
    skill: Triangle,
    motivation: Triangle,
}

impl Newcomers {
    /// Of a quarter's arrivals.
    pub fn new(cx: &Context, state: &State, quarter: u32) -> Newcomers {
        Newcomers {
            interest: cx.random.decision(Decision::Interest, quarter),
            cumulative_need: state.need.rows().flat_map(themes::cumulative).collect(),
            character: cx.random.decision(Decision::VolunteerTraits, quarter),
            skill: Triangle { low: 0.0, high: 0.6, mode: 0.1 },
            motivation: Triangle { low: 0.2, high: 0.9, mode: MOTIVATION_BASELINE },
        }
    }

    /// One newcomer: its theme by the region's need, skill and motivation triangular. `arrived` is the quarter.
    #[inline(always)]
    pub fn draw(&self, state: &State, key: Key, region: RegionId, arrived: i16) -> Volunteer {
        let themes = state.themes.len();
        let cumulative_need = &self.cumulative_need[region.index() * themes..(region.index() + 1) * themes];
        let character = self.character.entity(key);
        Volunteer {
            key,
            region,
            theme: themes::theme_at_quantile(cumulative_need, self.interest.entity(key).uniform(0)),
            affiliation: UNAFFILIATED,
            skill: self.skill.quantile(character.uniform(0)) as f32,
            motivation: self.motivation.quantile(character.uniform(1)) as f32,
            arrived,
            first_asked: 0,
            tried: 0,
            flags: 0,
        }
    }
}

/// A triangular distribution.
struct Triangle {
    low: f64,
    high: f64,
    mode: f64,
}

impl Triangle {
    /// The value at a quantile: that of `rand_distr::Triangular`, bit for bit, but the side of the mode is selected without a
    /// branch, which would often be mispredicted.
    #[inline(always)]
    fn quantile(&self, u: f64) -> f64 {
        let (range, rise) = (self.high - self.low, self.mode - self.low);
        let at = u * range;
        let left = at < rise;
        let root = (if left { at * rise } else { (range - at) * (self.high - self.mode) }).sqrt();
        if left { self.low + root } else { self.high - root }
    }
}

#[cfg(test)]
mod tests {
    use rand::RngExt;
    use rand_distr::Triangular;

    use super::*;

    #[test]
    fn triangles_are_those_of_the_library() {
        let stream = Stream::new(3, 0).decision(Decision::VolunteerTraits, 0);
        for (low, high, mode) in [(0.0, 0.6, 0.1), (0.2, 0.9, MOTIVATION_BASELINE), (0.0, 1.0, 1.0)] {
            let (ours, theirs) = (Triangle { low, high, mode }, Triangular::new(low, high, mode).expect("a triangle"));
            for i in 0..10_000 {
                let stream = stream.entity(Key(i));
                assert_eq!(
                    ours.quantile(stream.uniform(0)),
                    stream.rng(0).sample(theirs),
                    "{i} of {low} {high} {mode}"
                );
            }
        }
    }
}

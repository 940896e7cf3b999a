//! Worlds and chance: trials that share their uncertain numbers lie in one world, and differ by chance.
//!
//! The unit of every interval, p-value and share of worlds is the mean of a world. With two or more trials a world, how much
//! of the spread is worlds and how much chance is estimated from the variance within worlds (one-way random effects):
//!
//! ```text
//! V_chance = mean square within worlds
//! V_world  = max(0, (mean square between worlds − mean square within) / trials a world)
//! ```
//!
//! A world's mean contains chance, so that means of worlds spread more than worlds do. The expected value of a world is its
//! mean, shrunk towards the mean of all by √(V_world/(V_world + V_chance/k)): then the spread over worlds is V_world
//! (Louis 1984, Ghosh 1992).

use super::estimate::{mean, quantile};
use super::student::f_tail;
use crate::experiment::contrast::ArmId;
use crate::experiment::findings::Findings;
use hubsim_model::measures::Direction;

/// The level of the test whether worlds differ at all.
const LEVEL: f64 = 0.05;

/// Values of trials, world by world, in order; a world has one or more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worlds(Vec<(u32, Vec<f64>)>);

/// A measure in a year under an arm, world by world.
pub fn of_arm(findings: &Findings, arm: ArmId, year: u32, measure: usize) -> Worlds {
    let values = findings.arm(arm).iter().map(|outcome| (outcome.replicate, outcome.measure(year, measure)));
    by_world(findings, &[arm], values)
}

/// Values of trials of some arms, with their replicates and in that order, world by world: see [`in_whole_worlds`].
pub fn by_world(findings: &Findings, arms: &[ArmId], values: impl Iterator<Item = (u32, f64)>) -> Worlds {
    let (values, size) = in_whole_worlds(findings, arms, values.collect());
    Worlds::new(values, size)
}

/// Of what trials of some arms have, with their replicates and in that order, that of worlds of which all trials were run under
/// all the arms; and how many trials are a world. Where no world is complete, what there is counts as one.
pub fn in_whole_worlds<T>(findings: &Findings, arms: &[ArmId], values: Vec<(u32, T)>) -> (Vec<(u32, T)>, u32) {
    let size = findings.replicates_per_world;
    if size < 2 {
        return (values, 1);
    }
    let runs = |arm: ArmId, replicate: u32| {
        let trials = findings.arm(arm);
        let (first, size) = (replicate / size * size, size as usize);
        let at = trials.partition_point(|outcome| outcome.replicate < first);
        trials.get(at..at + size).is_some_and(|world| world[size - 1].replicate == first + size as u32 - 1)
    };
    let (whole, other): (Vec<_>, Vec<_>) =
        values.into_iter().partition(|(replicate, _)| arms.iter().all(|&arm| runs(arm, *replicate)));
    if whole.is_empty() { (other, u32::MAX) } else { (whole, size) }
}

/// How much of the variance of single trials is worlds, and how much chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// Variance of the expected values of worlds.
    pub worlds: f64,
    /// Variance of trials within a world.
    pub chance: f64,
    /// Whether the variance of worlds is clearly above 0 (F test at 5 %).
    pub clear: bool,
}

impl Split {
    /// Share of the variance of a single trial that is worlds; NaN where nothing varies.
    pub fn share_of_worlds(&self) -> f64 {
        self.worlds / (self.worlds + self.chance)
    }
}

/// What is known of the expected values of worlds.
#[derive(Clone, Debug, PartialEq)]
pub enum OverWorlds {
    /// Nothing: one trial a world does not tell worlds from chance.
    Unknown,
    /// Worlds do not clearly differ: what differs between trials is chance.
    Chance,
    /// The expected value of each world, with its index, in order.
    Values(Vec<(u32, f64)>),
}

/// A share of the worlds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShareOfWorlds {
    /// It is not known: one trial a world.
    Unknown,
    /// Worlds do not clearly differ.
    Chance,
    /// The share, 0–1.
    Of(f64),
}

impl ShareOfWorlds {
    /// The share; NaN where there is none.
    pub fn value(self) -> f64 {
        if let ShareOfWorlds::Of(share) = self { share } else { f64::NAN }
    }

    /// The share in words for tables: a whole percentage, `chance`, or nothing.
    pub fn words(self) -> String {
        match self {
            ShareOfWorlds::Of(share) if !share.is_nan() => format!("{:.0} %", share * 100.0),
            ShareOfWorlds::Chance => "chance".to_owned(),
            _ => String::new(),
        }
    }
}

impl OverWorlds {
    /// The share of the worlds that differ by at least `least` in the better direction (without one, upwards). With `least` 0,
    /// worlds without a difference count half.
    pub fn share(&self, direction: Direction, least: f64) -> ShareOfWorlds {
        let values = match self {
            OverWorlds::Unknown => return ShareOfWorlds::Unknown,
            OverWorlds::Chance => return ShareOfWorlds::Chance,
            OverWorlds::Values(values) => values,
        };
        let counts = |&(_, value): &(u32, f64)| match if direction == Direction::Lower { -value } else { value } {
            gain if gain == 0.0 && least == 0.0 => 0.5,
            gain => f64::from(u8::from(gain >= least && gain > 0.0)),
        };
        ShareOfWorlds::Of(values.iter().map(counts).sum::<f64>() / values.len() as f64)
    }

    /// The quantiles at 5 and 95 % of the expected values of worlds; NaN where they are not known.
    pub fn spread(&self) -> [f64; 2] {
        let OverWorlds::Values(values) = self else { return [f64::NAN; 2] };
        let mut values: Vec<f64> = values.iter().map(|(_, value)| *value).collect();
        values.sort_by(f64::total_cmp);
        [0.05, 0.95].map(|p| quantile(&values, p))
    }
}

impl Worlds {
    /// Values of trials, each with its replicate and in that order; NaN of a trial without a value. `size` consecutive
    /// replicates are a world.
    pub fn new(trials: impl IntoIterator<Item = (u32, f64)>, size: u32) -> Worlds {
        let mut worlds: Vec<(u32, Vec<f64>)> = Vec::new();
        for (replicate, value) in trials.into_iter().filter(|(_, value)| !value.is_nan()) {
            let world = replicate / size.max(1);
            match worlds.last_mut().filter(|last| last.0 == world) {
                Some((_, values)) => values.push(value),
                None => worlds.push((world, vec![value])),
            }
        }
        Worlds(worlds)
    }

    /// The number of worlds.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The mean of each world, with its index.
    pub fn indexed_means(&self) -> impl Iterator<Item = (u32, f64)> {
        self.0.iter().map(|(world, values)| (*world, mean(values)))
    }

    /// The mean of each world.
    pub fn means(&self) -> Vec<f64> {
        self.indexed_means().map(|(_, mean)| mean).collect()
    }

    /// The values of all trials.
    pub fn trials(&self) -> Vec<f64> {
        self.0.iter().flat_map(|(_, values)| values).copied().collect()
    }

    /// How much of the variance is worlds; none with one trial a world, or fewer than two worlds.
    pub fn split(&self) -> Option<Split> {
        let (n, all) = (self.0.len(), self.0.iter().map(|(_, values)| values.len()).sum::<usize>());
        if n < 2 || all == n {
            return None;
        }
        let (means, grand) = (self.means(), mean(&self.trials()));
        let square = |difference: f64| difference * difference;
        let sizes = || self.0.iter().map(|(_, values)| values.len() as f64);
        let between: f64 = means.iter().zip(sizes()).map(|(mean, size)| size * square(mean - grand)).sum();
        let within = self
            .0
            .iter()
            .zip(&means)
            .map(|((_, values), mean)| values.iter().map(|value| square(value - mean)).sum::<f64>());
        let within = within.sum::<f64>();
        let (between, chance) = (between / (n - 1) as f64, within / (all - n) as f64);
        // The usual mean of sizes where some worlds have fewer values.
        let size = (all as f64 - sizes().map(square).sum::<f64>() / all as f64) / (n - 1) as f64;
        let clear = between > 0.0 && f_tail(between / chance, n - 1, all - n) < LEVEL;
        Some(Split { worlds: ((between - chance) / size).max(0.0), chance, clear })
    }

    /// The expected values of worlds.
    pub fn over_worlds(&self) -> OverWorlds {
        match self.split() {
            None => OverWorlds::Unknown,
            Some(split) if !split.clear => OverWorlds::Chance,
            Some(Split { worlds, chance, .. }) => {
                let grand = mean(&self.means());
                let expected = |(world, values): &(u32, Vec<f64>)| {
                    let part = (worlds / (worlds + chance / values.len() as f64)).sqrt();
                    (*world, grand + part * (mean(values) - grand))
                };
                OverWorlds::Values(self.0.iter().map(expected).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests;

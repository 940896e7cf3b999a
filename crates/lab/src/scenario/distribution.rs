//! Distributions of uncertain numbers.

use serde::Serialize;

use crate::scenario::catalogue::written;
use hubsim_model::random::normal_quantile;

/// An uncertain number: each world draws a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Uncertain {
    /// Its key: `production.reuse_threshold`, `region.NWE.online`, `policy.thematic-hubs.hubs.share`.
    pub key: String,
    /// Its unit.
    pub unit: &'static str,
    /// Its distribution.
    pub distribution: Distribution,
}

impl Uncertain {
    /// The name that addresses its random draw: the key; for a lever of a policy, the key without the name of the policy. A
    /// lever that is uncertain in several policies has the same draw in all of them, so that two policies differ only by
    /// its distribution.
    pub fn dimension(&self) -> String {
        let lever = self.key.strip_prefix("policy.").and_then(|rest| match rest.strip_prefix('"') {
            // A quoted name ends at the first quote that is not escaped.
            Some(quoted) => {
                let mut escaped = false;
                let end = quoted.find(|c| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                })?;
                quoted[end + 1..].strip_prefix('.')
            }
            None => rest.split_once('.').map(|(_, lever)| lever),
        });
        lever.map_or_else(|| self.key.clone(), |lever| format!("policy.{lever}"))
    }
}

/// A distribution of an uncertain number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Distribution {
    /// Uniform between low and high.
    Uniform(f64, f64),
    /// Mean and standard deviation.
    Normal(f64, f64),
    /// Low, most likely, high.
    Triangular(f64, f64, f64),
    /// One of these, with equal probability.
    Choice(Vec<f64>),
}

impl Distribution {
    /// The value below which a share `u` of all draws lies; `u` in [0, 1).
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Distribution::Uniform(low, high) => low + (high - low) * u,
            // Half a step of a 53-bit draw from either end, where the normal is unbounded.
            Distribution::Normal(mean, sd) => {
                mean + sd * normal_quantile(u.clamp(f64::EPSILON / 4.0, 1.0 - f64::EPSILON / 2.0))
            }
            Distribution::Triangular(low, mode, high) => {
                let width = high - low;
                let rise = mode - low;
                if u * width < rise {
                    low + libm::sqrt(u * width * rise)
                } else {
                    high - libm::sqrt((1.0 - u) * width * (high - mode))
                }
            }
            Distribution::Choice(values) => {
                let last = values.len().saturating_sub(1);
                // Truncation is meant: the share of the list that lies below `u`.
                values.get(((u * values.len() as f64) as usize).min(last)).copied().unwrap_or(f64::NAN)
            }
        }
    }

    /// The central value: the middle, the mean, the most likely value, or the middle of the list
    /// (of two, the first).
    pub fn central(&self) -> f64 {
        match self {
            Distribution::Uniform(low, high) => low + (high - low) * 0.5,
            Distribution::Normal(mean, _) => *mean,
            Distribution::Triangular(_, mode, _) => *mode,
            Distribution::Choice(values) => values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN),
        }
    }

    /// The least value that checks consider; of a normal distribution, four standard deviations below the mean.
    pub(super) fn least(&self) -> f64 {
        match self {
            Distribution::Uniform(low, _) | Distribution::Triangular(low, _, _) => *low,
            Distribution::Normal(mean, sd) => mean - 4.0 * sd,
            Distribution::Choice(values) => values.iter().copied().fold(f64::INFINITY, f64::min),
        }
    }

    /// The greatest value that checks consider; of a normal distribution, four standard deviations above the mean.
    pub(super) fn greatest(&self) -> f64 {
        match self {
            Distribution::Uniform(_, high) | Distribution::Triangular(_, _, high) => *high,
            Distribution::Normal(mean, sd) => mean + 4.0 * sd,
            Distribution::Choice(values) => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
    }
}

/// A family of distributions in scenario files: its form and its parameters.
pub(super) struct DistributionFamily {
    /// `{ NAME = [numbers] }`.
    pub name: &'static str,
    /// As a file writes it.
    pub form: &'static str,
    /// Its numbers, in words.
    pub numbers: &'static str,
    /// How many numbers it has; none where it is a list of values.
    pub count: Option<usize>,
    /// Which of its numbers is a spread: it need not lie within the bounds of the key.
    pub spread: Option<usize>,
    /// Makes a distribution from the right number of parameters.
    pub make: fn(Vec<f64>) -> Result<Distribution, Impossible>,
}

/// The reason why numbers are not the parameters of a distribution.
pub(super) struct Impossible {
    /// The rule that they violate.
    pub rule: &'static str,
    /// A correction.
    pub help: String,
}

/// The longest list of values of a choice.
pub(super) const MOST_CHOICES: usize = 1000;

/// All kinds of distributions.
pub(super) const FAMILIES: [DistributionFamily; 4] = [
    DistributionFamily {
        name: "uniform",
        form: "{ uniform = [low, high] }",
        numbers: "two numbers: [low, high]",
        count: Some(2),
        spread: None,
        make: |values| {
            let (low, high) = (values[0], values[1]);
            let help = if low > high { write(&[high, low]) } else { known((low + high) * 0.5) };
            let rule = "low is below high";
            if low < high { Ok(Distribution::Uniform(low, high)) } else { Err(Impossible { rule, help }) }
        },
    },
    DistributionFamily {
        name: "normal",
        form: "{ normal = [mean, sd] }",
        numbers: "two numbers: [mean, standard deviation]",
        count: Some(2),
        spread: Some(1),
        make: |values| {
            let (mean, sd) = (values[0], values[1]);
            let (rule, help) = ("the standard deviation is above 0", known(mean));
            if sd > 0.0 { Ok(Distribution::Normal(mean, sd)) } else { Err(Impossible { rule, help }) }
        },
    },
    DistributionFamily {
        name: "triangular",
        form: "{ triangular = [low, mode, high] }",
        numbers: "three numbers: [low, most likely, high]",
        count: Some(3),
        spread: None,
        make: |values| {
            let (low, mode, high) = (values[0], values[1], values[2]);
            let mut sorted = [low, mode, high];
            sorted.sort_by(f64::total_cmp);
            let help = if low == high { known(mode) } else { write(&sorted) };
            let right = low <= mode && mode <= high && low < high;
            let rule = "low, most likely and high stand in ascending order";
            if right { Ok(Distribution::Triangular(low, mode, high)) } else { Err(Impossible { rule, help }) }
        },
    },
    DistributionFamily {
        name: "choice",
        form: "{ choice = [a, b, …] }",
        numbers: "a list of 1 to 1000 numbers",
        count: None,
        spread: None,
        make: |values| Ok(Distribution::Choice(values)),
    },
];

fn write(values: &[f64]) -> String {
    format!("write [{}]", numbers(values))
}

fn known(value: f64) -> String {
    format!("for a number that is known write {}", written(value))
}

fn numbers(values: &[f64]) -> String {
    values.iter().map(|&value| written(value)).collect::<Vec<_>>().join(", ")
}

impl Distribution {
    /// As scenario files write it.
    pub(super) fn to_toml(&self) -> String {
        let (name, values) = match self {
            Distribution::Uniform(low, high) => ("uniform", numbers(&[*low, *high])),
            Distribution::Normal(mean, sd) => ("normal", numbers(&[*mean, *sd])),
            Distribution::Triangular(low, mode, high) => ("triangular", numbers(&[*low, *mode, *high])),
            Distribution::Choice(values) => ("choice", numbers(values)),
        };
        format!("{{ {name} = [{values}] }}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_have_their_closed_forms() {
        assert_eq!(Distribution::Uniform(2.0, 6.0).quantile(0.25), 3.0);
        assert_eq!(Distribution::Normal(3.0, 2.0).quantile(0.5), 3.0);
        assert!((Distribution::Normal(0.0, 1.0).quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        // Density rises to the mode: half of the mass of a symmetric one lies below it, an eighth below a quarter.
        assert_eq!(Distribution::Triangular(0.0, 1.0, 2.0).quantile(0.5), 1.0);
        assert_eq!(Distribution::Triangular(0.0, 1.0, 2.0).quantile(0.125), 0.5);
        assert_eq!(Distribution::Triangular(0.0, 1.0, 2.0).quantile(0.875), 1.5);
        let choice = Distribution::Choice(vec![1.0, 3.0, 9.0]);
        assert_eq!([0.0, 0.34, 0.999].map(|u| choice.quantile(u)), [1.0, 3.0, 9.0]);
    }

    #[test]
    fn a_lever_has_the_same_draw_in_every_policy() {
        let dimension = |key: &str| {
            Uncertain { key: key.to_owned(), unit: "-", distribution: Distribution::Uniform(0.0, 1.0) }.dimension()
        };
        assert_eq!(dimension("policy.thematic-hubs.hubs.share"), "policy.hubs.share");
        assert_eq!(dimension("policy.\"v1.2 \\\"x\\\"\".hubs.share"), "policy.hubs.share");
        assert_eq!(dimension("region.NWE.online"), "region.NWE.online");
    }

    #[test]
    fn the_ends_are_finite_and_within() {
        for distribution in [
            Distribution::Uniform(0.0, 1.0),
            Distribution::Normal(0.5, 0.1),
            Distribution::Triangular(0.0, 0.0, 1.0),
            Distribution::Triangular(0.0, 1.0, 1.0),
            Distribution::Choice(vec![0.2]),
        ] {
            for u in [0.0, 0.5, 1.0 - f64::EPSILON / 2.0, 1.0] {
                let value = distribution.quantile(u);
                assert!((-1.0..=2.0).contains(&value), "{distribution:?} at {u}: {value}");
            }
            assert!(distribution.least() <= distribution.central());
            assert!(distribution.central() <= distribution.greatest());
        }
    }
}

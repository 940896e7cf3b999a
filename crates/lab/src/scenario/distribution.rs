//! Distributions that a scenario gives instead of a number.

use serde::Serialize;

use hubsim_model::random::normal_quantile;

/// A number that is not known: each world draws one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Uncertain {
    /// Which one: `production.reuse_threshold`, `region.NWE.online`, `policy.thematic-hubs.hubs.share`.
    pub key: String,
    /// Its unit.
    pub unit: &'static str,
    /// What it may be.
    pub distribution: Distribution,
}

impl Uncertain {
    /// The name by which worlds are drawn: the key, but for a policy's lever without the policy's name. So a
    /// lever that several policies hold uncertain has the same luck in all of them, and two policies differ by
    /// what they say of it and nothing else.
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

/// What an uncertain number may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Distribution {
    /// Any value from low to high alike.
    Uniform(f64, f64),
    /// Mean and standard deviation.
    Normal(f64, f64),
    /// Low, most likely, high.
    Triangular(f64, f64, f64),
    /// One of these, each alike.
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

    /// What a single world would take: the middle, the mean, the most likely value, or the middle of the list
    /// (of two, the first).
    pub fn central(&self) -> f64 {
        match self {
            Distribution::Uniform(low, high) => low + (high - low) * 0.5,
            Distribution::Normal(mean, _) => *mean,
            Distribution::Triangular(_, mode, _) => *mode,
            Distribution::Choice(values) => values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN),
        }
    }

    /// The least value that is reckoned with; of a normal, four standard deviations below the mean.
    pub(super) fn least(&self) -> f64 {
        match self {
            Distribution::Uniform(low, _) | Distribution::Triangular(low, _, _) => *low,
            Distribution::Normal(mean, sd) => mean - 4.0 * sd,
            Distribution::Choice(values) => values.iter().copied().fold(f64::INFINITY, f64::min),
        }
    }

    /// The greatest value that is reckoned with; of a normal, four standard deviations above the mean.
    pub(super) fn greatest(&self) -> f64 {
        match self {
            Distribution::Uniform(_, high) | Distribution::Triangular(_, _, high) => *high,
            Distribution::Normal(mean, sd) => mean + 4.0 * sd,
            Distribution::Choice(values) => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
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
    fn a_lever_has_the_same_luck_in_every_policy() {
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

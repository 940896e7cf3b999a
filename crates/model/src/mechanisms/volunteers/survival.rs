//! How long volunteers stay: the distribution of tenures in year 0.

use super::departures::hazards;
use super::{MAX_HAZARD, MAX_TENURE, VolunteerParameters};

/// How long volunteers stay at the baseline of motivation: the distribution of tenures in a movement that neither grows nor
/// shrinks.
///
/// ```text
/// S(0) = 1
/// S(t + 1) = S(t) · (1 − min(h(t) · (1 − a(t) · (1 − affiliated_factor)), 0.95))
/// a(t) ∝ 1 − (1 − joining)^t     scaled so that its mean over those present is `affiliated`
/// P(tenure = t) = S(t) / Σ S
/// ```
///
/// S is the share of arrivals that is still there after t quarters, a the share of them that is affiliated.
pub struct Survival {
    /// Sums of S up to each tenure, quarters.
    cumulative: Vec<f64>,
    /// Share of the affiliated by tenure.
    affiliated: Vec<f64>,
}

impl Survival {
    /// From the hazard and from how membership grows with tenure, scaled to the share of the affiliated.
    pub fn new(p: &VolunteerParameters) -> Survival {
        let joined: Vec<f64> = (0..=MAX_TENURE).map(|tenure| 1.0 - libm::pow(1.0 - p.joining, tenure as f64)).collect();
        let mut survival = Survival { cumulative: Vec::new(), affiliated: vec![p.affiliated; MAX_TENURE + 1] };
        // A fixed point: the affiliated stay longer, which raises the share of the affiliated. It settles in a few rounds.
        for _ in 0..8 {
            survival.cumulative.clear();
            let (mut alive, mut total) = (1.0, 0.0);
            for (hazard, affiliated) in hazards(p).into_iter().zip(&survival.affiliated) {
                total += alive;
                survival.cumulative.push(total);
                let factor = 1.0 - affiliated * (1.0 - p.affiliated_factor);
                alive *= 1.0 - (hazard * factor).min(MAX_HAZARD);
            }
            let mean_joined = survival.expectation(|tenure| joined[tenure as usize]).max(1e-9);
            survival.affiliated = joined.iter().map(|joined| (p.affiliated * joined / mean_joined).min(1.0)).collect();
        }
        survival
    }

    /// Share of the affiliated among those of a tenure in quarters.
    pub fn affiliated(&self, tenure: u32) -> f64 {
        self.affiliated[(tenure as usize).min(MAX_TENURE)]
    }

    /// Mean stay, quarters: volunteers present per arrival in a quarter.
    pub fn mean(&self) -> f64 {
        *self.cumulative.last().expect("at least one quarter")
    }

    /// Mean over those present of a function of their tenure.
    pub fn expectation(&self, value: impl Fn(u32) -> f64) -> f64 {
        let mut below = 0.0;
        let mut sum = 0.0;
        for (tenure, &upto) in (0..).zip(&self.cumulative) {
            sum += (upto - below) * value(tenure);
            below = upto;
        }
        sum / self.mean()
    }

    /// The tenure in quarters at a quantile of those present.
    pub fn quantile(&self, u: f64) -> u32 {
        let target = u * self.mean();
        self.cumulative.partition_point(|&below| below <= target).min(MAX_TENURE) as u32
    }
}

//! How long volunteers stay: the distribution of tenures in year 0.

use super::departures::hazards;
use super::{MAX_HAZARD, MAX_TENURE, VolunteerParameters};
use crate::units::QUARTERS_PER_YEAR;

/// How long volunteers stay at the baseline of motivation: the distribution of tenures where arrivals have grown at a
/// constant rate, year by year.
///
/// ```text
/// S(0) = 1
/// S(t + 1) = S(t) · (1 − min(h(t) · (1 − a(t) · (1 − affiliated_factor)), 0.95))
/// a(t) ∝ 1 − (1 − joining)^t     scaled so that its mean over those present is `affiliated`
/// P(tenure = t) ∝ S(t) · (1 + growth)^−⌊t/4⌋
/// ```
///
/// S is the share of arrivals that is still there after t quarters, a the share of them that is affiliated.
pub struct Survival {
    /// Sums of S, times past arrivals relative to present ones, up to each tenure, quarters.
    cumulative: Vec<f64>,
    /// Share of the affiliated by tenure.
    affiliated: Vec<f64>,
}

impl Survival {
    /// From the hazard, from how membership grows with tenure, scaled to the share of the affiliated, and from the growth of
    /// arrivals, 1/year.
    pub fn new(p: &VolunteerParameters, growth: f64) -> Survival {
        let joined: Vec<f64> = (0..=MAX_TENURE).map(|tenure| 1.0 - libm::pow(1.0 - p.joining, tenure as f64)).collect();
        let mut survival = Survival { cumulative: Vec::new(), affiliated: vec![p.affiliated; MAX_TENURE + 1] };
        // A fixed point: the affiliated stay longer, which raises the share of the affiliated. It settles in a few rounds.
        for _ in 0..8 {
            survival.cumulative.clear();
            let (mut alive, mut total, mut arrived) = (1.0, 0.0, 1.0);
            for (tenure, (hazard, affiliated)) in (0..).zip(hazards(p).into_iter().zip(&survival.affiliated)) {
                if tenure > 0 && tenure % QUARTERS_PER_YEAR == 0 {
                    arrived /= 1.0 + growth;
                }
                total += alive * arrived;
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

    /// Volunteers present per arrival in a quarter; without growth, the mean stay in quarters.
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

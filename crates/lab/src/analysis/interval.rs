//! The interval of a mean: which one, by a stated rule.
//!
//! The values are means of worlds, which are independent. The first rule that fits holds:
//!
//! 1. skewness above 2 in absolute value and at least five different values: **bootstrap-t** (Hall 1992), with 999 resamples
//!    whose random numbers are addressed by their index. They do not tell of error rates below 2 %, where fewer than ten lie
//!    beyond an end: there each end is that at 2 % or that of Student's t, whichever is further out;
//! 2. a level that lies between two bounds: **t on the logit scale** (delta method), so that the interval stays within them;
//! 3. else **Student's t**.
//!
//! Whatever comes out is cut off where the measure ends: a share does not exceed 1, nor a difference of shares.

use super::estimate::{CONFIDENCE, mean, quantile, t_quantile, variance};
use super::student;
use hubsim_model::random::{Decision, Stream};

/// Skewness beyond which Student's t covers too little.
const SKEWED: f64 = 2.0;
/// Resamples of the bootstrap.
const RESAMPLES: usize = 999;
/// The least number of different values that are resampled.
const LEAST: usize = 5;
/// Resamples that must lie beyond each end: of fewer, the end is that of the few most extreme ones, and too near.
const BEYOND: f64 = 10.0;

/// The least and the greatest value that is possible; infinite where there is no bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The least possible value.
    pub least: f64,
    /// The greatest possible value.
    pub greatest: f64,
}

impl Bounds {
    /// No bounds.
    pub const NONE: Bounds = Bounds { least: f64::NEG_INFINITY, greatest: f64::INFINITY };

    /// The bounds of a measure's level.
    pub fn of_level((least, greatest): (f64, f64)) -> Bounds {
        Bounds { least, greatest }
    }

    /// The bounds of the difference between two levels.
    pub fn of_difference((least, greatest): (f64, f64)) -> Bounds {
        Bounds { least: least - greatest, greatest: greatest - least }
    }
}

/// The two-sided interval of the mean of values at the error rate `alpha`; NaN of fewer than two.
pub fn of_mean(values: &[f64], bounds: Bounds, alpha: f64) -> (f64, f64) {
    let (n, mean, sd) = (values.len(), mean(values), variance(values).sqrt());
    if n < 2 || sd == 0.0 {
        return if n < 2 { (f64::NAN, f64::NAN) } else { (mean, mean) };
    }
    let error = sd / (n as f64).sqrt();
    let half = critical(alpha, n - 1) * error;
    let plain = (mean - half, mean + half);
    let (low, high) = if skewness(values, mean).abs() > SKEWED && different(values) >= LEAST {
        let told = 2.0 * BEYOND / RESAMPLES as f64;
        let skewed = bootstrap_t(values, mean, error, alpha.max(told));
        if alpha < told { (skewed.0.min(plain.0), skewed.1.max(plain.1)) } else { skewed }
    } else {
        logit(mean, half, bounds).unwrap_or(plain)
    };
    (low.max(bounds.least), high.min(bounds.greatest))
}

/// The two-sided quantile of Student's t at the error rate `alpha`.
pub fn critical(alpha: f64, freedom: usize) -> f64 {
    if alpha == 1.0 - CONFIDENCE { t_quantile(freedom) } else { student::quantile(alpha / 2.0, freedom) }
}

/// The interval whose half is `half` near the mean, made on the logit scale; none where the bounds are infinite or of a
/// difference, or the mean lies on one of them.
fn logit(mean: f64, half: f64, Bounds { least, greatest }: Bounds) -> Option<(f64, f64)> {
    let width = greatest - least;
    let share = (mean - least) / width;
    if !width.is_finite() || least < 0.0 || share <= 0.0 || share >= 1.0 {
        return None;
    }
    let (at, half) = (libm::log(share / (1.0 - share)), half / width / (share * (1.0 - share)));
    let back = |logit: f64| least + width / (1.0 + libm::exp(-logit));
    Some((back(at - half), back(at + half)))
}

/// Hall's bootstrap-t: the quantiles of (resample's mean − mean) ÷ resample's error.
fn bootstrap_t(values: &[f64], mean: f64, error: f64, alpha: f64) -> (f64, f64) {
    let n = values.len();
    let stream = Stream::new(n as u64, 0).decision(Decision::Resample, 0);
    let mut studentised = Vec::with_capacity(RESAMPLES);
    let mut resample = Vec::with_capacity(n);
    for index in 0..RESAMPLES as u32 {
        let own = stream.entity(hubsim_model::ids::Key(u64::from(index)));
        resample.clear();
        resample.extend((0..n as u32).map(|draw| values[((own.uniform(draw) * n as f64) as usize).min(n - 1)]));
        let its_error = (variance(&resample) / n as f64).sqrt();
        if its_error > 0.0 {
            studentised.push((super::estimate::mean(&resample) - mean) / its_error);
        }
    }
    studentised.sort_by(f64::total_cmp);
    let at = |p: f64| quantile(&studentised, p) * error;
    (mean - at(1.0 - alpha / 2.0), mean - at(alpha / 2.0))
}

/// The moment coefficient of skewness; 0 where nothing varies.
fn skewness(values: &[f64], mean: f64) -> f64 {
    let n = values.len() as f64;
    let moment = |power: fn(f64) -> f64| values.iter().map(|value| power(value - mean)).sum::<f64>() / n;
    let (second, third) = (moment(|d| d * d), moment(|d| d * d * d));
    if second > 0.0 { third / (second * second.sqrt()) } else { 0.0 }
}

/// The number of different values.
pub fn different(values: &[f64]) -> usize {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    sorted.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64], bounds: Bounds) -> (f64, f64) {
        of_mean(values, bounds, 0.05)
    }

    #[test]
    fn without_bounds_and_skew_it_is_students() {
        let (low, high) = of(&[1.0, 2.0, 3.0, 4.0, 5.0], Bounds::NONE);
        // t(0.975, 4) = 2.7764451051977987; sd/√n = √0.5
        let half = 2.7764451051977987 * 0.5f64.sqrt();
        assert!((low - (3.0 - half)).abs() < 1e-9 && (high - (3.0 + half)).abs() < 1e-9);
    }

    #[test]
    fn a_share_stays_a_share() {
        let share = Bounds::of_level((0.0, 1.0));
        let (low, high) = of(&[0.9, 1.0, 0.99, 0.7, 0.95], share);
        let (plain_low, plain_high) = of(&[0.9, 1.0, 0.99, 0.7, 0.95], Bounds::NONE);
        assert!(low > 0.0 && high < 1.0 && plain_high > 1.0 && low < plain_low);
        // Far from the bounds it hardly matters.
        let middle = [0.48, 0.5, 0.52, 0.49, 0.51];
        let (logit, plain) = (of(&middle, share), of(&middle, Bounds::NONE));
        assert!((logit.0 - plain.0).abs() < 1e-4 && (logit.1 - plain.1).abs() < 1e-4);
        // A difference of shares may be negative, and is cut off at its ends.
        let difference = Bounds::of_difference((0.0, 1.0));
        assert_eq!(difference, Bounds { least: -1.0, greatest: 1.0 });
        assert_eq!(of(&[-1.0, 1.0], difference), (-1.0, 1.0));
        let counted = Bounds::of_level((0.0, f64::INFINITY));
        assert!(of(&[0.0, 0.0, 0.0, 3.0], counted).0 == 0.0);
    }

    /// One large value among eleven small ones: the interval reaches further up, where rare values are, than down.
    #[test]
    fn a_skewed_sample_has_a_skewed_interval() {
        let values = [0.0, 0.01, 0.02, 0.0, 0.03, 0.01, 0.02, 0.04, 0.9, 0.05, 0.01, 0.02];
        let (low, high) = of(&values, Bounds::NONE);
        let at = mean(&values);
        assert!(high - at > 1.5 * (at - low), "{low} {at} {high}");
        assert_eq!(of(&values, Bounds::NONE), (low, high), "the same each time");
        // Of 999 resamples none tells of one in ten thousand: it is no nearer than at 2 %, nor than Student's.
        let (far, half) =
            (of_mean(&values, Bounds::NONE, 1e-4), critical(1e-4, 11) * (variance(&values) / 12.0).sqrt());
        assert!(far.0 <= at - half && far.1 >= at + half && far.0 <= low && far.1 >= high, "{far:?} {low} {high}");
        // Too few different values are not resampled.
        let two = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0];
        assert!((of(&two, Bounds::NONE).0 + of(&two, Bounds::NONE).1 - 2.0 / 9.0).abs() < 1e-12);
    }

    /// Of 2,000 samples of 20, how many intervals contain the mean: nominal 0.95, standard error 0.005. Shares are squared
    /// uniform numbers (mean 1/3); skewed values exponentials, of which few samples reach a skewness of 2.
    #[test]
    fn intervals_contain_the_mean_as_often_as_they_say() {
        let stream = Stream::new(3, 0).decision(Decision::Resample, 1);
        let coverage = |draw: fn(Stream, u32) -> f64, truth: f64, bounds: Bounds| {
            let contains = |sample: u64| {
                let own = stream.entity(hubsim_model::ids::Key(sample));
                let (low, high) = of(&(0..20).map(|index| draw(own, index)).collect::<Vec<_>>(), bounds);
                f64::from(u8::from(low <= truth && truth <= high))
            };
            (0..2000).map(contains).sum::<f64>() / 2000.0
        };
        let normal = coverage(|of, index| of.normal(index), 0.0, Bounds::NONE);
        let share =
            coverage(|of, index| of.uniform(index) * of.uniform(index), 1.0 / 3.0, Bounds::of_level((0.0, 1.0)));
        let skewed =
            coverage(|of, index| -libm::log(1.0 - of.uniform(index)), 1.0, Bounds::of_level((0.0, f64::INFINITY)));
        assert!((normal - 0.95).abs() < 0.02 && (share - 0.95).abs() < 0.02, "{normal} {share}");
        assert!(skewed > 0.91, "{skewed}");
    }

    #[test]
    fn little_data_says_nothing_and_a_constant_is_a_point() {
        assert!(of(&[1.0], Bounds::NONE).0.is_nan() && of(&[], Bounds::NONE).1.is_nan());
        assert_eq!(of(&[2.0, 2.0], Bounds::NONE), (2.0, 2.0));
    }
}

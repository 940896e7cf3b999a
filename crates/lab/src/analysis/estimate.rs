//! Mean, spread and quantiles of a sample.

use std::sync::OnceLock;

use super::interval::{self, Bounds};
use super::student;

/// The confidence level of intervals, two-sided.
pub const CONFIDENCE: f64 = 0.95;

/// A mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number of values.
    pub n: usize,
    /// Their mean; NaN of none.
    pub mean: f64,
    /// Their standard deviation (n − 1); NaN of fewer than two.
    pub sd: f64,
    /// Lower end of the 95 % interval of the mean (by the rule of [`interval`]); NaN of fewer than two values.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// The estimate from values without bounds, none of them NaN.
    pub fn from_values(values: &[f64]) -> Estimate {
        Estimate::within(values, Bounds::NONE)
    }

    /// The estimate from values that lie between bounds.
    pub fn within(values: &[f64], bounds: Bounds) -> Estimate {
        let (low, high) = interval::of_mean(values, bounds, 1.0 - CONFIDENCE);
        Estimate { n: values.len(), mean: mean(values), sd: variance(values).sqrt(), low, high }
    }

    /// Whether the interval excludes 0; without any effect one of twenty does at random.
    pub fn excludes_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// Whether the mean differs from 0 at [`CONFIDENCE`] for `tests` tests together (Bonferroni). Without variance any nonzero
    /// mean does; with fewer than two values none does.
    pub fn is_significant(&self, tests: usize) -> bool {
        if self.n < 2 {
            return false;
        }
        let error = self.sd / (self.n as f64).sqrt();
        let critical = student::quantile((1.0 - CONFIDENCE) / (2 * tests.max(1)) as f64, self.n - 1);
        self.mean != 0.0 && self.mean.abs() > error * critical
    }
}

/// The mean; NaN of nothing. A second pass removes the rounding error of the first.
pub fn mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let first = values.iter().sum::<f64>() / n;
    if first.is_finite() { first + values.iter().map(|value| value - first).sum::<f64>() / n } else { first }
}

/// The sample variance (n − 1); NaN of fewer than two values.
pub fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    squares / (values.len() - 1) as f64
}

/// Pearson's correlation; NaN where one variable does not vary.
pub fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (x, y) = (mean(&xs), mean(&ys));
    let sum = |term: fn(f64, f64) -> f64| pairs.iter().map(|pair| term(pair.0 - x, pair.1 - y)).sum::<f64>();
    let (xx, yy, xy) = (sum(|a, _| a * a), sum(|_, b| b * b), sum(|a, b| a * b));
    if xx > 0.0 && yy > 0.0 { (xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0) } else { f64::NAN }
}

/// The quantile of sorted values: linear between order statistics (Hyndman & Fan's type 7, the default of R and
/// NumPy); NaN of nothing.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = p.clamp(0.0, 1.0) * last as f64;
    let below = (at.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let share = at - below as f64;
    // Equal neighbours need no interpolation, which would be NaN for infinite ones.
    if sorted[below] == sorted[above] || share == 0.0 {
        return sorted[below];
    }
    sorted[below] + (sorted[above] - sorted[below]) * share
}

/// The two-sided quantile of the normal distribution at [`CONFIDENCE`].
const Z: f64 = 1.959963984540054;

/// The two-sided quantile of Student's t at [`CONFIDENCE`]; NaN for 0 degrees of freedom.
///
/// Beyond 99 degrees of freedom it is the expansion of Fisher and Cornish (Abramowitz & Stegun 26.7.5), which is exact to
/// 1e-10 there and needs no search.
pub fn t_quantile(freedom: usize) -> f64 {
    let exact = |freedom| student::quantile((1.0 - CONFIDENCE) / 2.0, freedom);
    // A study with many arms needs each of the small ones a hundred thousand times.
    if let Some(quantile) = SMALL.get_or_init(|| std::array::from_fn(exact)).get(freedom) {
        return *quantile;
    }
    let (v, z2) = (freedom as f64, Z * Z);
    let terms = [
        Z * (z2 + 1.0) / 4.0,
        Z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0,
        Z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0,
        Z * ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0,
    ];
    Z + (terms[0] + (terms[1] + (terms[2] + terms[3] / v) / v) / v) / v
}

/// The quantiles up to 99 degrees of freedom, by their number.
static SMALL: OnceLock<[f64; 100]> = OnceLock::new();

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= 1e-12 * expected.abs().max(1.0)
    }

    #[test]
    fn t_quantiles_agree_with_scipy() {
        // scipy 1.17.1: scipy.stats.t.ppf(0.975, df)
        for (freedom, expected) in T_QUANTILES {
            let found = t_quantile(freedom);
            assert!((found - expected).abs() < 2e-9, "{freedom}: {found} is not {expected}");
        }
    }

    const T_QUANTILES: [(usize, f64); 9] = [
        (1, 12.706204736174694),
        (2, 4.302652729749462),
        (3, 3.1824463052837078),
        (9, 2.262157162798205),
        (29, 2.045229642132703),
        (99, 1.9842169515864174),
        (100, 1.9839715185235556),
        (1999, 1.9611514201705613),
        (65535, 1.9600001837358951),
    ];
    const SAMPLE: [f64; 7] = [0.31, -1.2, 4.75, 2.0, 2.0, 0.05, 9.9];
    const ESTIMATE: [f64; 4] = [2.5442857142857145, 3.7593743147091963, -0.9325556370091479, 6.021127065580577];
    const QUANTILES: [(f64, f64); 5] =
        [(0.05, -0.825), (0.25, 0.18), (0.5, 2.0), (0.75, 3.375), (0.95, 8.354999999999997)];
    const CORRELATION: f64 = -0.1921725673437316;

    #[test]
    fn estimates_agree_with_scipy() {
        // numpy 2.4.6 and scipy 1.17.1: mean, std(ddof=1), t.interval(0.95, n - 1, mean, sem)
        let found = Estimate::from_values(&SAMPLE);
        assert_eq!(found.n, 7);
        assert!(close(found.mean, ESTIMATE[0]), "{found:?}");
        assert!(close(found.sd, ESTIMATE[1]), "{found:?}");
        assert!((found.low - ESTIMATE[2]).abs() < 1e-8, "{found:?}");
        assert!((found.high - ESTIMATE[3]).abs() < 1e-8, "{found:?}");
    }

    #[test]
    fn quantiles_agree_with_numpy() {
        // numpy 2.4.6: quantile(sample, p), method "linear"
        let mut sorted = SAMPLE.to_vec();
        sorted.sort_by(f64::total_cmp);
        for (p, expected) in QUANTILES {
            assert!(close(quantile(&sorted, p), expected), "{p}");
        }
    }

    #[test]
    fn correlation_agrees_with_scipy() {
        // scipy 1.17.1: pearsonr(sample, sample[::-1])
        let pairs: Vec<(f64, f64)> = SAMPLE.into_iter().zip(SAMPLE.into_iter().rev()).collect();
        assert!(close(correlation(&pairs), CORRELATION), "{}", correlation(&pairs));
        assert!(correlation(&[(1.0, 2.0), (1.0, 3.0)]).is_nan());
    }

    #[test]
    fn little_data_claims_nothing() {
        let none = Estimate::from_values(&[]);
        assert!(none.n == 0 && none.mean.is_nan() && none.low.is_nan());
        let one = Estimate::from_values(&[3.0]);
        assert!(one.mean == 3.0 && one.sd.is_nan() && one.low.is_nan() && one.high.is_nan());
        assert!(quantile(&[], 0.5).is_nan());
        assert_eq!(quantile(&[3.0], 0.95), 3.0);
        assert_eq!(quantile(&[1.0, f64::INFINITY, f64::INFINITY], 0.9), f64::INFINITY);
    }

    #[test]
    fn a_constant_has_no_spread() {
        let found = Estimate::from_values(&[0.1; 1000]);
        assert_eq!((found.mean, found.sd, found.low, found.high), (0.1, 0.0, 0.1, 0.1));
    }

    /// A difference just outside of one interval of 95 % is no sign of anything where twenty are looked at.
    #[test]
    fn many_tests_ask_for_more() {
        let values: Vec<f64> = (0..20).map(|i| f64::from(i) / 19.0 - 0.5).collect();
        let spread = Estimate::from_values(&values);
        let shifted: Vec<f64> = values.iter().map(|value| value + (spread.high - spread.mean) * 1.01).collect();
        let shifted = Estimate::from_values(&shifted);
        assert!(shifted.excludes_zero() && !spread.excludes_zero());
        assert!(shifted.is_significant(1) && !shifted.is_significant(20));
        assert!(
            Estimate::from_values(&[1.0, 1.0]).is_significant(20)
                && !Estimate::from_values(&[0.0, 0.0]).is_significant(20)
        );
        assert!(!Estimate::from_values(&[1.0]).is_significant(1), "one pair says nothing");
    }

    proptest! {
        #[test]
        fn the_mean_lies_within_its_interval_and_its_range(values in prop::collection::vec(-1e6..1e6f64, 2..200)) {
            let found = Estimate::from_values(&values);
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let slack = 1e-9 * (1.0 + most.abs() + least.abs());
            prop_assert!(found.low <= found.mean && found.mean <= found.high);
            prop_assert!(least - slack <= found.mean && found.mean <= most + slack);
        }

        #[test]
        fn quantiles_rise_with_p(values in prop::collection::vec(-1e6..1e6f64, 1..100), p in 0.0..1.0f64, q in 0.0..1.0f64) {
            let mut sorted = values;
            sorted.sort_by(f64::total_cmp);
            let (low, high) = if p < q { (p, q) } else { (q, p) };
            prop_assert!(quantile(&sorted, low) <= quantile(&sorted, high) + 1e-9);
        }
    }
}

//! Measures of concentration: Gini coefficients, top shares, Herfindahl–Hirschman index.

/// Gini coefficient with the small-sample factor n/(n − 1) (Deltas 2003):
///
/// ```text
/// G = (2 Σ i·x₍ᵢ₎ / (n Σ x) − (n + 1)/n) · n/(n − 1)
/// ```
///
/// In [0, 1]; NaN if there are fewer than two values or their sum is 0.
///
/// ```
/// // Three have nothing, one has all: 0.75 uncorrected, 1 with the factor 4/3.
/// assert!((hubsim_model::measures::gini(vec![0.0, 0.0, 0.0, 8.0]) - 1.0).abs() < 1e-12);
/// ```
pub fn gini(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let total: f64 = values.iter().sum();
    if values.len() < 2 || total <= 0.0 {
        return f64::NAN;
    }
    let ranked: f64 = values.iter().enumerate().map(|(i, x)| (i + 1) as f64 * x).sum();
    let uncorrected = 2.0 * ranked / (n * total) - (n + 1.0) / n;
    (uncorrected * n / (n - 1.0)).clamp(0.0, 1.0)
}

/// Need-weighted Gini coefficient of pairs (need, met), ordered by met ÷ need:
///
/// ```text
/// G = 1 − Σ (Pⱼ − Pⱼ₋₁)(Yⱼ + Yⱼ₋₁)     P, Y: cumulative shares of need and of what is met
/// ```
///
/// In [0, 1]; 0 for one pair or if all have the same ratio; NaN if there is no need or nothing is met.
///
/// ```
/// // Half of the need gets a quarter of the help: twice the area between the Lorenz curve and the diagonal is ¼.
/// assert!((hubsim_model::measures::gini_by_need(vec![(10.0, 1.0), (10.0, 3.0)]) - 0.25).abs() < 1e-12);
/// ```
pub fn gini_by_need(mut pairs: Vec<(f64, f64)>) -> f64 {
    // A pair without need has no ratio and no weight.
    pairs.retain(|&(need, _)| need > 0.0);
    let (needs, mets): (f64, f64) = pairs.iter().fold((0.0, 0.0), |(n, m), &(need, met)| (n + need, m + met));
    if needs <= 0.0 || mets <= 0.0 {
        return f64::NAN;
    }
    pairs.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
    let (mut below, mut area) = (0.0, 0.0);
    for (need, met) in pairs {
        let above = below + met / mets;
        area += need / needs * (below + above);
        below = above;
    }
    (1.0 - area).clamp(0.0, 1.0)
}

/// Share of the `k` largest values in the sum. In [0, 1]; NaN if the sum is 0.
pub fn top_share(mut values: Vec<f64>, k: usize) -> f64 {
    values.sort_by(|a, b| b.total_cmp(a));
    let total: f64 = values.iter().sum();
    if total > 0.0 { (values.iter().take(k).sum::<f64>() / total).min(1.0) } else { f64::NAN }
}

/// Herfindahl–Hirschman index, the sum of the squared shares: from 1/n (all equal) to 1 (one has all); NaN if the sum of
/// the values is 0.
///
/// ```
/// assert_eq!(hubsim_model::measures::herfindahl([2.0, 1.0, 1.0].into_iter()), 0.375);
/// ```
pub fn herfindahl(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let total: f64 = values.clone().sum();
    if total > 0.0 { values.map(|x| (x / total) * (x / total)).sum::<f64>().min(1.0) } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known values from numpy, and the limits.
    #[test]
    fn gini_has_known_values() {
        assert!((gini(vec![1.0, 2.0, 3.0, 4.0]) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(gini(vec![5.0, 5.0, 5.0]), 0.0);
        assert!(gini(vec![5.0]).is_nan() && gini(vec![0.0, 0.0]).is_nan());
    }

    /// k equal prizes among n: 1 − k/n uncorrected, n/(n − 1) times that corrected.
    #[test]
    fn gini_of_a_lottery_with_equal_prizes_is_known() {
        let mut prizes = vec![0.0; 38];
        prizes.extend([1.0; 12]);
        assert!((gini(prizes) - 0.76 * 50.0 / 49.0).abs() < 1e-12);
    }

    #[test]
    fn gini_by_need_has_known_limits() {
        assert_eq!(gini_by_need(vec![(3.0, 1.0)]), 0.0);
        assert!(gini_by_need(vec![(3.0, 1.0), (6.0, 2.0)]).abs() < 1e-12);
        // A tenth of the need gets everything: 0.9.
        assert!((gini_by_need(vec![(9.0, 0.0), (1.0, 4.0)]) - 0.9).abs() < 1e-12);
        assert!(gini_by_need(vec![(1.0, 0.0)]).is_nan());
    }

    #[test]
    fn herfindahl_has_known_limits() {
        assert_eq!(herfindahl([0.0, 7.0, 0.0].into_iter()), 1.0);
        assert!((herfindahl([0.1; 10].into_iter()) - 0.1).abs() < 1e-12);
        assert!(herfindahl([0.0, 0.0].into_iter()).is_nan() && herfindahl([f64::NAN].into_iter()).is_nan());
    }

    #[test]
    fn the_top_share_takes_the_largest_values() {
        assert!((top_share(vec![1.0, 5.0, 4.0], 2) - 0.9).abs() < 1e-12);
        assert_eq!(top_share(vec![1.0], 5), 1.0);
    }
}

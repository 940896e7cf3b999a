//! Gini coefficients, top shares, sums of squared shares.

/// Gini coefficient with the small-sample factor n/(n − 1) (Deltas 2003): 2 Σ i·x₍ᵢ₎ / (n Σ x) − (n + 1)/n, times
/// n/(n − 1). In [0, 1]; NaN of fewer than two values or a sum of 0.
///
/// ```
/// // Three hold nothing, one holds all: 0.75 uncorrected, 1 with the factor 4/3.
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
    let plain = 2.0 * ranked / (n * total) - (n + 1.0) / n;
    (plain * n / (n - 1.0)).clamp(0.0, 1.0)
}

/// Need-weighted Gini of what is met: pairs of (need, met), ordered by met ÷ need; 1 − Σ (Pⱼ − Pⱼ₋₁)(Yⱼ + Yⱼ₋₁), with
/// P and Y the cumulative shares. In [0, 1]; 0 with one region or where all are met alike; NaN where nothing is
/// needed or nothing is met.
///
/// ```
/// // Half of the need gets a quarter of the help: area between ¼ and the diagonal, doubled.
/// assert!((hubsim_model::measures::gini_by_need(vec![(10.0, 1.0), (10.0, 3.0)]) - 0.25).abs() < 1e-12);
/// ```
pub fn gini_by_need(mut pairs: Vec<(f64, f64)>) -> f64 {
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

/// Share of the k largest. In [0, 1]; NaN where the sum is 0.
pub fn top_share(mut values: Vec<f64>, k: usize) -> f64 {
    values.sort_by(|a, b| b.total_cmp(a));
    let total: f64 = values.iter().sum();
    if total > 0.0 { (values.iter().take(k).sum::<f64>() / total).min(1.0) } else { f64::NAN }
}

/// Herfindahl–Hirschman index: Σ of the squared shares. From 1/n (all alike) to 1 (all in one); NaN where the sum is 0.
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

    /// Known values: numpy on the same data, and the limits.
    #[test]
    fn gini_has_known_values() {
        assert!((gini(vec![1.0, 2.0, 3.0, 4.0]) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(gini(vec![5.0, 5.0, 5.0]), 0.0);
        assert!(gini(vec![5.0]).is_nan() && gini(vec![0.0, 0.0]).is_nan());
    }

    /// A lottery of k equal prizes among n: 1 − k/n, n/(n − 1) times that when corrected.
    #[test]
    fn gini_of_a_lottery() {
        let mut prizes = vec![0.0; 38];
        prizes.extend([1.0; 12]);
        assert!((gini(prizes) - 0.76 * 50.0 / 49.0).abs() < 1e-12);
    }

    #[test]
    fn gini_by_need_has_its_limits() {
        assert_eq!(gini_by_need(vec![(3.0, 1.0)]), 0.0);
        assert!(gini_by_need(vec![(3.0, 1.0), (6.0, 2.0)]).abs() < 1e-12);
        // Everything to a tenth of the need: 0.9.
        assert!((gini_by_need(vec![(9.0, 0.0), (1.0, 4.0)]) - 0.9).abs() < 1e-12);
        assert!(gini_by_need(vec![(1.0, 0.0)]).is_nan());
    }

    #[test]
    fn herfindahl_has_its_limits() {
        assert_eq!(herfindahl([0.0, 7.0, 0.0].into_iter()), 1.0);
        assert!((herfindahl([0.1; 10].into_iter()) - 0.1).abs() < 1e-12);
        assert!(herfindahl([0.0, 0.0].into_iter()).is_nan() && herfindahl([f64::NAN].into_iter()).is_nan());
    }

    #[test]
    fn top_share_of_many() {
        assert!((top_share(vec![1.0, 5.0, 4.0], 2) - 0.9).abs() < 1e-12);
        assert_eq!(top_share(vec![1.0], 5), 1.0);
    }
}

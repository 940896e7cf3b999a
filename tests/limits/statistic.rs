//! Statistics that compare a sample with a law.

use statrs::function::gamma::gamma_ur;

/// The critical |z|: two-sided 7e-6 for each test.
pub const REJECT: f64 = 4.5;
/// The critical p-value.
pub const UNLIKELY: f64 = 1e-5;

/// The mean of some values.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// How many standard errors the mean of independent values is from what is expected.
pub fn z_of_mean(values: &[f64], expected: f64) -> f64 {
    let (n, mean) = (values.len() as f64, mean(values));
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean - expected) / (variance / n).sqrt()
}

/// How many standard errors the mean square of independent values around a known centre is from a variance.
pub fn z_of_variance(values: &[f64], centre: f64, expected: f64) -> f64 {
    let squares: Vec<f64> = values.iter().map(|x| (x - centre) * (x - centre)).collect();
    z_of_mean(&squares, expected)
}

/// How many standard deviations a count is from a binomial's mean.
pub fn z_of_count(count: usize, of: usize, p: f64) -> f64 {
    let n = of as f64;
    (count as f64 - n * p) / (n * p * (1.0 - p)).sqrt()
}

/// The p-value of counts under a law, by χ²: neighbouring cells are pooled until each expects at least 10.
pub fn p_of_counts(counts: &[f64], law: &[f64]) -> f64 {
    assert_eq!(counts.len(), law.len());
    let total: f64 = counts.iter().sum();
    let mut cells: Vec<(f64, f64)> = Vec::new();
    let (mut seen, mut expected) = (0.0, 0.0);
    for (&count, &p) in counts.iter().zip(law) {
        (seen, expected) = (seen + count, expected + total * p);
        if expected >= 10.0 {
            cells.push((seen, expected));
            (seen, expected) = (0.0, 0.0);
        }
    }
    // The rest, including the law's tail beyond the last outcome, is added to the last cell.
    let last = cells.last_mut().expect("at least one cell expects 10");
    let beyond = total * (1.0 - law.iter().sum::<f64>());
    (last.0, last.1) = (last.0 + seen, last.1 + expected + beyond);
    let chi2: f64 = cells.iter().map(|(seen, expected)| (seen - expected) * (seen - expected) / expected).sum();
    gamma_ur((cells.len() - 1) as f64 / 2.0, chi2 / 2.0)
}

/// Tables of χ²: upper 5 % points, and a tail by its closed form for two degrees of freedom, e^(−x/2).
#[test]
fn chi_square_has_known_tails() {
    let tail = |df: f64, x: f64| gamma_ur(df / 2.0, x / 2.0);
    for (df, x) in [(1.0, 3.841_459), (10.0, 18.307_038), (19.0, 30.143_527)] {
        assert!((tail(df, x) - 0.05).abs() < 1e-6, "{df}");
    }
    assert!((tail(2.0, 23.0) / libm::exp(-11.5) - 1.0).abs() < 1e-10);
    // 120, 90 and 90 where 100 each are expected: 4 + 1 + 1.
    let p = p_of_counts(&[120.0, 90.0, 90.0], &[1.0 / 3.0; 3]);
    assert!((p - libm::exp(-3.0)).abs() < 1e-10, "{p}");
}

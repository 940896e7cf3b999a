//! Kendall's rank correlation.

/// Kendall's τ_b of observations (x, y), in O(n log n) steps (Knight 1966):
///
/// ```text
/// τ_b = (concordant − discordant) / √(pairs untied in x · pairs untied in y)
/// ```
///
/// In [−1, 1]; NaN if there are fewer than two observations or all are tied in x or in y.
///
/// ```
/// // Of six pairs, four are concordant, one is discordant and one is tied in y: (4 − 1)/√(6 · 5).
/// let tau = hubsim_model::measures::kendall(vec![(1.0, 1.0), (2.0, 3.0), (3.0, 2.0), (4.0, 3.0)]);
/// assert!((tau - 3.0 / 30f64.sqrt()).abs() < 1e-12);
/// ```
pub fn kendall(mut pairs: Vec<(f64, f64)>) -> f64 {
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let all = pairs_of(pairs.len());
    let tied_x = ties(&pairs, |a, b| a.0 == b.0);
    let tied_both = ties(&pairs, |a, b| a == b);
    // Sorted by x, a pair is discordant exactly if its ys are out of order: merge sort counts those.
    let mut ys: Vec<f64> = pairs.into_iter().map(|(_, y)| y).collect();
    let discordant = sort_counting(&mut ys, &mut Vec::new());
    let tied_y = ties(&ys, |a, b| a == b);
    let untied = (all - tied_x) * (all - tied_y);
    let surplus = all - tied_x - tied_y + tied_both - 2.0 * discordant;
    if untied > 0.0 { (surplus / untied.sqrt()).clamp(-1.0, 1.0) } else { f64::NAN }
}

/// The number of pairs among `n` observations.
fn pairs_of(n: usize) -> f64 {
    n as f64 * (n as f64 - 1.0) / 2.0
}

/// The number of pairs of equal values among sorted ones.
fn ties<T>(sorted: &[T], equal: impl FnMut(&T, &T) -> bool) -> f64 {
    sorted.chunk_by(equal).map(|run| pairs_of(run.len())).sum()
}

/// Sorts by merging and returns the number of pairs that were out of order. `buffer` is scratch space.
fn sort_counting(values: &mut [f64], buffer: &mut Vec<f64>) -> f64 {
    let half = values.len() / 2;
    if half == 0 {
        return 0.0;
    }
    let mut inversions = sort_counting(&mut values[..half], buffer) + sort_counting(&mut values[half..], buffer);
    buffer.clear();
    let (mut low, mut high) = (0, half);
    while low < half || high < values.len() {
        if high == values.len() || low < half && values[low] <= values[high] {
            buffer.push(values[low]);
            low += 1;
        } else {
            // All that is left of the lower half is greater than this value.
            inversions += (half - low) as f64;
            buffer.push(values[high]);
            high += 1;
        }
    }
    values.copy_from_slice(buffer);
    inversions
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tau_b(x: &[f64], y: &[f64]) -> f64 {
        kendall(x.iter().copied().zip(y.iter().copied()).collect())
    }

    /// Values of `scipy.stats.kendalltau`.
    #[test]
    fn kendall_agrees_with_scipy() {
        let cases: [(&[f64], &[f64], f64); 4] = [
            (&[1.0, 2.0, 3.0, 4.0, 5.0], &[3.0, 1.0, 2.0, 5.0, 4.0], 0.39999999999999997),
            (&[12.0, 2.0, 1.0, 12.0, 2.0], &[1.0, 4.0, 7.0, 1.0, 0.0], -0.4714045207910316),
            (&[1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0], &[0.0, 0.0, 0.0, 5.0, 5.0, 2.0, 7.0], 0.7431605356175384),
            (
                &[9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0],
                &[0.0, 0.0, 0.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 9.0],
                -0.2760262237369417,
            ),
        ];
        for (x, y, tau) in cases {
            assert!((tau_b(x, y) - tau).abs() < 1e-12, "{} is not {tau}", tau_b(x, y));
        }
    }

    #[test]
    fn kendall_has_known_limits() {
        assert_eq!(tau_b(&[1.0, 2.0, 2.0, 5.0], &[10.0, 20.0, 20.0, 30.0]), 1.0);
        assert_eq!(tau_b(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), -1.0);
        assert!(tau_b(&[1.0, 2.0], &[4.0, 4.0]).is_nan() && tau_b(&[1.0], &[1.0]).is_nan() && tau_b(&[], &[]).is_nan());
    }

    proptest! {
        /// The definition, pair by pair, on data with many ties.
        #[test]
        fn kendall_agrees_with_its_definition(pairs in prop::collection::vec((0u8..6, 0u8..6), 2..40)) {
            let pairs: Vec<(f64, f64)> = pairs.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).collect();
            let (mut surplus, mut untied) = (0.0, (0.0, 0.0));
            for (i, a) in pairs.iter().enumerate() {
                for b in &pairs[..i] {
                    let sign = |d: f64| if d > 0.0 { 1.0 } else if d < 0.0 { -1.0 } else { 0.0 };
                    let (x, y): (f64, f64) = (sign(a.0 - b.0), sign(a.1 - b.1));
                    surplus += x * y;
                    untied = (untied.0 + x * x, untied.1 + y * y);
                }
            }
            let tau = surplus / (untied.0 * untied.1).sqrt();
            let fast = kendall(pairs);
            prop_assert!(tau.is_nan() && fast.is_nan() || (tau - fast).abs() < 1e-12, "{} is not {}", fast, tau);
        }
    }
}

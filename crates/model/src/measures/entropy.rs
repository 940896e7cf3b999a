//! Measures from information theory: Theil's index and normalised entropy.

/// Theil's index T, decomposed by groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theil {
    /// Inequality between groups: the index if everyone had the mean of their group.
    pub between: f64,
    /// Inequality within groups, weighted by each group's share of the total.
    pub within: f64,
}

/// Theil's index (Theil 1967) of groups of pairs (people, money):
///
/// ```text
/// T = Σ yᵢ ln(yᵢ/pᵢ)     y: shares of the money; p: shares of the people
/// ```
///
/// Both components are at least 0, and their sum is the index without groups. Pairs without people are ignored; pairs
/// without money contribute 0. NaN if there are no people or no money.
///
/// ```
/// // Two groups of two people: one group has all the money, and one of its members has ¾ of it.
/// let theil = hubsim_model::measures::theil(&[vec![(1.0, 3.0), (1.0, 1.0)], vec![(2.0, 0.0)]]);
/// assert!((theil.between - std::f64::consts::LN_2).abs() < 1e-12);
/// assert!((theil.within - (0.75 * libm::log(1.5) + 0.25 * libm::log(0.5))).abs() < 1e-12);
/// ```
pub fn theil(groups: &[Vec<(f64, f64)>]) -> Theil {
    let sums: Vec<(f64, f64)> = groups.iter().map(|group| sum(group)).collect();
    let all = sum(&sums);
    if !(all.0 > 0.0 && all.1 > 0.0) {
        return Theil { between: f64::NAN, within: f64::NAN };
    }
    // Rounding can bring a component slightly below its minimum of 0.
    let within = groups.iter().zip(&sums).map(|(group, &sum)| sum.1 / all.1 * index(group, sum));
    Theil { between: index(&sums, all).max(0.0), within: within.sum::<f64>().max(0.0) }
}

/// People and money of all pairs that have people.
fn sum(pairs: &[(f64, f64)]) -> (f64, f64) {
    pairs.iter().filter(|pair| pair.0 > 0.0).fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1))
}

/// Σ y ln(y/p) over the pairs that have money, given the sums.
fn index(pairs: &[(f64, f64)], (people, money): (f64, f64)) -> f64 {
    let term = |&(p, y): &(f64, f64)| y / money * libm::log(y / money * (people / p));
    pairs.iter().filter(|pair| pair.0 > 0.0 && pair.1 > 0.0).map(term).sum()
}

/// Shannon's entropy of the shares, divided by its maximum ln n: 1 if all values are equal, 0 if one has all. A single
/// value has 1; NaN if the sum is 0.
///
/// ```
/// assert_eq!(hubsim_model::measures::evenness(&[2.0, 2.0, 0.0, 0.0]), 0.5);
/// ```
pub fn evenness(values: &[f64]) -> f64 {
    let total: f64 = values.iter().sum();
    match values.len() {
        1 if total > 0.0 => 1.0,
        n if total > 0.0 => {
            let term = |x: &f64| x / total * libm::log(total / x);
            (values.iter().filter(|&&x| x > 0.0).map(term).sum::<f64>() / libm::log(n as f64)).clamp(0.0, 1.0)
        }
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// [`THEIL_1234`] was computed in Python as Σ y/ȳ ln(y/ȳ)/n of 1, 2, 3, 4.
    #[test]
    fn theil_has_known_values() {
        let people = |money: &[f64]| vec![money.iter().map(|&y| (1.0, y)).collect::<Vec<_>>()];
        assert!((theil(&people(&[1.0, 2.0, 3.0, 4.0])).within - THEIL_1234).abs() < 1e-12);
        assert_eq!(theil(&people(&[2.0, 2.0, 2.0])), Theil { between: 0.0, within: 0.0 });
        // One of n people has all: ln n.
        assert!((theil(&people(&[0.0, 0.0, 0.0, 0.0, 9.0])).within - libm::log(5.0)).abs() < 1e-12);
        assert!(theil(&[]).between.is_nan() && theil(&[vec![(1.0, 0.0)]]).within.is_nan());
        assert_eq!(
            theil(&[vec![(1.0, 1.0), (0.0, 5.0)]]),
            Theil { between: 0.0, within: 0.0 },
            "a pair without people is ignored"
        );
    }

    #[test]
    fn evenness_has_known_limits() {
        assert!((evenness(&[3.0; 7]) - 1.0).abs() < 1e-12);
        assert_eq!((evenness(&[0.0, 4.0]), evenness(&[4.0])), (0.0, 1.0));
        assert!(evenness(&[0.0, 0.0]).is_nan() && evenness(&[]).is_nan());
    }

    const THEIL_1234: f64 = 0.10644013528622318;

    proptest! {
        /// The components add up to the index without groups; neither scaling nor duplicating everyone changes them.
        #[test]
        fn the_components_add_up_to_the_whole(
            groups in prop::collection::vec(prop::collection::vec((0.01f64..50.0, 0.0f64..9.0), 1..8), 1..8)
        ) {
            let Theil { between, within } = theil(&groups);
            prop_assume!(!between.is_nan());
            let whole = theil(&[groups.concat()]);
            prop_assert_eq!(whole.between, 0.0);
            prop_assert!((between + within - whole.within).abs() < 1e-12, "{} + {} is not {}", between, within, whole.within);
            let twice: Vec<Vec<(f64, f64)>> =
                groups.iter().map(|group| group.iter().flat_map(|&(p, y)| [(p, 3.0 * y); 2]).collect()).collect();
            prop_assert!((theil(&twice).between - between).abs() < 1e-12);
            prop_assert!((theil(&twice).within - within).abs() < 1e-12);
        }
    }
}

//! One part's test, and Holm's steps over all of them.

use super::verdict::Verdict;
use crate::analysis::estimate::{mean, variance};
use crate::analysis::student::{quantile, tail};
use crate::scenario::claim::Expect;

/// The rate of wrong verdicts that is put up with, over all parts together.
pub const LEVEL: f64 = 0.05;

/// A spread below this share of the values is rounding.
const ROUNDING: f64 = 1e-12;

/// A difference this share short of what matters still counts as reaching it: it is rounding, too.
const SHORT: f64 = 1e-9;

/// The test of one part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// Mean of what is tested.
    pub mean: f64,
    /// Its standard error; 0 where all values are equal but for rounding.
    error: f64,
    /// Degrees of freedom.
    freedom: usize,
    /// The p-value, two-sided scale, of the one-sided test that decides most.
    pub p: f64,
    /// What that test says if it decides.
    pub says: Verdict,
}

impl Test {
    /// Of at least two values; `margin` is the smallest difference that matters, or the bound. `scale` is the largest
    /// number that differences were taken of.
    pub fn of(expect: Expect, values: &[f64], margin: f64, scale: f64) -> Test {
        let (n, sd) = (values.len(), variance(values).sqrt());
        let error = if sd <= scale * ROUNDING { 0.0 } else { sd / (n as f64).sqrt() };
        Test::with(expect, mean(values), error, n - 1, margin)
    }

    /// Of a measure that says yes (1) or no (0) in each trial, or of differences of two such. That something happened in
    /// none of the trials seen does not say that it never does: the error is that of a sample with two trials more, one
    /// for each side (Agresti & Min 2005 for pairs, Agresti & Coull 1998 for one share).
    pub fn of_shares(expect: Expect, values: &[f64], margin: f64, paired: bool) -> Test {
        let both = if paired { [-1.0, 1.0] } else { [0.0, 1.0] };
        let more: Vec<f64> = values.iter().copied().chain(both).collect();
        let error = (variance(&more) / more.len() as f64).sqrt();
        Test::with(expect, mean(values), error, values.len() - 1, margin)
    }

    fn with(expect: Expect, mean: f64, error: f64, freedom: usize, margin: f64) -> Test {
        let (p, says) = if error == 0.0 {
            // Nothing varies: what is there is how it is.
            (0.0, point(expect, mean, margin))
        } else {
            decide(expect, margin, |by| tail(by / error, freedom), mean)
        };
        Test { mean, error, freedom, p, says }
    }

    /// The interval that holds together with those of a family of so many tests.
    pub fn interval(&self, family: usize) -> (f64, f64) {
        if self.error == 0.0 {
            return (self.mean, self.mean);
        }
        let half = quantile(LEVEL / (2 * family.max(1)) as f64, self.freedom) * self.error;
        (self.mean - half, self.mean + half)
    }
}

/// The test that decides most: its p-value on the two-sided scale, and what it says. `chance` is the probability that a
/// mean lies so far beyond its true value by chance.
fn decide(expect: Expect, margin: f64, chance: impl Fn(f64) -> f64, mean: f64) -> (f64, Verdict) {
    let above = |limit: f64| chance(mean - limit);
    let below = |limit: f64| chance(limit - mean);
    let within = above(-margin).max(below(margin));
    let tests = match expect {
        Expect::Higher => [above(margin), below(-margin), within],
        Expect::Lower => [below(-margin), above(margin), within],
        Expect::NotLower => [above(-margin), below(-margin), 1.0],
        Expect::NotHigher => [below(margin), above(margin), 1.0],
        Expect::Below => [below(margin), above(margin), 1.0],
        Expect::Above => [above(margin), below(margin), 1.0],
    };
    let says = [Verdict::Supported, Verdict::Contradicted, Verdict::NoDifference];
    let least = (0..3).min_by(|&a, &b| tests[a].total_cmp(&tests[b])).unwrap_or(0);
    ((2.0 * tests[least]).clamp(0.0, 1.0), says[least])
}

/// What one number says, were it the truth.
pub fn point(expect: Expect, value: f64, margin: f64) -> Verdict {
    let reaches = |value: f64| value > 0.0 && value >= margin * (1.0 - SHORT);
    let (up, down) = (reaches(value), reaches(-value));
    let either = |holds: bool| if holds { Verdict::Supported } else { Verdict::Contradicted };
    match expect {
        Expect::Higher if up => Verdict::Supported,
        Expect::Higher if down => Verdict::Contradicted,
        Expect::Lower if down => Verdict::Supported,
        Expect::Lower if up => Verdict::Contradicted,
        Expect::Higher | Expect::Lower => Verdict::NoDifference,
        Expect::NotLower => either(!down),
        Expect::NotHigher => either(!up),
        Expect::Below => either(value < margin),
        Expect::Above => either(value > margin),
    }
}

/// Holm's adjusted p-values (1979), in the order given.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut adjusted = vec![0.0; p.len()];
    let mut so_far: f64 = 0.0;
    for (rank, &at) in order.iter().enumerate() {
        so_far = so_far.max((p[at] * (p.len() - rank) as f64).min(1.0));
        adjusted[at] = so_far;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VALUES: [f64; 8] = [0.05, 0.02, 0.07, 0.04, 0.06, 0.05, 0.03, 0.08];

    /// Nothing seen in 60 pairs leaves room for a share of 0.03 (the exact chance to see none is 0.97⁶⁰ = 0.16), nothing
    /// in 2,000 does not; taken for a number that never varies, the mutant, 60 pairs are sure.
    #[test]
    fn what_was_never_seen_may_still_happen() {
        let none = |n: usize| Test::of_shares(Expect::Higher, &vec![0.0; n], 0.03, true);
        assert!(none(60).p > 0.05 && none(60).interval(1).1 > 0.03, "{:?}", none(60));
        assert!(none(2000).p < 1e-6 && none(2000).says == Verdict::NoDifference);
        assert_eq!(Test::of(Expect::Higher, &[0.0; 60], 0.03, 1.0).p, 0.0);
        // One yes and three no of four, and one of each: variance 0.2667 of six.
        let one = Test::of_shares(Expect::Above, &[1.0, 0.0, 0.0, 0.0], 0.1, false);
        assert!((one.mean - 0.25).abs() < 1e-12 && (one.error - (0.8 / 3.0 / 6.0_f64).sqrt()).abs() < 1e-12);
    }

    fn test(expect: Expect, margin: f64) -> Test {
        Test::of(expect, &VALUES, margin, 1.0)
    }

    fn turned(expect: Expect) -> Expect {
        match expect {
            Expect::Lower => Expect::Higher,
            Expect::Higher => Expect::Lower,
            Expect::NotLower => Expect::NotHigher,
            Expect::NotHigher => Expect::NotLower,
            Expect::Below => Expect::Above,
            Expect::Above => Expect::Below,
        }
    }

    #[test]
    fn p_values_agree_with_scipy() {
        // scipy 1.17.1: twice ttest_1samp(values, ±margin, alternative="greater" or "less").pvalue
        let (above, far_above, within) = (0.012731780841619625, 4.7155321349431745e-06, 9.932888214936173e-05);
        for (expect, margin, p, says) in [
            (Expect::Higher, 0.03, above, Verdict::Supported),
            (Expect::Lower, 0.03, above, Verdict::Contradicted),
            (Expect::NotLower, 0.03, far_above, Verdict::Supported),
            (Expect::NotHigher, 0.03, above, Verdict::Contradicted),
            (Expect::Higher, 0.1, within, Verdict::NoDifference),
            (Expect::Lower, 0.1, within, Verdict::NoDifference),
            (Expect::NotHigher, 0.1, within, Verdict::Supported),
            (Expect::Above, 0.03, above, Verdict::Supported),
            (Expect::Below, 0.03, above, Verdict::Contradicted),
            (Expect::Below, 0.1, within, Verdict::Supported),
            (Expect::Above, 0.1, within, Verdict::Contradicted),
        ] {
            let found = test(expect, margin);
            assert!((found.p / (2.0 * p) - 1.0).abs() < 1e-8, "{expect:?} {margin}: {found:?}");
            assert_eq!(found.says, says, "{expect:?} {margin}");
        }
        let down: Vec<f64> = VALUES.iter().map(|value| -value).collect();
        let found = Test::of(Expect::NotLower, &down, 0.03, 1.0);
        assert!((found.p / (2.0 * above) - 1.0).abs() < 1e-8 && found.says == Verdict::Contradicted);
    }

    #[test]
    fn intervals_agree_with_scipy() {
        // scipy 1.17.1: mean ± t.isf(0.05 / (2 m), 7) × sem
        for (family, low, high) in [
            (1, 0.03327958156740578, 0.06672041843259423),
            (2, 0.02990936924816001, 0.07009063075184),
            (7, 0.023464416248555466, 0.07653558375144454),
        ] {
            let found = test(Expect::Higher, 0.03).interval(family);
            assert!((found.0 - low).abs() < 1e-10 && (found.1 - high).abs() < 1e-10, "{family}: {found:?}");
        }
    }

    #[test]
    fn adjusted_p_values_agree_with_r() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        let found = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (found, expected) in found.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert!((found - expected).abs() < 1e-15, "{found} is not {expected}");
        }
        assert_eq!(holm(&[0.9, 0.8]), [1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn what_does_not_vary_is_how_it_is() {
        // 0.9 − 0.7 and 0.5 − 0.3 differ in the last digit only.
        for (expect, margin, says) in [
            (Expect::Higher, 0.1, Verdict::Supported),
            (Expect::Higher, 0.2, Verdict::Supported),
            (Expect::Higher, 0.3, Verdict::NoDifference),
            (Expect::Lower, 0.2, Verdict::Contradicted),
            (Expect::NotHigher, 0.3, Verdict::Supported),
            (Expect::Below, 0.1, Verdict::Contradicted),
        ] {
            let found = Test::of(expect, &[0.9 - 0.7, 0.5 - 0.3, 0.2], margin, 0.9);
            assert_eq!((found.p, found.says), (0.0, says), "{expect:?} {margin}");
            let (low, high) = found.interval(9);
            assert!(low == high && (low - 0.2).abs() < 1e-15);
        }
        // Nothing differs, and nothing is small enough to matter: nothing differs.
        let found = Test::of(Expect::Higher, &[0.0, 0.0], 0.0, 1.0);
        assert_eq!((found.p, found.says), (0.0, Verdict::NoDifference));
        assert_eq!(Test::of(Expect::NotLower, &[0.0, 0.0], 0.0, 1.0).says, Verdict::Supported);
    }

    /// How often at least one of ten parts gets a wrong verdict when all of them lie just where two verdicts meet, which
    /// is where it goes wrong most often. Of 3,000 families at 5 %, more than 190 would be wrong once in 1,000 times
    /// (binomial: mean 150, sd 11.9, 3.1 sd = 37).
    #[test]
    fn wrong_verdicts_are_as_rare_as_promised() {
        const FAMILIES: u32 = 3000;
        const MOST: u32 = 190;
        let mut draws = 1_u64;
        let mut even = || {
            // Weyl's sequence through the mixer of SplitMix64 (Steele et al. 2014).
            draws = draws.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = draws;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        };
        // Where the true difference lies, in smallest differences that matter, and what must not be said there.
        let kinds = [
            (Expect::Higher, 1.0, [Verdict::Supported, Verdict::NoDifference, Verdict::Contradicted]),
            (Expect::Lower, 1.0, [Verdict::Contradicted, Verdict::NoDifference, Verdict::Supported]),
            (Expect::Higher, 0.0, [Verdict::Supported, Verdict::Contradicted, Verdict::Contradicted]),
            (Expect::NotLower, -1.0, [Verdict::Supported, Verdict::Contradicted, Verdict::Contradicted]),
            (Expect::Below, 1.0, [Verdict::Supported, Verdict::Contradicted, Verdict::Contradicted]),
        ];
        let (mut wrong, mut naive) = (0, 0);
        for _ in 0..FAMILIES {
            let tests: Vec<(Test, bool)> = (0..10)
                .map(|part| {
                    let (expect, at, bad) = kinds[part % kinds.len()];
                    let values: Vec<f64> = (0..12)
                        .map(|_| {
                            at + (-2.0 * libm::log(1.0 - even())).sqrt() * libm::cos(std::f64::consts::TAU * even())
                        })
                        .collect();
                    let test = Test::of(expect, &values, 1.0, 1.0);
                    (test, bad.contains(&test.says))
                })
                .collect();
            let p: Vec<f64> = tests.iter().map(|(test, _)| test.p).collect();
            let fails = |p: &[f64]| p.iter().zip(&tests).any(|(p, (_, bad))| *bad && *p <= LEVEL);
            wrong += u32::from(fails(&holm(&p)));
            naive += u32::from(fails(&p));
        }
        assert!(wrong <= MOST, "{wrong} of {FAMILIES} families went wrong");
        assert!(naive > 2 * MOST, "each part for itself must fail: {naive} of {FAMILIES}");
    }

    fn any_expect() -> impl Strategy<Value = Expect> {
        prop::sample::select(vec![
            Expect::Lower,
            Expect::Higher,
            Expect::NotLower,
            Expect::NotHigher,
            Expect::Below,
            Expect::Above,
        ])
    }

    proptest! {
        #[test]
        fn what_an_interval_decides_holm_decides_alike(
            parts in prop::collection::vec((any_expect(), -2.0..2.0f64, 0.0..1.5f64, prop::collection::vec(-1.0..1.0f64, 2..20)), 1..9),
        ) {
            let tests: Vec<Test> = parts.iter().map(|(expect, at, margin, noise)| {
                let values: Vec<f64> = noise.iter().map(|noise| at + noise).collect();
                Test::of(*expect, &values, *margin, 3.0)
            }).collect();
            let adjusted = holm(&tests.iter().map(|test| test.p).collect::<Vec<_>>());
            for ((test, adjusted), (expect, _, margin, _)) in tests.iter().zip(adjusted).zip(&parts) {
                prop_assert!(adjusted >= test.p && adjusted <= 1.0);
                let (low, high) = test.interval(tests.len());
                prop_assert!(low <= test.mean && test.mean <= high);
                // The interval decides if all of it says the same.
                let says = [low, high].map(|end| point(*expect, end, *margin));
                let mark = [*margin, -*margin].into_iter().any(|mark| low < mark && mark < high);
                if says[0] == says[1] && !mark {
                    prop_assert!(adjusted <= LEVEL * (1.0 + 1e-9), "{test:?} {low} {high} {adjusted}");
                    prop_assert_eq!(test.says, says[0]);
                }
                // And a verdict is what the mean itself says.
                if adjusted <= LEVEL {
                    prop_assert_eq!(test.says, point(*expect, test.mean, *margin));
                }
            }
        }

        #[test]
        fn turning_the_values_turns_the_test(
            values in prop::collection::vec(-1.0..1.0f64, 2..20), expect in any_expect(), margin in 0.0..0.5f64,
        ) {
            let turned_values: Vec<f64> = values.iter().map(|value| -value).collect();
            let there = Test::of(expect, &values, margin, 1.0);
            let bound = matches!(expect, Expect::Below | Expect::Above);
            let back = Test::of(turned(expect), &turned_values, if bound { -margin } else { margin }, 1.0);
            prop_assert_eq!((there.p, there.says), (back.p, back.says));
        }

        #[test]
        fn adjusting_keeps_the_order(p in prop::collection::vec(0.0..1.0f64, 1..30)) {
            let adjusted = holm(&p);
            for (i, j) in (0..p.len()).flat_map(|i| (0..p.len()).map(move |j| (i, j))) {
                prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j]);
            }
            let least = p.iter().copied().fold(1.0, f64::min);
            prop_assert_eq!(adjusted.into_iter().fold(1.0, f64::min), (least * p.len() as f64).min(1.0));
        }
    }
}

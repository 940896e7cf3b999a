//! Student's t: tail probabilities and quantiles at any level, the same bits on every machine.
//!
//! Implemented with `libm`, because logarithms of the standard library differ in their last digits between platforms. A
//! p-value is compared with a limit, and the result of that comparison must not depend on the platform.

/// The probability that Student's t with `freedom` degrees of freedom exceeds `t`; NaN for NaN.
///
/// It is ½ I(v ÷ (v + t²); v/2, ½), the regularised incomplete beta function, by Lentz's continued fraction (Press et
/// al. 2007, *Numerical Recipes*, §6.4). Exact to about 1e-10 of the value.
pub fn tail(t: f64, freedom: usize) -> f64 {
    if t.is_nan() || freedom == 0 {
        return f64::NAN;
    }
    if t < 0.0 {
        return 1.0 - tail(-t, freedom);
    }
    let v = freedom as f64;
    let square = t * t;
    if square.is_infinite() {
        return 0.0;
    }
    0.5 * incomplete_beta((v / 2.0, 0.5), square / v)
}

/// The probability that Fisher's F with these degrees of freedom exceeds `f`: I(d₂ ÷ (d₂ + d₁f); d₂/2, d₁/2). NaN for NaN.
pub fn f_tail(f: f64, d1: usize, d2: usize) -> f64 {
    if f.is_nan() || d1 == 0 || d2 == 0 {
        return f64::NAN;
    }
    let (d1, d2) = (d1 as f64, d2 as f64);
    if f.is_infinite() { 0.0 } else { incomplete_beta((d2 / 2.0, d1 / 2.0), f.max(0.0) * d1 / d2) }
}

/// The regularised incomplete beta function I(x; a, b) at x = 1/(1 + ratio): given so that neither x nor 1 − x loses digits.
fn incomplete_beta((a, b): (f64, f64), ratio: f64) -> f64 {
    let (x, y) = (1.0 / (1.0 + ratio), ratio / (1.0 + ratio));
    if y == 0.0 {
        return 1.0;
    }
    let front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + b * libm::log(y) - a * libm::log1p(ratio);
    let front = libm::exp(front);
    let beta =
        if x < (a + 1.0) / (a + b + 2.0) { front * fraction(a, b, x) / a } else { 1.0 - front * fraction(b, a, y) / b };
    beta.clamp(0.0, 1.0)
}

/// The `t` that is exceeded with probability `p`, at most ½; infinite for 0, NaN for NaN or 0 degrees of freedom.
pub fn quantile(p: f64, freedom: usize) -> f64 {
    if freedom == 0 || p.is_nan() {
        return f64::NAN;
    }
    if p <= 0.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while tail(high, freedom) > p {
        low = high;
        high *= 2.0;
    }
    loop {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            return high;
        }
        if tail(middle, freedom) > p { low = middle } else { high = middle }
    }
}

/// The continued fraction of the incomplete beta function.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut product = d;
    // It takes about √(max(a, b)) steps; the bound only prevents an endless loop.
    for step in 1..100_000 {
        let m = f64::from(step);
        for term in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            product *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::estimate::t_quantile;
    use proptest::prelude::*;

    /// scipy 1.17.1: `scipy.stats.t.sf(t, df)` at t = 0.5, 2, 4.5.
    const TAILS: [(usize, [f64; 3]); 8] = [
        (1, [0.35241638234956674, 0.14758361765043326, 0.06960448727306395]),
        (2, [0.33333333333333337, 0.09175170953613698, 0.02300095399713801]),
        (5, [0.31914943582046457, 0.050969739414929174, 0.0031997681731621482]),
        (19, [0.3114082456432208, 0.03000101819304917, 0.00012259225579209986]),
        (99, [0.3090923220122031, 0.02411984668631648, 9.274528052728359e-06]),
        (199, [0.30881375616766604, 0.02343000020064191, 5.773746702911786e-06]),
        (4999, [0.3085485426277292, 0.0227771353953487, 3.4747708798651447e-06]),
        (65535, [0.3085383781259633, 0.022752191586457218, 3.4035075975635594e-06]),
    ];

    /// F with (1, d) degrees of freedom is the square of t with d; with (2, d) its tail is (1 + 2f/d)^(−d/2).
    #[test]
    fn tails_of_f_agree_with_what_they_are() {
        for d in [1, 3, 10, 57] {
            for f in [0.01, 0.5, 1.0, 4.2, 80.0] {
                let (of_t, closed) =
                    (2.0 * tail(libm::sqrt(f), d), libm::pow(1.0 + 2.0 * f / d as f64, -0.5 * d as f64));
                assert!((f_tail(f, 1, d) - of_t).abs() < 1e-10 && (f_tail(f, 2, d) - closed).abs() < 1e-10, "{f} {d}");
            }
        }
        assert!(f_tail(0.0, 3, 4) == 1.0 && f_tail(f64::INFINITY, 3, 4) == 0.0 && f_tail(f64::NAN, 3, 4).is_nan());
    }

    #[test]
    fn tails_agree_with_scipy() {
        for (freedom, expected) in TAILS {
            for (t, expected) in [0.5, 2.0, 4.5].into_iter().zip(expected) {
                let found = tail(t, freedom);
                assert!((found / expected - 1.0).abs() < 2e-9, "{t}, {freedom}: {found} is not {expected}");
                assert!((tail(-t, freedom) - (1.0 - expected)).abs() < 1e-9);
            }
            assert_eq!(tail(0.0, freedom), 0.5);
        }
    }

    #[test]
    fn quantiles_agree_with_scipy() {
        // scipy 1.17.1: scipy.stats.t.isf(p, df) at p = 0.025 and 0.05 ÷ 126
        for (freedom, expected) in [
            (1, [12.706204736174705, 802.1404976285257]),
            (3, [3.1824463052837086, 13.973239420260667]),
            (19, [2.09302405440831, 3.984585833446966]),
            (99, [1.9842169515864176, 3.461809912859273]),
            (599, [1.9639322489452788, 3.372240985506354]),
            (65535, [1.9600001837358956, 3.355156534785207]),
        ] {
            for (p, expected) in [0.025, 0.05 / 126.0].into_iter().zip(expected) {
                let found = quantile(p, freedom);
                assert!((found / expected - 1.0).abs() < 1e-9, "{p}, {freedom}: {found} is not {expected}");
            }
            assert!((quantile(0.025, freedom) - t_quantile(freedom)).abs() < 2e-9 * t_quantile(freedom));
        }
    }

    #[test]
    fn infinite_and_missing_arguments_have_limits() {
        assert_eq!((tail(f64::INFINITY, 3), tail(f64::NEG_INFINITY, 3), tail(1e200, 3)), (0.0, 1.0, 0.0));
        assert!(tail(f64::NAN, 3).is_nan() && tail(1.0, 0).is_nan());
        assert_eq!(quantile(0.0, 3), f64::INFINITY);
        assert!(quantile(f64::NAN, 3).is_nan() && quantile(0.1, 0).is_nan());
    }

    proptest! {
        #[test]
        fn a_quantile_is_exceeded_with_its_probability(p in 1e-9..0.5f64, freedom in 1_usize..5000) {
            prop_assert!((tail(quantile(p, freedom), freedom) / p - 1.0).abs() < 1e-9);
        }
        #[test]
        fn what_is_farther_out_is_rarer(t in -50.0..50.0f64, step in 0.0..5.0f64, freedom in 1_usize..5000) {
            prop_assert!(tail(t + step, freedom) <= tail(t, freedom) * (1.0 + 1e-12));
        }
    }
}

//! The laws in closed form, and known values of them.

use statrs::function::beta::{beta_reg, ln_beta};
use statrs::function::erf::erf;
use statrs::function::gamma::ln_gamma;

/// ln of n over k.
fn ln_choose(n: u32, k: u32) -> f64 {
    let factorial = |m: u32| ln_gamma(f64::from(m) + 1.0);
    factorial(n) - factorial(k) - factorial(n - k)
}

/// The binomial law of 0..=n.
pub fn binomial(n: u32, p: f64) -> Vec<f64> {
    let one = |k: u32| libm::exp(ln_choose(n, k) + f64::from(k) * libm::log(p) + f64::from(n - k) * libm::log1p(-p));
    (0..=n).map(one).collect()
}

/// The beta-binomial law of 0..=n: wins of a colour with a of a + b balls in an urn of Pólya's.
pub fn beta_binomial(n: u32, a: f64, b: f64) -> Vec<f64> {
    let one = |k: u32| libm::exp(ln_choose(n, k) + ln_beta(a + f64::from(k), b + f64::from(n - k)) - ln_beta(a, b));
    (0..=n).map(one).collect()
}

/// The Poisson law of 0..=most.
pub fn poisson(mean: f64, most: u32) -> Vec<f64> {
    (0..=most).map(|k| libm::exp(f64::from(k) * libm::log(mean) - mean - ln_gamma(f64::from(k) + 1.0))).collect()
}

/// The standard normal distribution function.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The standard normal density.
pub fn normal_density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt()
}

/// The distribution function of the sum of four uniforms, at mean 0 and standard deviation 1: Σ (−1)ᵏ C(4,k) (s − k)⁴/4!
/// over k < s, s the sum itself (Irwin 1927, Hall 1927).
pub fn irwin_hall(x: f64) -> f64 {
    let sum = (2.0 + x / 3.0f64.sqrt()).clamp(0.0, 4.0);
    [1.0, -4.0, 6.0, -4.0, 1.0].iter().zip(0..).map(|(c, k)| c * power((sum - f64::from(k)).max(0.0), 4) / 24.0).sum()
}

/// The quantile of a distribution function, by bisection.
pub fn quantile(law: impl Fn(f64) -> f64, p: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if law(middle) < p { low = middle } else { high = middle }
    }
    low
}

/// The probability that fewer than k of n succeed.
pub fn fewer(n: u32, k: u32, p: f64) -> f64 {
    // P(Bin(n, p) ≤ k − 1) = I_{1−p}(n − k + 1, k).
    if k > n { 1.0 } else { beta_reg(f64::from(n - k + 1), f64::from(k), 1.0 - p) }
}

/// Mean of the k largest of n standard normal numbers: n/k ∫ x φ(x) P(fewer than k of the others are larger) dx.
pub fn top_normal(n: u32, k: u32) -> f64 {
    let at = |x: f64| x * normal_density(x) * fewer(n - 1, k, (1.0 - normal_cdf(x)).clamp(0.0, 1.0));
    f64::from(n) / f64::from(k) * integral(-9.0, 9.0, at)
}

/// An integral by Simpson's rule.
pub fn integral(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    const STEPS: u32 = 4000;
    let h = (to - from) / f64::from(STEPS);
    let weight = |i: u32| if i == 0 || i == STEPS { 1.0 } else { f64::from(2 + 2 * (i % 2)) };
    (0..=STEPS).map(|i| weight(i) * f(from + h * f64::from(i))).sum::<f64>() * h / 3.0
}

/// x to an integer power.
pub fn power(x: f64, n: u32) -> f64 {
    (0..n).fold(1.0, |product, _| product * x)
}

/// E|S_T| of a walk with steps ±1 with chance r each, 0 else, by convolution.
pub fn walk(steps: u32, r: f64) -> f64 {
    let n = steps as usize;
    let mut law = vec![0.0; 2 * n + 3];
    law[n + 1] = 1.0;
    for _ in 0..n {
        law = (0..law.len())
            .map(|i| {
                let at = |j: usize| law.get(j).copied().unwrap_or(0.0);
                (1.0 - 2.0 * r) * law[i] + r * (if i > 0 { at(i - 1) } else { 0.0 } + at(i + 1))
            })
            .collect();
    }
    law.iter().enumerate().map(|(i, p)| p * (i as f64 - (n + 1) as f64).abs()).sum()
}

/// The fundamental matrix N = (I − Q)⁻¹ of an absorbing chain, by Gauss and Jordan (I − Q is diagonally dominant, so
/// no rows need to be exchanged).
pub fn fundamental<const N: usize>(q: &[[f64; N]; N]) -> [[f64; N]; N] {
    let unit = |i: usize, j: usize| f64::from(u8::from(i == j));
    let mut left: [[f64; N]; N] = std::array::from_fn(|i| std::array::from_fn(|j| unit(i, j) - q[i][j]));
    let mut right: [[f64; N]; N] = std::array::from_fn(|i| std::array::from_fn(|j| unit(i, j)));
    for k in 0..N {
        let pivot = left[k][k];
        (left[k], right[k]) = (left[k].map(|x| x / pivot), right[k].map(|x| x / pivot));
        let (row, of) = (left[k], right[k]);
        for i in (0..N).filter(|&i| i != k) {
            let factor = left[i][k];
            for j in 0..N {
                left[i][j] -= factor * row[j];
                right[i][j] -= factor * of[j];
            }
        }
    }
    right
}

/// Gini coefficient of the lognormal law.
pub fn gini_of_lognormal(sigma: f64) -> f64 {
    erf(sigma / 2.0)
}

/// Pólya's urn after n draws of one unit, a of theta belonging to one: mean and variance of its share of the draws.
pub fn polya_share(n: f64, a: f64, theta: f64) -> (f64, f64) {
    let p = a / theta;
    (p, p * (1.0 - p) * (theta + n) / (n * (theta + 1.0)))
}

/// Expected HHI of capacities in an urn of Pólya's after n draws.
pub fn polya_hhi(n: f64, a: &[f64]) -> f64 {
    let theta: f64 = a.iter().sum();
    let square = |a: &f64| {
        let p = a / theta;
        (a + n * p) * (a + n * p) + n * p * (1.0 - p) * (theta + n) / (theta + 1.0)
    };
    a.iter().map(square).sum::<f64>() / ((theta + n) * (theta + n))
}

/// K needs, of which each of n chooses m: expected number of needs chosen by anybody, and its variance.
pub fn distinct(needs: f64, n: u32, m: f64) -> (f64, f64) {
    let q = power(1.0 - m / needs, n);
    let q2 = power((needs - m) * (needs - m - 1.0) / (needs * (needs - 1.0)), n);
    (needs * (1.0 - q), needs * q * (1.0 - q) + needs * (needs - 1.0) * (q2 - q * q))
}

/// Expected developments where each existing copy is found independently with probability p: one copy more with probability
/// (1 − p)^copies, for each of the Bin(n, m/K) who choose a need.
pub fn developments(needs: f64, n: u32, m: f64, p: f64) -> f64 {
    let mut copies = vec![0.0; n as usize + 2];
    copies[0] = 1.0;
    let mut expected = Vec::new();
    for _ in 0..=n {
        expected.push(copies.iter().enumerate().map(|(d, at)| d as f64 * at).sum::<f64>());
        let mut next = vec![0.0; copies.len()];
        for (d, at) in copies.iter().enumerate().filter(|(_, at)| **at > 0.0) {
            let builds = power(1.0 - p, d as u32);
            next[d] += at * (1.0 - builds);
            next[(d + 1).min(n as usize + 1)] += at * builds;
        }
        copies = next;
    }
    needs * binomial(n, m / needs).iter().zip(expected).map(|(chance, developed)| chance * developed).sum::<f64>()
}

/// Bass's recursion A' = A + (M − A)(p + q A/M), `steps` times.
pub fn bass(start: f64, most: f64, p: f64, q: f64, steps: u32) -> f64 {
    (0..steps).fold(start, |a, _| a + (most - a) * (p + q * a / most))
}

/// Bass's differential equation from the same start.
pub fn bass_curve(start: f64, most: f64, p: f64, q: f64, time: f64) -> f64 {
    let f = start / most;
    let left = (1.0 - f) / (1.0 + q / p * f) * libm::exp(-(p + q) * time);
    most * (1.0 - left) / (1.0 + q / p * left)
}

/// Values of the published formulas.
#[test]
fn closed_forms_have_known_values() {
    let near = |value: f64, known: f64, within: f64| assert!((value - known).abs() < within, "{value} for {known}");
    let (mean, variance) = polya_share(400.0, 3.0, 6.0);
    near(mean, 0.5, 1e-12);
    near(variance, 0.03625, 1e-12);
    let a = [3.0, 1.0, 1.0, 0.5, 0.5];
    near(polya_hhi(400.0, &a), 0.41523, 5e-6);
    near(polya_hhi(1e9, &a), a.iter().map(|a| a * (a + 1.0)).sum::<f64>() / 42.0, 1e-6);
    for (a, b, leads) in [(2.0, 1.0, 0.75), (3.0, 1.0, 0.875), (10.0, 5.0, 0.9102), (1.2, 1.0, 0.5647)] {
        near(1.0 - beta_reg(a, b, 0.5), leads, 5e-5);
    }
    near(walk(20, 12.0 * 38.0 / (50.0 * 49.0)) / (2.0 * 20.0 * 12.0 / 50.0), 0.224365, 5e-7);
    near(gini_of_lognormal(0.8), 0.428392, 5e-7);
    near(distinct(40.0, 15, 6.0).0, 36.5058, 5e-5);
    near(0.65 * (90.0 - distinct(40.0, 15, 6.0).0), 34.7712, 5e-5);
    near(developments(40.0, 15, 6.0, 0.35), 66.1815, 5e-5);
    near(bass(0.0, 20_000.0, 0.01, 0.4, 20), 19_827.0, 0.05);
    near(bass_curve(0.0, 20_000.0, 0.01, 0.4, 20.0), 19_777.2, 0.05);
    near(0.6 * top_normal(60, 12), 0.825827, 5e-7);
    near(top_normal(1, 1), 0.0, 1e-9);
    near(top_normal(2, 1), 1.0 / std::f64::consts::PI.sqrt(), 1e-9);
    near(beta_binomial(24, 3.0, 3.0).iter().sum(), 1.0, 1e-10);
    near(irwin_hall(0.0), 0.5, 1e-15);
    // At one uniform's width below the top: 1 − 1/4!.
    near(irwin_hall(3.0f64.sqrt()), 1.0 - 1.0 / 24.0, 1e-12);
    // The gambler between ruin and fortune with a fair coin: from 2 of 4, four games; from 1 or 3, three.
    let games = fundamental(&[[0.0, 0.5, 0.0], [0.5, 0.0, 0.5], [0.0, 0.5, 0.0]]).map(|row| row.iter().sum::<f64>());
    games.iter().zip([3.0, 4.0, 3.0]).for_each(|(&games, known)| near(games, known, 1e-12));
    near(quantile(normal_cdf, 0.8), 0.841_621, 5e-7);
    near(fewer(10, 3, 0.2), binomial(10, 0.2)[..3].iter().sum(), 1e-12);
}

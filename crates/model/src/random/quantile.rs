//! Inverse distribution functions over `libm`: the normal and the Poisson.

/// The quantile function of a Poisson distribution with mean ≤ 16.
///
/// The distribution function is summed on demand, as far as the largest `u` so far needs, so that several pieces of one
/// draw share the sum.
pub(super) struct PoissonQuantile {
    mean: f64,
    /// Probability of the count `reached`.
    probability: f64,
    /// Probability of each count or a smaller one, up to `reached`.
    cumulative: [f64; PoissonQuantile::MAX_COUNT + 1],
    reached: usize,
}

impl PoissonQuantile {
    /// The largest count: with mean 16, larger ones have a probability below 1e-100.
    const MAX_COUNT: usize = 200;

    pub(super) fn with_mean(mean: f64) -> PoissonQuantile {
        let none = libm::exp(-mean);
        let mut cumulative = [0.0; PoissonQuantile::MAX_COUNT + 1];
        cumulative[0] = none;
        PoissonQuantile { mean, probability: none, cumulative, reached: 0 }
    }

    /// The smallest count whose cumulative probability exceeds `u`.
    pub(super) fn count(&mut self, u: f64) -> u32 {
        while u >= self.cumulative[self.reached] && self.reached < PoissonQuantile::MAX_COUNT {
            // P(k + 1) = P(k) · mean/(k + 1)
            self.probability *= self.mean / (self.reached + 1) as f64;
            self.cumulative[self.reached + 1] = self.cumulative[self.reached] + self.probability;
            self.reached += 1;
        }
        self.cumulative[..self.reached].partition_point(|&cumulative| cumulative <= u) as u32
    }
}

/// Quantile of the standard normal distribution at probability `p`: Wichura's algorithm AS 241 (PPND16, Applied
/// Statistics 37, 1988), relative error about 1e-16, over `libm`.
///
/// ```text
/// z = q · CENTRAL(0.425² − q²)        for |q| ≤ 0.425, where q = p − ½
/// z = ± TAIL(r − 1.6) or FAR_TAIL(r − 5)   else, where r = √(−ln min(p, 1 − p))
/// ```
///
/// Each of the three is a ratio of two polynomials of degree 7.
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(CENTRAL, 0.180_625 - q * q);
    }
    let r = libm::sqrt(-libm::log(if q < 0.0 { p } else { 1.0 - p }));
    let z = if r <= 5.0 { ratio(TAIL, r - 1.6) } else { ratio(FAR_TAIL, r - 5.0) };
    if q < 0.0 { -z } else { z }
}

/// The ratio of two polynomials at `x`; coefficients in ascending order of powers.
fn ratio([numerator, denominator]: [[f64; 8]; 2], x: f64) -> f64 {
    let horner = |coefficients: [f64; 8]| coefficients.iter().rev().fold(0.0, |sum, k| sum * x + k);
    horner(numerator) / horner(denominator)
}

/// Numerator and denominator for |p − ½| ≤ 0.425, in 0.425² − (p − ½)².
const CENTRAL: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ],
];
/// Numerator and denominator for r ≤ 5, in r − 1.6.
const TAIL: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];
/// Numerator and denominator for r > 5, in r − 5.
const FAR_TAIL: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
];

//! The effect of motivation on the hazard of leaving, with bounds that need no exponential.

use super::MOTIVATION_BASELINE;

/// Relative margin of the bounds. It exceeds what rounding of 1 + motivation in single precision can move the factor:
/// 2⁻²⁴ × 10, the largest strength.
const MARGIN: f64 = 1e-6;

/// The factor on the hazard of leaving, and bounds of it.
///
/// ```text
/// factor(m) = exp(strength · (0.55 − m))
/// ```
///
/// The bounds are the factor at both ends of each of 64 equal steps of motivation, so that comparing a draw with a hazard
/// needs an exponential only where the draw lies between the bounds.
pub(super) struct MotivationEffect {
    strength: f64,
    /// The factor at motivation 0, the largest.
    pub(super) most: f64,
    /// At least the factor everywhere in a step: that at its lower end, with the margin.
    above: [f64; MotivationEffect::STEPS + 1],
    /// At most the factor everywhere in a step: that at its upper end, with the margin.
    below: [f64; MotivationEffect::STEPS + 1],
}

impl MotivationEffect {
    const BITS: u32 = 6;
    const STEPS: usize = 1 << MotivationEffect::BITS;

    /// For a strength in log units per unit of motivation.
    pub(super) fn new(strength: f64) -> MotivationEffect {
        let bound =
            |step: usize| libm::exp(strength * (MOTIVATION_BASELINE - step as f64 / MotivationEffect::STEPS as f64));
        let bounds: [f64; MotivationEffect::STEPS + 2] = std::array::from_fn(bound);
        MotivationEffect {
            strength,
            most: bounds[0],
            above: std::array::from_fn(|step| bounds[step] * (1.0 + MARGIN)),
            below: std::array::from_fn(|step| bounds[step + 1] * (1.0 - MARGIN)),
        }
    }

    /// The factor itself.
    pub(super) fn factor(&self, motivation: f32) -> f64 {
        libm::exp(self.strength * (MOTIVATION_BASELINE - f64::from(motivation)))
    }

    /// An upper bound of the factor.
    #[inline(always)]
    pub(super) fn at_most(&self, motivation: f32) -> f64 {
        self.above[MotivationEffect::step(motivation)]
    }

    /// A lower bound of the factor.
    #[inline(always)]
    pub(super) fn at_least(&self, motivation: f32) -> f64 {
        self.below[MotivationEffect::step(motivation)]
    }

    /// The step of a motivation in [0, 1]; 1 is a step of its own.
    #[inline(always)]
    fn step(motivation: f32) -> usize {
        // The upper digits of the fraction of 1 + motivation are the step. A conversion of motivation × 64 to an integer
        // would saturate, which takes several instructions more.
        ((((1.0 + motivation).to_bits() - 1f32.to_bits()) >> (f32::MANTISSA_DIGITS - 1 - MotivationEffect::BITS))
            as usize)
            .min(MotivationEffect::STEPS)
    }
}

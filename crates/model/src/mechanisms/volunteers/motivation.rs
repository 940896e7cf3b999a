//! What motivation does to the hazard of leaving.

use super::MOTIVATION_BASELINE;

/// How much a bound gives way, relative: more than the rounding of 1 + motivation moves the factor, 2⁻²⁴ × 10.
const SLACK: f64 = 1e-6;

/// What motivation does to the hazard: e^(c (0.55 − motivation)), and bounds of it that need no exponential.
pub(super) struct MotivationEffect {
    strength: f64,
    pub(super) most: f64,
    /// No less than the factor in each step: that where it begins, and a little more, so that no rounding passes it.
    above: [f64; MotivationEffect::STEPS + 1],
    /// No more than it: that where the step ends, and a little less.
    below: [f64; MotivationEffect::STEPS + 1],
}

impl MotivationEffect {
    const BITS: u32 = 6;
    const STEPS: usize = 1 << MotivationEffect::BITS;

    pub(super) fn of(strength: f64) -> MotivationEffect {
        let bound =
            |step: usize| libm::exp(strength * (MOTIVATION_BASELINE - step as f64 / MotivationEffect::STEPS as f64));
        let bounds: [f64; MotivationEffect::STEPS + 2] = std::array::from_fn(bound);
        MotivationEffect {
            strength,
            most: bounds[0],
            above: std::array::from_fn(|step| bounds[step] * (1.0 + SLACK)),
            below: std::array::from_fn(|step| bounds[step + 1] * (1.0 - SLACK)),
        }
    }

    pub(super) fn factor(&self, motivation: f32) -> f64 {
        libm::exp(self.strength * (MOTIVATION_BASELINE - f64::from(motivation)))
    }

    #[inline(always)]
    pub(super) fn at_most(&self, motivation: f32) -> f64 {
        self.above[MotivationEffect::step(motivation)]
    }

    #[inline(always)]
    pub(super) fn at_least(&self, motivation: f32) -> f64 {
        self.below[MotivationEffect::step(motivation)]
    }

    /// The step of a motivation, 0–1; 1 begins one of its own. Read off the digits of 1 + motivation, because that needs no
    /// check of what fits an integer.
    #[inline(always)]
    fn step(motivation: f32) -> usize {
        ((((1.0 + motivation).to_bits() - 1f32.to_bits()) >> (f32::MANTISSA_DIGITS - 1 - MotivationEffect::BITS))
            as usize)
            .min(MotivationEffect::STEPS)
    }
}

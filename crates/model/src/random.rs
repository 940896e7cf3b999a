//! Random numbers: every draw is a pure function of (seed, replicate, decision, time, entity, index).
//!
//! There is no generator with a state that advances. A [`Stream`] is a hash of the parts of the address that are known
//! so far; each method that narrows it absorbs one more part with SplitMix64's finaliser (Steele, Lea & Flood 2014;
//! Stafford's variant 13):
//!
//! ```text
//! h₀      = mix(seed + γ)
//! hᵢ₊₁    = mix((hᵢ xor partᵢ) + γ)            partᵢ: replicate, decision, time
//! draw(i) = mix((h xor entity · δ) + γ · (i + 1))
//! ```
//!
//! A draw therefore does not depend on the policy, on the thread or on the number of other draws, so two policies are
//! compared with common random numbers.
//!
//! **Samplers, and why their bits are portable.** Uniform numbers come from `rand`'s `StandardUniform` on top of
//! [`StreamRng`], which only shifts and multiplies. `rand_distr::Triangular` (pinned, =0.6.0) draws traits in the initial
//! state and needs only `sqrt`, which IEEE 754 fixes. All samplers that need a logarithm or an exponential (normal,
//! lognormal, Poisson) are inverse distribution functions over `libm` in this module: `rand_distr` switches from `libm`
//! to the platform's functions as soon as any crate of the build enables `num-traits/std`, and its bits would then
//! differ between CPUs.

mod decision;
mod quantile;
mod rng;
mod threshold;

use rand::RngExt;
use rand::distr::StandardUniform;

use crate::ids::Key;

pub use decision::Decision;
pub use quantile::normal_quantile;
pub use rng::StreamRng;
pub use threshold::{CoarseThreshold, JointDraws, Threshold};

use quantile::PoissonQuantile;

/// γ: 2⁶⁴ divided by the golden ratio, made odd; the increment of SplitMix64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
/// δ: 2⁶⁴/√3, made odd. It is unrelated to [`GOLDEN`], so that steps of entity and of index never cancel.
const SPREAD: u64 = 0x93cd_3a2c_8198_e269;

/// SplitMix64's finaliser: a bijection of 64 bits.
#[inline(always)]
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A random stream: the hash of a partly known address. Draws are numbered by `index`; the same stream and index always
/// give the same draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream(u64);

impl Stream {
    /// The stream of one replicate of a study.
    pub fn new(seed: u64, replicate: u32) -> Stream {
        Stream(mix(seed.wrapping_add(GOLDEN))).absorb(u64::from(replicate))
    }

    #[inline(always)]
    const fn absorb(self, part: u64) -> Stream {
        Stream(mix((self.0 ^ part).wrapping_add(GOLDEN)))
    }

    /// The stream of one decision at one time: a year or a quarter, as the decision is made yearly or quarterly.
    #[inline]
    pub fn decision(self, decision: Decision, time: u32) -> Stream {
        self.absorb(decision as u64).absorb(u64::from(time))
    }

    /// The stream of one entity.
    #[inline(always)]
    pub fn entity(self, entity: Key) -> Stream {
        // The key is only spread over all bits here; the draw itself hashes it together with the index. This saves inner
        // loops one hash for each draw.
        Stream(self.0 ^ entity.0.wrapping_mul(SPREAD))
    }

    /// The stream of one entity, fully hashed: for the first of a pair (searcher, material), which is combined with many
    /// second ones by [`Stream::entity`]. A pair in the other order is another stream.
    #[inline(always)]
    pub fn with(self, entity: Key) -> Stream {
        self.absorb(entity.0)
    }

    /// The 64 bits of one draw.
    #[inline(always)]
    pub fn bits(self, index: u32) -> u64 {
        mix(self.0.wrapping_add(GOLDEN.wrapping_mul(u64::from(index) + 1)))
    }

    /// Uniform on [0, 1), with 53 bits.
    #[inline(always)]
    pub fn uniform(self, index: u32) -> f64 {
        self.rng(index).sample(StandardUniform)
    }

    /// A Bernoulli trial: true with `probability`.
    #[inline(always)]
    pub fn bernoulli(self, index: u32, probability: f64) -> bool {
        self.uniform(index) < probability
    }

    /// True with the probability of the threshold: the same as [`Stream::bernoulli`], bit for bit, without floating-point
    /// arithmetic for each draw.
    #[inline(always)]
    pub fn occurs(self, index: u32, threshold: Threshold) -> bool {
        // `uniform` uses the upper 53 bits, too.
        threshold.exceeds(self.bits(index) >> 11)
    }

    /// One draw, split into three small independent ones.
    #[inline(always)]
    pub fn joint(self, index: u32) -> JointDraws {
        JointDraws::from_bits(self.bits(index))
    }

    /// Standard normal, by inversion.
    #[inline]
    pub fn normal(self, index: u32) -> f64 {
        normal_quantile(self.open_uniform(index))
    }

    /// Poisson with a mean, by inversion; uses one draw from `index` on for each 16 of the mean.
    pub fn poisson(self, index: u32, mean: f64) -> u32 {
        // A sum of independent Poissons is Poisson. Pieces of mean ≤ 16 keep exp(−mean) far from underflow.
        let pieces = (mean / 16.0).ceil().max(1.0);
        let mut quantile = PoissonQuantile::with_mean(mean / pieces);
        (0..pieces as u32).map(|piece| quantile.count(self.uniform(index + piece))).sum()
    }

    /// A generator for `rand` and `rand_distr` whose first word is the draw with `index`.
    #[inline(always)]
    pub fn rng(self, index: u32) -> StreamRng {
        StreamRng::new(self, index)
    }

    /// Uniform on the open interval (0, 1), with 52 bits: at 0 and 1 the normal quantile is infinite.
    #[inline]
    fn open_uniform(self, index: u32) -> f64 {
        ((self.bits(index) >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
    }
}

#[cfg(test)]
mod tests;

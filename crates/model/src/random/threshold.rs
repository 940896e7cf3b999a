//! Probabilities as integer thresholds: for inner loops that compare many draws with the same probability.

/// A probability as a threshold for 53 bits of a draw.
#[derive(Clone, Copy, Debug)]
pub struct Threshold(u64);

impl Threshold {
    /// The threshold of probability `p`.
    ///
    /// A uniform number k/2⁵³ is below p exactly if k is below ⌈p · 2⁵³⌉, and scaling by a power of two is exact. The
    /// conversion saturates: NaN and numbers below 0 never occur, numbers above 1 always do.
    pub fn from_probability(p: f64) -> Threshold {
        Threshold((p * (1u64 << 53) as f64).ceil() as u64)
    }

    /// Whether the threshold lies above these 53 bits of a draw.
    #[inline(always)]
    pub(super) fn exceeds(self, bits: u64) -> bool {
        bits < self.0
    }
}

/// Three independent draws of 21 bits each, cut from one draw of 64.
///
/// Only for inner loops that decide several things about one person, with probabilities that six digits describe: one
/// hash serves three decisions. Elsewhere, [`Stream::occurs`](super::Stream::occurs) is exact and simpler.
#[derive(Clone, Copy, Debug)]
pub struct JointDraws(u64);

impl JointDraws {
    const BITS: u32 = 21;

    #[inline(always)]
    pub(super) fn from_bits(bits: u64) -> JointDraws {
        JointDraws(bits)
    }

    /// The 21 bits of draw `part`, 0 to 2.
    #[inline(always)]
    fn part(self, part: u32) -> u64 {
        self.0 >> (part * JointDraws::BITS) & ((1 << JointDraws::BITS) - 1)
    }

    /// Whether draw `part` (0 to 2) lies below the threshold.
    #[inline(always)]
    pub fn occurs(self, part: u32, threshold: CoarseThreshold) -> bool {
        self.part(part) < u64::from(threshold.0)
    }

    /// One of the numbers 0 to `count` − 1, from draw `part` (0 to 2); 0 if `count` is 0. All are equally likely up to a
    /// bias of count/2²¹ (multiplication instead of division, Lemire 2019).
    #[inline(always)]
    pub fn below(self, part: u32, count: u32) -> u32 {
        ((self.part(part) * u64::from(count)) >> JointDraws::BITS) as u32
    }
}

/// A probability as a threshold for one of [`JointDraws`], rounded up to a multiple of 2⁻²¹.
#[derive(Clone, Copy, Debug)]
pub struct CoarseThreshold(u32);

impl CoarseThreshold {
    /// The threshold of probability `p`.
    pub fn from_probability(p: f64) -> CoarseThreshold {
        CoarseThreshold((p * f64::from(1 << JointDraws::BITS)).ceil() as u32)
    }
}

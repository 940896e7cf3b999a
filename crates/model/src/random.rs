//! Luck: every draw is a pure function of (seed, replicate, purpose, time, entity, index).
//!
//! There is no generator that moves on. A [`Luck`] is the hash of what is known so far; each further part of
//! the address is absorbed by SplitMix64's finaliser (Steele, Lea & Flood 2014; Stafford's variant 13), so the
//! whole tuple is hashed, never added up. A draw therefore cannot depend on the policy, on the thread or on how
//! many other draws there were, and two policies meet the same world.
//!
//! **Which samplers, and why their bits hold.** Uniform numbers come from `rand`'s `StandardUniform` on top of
//! [`Draws`], which shifts and multiplies and nothing else; `rand_distr::Triangular` (pinned, =0.6.0) is used for
//! traits at the start of a trial and needs only `sqrt`, which IEEE 754 fixes. Everything that needs a
//! logarithm or an exponential (normal, lognormal, Poisson) is our own inverse distribution function over
//! `libm`: `rand_distr` falls back from `libm` to the platform's functions as soon as any crate of the build
//! enables `num-traits/std`, and then its bits would differ between CPUs.

mod decision;
mod quantile;

use std::convert::Infallible;

use rand::RngExt;
use rand::distr::StandardUniform;
use rand::rand_core::TryRng;

use crate::ids::Key;

pub use decision::Purpose;
pub use quantile::normal_quantile;

use quantile::PoissonLaw;

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
/// An odd number unrelated to the other (2⁶⁴/√3), so that steps of entity and of index never cancel.
const SPREAD: u64 = 0x93cd_3a2c_8198_e269;

/// SplitMix64's finaliser: a bijection of 64 bits.
#[inline(always)]
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A partly known address: the hash of all that is known of it so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck(u64);

impl Luck {
    /// The luck of one replicate of a study.
    pub fn new(seed: u64, replicate: u32) -> Luck {
        Luck(mix(seed.wrapping_add(GOLDEN))).and(u64::from(replicate))
    }

    #[inline(always)]
    const fn and(self, part: u64) -> Luck {
        Luck(mix((self.0 ^ part).wrapping_add(GOLDEN)))
    }

    /// Narrowed to what is decided, and when (a year or a quarter: each purpose has its own clock).
    #[inline]
    pub fn on(self, purpose: Purpose, time: u32) -> Luck {
        self.and(purpose as u64).and(u64::from(time))
    }

    /// Narrowed to whom it concerns. The entity is spread over all bits here and hashed with the index by the draw
    /// itself, which spares the inner loops a second hash.
    #[inline(always)]
    pub fn of(self, entity: Key) -> Luck {
        Luck(self.0 ^ entity.0.wrapping_mul(SPREAD))
    }

    /// Narrowed to the first of two entities (a searcher, of what it looks for), fully hashed: for the one that stays
    /// the same in an inner loop.
    #[inline(always)]
    pub fn and_of(self, entity: Key) -> Luck {
        self.and(entity.0)
    }

    /// The raw 64 bits of the draw with an index.
    #[inline(always)]
    pub fn bits(self, index: u32) -> u64 {
        mix(self.0.wrapping_add(GOLDEN.wrapping_mul(u64::from(index) + 1)))
    }

    /// Uniform on [0, 1): 53 bits.
    #[inline(always)]
    pub fn uniform(self, index: u32) -> f64 {
        Draws { luck: self, index }.sample(StandardUniform)
    }

    /// True with probability `p`.
    #[inline(always)]
    pub fn chance(self, index: u32, p: f64) -> bool {
        self.uniform(index) < p
    }

    /// True with the probability behind the odds: the same as [`Luck::chance`], bit for bit.
    #[inline(always)]
    pub fn hits(self, index: u32, odds: Odds) -> bool {
        self.bits(index) >> 11 < odds.0
    }

    /// The draw with an index, in three parts.
    #[inline(always)]
    pub fn parts(self, index: u32) -> Parts {
        Parts(self.bits(index))
    }

    /// Standard normal, by inversion.
    #[inline]
    pub fn normal(self, index: u32) -> f64 {
        normal_quantile(self.inner(index))
    }

    /// Poisson by inversion, in parts of mean ≤ 16 (a sum of independent Poissons is Poisson); uses the draws
    /// from `index` on.
    pub fn poisson(self, index: u32, mean: f64) -> u32 {
        let parts = (mean / 16.0).ceil().max(1.0);
        let piece = mean / parts;
        let mut law = PoissonLaw::of(piece);
        (0..parts as u32).map(|part| law.quantile(self.uniform(index + part))).sum()
    }

    /// A generator for `rand` and `rand_distr`, starting at an index.
    #[inline]
    pub fn draws(self, index: u32) -> Draws {
        Draws { luck: self, index }
    }

    /// Uniform on the open interval (0, 1), for inversion.
    #[inline]
    fn inner(self, index: u32) -> f64 {
        ((self.bits(index) >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
    }
}

/// A probability made ready for many draws, which then need no floating-point number each.
#[derive(Clone, Copy, Debug)]
pub struct Odds(u64);

impl Odds {
    /// The odds of probability `p`: a uniform k/2⁵³ is below p just when k is below ⌈p · 2⁵³⌉, and scaling by a power of
    /// two is exact.
    pub fn of(p: f64) -> Odds {
        Odds((p * (1u64 << 53) as f64).ceil() as u64)
    }
}

/// A draw shared out: its bits in three parts of 21, each good for a decision of its own whose odds need no more than six
/// digits. For inner loops in which several small things are decided about the same person at once.
#[derive(Clone, Copy, Debug)]
pub struct Parts(u64);

impl Parts {
    const BITS: u32 = 21;

    /// One of the three, 21 bits.
    #[inline(always)]
    fn part(self, part: u32) -> u64 {
        self.0 >> (part * Parts::BITS) & ((1 << Parts::BITS) - 1)
    }

    /// True with the probability behind the odds, which are rounded up to 2⁻²¹.
    #[inline(always)]
    pub fn hits(self, part: u32, odds: SmallOdds) -> bool {
        self.part(part) < u64::from(odds.0)
    }

    /// One of the first `count` numbers, alike likely but for count/2²¹; 0 of none (by multiplying, Lemire 2019).
    #[inline(always)]
    pub fn below(self, part: u32, count: u32) -> u32 {
        ((self.part(part) * u64::from(count)) >> Parts::BITS) as u32
    }
}

/// A probability made ready for [`Parts`].
#[derive(Clone, Copy, Debug)]
pub struct SmallOdds(u32);

impl SmallOdds {
    /// The odds of probability `p`.
    pub fn of(p: f64) -> SmallOdds {
        SmallOdds((p * f64::from(1 << Parts::BITS)).ceil() as u32)
    }
}

/// The draws at an address as a `rand` generator: one index per word.
#[derive(Clone, Debug)]
pub struct Draws {
    luck: Luck,
    index: u32,
}

impl TryRng for Draws {
    type Error = Infallible;

    #[inline(always)]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    #[inline(always)]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let word = self.luck.bits(self.index);
        self.index = self.index.wrapping_add(1);
        Ok(word)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let Ok(word) = self.try_next_u64();
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luck() -> Luck {
        Luck::new(7, 3).on(Purpose::Leave, 12).of(Key::named("NWE"))
    }

    #[test]
    fn every_part_of_the_address_matters() {
        let here = luck().bits(0);
        let address = |seed, replicate, purpose, time, who: &str, index| {
            Luck::new(seed, replicate).on(purpose, time).of(Key::named(who)).bits(index)
        };
        assert_eq!(here, address(7, 3, Purpose::Leave, 12, "NWE", 0));
        for other in [
            address(8, 3, Purpose::Leave, 12, "NWE", 0),
            address(7, 4, Purpose::Leave, 12, "NWE", 0),
            address(7, 3, Purpose::Join, 12, "NWE", 0),
            address(7, 3, Purpose::Leave, 13, "NWE", 0),
            address(7, 3, Purpose::Leave, 12, "NA", 0),
            address(7, 3, Purpose::Leave, 12, "NWE", 1),
            // Parts that a sum would confuse.
            address(3, 7, Purpose::Leave, 12, "NWE", 0),
        ] {
            assert_ne!(here, other);
        }
    }

    #[test]
    fn odds_are_probabilities() {
        let luck = Luck::new(4, 0).on(Purpose::Request, 1);
        for i in 0..10_000 {
            let luck = luck.of(Key(i));
            let u = luck.uniform(0);
            let next = f64::from_bits(u.to_bits() + 1);
            for p in
                [u, next, 0.0, -0.1, 0.15, 1.0 - f64::EPSILON, 1.0, 3.0, f64::INFINITY, f64::NAN, f64::MIN_POSITIVE]
            {
                assert_eq!(luck.hits(0, Odds::of(p)), luck.chance(0, p), "{p} of {u}");
            }
        }
    }

    /// The three parts of a draw: 60,000 people, each decision as often as its odds say, and as often with another as apart;
    /// |z| < 4.5. The mutants are odds off by a twentieth, and a part that decides twice.
    #[test]
    fn parts_decide_each_for_itself() {
        const N: u64 = 60_000;
        let all = || (0..N).map(|i| Luck::new(5, 0).on(Purpose::Door, 2).of(Key(i)).parts(0));
        let z = |count: usize, p: f64| (count as f64 - N as f64 * p) / (N as f64 * p * (1.0 - p)).sqrt();
        let (fifth, half) = (SmallOdds::of(0.2), SmallOdds::of(0.5));
        for part in 0..3 {
            let hits = all().filter(|parts| parts.hits(part, fifth)).count();
            assert!(z(hits, 0.2).abs() < 4.5);
            assert!(z(hits, 0.21).abs() > 4.5, "the mutant passes");
            let both = |other| all().filter(|parts| parts.hits(part, fifth) && parts.hits(other, half)).count();
            assert!(z(both((part + 1) % 3), 0.1).abs() < 4.5);
            assert!(z(both(part), 0.1).abs() > 4.5, "the mutant passes");
            for one in 0..7 {
                let chosen = all().filter(|parts| parts.below(part, 7) == one).count();
                assert!(z(chosen, 1.0 / 7.0).abs() < 4.5);
            }
            assert!(all().all(|parts| parts.below(part, 0) == 0));
            assert!(all().all(|parts| parts.hits(part, SmallOdds::of(1.0)) && !parts.hits(part, SmallOdds::of(0.0))));
        }
    }

    /// Values that may only change with a line `Changes results:` in the changelog.
    #[test]
    fn values_are_stable() {
        let luck = luck();
        assert_eq!(luck.bits(0), VALUES.0, "bits");
        assert_eq!(luck.uniform(1).to_bits(), VALUES.1, "uniform");
        assert_eq!(luck.normal(2).to_bits(), VALUES.2, "normal");
        assert_eq!(luck.poisson(3, 40.0), VALUES.3, "poisson");
    }
    const VALUES: (u64, u64, u64, u32) =
        (3_330_314_226_873_761_378, 4_604_800_506_886_499_125, 4_602_988_998_822_548_600, 43);

    /// Kolmogorov–Smirnov at n = 10⁶: D·√n must stay below 2.26, the 7e-5 point (two-sided, asymptotic).
    #[test]
    fn uniforms_are_uniform_and_normals_normal() {
        const N: usize = 1_000_000;
        let luck = Luck::new(1, 0).on(Purpose::Help, 0);
        let statistic = |mut sample: Vec<f64>| {
            sample.sort_by(f64::total_cmp);
            let n = sample.len() as f64;
            let distance = sample
                .iter()
                .enumerate()
                .map(|(i, u)| (u - i as f64 / n).abs().max((u - (i + 1) as f64 / n).abs()))
                .fold(0.0, f64::max);
            distance * n.sqrt()
        };
        let uniform: Vec<f64> = (0..N).map(|i| luck.of(Key(i as u64)).uniform(0)).collect();
        let normal: Vec<f64> =
            (0..N).map(|i| 0.5 * libm::erfc(-luck.of(Key(i as u64)).normal(1) / std::f64::consts::SQRT_2)).collect();
        // The mutant: a hash that loses the low bits of the entity.
        let mutant: Vec<f64> = (0..N).map(|i| luck.of(Key((i as u64) & !0xfff)).uniform(0)).collect();
        assert!(statistic(uniform) < 2.26);
        assert!(statistic(normal) < 2.26);
        assert!(statistic(mutant) > 2.26);
    }

    /// Mean and variance of Poisson draws, |z| < 4.5 over 40,000 draws; the mutant has its mean off by 2 %.
    #[test]
    fn poissons_have_their_mean_and_variance() {
        const N: u32 = 40_000;
        for mean in [0.3, 5.0, 47.0] {
            let draws: Vec<f64> =
                (0..N).map(|i| f64::from(Luck::new(1, 0).on(Purpose::Arrive, i).poisson(0, mean))).collect();
            let average = draws.iter().sum::<f64>() / f64::from(N);
            let variance = draws.iter().map(|x| (x - average) * (x - average)).sum::<f64>() / f64::from(N - 1);
            let z = |claimed: f64| (average - claimed) / (mean / f64::from(N)).sqrt();
            assert!(z(mean).abs() < 4.5, "mean {mean}: z {}", z(mean));
            // Var(s²) of a Poisson: (μ + 2μ²)/n to first order.
            let spread = ((mean + 2.0 * mean * mean) / f64::from(N)).sqrt();
            assert!(((variance - mean) / spread).abs() < 4.5, "variance {variance} of mean {mean}");
            if mean > 1.0 {
                assert!(z(mean * 1.03).abs() > 4.5, "the mutant passes at mean {mean}");
            }
        }
    }

    /// Neighbouring entities and indices are independent: 16 × 16 cells of pairs, 255 degrees of freedom, χ² below
    /// 360.6 (p = 1.5e-5). The mutant draws the second of the pair from half of the first.
    #[test]
    fn neighbours_are_independent() {
        let luck = Luck::new(9, 0).on(Purpose::Request, 3);
        let chi2 = |pair: &dyn Fn(u64) -> (f64, f64)| {
            let mut cells = [0u32; 256];
            for i in 0..256_000 {
                let (a, b) = pair(i);
                cells[(a * 16.0) as usize * 16 + (b * 16.0) as usize] += 1;
            }
            cells.iter().map(|&n| (f64::from(n) - 1000.0) * (f64::from(n) - 1000.0) / 1000.0).sum::<f64>()
        };
        let at = |entity: u64, index: u32| luck.of(Key(entity)).uniform(index);
        let born = |i: u64| Key::born(5, (i / 1000) as u32, crate::ids::Cause::Arrival, (i % 1000) as u32).0;
        assert!(chi2(&|i| (at(i, 0), at(i + 1, 0))) < 360.6, "neighbouring entities");
        assert!(chi2(&|i| (at(i, 0), at(i, 1))) < 360.6, "neighbouring indices");
        assert!(chi2(&|i| (at(i, 1), at(i + 1, 0))) < 360.6, "across");
        assert!(chi2(&|i| (at(born(i), 0), at(born(i + 1), 0))) < 360.6, "births");
        assert!(chi2(&|i| (at(i, 0), 0.5 * at(i, 0) + 0.5 * at(i, 1))) > 360.6, "the mutant passes");
    }

    #[test]
    fn the_normal_quantile_has_known_values() {
        for (p, z) in [(0.5, 0.0), (0.975, 1.959_963_984_540_054), (1e-10, -6.361_340_902_404_056)] {
            assert!((normal_quantile(p) - z).abs() < 1e-12, "{p}");
        }
    }
}

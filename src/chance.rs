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

use std::convert::Infallible;

use rand::RngExt;
use rand::distr::StandardUniform;
use rand::rand_core::TryRng;

use crate::ids::Key;

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

/// What a draw is for. The numbers are part of the promise of bits: append, never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Volunteers at the start: how long they have been there.
    GenesisTenure = 1,
    /// Volunteers at the start and on arrival: theme of interest.
    Interest = 2,
    /// Volunteers: skill and motivation on arrival.
    Character = 3,
    /// Volunteers at the start: affiliation.
    GenesisAffiliation = 4,
    /// Organisations: expertise, approach, territoriality, prestige, money at the start or on founding.
    Traits = 5,
    /// The movement's pots: yearly shock of the trend.
    Pot = 10,
    /// A funder leaves for a year.
    FundingShock = 11,
    /// Price levels move.
    Prices = 12,
    /// A theme surges.
    Surge = 13,
    /// A region is cut off.
    CutOff = 14,
    /// Organisations' own income.
    OwnIncome = 15,
    /// Needs drift.
    NeedDrift = 20,
    /// The optimum of a theme moves.
    Optimum = 21,
    /// Volunteers turn to another theme.
    Reinterest = 22,
    /// Where new volunteers' interest and needs point: reserved for births of themes.
    ThemeBirth = 23,
    /// A scan for unnoticed themes finds one.
    Scan = 24,
    /// Requests that pile up make a theme visible.
    PileUp = 25,
    /// Mandates: what a decider sees of a candidate.
    CandidateNoise = 30,
    /// Mandates: what a decider sees in a review.
    ReviewNoise = 31,
    /// Ties and lotteries over mandates.
    MandateLot = 32,
    /// Who sits in a drawn panel or a council, and what one of them sees.
    BodySeat = 33,
    /// How one who votes decides.
    Vote = 34,
    /// What is lobbied for.
    Lobby = 35,
    /// What an organisation founded for a mandate is like.
    Founding = 36,
    /// Whether an organisation applies for a grant.
    Apply = 40,
    /// What a funder sees of an applicant.
    GrantNoise = 41,
    /// Lotteries over grants.
    GrantLot = 42,
    /// Year-0 commitments: how many years are left.
    Stagger = 43,
    /// A hub's money is interrupted.
    Interruption = 44,
    /// What a regional hub sees of those to whom it re-grants.
    Regrant = 45,
    /// User groups form.
    Gathering = 50,
    /// User groups mature.
    Maturing = 51,
    /// Organisations close.
    Closing = 52,
    /// How many problems arise.
    ProblemCount = 60,
    /// What a problem is like: cost, salience.
    ProblemNature = 61,
    /// Which communities need a problem solved.
    ProblemNeed = 62,
    /// Whether a problem depends on a material of another theme, and on which.
    Dependency = 63,
    /// An organisation chooses a theme to work on.
    ThemeChoice = 70,
    /// An organisation's private taste for a problem.
    Taste = 71,
    /// A search finds a material or work under way.
    Find = 72,
    /// An organisation insists on its own.
    Insist = 73,
    /// A maker packages a material.
    Package = 74,
    /// Which community a central actor works for.
    Target = 75,
    /// How well a build turns out.
    Craft = 76,
    /// Whether a gate stops a material.
    Gate = 77,
    /// How apt an organisation is for a problem.
    Aptitude = 78,
    /// Whether a maker foresees a dependency, and what it does when it stalls.
    Stall = 79,
    /// A volunteer needs help.
    Request = 80,
    /// In which order requests reach the doors.
    Queue = 81,
    /// Whether a door is known to a volunteer.
    Knows = 82,
    /// Whether a door can help.
    Help = 83,
    /// A volunteer takes the wrong door, or is sent on.
    Door = 84,
    /// A small organisation asks for help.
    OrganisationRequest = 85,
    /// Which of two hubs a volunteer tries, and whether it passes them on.
    Routing = 86,
    /// A volunteer leaves.
    Leave = 90,
    /// Which affiliate a volunteer joins.
    Join = 91,
    /// How many volunteers arrive.
    Arrive = 92,
    /// An organisation tries another approach.
    Explore = 100,
    /// A partnership forms or ends.
    Partnership = 101,
    /// An outside organisation takes something up.
    Uptake = 102,
    /// An organisation or a mandate goes astray.
    Incident = 105,
    /// Somebody notices it, or believes so.
    Notice = 106,
    /// How a world is drawn from the uncertain numbers.
    World = 110,
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

/// The Poisson distribution of a mean ≤ 16, summed as far as it was asked for: the parts of one draw share it.
struct PoissonLaw {
    mean: f64,
    term: f64,
    /// Chance of each count or fewer, up to `reached`.
    below: [f64; PoissonLaw::MOST + 1],
    reached: usize,
}

impl PoissonLaw {
    const MOST: usize = 200;

    fn of(mean: f64) -> PoissonLaw {
        let none = libm::exp(-mean);
        let mut below = [0.0; PoissonLaw::MOST + 1];
        below[0] = none;
        PoissonLaw { mean, term: none, below, reached: 0 }
    }

    fn quantile(&mut self, u: f64) -> u32 {
        while u >= self.below[self.reached] && self.reached < PoissonLaw::MOST {
            self.term *= self.mean / (self.reached + 1) as f64;
            self.below[self.reached + 1] = self.below[self.reached] + self.term;
            self.reached += 1;
        }
        self.below[..self.reached].partition_point(|&below| below <= u) as u32
    }
}

/// Quantile of the standard normal distribution: Wichura's algorithm AS 241 (PPND16, Applied Statistics 37,
/// 1988), relative error about 1e-16, over `libm`.
pub fn normal_quantile(p: f64) -> f64 {
    let ratio = |a: [f64; 8], b: [f64; 8], x: f64| {
        let horner = |c: [f64; 8]| c.iter().rev().fold(0.0, |sum, k| sum * x + k);
        horner(a) / horner(b)
    };
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(
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
            0.180_625 - q * q,
        );
    }
    let r = libm::sqrt(-libm::log(if q < 0.0 { p } else { 1.0 - p }));
    let tail = if r <= 5.0 {
        ratio(
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
            r - 1.6,
        )
    } else {
        ratio(
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
            r - 5.0,
        )
    };
    if q < 0.0 { -tail } else { tail }
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

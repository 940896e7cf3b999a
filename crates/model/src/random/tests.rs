use super::*;
use crate::ids::BirthCause;

fn stream() -> Stream {
    Stream::new(7, 3).decision(Decision::Leaving, 12).entity(Key::from_name("NWE"))
}

#[test]
fn every_part_of_the_address_matters() {
    let bits = stream().bits(0);
    let address = |seed, replicate, decision, time, entity: &str, index| {
        Stream::new(seed, replicate).decision(decision, time).entity(Key::from_name(entity)).bits(index)
    };
    assert_eq!(bits, address(7, 3, Decision::Leaving, 12, "NWE", 0));
    for other in [
        address(8, 3, Decision::Leaving, 12, "NWE", 0),
        address(7, 4, Decision::Leaving, 12, "NWE", 0),
        address(7, 3, Decision::Joining, 12, "NWE", 0),
        address(7, 3, Decision::Leaving, 13, "NWE", 0),
        address(7, 3, Decision::Leaving, 12, "NA", 0),
        address(7, 3, Decision::Leaving, 12, "NWE", 1),
        // A sum of seed and replicate would not tell this one apart.
        address(3, 7, Decision::Leaving, 12, "NWE", 0),
    ] {
        assert_ne!(bits, other);
    }
}

#[test]
fn a_threshold_decides_as_its_probability_does() {
    let stream = Stream::new(4, 0).decision(Decision::Request, 1);
    for i in 0..10_000 {
        let stream = stream.entity(Key(i));
        let u = stream.uniform(0);
        let next = f64::from_bits(u.to_bits() + 1);
        for p in [u, next, 0.0, -0.1, 0.15, 1.0 - f64::EPSILON, 1.0, 3.0, f64::INFINITY, f64::NAN, f64::MIN_POSITIVE] {
            assert_eq!(stream.occurs(0, Threshold::from_probability(p)), stream.bernoulli(0, p), "{p} of {u}");
        }
    }
}

/// 60,000 people: each of the three joint draws occurs with its probability, and two of them occur together with the
/// product of theirs; |z| < 4.5. The mutants are a probability off by a twentieth, and one draw that decides twice.
#[test]
fn joint_draws_are_independent() {
    const N: u64 = 60_000;
    let people = || (0..N).map(|i| Stream::new(5, 0).decision(Decision::ServicePoint, 2).entity(Key(i)).joint(0));
    let z = |count: usize, p: f64| (count as f64 - N as f64 * p) / (N as f64 * p * (1.0 - p)).sqrt();
    let (fifth, half) = (CoarseThreshold::from_probability(0.2), CoarseThreshold::from_probability(0.5));
    for part in 0..3 {
        let occurred = people().filter(|draws| draws.occurs(part, fifth)).count();
        assert!(z(occurred, 0.2).abs() < 4.5);
        assert!(z(occurred, 0.21).abs() > 4.5, "the mutant passes");
        let both = |other| people().filter(|draws| draws.occurs(part, fifth) && draws.occurs(other, half)).count();
        assert!(z(both((part + 1) % 3), 0.1).abs() < 4.5);
        assert!(z(both(part), 0.1).abs() > 4.5, "the mutant passes");
        for number in 0..7 {
            let chosen = people().filter(|draws| draws.below(part, 7) == number).count();
            assert!(z(chosen, 1.0 / 7.0).abs() < 4.5);
        }
        assert!(people().all(|draws| draws.below(part, 0) == 0));
        assert!(people().all(|draws| draws.occurs(part, CoarseThreshold::from_probability(1.0))
            && !draws.occurs(part, CoarseThreshold::from_probability(0.0))));
    }
}

/// Values that may only change with a line `Changes results:` in the changelog.
#[test]
fn values_are_stable() {
    let stream = stream();
    assert_eq!(stream.bits(0), VALUES.0, "bits");
    assert_eq!(stream.uniform(1).to_bits(), VALUES.1, "uniform");
    assert_eq!(stream.normal(2).to_bits(), VALUES.2, "normal");
    assert_eq!(stream.poisson(3, 40.0), VALUES.3, "poisson");
}
const VALUES: (u64, u64, u64, u32) =
    (3_330_314_226_873_761_378, 4_604_800_506_886_499_125, 4_602_988_998_822_548_600, 43);

/// Kolmogorov–Smirnov at n = 10⁶: D·√n must stay below 2.26, the 7e-5 point (two-sided, asymptotic).
#[test]
fn uniform_and_normal_draws_have_their_distributions() {
    const N: usize = 1_000_000;
    let stream = Stream::new(1, 0).decision(Decision::HelpAbility, 0);
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
    let uniform: Vec<f64> = (0..N).map(|i| stream.entity(Key(i as u64)).uniform(0)).collect();
    let normal: Vec<f64> =
        (0..N).map(|i| 0.5 * libm::erfc(-stream.entity(Key(i as u64)).normal(1) / std::f64::consts::SQRT_2)).collect();
    // The mutant: a hash that loses the low bits of the entity.
    let mutant: Vec<f64> = (0..N).map(|i| stream.entity(Key((i as u64) & !0xfff)).uniform(0)).collect();
    assert!(statistic(uniform) < 2.26);
    assert!(statistic(normal) < 2.26);
    assert!(statistic(mutant) > 2.26);
}

/// Mean and variance of Poisson draws, |z| < 4.5 over 40,000 draws; the mutant has its mean off by 2 %.
#[test]
fn poisson_draws_have_their_mean_and_variance() {
    const N: u32 = 40_000;
    for mean in [0.3, 5.0, 47.0] {
        let draws: Vec<f64> =
            (0..N).map(|i| f64::from(Stream::new(1, 0).decision(Decision::Arrival, i).poisson(0, mean))).collect();
        let average = draws.iter().sum::<f64>() / f64::from(N);
        let variance = draws.iter().map(|x| (x - average) * (x - average)).sum::<f64>() / f64::from(N - 1);
        let z = |expected: f64| (average - expected) / (mean / f64::from(N)).sqrt();
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
fn draws_of_neighbouring_entities_and_indices_are_independent() {
    let stream = Stream::new(9, 0).decision(Decision::Request, 3);
    let chi2 = |pair: &dyn Fn(u64) -> (f64, f64)| {
        let mut cells = [0u32; 256];
        for i in 0..256_000 {
            let (a, b) = pair(i);
            cells[(a * 16.0) as usize * 16 + (b * 16.0) as usize] += 1;
        }
        cells.iter().map(|&n| (f64::from(n) - 1000.0) * (f64::from(n) - 1000.0) / 1000.0).sum::<f64>()
    };
    let at = |entity: u64, index: u32| stream.entity(Key(entity)).uniform(index);
    let birth = |i: u64| Key::from_birth(5, (i / 1000) as u32, BirthCause::Arrival, (i % 1000) as u32).0;
    assert!(chi2(&|i| (at(i, 0), at(i + 1, 0))) < 360.6, "neighbouring entities");
    assert!(chi2(&|i| (at(i, 0), at(i, 1))) < 360.6, "neighbouring indices");
    assert!(chi2(&|i| (at(i, 1), at(i + 1, 0))) < 360.6, "across");
    assert!(chi2(&|i| (at(birth(i), 0), at(birth(i + 1), 0))) < 360.6, "births");
    assert!(chi2(&|i| (at(i, 0), 0.5 * at(i, 0) + 0.5 * at(i, 1))) > 360.6, "the mutant passes");
}

#[test]
fn the_normal_quantile_has_known_values() {
    for (p, z) in [(0.5, 0.0), (0.975, 1.959_963_984_540_054), (1e-10, -6.361_340_902_404_056)] {
        assert!((normal_quantile(p) - z).abs() < 1e-12, "{p}");
    }
}

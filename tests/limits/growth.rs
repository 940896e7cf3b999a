//! O5b: growth by word of mouth is S-shaped. The reference is the recursion and not the differential equation, from which
//! steps of a quarter deviate considerably.

use hubsim_model::policy::Policy;

use crate::bare;
use crate::oracle::{bass, bass_curve, power};
use crate::statistic::{REJECT, mean, z_of_mean};
use crate::volunteers::regions;

/// People in each region in a year.
fn people(histories: &[hubsim_model::record::History], year: u32) -> Vec<f64> {
    let rows = histories.iter().flat_map(|history| &history.regions);
    rows.filter(|row| row.year == year).map(|row| row.volunteers).collect()
}

/// Nobody leaves and arrivals are not scaled to a year 0: Bass's A' = A + (M − A)(p + q A/M) with M = 20,000, p = .01,
/// q = .4, from its second step (200) on; 20 steps of it are 19,827.0. 96 regions: 0.6 standard deviations. Mutants: the
/// differential equation, half the word of mouth.
#[test]
fn word_of_mouth_follows_the_recursion_of_bass() {
    let mut inputs = regions(200.0, 0.01);
    let p = &mut inputs.parameters.volunteers;
    (p.leaving, p.balanced, p.spontaneous, p.word_of_mouth) = (0.0, 0.0, 0.01, 0.4);
    let histories: Vec<_> = bare::histories(&inputs, &Policy::default(), 3, 5).collect();
    let law = |year: u32, q: f64| bass(200.0, 20_000.0, 0.01, q, 4 * year);
    for year in 1..=5 {
        let people = people(&histories, year);
        let z = z_of_mean(&people, law(year, 0.4));
        println!("Bass, year {year}: {:.1} for {:.1}, z {z:.2}", mean(&people), law(year, 0.4));
        assert!(z.abs() < REJECT, "year {year}: {z}");
        assert!(z_of_mean(&people, law(year, 0.2)).abs() > REJECT, "year {year}: the mutant passes");
        // Recursion and differential equation converge towards the end.
        if (2..=3).contains(&year) {
            let curve = bass_curve(200.0, 20_000.0, 0.01, 0.4, f64::from(4 * year));
            assert!(z_of_mean(&people, curve).abs() > REJECT, "year {year}: the curve passes");
        }
    }
}

/// With people leaving: N' = (1 − h) N + M g(N/M). 64 regions, 12 years; mutants: half the word of mouth, and nobody leaves.
#[test]
fn growth_with_people_leaving_follows_its_recursion() {
    let (hazard, start, most) = (0.1, 1000.0, 20_000.0);
    let mut inputs = regions(start, start / most);
    let p = &mut inputs.parameters.volunteers;
    (p.leaving, p.balanced, p.spontaneous, p.word_of_mouth) = (hazard, 0.0, 0.01, 0.2);
    let histories: Vec<_> = bare::histories(&inputs, &Policy::default(), 2, 12).collect();
    let law = |year: u32, q: f64, hazard: f64| {
        let g = |n: f64| (1.0 - n / most).max(0.0) * (0.01 + q * n / most);
        (0..4 * year).fold(start, |n, _| n * (1.0 - hazard) + most * g(n))
    };
    for year in 1..=12 {
        let people = people(&histories, year);
        let z = z_of_mean(&people, law(year, 0.2, hazard));
        println!("growth, year {year}: {:.1} for {:.1}, z {z:.2}", mean(&people), law(year, 0.2, hazard));
        assert!(z.abs() < REJECT, "year {year}: {z}");
        assert!(z_of_mean(&people, law(year, 0.1, hazard)).abs() > REJECT, "year {year}: the mutant passes");
        assert!(z_of_mean(&people, law(year, 0.2, 0.0)).abs() > REJECT, "year {year}: the mutant passes");
    }
}

/// Where the people online have grown by c a year and go on to, volunteers grow with them from the first year: M, and the
/// arrivals of year 0, N₀/Σ (1 − h)ᵗ (1 + c)^−⌊t/4⌋, grow by c at the beginning of each year. Flat g. 64 regions; the mutant's
/// arrivals of year 0 replace who leaves.
#[test]
fn growth_goes_on_as_it_was() {
    let (hazard, start, c) = (0.1, 1000.0, 0.12);
    let mut inputs = regions(start, 0.01);
    inputs.region.iter_mut().for_each(|r| (r.online, r.population, r.online_growth) = (1.0, 1e5, c));
    let p = &mut inputs.parameters.volunteers;
    (p.leaving, p.spontaneous, p.word_of_mouth) = (hazard, 0.4, 0.4 / 0.98);
    let histories: Vec<_> = bare::histories(&inputs, &Policy::default(), 2, 3).collect();
    let tilted = |growth: f64| (0..400).map(|t| power(1.0 - hazard, t) / power(1.0 + growth, t / 4)).sum::<f64>();
    let law = |year: u32, growth: f64| {
        let arrived = |quarter: u32| start / tilted(growth) * power(1.0 + c, quarter / 4 + 1);
        (0..4 * year).fold(start, |n, quarter| n * (1.0 - hazard) + arrived(quarter))
    };
    for year in 1..=3 {
        let people = people(&histories, year);
        let z = z_of_mean(&people, law(year, c));
        println!("going on, year {year}: {:.1} for {:.1}, z {z:.2}", mean(&people), law(year, c));
        assert!(z.abs() < REJECT, "year {year}: {z}");
        assert!((law(year, c) / law(year - 1, c) - 1.0 - c).abs() < 1e-9, "a constant growth");
        assert!(z_of_mean(&people, law(year, 0.0)).abs() > REJECT, "year {year}: the mutant passes");
    }
}

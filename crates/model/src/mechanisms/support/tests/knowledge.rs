//! Tests of how hubs and the foundation become known, and how catalogues fill.

use super::*;

/// K' = K (1 − forgetting) + (told + use · K)(1 − K)/(1 + attention · others), one hub, one region at a time.
#[test]
fn knowledge_of_a_hub_follows_its_equation() {
    let mut sim = with_hubs();
    let m = hub(&sim, 0).index();
    let region = sim.state.organisations[sim.state.mandates[MandateId::from_index(m)].holder].region;
    sim.state.mandates.iter_mut().for_each(|m| (m.known, m.outreach) = ([0.2; MAX_REGIONS], Work::ZERO));
    sim.state.regions.iter_mut().for_each(|region| {
        (region.volunteers, region.foundation_known, region.foundation_told) = (1000.0, 0.1, 0.0);
    });
    sim.state.mandates[MandateId::from_index(m)].outreach = Work(1.5);
    sim.state.mandates[MandateId::from_index(m)].asked_now[region] = 10.0;
    sim.state.mandates[MandateId::from_index(m)].service_now[region] = 5.0;
    become_known(&sim.conditions.context(), &mut sim.state);
    let told = 0.7 * 1.5 / 3.0 * 0.4;
    // Of two other hubs and the foundation.
    let crowd = 1.0 + 0.5 * (0.2 + 0.2 + 0.1);
    let gain = (told + 0.15 * 0.5 * 0.2) * 0.8 / crowd;
    assert!((sim.state.mandates[MandateId::from_index(m)].known[region] - (0.2 * 0.98 + gain)).abs() < 1e-12);
    let other = sim.state.region_ids().find(|&r| r != region).expect("three regions");
    let gain = told * sim.state.affinity(region, other) * 0.8 / crowd;
    assert!((sim.state.mandates[MandateId::from_index(m)].known[other] - (0.2 * 0.98 + gain)).abs() < 1e-12);
    let idle = hub(&sim, 1).index();
    assert!(
        sim.state.mandates[MandateId::from_index(idle)].known[..3]
            .iter()
            .all(|&known| (known - 0.2 * 0.98).abs() < 1e-12)
    );
}

#[test]
fn knowledge_and_catalogues_stay_between_nothing_and_all() {
    let mut sim = with_hubs();
    sim.conditions.parameters.support.outreach = 10.0;
    sim.conditions.parameters.production.cataloguing = 10.0;
    for _ in 0..20 {
        fixture::run(&mut sim, &thematic(), 1);
        for m in sim.state.mandates.iter().filter(|m| m.alive()) {
            assert!(m.known.iter().all(|known| (0.0..=1.0).contains(known)));
            assert!((0.0..=1.0).contains(&m.catalogue));
        }
    }
}

#[test]
fn attention_is_limited() {
    let known = |attention: f64| {
        let mut inputs = inputs();
        inputs.parameters.support.attention = attention;
        let mut sim = simulation_of(&inputs);
        fixture::run(&mut sim, &thematic(), 4);
        sim.state.hubs().map(|m| sim.state.mandates[m].known[..3].iter().sum::<f64>()).sum::<f64>()
    };
    assert!(known(1.5) < known(0.0));
}

/// The foundation is known as well as at the start for as long as it is used as it was, better where it helps more, and worse
/// where it helps nobody.
#[test]
fn knowledge_of_the_foundation_moves_with_its_use() {
    let known = |asked: f64, service: f64| {
        let mut sim = simulation();
        let region = &mut sim.state.regions[RegionId(0)];
        (region.foundation_known, region.foundation_asked, region.foundation_service) = (0.3, 100.0, 30.0);
        sim.conditions.now = crate::clock::Clock::in_burn_in(BURN_IN - 1);
        become_known(&sim.conditions.context(), &mut sim.state);
        assert_eq!(sim.state.regions[RegionId(0)].foundation_known, 0.3);
        sim.conditions.now = crate::clock::Clock::at_start();
        let region = &mut sim.state.regions[RegionId(0)];
        (region.foundation_asked, region.foundation_service) = (asked, service);
        become_known(&sim.conditions.context(), &mut sim.state);
        sim.state.regions[RegionId(0)].foundation_known
    };
    assert!((known(100.0, 30.0) - 0.3).abs() < 1e-12);
    assert!((known(100.0, 60.0) - (0.3 + 0.15 * 0.3 * 0.3 * 0.7)).abs() < 1e-12);
    assert!((known(100.0, 0.0) - (0.3 - 0.15 * 0.3 * 0.3 * 0.7)).abs() < 1e-12);
}

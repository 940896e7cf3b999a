//! What bodies see of candidates: service, need and prestige through their members' eyes.

use super::*;

/// Measured service passes through members' eyes: who does not know a candidate judges its service by its prestige, and
/// errs; who knows it and does not err sees what is. A candidate knows its own service.
#[test]
fn bodies_see_service_through_their_members() {
    let mut sim = with_equal_organisations();
    let (famous, plain) = (named(&sim, "South 2"), named(&sim, "South 1"));
    for (id, prestige, service) in [(famous, 0.9, 0.0), (plain, 0.3, 80.0)] {
        let o = &mut sim.state.organisations[id];
        (o.prestige, o.members, o.service_before[0]) = (prestige, 0.0, service);
    }
    sim.conditions.parameters.mandates.noise = 0.0;
    let evidence = |sim: &Simulation, body: Body| {
        let seen = assess_candidates(&sim.conditions.under(&deciding_by(body)), &sim.state, THEME, &[famous, plain]);
        [seen[0].evidence, seen[1].evidence]
    };
    let informed = |sim: &mut Simulation, known: f64| {
        let p = &mut sim.conditions.parameters.deciding;
        (p.acquaintance, p.by_report) = (known, known);
    };
    informed(&mut sim, 0.0);
    let [of_famous, of_plain] = evidence(&sim, Body::Foundation);
    assert!((of_famous - 0.5 * 1.5).abs() < 1e-12 && (of_plain - 0.5 * 0.5).abs() < 1e-12, "{of_famous} {of_plain}");
    // Two of nine affiliates are the candidates.
    let [_, of_plain] = evidence(&sim, Body::Affiliates);
    assert!((of_plain - (8.0 * 0.25 + 1.0) / 9.0).abs() < 1e-12, "{of_plain}");
    informed(&mut sim, 1.0);
    sim.state.affinity.cells_mut().fill(1.0);
    assert_eq!(evidence(&sim, Body::Foundation), [0.0, 1.0]);
    // Errors have the stated size: √½ of noise above 0 is cut off for who has served nobody.
    sim.conditions.parameters.mandates.noise = 0.12;
    let errors: Vec<f64> = (1..3000)
        .map(|year| {
            sim.conditions.now.set_year(year);
            let error = evidence(&sim, Body::Foundation)[1] - 1.0;
            error * error
        })
        .collect();
    assert!(z_of_mean(&errors, 0.12 * 0.12).abs() < REJECT && z_of_mean(&errors, 0.13 * 0.13).abs() > REJECT);
}

/// Where all members know all candidates, err in nothing and prefer nobody, all bodies see the same service, need and
/// prestige, and these are the facts.
#[test]
fn bodies_that_know_all_and_want_nothing_agree() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 1);
    sim.conditions.parameters.mandates.noise = 0.0;
    let p = &mut sim.conditions.parameters.deciding;
    (p.interest, p.acquaintance, p.by_report, p.informed) = (0.0, 1.0, 1.0, 1.0);
    sim.state.affinity.cells_mut().fill(1.0);
    sim.state.mandates.iter_mut().for_each(|m| m.known = [1.0; MAX_REGIONS]);
    sim.state.organisations.iter_mut().for_each(|o| o.orientation = 1.0);
    let ids: Vec<OrganisationId> = sim.state.hubs().map(|m| sim.state.mandates[m].holder).collect();
    for (id, served) in ids.iter().zip([30.0, 60.0, 15.0]) {
        sim.state.organisations[*id].service_before[0] = served;
    }
    for body in BODIES {
        let seen = assess_candidates(&sim.conditions.under(&deciding_by(body)), &sim.state, THEME, &ids);
        for ((opinion, expected), &id) in seen.iter().zip([0.5, 1.0, 0.25]).zip(&ids) {
            assert!((opinion.evidence - expected).abs() < 1e-12, "{body:?}: {seen:?}");
            let o = &sim.state.organisations[id];
            assert!((opinion.prestige - (0.6 * o.prestige + 0.4 * o.expertise[0])).abs() < 1e-12, "{body:?}");
            assert!((opinion.need - seen[0].need).abs() < 1e-12, "all regions have as many people");
        }
    }
}

/// Who decides decides who gets a hub: chosen by evidence alone and without reviews, delays and costs, mandates go to other
/// holders in most worlds. Where nobody errs or has interests, and all know all, they go to the same; volunteers never know
/// whom they never met.
#[test]
fn who_decides_decides_who_gets_a_hub() {
    let holders = |replicate: u32, body: Body, eyes: bool| {
        let mut inputs = inputs();
        switch_off(&mut inputs.parameters, "deciding");
        switch_off(&mut inputs.parameters, "learning");
        let p = &mut inputs.parameters;
        if eyes {
            (p.deciding.interest, p.deciding.reputation, p.deciding.by_report) = (0.5, 1.0, 0.3);
        } else {
            (p.mandates.noise, p.deciding.acquaintance, p.deciding.informed) = (0.0, 1.0, 1.0);
            inputs.region.iter_mut().for_each(|region| region.affinity.values_mut().for_each(|near| *near = 1.0));
            switch_off(&mut inputs.parameters, "environment");
        }
        let policy = deciding_by(body);
        let mut sim = Simulation::new(&inputs, &policy, crate::random::Stream::new(7, replicate));
        fixture::run(&mut sim, &policy, 1);
        let named = |m| sim.state.organisations[sim.state.mandates[m].holder].key;
        sim.state.hubs().map(named).collect::<Vec<Key>>()
    };
    let differ = |eyes: bool| {
        let bodies_differ = |replicate: &u32| {
            let first = holders(*replicate, BODIES[0], eyes);
            let bodies = BODIES.iter().filter(|&&body| eyes || body != Body::Volunteers);
            bodies.copied().any(|body| holders(*replicate, body, eyes) != first)
        };
        (0..20).filter(bodies_differ).count()
    };
    assert!(differ(true) > 12, "{}", differ(true));
    assert_eq!(differ(false), 0);
}

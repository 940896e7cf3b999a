//! Tests of power in reviews and among candidates: lobbying, and mandates claimed without expertise.

use super::*;

#[test]
fn lobbying_turns_a_review() {
    let review = |lobbying: f64| {
        reviewed(ALL, |sim, m| {
            fail(sim, m);
            rivals(sim, m, |_| false);
            let holder = sim.state.mandates[m].holder;
            let o = &mut sim.state.organisations[holder];
            (o.territoriality, o.prestige) = (1.0, 1.0);
            sim.conditions.parameters.power.lobbying = lobbying;
            // The members know the hub well, but not completely.
            (sim.conditions.parameters.deciding.by_report, sim.conditions.parameters.deciding.reputation) = (0.3, 0.0);
            (sim.conditions.parameters.deciding.acquaintance, sim.conditions.parameters.mandates.sunk_cost) =
                (0.6, 0.0);
        })
    };
    assert_eq!(review(0.0).0.record.movement.reviews_turned, 0);
    let (sim, m, turned) = review(5.0);
    assert!(turned.is_none() && sim.state.mandates[m].alive() && sim.record.movement.reviews_turned == 1);
    assert!(sim.record.events.entries().iter().any(|entry| matches!(entry.event, Event::Lobbied { .. })));
}

#[test]
fn territorial_organisations_of_prestige_stand_without_expertise() {
    let mut sim = simulation();
    let id = fixture::named(&sim, "North 0");
    let o = &mut sim.state.organisations[id];
    (o.expertise[0], o.territoriality, o.prestige) = (0.0, 0.8, 0.9);
    let stands = |sim: &Simulation, accountability: f64| {
        let mut policy = thematic();
        policy.governance.accountability = accountability;
        let vacancy = Vacancy { remit: Remit::Theme(ThemeId(0)), hub: None };
        candidates(&sim.conditions.under(&policy), &sim.state, vacancy, |_| true).ids.contains(&id)
    };
    assert!(!stands(&sim, 0.0), "no fear");
    sim.conditions.parameters.power.fear = 0.6;
    assert!(stands(&sim, 0.0) && !stands(&sim, 1.0));
}

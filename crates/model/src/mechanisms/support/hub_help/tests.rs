//! Tests of the help of hubs that several organisations hold.

use super::*;
use crate::fixture::{self, REJECT, hub, named, simulation, thematic, z_of_count};
use crate::mechanisms::support;
use crate::random::Decision;
use crate::simulation::Simulation;
use crate::state::theme::fit;
use crate::units::{Capacity, Work};

/// A hub of a holder with 3 FTE and a partner with 1 FTE, who knows twice as much. Everybody is near.
fn consortium() -> (Simulation, MandateId, [OrganisationId; 2]) {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 3);
    let m = hub(&sim, 0);
    let members = [named(&sim, "North 0"), named(&sim, "South 2")];
    sim.state.affinity.cells_mut().fill(1.0);
    let mandate = &mut sim.state.mandates[m];
    mandate.holder = members[0];
    mandate.add_partner(members[1]);
    (mandate.staff, mandate.seconded[0], mandate.pledged) = (Capacity(3.0), Capacity(1.0), Work::ZERO);
    for (id, expertise) in members.into_iter().zip([0.3, 0.6]) {
        sim.state.organisations[id].expertise[0] = expertise;
    }
    (sim, m, members)
}

/// Chance to solve a request, and effect of the help, of an organisation at full affinity.
fn alone(sim: &Simulation, id: OrganisationId) -> [f64; 2] {
    let o = &sim.state.organisations[id];
    let known = o.expertise[0];
    [known / (known + 0.25), 0.5 + 0.5 * fit(o.approach[0], sim.state.themes[ThemeId(0)].optimum)]
}

/// A hub offers the mean of its members by staff; the mutant, its best head, offers more.
#[test]
fn a_hub_helps_as_its_members_do_by_their_parts() {
    let (sim, m, members) = consortium();
    let cell = HubCell { hub: m, region: RegionId(1), theme: ThemeId(0) };
    let offer = hub_offer(&sim.conditions.context(), &sim.state, cell);
    let [[able, effect], [able_of_partner, effect_of_partner]] = members.map(|id| alone(&sim, id));
    let expected = 0.75 * able + 0.25 * able_of_partner;
    assert!((offer.able - expected).abs() < 1e-12 && offer.able < able_of_partner - 0.05);
    let effects = 0.75 * able * effect + 0.25 * able_of_partner * effect_of_partner;
    assert!((offer.effect - effects / expected).abs() < 1e-12);
}

/// What a hub solved is booked to its members in proportion to staff × ability × effect, and the work to all of them: it
/// trains each. Together it is what the hub did, once.
#[test]
fn each_member_is_credited_with_its_part() {
    let (mut sim, m, members) = consortium();
    for o in &mut sim.state.organisations {
        (o.support_left, o.done[0], o.year.service[0]) = (Work::ZERO, 0.0, 0.0);
        o.queue.balance = Work::ZERO;
    }
    sim.state.mandates.iter_mut().for_each(|m| m.support_left = Work::ZERO);
    let mandate = &mut sim.state.mandates[m];
    mandate.support_left = Work(50.0);
    mandate.known.fill(1.0);
    (mandate.year.service_by_theme[0], mandate.year.asked) = (0.0, Default::default());
    // Organisations that ask, too, would learn.
    sim.conditions.parameters.support.organisation_requests = 0.0;
    sim.record.clear_year();
    support::run(&sim.conditions.under(&thematic()), &mut sim.state, &mut sim.record);
    let [served, served_by_partner] = members.map(|id| sim.state.organisations[id].year.service[0]);
    let [weight, weight_of_partner] = members.map(|id| alone(&sim, id).iter().product::<f64>());
    assert!(served_by_partner > 0.0);
    assert!((served / served_by_partner - 3.0 * weight / weight_of_partner).abs() < 1e-9);
    let by_theme = sim.state.mandates[m].year.service_by_theme[0];
    assert!((served + served_by_partner - by_theme).abs() < 1e-9 * by_theme);
    let done = members.map(|id| sim.state.organisations[id].done[0]);
    assert!(done.iter().all(|&done| done > 0.0));
    assert!((done[0] + done[1] - sim.record.movement.support_work.0).abs() < 1e-9);
    assert!(
        sim.state.organisations.ids().all(|id| members.contains(&id) || sim.state.organisations[id].done[0] == 0.0)
    );
}

/// An organisation that asks at a hub meets its members by their parts: 9,000 requests; never itself.
#[test]
fn an_organisation_meets_a_member_by_its_part() {
    let (sim, m, members) = consortium();
    let stream = |k: u32| sim.conditions.random.decision(Decision::OrganisationRequest, k);
    let asking = named(&sim, "Middle 1");
    let met = |asking: OrganisationId, k: u32| member_met(&sim.state, m, asking, (stream(k), 5));
    let count = (0..9000).filter(|&k| met(asking, k) == Some(members[0])).count();
    assert!(z_of_count(count, 9000, 0.75).abs() < REJECT && z_of_count(count, 9000, 0.7).abs() > REJECT);
    assert!((0..50).all(|k| met(members[0], k) == Some(members[1])));
    let mut alone = sim.clone();
    alone.state.mandates[m].keep_partners(|_| false);
    assert_eq!(member_met(&alone.state, m, members[0], (stream(0), 5)), None);
}

use super::*;
use crate::fixture::{self, REJECT, hub, simulation, thematic, z_of_mean};
use crate::policy::Policy;
use crate::random::Stream;

/// Thematic hubs that nobody is large enough for.
fn nobody_large_enough() -> Policy {
    let mut policy = thematic();
    policy.hubs.capacity_floor = 1000.0;
    policy
}

#[test]
fn an_organisation_is_founded_only_where_nobody_fits() {
    let mut policy = nobody_large_enough();
    let mut without = simulation();
    fixture::run(&mut without, &policy, 2);
    assert_eq!((without.state.hub_count(), without.record.movement.founded), (0, 0));
    policy.hubs.may_found = true;
    let mut sim = simulation();
    let before = sim.state.organisations.len();
    fixture::run(&mut sim, &policy, 1);
    assert_eq!((sim.state.hub_count(), sim.record.movement.founded), (3, 3));
    for m in sim.state.hubs() {
        let o = &sim.state.organisations[sim.state.mandates[m].holder];
        assert!(sim.state.mandates[m].holder.index() >= before);
        assert_eq!((o.kind, o.governed.last_award), (OrganisationKind::ThematicOrganisation, None));
        assert!(o.staff.0 < 0.01, "it has almost no staff beside the mandate's");
        assert!(o.community.is_some() && o.hub_money.0 > 0.0 && sim.state.mandates[m].staff.0 > 0.0);
        assert!(o.label.to_string().contains("organisation of 1q1"), "{}", o.label);
    }
    // Where somebody fits, nobody is founded: a lever that binds nobody changes nothing.
    policy.hubs.capacity_floor = 0.0;
    let mut fits = self::simulation();
    fixture::run(&mut fits, &policy, 3);
    assert_eq!(fits.state.organisations.len(), before);
    assert_eq!(fits.record.movement.founded, 0);
}

/// What founders know of their theme has the stated mean: 2,000 replicates; a mean a tenth higher is rejected.
#[test]
fn founders_know_a_share_of_what_the_best_near_them_know() {
    let mut start = simulation();
    start.state.organisations.iter_mut().for_each(|o| o.expertise[0] = 0.2);
    let best = fixture::named(&start, "North 0");
    start.state.organisations[best].expertise[0] = 0.5;
    let mut policy = nobody_large_enough();
    policy.hubs.may_found = true;
    let scope = Scope::theme(ThemeId(0), 3).keep(&[RegionId(0)]);
    let known: Vec<f64> = (0..2000)
        .map(|replicate| {
            start.conditions.random = Stream::new(11, replicate);
            let id = found_holder(
                &start.conditions.under(&policy),
                &mut start.state,
                &mut start.record,
                Remit::Theme(ThemeId(0)),
                &scope,
            )
            .expect("one is founded");
            let known = start.state.organisations[id].expertise[0];
            start.state.organisations[id].closed = true;
            known
        })
        .collect();
    assert!(z_of_mean(&known, 0.6 * 0.5).abs() < REJECT);
    assert!(z_of_mean(&known, 0.66 * 0.5).abs() > REJECT, "the mutant passes");
}

/// An organisation is founded where need and the lack of mandates are greatest; for a regional hub, in its region.
#[test]
fn organisations_are_founded_where_need_is_greatest() {
    let mut sim = simulation();
    sim.state.regions[RegionId(1)].online *= 2.0;
    let all = Scope::theme(ThemeId(0), 3);
    assert_eq!(
        region_of_need(&sim.conditions.context(), &sim.state, Remit::Theme(ThemeId(0)), &all),
        Some(RegionId(1))
    );
    // What is held there already counts against it.
    fixture::run(&mut sim, &thematic(), 1);
    let middle = fixture::named(&sim, "Middle 0");
    for theme in 0..3 {
        let m = hub(&sim, theme);
        sim.state.mandates[m].holder = middle;
    }
    assert_ne!(
        region_of_need(&sim.conditions.context(), &sim.state, Remit::Theme(ThemeId(0)), &all),
        Some(RegionId(1))
    );
    assert_eq!(
        region_of_need(&sim.conditions.context(), &sim.state, Remit::Region(RegionId(2)), &all),
        Some(RegionId(2))
    );
}

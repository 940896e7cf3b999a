use super::*;
use crate::fixture::{self, REJECT, hub, thematic, world, z_of_mean};
use crate::random::Stream;

/// Thematic hubs that nobody is large enough for.
fn too_dear() -> Policy {
    let mut policy = thematic();
    policy.hubs.capacity_floor = 1000.0;
    policy
}

#[test]
fn one_is_founded_where_nobody_fits_and_only_there() {
    let mut policy = too_dear();
    let mut without = world();
    fixture::run(&mut without, &policy, 2);
    assert_eq!((without.hub_count(), without.tally.founded), (0, 0));
    policy.hubs.may_found = true;
    let mut world = world();
    let before = world.organisations.len();
    fixture::run(&mut world, &policy, 1);
    assert_eq!((world.hub_count(), world.tally.founded), (3, 3));
    for m in world.hubs() {
        let o = &world.organisations[world.mandates[m].holder];
        assert!(world.mandates[m].holder.index() >= before);
        assert_eq!((o.kind, o.governed.last_award), (OrganisationKind::ThematicOrganisation, None));
        assert!(o.staff.0 < 0.01, "it has next to nothing but the mandate");
        assert!(o.community.is_some() && o.hub_money.0 > 0.0 && world.mandates[m].staff.0 > 0.0);
        assert!(o.label.to_string().contains("organisation of 1q1"), "{}", o.label);
    }
    // Where somebody fits, nobody is founded: a lever that binds nobody changes nothing.
    policy.hubs.capacity_floor = 0.0;
    let mut fits = self::world();
    fixture::run(&mut fits, &policy, 3);
    assert_eq!(fits.organisations.len(), before);
    assert_eq!(fits.tally.founded, 0);
}

/// What founders know of their theme has the stated mean: 2,000 replicates; a mean a tenth higher is rejected.
#[test]
fn founders_know_a_share_of_what_the_best_near_them_know() {
    let mut start = world();
    start.organisations.iter_mut().for_each(|o| o.expertise[0] = 0.2);
    let best = fixture::named(&start, "North 0");
    start.organisations[best].expertise[0] = 0.5;
    let mut policy = too_dear();
    policy.hubs.may_found = true;
    let scope = Scope::theme(ThemeId(0), 3).keep(&[RegionId(0)]);
    let known: Vec<f64> = (0..2000)
        .map(|replicate| {
            start.stream = Stream::new(11, replicate);
            let (id, _) = founded(&mut start, &policy, Charge::Theme(ThemeId(0)), &scope).expect("one is founded");
            let known = start.organisations[id].expertise[0];
            start.organisations[id].closed = true;
            known
        })
        .collect();
    assert!(z_of_mean(&known, 0.6 * 0.5).abs() < REJECT);
    assert!(z_of_mean(&known, 0.66 * 0.5).abs() > REJECT, "the mutant passes");
}

/// It is founded where need and the lack of mandates are greatest; for a region's hub, in that region.
#[test]
fn the_founded_live_where_most_is_open() {
    let mut world = world();
    world.regions[RegionId(1)].online *= 2.0;
    let all = Scope::theme(ThemeId(0), 3);
    assert_eq!(place(&world, Charge::Theme(ThemeId(0)), &all), Some(RegionId(1)));
    // What is held there already counts against it.
    fixture::run(&mut world, &thematic(), 1);
    let middle = fixture::named(&world, "Middle 0");
    for theme in 0..3 {
        let m = hub(&world, theme);
        world.mandates[m].holder = middle;
    }
    assert_ne!(place(&world, Charge::Theme(ThemeId(0)), &all), Some(RegionId(1)));
    assert_eq!(place(&world, Charge::Region(RegionId(2)), &all), Some(RegionId(2)));
}

use super::*;
use crate::fixture::{self, REJECT, named, setup, switch_off, thematic, world, world_of, z_of_count};
use crate::mechanisms::affiliates;
use crate::state::World;
use crate::units::Capacity;

/// The small world with some of its organisations at work and nobody else.
fn only(names: &[&str]) -> (World, Vec<OrganisationId>) {
    let mut world = world();
    let ids: Vec<OrganisationId> = names.iter().map(|name| named(&world, name)).collect();
    for (i, o) in world.organisations.iter_mut().enumerate() {
        o.staff = if ids.contains(&OrganisationId::from_index(i)) { Capacity(10.0) } else { Capacity(0.5) };
    }
    (world, ids)
}

/// One knows law, another education; what a third knows is said.
fn know(world: &mut World, id: OrganisationId, expertise: [f64; 3]) {
    world.organisations[id].expertise[..3].copy_from_slice(&expertise);
}

fn partnership(world: &World, members: &[OrganisationId]) -> Partnership {
    let key = |k: usize| world.organisations[members[k]].key;
    let founders = [key(0).min(key(1)), key(0).max(key(1))];
    Partnership { founders, theme: ThemeId(0), members: members.to_vec(), since: world.quarter }
}

/// 9,000 quarters in which two meet: with needs of a third each and gaps of 0.3 one way and 0.6 the other, g = 0.1 and
/// 0.2, the chance is 0.5 · c/(c + 0.05) with c = √0.02. The mutant counts only what one of them gains.
#[test]
fn two_join_forces_at_the_stated_rate() {
    let (mut world, ids) = only(&["North 0", "North 1"]);
    world.parameters.partnerships.forming = 0.5;
    world.parameters.partnerships.half_complement = 0.05;
    world.need.cells_mut().fill(1.0 / 3.0);
    know(&mut world, ids[0], [0.5, 0.2, 0.4]);
    know(&mut world, ids[1], [0.2, 0.8, 0.4]);
    let mut formed = 0;
    for quarter in 0..9000 {
        world.quarter = quarter;
        world.partnerships.list.clear();
        meet(&mut world);
        formed += world.partnerships.list.len();
    }
    let rate = |c: f64| 0.5 * c / (c + 0.05);
    assert!(z_of_count(formed, 9000, rate(0.02f64.sqrt())).abs() < REJECT);
    assert!(z_of_count(formed, 9000, rate(0.1)).abs() > REJECT, "the mutant passes");
    // They work on what they differ most in.
    let theme = world.partnerships.list.first().map_or(ThemeId(1), |p| p.theme);
    assert_eq!(theme, ThemeId(1));
}

/// Affinity is a factor: at 0.5 half as many; and who cannot give each other anything does not join forces.
#[test]
fn distance_and_sameness_keep_apart() {
    let formed = |other: &str, same: bool| {
        let (mut world, ids) = only(&["North 0", other]);
        world.parameters.partnerships.forming = 1.0;
        world.parameters.partnerships.half_complement = 0.001;
        know(&mut world, ids[0], [0.5, 0.2, 0.4]);
        know(&mut world, ids[1], if same { [0.5, 0.2, 0.4] } else { [0.2, 0.8, 0.4] });
        (0..2000)
            .map(|quarter| {
                world.quarter = quarter;
                world.partnerships.list.clear();
                meet(&mut world);
                world.partnerships.list.len()
            })
            .sum::<usize>()
    };
    let near = formed("North 1", false);
    assert!(near > 1900, "{near}");
    assert!((formed("South 0", false) as f64 / near as f64 - 0.5).abs() < 0.06);
    assert_eq!(formed("North 1", true), 0);
}

/// 9,000 partnership-quarters, hazard 0.06; 0.075, the mutant, is rejected.
#[test]
fn partnerships_end_at_the_stated_rate() {
    let (mut world, ids) = only(&["North 0", "North 1"]);
    let mut ended = 0;
    for quarter in 0..9000 {
        world.quarter = quarter;
        world.partnerships.list = vec![partnership(&world, &ids)];
        end(&mut world);
        ended += usize::from(world.partnerships.list.is_empty());
    }
    assert!(z_of_count(ended, 9000, 0.06).abs() < REJECT);
    assert!(z_of_count(ended, 9000, 0.075).abs() > REJECT, "the mutant passes");
}

/// n members keep n(n − 1)/2 links, so n(n − 1) ends, and from three on they work together in its theme.
#[test]
fn members_keep_a_full_mesh() {
    let names = ["North 0", "North 1", "Middle 0", "Middle 1", "South 0"];
    for n in 2..=5 {
        let (mut world, ids) = only(&names[..n]);
        world.partnerships.list = vec![partnership(&world, &ids)];
        settle(&mut world);
        let ends: u32 = world.partnerships.circles.iter().map(|circle| circle.links).sum();
        assert_eq!(ends as usize, n * (n - 1));
        assert!(ids.iter().all(|&id| world.partnerships.circle(id).partners.len() == n - 1));
        assert_eq!(world.partnerships.circle(ids[0]).joint, u32::from(n >= 3));
        book(&mut world, ids[0], None, ThemeId(0), Work(1.0));
        book(&mut world, ids[0], None, ThemeId(1), Work(1.0));
        assert_eq!(world.tally.joint.0, f64::from(u8::from(n >= 3)));
    }
}

/// Who meets a member joins, if that is what people do; else there are two partnerships.
#[test]
fn partnerships_grow_to_three_and_more() {
    let grown = |joining: f64| {
        let (mut world, ids) = only(&["North 0", "North 1", "North 2"]);
        let p = &mut world.parameters.partnerships;
        (p.forming, p.joining, p.half_complement, p.ending) = (1.0, joining, 0.001, 0.0);
        know(&mut world, ids[0], [0.9, 0.1, 0.1]);
        know(&mut world, ids[1], [0.1, 0.9, 0.1]);
        know(&mut world, ids[2], [0.1, 0.1, 0.9]);
        world.parameters.partnerships.learning = 0.0;
        for quarter in 0..20 {
            world.quarter = quarter;
            run(&mut world);
        }
        world.partnerships.list.iter().map(|p| p.members.len()).collect::<Vec<_>>()
    };
    assert_eq!(grown(1.0), [3]);
    assert_eq!(grown(0.0), [2, 2, 2]);
}

/// One FTE and a tenth of it for links of 0.1 FTE: one link and no more.
#[test]
fn nobody_keeps_more_links_than_it_has_room_for() {
    let links = |staff: f64, room: f64| {
        let mut world = world();
        let p = &mut world.parameters.partnerships;
        (p.forming, p.half_complement, p.ending, p.room, p.learning) = (1.0, 0.001, 0.0, room, 0.0);
        world.organisations.iter_mut().for_each(|o| o.staff = Capacity(staff));
        for quarter in 0..30 {
            world.quarter = quarter;
            run(&mut world);
        }
        world.partnerships.circles.iter().map(|circle| circle.links).max().unwrap_or(0)
    };
    assert_eq!(links(1.0, 0.1), 1);
    assert_eq!(links(2.0, 0.1), 2);
    assert_eq!(links(0.99, 0.5), 0, "who has no staff keeps none");
    assert_eq!(links(5.0, 0.0), 0);
}

/// Everybody closes the stated part of the gap to the best partner, and nobody else learns.
#[test]
fn partners_learn_from_each_other() {
    let (mut world, ids) = only(&["North 0", "North 1", "Middle 0"]);
    know(&mut world, ids[0], [0.5, 0.2, 0.3]);
    know(&mut world, ids[1], [0.3, 0.6, 0.3]);
    know(&mut world, ids[2], [0.9, 0.1, 0.3]);
    world.partnerships.list = vec![partnership(&world, &ids)];
    settle(&mut world);
    let stranger = named(&world, "South 0").index();
    let before = world.organisations[OrganisationId::from_index(stranger)].expertise;
    learn(&mut world);
    let known = |k: usize| &world.organisations[ids[k]].expertise[..3];
    let close = |found: &[f64], expected: [f64; 3]| found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
    // Affinity is 1 at home and 0.5 elsewhere.
    assert!(close(known(0), [0.5 + 0.03 * 0.5 * 0.4, 0.2 + 0.03 * 0.4, 0.3]), "{:?}", known(0));
    assert!(close(known(1), [0.3 + 0.03 * 0.5 * 0.6, 0.6, 0.3]), "{:?}", known(1));
    assert!(close(known(2), [0.9, 0.1 + 0.03 * 0.5 * 0.5, 0.3]), "{:?}", known(2));
    assert_eq!(world.organisations[OrganisationId::from_index(stranger)].expertise, before);
    assert_eq!(best_partner(&world, ids[1], ThemeId(0)), 0.9);
    assert_eq!(best_partner(&world, OrganisationId::from_index(stranger), ThemeId(0)), 0.0);
}

#[test]
fn partners_find_each_others_work_as_if_they_were_near() {
    let (mut world, ids) = only(&["North 0", "South 0"]);
    let south = world.organisations[ids[1]].region;
    assert_eq!(world.closeness(ids[0], ids[1], south), 0.5);
    world.partnerships.list = vec![partnership(&world, &ids)];
    settle(&mut world);
    assert_eq!(world.closeness(ids[0], ids[1], south), 0.9);
    world.parameters.partnerships.closeness = 0.2;
    assert_eq!(world.closeness(ids[0], ids[1], south), 0.5, "a partner is never further away");
}

#[test]
fn who_closes_leaves_and_two_are_needed() {
    let (mut world, ids) = only(&["North 0", "North 1", "Middle 0"]);
    world.partnerships.list = vec![partnership(&world, &ids)];
    affiliates::close(&mut world, ids[2]);
    settle(&mut world);
    assert_eq!(world.partnerships.list[0].members, ids[..2]);
    world.organisations[ids[1]].staff = Capacity(0.9);
    settle(&mut world);
    assert!(world.partnerships.list.is_empty());
    assert!(world.partnerships.circles.iter().all(|circle| circle.partners.is_empty() && circle.links == 0));
}

/// Labels mean nothing: whatever the order of the scenario, the same organisations work together.
#[test]
fn the_order_of_organisations_means_nothing() {
    let mut plain = setup();
    plain.parameters.partnerships.forming = 0.8;
    plain.organisation.iter_mut().for_each(|o| o.staff = 4.0);
    let together = |setup: &crate::inputs::Setup| {
        let mut world = world_of(setup);
        world.partnerships = Default::default();
        let stream = world.stream;
        let themes = world.themes.clone();
        for o in &mut world.organisations {
            crate::initial::traits(o, &themes, stream.decision(Decision::OrganisationTraits, 0).entity(o.key), 0.4);
        }
        for quarter in 0..24 {
            world.quarter = quarter;
            run(&mut world);
        }
        let keys = |p: &Partnership| {
            let mut keys: Vec<Key> = p.members.iter().map(|id| world.organisations[*id].key).collect();
            keys.sort_unstable();
            keys
        };
        let mut all: Vec<Vec<Key>> = world.partnerships.list.iter().map(keys).collect();
        all.sort();
        all
    };
    let expected = together(&plain);
    assert!(expected.len() > 2);
    let mut other = plain.clone();
    other.organisation.reverse();
    assert_eq!(together(&other), expected);
    other.organisation.rotate_left(4);
    assert_eq!(together(&other), expected);
    // The mutant: another replicate.
    other.people_per_agent = plain.people_per_agent;
    other.organisation[0].name += " of old";
    assert_ne!(together(&other), expected);
}

/// Partnerships are there from the start, about as many as later, and two policies begin with the same.
#[test]
fn partnerships_do_not_jump_in_the_first_year() {
    let mut setup = setup();
    setup.parameters.partnerships.forming = 0.8;
    setup.organisation.iter_mut().for_each(|o| o.staff = 5.0);
    let mut world = world_of(&setup);
    let start = world.partnerships.list.len();
    assert!(start > 2, "{start}");
    let ends: f64 = world.active().map(|id| world.organisations[id].links).sum();
    fixture::run(&mut world, &thematic(), 1);
    assert!(world.tally.coordination.0 > 0.0 && ends > 0.0);
}

#[test]
fn switched_off_nobody_works_together() {
    let mut setup = setup();
    setup.parameters.partnerships.forming = 0.8;
    switch_off(&mut setup.parameters, "partnerships");
    setup.organisation.iter_mut().for_each(|o| o.staff = 5.0);
    let mut world = world_of(&setup);
    fixture::run(&mut world, &thematic(), 3);
    assert!(world.partnerships.list.is_empty());
    assert_eq!(world.tally.joint, Work::ZERO);
}

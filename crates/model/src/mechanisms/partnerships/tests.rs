use super::*;
use crate::fixture::{self, REJECT, inputs, named, simulation, simulation_of, switch_off, thematic, z_of_count};
use crate::mechanisms::affiliates;
use crate::mechanisms::production;
use crate::simulation::Simulation;
use crate::units::Capacity;

/// The small world with some of its organisations at work and nobody else.
fn only(names: &[&str]) -> (Simulation, Vec<OrganisationId>) {
    let mut sim = simulation();
    let ids: Vec<OrganisationId> = names.iter().map(|name| named(&sim, name)).collect();
    for (i, o) in sim.state.organisations.iter_mut().enumerate() {
        o.staff = if ids.contains(&OrganisationId::from_index(i)) { Capacity(10.0) } else { Capacity(0.5) };
    }
    (sim, ids)
}

/// One knows law, another education; what a third knows is said.
fn know(sim: &mut Simulation, id: OrganisationId, expertise: [f64; 3]) {
    sim.state.organisations[id].expertise[..3].copy_from_slice(&expertise);
}

fn partnership(sim: &Simulation, members: &[OrganisationId]) -> Partnership {
    let key = |k: usize| sim.state.organisations[members[k]].key;
    let founders = [key(0).min(key(1)), key(0).max(key(1))];
    Partnership { founders, theme: ThemeId(0), members: members.to_vec(), since: sim.conditions.now.quarter() }
}

/// 9,000 quarters in which two meet: with needs of a third each and gaps of 0.3 one way and 0.6 the other, g = 0.1 and
/// 0.2, the chance is 0.5 · c/(c + 0.05) with c = √0.02. The mutant counts only what one of them gains.
#[test]
fn two_join_forces_at_the_stated_rate() {
    let (mut sim, ids) = only(&["North 0", "North 1"]);
    sim.conditions.parameters.partnerships.forming = 0.5;
    sim.conditions.parameters.partnerships.half_complement = 0.05;
    sim.state.need.cells_mut().fill(1.0 / 3.0);
    know(&mut sim, ids[0], [0.5, 0.2, 0.4]);
    know(&mut sim, ids[1], [0.2, 0.8, 0.4]);
    let mut formed = 0;
    for quarter in 0..9000 {
        sim.conditions.now.set_quarter(quarter);
        sim.state.partnerships.list.clear();
        meet(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        formed += sim.state.partnerships.list.len();
    }
    let rate = |c: f64| 0.5 * c / (c + 0.05);
    assert!(z_of_count(formed, 9000, rate(0.02f64.sqrt())).abs() < REJECT);
    assert!(z_of_count(formed, 9000, rate(0.1)).abs() > REJECT, "the mutant passes");
    // They work on what they differ most in.
    let theme = sim.state.partnerships.list.first().map_or(ThemeId(1), |p| p.theme);
    assert_eq!(theme, ThemeId(1));
}

/// Affinity is a factor: at 0.5 half as many; and who cannot give each other anything does not join forces.
#[test]
fn distance_and_sameness_keep_apart() {
    let formed = |other: &str, same: bool| {
        let (mut sim, ids) = only(&["North 0", other]);
        sim.conditions.parameters.partnerships.forming = 1.0;
        sim.conditions.parameters.partnerships.half_complement = 0.001;
        know(&mut sim, ids[0], [0.5, 0.2, 0.4]);
        know(&mut sim, ids[1], if same { [0.5, 0.2, 0.4] } else { [0.2, 0.8, 0.4] });
        (0..2000)
            .map(|quarter| {
                sim.conditions.now.set_quarter(quarter);
                sim.state.partnerships.list.clear();
                meet(&sim.conditions.context(), &mut sim.state, &mut sim.record);
                sim.state.partnerships.list.len()
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
    let (mut sim, ids) = only(&["North 0", "North 1"]);
    let mut ended = 0;
    for quarter in 0..9000 {
        sim.conditions.now.set_quarter(quarter);
        sim.state.partnerships.list = vec![partnership(&sim, &ids)];
        end(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        ended += usize::from(sim.state.partnerships.list.is_empty());
    }
    assert!(z_of_count(ended, 9000, 0.06).abs() < REJECT);
    assert!(z_of_count(ended, 9000, 0.075).abs() > REJECT, "the mutant passes");
}

/// n members keep n(n − 1)/2 links, so n(n − 1) ends, and from three on they work together in its theme.
#[test]
fn members_keep_a_full_mesh() {
    let names = ["North 0", "North 1", "Middle 0", "Middle 1", "South 0"];
    for n in 2..=5 {
        let (mut sim, ids) = only(&names[..n]);
        sim.state.partnerships.list = vec![partnership(&sim, &ids)];
        update_collaborations(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        let ends: u32 = sim.state.partnerships.by_organisation.iter().map(|circle| circle.links).sum();
        assert_eq!(ends as usize, n * (n - 1));
        assert!(ids.iter().all(|&id| sim.state.partnerships.collaborations(id).partners.len() == n - 1));
        assert_eq!(sim.state.partnerships.collaborations(ids[0]).joint, u32::from(n >= 3));
        record_joint_work(&mut sim.state, &mut sim.record, ids[0], None, ThemeId(0), Work(1.0));
        record_joint_work(&mut sim.state, &mut sim.record, ids[0], None, ThemeId(1), Work(1.0));
        assert_eq!(sim.record.movement.joint_work.0, f64::from(u8::from(n >= 3)));
    }
}

/// Who meets a member joins, if that is what people do; else there are two partnerships.
#[test]
fn partnerships_grow_to_three_and_more() {
    let grown = |joining: f64| {
        let (mut sim, ids) = only(&["North 0", "North 1", "North 2"]);
        let p = &mut sim.conditions.parameters.partnerships;
        (p.forming, p.joining, p.half_complement, p.ending) = (1.0, joining, 0.001, 0.0);
        know(&mut sim, ids[0], [0.9, 0.1, 0.1]);
        know(&mut sim, ids[1], [0.1, 0.9, 0.1]);
        know(&mut sim, ids[2], [0.1, 0.1, 0.9]);
        sim.conditions.parameters.partnerships.learning = 0.0;
        for quarter in 0..20 {
            sim.conditions.now.set_quarter(quarter);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        }
        sim.state.partnerships.list.iter().map(|p| p.members.len()).collect::<Vec<_>>()
    };
    assert_eq!(grown(1.0), [3]);
    assert_eq!(grown(0.0), [2, 2, 2]);
}

/// One FTE and a tenth of it for links of 0.1 FTE: one link and no more.
#[test]
fn nobody_keeps_more_links_than_it_has_room_for() {
    let links = |staff: f64, room: f64| {
        let mut sim = simulation();
        let p = &mut sim.conditions.parameters.partnerships;
        (p.forming, p.half_complement, p.ending, p.room, p.learning) = (1.0, 0.001, 0.0, room, 0.0);
        sim.state.organisations.iter_mut().for_each(|o| o.staff = Capacity(staff));
        for quarter in 0..30 {
            sim.conditions.now.set_quarter(quarter);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        }
        sim.state.partnerships.by_organisation.iter().map(|circle| circle.links).max().unwrap_or(0)
    };
    assert_eq!(links(1.0, 0.1), 1);
    assert_eq!(links(2.0, 0.1), 2);
    assert_eq!(links(0.99, 0.5), 0, "who has no staff keeps none");
    assert_eq!(links(5.0, 0.0), 0);
}

/// Everybody closes the stated part of the gap to the best partner, and nobody else learns.
#[test]
fn partners_learn_from_each_other() {
    let (mut sim, ids) = only(&["North 0", "North 1", "Middle 0"]);
    know(&mut sim, ids[0], [0.5, 0.2, 0.3]);
    know(&mut sim, ids[1], [0.3, 0.6, 0.3]);
    know(&mut sim, ids[2], [0.9, 0.1, 0.3]);
    sim.state.partnerships.list = vec![partnership(&sim, &ids)];
    update_collaborations(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    let stranger = named(&sim, "South 0").index();
    let before = sim.state.organisations[OrganisationId::from_index(stranger)].expertise;
    learn(&sim.conditions.context(), &mut sim.state);
    let known = |k: usize| &sim.state.organisations[ids[k]].expertise[..3];
    let close = |found: &[f64], expected: [f64; 3]| found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
    // Affinity is 1 at home and 0.5 elsewhere.
    assert!(close(known(0), [0.5 + 0.03 * 0.5 * 0.4, 0.2 + 0.03 * 0.4, 0.3]), "{:?}", known(0));
    assert!(close(known(1), [0.3 + 0.03 * 0.5 * 0.6, 0.6, 0.3]), "{:?}", known(1));
    assert!(close(known(2), [0.9, 0.1 + 0.03 * 0.5 * 0.5, 0.3]), "{:?}", known(2));
    assert_eq!(sim.state.organisations[OrganisationId::from_index(stranger)].expertise, before);
    assert_eq!(best_partner(&sim.state, ids[1], ThemeId(0)), 0.9);
    assert_eq!(best_partner(&sim.state, OrganisationId::from_index(stranger), ThemeId(0)), 0.0);
}

#[test]
fn partners_find_each_others_work_as_if_they_were_near() {
    let (mut sim, ids) = only(&["North 0", "South 0"]);
    let south = sim.state.organisations[ids[1]].region;
    let near = |sim: &Simulation| production::closeness(&sim.conditions.context(), &sim.state, ids[0], ids[1], south);
    assert_eq!(near(&sim), 0.5);
    sim.state.partnerships.list = vec![partnership(&sim, &ids)];
    update_collaborations(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    assert_eq!(near(&sim), 0.9);
    sim.conditions.parameters.partnerships.closeness = 0.2;
    assert_eq!(near(&sim), 0.5, "a partner is never further away");
}

#[test]
fn members_that_close_leave_and_a_partnership_needs_two() {
    let (mut sim, ids) = only(&["North 0", "North 1", "Middle 0"]);
    sim.state.partnerships.list = vec![partnership(&sim, &ids)];
    affiliates::close(&sim.conditions.context(), &mut sim.state, &mut sim.record, ids[2]);
    update_collaborations(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    assert_eq!(sim.state.partnerships.list[0].members, ids[..2]);
    sim.state.organisations[ids[1]].staff = Capacity(0.9);
    update_collaborations(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    assert!(sim.state.partnerships.list.is_empty());
    assert!(
        sim.state.partnerships.by_organisation.iter().all(|circle| circle.partners.is_empty() && circle.links == 0)
    );
}

/// Labels mean nothing: whatever the order of the scenario, the same organisations work together.
#[test]
fn the_order_of_organisations_changes_nothing() {
    let mut plain = inputs();
    plain.parameters.partnerships.forming = 0.8;
    plain.organisation.iter_mut().for_each(|o| o.staff = 4.0);
    let together = |inputs: &crate::inputs::Inputs| {
        let mut sim = simulation_of(inputs);
        sim.state.partnerships = Default::default();
        let stream = sim.conditions.random;
        let themes = sim.state.themes.clone();
        for o in &mut sim.state.organisations {
            o.draw_traits(&themes, stream.decision(Decision::OrganisationTraits, 0).entity(o.key), 0.4);
        }
        for quarter in 0..24 {
            sim.conditions.now.set_quarter(quarter);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        }
        let keys = |p: &Partnership| {
            let mut keys: Vec<Key> = p.members.iter().map(|id| sim.state.organisations[*id].key).collect();
            keys.sort_unstable();
            keys
        };
        let mut all: Vec<Vec<Key>> = sim.state.partnerships.list.iter().map(keys).collect();
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
    let mut inputs = inputs();
    inputs.parameters.partnerships.forming = 0.8;
    inputs.organisation.iter_mut().for_each(|o| o.staff = 5.0);
    let mut sim = simulation_of(&inputs);
    let start = sim.state.partnerships.list.len();
    assert!(start > 2, "{start}");
    let ends: f64 = sim.state.active().map(|id| sim.state.organisations[id].links).sum();
    fixture::run(&mut sim, &thematic(), 1);
    assert!(sim.record.movement.coordination_work.0 > 0.0 && ends > 0.0);
}

#[test]
fn switched_off_nobody_works_together() {
    let mut inputs = inputs();
    inputs.parameters.partnerships.forming = 0.8;
    switch_off(&mut inputs.parameters, "partnerships");
    inputs.organisation.iter_mut().for_each(|o| o.staff = 5.0);
    let mut sim = simulation_of(&inputs);
    fixture::run(&mut sim, &thematic(), 3);
    assert!(sim.state.partnerships.list.is_empty());
    assert_eq!(sim.record.movement.joint_work, Work::ZERO);
}

//! Tests of where mandates may be, and for which themes.

use super::*;
use crate::fixture::named;

/// Mandates are held, shared and founded only where they may be; where they may be nowhere near, there are none.
#[test]
fn mandates_are_only_in_the_regions_named() {
    let regions = |names: &[&str], founding: bool| {
        let mut policy = thematic();
        (policy.hubs.max_each, policy.hubs.may_found) = (9.0, founding);
        policy.hubs.capacity_floor = if founding { 1000.0 } else { 0.0 };
        policy.hubs.regions.0 = names.iter().map(|&name| name.to_owned()).collect();
        let mut sim = simulation();
        fixture::run(&mut sim, &policy, 2);
        let mut regions: Vec<u8> = sim.state.hubs().map(|m| home(&sim, m).0).collect();
        assert_eq!(regions.len(), 3);
        regions.sort_unstable();
        regions.dedup();
        regions
    };
    for founding in [false, true] {
        assert_eq!(regions(&["South"], founding), [2]);
        assert!(regions(&["Middle", "South"], founding).iter().all(|&region| region > 0));
    }
    assert!(regions(&[], false).contains(&0), "the largest are in the North");
}

/// A hub that moves stays within the regions named.
#[test]
fn mandates_move_only_to_the_regions_named() {
    let moved = |names: &[&str]| {
        let mut policy = thematic();
        policy.hubs.regions.0 = names.iter().map(|&name| name.to_owned()).collect();
        let (sim, m, outcome) = reviewed_under(policy, &[Outcome::Move], |sim, m| {
            let north = named(sim, "North 0");
            sim.state.mandates[m].holder = north;
            fail(sim, m);
            rivals(sim, m, |region| region == RegionId(2));
        });
        (outcome, home(&sim, m).0)
    };
    assert_eq!(moved(&[]), (Some(Outcome::Move), 2));
    assert_eq!(moved(&["North", "Middle"]), (None, 0));
}

#[test]
fn hubs_are_only_for_the_themes_and_regions_named() {
    let remits = |themes: &[&str], regions: &[&str]| {
        let mut policy = fixture::both();
        policy.hubs.themes.0 = themes.iter().map(|&name| name.to_owned()).collect();
        policy.hubs.regions.0 = regions.iter().map(|&name| name.to_owned()).collect();
        let mut sim = simulation();
        fixture::run(&mut sim, &policy, 1);
        let hubs = || sim.state.hubs().map(|m| &sim.state.mandates[m]);
        (hubs().filter_map(Mandate::theme).count(), hubs().filter_map(Mandate::region).count())
    };
    assert_eq!(remits(&[], &[]), (3, 3));
    assert_eq!(remits(&["tools"], &[]), (1, 3));
    assert_eq!(remits(&["tools", "law"], &["South"]), (2, 1));
}

/// Only a programme with pilots gives deciders experience, and with it the later waves smaller errors.
#[test]
fn later_waves_use_what_the_pilots_showed() {
    let noise = |pilots: f64| {
        let mut policy = thematic();
        (policy.hubs.pilots, policy.hubs.pilot_years) = (pilots, 3.0);
        let mut sim = simulation();
        fixture::run(&mut sim, &policy, 3);
        deciding::perception_noise(&sim.conditions.context(), &sim.state)
    };
    // Two hubs seen in the two years after their wave: 4 hub-years.
    assert!((noise(2.0) - 0.12 / (1.0f64 + 4.0 / 12.0).sqrt()).abs() < 1e-12);
    assert_eq!(noise(0.0), 0.12);
}

/// The screen comes first: no lack of mandates in a region lifts a candidate that does not pass it.
#[test]
fn the_spread_lifts_nobody_past_the_screen() {
    let mut policy = thematic();
    (policy.hubs.spread, policy.hubs.max_each, policy.hubs.capacity_floor) = (2.0, 9.0, 2.5);
    let mut sim = simulation();
    fixture::run(&mut sim, &policy, 1);
    assert_eq!(sim.state.hub_count(), 3);
    assert!(sim.state.hubs().all(|m| home(&sim, m) != RegionId(2)), "nobody in the South is large enough");
}

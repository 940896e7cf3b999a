use super::*;
use crate::fixture::{self, hub, inputs, named, simulation, simulation_of, thematic};
use crate::inputs::Organisation;
use crate::mechanisms::{affiliates, partnerships};
use crate::policy::Policy;
use crate::policy::levers::OrganisationKind;
use crate::simulation::Simulation;
use crate::state::Partnership;
use crate::units::Capacity;

/// Thematic hubs held by consortia of a holder and some partners.
fn in_consortia(partners: f64) -> Policy {
    let mut policy = thematic();
    policy.hubs.min_partners = partners;
    policy.hubs.max_each = 32.0;
    policy
}

/// The small example, everybody with enough staff to join.
fn staffed() -> Simulation {
    let mut inputs = inputs();
    inputs.organisation.iter_mut().for_each(|o| o.staff = 4.0);
    simulation_of(&inputs)
}

#[test]
fn candidates_bring_partners() {
    for partners in [0.0, 1.0, 3.0] {
        let mut sim = staffed();
        fixture::run(&mut sim, &in_consortia(partners), 1);
        assert_eq!(sim.state.hub_count(), 3);
        for m in sim.state.hubs() {
            let mandate = &sim.state.mandates[m];
            assert_eq!(mandate.partners.len() as f64, partners);
            assert_eq!(mandate.seconded.len(), mandate.partners.len());
            assert!(!mandate.partners.contains(&mandate.holder));
            assert!(mandate.partners.iter().all(|&id| Some(id) != sim.state.foundation));
        }
    }
    // Where nobody knows enough to join, nobody can stand.
    let mut sim = staffed();
    sim.conditions.parameters.partnerships.partner_expertise = 1.0;
    fixture::run(&mut sim, &in_consortia(1.0), 1);
    assert_eq!(sim.state.hub_count(), 0);
}

#[test]
fn own_partners_come_first_then_the_best_near_ones() {
    let mut sim = staffed();
    sim.state.organisations.iter_mut().for_each(|o| o.expertise[0] = 0.3);
    let id = |sim: &Simulation, name: &str| named(sim, name);
    let (me, friend, best, far) = (id(&sim, "North 0"), id(&sim, "South 2"), id(&sim, "North 1"), id(&sim, "Middle 0"));
    sim.state.organisations[best].expertise[0] = 0.5;
    // Knows more, but at an affinity of 0.5.
    sim.state.organisations[far].expertise[0] = 0.9;
    let keys = [sim.state.organisations[me].key, sim.state.organisations[friend].key];
    let founders = [keys[0].min(keys[1]), keys[0].max(keys[1])];
    sim.state.partnerships.list = vec![Partnership {
        founders,
        theme: ThemeId(0),
        members: vec![me, friend],
        since: sim.conditions.now.quarter(),
    }];
    partnerships::update_collaborations(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    let named = |policy: &Policy, already: &[OrganisationId]| {
        WillingPartners::new(&sim.conditions.under(policy), &sim.state, Remit::Theme(ThemeId(0)), None)
            .named_by(&sim.state, me, already)
    };
    assert_eq!(named(&in_consortia(3.0), &[]), [friend, best, far]);
    assert_eq!(named(&in_consortia(3.0), &[best]), [friend, far]);
    assert!(named(&in_consortia(0.0), &[]).is_empty());
}

/// Each partner has a fifth, all of them no more than half; the shares sum to the money.
#[test]
fn the_money_is_shared_and_every_dollar_is_booked() {
    let mut sim = staffed();
    fixture::run(&mut sim, &in_consortia(1.0), 1);
    let m = hub(&sim, 0);
    for (partners, each) in [(1, 0.2), (2, 0.2), (4, 0.125)] {
        let holder = sim.state.mandates[m].holder;
        let others: Vec<OrganisationId> = sim.state.affiliates().filter(|&o| o != holder).take(partners).collect();
        let mandate = &mut sim.state.mandates[m];
        mandate.keep_partners(|_| false);
        others.iter().for_each(|&o| mandate.add_partner(o));
        mandate.money = Money(100_000.0);
        sim.state.organisations.iter_mut().for_each(|o| o.hub_money = Money::ZERO);
        distribute_money(&sim.conditions.context(), &mut sim.state, &mut sim.record, m);
        let got = |o: OrganisationId| sim.state.organisations[o].hub_money.0;
        assert!(others.iter().all(|&o| (got(o) - 100_000.0 * each).abs() < 1e-6));
        assert!((got(holder) - 100_000.0 * (1.0 - each * partners as f64)).abs() < 1e-6);
        assert!((sim.state.organisations.iter().map(|o| o.hub_money.0).sum::<f64>() - 100_000.0).abs() < 1e-6);

        let before: Vec<f64> = others.iter().map(|o| sim.state.organisations[*o].reserves.0).collect();
        let spent = sim.record.movement.spent.0;
        crate::mechanisms::staffing::staff_partners(&sim.conditions.context(), &mut sim.state, &mut sim.record, m);
        let mut cost = 0.0;
        for (k, (&o, before)) in others.iter().zip(before).enumerate() {
            let wage = sim.state.wage(o, sim.conditions.parameters.staffing.wage).0;
            let staff = sim.state.mandates[m].seconded[k].0;
            // Six tenths of the way in the first year.
            assert!((staff - 0.6 * 100_000.0 * each / wage).abs() < 1e-9);
            let put_by = sim.state.organisations[o].reserves.0 - before;
            assert!((put_by + wage * staff - 100_000.0 * each).abs() < 1e-6);
            cost += wage * staff;
        }
        assert!((sim.record.movement.spent.0 - spent - cost).abs() < 1e-6);
    }
}

#[test]
fn staff_of_partners_works_for_the_hub() {
    let mut sim = staffed();
    let policy = in_consortia(2.0);
    fixture::run(&mut sim, &policy, 2);
    let m = hub(&sim, 0);
    let mandate = &sim.state.mandates[m];
    assert!(mandate.seconded.iter().all(|staff| staff.0 > 0.0));
    let all = mandate.staff.0 + mandate.seconded.iter().map(|staff| staff.0).sum::<f64>();
    assert!((mandate.total_staff().0 - all).abs() < 1e-12);
    let of_all: f64 = sim.state.active().map(|id| mandate.staff_of(id).0).sum();
    assert!((of_all - all).abs() < 1e-12);
    assert!(sim.record.movement.joint_work.0 > 0.0, "three and more work together");
}

#[test]
fn a_partner_that_closes_is_replaced_within_a_year() {
    let mut sim = staffed();
    let policy = in_consortia(2.0);
    fixture::run(&mut sim, &policy, 1);
    let m = hub(&sim, 0);
    let gone = sim.state.mandates[m].partners[0];
    affiliates::close(&sim.conditions.context(), &mut sim.state, &mut sim.record, gone);
    assert_eq!(sim.state.mandates[m].partners.len(), 1);
    fixture::run(&mut sim, &policy, 1);
    let mandate = &sim.state.mandates[m];
    assert!(mandate.partners.len() == 2 && !mandate.partners.contains(&gone) && mandate.alive());
}

/// Each member has its part of the work by its staff, the holder with what it pledges; all parts sum to 1.
#[test]
fn members_have_their_parts_of_the_work() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 1);
    let m = hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    let partner = sim.state.affiliates().find(|&id| id != holder).expect("another");
    let mandate = &mut sim.state.mandates[m];
    mandate.add_partner(partner);
    for (staff, seconded, pledged, of_holder) in
        [(3.0, 1.0, 0.0, 0.75), (1.0, 2.0, 1.0, 0.5), (0.0, 2.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0)]
    {
        let mandate = &mut sim.state.mandates[m];
        (mandate.staff, mandate.seconded[0], mandate.pledged) = (Capacity(staff), Capacity(seconded), Work(pledged));
        let parts: Vec<_> = members(&sim.state, m).collect();
        assert_eq!(parts, [(holder, of_holder), (partner, 1.0 - of_holder)]);
    }
}

/// Work and learning time of a hub train its members by their parts, and nobody else; a mean over members is by parts.
#[test]
fn members_are_trained_by_their_parts() {
    let mut sim = simulation();
    fixture::run(&mut sim, &thematic(), 1);
    let m = hub(&sim, 0);
    let holder = sim.state.mandates[m].holder;
    let partner = sim.state.affiliates().find(|&id| id != holder).expect("another");
    let mandate = &mut sim.state.mandates[m];
    mandate.add_partner(partner);
    (mandate.staff, mandate.seconded[0], mandate.pledged) = (Capacity(3.0), Capacity(1.0), Work::ZERO);
    mandate.learning = Work(8.0);
    sim.state.organisations.iter_mut().for_each(|o| (o.learning, o.done[0]) = (Work::ZERO, 0.0));
    train(&mut sim.state, m, ThemeId(0), Work(2.0));
    share_learning_time(&mut sim.state);
    for id in sim.state.organisations.ids() {
        let part = if id == holder { 0.75 } else { f64::from(u8::from(id == partner)) * 0.25 };
        let o = &sim.state.organisations[id];
        assert!((o.done[0] - 2.0 * part).abs() < 1e-12 && (o.learning.0 - 8.0 * part).abs() < 1e-9 || part == 0.0);
    }
    assert_eq!(sim.state.mandates[m].learning, Work::ZERO);
    let value = |id| if id == holder { 1.0 } else { 0.2 };
    assert_eq!(mean_over_members(&sim.state, Actor::for_mandate(&sim.state, m), value), 0.8);
    assert_eq!(mean_over_members(&sim.state, Actor::at_home(&sim.state, partner), value), 0.2);
}

/// A new holder brings its own partners; those who stay keep their staff.
#[test]
fn a_change_of_hands_changes_the_consortium() {
    let mut sim = staffed();
    let policy = in_consortia(2.0);
    fixture::run(&mut sim, &policy, 1);
    let m = hub(&sim, 0);
    let to = sim.state.mandates[m].partners[0];
    sim.state.mandates[m].seconded = vec![Capacity(1.0), Capacity(2.0)];
    sim.state.mandates[m].holder = to;
    renew(&sim.conditions.under(&policy), &mut sim.state, &mut sim.record, m);
    let mandate = &sim.state.mandates[m];
    assert!(mandate.partners.len() == 2 && !mandate.partners.contains(&to));
}

/// Outsiders hold mandates only where a policy lets them, and bring what they know as partners.
#[test]
fn outsiders_hold_mandates_only_where_they_may() {
    let mut inputs = inputs();
    inputs.organisation.push(Organisation {
        name: "Archive".into(),
        kind: OrganisationKind::External,
        region: "North".into(),
        staff: 5.0,
        community: 0.0,
        expertise: 0.9,
        ..Organisation::default()
    });
    let start = simulation_of(&inputs);
    let archive = named(&start, "Archive");
    let holds = |external: bool| {
        let mut sim = start.clone();
        sim.state.organisations[archive].expertise[..3].fill(0.95);
        let mut policy = thematic();
        policy.hubs.external = external;
        policy.hubs.score.evidence = 0.0;
        policy.hubs.score.prestige = 1.0;
        sim.state.organisations[archive].prestige = 1.0;
        fixture::run(&mut sim, &policy, 2);
        let held = sim.state.hubs().filter(|m| sim.state.mandates[*m].holder == archive).count();
        (held, sim)
    };
    assert_eq!(holds(false).0, 0);
    let (held, sim) = holds(true);
    assert_eq!(held, 1);
    // The mandate's money came to it, beside an income that always pays for the same staff.
    let o = &sim.state.organisations[archive];
    assert!(
        o.hub_money.0 > 0.0
            && (o.own_income.0 - 5.0 * sim.state.wage(archive, sim.conditions.parameters.staffing.wage).0).abs() < 1e-6
    );
    assert!(o.grants.0 == 0.0 && o.members == 0.0);
    assert!((o.staff.0 - 5.0).abs() < 0.2, "{}", o.staff.0);
    // So it is with a part in a consortium.
    let joins = |external: bool| {
        let mut sim = start.clone();
        sim.state.organisations[archive].expertise[..3].fill(0.95);
        let mut policy = in_consortia(1.0);
        (policy.hubs.external, policy.hubs.kinds) = (external, vec![OrganisationKind::Chapter]);
        fixture::run(&mut sim, &policy, 1);
        assert!(sim.state.hub_count() > 0 && sim.state.mandates.iter().all(|m| m.partners.len() == 1));
        sim.state.mandates.iter().any(|m| m.held_by(archive))
    };
    assert!(joins(true) && !joins(false));
}

/// Partners pass the screen that holders pass, condition by condition.
#[test]
fn partners_pass_the_screen_of_holders() {
    let sim = staffed();
    let (me, other) = (named(&sim, "North 0"), named(&sim, "South 2"));
    let admits = |sim: &Simulation, policy: &Policy| {
        let willing = WillingPartners::new(&sim.conditions.under(policy), &sim.state, Remit::Theme(ThemeId(0)), None);
        willing.named_by(&sim.state, me, &[]).contains(&other)
    };
    type Condition = (&'static str, fn(&mut Policy), fn(&mut crate::state::Organisation));
    let conditions: [Condition; 6] = [
        ("age", |p| p.hubs.min_age_years = 5.0, |o| o.founded = crate::clock::BURN_IN as i32),
        ("capacity", |p| p.hubs.capacity_floor = 2.0, |o| o.staff = Capacity(1.5)),
        ("kind", |p| p.hubs.kinds = vec![OrganisationKind::Chapter], |o| o.kind = OrganisationKind::UserGroup),
        (
            "conduct",
            |p| p.hubs.no_misconduct = true,
            |o| (o.conduct.misconduct, o.conduct.noticed) = (Some(0), Some(0)),
        ),
        ("external", |_| (), |o| o.kind = OrganisationKind::External),
        ("region", |p| p.hubs.regions.0 = vec!["North".into(), "Middle".into()], |_| ()),
    ];
    for (name, screen, makes_unfit) in conditions {
        let (mut unfit, mut policy) = (sim.clone(), in_consortia(9.0));
        assert!(admits(&unfit, &policy), "{name}: before");
        screen(&mut policy);
        makes_unfit(&mut unfit.state.organisations[other]);
        assert!(!admits(&unfit, &policy), "{name}");
    }
    // Who holds as many mandates as one may, alone or with others, joins no further one; but may stay where it is.
    let mut sim = sim;
    let mut policy = in_consortia(9.0);
    fixture::run(&mut sim, &thematic(), 1);
    let m = hub(&sim, 0);
    sim.state.mandates.iter_mut().for_each(|m| m.holder = me);
    sim.state.mandates[m].add_partner(other);
    for (most, joins) in [(1.0, false), (2.0, true)] {
        policy.hubs.max_each = most;
        assert_eq!(admits(&sim, &policy), joins, "{most}");
        let again = WillingPartners::new(&sim.conditions.under(&policy), &sim.state, Remit::Theme(ThemeId(0)), Some(m));
        assert!(again.named_by(&sim.state, me, &[]).contains(&other));
    }
}

//! Tests of learning: expertise, approaches, prestige.

use super::*;
use crate::fixture::{self, inputs, named, simulation, simulation_of, switch_off, thematic};
use crate::ids::ThemeId;
use crate::units::Money;

#[test]
fn switched_off_expertise_approaches_and_prestige_do_not_change() {
    let mut inputs = inputs();
    switch_off(&mut inputs.parameters, "learning");
    switch_off(&mut inputs.parameters, "staffing");
    switch_off(&mut inputs.parameters, "affiliates");
    let mut sim = simulation_of(&inputs);
    let before: Vec<_> = sim.state.organisations.iter().map(|o| (o.expertise, o.approach, o.prestige)).collect();
    fixture::run(&mut sim, &thematic(), 5);
    let after: Vec<_> = sim.state.organisations.iter().map(|o| (o.expertise, o.approach, o.prestige)).collect();
    assert_eq!(after, before);
}

#[test]
fn expertise_grows_by_doing_and_by_learning_time() {
    let mut sim = simulation();
    sim.conditions.parameters.learning.exploration = 0.0;
    let id = named(&sim, "North 0").index();
    let o = &mut sim.state.organisations[OrganisationId::from_index(id)];
    o.expertise[..3].copy_from_slice(&[0.2, 0.6, 0.2]);
    o.background[..3].copy_from_slice(&[0.0, 0.5, -0.3]);
    o.done[0] = 0.6;
    o.learning = Work(1.0);
    run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    let o = &sim.state.organisations[OrganisationId::from_index(id)];
    let after = |known: f64, background: f64, worked: f64| {
        known + 0.04 * (1.0 - known) * worked / (worked + 0.3) - 0.01 * (known - background)
    };
    assert!((o.expertise[0] - after(0.2, 0.0, 0.6 + 0.5 * 0.2)).abs() < 1e-12);
    assert!((o.expertise[1] - after(0.6, 0.5, 0.5 * 0.6)).abs() < 1e-12);
    assert!((o.expertise[2] - after(0.2, -0.3, 0.5 * 0.2)).abs() < 1e-12);
    assert_eq!((o.done[0], o.learning), (0.0, Work::ZERO));
}

/// At its background, what an organisation learns and what it forgets and loses by turnover are the same: with little work and
/// with much. The mutant forgets down to 0.
#[test]
fn expertise_balances_at_its_background() {
    let sim = simulation();
    let cx = sim.conditions.context();
    let forgetting = cx.parameters.learning.forgetting;
    for (known, worked, left) in
        [(0.2, 0.0, 0.0), (0.2, 0.02, 0.01), (0.4, 0.5, 0.01), (0.1, 5.0, 0.02), (0.9, 1.0, 0.0)]
    {
        let gain = gain_by_work(&cx, known, worked);
        let background = background(&cx, known, gain, left);
        let mut o = Organisation::new(
            Key::from_name("one"),
            crate::state::Label::Name("one".into()),
            OrganisationKind::Chapter,
            crate::ids::RegionId(0),
            0,
        );
        (o.expertise[0], o.background[0]) = (known, background);
        o.lose_expertise(ThemeId(0), left);
        let lost = known - o.expertise[0] + forgetting * (known - background);
        assert!((lost - gain).abs() < 1e-12, "{known} {worked} {left}: {gain} learnt, {lost} lost");
        assert!(background <= known);
    }
    assert!(gain_by_work(&cx, 0.2, 0.01) < forgetting * 0.2, "the mutant passes");
}

/// Turnover takes along what is known beyond the background: those who come have that.
#[test]
fn newcomers_to_the_staff_know_the_background() {
    let mut sim = simulation();
    let id = named(&sim, "North 0");
    let o = &mut sim.state.organisations[id];
    o.expertise[..3].copy_from_slice(&[0.5, 0.5, 0.5]);
    o.background[..3].copy_from_slice(&[0.3, 0.5, -1.0]);
    (0..3).for_each(|t| o.lose_expertise(ThemeId(t), 0.1));
    assert!((o.expertise[0] - 0.48).abs() < 1e-12 && o.expertise[1] == 0.5);
    assert!((o.expertise[2] - 0.45).abs() < 1e-12, "no more than all");
}

#[test]
fn exploration_moves_approaches_towards_the_optimum() {
    let fits = |judgement: f64| {
        let mut sim = simulation();
        sim.conditions.parameters.learning.exploration = 1.0;
        sim.conditions.parameters.learning.judgement = judgement;
        sim.state.themes.iter_mut().for_each(|theme| theme.optimum = move_along(theme.optimum, 0.4));
        for quarter in 0..300 {
            sim.conditions.now.set_quarter(quarter);
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        }
        let os = sim.state.organisations.iter();
        os.map(|o| (0..3).map(|t| fit(o.approach[t], sim.state.themes[ThemeId::from_index(t)].optimum)).sum::<f64>())
            .sum::<f64>()
            / 30.0
    };
    // Organisations that judge without error reach the optimum; those that judge almost at random do not.
    assert!(fits(0.0) > 0.95);
    assert!(fits(2.0) < fits(0.0) - 0.1);
}

#[test]
fn territorial_organisations_try_less_and_organisations_with_slack_more() {
    let tries = |territoriality: f64, slack: f64| {
        let mut sim = simulation();
        sim.conditions.parameters.learning.judgement = 0.0;
        sim.conditions.parameters.learning.exploration = 0.5;
        let mut changed = 0;
        for quarter in 0..60 {
            sim.conditions.now.set_quarter(quarter);
            sim.state.themes.iter_mut().for_each(|theme| theme.optimum = move_along(theme.optimum, 0.4));
            let before: Vec<_> = sim.state.organisations.iter().map(|o| o.approach).collect();
            for o in &mut sim.state.organisations {
                (o.territoriality, o.slack) = (territoriality, slack);
            }
            run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            let pairs = sim.state.organisations.iter().zip(&before);
            changed += pairs.map(|(o, b)| (0..3).filter(|&t| o.approach[t] != b[t]).count()).sum::<usize>();
        }
        changed
    };
    assert!(tries(0.9, 0.5) < tries(0.1, 0.5));
    assert!(tries(0.5, 0.9) > tries(0.5, 0.1));
}

#[test]
fn prestige_follows_what_is_visible() {
    let mut sim = simulation();
    let ids: Vec<OrganisationId> = sim.state.active().collect();
    for id in &ids {
        let o = &mut sim.state.organisations[*id];
        (o.year.output, o.own_income, o.grants, o.hub_money) = (1.0, Money(1.0), Money::ZERO, Money::ZERO);
        (o.year.service, o.prestige) = ([0.0; crate::ids::MAX_THEMES], 0.3);
    }
    update_prestige(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    // All are as visible as the mean: visibility = 1.
    assert!(ids.iter().all(|id| (sim.state.organisations[*id].prestige - (0.3 + 0.15 * 0.2)).abs() < 1e-12));
    let star = named(&sim, "South 2");
    sim.state.organisations[star].year.output = 5.0;
    update_prestige(&sim.conditions.context(), &mut sim.state, &mut sim.record);
    let prestige = |name| sim.state.organisations[OrganisationId::from_index(named(&sim, name).index())].prestige;
    assert!(prestige("South 2") > prestige("South 1"));
}

/// Organisations outside the movement forget like all others, and learn by what their staff does at home, of which nothing
/// else is simulated.
#[test]
fn outsiders_forget_and_learn_like_all_others() {
    let mut sim = simulation();
    sim.conditions.parameters.learning.exploration = 0.0;
    let id = named(&sim, "North 0");
    let after = |kind: OrganisationKind, staff: f64, done: f64| {
        let mut sim = sim.clone();
        let o = &mut sim.state.organisations[id];
        (o.kind, o.staff, o.learning) = (kind, crate::units::Capacity(staff), Work::ZERO);
        o.expertise[..3].copy_from_slice(&[0.2, 0.6, 0.2]);
        o.background = [0.0; crate::ids::MAX_THEMES];
        o.done[..3].copy_from_slice(&[0.2 * done, 0.6 * done, 0.2 * done]);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        sim.state.organisations[id].expertise
    };
    let idle = after(OrganisationKind::External, 0.0, 0.0);
    assert!((idle[1] - 0.99 * 0.6).abs() < 1e-12);
    assert_eq!(idle, after(OrganisationKind::Chapter, 0.0, 0.0));
    // As an affiliate of as much staff that works in its themes by expertise.
    assert_eq!(after(OrganisationKind::External, 3.0, 0.0), after(OrganisationKind::Chapter, 3.0, 3.0));
    assert_eq!(after(OrganisationKind::Chapter, 3.0, 0.0), idle);
}

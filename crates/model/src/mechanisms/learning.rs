//! 11 learning: expertise, approaches and prestige move.
//!
//! *Claim.* One learns by doing, by time for it, and from who helps; what is not used fades. An approach is tried out
//! now and then, less by the territorial and more with slack, and kept if it looks better; who helps is imitated. One
//! dominant hub can so be best today and lost when the optimum moves. *Equations.* E' = E + rate · (1 − E) · w/(w + half)
//! − decay · E per theme, w the work in it; a try is normal around the approach and kept if its fit, seen with noise, is
//! better; prestige follows visible output, money and mandates with z/(z + 1), z relative to the mean organisation.
//! *Source.* March 1991 (exploration and imitation); Bol et al. 2018 (prestige follows money).

use crate::catalogue::Off;
use crate::ids::{Key, OrganisationId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::policy::levers::OrganisationKind;
use crate::random::{Decision, Threshold};
use crate::record::Record;
use crate::state::State;
use crate::state::theme::{fit, move_along};
use crate::units::Work;

parameters! {
    /// What organisations know, how they do things, and how they are seen.
    pub struct LearningParameters in "learning",
        off Off::Set(&[("by_doing", 0.0), ("by_training", 0.0), ("by_help", 0.0), ("forgetting", 0.0), ("imitation", 0.0), ("exploration", 0.0), ("prestige_speed", 0.0)]);
    /// Expertise gained by doing, at full work, times what is missing to 1.
    by_doing: 0.04, 0.0..=1.0, 0.01..0.06, "1/quarter", "assumed";
    /// Expertise gained by learning time, relative to doing.
    by_training: 0.5, 0.0..=5.0, 0.2..1.0, "factor", "assumed";
    /// Expertise gained when helped, times the gap and the affinity.
    by_help: 0.08, 0.0..=1.0, 0.02..0.2, "per help", "assumed";
    /// Decay of expertise.
    forgetting: 0.01, 0.0..=1.0, 0.005..0.03, "1/quarter", "assumed";
    /// Work in a theme at which learning by doing is at half speed.
    half_work: 0.3, 0.01..=100.0, 0.1..1.0, "FTE-quarters", "assumed";
    /// Step of an approach towards that of who helps.
    imitation: 0.15, 0.0..=1.0, 0.02..0.4, "per help", "March 1991";
    /// Chance to try another approach at no territoriality and full slack.
    exploration: 0.12, 0.0..=1.0, 0.01..0.15, "1/quarter", "assumed";
    /// Size of the try: standard deviation.
    exploration_step: 0.1, 0.0..=0.5, 0.05..0.2, "circle", "assumed";
    /// Noise in judging whether a try is better.
    judgement: 0.1, 0.0..=2.0, 0.05..0.4, "fit", "assumed";
    /// Speed of prestige towards what is visible.
    prestige_speed: 0.15, 0.0..=1.0, 0.05..0.3, "1/year", "assumed";
    /// Prestige that a mandate adds to what is visible.
    prestige_mandate: 0.1, 0.0..=1.0, 0.0..0.2, "prestige", "assumed";
}

/// Expertise and approaches, every quarter. Draws: explore.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let p = &cx.parameters.learning;
    let stream = cx.random.decision(Decision::Exploration, cx.now.quarter());
    let n = state.themes.len();
    let there = state.themes.iter().enumerate().filter(|(_, theme)| theme.presence > 0.0 && theme.noticed);
    let there: Vec<(usize, Key, f64)> = there.map(|(t, theme)| (t, theme.key, theme.optimum)).collect();
    for o in state.organisations.iter_mut().filter(|o| o.active()) {
        let focus: f64 = o.expertise[..n].iter().sum::<f64>().max(1e-9);
        let time = o.learning.0;
        record.year.learning += o.learning;
        let exploring = p.exploration * (1.2 - o.territoriality) * (0.5 + 0.5 * o.slack);
        let threshold = Threshold::from_probability(exploring);
        let mine = stream.entity(o.key);
        let forgetting = if o.kind.outside() { 0.0 } else { p.forgetting };
        for &(t, theme, optimum) in &there {
            let known = o.expertise[t];
            let worked = o.done[t] + p.by_training * time * known / focus;
            let gain = p.by_doing * (1.0 - known) * worked / (worked + p.half_work);
            o.expertise[t] = (known + gain - forgetting * known).clamp(0.0, 1.0);
            let tally = &mut record.year.themes[t];
            let booked =
                if o.kind == OrganisationKind::Foundation { &mut tally.foundation_work } else { &mut tally.work };
            *booked += Work(o.done[t]);
            o.year.worked[t] += o.done[t];
            o.done[t] = 0.0;
            if exploring > 0.0 {
                explore(o, t, optimum, mine.with(theme), threshold, p);
            }
        }
        o.learning = Work::ZERO;
    }
}

/// Tries another approach, and keeps it if it looks better.
fn explore(
    o: &mut crate::state::Organisation,
    t: usize,
    optimum: f64,
    stream: crate::random::Stream,
    threshold: Threshold,
    p: &LearningParameters,
) {
    if stream.occurs(0, threshold) {
        let try_out = move_along(o.approach[t], p.exploration_step * stream.normal(1));
        let seen = fit(try_out, optimum) - fit(o.approach[t], optimum) + p.judgement * stream.normal(2);
        if seen > 0.0 {
            o.approach[t] = try_out;
        }
    }
}

/// Prestige, once a year, from what was visible in it. No draws.
pub fn see(cx: &Context, state: &mut State, _record: &mut Record) {
    let p = &cx.parameters.learning;
    let ids: Vec<OrganisationId> = state.active().collect();
    let output = |state: &State, id: OrganisationId| {
        let o = &state.organisations[id];
        o.year.output + 0.01 * o.year.service.iter().sum::<f64>()
    };
    let money = |state: &State, id: OrganisationId| {
        let o = &state.organisations[id];
        (o.grants + o.hub_money + o.own_income).0
    };
    let affiliates: Vec<OrganisationId> = state.affiliates().collect();
    let count = affiliates.len().max(1) as f64;
    let usual_output = affiliates.iter().map(|&id| output(state, id)).sum::<f64>() / count;
    let usual_money = affiliates.iter().map(|&id| money(state, id)).sum::<f64>() / count;
    for id in ids {
        let over = |part: f64, usual: f64| if usual > 0.0 { part / usual } else { 0.0 };
        let z = 0.5 * over(output(state, id), usual_output) + 0.5 * over(money(state, id), usual_money);
        let held = state.hubs().filter(|m| state.mandates[*m].holder == id).count() as f64;
        let seen = (z / (z + 1.0) + p.prestige_mandate * held).min(1.0);
        let o = &mut state.organisations[id];
        o.prestige += p.prestige_speed * (seen - o.prestige);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, named, setup, simulation, simulation_of, switch_off, thematic};
    use crate::ids::ThemeId;
    use crate::units::Money;

    #[test]
    fn switched_off_nobody_learns_forgets_or_is_seen() {
        let mut setup = setup();
        switch_off(&mut setup.parameters, "learning");
        switch_off(&mut setup.parameters, "staffing");
        switch_off(&mut setup.parameters, "affiliates");
        let mut sim = simulation_of(&setup);
        let before: Vec<_> = sim.state.organisations.iter().map(|o| (o.expertise, o.approach, o.prestige)).collect();
        fixture::run(&mut sim, &thematic(), 5);
        let after: Vec<_> = sim.state.organisations.iter().map(|o| (o.expertise, o.approach, o.prestige)).collect();
        assert_eq!(after, before);
    }

    #[test]
    fn expertise_grows_by_doing_and_by_time_for_it() {
        let mut sim = simulation();
        sim.conditions.parameters.learning.exploration = 0.0;
        let id = named(&sim, "North 0").index();
        let o = &mut sim.state.organisations[OrganisationId::from_index(id)];
        o.expertise[..3].copy_from_slice(&[0.2, 0.6, 0.2]);
        o.done[0] = 0.6;
        o.learning = Work(1.0);
        run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        let o = &sim.state.organisations[OrganisationId::from_index(id)];
        let after = |known: f64, worked: f64| known + 0.04 * (1.0 - known) * worked / (worked + 0.3) - 0.01 * known;
        assert!((o.expertise[0] - after(0.2, 0.6 + 0.5 * 0.2)).abs() < 1e-12);
        assert!((o.expertise[1] - after(0.6, 0.5 * 0.6)).abs() < 1e-12);
        assert!((o.expertise[2] - after(0.2, 0.5 * 0.2)).abs() < 1e-12);
        assert_eq!((o.done[0], o.learning), (0.0, Work::ZERO));
    }

    #[test]
    fn exploration_brings_approaches_nearer_to_the_optimum() {
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
            os.map(|o| {
                (0..3).map(|t| fit(o.approach[t], sim.state.themes[ThemeId::from_index(t)].optimum)).sum::<f64>()
            })
            .sum::<f64>()
                / 30.0
        };
        // Who sees clearly gets there; who judges by chance only, does not.
        assert!(fits(0.0) > 0.95);
        assert!(fits(2.0) < fits(0.0) - 0.1);
    }

    #[test]
    fn the_territorial_try_less_and_the_idle_more() {
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
        see(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        // Everybody is as visible as the mean: z = 1.
        assert!(ids.iter().all(|id| (sim.state.organisations[*id].prestige - (0.3 + 0.15 * 0.2)).abs() < 1e-12));
        let star = named(&sim, "South 2");
        sim.state.organisations[star].year.output = 5.0;
        see(&sim.conditions.context(), &mut sim.state, &mut sim.record);
        let prestige = |name| sim.state.organisations[OrganisationId::from_index(named(&sim, name).index())].prestige;
        assert!(prestige("South 2") > prestige("South 1"));
    }
}

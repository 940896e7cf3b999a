//! Learning: expertise, approaches and prestige of organisations change.
//!
//! *Claim.* Organisations learn by doing, by training time and from organisations that help them; unused expertise
//! decays. They try another approach now and then, more often with slack and less often if they are territorial, and
//! keep it if it seems better; organisations that are helped imitate the helper. So one dominant hub can be the best
//! today and be left behind when the optimum moves.
//!
//! *Equations.* In a quarter, by theme; E is expertise:
//!
//! ```text
//! work          = work done in the theme + (by_training · learning time + unseen work) · E/Σ E over all themes
//! E            ← E + by_doing · (1 − E) · work/(work + half_work) − forgetting · (E − background)
//! P(try)        = exploration · (1.2 − territoriality) · (½ + ½ · slack)
//! new approach  = approach + exploration_step · z
//! kept          if fit(new approach) − fit(approach) + judgement · z > 0
//! ```
//!
//! The background is what an organisation's people know without work in it, by interest and history. New organisations begin
//! with it. That of year 0 is such that expertise balances, at the work, the help and the turnover of the burn-in:
//!
//! ```text
//! gain = (forgetting + left) · (E − background)             if background ≥ 0, else
//! gain = forgetting · (E − background) + left · E           left: what turnover takes along of what is known beyond it
//! ```
//!
//! It is below 0 where work teaches more than is forgotten at what the scenario says an organisation knows. So expertise
//! falls when an organisation works or is helped less than it used to, and rises when more.
//!
//! Organisations outside the movement forget like all others; their unseen work is that of their staff at home, of which
//! nothing else is simulated. Learning time of a mandate goes to those who serve under it, by their parts of its work.
//!
//! and once a year:
//!
//! ```text
//! output     = output + 0.01 · service
//! visibility = ½ · output/mean output + ½ · money/mean money                   means over affiliates
//! seen       = min(1, visibility/(visibility + 1) + prestige_mandate · mandates held)
//! prestige  ← prestige + prestige_speed · (seen − prestige)
//! ```
//!
//! *Source.* March 1991 (exploration and imitation); Bol et al. 2018 (prestige follows money). *Draws.* Exploration.
//! *Off.* `by_doing`, `by_training`, `by_help`, `forgetting`, `imitation`, `exploration` and `prestige_speed` at 0.

use crate::catalogue::Off;
use crate::ids::{Key, MAX_THEMES, OrganisationId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::parameters;
use crate::policy::levers::OrganisationKind;
use crate::random::{Decision, Stream, Threshold};
use crate::record::Record;
use crate::state::theme::{fit, move_along};
use crate::state::{Organisation, State};
use crate::units::Work;

parameters! {
    /// Expertise, approaches and prestige of organisations.
    pub struct LearningParameters in "learning",
        off Off::Set(&[("by_doing", 0.0), ("by_training", 0.0), ("by_help", 0.0), ("forgetting", 0.0), ("imitation", 0.0), ("exploration", 0.0), ("prestige_speed", 0.0)]);
    /// Expertise gained by full work in a theme, as a share of what is missing to 1.
    by_doing: f64 = 0.01, 0.0..=1.0, 0.003..0.03, "1/quarter", "assumed: the work of year 0 then hardly anywhere teaches more than is forgotten";
    /// Effect of learning time on expertise, relative to work in the theme.
    by_training: f64 = 0.5, 0.0..=5.0, 0.2..1.0, "factor", "assumed";
    /// Expertise gained when helped, as a share of the helper's lead in expertise, times the affinity.
    by_help: f64 = 0.08, 0.0..=1.0, 0.02..0.2, "per help", "assumed";
    /// Share of expertise that decays.
    forgetting: f64 = 0.01, 0.0..=1.0, 0.005..0.03, "1/quarter", "assumed";
    /// Work in a theme at which learning by doing reaches half of its full speed.
    half_work: Work = 0.3, 0.01..=100.0, 0.1..1.0, "FTE-quarters", "assumed";
    /// Part of the way towards the helper's approach that an organisation moves when helped.
    imitation: f64 = 0.15, 0.0..=1.0, 0.02..0.4, "per help", "March 1991";
    /// Probability to try another approach, apart from the factors for territoriality and slack, which lie around 1.
    exploration: f64 = 0.12, 0.0..=1.0, 0.01..0.15, "1/quarter", "assumed";
    /// Distance of the tried approach from the present one: standard deviation.
    exploration_step: f64 = 0.1, 0.0..=0.5, 0.05..0.2, "circle", "assumed";
    /// Error in judging whether a tried approach is better: standard deviation.
    judgement: f64 = 0.1, 0.0..=2.0, 0.05..0.4, "fit", "assumed";
    /// Part of the gap between prestige and what is visible that closes in a year.
    prestige_speed: f64 = 0.15, 0.0..=1.0, 0.05..0.3, "1/year", "assumed";
    /// Prestige that each mandate adds to what is visible.
    prestige_mandate: f64 = 0.1, 0.0..=1.0, 0.0..0.2, "prestige", "assumed";
}

/// Propensity to explore at no territoriality; with a territoriality of 0.2 the factor is 1. Assumed.
const MAX_EXPLORATION: f64 = 1.2;
/// Propensity to explore without slack, relative to full slack; assumed.
const EXPLORATION_WITHOUT_SLACK: f64 = 0.5;
/// Smallest sum of expertise that learning time is divided by, so that an organisation without expertise does not
/// divide by 0.
const MIN_FOCUS: f64 = 1e-9;
/// Visible output of one unit of service, relative to a solved problem; assumed: service is seen by few people at a
/// time.
const OUTPUT_OF_SERVICE: f64 = 0.01;
/// Weight of output in what is visible; money has the rest. Assumed.
const WEIGHT_OF_OUTPUT: f64 = 0.5;

/// A theme in which organisations can learn this quarter.
struct LearnedTheme {
    index: usize,
    key: Key,
    optimum: f64,
}

/// Changes expertise and approaches by a quarter. Draws: Exploration.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    consortia::share_learning_time(state);
    let parameters = &cx.parameters.learning;
    let stream = cx.random.decision(Decision::Exploration, cx.now.quarter());
    let theme_count = state.themes.len();
    let present = state.themes.iter().enumerate().filter(|(_, theme)| theme.presence > 0.0 && theme.noticed);
    let present: Vec<LearnedTheme> =
        present.map(|(index, theme)| LearnedTheme { index, key: theme.key, optimum: theme.optimum }).collect();
    for o in state.organisations.iter_mut().filter(|o| o.active()) {
        let worked = work_by_theme(cx, o, theme_count);
        record.movement.learning_work += o.learning;
        let exploring = parameters.exploration
            * (MAX_EXPLORATION - o.territoriality)
            * (EXPLORATION_WITHOUT_SLACK + (1.0 - EXPLORATION_WITHOUT_SLACK) * o.slack);
        let threshold = Threshold::from_probability(exploring);
        let own_stream = stream.entity(o.key);
        for &LearnedTheme { index: t, key, optimum } in &present {
            let known = o.expertise[t];
            let gain = gain_by_work(cx, known, worked[t]);
            o.expertise[t] = (known + gain - parameters.forgetting * (known - o.background[t])).clamp(0.0, 1.0);
            let sums = &mut record.themes[t];
            let booked =
                if o.kind == OrganisationKind::Foundation { &mut sums.foundation_work } else { &mut sums.work };
            *booked += Work(o.done[t]);
            o.year.worked[t] += o.done[t];
            o.done[t] = 0.0;
            if exploring > 0.0 && own_stream.with(key).occurs(0, threshold) {
                o.approach[t] = explore(o.approach[t], optimum, own_stream.with(key), parameters);
            }
        }
        o.learning = Work::ZERO;
    }
}

/// Work of a quarter from which an organisation learns, by theme.
pub fn work_by_theme(cx: &Context, o: &Organisation, themes: usize) -> [f64; MAX_THEMES] {
    let focus: f64 = o.expertise[..themes].iter().sum::<f64>().max(MIN_FOCUS);
    // Of the work of outside organisations at home only this is simulated: that they learn by it.
    let unseen = if o.kind.outside() { o.staff.quarterly_work().0 } else { 0.0 };
    let everywhere = (unseen + cx.parameters.learning.by_training * o.learning.0) / focus;
    let mut work = o.done;
    work[..themes].iter_mut().zip(&o.expertise).for_each(|(work, known)| *work += everywhere * known);
    work
}

/// Expertise gained in a theme by work in it.
#[inline]
pub fn gain_by_work(cx: &Context, known: f64, worked: f64) -> f64 {
    let parameters = &cx.parameters.learning;
    parameters.by_doing * (1.0 - known) * worked / (worked + parameters.half_work.0)
}

/// The background at which expertise balances: `gain` and `left` are what is gained, and the share that leaves with staff, in a
/// quarter.
pub fn background(cx: &Context, known: f64, gain: f64, left: f64) -> f64 {
    let forgotten = cx.parameters.learning.forgetting;
    if gain <= (forgotten + left) * known {
        return if gain > 0.0 { known - gain / (forgotten + left) } else { known };
    }
    // Where nothing is forgotten a background means nothing.
    if forgotten > 0.0 { known - (gain - left * known) / forgotten } else { 0.0 }
}

/// Tries another approach: gives it if it seems better, and else the present one.
fn explore(approach: f64, optimum: f64, stream: Stream, parameters: &LearningParameters) -> f64 {
    let tried = move_along(approach, parameters.exploration_step * stream.normal(1));
    let seen = fit(tried, optimum) - fit(approach, optimum) + parameters.judgement * stream.normal(2);
    if seen > 0.0 { tried } else { approach }
}

/// Changes prestige, once a year, by what was visible in the year. No draws.
pub fn update_prestige(cx: &Context, state: &mut State, _record: &mut Record) {
    let parameters = &cx.parameters.learning;
    let ids: Vec<OrganisationId> = state.active().collect();
    let output = |state: &State, id: OrganisationId| {
        let year = &state.organisations[id].year;
        year.output + OUTPUT_OF_SERVICE * year.service.iter().sum::<f64>()
    };
    let money = |state: &State, id: OrganisationId| {
        let organisation = &state.organisations[id];
        (organisation.grants + organisation.hub_money + organisation.own_income).0
    };
    let affiliates: Vec<OrganisationId> = state.affiliates().collect();
    let count = affiliates.len().max(1) as f64;
    let mean_output = affiliates.iter().map(|&id| output(state, id)).sum::<f64>() / count;
    let mean_money = affiliates.iter().map(|&id| money(state, id)).sum::<f64>() / count;
    for id in ids {
        let relative = |value: f64, mean: f64| if mean > 0.0 { value / mean } else { 0.0 };
        let visibility = WEIGHT_OF_OUTPUT * relative(output(state, id), mean_output)
            + (1.0 - WEIGHT_OF_OUTPUT) * relative(money(state, id), mean_money);
        let held = state.hubs().filter(|m| state.mandates[*m].holder == id).count() as f64;
        let seen = (visibility / (visibility + 1.0) + parameters.prestige_mandate * held).min(1.0);
        let organisation = &mut state.organisations[id];
        organisation.prestige += parameters.prestige_speed * (seen - organisation.prestige);
    }
}

#[cfg(test)]
mod tests;

//! Choosing a theme, a community and a problem as equations: the readable version of what `production/weights.rs` and
//! `production/scoring.rs` compute.
//!
//! *Theme.* Drawn with weight
//!
//! ```text
//! attraction(E) · need                 organisation with a community of its own; regional hub that chooses itself
//! attraction(E) · priority · presence  the foundation, for themes that it has not handed over
//! need                                 regional hub whose steering group chooses
//! priority · presence                  regional hub whose funder chooses
//! 1                                    hub of a theme, for that theme
//! attraction(E) = (E + 0.08)^focus     linear between 64 steps of expertise E
//! ```
//!
//! *Community.* Central producers (the foundation, hubs) draw one with weight
//!
//! ```text
//! people · (½ + ½ · affinity)          within the scope; people alone where a steering group chooses
//! ```
//!
//! *Problem.* Of the open problems of the theme that the community still has and that cost at most the limit, the one with
//! the largest score; of equal scores the cheaper one, then the older one.
//!
//! ```text
//! score = salience + taste · view + (call, if informed that others depend on it)
//! limit = feasible_quarters · budget / least share of the cost that building or adapting takes
//! ```
//!
//! The view, 0–1, is that of whoever chooses, see [`autonomy`](crate::mechanisms::autonomy): a private taste, or for a
//! steering group the share of the communities, by weight, that still need the problem solved.
//!
//! Not used in trials. A property test holds it and the fast path to the same bits.

use super::index::ATTRACTION_STEPS;
use super::{BASE_ATTRACTION, MIN_BUILD_SHARE, Producer};
use crate::ids::{CommunityId, ThemeId};
use crate::mechanisms::autonomy::ProblemPreference;
use crate::mechanisms::{Context, dependencies};
use crate::policy::levers::Autonomy;
use crate::random::Decision;
use crate::state::{Problem, Remit, State, WorkQueue};

/// (expertise + base)^focus, linear between 64 equal steps of expertise.
pub fn attraction(cx: &Context, expertise: f64) -> f64 {
    let power = |step: f64| libm::pow(step / ATTRACTION_STEPS as f64 + BASE_ATTRACTION, cx.parameters.production.focus);
    let position = expertise.clamp(0.0, 1.0) * ATTRACTION_STEPS as f64;
    let step = libm::floor(position).min(ATTRACTION_STEPS as f64 - 1.0);
    let (low, high) = (power(step), power(step + 1.0));
    low + (high - low) * (position - step)
}

/// Weight of a theme for a producer.
pub fn theme_weight(cx: &Context, state: &State, producer: Producer, theme: ThemeId) -> f64 {
    let expertise = state.organisations[producer.actor.organisation].expertise[theme];
    let central_priority = state.themes[theme].priority * state.themes[theme].presence;
    if let Some(mandate) = producer.actor.mandate {
        let mandate = &state.mandates[mandate];
        return match mandate.remit {
            Remit::Theme(own) if theme == own => 1.0,
            Remit::Theme(_) => 0.0,
            Remit::Region(region) if state.served(theme) && mandate.scope.holds(region, theme) => {
                match cx.policy.hubs.autonomy {
                    Autonomy::Own => attraction(cx, expertise) * state.need(region, theme),
                    Autonomy::Steering => state.need(region, theme),
                    Autonomy::Funder => central_priority,
                }
            }
            Remit::Region(_) => 0.0,
        };
    }
    if !state.themes[theme].noticed {
        return 0.0;
    }
    let wanted = match producer.home {
        Some(_) => state.need(producer.actor.region, theme),
        None if state.handed_over(theme) => 0.0,
        None => central_priority,
    };
    if wanted > 0.0 { attraction(cx, expertise) * wanted } else { 0.0 }
}

/// The theme at a quantile of the weights.
pub fn theme_at(cx: &Context, state: &State, producer: Producer, u: f64) -> Option<ThemeId> {
    let weight = |theme| theme_weight(cx, state, producer, theme);
    let total: f64 = state.theme_ids().map(weight).sum();
    let mut below = 0.0;
    for theme in state.theme_ids() {
        below += weight(theme);
        if u * total < below {
            return Some(theme);
        }
    }
    None
}

/// Weight of a community for a central producer, millions of people.
pub fn community_weight(cx: &Context, state: &State, producer: Producer, community: CommunityId) -> f64 {
    let region = state.communities.list[community].region;
    if let Some(mandate) = producer.actor.mandate {
        let in_scope = state.mandates[mandate].scope.regions().any(|own| own == region);
        if !in_scope {
            return 0.0;
        }
        if cx.policy.hubs.autonomy == Autonomy::Steering {
            return state.people_of(community);
        }
    }
    state.people_of(community) * (0.5 + 0.5 * state.affinity(producer.actor.region, region))
}

/// The community at a quantile of the weights, for a central producer.
pub fn community_at(cx: &Context, state: &State, producer: Producer, u: f64) -> Option<CommunityId> {
    let weight = |community| community_weight(cx, state, producer, community);
    let mut total = 0.0;
    for community in peopled(state) {
        total += weight(community);
    }
    let mut below = 0.0;
    for community in peopled(state) {
        below += weight(community);
        if u * total < below {
            return Some(community);
        }
    }
    None
}

/// Share, by weight, of the communities that still need a problem solved, 0–1.
pub fn share_in_need(cx: &Context, state: &State, producer: Producer, problem: &Problem) -> f64 {
    let (mut total, mut in_need) = (0.0, 0.0);
    for community in peopled(state) {
        let before = total;
        total += community_weight(cx, state, producer, community);
        if problem.missing.holds(community) {
            // The weight as the step of the running sum, which rounds as the fast path does.
            in_need += total - before;
        }
    }
    if total > 0.0 { (in_need / total).clamp(0.0, 1.0) } else { 0.0 }
}

/// Communities that have people, in order of their ids.
fn peopled(state: &State) -> impl Iterator<Item = CommunityId> + '_ {
    let all = (0..state.communities.list.len()).map(CommunityId::from_index);
    all.filter(|&community| state.communities.list[community].share > 0.0)
}

/// Slot and score of the open problems of a theme that a community still has and the producer can afford, in order of cost
/// and then of birth.
pub fn scores(
    cx: &Context,
    state: &State,
    producer: Producer,
    queue: &WorkQueue,
    (theme, community): (ThemeId, CommunityId),
) -> Vec<(usize, f64)> {
    let p = &cx.parameters.production;
    let least_build = MIN_BUILD_SHARE * (1.0 - cx.parameters.autonomy.spread);
    let limit = p.feasible_quarters.0 * queue.budget.0 / p.adapt_cost.clamp(0.01, least_build.max(0.01));
    let own_key = producer.actor.key;
    let taste = cx.random.decision(Decision::Taste, 0);
    let view = ProblemPreference::new(cx, state, producer.actor, taste);
    let disclosure = dependencies::disclosure(cx, state);
    let mut scores = Vec::new();
    for &slot in &state.problems.open[theme] {
        let problem = &state.problems.slots[slot];
        if !problem.missing.holds(community) || problem.cost.0 > limit {
            continue;
        }
        let mut score =
            problem.salience + p.taste * view.for_problem(problem.key, || share_in_need(cx, state, producer, problem));
        let is_hub = producer.actor.mandate.is_some();
        if is_hub && problem.dependents > 0 && dependencies::is_informed(cx, own_key, problem.key, disclosure) {
            score += cx.parameters.dependencies.call;
        }
        scores.push((slot, score));
    }
    // Stable: of equal costs the older one stays first.
    scores.sort_by(|&(a, _), &(b, _)| state.problems.slots[a].cost.0.total_cmp(&state.problems.slots[b].cost.0));
    scores
}

/// Slots of the problems from which a producer chooses, the best first, without those that its queue is busy with.
pub fn ranking(
    cx: &Context,
    state: &State,
    producer: Producer,
    queue: &WorkQueue,
    (theme, community): (ThemeId, CommunityId),
) -> Vec<usize> {
    let mut scores = scores(cx, state, producer, queue, (theme, community));
    // Stable: of equal scores the cheaper one stays first.
    scores.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let busy = |slot| queue.projects.iter().any(|p| p.problem == slot && p.community == community);
    scores.into_iter().map(|(slot, _)| slot).filter(|&slot| !busy(slot)).collect()
}

#[cfg(test)]
mod tests;

//! What a desk chooses to do: a theme, for whom, a problem.

use super::plan::{Plan, plan};
use super::{Choice, MAX_PROBLEMS_TRIED, MIN_BUILD_SHARE, Peopled, Producer, QuarterIndex, Seeker, contest};
use crate::ids::{CommunityId, Key, MAX_REGIONS, MAX_THEMES, RegionId, ThemeId};
use crate::mechanisms::autonomy::ProblemPreference;
use crate::mechanisms::{Context, dependencies};
use crate::policy::levers::Autonomy;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::builders;
use crate::state::project::{Task, UnderWay};
use crate::state::{Actor, Communities, Project, Remit, State, WorkQueue};
use crate::units::Work;

/// Chooses something to do, if there is something: a theme, for whom, a problem. An organisation whose own community
/// has nothing left looks after those in its region whom nobody serves.
pub(super) fn begin(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    seeker: Seeker,
    weights: &mut ThemeWeights,
    attempt: u32,
) -> Choice {
    let Seeker { producer, queue, index } = seeker;
    let stream = cx.random.decision(Decision::ThemeChoice, cx.now.quarter()).entity(producer.actor.key);
    let target = cx.random.decision(Decision::Target, cx.now.quarter()).entity(producer.actor.key);
    let Some(theme) = weights.choose(stream.uniform(attempt)) else { return Choice::Nothing };
    if weights.barren >> theme.index() & 1 == 1 {
        return Choice::Nothing;
    }
    let targets = match producer.home {
        Some(community) => [Some(community), Some(Communities::rest(producer.actor.region))],
        None => [weights.target(index, target.uniform(attempt)), None],
    };
    for community in targets.into_iter().flatten() {
        score_problems(cx, state, seeker, weights, theme, community);
        for _ in 0..MAX_PROBLEMS_TRIED {
            let Some(slot) = weights.next_best(queue, community) else { break };
            if let Some(project) = settle(cx, state, seeker, weights, slot, community) {
                let slot = project.problem;
                let other_claims = |m| contest::gives_way(state, record, index, m, slot, community);
                if producer.actor.mandate.is_some_and(other_claims) {
                    continue;
                }
                let threshold = cx.parameters.production.reuse_threshold;
                builders::begun(cx.now, state, record, producer.actor, threshold, &project);
                let region = state.communities.list[community].region;
                let Actor { organisation: producer, mandate, .. } = producer.actor;
                let started = cx.now.quarter();
                let problem = &mut state.problems.slots[slot];
                problem.users += 1;
                if let Task::Build { .. } = project.task {
                    problem.under_way.push(UnderWay { producer, mandate, region, started });
                    record.movement.dependent += u32::from(problem.requires.is_some());
                }
                record.movement.hindered += u32::from(project.worked_around);
                record.movement.patched += u32::from(project.worked_around);
                return Choice::Begin(project);
            }
        }
    }
    if producer.home.is_some() {
        weights.barren |= 1 << theme.index();
    }
    Choice::Nothing
}

/// What to do about a problem: who foresees that another must be solved first solves that one, if it is its business and
/// still missing there.
fn settle(
    cx: &Context,
    state: &State,
    seeker: Seeker,
    weights: &ThemeWeights,
    slot: usize,
    community: CommunityId,
) -> Option<Project> {
    match plan(cx, state, seeker, slot, community) {
        Plan::Begin(project) => Some(project),
        Plan::Pass => None,
        Plan::First(first) => {
            let problem = &state.problems.slots[first];
            let its_business = weights.by_theme[problem.theme] > 0.0;
            if !its_business || !problem.missing.holds(community) || busy(seeker.queue, first, community) {
                return None;
            }
            match plan(cx, state, seeker, first, community) {
                Plan::Begin(project) => Some(project),
                Plan::Pass | Plan::First(_) => None,
            }
        }
    }
}

/// Whether a desk is working on a problem for a community.
fn busy(queue: &WorkQueue, slot: usize, community: CommunityId) -> bool {
    queue.projects.iter().any(|project| project.problem == slot && project.community == community)
}

/// How strongly each theme pulls a desk in a quarter.
#[derive(Default)]
pub(super) struct ThemeWeights {
    pub(super) by_theme: [f64; MAX_THEMES],
    total: f64,
    /// Themes in which one who works for its own community has just found nothing: until it has begun or done something
    /// it need not look there again.
    pub(super) barren: u32,
    /// Running sums over the communities of the library, for those who choose for whom they work.
    reach: Vec<f64>,
    /// The problems that it may choose from, with how each scores.
    scored: Vec<(f64, usize)>,
}

impl ThemeWeights {
    /// Fills it in place: it is too large to be moved about for every desk.
    pub(super) fn weigh(&mut self, cx: &Context, state: &State, index: &QuarterIndex, producer: Producer) {
        (self.by_theme, self.barren) = ([0.0; MAX_THEMES], 0);
        if producer.home.is_none() {
            self.reach = reach(cx, state, index, producer);
        }
        if let Some(m) = producer.actor.mandate {
            let mandate = &state.mandates[m];
            match mandate.remit {
                Remit::Theme(t) => self.by_theme[t] = 1.0,
                Remit::Region(r) => {
                    for t in state.theme_ids().filter(|&t| state.served(t) && mandate.scope.holds(r, t)) {
                        let known = state.organisations[producer.actor.organisation].expertise[t];
                        self.by_theme[t] = for_region(cx, state, index, r, t, known);
                    }
                }
            }
            self.total = self.by_theme[..state.themes.len()].iter().sum();
            return;
        }
        let o = &state.organisations[producer.actor.organisation];
        let central = producer.home.is_none();
        for t in state.theme_ids().filter(|&t| state.themes[t].noticed) {
            let wanted = if central {
                if state.handed_over(t) { 0.0 } else { state.themes[t].priority * state.themes[t].presence }
            } else {
                state.need(producer.actor.region, t)
            };
            if wanted > 0.0 {
                self.by_theme[t] = index.attraction(o.expertise[t]) * wanted;
            }
        }
        self.total = self.by_theme[..state.themes.len()].iter().sum();
    }

    /// Share of those served who still need a problem solved.
    fn needing(&self, state: &State, index: &QuarterIndex, slot: usize) -> f64 {
        let missing = &state.problems.slots[slot].missing;
        let (mut before, mut still) = (0.0, 0.0);
        for (community, &upto) in index.communities.iter().zip(&self.reach) {
            if missing.holds(community.id) {
                still += upto - before;
            }
            before = upto;
        }
        if before > 0.0 { (still / before).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The community at a quantile.
    pub(super) fn target(&self, index: &QuarterIndex, u: f64) -> Option<CommunityId> {
        let at = u * self.reach.last()?;
        let place = self.reach.partition_point(|&below| below <= at);
        index.communities.get(place).map(|community| community.id)
    }

    /// Takes the best out of what is scored, the first of equals, and passes over what the desk is busy with. Most begin
    /// what they find first, so that to look again is cheaper than to keep the best few in order.
    fn next_best(&mut self, queue: &WorkQueue, community: CommunityId) -> Option<usize> {
        loop {
            let larger = |best: f64, &(score, _): &(f64, usize)| if score > best { score } else { best };
            let best = self.scored.iter().fold(f64::NEG_INFINITY, larger);
            let taken = self.scored.iter_mut().find(|(score, _)| *score == best && best > f64::NEG_INFINITY)?;
            taken.0 = f64::NEG_INFINITY;
            if !busy(queue, taken.1, community) {
                return Some(taken.1);
            }
        }
    }

    /// The theme at a quantile.
    pub(super) fn choose(&self, u: f64) -> Option<ThemeId> {
        let mut below = 0.0;
        let chosen = self.by_theme.iter().position(|weight| {
            below += weight;
            u * self.total < below
        });
        chosen.map(ThemeId::from_index)
    }
}

/// How strongly a theme pulls a regional hub, by who chooses.
fn for_region(cx: &Context, state: &State, index: &QuarterIndex, region: RegionId, theme: ThemeId, known: f64) -> f64 {
    let need = state.need(region, theme);
    match cx.policy.hubs.autonomy {
        Autonomy::Own => index.attraction(known) * need,
        Autonomy::Steering => need,
        Autonomy::Funder => state.themes[theme].priority * state.themes[theme].presence,
    }
}

/// All communities that have people, in order.
pub(super) fn peopled(state: &State) -> Vec<Peopled> {
    let list = state.communities.list.iter().enumerate().filter(|(_, community)| community.share > 0.0);
    list.map(|(c, community)| {
        let people = community.share * state.regions[community.region].online;
        Peopled { id: CommunityId::from_index(c), region: community.region, people }
    })
    .collect()
}

/// For whom a central actor works: the communities of its scope, by people and affinity, as running sums. A steering
/// group weighs people alone.
fn reach(cx: &Context, state: &State, index: &QuarterIndex, producer: Producer) -> Vec<f64> {
    let scope = producer.actor.mandate.map(|m| state.mandates[m].scope);
    let steered = producer.actor.mandate.is_some() && cx.policy.hubs.autonomy == Autonomy::Steering;
    let mut near = [0.0; MAX_REGIONS];
    for region in state.region_ids() {
        if scope.is_none_or(|scope| scope.regions().any(|own| own == region)) {
            near[region] = if steered { 1.0 } else { 0.5 + 0.5 * state.affinity(producer.actor.region, region) };
        }
    }
    let mut below = 0.0;
    let weigh = |community: &Peopled| {
        below += community.people * near[community.region];
        below
    };
    index.communities.iter().map(weigh).collect()
}

/// The open problems of a theme that a community still has and that the desk could finish in reasonable time, scored by
/// salience and by the view of who chooses.
fn score_problems(
    cx: &Context,
    state: &State,
    seeker: Seeker,
    weights: &mut ThemeWeights,
    theme: ThemeId,
    community: CommunityId,
) {
    let Seeker { producer, queue, index } = seeker;
    let p = &cx.parameters.production;
    let own = producer.actor.key;
    let preference = ProblemPreference::new(cx, state, producer.actor, index.taste);
    let disclosure = producer.actor.mandate.is_some() && index.disclosure > 0.0;
    let called = |slot: usize, key: Key| {
        disclosure
            && state.problems.slots[slot].dependents > 0
            && dependencies::is_informed(cx, own, key, index.disclosure)
    };
    let least = MIN_BUILD_SHARE * (1.0 - cx.parameters.autonomy.spread);
    let too_dear = Work(p.feasible_quarters * queue.budget.0 / p.adapt_cost.clamp(0.01, least.max(0.01)));
    let offers = &state.problems.by_cost[theme];
    let affordable = &offers[..offers.partition_point(|offer| offer.cost <= too_dear)];
    let mut scored = std::mem::take(&mut weights.scored);
    scored.clear();
    for offers in affordable.chunks(AT_A_TIME) {
        // Without a branch, because nobody can foresee who still has a problem.
        let (mut wanted, mut count) = ([0u8; AT_A_TIME], 0);
        for (k, offer) in (0u8..).zip(offers) {
            wanted[count % AT_A_TIME] = k;
            count += usize::from(state.problems.slots[offer.slot()].missing.holds(community));
        }
        scored.extend(wanted[..count].iter().map(|&k| {
            let offer = &offers[usize::from(k)];
            let (salience, key, slot) = (offer.salience, offer.key, offer.slot());
            let score = salience + p.taste * preference.for_problem(key, || weights.needing(state, index, slot));
            (if called(slot, key) { score + cx.parameters.dependencies.call } else { score }, slot)
        }));
    }
    weights.scored = scored;
}

/// How many problems it goes through at a time.
const AT_A_TIME: usize = 32;

#[cfg(test)]
mod tests;

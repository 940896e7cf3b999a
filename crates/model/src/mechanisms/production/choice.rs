//! What a desk chooses to do: a theme, for whom, a problem.

use super::*;

/// Chooses something to do, if there is something: a theme, for whom, a problem. An organisation whose own community
/// has nothing left looks after those in its region whom nobody serves.
pub(super) fn begin(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    library: &Library,
    maker: Maker,
    pull: &mut Pull,
    desk: &Desk,
    attempt: u32,
) -> Choice {
    let stream = cx.random.decision(Decision::ThemeChoice, cx.now.quarter()).entity(own_key(state, maker));
    let target = cx.random.decision(Decision::Target, cx.now.quarter()).entity(own_key(state, maker));
    let Some(theme) = pull.choose(stream.uniform(attempt)) else { return Choice::Nothing };
    if pull.barren >> theme.index() & 1 == 1 {
        return Choice::Nothing;
    }
    let targets = match maker.home {
        Some(community) => [Some(community), Some(Communities::rest(maker.region))],
        None => [pull.target(library, target.uniform(attempt)), None],
    };
    for community in targets.into_iter().flatten() {
        score_problems(cx, state, library, maker, pull, desk, theme, community);
        for _ in 0..MOST_TRIES {
            let Some(slot) = pull.next_best(desk, community) else { break };
            if let Some(project) = settle(cx, state, library, maker, pull, desk, slot, community) {
                let slot = project.problem;
                if maker.mandate.is_some_and(|m| contest::gives_way(state, record, library, m, slot, community)) {
                    continue;
                }
                let threshold = cx.parameters.production.reuse_threshold;
                builders::begun(cx.now, state, record, maker.id, maker.mandate, threshold, &project);
                let region = state.communities.list[community].region;
                let (mandate, maker, started) = (maker.mandate, maker.id, cx.now.quarter());
                let problem = &mut state.problems.slots[slot];
                problem.users += 1;
                if let Task::Build { .. } = project.task {
                    problem.under_way.push(UnderWay { maker, mandate, region, started });
                    record.movement.dependent += u32::from(problem.requires.is_some());
                }
                record.movement.hindered += u32::from(project.patched);
                record.movement.patched += u32::from(project.patched);
                return Choice::Begin(project);
            }
        }
    }
    if maker.home.is_some() {
        pull.barren |= 1 << theme.index();
    }
    Choice::Nothing
}

/// What to do about a problem: who foresees that another must be solved first solves that one, if it is its business and
/// still missing there.
fn settle(
    cx: &Context,
    state: &State,
    library: &Library,
    maker: Maker,
    pull: &Pull,
    desk: &Desk,
    slot: usize,
    community: CommunityId,
) -> Option<Project> {
    match plan(cx, state, library, maker, desk, slot, community) {
        Plan::Begin(project) => Some(project),
        Plan::Pass => None,
        Plan::First(first) => {
            let problem = &state.problems.slots[first];
            let its_business = pull.weights[problem.theme] > 0.0;
            if !its_business || !problem.missing.holds(community) || busy(desk, first, community) {
                return None;
            }
            match plan(cx, state, library, maker, desk, first, community) {
                Plan::Begin(project) => Some(project),
                Plan::Pass | Plan::First(_) => None,
            }
        }
    }
}

/// Whether a desk is working on a problem for a community.
fn busy(desk: &Desk, slot: usize, community: CommunityId) -> bool {
    desk.projects.iter().any(|project| project.problem == slot && project.community == community)
}

/// How strongly each theme pulls a desk in a quarter.
#[derive(Default)]
pub(super) struct Pull {
    pub(super) weights: [f64; MAX_THEMES],
    total: f64,
    /// Themes in which one who works for its own community has just found nothing: until it has begun or done something
    /// it need not look there again.
    pub(super) barren: u32,
    /// Running sums over the communities of the library, for those who choose for whom they work.
    reach: Vec<f64>,
    /// The problems that it may choose from, with how each scores.
    scored: Vec<(f64, usize)>,
}

impl Pull {
    /// Fills it in place: it is too large to be moved about for every desk.
    pub(super) fn weigh(&mut self, cx: &Context, state: &State, library: &Library, maker: Maker) {
        (self.weights, self.barren) = ([0.0; MAX_THEMES], 0);
        if maker.home.is_none() {
            self.reach = reach(cx, state, library, maker);
        }
        if let Some(m) = maker.mandate {
            let mandate = &state.mandates[m];
            match mandate.charge {
                Charge::Theme(t) => self.weights[t] = 1.0,
                Charge::Region(r) => {
                    for t in state.theme_ids().filter(|&t| state.served(t) && mandate.scope.holds(r, t)) {
                        let known = state.organisations[maker.id].expertise[t];
                        self.weights[t] = for_region(cx, state, library, r, t, known);
                    }
                }
            }
            self.total = self.weights[..state.themes.len()].iter().sum();
            return;
        }
        let o = &state.organisations[maker.id];
        let central = maker.home.is_none();
        for t in state.theme_ids().filter(|&t| state.themes[t].noticed) {
            let wanted = if central {
                if given_up(state, t) { 0.0 } else { state.themes[t].priority * state.themes[t].presence }
            } else {
                state.need(maker.region, t)
            };
            if wanted > 0.0 {
                self.weights[t] = library.attraction(o.expertise[t]) * wanted;
            }
        }
        self.total = self.weights[..state.themes.len()].iter().sum();
    }

    /// Share of those served who still need a problem solved.
    fn needing(&self, state: &State, library: &Library, slot: usize) -> f64 {
        let missing = &state.problems.slots[slot].missing;
        let (mut before, mut still) = (0.0, 0.0);
        for (community, &upto) in library.communities.iter().zip(&self.reach) {
            if missing.holds(community.id) {
                still += upto - before;
            }
            before = upto;
        }
        if before > 0.0 { (still / before).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The community at a quantile.
    pub(super) fn target(&self, library: &Library, u: f64) -> Option<CommunityId> {
        let at = u * self.reach.last()?;
        let place = self.reach.partition_point(|&below| below <= at);
        library.communities.get(place).map(|community| community.id)
    }

    /// Takes the best out of what is scored, the first of equals, and passes over what the desk is busy with. Most begin
    /// what they find first, so that to look again is cheaper than to keep the best few in order.
    fn next_best(&mut self, desk: &Desk, community: CommunityId) -> Option<usize> {
        loop {
            let larger = |best: f64, &(score, _): &(f64, usize)| if score > best { score } else { best };
            let best = self.scored.iter().fold(f64::NEG_INFINITY, larger);
            let taken = self.scored.iter_mut().find(|(score, _)| *score == best && best > f64::NEG_INFINITY)?;
            taken.0 = f64::NEG_INFINITY;
            if !busy(desk, taken.1, community) {
                return Some(taken.1);
            }
        }
    }

    /// The theme at a quantile.
    pub(super) fn choose(&self, u: f64) -> Option<ThemeId> {
        let mut below = 0.0;
        let chosen = self.weights.iter().position(|weight| {
            below += weight;
            u * self.total < below
        });
        chosen.map(ThemeId::from_index)
    }
}

/// How strongly a theme pulls a regional hub, by who chooses.
fn for_region(cx: &Context, state: &State, library: &Library, region: RegionId, theme: ThemeId, known: f64) -> f64 {
    let need = state.need(region, theme);
    match cx.policy.hubs.autonomy {
        Autonomy::Own => library.attraction(known) * need,
        Autonomy::Steering => need,
        Autonomy::Funder => state.themes[theme].priority * state.themes[theme].presence,
    }
}

/// Whether the foundation has handed a theme over.
pub fn given_up(state: &State, theme: ThemeId) -> bool {
    state.mandates.iter().any(|m| m.alive() && m.theme() == Some(theme) && m.handed.0 > 0.0)
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
fn reach(cx: &Context, state: &State, library: &Library, maker: Maker) -> Vec<f64> {
    let scope = maker.mandate.map(|m| state.mandates[m].scope);
    let steered = maker.mandate.is_some() && cx.policy.hubs.autonomy == Autonomy::Steering;
    let mut near = [0.0; MAX_REGIONS];
    for region in state.region_ids() {
        if scope.is_none_or(|scope| scope.regions().any(|own| own == region)) {
            near[region] = if steered { 1.0 } else { 0.5 + 0.5 * state.affinity(maker.region, region) };
        }
    }
    let mut below = 0.0;
    let weigh = |community: &Peopled| {
        below += community.people * near[community.region];
        below
    };
    library.communities.iter().map(weigh).collect()
}

/// The open problems of a theme that a community still has and that the desk could finish in reasonable time, scored by
/// salience and by the view of who chooses.
fn score_problems(
    cx: &Context,
    state: &State,
    library: &Library,
    maker: Maker,
    pull: &mut Pull,
    desk: &Desk,
    theme: ThemeId,
    community: CommunityId,
) {
    let p = &cx.parameters.production;
    let own = own_key(state, maker);
    let view = View::of(cx, state, maker.id, maker.mandate, own, library.taste);
    let told = maker.mandate.is_some() && library.told > 0.0;
    let called = |slot: usize, key: Key| {
        told && state.problems.slots[slot].dependents > 0 && dependencies::hears(cx, own, key, library.told)
    };
    let least = LEAST_BUILD * (1.0 - cx.parameters.autonomy.spread);
    let too_dear = Work(p.feasible_quarters * desk.budget.0 / p.adapt_cost.clamp(0.01, least.max(0.01)));
    let offers = &state.problems.offers[theme];
    let affordable = &offers[..offers.partition_point(|offer| offer.cost <= too_dear)];
    let mut scored = std::mem::take(&mut pull.scored);
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
            let score = salience + p.taste * view.on(key, || pull.needing(state, library, slot));
            (if called(slot, key) { score + cx.parameters.dependencies.call } else { score }, slot)
        }));
    }
    pull.scored = scored;
}

/// How many problems it goes through at a time.
const AT_A_TIME: usize = 32;

#[cfg(test)]
#[path = "choice_tests.rs"]
mod tests;

//! What a desk chooses to do: a theme, for whom, a problem.

use super::*;

/// Chooses something to do, if there is something: a theme, for whom, a problem. An organisation whose own community
/// has nothing left looks after those in its region whom nobody serves.
pub(super) fn begin(
    world: &mut World,
    library: &Library,
    maker: Maker,
    pull: &Pull,
    desk: &Desk,
    attempt: u32,
) -> Choice {
    let luck = world.luck.on(Purpose::ThemeChoice, world.quarter).of(own_key(world, maker));
    let target = world.luck.on(Purpose::Target, world.quarter).of(own_key(world, maker));
    let Some(theme) = pull.choose(luck.uniform(attempt)) else { return Choice::Nothing };
    let targets = match maker.home {
        Some(community) => [Some(community), Some(Communities::rest(maker.region))],
        None => [pull.target(library, target.uniform(attempt)), None],
    };
    for community in targets.into_iter().flatten() {
        for slot in choose_problems(world, library, maker, desk, theme, community).into_iter().flatten() {
            if let Some(project) = plan(world, library, maker, desk, slot, community) {
                let region = world.communities.list[community.index()].region;
                let (maker, started) = (maker.id, world.quarter);
                let problem = &mut world.problems.slots[slot];
                problem.users += 1;
                if let Task::Build { .. } = project.task {
                    problem.under_way.push(UnderWay { maker, region, started });
                }
                return Choice::Begin(project);
            }
        }
    }
    Choice::Nothing
}

/// How strongly each theme pulls a desk in a quarter.
#[derive(Default)]
pub(super) struct Pull {
    pub(super) weights: [f64; MAX_THEMES],
    total: f64,
    /// Running sums over the communities of the library, for those who choose for whom they work.
    reach: Vec<f64>,
}

impl Pull {
    /// Fills it in place: it is too large to be moved about for every desk.
    pub(super) fn weigh(&mut self, world: &World, library: &Library, maker: Maker) {
        if maker.home.is_none() {
            self.reach = reach(world, library, maker);
        }
        if let Some(m) = maker.mandate {
            let mandate = &world.mandates[m.index()];
            match mandate.charge {
                Charge::Theme(t) => self.weights[t.index()] = 1.0,
                Charge::Region(r) => {
                    for t in world.theme_ids() {
                        let known = world.organisations[maker.id.index()].expertise[t.index()];
                        self.weights[t.index()] = library.attraction(known) * world.need(r, t);
                    }
                }
            }
            self.total = self.weights.iter().sum();
            return;
        }
        let o = &world.organisations[maker.id.index()];
        let central = maker.home.is_none();
        for t in world.theme_ids() {
            let wanted = if central {
                if given_up(world, t) {
                    0.0
                } else {
                    world.themes[t.index()].priority * world.themes[t.index()].presence
                }
            } else {
                world.need(maker.region, t)
            };
            if wanted > 0.0 {
                self.weights[t.index()] = library.attraction(o.expertise[t.index()]) * wanted;
            }
        }
        self.total = self.weights.iter().sum();
    }

    /// The community at a quantile.
    pub(super) fn target(&self, library: &Library, u: f64) -> Option<CommunityId> {
        let at = u * self.reach.last()?;
        let place = self.reach.partition_point(|&below| below <= at);
        library.communities.get(place).map(|community| community.id)
    }

    /// The theme at a quantile.
    pub(super) fn choose(&self, u: f64) -> Option<ThemeId> {
        let mut below = 0.0;
        let chosen = self.weights.iter().position(|weight| {
            below += weight;
            u * self.total < below
        });
        chosen.map(ThemeId::at)
    }
}

/// Whether the foundation has handed a theme over.
pub fn given_up(world: &World, theme: ThemeId) -> bool {
    world.mandates.iter().any(|m| m.alive() && m.theme() == Some(theme) && m.handed.0 > 0.0)
}

/// All communities that have people, in order.
pub(super) fn peopled(world: &World) -> Vec<Peopled> {
    let list = world.communities.list.iter().enumerate().filter(|(_, community)| community.share > 0.0);
    list.map(|(c, community)| {
        let people = community.share * world.regions[community.region.index()].online;
        Peopled { id: CommunityId::at(c), region: community.region, people }
    })
    .collect()
}

/// For whom a central actor works: the communities of its scope, by people and affinity, as running sums.
fn reach(world: &World, library: &Library, maker: Maker) -> Vec<f64> {
    let scope = maker.mandate.map(|m| world.mandates[m.index()].scope);
    let mut near = [0.0; MAX_REGIONS];
    for region in world.region_ids() {
        if scope.is_none_or(|scope| scope.regions().any(|own| own == region)) {
            near[region.index()] = 0.5 + 0.5 * world.affinity(maker.region, region);
        }
    }
    let mut below = 0.0;
    let weigh = |community: &Peopled| {
        below += community.people * near[community.region.index()];
        below
    };
    library.communities.iter().map(weigh).collect()
}

/// The open problems of a theme that a community still has and that the desk could finish in reasonable time, the
/// first few by salience and private taste.
fn choose_problems(
    world: &World,
    library: &Library,
    maker: Maker,
    desk: &Desk,
    theme: ThemeId,
    community: CommunityId,
) -> [Option<usize>; MOST_TRIES] {
    let p = &world.parameters.production;
    let taste = library.taste.and_of(own_key(world, maker));
    let too_dear = Work(p.feasible_quarters * desk.budget.0 / p.adapt_cost.clamp(0.01, LEAST_BUILD));
    let affordable = world.problems.offers[theme.index()].iter().take_while(|offer| offer.cost <= too_dear);
    let mut best = [(f64::NEG_INFINITY, usize::MAX); MOST_TRIES];
    for &Offer { salience, key, slot, .. } in affordable {
        if !world.problems.slots[slot].missing.holds(community) {
            continue;
        }
        let score = salience + p.taste * taste.of(key).uniform(0);
        let busy = || desk.projects.iter().any(|p| p.problem == slot && p.community == community);
        if score > best[MOST_TRIES - 1].0 && !busy() {
            let at = best.iter().position(|&(other, _)| score > other).unwrap_or(MOST_TRIES - 1);
            best[at..].rotate_right(1);
            best[at] = (score, slot);
        }
    }
    best.map(|(score, slot)| (score > f64::NEG_INFINITY).then_some(slot))
}

//! 8 production: organisations choose a problem, look for what exists, and adapt or build. What is done twice is counted.
//!
//! *Claim.* Work is done twice because what exists is not found, not packaged for reuse, not wanted (not invented here),
//! or being made at the same time; nobody decides to duplicate. *Equations.* A theme is chosen with weight (expertise +
//! 0.08)^focus × need, a problem by salience + taste × private noise; central actors (the foundation, mandates) first
//! choose for whom, by people × (½ + ½ affinity). A material is usable ⇔ reusability × affinity ≥ threshold, packaged or
//! not. P(find) = 1 − (1 − f)(1 − c): f falls with distance and with the number of places to look, c is what the
//! foundation's and the hubs' catalogues hold × how well those are known. Build = cost × (1.4 − 0.8 expertise) × (1 +
//! packaging); adapt = cost × share × (factor, if not packaged).
//!
//! *Counting.* By what was true, not by what the builder knew: building while a usable material existed, or while
//! another (who began earlier, or in the same quarter with a lower id) was building one, duplicates build − adapt
//! (as if packaged, at least 0), booked as the work is spent. With nothing reusable it is 0, with one organisation too.
//! *Simultaneity.* Materials are visible from the next quarter; organisations begin in the order of their ids.
//! *Source.* Redundant development in forks: Ren et al. 2019, Li et al. 2020; not invented here: Katz & Allen 1982.

mod search;

use crate::chance::{Luck, Purpose};
use crate::ids::{CommunityId, Key, MAX_THEMES, MandateId, OrganisationId, RegionId, ThemeId};
use crate::model::genesis::people_of;
use crate::model::ledger::clerk;
use crate::model::world::problem::{Offer, Task, UnderWay};
use crate::model::world::{Cause, Charge, Communities, Community, Desk, Material, Project, World};
use crate::parameters;
use crate::quantity::Work;
use crate::quantity::catalogue::Off;

use search::*;

parameters! {
    /// Solving problems, and finding (or not finding) what others have made.
    pub struct ProductionParameters in "production",
        off Off::Never("production is the movement's output");
    /// How strongly expertise draws an organisation to a theme: exponent.
    focus: 1.0, 0.0..=4.0, 0.5..2.0, "-", "assumed; above 1 organisations collapse onto one theme";
    /// Weight of private taste against shared salience in choosing a problem.
    taste: 2.0, 0.0..=20.0, 0.2..4.0, "factor", "assumed";
    /// Longest time a project may take to be begun.
    feasible_quarters: 12.0, 1.0..=100.0, 6.0..20.0, "quarters", "assumed";
    /// Work of a desk per project at a time.
    project_size: 1.0, 0.05..=100.0, 0.5..3.0, "FTE-quarters/quarter", "assumed";
    /// Fit (reusability × affinity) above which a material is usable in a region.
    reuse_threshold: 0.18, 0.0..=1.0, 0.1..0.4, "share", "assumed";
    /// Work to adapt a packaged material, as a share of building.
    adapt_cost: 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// Work to adapt a material that is not packaged, relative to a packaged one.
    unpackaged_factor: 2.6, 1.0..=10.0, 1.2..3.5, "factor", "assumed";
    /// Extra work to package.
    package_cost: 0.25, 0.0..=2.0, 0.1..0.5, "share", "assumed";
    /// Chance that a maker of medium territoriality without mandate packages unasked.
    package_unasked: 0.2, 0.0..=1.0, 0.05..0.4, "share", "about a quarter of used open materials are reused (Duncan 2009)";
    /// Chance to find a material of the own region, without any catalogue.
    find: 0.45, 0.0..=1.0, 0.05..0.6, "share", "duplicate rates of 0.03-0.3 with and without a shared search (Ren et al. 2019; Anvik et al.)";
    /// How much likelier a packaged material is found.
    find_packaged: 1.3, 1.0..=5.0, 1.0..2.0, "factor", "assumed";
    /// Completeness of the foundation's own catalogue.
    central_catalogue: 0.2, 0.0..=1.0, 0.0..0.4, "share", "assumed";
    /// How much each further place to look dilutes a search.
    dilution: 0.05, 0.0..=2.0, 0.0..0.15, "1/hub", "assumed";
    /// Part of a theme's materials that a hub's catalogue takes in per FTE-quarter of outreach.
    cataloguing: 0.3, 0.0..=10.0, 0.1..0.8, "1/FTE-quarter", "assumed";
    /// Part of a catalogue that is out of date after a quarter.
    catalogue_decay: 0.03, 0.0..=1.0, 0.01..0.08, "1/quarter", "assumed";
    /// Chance to insist on making one's own.
    insist: 0.05, 0.0..=1.0, 0.0..0.2, "share", "assumed";
    /// That chance on top, at full prestige and territoriality.
    insist_power: 0.6, 0.0..=5.0, 0.0..1.5, "share", "assumed";
}

/// The most projects a desk has at a time, and how often it looks for one more in a quarter, in vain and in all.
const MOST_PROJECTS: usize = 12;
const MOST_FAILURES: u32 = 2;
const MOST_ATTEMPTS: u32 = 48;
/// How many problems of a theme it looks at.
const MOST_TRIES: usize = 4;
/// What the best expert needs to build, as a share of a problem's cost.
const LEAST_BUILD: f64 = 0.6;
/// Expertise that even the ignorant have when they choose a theme.
const CURIOSITY: f64 = 0.08;
/// Steps of the table of attraction.
const STEPS: usize = 64;
/// Less work than this is none.
const CRUMB: f64 = 1e-9;

/// Who works at a desk, on what, for whom.
#[derive(Clone, Copy, Debug)]
struct Maker {
    id: OrganisationId,
    key: Key,
    region: RegionId,
    mandate: Option<MandateId>,
    /// Its own community, for those who work for one; central actors choose.
    home: Option<CommunityId>,
}

/// What a search for something to do led to.
enum Choice {
    Begin(Project),
    Nothing,
}

/// What is the same for all searches of a quarter.
struct Library {
    /// How likely the catalogues known in a region list a material of a theme, `[region × themes + theme]`.
    listed: Vec<f64>,
    /// What each further place to look leaves of a search.
    undiluted: f64,
    /// (expertise + curiosity)^focus at equal steps of expertise.
    attraction: [f64; STEPS + 1],
    find: Luck,
    insist: Luck,
    package: Luck,
    taste: Luck,
}

impl Library {
    fn of(world: &World) -> Library {
        let cells = world.region_ids().flat_map(|r| world.theme_ids().map(move |t| (r, t)));
        Library {
            listed: cells.map(|(r, t)| in_catalogues(world, r, t)).collect(),
            undiluted: 1.0 / (1.0 + world.parameters.production.dilution * world.hub_count() as f64),
            attraction: std::array::from_fn(|k| {
                libm::pow(k as f64 / STEPS as f64 + CURIOSITY, world.parameters.production.focus)
            }),
            find: world.luck.on(Purpose::Find, world.quarter),
            insist: world.luck.on(Purpose::Insist, 0),
            package: world.luck.on(Purpose::Package, 0),
            taste: world.luck.on(Purpose::Taste, 0),
        }
    }
}

impl Library {
    /// (expertise + curiosity)^focus, straight between the steps: a power for every desk and theme would be dear.
    #[inline]
    fn attraction(&self, expertise: f64) -> f64 {
        let at = expertise.clamp(0.0, 1.0) * STEPS as f64;
        let below = (at as u32 as usize).min(STEPS - 1);
        let (low, high) = (self.attraction[below], self.attraction[below + 1]);
        low + (high - low) * (at - below as f64)
    }
}

/// All desks work. Draws: theme, target, find, insist, package; taste once per organisation and problem.
pub fn run(world: &mut World) {
    let library = Library::of(world);
    for o in 0..world.organisations.len() {
        let id = OrganisationId::at(o);
        if world.organisations[o].active() {
            let maker = Maker {
                id,
                key: world.organisations[o].key,
                region: world.organisations[o].region,
                mandate: None,
                home: world.organisations[o].community,
            };
            let mut desk = std::mem::take(&mut world.organisations[o].desk);
            let idle = work(world, &library, maker, &mut desk);
            world.organisations[o].desk = desk;
            let given = world.organisations[o].desk.budget;
            world.organisations[o].slack = idle.share_of(given);
        }
    }
    for m in 0..world.mandates.len() {
        if world.mandates[m].alive() {
            let holder = world.mandates[m].holder;
            let maker = Maker {
                id: holder,
                key: world.organisations[holder.index()].key,
                region: world.organisations[holder.index()].region,
                mandate: Some(MandateId::at(m)),
                home: None,
            };
            let mut desk = std::mem::take(&mut world.mandates[m].desk);
            work(world, &library, maker, &mut desk);
            world.mandates[m].desk = desk;
        }
    }
}

/// Spends a desk's budget on its projects, beginning new ones as there is room. Gives what found no project, which
/// has gone into learning.
fn work(world: &mut World, library: &Library, maker: Maker, desk: &mut Desk) -> Work {
    desk.budget += desk.carried;
    desk.carried = Work::ZERO;
    let size = world.parameters.production.project_size;
    let room = (1.0 + desk.budget.0 / size).floor().min(MOST_PROJECTS as f64) as usize;
    let mut left = desk.budget;
    let (mut attempt, mut failed) = (0, 0);
    let mut pull = None;
    while left.0 > CRUMB {
        while failed < MOST_FAILURES && attempt < MOST_ATTEMPTS && desk.projects.len() < room {
            let pull = pull.get_or_insert_with(|| Pull::of(world, library, maker));
            match begin(world, library, maker, pull, desk, attempt) {
                Choice::Begin(project) => desk.projects.push(project),
                Choice::Nothing => failed += 1,
            }
            attempt += 1;
        }
        if desk.projects.is_empty() {
            break;
        }
        let each = left / desk.projects.len() as f64;
        let mut k = 0;
        while k < desk.projects.len() {
            let spent = spend(world, maker, &mut desk.projects[k], each);
            left -= spent;
            if desk.projects[k].left.0 <= CRUMB {
                let project = desk.projects.remove(k);
                finish(world, maker, &project);
            } else {
                k += 1;
            }
        }
    }
    let idle = left.max(Work::ZERO);
    world.tally.slack += idle;
    world.organisations[maker.id.index()].learning += idle;
    idle
}

/// Works on a project; gives the work spent.
fn spend(world: &mut World, maker: Maker, project: &mut Project, at_most: Work) -> Work {
    let spent = project.left.min(at_most);
    project.left -= spent;
    let theme = world.problems.slots[project.problem].theme;
    let o = &mut world.organisations[maker.id.index()];
    o.done[theme.index()] += spent.0;
    o.production_work += spent;
    world.tally.production += spent;
    if let Some((share, cause)) = project.duplicated {
        o.duplicated_work += spent * share;
        world.tally.duplicated[cause as usize] += spent * share;
    }
    spent
}

/// Chooses something to do, if there is something: a theme, for whom, a problem. An organisation whose own community
/// has nothing left looks after those in its region whom nobody serves.
fn begin(world: &mut World, library: &Library, maker: Maker, pull: &Pull, desk: &Desk, attempt: u32) -> Choice {
    let luck = world.luck.on(Purpose::ThemeChoice, world.quarter).of(own_key(world, maker));
    let target = world.luck.on(Purpose::Target, world.quarter).of(own_key(world, maker));
    let Some(theme) = pull.choose(luck.uniform(attempt)) else { return Choice::Nothing };
    let targets = match maker.home {
        Some(community) => [Some(community), Some(Communities::rest(maker.region))],
        None => [pull.target(target.uniform(attempt)), None],
    };
    for community in targets.into_iter().flatten() {
        for slot in choose_problems(world, library, maker, desk, theme, community).into_iter().flatten() {
            if let Some(project) = plan(world, library, maker, desk, slot, community) {
                clerk::begun(world, maker.id, maker.mandate, &project);
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

/// A mandate has luck of its own, beside its holder's at home.
fn own_key(world: &World, maker: Maker) -> Key {
    maker.mandate.map_or(maker.key, |m| world.mandates[m.index()].key)
}

/// How strongly each theme pulls a desk in a quarter.
#[derive(Default)]
struct Pull {
    weights: [f64; MAX_THEMES],
    total: f64,
    /// Running sums over communities, for those who choose for whom they work.
    reach: Vec<f64>,
}

impl Pull {
    fn of(world: &World, library: &Library, maker: Maker) -> Pull {
        let mut pull = Pull::default();
        if maker.home.is_none() {
            pull.reach = reach(world, maker);
        }
        if let Some(m) = maker.mandate {
            let mandate = &world.mandates[m.index()];
            match mandate.charge {
                Charge::Theme(t) => pull.weights[t.index()] = 1.0,
                Charge::Region(r) => {
                    for t in world.theme_ids() {
                        let known = world.organisations[maker.id.index()].expertise[t.index()];
                        pull.weights[t.index()] = library.attraction(known) * world.need(r, t);
                    }
                }
            }
            pull.total = pull.weights.iter().sum();
            return pull;
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
                pull.weights[t.index()] = library.attraction(o.expertise[t.index()]) * wanted;
            }
        }
        pull.total = pull.weights.iter().sum();
        pull
    }

    /// The community at a quantile.
    fn target(&self, u: f64) -> Option<CommunityId> {
        let at = u * self.reach.last()?;
        let place = self.reach.partition_point(|&below| below <= at);
        (place < self.reach.len()).then(|| CommunityId::at(place))
    }

    /// The theme at a quantile.
    fn choose(&self, u: f64) -> Option<ThemeId> {
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

/// For whom a central actor works: the communities of its scope, by people and affinity, as running sums.
fn reach(world: &World, maker: Maker) -> Vec<f64> {
    let scope: Option<Vec<RegionId>> = maker.mandate.map(|m| world.mandates[m.index()].scope.regions().collect());
    let mut below = 0.0;
    let communities = world.communities.list.iter();
    let weigh = |community: &Community| {
        if scope.as_ref().is_some_and(|scope| !scope.contains(&community.region)) {
            return 0.0;
        }
        let people = community.share * world.regions[community.region.index()].online;
        people * (0.5 + 0.5 * world.affinity(maker.region, community.region))
    };
    communities
        .map(|community| {
            below += weigh(community);
            below
        })
        .collect()
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

/// Adapts, builds, or passes on to another problem (`None`).
fn plan(
    world: &World,
    library: &Library,
    maker: Maker,
    desk: &Desk,
    slot: usize,
    community: CommunityId,
) -> Option<Project> {
    let p = &world.parameters.production;
    let o = &world.organisations[maker.id.index()];
    let problem = &world.problems.slots[slot];
    let finds = search(world, library, maker, slot, community);
    let pair = |luck: Luck| luck.and_of(own_key(world, maker)).of(problem.key);
    let insists = pair(library.insist).chance(0, (p.insist + p.insist_power * o.prestige * o.territoriality).min(1.0));
    let unasked = (p.package_unasked * (1.5 - o.territoriality)).min(1.0);
    let packaged = maker.mandate.is_some() || pair(library.package).chance(0, unasked);
    let skill = 2.0 - LEAST_BUILD - 0.8 * o.expertise[problem.theme.index()];
    let build = problem.cost * (skill * if packaged { 1.0 + p.package_cost } else { 1.0 });
    let adapt_packaged = problem.cost * p.adapt_cost;
    let feasible = |work: Work| work.0 <= p.feasible_quarters * desk.budget.0;
    // Who insists adapts nobody else's.
    let usable = [finds.own, finds.others.filter(|_| !insists)].into_iter().flatten();
    if let Some(material) = usable.reduce(|a, b| if b.before(&a) { b } else { a }) {
        let adapt = adapt_packaged * if material.packaged { 1.0 } else { p.unpackaged_factor };
        if adapt.0 < build.0 {
            let near = world.affinity(material.region, world.communities.list[community.index()].region);
            let quality = material.quality * (0.75 + 0.25 * near);
            let Material { maker, mandate, region, .. } = material;
            let task = Task::Adapt { quality, maker, mandate, region };
            let project = Project { problem: slot, community, task, left: adapt, duplicated: None };
            return feasible(adapt).then_some(project);
        }
    } else if finds.under_way_known && !insists {
        return None;
    }
    if !feasible(build) {
        return None;
    }
    let cause = match finds.others {
        Some(_) if insists => Some(Cause::NotInventedHere),
        Some(_) => Some(Cause::NotPackaged),
        None if finds.exists => Some(Cause::NotFound),
        None if finds.under_way_known => Some(Cause::NotInventedHere),
        None if finds.under_way => Some(Cause::SameTime),
        None => None,
    };
    let wasted = (build - adapt_packaged).max(Work::ZERO).share_of(build);
    let duplicated = cause.map(|cause| (wasted, cause));
    Some(Project { problem: slot, community, task: Task::Build { packaged }, left: build, duplicated })
}

/// A project is done: the community's problem is solved, and what was built can be seen from the next quarter.
fn finish(world: &mut World, maker: Maker, project: &Project) {
    let slot = project.problem;
    let theme = world.problems.slots[slot].theme;
    let place = world.communities.list[project.community.index()].region;
    let fits = world.quality(maker.id, theme);
    let quality = match project.task {
        Task::Adapt { quality, .. } => quality,
        Task::Build { .. } => {
            let key = world.problems.slots[slot].key;
            let spread = world.luck.on(Purpose::Craft, 0).and_of(own_key(world, maker)).of(key).uniform(0);
            (fits * (0.8 + 0.4 * spread)).min(1.0)
        }
    };
    match project.task {
        Task::Adapt { maker: from, mandate, region, .. } if from != maker.id => {
            world.tally.reused += 1;
            world.tally.reused_across += u32::from(region != place);
            if let Some(m) = mandate {
                world.mandates[m.index()].reused += 1;
            }
        }
        Task::Adapt { .. } => {}
        Task::Build { packaged } => {
            world.tally.built += 1;
            world.tally.packaged += u32::from(packaged);
            if let Some(m) = maker.mandate {
                world.mandates[m.index()].built += 1;
            }
            let (mandate, visible) = (maker.mandate, world.quarter + 1);
            let material = Material { maker: maker.id, mandate, region: place, quality, packaged, visible };
            world.problems.slots[slot].materials.push(material);
            no_longer_under_way(world, slot, maker.id);
        }
    }
    let people = people_of(world, project.community);
    world.organisations[maker.id.index()].output += quality;
    let problem = &mut world.problems.slots[slot];
    problem.users -= 1;
    if problem.open && problem.missing.holds(project.community) {
        problem.missing.remove(project.community);
        problem.solutions.push((project.community, quality));
        world.tally.regions[place.index()].solved += quality * people;
    }
    world.problems.release(slot);
}

/// Gives a project up with its maker.
pub fn abandon(world: &mut World, maker: OrganisationId, project: &Project) {
    if let Task::Build { .. } = project.task {
        no_longer_under_way(world, project.problem, maker);
    }
    world.problems.slots[project.problem].users -= 1;
    world.problems.release(project.problem);
}

fn no_longer_under_way(world: &mut World, slot: usize, maker: OrganisationId) {
    let under_way = &mut world.problems.slots[slot].under_way;
    if let Some(at) = under_way.iter().position(|u| u.maker == maker) {
        under_way.remove(at);
    }
}

#[cfg(test)]
#[path = "production_tests.rs"]
mod tests;

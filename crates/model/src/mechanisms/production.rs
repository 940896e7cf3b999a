//! 8 production: organisations choose a problem, look for what exists, and adapt or build. What is done twice is counted.
//!
//! *Claim.* Work is done twice because what exists is not found, not packaged for reuse, not wanted (not invented here),
//! or being made at the same time; nobody decides to duplicate. *Equations.* A theme is chosen with weight (expertise +
//! 0.08)^focus × need, a problem by salience + taste × private noise; central actors (the foundation, mandates) first
//! choose for whom, by people × (½ + ½ affinity). A material is usable ⇔ reusability × affinity ≥ threshold, packaged or
//! not. Who searches at all finds each with 1 − (1 − f)(1 − c): f falls with distance and with the number of places to
//! look, c is what the foundation's and the hubs' catalogues hold × how well those are known. Build = cost × (1.4 −
//! 0.8 expertise) × (1 + packaging) × (1 − spread · aptitude), see `autonomy`; adapt = cost × share × (factor, if not
//! packaged). Builds may need a material of another theme on the way, see `dependencies`; what is packaged may pass a
//! `gate` before it is offered.
//!
//! *Counting.* By what was true, not by what the builder knew: building while a usable material existed, or while
//! another (who began earlier, or in the same quarter with a lower id) was building one, duplicates build − adapt
//! (as if packaged, at least 0), booked as the work is spent. With nothing reusable it is 0, with one organisation too.
//! *Simultaneity.* Materials are visible from the next quarter; organisations begin in the order of their ids.
//! *Source.* Redundant development in forks: Ren et al. 2019, Li et al. 2020; not invented here: Katz & Allen 1982.

mod choice;
mod contest;
mod finish;
mod plan;
mod search;
mod wait;

use std::cell::OnceCell;

use crate::catalogue::Off;
use crate::ids::{CommunityId, Key, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::dependencies;
use crate::mechanisms::gate;
use crate::mechanisms::partnerships;
use crate::parameters;
use crate::random::{Decision, Stream};
use crate::record::Record;
use crate::state::Actor;
use crate::state::{Project, State, WorkQueue};
use crate::units::Work;

pub use finish::abandon;

use choice::*;
use finish::*;
use search::*;
use wait::*;

#[cfg(test)]
pub(super) use search::closeness;
pub(super) use search::look;

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
    /// Chance that who begins in the movement searches at all for what exists: one draw a search, however much there is.
    searches: 1.0, 0.0..=1.0, 0.3..1.0, "share", "neutral: everybody searches; whether a search finds anything is `find`";
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
const MAX_PROJECTS: usize = 12;
const MAX_FAILED_ATTEMPTS: u32 = 2;
const MAX_ATTEMPTS: u32 = 48;
/// How many problems of a theme it looks at.
const MAX_PROBLEMS_TRIED: usize = 4;
/// What the best expert needs to build, as a share of a problem's cost.
const MIN_BUILD_SHARE: f64 = 0.6;
/// Expertise that even the ignorant have when they choose a theme.
const BASE_ATTRACTION: f64 = 0.08;
/// Steps of the table of attraction.
const STEPS: usize = 64;
/// Less work than this is none.
const MIN_WORK: f64 = 1e-9;

/// Who works at a desk, for whom.
#[derive(Clone, Copy, Debug)]
struct Producer {
    actor: Actor,
    /// Its own community, for those who work for one; central actors choose.
    home: Option<CommunityId>,
}

/// A producer that looks for something to do.
#[derive(Clone, Copy)]
struct Seeker<'a> {
    producer: Producer,
    /// What it is working on already.
    queue: &'a WorkQueue,
    index: &'a QuarterIndex,
}

/// What a search for something to do led to.
enum Choice {
    Begin(Project),
    Nothing,
}

/// A community that has people.
struct Peopled {
    id: CommunityId,
    region: RegionId,
    people: f64,
}

/// What is the same for all searches of a quarter.
pub(super) struct QuarterIndex {
    /// Whether what is packaged passes a gate.
    gated: bool,
    /// How likely a hub is told what other hubs need.
    disclosure: f64,
    /// How likely the catalogues known in a region list a material of a theme, `[region × themes + theme]`.
    listed: Vec<f64>,
    /// What each further place to look leaves of a search.
    undiluted: f64,
    /// Whom one can work for.
    communities: Vec<Peopled>,
    /// Of each organisation, what its draws are addressed by and how far it shares what it makes: side by side, because
    /// searches come across many.
    producers: Vec<(Key, f64)>,
    /// (expertise + curiosity)^focus at equal steps of expertise, once anybody chooses by it.
    attraction: OnceCell<[f64; STEPS + 1]>,
    focus: f64,
    find: Stream,
    insist: Stream,
    package: Stream,
    taste: Stream,
    /// How clear it is which of two hubs is for what, and luck of the division of labour.
    clarity: f64,
    division: Stream,
}

impl QuarterIndex {
    pub(super) fn new(cx: &Context, state: &State) -> QuarterIndex {
        let cells = state.region_ids().flat_map(|r| state.theme_ids().map(move |t| (r, t)));
        QuarterIndex {
            gated: gate::stands(cx, state),
            disclosure: dependencies::disclosure(cx, state),
            listed: cells.map(|(r, t)| in_catalogues(cx, state, r, t)).collect(),
            undiluted: 1.0 / (1.0 + cx.parameters.production.dilution * state.hub_count() as f64),
            communities: peopled(state),
            producers: state.organisations.iter().map(|o| (o.key, o.sharing)).collect(),
            attraction: OnceCell::new(),
            focus: cx.parameters.production.focus,
            find: cx.random.decision(Decision::Search, cx.now.quarter()),
            insist: cx.random.decision(Decision::Insistence, 0),
            package: cx.random.decision(Decision::Packaging, 0),
            taste: cx.random.decision(Decision::Taste, 0),
            clarity: cx.policy.hubs.clarity,
            division: cx.random.decision(Decision::Routing, 0),
        }
    }
}

impl QuarterIndex {
    /// (expertise + curiosity)^focus, straight between the steps: a power for every desk and theme would be dear.
    #[inline]
    fn attraction(&self, expertise: f64) -> f64 {
        let at = expertise.clamp(0.0, 1.0) * STEPS as f64;
        let below = (at as u32 as usize).min(STEPS - 1);
        let power = |k| libm::pow(k as f64 / STEPS as f64 + BASE_ATTRACTION, self.focus);
        let attraction = self.attraction.get_or_init(|| std::array::from_fn(power));
        let (low, high) = (attraction[below], attraction[below + 1]);
        low + (high - low) * (at - below as f64)
    }
}

/// All desks work. Draws: theme, target, find, insist, package, stall, routing; taste and aptitude once per organisation
/// and problem.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let (index, mut weights) = (QuarterIndex::new(cx, state), ThemeWeights::default());
    for id in state.organisations.ids() {
        if state.organisations[id].active() {
            let producer = Producer { actor: Actor::at_home(state, id), home: state.organisations[id].community };
            let mut queue = std::mem::take(&mut state.organisations[id].queue);
            let idle = work(cx, state, record, &index, producer, &mut queue, &mut weights);
            state.organisations[id].queue = queue;
            let given = state.organisations[id].queue.budget;
            state.organisations[id].slack = idle.share_of(given);
        }
    }
    for m in state.mandates.ids() {
        if state.mandates[m].alive() {
            let producer = Producer { actor: Actor::for_mandate(state, m), home: None };
            let mut queue = std::mem::take(&mut state.mandates[m].queue);
            work(cx, state, record, &index, producer, &mut queue, &mut weights);
            state.mandates[m].queue = queue;
        }
    }
}

/// Spends a desk's budget on its projects, beginning new ones as there is room. Gives what found no project, which
/// has gone into learning. `pull` is a place to choose in, whatever is in it.
fn work(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    index: &QuarterIndex,
    producer: Producer,
    queue: &mut WorkQueue,
    weights: &mut ThemeWeights,
) -> Work {
    queue.budget += queue.carried;
    queue.carried = Work::ZERO;
    let size = cx.parameters.production.project_size;
    let room = (1.0 + queue.budget.0 / size).floor().min(MAX_PROJECTS as f64) as usize;
    resume(cx, state, record, producer, queue);
    let mut left = queue.budget;
    let (mut attempt, mut failed) = (0, 0);
    let mut pulled = false;
    while left.0 > MIN_WORK {
        while failed < MAX_FAILED_ATTEMPTS && attempt < MAX_ATTEMPTS && queue.projects.len() < room {
            if !std::mem::replace(&mut pulled, true) {
                weights.weigh(cx, state, index, producer);
            }
            match begin(cx, state, record, Seeker { producer, queue, index }, weights, attempt) {
                Choice::Begin(project) => {
                    queue.projects.push(project);
                    weights.barren = 0;
                }
                Choice::Nothing => failed += 1,
            }
            attempt += 1;
        }
        let running = queue.projects.iter().filter(|project| !project.waits()).count();
        if running == 0 {
            break;
        }
        weights.barren = 0;
        let each = left / running as f64;
        let mut k = 0;
        while k < queue.projects.len() {
            if queue.projects[k].waits() {
                k += 1;
                continue;
            }
            left -= spend(state, record, producer, &mut queue.projects[k], each);
            reach(cx, state, record, producer, &mut queue.projects[k]);
            if queue.projects[k].left.0 <= MIN_WORK && queue.projects[k].blocked_at.is_none() {
                let project = queue.projects.remove(k);
                finish(cx, state, record, index, producer, &project);
            } else {
                k += 1;
            }
        }
    }
    count_waiting(record, queue);
    let idle = left.max(Work::ZERO);
    record.year.slack += idle;
    state.organisations[producer.actor.organisation].learning += idle;
    idle
}

/// Works on a project; gives the work spent.
fn spend(state: &mut State, record: &mut Record, producer: Producer, project: &mut Project, at_most: Work) -> Work {
    let ahead = project.blocked_at.map_or(project.left, |blocked_at| (project.left - blocked_at.at).max(Work::ZERO));
    let spent = ahead.min(at_most);
    project.left -= spent;
    let theme = state.problems.slots[project.problem].theme;
    let o = &mut state.organisations[producer.actor.organisation];
    o.done[theme] += spent.0;
    o.year.production_work += spent;
    record.year.production += spent;
    if let Some((share, cause)) = project.duplicated {
        o.year.duplicated_work += spent * share;
        record.year.duplicated[cause as usize] += spent * share;
    }
    partnerships::record_joint_work(state, record, producer.actor.organisation, producer.actor.mandate, theme, spent);
    spent
}

#[cfg(test)]
mod tests;

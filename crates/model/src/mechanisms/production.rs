//! 8 production: organisations choose a problem, search for what exists, and adapt or build. Duplicated work is counted.
//!
//! *Claim.* Work is duplicated because what exists is not found, not packaged for reuse, not wanted (not invented here),
//! or being made at the same time; nobody decides to duplicate.
//!
//! *Equations.*
//!
//! ```text
//! P(theme) ∝ (expertise + 0.08)^focus · need
//! score of a problem = salience + taste · private noise
//! P(community) ∝ people · (½ + ½ · affinity)            central producers: the foundation, hubs
//! P(community) ∝ people                                 unserved ones, where its own has nothing for an organisation
//! usable ⇔ reusability · affinity ≥ reuse_threshold      packaged or not
//! P(find) = 1 − (1 − f) · (1 − c)                        for a producer that searches at all
//! build = cost · (1.4 − 0.8 · expertise) · (1 + package_cost, if packaged) · (1 − spread · aptitude)
//! adapt = cost · adapt_cost · (unpackaged_factor, if not packaged)
//! ```
//!
//! f falls with distance and with the number of places to look; c is what the catalogues of the foundation and the hubs
//! list, times how well those are known. Aptitude: see `autonomy`. Builds may depend on a material of another theme, see
//! `dependencies`; packaged materials may pass a quality `gate` before they are offered. [`mod@reference`] is the readable
//! version of the choice of theme, community and problem; `weights.rs` and `scoring.rs` are the fast one.
//!
//! *Counting.* By what was true, not by what the producer knew: building while a usable material existed, or while
//! another producer (that began earlier, or in the same quarter with a lower id) was building one, duplicates build − adapt
//! (as if packaged, at least 0), booked as the work is spent. With nothing reusable it is 0, with one organisation too.
//! *Simultaneity.* Materials are visible from the next quarter; organisations begin in the order of their ids.
//! *Source.* Redundant development in forks: Ren et al. 2019, Li et al. 2020; not invented here: Katz & Allen 1982.

mod choice;
mod contest;
mod finish;
mod index;
mod plan;
pub mod reference;
mod scoring;
mod search;
mod wait;
mod weights;
mod work;

use crate::catalogue::Off;
use crate::ids::{CommunityId, MandateId, OrganisationId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::record::Record;
use crate::state::{Actor, State, WorkQueue};
use crate::units::{Quarters, Work};

use weights::ThemeWeights;
use work::work;

pub use finish::abandon;
pub(super) use index::QuarterIndex;
#[cfg(test)]
pub(super) use search::closeness;
pub(super) use search::look;

parameters! {
    /// Solving problems, and searching for what others have made.
    pub struct ProductionParameters in "production",
        off Off::Never("production is the movement's output");
    /// How strongly expertise draws an organisation to a theme: exponent.
    focus: f64 = 1.0, 0.0..=4.0, 0.5..2.0, "-", "assumed; above 1 organisations collapse onto one theme";
    /// Weight of private taste against shared salience in choosing a problem.
    taste: f64 = 2.0, 0.0..=20.0, 0.2..4.0, "factor", "assumed";
    /// Longest time a project may take to be begun.
    feasible_quarters: Quarters = 12.0, 1.0..=100.0, 6.0..20.0, "quarters", "assumed";
    /// Work a quarter for which a producer runs one project at a time.
    project_size: Work = 1.0, 0.05..=100.0, 0.5..3.0, "FTE-quarters/quarter", "assumed";
    /// Fit (reusability × affinity) above which a material is usable in a region.
    reuse_threshold: f64 = 0.18, 0.0..=1.0, 0.1..0.4, "share", "assumed";
    /// Work to adapt a packaged material, as a share of building.
    adapt_cost: f64 = 0.3, 0.0..=1.0, 0.1..0.6, "share", "assumed";
    /// Work to adapt a material that is not packaged, relative to a packaged one.
    unpackaged_factor: f64 = 2.6, 1.0..=10.0, 1.2..3.5, "factor", "assumed";
    /// Extra work to package.
    package_cost: f64 = 0.25, 0.0..=2.0, 0.1..0.5, "share", "assumed";
    /// Chance that a producer of medium territoriality without mandate packages unasked.
    package_unasked: f64 = 0.2, 0.0..=1.0, 0.05..0.4, "share", "about a quarter of used open materials are reused (Duncan 2009)";
    /// Chance that a producer of the movement searches at all before it begins: one draw a search, however much exists.
    searches: f64 = 1.0, 0.0..=1.0, 0.3..1.0, "share", "neutral: everybody searches; whether a search finds anything is `find`";
    /// Chance to find a material of the producer's own region, without any catalogue.
    find: f64 = 0.45, 0.0..=1.0, 0.05..0.6, "share", "duplicate rates of 0.03-0.3 with and without a shared search (Ren et al. 2019; Anvik et al.)";
    /// How much likelier a packaged material is found.
    find_packaged: f64 = 1.3, 1.0..=5.0, 1.0..2.0, "factor", "assumed";
    /// Completeness of the foundation's own catalogue.
    central_catalogue: f64 = 0.2, 0.0..=1.0, 0.0..0.4, "share", "assumed";
    /// How much each further place to look dilutes a search.
    dilution: f64 = 0.05, 0.0..=2.0, 0.0..0.15, "1/hub", "assumed";
    /// Part of a theme's materials that a hub's catalogue adds per FTE-quarter of outreach.
    cataloguing: f64 = 0.3, 0.0..=10.0, 0.1..0.8, "1/FTE-quarter", "assumed";
    /// Part of a catalogue that is out of date after a quarter.
    catalogue_decay: f64 = 0.03, 0.0..=1.0, 0.01..0.08, "1/quarter", "assumed";
    /// Chance to insist on making one's own.
    insist: f64 = 0.05, 0.0..=1.0, 0.0..0.2, "share", "assumed";
    /// What full prestige and territoriality add to that chance.
    insist_power: f64 = 0.6, 0.0..=5.0, 0.0..1.5, "share", "assumed";
}

/// What the best expert needs to build, as a share of a problem's cost.
const MIN_BUILD_SHARE: f64 = 0.6;
/// Added to expertise in the choice of a theme, so that no theme that is needed has weight 0.
const BASE_ATTRACTION: f64 = 0.08;
/// Amounts of work below this are treated as zero, FTE-quarters.
const MIN_WORK: f64 = 1e-9;

/// An organisation at work: for itself, or under a mandate.
#[derive(Clone, Copy, Debug)]
pub struct Producer {
    /// The organisation, and the mandate if it works under one.
    pub actor: Actor,
    /// Its own community. Central producers (the foundation, hubs) have none and choose for whom they work.
    pub home: Option<CommunityId>,
}

impl Producer {
    fn for_organisation(state: &State, id: OrganisationId) -> Producer {
        Producer { actor: Actor::at_home(state, id), home: state.organisations[id].community }
    }

    fn for_mandate(state: &State, mandate: MandateId) -> Producer {
        Producer { actor: Actor::for_mandate(state, mandate), home: None }
    }
}

/// All work queues spend their budgets. Draws: theme, target, search, insistence, packaging, blocked work, routing; taste and
/// aptitude once per organisation and problem.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let (index, mut weights) = (QuarterIndex::new(cx, state), ThemeWeights::default());
    for id in state.organisations.ids() {
        if state.organisations[id].active() {
            let producer = Producer::for_organisation(state, id);
            let mut queue = std::mem::take(&mut state.organisations[id].queue);
            let idle = work(cx, state, record, &index, producer, &mut queue, &mut weights);
            state.organisations[id].slack = idle.share_of(queue.budget);
            state.organisations[id].queue = queue;
        }
    }
    for id in state.mandates.ids() {
        if state.mandates[id].alive() {
            let producer = Producer::for_mandate(state, id);
            let mut queue = std::mem::take(&mut state.mandates[id].queue);
            work(cx, state, record, &index, producer, &mut queue, &mut weights);
            state.mandates[id].queue = queue;
        }
    }
}

/// Whether a work queue has a project for a problem and a community.
fn busy(queue: &WorkQueue, slot: usize, community: CommunityId) -> bool {
    queue.projects.iter().any(|project| project.problem == slot && project.community == community)
}

#[cfg(test)]
mod tests;

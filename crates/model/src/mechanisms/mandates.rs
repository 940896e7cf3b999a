//! 3 mandates: hubs are created in waves, reviewed, renewed, split, re-scoped, moved, reallocated and ended.
//!
//! *Claim.* A deciding body ([`deciding`]) judges candidates and holders. Experience with hubs makes its members' errors
//! smaller, if the programme began with pilots. Past investment counts in a holder's favour unless the review is
//! independent of it. Every change of holder costs a transition with reduced service, and lost familiarity.
//!
//! *Equations.*
//!
//! ```text
//! noise of a decider = noise / √(1 + hub-years / experience)
//! record = service_weight · r(service) + quality_weight · quality + reuse_weight · r(reuse) + evenness_weight · evenness
//! r(x)   = x / (x + mean of all hubs)
//! score  = record as the body sees it + sunk_cost · years held · (1 − independence) + lobbying
//! bar    = strictness · mean record of all hubs
//! ```
//!
//! `evenness`: the met share of the worst region (or theme) of the scope over the mean. The mandate is renewed if score ≥
//! bar. A review ends in one of: continue, split, re-scope, move, reallocate, end. The result takes effect after the
//! decision time of the body. A mandate that a review or a term limit gives anew goes to another organisation or, in an
//! open call, to any organisation, the holder included.
//!
//! *Modules.* `candidates` (who stands, who is chosen), `review` (reviews, ends of terms), `scope` (open remits, parts of
//! a scope), `founding` (new organisations for a mandate).
//!
//! *Draws.* Candidate noise, DecidingBody, review noise, mandate lottery, founding. *Off.* The lever `kind = "none"`.
//!
//! *Source.* Survival of agencies for sunk cost: Kaufman 1976, Lewis 2002. Learning curve in √n: mean of independent
//! observations.

mod candidates;
mod founding;
mod review;
mod scope;

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_MANDATES, MandateId, OrganisationId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{deciding, production};
use crate::parameters;
use crate::policy::Appointment;
use crate::policy::levers::{FoundationRole, HubKind};
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::builders;
use crate::state::{Mandate, Remit, Scope, State, Theme};
use crate::units::{Capacity, Money, Quarters};

#[cfg(test)]
pub(super) use candidates::standing;
use candidates::{CandidateList, Vacancy, candidates};
use founding::found_holder;
use review::{end_term, review, review_due};
use scope::{open_remits, uncovered};

pub use review::{ReviewScore, carry_out_decisions, judge};

parameters! {
    /// Hubs: how candidates and holders are judged, and the cost of a change.
    pub struct MandateParameters in "mandates",
        off Off::Never("mandates are the hub programme: its lever `kind = \"none\"` switches them off");
    /// Smallest expertise in a theme with which an organisation stands for its mandate.
    least_expertise: f64 = 0.15, 0.0..=1.0, 0.05..0.3, "share", "assumed";
    /// Noise with which a decider sees a candidate or a holder, before any experience with hubs.
    noise: f64 = 0.12, 0.0..=2.0, 0.05..0.3, "score", "assumed";
    /// Weight of prestige, against quality, in the merit that a funder sees.
    prestige_weight: f64 = 0.3, 0.0..=1.0, 0.1..0.5, "share", "assumed";
    /// Hub-years after which that noise has fallen by a factor of √2, as with twice as many independent observations.
    experience: f64 = 12.0, 0.1..=1e4, 4.0..40.0, "hub-years", "assumed";
    /// Score that a year of having held a mandate adds in a review that is not independent.
    sunk_cost: f64 = 0.04, 0.0..=1.0, 0.0..0.1, "score/year", "assumed; agencies die at 0.3-3 %/year (Kaufman 1976, Lewis 2002)";
    /// Ratio of scores that another candidate must exceed to replace the holder; 0: whoever is chosen replaces it.
    takeover_margin: f64 = 1.15, 0.0..=5.0, 1.0..1.5, "factor", "assumed";
    /// Share of the movement's need below which a theme does not justify a hub.
    least_need: f64 = 0.025, 0.0..=1.0, 0.01..0.05, "share", "assumed";
    /// Share of the movement's need above which a hub's scope may be split.
    split_need: f64 = 0.15, 0.0..=1.0, 0.1..0.3, "share", "assumed";
    /// Met share of requests in a region, relative to the mean of the scope, below which a review counts it as badly
    /// served.
    badly_served: f64 = 0.4, 0.0..=1.0, 0.2..0.6, "share", "assumed";
    /// Time to start, move or hand over a mandate, in addition to the time to decide.
    transition_quarters: Quarters = 3.0, 0.0..=40.0, 1.0..8.0, "quarters", "assumed; two to three years from idea to pilot for the first real hubs";
    /// Capacity of a hub in transition, relative to its full capacity.
    transition_factor: f64 = 0.5, 0.0..=1.0, 0.2..0.9, "factor", "assumed";
    /// Share of people's familiarity with a hub that is lost when its holder changes.
    familiarity_lost: f64 = 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// Expertise of the founders of an organisation for a mandate, relative to the best near them.
    founders: f64 = 0.6, 0.0..=1.0, 0.3..0.9, "share", "assumed";
    /// Weight of service in the record that a review judges.
    service_weight: f64 = 0.35, 0.0..=1.0, 0.2..0.5, "share", "a choice of reviewers: service to those who ask counts most";
    /// Weight of the quality of the holder's work in that record.
    quality_weight: f64 = 0.25, 0.0..=1.0, 0.1..0.4, "share", "a choice of reviewers: quality counts next";
    /// Weight of the reuse of the hub's materials in that record.
    reuse_weight: f64 = 0.2, 0.0..=1.0, 0.1..0.3, "share", "a choice of reviewers";
    /// Weight of even service over the regions or themes of the scope in that record.
    evenness_weight: f64 = 0.2, 0.0..=1.0, 0.1..0.3, "share", "a choice of reviewers";
}

/// Share of a hub's staff that works for the next holder; assumed: half go along.
const STAFF_THAT_MOVES: f64 = 0.5;

/// Reviews hubs, ends terms, and creates the hubs of this year's wave. Draws: candidate noise, DecidingBody, review noise, mandate lottery,
/// founding.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    if cx.policy.hubs.kind == HubKind::None {
        return;
    }
    // Deciders gain experience only in a programme that begins with pilots, because only that one evaluates its hubs.
    if cx.policy.hubs.pilots > 0.0 {
        state.hub_years += state.hub_count() as f64;
    }
    if f64::from(cx.now.year()) >= cx.policy.hubs.first_year + cx.policy.hubs.pilot_years {
        state.mandates.iter_mut().for_each(|m| m.pilot = false);
    }
    let hubs: Vec<MandateId> = state.hubs().collect();
    for hub in hubs {
        if review_due(cx, state, hub) {
            review(cx, state, record, hub);
        }
        if state.mandates[hub].alive() {
            end_term(cx, state, record, hub);
        }
        if state.mandates[hub].alive() {
            consortia::complete(cx, state, record, hub);
        }
    }
    create(cx, state, record);
}

/// Ends a mandate. Its reserves go to its holder; the money that the foundation handed over goes back.
pub fn end_mandate(state: &mut State, hub: MandateId) {
    let mandate = &mut state.mandates[hub];
    mandate.ended = true;
    let (holder, reserves) = (mandate.holder, mandate.reserves);
    mandate.reserves = Money::ZERO;
    mandate.staff = Capacity::ZERO;
    mandate.keep_partners(|_| false);
    let carried = std::mem::take(&mut mandate.queue.carried);
    let projects = std::mem::take(&mut mandate.queue.projects);
    state.organisations[holder].reserves += reserves;
    state.organisations[holder].queue.carried += carried;
    for project in projects {
        production::abandon(state, holder, Some(hub), &project);
    }
}

/// Creates the mandates of this year's wave, greatest need first: themes and regions without a hub, and the parts that
/// a re-scoping or an end has left without one.
fn create(cx: &Context, state: &mut State, record: &mut Record) {
    let open = wave(cx).min(hubs_allowed(cx).saturating_sub(state.hub_count()));
    let pilot = cx.policy.hubs.pilots > 0.0
        && f64::from(cx.now.year()) < cx.policy.hubs.first_year + cx.policy.hubs.pilot_years;
    let mut created = 0;
    for remit in open_remits(cx, state) {
        if created == open || state.mandates.len() >= MAX_MANDATES {
            break;
        }
        if let Some(hub) = create_for(cx, state, record, remit) {
            consortia::complete(cx, state, record, hub);
            state.mandates[hub].pilot = pilot;
            state.mandates[hub].ready += deciding::delay(cx, cx.policy.governance.body);
            deciding::charge_decision_work(cx, state, remit);
            created += 1;
        }
    }
}

/// Creates a mandate for the candidate that is chosen or, if nobody fits, for an organisation founded for it.
fn create_for(cx: &Context, state: &mut State, record: &mut Record, remit: Remit) -> Option<MandateId> {
    let (place, scope) = (state.remit_key(remit), uncovered(state, remit));
    let lots = cx.random.decision(Decision::MandateLottery, cx.now.year()).entity(place);
    let CandidateList { ids, applicants } = candidates(cx, state, Vacancy { remit, hub: None }, |_| true);
    let appointment = Appointment { candidates: &applicants, stream: lots };
    let award = appointment.appoint(&cx.policy.hubs);
    let holder = match &award {
        Some(award) => ids[award.applicant],
        None => found_holder(cx, state, record, remit, &scope)?,
    };
    let key = Key::from_birth(place.stem(), cx.now.quarter(), BirthCause::Wave, 0);
    let hub = new_mandate(cx, state, key, (remit, scope), holder);
    match &award {
        Some(award) => {
            let (levers, appointment, organisations) = (&cx.policy.hubs, &appointment, &ids[..]);
            let appointed = builders::Appointed { levers, appointment, organisations, award };
            builders::created(cx.now, state, record, hub, appointed);
        }
        None => builders::founded(cx.now, state, record, hub),
    }
    Some(hub)
}

/// Largest number of mandates this year.
fn hubs_allowed(cx: &Context) -> usize {
    // The cast saturates: an infinite bound is the greatest count.
    cx.policy.hubs.hubs_at_most.bound(cx.now.year()) as usize
}

/// Largest number of mandates that this year's wave may create.
fn wave(cx: &Context) -> usize {
    let levers = &cx.policy.hubs;
    let (year, first) = (f64::from(cx.now.year()), levers.first_year);
    let size = levers.wave_size.bound() as usize;
    if year < first {
        return 0;
    }
    let start = if levers.pilots > 0.0 { first + levers.pilot_years } else { first };
    if year < start {
        return if year == first { levers.pilots as usize } else { 0 };
    }
    if (year - start) % levers.wave_years == 0.0 { size } else { 0 }
}

/// Adds a mandate. Its holder has no partners for it yet.
fn new_mandate(
    cx: &Context,
    state: &mut State,
    key: Key,
    (remit, scope): (Remit, Scope),
    holder: OrganisationId,
) -> MandateId {
    let id = MandateId::from_index(state.mandates.len());
    let mut mandate = Mandate::new(key, remit, scope, holder, cx.now);
    if let Remit::Theme(theme) = remit {
        mandate.handed = money_handed_over(cx, state, theme);
    }
    mandate.term_end = cx.now.year() + cx.policy.hubs.term_years as u32;
    mandate.ready = cx.now.quarter() + cx.parameters.mandates.transition_quarters.whole();
    mandate.known[state.organisations[holder].region.index()] = cx.parameters.support.known_at_home;
    state.mandates.push(mandate);
    id
}

/// Yearly money that the foundation hands over with a theme, USD at year-0 prices: the theme's share of its movement
/// budget.
fn money_handed_over(cx: &Context, state: &State, theme: ThemeId) -> Money {
    let Theme { core, born, priority, .. } = state.themes[theme];
    let gives = match cx.policy.hubs.foundation {
        FoundationRole::KeepsEverything => false,
        FoundationRole::KeepsCore => !core,
        FoundationRole::Coordinates => true,
    };
    let total: f64 = state.themes.iter().filter(|theme| theme.born == 0).map(|theme| theme.priority).sum();
    if !gives || state.handed_over(theme) || state.foundation.is_none() || born > 0 || total <= 0.0 {
        return Money::ZERO;
    }
    state.foundation_budget * (priority / total)
}

/// At the end of a year, its sums become the ones that the next review sees.
pub fn close_year(_cx: &Context, state: &mut State, _record: &mut Record) {
    for m in &mut state.mandates {
        m.last = m.year.clone();
    }
}

#[cfg(test)]
mod tests;

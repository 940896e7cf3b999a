//! 3 mandates: hubs are created in waves, reviewed, renewed, split, re-scoped, moved, reallocated and ended.
//!
//! *Claim.* Candidates and holders are judged by a deciding body ([`deciding`]); what has been seen of
//! hubs makes its members' errors smaller where the programme began with pilots, which are looked at; old investment speaks for a holder unless the review is independent of
//! it; every change costs a transition with reduced service, and lost familiarity. A review ends in one of: continue,
//! split, re-scope, move, reallocate, end, and takes effect once the body has taken its time. What a review or a term
//! limit gives anew goes to another, or, in an open call, to anybody, the holder included. *Equations.* Error of one
//! who decides = noise / √(1 + hub-years/experience); record = 0.35 r(service) + 0.25 quality + 0.2 r(reuse) + 0.2 spread over regions, with
//! r(x) = x/(x + mean of all hubs); review score = the record as the body sees it + sunk cost +
//! lobbying; asked for is strictness × the mean record of all hubs.
//! *Source.* Agency survival for sunk cost: Kaufman 1976, Lewis 2002; learning curve in √n: averaging independent looks.

mod candidates;
mod founding;
mod review;
mod scope;

use crate::catalogue::Off;
use crate::ids::{BirthCause, Key, MAX_MANDATES, MAX_REGIONS, MandateId, OrganisationId, ThemeId};
use crate::mechanisms::Context;
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{deciding, production};
use crate::parameters;
use crate::policy::Appointment;
use crate::policy::levers::{FoundationRole, HubKind};
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::builders;
use crate::state::mandate::MandateYear;
use crate::state::{Conduct, Mandate, Remit, Scope, State, WorkQueue};
use crate::units::{Capacity, Money, Work};

use candidates::candidates;
#[cfg(test)]
pub(super) use candidates::standing;
use review::{end_term, review, review_due};
use scope::{seats, uncovered};

pub use review::{ReviewScore, carry_out_decisions, judge};

parameters! {
    /// Hubs: how candidates and holders are judged, and what a change costs.
    pub struct MandateParameters in "mandates",
        off Off::Never("mandates are the hub programme: its lever `kind = \"none\"` switches them off");
    /// Least expertise in a theme with which an organisation stands for its mandate.
    least_expertise: 0.15, 0.0..=1.0, 0.05..0.3, "share", "assumed";
    /// Noise of what one who decides sees of a candidate or a holder, before anything is learnt about hubs.
    noise: 0.12, 0.0..=2.0, 0.05..0.3, "score", "assumed";
    /// Weight of prestige, against quality, in merit as a funder sees it.
    prestige_weight: 0.3, 0.0..=1.0, 0.1..0.5, "share", "assumed";
    /// Hub-years after which the noise has fallen by a factor of √2, as of twice as many independent looks.
    experience: 12.0, 0.1..=1e4, 4.0..40.0, "hub-years", "assumed";
    /// What a year of having held a mandate is worth in a review that is not independent.
    sunk_cost: 0.04, 0.0..=1.0, 0.0..0.1, "score/year", "assumed; agencies die at 0.3-3 %/year (Kaufman 1976, Lewis 2002)";
    /// How much better, as a ratio of scores, another holder must look to take over; 0: whoever is chosen takes over.
    takeover_margin: 1.15, 0.0..=5.0, 1.0..1.5, "factor", "assumed";
    /// Share of the movement's need below which a theme no longer warrants a hub.
    least_need: 0.025, 0.0..=1.0, 0.01..0.05, "share", "assumed";
    /// Share of the movement's need above which a hub's scope is worth splitting.
    split_need: 0.15, 0.0..=1.0, 0.1..0.3, "share", "assumed";
    /// Service of a region, as a share of the scope's mean, below which a review calls it badly served.
    badly_served: 0.4, 0.0..=1.0, 0.2..0.6, "share", "assumed";
    /// How long starting, moving or handing over a mandate takes, beside the time to decide.
    transition_quarters: 3.0, 0.0..=40.0, 1.0..8.0, "quarters", "assumed; two to three years from idea to pilot for the first real hubs";
    /// Capacity of a hub in transition.
    transition_factor: 0.5, 0.0..=1.0, 0.2..0.9, "factor", "assumed";
    /// Familiarity lost when a mandate changes hands.
    familiarity_lost: 0.5, 0.0..=1.0, 0.2..0.8, "share", "assumed";
    /// What those who found an organisation for a mandate know of it, relative to the best near them.
    founders: 0.6, 0.0..=1.0, 0.3..0.9, "share", "assumed";
}

/// Share of a hub's staff that goes along when it changes hands.
const STAFF_THAT_MOVES: f64 = 0.5;

/// Reviews what is due, ends terms, creates what is next. Draws: noise of candidates and reviews, lots.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    if cx.policy.hubs.kind == HubKind::None {
        return;
    }
    // What hubs show is looked at where a programme begins with test cases; otherwise nothing is carried over.
    if cx.policy.hubs.pilots > 0.0 {
        state.hub_years += state.hub_count() as f64;
    }
    if f64::from(cx.now.year()) >= cx.policy.hubs.first_year + cx.policy.hubs.pilot_years {
        state.mandates.iter_mut().for_each(|m| m.pilot = false);
    }
    let due: Vec<MandateId> = state.hubs().collect();
    for m in due {
        if review_due(cx, state, m) {
            review(cx, state, record, m);
        }
        if state.mandates[m].alive() {
            end_term(cx, state, record, m);
        }
        if state.mandates[m].alive() {
            consortia::complete(cx, state, record, m);
        }
    }
    create(cx, state, record);
}

/// Ends a mandate. What it had put by goes to its holder, what the foundation had handed over goes back.
pub fn end(state: &mut State, m: MandateId) {
    let mandate = &mut state.mandates[m];
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
        production::abandon(state, holder, Some(m), &project);
    }
}

// --- creating ---

/// New mandates of this year's wave, where most is needed first: themes and regions without a hub, and what a
/// re-scoping or an end has left without one.
fn create(cx: &Context, state: &mut State, record: &mut Record) {
    let open = wave(cx).min(hubs_allowed(cx).saturating_sub(state.hub_count()));
    let pilot = cx.policy.hubs.pilots > 0.0
        && f64::from(cx.now.year()) < cx.policy.hubs.first_year + cx.policy.hubs.pilot_years;
    let mut created = 0;
    for remit in seats(cx, state) {
        if created == open || state.mandates.len() >= MAX_MANDATES {
            break;
        }
        let (place, scope) = (state.remit_key(remit), uncovered(state, remit));
        let stream = cx.random.decision(Decision::CandidateNoise, cx.now.year()).entity(place);
        let field = candidates(cx, state, remit, stream, |_| true);
        let lots = cx.random.decision(Decision::MandateLottery, cx.now.year()).entity(place);
        let appointment = Appointment { candidates: &field.applicants, stream: lots };
        let award = appointment.appoint(&cx.policy.hubs);
        let chosen = award.map(|award| (field.ids[award.applicant], award.score));
        if let Some((holder, _)) = chosen.or_else(|| founding::founded(cx, state, record, remit, &scope)) {
            let key = Key::from_birth(place.stem(), cx.now.quarter(), BirthCause::Wave, 0);
            let m = found(cx, state, key, remit, scope, holder);
            match &award {
                Some(award) => {
                    let (levers, appointment, organisations) = (&cx.policy.hubs, &appointment, &field.ids[..]);
                    let appointed = builders::Appointed { levers, appointment, organisations, award };
                    builders::created(cx.now, state, record, m, appointed);
                }
                None => builders::founded(cx.now, state, record, m),
            }
            consortia::complete(cx, state, record, m);
            state.mandates[m].pilot = pilot;
            state.mandates[m].ready += deciding::delay(cx, cx.policy.governance.body);
            deciding::charge_decision_work(cx, state, remit);
            created += 1;
        }
    }
}

/// How many mandates there may be this year.
fn hubs_allowed(cx: &Context) -> usize {
    // The cast saturates: an infinite bound is the greatest count.
    cx.policy.hubs.hubs_at_most.bound(cx.now.year()) as usize
}

/// How many mandates this year's wave may create.
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

/// A mandate for a holder that has no partners yet.
fn found(cx: &Context, state: &mut State, key: Key, remit: Remit, scope: Scope, holder: OrganisationId) -> MandateId {
    let p = &cx.parameters.mandates;
    let id = MandateId::from_index(state.mandates.len());
    let handed = match remit {
        Remit::Theme(theme) => hand_over(cx, state, theme),
        Remit::Region(_) => Money::ZERO,
    };
    state.mandates.push(Mandate {
        key,
        remit,
        scope,
        holder,
        partners: Vec::new(),
        seconded: Vec::new(),
        pilot: false,
        ended: false,
        created: cx.now.quarter(),
        since: cx.now.quarter(),
        term_end: cx.now.year() + cx.policy.hubs.term_years as u32,
        terms: 1,
        reviewed: cx.now.year(),
        ready: cx.now.quarter() + p.transition_quarters as u32,
        catalogue: 0.0,
        known: [0.0; MAX_REGIONS],
        handed,
        money: Money::ZERO,
        reserves: Money::ZERO,
        staff: Capacity::ZERO,
        envelope: Money::ZERO,
        regranted: Money::ZERO,
        deciding: Work::ZERO,
        promised_until: 0,
        interrupted: false,
        secured: 0.0,
        leavers: Capacity::ZERO,
        conduct: Conduct::checked_in(cx.now.quarter()),
        pending: None,
        queue: WorkQueue::default(),
        support_left: Work::ZERO,
        outreach: Work::ZERO,
        asked_now: [0.0; MAX_REGIONS],
        service_now: [0.0; MAX_REGIONS],
        year: MandateYear::default(),
        last: MandateYear::default(),
    });
    // People at home know their own organisation.
    let home = state.organisations[holder].region.index();
    state.mandates[id].known[home] = 0.1;
    id
}

/// What the foundation gives up for a theme, USD a year at year-0 prices: its part of the movement budget.
fn hand_over(cx: &Context, state: &State, theme: ThemeId) -> Money {
    let t = &state.themes[theme];
    let gives = match cx.policy.hubs.foundation {
        FoundationRole::KeepsEverything => false,
        FoundationRole::KeepsCore => !t.core,
        FoundationRole::Coordinates => true,
    };
    let already = state.mandates.iter().any(|m| m.alive() && m.theme() == Some(theme) && m.handed.0 > 0.0);
    let total: f64 = state.themes.iter().filter(|theme| theme.born == 0).map(|theme| theme.priority).sum();
    if !gives || already || state.foundation.is_none() || t.born > 0 || total <= 0.0 {
        return Money::ZERO;
    }
    state.foundation_budget * (t.priority / total)
}

/// At the end of a year, what mandates did becomes what the next review sees.
pub fn close_year(_cx: &Context, state: &mut State, _record: &mut Record) {
    for m in &mut state.mandates {
        m.last = m.year.clone();
    }
}

#[cfg(test)]
mod tests;

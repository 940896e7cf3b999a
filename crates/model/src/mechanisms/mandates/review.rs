//! Reviews and the ends of terms: how a holder is judged, and what comes of it.

use super::candidates::{Call, chosen};
use super::scope::{evenness, met, met_in, re_scope, split};
use super::{STAFF_THAT_MOVES, end};
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{Context, conduct, deciding, power, production};
use crate::policy::levers::Outcome;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{Conduct, Mandate, Party, PendingDecision, State};
use crate::units::Money;

pub(super) fn review_due(cx: &Context, state: &State, m: MandateId) -> bool {
    let mandate = &state.mandates[m];
    let every = cx.policy.hubs.review_years.bound();
    f64::from(cx.now.year() - mandate.reviewed) >= every
        && cx.now.quarter() >= mandate.ready
        && mandate.pending.is_none()
}

/// What a deciding body makes of a holder's record.
#[derive(Clone, Copy, Debug)]
pub struct ReviewScore {
    /// The record as it is.
    pub record: f64,
    /// As the body sees it, sunk cost included.
    pub seen: f64,
    /// What lobbying adds.
    pub lobbied: f64,
    /// How well those who judge know the hub, 0–1.
    pub familiarity: f64,
    /// What is asked for: strictness × the mean record of all hubs.
    pub bar: f64,
    /// What the record is made of, and what is added: service, quality, reuse, evenness, what having held the mandate is
    /// worth.
    pub parts: [f64; 5],
}

impl ReviewScore {
    /// Whether the holder goes on. Where nobody who judges knows anything (`familiarity` 0), and prestige tells them
    /// nothing either (`deciding.reputation` 0), this is a coin with a fixed probability: that of noise above bar − mean.
    pub fn renewed(&self) -> bool {
        self.seen + self.lobbied >= self.bar
    }
}

/// How the deciding body judges a hub this year. Draws: review noise.
pub fn judge(cx: &Context, state: &State, m: MandateId) -> ReviewScore {
    let hubs: Vec<MandateId> = state.hubs().collect();
    let usual = |value: &dyn Fn(&Mandate) -> f64| {
        hubs.iter().map(|h| value(&state.mandates[*h])).sum::<f64>() / hubs.len().max(1) as f64
    };
    let (usual_service, usual_reuse) = (usual(&met), usual(&|h| f64::from(h.last.reused)));
    let parts = |mandate: &Mandate| {
        [
            relative(met(mandate), usual_service),
            state.quality_for(mandate.holder, mandate.remit),
            relative(f64::from(mandate.last.reused), usual_reuse),
            evenness(mandate),
        ]
    };
    let record = |mandate: &Mandate| {
        let [service, quality, reuse, evenness] = parts(mandate);
        0.35 * service + 0.25 * quality + 0.2 * reuse + 0.2 * evenness
    };
    let (mandate, mean) = (&state.mandates[m], usual(&record));
    let lived = |r| met_in(mandate, r).map(|met| relative(met, usual_service));
    let assessment = deciding::assess_record(cx, state, m, record(mandate), mean, lived);
    let held = cx.now.years_since(mandate.since);
    let sunk = cx.parameters.mandates.sunk_cost * held * (1.0 - cx.policy.hubs.independence);
    let [service, quality, reuse, evenness] = parts(mandate);
    ReviewScore {
        record: record(mandate),
        seen: assessment.seen + sunk,
        lobbied: power::lobbied(cx, state, mandate.holder, assessment.openness),
        familiarity: assessment.familiarity,
        bar: cx.policy.hubs.strictness * mean,
        parts: [service, quality, reuse, evenness, sunk],
    }
}

/// Something against what is usual: ½ at it.
fn relative(mine: f64, usual: f64) -> f64 {
    if mine + usual > 0.0 { mine / (mine + usual) } else { 0.5 }
}

/// Reviews a hub: its record is judged now, and what comes of it takes effect once the body has taken its time.
pub(super) fn review(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) {
    let review_score = judge(cx, state, m);
    let ReviewScore { seen, lobbied, bar, .. } = review_score;
    let Mandate { remit, holder, .. } = state.mandates[m];
    state.mandates[m].reviewed = cx.now.year();
    record.movement.reviews += 1;
    if seen < bar && review_score.renewed() {
        record.movement.reviews_turned += 1;
        record.note(cx.now, Event::Lobbied { mandate: m, holder, score: seen, won: lobbied, bar });
    }
    let [service, quality, reuse, spread, sunk] = review_score.parts;
    let reviewed =
        Event::Reviewed { mandate: m, holder, score: seen + lobbied, bar, service, quality, reuse, spread, sunk };
    record.note(cx.now, reviewed);
    power::bill(cx, state, m);
    deciding::charge_decision_work(cx, state, remit);
    conduct::review(cx, state, record, m, review_score.familiarity);
    let pending = |due| PendingDecision { due, score: seen + lobbied, bar };
    match deciding::delay(cx, cx.policy.governance.body) {
        0 => carry_out(cx, state, record, m, pending(cx.now.quarter())),
        // The end of a quarter is the beginning of the next.
        delay => state.mandates[m].pending = Some(pending(cx.now.quarter() + delay - 1)),
    }
}

/// Decisions whose time has come take effect: a hub whose misconduct is to be stopped gets another holder or ends, and
/// what reviews found is carried out. Draws: as mandates.
pub fn carry_out_decisions(cx: &Context, state: &mut State, record: &mut Record) {
    let hubs: Vec<MandateId> = state.hubs().collect();
    for m in hubs {
        if state.mandates[m].alive() && conduct::is_due(cx, state, Party::Mandate(m)) {
            conduct::stop_mandate(cx, state, record, m);
            let remit = state.mandates[m].remit;
            deciding::charge_decision_work(cx, state, remit);
            replace_holder(cx, state, record, m);
        } else {
            take_effect(cx, state, record, m);
        }
    }
}

/// Carries out what a review found, once it is due.
fn take_effect(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) {
    let quarter = cx.now.quarter();
    let mandate = &mut state.mandates[m];
    if mandate.alive()
        && let Some(pending) = mandate.pending.take_if(|pending| pending.due <= quarter)
    {
        carry_out(cx, state, record, m, pending);
    }
}

fn carry_out(cx: &Context, state: &mut State, record: &mut Record, m: MandateId, pending: PendingDecision) {
    let p = &cx.parameters.mandates;
    let PendingDecision { score, bar, .. } = pending;
    let from = state.mandates[m].holder;
    let scope = state.mandates[m].scope;
    let may = |outcome| cx.policy.hubs.outcomes.contains(&outcome);
    let faded = state.mandates[m].theme().is_some_and(|t| state.movement_need(t) < p.least_need);
    let changed = if faded && may(Outcome::End) {
        end(state, m);
        Some(Outcome::End)
    } else if score >= bar {
        (state.need_in(&scope) > p.split_need && may(Outcome::Split) && split(cx, state, record, m))
            .then_some(Outcome::Split)
    } else if may(Outcome::ReScope) && re_scope(cx, state, record, m, p.badly_served) {
        Some(Outcome::ReScope)
    } else {
        match pass_on(cx, state, m, Call::anew(cx.policy), p.takeover_margin) {
            Passed::On(outcome) => Some(outcome),
            Passed::Nowhere if score < 0.5 * bar && may(Outcome::End) => {
                end(state, m);
                Some(Outcome::End)
            }
            Passed::Stays | Passed::Nowhere => None,
        }
    };
    record.movement.count_outcome(changed);
    let holder = state.mandates[m].holder;
    let event = match changed {
        Some(outcome) => {
            let holder = (holder != from).then_some(holder);
            let (score, bar) = (Some(score), Some(bar));
            Event::Changed { mandate: m, outcome, why: "the review", from, holder, score, bar }
        }
        None => Event::Confirmed { mandate: m, holder, score, bar },
    };
    record.note(cx.now, event);
    if holder != from {
        consortia::renew(cx, state, record, m);
    }
}

/// Takes a mandate from its holder: to the best other that a review may give it to, or it ends.
pub fn replace_holder(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) {
    let may = |outcome| cx.policy.hubs.outcomes.contains(&outcome);
    let from = state.mandates[m].holder;
    let passed_on = if may(Outcome::Reallocate) || may(Outcome::Move) {
        pass_on(cx, state, m, Call::Others, 0.0).outcome()
    } else {
        None
    };
    let (outcome, why) = (passed_on.unwrap_or(Outcome::End), "the stop");
    if passed_on.is_none() {
        end(state, m);
    }
    let holder = passed_on.map(|_| state.mandates[m].holder);
    let event = Event::Changed { mandate: m, outcome, why, from, holder, score: None, bar: None };
    record.note(cx.now, event);
    if passed_on.is_some() {
        consortia::renew(cx, state, record, m);
    }
}

/// What came of looking for a better holder.
enum Passed {
    /// There is one, and has it now.
    On(Outcome),
    /// The holder stood itself and was chosen.
    Stays,
    /// Nobody is better.
    Nowhere,
}

impl Passed {
    fn outcome(self) -> Option<Outcome> {
        if let Passed::On(outcome) = self { Some(outcome) } else { None }
    }
}

/// To a better holder, if there is one: in another region (a move) or in the same (a reallocation).
fn pass_on(cx: &Context, state: &mut State, m: MandateId, call: Call, margin: f64) -> Passed {
    let from = state.mandates[m].holder;
    let home = state.organisations[from].region;
    let may = |outcome| cx.policy.hubs.outcomes.contains(&outcome);
    let region = |o: OrganisationId| state.organisations[o].region;
    let admitted = |o: OrganisationId| if region(o) == home { may(Outcome::Reallocate) } else { may(Outcome::Move) };
    let Some((to, score, own)) = chosen(cx, state, m, call, admitted) else { return Passed::Nowhere };
    if to == from {
        return Passed::Stays;
    }
    if margin > 0.0 && score <= own * margin {
        return Passed::Nowhere;
    }
    let outcome = if region(to) == home { Outcome::Reallocate } else { Outcome::Move };
    change_hands(cx, state, m, to);
    Passed::On(outcome)
}

/// The mandate goes to another holder: reduced service for a while, and half forgotten. Its partners are still those of
/// the old one: once it is told, [`consortia::renew`] sees to them.
pub(super) fn change_hands(cx: &Context, state: &mut State, m: MandateId, to: OrganisationId) {
    let p = &cx.parameters.mandates;
    let (kept, transition) = (1.0 - p.familiarity_lost, p.transition_quarters as u32);
    let mandate = &mut state.mandates[m];
    let from = mandate.holder;
    mandate.known.iter_mut().for_each(|known| *known *= kept);
    mandate.staff = mandate.staff * STAFF_THAT_MOVES;
    mandate.holder = to;
    // What was put by stays with who put it by.
    let reserves = std::mem::replace(&mut mandate.reserves, Money::ZERO);
    mandate.since = cx.now.quarter();
    // A review looks at the holder's own years.
    mandate.reviewed = cx.now.year();
    mandate.terms = 1;
    mandate.term_end = cx.now.year() + cx.policy.hubs.term_years as u32;
    mandate.ready = cx.now.quarter() + transition;
    mandate.conduct = Conduct::checked_in(cx.now.quarter());
    mandate.pending = None;
    let projects = std::mem::take(&mut mandate.queue.projects);
    state.organisations[from].reserves += reserves;
    for project in projects {
        production::abandon(state, from, Some(m), &project);
    }
}

/// A term ends: it is renewed, or, with a term limit reached, given anew to whoever fits best, wherever they are, the
/// holder only where it may stand; the outcomes that a review may have do not bind it. That the term would end has been
/// known, so that nobody waits for who decides.
pub(super) fn end_term(cx: &Context, state: &mut State, record: &mut Record, m: MandateId) {
    if cx.now.year() < state.mandates[m].term_end {
        return;
    }
    if f64::from(state.mandates[m].terms) >= cx.policy.hubs.term_limit.bound() {
        let Mandate { remit, holder: from, .. } = state.mandates[m];
        let home = state.organisations[from].region;
        let next = chosen(cx, state, m, Call::anew(cx.policy), |_| true);
        deciding::charge_decision_work(cx, state, remit);
        if next.is_some_and(|(to, _, _)| to == from) {
            begin_term(cx, state, record, m, 1);
            return;
        }
        let outcome = match next {
            Some((to, _, _)) => {
                let stays = state.organisations[to].region == home;
                change_hands(cx, state, m, to);
                if stays { Outcome::Reallocate } else { Outcome::Move }
            }
            None => {
                end(state, m);
                Outcome::End
            }
        };
        let holder = next.map(|(to, _, _)| to);
        let event = Event::Changed { mandate: m, outcome, why: "the term limit", from, holder, score: None, bar: None };
        record.note(cx.now, event);
        if next.is_some() {
            consortia::renew(cx, state, record, m);
        }
        return;
    }
    begin_term(cx, state, record, m, state.mandates[m].terms + 1);
}

/// The holder's next term begins, of so many in a row.
fn begin_term(cx: &Context, state: &mut State, record: &mut Record, m: MandateId, terms: u32) {
    let mandate = &mut state.mandates[m];
    mandate.terms = terms;
    mandate.term_end = cx.now.year() + cx.policy.hubs.term_years as u32;
    let event = Event::Renewed { mandate: m, holder: mandate.holder, terms };
    record.note(cx.now, event);
}

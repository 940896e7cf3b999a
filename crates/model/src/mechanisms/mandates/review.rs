//! Reviews and the ends of terms: how a holder is judged, and the result.

use super::candidates::{Competition, chosen};
use super::scope::{evenness, met_share, met_share_in, re_scope, split};
use super::{MandateParameters, STAFF_THAT_MOVES, end_mandate};
use crate::ids::{MandateId, OrganisationId};
use crate::mechanisms::partnerships::consortia;
use crate::mechanisms::{Context, conduct, deciding, power, production};
use crate::policy::levers::Outcome;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::{Conduct, Mandate, Party, PendingDecision, State};
use crate::units::Money;

/// Share of the bar below which a hub without a better holder ends; assumed: below half it does more harm than good.
const END_BELOW: f64 = 0.5;

/// Whether a review of a hub is due: never in a transition, nor while a decision about it is pending.
pub(super) fn review_due(cx: &Context, state: &State, hub: MandateId) -> bool {
    let mandate = &state.mandates[hub];
    let every = cx.policy.hubs.review_years.bound();
    f64::from(cx.now.year() - mandate.reviewed) >= every
        && cx.now.quarter() >= mandate.ready
        && mandate.pending.is_none()
}

/// A deciding body's assessment of a holder's record.
#[derive(Clone, Copy, Debug)]
pub struct ReviewScore {
    /// The record as it is.
    pub record: f64,
    /// The record as the body sees it, plus the score for sunk cost.
    pub seen: f64,
    /// Score that lobbying adds.
    pub lobbied: f64,
    /// Familiarity of the judging members with the hub, 0–1.
    pub familiarity: f64,
    /// Required score: strictness × the mean record of all hubs.
    pub bar: f64,
    /// The criteria of the record.
    pub criteria: Criteria,
    /// Score for sunk cost: for having held the mandate.
    pub sunk_cost: f64,
}

/// The criteria of a hub's record, each 0–1.
#[derive(Clone, Copy, Debug)]
pub struct Criteria {
    /// Share of requests met, relative to the mean of all hubs: ½ at it.
    pub service: f64,
    /// Quality of the holder's work for the remit.
    pub quality: f64,
    /// Adaptations by others of the hub's materials, relative to the mean of all hubs: ½ at it.
    pub reuse: f64,
    /// Met share of the worst part of the scope, relative to the mean of the scope.
    pub evenness: f64,
}

impl Criteria {
    /// The record: the weighted sum.
    fn record(&self, parameters: &MandateParameters) -> f64 {
        parameters.service_weight * self.service
            + parameters.quality_weight * self.quality
            + parameters.reuse_weight * self.reuse
            + parameters.evenness_weight * self.evenness
    }
}

impl ReviewScore {
    /// Whether the holder goes on. If no judging member knows anything about the hub (`familiarity` 0) and prestige
    /// does not inform them either (`deciding.reputation` 0), this is a coin with a fixed probability: that of noise
    /// above bar − mean.
    pub fn renewed(&self) -> bool {
        self.seen + self.lobbied >= self.bar
    }
}

/// Judges a hub as the deciding body does this year. Draws: review noise.
pub fn judge(cx: &Context, state: &State, hub: MandateId) -> ReviewScore {
    let parameters = &cx.parameters.mandates;
    let hubs: Vec<MandateId> = state.hubs().collect();
    let usual = |value: &dyn Fn(&Mandate) -> f64| {
        hubs.iter().map(|h| value(&state.mandates[*h])).sum::<f64>() / hubs.len().max(1) as f64
    };
    let (usual_service, usual_reuse) = (usual(&met_share), usual(&|m| f64::from(m.last.reused)));
    let criteria = |mandate: &Mandate| Criteria {
        service: relative(met_share(mandate), usual_service),
        quality: state.quality_for(mandate.holder, mandate.remit),
        reuse: relative(f64::from(mandate.last.reused), usual_reuse),
        evenness: evenness(mandate),
    };
    let mean = usual(&|mandate| criteria(mandate).record(parameters));
    let mandate = &state.mandates[hub];
    let criteria = criteria(mandate);
    let record = criteria.record(parameters);
    // Members judge the service of their own region by what people there experience.
    let experienced = |region| met_share_in(mandate, region).map(|met| relative(met, usual_service));
    let assessment = deciding::assess_record(cx, state, hub, record, mean, experienced);
    let sunk_cost = parameters.sunk_cost * cx.now.years_since(mandate.since) * (1.0 - cx.policy.hubs.independence);
    ReviewScore {
        record,
        seen: assessment.seen + sunk_cost,
        lobbied: power::lobbied(cx, state, mandate.holder, assessment.openness),
        familiarity: assessment.familiarity,
        bar: cx.policy.hubs.strictness * mean,
        criteria,
        sunk_cost,
    }
}

/// A value against the usual value: ½ at it.
fn relative(value: f64, usual: f64) -> f64 {
    if value + usual > 0.0 { value / (value + usual) } else { 0.5 }
}

/// Reviews a hub. Its record is judged now; the result takes effect after the decision time of the body. Draws: review
/// noise.
pub(super) fn review(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let review_score = judge(cx, state, hub);
    let ReviewScore { seen, lobbied, bar, .. } = review_score;
    let Mandate { remit, holder, .. } = state.mandates[hub];
    state.mandates[hub].reviewed = cx.now.year();
    record.movement.reviews += 1;
    if seen < bar && review_score.renewed() {
        record.movement.reviews_turned += 1;
        record.note(cx.now, Event::Lobbied { mandate: hub, holder, score: seen, won: lobbied, bar });
    }
    let Criteria { service, quality, reuse, evenness: spread } = review_score.criteria;
    let sunk = review_score.sunk_cost;
    let reviewed =
        Event::Reviewed { mandate: hub, holder, score: seen + lobbied, bar, service, quality, reuse, spread, sunk };
    record.note(cx.now, reviewed);
    power::charge_lobbying_work(cx, state, hub);
    deciding::charge_decision_work(cx, state, remit);
    conduct::review(cx, state, record, hub, review_score.familiarity);
    let pending = |due| PendingDecision { due, score: seen + lobbied, bar };
    match deciding::delay(cx, cx.policy.governance.body) {
        0 => carry_out(cx, state, record, hub, pending(cx.now.quarter())),
        // A decision takes effect at the end of the quarter before the one in which it is due.
        delay => state.mandates[hub].pending = Some(pending(cx.now.quarter() + delay - 1)),
    }
}

/// Pending decisions that are due take effect: a hub whose misconduct is to be stopped gets another holder or ends, and
/// results of reviews are carried out. Draws: as mandates.
pub fn carry_out_decisions(cx: &Context, state: &mut State, record: &mut Record) {
    let hubs: Vec<MandateId> = state.hubs().collect();
    for hub in hubs {
        if state.mandates[hub].alive() && conduct::is_due(cx, state, Party::Mandate(hub)) {
            conduct::stop_mandate(cx, state, record, hub);
            let remit = state.mandates[hub].remit;
            deciding::charge_decision_work(cx, state, remit);
            replace_holder(cx, state, record, hub);
        } else {
            take_effect(cx, state, record, hub);
        }
    }
}

/// Carries out the result of a review, once it is due.
fn take_effect(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let quarter = cx.now.quarter();
    let mandate = &mut state.mandates[hub];
    if mandate.alive()
        && let Some(pending) = mandate.pending.take_if(|pending| pending.due <= quarter)
    {
        carry_out(cx, state, record, hub, pending);
    }
}

/// Carries out the result of a review, and records it.
fn carry_out(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId, pending: PendingDecision) {
    let PendingDecision { score, bar, .. } = pending;
    let from = state.mandates[hub].holder;
    let changed = apply_result(cx, state, record, hub, pending);
    record.movement.count_outcome(changed);
    let holder = state.mandates[hub].holder;
    let event = match changed {
        Some(outcome) => {
            let holder = (holder != from).then_some(holder);
            let (score, bar) = (Some(score), Some(bar));
            Event::Changed { mandate: hub, outcome, why: "the review", from, holder, score, bar }
        }
        None => Event::Confirmed { mandate: hub, holder, score, bar },
    };
    record.note(cx.now, event);
    if holder != from {
        consortia::renew(cx, state, record, hub);
    }
}

/// Applies the result of a review: the first outcome that the policy allows and that fits. `None`: the mandate continues.
fn apply_result(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    hub: MandateId,
    pending: PendingDecision,
) -> Option<Outcome> {
    let (parameters, scope) = (&cx.parameters.mandates, state.mandates[hub].scope);
    let PendingDecision { score, bar, .. } = pending;
    let allowed = |outcome| cx.policy.hubs.outcomes.contains(&outcome);
    let faded = state.mandates[hub].theme().is_some_and(|t| state.movement_need(t) < parameters.least_need);
    if faded && allowed(Outcome::End) {
        end_mandate(state, hub);
        Some(Outcome::End)
    } else if score >= bar {
        let large = state.need_in(&scope) > parameters.split_need;
        (large && allowed(Outcome::Split) && split(cx, state, record, hub)).then_some(Outcome::Split)
    } else if allowed(Outcome::ReScope) && re_scope(cx, state, record, hub, parameters.badly_served) {
        Some(Outcome::ReScope)
    } else {
        match hand_over(cx, state, hub, Competition::from_policy(cx.policy), parameters.takeover_margin) {
            Handover::Done(outcome) => Some(outcome),
            Handover::NobodyBetter if score < END_BELOW * bar && allowed(Outcome::End) => {
                end_mandate(state, hub);
                Some(Outcome::End)
            }
            Handover::HolderChosen | Handover::NobodyBetter => None,
        }
    }
}

/// Takes a mandate from its holder and gives it to the best other organisation that a review may give it to; else the
/// mandate ends.
pub fn replace_holder(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let may = |outcome| cx.policy.hubs.outcomes.contains(&outcome);
    let from = state.mandates[hub].holder;
    let handed_over = if may(Outcome::Reallocate) || may(Outcome::Move) {
        hand_over(cx, state, hub, Competition::WithoutHolder, 0.0).outcome()
    } else {
        None
    };
    let (outcome, why) = (handed_over.unwrap_or(Outcome::End), "the stop");
    if handed_over.is_none() {
        end_mandate(state, hub);
    }
    let holder = handed_over.map(|_| state.mandates[hub].holder);
    let event = Event::Changed { mandate: hub, outcome, why, from, holder, score: None, bar: None };
    record.note(cx.now, event);
    if handed_over.is_some() {
        consortia::renew(cx, state, record, hub);
    }
}

/// Result of the search for a better holder.
enum Handover {
    /// Another organisation has the mandate now.
    Done(Outcome),
    /// The holder stood itself and was chosen.
    HolderChosen,
    /// No candidate is better.
    NobodyBetter,
}

impl Handover {
    fn outcome(self) -> Option<Outcome> {
        if let Handover::Done(outcome) = self { Some(outcome) } else { None }
    }
}

/// Gives a mandate to a better holder, if there is one: in another region (a move) or in the same (a reallocation).
fn hand_over(cx: &Context, state: &mut State, hub: MandateId, competition: Competition, margin: f64) -> Handover {
    let from = state.mandates[hub].holder;
    let home = state.organisations[from].region;
    let may = |outcome| cx.policy.hubs.outcomes.contains(&outcome);
    let region = |o: OrganisationId| state.organisations[o].region;
    let admitted = |o: OrganisationId| if region(o) == home { may(Outcome::Reallocate) } else { may(Outcome::Move) };
    let Some((to, score, own)) = chosen(cx, state, hub, competition, admitted) else { return Handover::NobodyBetter };
    if to == from {
        return Handover::HolderChosen;
    }
    if margin > 0.0 && score <= own * margin {
        return Handover::NobodyBetter;
    }
    let outcome = if region(to) == home { Outcome::Reallocate } else { Outcome::Move };
    change_holder(cx, state, hub, to);
    Handover::Done(outcome)
}

/// Changes the holder of a mandate: reduced service for a while, and a part of the familiarity is lost. The partners
/// are still those of the old holder; [`consortia::renew`] replaces them after the event is recorded.
pub(super) fn change_holder(cx: &Context, state: &mut State, hub: MandateId, to: OrganisationId) {
    let parameters = &cx.parameters.mandates;
    let (kept, transition) = (1.0 - parameters.familiarity_lost, parameters.transition_quarters.whole());
    let mandate = &mut state.mandates[hub];
    let from = mandate.holder;
    mandate.known.iter_mut().for_each(|known| *known *= kept);
    mandate.staff = mandate.staff * STAFF_THAT_MOVES;
    mandate.holder = to;
    // Reserves stay with the holder that saved them.
    let reserves = std::mem::replace(&mut mandate.reserves, Money::ZERO);
    mandate.since = cx.now.quarter();
    // The next review judges the new holder's own years.
    mandate.reviewed = cx.now.year();
    mandate.terms = 1;
    mandate.term_end = cx.now.year() + cx.policy.hubs.term_years as u32;
    mandate.ready = cx.now.quarter() + transition;
    mandate.conduct = Conduct::checked_in(cx.now.quarter());
    mandate.pending = None;
    let projects = std::mem::take(&mut mandate.queue.projects);
    state.organisations[from].reserves += reserves;
    for project in projects {
        production::abandon(state, from, Some(hub), &project);
    }
}

/// Ends a term that is over. It is renewed or, at the term limit, given anew to the organisation that fits best
/// anywhere; the holder only where it may stand. The outcomes that the policy allows reviews do not restrict it. The
/// end of a term is known in advance, so there is no decision time.
pub(super) fn end_term(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    if cx.now.year() < state.mandates[hub].term_end {
        return;
    }
    if f64::from(state.mandates[hub].terms) >= cx.policy.hubs.term_limit.bound() {
        give_anew(cx, state, record, hub);
    } else {
        begin_term(cx, state, record, hub, state.mandates[hub].terms + 1);
    }
}

/// Gives a mandate anew at the term limit; it ends if nobody stands.
fn give_anew(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId) {
    let Mandate { remit, holder: from, .. } = state.mandates[hub];
    let home = state.organisations[from].region;
    let next = chosen(cx, state, hub, Competition::from_policy(cx.policy), |_| true);
    deciding::charge_decision_work(cx, state, remit);
    if next.is_some_and(|(to, _, _)| to == from) {
        begin_term(cx, state, record, hub, 1);
        return;
    }
    let outcome = match next {
        Some((to, _, _)) => {
            let stays = state.organisations[to].region == home;
            change_holder(cx, state, hub, to);
            if stays { Outcome::Reallocate } else { Outcome::Move }
        }
        None => {
            end_mandate(state, hub);
            Outcome::End
        }
    };
    let holder = next.map(|(to, _, _)| to);
    let event = Event::Changed { mandate: hub, outcome, why: "the term limit", from, holder, score: None, bar: None };
    record.note(cx.now, event);
    if next.is_some() {
        consortia::renew(cx, state, record, hub);
    }
}

/// Begins the holder's next term. `terms` counts its consecutive terms, this one included.
fn begin_term(cx: &Context, state: &mut State, record: &mut Record, hub: MandateId, terms: u32) {
    let mandate = &mut state.mandates[hub];
    mandate.terms = terms;
    mandate.term_end = cx.now.year() + cx.policy.hubs.term_years as u32;
    let event = Event::Renewed { mandate: hub, holder: mandate.holder, terms };
    record.note(cx.now, event);
}

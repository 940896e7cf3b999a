//! Reviews and the ends of terms: how a holder is judged, and what comes of it.

use super::*;

pub(super) fn review_due(world: &World, policy: &Policy, m: MandateId) -> bool {
    let mandate = &world.mandates[m.index()];
    let every = policy.hubs.review_years;
    every > 0.0
        && f64::from(world.year - mandate.reviewed) >= every
        && world.quarter >= mandate.ready
        && mandate.verdict.is_none()
}

/// What a deciding body makes of a holder's record.
#[derive(Clone, Copy, Debug)]
pub struct Judgement {
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

impl Judgement {
    /// Whether the holder goes on. Where nobody who judges knows anything (`familiarity` 0), and prestige tells them
    /// nothing either (`deciding.reputation` 0), this is a coin with a fixed probability: that of noise above bar − mean.
    pub fn renewed(&self) -> bool {
        self.seen + self.lobbied >= self.bar
    }
}

/// How the deciding body judges a hub this year. Draws: review noise.
pub fn judge(world: &World, policy: &Policy, m: MandateId) -> Judgement {
    let hubs: Vec<MandateId> = world.hubs().collect();
    let usual = |value: &dyn Fn(&Mandate) -> f64| {
        hubs.iter().map(|h| value(&world.mandates[h.index()])).sum::<f64>() / hubs.len().max(1) as f64
    };
    let (usual_service, usual_reuse) = (usual(&met), usual(&|h| h.last.reused));
    let parts = |mandate: &Mandate| {
        [
            relative(met(mandate), usual_service),
            world.quality_for(mandate.holder, mandate.charge),
            relative(mandate.last.reused, usual_reuse),
            evenness(mandate),
        ]
    };
    let record = |mandate: &Mandate| {
        let [service, quality, reuse, evenness] = parts(mandate);
        0.35 * service + 0.25 * quality + 0.2 * reuse + 0.2 * evenness
    };
    let (mandate, mean) = (&world.mandates[m.index()], usual(&record));
    let lived = |r| met_in(mandate, r).map(|met| relative(met, usual_service));
    let hearing = deciding::of_record(world, policy, m, record(mandate), mean, lived);
    let held = f64::from(world.quarter - mandate.since) / 4.0;
    let sunk = world.parameters.mandates.sunk_cost * held * (1.0 - policy.hubs.independence);
    let [service, quality, reuse, evenness] = parts(mandate);
    Judgement {
        record: record(mandate),
        seen: hearing.seen + sunk,
        lobbied: power::lobbied(world, policy, mandate.holder, &hearing),
        familiarity: hearing.familiarity,
        bar: policy.hubs.strictness * mean,
        parts: [service, quality, reuse, evenness, sunk],
    }
}

/// Something against what is usual: ½ at it.
fn relative(mine: f64, usual: f64) -> f64 {
    if mine + usual > 0.0 { mine / (mine + usual) } else { 0.5 }
}

/// Service over the requests of the scope, last year.
pub(super) fn met(mandate: &Mandate) -> f64 {
    let requests: f64 = mandate.last.requests.iter().sum();
    if requests > 0.0 { mandate.last.service.iter().sum::<f64>() / requests } else { 0.0 }
}

/// Met share of a region of the scope last year, if anybody asked.
pub(super) fn met_in(mandate: &Mandate, r: RegionId) -> Option<f64> {
    let requests = mandate.last.requests[r.index()];
    (requests > 0.0).then(|| mandate.last.service[r.index()] / requests)
}

/// Reviews a hub: its record is judged now, and what comes of it takes effect once the body has taken its time.
pub(super) fn review(world: &mut World, policy: &Policy, m: MandateId) {
    let judgement = judge(world, policy, m);
    let Judgement { seen, lobbied, bar, .. } = judgement;
    let Mandate { charge, holder, .. } = world.mandates[m.index()];
    world.mandates[m.index()].reviewed = world.year;
    world.tally.trust.reviews += 1;
    if seen < bar && judgement.renewed() {
        world.tally.trust.turned += 1;
        world.ledger.note(world.quarter, Event::Lobbied { mandate: m, holder, score: seen, won: lobbied, bar });
    }
    let [service, quality, reuse, spread, sunk] = judgement.parts;
    let reviewed =
        Event::Reviewed { mandate: m, holder, score: seen + lobbied, bar, service, quality, reuse, spread, sunk };
    world.ledger.note(world.quarter, reviewed);
    power::bill(world, policy, m);
    deciding::bill(world, policy, charge);
    conduct::review(world, policy, m, judgement.familiarity);
    let verdict = |due| Verdict { due, score: seen + lobbied, bar };
    match deciding::delay(world, policy.governance.body) {
        0 => carry_out(world, policy, m, verdict(world.quarter)),
        // The end of a quarter is the beginning of the next.
        delay => world.mandates[m.index()].verdict = Some(verdict(world.quarter + delay - 1)),
    }
}

/// Carries out what a review found, once it is due.
pub fn take_effect(world: &mut World, policy: &Policy, m: MandateId) {
    let quarter = world.quarter;
    let mandate = &mut world.mandates[m.index()];
    if mandate.alive()
        && let Some(verdict) = mandate.verdict.take_if(|verdict| verdict.due <= quarter)
    {
        carry_out(world, policy, m, verdict);
    }
}

fn carry_out(world: &mut World, policy: &Policy, m: MandateId, verdict: Verdict) {
    let p = world.parameters.mandates.clone();
    let Verdict { score, bar, .. } = verdict;
    let from = world.mandates[m.index()].holder;
    let scope = world.mandates[m.index()].scope;
    let may = |outcome| policy.hubs.outcomes.contains(&outcome);
    let faded = world.mandates[m.index()].theme().is_some_and(|t| world.movement_need(t) < p.least_need);
    let changed = if faded && may(Outcome::End) {
        end(world, m);
        Some(Outcome::End)
    } else if score >= bar {
        (world.need_in(&scope) > p.split_need && may(Outcome::Split) && split(world, policy, m))
            .then_some(Outcome::Split)
    } else if may(Outcome::ReScope) && re_scope(world, policy, m, p.badly_served) {
        Some(Outcome::ReScope)
    } else {
        match pass_on(world, policy, m, Call::anew(policy), p.takeover_margin) {
            Passed::On(outcome) => Some(outcome),
            Passed::Nowhere if score < 0.5 * bar && may(Outcome::End) => {
                end(world, m);
                Some(Outcome::End)
            }
            Passed::Stays | Passed::Nowhere => None,
        }
    };
    let tally = &mut world.tally.trust;
    match changed {
        Some(outcome) => tally.outcomes[outcome as usize] += 1,
        None => tally.confirmed += 1,
    }
    let holder = world.mandates[m.index()].holder;
    let event = match changed {
        Some(outcome) => {
            let holder = (holder != from).then_some(holder);
            let (score, bar) = (Some(score), Some(bar));
            Event::Changed { mandate: m, outcome, why: "the review", from, holder, score, bar }
        }
        None => Event::Confirmed { mandate: m, holder, score, bar },
    };
    world.ledger.note(world.quarter, event);
    if holder != from {
        consortia::renew(world, policy, m);
    }
}

/// Who may have a mandate that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// All but its holder.
    Others,
    /// Its holder too.
    Everybody,
}

impl Call {
    /// Who may have a mandate that is given anew.
    fn anew(policy: &Policy) -> Call {
        if policy.hubs.holder_may_stand { Call::Everybody } else { Call::Others }
    }
}

/// Who would get a mandate of the holder, where that may, and of the others that a condition admits; its score and the
/// holder's.
pub(super) fn chosen(
    world: &World,
    policy: &Policy,
    m: MandateId,
    call: Call,
    admitted: impl Fn(OrganisationId) -> bool,
) -> Option<(OrganisationId, f64, f64)> {
    let mandate = &world.mandates[m.index()];
    let (charge, holder) = (mandate.charge, mandate.holder);
    let luck = world.luck.on(Purpose::CandidateNoise, world.year).of(mandate.key);
    let field = candidates(world, policy, charge, luck, |o| o == holder || admitted(o));
    // The holder competes as if it held one mandate fewer.
    let mut applicants = field.applicants;
    for (applicant, &id) in applicants.iter_mut().zip(&field.ids) {
        if id == holder {
            applicant.held = applicant.held.saturating_sub(1);
        }
    }
    let lots = world.luck.on(Purpose::MandateLot, world.year).of(mandate.key);
    let at = field.ids.iter().position(|&id| id == holder);
    let appointment = Appointment { candidates: &applicants, luck: lots };
    let (other, own) = appointment.appoint_excluding(&policy.hubs, at);
    let award = match call {
        Call::Others => other,
        Call::Everybody => appointment.appoint(&policy.hubs),
    }?;
    Some((field.ids[award.applicant], award.score, own))
}

/// Takes a mandate from its holder: to the best other that a review may give it to, or it ends.
pub fn replace_holder(world: &mut World, policy: &Policy, m: MandateId) {
    let may = |outcome| policy.hubs.outcomes.contains(&outcome);
    let from = world.mandates[m.index()].holder;
    let passed_on = if may(Outcome::Reallocate) || may(Outcome::Move) {
        pass_on(world, policy, m, Call::Others, 0.0).outcome()
    } else {
        None
    };
    let (outcome, why) = (passed_on.unwrap_or(Outcome::End), "the stop");
    if passed_on.is_none() {
        end(world, m);
    }
    let holder = passed_on.map(|_| world.mandates[m.index()].holder);
    let event = Event::Changed { mandate: m, outcome, why, from, holder, score: None, bar: None };
    world.ledger.note(world.quarter, event);
    if passed_on.is_some() {
        consortia::renew(world, policy, m);
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
fn pass_on(world: &mut World, policy: &Policy, m: MandateId, call: Call, margin: f64) -> Passed {
    let from = world.mandates[m.index()].holder;
    let home = world.organisations[from.index()].region;
    let may = |outcome| policy.hubs.outcomes.contains(&outcome);
    let region = |o: OrganisationId| world.organisations[o.index()].region;
    let admitted = |o: OrganisationId| if region(o) == home { may(Outcome::Reallocate) } else { may(Outcome::Move) };
    let Some((to, score, own)) = chosen(world, policy, m, call, admitted) else { return Passed::Nowhere };
    if to == from {
        return Passed::Stays;
    }
    if margin > 0.0 && score <= own * margin {
        return Passed::Nowhere;
    }
    let outcome = if region(to) == home { Outcome::Reallocate } else { Outcome::Move };
    change_hands(world, policy, m, to);
    Passed::On(outcome)
}

/// The mandate goes to another holder: reduced service for a while, and half forgotten. Its partners are still those of
/// the old one: once it is told, [`consortia::renew`] sees to them.
pub(super) fn change_hands(world: &mut World, policy: &Policy, m: MandateId, to: OrganisationId) {
    let p = &world.parameters.mandates;
    let (kept, transition) = (1.0 - p.familiarity_lost, p.transition_quarters as u32);
    let mandate = &mut world.mandates[m.index()];
    let from = mandate.holder;
    mandate.known.iter_mut().for_each(|known| *known *= kept);
    mandate.staff = mandate.staff * STAFF_THAT_MOVES;
    mandate.holder = to;
    // What was put by stays with who put it by.
    let reserves = std::mem::replace(&mut mandate.reserves, Money::ZERO);
    mandate.since = world.quarter;
    // A review looks at the holder's own years.
    mandate.reviewed = world.year;
    mandate.terms = 1;
    mandate.term_end = world.year + policy.hubs.term_years as u32;
    mandate.ready = world.quarter + transition;
    mandate.conduct = Conduct::checked_in(world.quarter);
    mandate.verdict = None;
    let projects = std::mem::take(&mut mandate.desk.projects);
    world.organisations[from.index()].reserves += reserves;
    for project in projects {
        production::abandon(world, from, Some(m), &project);
    }
}

/// A term ends: it is renewed, or, with a term limit reached, given anew to whoever fits best, wherever they are, the
/// holder only where it may stand; the outcomes that a review may have do not bind it. That the term would end has been
/// known, so that nobody waits for who decides.
pub(super) fn end_term(world: &mut World, policy: &Policy, m: MandateId) {
    if world.year < world.mandates[m.index()].term_end {
        return;
    }
    let limit = policy.hubs.term_limit;
    if limit > 0.0 && f64::from(world.mandates[m.index()].terms) >= limit {
        let Mandate { charge, holder: from, .. } = world.mandates[m.index()];
        let home = world.organisations[from.index()].region;
        let next = chosen(world, policy, m, Call::anew(policy), |_| true);
        deciding::bill(world, policy, charge);
        if next.is_some_and(|(to, _, _)| to == from) {
            begin_term(world, policy, m, 1);
            return;
        }
        let outcome = match next {
            Some((to, _, _)) => {
                let stays = world.organisations[to.index()].region == home;
                change_hands(world, policy, m, to);
                if stays { Outcome::Reallocate } else { Outcome::Move }
            }
            None => {
                end(world, m);
                Outcome::End
            }
        };
        let holder = next.map(|(to, _, _)| to);
        let event = Event::Changed { mandate: m, outcome, why: "the term limit", from, holder, score: None, bar: None };
        world.ledger.note(world.quarter, event);
        if next.is_some() {
            consortia::renew(world, policy, m);
        }
        return;
    }
    begin_term(world, policy, m, world.mandates[m.index()].terms + 1);
}

/// The holder's next term begins, of so many in a row.
fn begin_term(world: &mut World, policy: &Policy, m: MandateId, terms: u32) {
    let mandate = &mut world.mandates[m.index()];
    mandate.terms = terms;
    mandate.term_end = world.year + policy.hubs.term_years as u32;
    let event = Event::Renewed { mandate: m, holder: mandate.holder, terms };
    world.ledger.note(world.quarter, event);
}

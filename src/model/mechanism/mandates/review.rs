//! Reviews and the ends of terms: how a holder is judged, and what comes of it.

use super::*;

pub(super) fn review_due(world: &World, policy: &Policy, m: MandateId) -> bool {
    let mandate = &world.mandates[m.index()];
    let every = policy.hubs.review_years;
    every > 0.0 && f64::from(world.year - mandate.reviewed) >= every && world.quarter >= mandate.ready
}

/// What a decider makes of a holder's record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judgement {
    /// Without noise and sunk cost.
    pub(super) record: f64,
    /// As the decider sees it.
    pub(super) seen: f64,
    /// What it is made of: service, quality, reuse, evenness, what having held the mandate is worth.
    pub(super) parts: [f64; 5],
}

pub(super) fn judge(world: &World, policy: &Policy, m: MandateId) -> Judgement {
    let p = &world.parameters.mandates;
    let mandate = &world.mandates[m.index()];
    let hubs: Vec<MandateId> = world.hubs().collect();
    let usual = |value: &dyn Fn(&Mandate) -> f64| {
        hubs.iter().map(|h| value(&world.mandates[h.index()])).sum::<f64>() / hubs.len() as f64
    };
    let relative = |mine: f64, usual: f64| if mine + usual > 0.0 { mine / (mine + usual) } else { 0.5 };
    let service = relative(met(mandate), usual(&met));
    let reuse = relative(mandate.last.reused, usual(&|h| h.last.reused));
    let (quality, evenness) = (world.quality_for(mandate.holder, mandate.charge), evenness(mandate));
    let record = 0.35 * service + 0.25 * quality + 0.2 * reuse + 0.2 * evenness;
    let held = f64::from(world.quarter - mandate.since) / 4.0;
    let luck = world.luck.on(Purpose::ReviewNoise, world.year).of(mandate.key);
    let sunk = p.sunk_cost * held * (1.0 - policy.hubs.independence);
    let parts = [service, quality, reuse, evenness, sunk];
    Judgement { record, seen: record + sunk + noise(world) * luck.normal(0), parts }
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

/// The met share of the worst region against the mean, 0–1.
pub(super) fn evenness(mandate: &Mandate) -> f64 {
    let mean = met(mandate);
    let worst = mandate.scope.regions().filter_map(|r| met_in(mandate, r)).fold(f64::INFINITY, f64::min);
    if mean > 0.0 && worst.is_finite() { (worst / mean).min(1.0) } else { 0.0 }
}

pub(super) fn review(world: &mut World, policy: &Policy, m: MandateId) {
    let p = world.parameters.mandates.clone();
    let judgement = judge(world, policy, m);
    let hubs: Vec<MandateId> = world.hubs().collect();
    let mean = hubs.iter().map(|&h| judge(world, policy, h).record).sum::<f64>() / hubs.len() as f64;
    let bar = policy.hubs.strictness * mean;
    let (score, scope) = (judgement.seen, world.mandates[m.index()].scope);
    let may = |outcome| policy.hubs.outcomes.contains(&outcome);
    let from = world.mandates[m.index()].holder;
    world.mandates[m.index()].reviewed = world.year;
    let [service, quality, reuse, spread, sunk] = judgement.parts;
    let reviewed = Event::Reviewed { mandate: m, holder: from, score, bar, service, quality, reuse, spread, sunk };
    world.ledger.note(world.quarter, reviewed);
    let faded = world.mandates[m.index()].theme().is_some_and(|t| world.movement_need(t) < p.least_need);
    let changed = if faded && may(Outcome::End) {
        end(world, m);
        Some(Outcome::End)
    } else if score >= bar {
        (world.need_in(&scope) > p.split_need && may(Outcome::Split) && split(world, policy, m))
            .then_some(Outcome::Split)
    } else if may(Outcome::ReScope) && re_scope(world, policy, m, p.badly_served) {
        Some(Outcome::ReScope)
    } else if let Some(outcome) = pass_on(world, policy, m, p.takeover_margin) {
        Some(outcome)
    } else if score < 0.5 * bar && may(Outcome::End) {
        end(world, m);
        Some(Outcome::End)
    } else {
        None
    };
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
}

/// The best other candidate that a condition admits, and its score.
pub(super) fn best_other(
    world: &World,
    policy: &Policy,
    m: MandateId,
    admitted: impl Fn(OrganisationId) -> bool,
) -> Option<(OrganisationId, f64, f64)> {
    let mandate = &world.mandates[m.index()];
    let (charge, holder) = (mandate.charge, mandate.holder);
    let luck = world.luck.on(Purpose::CandidateNoise, world.year).of(mandate.key);
    let field = candidates(world, charge, luck, |o| o == holder || admitted(o));
    // The holder competes as if it held one mandate fewer.
    let mut applicants = field.applicants;
    for (applicant, &id) in applicants.iter_mut().zip(&field.ids) {
        if id == holder {
            applicant.held = applicant.held.saturating_sub(1);
        }
    }
    let lots = world.luck.on(Purpose::MandateLot, world.year).of(mandate.key);
    let at = field.ids.iter().position(|&id| id == holder);
    let (award, own) = Seat { candidates: &applicants, luck: lots }.challenge(&policy.hubs, at);
    let award = award?;
    Some((field.ids[award.applicant], award.score, own))
}

/// To a better holder, if there is one: in another region (a move) or in the same (a reallocation).
pub(super) fn pass_on(world: &mut World, policy: &Policy, m: MandateId, margin: f64) -> Option<Outcome> {
    let home = world.organisations[world.mandates[m.index()].holder.index()].region;
    let may = |outcome| policy.hubs.outcomes.contains(&outcome);
    let region = |o: OrganisationId| world.organisations[o.index()].region;
    let admitted = |o: OrganisationId| if region(o) == home { may(Outcome::Reallocate) } else { may(Outcome::Move) };
    let (to, score, own) = best_other(world, policy, m, admitted)?;
    if score <= own * margin {
        return None;
    }
    let outcome = if region(to) == home { Outcome::Reallocate } else { Outcome::Move };
    change_hands(world, policy, m, to);
    Some(outcome)
}

/// The mandate goes to another holder: reduced service for a while, and half forgotten.
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
    mandate.terms = 1;
    mandate.term_end = world.year + policy.hubs.term_years as u32;
    mandate.ready = world.quarter + transition;
    let projects = std::mem::take(&mut mandate.desk.projects);
    world.organisations[from.index()].reserves += reserves;
    for project in projects {
        production::abandon(world, from, &project);
    }
}

/// The half of the scope's regions that is worst served becomes a mandate of its own, if somebody there can hold it.
pub(super) fn split(world: &mut World, policy: &Policy, m: MandateId) -> bool {
    let (worst, best) = by_service(world, m);
    !worst.is_empty() && !best.is_empty() && part(world, policy, m, &worst, &best)
}

/// Badly served regions leave the scope, for a holder among themselves if there is one, else for nobody.
pub(super) fn re_scope(world: &mut World, policy: &Policy, m: MandateId, below: f64) -> bool {
    let mandate = &world.mandates[m.index()];
    let mean = met(mandate);
    let bad = |r: &RegionId| met_in(mandate, *r).is_some_and(|met| met < below * mean);
    let (leaving, staying): (Vec<RegionId>, Vec<RegionId>) = mandate.scope.regions().partition(bad);
    if leaving.is_empty() || leaving.len() >= staying.len() {
        return false;
    }
    if !part(world, policy, m, &leaving, &staying) {
        let mandate = &mut world.mandates[m.index()];
        mandate.scope = mandate.scope.keep(&staying);
        let regions = Regions::of(&leaving);
        let event = Event::LeftScope { mandate: m, regions, new: None, to: None, score: None };
        world.ledger.note(world.quarter, event);
    }
    true
}

/// Regions of a scope by the share of requests met last year: the worse half and the better half.
pub(super) fn by_service(world: &World, m: MandateId) -> (Vec<RegionId>, Vec<RegionId>) {
    let mandate = &world.mandates[m.index()];
    let mut regions: Vec<(f64, RegionId)> =
        mandate.scope.regions().map(|r| (met_in(mandate, r).unwrap_or(0.0), r)).collect();
    regions.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let half = regions.len() / 2;
    let ids = |part: &[(f64, RegionId)]| part.iter().map(|&(_, r)| r).collect();
    (ids(&regions[..half]), ids(&regions[half..]))
}

/// Gives some regions of a scope to a new mandate held by an organisation from there. False if nobody fits, or no
/// further mandate is allowed.
pub(super) fn part(
    world: &mut World,
    policy: &Policy,
    m: MandateId,
    leaving: &[RegionId],
    staying: &[RegionId],
) -> bool {
    if world.hub_count() >= world.hubs_allowed(policy) || world.mandates.len() >= MAX_MANDATES {
        return false;
    }
    let region = |o: OrganisationId| world.organisations[o.index()].region;
    let found_one = best_other(world, policy, m, |o| leaving.contains(&region(o)));
    let Some((to, score, _)) = found_one else { return false };
    let (charge, scope, key) = {
        let mandate = &world.mandates[m.index()];
        (mandate.charge, mandate.scope, mandate.key)
    };
    let born = Key::born(key.stem(), world.quarter, Cause::Split, 0);
    let new = found(world, policy, born, charge, scope.keep(leaving), to);
    let regions = Regions::of(leaving);
    let event = Event::LeftScope { mandate: m, regions, new: Some(new), to: Some(to), score: Some(score) };
    world.ledger.note(world.quarter, event);
    let share = leaving.len() as f64 / (leaving.len() + staying.len()) as f64;
    let (old, known) = {
        let old = &mut world.mandates[m.index()];
        old.scope = scope.keep(staying);
        let handed = old.handed * share;
        old.handed -= handed;
        (handed, old.known)
    };
    let keep = 1.0 - world.parameters.mandates.familiarity_lost;
    let new = &mut world.mandates[new.index()];
    new.handed += old;
    for r in leaving {
        new.known[r.index()] = new.known[r.index()].max(known[r.index()] * keep);
    }
    true
}

/// A term ends: it is renewed, or, with a term limit reached, goes to somebody else.
pub(super) fn end_term(world: &mut World, policy: &Policy, m: MandateId) {
    if world.year < world.mandates[m.index()].term_end {
        return;
    }
    let limit = policy.hubs.term_limit;
    if limit > 0.0 && f64::from(world.mandates[m.index()].terms) >= limit {
        let next = best_other(world, policy, m, |_| true);
        let from = world.mandates[m.index()].holder;
        let outcome = match next {
            Some((to, _, _)) => {
                change_hands(world, policy, m, to);
                Outcome::Reallocate
            }
            None => {
                end(world, m);
                Outcome::End
            }
        };
        let holder = next.map(|(to, _, _)| to);
        let event = Event::Changed { mandate: m, outcome, why: "the term limit", from, holder, score: None, bar: None };
        world.ledger.note(world.quarter, event);
        return;
    }
    let mandate = &mut world.mandates[m.index()];
    mandate.terms += 1;
    mandate.term_end = world.year + policy.hubs.term_years as u32;
    let event = Event::Renewed { mandate: m, holder: mandate.holder, terms: mandate.terms };
    world.ledger.note(world.quarter, event);
}

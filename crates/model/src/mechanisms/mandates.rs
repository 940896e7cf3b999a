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

mod founding;
mod review;
mod scope;

use crate::catalogue::Off;
use crate::ids::{Cause, Key, MAX_MANDATES, MAX_REGIONS, MAX_THEMES, MandateId, OrganisationId, RegionId, ThemeId};
use crate::mechanisms::partnerships::consortia::{self, Willing};
use crate::mechanisms::{conduct, deciding, power, production};
use crate::parameters;
use crate::policy::levers::{FoundationRole, HubKind, Outcome};
use crate::policy::{Applicant, Policy, Appointment};
use crate::random::{Luck, Purpose};
use crate::record::events::{Event, builders};
use crate::state::mandate::Record;
use crate::state::{Charge, Conduct, Desk, Mandate, Scope, Verdict, World};
use crate::units::{Capacity, Money, Work};

use review::*;
pub use review::{Judgement, judge, replace_holder, take_effect};
use scope::*;

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
pub fn run(world: &mut World, policy: &Policy) {
    if policy.hubs.kind == HubKind::None {
        return;
    }
    // What hubs show is looked at where a programme begins with test cases; otherwise nothing is carried over.
    if policy.hubs.pilots > 0.0 {
        world.hub_years += world.hub_count() as f64;
    }
    if f64::from(world.year) >= policy.hubs.first_year + policy.hubs.pilot_years {
        world.mandates.iter_mut().for_each(|m| m.pilot = false);
    }
    let due: Vec<MandateId> = world.hubs().collect();
    for m in due {
        if review_due(world, policy, m) {
            review(world, policy, m);
        }
        if world.mandates[m.index()].alive() {
            end_term(world, policy, m);
        }
        if world.mandates[m.index()].alive() {
            consortia::complete(world, policy, m);
        }
    }
    create(world, policy);
}

/// Ends a mandate. What it had put by goes to its holder, what the foundation had handed over goes back.
pub fn end(world: &mut World, m: MandateId) {
    let mandate = &mut world.mandates[m.index()];
    mandate.ended = true;
    let (holder, reserves) = (mandate.holder, mandate.reserves);
    mandate.reserves = Money::ZERO;
    mandate.staff = Capacity::ZERO;
    mandate.keep_partners(|_| false);
    let carried = std::mem::take(&mut mandate.desk.carried);
    let projects = std::mem::take(&mut mandate.desk.projects);
    world.organisations[holder.index()].reserves += reserves;
    world.organisations[holder.index()].desk.carried += carried;
    for project in projects {
        production::abandon(world, holder, Some(m), &project);
    }
}

// --- creating ---

/// New mandates of this year's wave, where most is needed first: themes and regions without a hub, and what a
/// re-scoping or an end has left without one.
fn create(world: &mut World, policy: &Policy) {
    let open = wave(world, policy).min(world.hubs_allowed(policy).saturating_sub(world.hub_count()));
    let pilot = policy.hubs.pilots > 0.0 && f64::from(world.year) < policy.hubs.first_year + policy.hubs.pilot_years;
    let mut created = 0;
    for charge in seats(world, policy) {
        if created == open || world.mandates.len() >= MAX_MANDATES {
            break;
        }
        let (place, scope) = (world.charge_key(charge), uncovered(world, charge));
        let luck = world.luck.on(Purpose::CandidateNoise, world.year).of(place);
        let field = candidates(world, policy, charge, luck, |_| true);
        let lots = world.luck.on(Purpose::MandateLot, world.year).of(place);
        let appointment = Appointment { candidates: &field.applicants, luck: lots };
        let award = appointment.appoint(&policy.hubs);
        let chosen = award.map(|award| (field.ids[award.applicant], award.score));
        if let Some((holder, _)) = chosen.or_else(|| founding::founded(world, policy, charge, &scope)) {
            let key = Key::born(place.stem(), world.quarter, Cause::Wave, 0);
            let m = found(world, policy, key, charge, scope, holder);
            match &award {
                Some(award) => builders::created(world, policy, m, award, &appointment, &field.ids),
                None => builders::founded(world, m),
            }
            consortia::complete(world, policy, m);
            world.mandates[m.index()].pilot = pilot;
            world.mandates[m.index()].ready += deciding::delay(world, policy.governance.body);
            deciding::bill(world, policy, charge);
            created += 1;
        }
    }
}

/// How many mandates this year's wave may create.
fn wave(world: &World, policy: &Policy) -> usize {
    let levers = &policy.hubs;
    let (year, first) = (f64::from(world.year), levers.first_year);
    let size = if levers.wave_size > 0.0 { levers.wave_size as usize } else { usize::MAX };
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
fn found(
    world: &mut World,
    policy: &Policy,
    key: Key,
    charge: Charge,
    scope: Scope,
    holder: OrganisationId,
) -> MandateId {
    let p = &world.parameters.mandates;
    let id = MandateId::at(world.mandates.len());
    let handed = match charge {
        Charge::Theme(theme) => hand_over(world, policy, theme),
        Charge::Region(_) => Money::ZERO,
    };
    world.mandates.push(Mandate {
        key,
        charge,
        scope,
        holder,
        partners: Vec::new(),
        seconded: Vec::new(),
        pilot: false,
        ended: false,
        created: world.quarter,
        since: world.quarter,
        term_end: world.year + policy.hubs.term_years as u32,
        terms: 1,
        reviewed: world.year,
        ready: world.quarter + p.transition_quarters as u32,
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
        forgone: 0.0,
        counted: 0.0,
        conduct: Conduct::checked_in(world.quarter),
        verdict: None,
        desk: Desk::default(),
        support_left: Work::ZERO,
        outreach: Work::ZERO,
        requests: [0.0; MAX_REGIONS],
        asked: [0.0; MAX_REGIONS],
        service: [0.0; MAX_REGIONS],
        requests_by_theme: [0.0; MAX_THEMES],
        service_by_theme: [0.0; MAX_THEMES],
        asked_now: [0.0; MAX_REGIONS],
        service_now: [0.0; MAX_REGIONS],
        last: Record::default(),
        built: 0,
        reused: 0,
        taken_up: 0,
    });
    // People at home know their own organisation.
    let home = world.organisations[holder.index()].region.index();
    world.mandates[id.index()].known[home] = 0.1;
    id
}

/// What the foundation gives up for a theme, USD a year at year-0 prices: its part of the movement budget.
fn hand_over(world: &World, policy: &Policy, theme: ThemeId) -> Money {
    let t = &world.themes[theme.index()];
    let gives = match policy.hubs.foundation {
        FoundationRole::KeepsEverything => false,
        FoundationRole::KeepsCore => !t.core,
        FoundationRole::Coordinates => true,
    };
    let already = world.mandates.iter().any(|m| m.alive() && m.theme() == Some(theme) && m.handed.0 > 0.0);
    let total: f64 = world.themes.iter().filter(|theme| theme.born == 0).map(|theme| theme.priority).sum();
    if !gives || already || world.foundation.is_none() || t.born > 0 || total <= 0.0 {
        return Money::ZERO;
    }
    world.foundation_budget * (t.priority / total)
}

/// Who stands for a mandate, and what a decider sees of them.
struct Field {
    ids: Vec<OrganisationId>,
    applicants: Vec<Applicant>,
}

/// Noise of what one who decides sees: it shrinks with what has been seen of hubs.
pub fn noise(world: &World) -> f64 {
    let p = &world.parameters.mandates;
    p.noise / (1.0 + world.hub_years / p.experience).sqrt()
}

fn candidates(
    world: &World,
    policy: &Policy,
    charge: Charge,
    luck: Luck,
    admitted: impl Fn(OrganisationId) -> bool,
) -> Field {
    let noise = noise(world);
    let ids: Vec<OrganisationId> =
        eligible(world, policy).filter(|&o| stands(world, policy, o, charge) && admitted(o)).collect();
    let opinions = deciding::of_candidates(world, policy, charge, &ids);
    let willing = Willing::of(world, policy, charge);
    let most = |value: &dyn Fn(OrganisationId) -> f64| ids.iter().map(|&o| value(o)).fold(0.0, f64::max);
    let served = |o: OrganisationId| past_service(world, o, charge);
    let (best_service, share) = (most(&served), shortfalls(world));
    let online: f64 = world.regions.iter().map(|region| region.online).fold(0.0, f64::max);
    let applicants = ids
        .iter()
        .zip(&opinions)
        .map(|(&id, opinion)| {
            let o = &world.organisations[id.index()];
            let mine = luck.and_of(o.key);
            let region = &world.regions[o.region.index()];
            Applicant {
                key: o.key,
                kind: o.kind,
                region: o.region,
                underserved: region.underserved(),
                age: o.age(world.quarter),
                staff: o.staff,
                request: Money(1.0),
                history: o.grants + o.own_income,
                track_record: opinion.merit.max(0.0),
                evidence: if best_service > 0.0 { served(id) / best_service } else { 0.0 },
                need: region.online / online,
                votes: opinion.votes,
                astray: o.conduct.known_astray(),
                outside: o.kind.outside(),
                partners: willing.count_for(id) as u32,
                prestige: (0.6 * o.prestige + 0.4 * expertise(world, id, charge) + 1.5 * noise * mine.normal(1))
                    .max(0.0),
                new: !world.mandates.iter().any(|m| m.holder == id),
                newcomer: o.governed.last_award.is_none(),
                held: world.hubs().filter(|m| world.mandates[m.index()].holder == id).count() as u32,
                shortfall: share[o.region.index()],
            }
        })
        .collect();
    Field { ids, applicants }
}

/// Whether an organisation stands for a mandate: where it must be, and with expertise enough.
fn stands(world: &World, policy: &Policy, o: OrganisationId, charge: Charge) -> bool {
    let able = || expertise(world, o, charge) >= world.parameters.mandates.least_expertise;
    world.resides(o, charge) && (able() || power::claims(world, policy, o))
}

/// Who may think of it at all: affiliates, and those outside the movement where a policy lets them.
fn eligible<'a>(world: &'a World, policy: &'a Policy) -> impl Iterator<Item = OrganisationId> + 'a {
    let may = |o: &OrganisationId| {
        let kind = world.organisations[o.index()].kind;
        kind.affiliate() || kind.outside() && policy.hubs.external
    };
    world.active().filter(may)
}

/// Expertise for what a mandate is for: in its theme, or over all themes by the region's need for each.
pub(super) fn expertise(world: &World, o: OrganisationId, charge: Charge) -> f64 {
    let known = &world.organisations[o.index()].expertise;
    match charge {
        Charge::Theme(t) => known[t.index()],
        Charge::Region(r) => world.theme_ids().map(|t| world.need(r, t) * known[t.index()]).sum(),
    }
}

/// Service measured last year in what a mandate is for.
fn past_service(world: &World, o: OrganisationId, charge: Charge) -> f64 {
    let served = &world.organisations[o.index()].service_before;
    match charge {
        Charge::Theme(t) => served[t.index()],
        Charge::Region(_) => served.iter().sum(),
    }
}

/// How far each region is short of mandates against its share of people online: 1 with none, 0 at its share,
/// below 0 with more (at least −1).
fn shortfalls(world: &World) -> Vec<f64> {
    let online: f64 = world.regions.iter().map(|region| region.online).sum();
    let all = world.hub_count() as f64;
    world
        .region_ids()
        .map(|r| {
            let holder = |m: MandateId| world.organisations[world.mandates[m.index()].holder.index()].region;
            let have = world.hubs().filter(|&m| holder(m) == r).count() as f64;
            let fair = (all + 1.0) * world.regions[r.index()].online / online;
            ((fair - have) / fair).max(-1.0)
        })
        .collect()
}

/// At the end of a year, what mandates did becomes what the next review sees.
pub fn close_year(world: &mut World) {
    for m in &mut world.mandates {
        m.last = Record {
            requests: m.requests,
            service: m.service,
            requests_by_theme: m.requests_by_theme,
            service_by_theme: m.service_by_theme,
            reused: f64::from(m.reused),
        };
    }
}

/// Some organisations as candidates, for tests of others.
#[cfg(test)]
pub(super) fn standing(world: &World, policy: &Policy, charge: Charge, ids: &[OrganisationId]) -> Vec<Applicant> {
    let luck = world.luck.on(Purpose::CandidateNoise, world.year);
    candidates(world, policy, charge, luck, |o| ids.contains(&o)).applicants
}

#[cfg(test)]
#[path = "mandates_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "mandates/regional_tests.rs"]
mod regional_tests;

#[cfg(test)]
#[path = "mandates/terms_tests.rs"]
mod terms_tests;

//! 4 grants: every funder runs its policy over the applications; organisations raise money themselves.
//!
//! *Claim.* Who had money asks again, and asks for more: the Matthew effect works mostly through who applies (Bol, de
//! Vaan & van de Rijt 2018; Brady, Traag et al. 2024 find no bonus in review scores). *Equations.* request = max(best
//! recent award · (1 + ambition · years since the last application), the least); P(apply) differs for the funded and
//! the unfunded and falls when awards were below a share of requests. Where a funder could not spend its money for want
//! of requests, it says so, and the year after more is asked of it: request × (1 + what was left / what was given), at
//! most `invited` more; so a pot that grows does not lie idle. Nobody asks for what is next to nothing beside its own
//! income. The governed funders follow the policy under test
//! and share one memory of whom they gave; each of the others has a policy and a memory of its own, so that policies
//! that are compared move governed money only. Money in = money out + reserves, for every organisation.
//!
//! Its rooms: `income` (who raises what, and pays in), `hubs` (their money, interruptions), `promises`, `earmark`,
//! `applications`, and `start` (year 0).

mod applications;
pub mod earmark;
pub mod hubs;
mod income;
mod promises;
mod start;

use crate::catalogue::Off;
use crate::ids::{FunderId, MAX_REGIONS, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::regranting;
use crate::parameters;
use crate::policy::Cuts;
use crate::policy::levers::GrantLevers;
use crate::policy::{ApplicationRound, Award};
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::builders;
use crate::state::{Commitment, Dealings, State};
use crate::units::Money;

use applications::Hearing;

pub use applications::best_quality;
pub use income::income_of;
pub use start::start;

parameters! {
    /// Applications, awards and own income.
    pub struct MoneyParameters in "money",
        off Off::Never("without money there is no staff: the whole model stops");
    /// Yearly weight of the best of the recent awards, from which applicants ask.
    memory: 0.9, 0.0..=1.0, 0.7..1.0, "1/year", "assumed";
    /// Growth asked for beyond the best recent award, per year since the last application.
    ambition: 0.15, 0.0..=2.0, 0.0..0.3, "1/year", "assumed; award/request was 0.74-0.93 in 2013-15";
    /// Least that anybody asks for.
    least_request: 12000.0, 0.0..=1e7, 2000.0..25000.0, "USD", "rapid grants were 500-5000 USD in 2022-23, general support from 10,000";
    /// How much more is asked for, at most, of a funder that had money left last year.
    invited: 0.5, 0.0..=10.0, 0.2..1.0, "share", "assumed: funders who cannot spend their money call for more";
    /// Least that an organisation asks for, relative to its own income.
    worth: 0.01, 0.0..=1.0, 0.003..0.03, "share", "assumed: Wikimedia Deutschland asks for nothing";
    /// Chance that an organisation with an award last year applies again.
    apply_funded: 0.9, 0.0..=1.0, 0.6..1.0, "1/year", "60 % of near-winners compete again (Bol et al. 2018); assumed higher for organisations";
    /// Chance that one without applies.
    apply_unfunded: 0.4, 0.0..=1.0, 0.2..0.6, "1/year", "40 % of near-losers compete again (Bol et al. 2018)";
    /// Award over request below which an applicant is discouraged.
    discouraged_below: 0.2, 0.0..=1.0, 0.1..0.3, "share", "von Hippel & von Hippel 2015";
    /// Chance to apply when discouraged, relative to otherwise.
    discouraged_factor: 0.5, 0.0..=1.0, 0.3..0.8, "factor", "von Hippel & von Hippel 2015: at least half stay away";
    /// Own income per unit of potential at 1 FTE and prestige 0.5, for organisations without a history.
    income_scale: 12000.0, 1.0..=1e7, 3000.0..30000.0, "USD/year", "assumed";
    /// How own income grows with staff: elasticity.
    income_elasticity: 0.55, 0.0..=1.0, 0.4..0.7, "-", "assumed; impact decelerates with funding (Fortin & Currie 2013); near 1 staff and income feed each other without end";
    /// How own income grows with prestige: elasticity of (0.5 + prestige).
    income_prestige: 1.0, 0.0..=5.0, 0.0..2.0, "-", "assumed";
    /// Yearly noise of own income.
    income_noise: 0.08, 0.0..=1.0, 0.0..0.2, "log units", "assumed";
    /// Yearly growth of the regions' fundraising potential, above inflation.
    income_growth: 0.01, -0.2..=0.5, -0.01..0.03, "1/year", "assumed: with the income of a country";
    /// How fast own income moves to what staff and prestige warrant.
    income_speed: 0.3, 0.0..=1.0, 0.1..0.6, "1/year", "assumed";
    /// Share of what goes through the common pot that asking for it and collecting it costs.
    pooling_cost: 0.1, 0.0..=1.0, 0.05..0.25, "share", "assumed; the Foundation spends about a tenth of what it raises on raising it, from memory";
    /// Chance that a hub's money from the pots is interrupted in a year in which it is not promised.
    interruption: 0.08, 0.0..=1.0, 0.02..0.2, "1/hub/year", "assumed; one of the first four hubs, in about twelve hub-years (Content Partnerships Hub, 2024)";
    /// Least expertise, in some theme that a funder asks for, with which an organisation asks it.
    least_fit: 0.1, 0.0..=1.0, 0.05..0.3, "share", "assumed";
    /// What an award's size takes from a committee's share: fall per factor of ten above the mean request.
    cuts_size: 0.16, 0.0..=1.0, 0.05..0.3, "share per factor 10", "annual plan grants 2013-15";
    /// What a score one standard deviation better adds to a committee's share.
    cuts_merit: 0.1, 0.0..=1.0, 0.0..0.3, "share per sd", "assumed";
}

/// Own income of a new organisation, relative to what the formula gives for its size.
pub const NEWCOMER_FACTOR: f64 = 0.3;

/// Runs the year's money: own income, hubs, promises, applications. Draws: own income, interruption, apply, what
/// funders and regional hubs see, votes, lots.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    for o in &mut state.organisations {
        (o.grants, o.hub_money, o.request) = (Money::ZERO, Money::ZERO, Money::ZERO);
        (o.applications, o.running) = (0, 0);
        for dealings in std::iter::once(&mut o.governed).chain(&mut o.others) {
            (dealings.grants, dealings.request, dealings.awarded) = (Money::ZERO, Money::ZERO, Money::ZERO);
            dealings.applications = 0;
        }
    }
    regranting::open_year(state);
    income::raise(cx, state, record);
    let governed = || state.funders.iter().filter(|funder| funder.governed());
    let pot: Money = governed().map(|funder| funder.pot + funder.paid_in).sum();
    record.movement.pot = governed().map(|funder| funder.pot).sum();
    record.movement.other_pot = state.funders.iter().filter(|f| !f.governed()).map(|f| f.pot).sum();
    let for_hubs = hubs::pay_hubs(cx, state, record, pot);
    for id in state.funders.ids() {
        if state.funders[id].governed() {
            let open = (state.funders[id].pot + state.funders[id].paid_in) * (1.0 - for_hubs.share_of(pot));
            let unspent = give(cx, state, record, &cx.policy.grants, id, open);
            record.movement.unspent += unspent;
        } else {
            let (levers, open) = (state.funders[id].grants.clone(), state.funders[id].pot);
            let unspent = give(cx, state, record, &levers, id, open);
            record.movement.other_unspent += unspent;
        }
    }
    remember(cx, state);
}

/// One funder's money for grants, by its earmarks: what is promised, and what is applied for. Gives what is left.
fn give(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    levers: &GrantLevers,
    funder: FunderId,
    open: Money,
) -> Money {
    let mut unspent = Money::ZERO;
    let hearing = Hearing::of(state, funder);
    for (region, pot) in earmark::lots(&state.funders[funder], open) {
        let left = promises::keep_promises(cx, state, record, funder, region, pot);
        let given = award(cx, state, record, levers, funder, &hearing, region, left);
        unspent += left - given;
        let spare = if given.0 > 0.0 { ((left - given) / (pot - (left - given))).max(0.0) } else { 0.0 };
        let here = region.map_or(0..MAX_REGIONS, |r| r.index()..r.index() + 1);
        state.funders[funder].spare[here].fill(spare);
    }
    unspent
}

/// Applications for a lot, and what the levers make of them: of what is governed, first regional hubs with their
/// envelopes, then the centre with the rest. Gives what was awarded.
fn award(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    levers: &GrantLevers,
    funder: FunderId,
    hearing: &Hearing,
    region: Option<RegionId>,
    pot: Money,
) -> Money {
    let (ids, mut applicants) = applications::applications(cx, state, hearing, region);
    if levers.score.votes > 0.0 {
        super::deciding::votes_for_grants(cx, state, &ids, &mut applicants);
    }
    let mut regional_shares = match region {
        // A lot is all for its own region.
        Some(own) => state.region_ids().map(|r| f64::from(u8::from(r == own))).collect(),
        None => grant_shares(state),
    };
    let mut got = if state.funders[funder].governed() {
        regranting::run(cx, state, record, funder, pot, (&ids, &applicants), &regional_shares)
    } else {
        vec![Money::ZERO; ids.len()]
    };
    let regranted: Money = got.iter().copied().sum();
    let open = regranting::what_is_left(levers, cx.now.year(), pot, &applicants, &got, &mut regional_shares);
    let money = &cx.parameters.money;
    let round = ApplicationRound {
        applicants: &open,
        pot: pot - regranted,
        year: cx.now.year(),
        regional_shares: &regional_shares,
        cuts: Cuts { size: money.cuts_size, merit: money.cuts_merit },
        stream: cx.random.decision(Decision::GrantLottery, cx.now.year()).entity(state.funders[funder].key),
    };
    let awards = round.decide(levers);
    builders::decided(cx.now, record, (funder, None), &ids, &round, levers, &awards);
    let years = levers.years as u32;
    let mut given = regranted;
    for &Award { applicant, amount, .. } in &awards {
        got[applicant] += amount;
        given += amount;
    }
    for (i, &id) in ids.iter().enumerate() {
        settle(cx, state, record, funder, id, applicants[i].request, got[i], years);
    }
    given
}

/// What an application led to: money, promises, memory.
fn settle(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    funder: FunderId,
    id: OrganisationId,
    request: Money,
    amount: Money,
    years: u32,
) {
    let purse = state.funders[funder].purse;
    let flow = (funder, state.organisations[id].region);
    record.flows[flow].applications += 1;
    let o = &mut state.organisations[id];
    o.request += request;
    o.applications += 1;
    let dealings = o.with_mut(purse);
    dealings.request += request;
    dealings.applications += 1;
    dealings.awarded += amount;
    if amount.0 > 0.0 {
        if years > 1 {
            o.commitments.push(Commitment { funder, yearly: amount, years_left: years - 1 });
        }
        pay(cx, state, record, funder, id, amount, request);
    } else {
        record.flows[flow].requested += request;
    }
}

fn pay(
    cx: &Context,
    state: &mut State,
    record: &mut Record,
    funder: FunderId,
    id: OrganisationId,
    amount: Money,
    request: Money,
) {
    let (year, purse) = (cx.now.year(), state.funders[funder].purse);
    let o = &mut state.organisations[id];
    let region = o.region;
    o.grants += amount;
    o.running += 1;
    let dealings = o.with_mut(purse);
    dealings.grants += amount;
    // A promise that is kept is a grant too: who lives on one is no newcomer.
    dealings.last_award = Some(year);
    let flow = &mut record.flows[(funder, region)];
    flow.requested += request;
    flow.awarded += amount;
    flow.grants += 1;
    if o.with(purse).last_grant.0 > 0.0 {
        flow.returning += amount;
    }
    record.regions[region].awarded += amount;
}

/// Each region's share of the year-0 grants.
pub(super) fn grant_shares(state: &State) -> Vec<f64> {
    let total: Money = state.regions.iter().map(|region| region.grants_at_start).sum();
    state.regions.iter().map(|region| region.grants_at_start.share_of(total)).collect()
}

/// What the year leaves in everybody's memory: of the governed funders together, and of each of the others.
fn remember(cx: &Context, state: &mut State) {
    let (memory, year) = (cx.parameters.money.memory, cx.now.year());
    let others = state.funders.iter().filter(|funder| !funder.governed()).map(|funder| funder.grants.history_memory);
    let keeps: Vec<f64> = others.collect();
    for o in state.organisations.iter_mut().filter(|o| o.active()) {
        refresh(&mut o.governed, year, memory, cx.policy.grants.history_memory);
        for (dealings, &keep) in o.others.iter_mut().zip(&keeps) {
            refresh(dealings, year, memory, keep);
        }
    }
}

fn refresh(dealings: &mut Dealings, year: u32, memory: f64, keep: f64) {
    if dealings.applications > 0 {
        dealings.success = dealings.awarded.share_of(dealings.request);
        dealings.last_applied = year;
    }
    dealings.best_award = (dealings.best_award * memory).max(dealings.grants);
    dealings.history = dealings.history * keep + dealings.grants * if keep < 1.0 { 1.0 - keep } else { 1.0 };
    dealings.last_grant = dealings.grants;
}

#[cfg(test)]
#[path = "money_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "money/funders_tests.rs"]
mod funders_tests;

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
mod call;
pub mod earmark;
pub mod hubs;
mod income;
mod promises;
mod start;

use crate::catalogue::Off;
use crate::ids::{FunderId, MAX_REGIONS, OrganisationId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::policy::Cuts;
use crate::policy::{ApplicationRound, Award};
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::builders;
use crate::state::{Commitment, FundingHistory, State};
use crate::units::Money;

pub use call::{Applications, GrantCall};
pub use hubs::{count_forgone, count_waiting, pay_hubs};
pub use income::{income_of, raise};
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

/// Opens the year's accounts: nothing is granted, asked for or paid yet. No draws.
pub fn begin_year(_cx: &Context, state: &mut State, _record: &mut Record) {
    for o in &mut state.organisations {
        (o.grants, o.hub_money, o.request) = (Money::ZERO, Money::ZERO, Money::ZERO);
        (o.applications, o.running) = (0, 0);
        for funding in std::iter::once(&mut o.governed).chain(&mut o.others) {
            (funding.grants, funding.request, funding.awarded) = (Money::ZERO, Money::ZERO, Money::ZERO);
            funding.applications = 0;
        }
    }
}

/// The governed pots, with what organisations paid in.
fn governed_pots(state: &State) -> Money {
    state.funders.iter().filter(|funder| funder.governed()).map(|funder| funder.pot + funder.paid_in).sum()
}

/// The funder decides about what is open of a lot, and pays. Draws: grant lot.
pub fn decide(cx: &Context, state: &mut State, record: &mut Record, call: &mut GrantCall, mut round: Applications) {
    let (funder, levers) = (call.funder, &call.levers);
    let regranted: Money = round.granted.iter().copied().sum();
    let money = &cx.parameters.money;
    let centre = ApplicationRound {
        applicants: &round.open,
        pot: round.pot - regranted,
        year: cx.now.year(),
        regional_shares: &round.regional_shares,
        cuts: Cuts { size: money.cuts_size, merit: money.cuts_merit },
        stream: cx.random.decision(Decision::GrantLottery, cx.now.year()).entity(state.funders[funder].key),
    };
    let awards = centre.decide(levers);
    builders::decided(cx.now, record, (funder, None), &round.organisations, &centre, levers, &awards);
    let mut given = regranted;
    for &Award { applicant, amount, .. } in &awards {
        round.granted[applicant] += amount;
        given += amount;
    }
    for ((&organisation, applicant), &amount) in round.organisations.iter().zip(&round.applicants).zip(&round.granted) {
        settle(cx, state, record, call, Decided { organisation, request: applicant.request, amount });
    }
    call.unspent += round.pot - given;
    let left = round.pot - given;
    let spare = if given.0 > 0.0 { (left / (round.lot - left)).max(0.0) } else { 0.0 };
    let here = round.region.map_or(0..MAX_REGIONS, |r| r.index()..r.index() + 1);
    state.funders[funder].spare[here].fill(spare);
}

/// Books what a call has not awarded. No draws.
pub fn close_call(_cx: &Context, state: &mut State, record: &mut Record, call: &GrantCall) {
    if state.funders[call.funder].governed() {
        record.movement.unspent += call.unspent;
    } else {
        record.movement.other_unspent += call.unspent;
    }
}

/// An application and what it led to.
#[derive(Clone, Copy)]
struct Decided {
    organisation: OrganisationId,
    request: Money,
    /// What it gets a year; 0 where it is refused.
    amount: Money,
}

/// What an application led to: money, promises, memory.
fn settle(cx: &Context, state: &mut State, record: &mut Record, call: &GrantCall, decided: Decided) {
    let (funder, years) = (call.funder, call.levers.years as u32);
    let Decided { organisation: id, request, amount } = decided;
    let funder_group = state.funders[funder].funder_group;
    let flow = (funder, state.organisations[id].region);
    record.flows[flow].applications += 1;
    let o = &mut state.organisations[id];
    o.request += request;
    o.applications += 1;
    let funding = o.funding_history_mut(funder_group);
    funding.request += request;
    funding.applications += 1;
    funding.awarded += amount;
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
    let (year, funder_group) = (cx.now.year(), state.funders[funder].funder_group);
    let o = &mut state.organisations[id];
    let region = o.region;
    o.grants += amount;
    o.running += 1;
    let funding = o.funding_history_mut(funder_group);
    funding.grants += amount;
    // A promise that is kept is a grant too: who lives on one is no newcomer.
    funding.last_award = Some(year);
    let flow = &mut record.flows[(funder, region)];
    flow.requested += request;
    flow.awarded += amount;
    flow.grants += 1;
    if o.funding_history(funder_group).last_grant.0 > 0.0 {
        flow.returning += amount;
    }
    record.regions[region].awarded += amount;
}

/// Each region's share of the year-0 grants.
pub(super) fn grant_shares(state: &State) -> Vec<f64> {
    let total: Money = state.regions.iter().map(|region| region.grants_at_start).sum();
    state.regions.iter().map(|region| region.grants_at_start.share_of(total)).collect()
}

/// What the year leaves in everybody's memory: of the governed funders together, and of each of the others. No draws.
pub fn remember(cx: &Context, state: &mut State, _record: &mut Record) {
    let (memory, year) = (cx.parameters.money.memory, cx.now.year());
    let others = state.funders.iter().filter(|funder| !funder.governed()).map(|funder| funder.grants.history_memory);
    let keeps: Vec<f64> = others.collect();
    for o in state.organisations.iter_mut().filter(|o| o.active()) {
        refresh(&mut o.governed, year, memory, cx.policy.grants.history_memory);
        for (funding, &keep) in o.others.iter_mut().zip(&keeps) {
            refresh(funding, year, memory, keep);
        }
    }
}

fn refresh(funding: &mut FundingHistory, year: u32, memory: f64, keep: f64) {
    if funding.applications > 0 {
        funding.success = funding.awarded.share_of(funding.request);
        funding.last_applied = year;
    }
    funding.best_award = (funding.best_award * memory).max(funding.grants);
    funding.history = funding.history * keep + funding.grants * if keep < 1.0 { 1.0 - keep } else { 1.0 };
    funding.last_grant = funding.grants;
}

#[cfg(test)]
mod tests;

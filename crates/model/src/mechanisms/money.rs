//! 4 grants and own income: every funder decides about its applications; organisations raise money themselves.
//!
//! *Claim.* Organisations that had money ask again, and ask for more: the Matthew effect works mostly through the decision
//! to apply (Bol, de Vaan & van de Rijt 2018; Brady, Traag et al. 2024 find no bonus in review scores).
//!
//! *Equations.*
//!
//! ```text
//! best award' = max(best award · memory, grants of the year)
//! room        = max(0, money of the lot − what was paid out of it last year) / organisations that it is for
//! wanted      = max(best award · (1 + ambition) · (funder's pot / pots of its group) + room, least)
//! usable      = wage · (staff · (1 + absorption) + FIRST_STAFF) − own income − grants of the year so far
//! request     = min(wanted, max(usable, least))        least = least_request · prices
//! invited     = 1 with a grant last year, else min(1, room / request)
//! P(apply)    = (apply_unfunded + (apply_funded − apply_unfunded) · invited)
//!               · discouraged_factor if success < discouraged_below,
//!               · 1 / (1 + (own income / (self_reliance · request))²)
//! ```
//!
//! `room`: a lot with more money than it paid out last year is noticed by all whom it is for, who ask for more as far as
//! they can use it: so requests rise to the size of a call, and a new call is asked for from its first year on.
//! `success`: award over request at the last application.
//!
//! *Unspent.* The money of a lot that is not awarded has a cause: `no eligible` applicant, since all for whom the lot
//! is are screened out, or there is none; the `rule` of the award leaves requests open that money is left for (cuts,
//! caps, envelopes); `absorption` kept requests below what was wanted; or `requests` were too small or too few.
//!
//! The governed funders follow the policy under test and share one funding history. Each other funder has a policy and a
//! funding history of its own, so that the policies under comparison move governed money only. For every organisation,
//! money in = money out + change of reserves.
//!
//! *Modules.* `income` (own income, payments into the pot), `hubs` (their money, interruptions), `promises`, `earmark`
//! (lots and themes of a funder), `applications`, `call`, `start` (year 0).
//!
//! *Off.* It cannot be: without money there is no staff.
//!
//! *Draws.* Apply, grant noise, grant lot, own income, interruption, stagger.

mod applications;
mod call;
pub mod earmark;
pub mod hubs;
mod income;
mod promises;
mod start;

use crate::catalogue::Off;
use crate::ids::{FunderId, OrganisationId};
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
    /// Factor on the best recent award from year to year. It is the start of the next request.
    memory: f64 = 0.9, 0.0..=1.0, 0.7..1.0, "1/year", "assumed";
    /// What is asked for beyond the best recent award, as a share of it.
    ambition: f64 = 0.15, 0.0..=2.0, 0.0..0.3, "share", "assumed; award/request was 0.74-0.93 in 2013-15";
    /// Smallest request, at the prices of year 0.
    least_request: Money = 12000.0, 0.0..=1e7, 2000.0..25000.0, "USD", "rapid grants were 500-5000 USD in 2022-23, general support from 10,000";
    /// Largest growth of its staff for which an organisation asks within a year.
    absorption: f64 = 1.0, 0.0..=10.0, 0.3..2.0, "share", "assumed: most organisations can double in a year, none can grow tenfold";
    /// Own income, relative to what it could ask for, at which half of the organisations no longer apply.
    self_reliance: f64 = 5.0, 0.1..=1000.0, 3.0..10.0, "factor", "assumed; Wikimedia Deutschland applied in 2013 with 4 times its request, and no longer with 15 times it in 2018";
    /// Probability that an organisation with a grant last year, or whose request a call has room for, applies.
    apply_funded: f64 = 0.9, 0.0..=1.0, 0.6..1.0, "1/year", "60 % of near-winners compete again (Bol et al. 2018); assumed higher for organisations";
    /// Probability that an organisation without a grant last year applies.
    apply_unfunded: f64 = 0.4, 0.0..=1.0, 0.2..0.6, "1/year", "40 % of near-losers compete again (Bol et al. 2018)";
    /// Award over request below which an applicant is discouraged.
    discouraged_below: f64 = 0.2, 0.0..=1.0, 0.1..0.3, "share", "von Hippel & von Hippel 2015";
    /// Probability to apply when discouraged, relative to otherwise.
    discouraged_factor: f64 = 0.5, 0.0..=1.0, 0.3..0.8, "factor", "von Hippel & von Hippel 2015: at least half stay away";
    /// Own income per unit of the region's potential at 1 FTE and prestige 0.5, for organisations without a history.
    income_scale: Money = 12000.0, 1.0..=1e7, 3000.0..30000.0, "USD/year", "assumed";
    /// Elasticity of own income to staff.
    income_elasticity: f64 = 0.55, 0.0..=1.0, 0.4..0.7, "-", "assumed; impact decelerates with funding (Fortin & Currie 2013); near 1 staff and income feed each other without end";
    /// Standard deviation of the yearly change of the growth of own income.
    income_spread: f64 = 0.05, 0.0..=2.0, 0.02..0.08, "log units/year", "assumed";
    /// Probability that the fundraising of a large organisation that raises little takes off in a year.
    take_off: f64 = 0.03, 0.0..=1.0, 0.01..0.05, "1/year", "assumed; of about 40 chapters one or two took off in ten years, and of the 14 largest grantees of 2013 one";
    /// Yearly growth of the regions' fundraising potential, above inflation.
    income_growth: f64 = 0.01, -0.2..=0.5, -0.01..0.03, "1/year", "assumed: with the income of a country";
    /// Cost of raising and collecting money for the common pot, as a share of it.
    pooling_cost: f64 = 0.1, 0.0..=1.0, 0.05..0.25, "share", "assumed; the Foundation spends about a tenth of what it raises on raising it, from memory";
    /// Probability that a hub's money from the pots is interrupted in a year for which it is not promised.
    interruption: f64 = 0.08, 0.0..=1.0, 0.02..0.2, "1/hub/year", "assumed; one of the first four hubs, in about twelve hub-years (Content Partnerships Hub, 2024)";
    /// Smallest expertise, in some theme that a funder funds, with which an organisation applies to it.
    least_fit: f64 = 0.1, 0.0..=1.0, 0.05..0.3, "share", "assumed";
    /// Fall of the awarded share of a request per factor of ten above the mean request, in the allocation rule of
    /// committees (`cuts`).
    cuts_size: f64 = 0.16, 0.0..=1.0, 0.05..0.3, "share per factor 10", "annual plan grants 2013-15";
    /// Rise of the awarded share of a request per standard deviation of its score, in the same rule.
    cuts_merit: f64 = 0.1, 0.0..=1.0, 0.0..0.3, "share per sd", "assumed";
}

/// Own income of a new organisation, relative to the formula for its size; factor, assumed: it has to become known
/// first.
pub const NEWCOMER_FACTOR: f64 = 0.3;

/// Opens the year's accounts: nothing is granted, requested or paid yet. No draws.
pub fn begin_year(_cx: &Context, state: &mut State, _record: &mut Record) {
    for organisation in &mut state.organisations {
        (organisation.grants, organisation.hub_money, organisation.request) = (Money::ZERO, Money::ZERO, Money::ZERO);
        (organisation.applications, organisation.running) = (0, 0);
        for funding in std::iter::once(&mut organisation.governed).chain(&mut organisation.others) {
            (funding.grants, funding.request, funding.awarded) = (Money::ZERO, Money::ZERO, Money::ZERO);
            funding.applications = 0;
        }
    }
}

/// The governed pots, with the money that organisations paid in.
pub fn governed_pots(state: &State) -> Money {
    state.funders.iter().filter(|funder| funder.governed()).map(|funder| funder.pot + funder.paid_in).sum()
}

/// The funder decides about the open applications of a lot, and pays. Draws: grant lot.
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
    let eligible = centre.eligible(levers);
    builders::decided(cx.now, record, (funder, None), &round.organisations, &centre, levers, &awards);
    let mut awarded = regranted;
    for &Award { applicant, amount, .. } in &awards {
        round.granted[applicant] += amount;
        awarded += amount;
    }
    for ((&organisation, applicant), &amount) in round.organisations.iter().zip(&round.applicants).zip(&round.granted) {
        book_decision(cx, state, record, call, Decided { organisation, request: applicant.request, amount });
    }
    call.unspent += round.pot - awarded;
    let left = round.pot - awarded;
    state.funders[funder].paid_before[earmark::lot_index(round.region)] = round.lot - left;
    book_unspent(record, &round, left, &eligible);
}

/// Books the causes for which money of a lot is left. `eligible` are the positions of the applicants that passed the
/// screen.
fn book_unspent(record: &mut Record, round: &Applications, left: Money, eligible: &[usize]) {
    let movement = &mut record.movement;
    if round.admitted == 0 {
        movement.unspent_no_eligible += left;
        return;
    }
    let open: Money = eligible.iter().map(|&i| round.applicants[i].request - round.granted[i]).sum();
    let by_rule = left.min(open).max(Money::ZERO);
    let by_absorption = (left - by_rule).min(round.beyond_absorption).max(Money::ZERO);
    movement.unspent_rule += by_rule;
    movement.unspent_absorption += by_absorption;
    movement.unspent_requests += left - by_rule - by_absorption;
}

/// Records the money that a call has not awarded. No draws.
pub fn close_call(_cx: &Context, state: &mut State, record: &mut Record, call: &GrantCall) {
    if state.funders[call.funder].governed() {
        record.movement.unspent += call.unspent;
    } else {
        record.movement.other_unspent += call.unspent;
    }
}

/// An application and its award.
#[derive(Clone, Copy)]
struct Decided {
    organisation: OrganisationId,
    request: Money,
    /// Award for a year; 0 for a refusal.
    amount: Money,
}

/// Books an application and its award: money, promises, funding history.
fn book_decision(cx: &Context, state: &mut State, record: &mut Record, call: &GrantCall, decided: Decided) {
    let (funder, years) = (call.funder, call.levers.years as u32);
    let Decided { organisation: id, request, amount } = decided;
    let funder_group = state.funders[funder].funder_group;
    let flow = (funder, state.organisations[id].region);
    record.flows[flow].applications += 1;
    let organisation = &mut state.organisations[id];
    organisation.request += request;
    organisation.applications += 1;
    let funding = organisation.funding_history_mut(funder_group);
    funding.request += request;
    funding.applications += 1;
    funding.awarded += amount;
    if amount.0 > 0.0 {
        if years > 1 {
            organisation.commitments.push(Commitment { funder, yearly: amount, years_left: years - 1 });
        }
        pay(cx, state, record, funder, decided);
    } else {
        record.flows[flow].requested += request;
    }
}

/// Pays a grant, new or promised earlier, and counts it.
fn pay(cx: &Context, state: &mut State, record: &mut Record, funder: FunderId, grant: Decided) {
    let Decided { organisation: id, request, amount } = grant;
    let (year, funder_group) = (cx.now.year(), state.funders[funder].funder_group);
    let organisation = &mut state.organisations[id];
    let region = organisation.region;
    organisation.grants += amount;
    organisation.running += 1;
    let funding = organisation.funding_history_mut(funder_group);
    funding.grants += amount;
    // A promise that is paid is a grant too: its receiver is no newcomer.
    funding.last_award = Some(year);
    let flow = &mut record.flows[(funder, region)];
    flow.requested += request;
    flow.awarded += amount;
    flow.grants += 1;
    if organisation.funding_history(funder_group).last_grant.0 > 0.0 {
        flow.returning += amount;
    }
    record.regions[region].awarded += amount;
}

/// Each region's share of the year-0 grants.
pub(super) fn grant_shares(state: &State) -> Vec<f64> {
    let total: Money = state.regions.iter().map(|region| region.grants_at_start).sum();
    state.regions.iter().map(|region| region.grants_at_start.share_of(total)).collect()
}

/// Updates all funding histories at the end of the year: of the governed funders together, and of each other funder. No
/// draws.
pub fn update_funding_histories(cx: &Context, state: &mut State, _record: &mut Record) {
    let (memory, year) = (cx.parameters.money.memory, cx.now.year());
    let others = state.funders.iter().filter(|funder| !funder.governed()).map(|funder| funder.grants.history_memory);
    let retentions: Vec<f64> = others.collect();
    for organisation in state.organisations.iter_mut().filter(|o| o.active()) {
        update_history(&mut organisation.governed, year, memory, cx.policy.grants.history_memory);
        for (funding, &retention) in organisation.others.iter_mut().zip(&retentions) {
            update_history(funding, year, memory, retention);
        }
    }
}

/// Updates one funding history with the year's applications and grants.
fn update_history(funding: &mut FundingHistory, year: u32, memory: f64, retention: f64) {
    if funding.applications > 0 {
        funding.success = funding.awarded.share_of(funding.request);
        funding.last_applied = year;
    }
    funding.best_award = (funding.best_award * memory).max(funding.grants);
    // Below 1 an average that forgets; at 1 the cumulative sum.
    funding.history =
        funding.history * retention + funding.grants * if retention < 1.0 { 1.0 - retention } else { 1.0 };
    funding.last_grant = funding.grants;
}

#[cfg(test)]
mod tests;

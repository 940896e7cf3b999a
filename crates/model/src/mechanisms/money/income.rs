//! Own income: money that organisations raise, who may raise it, and payments into the common pot.
//!
//! *Equations.*
//!
//! ```text
//! usual      = income_factor · income_scale · potential · staff^income_elasticity · (½ + prestige)
//! growth     ← GROWTH_KEPT · growth + income_spread · z + (TAKE_OFF with probability p)
//! p          = take_off · staff/(staff + HALF_STAFF) · (1 − raised/most)
//! success    ← SUCCESS_KEPT · success + growth
//! most       = max(GIVING · people · potential, usual)
//! raised     = min(usual · exp(success), most)
//! paid in    = s · raised
//! own income = raised − paid in
//! to pots    = (1 − pooling_cost) · paid in, in proportion to the governed pots
//! ```
//!
//! `potential` is the region's; it grows by `income_growth` and with prices. `success` is what an organisation's fundraising
//! brings beside what is usual for it: it persists, as donors and members do, so that some grow many times over and
//! others lose what they had. Staff and income feed each other: an organisation that raises more hires more and then
//! raises more, with an elasticity below 1, and never more than the people it serves give.
//!
//! `s` is 1 where an organisation may not ask the public itself (then others raise the money in its place), else the lever
//! `paid_in`. Money paid in is in the governed pots of the same year.

use crate::ids::OrganisationId;
use crate::mechanisms::{Context, environment};
use crate::policy::Policy;
use crate::policy::levers::{Fundraising, OrganisationKind};
use crate::random::Decision;
use crate::record::Record;
use crate::state::State;
use crate::units::Money;

/// Smallest staff in the income formula, FTE; assumed: volunteers raise a little, too.
const MIN_STAFF: f64 = 0.05;
/// Smallest potential of a region in the income formula, factor; keeps income and its ratios positive.
const MIN_POTENTIAL: f64 = 0.01;
/// Part of the growth of success that is left a year later: Wikimedia Deutschland's donations grew by 0.7, 1.0, 0.7, 0.3
/// and 0.3 log units in the years after 2008.
const GROWTH_KEPT: f64 = 0.6;
/// Part of an organisation's success in fundraising that is left a year later; assumed: half of it after eight years, as long
/// as regular donors stay.
const SUCCESS_KEPT: f64 = 0.87;
/// Growth of success in the year in which fundraising takes off, log units; assumed: the best year of Wikimedia
/// Deutschland's donations was 1.0, the part of its new staff in it included.
const TAKE_OFF: f64 = 1.2;
/// Staff with which fundraising takes off half as often as in the largest organisations, FTE; assumed: somebody must have
/// the time for it.
const HALF_STAFF: f64 = 10.0;
/// Most that one of the people served gives in a year, at full potential; USD; what Wikimedia Deutschland turned
/// over in 2023 (25.8 million EUR, 62 million people online).
const GIVING: Money = Money(0.5);
/// People in a million.
const MILLION: f64 = 1e6;
/// Added to prestige in the income formula: at prestige 0.5 the factor is 1.
const PRESTIGE_OFFSET: f64 = 0.5;

/// Own income by the formula at an organisation's size and prestige, before its own factor. `index` is that of the
/// potential, 1 in year 0.
pub fn income_of(cx: &Context, state: &State, id: OrganisationId, index: f64) -> Money {
    let (parameters, organisation) = (&cx.parameters.money, &state.organisations[id]);
    let size = libm::pow(organisation.staff.0.max(MIN_STAFF), parameters.income_elasticity);
    let reputation = PRESTIGE_OFFSET + organisation.prestige;
    parameters.income_scale * (potential(state, id) * size * reputation * index)
}

/// Fundraising potential of an organisation's region, factor.
fn potential(state: &State, id: OrganisationId) -> f64 {
    state.regions[state.organisations[id].region].fundraising.max(MIN_POTENTIAL)
}

/// The most that the people whom an organisation serves give in a year.
fn most_given(state: &State, id: OrganisationId, index: f64) -> Money {
    let people = state.organisations[id].community.map_or(0.0, |community| MILLION * state.people_of(community));
    GIVING * (people * potential(state, id) * index)
}

/// Every organisation gets its own income, and the common pot its part. Draws: own income.
pub fn raise(cx: &Context, state: &mut State, record: &mut Record) {
    let ids: Vec<OrganisationId> = state.active().collect();
    for id in ids {
        match state.organisations[id].kind {
            OrganisationKind::Foundation => pay_foundation(state, record, id),
            kind if kind.outside() => pay_outsider(cx, state, record, id),
            _ => raise_own(cx, state, record, id),
        }
    }
    pool(cx, state, record);
    record.movement.pot = state.funders.iter().filter(|funder| funder.governed()).map(|funder| funder.pot).sum();
    record.movement.other_pot = state.funders.iter().filter(|funder| !funder.governed()).map(|funder| funder.pot).sum();
}

/// The foundation's movement budget follows the trend of the governed pots only: it is the same under every policy. What
/// it handed over with its themes goes to the hubs.
fn pay_foundation(state: &mut State, record: &mut Record, id: OrganisationId) {
    let handed: Money = state.mandates.iter().filter(|m| m.alive()).map(|m| m.handed).sum();
    let whole = state.foundation_budget * state.budget_index;
    record.movement.foundation_budget = whole;
    state.organisations[id].own_income = (whole - handed * state.budget_index).max(Money::ZERO);
}

/// The income of outsiders follows prices: it pays for the same staff in every year.
fn pay_outsider(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let income = state.wage(id, cx.parameters.staffing.wage) * state.organisations[id].endowed.0;
    let organisation = &mut state.organisations[id];
    (organisation.raised, organisation.own_income) = (income, income);
    record.movement.outside_income += income;
}

/// An affiliate raises what its size, its prestige and its success bring, and pays a part of it into the common pot.
/// Draws: own income.
fn raise_own(cx: &Context, state: &mut State, record: &mut Record, id: OrganisationId) {
    let parameters = &cx.parameters.money;
    let growth = libm::pow(1.0 + parameters.income_growth, f64::from(cx.now.year()));
    let index = growth * environment::price_index(cx);
    let usual = income_of(cx, state, id, index) * state.organisations[id].income_factor;
    let most = most_given(state, id, index).max(usual);
    let pooled = state.funders.iter().any(|funder| funder.governed());
    let organisation = &mut state.organisations[id];
    let share = if pooled { share_paid_in(cx.policy, organisation.kind, cx.now.year()) } else { 0.0 };
    let stream = cx.random.decision(Decision::OwnIncome, cx.now.year()).entity(organisation.key);
    let untapped = (1.0 - organisation.raised.share_of(most)).max(0.0);
    let chance = parameters.take_off * untapped * organisation.staff.0 / (organisation.staff.0 + HALF_STAFF);
    let takes_off = if stream.bernoulli(1, chance) { TAKE_OFF } else { 0.0 };
    let growth = GROWTH_KEPT * organisation.income_growth + parameters.income_spread * stream.normal(0) + takes_off;
    organisation.income_growth = growth;
    organisation.success = SUCCESS_KEPT * organisation.success + growth;
    organisation.raised = (usual * libm::exp(organisation.success)).min(most);
    let paid_in = organisation.raised * share;
    organisation.own_income = organisation.raised - paid_in;
    record.movement.own_income += organisation.own_income;
    record.regions[organisation.region].own_income += organisation.own_income;
    record.movement.paid_in += paid_in;
}

/// The share of the money raised that goes into the common pot.
fn share_paid_in(policy: &Policy, kind: OrganisationKind, year: u32) -> f64 {
    let levers = &policy.governance;
    let may_raise = match levers.fundraising {
        Fundraising::All => true,
        Fundraising::Chapters => {
            matches!(kind, OrganisationKind::Chapter | OrganisationKind::ThematicOrganisation)
        }
        Fundraising::Foundation => false,
    };
    if kind.outside() {
        0.0
    } else if may_raise {
        levers.paid_in.at(year)
    } else {
        1.0
    }
}

/// Divides the money paid in, less its cost, among the governed pots in proportion to them.
fn pool(cx: &Context, state: &mut State, record: &mut Record) {
    let movement = &mut record.movement;
    movement.pooling = movement.paid_in * cx.parameters.money.pooling_cost;
    let net = movement.paid_in - movement.pooling;
    let governed = state.funders.iter().filter(|funder| funder.governed());
    let (count, pots) = governed.fold((0.0, Money::ZERO), |(n, sum), funder| (n + 1.0, sum + funder.pot));
    for funder in &mut state.funders {
        let part = if pots.0 > 0.0 { funder.pot.share_of(pots) } else { 1.0 / count };
        funder.paid_in = if funder.governed() { net * part } else { Money::ZERO };
    }
}

//! Own income: money that organisations raise, who may raise it, and payments into the common pot.
//!
//! *Equations.*
//!
//! ```text
//! warranted  = income_factor · income_scale · potential · staff^income_elasticity · (½ + prestige)^income_prestige · noise
//! raised'    = raised + income_speed · (warranted − raised)
//! paid in    = s · raised
//! own income = raised − paid in
//! to pots    = (1 − pooling_cost) · paid in, in proportion to the governed pots
//! ```
//!
//! `s` is 1 where an organisation may not ask the public itself (then others raise the money in its place), else the lever
//! `paid_in`. Money paid in is in the governed pots of the same year.

use crate::ids::OrganisationId;
use crate::mechanisms::Context;
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
/// Added to prestige in the income formula: at prestige 0.5 the factor is 1.
const PRESTIGE_OFFSET: f64 = 0.5;

/// Own income by the formula at an organisation's size and prestige, before its own factor. `index` is that of the
/// potential, 1 in year 0.
pub fn income_of(cx: &Context, state: &State, id: OrganisationId, index: f64) -> Money {
    let (parameters, organisation) = (&cx.parameters.money, &state.organisations[id]);
    let size = libm::pow(organisation.staff.0.max(MIN_STAFF), parameters.income_elasticity);
    let reputation = libm::pow(PRESTIGE_OFFSET + organisation.prestige, parameters.income_prestige);
    parameters.income_scale
        * state.regions[organisation.region].fundraising.max(MIN_POTENTIAL)
        * size
        * reputation
        * index
}

/// Own income moves towards the income that size and prestige warrant. The foundation's movement budget follows the
/// trend of the governed pots only: it is the same under every policy. Draws: own income.
pub fn raise(cx: &Context, state: &mut State, record: &mut Record) {
    let stream = cx.random.decision(Decision::OwnIncome, cx.now.year());
    let parameters = &cx.parameters.money;
    let pooled = state.funders.iter().any(|funder| funder.governed());
    // Potential moves with prices and with its own trend, from 1 in year 0.
    let inflation = cx.parameters.environment.inflation;
    let trend = libm::pow((1.0 + parameters.income_growth) * (1.0 + inflation), f64::from(cx.now.year()));
    let ids: Vec<OrganisationId> = state.active().collect();
    for id in ids {
        let region = state.organisations[id].region;
        if state.organisations[id].kind == OrganisationKind::Foundation {
            let handed: Money = state.mandates.iter().filter(|m| m.alive()).map(|m| m.handed).sum();
            let whole = state.foundation_budget * state.budget_index;
            record.movement.foundation_budget = whole;
            state.organisations[id].own_income = (whole - handed * state.budget_index).max(Money::ZERO);
            continue;
        }
        if state.organisations[id].kind.outside() {
            // The income of outsiders follows prices: it pays for the same staff in every year.
            let income = state.wage(region, cx.parameters.staffing.wage) * state.organisations[id].endowed.0;
            let organisation = &mut state.organisations[id];
            (organisation.raised, organisation.own_income) = (income, income);
            record.movement.outside_income += income;
            continue;
        }
        let formula = income_of(cx, state, id, trend);
        let share = if pooled { share_paid_in(cx.policy, state.organisations[id].kind, cx.now.year()) } else { 0.0 };
        let organisation = &mut state.organisations[id];
        let noise = libm::exp(parameters.income_noise * stream.entity(organisation.key).normal(0));
        let warranted = formula * (organisation.income_factor * noise);
        organisation.raised += (warranted - organisation.raised) * parameters.income_speed;
        let paid_in = organisation.raised * share;
        organisation.own_income = organisation.raised - paid_in;
        record.movement.own_income += organisation.own_income;
        record.regions[region].own_income += organisation.own_income;
        record.movement.paid_in += paid_in;
    }
    pool(cx, state, record);
    record.movement.pot = state.funders.iter().filter(|funder| funder.governed()).map(|funder| funder.pot).sum();
    record.movement.other_pot = state.funders.iter().filter(|funder| !funder.governed()).map(|funder| funder.pot).sum();
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

//! Own income: what organisations raise, who may, and what is paid into the common pot.
//!
//! *Equations.* raised moves towards potential × staff^elasticity × (½ + prestige)^elasticity; a share s of it goes into
//! the common pot: all of it where an organisation may not ask the public itself (then it is asked in its place), else
//! `paid_in`. Asking for it and collecting it costs `pooling_cost` of it. What is left is in the governed pots of the
//! same year, in proportion to them, beside what they are without it.

use crate::ids::OrganisationId;
use crate::mechanisms::Context;
use crate::policy::Policy;
use crate::policy::levers::{Fundraising, OrganisationKind};
use crate::random::Decision;
use crate::record::Record;
use crate::state::State;
use crate::units::Money;

/// What own income the formula gives an organisation at its size and prestige, before its own factor; `unit` is
/// the potential's index.
pub fn income_of(cx: &Context, state: &State, id: OrganisationId, unit: Money) -> Money {
    let (p, o) = (&cx.parameters.money, &state.organisations[id]);
    let size = libm::pow(o.staff.0.max(0.05), p.income_elasticity);
    let seen = libm::pow(0.5 + o.prestige, p.income_prestige);
    unit * (p.income_scale * state.regions[o.region].fundraising.max(0.01) * size * seen)
}

/// Own income moves towards what size and prestige warrant. The foundation's movement budget only follows the trend
/// of the governed pots: it is the same under every policy.
pub fn raise(cx: &Context, state: &mut State, record: &mut Record) {
    let stream = cx.random.decision(Decision::OwnIncome, cx.now.year());
    let p = &cx.parameters.money;
    let pooled = state.funders.iter().any(|funder| funder.governed());
    // Potential moves with prices and with its own trend, from 1 in year 0.
    let inflation = cx.parameters.environment.inflation;
    let trend = libm::pow((1.0 + p.income_growth) * (1.0 + inflation), f64::from(cx.now.year()));
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
            // Theirs follows prices, so that it always pays for the same staff.
            let income = state.wage(region, cx.parameters.staffing.wage) * state.organisations[id].endowed.0;
            let o = &mut state.organisations[id];
            (o.raised, o.own_income) = (income, income);
            record.movement.outside_income += income;
            continue;
        }
        let formula = income_of(cx, state, id, Money(trend));
        let share = if pooled { share_paid_in(cx.policy, state.organisations[id].kind, cx.now.year()) } else { 0.0 };
        let o = &mut state.organisations[id];
        let noise = libm::exp(p.income_noise * stream.entity(o.key).normal(0));
        let warranted = formula * (o.income_factor * noise);
        o.raised += (warranted - o.raised) * p.income_speed;
        let paid_in = o.raised * share;
        o.own_income = o.raised - paid_in;
        record.movement.own_income += o.own_income;
        record.regions[region].own_income += o.own_income;
        record.movement.paid_in += paid_in;
    }
    pool(cx, state, record);
    record.movement.pot = state.funders.iter().filter(|funder| funder.governed()).map(|funder| funder.pot).sum();
    record.movement.other_pot = state.funders.iter().filter(|funder| !funder.governed()).map(|funder| funder.pot).sum();
}

/// The share of what is raised that goes into the common pot.
fn share_paid_in(policy: &Policy, kind: OrganisationKind, year: u32) -> f64 {
    let levers = &policy.governance;
    let may = match levers.fundraising {
        Fundraising::All => true,
        Fundraising::Chapters => {
            matches!(kind, OrganisationKind::Chapter | OrganisationKind::ThematicOrganisation)
        }
        Fundraising::Foundation => false,
    };
    if kind.outside() {
        0.0
    } else if may {
        levers.paid_in.at(year)
    } else {
        1.0
    }
}

/// What was paid in, less what that costs, among the governed pots in proportion to them.
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

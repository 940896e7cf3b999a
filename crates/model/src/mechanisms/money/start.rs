//! The money of year 0: grants, own income beside them, promises that run.

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::money::{NEWCOMER_FACTOR, earmark, income_of};
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::state::{Commitment, FunderGroup, FundingHistory, Organisation, State};
use crate::units::Money;

/// Reserves at the start, in years of cost: what organisations keep whose income grows slowly and who spend a part of
/// their reserves each year.
const RESERVES: f64 = 0.05;
/// The most of its own income that an organisation has, in year 0, from funders that are not governed.
const MOST_CARVED: f64 = 0.5;

/// Divides the regions' year-0 grants, and lets own income be what staff costs beyond them. What funders that are not
/// governed gave is carved out of that, so that nobody has more or less by being told of them. Who has a head start had
/// that much more of grants, and nobody less for it. Grants of `grant_years` years run. Draws: stagger.
pub fn start(cx: &Context, state: &mut State, grant_years: u32, head_start: f64) {
    divide(state);
    if let Some(drawn) = state.drawn {
        let o = &mut state.organisations[drawn];
        o.governed.last_grant = o.governed.last_grant * (1.0 + head_start);
    }
    for i in state.organisations.ids() {
        let cost =
            state.wage(state.organisations[i].region, cx.parameters.staffing.wage) * state.organisations[i].staff.0;
        if state.organisations[i].kind == OrganisationKind::Foundation {
            state.foundation_budget = cost;
        }
        let o = &mut state.organisations[i];
        let had = o.governed.last_grant;
        o.own_income = (cost - had).max(Money::ZERO);
        o.reserves = if o.kind.outside() { Money::ZERO } else { cost * RESERVES };
        o.grants = had;
        o.governed = remembered(had);
        if had.0 > 0.0 {
            stagger_governed(cx, state, i, grant_years);
        }
    }
    for f in state.funders.ids() {
        if !state.funders[f].governed() {
            carve(cx, state, f);
        }
    }
    for i in state.organisations.ids() {
        let formula = income_of(cx, state, i, Money(1.0));
        let cost =
            state.wage(state.organisations[i].region, cx.parameters.staffing.wage) * state.organisations[i].staff.0;
        let o = &mut state.organisations[i];
        o.raised = o.own_income;
        o.income_factor = if o.own_income.0 > 0.0 { o.own_income.0 / formula.0 } else { NEWCOMER_FACTOR };
        o.secured = if cost.0 > 0.0 { (0.8 * o.own_income.0 / cost.0).min(1.0) } else { 0.0 };
    }
}

/// Each region's year-0 grants, in proportion to the weights that `last_grant` holds until now.
fn divide(state: &mut State) {
    for r in state.region_ids() {
        let here = |o: &&mut Organisation| o.region == r && !o.inert;
        let total: f64 = state.organisations.iter_mut().filter(here).map(|o| o.governed.last_grant.0).sum();
        let grants = state.regions[r].grants_at_start;
        for o in state.organisations.iter_mut().filter(here) {
            let weight = o.governed.last_grant.0;
            o.governed.last_grant = if total > 0.0 { grants * (weight / total) } else { Money::ZERO };
        }
    }
}

/// What is remembered of a grant of year 0.
fn remembered(grant: Money) -> FundingHistory {
    FundingHistory {
        grants: grant,
        last_grant: grant,
        best_award: grant,
        history: grant,
        last_award: (grant.0 > 0.0).then_some(0),
        success: 1.0,
        ..FundingHistory::default()
    }
}

/// What a funder that is not governed gave in year 0: its pot, by its earmarks, among those who have other money than
/// grants, in proportion to it.
fn carve(cx: &Context, state: &mut State, funder: FunderId) {
    let f = &state.funders[funder];
    let (funder_group, years) = (f.funder_group, f.grants.years as u32);
    let lots: Vec<(Option<RegionId>, Money)> = earmark::lots(f, f.pot);
    for (region, pot) in lots {
        let asks = |id: &OrganisationId| earmark::asks(cx, state, funder, region, *id);
        let ids: Vec<OrganisationId> = state.affiliates().filter(asks).collect();
        let weight = |&id: &OrganisationId| {
            state.organisations[id].own_income.0 * earmark::fit(state, funder, id).unwrap_or(1.0)
        };
        let weights: Vec<f64> = ids.iter().map(weight).collect();
        let total: f64 = weights.iter().sum();
        for (id, weight) in ids.into_iter().zip(weights) {
            let o = &mut state.organisations[id];
            let before = o.own_income + o.others.iter().map(|d| d.last_grant).sum();
            let most = (o.own_income - before * (1.0 - MOST_CARVED)).max(Money::ZERO);
            let grant = if total > 0.0 { (pot * (weight / total)).min(most) } else { Money::ZERO };
            o.own_income -= grant;
            o.grants += grant;
            *o.funding_history_mut(funder_group) = remembered(grant);
            if grant.0 > 0.0 {
                let stream = cx.random.decision(Decision::CommitmentStagger, 0).entity(state.funders[funder].key);
                let left = (stream.with(state.organisations[id].key).uniform(0) * f64::from(years)) as u32;
                promise(&mut state.organisations[id], funder, grant, left);
            }
        }
    }
}

/// With grants of several years, the first promises end in different years. Whose they are is drawn by pots.
fn stagger_governed(cx: &Context, state: &mut State, id: OrganisationId, years: u32) {
    let stream = cx.random.decision(Decision::CommitmentStagger, 0).entity(state.organisations[id].key);
    let region = state.organisations[id].region;
    let asks = |f: &FunderId| {
        let here = |&(r, _): &(Option<RegionId>, Money)| r.is_none_or(|r| r == region);
        let funder = &state.funders[*f];
        funder.governed() && earmark::lots(funder, funder.pot).iter().any(here)
    };
    let governed: Vec<FunderId> = state.funders.ids().filter(asks).collect();
    let left = (stream.uniform(0) * f64::from(years)) as u32;
    let mut at = stream.uniform(1) * governed.iter().map(|&f| state.funders[f].pot.0).sum::<f64>();
    let whose = governed.into_iter().find(|&f| {
        at -= state.funders[f].pot.0;
        at < 0.0
    });
    if let Some(funder) = whose {
        let o = &mut state.organisations[id];
        let grant = o.funding_history(FunderGroup::Governed).last_grant;
        promise(o, funder, grant, left);
    }
}

fn promise(o: &mut Organisation, funder: FunderId, yearly: Money, years_left: u32) {
    if years_left > 0 {
        o.commitments.push(Commitment { funder, yearly, years_left });
    }
}

//! The money of year 0: grants, own income beside them, and promises that run.

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::money::{NEWCOMER_FACTOR, earmark, income_of};
use crate::mechanisms::staffing::INCOME_SECURED;
use crate::policy::levers::OrganisationKind;
use crate::random::Decision;
use crate::state::{Commitment, Funder, FunderGroup, FundingHistory, Organisation, State};
use crate::units::Money;

/// Reserves in year 0, years of cost; about the steady state of an organisation whose income grows slowly and that spends
/// a part of its reserves each year.
const RESERVES: f64 = 0.05;
/// Largest share of its own income that an organisation has, in year 0, from funders that are not governed; assumed: half.
const MAX_CARVED: f64 = 0.5;

/// Divides the regions' year-0 grants, and sets own income to the cost of staff beyond them. Grants of funders that are
/// not governed are taken out of own income: describing them changes nobody's money. An affiliate with a head start had
/// more grants by that share; nobody has less for it. Grants of `grant_years` years run. Draws: stagger.
pub fn start(cx: &Context, state: &mut State, grant_years: u32, head_start: f64) {
    divide(state);
    note_governed_grants(state);
    if let Some(drawn) = state.head_start_affiliate {
        let organisation = &mut state.organisations[drawn];
        organisation.governed.last_grant = organisation.governed.last_grant * (1.0 + head_start);
    }
    for i in state.organisations.ids() {
        let cost = state.wage(i, cx.parameters.staffing.wage) * state.organisations[i].staff.0;
        if state.organisations[i].kind == OrganisationKind::Foundation {
            state.foundation_budget = cost;
        }
        let organisation = &mut state.organisations[i];
        let had = organisation.governed.last_grant;
        organisation.own_income = (cost - had).max(Money::ZERO);
        organisation.reserves = if organisation.kind.outside() { Money::ZERO } else { cost * RESERVES };
        organisation.grants = had;
        organisation.governed = remembered(had);
        if had.0 > 0.0 {
            stagger_governed(cx, state, i, grant_years);
        }
    }
    for funder in state.funders.ids() {
        if !state.funders[funder].governed() {
            carve(cx, state, funder);
        }
    }
    for i in state.organisations.ids() {
        let formula = income_of(cx, state, i, 1.0);
        let cost = state.wage(i, cx.parameters.staffing.wage) * state.organisations[i].staff.0;
        let organisation = &mut state.organisations[i];
        organisation.raised = organisation.own_income;
        organisation.income_factor =
            if organisation.own_income.0 > 0.0 { organisation.own_income.0 / formula.0 } else { NEWCOMER_FACTOR };
        organisation.secured =
            if cost.0 > 0.0 { (INCOME_SECURED * organisation.own_income.0 / cost.0).min(1.0) } else { 0.0 };
    }
}

/// Divides each region's year-0 grants, in proportion to the weights that `last_grant` holds until now.
fn divide(state: &mut State) {
    for region in state.region_ids() {
        let here = |o: &&mut Organisation| o.region == region && !o.inert;
        let total: f64 = state.organisations.iter_mut().filter(here).map(|o| o.governed.last_grant.0).sum();
        let grants = state.regions[region].grants_at_start;
        for organisation in state.organisations.iter_mut().filter(here) {
            let weight = organisation.governed.last_grant.0;
            organisation.governed.last_grant = if total > 0.0 { grants * (weight / total) } else { Money::ZERO };
        }
    }
}

/// Notes what the governed funders paid in year 0, lot by lot: their parts of each region's grants.
fn note_governed_grants(state: &mut State) {
    for funder in state.funders.ids().filter(|&funder| state.funders[funder].governed()).collect::<Vec<_>>() {
        for region in state.region_ids() {
            let all: Money = state
                .funders
                .ids()
                .filter(|&other| state.funders[other].governed())
                .map(|other| earmark::comparable_pot(state, other, region))
                .sum();
            let part = earmark::comparable_pot(state, funder, region).share_of(all);
            let lot = if state.funders[funder].regions.is_empty() { None } else { Some(region) };
            let paid = state.regions[region].grants_at_start * part;
            state.funders[funder].paid_before[earmark::lot_index(lot)] += paid;
        }
    }
}

/// The funding history after a grant of year 0.
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

/// Grants of a funder that is not governed in year 0: its pot, by its earmarks, among organisations with own income, in
/// proportion to it.
fn carve(cx: &Context, state: &mut State, funder: FunderId) {
    let Funder { key, funder_group, ref grants, pot, .. } = state.funders[funder];
    let years = grants.years as u32;
    let lots: Vec<(Option<RegionId>, Money)> = earmark::lots(&state.funders[funder], pot);
    for (region, pot) in lots {
        let may_apply = |id: &OrganisationId| earmark::may_apply(cx, state, funder, region, *id);
        let ids: Vec<OrganisationId> = state.affiliates().filter(may_apply).collect();
        let weight = |&id: &OrganisationId| {
            state.organisations[id].own_income.0 * earmark::weighted_expertise(state, funder, id).unwrap_or(1.0)
        };
        let weights: Vec<f64> = ids.iter().map(weight).collect();
        let total: f64 = weights.iter().sum();
        for (id, weight) in ids.into_iter().zip(weights) {
            let organisation = &mut state.organisations[id];
            let before = organisation.own_income + organisation.others.iter().map(|d| d.last_grant).sum();
            let most = (organisation.own_income - before * (1.0 - MAX_CARVED)).max(Money::ZERO);
            let grant = if total > 0.0 { (pot * (weight / total)).min(most) } else { Money::ZERO };
            organisation.own_income -= grant;
            state.funders[funder].paid_before[earmark::lot_index(region)] += grant;
            organisation.grants += grant;
            *organisation.funding_history_mut(funder_group) = remembered(grant);
            if grant.0 > 0.0 {
                let stream = cx.random.decision(Decision::CommitmentStagger, 0).entity(key);
                let left = (stream.with(state.organisations[id].key).uniform(0) * f64::from(years)) as u32;
                promise(&mut state.organisations[id], funder, grant, left);
            }
        }
    }
}

/// The first promises of grants of several years end in different years. The funder of each is drawn by the size of the
/// pots.
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
    let mut target = stream.uniform(1) * governed.iter().map(|&f| state.funders[f].pot.0).sum::<f64>();
    let drawn = governed.into_iter().find(|&f| {
        target -= state.funders[f].pot.0;
        target < 0.0
    });
    if let Some(funder) = drawn {
        let organisation = &mut state.organisations[id];
        let grant = organisation.funding_history(FunderGroup::Governed).last_grant;
        promise(organisation, funder, grant, left);
    }
}

/// Adds a promise, unless its years are over.
fn promise(organisation: &mut Organisation, funder: FunderId, yearly: Money, years_left: u32) {
    if years_left > 0 {
        organisation.commitments.push(Commitment { funder, yearly, years_left });
    }
}

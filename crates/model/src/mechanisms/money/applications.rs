//! Applications: which organisation asks which funder for how much, and what the funder sees of it.

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::environment;
use crate::mechanisms::money::call::grant_levers;
use crate::mechanisms::money::earmark;
use crate::policy::Applicant;
use crate::random::Decision;
use crate::state::{Region, State};
use crate::units::Money;

/// Years without a grant after which an organisation counts as a newcomer again; years, assumed: the usual longest
/// grant.
const NEWCOMER_YEARS: u32 = 3;
/// Staff that an organisation can hire within a year whatever its size; FTE, assumed: its first employee.
const FIRST_STAFF: f64 = 1.0;
/// Smallest ratio that need is divided by; only guards against a division by 0 where nobody works anywhere.
const SMALLEST_RATIO: f64 = 1e-12;

/// What a funder sees of last year's service, for all of its lots.
pub(super) struct FunderView {
    funder: FunderId,
    /// By organisation; 0 for those that are no affiliates.
    service: Vec<f64>,
    best_service: f64,
}

impl FunderView {
    pub(super) fn new(state: &State, funder: FunderId) -> FunderView {
        let mut service = vec![0.0; state.organisations.len()];
        for id in state.affiliates() {
            service[id.index()] = self::service(state, funder, id);
        }
        let best_service = service.iter().copied().fold(0.0, f64::max);
        FunderView { funder, service, best_service }
    }
}

/// A lot, as those see it whom it is for.
#[derive(Clone, Copy)]
pub(super) struct Lot {
    /// The region that it is for, if it is for one.
    pub(super) region: Option<RegionId>,
    /// Its money beyond what was paid out of it last year.
    pub(super) room: Money,
}

/// The applications for a lot.
pub(super) struct Asked {
    /// Organisations that it is for and that pass the screen, whether they apply or not.
    pub(super) admitted: usize,
    /// What applicants that pass the screen wanted beyond what they can absorb.
    pub(super) beyond_absorption: Money,
    /// The applicants, in the order of the organisations.
    pub(super) organisations: Vec<OrganisationId>,
    /// What the funder sees of each.
    pub(super) applicants: Vec<Applicant>,
}

/// The applications for a lot. Draws: apply, grant noise.
pub(super) fn applications(cx: &Context, state: &State, view: &FunderView, lot: Lot) -> Asked {
    let need = need_for(state, view.funder);
    let levers = grant_levers(cx, &state.funders[view.funder]);
    let meant_for = |id: &OrganisationId| earmark::may_apply(cx, state, view.funder, lot.region, *id);
    let profile = |id: OrganisationId| applicant(cx, state, view, id, need[state.organisations[id].region]);
    let profiles: Vec<(OrganisationId, Applicant)> =
        state.affiliates().filter(meant_for).map(|id| (id, profile(id))).collect();
    let admits = |applicant: &Applicant| applicant.passes(levers, cx.now.year());
    let admitted = profiles.iter().filter(|(_, profile)| admits(profile)).count();
    let room = lot.room / admitted.max(1) as f64;
    let mut asked =
        Asked { admitted, beyond_absorption: Money::ZERO, organisations: Vec::new(), applicants: Vec::new() };
    for (id, profile) in profiles {
        let call = Call { funder: view.funder, room };
        let Request { wanted, amount } = request(cx, state, call, id);
        if !applies(cx, state, call, (id, amount)) {
            continue;
        }
        if admits(&profile) {
            asked.beyond_absorption += wanted - amount;
        }
        asked.organisations.push(id);
        asked.applicants.push(Applicant { request: amount, ..profile });
    }
    asked
}

/// Whether an organisation decides to apply to a funder this year for an amount. An organisation with a running promise
/// does not. Where there is money for all, nobody stays away for want of success.
fn applies(cx: &Context, state: &State, Call { funder, room }: Call, (id, amount): (OrganisationId, Money)) -> bool {
    let (parameters, organisation) = (&cx.parameters.money, &state.organisations[id]);
    let history = organisation.funding_history(state.funders[funder].funder_group);
    let promised = organisation.commitments.iter().any(|c| c.funder == funder);
    let discouraged = history.last_applied > 0 && history.success < parameters.discouraged_below;
    let invited = if history.last_grant.0 > 0.0 || room > amount { 1.0 } else { room.share_of(amount) };
    let chance = parameters.apply_unfunded + (parameters.apply_funded - parameters.apply_unfunded) * invited;
    let chance = if discouraged { chance * parameters.discouraged_factor } else { chance };
    let chance = chance * reliance(organisation.own_income, amount * parameters.self_reliance);
    let stream = cx.random.decision(Decision::Apply, cx.now.year()).entity(state.funders[funder].key);
    !promised && stream.with(organisation.key).bernoulli(0, chance)
}

/// How much an organisation relies on grants, 0–1: 1 without own income, a half where own income equals `enough`.
fn reliance(own_income: Money, enough: Money) -> f64 {
    if own_income.0 <= 0.0 {
        return 1.0;
    }
    let ratio = enough / own_income;
    let squared = ratio * ratio;
    squared / (1.0 + squared)
}

/// An organisation as the funder sees it, before it has asked for anything.
fn applicant(cx: &Context, state: &State, view: &FunderView, id: OrganisationId, need: f64) -> Applicant {
    let (funder, organisation) = (&state.funders[view.funder], &state.organisations[id]);
    let history = organisation.funding_history(funder.funder_group);
    let stream = cx.random.decision(Decision::GrantNoise, cx.now.year()).entity(funder.key);
    let [noise, noise_of_evidence] = [0, 1].map(|index| funder.noise * stream.with(organisation.key).normal(index));
    let service = if view.best_service > 0.0 { view.service[id.index()] / view.best_service } else { 0.0 };
    let weight = cx.parameters.mandates.prestige_weight;
    let merit = (1.0 - weight) * quality(state, view.funder, id) + weight * organisation.prestige + noise;
    Applicant {
        key: organisation.key,
        kind: organisation.kind,
        region: organisation.region,
        underserved: state.regions[organisation.region].underserved(),
        age: organisation.age(cx.now.quarter()),
        staff: organisation.staff,
        request: Money::ZERO,
        history: history.history,
        track_record: merit.max(0.0),
        // A funder reads reports of what was measured, with the same error as all that it sees.
        evidence: (service + noise_of_evidence).max(0.0),
        need,
        prestige: organisation.prestige,
        votes: 0.0,
        known_misconduct: organisation.conduct.known_misconduct(),
        outside: false,
        partners: 0,
        new: history.last_award.is_none(),
        newcomer: history.last_award.is_none_or(|year| year + NEWCOMER_YEARS <= cx.now.year()),
        held: 0,
        shortfall: 0.0,
    }
}

/// A funder's lot, as an organisation sees it.
#[derive(Clone, Copy)]
pub(super) struct Call {
    pub(super) funder: FunderId,
    /// Money beyond what was paid last year, for each organisation that it is for.
    pub(super) room: Money,
}

/// A request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Request {
    /// What the organisation would ask for if it could use any amount.
    pub(super) wanted: Money,
    /// What it asks for.
    pub(super) amount: Money,
}

/// The request of an organisation to a funder. A governed funder is asked for its share of the pots of its group that
/// the organisation may apply to.
pub(super) fn request(cx: &Context, state: &State, call: Call, id: OrganisationId) -> Request {
    let (parameters, organisation) = (&cx.parameters.money, &state.organisations[id]);
    let funder_group = state.funders[call.funder].funder_group;
    let had = organisation.funding_history(funder_group);
    let same_group =
        |f: &FunderId| state.funders[*f].funder_group == funder_group && earmark::may_apply(cx, state, *f, None, id);
    let pot = |f: FunderId| earmark::comparable_pot(state, f, organisation.region);
    let all: Money = state.funders.ids().filter(same_group).map(pot).sum();
    let again = had.best_award * ((1.0 + parameters.ambition) * pot(call.funder).share_of(all));
    let least = parameters.least_request * environment::price_index(cx);
    let wanted = (again + call.room).max(least);
    Request { wanted, amount: wanted.min(usable(cx, state, id).max(least)) }
}

/// The money that an organisation could use within a year: the cost of the staff to which it can grow, less the money
/// that it has.
fn usable(cx: &Context, state: &State, id: OrganisationId) -> Money {
    let organisation = &state.organisations[id];
    let grown = organisation.staff.0 * (1.0 + cx.parameters.money.absorption) + FIRST_STAFF;
    state.wage(id, cx.parameters.staffing.wage) * grown - organisation.own_income - organisation.grants
}

/// Last year's service of an organisation, weighted by the themes of a funder.
fn service(state: &State, funder: FunderId, id: OrganisationId) -> f64 {
    let served = &state.organisations[id].service_before;
    earmark::weighted(state, funder, |t| served[t]).unwrap_or_else(|| served.iter().sum())
}

/// Quality of an organisation, weighted by the themes of a funder; for a funder of all themes, in its best theme.
fn quality(state: &State, funder: FunderId, id: OrganisationId) -> f64 {
    let in_theme = |t| state.quality(id, t);
    earmark::weighted(state, funder, in_theme).unwrap_or_else(|| state.best_quality(id))
}

/// Unmet need per region as a funder sees it, in its themes if it has any.
fn need_for(state: &State, funder: FunderId) -> Vec<f64> {
    let mut need = regional_need(state);
    for (r, need) in state.region_ids().zip(&mut need) {
        *need *= earmark::weighted(state, funder, |t| state.need(r, t)).unwrap_or(1.0);
    }
    need
}

/// Unmet need per region relative to the neediest: high where little work meets many people online.
pub(super) fn regional_need(state: &State) -> Vec<f64> {
    let (work, online) = state.regions.iter().fold((0.0, 0.0), |(w, o), r| (w + r.work, o + r.online));
    let usual = work / online;
    let unserved = |region: &Region| usual / (usual + region.work / region.online).max(SMALLEST_RATIO);
    let needs: Vec<f64> = state.regions.iter().map(unserved).collect();
    let most = needs.iter().copied().fold(0.0, f64::max);
    // Where nobody works at all, all regions are equally needy.
    needs.into_iter().map(|need| if most > 0.0 { need / most } else { 1.0 }).collect()
}

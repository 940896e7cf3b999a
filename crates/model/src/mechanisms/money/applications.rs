//! Applications: which organisation asks which funder for how much, and what the funder sees of it.

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::money::earmark;
use crate::policy::Applicant;
use crate::random::Decision;
use crate::state::{Region, State};
use crate::units::Money;

/// Years without a grant after which an organisation counts as a newcomer again; years, assumed: the usual longest
/// grant.
const NEWCOMER_YEARS: u32 = 3;
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

/// The applications for a lot, in the order of the organisations. Draws: apply, grant noise.
pub(super) fn applications(
    cx: &Context,
    state: &State,
    view: &FunderView,
    lot: Option<RegionId>,
) -> (Vec<OrganisationId>, Vec<Applicant>) {
    let need = need_for(state, view.funder);
    let mut ids = Vec::new();
    let mut applicants = Vec::new();
    for id in state.affiliates() {
        let organisation = &state.organisations[id];
        let elsewhere = lot.is_some_and(|lot| lot != organisation.region);
        if elsewhere || !applies(cx, state, view.funder, lot, id) {
            continue;
        }
        let request = request(cx, state, view.funder, id);
        if request < organisation.raised * cx.parameters.money.worth {
            continue;
        }
        ids.push(id);
        applicants.push(applicant(cx, state, view, id, (request, need[organisation.region])));
    }
    (ids, applicants)
}

/// Whether an organisation decides to apply to a funder this year. An organisation with a running promise does not.
fn applies(cx: &Context, state: &State, funder: FunderId, lot: Option<RegionId>, id: OrganisationId) -> bool {
    let (parameters, organisation) = (&cx.parameters.money, &state.organisations[id]);
    let history = organisation.funding_history(state.funders[funder].funder_group);
    let promised = organisation.commitments.iter().any(|c| c.funder == funder);
    let discouraged = history.last_applied > 0 && history.success < parameters.discouraged_below;
    let chance = if history.last_grant.0 > 0.0 { parameters.apply_funded } else { parameters.apply_unfunded };
    let chance = if discouraged { chance * parameters.discouraged_factor } else { chance };
    let stream = cx.random.decision(Decision::Apply, cx.now.year()).entity(state.funders[funder].key);
    !promised && earmark::may_apply(cx, state, funder, lot, id) && stream.with(organisation.key).bernoulli(0, chance)
}

/// An application as the funder sees it.
fn applicant(
    cx: &Context,
    state: &State,
    view: &FunderView,
    id: OrganisationId,
    (request, need): (Money, f64),
) -> Applicant {
    let (funder, organisation) = (&state.funders[view.funder], &state.organisations[id]);
    let history = organisation.funding_history(funder.funder_group);
    let stream = cx.random.decision(Decision::GrantNoise, cx.now.year()).entity(funder.key);
    let noise = funder.noise * stream.with(organisation.key).normal(0);
    let weight = cx.parameters.mandates.prestige_weight;
    let merit = (1.0 - weight) * quality(state, view.funder, id) + weight * organisation.prestige + noise;
    Applicant {
        key: organisation.key,
        kind: organisation.kind,
        region: organisation.region,
        underserved: state.regions[organisation.region].underserved(),
        age: organisation.age(cx.now.quarter()),
        staff: organisation.staff,
        request,
        history: history.history,
        track_record: merit.max(0.0),
        evidence: if view.best_service > 0.0 { view.service[id.index()] / view.best_service } else { 0.0 },
        need,
        prestige: organisation.prestige,
        votes: 0.0,
        astray: organisation.conduct.known_misconduct(),
        outside: false,
        partners: 0,
        new: history.last_award.is_none(),
        newcomer: history.last_award.is_none_or(|year| year + NEWCOMER_YEARS <= cx.now.year()),
        held: 0,
        shortfall: 0.0,
    }
}

/// The request of an organisation to a funder. A governed funder is asked for its share of the pots of its group that
/// the organisation may apply to.
pub(super) fn request(cx: &Context, state: &State, funder: FunderId, id: OrganisationId) -> Money {
    let (parameters, organisation) = (&cx.parameters.money, &state.organisations[id]);
    let funder_group = state.funders[funder].funder_group;
    let had = organisation.funding_history(funder_group);
    let years = f64::from(cx.now.year() - had.last_applied);
    let same_group =
        |f: &FunderId| state.funders[*f].funder_group == funder_group && earmark::may_apply(cx, state, *f, None, id);
    let room = |f: FunderId| earmark::comparable_pot(state, f, organisation.region);
    let all: Money = (0..state.funders.len()).map(FunderId::from_index).filter(same_group).map(room).sum();
    let more = 1.0 + state.funders[funder].unspent_ratio[organisation.region].min(parameters.invited);
    (had.best_award * (more * (1.0 + parameters.ambition * years) * room(funder).share_of(all)))
        .max(parameters.least_request)
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

//! Who asks which funder for how much, and what it sees of them.

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::Context;
use crate::mechanisms::money::earmark;
use crate::policy::Applicant;
use crate::random::Decision;
use crate::state::{Region, State};
use crate::units::Money;

/// Years without an award after which one counts as a newcomer.
const NEWCOMER_YEARS: u32 = 3;

/// What all lots of a funder have in common: what it sees of last year's service.
pub(super) struct FunderView {
    funder: FunderId,
    /// By organisation; 0 for who is no affiliate.
    service: Vec<f64>,
    most: f64,
}

impl FunderView {
    pub(super) fn new(state: &State, funder: FunderId) -> FunderView {
        let mut service = vec![0.0; state.organisations.len()];
        for id in state.affiliates() {
            service[id.index()] = self::service(state, funder, id);
        }
        let most = service.iter().copied().fold(0.0, f64::max);
        FunderView { funder, service, most }
    }
}

/// Who applies for how much of a lot, in the order of the organisations. Draws: apply, what funders see.
pub(super) fn applications(
    cx: &Context,
    state: &State,
    view: &FunderView,
    lot: Option<RegionId>,
) -> (Vec<OrganisationId>, Vec<Applicant>) {
    let &FunderView { funder, most, .. } = view;
    let p = &cx.parameters.money;
    let f = &state.funders[funder];
    let stream = cx.random.decision(Decision::Apply, cx.now.year()).entity(f.key);
    let seen = cx.random.decision(Decision::GrantNoise, cx.now.year()).entity(f.key);
    let need = need_for(state, funder);
    let mut ids = Vec::new();
    let mut applicants = Vec::new();
    for id in state.affiliates() {
        let o = &state.organisations[id];
        if lot.is_some_and(|lot| lot != o.region) {
            continue;
        }
        let had = o.funding_history(f.funder_group);
        let promised = o.commitments.iter().any(|c| c.funder == funder);
        let discouraged = had.last_applied > 0 && had.success < p.discouraged_below;
        let chance = if had.last_grant.0 > 0.0 { p.apply_funded } else { p.apply_unfunded };
        let chance = if discouraged { chance * p.discouraged_factor } else { chance };
        if promised || !earmark::asks(cx, state, funder, lot, id) || !stream.with(o.key).bernoulli(0, chance) {
            continue;
        }
        let asked = request(cx, state, funder, id);
        if asked < o.raised * p.worth {
            continue;
        }
        let region = &state.regions[o.region];
        let noise = f.noise * seen.with(o.key).normal(0);
        let weight = cx.parameters.mandates.prestige_weight;
        ids.push(id);
        applicants.push(Applicant {
            key: o.key,
            kind: o.kind,
            region: o.region,
            underserved: region.underserved(),
            age: o.age(cx.now.quarter()),
            staff: o.staff,
            request: asked,
            history: had.history,
            track_record: ((1.0 - weight) * quality(state, funder, id) + weight * o.prestige + noise).max(0.0),
            evidence: if most > 0.0 { view.service[id.index()] / most } else { 0.0 },
            need: need[o.region],
            prestige: o.prestige,
            votes: 0.0,
            astray: o.conduct.known_misconduct(),
            outside: false,
            partners: 0,
            new: had.last_award.is_none(),
            newcomer: had.last_award.is_none_or(|year| year + NEWCOMER_YEARS <= cx.now.year()),
            held: 0,
            shortfall: 0.0,
        });
    }
    (ids, applicants)
}

/// What an organisation asks of a funder: of one that is governed, its part of what all of them have for it; not less
/// than is worth asking for.
pub(super) fn request(cx: &Context, state: &State, funder: FunderId, id: OrganisationId) -> Money {
    let (p, o) = (&cx.parameters.money, &state.organisations[id]);
    let funder_group = state.funders[funder].funder_group;
    let had = o.funding_history(funder_group);
    let years = f64::from(cx.now.year() - had.last_applied);
    let same_group =
        |f: &FunderId| state.funders[*f].funder_group == funder_group && earmark::asks(cx, state, *f, None, id);
    let room = |f: FunderId| earmark::room(state, f, o.region);
    let all: Money = (0..state.funders.len()).map(FunderId::from_index).filter(same_group).map(room).sum();
    let more = 1.0 + state.funders[funder].spare[o.region].min(p.invited);
    (had.best_award * (more * (1.0 + p.ambition * years) * room(funder).share_of(all))).max(Money(p.least_request))
}

/// Service of last year, in what a funder asks for if it asks for something.
fn service(state: &State, funder: FunderId, id: OrganisationId) -> f64 {
    let served = &state.organisations[id].service_before;
    earmark::weighted(state, funder, |t| served[t]).unwrap_or_else(|| served.iter().sum())
}

/// Quality of an organisation in what a funder asks for, or else in its best theme.
fn quality(state: &State, funder: FunderId, id: OrganisationId) -> f64 {
    let in_theme = |t| state.quality(id, t);
    earmark::weighted(state, funder, in_theme).unwrap_or_else(|| state.best_quality(id))
}

/// Unmet need per region as a funder sees it: in what it asks for, if it asks for something.
fn need_for(state: &State, funder: FunderId) -> Vec<f64> {
    let mut need = regional_need(state);
    for (r, need) in state.region_ids().zip(&mut need) {
        *need *= earmark::weighted(state, funder, |t| state.need(r, t)).unwrap_or(1.0);
    }
    need
}

/// Unmet need per region relative to the neediest: high where there is little work for many people online.
pub(super) fn regional_need(state: &State) -> Vec<f64> {
    let (work, online) = state.regions.iter().fold((0.0, 0.0), |(w, o), r| (w + r.work, o + r.online));
    let usual = work / online;
    let unserved = |region: &Region| usual / (usual + region.work / region.online).max(1e-12);
    let needs: Vec<f64> = state.regions.iter().map(unserved).collect();
    let most = needs.iter().copied().fold(0.0, f64::max);
    // Where nobody works at all, no region is needier than another.
    needs.into_iter().map(|need| if most > 0.0 { need / most } else { 1.0 }).collect()
}

//! Who asks which funder for how much, and what it sees of them.

use crate::ids::{FunderId, OrganisationId, RegionId};
use crate::mechanisms::money::earmark;
use crate::policy::Applicant;
use crate::random::Decision;
use crate::state::{Region, World};
use crate::units::Money;

/// Years without an award after which one counts as a newcomer.
const NEWCOMER_YEARS: u32 = 3;

/// What all lots of a funder have in common: what it sees of last year's service.
pub(super) struct Hearing {
    funder: FunderId,
    /// By organisation; 0 for who is no affiliate.
    service: Vec<f64>,
    most: f64,
}

impl Hearing {
    pub(super) fn of(world: &World, funder: FunderId) -> Hearing {
        let mut service = vec![0.0; world.organisations.len()];
        for id in world.affiliates() {
            service[id.index()] = self::service(world, funder, id);
        }
        let most = service.iter().copied().fold(0.0, f64::max);
        Hearing { funder, service, most }
    }
}

/// Who applies for how much of a lot, in the order of the organisations. Draws: apply, what funders see.
pub(super) fn applications(
    world: &World,
    hearing: &Hearing,
    lot: Option<RegionId>,
) -> (Vec<OrganisationId>, Vec<Applicant>) {
    let &Hearing { funder, most, .. } = hearing;
    let p = &world.parameters.money;
    let f = &world.funders[funder];
    let stream = world.stream.decision(Decision::Apply, world.year).entity(f.key);
    let seen = world.stream.decision(Decision::GrantNoise, world.year).entity(f.key);
    let need = need_for(world, funder);
    let mut ids = Vec::new();
    let mut applicants = Vec::new();
    for id in world.affiliates() {
        let o = &world.organisations[id];
        if lot.is_some_and(|lot| lot != o.region) {
            continue;
        }
        let had = o.with(f.purse);
        let promised = o.commitments.iter().any(|c| c.funder == funder);
        let discouraged = had.last_applied > 0 && had.success < p.discouraged_below;
        let chance = if had.last_grant.0 > 0.0 { p.apply_funded } else { p.apply_unfunded };
        let chance = if discouraged { chance * p.discouraged_factor } else { chance };
        if promised || !earmark::asks(world, funder, lot, id) || !stream.with(o.key).bernoulli(0, chance) {
            continue;
        }
        let asked = request(world, funder, id);
        if asked < o.raised * p.worth {
            continue;
        }
        let region = &world.regions[o.region];
        let noise = f.noise * seen.with(o.key).normal(0);
        let weight = world.parameters.mandates.prestige_weight;
        ids.push(id);
        applicants.push(Applicant {
            key: o.key,
            kind: o.kind,
            region: o.region,
            underserved: region.underserved(),
            age: o.age(world.quarter),
            staff: o.staff,
            request: asked,
            history: had.history,
            track_record: ((1.0 - weight) * quality(world, funder, id) + weight * o.prestige + noise).max(0.0),
            evidence: if most > 0.0 { hearing.service[id.index()] / most } else { 0.0 },
            need: need[o.region],
            prestige: o.prestige,
            votes: 0.0,
            astray: o.conduct.known_astray(),
            outside: false,
            partners: 0,
            new: had.last_award.is_none(),
            newcomer: had.last_award.is_none_or(|year| year + NEWCOMER_YEARS <= world.year),
            held: 0,
            shortfall: 0.0,
        });
    }
    (ids, applicants)
}

/// What an organisation asks of a funder: of one that is governed, its part of what all of them have for it; not less
/// than is worth asking for.
pub(super) fn request(world: &World, funder: FunderId, id: OrganisationId) -> Money {
    let (p, o) = (&world.parameters.money, &world.organisations[id]);
    let purse = world.funders[funder].purse;
    let had = o.with(purse);
    let years = f64::from(world.year - had.last_applied);
    let shares_purse = |f: &FunderId| world.funders[*f].purse == purse && earmark::asks(world, *f, None, id);
    let room = |f: FunderId| earmark::room(world, f, o.region);
    let all: Money = (0..world.funders.len()).map(FunderId::from_index).filter(shares_purse).map(room).sum();
    let more = 1.0 + world.funders[funder].spare[o.region].min(p.invited);
    (had.best_award * (more * (1.0 + p.ambition * years) * room(funder).share_of(all))).max(Money(p.least_request))
}

/// Service of last year, in what a funder asks for if it asks for something.
fn service(world: &World, funder: FunderId, id: OrganisationId) -> f64 {
    let served = &world.organisations[id].service_before;
    earmark::weighted(world, funder, |t| served[t]).unwrap_or_else(|| served.iter().sum())
}

/// Quality of an organisation in what a funder asks for, or else in its best theme.
fn quality(world: &World, funder: FunderId, id: OrganisationId) -> f64 {
    let in_theme = |t| world.quality(id, t);
    earmark::weighted(world, funder, in_theme).unwrap_or_else(|| best_quality(world, id))
}

/// Quality of an organisation in its best theme.
pub fn best_quality(world: &World, id: OrganisationId) -> f64 {
    world.theme_ids().map(|t| world.quality(id, t)).fold(0.0, f64::max)
}

/// Unmet need per region as a funder sees it: in what it asks for, if it asks for something.
fn need_for(world: &World, funder: FunderId) -> Vec<f64> {
    let mut need = regional_need(world);
    for (r, need) in world.region_ids().zip(&mut need) {
        *need *= earmark::weighted(world, funder, |t| world.need(r, t)).unwrap_or(1.0);
    }
    need
}

/// Unmet need per region relative to the neediest: high where there is little work for many people online.
pub(super) fn regional_need(world: &World) -> Vec<f64> {
    let (work, online) = world.regions.iter().fold((0.0, 0.0), |(w, o), r| (w + r.work, o + r.online));
    let usual = work / online;
    let unserved = |region: &Region| usual / (usual + region.work / region.online).max(1e-12);
    let needs: Vec<f64> = world.regions.iter().map(unserved).collect();
    let most = needs.iter().copied().fold(0.0, f64::max);
    // Where nobody works at all, no region is needier than another.
    needs.into_iter().map(|need| if most > 0.0 { need / most } else { 1.0 }).collect()
}

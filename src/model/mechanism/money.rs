//! 4 grants: every funder runs its policy over the applications; organisations raise money themselves.
//!
//! *Claim.* Who had money asks again, and asks for more: the Matthew effect works mostly through who applies (Bol, de
//! Vaan & van de Rijt 2018; Brady, Traag et al. 2024 find no bonus in review scores). *Equations.* request = max(best
//! recent award · (1 + ambition · years since the last application), the least); P(apply) differs for the funded and
//! the unfunded and falls when awards were below a share of requests. Promises of several years are indexed with the
//! pot's trend and scaled in proportion when the pot falls short. Own income moves towards potential × staff^elasticity
//! × (½ + prestige)^elasticity. Money in = money out + reserves, for every organisation.

use crate::chance::Purpose;
use crate::ids::{FunderId, MandateId, OrganisationId};
use crate::model::ledger::Event;
use crate::model::world::{Commitment, World};
use crate::parameters;
use crate::policy::award::Cuts;
use crate::policy::levers::OrganisationKind;
use crate::policy::{Applicant, Award, Docket, Policy};
use crate::quantity::Money;
use crate::quantity::catalogue::Off;

parameters! {
    /// Applications, awards and own income.
    pub struct MoneyParameters in "money",
        off Off::Never("without money there is no staff: the whole model stops");
    /// Yearly weight of the best of the recent awards, from which applicants ask.
    memory: 0.9, 0.0..=1.0, 0.7..1.0, "1/year", "assumed";
    /// Growth asked for beyond the best recent award, per year since the last application.
    ambition: 0.15, 0.0..=2.0, 0.0..0.3, "1/year", "assumed; award/request was 0.74-0.93 in 2013-15";
    /// Least that anybody asks for.
    least_request: 12000.0, 0.0..=1e7, 2000.0..25000.0, "USD", "rapid grants were 500-5000 USD in 2022-23, general support from 10,000";
    /// Chance that an organisation with an award last year applies again.
    apply_funded: 0.9, 0.0..=1.0, 0.6..1.0, "1/year", "60 % of near-winners compete again (Bol et al. 2018); assumed higher for organisations";
    /// Chance that one without applies.
    apply_unfunded: 0.4, 0.0..=1.0, 0.2..0.6, "1/year", "40 % of near-losers compete again (Bol et al. 2018)";
    /// Award over request below which an applicant is discouraged.
    discouraged_below: 0.2, 0.0..=1.0, 0.1..0.3, "share", "von Hippel & von Hippel 2015";
    /// Chance to apply when discouraged, relative to otherwise.
    discouraged_factor: 0.5, 0.0..=1.0, 0.3..0.8, "factor", "von Hippel & von Hippel 2015: at least half stay away";
    /// Own income per unit of potential at 1 FTE and prestige 0.5, for organisations without a history.
    income_scale: 12000.0, 1.0..=1e7, 3000.0..30000.0, "USD/year", "assumed";
    /// How own income grows with staff: elasticity.
    income_elasticity: 0.7, 0.0..=1.0, 0.5..0.9, "-", "assumed; impact decelerates with funding (Fortin & Currie 2013)";
    /// How own income grows with prestige: elasticity of (0.5 + prestige).
    income_prestige: 1.0, 0.0..=5.0, 0.0..2.0, "-", "assumed";
    /// Yearly noise of own income.
    income_noise: 0.08, 0.0..=1.0, 0.0..0.2, "log units", "assumed";
    /// Yearly growth of the regions' fundraising potential.
    income_growth: 0.035, -0.2..=0.5, 0.0..0.07, "1/year", "assumed";
    /// How fast own income moves to what staff and prestige warrant.
    income_speed: 0.3, 0.0..=1.0, 0.1..0.6, "1/year", "assumed";
    /// What an award's size takes from a committee's share: fall per factor of ten above the mean request.
    cuts_size: 0.16, 0.0..=1.0, 0.05..0.3, "share per factor 10", "annual plan grants 2013-15";
    /// What a score one standard deviation better adds to a committee's share.
    cuts_merit: 0.1, 0.0..=1.0, 0.0..0.3, "share per sd", "assumed";
}

/// Own income of a new organisation, relative to what the formula gives for its size.
pub const NEWCOMER_FACTOR: f64 = 0.3;
/// Years without an award after which one counts as a newcomer.
const NEWCOMER_YEARS: u32 = 3;

/// Runs the year's money: own income, hubs, promises, applications. Draws: own income, apply, what funders see, lots.
pub fn run(world: &mut World, policy: &Policy) {
    for o in &mut world.organisations {
        o.grants = Money::ZERO;
        o.hub_money = Money::ZERO;
        (o.request, o.awarded, o.applications, o.running) = (Money::ZERO, Money::ZERO, 0, 0);
    }
    raise(world);
    let pot: Money = world.funders.iter().map(|funder| funder.pot).sum();
    world.tally.pot = pot;
    let for_hubs = pay_hubs(world, policy, pot);
    for f in 0..world.funders.len() {
        let id = FunderId::at(f);
        let open = world.funders[f].pot * (1.0 - for_hubs.share_of(pot));
        let left = keep_promises(world, id, open);
        let given = award(world, policy, id, left);
        world.tally.unspent += left - given;
    }
    remember(world, policy);
}

/// What own income the formula gives an organisation at its size and prestige, before its own factor; `unit` is
/// the potential's index.
pub fn income_of(world: &World, id: OrganisationId, unit: Money) -> Money {
    let (p, o) = (&world.parameters.money, &world.organisations[id.index()]);
    let size = libm::pow(o.staff.0.max(0.05), p.income_elasticity);
    let seen = libm::pow(0.5 + o.prestige, p.income_prestige);
    unit * (p.income_scale * world.regions[o.region.index()].fundraising.max(0.01) * size * seen)
}

/// Own income moves towards what size and prestige warrant. The foundation's movement budget only follows the trend
/// of the pots: it is the same under every policy.
fn raise(world: &mut World) {
    let luck = world.luck.on(Purpose::OwnIncome, world.year);
    let p = world.parameters.money.clone();
    let ids: Vec<OrganisationId> = world.active().collect();
    for id in ids {
        let region = world.organisations[id.index()].region;
        if world.organisations[id.index()].kind == OrganisationKind::Foundation {
            let handed: Money = world.mandates.iter().filter(|m| m.alive()).map(|m| m.handed).sum();
            let whole = world.foundation_budget * world.budget_index;
            world.tally.foundation_budget = whole;
            world.organisations[id.index()].own_income = (whole - handed * world.budget_index).max(Money::ZERO);
            continue;
        }
        // Potential moves with prices and with its own trend, from 1 in year 0.
        let trend = libm::pow(1.0 + p.income_growth, f64::from(world.year));
        let formula = income_of(world, id, Money(trend));
        let o = &mut world.organisations[id.index()];
        let noise = libm::exp(p.income_noise * luck.of(o.key).normal(0));
        let warranted = formula * (o.income_factor * noise);
        o.own_income += (warranted - o.own_income) * p.income_speed;
        world.tally.own_income += o.own_income;
        world.tally.regions[region.index()].own_income += o.own_income;
    }
}

/// The hubs' part of the pots, and what the foundation handed over with its themes. Gives what the pots paid.
fn pay_hubs(world: &mut World, policy: &Policy, pot: Money) -> Money {
    let hubs: Vec<MandateId> = world.hubs().collect();
    let share = policy.hubs.share.at(world.year);
    let weights: Vec<f64> = hubs
        .iter()
        .map(|m| {
            let mandate = &world.mandates[m.index()];
            0.5 / hubs.len() as f64 + 0.5 * world.need_in(&mandate.scope)
        })
        .collect();
    let total: f64 = weights.iter().sum();
    let mut paid = Money::ZERO;
    for (&m, weight) in hubs.iter().zip(&weights) {
        let from_pot = (pot * (share * weight / total)).min(pot * policy.hubs.hub_cap);
        let handed = world.mandates[m.index()].handed * world.budget_index;
        let mandate = &mut world.mandates[m.index()];
        mandate.money = from_pot + handed;
        let holder = &mut world.organisations[mandate.holder.index()];
        holder.hub_money += mandate.money;
        let region = holder.region;
        world.tally.regions[region.index()].awarded += mandate.money;
        for f in 0..world.funders.len() {
            let part = world.funders[f].pot.share_of(pot);
            world.tally.flows[f * world.regions.len() + region.index()].hubs += from_pot * part;
        }
        paid += from_pot;
    }
    paid
}

/// Pays what was promised in earlier years, indexed, and in proportion if there is too little. Gives what is left.
fn keep_promises(world: &mut World, funder: FunderId, pot: Money) -> Money {
    let index = 1.0 + world.funders[funder.index()].growth;
    let due: Money = promised(world, funder).map(|(_, yearly)| yearly * index).sum();
    let scale = if due.0 > pot.0 { pot / due } else { 1.0 };
    let payments: Vec<(usize, Money)> =
        promised(world, funder).map(|(i, yearly)| (i, yearly * (index * scale))).collect();
    for o in &mut world.organisations {
        for commitment in o.commitments.iter_mut().filter(|c| c.funder == funder) {
            commitment.yearly = commitment.yearly * index;
            commitment.years_left -= 1;
        }
        o.commitments.retain(|c| c.years_left > 0);
    }
    for &(i, amount) in &payments {
        pay(world, funder, OrganisationId::at(i), amount, amount);
    }
    (pot - due * scale).max(Money::ZERO)
}

fn promised(world: &World, funder: FunderId) -> impl Iterator<Item = (usize, Money)> + '_ {
    let of = move |(i, o): (usize, &'_ crate::model::world::Organisation)| {
        let yearly: Money = o.commitments.iter().filter(|c| c.funder == funder).map(|c| c.yearly).sum();
        (yearly.0 > 0.0).then_some((i, yearly))
    };
    world.organisations.iter().enumerate().filter(|(_, o)| o.active()).filter_map(of)
}

fn pay(world: &mut World, funder: FunderId, id: OrganisationId, amount: Money, request: Money) {
    let o = &mut world.organisations[id.index()];
    let region = o.region;
    o.grants += amount;
    o.running += 1;
    let flow = &mut world.tally.flows[funder.index() * world.regions.len() + region.index()];
    flow.requested += request;
    flow.awarded += amount;
    flow.grants += 1;
    if o.last_grant.0 > 0.0 {
        flow.returning += amount;
    }
    world.tally.regions[region.index()].awarded += amount;
}

/// Applications, and what the policy makes of them. Gives what was awarded.
fn award(world: &mut World, policy: &Policy, funder: FunderId, pot: Money) -> Money {
    let (ids, applicants) = applications(world, funder);
    let regional_shares = grant_shares(world);
    let money = &world.parameters.money;
    let docket = Docket {
        applicants: &applicants,
        pot,
        year: world.year,
        regional_shares: &regional_shares,
        cuts: Cuts { size: money.cuts_size, merit: money.cuts_merit },
        luck: world.luck.on(Purpose::GrantLot, world.year).of(world.funders[funder.index()].key),
    };
    let awards = docket.decide(&policy.grants);
    let years = policy.grants.years as u32;
    let mut given = Money::ZERO;
    let mut got = vec![Money::ZERO; ids.len()];
    for &Award { applicant, amount, .. } in &awards {
        got[applicant] = amount;
        given += amount;
    }
    for (i, &id) in ids.iter().enumerate() {
        settle(world, funder, id, applicants[i].request, got[i], years);
    }
    given
}

/// What an application led to: money, promises, memory.
fn settle(world: &mut World, funder: FunderId, id: OrganisationId, request: Money, amount: Money, years: u32) {
    let (year, quarter) = (world.year, world.quarter);
    let flow = world.organisations[id.index()].region.index() + funder.index() * world.regions.len();
    world.tally.flows[flow].applications += 1;
    let o = &mut world.organisations[id.index()];
    o.request += request;
    o.applications += 1;
    o.awarded += amount;
    if amount.0 > 0.0 {
        o.last_award = Some(year);
        if years > 1 {
            o.commitments.push(Commitment { funder, yearly: amount, years_left: years - 1 });
        }
        world
            .ledger
            .note(quarter, Event::Awarded { funder, organisation: id, yearly: amount, requested: request, years });
        pay(world, funder, id, amount, request);
    } else {
        world.tally.flows[flow].requested += request;
    }
}

/// Who applies for how much, in the order of the organisations.
fn applications(world: &World, funder: FunderId) -> (Vec<OrganisationId>, Vec<Applicant>) {
    let p = &world.parameters.money;
    let luck = world.luck.on(Purpose::Apply, world.year).of(world.funders[funder.index()].key);
    let seen = world.luck.on(Purpose::GrantNoise, world.year).of(world.funders[funder.index()].key);
    let need = regional_need(world);
    let most = world.affiliates().map(|o| service(world, o)).fold(0.0, f64::max);
    let mut ids = Vec::new();
    let mut applicants = Vec::new();
    for id in world.affiliates() {
        let o = &world.organisations[id.index()];
        let promised = o.commitments.iter().any(|c| c.funder == funder);
        let discouraged = o.last_applied > 0 && o.success < p.discouraged_below;
        let chance = if o.last_grant.0 > 0.0 { p.apply_funded } else { p.apply_unfunded };
        let chance = if discouraged { chance * p.discouraged_factor } else { chance };
        if promised || !luck.and_of(o.key).chance(0, chance) {
            continue;
        }
        let region = &world.regions[o.region.index()];
        let quality = best_quality(world, id);
        let noise = world.funders[funder.index()].noise * seen.and_of(o.key).normal(0);
        let weight = world.parameters.mandates.prestige_weight;
        ids.push(id);
        applicants.push(Applicant {
            key: o.key,
            kind: o.kind,
            region: o.region,
            underserved: region.underserved(),
            age: o.age(world.quarter),
            staff: o.staff,
            request: request(world, funder, id),
            history: o.history,
            track_record: ((1.0 - weight) * quality + weight * o.prestige + noise).max(0.0),
            evidence: if most > 0.0 { service(world, id) / most } else { 0.0 },
            need: need[o.region.index()],
            prestige: o.prestige,
            votes: 0.0,
            astray: o.conduct.known_astray(),
            outside: false,
            partners: 0,
            new: o.last_award.is_none(),
            newcomer: o.last_award.is_none_or(|year| year + NEWCOMER_YEARS <= world.year),
            held: 0,
            shortfall: 0.0,
        });
    }
    (ids, applicants)
}

/// What an organisation asks of a funder: its part of all pots, but not less than is worth asking for.
fn request(world: &World, funder: FunderId, id: OrganisationId) -> Money {
    let (p, o) = (&world.parameters.money, &world.organisations[id.index()]);
    let years = f64::from(world.year - o.last_applied);
    let all: Money = world.funders.iter().map(|funder| funder.pot).sum();
    let part = world.funders[funder.index()].pot.share_of(all);
    (o.best_award * ((1.0 + p.ambition * years) * part)).max(Money(p.least_request))
}

fn service(world: &World, id: OrganisationId) -> f64 {
    world.organisations[id.index()].service_before.iter().sum()
}

/// Quality of an organisation in its best theme.
pub fn best_quality(world: &World, id: OrganisationId) -> f64 {
    world.theme_ids().map(|t| world.quality(id, t)).fold(0.0, f64::max)
}

/// Unmet need per region relative to the neediest: high where there is little work for many people online.
fn regional_need(world: &World) -> Vec<f64> {
    let (work, online) = world.regions.iter().fold((0.0, 0.0), |(w, o), r| (w + r.work, o + r.online));
    let usual = work / online;
    let unserved = |region: &crate::model::world::Region| usual / (usual + region.work / region.online).max(1e-12);
    let needs: Vec<f64> = world.regions.iter().map(unserved).collect();
    let most = needs.iter().copied().fold(0.0, f64::max);
    // Where nobody works at all, no region is needier than another.
    needs.into_iter().map(|need| if most > 0.0 { need / most } else { 1.0 }).collect()
}

/// Each region's share of the year-0 grants.
fn grant_shares(world: &World) -> Vec<f64> {
    let total: Money = world.regions.iter().map(|region| region.grants_at_start).sum();
    world.regions.iter().map(|region| region.grants_at_start.share_of(total)).collect()
}

/// What the year leaves in everybody's memory.
fn remember(world: &mut World, policy: &Policy) {
    let (memory, keep) = (world.parameters.money.memory, policy.grants.history_memory);
    for o in world.organisations.iter_mut().filter(|o| o.active()) {
        if o.applications > 0 {
            o.success = o.awarded.share_of(o.request);
            o.last_applied = world.year;
        }
        o.best_award = (o.best_award * memory).max(o.grants);
        o.history = o.history * keep + o.grants * if keep < 1.0 { 1.0 - keep } else { 1.0 };
        o.last_grant = o.grants;
    }
}

#[cfg(test)]
#[path = "money_tests.rs"]
mod tests;

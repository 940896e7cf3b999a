//! 4 re-granting: a regional hub gives out a part of the pots in its region, by the same rules as the centre.
//!
//! *Claim.* Who is near sees better whom it funds, and is nearer to its own interest too; deciding costs work wherever it
//! is done. *Equations.* A hub's envelope is `delegated` × the region's share of the year-0 grants × what the pot has left
//! to decide about; the shares are those of regional envelopes, so that delegating moves who decides, not how much a region
//! may expect. Within it the policy's four slots run over the region's applications; merit is seen with `local_noise` times
//! the funder's noise; the holder and its partners look better by 1 + `favour` × territoriality × prestige of the holder ×
//! (1 − accountability). What is not awarded goes back to the centre in the same year, which decides about what is still
//! asked for; a region's envelope at the centre is smaller by what its hub gave. Deciding about an application takes
//! `decision_work` of the hub's. *Order.* Hubs in the order of their ids; those of one region after a split share its
//! envelope by need. *Source.* Local knowledge against capture in decentralised allocation: Bardhan & Mookherjee 2000.

use crate::catalogue::Off;
use crate::ids::{FunderId, MandateId, OrganisationId};
use crate::mechanisms::money::best_quality;
use crate::parameters;
use crate::policy::Cuts;
use crate::policy::levers::GrantLevers;
use crate::policy::{Applicant, Award, ApplicationRound, Policy};
use crate::random::Purpose;
use crate::record::events::builders;
use crate::state::{Stage, World};
use crate::units::{Money, Work};

parameters! {
    /// How regional hubs decide about the envelopes that they re-grant.
    pub struct RegrantingParameters in "regranting",
        off Off::Set(&[("local_noise", 1.0), ("favour", 0.0), ("decision_work", 0.0)]);
    /// Noise of a regional hub's look at merit, relative to the funder's.
    local_noise: 0.6, 0.0..=5.0, 0.3..1.2, "factor", "assumed: who is near sees better";
    /// How much better its own and its partners' applications look to a holder of full territoriality and prestige.
    favour: 0.5, 0.0..=10.0, 0.0..1.5, "factor", "assumed";
    /// A hub's work of deciding about an application.
    decision_work: 0.02, 0.0..=10.0, 0.005..0.06, "FTE-quarters", "assumed: 10 hours";
}

/// Nothing is delegated or decided yet this year.
pub fn open_year(world: &mut World) {
    for m in &mut world.mandates {
        (m.envelope, m.regranted, m.deciding) = (Money::ZERO, Money::ZERO, Work::ZERO);
    }
}

/// Every regional hub at work decides about its envelope of a funder's pot. Gives what each application got.
pub fn run(
    world: &mut World,
    policy: &Policy,
    funder: FunderId,
    pot: Money,
    (ids, applicants): (&[OrganisationId], &[Applicant]),
    regional_shares: &[f64],
) -> Vec<Money> {
    let mut got = vec![Money::ZERO; ids.len()];
    let delegated = pot * policy.hubs.delegated.at(world.year).clamp(0.0, 1.0);
    if delegated.0 <= 0.0 {
        return got;
    }
    let hubs: Vec<MandateId> = world.hubs().collect();
    for m in hubs {
        let envelope = delegated * part_of(world, m, regional_shares);
        if envelope.0 <= 0.0 {
            continue;
        }
        let mine: Vec<usize> =
            (0..ids.len()).filter(|&i| world.resides(ids[i], world.mandates[m.index()].charge)).collect();
        let seen: Vec<Applicant> = mine
            .iter()
            .map(|&i| {
                let open = (applicants[i].request - got[i]).max(Money::ZERO);
                Applicant { request: open, ..seen_by(world, policy, m, funder, ids[i], &applicants[i]) }
            })
            .collect();
        let standing: Vec<OrganisationId> = mine.iter().map(|&i| ids[i]).collect();
        let awards = decide(world, policy, m, funder, envelope, (&standing, &seen));
        for Award { applicant, amount, .. } in &awards {
            let at = mine[*applicant];
            got[at] += *amount;
            world.mandates[m.index()].regranted += *amount;
        }
        let work = Work(world.parameters.regranting.decision_work * mine.len() as f64);
        let mandate = &mut world.mandates[m.index()];
        mandate.envelope += envelope;
        mandate.deciding += work;
    }
    got
}

/// A hub's part of what is delegated: its region's, and of that what its scope is of the region's need. 0 for who
/// delegates nothing to: thematic hubs, and those that are not at work.
fn part_of(world: &World, m: MandateId, regional_shares: &[f64]) -> f64 {
    let mandate = &world.mandates[m.index()];
    let Some(r) = mandate.region() else { return 0.0 };
    if mandate.stage(world.quarter) == Stage::Transition || mandate.interrupted {
        return 0.0;
    }
    let need: f64 = world.theme_ids().filter(|&t| mandate.scope.holds(r, t)).map(|t| world.need(r, t)).sum();
    regional_shares[r.index()] * need.min(1.0)
}

/// An application as a regional hub sees it.
fn seen_by(
    world: &World,
    policy: &Policy,
    m: MandateId,
    funder: FunderId,
    id: OrganisationId,
    applicant: &Applicant,
) -> Applicant {
    let p = &world.parameters.regranting;
    let (mandate, o) = (&world.mandates[m.index()], &world.organisations[id.index()]);
    let luck = world.luck.on(Purpose::Regrant, world.year).and_of(world.funders[funder.index()].key);
    let noise = world.funders[funder.index()].noise * p.local_noise * luck.and_of(mandate.key).of(o.key).normal(0);
    let weight = world.parameters.mandates.prestige_weight;
    let merit = (1.0 - weight) * best_quality(world, id) + weight * o.prestige + noise;
    let holder = &world.organisations[mandate.holder.index()];
    let own = id == mandate.holder || mandate.partners.contains(&id);
    let interest = holder.territoriality * holder.prestige * (1.0 - policy.governance.accountability);
    let lift = 1.0 + if own { p.favour * interest } else { 0.0 };
    Applicant {
        history: applicant.history * lift,
        track_record: merit.max(0.0) * lift,
        evidence: applicant.evidence * lift,
        need: applicant.need * lift,
        prestige: applicant.prestige * lift,
        votes: applicant.votes * lift,
        ..*applicant
    }
}

/// The four slots over the applications of one region.
fn decide(
    world: &mut World,
    policy: &Policy,
    m: MandateId,
    funder: FunderId,
    envelope: Money,
    (ids, applicants): (&[OrganisationId], &[Applicant]),
) -> Vec<Award> {
    let mandate = &world.mandates[m.index()];
    // An envelope is all for its own region.
    let all: Vec<f64> = world.region_ids().map(|r| f64::from(u8::from(mandate.region() == Some(r)))).collect();
    let money = &world.parameters.money;
    let luck = world.luck.on(Purpose::GrantLot, world.year).and_of(world.funders[funder.index()].key);
    let round = ApplicationRound {
        applicants,
        pot: envelope,
        year: world.year,
        regional_shares: &all,
        cuts: Cuts { size: money.cuts_size, merit: money.cuts_merit },
        luck: luck.and_of(mandate.key),
    };
    let awards = round.decide(&policy.grants);
    builders::decided(world, (funder, Some(m)), ids, &round, &policy.grants, &awards);
    awards
}

/// What is left for the centre to decide about: applications without what regional hubs gave, and the regions' shares of
/// what the pot has left. A cap on grants holds for both together.
pub fn what_is_left(
    levers: &GrantLevers,
    year: u32,
    pot: Money,
    applicants: &[Applicant],
    got: &[Money],
    regional_shares: &mut [f64],
) -> Vec<Applicant> {
    let regranted: Money = got.iter().copied().sum();
    if regranted.0 <= 0.0 {
        return applicants.to_vec();
    }
    let left = (pot - regranted).max(Money::ZERO);
    for (r, share) in regional_shares.iter_mut().enumerate() {
        let here = applicants.iter().zip(got).filter(|(a, _)| a.region.index() == r);
        let given: Money = here.map(|(_, &amount)| amount).sum();
        *share = (pot * *share - given).max(Money::ZERO).share_of(left);
    }
    let cap = levers.cap.at(year);
    let most = |a: &Applicant| if cap > 0.0 { a.request.min(Money(cap)) } else { a.request };
    let rest = |(a, &amount): (&Applicant, &Money)| match amount.0 > 0.0 {
        true => Applicant { request: (most(a) - amount).max(Money::ZERO), ..*a },
        false => *a,
    };
    applicants.iter().zip(got).map(rest).collect()
}

#[cfg(test)]
#[path = "regranting_tests.rs"]
mod tests;

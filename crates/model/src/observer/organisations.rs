//! Rows of organisations and of mandates.

use crate::clock::Clock;
use crate::ids::{MandateId, OrganisationId, RegionId};
use crate::policy::levers::OrganisationKind;
use crate::record::rows::NO_NAME;
use crate::record::{MandateRow, OrganisationRow};
use crate::state::{Desk, Mandate, Remit, Stage, State};
use crate::units::QUARTERS_PER_YEAR;

use super::year_index::YearIndex;
use super::{YearEnd, flow};

/// Sum of squared shares; NaN if there is no work.
fn herfindahl(work: &[f64]) -> f64 {
    let all: f64 = work.iter().sum();
    if all > 0.0 { work.iter().map(|w| w * w).sum::<f64>() / (all * all) } else { f64::NAN }
}

pub(super) fn organisation(now: Clock, state: &State, id: OrganisationId, index: &YearIndex) -> OrganisationRow {
    let (o, held) = (&state.organisations[id], &index.held[id.index()]);
    let flow = |value: f64| flow(now, value);
    // What the foundation has for its service desk is the foundation's.
    let no_desk = Desk::default();
    let desk = if Some(id) == state.foundation { &state.desk } else { &no_desk };
    let present = state.theme_ids().filter(|&t| state.themes[t].presence > 0.0);
    OrganisationRow {
        year: now.year(),
        organisation: u32::from(id.0),
        kind: o.kind as u32,
        region: u32::from(o.region.0),
        age: o.age(now.quarter()),
        staff: (o.staff + held.staff + desk.staff).0,
        labour: if now.year() == 0 { o.labour.0 } else { o.year.labour.0 / f64::from(QUARTERS_PER_YEAR) },
        hub_staff: held.staff.0,
        members: o.members,
        requested: flow(o.request.0),
        grants: flow(if o.kind == OrganisationKind::Foundation { 0.0 } else { o.grants.0 }),
        other_grants: flow(o.others.iter().map(|dealings| dealings.grants.0).sum()),
        hub_money: flow(o.hub_money.0),
        own_income: flow(o.own_income.0),
        paid_in: flow(if o.kind == OrganisationKind::Foundation { 0.0 } else { (o.raised - o.own_income).0 }),
        spent: flow(o.year.spent.0),
        reserves: (o.reserves + held.reserves + desk.reserves).0,
        secured: o.secured,
        leavers: flow(o.leavers.0),
        expertise: o.mean_expertise(present),
        best_quality: index.best[id.index()],
        prestige: o.prestige,
        territoriality: o.territoriality,
        service: flow(o.year.service.iter().sum()),
        production_work: flow(o.year.production_work.0),
        duplicated_work: flow(o.year.duplicated_work.0),
        built: o.year.built,
        adapted: o.year.adapted,
        work: flow(o.year.worked.iter().sum()),
        focus: flow(herfindahl(&o.year.worked)),
        mandates: held.mandates,
        consortia: held.consortia,
        partners: state.partnerships.collaborations(id).partners.len() as u32,
        links: if o.kind.outside() { 0.0 } else { o.links } + held.links as f64,
        drawn: u32::from(state.head_start_affiliate == Some(id)),
    }
}

/// Share of the affiliates that could hold a mandate, other than its holder, whose quality is below the holder's.
fn rank(year: &YearEnd, mandate: &Mandate, quality: f64) -> f64 {
    let (state, remit) = (year.state, mandate.remit);
    let able = |id: OrganisationId| state.expertise_for(id, remit) >= year.least_expertise;
    let could = |&id: &OrganisationId| id != mandate.holder && state.resides(id, remit) && able(id);
    let (below, all) = state
        .affiliates()
        .filter(could)
        .fold((0u32, 0u32), |(below, all), id| (below + u32::from(state.quality_for(id, remit) < quality), all + 1));
    if all > 0 { f64::from(below) / f64::from(all) } else { f64::NAN }
}

pub(super) fn mandate(year: &YearEnd, id: MandateId) -> MandateRow {
    let (now, state, index) = (year.now, year.state, &year.index);
    let m: &Mandate = &state.mandates[id];
    let years = |since: u32| now.years_since(since);
    let people = |r: RegionId| state.regions[r].volunteers;
    let volunteers: f64 = m.scope.regions().map(people).sum();
    let known: f64 = m.scope.regions().map(|r| people(r) * m.known[r]).sum();
    let quality = state.quality_for(m.holder, m.remit);
    let best = match m.remit {
        Remit::Theme(theme) => quality.max(index.themes[theme].best_quality),
        Remit::Region(region) => {
            let candidates = index.locals[region].iter();
            candidates.map(|&o| state.quality_for(o, m.remit)).fold(quality, f64::max)
        }
    };
    MandateRow {
        year: now.year(),
        mandate: u32::from(id.0),
        theme: m.theme().map_or(NO_NAME, |theme| u32::from(theme.0)),
        for_region: m.region().map_or(NO_NAME, |region| u32::from(region.0)),
        regions: m.scope.regions().count() as u32,
        holder: u32::from(m.holder.0),
        region: u32::from(state.organisations[m.holder].region.0),
        partners: m.partners.len() as u32,
        age: years(m.created),
        tenure: years(m.since),
        stage: match m.stage(now.quarter()) {
            Stage::Pilot => 0,
            Stage::Active => 1,
            Stage::Transition => 2,
            Stage::Ended => 3,
        },
        money: m.money.0,
        handed: (m.handed * state.budget_index).0,
        envelope: m.envelope.0,
        regranted: m.regranted.0,
        secured: m.secured,
        interrupted: u32::from(m.interrupted),
        staff: m.total_staff().0,
        leavers: m.leavers.0,
        quality,
        best_quality: best,
        rank: rank(year, m, quality),
        catalogue: m.catalogue,
        known: if volunteers > 0.0 { known / volunteers } else { f64::NAN },
        requests: m.year.requests.iter().sum(),
        forgone: m.year.forgone,
        asked: m.year.asked.iter().sum(),
        service: m.year.service.iter().sum(),
        built: m.year.built,
        reused: m.year.reused,
        taken_up: m.year.taken_up,
    }
}

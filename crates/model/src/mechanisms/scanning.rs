//! 3 scanning: a new theme is served by nobody until somebody sees that it is needed.
//!
//! *Claim.* What nobody looks for is seen late: when enough requests have piled up, and then only by chance. Who scans sees
//! it earlier, and pays for it in work. *Equations.* In a year of a scan the foundation and those who hold hubs give work
//! of their learning time to it, in proportion to what they have; at the turn of the year each theme that is there and
//! unnoticed is seen with probability sees × the share of the scan that was done. Else, a theme that has had at least a
//! share *pile* of last year's requests given up is seen with a yearly chance. *Source.* Assumed.

use crate::catalogue::Off;
use crate::ids::{OrganisationId, ThemeId};
use crate::mechanisms::Context;
use crate::parameters;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::State;
use crate::units::{QUARTERS_PER_YEAR, Work};

parameters! {
    /// How long it takes until somebody sees that a new theme is needed.
    pub struct ScanningParameters in "scanning",
        off Off::Set(&[("pile", 0.0), ("pile_chance", 1.0)]);
    /// Chance that a whole scan sees an unnoticed theme.
    sees: 0.7, 0.0..=1.0, 0.3..0.95, "1/scan", "assumed";
    /// Work of a scan.
    scan_work: 2.0, 0.0..=1000.0, 0.5..6.0, "FTE-quarters", "assumed: a survey and a few weeks of conversations";
    /// Share of all requests given up in a year from which on a theme can be seen without a scan.
    pile: 0.03, 0.0..=1.0, 0.01..0.1, "share", "assumed";
    /// Chance that it is then seen.
    pile_chance: 0.2, 0.0..=1.0, 0.05..0.5, "1/year", "assumed";
}

/// What share of the usual a theme's requests must meet with help to count as served.
const SERVED: f64 = 0.5;

/// Sees what last year's scan and last year's requests show. Draws: scan, pile-up.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let p = &cx.parameters.scanning;
    let scanned = match state.scan.take() {
        Some(work) if work.0 < p.scan_work => p.sees * work.0 / p.scan_work,
        Some(_) => p.sees,
        None => 0.0,
    };
    let (scan, pile) =
        (cx.random.decision(Decision::ThemeScan, cx.now.year()), cx.random.decision(Decision::PileUp, cx.now.year()));
    for (t, theme) in state.themes.iter_mut().enumerate() {
        if theme.noticed || theme.presence <= 0.0 {
            continue;
        }
        let by_scan = scan.entity(theme.key).bernoulli(0, scanned);
        let by_pile = theme.given_up >= p.pile && pile.entity(theme.key).bernoulli(0, p.pile_chance);
        if by_scan || by_pile {
            (theme.noticed, theme.noticed_at) = (true, Some(cx.now.quarter()));
            let how = if by_scan { "a scan showed it" } else { "requests had piled up" };
            record.note(cx.now, Event::ThemeNoticed { theme: ThemeId::from_index(t), how });
        }
    }
}

/// Whether this year has a scan.
fn due(cx: &Context) -> bool {
    cx.policy.governance.scanning_years.number().is_some_and(|every| f64::from(cx.now.year()) % every == 0.0)
}

/// A quarter of a year's scan: its work comes out of the learning time of the foundation and of those who hold hubs. No
/// draws.
pub fn work(cx: &Context, state: &mut State, record: &mut Record) {
    if !due(cx) {
        return;
    }
    let mut payers: Vec<OrganisationId> =
        state.foundation.into_iter().chain(state.hubs().map(|m| state.mandates[m].holder)).collect();
    payers.sort_unstable();
    payers.dedup();
    let there: Work = payers.iter().map(|id| state.organisations[*id].learning).sum();
    let wanted = Work(cx.parameters.scanning.scan_work / f64::from(QUARTERS_PER_YEAR));
    let share = wanted.share_of(there).min(1.0);
    let mut spent = Work::ZERO;
    for id in payers {
        let learning = &mut state.organisations[id].learning;
        let given = *learning * share;
        *learning -= given;
        spent += given;
    }
    record.movement.scanning_work += spent;
    state.scan = Some(state.scan.unwrap_or(Work::ZERO) + spent);
}

/// At the end of a year: which requests were given up, and which new themes are served by now. No draws.
pub fn close_year(cx: &Context, state: &mut State, record: &mut Record) {
    let sums = &record.themes;
    let (mut requests, mut given_up, mut help) = (0.0, 0.0, 0.0);
    let met: Vec<f64> = state
        .theme_ids()
        .map(|t| {
            let service: f64 = state.organisations.iter().map(|o| o.year.service[t]).sum();
            requests += sums[t].requests;
            given_up += sums[t].given_up;
            help += service;
            if sums[t].requests > 0.0 { service / sums[t].requests } else { 0.0 }
        })
        .collect();
    let usual = if requests > 0.0 { help / requests } else { 0.0 };
    for (t, theme) in state.themes.iter_mut().enumerate() {
        theme.given_up = if given_up > 0.0 { sums[t].given_up / given_up } else { 0.0 };
        if theme.served_in.is_none() && theme.noticed && met[t] > 0.0 && met[t] >= SERVED * usual {
            theme.served_in = Some(cx.now.year());
            record.events.note(cx.now.quarter(), Event::ThemeServed { theme: ThemeId::from_index(t) });
        }
    }
}

#[cfg(test)]
mod tests;

//! 3 scanning: nobody serves a new theme before somebody notices that it is needed.
//!
//! *Claim.* Without a search a new need is noticed late: once enough requests were given up, and then with a small yearly
//! probability. A scan notices it earlier, and costs work.
//!
//! *Equations.* At the turn of the year, for each theme that is present and unnoticed:
//!
//! ```text
//! P(noticed by last year's scan) = sees · min(1, work spent on the scan / scan_work)
//! P(noticed by its requests)     = unmet_noticed if (share of the requests given up last year) ≥ unmet_share
//! ```
//!
//! A scan is the foundation's work, under every policy: its quarter is taken out of all that the foundation does, service
//! included.
//!
//! *Draws.* Scan; unmet requests. *Off.* unmet_share = 0, unmet_noticed = 1: a theme is noticed in the year of its birth. *Source.* Assumed.

use crate::catalogue::Off;
use crate::ids::ThemeId;
use crate::mechanisms::Context;
use crate::parameters;
use crate::random::Decision;
use crate::record::Record;
use crate::record::events::Event;
use crate::state::State;
use crate::units::{QUARTERS_PER_YEAR, Work};

parameters! {
    /// The time until somebody notices that a new theme is needed.
    pub struct ScanningParameters in "scanning",
        off Off::Set(&[("unmet_share", 0.0), ("unmet_noticed", 1.0)]);
    /// Probability that a complete scan notices an unnoticed theme.
    sees: f64 = 0.7, 0.0..=1.0, 0.3..0.95, "1/scan", "assumed";
    /// Work of a complete scan.
    scan_work: Work = 2.0, 0.0..=1000.0, 0.5..6.0, "FTE-quarters", "assumed: a survey and a few weeks of conversations";
    /// Share of all requests given up in a year that a theme must have to be noticed without a scan.
    unmet_share: f64 = 0.03, 0.0..=1.0, 0.01..0.1, "share", "assumed";
    /// Probability that it is then noticed.
    unmet_noticed: f64 = 0.2, 0.0..=1.0, 0.05..0.5, "1/year", "assumed";
}

/// A theme counts as served once its share of requests met is this share of the usual; assumed: half. It only affects
/// the reported year.
const SERVED_FROM: f64 = 0.5;

/// Notices themes from last year's scan and last year's requests. Draws: scan, pile-up.
pub fn run(cx: &Context, state: &mut State, record: &mut Record) {
    let parameters = &cx.parameters.scanning;
    let scan_probability = match state.scan.take() {
        Some(work) if work < parameters.scan_work => work * parameters.sees / parameters.scan_work,
        Some(_) => parameters.sees,
        None => 0.0,
    };
    let (scan, pile) =
        (cx.random.decision(Decision::ThemeScan, cx.now.year()), cx.random.decision(Decision::PileUp, cx.now.year()));
    for (t, theme) in state.themes.iter_mut().enumerate() {
        if theme.noticed || theme.presence <= 0.0 {
            continue;
        }
        let by_scan = scan.entity(theme.key).bernoulli(0, scan_probability);
        let by_pile =
            theme.given_up >= parameters.unmet_share && pile.entity(theme.key).bernoulli(0, parameters.unmet_noticed);
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

/// Does a quarter of the year's scan, as work of the foundation. No draws.
pub fn work(cx: &Context, state: &mut State, record: &mut Record) {
    if !due(cx) {
        return;
    }
    let wanted = cx.parameters.scanning.scan_work / f64::from(QUARTERS_PER_YEAR);
    let spent = state.foundation.map_or(Work::ZERO, |id| state.organisations[id].take_work(wanted));
    record.movement.scanning_work += spent;
    state.scan = Some(state.scan.unwrap_or(Work::ZERO) + spent);
}

/// At the end of a year: each theme's share of the requests given up, and the new themes that are served by now. No
/// draws.
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
        if theme.served_in.is_none() && theme.noticed && met[t] > 0.0 && met[t] >= SERVED_FROM * usual {
            theme.served_in = Some(cx.now.year());
            record.events.note(cx.now.quarter(), Event::ThemeServed { theme: ThemeId::from_index(t) });
        }
    }
}

#[cfg(test)]
mod tests;

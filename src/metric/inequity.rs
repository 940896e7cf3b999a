//! Regional inequity: who is left without.

use crate::metric::{Direction, Group, Measure, by_year, gini, gini_by_need, met};
use crate::observe::RegionRow;

/// Headline: how unevenly the need for help is met over regions.
pub static SERVICE_GAP: Measure = Measure {
    key: "service_gap",
    group: Group::Inequity,
    headline: true,
    title: "Service gap between regions",
    meaning: "Need-weighted Gini coefficient over regions of the need for help that is met: 0 where a request is met \
              alike everywhere.",
    formula: "regions ordered by help ÷ requests; 1 − Σ (Pⱼ − Pⱼ₋₁)(Yⱼ + Yⱼ₋₁), P cumulative share of requests, Y of help",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "Lorenz curve of help against need; no small-sample factor, as it is weighted",
    example: "Two regions with 10 requests each and 1 and 3 met: 0.25.",
    values: |history| {
        let years = by_year(history, &history.regions).into_iter();
        let pair = |r: &RegionRow| (r.requests, r.help);
        years.map(|rows| gini_by_need(history.regions[rows].iter().map(pair).collect())).collect()
    },
};

/// Need met where a region is in the group `underserved`.
pub static NEED_MET_UNDERSERVED: Measure = Measure {
    key: "need_met_underserved",
    group: Group::Inequity,
    headline: false,
    title: "Need met in underserved regions",
    meaning: "Share of the requests for help in regions of the group `underserved` that is met, weighted by effect; \
              empty where there is no such region.",
    formula: "Σ help ÷ Σ requests over those regions; at most 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "as need met",
    example: "20 requests there, effects of help 0.8 and 0.7: 0.075.",
    values: |history| {
        let there = |r: &&RegionRow| history.names.group[r.region as usize] == "underserved";
        let share = |rows: std::ops::Range<usize>| {
            let rows = history.regions[rows].iter().filter(there);
            let (help, requests) = rows.fold((0.0, 0.0), |(h, q), r| (h + r.help, q + r.requests));
            met(help, requests)
        };
        by_year(history, &history.regions).into_iter().map(share).collect()
    },
};

/// How unevenly expertise is spread over organisations.
pub static EXPERTISE_GINI: Measure = Measure {
    key: "expertise_gini",
    group: Group::Inequity,
    headline: false,
    title: "Gini of expertise",
    meaning: "Gini coefficient over affiliates of their mean expertise over themes, with the small-sample factor.",
    formula: "(2 Σ i·x₍ᵢ₎ ÷ (n Σ x) − (n + 1)/n) · n/(n − 1)",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Lower,
    source: "Deltas 2003 for the factor",
    example: "Expertise 0.1, 0.2, 0.3, 0.4: 1/3.",
    values: |history| {
        let affiliates = |rows: std::ops::Range<usize>| {
            let all = history.organisations[rows].iter();
            all.filter(|o| o.affiliate()).map(|o| o.expertise).collect()
        };
        by_year(history, &history.organisations).into_iter().map(|rows| gini(affiliates(rows))).collect()
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::{History, MovementRow, Names};

    fn history(rows: &[(f64, f64)]) -> History {
        let region = |(i, &(requests, help)): (usize, &(f64, f64))| RegionRow {
            year: 0,
            region: i as u32,
            requests,
            help,
            ..Default::default()
        };
        History {
            names: Names { group: vec!["".into(), "underserved".into(), "underserved".into()], ..Names::default() },
            movement: vec![MovementRow::default()],
            regions: rows.iter().enumerate().map(region).collect(),
            ..History::default()
        }
    }

    #[test]
    fn the_gap_is_that_of_the_worked_example() {
        assert!(((SERVICE_GAP.values)(&history(&[(10.0, 1.0), (10.0, 3.0)]))[0] - 0.25).abs() < 1e-12);
        assert_eq!((SERVICE_GAP.values)(&history(&[(10.0, 1.0)])), [0.0]);
    }

    #[test]
    fn only_underserved_regions_count_as_such() {
        let met = (NEED_MET_UNDERSERVED.values)(&history(&[(10.0, 9.0), (5.0, 0.8), (15.0, 0.7)]));
        assert!((met[0] - 0.075).abs() < 1e-12);
    }
}

//! Regional inequity: differences between regions in help, money and capacity.

mod money;
mod spread;

pub use money::{MONEY_THEIL_BETWEEN, MONEY_THEIL_WITHIN, MOVEMENT_MONEY_THEIL};
pub use spread::{CAPACITY_GINI, EXPERTISE_GINI, EXPERTISE_GINI_REGIONS, MANDATES_SPREAD};

use crate::measures::cohort::below_median;
use crate::measures::{Direction, Group, Measure, gini_by_need, share_met, yearly};
use crate::record::{History, RegionRow};

/// Headline: inequality of met need between regions.
///
/// ```
/// use hubsim_model::measures::inequity::SERVICE_GAP;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |help| RegionRow { requests: 10.0, help, ..Default::default() };
/// assert_eq!(SERVICE_GAP.of(&History::default().with(0, [region(1.0), region(3.0)])), [0.25]);
/// ```
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
        let pair = |r: &RegionRow| (r.requests, r.help);
        yearly(history, &history.regions, |rows| gini_by_need(rows.iter().map(pair).collect()))
    },
};

/// Need met in the region where it is lowest.
///
/// ```
/// use hubsim_model::measures::inequity::WORST_SERVICE;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |requests, help| RegionRow { requests, help, ..Default::default() };
/// let history = History::default().with(1, [region(8.0, 4.0), region(16.0, 2.0), region(0.0, 0.0)]);
/// assert_eq!(WORST_SERVICE.of(&history)[1], 0.125);
/// ```
pub static WORST_SERVICE: Measure = Measure {
    key: "worst_service",
    group: Group::Inequity,
    headline: false,
    title: "Need met in the worst region",
    meaning: "Need met, weighted by effect, in the region where it is least. Regions without requests are left out; \
              empty where there are none with, as in year 0.",
    formula: "min over regions of Σ help ÷ Σ requests; at most 1",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "maximin (Rawls 1971)",
    example: "Half met in one region, an eighth in another: 0.125.",
    values: |history| {
        yearly(history, &history.regions, |rows| {
            let asking = rows.iter().filter(|r| r.requests > 0.0);
            asking.map(|r| share_met(r.help, r.requests)).reduce(f64::min).unwrap_or(f64::NAN)
        })
    },
};

/// Need met in regions of the group `underserved`.
///
/// ```
/// use hubsim_model::measures::inequity::NEED_MET_UNDERSERVED;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |region, requests, help| RegionRow { region, requests, help, ..Default::default() };
/// let mut history = History::default().with(0, [region(0, 10.0, 9.0), region(1, 20.0, 0.8 + 0.7)]);
/// history.names.group = vec!["".into(), "underserved".into()];
/// assert_eq!(NEED_MET_UNDERSERVED.of(&history), [0.075]);
/// ```
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
    values: |history| met_where(history, |r| history.names.group[r.region as usize] == "underserved"),
};

/// Need met in regions where affiliates have least capacity for the people there.
///
/// ```
/// use hubsim_model::measures::inequity::NEED_MET_LOW_CAPACITY;
/// use hubsim_model::record::{History, RegionRow};
///
/// let region = |region, capacity, help| {
///     RegionRow { region, online: 10.0, capacity, requests: 8.0, help, ..Default::default() }
/// };
/// let year = |help: [f64; 3]| [region(0, 9.0, help[0]), region(1, 1.0, help[1]), region(2, 4.0, help[2])];
/// let history = History::default().with(0, year([4.0, 1.0, 2.0])).with(1, year([4.0, 2.0, 2.0]));
/// assert_eq!(NEED_MET_LOW_CAPACITY.of(&history), [0.125, 0.25]);
/// ```
pub static NEED_MET_LOW_CAPACITY: Measure = Measure {
    key: "need_met_low_capacity",
    group: Group::Inequity,
    headline: false,
    title: "Need met where capacity is low",
    meaning: "Share of the requests for help that is met, weighted by effect, in the regions whose affiliates had less capacity \
              per person online in year 0 than the median region. Empty where all had the same.",
    formula: "Σ help ÷ Σ requests over those regions; at most 1. Of an even number of regions, the median is the mean of the two in \
              the middle",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "a cohort of year 0, so that a region that gains capacity stays in it; the foundation's capacity does not count",
    example: "Capacities of 9, 1 and 4 FTE for 10 million people each: the second region is below the median. 8 requests there, help \
              of 1, later of 2: 0.125, 0.25.",
    values: |history| {
        let start = history.regions.iter().take_while(|row| row.year == 0);
        let low = below_median(start.map(|row| (row.capacity / row.online, row.region)).collect());
        met_where(history, |row| low.binary_search(&row.region).is_ok())
    },
};

/// Need met in the regions that count.
fn met_where(history: &History, counts: impl Fn(&RegionRow) -> bool) -> Vec<f64> {
    yearly(history, &history.regions, |rows| {
        let rows = rows.iter().filter(|row| counts(row));
        let (help, requests) = rows.fold((0.0, 0.0), |(h, q), r| (h + r.help, q + r.requests));
        share_met(help, requests)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{MovementRow, Names};

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
    fn the_gap_of_the_worked_example_is_a_quarter() {
        assert!(((SERVICE_GAP.values)(&history(&[(10.0, 1.0), (10.0, 3.0)]))[0] - 0.25).abs() < 1e-12);
        assert_eq!((SERVICE_GAP.values)(&history(&[(10.0, 1.0)])), [0.0]);
    }

    #[test]
    fn the_regions_of_low_capacity_are_those_of_year_0() {
        let region = |region, capacity, help| RegionRow {
            region,
            online: 2.0,
            capacity,
            requests: 10.0,
            help,
            ..Default::default()
        };
        let history = History::default()
            .with(0, [region(0, 1.0, 2.0), region(1, 2.0, 4.0), region(2, 3.0, 6.0), region(3, 4.0, 8.0)])
            .with(1, [region(0, 9.0, 2.0), region(1, 0.0, 5.0), region(2, 0.0, 6.0), region(3, 4.0, 8.0)]);
        assert_eq!(NEED_MET_LOW_CAPACITY.of(&history), [0.3, 0.35]);
        let alike = History::default().with(0, [region(0, 1.0, 2.0), region(1, 1.0, 4.0)]);
        assert!(NEED_MET_LOW_CAPACITY.of(&alike)[0].is_nan());
    }

    #[test]
    fn only_regions_of_the_group_underserved_count() {
        let met = (NEED_MET_UNDERSERVED.values)(&history(&[(10.0, 9.0), (5.0, 0.8), (15.0, 0.7)]));
        assert!((met[0] - 0.075).abs() < 1e-12);
    }
}

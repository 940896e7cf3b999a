//! Need met by theme: in the foundation's high and low priorities, and where hubs are new.

use crate::measures::{Direction, Group, Measure, rows_by_year, share_met, yearly};
use crate::record::{History, MandateRow, ThemeRow};

/// Up to which age a mandate is new, years.
const NEW_UNTIL: f64 = 3.0;

macro_rules! need_met_by_priority {
    ($(#[$meta:meta])* $name:ident, $key:literal, $title:literal, $which:literal, $counts:expr) => {
        $(#[$meta])*
        pub static $name: Measure = Measure {
            key: $key,
            group: Group::Support,
            headline: false,
            title: $title,
            meaning: concat!(
                "Need met in the themes of year 0 whose part of the foundation's work is ", $which, " the median. Themes at the \
                 median, and those absent in year 0, belong to neither."
            ),
            formula: "Σ effect of help ÷ Σ requests, over these themes; at most 1",
            unit: "share",
            range: (0.0, 1.0),
            direction: Direction::Higher,
            source: "priority is a theme's rank in the foundation's work of year 0",
            example: "Themes of priorities 4, 2, 1 and 1 with 10 requests each, of which help of 6, 4, 2 and 1 is given: (6 + 4) ÷ \
                      20 = 0.5 above the median of 1.5, (2 + 1) ÷ 20 = 0.15 below it.",
            values: |history| met_by_priority(history, $counts),
        };
    };
}

need_met_by_priority!(
    /// Need met in the themes of high priority.
    ///
    /// ```
    /// use hubsim_model::measures::support::NEED_MET_HIGH_PRIORITY;
    /// use hubsim_model::record::{History, ThemeRow};
    ///
    /// let row = |(theme, (priority, help))| ThemeRow { theme, presence: 1.0, priority, requests: 10.0, help, ..Default::default() };
    /// let themes = (0..).zip([(4.0, 6.0), (2.0, 4.0), (1.0, 2.0), (1.0, 1.0)]).map(row);
    /// assert_eq!(NEED_MET_HIGH_PRIORITY.of(&History::default().with(0, themes)), [0.5]);
    /// ```
    NEED_MET_HIGH_PRIORITY, "need_met_high_priority", "Need met, high priority", "above", HIGH
);
need_met_by_priority!(
    /// Need met in the themes of low priority.
    ///
    /// ```
    /// use hubsim_model::measures::support::NEED_MET_LOW_PRIORITY;
    /// use hubsim_model::record::{History, ThemeRow};
    ///
    /// let row = |(theme, (priority, help))| ThemeRow { theme, presence: 1.0, priority, requests: 10.0, help, ..Default::default() };
    /// let themes = (0..).zip([(4.0, 6.0), (2.0, 4.0), (1.0, 2.0), (1.0, 1.0)]).map(row);
    /// assert_eq!(NEED_MET_LOW_PRIORITY.of(&History::default().with(0, themes)), [0.15]);
    /// ```
    NEED_MET_LOW_PRIORITY, "need_met_low_priority", "Need met, low priority", "below", LOW
);

/// How much less of the need is met outside the foundation's priorities.
///
/// ```
/// use hubsim_model::measures::support::NEED_MET_GAP_PRIORITY;
/// use hubsim_model::record::{History, ThemeRow};
///
/// let row = |(theme, (priority, help))| ThemeRow { theme, presence: 1.0, priority, requests: 10.0, help, ..Default::default() };
/// let themes = (0..).zip([(4.0, 6.0), (2.0, 4.0), (1.0, 2.0), (1.0, 0.5)]).map(row);
/// assert_eq!(NEED_MET_GAP_PRIORITY.of(&History::default().with(0, themes)), [0.125 - 0.5]);
/// ```
pub static NEED_MET_GAP_PRIORITY: Measure = Measure {
    key: "need_met_gap_priority",
    group: Group::Support,
    headline: false,
    title: "Need met, low minus high priority",
    meaning: "Need met in the themes of year 0 whose part of the foundation's work is below the median, minus that in the themes \
              above it: negative where the foundation's priorities decide who is helped. It also rises when the themes of high \
              priority are served worse: both stand beside it.",
    formula: "need met, low priority − need met, high priority",
    unit: "share",
    range: (-1.0, 1.0),
    direction: Direction::Higher,
    source: "priority is a theme's rank in the foundation's work of year 0",
    example: "Themes of priorities 4, 2, 1 and 1 with 10 requests each, of which help of 6, 4, 2 and 0.5 is given: 2.5 ÷ 20 − 10 ÷ \
              20 = −0.375.",
    values: |history| {
        let (low, high) = (met_by_priority(history, LOW), met_by_priority(history, HIGH));
        low.into_iter().zip(high).map(|(low, high)| low - high).collect()
    },
};

/// Need met in the themes and regions of new hubs.
///
/// ```
/// use hubsim_model::measures::support::NEED_MET_NEW_HUBS;
/// use hubsim_model::record::rows::NO_NAME;
/// use hubsim_model::record::{History, MandateRow, ThemeRow};
///
/// let hubs = [(0, 2.0), (1, 4.0)].map(|(theme, age)| MandateRow { theme, for_region: NO_NAME, age, ..Default::default() });
/// let themes = [(0, 3.0), (1, 9.0)].map(|(theme, help)| ThemeRow { theme, requests: 10.0, help, ..Default::default() });
/// assert_eq!(NEED_MET_NEW_HUBS.of(&History::default().with(0, hubs).with(0, themes)), [0.3]);
/// ```
pub static NEED_MET_NEW_HUBS: Measure = Measure {
    key: "need_met_new_hubs",
    group: Group::Support,
    headline: false,
    title: "Need met where hubs are new",
    meaning: "Need met in the themes, and for regional hubs in the regions, whose oldest mandate is in its first three years, \
              whoever gives the help. Its first year counts, in which it may not be at work yet. Empty where no hub is new.",
    formula: "Σ effect of help ÷ Σ requests, over these themes and regions; at most 1. A mandate is new up to an age of 3 years \
              at the end of the year",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "how well a hub begins is how well it was chosen; where hubs of both kinds are new, what they share counts twice",
    example: "Two themes with 10 requests each: help of 3 where the hub is 2 years old, 9 where it is 4: 0.3.",
    values: |history| {
        let mandates = rows_by_year(history, &history.mandates);
        let (themes, regions) = (rows_by_year(history, &history.themes), rows_by_year(history, &history.regions));
        let value = |year: usize| {
            let hubs = &history.mandates[mandates[year].clone()];
            // A split or second mandate does not make an old responsibility new: its oldest mandate decides.
            let new = |remit: fn(&MandateRow) -> u32, id: u32| {
                let ages = hubs.iter().filter(|hub| remit(hub) == id).map(|hub| hub.age);
                ages.reduce(f64::max).is_some_and(|oldest| oldest <= NEW_UNTIL)
            };
            let themes = history.themes[themes[year].clone()].iter().filter(|row| new(|hub| hub.theme, row.theme));
            let regions =
                history.regions[regions[year].clone()].iter().filter(|row| new(|hub| hub.for_region, row.region));
            let both = themes.map(|row| (row.help, row.requests)).chain(regions.map(|row| (row.help, row.requests)));
            let (help, requests) = both.fold((0.0, 0.0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
            share_met(help, requests)
        };
        (0..mandates.len()).map(value).collect()
    },
};

/// Whether a priority is above the median.
const HIGH: fn(f64, f64) -> bool = |priority, median| priority > median;
/// Whether a priority is below the median.
const LOW: fn(f64, f64) -> bool = |priority, median| priority < median;

/// Need met in the themes of year 0 whose priority, against the median, counts.
fn met_by_priority(history: &History, counts: fn(f64, f64) -> bool) -> Vec<f64> {
    let (themes, median) = priorities(history);
    let cohort: Vec<u32> = themes.into_iter().filter(|&(p, _)| counts(p, median)).map(|(_, id)| id).collect();
    yearly(history, &history.themes, |rows| met_in(rows, |row| cohort.contains(&row.theme)))
}

/// The themes of year 0 by priority, and the median priority: of an even number, the mean of the two in the middle.
fn priorities(history: &History) -> (Vec<(f64, u32)>, f64) {
    let present = history.themes.iter().take_while(|row| row.year == 0).filter(|row| row.presence > 0.0);
    let mut themes: Vec<(f64, u32)> = present.map(|row| (row.priority, row.theme)).collect();
    themes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let at = |place: usize| themes.get(place).map_or(f64::NAN, |&(priority, _)| priority);
    let median = 0.5 * (at(themes.len().saturating_sub(1) / 2) + at(themes.len() / 2));
    (themes, median)
}

/// Share of the requests of some themes that is met.
fn met_in(rows: &[ThemeRow], counts: impl Fn(&ThemeRow) -> bool) -> f64 {
    let rows = || rows.iter().filter(|row| counts(row));
    share_met(rows().map(|row| row.help).sum(), rows().map(|row| row.requests).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::RegionRow;
    use crate::record::rows::NO_NAME;

    #[test]
    fn themes_absent_in_year_0_have_no_priority() {
        let row = |(theme, (presence, priority, help))| ThemeRow {
            theme,
            presence,
            priority,
            requests: 10.0,
            help,
            ..Default::default()
        };
        let themes = || (0..).zip([(1.0, 3.0, 6.0), (1.0, 2.0, 4.0), (1.0, 1.0, 2.0), (0.0, 9.0, 8.0)]).map(row);
        let history =
            History::default().with(0, themes()).with(1, themes().map(|row| ThemeRow { presence: 1.0, ..row }));
        assert_eq!(NEED_MET_HIGH_PRIORITY.of(&history), [0.6, 0.6]);
        assert_eq!(NEED_MET_LOW_PRIORITY.of(&history), [0.2, 0.2]);
        assert_eq!(NEED_MET_GAP_PRIORITY.of(&history), [0.2 - 0.6; 2]);
        let alike = History::default().with(0, themes().map(|row| ThemeRow { priority: 1.0, ..row }));
        for measure in [&NEED_MET_HIGH_PRIORITY, &NEED_MET_LOW_PRIORITY, &NEED_MET_GAP_PRIORITY] {
            assert!(measure.of(&alike)[0].is_nan(), "{}", measure.key);
        }
        assert!(NEED_MET_LOW_PRIORITY.of(&History::default().with(0, [RegionRow::default()]))[0].is_nan());
    }

    #[test]
    fn a_regional_hub_is_new_if_the_oldest_mandate_of_its_region_is() {
        let hub = |theme, for_region, age| MandateRow { theme, for_region, age, ..Default::default() };
        let region = |region, help| RegionRow { region, requests: 10.0, help, ..Default::default() };
        let regions = || [region(0, 2.0), region(1, 5.0)];
        let need_met =
            |hubs: Vec<MandateRow>| NEED_MET_NEW_HUBS.of(&History::default().with(0, hubs).with(0, regions()))[0];
        assert_eq!(need_met(vec![hub(NO_NAME, 0, 3.0)]), 0.2);
        assert_eq!(need_met(vec![hub(NO_NAME, 0, 3.0), hub(NO_NAME, 1, 1.0)]), 0.35);
        assert_eq!(
            need_met(vec![hub(NO_NAME, 0, 3.0), hub(NO_NAME, 1, 1.0), hub(NO_NAME, 1, 4.0)]),
            0.2,
            "a split hub"
        );
        assert!(need_met(vec![hub(NO_NAME, 0, 3.25)]).is_nan() && need_met(vec![]).is_nan());
    }
}

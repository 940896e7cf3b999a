//! Measures of a part of the movement: a region, a group of regions or a theme.

use std::fmt;

use super::{Measure, cost, duplication, movement, share_met, support, yearly};
use crate::record::{History, MovementRow, Names, RegionRow, ThemeRow};

/// By what the movement is divided into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// One region.
    Region,
    /// All regions of a group.
    Group,
    /// One theme.
    Theme,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Dimension; 3] = [Dimension::Region, Dimension::Group, Dimension::Theme];

    /// Its key in scenarios and tables.
    pub fn word(self) -> &'static str {
        match self {
            Dimension::Region => "region",
            Dimension::Group => "group",
            Dimension::Theme => "theme",
        }
    }
}

/// A part of the movement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// By what it is divided off.
    pub dimension: Dimension,
    /// The name of the region, the group or the theme.
    pub name: String,
}

/// A measure of a part of the movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartMeasure {
    /// Position in [`MEASURES`](super::MEASURES).
    pub measure: usize,
    /// The part.
    pub part: Part,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.dimension.word(), self.name)
    }
}

impl Part {
    /// All parts: the regions, their groups and the themes, each in their order.
    pub fn all(names: &Names) -> Vec<Part> {
        let mut groups: Vec<&String> = Vec::new();
        for group in names.group.iter().filter(|group| !group.is_empty()) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        let of = |dimension, name: &String| Part { dimension, name: name.clone() };
        let regions = names.region.iter().map(|name| of(Dimension::Region, name));
        let groups = groups.into_iter().map(|name| of(Dimension::Group, name));
        regions.chain(groups).chain(names.theme.iter().map(|name| of(Dimension::Theme, name))).collect()
    }

    /// The rows of the part alone: those of its regions, or that of its theme. Rows of the movement have nothing but their
    /// year, and there are no others.
    pub fn history(&self, history: &History) -> History {
        let is_at = |names: &[String], at: u32| names.get(at as usize) == Some(&self.name);
        let names = &history.names;
        let in_it = |row: &&RegionRow| match self.dimension {
            Dimension::Region => is_at(&names.region, row.region),
            Dimension::Group => is_at(&names.group, row.region),
            Dimension::Theme => false,
        };
        let theme = |row: &&ThemeRow| self.dimension == Dimension::Theme && is_at(&names.theme, row.theme);
        let year = |row: &MovementRow| MovementRow { year: row.year, ..MovementRow::default() };
        History {
            movement: history.movement.iter().map(year).collect(),
            regions: history.regions.iter().filter(in_it).copied().collect(),
            themes: history.themes.iter().filter(theme).copied().collect(),
            ..History::default()
        }
    }
}

/// How a measure is computed for a part, from the part's own rows.
struct ByPart {
    measure: &'static Measure,
    /// From rows of regions.
    regions: fn(&History) -> Vec<f64>,
    /// From rows of one theme, if the measure is known by theme.
    theme: Option<fn(&History) -> Vec<f64>>,
}

/// A measure whose own formula reads rows of regions and nothing else.
macro_rules! of_regions {
    ($measure:path) => {
        ByPart { measure: &$measure, regions: |history| $measure.of(history), theme: None }
    };
}

/// The measures of people and of service that can be asked for a part, in the order of the tables. Measures of organisations
/// and of mandates cannot: those serve beyond where they are.
static BY_PART: [ByPart; 19] = [
    ByPart {
        measure: &support::NEED_MET,
        regions: |history| support::NEED_MET.of(history),
        theme: Some(|history| of_theme(history, |row| share_met(row.help, row.requests))),
    },
    ByPart {
        measure: &support::PEOPLE_HELPED,
        regions: |history| support::PEOPLE_HELPED.of(history),
        theme: Some(|history| of_theme(history, |row| row.help)),
    },
    of_regions!(support::VOLUNTEERS),
    ByPart { measure: &movement::SOLVED_NEEDS, regions: |history| flows(history, |row| row.solved), theme: None },
    of_regions!(support::TIME_TO_FIRST_HELP),
    of_regions!(duplication::TIME_TO_SOLUTION),
    of_regions!(duplication::TIME_TO_SOLUTION_SMALL),
    of_regions!(duplication::UNSOLVED),
    of_regions!(duplication::UNSOLVED_SMALL),
    of_regions!(duplication::SMALL_SOLVED_SHARE),
    of_regions!(support::NEVER_HELPED),
    of_regions!(support::BOUNCES),
    of_regions!(support::SERVED_ACROSS),
    of_regions!(support::RETAINED),
    of_regions!(support::SKILL),
    of_regions!(movement::COVERAGE),
    ByPart {
        measure: &movement::TAKEN_UP,
        regions: |history| flows(history, |row| f64::from(row.taken_up)),
        theme: None,
    },
    of_regions!(cost::CONFLICTS),
    of_regions!(cost::CONTESTED),
];

/// The measures that can be asked for a part by a dimension, in the order of the tables.
pub fn by_part(dimension: Dimension) -> impl Iterator<Item = &'static Measure> {
    BY_PART.iter().filter(move |by| dimension != Dimension::Theme || by.theme.is_some()).map(|by| by.measure)
}

impl Measure {
    /// Whether it can be asked for a part by a dimension.
    pub fn has(&self, dimension: Dimension) -> bool {
        by_part(dimension).any(|measure| measure.key == self.key)
    }

    /// Its values in years 0, 1, … for the rows of a part alone, which [`Part::history`] gives; NaN where it is not defined, in
    /// all years where it cannot be asked for such a part.
    ///
    /// ```
    /// use hubsim_model::measures::support::NEED_MET;
    /// use hubsim_model::measures::{Dimension, Part};
    /// use hubsim_model::record::{History, RegionRow};
    ///
    /// let region = |region, help| RegionRow { region, requests: 10.0, help, ..Default::default() };
    /// let mut history = History::default().with(0, [region(0, 2.0), region(1, 6.0)]);
    /// history.names.region = vec!["North".to_owned(), "South".to_owned()];
    /// let south = Part { dimension: Dimension::Region, name: "South".to_owned() };
    /// assert_eq!(NEED_MET.of(&history), [0.4]);
    /// assert_eq!(NEED_MET.of_part(Dimension::Region, &south.history(&history)), [0.6]);
    /// ```
    pub fn of_part(&self, dimension: Dimension, rows: &History) -> Vec<f64> {
        let by = BY_PART.iter().find(|by| by.measure.key == self.key);
        let values = by.and_then(|by| if dimension == Dimension::Theme { by.theme } else { Some(by.regions) });
        values.map_or_else(|| vec![f64::NAN; rows.movement.len()], |values| values(rows))
    }
}

/// A value of the row of a theme in each year; NaN where there is none.
fn of_theme(history: &History, value: fn(&ThemeRow) -> f64) -> Vec<f64> {
    yearly(history, &history.themes, |rows| rows.first().map_or(f64::NAN, value))
}

/// The sum of a flow over regions for each year; there are none in year 0.
fn flows(history: &History, value: fn(&RegionRow) -> f64) -> Vec<f64> {
    yearly(history, &history.regions, |rows| match rows.first() {
        Some(row) if row.year > 0 => rows.iter().map(value).sum(),
        _ => f64::NAN,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::MEASURES;

    fn part(dimension: Dimension, name: &str) -> Part {
        Part { dimension, name: name.to_owned() }
    }

    /// Two regions in one group, one in another, and two themes.
    fn history() -> History {
        let region = |region, requests, help| RegionRow {
            region,
            requests,
            help,
            volunteers: 10.0 * requests,
            solved: 2.0 * help,
            taken_up: region + 1,
            ..Default::default()
        };
        let theme = |theme, requests, help| ThemeRow { theme, requests, help, ..Default::default() };
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let history = History::default()
            .with(0, [region(0, f64::NAN, f64::NAN)])
            .with(1, [region(0, 10.0, 1.0), region(1, 30.0, 7.0), region(2, 40.0, 8.0)])
            .with(1, [theme(0, 20.0, 12.0), theme(1, 60.0, 4.0)]);
        let (region, group) = (names(&["A", "B", "C"]), names(&["poor", "poor", ""]));
        History { names: Names { region, group, theme: names(&["a", "b"]), ..Names::default() }, ..history }
    }

    #[test]
    fn a_part_has_its_own_rows_only() {
        let history = history();
        let of = |measure: &Measure, part: &Part| measure.of_part(part.dimension, &part.history(&history))[1];
        let (a, poor, theme) =
            (part(Dimension::Region, "A"), part(Dimension::Group, "poor"), part(Dimension::Theme, "b"));
        let need_met = [&a, &poor, &theme].map(|part| of(&support::NEED_MET, part));
        assert_eq!(need_met, [0.1, 0.2, 4.0 / 60.0]);
        assert_eq!([&a, &poor, &theme].map(|part| of(&support::PEOPLE_HELPED, part)), [1.0, 8.0, 4.0]);
        assert_eq!([&a, &poor].map(|part| of(&support::VOLUNTEERS, part)), [100.0, 400.0]);
        assert_eq!([&a, &poor].map(|part| of(&movement::SOLVED_NEEDS, part)), [2.0, 16.0]);
        assert_eq!([&a, &poor].map(|part| of(&movement::TAKEN_UP, part)), [1.0, 3.0]);
        assert!(of(&support::VOLUNTEERS, &theme).is_nan(), "volunteers are not known by theme");
        assert!(of(&crate::measures::inequity::SERVICE_GAP, &a).is_nan(), "and the gap has no parts");
        assert!(movement::TAKEN_UP.of_part(Dimension::Region, &a.history(&history))[0].is_nan(), "year 0 has no flows");
    }

    #[test]
    fn all_parts_are_regions_groups_and_themes_by_name() {
        let words: Vec<String> = Part::all(&history().names).iter().map(ToString::to_string).collect();
        assert_eq!(words, ["region A", "region B", "region C", "group poor", "theme a", "theme b"]);
    }

    #[test]
    fn measures_by_part_are_in_the_order_of_the_tables_and_their_parts_add_up() {
        let at = |measure: &Measure| crate::measures::position(measure.key).expect("a measure");
        let order: Vec<usize> = by_part(Dimension::Region).map(at).collect();
        assert!(order.is_sorted() && order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
        assert!(by_part(Dimension::Theme).all(|measure| measure.has(Dimension::Region)));
        assert!(MEASURES.iter().filter(|measure| measure.has(Dimension::Group)).count() == BY_PART.len());
    }
}

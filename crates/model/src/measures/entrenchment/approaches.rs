//! Diversity of approaches.

use crate::measures::{Direction, Group, Measure, ratio, yearly};
use crate::record::{History, ThemeRow};

/// How much the approaches of affiliates to a theme differ.
///
/// ```
/// use hubsim_model::measures::entrenchment::APPROACH_DIVERSITY;
/// use hubsim_model::record::{History, ThemeRow};
///
/// let theme = |need, diversity| ThemeRow { need, diversity, ..Default::default() };
/// assert_eq!(APPROACH_DIVERSITY.of(&History::default().with(0, [theme(0.75, 0.5), theme(0.25, 0.1)])), [0.4]);
/// ```
pub static APPROACH_DIVERSITY: Measure = Measure {
    key: "approach_diversity",
    group: Group::Entrenchment,
    headline: false,
    title: "Diversity of approaches",
    meaning: "Circular variance of affiliates' approaches to a theme, mean over themes by need: 0 where all have \
              the same approach.",
    formula: "Σ need × (1 − length of the mean of affiliates' approaches as points on the unit circle) ÷ Σ need, over \
              themes",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "circular variance (Mardia & Jupp 2000); diversity of approaches as in Page 2007",
    example: "Two affiliates a right angle apart: 1 − √½ = 0.29. Themes of need 0.75 and 0.25 with 0.5 and 0.1: 0.4.",
    values: |history| by_need(history, |theme| theme.diversity),
};

/// How much the approaches of helpers differ, weighted by their help.
///
/// ```
/// use hubsim_model::measures::entrenchment::APPROACH_DIVERSITY_SERVED;
/// use hubsim_model::record::{History, ThemeRow};
///
/// let theme = |need, diversity_served| ThemeRow { need, diversity_served, ..Default::default() };
/// let history = History::default().with(1, [theme(0.75, 0.5), theme(0.25, 0.1)]);
/// assert_eq!(APPROACH_DIVERSITY_SERVED.of(&history)[1], 0.4);
/// ```
pub static APPROACH_DIVERSITY_SERVED: Measure = Measure {
    key: "approach_diversity_served",
    group: Group::Entrenchment,
    headline: false,
    title: "Diversity of approaches met",
    meaning: "The same over all helpers of a theme, the foundation included, weighted by the help they gave in the \
              year: 0 where all who are helped meet one approach. Themes in which nobody helped are left out. Empty \
              in year 0.",
    formula: "Σ need × (1 − length of the mean of approaches, weighted by help) ÷ Σ need, over themes",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "as the diversity of approaches, over what people meet",
    example: "Three quarters of the help of one approach, a quarter a right angle away: 1 − √10/4 = 0.21. Over themes \
              as above.",
    values: |history| by_need(history, |theme| theme.diversity_served),
};

/// Mean over the themes that have a value, weighted by need.
fn by_need(history: &History, value: fn(&ThemeRow) -> f64) -> Vec<f64> {
    yearly(history, &history.themes, |rows| {
        let known = || rows.iter().filter(|theme| !value(theme).is_nan());
        ratio(known().map(|theme| theme.need * value(theme)).sum(), known().map(|theme| theme.need).sum())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_without_approaches_or_need_do_not_count() {
        let theme = |need, diversity| ThemeRow { need, diversity, ..Default::default() };
        let themes = [theme(0.5, 0.25), theme(0.5, f64::NAN), theme(0.0, 0.75)];
        assert_eq!(APPROACH_DIVERSITY.of(&History::default().with(0, themes)), [0.25]);
        assert!(APPROACH_DIVERSITY.of(&History::default().with(0, [theme(0.5, f64::NAN)]))[0].is_nan());
    }
}

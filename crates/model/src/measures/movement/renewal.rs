//! Renewal: progress in weak themes, service in new ones.

use crate::measures::cohort::lowest_quarter;
use crate::measures::{Direction, Group, Measure, ratio, yearly};
use crate::record::{MovementRow, ThemeRow};

/// For how many years a theme counts after a jump, the year of the jump included.
const AFTER_JUMP: u32 = 5;
/// The cap of the delay of a new theme, years.
const LONGEST_DELAY: u32 = 10;

/// Expertise in the themes with the lowest expertise in year 0.
///
/// ```
/// use hubsim_model::measures::movement::EXPERTISE_LOWEST;
/// use hubsim_model::record::{History, ThemeRow};
///
/// let year = |expertise: [f64; 5]| {
///     let row = |(theme, expertise)| ThemeRow { theme, presence: 1.0, expertise, ..Default::default() };
///     (0..).zip(expertise).map(row).collect::<Vec<_>>()
/// };
/// let history = History::default().with(0, year([0.3, 0.125, 0.2, 0.25, 0.4])).with(1, year([0.5, 0.25, 0.5, 0.1, 0.5]));
/// assert_eq!(EXPERTISE_LOWEST.of(&history), [0.1625, 0.375]);
/// ```
pub static EXPERTISE_LOWEST: Measure = Measure {
    key: "expertise_lowest",
    group: Group::Movement,
    headline: false,
    title: "Expertise in the weakest themes",
    meaning: "Mean expertise of affiliates in the themes of year 0 in which it was lowest then: a quarter of them, rounded up.",
    formula: "mean over these themes of the mean over affiliates of expertise",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "a cohort of themes fixed in year 0; themes absent in year 0 do not count",
    example: "Of expertise 0.3, 0.125, 0.2, 0.25 and 0.4 the two lowest are the second and third: 0.1625. Later 0.25 and 0.5: \
              0.375.",
    values: |history| {
        let present = history.themes.iter().take_while(|row| row.year == 0).filter(|row| row.presence > 0.0);
        let lowest = lowest_quarter(present.map(|row| (row.expertise, row.theme)).collect());
        yearly(history, &history.themes, |rows| {
            let of_cohort = rows.iter().filter(|row| lowest.binary_search(&row.theme).is_ok());
            ratio(of_cohort.map(|row| row.expertise).sum(), lowest.len() as f64)
        })
    },
};

/// Quality of help in themes whose best approach changed recently.
///
/// ```
/// use hubsim_model::measures::movement::QUALITY_AFTER_JUMP;
/// use hubsim_model::record::{History, ThemeRow};
///
/// let row = |theme, jumped, help, quality_served| ThemeRow { theme, jumped, help, quality_served, ..Default::default() };
/// let history = History::default()
///     .with(1, [row(0, 1, 10.0, 0.25), row(1, 0, 10.0, 0.75)])
///     .with(5, [row(0, 0, 30.0, 0.5), row(1, 1, 10.0, 0.25)])
///     .with(6, [row(0, 0, 30.0, 0.5), row(1, 0, 10.0, 0.5)]);
/// let values = QUALITY_AFTER_JUMP.of(&history);
/// assert_eq!([values[1], values[5], values[6]], [0.25, (15.0 + 2.5) / 40.0, 0.5]);
/// ```
pub static QUALITY_AFTER_JUMP: Measure = Measure {
    key: "quality_after_jump",
    group: Group::Movement,
    headline: false,
    title: "Quality after a jump",
    meaning: "Quality (expertise × fit) of the helpers, weighted by help, over the themes whose best approach has jumped in the \
              last five years, this one included. Empty where none has.",
    formula: "Σ help × quality of the helper ÷ Σ help, over themes that jumped in one of the years t − 4 … t",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "adaptation to a landscape that moves (March 1991); all helpers count, the foundation included",
    example: "One theme jumped in year 1, another in year 5. In year 5 help of 30 with quality 0.5 and of 10 with 0.25: 17.5 ÷ \
              40 = 0.4375; in year 6 only the second counts.",
    values: |history| {
        let jumps = history.themes.iter().filter(|row| row.jumped > 0);
        let jumps: Vec<(u32, u32)> = jumps.map(|row| (row.theme, row.year)).collect();
        let lately = |row: &&ThemeRow| {
            let within = |year: u32| year <= row.year && row.year < year + AFTER_JUMP;
            row.help > 0.0 && jumps.iter().any(|&(theme, year)| theme == row.theme && within(year))
        };
        yearly(history, &history.themes, |rows| {
            let rows = || rows.iter().filter(lately);
            ratio(rows().map(|row| row.help * row.quality_served).sum(), rows().map(|row| row.help).sum())
        })
    },
};

/// How long a new theme remains without service.
///
/// ```
/// use hubsim_model::measures::movement::NEW_THEME_DELAY;
/// use hubsim_model::record::{History, ThemeRow};
///
/// let row = |theme, presence, served| ThemeRow { theme, presence, served, ..Default::default() };
/// let history = History::default()
///     .with(0, [row(0, 1.0, 1), row(1, 0.0, 0), row(2, 0.0, 0)])
///     .with(1, [row(0, 1.0, 1), row(1, 0.25, 0), row(2, 0.0, 0)])
///     .with(2, [row(0, 1.0, 1), row(1, 0.5, 0), row(2, 0.25, 1)])
///     .with(3, [row(0, 1.0, 1), row(1, 0.75, 1), row(2, 0.5, 1)]);
/// assert_eq!(NEW_THEME_DELAY.of(&history)[1..], [1.0, 1.0, 1.0]);
/// ```
pub static NEW_THEME_DELAY: Measure = Measure {
    key: "new_theme_delay",
    group: Group::Movement,
    headline: false,
    title: "Delay of new themes",
    meaning: "Years from the birth of a theme until it is served, mean over the themes born after year 0 and by now; at most \
              10. Those not yet served count the years that they have waited so far. Empty before the first is born.",
    formula: "mean of min(delay, 10 years): year in which it is first served − year of birth; not yet served: years since its \
              birth, this one included",
    unit: "years",
    range: (0.0, 10.0),
    direction: Direction::Lower,
    source: "restricted mean, cap 10 years; served: in a year in which half of the usual share of its requests is met",
    example: "One theme is born in year 1 and served first in year 3: 1, 2, 2 in years 1, 2, 3. Another is born and served in \
              year 2: 0 from then on. Mean: 1, 1, 1.",
    values: |history| {
        let themes = history.themes.iter().map(|row| row.theme + 1).max().unwrap_or(0) as usize;
        let (mut born, mut served) = (vec![None; themes], vec![None; themes]);
        for row in history.themes.iter().filter(|row| row.presence > 0.0) {
            born[row.theme as usize].get_or_insert(row.year);
            if row.served > 0 {
                served[row.theme as usize].get_or_insert(row.year);
            }
        }
        let delay = |year: u32, theme: usize| {
            let born = born[theme].filter(|&born| born > 0 && born <= year)?;
            let until = served[theme].filter(|&served| served <= year).unwrap_or(year + 1);
            Some(f64::from((until - born).min(LONGEST_DELAY)))
        };
        let mean = |row: &MovementRow| {
            let delays: Vec<f64> = (0..themes).filter_map(|theme| delay(row.year, theme)).collect();
            ratio(delays.iter().sum(), delays.len() as f64)
        };
        history.movement.iter().map(mean).collect()
    },
};

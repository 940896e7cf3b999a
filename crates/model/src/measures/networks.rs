//! Networks: cooperation between organisations, and their specialisation in themes.

use crate::measures::{Direction, Group, Measure, herfindahl, ratio, yearly};
use crate::record::MovementRow;

/// The share of work done in partnerships of three or more.
///
/// ```
/// use hubsim_model::measures::networks::JOINT_SHARE;
/// use hubsim_model::record::{History, MovementRow};
///
/// let row = MovementRow { production_work: 6.0, support_work: 2.0, joint_work: 2.0, ..Default::default() };
/// assert_eq!(JOINT_SHARE.of(&History::default().with(1, [row]))[1], 0.25);
/// ```
pub static JOINT_SHARE: Measure = Measure {
    key: "joint_share",
    group: Group::Networks,
    headline: false,
    title: "Share of work in partnerships of three or more",
    meaning: "Share of all work on production and support, foundation and hubs included, that is done in \
              partnerships, or for mandates, of three organisations or more. Empty in year 0.",
    formula: "work in partnerships and consortia of three or more ÷ (production work + support work)",
    unit: "share",
    range: (0.0, 1.0),
    direction: Direction::Higher,
    source: "other work (applying, links, governance, learning) is done by each organisation alone",
    example: "2 of 8 FTE-quarters of production and support: 0.25.",
    values: |history| {
        let share = |row: &MovementRow| ratio(row.joint_work, row.production_work + row.support_work);
        history.movement.iter().map(share).collect()
    },
};

/// The mean number of links of an affiliate.
///
/// ```
/// use hubsim_model::measures::networks::LINKS;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |links| OrganisationRow { links, ..OrganisationRow::chapter(0) };
/// assert_eq!(LINKS.of(&History::default().with(0, [5.0, 2.0].map(chapter))), [3.5]);
/// ```
pub static LINKS: Measure = Measure {
    key: "links",
    group: Group::Networks,
    headline: false,
    title: "Links per organisation",
    meaning: "Links that an affiliate keeps: with the foundation, with each hub as far as it knows it, in \
              partnerships and consortia; mean over affiliates. More of them coordinate more, and cost more.",
    formula: "Σ links ÷ affiliates",
    unit: "links",
    range: (0.0, f64::INFINITY),
    direction: Direction::Neutral,
    source: "mean degree",
    example: "Two affiliates with 5 and 2 links: 3.5.",
    values: |history| {
        yearly(history, &history.organisations, |rows| {
            let affiliates = || rows.iter().filter(|o| o.affiliate());
            ratio(affiliates().map(|o| o.links).sum(), affiliates().count() as f64)
        })
    },
};

/// Concentration of the foundation's work on few themes.
///
/// ```
/// use hubsim_model::measures::networks::FOUNDATION_FOCUS;
/// use hubsim_model::record::{History, ThemeRow};
///
/// let theme = |foundation_work| ThemeRow { foundation_work, ..Default::default() };
/// assert_eq!(FOUNDATION_FOCUS.of(&History::default().with(1, [2.0, 1.0, 1.0].map(theme)))[1], 0.375);
/// ```
pub static FOUNDATION_FOCUS: Measure = Measure {
    key: "foundation_focus",
    group: Group::Networks,
    headline: false,
    title: "Focus of the foundation",
    meaning: "Herfindahl–Hirschman index over themes of the foundation's work on production and support: 1 where all \
              of it is in one theme. Empty where it does none, as in year 0.",
    formula: "Σ (its work in the theme ÷ its work)² over themes",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Neutral,
    source: "Herfindahl 1950, Hirschman 1964",
    example: "2, 1 and 1 FTE-quarters in three themes: ¼ + 1/16 + 1/16 = 0.375.",
    values: |history| {
        yearly(history, &history.themes, |rows| herfindahl(rows.iter().map(|theme| theme.foundation_work)))
    },
};

/// Concentration of each affiliate's work on few themes.
///
/// ```
/// use hubsim_model::measures::networks::OTHERS_FOCUS;
/// use hubsim_model::record::{History, OrganisationRow};
///
/// let chapter = |work, focus| OrganisationRow { work, focus, ..OrganisationRow::chapter(0) };
/// assert_eq!(OTHERS_FOCUS.of(&History::default().with(1, [chapter(6.0, 0.5), chapter(2.0, 1.0)]))[1], 0.625);
/// ```
pub static OTHERS_FOCUS: Measure = Measure {
    key: "others_focus",
    group: Group::Networks,
    headline: false,
    title: "Focus of the others",
    meaning: "Herfindahl–Hirschman index over themes of an affiliate's own work on production and support, for its \
              mandates included, mean over affiliates by that work: 1 where each works in one theme. Empty in year 0.",
    formula: "Σ work × Σ (work in the theme ÷ work)² ÷ Σ work, over affiliates that work",
    unit: "index",
    range: (0.0, 1.0),
    direction: Direction::Neutral,
    source: "as the focus of the foundation",
    example: "6 FTE-quarters halved between two themes, 2 in one: (6 · ½ + 2 · 1) ÷ 8 = 0.625.",
    values: |history| {
        yearly(history, &history.organisations, |rows| {
            let working = || rows.iter().filter(|o| o.affiliate() && o.work > 0.0);
            ratio(working().map(|o| o.work * o.focus).sum(), working().map(|o| o.work).sum())
        })
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{History, OrganisationRow, ThemeRow};

    #[test]
    fn measures_of_work_are_undefined_in_year_0() {
        let nan = f64::NAN;
        let row = MovementRow { production_work: nan, support_work: nan, joint_work: nan, ..Default::default() };
        let chapter = OrganisationRow { work: nan, focus: nan, ..OrganisationRow::chapter(0) };
        let theme = ThemeRow { foundation_work: nan, ..Default::default() };
        let history = History::default().with(0, [row]).with(0, [chapter]).with(0, [theme]);
        for measure in [&JOINT_SHARE, &FOUNDATION_FOCUS, &OTHERS_FOCUS] {
            assert!(measure.of(&history)[0].is_nan(), "{}", measure.key);
        }
    }

    #[test]
    fn only_affiliates_with_work_have_a_focus() {
        let chapter = |work, focus, links| OrganisationRow { work, focus, links, ..OrganisationRow::chapter(0) };
        let foundation = OrganisationRow { kind: 0, ..chapter(9.0, 0.1, 9.0) };
        let history = History::default().with(0, [foundation, chapter(0.0, f64::NAN, 1.0), chapter(2.0, 0.5, 3.0)]);
        assert_eq!((OTHERS_FOCUS.of(&history)[0], LINKS.of(&history)[0]), (0.5, 2.0));
    }
}

//! Rows of the table `themes`.

use super::column::{Column, Role, Row, Stored, Type, Value};
use crate::record::History;

rows! {
    /// A theme.
    pub struct ThemeRow in themes = ThemeSums + ThemeObserved {
        /// The theme.
        id theme: theme, "-";
        /// Share of its full extent, which grows after its birth and shrinks when it fades.
        computed presence: number, "share";
        /// Its share of the movement's need.
        computed need: number, "share";
        /// Its weight in the foundation's work at the start, relative to other themes.
        computed priority: number, "weight";
        /// 1 if an organisation has noticed it, else 0; before, it is not served.
        computed noticed: count, "-";
        /// 1 if it has been served: the help of some year met half of the usual share of its requests; else 0.
        computed served: count, "-";
        /// Requests for help that arose.
        sum requests: f64, "person-requests";
        /// Sum of the effect of the help given.
        computed help: number, "person-requests";
        /// Requests given up.
        sum given_up: f64, "person-requests";
        /// Work on production and support by the foundation.
        sum foundation_work: Work, "FTE-quarters";
        /// Work on production and support by all others, for their mandates included.
        sum work: Work, "FTE-quarters";
        /// Mean expertise of affiliates.
        computed expertise: number, "share";
        /// Quality (expertise × fit) of the best affiliate.
        computed best_quality: number, "share";
        /// Quality (expertise × fit) at the end of the year of the organisations that helped, weighted by the effect
        /// of their help.
        computed quality_served: number, "share";
        /// Share of the full circle by which the best approach has moved in the year.
        computed moved: number, "share";
        /// Circular variance of affiliates' approaches: 0 if all are alike; empty if there is no affiliate.
        computed diversity: number, "share";
        /// The same over all organisations that helped, the foundation included, weighted by the help; empty if there
        /// was none.
        computed diversity_served: number, "share";
        /// 1 if it has jumped by a quarter of the circle in the year, besides its drift, else 0.
        computed jumped: count, "-";
    }
}

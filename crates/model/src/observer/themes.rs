//! Rows of themes.

use crate::ids::ThemeId;
use crate::record::ThemeRow;
use crate::record::rows::ThemeObserved;

use super::{YearEnd, approaches};

impl YearEnd<'_> {
    /// The row of a theme.
    pub(super) fn theme(&self, id: ThemeId) -> ThemeRow {
        let (theme, known) = (&self.state.themes[id], self.index.themes[id]);
        let approaches = approaches::spread(self.state, id);
        let observed = ThemeObserved {
            theme: u32::from(id.0),
            presence: theme.presence,
            need: self.state.movement_need(id),
            priority: theme.priority,
            noticed: u32::from(theme.noticed),
            served: u32::from(theme.served_in.is_some()),
            help: self.flow(known.help),
            expertise: known.expertise / self.index.affiliates.max(1) as f64,
            best_quality: known.best_quality,
            quality_served: self.flow(known.served / known.help),
            moved: self.flow(theme.moved),
            diversity: approaches.of_affiliates,
            diversity_served: self.flow(approaches.of_help),
            jumped: u32::from(theme.jumped),
        };
        ThemeRow::from_sums(&self.record.themes[id], self.now.year(), observed)
    }
}

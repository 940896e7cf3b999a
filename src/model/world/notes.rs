//! What outsiders keep in mind of the open problems: which concern them, and how they like them, for ever.

use crate::ids::{Key, OrganisationId, ThemeId};
use crate::model::world::{Problem, Problems};

/// An open problem that concerns an outsider.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// What its draws are addressed by.
    pub key: Key,
    /// How much everybody notices it, 0–1.
    pub salience: f64,
    /// How much this outsider likes it, 0–1.
    pub taste: f64,
    /// Where it is.
    pub slot: usize,
    born: u32,
}

/// The notes of one outsider on one theme.
#[derive(Clone, Debug, Default)]
struct Page {
    notes: Vec<Note>,
    /// How many problems of the theme it has looked at, ever.
    seen: usize,
}

/// The notes of all: what never changes is drawn once for each outsider and problem.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// By organisation and theme; who has never looked has none.
    pages: Vec<Vec<Page>>,
}

impl Notes {
    fn page(&mut self, id: OrganisationId, theme: ThemeId) -> &mut Page {
        if self.pages.len() <= id.index() {
            self.pages.resize_with(id.index() + 1, Vec::new);
        }
        let pages = &mut self.pages[id.index()];
        if pages.len() <= theme.index() {
            pages.resize_with(theme.index() + 1, Page::default);
        }
        &mut pages[theme.index()]
    }
}

impl Problems {
    /// What concerns an outsider among the open problems of a theme, in the order in which they arose, and all problems
    /// by slot. `view` says how it likes a problem, if that concerns it; it is asked once for each.
    pub fn noted(
        &mut self,
        id: OrganisationId,
        theme: ThemeId,
        view: impl Fn(Key) -> Option<f64>,
    ) -> (&[Note], &[Problem]) {
        let page = self.notes.page(id, theme);
        page.notes.retain(|note| note.born >= self.oldest);
        let (open, opened) = (&self.open[theme.index()], self.opened[theme.index()]);
        let unseen = (opened - page.seen).min(open.len());
        page.seen = opened;
        page.notes.extend(open[open.len() - unseen..].iter().filter_map(|&slot| {
            let Problem { key, salience, born, .. } = self.slots[slot];
            view(key).map(|taste| Note { key, salience, taste, slot, born })
        }));
        (&page.notes, &self.slots)
    }
}

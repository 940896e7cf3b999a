//! What outsiders keep in mind of the open problems: which of them are their concern, for ever.

use crate::ids::{OrganisationId, ThemeId};

/// What one outsider keeps in mind of one theme: a bit for each of its latest problems, at its number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Page {
    bits: [u64; Page::ROOM / 64],
    /// Problems of the theme before this number have been looked at.
    seen: u32,
}

impl Page {
    /// How many problems of a theme may be open for a page to tell them apart.
    pub const ROOM: usize = 128;

    /// Whether the problem of a number concerns the outsider; `drawn` says so the first time. The number must be one of
    /// the latest [`Page::ROOM`] of its theme.
    #[inline]
    pub fn concerns(&mut self, number: u32, drawn: impl FnOnce() -> bool) -> bool {
        let (word, bit) = (number as usize / 64 % self.bits.len(), number % 64);
        if number >= self.seen {
            self.bits[word] = self.bits[word] & !(1 << bit) | u64::from(drawn()) << bit;
        }
        self.bits[word] >> bit & 1 == 1
    }

    /// All problems of the theme before a number have been looked at.
    pub fn close(&mut self, number: u32) {
        self.seen = number;
    }
}

/// What all outsiders keep in mind.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// By organisation and theme; who has never looked has none.
    pages: Vec<Vec<Page>>,
}

impl Notes {
    /// What an outsider keeps in mind of a theme, one of so many.
    pub fn page(&mut self, id: OrganisationId, theme: ThemeId, themes: usize) -> &mut Page {
        if self.pages.len() <= id.index() {
            self.pages.resize_with(id.index() + 1, Vec::new);
        }
        let pages = &mut self.pages[id.index()];
        if pages.len() <= theme.index() {
            pages.resize(themes.max(theme.index() + 1), Page::default());
        }
        &mut pages[theme.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each problem is drawn once, and a later one that comes to the same bit is drawn anew.
    #[test]
    fn what_concerns_is_drawn_once() {
        let (mut page, mut draws) = (Page::default(), 0);
        let concerned = |number: u32| number % 3 == 0;
        for opened in 1..400u32 {
            for number in opened.saturating_sub(Page::ROOM as u32)..opened {
                let drawn = || {
                    draws += 1;
                    concerned(number)
                };
                assert_eq!(page.concerns(number, drawn), concerned(number));
            }
            page.close(opened);
        }
        assert_eq!(draws, 399);
    }
}

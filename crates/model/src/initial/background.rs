//! The background of organisations in year 0: what they know beyond what their work and their helpers teach them.
//!
//! Year 0 is taken as a balance. In the burn-in it is measured what each organisation learns in a quarter while it knows
//! what the scenario states, and its background is what keeps expertise there. So expertise changes when work, help,
//! turnover or the people change, and not because the trial begins.

use crate::clock::BURN_IN;
use crate::ids::{MAX_THEMES, OrganisationId, ThemeId};
use crate::mechanisms::{Context, learning, staffing};
use crate::state::State;
use crate::units::{QUARTERS_PER_YEAR, Work};

/// Quarters at the beginning of the burn-in that are not measured: there is little to work on yet.
const UNMEASURED: u32 = 4;

/// What organisations learn in the burn-in.
pub(super) struct Lessons {
    /// Expertise in year 0.
    expertise: Vec<[f64; MAX_THEMES]>,
    /// Gains in the quarters measured.
    gains: Vec<[f64; MAX_THEMES]>,
}

impl Lessons {
    pub(super) fn new(state: &State) -> Lessons {
        let expertise: Vec<_> = state.organisations.iter().map(|o| o.expertise).collect();
        Lessons { gains: vec![[0.0; MAX_THEMES]; expertise.len()], expertise }
    }

    /// Notes what was learnt in a quarter of the burn-in, and takes it back: the next quarter begins with the same expertise.
    pub(super) fn note(&mut self, cx: &Context, state: &mut State) {
        let themes = state.themes.len();
        for (n, o) in state.organisations.iter_mut().enumerate() {
            let helped = std::mem::replace(&mut o.expertise, self.expertise[n]);
            if cx.now.quarter() >= UNMEASURED {
                let worked = learning::work_by_theme(cx, o, themes);
                for t in 0..themes {
                    let known = o.expertise[t];
                    self.gains[n][t] += helped[t] - known + learning::gain_by_work(cx, known, worked[t]);
                }
            }
            o.done = [0.0; MAX_THEMES];
            o.learning = Work::ZERO;
        }
    }

    /// Sets the background of all organisations.
    pub(super) fn set_backgrounds(&self, cx: &Context, state: &mut State) {
        let there: Vec<ThemeId> = state.theme_ids().filter(|&t| state.themes[t].born == 0).collect();
        let active: Vec<OrganisationId> = state.active().collect();
        for id in active {
            let left = staffing::expertise_lost(cx, state, id) / f64::from(QUARTERS_PER_YEAR);
            let o = &mut state.organisations[id];
            let mut beyond = 0.0;
            for &t in &there {
                let gain = self.gain(id, t);
                o.background[t] = learning::background(cx, o.expertise[t], gain, left);
                beyond += o.background[t] - o.expertise[t];
            }
            // In themes that are still to come it is no quicker to learn than in those that are there.
            let beyond = beyond / there.len().max(1) as f64;
            for t in state.themes.ids().filter(|&t| state.themes[t].born != 0) {
                o.background[t] = o.expertise[t] + beyond;
            }
        }
    }

    /// Expertise that an organisation gains in a theme in a quarter, by work and by help.
    fn gain(&self, id: OrganisationId, theme: ThemeId) -> f64 {
        self.gains[id.index()][theme] / f64::from(BURN_IN - UNMEASURED)
    }
}

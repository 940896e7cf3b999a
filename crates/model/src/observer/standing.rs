//! Who is where, who holds what, and who knows most: what the rows of a year share, gone through once.

use super::*;
use crate::ids::MAX_THEMES;

/// What an organisation has for mandates, as their holder or as a partner.
#[derive(Clone, Copy, Default)]
pub(super) struct Held {
    pub(super) staff: Capacity,
    /// Those of ended mandates included.
    pub(super) reserves: Money,
    pub(super) mandates: u32,
    /// Mandates in which it is a partner.
    pub(super) consortia: u32,
    /// Links between those who hold a mandate together: each partner with the holder.
    pub(super) links: usize,
}

/// A year's organisations, by who, where and theme.
pub(super) struct YearIndex {
    /// By organisation.
    pub(super) held: Vec<Held>,
    /// Quality in its best theme, by organisation; 0 for who is not active.
    pub(super) best: Vec<f64>,
    /// The affiliates of each region, in order.
    pub(super) locals: Vec<Vec<OrganisationId>>,
    /// The most that any affiliate of a region knows of each theme.
    pub(super) known_in: Vec<[f64; MAX_THEMES]>,
    /// By theme.
    pub(super) themes: [Known; MAX_THEMES],
    pub(super) affiliates: usize,
}

/// What all organisations together know and do of a theme.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// Help of the year, person-requests.
    pub(super) help: f64,
    /// The same, weighted by the quality of who gave it.
    pub(super) served: f64,
    /// Expertise of all affiliates, their sum.
    pub(super) expertise: f64,
    /// Quality of the best affiliate.
    pub(super) best_quality: f64,
}

impl YearIndex {
    pub(super) fn new(state: &State) -> YearIndex {
        let mut index = YearIndex {
            held: held(state),
            best: vec![0.0; state.organisations.len()],
            locals: vec![Vec::new(); state.regions.len()],
            known_in: vec![[0.0; MAX_THEMES]; state.regions.len()],
            themes: [Known::default(); MAX_THEMES],
            affiliates: 0,
        };
        for (i, o) in state.organisations.iter().enumerate() {
            for (t, (theme, &help)) in index.themes.iter_mut().zip(&o.year.service).enumerate() {
                theme.help += help;
                if help > 0.0 {
                    theme.served += help * state.quality(OrganisationId::from_index(i), ThemeId::from_index(t));
                }
            }
            if o.active() {
                index.meet(state, OrganisationId::from_index(i));
            }
        }
        index
    }

    fn meet(&mut self, state: &State, id: OrganisationId) {
        let o = &state.organisations[id];
        let affiliate = o.kind.affiliate();
        for t in state.theme_ids() {
            let (known, quality) = (o.expertise[t], state.quality(id, t));
            let best = &mut self.best[id.index()];
            *best = best.max(quality);
            if affiliate {
                let theme = &mut self.themes[t];
                theme.expertise += known;
                theme.best_quality = theme.best_quality.max(quality);
                let most = &mut self.known_in[o.region][t];
                *most = most.max(known);
            }
        }
        if affiliate {
            self.locals[o.region].push(id);
            self.affiliates += 1;
        }
    }
}

fn held(state: &State) -> Vec<Held> {
    let mut held = vec![Held::default(); state.organisations.len()];
    for m in &state.mandates {
        let holder = &mut held[m.holder.index()];
        holder.reserves += m.reserves;
        if !m.alive() {
            continue;
        }
        holder.staff += m.staff_of(m.holder);
        holder.mandates += 1;
        holder.links += m.partners.len();
        for &id in &m.partners {
            let partner = &mut held[id.index()];
            partner.consortia += 1;
            if id != m.holder {
                partner.staff += m.staff_of(id);
                partner.links += 1;
            }
        }
    }
    held
}

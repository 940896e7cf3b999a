//! Quantities by organisation, region and theme that several rows of a year need, from one pass over organisations and
//! mandates.

use crate::ids::{MAX_THEMES, OrganisationId, ThemeId};
use crate::state::State;
use crate::units::{Capacity, Money};

/// What an organisation has for mandates, as their holder or as a partner.
#[derive(Clone, Copy, Default)]
pub(super) struct Held {
    /// Staff.
    pub(super) staff: Capacity,
    /// Reserves, those of ended mandates included.
    pub(super) reserves: Money,
    /// Mandates that it holds.
    pub(super) mandates: u32,
    /// Mandates in which it is a partner.
    pub(super) consortia: u32,
    /// Links within consortia: each partner has one with the holder.
    pub(super) links: usize,
}

/// Organisations at the end of a year, by region and theme.
pub(super) struct YearIndex {
    /// What each organisation has for mandates, by organisation.
    pub(super) held: Vec<Held>,
    /// Quality in its best theme, by organisation; 0 for inactive ones.
    pub(super) best: Vec<f64>,
    /// The affiliates of each region, in order.
    pub(super) locals: Vec<Vec<OrganisationId>>,
    /// Expertise of a region's best affiliate, by region and theme.
    pub(super) known_in: Vec<[f64; MAX_THEMES]>,
    /// Help and expertise, by theme.
    pub(super) themes: [Known; MAX_THEMES],
    /// Number of active affiliates.
    pub(super) affiliates: usize,
}

/// Help and expertise of all organisations in a theme.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// Help of the year, person-requests.
    pub(super) help: f64,
    /// The same, weighted by the quality of the organisations that gave it.
    pub(super) served: f64,
    /// Sum of the expertise of all affiliates.
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
                index.add(state, OrganisationId::from_index(i));
            }
        }
        index
    }

    /// Adds an active organisation.
    fn add(&mut self, state: &State, id: OrganisationId) {
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

/// What each organisation has for mandates.
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

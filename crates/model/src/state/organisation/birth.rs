//! Organisations as they begin.

use rand::RngExt;
use rand_distr::Triangular;

use crate::ids::{Key, MAX_THEMES, RegionId};
use crate::policy::levers::OrganisationKind;
use crate::random::Stream;
use crate::state::conduct::Conduct;
use crate::state::governance::Owed;
use crate::state::organisation::{Dealings, Label, Organisation};
use crate::state::problem::WorkQueue;
use crate::state::theme::{Theme, moved};
use crate::units::{Capacity, Money, Quarter, Work};

impl Organisation {
    /// An organisation of which only the birth certificate is known.
    pub fn new(key: Key, label: Label, kind: OrganisationKind, region: RegionId, founded: Quarter) -> Organisation {
        Organisation {
            key,
            label,
            kind,
            region,
            founded,
            closed: false,
            inert: false,
            small: true,
            community: None,
            staff: Capacity::ZERO,
            members: 0.0,
            labour: Capacity::ZERO,
            reserves: Money::ZERO,
            own_income: Money::ZERO,
            raised: Money::ZERO,
            income_factor: 0.0,
            grants: Money::ZERO,
            hub_money: Money::ZERO,
            spent: Money::ZERO,
            commitments: Vec::new(),
            secured: 0.0,
            leavers: Capacity::ZERO,
            governed: Dealings::default(),
            others: Vec::new(),
            applications: 0,
            running: 0,
            request: Money::ZERO,
            expertise: [0.0; MAX_THEMES],
            approach: [0.0; MAX_THEMES],
            done: [0.0; MAX_THEMES],
            worked: [0.0; MAX_THEMES],
            service: [0.0; MAX_THEMES],
            service_before: [0.0; MAX_THEMES],
            orientation: 0.0,
            prestige: 0.1,
            territoriality: 0.0,
            sharing: 1.0,
            owed: Owed::default(),
            conduct: Conduct::default(),
            endowed: Capacity::ZERO,
            spare: Work::ZERO,
            links: 0.0,
            queue: WorkQueue::default(),
            support_left: Work::ZERO,
            learning: Work::ZERO,
            slack: 0.0,
            production_work: Work::ZERO,
            duplicated_work: Work::ZERO,
            labour_of_year: Work::ZERO,
            output: 0.0,
        }
    }

    /// Draws expertise around a mean, approaches around the optimum, and territoriality (triangular on [0, 1] with
    /// mode 0.4).
    pub fn draw_traits(&mut self, themes: &[Theme], stream: Stream, mean: f64) {
        for (t, theme) in themes.iter().enumerate() {
            let mine = stream.with(theme.key);
            let known = if theme.born == 0 { 1.0 } else { 0.2 };
            self.expertise[t] = (mean * known * libm::exp(0.5 * mine.normal(0) - 0.125)).min(0.95);
            self.approach[t] = moved(theme.optimum, 0.12 * mine.normal(1));
        }
        let shape = Triangular::new(0.0, 1.0, 0.4).expect("a valid triangle");
        self.territoriality = stream.rng(2).sample(shape);
    }
}

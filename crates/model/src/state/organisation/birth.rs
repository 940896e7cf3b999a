//! New organisations, and the draw of their traits.

use rand::RngExt;
use rand_distr::Triangular;

use crate::ids::{Key, MAX_THEMES, RegionId};
use crate::policy::levers::OrganisationKind;
use crate::random::Stream;
use crate::state::conduct::Conduct;
use crate::state::governance::GovernanceWork;
use crate::state::organisation::{FundingHistory, Label, Organisation, OrganisationYear};
use crate::state::project::WorkQueue;
use crate::state::theme::{Theme, move_along};
use crate::units::{Capacity, Money, Quarter, Work};

/// Prestige of a new organisation, 0–1; assumed: it is hardly known.
const PRESTIGE_AT_BIRTH: f64 = 0.1;
/// Expertise in a theme that is not born yet, relative to other themes; assumed: related knowledge.
const UNBORN_EXPERTISE: f64 = 0.2;
/// Standard deviation of the logarithm of expertise between organisations; assumed.
pub const EXPERTISE_SPREAD: f64 = 0.5;
/// Half the variance of that logarithm: taken off, so that the mean factor is 1.
pub const EXPERTISE_SPREAD_CORRECTION: f64 = 0.125;
/// Highest expertise that is drawn, 0–1: nobody begins with all.
pub const MAX_DRAWN_EXPERTISE: f64 = 0.95;
/// Standard deviation of first approaches around the optimum, circle; assumed.
const APPROACH_SPREAD: f64 = 0.12;
/// Most frequent territoriality, 0–1; assumed: a little below the middle.
const TERRITORIALITY_MODE: f64 = 0.4;

impl Organisation {
    /// An organisation of which only key, label, kind, region and quarter of founding are set.
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
            relative_prices: 1.0,
            members: 0.0,
            labour: Capacity::ZERO,
            reserves: Money::ZERO,
            own_income: Money::ZERO,
            raised: Money::ZERO,
            income_factor: 0.0,
            success: 0.0,
            income_growth: 0.0,
            grants: Money::ZERO,
            hub_money: Money::ZERO,
            commitments: Vec::new(),
            secured: 0.0,
            leavers: Capacity::ZERO,
            governed: FundingHistory::default(),
            others: Vec::new(),
            applications: 0,
            running: 0,
            request: Money::ZERO,
            expertise: [0.0; MAX_THEMES],
            background: [0.0; MAX_THEMES],
            approach: [0.0; MAX_THEMES],
            done: [0.0; MAX_THEMES],
            service_before: [0.0; MAX_THEMES],
            orientation: 0.0,
            prestige: PRESTIGE_AT_BIRTH,
            territoriality: 0.0,
            sharing: 1.0,
            governance_work: GovernanceWork::default(),
            conduct: Conduct::default(),
            endowed: Capacity::ZERO,
            saved_effort: Work::ZERO,
            links: 0.0,
            queue: WorkQueue::default(),
            support_left: Work::ZERO,
            pledged: Work::ZERO,
            learning: Work::ZERO,
            slack: 0.0,
            year: OrganisationYear::default(),
        }
    }

    /// Draws expertise around a mean, which is its background, too, approaches around the optimum, and territoriality (triangular on [0, 1]).
    pub fn draw_traits(&mut self, themes: &[Theme], stream: Stream, mean: f64) {
        for (t, theme) in themes.iter().enumerate() {
            let theme_stream = stream.with(theme.key);
            let known = if theme.born == 0 { 1.0 } else { UNBORN_EXPERTISE };
            self.expertise[t] =
                (mean * known * libm::exp(EXPERTISE_SPREAD * theme_stream.normal(0) - EXPERTISE_SPREAD_CORRECTION))
                    .min(MAX_DRAWN_EXPERTISE);
            self.background[t] = self.expertise[t];
            self.approach[t] = move_along(theme.optimum, APPROACH_SPREAD * theme_stream.normal(1));
        }
        let shape = Triangular::new(0.0, 1.0, TERRITORIALITY_MODE).expect("a valid triangle");
        self.territoriality = stream.rng(2).sample(shape);
    }
}

//! Slot 3, reserve: what is set aside before the rest is given. The order is the code's; at their neutral
//! value 0 all of them set nothing aside.

use crate::ids::RegionId;
use crate::policy::award::Division;
use crate::policy::docket::{Applicant, Docket};
use crate::policy::levers::GrantLevers;
use crate::policy::score::Score;
use crate::units::Money;

/// Gives what is reserved: a baseline for all, experiments by lot, newcomers, underserved regions, and the
/// envelopes of the regions.
pub fn set_aside(levers: &GrantLevers, docket: &Docket, division: &mut Division) {
    let part = |share: f64| docket.pot * share;
    division.give_equally(part(levers.baseline_share.at(docket.year)));
    division.give_by_lot(part(levers.experiments_share.at(docket.year)));
    division.give(part(levers.newcomers_share.at(docket.year)), |a| a.newcomer);
    let floor = part(levers.underserved_floor.at(docket.year));
    let had = division.given(|a| a.underserved);
    division.give((floor - had).max(Money::ZERO), |a| a.underserved);
    let envelopes = levers.regional_envelopes.at(docket.year);
    if envelopes > 0.0 {
        let open = division.left().min(part(envelopes));
        for (r, &share) in docket.regional_shares.iter().enumerate() {
            let here = RegionId::from_index(r);
            division.give(open * share, move |a| a.region == here);
        }
    }
}

/// Lifts candidates for a mandate from regions that are short of mandates, and lowers those from regions that
/// have more than their share of the need.
pub fn lift_by_spread(spread: f64, candidates: &[Applicant], scores: &mut [Score]) {
    if spread > 0.0 {
        for (candidate, score) in candidates.iter().zip(scores) {
            score.rank = (score.rank + spread * candidate.shortfall).max(0.0);
        }
    }
}

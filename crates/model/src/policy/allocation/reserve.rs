//! Step 3, reserve: what is set aside before the rest is given. The order is that of the code; at their neutral value 0
//! all of these levers set nothing aside.

use super::application::{Applicant, ApplicationRound};
use super::award::Division;
use super::score::Score;
use crate::ids::RegionId;
use crate::policy::levers::GrantLevers;
use crate::units::Money;

/// Gives what is reserved: a baseline for all, experiments by lot, newcomers, underserved regions, and the envelopes of
/// the regions.
pub fn set_aside(levers: &GrantLevers, round: &ApplicationRound, division: &mut Division) {
    let part = |share: f64| round.pot * share;
    division.give_equally(part(levers.baseline_share.at(round.year)));
    division.give_by_lot(part(levers.experiments_share.at(round.year)));
    division.give(part(levers.newcomers_share.at(round.year)), |applicant| applicant.newcomer);
    let floor = part(levers.underserved_floor.at(round.year));
    let had = division.given(|applicant| applicant.underserved);
    division.give((floor - had).max(Money::ZERO), |applicant| applicant.underserved);
    let envelopes = levers.regional_envelopes.at(round.year);
    if envelopes > 0.0 {
        let open = division.left().min(part(envelopes));
        for (r, &share) in round.regional_shares.iter().enumerate() {
            let region = RegionId::from_index(r);
            division.give(open * share, |applicant| applicant.region == region);
        }
    }
}

/// Raises the scores of candidates from regions whose share of mandates is below their share of need, and lowers those
/// from regions where it is above.
pub fn lift_by_spread(spread: f64, candidates: &[Applicant], scores: &mut [Score]) {
    if spread > 0.0 {
        for (candidate, score) in candidates.iter().zip(scores) {
            score.rank = (score.rank + spread * candidate.shortfall).max(0.0);
        }
    }
}

//! Step 2, score: how applicants rank, by a weighted mix of criteria.

use super::application::Applicant;
use crate::policy::levers::ScoreMix;

/// The score of one applicant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Intensity, ≥ 0: what rankings and lotteries use.
    pub rank: f64,
    /// Claim, ≥ 0: what a proportional division uses. History is an amount already; every other criterion is an
    /// intensity and counts per unit asked for (otherwise a division by history would grow with the square of size).
    pub claim: f64,
}

/// The scores of all applicants, at their positions. Applicants that are not eligible have scores of 0.
pub fn of_all(mix: &ScoreMix, applicants: &[Applicant], eligible: &[usize]) -> Vec<Score> {
    let mut scores = vec![Score::default(); applicants.len()];
    let count = eligible.len() as f64;
    let total = |value: fn(&Applicant) -> f64| eligible.iter().map(|&i| value(&applicants[i])).sum::<f64>();
    let most = eligible.iter().map(|&i| applicants[i].history.0).fold(0.0, f64::max);
    let (asked, had) = (total(|applicant| applicant.request.0), total(|applicant| applicant.history.0));
    let over = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    for &i in eligible {
        let applicant = &applicants[i];
        if mix.total() == 0.0 {
            scores[i] = Score { rank: 1.0, claim: 1.0 };
            continue;
        }
        let intensity = mix.track_record * applicant.track_record
            + mix.evidence * applicant.evidence
            + mix.need * applicant.need
            + mix.newness * f64::from(u8::from(applicant.new))
            + mix.prestige * applicant.prestige
            + mix.votes * applicant.votes;
        let intensity = intensity.max(0.0);
        let history = applicant.history.0;
        scores[i] = Score {
            rank: intensity + mix.history * over(history, most),
            claim: intensity * over(applicant.request.0, asked) * count + mix.history * over(history, had) * count,
        };
    }
    scores
}

//! Slot 2, score: how applicants rank, a weighted mix.

use crate::policy::docket::Applicant;
use crate::policy::levers::ScoreMix;

/// How one applicant ranks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Intensity, ≥ 0: what a ranking or a lottery looks at.
    pub rank: f64,
    /// Claim, ≥ 0: what a division in proportion looks at. History is an amount already; everything else is an
    /// intensity and counts per unit asked for (otherwise a division by history would go with the square of size).
    pub claim: f64,
}

/// The scores of all applicants, in their order; those that are not eligible score nothing.
pub fn of_all(mix: &ScoreMix, applicants: &[Applicant], eligible: &[usize]) -> Vec<Score> {
    let mut scores = vec![Score::default(); applicants.len()];
    let count = eligible.len() as f64;
    let total = |value: fn(&Applicant) -> f64| eligible.iter().map(|&i| value(&applicants[i])).sum::<f64>();
    let most = eligible.iter().map(|&i| applicants[i].history.0).fold(0.0, f64::max);
    let (asked, had) = (total(|a| a.request.0), total(|a| a.history.0));
    let over = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    for &i in eligible {
        let a = &applicants[i];
        if mix.total() == 0.0 {
            scores[i] = Score { rank: 1.0, claim: 1.0 };
            continue;
        }
        let intensity = mix.track_record * a.track_record
            + mix.evidence * a.evidence
            + mix.need * a.need
            + mix.newness * f64::from(u8::from(a.new))
            + mix.prestige * a.prestige
            + mix.votes * a.votes;
        let intensity = intensity.max(0.0);
        scores[i] = Score {
            rank: intensity + mix.history * over(a.history.0, most),
            claim: intensity * over(a.request.0, asked) * count + mix.history * over(a.history.0, had) * count,
        };
    }
    scores
}

//! Step 1, screen: which applicants are eligible. Each lever adds a condition; at its neutral value it requires nothing.

use super::application::{Applicant, ApplicationRound, Profile};
use crate::policy::levers::{GrantLevers, HubLevers};

/// Positions of the applicants for money that are eligible, in order.
pub fn for_grants(levers: &GrantLevers, round: &ApplicationRound) -> Vec<usize> {
    passing(round.applicants, |applicant| applicant.passes(levers, round.year))
}

impl Applicant {
    /// Whether an applicant for money is eligible.
    pub fn passes(&self, levers: &GrantLevers, year: u32) -> bool {
        self.age >= levers.min_age_years.at(year)
            && self.staff.0 >= levers.capacity_floor.at(year)
            && levers.kinds.contains(&self.kind)
            && !(levers.no_misconduct && self.known_misconduct)
    }
}

/// Positions of the candidates for a mandate that are eligible, in order.
pub fn for_mandates(levers: &HubLevers, candidates: &[Applicant]) -> Vec<usize> {
    passing(candidates, |candidate| {
        let Applicant { kind, age, staff, known_misconduct, outside, held, .. } = *candidate;
        may_hold(levers, &Profile { kind, age, staff, known_misconduct, outside, held })
            && f64::from(candidate.partners) >= levers.min_partners
    })
}

/// Whether an organisation may hold a mandate, alone or as a partner in a consortium.
pub fn may_hold(levers: &HubLevers, profile: &Profile) -> bool {
    profile.age >= levers.min_age_years
        && profile.staff.0 >= levers.capacity_floor
        && f64::from(profile.held) < levers.max_each
        && if profile.outside { levers.external } else { levers.kinds.contains(&profile.kind) }
        && !(levers.no_misconduct && profile.known_misconduct)
}

fn passing(applicants: &[Applicant], passes: impl Fn(&Applicant) -> bool) -> Vec<usize> {
    (0..applicants.len()).filter(|&i| passes(&applicants[i])).collect()
}

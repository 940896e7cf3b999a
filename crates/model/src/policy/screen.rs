//! Slot 1, screen: who may apply. Each lever adds a condition; at its neutral value it asks for nothing.

use crate::policy::docket::{Applicant, Docket};
use crate::policy::levers::{GrantLevers, HubLevers};

/// Positions of the applicants for money that pass, in order.
pub fn for_grants(levers: &GrantLevers, docket: &Docket) -> Vec<usize> {
    let age = levers.min_age_years.at(docket.year);
    let floor = levers.capacity_floor.at(docket.year);
    passing(docket.applicants, |a| {
        a.age >= age && a.staff.0 >= floor && levers.kinds.contains(&a.kind) && !(levers.not_astray && a.astray)
    })
}

/// Positions of the candidates for a mandate that pass, in order.
pub fn for_mandates(levers: &HubLevers, candidates: &[Applicant]) -> Vec<usize> {
    passing(candidates, |a| {
        a.age >= levers.min_age_years
            && a.staff.0 >= levers.capacity_floor
            && f64::from(a.held) < levers.max_each
            && if a.outside { levers.external } else { levers.kinds.contains(&a.kind) }
            && !(levers.not_astray && a.astray)
            && f64::from(a.partners) >= levers.min_partners
    })
}

fn passing(applicants: &[Applicant], passes: impl Fn(&Applicant) -> bool) -> Vec<usize> {
    (0..applicants.len()).filter(|&i| passes(&applicants[i])).collect()
}

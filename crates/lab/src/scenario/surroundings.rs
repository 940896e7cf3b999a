//! The facts of a world on which preconditions of levers depend.

use hubsim_model::inputs::Inputs;
use hubsim_model::policy::levers::{OrganisationKind, Surroundings};

/// The facts of a world on which preconditions of levers depend.
pub fn surroundings(inputs: &Inputs, years: u32) -> Surroundings {
    let any = |kind: &dyn Fn(OrganisationKind) -> bool| {
        inputs.organisation.iter().any(|organisation| !organisation.inert && kind(organisation.kind))
    };
    Surroundings {
        years,
        foundation: any(&|kind| kind == OrganisationKind::Foundation),
        underserved: inputs.region.iter().any(|region| region.group == "underserved"),
        outsiders: any(&OrganisationKind::outside),
    }
}

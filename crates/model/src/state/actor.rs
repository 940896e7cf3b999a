//! Who does something: an organisation, at home or for a mandate.

use crate::ids::{Key, MandateId, OrganisationId, RegionId};
use crate::state::{Party, State};

/// An organisation that acts, at home or for a mandate that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The mandate for which it acts; `None` at home.
    pub mandate: Option<MandateId>,
    /// The address of its random draws: a mandate has draws of its own, beside those of its holder at home.
    pub key: Key,
    /// The region of the organisation.
    pub region: RegionId,
}

impl Actor {
    /// An organisation at home.
    pub fn at_home(state: &State, organisation: OrganisationId) -> Actor {
        let o = &state.organisations[organisation];
        Actor { organisation, mandate: None, key: o.key, region: o.region }
    }

    /// The holder of a mandate, for the mandate.
    pub fn for_mandate(state: &State, mandate: MandateId) -> Actor {
        let m = &state.mandates[mandate];
        let region = state.organisations[m.holder].region;
        Actor { organisation: m.holder, mandate: Some(mandate), key: m.key, region }
    }

    /// Whose conduct it is.
    pub fn party(self) -> Party {
        self.mandate.map_or(Party::Organisation(self.organisation), Party::Mandate)
    }
}

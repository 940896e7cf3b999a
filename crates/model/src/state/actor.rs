//! An organisation that acts, at home or for a mandate.

use crate::ids::{Key, MandateId, OrganisationId, RegionId};
use crate::state::{Mandate, Organisation, Party, State};

/// An organisation that acts, at home or for a mandate that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The mandate for which it acts; `None` at home.
    pub mandate: Option<MandateId>,
    /// Address of its random draws: a mandate has draws of its own, beside those of its holder at home.
    pub key: Key,
    /// The region of the organisation.
    pub region: RegionId,
}

impl Actor {
    /// An organisation at home.
    pub fn at_home(state: &State, organisation: OrganisationId) -> Actor {
        let Organisation { key, region, .. } = state.organisations[organisation];
        Actor { organisation, mandate: None, key, region }
    }

    /// The holder of a mandate, for the mandate.
    pub fn for_mandate(state: &State, mandate: MandateId) -> Actor {
        let Mandate { holder, key, .. } = state.mandates[mandate];
        let region = state.organisations[holder].region;
        Actor { organisation: holder, mandate: Some(mandate), key, region }
    }

    /// The party whose conduct the action belongs to.
    pub fn party(self) -> Party {
        self.mandate.map_or(Party::Organisation(self.organisation), Party::Mandate)
    }
}

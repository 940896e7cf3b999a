//! Partnerships: organisations that work together of their own accord, and each organisation's partners.

use crate::ids::{Key, OrganisationId, ThemeId};

/// Organisations that work on a theme together, of their own accord.
#[derive(Clone, Debug)]
pub struct Partnership {
    /// Keys of its two founders, the smaller first: the address of its random draws.
    pub founders: [Key; 2],
    /// The common theme.
    pub theme: ThemeId,
    /// Its members, in the order of joining.
    pub members: Vec<OrganisationId>,
    /// Quarter in which it began.
    pub since: u32,
}

/// The partners of an organisation, in partnerships and in consortia.
#[derive(Clone, Debug, Default)]
pub struct Collaborations {
    /// Its partners, each once.
    pub partners: Vec<OrganisationId>,
    /// Number of links that it maintains for its partnerships: one to each other member of each.
    pub links: u32,
    /// Themes in which it works in a partnership of [`SEVERAL`](crate::mechanisms::partnerships::SEVERAL) or more: one
    /// bit each.
    pub joint: u32,
}

/// All current partnerships, in the order of their beginning, and each organisation's collaborations.
#[derive(Clone, Debug, Default)]
pub struct Partnerships {
    /// The current partnerships.
    pub list: Vec<Partnership>,
    /// By organisation; those beyond the end have none.
    pub by_organisation: Vec<Collaborations>,
}

static ALONE: Collaborations = Collaborations { partners: Vec::new(), links: 0, joint: 0 };

impl Partnerships {
    /// The partners of an organisation and its links.
    #[inline]
    pub fn collaborations(&self, id: OrganisationId) -> &Collaborations {
        self.by_organisation.get(id.index()).unwrap_or(&ALONE)
    }

    /// Whether two organisations work together.
    #[inline]
    pub fn partners(&self, one: OrganisationId, other: OrganisationId) -> bool {
        self.collaborations(one).partners.contains(&other)
    }

    /// Clears the collaborations of a number of organisations. Keeps their allocations.
    pub fn clear_collaborations(&mut self, organisations: usize) {
        self.by_organisation.resize_with(organisations, Collaborations::default);
        for collaborations in &mut self.by_organisation {
            collaborations.partners.clear();
            (collaborations.links, collaborations.joint) = (0, 0);
        }
    }

    /// Makes two organisations partners of each other.
    pub fn connect(&mut self, one: OrganisationId, other: OrganisationId) {
        for (organisation, partner) in [(one, other), (other, one)] {
            let partners = &mut self.by_organisation[organisation.index()].partners;
            if !partners.contains(&partner) {
                partners.push(partner);
            }
        }
    }
}

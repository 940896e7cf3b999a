//! The kinds of organisations.

use super::words::words;

words! {
    /// The kinds of organisations that a screen can tell apart.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum OrganisationKind {
        /// The global body; only its movement-facing staff counts.
        Foundation = "foundation",
        /// A national affiliate.
        Chapter = "chapter",
        /// An affiliate for one area of expertise.
        ThematicOrganisation = "thematic-organisation",
        /// A small, informal affiliate.
        UserGroup = "user-group",
        /// A free-knowledge organisation outside the movement.
        External = "external",
        /// An institution that works with the movement: a library, a university, a public body.
        Partner = "partner",
    }
}

impl OrganisationKind {
    /// Whether it is an affiliate: it has members and a community, and may apply for grants.
    pub fn affiliate(self) -> bool {
        matches!(self, OrganisationKind::Chapter | OrganisationKind::ThematicOrganisation | OrganisationKind::UserGroup)
    }

    /// Whether it stands outside the movement.
    pub fn outside(self) -> bool {
        matches!(self, OrganisationKind::External | OrganisationKind::Partner)
    }
}

/// Words of all [`OrganisationKind`]s.
pub const KINDS: &[&str] = OrganisationKind::WORDS;

/// Words of the kinds that are affiliates.
pub const AFFILIATES: &[&str] = &[
    OrganisationKind::Chapter.word(),
    OrganisationKind::ThematicOrganisation.word(),
    OrganisationKind::UserGroup.word(),
];

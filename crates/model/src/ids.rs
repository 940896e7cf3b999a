//! Ids and keys of entities.
//!
//! An *id* is a position in a table of one trial and has no meaning outside that trial. A *key* identifies an entity in
//! all trials: random draws are addressed by key, so that adding or removing one entity changes no draw of another.

use std::fmt;

/// The largest number of regions in a scenario: a scope has one bit for each region.
pub const MAX_REGIONS: usize = 32;
/// The largest number of themes in a scenario, including those that appear later.
pub const MAX_THEMES: usize = 32;

/// The largest number of organisations in a trial, including closed ones: ids have 16 bits, and there may be one
/// community for each organisation and 40 more for each region.
pub const MAX_ORGANISATIONS: usize = 60_000;
/// The largest number of mandates in a trial, including ended ones.
pub const MAX_MANDATES: usize = 60_000;

/// An index into one table.
pub trait Id: Copy {
    /// Its position in its table.
    fn index(self) -> usize;

    /// The id at a position of its table.
    ///
    /// # Panics
    /// If the id type has too few bits for the index.
    fn from_index(index: usize) -> Self;
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident($int:ty), $noun:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $int);

        impl $name {
            /// Its position in its table.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The id at a position of its table.
            ///
            /// # Panics
            /// If the id type has too few bits for the index. The validation of scenarios rules this out.
            #[inline]
            pub fn from_index(index: usize) -> Self {
                Self(<$int>::try_from(index).expect(concat!("too many ", $noun, "s")))
            }
        }

        impl Id for $name {
            #[inline]
            fn index(self) -> usize {
                self.index()
            }

            #[inline]
            fn from_index(index: usize) -> Self {
                Self::from_index(index)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($noun, " #{}"), self.0)
            }
        }
    };
}

id!(
    /// A region of the world.
    RegionId(u8), "region"
);
id!(
    /// An area of expertise.
    ThemeId(u8), "theme"
);
id!(
    /// The people whom one organisation serves, or people of a region who have none.
    CommunityId(u16), "community"
);
id!(
    /// An organisation, the foundation included.
    OrganisationId(u16), "organisation"
);
id!(
    /// A mandate: the responsibility of a hub for a theme or a region.
    MandateId(u16), "mandate"
);
id!(
    /// A source of grants.
    FunderId(u8), "funder"
);

/// The address of an entity's random draws: a hash of its name or, for an unnamed entity, a record of its birth.
///
/// The two kinds differ in the top bit. The validation of a scenario rejects two names with the same hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

/// Why an unnamed entity exists; part of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum BirthCause {
    /// A volunteer of the initial state.
    Initial = 0,
    /// A volunteer who arrived.
    Arrival = 1,
    /// A user group that formed.
    GroupFormation = 2,
    /// A problem that arose in a theme.
    Problem = 3,
    /// A mandate of a wave.
    Wave = 4,
    /// A mandate split off from another.
    Split = 5,
    /// An organisation founded for a mandate.
    Founding = 6,
    /// A partnership.
    Partnership = 7,
    /// A community of the initial state that has no organisation.
    Community = 8,
}

/// The bit that is set in keys of births and clear in keys of names.
const BIRTH: u64 = 1 << 63;

impl Key {
    /// The key of a named entity: FNV-1a over the UTF-8 bytes of the name, then SplitMix64's finaliser.
    pub fn from_name(name: &str) -> Key {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in name.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Key((hash ^ (hash >> 31)) & !BIRTH)
    }

    /// The key of an unnamed entity. `index` counts the entities of the same parent, quarter and cause.
    ///
    /// The parts are packed side by side, so that different births have different keys: `parent` is a [`Key::stem`] of 24
    /// bits, then 12 bits of quarter, 4 of cause and 23 of index.
    pub fn from_birth(parent: u32, quarter: u32, cause: BirthCause, index: u32) -> Key {
        debug_assert!(parent < 1 << 24 && quarter < 1 << 12 && index < 1 << 23);
        Key(BIRTH | u64::from(parent) << 39 | u64::from(quarter) << 27 | (cause as u64) << 23 | u64::from(index))
    }

    /// The lowest 24 bits, which represent a parent in [`Key::from_birth`]. The validation of a scenario makes sure that
    /// they differ between its regions and themes.
    pub fn stem(self) -> u32 {
        (self.0 & 0xff_ffff) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_names_and_births_differ_in_the_top_bit() {
        assert_eq!(Key::from_name("NWE").0 & BIRTH, 0);
        assert_ne!(Key::from_birth(1, 0, BirthCause::Initial, 0).0 & BIRTH, 0);
    }

    #[test]
    fn every_part_of_a_birth_is_part_of_its_key() {
        let base = Key::from_birth(1, 2, BirthCause::Arrival, 3);
        for other in [
            Key::from_birth(2, 2, BirthCause::Arrival, 3),
            Key::from_birth(1, 3, BirthCause::Arrival, 3),
            Key::from_birth(1, 2, BirthCause::GroupFormation, 3),
            Key::from_birth(1, 2, BirthCause::Arrival, 4),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn an_id_is_displayed_with_its_kind() {
        assert_eq!(ThemeId(3).to_string(), "theme #3");
    }
}

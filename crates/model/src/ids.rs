//! Ids: small typed indices, and the keys by which luck finds an entity.
//!
//! An *id* is a position in one trial's tables and means nothing outside it. A *key* names an entity for
//! ever: draws are addressed by key, so that an entity more or less renames nobody else.

use std::fmt;

/// The most regions a scenario may have: a scope keeps one bit per region.
pub const MAX_REGIONS: usize = 32;
/// The most themes a scenario may have, born later ones included.
pub const MAX_THEMES: usize = 32;

/// The most organisations a trial may have, closed ones included: ids have 16 bits, and communities are one a region
/// more.
pub const MAX_ORGANISATIONS: usize = 60_000;
/// The most mandates a trial may have, ended ones included.
pub const MAX_MANDATES: usize = 60_000;

/// An index into one table.
pub trait Id: Copy {
    /// Position in its table.
    fn index(self) -> usize;

    /// The id at a position of its table.
    ///
    /// # Panics
    /// If the position is larger than the id can address.
    fn at(index: usize) -> Self;
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident($int:ty), $noun:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $int);

        impl $name {
            /// Position in its table.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The id at a position of its table.
            ///
            /// # Panics
            /// If the table is larger than the id can address; scenarios are checked against that before.
            #[inline]
            pub fn at(index: usize) -> Self {
                Self(<$int>::try_from(index).expect(concat!("too many ", $noun, "s")))
            }
        }

        impl Id for $name {
            #[inline]
            fn index(self) -> usize {
                self.index()
            }

            #[inline]
            fn at(index: usize) -> Self {
                Self::at(index)
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
    /// A part of the world.
    RegionId(u8), "region"
);
id!(
    /// An area of expertise.
    ThemeId(u8), "theme"
);
id!(
    /// The people whom one organisation serves, or the rest of a region.
    CommunityId(u16), "community"
);
id!(
    /// An organisation, the foundation included.
    OrganisationId(u16), "organisation"
);
id!(
    /// A hub's responsibility.
    MandateId(u16), "mandate"
);
id!(
    /// A source of grants.
    FunderId(u8), "funder"
);

/// What an entity's draws are addressed by: a hash of its name, or its birth certificate.
///
/// Keys of the two kinds differ in the top bit, so they never meet. Two names of one scenario that hash
/// alike are refused when the scenario is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

/// Why an entity was born during a trial; part of its birth certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cause {
    /// There from the beginning, but without a name of its own (volunteers, the rest of a region).
    Genesis = 0,
    /// A volunteer who arrived.
    Arrival = 1,
    /// A user group that formed.
    Gathering = 2,
    /// A problem that arose in a theme.
    Problem = 3,
    /// A mandate created in a wave.
    Wave = 4,
    /// A mandate created by splitting another.
    Split = 5,
    /// An organisation founded for a mandate.
    Founding = 6,
    /// A partnership.
    Partnership = 7,
}

const BORN: u64 = 1 << 63;

impl Key {
    /// The key of an entity known by name: FNV-1a over its UTF-8 bytes, finished by SplitMix64's mixer.
    pub fn named(name: &str) -> Key {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in name.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Key((hash ^ (hash >> 31)) & !BORN)
    }

    /// The key of an entity born in a trial: (parent, quarter, cause, index among those of the same parent,
    /// quarter and cause), packed side by side, so that two certificates never give one key.
    ///
    /// `parent` is a [`Key::stem`] (24 bits); quarters fit into 12 bits, causes into 4, indices into 23.
    pub fn born(parent: u32, quarter: u32, cause: Cause, index: u32) -> Key {
        debug_assert!(parent < 1 << 24 && quarter < 1 << 12 && index < 1 << 23);
        Key(BORN | u64::from(parent) << 39 | u64::from(quarter) << 27 | (cause as u64) << 23 | u64::from(index))
    }

    /// Twenty-four bits of a key, to stand for a parent in a birth certificate. Regions and themes of one
    /// scenario must differ in it; the scenario's check sees to that.
    pub fn stem(self) -> u32 {
        (self.0 & 0xff_ffff) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_births_never_meet() {
        assert_eq!(Key::named("NWE").0 & BORN, 0);
        assert_ne!(Key::born(1, 0, Cause::Genesis, 0).0 & BORN, 0);
    }

    #[test]
    fn every_part_of_a_birth_certificate_matters() {
        let base = Key::born(1, 2, Cause::Arrival, 3);
        for other in [
            Key::born(2, 2, Cause::Arrival, 3),
            Key::born(1, 3, Cause::Arrival, 3),
            Key::born(1, 2, Cause::Gathering, 3),
            Key::born(1, 2, Cause::Arrival, 4),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn ids_name_themselves() {
        assert_eq!(ThemeId(3).to_string(), "theme #3");
    }
}

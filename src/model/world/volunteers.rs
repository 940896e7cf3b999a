//! Volunteers as columns: one entry an agent. Their order means nothing: draws go by key, sums are exact.

use crate::ids::{Key, OrganisationId, RegionId, ThemeId};

/// In the column of affiliations: none.
pub const UNAFFILIATED: u16 = u16::MAX;

/// Bits of the column of flags.
pub mod flag {
    /// Has asked for help at least once.
    pub const ASKED: u8 = 1;
    /// The wait for the first help is over: helped, or 12 quarters gone.
    pub const WAITED: u8 = 2;
    /// Was sent to the right door, or has learnt which it is.
    pub const SENT: u8 = 4;
    /// Does nothing at all: for tests of independence.
    pub const INERT: u8 = 8;
    /// Was passed on from the region's hub to the theme's.
    pub const TO_THEME: u8 = 16;
    /// Was passed on from the theme's hub to the region's.
    pub const TO_REGION: u8 = 32;
    /// What one is told about an open request, and forgets with it.
    pub const TOLD: u8 = SENT | TO_THEME | TO_REGION;
}

/// The people, as columns of equal length. Who arrives takes the place of who left.
#[derive(Clone, Debug, Default)]
pub struct Volunteers {
    /// What their draws are addressed by.
    pub key: Vec<Key>,
    /// Where they are.
    pub region: Vec<RegionId>,
    /// What they care for.
    pub theme: Vec<ThemeId>,
    /// Where they are members, or [`UNAFFILIATED`].
    pub affiliation: Vec<u16>,
    /// Skill, 0–1.
    pub skill: Vec<f32>,
    /// Motivation, 0–1.
    pub motivation: Vec<f32>,
    /// Quarter of arrival, negative before the start.
    pub arrived: Vec<i16>,
    /// Quarter of the first request.
    pub first_asked: Vec<u16>,
    /// Doors tried for the open request; 0 = none open.
    pub tried: Vec<u8>,
    /// See [`flag`].
    pub flags: Vec<u8>,
}

/// One volunteer, for arriving.
#[derive(Clone, Copy, Debug)]
pub struct Volunteer {
    /// What their draws are addressed by.
    pub key: Key,
    /// Where they are.
    pub region: RegionId,
    /// What they care for.
    pub theme: ThemeId,
    /// Where they are a member.
    pub affiliation: Option<OrganisationId>,
    /// Skill, 0–1.
    pub skill: f32,
    /// Motivation, 0–1.
    pub motivation: f32,
    /// Quarter of arrival.
    pub arrived: i16,
    /// See [`flag`].
    pub flags: u8,
}

impl Volunteers {
    /// How many agents.
    pub fn len(&self) -> usize {
        self.key.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }

    /// Adds one.
    pub fn push(&mut self, volunteer: Volunteer) {
        self.key.push(volunteer.key);
        self.region.push(volunteer.region);
        self.theme.push(volunteer.theme);
        self.affiliation.push(volunteer.affiliation.map_or(UNAFFILIATED, |o| o.0));
        self.skill.push(volunteer.skill);
        self.motivation.push(volunteer.motivation);
        self.arrived.push(volunteer.arrived);
        self.first_asked.push(0);
        self.tried.push(0);
        self.flags.push(volunteer.flags);
    }

    /// Puts one into a place that another has left.
    pub fn replace(&mut self, at: usize, volunteer: Volunteer) {
        self.key[at] = volunteer.key;
        self.region[at] = volunteer.region;
        self.theme[at] = volunteer.theme;
        self.affiliation[at] = volunteer.affiliation.map_or(UNAFFILIATED, |o| o.0);
        self.skill[at] = volunteer.skill;
        self.motivation[at] = volunteer.motivation;
        self.arrived[at] = volunteer.arrived;
        self.first_asked[at] = 0;
        self.tried[at] = 0;
        self.flags[at] = volunteer.flags;
    }

    /// Removes the agent at a place; the last one takes the place.
    pub fn remove(&mut self, at: usize) {
        self.key.swap_remove(at);
        self.region.swap_remove(at);
        self.theme.swap_remove(at);
        self.affiliation.swap_remove(at);
        self.skill.swap_remove(at);
        self.motivation.swap_remove(at);
        self.arrived.swap_remove(at);
        self.first_asked.swap_remove(at);
        self.tried.swap_remove(at);
        self.flags.swap_remove(at);
    }
}

/// Places at which a condition holds, in order. Found block by block and without a branch each, because what a draw
/// decides no processor can foresee.
pub fn places(count: usize, holds: impl Fn(usize) -> bool) -> Vec<u32> {
    const BLOCK: usize = 1024;
    let mut places = Vec::with_capacity(count / 4);
    let mut block = [0; BLOCK];
    for start in (0..count).step_by(BLOCK) {
        let mut held = 0;
        for i in start..count.min(start + BLOCK) {
            block[held % BLOCK] = i as u32;
            held += usize::from(holds(i));
        }
        places.extend_from_slice(&block[..held]);
    }
    places
}

/// A sum over volunteers that does not depend on their order: in fixed point, 2⁻³² apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExactSum(u64);

impl ExactSum {
    /// Adds a value in [0, 2).
    #[inline]
    pub fn add(&mut self, value: f32) {
        // Signed, because that is one instruction; scaling by a power of two is exact.
        self.0 += (value * 4_294_967_296.0) as i64 as u64;
    }

    /// The sum.
    pub fn value(self) -> f64 {
        self.0 as f64 / 4_294_967_296.0
    }
}

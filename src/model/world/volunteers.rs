//! Volunteers as columns: one entry an agent, in order of arrival within the trial.

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
}

/// The people, as columns of equal length.
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

    /// Moves an agent to an earlier place, whose agent has left.
    #[inline]
    pub fn shift(&mut self, from: usize, to: usize) {
        self.key[to] = self.key[from];
        self.region[to] = self.region[from];
        self.theme[to] = self.theme[from];
        self.affiliation[to] = self.affiliation[from];
        self.skill[to] = self.skill[from];
        self.motivation[to] = self.motivation[from];
        self.arrived[to] = self.arrived[from];
        self.first_asked[to] = self.first_asked[from];
        self.tried[to] = self.tried[from];
        self.flags[to] = self.flags[from];
    }

    /// Drops all behind a place.
    pub fn truncate(&mut self, len: usize) {
        self.key.truncate(len);
        self.region.truncate(len);
        self.theme.truncate(len);
        self.affiliation.truncate(len);
        self.skill.truncate(len);
        self.motivation.truncate(len);
        self.arrived.truncate(len);
        self.first_asked.truncate(len);
        self.tried.truncate(len);
        self.flags.truncate(len);
    }
}

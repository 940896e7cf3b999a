//! Volunteers: one entry an agent. Their order has no effect: draws are addressed by key, sums are exact.

use crate::ids::{Key, RegionId, ThemeId};

/// The affiliation of the unaffiliated.
pub const UNAFFILIATED: u16 = u16::MAX;

/// Bits of a volunteer's flags.
pub mod flag {
    /// Has asked for help at least once.
    pub const ASKED: u8 = 1;
    /// The wait for the first help is over: after help, or after 12 quarters.
    pub const WAITED: u8 = 2;
    /// Knows the responsible service point by referral: the theme's hub, or the foundation where there is none. Kept until
    /// another is responsible.
    pub const SENT: u8 = 4;
    /// Takes part in nothing: for tests of independence.
    pub const INERT: u8 = 8;
    /// Was referred to a local affiliate with open doors: forgotten when the request ends.
    pub const SENT_TO_AFFILIATE: u8 = 64;
    /// Was referred from the region's hub to the theme's.
    pub const TO_THEME: u8 = 16;
    /// Was referred from the theme's hub to the region's.
    pub const TO_REGION: u8 = 32;
    /// Where a request was referred to. It ends with the request.
    pub const WAYS: u8 = TO_THEME | TO_REGION | SENT_TO_AFFILIATE;
}

/// One volunteer agent, in half a cache line. The loops look closely at some of the volunteers, and read nearly every field of
/// each: fields in columns of their own would cost a cache miss each, where this costs one a volunteer.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub struct Volunteer {
    /// Addresses its draws.
    pub key: Key,
    /// Skill, 0–1.
    pub skill: f32,
    /// Motivation, 0–1.
    pub motivation: f32,
    /// The organisation of which it is a member, or [`UNAFFILIATED`].
    pub affiliation: u16,
    /// Quarter of arrival, negative before the start.
    pub arrived: i16,
    /// Quarter of the first request.
    pub first_asked: u16,
    /// The region.
    pub region: RegionId,
    /// The theme of interest.
    pub theme: ThemeId,
    /// Quarters for which a request has been open, this one included; 0: none is open.
    pub tried: u8,
    /// Bits of [`flag`].
    pub flags: u8,
}

impl Volunteer {
    /// Whether it takes part.
    #[inline]
    pub fn active(&self) -> bool {
        self.flags & flag::INERT == 0
    }

    /// Whether it is a member of an organisation.
    #[inline]
    pub fn affiliated(&self) -> bool {
        self.affiliation != UNAFFILIATED
    }
}

/// Volunteers that are looked at together: 16 KiB, half of a first-level cache.
const BLOCK: usize = 512;

/// Calls `then` for the volunteers for whom a condition holds, in order, with their places. The condition may change a
/// volunteer.
///
/// In two loops a block: the first evaluates the condition without a branch, the second goes through those found.
#[inline(always)]
pub fn each_found(
    people: &mut [Volunteer],
    holds: impl Fn(&mut Volunteer) -> bool,
    mut then: impl FnMut(u32, &mut Volunteer),
) {
    blocks_found(people, holds, |start, block, found| {
        for &place in found {
            then(start + u32::from(place), &mut block[usize::from(place)]);
        }
    });
}

/// The same block by block: `then` gets the place of the first volunteer of a block, the block, and the places in it of those
/// found.
#[inline(always)]
pub fn blocks_found(
    people: &mut [Volunteer],
    holds: impl Fn(&mut Volunteer) -> bool,
    mut then: impl FnMut(u32, &mut [Volunteer], &[u16]),
) {
    let mut found = Found::default();
    for (start, block) in (0..).step_by(BLOCK).zip(people.chunks_mut(BLOCK)) {
        found.clear();
        for (place, volunteer) in (0..).zip(block.iter_mut()) {
            let holds = holds(volunteer);
            found.note(place, holds);
        }
        then(start, block, found.all());
    }
}

/// Places in a block. They are noted without a branch, because a condition on a random draw cannot be predicted: each wrong
/// prediction costs a processor 10 to 20 cycles, several times as much as the condition itself.
pub struct Found {
    places: [u16; BLOCK],
    count: usize,
}

impl Default for Found {
    fn default() -> Found {
        Found { places: [0; BLOCK], count: 0 }
    }
}

impl Found {
    /// Notes a place if a condition holds; at most as many as a block has.
    #[inline(always)]
    pub fn note(&mut self, place: u16, holds: bool) {
        // Always written, and overwritten by the next place unless the condition holds.
        self.places[self.count % BLOCK] = place;
        self.count += usize::from(holds);
    }

    /// The places.
    #[inline(always)]
    pub fn all(&self) -> &[u16] {
        &self.places[..self.count]
    }

    /// Removes all.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.count = 0;
    }
}

/// A sum over volunteers that does not depend on their order: in fixed point, in units of 2⁻³².
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExactSum(u64);

/// Steps of an [`ExactSum`] in 1: 2³².
const STEPS: f64 = 4_294_967_296.0;

impl ExactSum {
    /// Adds a value in [0, 2).
    #[inline]
    pub fn add(&mut self, value: f32) {
        // To a signed integer first, which is one instruction; scaling by a power of two is exact.
        self.0 += (value * 4_294_967_296.0) as i64 as u64;
    }

    /// The sum.
    pub fn value(self) -> f64 {
        self.0 as f64 / STEPS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(count: u64) -> Vec<Volunteer> {
        let one = |key| Volunteer {
            key: Key(key),
            skill: 0.0,
            motivation: 0.0,
            affiliation: 0,
            arrived: 0,
            first_asked: 0,
            region: RegionId(0),
            theme: ThemeId(0),
            tried: 0,
            flags: 0,
        };
        (0..count).map(one).collect()
    }

    /// All matches in order and nothing else, with no block, whole blocks, and a block that is not full.
    #[test]
    fn all_matches_are_found_in_order() {
        for count in [0, 1, 511, 512, 513, 2000] {
            for every in [1, 3, 700] {
                let mut found = Vec::new();
                each_found(&mut people(count), |v| v.key.0 % every == 0, |place, v| found.push((place, v.key.0)));
                let expected: Vec<(u32, u64)> = (0..count).filter(|i| i % every == 0).map(|i| (i as u32, i)).collect();
                assert_eq!(found, expected);
            }
        }
    }
}

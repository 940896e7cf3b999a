//! A request for help of this quarter.

/// A volunteer's search for help this quarter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    /// Place among the volunteers.
    pub(super) place: u32,
    /// Draws that decide whether it is looked after where not all can be: 16 bits for outside, then 16 bits for home.
    pub(super) turn: u32,
    /// The own or local affiliate; the number of organisations for a volunteer that has none, or has asked there before.
    pub(super) home: u16,
    /// The hub or the foundation, by its number in [`Helpdesks`](super::helpdesks::Helpdesks).
    pub(super) outside: u16,
    /// Region × themes + theme.
    pub(super) cell: u16,
    /// What would happen at both, and later what happened: see [`state`].
    pub(super) state: u16,
}

impl Request {
    /// Whose turn it is at an affiliate: 0 for its members, 1 for the unaffiliated who walk in, 2 for others.
    #[inline(always)]
    pub(super) fn rank(&self) -> usize {
        1 - usize::from(self.state & state::MEMBER != 0) + usize::from(self.state & state::GUEST != 0)
    }
}

/// Bits of the state of a request. Packed, so that a request is 16 bytes, and four of
/// them share a cache line.
pub(super) mod state {
    /// The request is new this quarter.
    pub const NEW: u16 = 1;
    /// The affiliate would solve it if it has work left.
    pub const HOME_ABLE: u16 = 2;
    /// The hub or foundation is responsible for such requests.
    pub const OUTSIDE_OPEN: u16 = 4;
    /// It would solve it if it has work left.
    pub const OUTSIDE_ABLE: u16 = 8;
    /// It would refer to the right service point if it cannot help.
    pub const SENT: u16 = 16;
    /// It would refer to the theme's hub without help.
    pub const TO_THEME: u16 = 32;
    /// It would refer to the region's hub without help.
    pub const TO_REGION: u16 = 64;
    /// The affiliate spent work on it.
    pub const AT_HOME: u16 = 128;
    /// The affiliate solved it.
    pub const HELPED_AT_HOME: u16 = 256;
    /// It was made at the hub or foundation.
    pub const WENT: u16 = 512;
    /// That spent work on it.
    pub const OUTSIDE: u16 = 1024;
    /// That solved it.
    pub const HELPED_OUTSIDE: u16 = 2048;
    /// It is made by a member of the affiliate.
    pub const MEMBER: u16 = 4096;
    /// Somebody was at a service point at which it was made, whether it was looked after or turned away.
    pub const ANSWERED: u16 = 8192;
    /// It is made at a local affiliate with open doors, by somebody whom that would not serve otherwise.
    pub const GUEST: u16 = 16_384;
}
